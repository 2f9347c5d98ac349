//! The messages of reports and workbooks.

use tau_charts::{Arg, Bounds, Language, Shown};
use tau_domain::Outcome;
use tau_stats::Verdict;

use crate::say::say;

/// Says things in one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words(pub Language);

impl Words {
    /// A message without arguments.
    pub fn of(self, id: &str) -> String {
        self.say(id, &[])
    }

    /// A message.
    pub fn say(self, id: &str, args: &[(&str, Arg)]) -> String {
        say(self.0, id, args)
    }

    /// `72 % (58 to 83)`; a rate without an interval alone, nothing scored as words.
    pub fn rate(self, rate: Option<f64>, interval: Option<Bounds>) -> String {
        let Some(rate) = rate else { return self.of("not-scored") };
        let range = |i: Bounds| self.0.percent_range(i.low, i.high);
        self.estimate(self.0.percent(rate), interval.map(range))
    }

    /// `−12 (−19 to −5)`, in points; empty where nothing was compared.
    pub fn change(self, difference: Option<f64>, interval: Option<Bounds>) -> String {
        let Some(difference) = difference else { return String::new() };
        let range = |i: Bounds| self.0.points_range(i.low, i.high);
        self.estimate(self.0.points(difference), interval.map(range))
    }

    fn estimate(self, estimate: String, range: Option<String>) -> String {
        match range {
            None => estimate,
            Some(range) => {
                self.say("estimate", &[("estimate", estimate.into()), ("range", range.into())])
            }
        }
    }

    /// `140 of 150`.
    pub fn scored(self, scored: usize, planned: usize) -> String {
        self.say("scored-of", &[("scored", scored.into()), ("planned", planned.into())])
    }

    /// A verdict.
    pub fn verdict(self, verdict: Verdict) -> String {
        self.of(match verdict {
            Verdict::Worse => "verdict-worse",
            Verdict::Better => "verdict-better",
            Verdict::NoMeaningfulChange => "verdict-no-meaningful-change",
            Verdict::CannotTell => "verdict-cannot-tell",
        })
    }

    /// Whether traits were shown.
    pub fn shown(self, shown: Shown) -> String {
        self.of(match shown {
            Shown::Shown => "shown-shown",
            Shown::Weak => "shown-weak",
            Shown::CannotTell => "shown-cannot-tell",
            Shown::NotShown => "shown-not-shown",
        })
    }

    /// What became of a conversation.
    pub fn outcome(self, outcome: Outcome) -> String {
        self.of(match outcome {
            Outcome::Passed => "outcome-passed",
            Outcome::Failed => "outcome-failed",
            Outcome::NotScored => "outcome-not-scored",
            Outcome::Pending => "outcome-pending",
            Outcome::Running => "outcome-running",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every id that is asked for in this crate's source is a message, and every message is asked for.
    #[test]
    fn the_messages_asked_for_are_the_messages_there_are() {
        let texts = [
            include_str!("words.rs"),
            include_str!("appendix.rs"),
            include_str!("compose.rs"),
            include_str!("method.rs"),
            include_str!("worst.rs"),
            include_str!("../pages/mod.rs"),
            include_str!("../workbook/mod.rs"),
            include_str!("../workbook/sheets.rs"),
            include_str!("../workbook/figures.rs"),
            include_str!("../workbook/plot.rs"),
        ]
        .concat();
        let messages = include_str!("../../lang/en/report.ftl");
        let ids =
            messages.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        for id in ids.filter_map(|line| Some(line.split_once(" =")?.0)) {
            assert!(texts.contains(&format!("\"{id}\"")), "nobody says {id}");
            assert_ne!(Words(Language::En).of(id), id);
        }
    }
}
