//! Figures with their nouns, and the words that several charts use.

use tau_stats::Verdict;

use super::{Arg, Language};
use crate::{Bounds, Shown};

impl Language {
    /// A signed number of points: `−12 points`.
    pub(crate) fn in_signed_points(self, rate: f64) -> String {
        let n = Arg::Figure(self.shown_points(rate));
        self.say("points", &[("size", self.points(rate).into()), ("n", n)])
    }

    /// An interval of a fall or a rise as sizes, in the order of the change: `5 to 19`. Where it holds
    /// zero, with signs.
    pub(crate) fn sizes(self, interval: Bounds) -> String {
        let Bounds { low, high } = interval;
        if interval.hold_zero() {
            self.points_range(low, high)
        } else if high < 0.0 {
            self.range(&self.size(high), &self.size(low))
        } else {
            self.range(&self.size(low), &self.size(high))
        }
    }

    /// `50 tasks`.
    pub(crate) fn tasks(self, n: usize) -> String {
        self.say("tasks", &[("n", n.into())])
    }

    /// `150 conversations`.
    pub(crate) fn conversations(self, n: usize) -> String {
        self.say("conversations", &[("n", n.into())])
    }

    /// `48 to 50`, or one of them where they are the same.
    pub(crate) fn between(self, low: usize, high: usize) -> String {
        if low == high {
            return self.thousands(low);
        }
        self.range(&self.thousands(low), &self.thousands(high))
    }

    /// What a comparison says.
    pub(crate) fn verdict(self, verdict: Verdict) -> String {
        let id = match verdict {
            Verdict::Worse => "verdict-worse",
            Verdict::Better => "verdict-better",
            Verdict::NoMeaningfulChange => "verdict-no-meaningful-change",
            Verdict::CannotTell => "verdict-cannot-tell",
        };
        self.say(id, &[])
    }

    /// Whether customers showed their trait; `None` where that goes without saying.
    pub(crate) fn shown(self, shown: Shown) -> Option<String> {
        let id = match shown {
            Shown::Shown => return None,
            Shown::Weak => "shown-weak",
            Shown::CannotTell => "shown-cannot-tell",
            Shown::NotShown => "shown-not-shown",
        };
        Some(self.say(id, &[]))
    }

    /// A message without arguments.
    pub(crate) fn word(self, id: &str) -> String {
        self.say(id, &[])
    }

    /// The columns of a table by their messages.
    pub(crate) fn columns(self, ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| self.say(id, &[])).collect()
    }
}

/// Arguments of a message, from pairs of a name and what it stands for.
macro_rules! args {
    ($($name:literal : $value:expr),* $(,)?) => {
        &[$(($name, crate::Arg::from($value))),*]
    };
}
pub(crate) use args;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_points_have_their_noun_and_an_interval_of_a_fall_reads_from_its_smaller_end() {
        let en = Language::En;
        assert_eq!(en.in_signed_points(-0.12), "−12 points");
        assert_eq!(en.sizes(Bounds { low: -0.19, high: -0.05 }), "5 to 19");
        assert_eq!(en.sizes(Bounds { low: 0.05, high: 0.19 }), "5 to 19");
        assert_eq!(en.sizes(Bounds { low: -0.05, high: 0.19 }), "−5 to +19");
        assert_eq!(en.between(48, 50), "48 to 50");
        assert_eq!(en.between(50, 50), "50");
    }
}
