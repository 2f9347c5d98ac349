//! What was said, as far as rules can tell: whether a value was named, asked for, agreed to, refused.
//!
//! These read English phrases. They decide little alone: every rule that uses one also needs something
//! that the replay has shown.

use serde_json::Value;

use crate::turns::{Did, Turn};

/// A scalar as one says it; `None` for what nobody says (yes, no, nothing, empty text).
pub(crate) fn spoken(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Whether a text names a value: as a word of its own, or for longer codes with other separators
/// between (`07700 900 572`), or for a name of several words with all of them.
pub(crate) fn names(text: &str, value: &str) -> bool {
    let (text, value) = (text.to_lowercase(), value.to_lowercase());
    let value = value.trim();
    if value.is_empty() {
        return false;
    }
    if stands_alone(&text, value) {
        return true;
    }
    let squeezed = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let code = value.chars().any(|c| c.is_ascii_digit());
    if code && squeezed(value).len() >= 5 {
        let separated = |c: char| " -./()#".contains(c);
        let runs = text.split(|c: char| !c.is_alphanumeric() && !separated(c));
        return runs.into_iter().any(|run| holds_in_pieces(run, &squeezed(value)));
    }
    let words: Vec<&str> = value.split_whitespace().collect();
    !code && words.len() > 1 && words.iter().all(|word| stands_alone(&text, word))
}

/// Whether neighbouring pieces of letters and digits make up exactly `code`.
fn holds_in_pieces(run: &str, code: &str) -> bool {
    let pieces: Vec<&str> =
        run.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()).collect();
    (0..pieces.len()).any(|from| {
        let mut rest = code;
        for piece in &pieces[from..] {
            match rest.strip_prefix(piece) {
                Some("") => return true,
                Some(more) => rest = more,
                None => return false,
            }
        }
        false
    })
}

/// Whether `value` occurs in `text` with no letter or digit directly beside it. Both lower-case.
fn stands_alone(text: &str, value: &str) -> bool {
    let edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    text.match_indices(value).any(|(at, found)| {
        edge(text[..at].chars().next_back()) && edge(text[at + found.len()..].chars().next())
    })
}

/// Whether a text asks for the value of an argument: a question or a request that has the words of the
/// argument's name (`order_id`: "order").
pub(crate) fn asks_for(text: &str, argument: &str) -> bool {
    let lower = text.to_lowercase().replace("e-mail", "email");
    is_request(&lower) && mentions(&lower, argument)
}

/// Whether a text expects an answer.
pub(crate) fn is_request(lower: &str) -> bool {
    lower.contains('?')
        || ["please provide", "please give", "please tell", "please confirm", "let me know"]
            .iter()
            .any(|words| lower.contains(words))
}

/// Whether the agent asks for agreement to something.
pub(crate) fn asks_consent(text: &str) -> bool {
    let lower = text.to_lowercase();
    is_request(&lower)
        && [
            "go ahead",
            "proceed",
            "confirm",
            "(yes/no)",
            "do you agree",
            "would you like me to",
            "shall i",
            "should i",
            "do you want me to",
            "is that okay",
            "is that ok",
            "yes or no",
        ]
        .iter()
        .any(|words| lower.contains(words))
}

/// What an answer to such a question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Consent {
    Yes,
    No,
    Neither,
}

/// Reads an answer to a request for agreement.
pub(crate) fn consent(answer: &str) -> Consent {
    let lower = answer.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| !w.is_empty())
        .collect();
    let has = |any: &[&str]| any.iter().any(|word| words.contains(word));
    let says = |any: &[&str]| any.iter().any(|phrase| lower.contains(phrase));
    let plain = ["no problem", "no, that is fine", "no, that's fine"];
    let no = (words.first().is_some_and(|first| ["no", "nope"].contains(first)) && !says(&plain))
        || says(&["leave everything", "don't do", "do not do", "not go ahead", "rather not"])
        || has(&["refuse"]);
    if no {
        return Consent::No;
    }
    let yes = has(&["yes", "yeah", "yep", "sure", "ok", "okay", "confirm", "confirmed", "correct"])
        || says(&["go ahead", "do it", "please proceed", "sounds good", "that works"]);
    match (lower.contains('?'), yes, has(&["no"])) {
        (true, _, _) => Consent::Neither,
        (false, true, _) => Consent::Yes,
        (false, false, true) => Consent::No,
        (false, false, false) => Consent::Neither,
    }
}

