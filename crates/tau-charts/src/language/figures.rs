//! Figures in a language: points, percent, ranges. The only place where rates become points.

use super::{Arg, Language};
use crate::font::directed;

/// U+2212; the bundled font has it.
const MINUS: char = '−';
/// Left-to-right mark: in a line from right to left a sign before a figure, and a percent sign behind it,
/// would change sides without it.
const LEFT_TO_RIGHT: char = '\u{200e}';

/// A count with a mark between groups of three digits.
pub(super) fn grouped(number: usize, mark: &str) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push_str(mark);
        }
        text.push(digit);
    }
    text
}

impl Language {
    /// A figure with a fixed number of decimals, in the language's decimal sign and with a true minus.
    pub fn decimal(self, value: f64, places: usize) -> String {
        let text = format!("{value:.places$}");
        let zero = text.trim_matches(['-', '0', '.']).is_empty();
        let text = if zero { text.trim_start_matches('-').to_owned() } else { text };
        let text = text.replace('-', &MINUS.to_string());
        match self {
            Language::Ar if text.starts_with(MINUS) => self.figure(&text),
            Language::En | Language::Zh | Language::Ar => text,
            Language::De | Language::Es | Language::Fr | Language::Ru => text.replace('.', ","),
        }
    }

    /// A number of points without sign: whole, but with the decimals it takes not to read zero, since
    /// the end of an interval beside zero decides what the comparison says.
    pub fn size(self, rate: f64) -> String {
        let points = (rate * 100.0).abs();
        if (0.05..0.95).contains(&points) {
            self.decimal(points, 1)
        } else if (0.005..0.05).contains(&points) {
            self.decimal(points, 2)
        } else {
            format!("{:.0}", points.round())
        }
    }

    /// Points without sign as they are shown, for the plural: 0.4 or 12.
    pub(crate) fn shown_points(self, rate: f64) -> f64 {
        let points = (rate * 100.0).abs();
        match points {
            p if (0.05..0.95).contains(&p) => (p * 10.0).round() / 10.0,
            p if (0.005..0.05).contains(&p) => (p * 100.0).round() / 100.0,
            p => p.round(),
        }
    }

    /// `1 point`, `12 points`, without sign.
    pub fn plural_points(self, rate: f64) -> String {
        let n = Arg::Figure(self.shown_points(rate));
        self.say("points", &[("size", self.size(rate).into()), ("n", n)])
    }

    /// A name as it stands, or the words for one that is empty. One from right to left is kept apart from
    /// what follows it in a sentence: figures after it would change places with it.
    pub fn named(self, name: &str) -> String {
        match name.trim() {
            "" => self.say("no-name", &[]),
            name => directed(name),
        }
    }

    /// A figure with its sign, which keep their order in every direction of writing.
    fn figure(self, text: &str) -> String {
        match self.is_right_to_left() {
            true => format!("{LEFT_TO_RIGHT}{text}"),
            false => text.to_owned(),
        }
    }

    /// A signed number of points: `−12`, `+3`, `0`.
    pub fn points(self, rate: f64) -> String {
        let size = self.size(rate);
        match size.as_str() {
            "0" => size,
            _ if rate < 0.0 => self.figure(&format!("{MINUS}{size}")),
            _ => self.figure(&format!("+{size}")),
        }
    }

    /// A rate as whole percent, never rounded to 0 or 100 when it is neither.
    pub fn percent(self, rate: f64) -> String {
        let whole = whole_percent(rate);
        match self {
            Language::Zh | Language::Ar => self.figure(&format!("{whole:.0}%")),
            _ => format!("{whole:.0} %"),
        }
    }

    /// `58 to 83`, in percent.
    pub fn percent_range(self, low: f64, high: f64) -> String {
        let bare = |rate| format!("{:.0}", whole_percent(rate));
        self.range(&bare(low), &bare(high))
    }

    /// `−19 to −5`, in points.
    pub fn points_range(self, low: f64, high: f64) -> String {
        self.range(&self.points(low), &self.points(high))
    }

    /// `from to to`, as words.
    pub fn range(self, low: &str, high: &str) -> String {
        self.say("range", &[("low", low.into()), ("high", high.into())])
    }

    /// A p-value: three decimals, `< 0.001` below that.
    pub fn p_value(self, p: f64) -> String {
        if p < 0.001 { format!("< {}", self.decimal(0.001, 3)) } else { self.decimal(p, 3) }
    }

    /// `12,480`.
    pub fn thousands(self, number: usize) -> String {
        match self {
            Language::En | Language::Zh | Language::Ar => grouped(number, ","),
            _ => grouped(number, "\u{a0}"),
        }
    }
}

fn whole_percent(rate: f64) -> f64 {
    let percent = rate * 100.0;
    if percent > 0.0 && percent < 100.0 { percent.round().clamp(1.0, 99.0) } else { percent }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_their_language_writes_them() {
        assert_eq!(Language::En.decimal(-1.5, 1), "−1.5");
        assert_eq!(Language::De.decimal(-1.5, 1), "−1,5");
        assert_eq!(Language::De.points(-0.004), "−0,4");
        assert_eq!(Language::En.points_range(-0.19, 0.05), "−19 to +5");
        assert_eq!(Language::Zh.percent(0.5), "50%");
        assert_eq!(Language::Ar.points(-0.12), "\u{200e}−12");
        assert_eq!(Language::Ar.percent(0.5), "\u{200e}50%");
        assert_eq!(Language::Fr.thousands(12_480), "12\u{a0}480");
        assert_eq!(Language::En.decimal(-0.001, 1), "0.0");
    }
}
