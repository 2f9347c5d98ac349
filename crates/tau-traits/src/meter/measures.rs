//! Figures of a message: how long, how loud, how broken, how repetitive.

use std::collections::HashSet;

use crate::Measure;

/// Letters of the shortest word that counts as repeated; shorter ones are in every message.
const TELLING: usize = 4;
/// Words of a sentence that is no fragment.
const SENTENCE: usize = 4;

/// A message taken apart.
pub(super) struct Figures<'a> {
    text: &'a str,
    words: Vec<&'a str>,
    /// Words of each sentence.
    sentences: Vec<usize>,
    said: HashSet<String>,
}

impl<'a> Figures<'a> {
    pub(super) fn of(text: &'a str, earlier: &[&str]) -> Self {
        let said = earlier.iter().flat_map(|text| words(text)).filter(|word| telling(word));
        Figures {
            text,
            words: words(text).collect(),
            sentences: sentences(text),
            said: said.map(str::to_lowercase).collect(),
        }
    }

    pub(super) fn value(&self, measure: Measure) -> f64 {
        let count = |of: char| self.text.chars().filter(|letter| *letter == of).count() as f64;
        match measure {
            Measure::Words => self.words.len() as f64,
            Measure::Questions => count('?'),
            Measure::Exclamations => count('!'),
            Measure::Capitals => self.capitals(),
            Measure::SentenceWords => {
                share(self.sentences.iter().sum::<usize>(), self.sentences.len())
            }
            Measure::Digits => self.text.chars().filter(char::is_ascii_digit).count() as f64,
            Measure::Repeats => self.repeats(),
            Measure::Fragments => {
                let short = self.sentences.iter().filter(|words| **words < SENTENCE).count();
                share(short, self.sentences.len())
            }
        }
    }

    fn capitals(&self) -> f64 {
        let letters = |word: &str| word.chars().filter(|letter| letter.is_alphabetic()).count();
        let all: usize = self.words.iter().map(|word| letters(word)).sum();
        let loud = |word: &&&str| {
            letters(word) > 1
                && !word.chars().any(|letter| letter.is_lowercase() || letter.is_numeric())
        };
        share(self.words.iter().filter(loud).map(|word| letters(word)).sum(), all)
    }

    fn repeats(&self) -> f64 {
        let telling: Vec<String> = self
            .words
            .iter()
            .filter(|word| telling(word))
            .map(|word| word.to_lowercase())
            .collect();
        share(telling.iter().filter(|word| self.said.contains(*word)).count(), telling.len())
    }
}

fn telling(word: &str) -> bool {
    word.chars().filter(|letter| letter.is_alphabetic()).count() >= TELLING
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty())
}

/// The number of words of each sentence. A sentence ends with its mark before a space or the end, so
/// that `4.50` and `a.b@c.de` end none.
fn sentences(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let ends = ['.', '!', '?', '\u{2026}', '\n'].contains(&letter)
            && letters.peek().is_none_or(|(_, next)| next.is_whitespace());
        if ends || letters.peek().is_none() {
            let to = at + letter.len_utf8();
            found.push(words(&text[from..to]).count());
            from = to;
        }
    }
    found.retain(|words| *words > 0);
    found
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, measure: Measure) -> f64 {
        Figures::of(text, &["My LAMP is broken, the lamp from order 77"]).value(measure)
    }

    #[test]
    fn the_figures_of_a_message_are_what_their_names_say() {
        let text = "NO! Not again?! It costs 4.50, doesn't it? STOP";
        assert_eq!(value(text, Measure::Words), 10.0);
        assert_eq!(value(text, Measure::Questions), 2.0);
        assert_eq!(value(text, Measure::Exclamations), 2.0);
        assert_eq!(value(text, Measure::Digits), 3.0);
        assert_eq!(value(text, Measure::SentenceWords), 2.5);
        assert_eq!(value(text, Measure::Fragments), 0.75);
        assert_eq!(value("Mail me at AB12 NOW", Measure::Capitals), 3.0 / 13.0);
    }

    #[test]
    fn repeats_are_told_by_long_words_and_by_the_customers_own_messages() {
        assert_eq!(value("The lamp is broken, I said!", Measure::Repeats), 2.0 / 3.0);
        assert_eq!(Figures::of("The lamp is broken", &[]).value(Measure::Repeats), 0.0);
    }

    #[test]
    fn an_empty_message_has_no_figures() {
        for measure in Measure::ALL {
            assert_eq!(Figures::of("", &[]).value(measure), 0.0);
        }
    }
}
