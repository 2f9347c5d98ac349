//! The trait meter: how much of a trait a message shows, from the words and the shape of its text.
//!
//! It needs no model and draws no chance, so that the same message reads the same for ever and for
//! everybody. What it counts are the trait's own markers; what a sum of them means is fitted to the
//! trait's own anchors, the lines that its levels give as examples. A text that counts as much as the
//! Strong lines do on average is therefore a 3, whichever trait it is.

mod knots;
mod measures;

use regex::{Regex, RegexBuilder};

use self::knots::Knots;
use self::measures::Figures;
use crate::{Marker, Measure, Trait};

/// Largest compiled expression, in bytes: files come from people.
const LARGEST: usize = 1 << 20;

/// The markers of a trait, ready to be counted.
#[derive(Clone, Debug)]
pub struct Markers {
    counted: Vec<Counted>,
    knots: Knots,
}

/// What a message shows of a trait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The weighted sum of the markers.
    pub raw: f64,
    /// The level that it amounts to, 0 (Off) to 4 (Extreme).
    pub level: f64,
}

#[derive(Clone, Debug)]
enum Counted {
    Matches(Regex, f64),
    Figure { measure: Measure, usual: f64, scale: f64, weight: f64 },
}

impl Markers {
    /// The markers of a trait. A pattern that is no expression counts nothing; [`crate::read_trait`]
    /// refuses it.
    pub fn new(of: &Trait) -> Markers {
        let counted: Vec<Counted> = of.markers.iter().filter_map(counted).collect();
        let mut markers = Markers { counted, knots: Knots::default() };
        let levels = of.levels.iter().map(|level| {
            let scores: Vec<f64> = level.lines().map(|line| markers.raw(line, &[])).collect();
            (f64::from(level.value), scores)
        });
        markers.knots = Knots::fitted(levels);
        markers
    }

    /// What `text` shows of the trait. `earlier` are the same customer's messages before it, for what
    /// is told from repetition.
    pub fn score(&self, text: &str, earlier: &[&str]) -> Score {
        let raw = self.raw(text, earlier);
        Score { raw, level: self.knots.level(raw) }
    }

    /// Whether the markers tell the trait's own levels apart. Without that every text is a 0, and the
    /// meter should not be believed.
    pub fn tell_levels_apart(&self) -> bool {
        self.knots.rise()
    }

    fn raw(&self, text: &str, earlier: &[&str]) -> f64 {
        let text = plain(text);
        let figures = Figures::of(&text, earlier);
        let points = |each: &Counted| match each {
            Counted::Matches(expression, weight) => {
                weight * expression.find_iter(&text).count() as f64
            }
            Counted::Figure { measure, usual, scale, weight } => {
                weight * ((figures.value(*measure) - usual) / scale).clamp(-1.0, 1.0)
            }
        };
        self.counted.iter().map(points).sum()
    }
}

fn counted(marker: &Marker) -> Option<Counted> {
    match marker {
        Marker::Words { any, weight } => {
            let expression = any_of(any)?;
            Some(Counted::Matches(expression, *weight))
        }
        Marker::Pattern { pattern, weight } => {
            Some(Counted::Matches(expression(pattern).ok()?, *weight))
        }
        Marker::Measure { measure, usual, scale, weight } if *scale != 0.0 => {
            Some(Counted::Figure {
                measure: *measure,
                usual: *usual,
                scale: *scale,
                weight: *weight,
            })
        }
        Marker::Measure { .. } => None,
    }
}

/// A pattern as markers mean it: in any case unless it says otherwise.
///
/// # Errors
/// When it is no regular expression, or one too large.
pub(crate) fn expression(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).case_insensitive(true).size_limit(LARGEST).build()
}

/// Any of these words and phrases as whole words, the longest first, so that a phrase is not counted
/// as the word that it begins with.
fn any_of(phrases: &[String]) -> Option<Regex> {
    let mut phrases: Vec<String> = phrases.iter().map(|phrase| plain(phrase)).collect();
    phrases.retain(|phrase| !phrase.trim().is_empty());
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    let whole = |phrase: &String| {
        let words: Vec<String> = phrase.split_whitespace().map(regex::escape).collect();
        let edge =
            |at: Option<char>| if at.is_some_and(char::is_alphanumeric) { r"\b" } else { "" };
        let text = phrase.trim();
        format!(
            "{}{}{}",
            edge(text.chars().next()),
            words.join(r"\s+"),
            edge(text.chars().next_back())
        )
    };
    let choices: Vec<String> = phrases.iter().map(whole).collect();
    (!choices.is_empty()).then(|| expression(&choices.join("|")).ok()).flatten()
}

