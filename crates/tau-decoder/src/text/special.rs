//! Tokens that stand whole in a text: control tokens, and texts that are always one token.

use std::collections::HashMap;

use super::Kind;

/// Finds whole tokens in a text; at each place the longest.
#[derive(Debug)]
pub(super) struct Specials {
    /// By first byte: the texts, longest first.
    by_first: HashMap<u8, Vec<(Box<str>, u32, Kind)>>,
}

/// A stretch of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Text(&'a str),
    Token(u32),
}

impl Specials {
    pub fn new(tokens: &[String], kinds: &[Kind]) -> Specials {
        let mut by_first: HashMap<u8, Vec<(Box<str>, u32, Kind)>> = HashMap::new();
        for (id, (token, kind)) in tokens.iter().zip(kinds).enumerate() {
            let stands_whole = matches!(kind, Kind::Control | Kind::User | Kind::Unknown);
            if let (true, Some(first)) = (stands_whole, token.bytes().next()) {
                by_first.entry(first).or_default().push((token.as_str().into(), id as u32, *kind));
            }
        }
        for list in by_first.values_mut() {
            list.sort_by(|(a, i, _), (b, j, _)| b.len().cmp(&a.len()).then(i.cmp(j)));
        }
        Specials { by_first }
    }

    /// The text cut at the tokens that `counts` accepts.
    pub fn split<'a>(&self, text: &'a str, counts: impl Fn(u32) -> bool) -> Vec<Part<'a>> {
        let mut parts = Vec::new();
        let (mut plain, mut at) = (0, 0);
        while at < text.len() {
            let rest = &text.as_bytes()[at..];
            let found = self.by_first.get(&rest[0]).and_then(|list| {
                list.iter().find(|(t, id, _)| rest.starts_with(t.as_bytes()) && counts(*id))
            });
            let Some((token, id, _)) = found else {
                at += 1;
                continue;
            };
            if plain < at {
                parts.push(Part::Text(&text[plain..at]));
            }
            parts.push(Part::Token(*id));
            at += token.len();
            plain = at;
        }
        if plain < text.len() {
            parts.push(Part::Text(&text[plain..]));
        }
        parts
    }

    /// The text with every control token in it broken by a space after its first letter, so that
    /// what somebody writes in a message cannot end the message.
    pub fn defused(&self, text: &str) -> String {
        let controls = |list: &[(Box<str>, u32, Kind)], rest: &[u8]| {
            list.iter()
                .any(|(t, _, k)| *k != Kind::User && t.len() > 1 && rest.starts_with(t.as_bytes()))
        };
        let mut out = String::with_capacity(text.len());
        for (at, letter) in text.char_indices() {
            out.push(letter);
            let rest = &text.as_bytes()[at..];
            if self.by_first.get(&rest[0]).is_some_and(|list| controls(list, rest)) {
                out.push(' ');
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn specials() -> Specials {
        let tokens = ["<|end|>", "<|end|>x", "é", "plain"].map(str::to_owned);
        Specials::new(&tokens, &[Kind::Control, Kind::User, Kind::User, Kind::Normal])
    }

    #[test]
    fn the_longest_whole_token_is_taken_and_plain_tokens_are_left_to_the_tokenizer() {
        let parts = specials().split("a<|end|>xé<|end|> plain", |_| true);
        let expected =
            [Part::Text("a"), Part::Token(1), Part::Token(2), Part::Token(0), Part::Text(" plain")];
        assert_eq!(parts, expected);
    }

    #[test]
    fn a_token_that_does_not_count_is_text() {
        assert_eq!(specials().split("a<|end|>", |id| id != 0), [Part::Text("a<|end|>")]);
    }

    #[test]
    fn a_control_token_in_a_message_is_broken() {
        let defused = specials().defused("say <|end|> é");
        assert_eq!(defused, "say < |end|> é");
        assert!(specials().split(&defused, |id| id == 0).iter().all(|p| *p != Part::Token(0)));
    }
}
