//! How the figures of a measure are written: percent and points, turns and calls, dollars, time.

use super::{ForestChart, ForestRow, Measure};
use crate::Bounds;
use crate::Language;

/// From here on time is in minutes.
const LONG: f64 = 300.0;

/// The unit of a chart's figures, with as many decimals as its differences need.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub measure: Measure,
    pub language: Language,
    /// Whether times are in minutes.
    pub minutes: bool,
    places: usize,
}

impl Unit {
    /// The unit for a chart's rows.
    pub fn of(chart: &ForestChart, language: Language) -> Unit {
        let rows = || chart.baseline.iter().chain(&chart.rows);
        let longest = rows().flat_map(values).fold(0.0, f64::max);
        let minutes = chart.measure == Measure::Seconds && longest >= LONG;
        let per = if minutes { 60.0 } else { 1.0 };
        let widest = rows().filter_map(|row| row.difference).fold(0.0, |m: f64, d| m.max(d.abs()));
        let scale = if widest > 0.0 { widest } else { longest } / per;
        // Two digits of the largest difference.
        let two = if scale > 0.0 { 1 - scale.log10().floor() as i32 } else { 0 };
        let (least, most) = match chart.measure {
            Measure::Success => (0, 0),
            Measure::Turns | Measure::ToolCalls => (1, 2),
            Measure::Cost if longest >= 100.0 => (0, 0),
            Measure::Cost => (2, 6),
            Measure::Seconds => (i32::from(minutes), 2),
        };
        let places = two.clamp(least, most) as usize;
        Unit { measure: chart.measure, language, minutes, places }
    }

    /// The measure's name in messages.
    pub fn measure_key(&self) -> &'static str {
        match self.measure {
            Measure::Success => "success",
            Measure::Turns => "turns",
            Measure::ToolCalls => "tool_calls",
            Measure::Cost => "cost",
            Measure::Seconds => "seconds",
        }
    }

    /// The same, telling minutes from seconds.
    pub fn unit_key(&self) -> &'static str {
        if self.minutes { "minutes" } else { self.measure_key() }
    }

    /// A value of the measure with its unit: `72 %`, `7.1`, `$0.031`, `14 s`.
    pub fn value(&self, value: f64) -> String {
        match self.measure {
            Measure::Success => self.language.percent(value),
            _ => self.with_unit(&self.figure(value)),
        }
    }

    /// A difference with its sign, as its column writes it: `−12`, `+2.1`, `+$0.012`, `+14 s`.
    pub fn change(&self, difference: f64) -> String {
        if self.measure == Measure::Success {
            return self.language.points(difference);
        }
        let size = self.size(difference);
        match difference {
            d if self.is_zero(d) => size,
            d if d < 0.0 => format!("−{size}"),
            _ => format!("+{size}"),
        }
    }

    /// A difference without its sign: `12`, `2.1`, `$0.012`, `14 s`.
    pub fn size(&self, difference: f64) -> String {
        match self.measure {
            Measure::Success => self.language.size(difference),
            _ => self.with_unit(&self.figure(difference.abs())),
        }
    }

    /// `−19 to −5`.
    pub fn changes(&self, interval: Bounds) -> String {
        self.language.range(&self.change(interval.low), &self.change(interval.high))
    }

    /// The interval of a clear rise or fall as sizes, the smaller first: `5 to 19`.
    pub fn sizes(&self, interval: Bounds) -> String {
        if self.measure == Measure::Success {
            return self.language.sizes(interval);
        }
        let (a, b) = (interval.low.abs(), interval.high.abs());
        self.language.range(&self.size(a.min(b)), &self.size(a.max(b)))
    }

    /// A value on a scale whose steps are `step` apart; `signed` for differences.
    pub fn tick(&self, value: f64, step: f64, signed: bool) -> String {
        if self.measure == Measure::Success {
            return match signed {
                true => self.language.points(value),
                false => self.language.percent(value),
            };
        }
        let (value, step) = (value / self.per(), step / self.per());
        let least = if self.measure == Measure::Cost && step < 1.0 { 2 } else { 0 };
        let places = (least..6_usize).find(|places| {
            let shifted = step * 10_f64.powi(*places as i32);
            (shifted - shifted.round()).abs() < 1e-6
        });
        let figure = self.with_unit(&self.language.decimal(value.abs(), places.unwrap_or(6)));
        match value {
            _ if !signed || value.abs() < step / 1e3 => figure,
            v if v < 0.0 => format!("−{figure}"),
            _ => format!("+{figure}"),
        }
    }

    /// What one of the unit written is in the unit stored.
    pub fn per(&self) -> f64 {
        if self.minutes { 60.0 } else { 1.0 }
    }

    /// A figure without its unit; with another decimal or two where it would read zero, since the end of
    /// an interval beside zero decides what a comparison says.
    fn figure(&self, value: f64) -> String {
        let value = value / self.per();
        let places = (self.places..self.places + 3).find(|places| !rounds_to_zero(value, *places));
        self.language.decimal(value, places.unwrap_or(self.places))
    }

    fn is_zero(&self, difference: f64) -> bool {
        rounds_to_zero(difference / self.per(), self.places + 2)
    }

    fn with_unit(&self, figure: &str) -> String {
        let dollars_first = matches!(self.language, Language::En | Language::Zh | Language::Ar);
        match self.measure {
            Measure::Success | Measure::Turns | Measure::ToolCalls => figure.to_owned(),
            Measure::Cost if dollars_first => format!("${figure}"),
            Measure::Cost => format!("{figure}\u{a0}$"),
            Measure::Seconds if self.minutes => format!("{figure}\u{a0}min"),
            Measure::Seconds => format!("{figure}\u{a0}s"),
        }
    }
}

fn rounds_to_zero(value: f64, places: usize) -> bool {
    value.abs() * 10_f64.powi(places as i32) < 0.5
}

fn values(row: &ForestRow) -> impl Iterator<Item = f64> {
    row.baseline.into_iter().chain(row.rate)
}