/// Whether the agent brings the conversation to its end.
pub(crate) fn closes(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "anything else",
        "something else i can",
        "goodbye",
        "have a great",
        "have a nice",
        "have a good",
        "have a wonderful",
        "take care",
        "further assist",
        "connect you",
        "transfer you",
    ]
    .iter()
    .any(|words| lower.contains(words))
}

/// Whether the agent says that it cannot or will not.
pub(crate) fn declines(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "i cannot",
        "i can't",
        "i am unable",
        "i'm unable",
        "unable to",
        "not able to",
        "not allowed",
        "do not allow",
        "does not allow",
        "don't allow",
        "not possible",
        "not eligible",
    ]
    .iter()
    .any(|words| lower.contains(words))
}

/// The last turn before `before` in which the customer gives a value for an argument. A value of one or
/// two characters could be anything, so the argument has to be named beside it.
pub(crate) fn told(turns: &[Turn<'_>], argument: &str, value: &str, before: u32) -> Option<u32> {
    let earlier = turns.iter().take_while(|turn| turn.number < before);
    earlier
        .filter(|turn| matches!(turn.did, Did::CustomerSaid(text) if tells(text, argument, value)))
        .map(|turn| turn.number)
        .last()
}

/// Whether a text gives a value for an argument.
pub(crate) fn tells(text: &str, argument: &str, value: &str) -> bool {
    let short = value.chars().count() <= 2;
    names(text, value) && (!short || mentions(&text.to_lowercase(), argument))
}

/// Whether a lower-case text has the words of an argument's name, in the singular or the plural.
fn mentions(lower: &str, argument: &str) -> bool {
    let parts: Vec<&str> = argument
        .split('_')
        .filter(|word| !["id", "ids", "number", "numbers", "name", "new"].contains(word))
        .collect();
    let parts = if parts.is_empty() { argument.split('_').collect() } else { parts };
    let one = |word: &str| word.trim_end_matches('s').to_owned();
    let said: Vec<String> = lower.split(|c: char| !c.is_alphanumeric()).map(one).collect();
    parts.iter().all(|part| said.contains(&one(part)))
}

/// Words of four letters and more, cut to their first five letters: enough to tell "returning" from
/// "refund" and to see that "return" and "returned" are the same.
pub(crate) fn stems(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 4)
        .map(|word| word.to_lowercase().chars().take(5).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_named_as_a_word_or_with_other_separators() {
        assert!(names("It is #W123, please", "#W123"));
        assert!(names("call 07700 900-572 now", "07700900572"));
        assert!(names("I'm Solheim, Ingrid", "Ingrid Solheim"));
        assert!(!names("0770 um, no, the 0900572", "07700900572"));
        assert!(!names("order 12345", "1234"));
        assert!(!names("FW-20837", "FW-2083"));
        assert!(!names("anything", " "));
    }

    #[test]
    fn a_question_asks_for_an_argument_by_its_words() {
        assert!(asks_for("Could you tell me your order number?", "order_id"));
        assert!(asks_for("Please provide your e-mail.", "email"));
        assert!(asks_for("And your name?", "name"));
        assert!(!asks_for("I have your order here.", "order_id"));
        assert!(!asks_for("Which colour?", "order_id"));
    }

    #[test]
    fn agreement_is_told_from_refusal_and_from_neither() {
        assert_eq!(consent("Yes, please go ahead."), Consent::Yes);
        assert_eq!(consent("No, I do not believe you."), Consent::No);
        assert_eq!(consent("Leave everything as it is."), Consent::No);
        assert_eq!(consent("Are you sure? How do you know?"), Consent::Neither);
        assert_eq!(consent("the blue one"), Consent::Neither);
        assert_eq!(consent("no problem, go ahead"), Consent::Yes);
        assert_eq!(consent("well, rather no"), Consent::No);
        assert!(asks_consent("Shall I go ahead? (yes/no)") && !asks_consent("Which order?"));
        assert!(closes("Is there anything else?") && declines("Our rules do not allow that."));
    }
}