/// A text with the quotation marks of keyboards.
fn plain(text: &str) -> String {
    text.replace(['\u{2019}', '\u{2018}'], "'").replace(['\u{201c}', '\u{201d}'], "\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Level, TraitSet};

    fn of(markers: Vec<Marker>, lines: [&str; 5]) -> Markers {
        let level = |(value, line): (u8, &str)| Level {
            value,
            example: line.to_owned(),
            ..Level::default()
        };
        let levels = (0u8..).zip(lines).map(level).collect();
        Markers::new(&Trait { markers, levels, ..Trait::default() })
    }

    fn words(any: &[&str]) -> Marker {
        Marker::Words { any: any.iter().map(|word| (*word).to_owned()).collect(), weight: 1.0 }
    }

    #[test]
    fn words_count_whole_in_any_case_and_the_longest_phrase_once() {
        let markers = of(vec![words(&["now", "right now", "i'm done"])], ["", "now", "", "", ""]);
        let raw = |text: &str| markers.score(text, &[]).raw;
        assert_eq!(raw("Right  now! I know. Snow now, NOW"), 3.0);
        assert_eq!(raw("I\u{2019}m done"), 1.0, "whichever apostrophe the keyboard has");
        assert_eq!(raw(""), 0.0);
    }

    #[test]
    fn a_sum_is_read_off_the_traits_own_anchors() {
        let lines = ["", "x", "x x", "x x x x", "x x x x x x x x"];
        let markers = of(vec![words(&["x"])], lines);
        let level = |text: &str| markers.score(text, &[]).level;
        for (value, line) in (0u8..).zip(lines) {
            assert_eq!(level(line), f64::from(value));
        }
        assert_eq!((level("x x x"), level(&"x ".repeat(40))), (2.5, 4.0));
        assert!(markers.tell_levels_apart());
        let without = of(vec![], lines);
        assert_eq!(without.score("x x", &[]), Score { raw: 0.0, level: 0.0 });
        assert!(!without.tell_levels_apart());
    }

    #[test]
    fn a_figure_counts_by_its_distance_from_the_usual_one_and_never_more_than_in_full() {
        let shorter =
            Marker::Measure { measure: Measure::Words, usual: 10.0, scale: -5.0, weight: 2.0 };
        let markers = of(vec![shorter], ["", "", "", "", ""]);
        let raw = |count: usize| markers.score(&"a ".repeat(count), &[]).raw;
        assert_eq!([10, 5, 0, 12, 30].map(raw), [0.0, 2.0, 2.0, -0.8, -2.0]);
    }

    /// Share of pairs of lines in which the one with the trait scores higher; ties count half.
    fn auc(more: &[f64], less: &[f64]) -> f64 {
        let wins: f64 = more
            .iter()
            .flat_map(|high| less.iter().map(move |low| (high, low)))
            .map(|(high, low)| {
                if high > low {
                    1.0
                } else if high < low {
                    0.0
                } else {
                    0.5
                }
            })
            .sum();
        wins / (more.len() * less.len()) as f64
    }

    #[test]
    fn on_lines_it_was_not_made_from_the_meter_tells_every_shipped_trait() {
        for each in TraitSet::shipped() {
            let markers = Markers::new(each);
            let raw = |text: &str| markers.score(text, &[]).raw;
            let more: Vec<f64> = each.held_out.iter().map(|pair| raw(&pair.more)).collect();
            let less: Vec<f64> = each.held_out.iter().map(|pair| raw(&pair.less)).collect();
            assert!(more.len() >= 8, "{}", each.id);
            let auc = auc(&more, &less);
            println!("{}: AUC {auc:.2} on held-out lines", each.id);
            assert!(auc >= 0.8, "{}: {auc:.2}", each.id);
        }
    }

    #[test]
    fn a_higher_level_of_a_shipped_trait_scores_higher_on_average() {
        for each in TraitSet::shipped() {
            let markers = Markers::new(each);
            let mean = |level: &Level| {
                let raw: Vec<f64> =
                    level.lines().map(|line| markers.score(line, &[]).raw).collect();
                raw.iter().sum::<f64>() / raw.len() as f64
            };
            let means: Vec<f64> = each.levels.iter().map(mean).collect();
            println!("{}: {means:.2?} from Off to Extreme", each.id);
            assert!(means.windows(2).all(|two| two[1] > two[0]), "{}: {means:.2?}", each.id);
            assert!(markers.tell_levels_apart());
        }
    }
}
