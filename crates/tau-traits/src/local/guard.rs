//! Is this still a message? Steering that is too strong, or a model that is too small, ends in
//! repetition or in broken text; such a reply is drawn again, more gently, and never passes for a
//! customer.

use std::collections::HashMap;
use std::fmt;

/// What a customer says to end the conversation. It stays in the text for the conversation's loop and
/// does not count as part of the message here.
pub const STOP: &str = "###STOP###";

/// Words of which a phrase counts as one.
const PHRASE: usize = 4;
/// How often the same phrase may come.
const PHRASE_LIMIT: usize = 3;
/// Repetitions of one word in a row that nobody says.
const WORD_RUN: usize = 5;
/// Repetitions of one sign in a row that nobody writes.
const SIGN_RUN: usize = 12;
/// Letters of the longest word that is taken for one.
const LONGEST_WORD: usize = 40;
/// Least words before the variety of words is judged.
const VARIETY_FROM: usize = 24;
/// Least share of different words among those.
const VARIETY: f64 = 0.3;

/// What is wrong with a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was said.
    Empty,
    /// It goes round in circles; with the piece that comes again.
    Repeats(String),
    /// It is no text; with what shows it.
    Broken(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Empty => write!(f, "said nothing"),
            Fault::Repeats(what) => write!(f, "went round in circles ({what})"),
            Fault::Broken(what) => write!(f, "wrote no readable text ({what})"),
        }
    }
}

/// What is wrong with the text, if anything.
pub fn fault(text: &str) -> Option<Fault> {
    let ends = text.contains(STOP);
    let text = text.replace(STOP, " ");
    let said = text.trim();
    if said.is_empty() {
        return (!ends).then_some(Fault::Empty);
    }
    broken(said).or_else(|| repeated(said))
}

fn broken(said: &str) -> Option<Fault> {
    let found = |what: &str| Some(Fault::Broken(what.to_owned()));
    if said.contains('\u{fffd}') {
        return found("half a character");
    }
    if said.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        return found("control characters");
    }
    if ["<|", "|>", "<start_of_turn>", "<end_of_turn>", "[/INST]"]
        .iter()
        .any(|mark| said.contains(mark))
    {
        return found("marks of the chat template");
    }
    let longest =
        said.split_whitespace().filter(|word| !word.contains("://") && !word.contains('@'));
    if longest.map(|word| word.chars().filter(|c| c.is_alphabetic()).count()).max().unwrap_or(0)
        > LONGEST_WORD
    {
        return found("a word without end");
    }
    let letters = said.chars().filter(|c| c.is_alphanumeric()).count();
    let signs = said.chars().filter(|c| !c.is_whitespace()).count();
    // "...!" is still an answer; a page of signs is none.
    if signs > 8 && letters * 2 < signs {
        return found("signs instead of words");
    }
    None
}

fn repeated(said: &str) -> Option<Fault> {
    let found = |what: String| Some(Fault::Repeats(what));
    let mut run = 0;
    let mut last = ' ';
    for c in said.chars() {
        run = if c == last && !c.is_whitespace() { run + 1 } else { 1 };
        last = c;
        if run >= SIGN_RUN {
            return found(format!("{c:?} {run} times in a row"));
        }
    }
    let words: Vec<String> = said
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let mut run = 1;
    for two in words.windows(2) {
        run = if two[0] == two[1] { run + 1 } else { 1 };
        if run >= WORD_RUN {
            return found(format!("{:?} {run} times in a row", two[0]));
        }
    }
    let mut phrases: HashMap<&[String], usize> = HashMap::new();
    for phrase in words.windows(PHRASE) {
        let count = phrases.entry(phrase).or_default();
        *count += 1;
        if *count > PHRASE_LIMIT {
            return found(format!("{:?} {count} times", phrase.join(" ")));
        }
    }
    let different: std::collections::HashSet<&String> = words.iter().collect();
    if words.len() >= VARIETY_FROM && (different.len() as f64) < VARIETY * words.len() as f64 {
        return found(format!("{} different words among {}", different.len(), words.len()));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_passes() {
        for text in [
            "No.",
            "Why?!",
            "NO!!! I said NO!!! Do it NOW!!!",
            "I'd like to exchange the lamp, please. The order number is W2378156.",
            "no no no, that is not what I meant",
            "Well... hmm... 1234-5678-9012, I think... or 1234-5678-9021...",
            "Ja, natürlich. Die Bestellnummer ist W123.",
            "私の注文はどこですか。",
            "###STOP###",
            "Thank you, bye. ###STOP###",
            "See https://example.com/a-very-long-address-without-any-end-in-sight-for-the-reader please",
        ] {
            assert_eq!(fault(text), None, "{text:?}");
        }
    }

    #[test]
    fn nothing_said_is_a_fault_and_saying_goodbye_is_not() {
        assert_eq!(fault(""), Some(Fault::Empty));
        assert_eq!(fault(" \n "), Some(Fault::Empty));
        assert_eq!(fault(" ###STOP### "), None);
    }

    #[test]
    fn going_round_in_circles_is_noticed_at_every_scale() {
        for text in [
            "noooooooooooooooo",
            "now now now now now now",
            "I want it now. I want it now. I want it now. I want it now.",
            "red blue green pink grey white blue red pink green white grey \
             green red grey blue white pink red green blue grey pink white",
        ] {
            assert!(matches!(fault(text), Some(Fault::Repeats(_))), "{text:?}: {:?}", fault(text));
        }
    }

    #[test]
    fn text_that_is_none_is_noticed() {
        for text in [
            "caf\u{fffd}",
            "<|im_start|>assistant",
            "I want\u{0} it",
            "#$%^ &*() @!~ +=+= []{}",
            "unbelievablyunbelievablyunbelievablyunbelievably",
        ] {
            assert!(matches!(fault(text), Some(Fault::Broken(_))), "{text:?}: {:?}", fault(text));
        }
    }
}
