//! The scales of the two panels: round steps, as many as there is room to label.

use super::unit::Unit;
use super::{ForestChart, Measure};
use crate::font::{Weight, width};
use crate::frame::SMALL;

/// A panel: where its scale begins and ends, and which values stand there.
#[derive(Clone, Debug)]
pub(crate) struct Panel {
    pub left: f64,
    pub right: f64,
    pub low: f64,
    pub high: f64,
    /// The values of the grid and their labels.
    pub ticks: Vec<(f64, String)>,
}

impl Panel {
    /// Pixel of a value, kept within the panel.
    pub fn x(&self, value: f64) -> f64 {
        let share = (value.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        self.left + share * (self.right - self.left)
    }

    fn of(
        (left, right): (f64, f64),
        (low, high): (f64, f64),
        step: f64,
        label: impl Fn(f64) -> String,
    ) -> Panel {
        let count = ((high - low) / step).round() as i32;
        let ticks = (0..=count).map(|i| low + f64::from(i) * step).map(|tick| (tick, label(tick)));
        Panel { left, right, low, high, ticks: ticks.collect() }
    }

    /// The level of the measure: rates from 0 to 100 %, effort from nothing to beyond the largest.
    pub fn levels(chart: &ForestChart, unit: &Unit, (left, right): (f64, f64)) -> Panel {
        let label = |step: f64| move |tick| unit.tick(tick, step, false);
        if chart.measure == Measure::Success {
            let step = if right - left < 220.0 { 0.5 } else { 0.25 };
            return Panel::of((left, right), (0.0, 1.0), step, label(step));
        }
        let rows = chart.baseline.iter().chain(&chart.rows);
        let most =
            rows.flat_map(|row| row.baseline.into_iter().chain(row.rate)).fold(0.0, f64::max);
        let step =
            round_step(if most > 0.0 { most } else { 1.0 }, unit, right - left, |tick, step| {
                unit.tick(tick, step, false)
            });
        let end = (most / step - 1e-9).ceil().max(1.0) * step;
        Panel::of((left, right), (0.0, end), step, label(step))
    }

    /// Differences, symmetric around zero, wide enough for every interval.
    pub fn differences(chart: &ForestChart, unit: &Unit, (left, right): (f64, f64)) -> Panel {
        let reach = chart
            .rows
            .iter()
            .flat_map(|row| {
                let interval = row.interval.map(|i| [i.low, i.high]);
                row.difference.into_iter().chain(interval.into_iter().flatten())
            })
            .fold(0.0, |most: f64, value| most.max(value.abs()));
        let (end, step) = if chart.measure == Measure::Success {
            points(reach, right - left)
        } else {
            let reach = if reach > 0.0 { reach } else { unit.per() };
            let step = round_step(reach, unit, (right - left) / 2.0, |tick, step| {
                unit.tick(tick, step, true)
            });
            ((reach / step - 1e-9).ceil().max(1.0) * step, step)
        };
        let label = |tick: f64| unit.tick(tick, step, true);
        Panel::of((left, right), (-end, end), step, label)
    }
}

/// End and step of a scale of points.
fn points(reach: f64, room: f64) -> (f64, f64) {
    let end = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8]
        .into_iter()
        .find(|end| reach <= end + 1e-9)
        .unwrap_or(1.0);
    // Labels need about 40 pixels each; steps are whole multiples of five points.
    let labels = room / 40.0;
    let step = [4.0, 3.0, 2.0]
        .into_iter()
        .filter(|parts: &f64| {
            let fives: f64 = end / parts / 0.05;
            (fives - fives.round()).abs() < 1e-9
        })
        .find(|parts| 2.0 * parts < labels)
        .map_or(end, |parts| end / parts);
    (end, step)
}

/// The smallest step of 1, 2 or 5 times a power of ten (in the unit written) whose labels have room when
/// the scale goes from zero to just beyond `most` in `room` pixels; at most five steps.
fn round_step(most: f64, unit: &Unit, room: f64, label: impl Fn(f64, f64) -> String) -> f64 {
    let power = (most / unit.per()).log10().floor() as i32 - 1;
    let steps = (power..power + 4)
        .flat_map(|power| [1.0, 2.0, 5.0].map(|digit| digit * 10_f64.powi(power) * unit.per()));
    let fits = |step: f64| {
        let parts = (most / step - 1e-9).ceil().max(1.0);
        let widest = (0..=parts as i32)
            .map(|i| width(&label(f64::from(i) * step, step), SMALL as f32, Weight::Regular))
            .fold(0.0, f32::max);
        parts <= 5.0 && room / parts >= f64::from(widest) + 12.0
    };
    // Where not even one label has room, the first step that holds everything.
    let whole = |step: f64| step >= most;
    let all: Vec<f64> = steps.collect();
    all.iter()
        .copied()
        .find(|step| fits(*step))
        .or_else(|| all.iter().copied().find(|step| whole(*step)))
        .unwrap_or(most)
}
