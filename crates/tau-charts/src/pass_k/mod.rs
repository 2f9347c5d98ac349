//! pass^k curves: the chance that all of k attempts at a task succeed, a line a condition.

mod layout;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::canvas::svg;
use crate::language::args;
use crate::panels::Ink;
use crate::spec::Chart;
use crate::{Arg, Bounds, Cell, ChartError, DataTable, Drawing, Heading, Language, Look};
use layout::Layout;

/// The chart's data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassKChart {
    /// Title and notes.
    pub heading: Heading,
    /// The conditions, the baseline first.
    pub series: Vec<PassKSeries>,
}

/// A condition's curve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassKSeries {
    /// The condition's id.
    pub condition_id: String,
    /// Its name.
    pub name: String,
    /// Its colour index; without meaning for the baseline.
    pub color: usize,
    /// Whether this is the baseline, drawn in ink.
    pub is_baseline: bool,
    /// k = 1, 2, ...; only where some task has k scored attempts.
    pub points: Vec<PassKPoint>,
}

/// A point of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassKPoint {
    /// How many attempts must succeed.
    pub k: usize,
    /// Chance, 0 to 1.
    pub value: f64,
    /// Its 95 % interval; `None` below ten tasks.
    pub interval: Option<Bounds>,
    /// Tasks with k scored attempts.
    pub tasks: usize,
    /// Paired difference from the baseline at the same k; `None` for the baseline.
    pub difference: Option<f64>,
    /// Its 95 % interval; `None` below ten tasks.
    pub difference_interval: Option<Bounds>,
}

impl Chart for PassKChart {
    fn draw(&self, look: &Look) -> Result<Drawing, ChartError> {
        let layout = Layout::of(self, look.width, look.language);
        let text = self.text(look.language);
        let size = (layout.width, layout.height);
        let svg = svg(size, &text, look, |canvas| layout.paint(canvas, look.language))?;
        Ok(Drawing { svg, width: size.0, height: size.1, hotspots: layout.hotspots, text })
    }

    fn sentence(&self, language: Language) -> String {
        let mut compared: Vec<(&PassKSeries, &PassKPoint, f64)> = self
            .series
            .iter()
            .filter_map(|one| {
                let point = one.telling()?;
                Some((one, point, point.difference?))
            })
            .collect();
        compared.sort_by(|a, b| a.2.total_cmp(&b.2));
        let Some(lowest) = compared.first() else {
            return self.alone(language);
        };
        let clear = |sign: f64| -> Vec<_> {
            let outside = |p: &PassKPoint| p.difference_interval.is_some_and(|i| !i.hold_zero());
            compared.iter().filter(|(_, p, d)| outside(p) && d * sign > 0.0).collect()
        };
        let (fell, rose) = (clear(-1.0), clear(1.0));
        let say = |id: &str, (one, point, _): &(&PassKSeries, &PassKPoint, f64), n: usize| {
            language.say(id, &one.args(point, n, language))
        };
        if let Some(worst) = fell.first() {
            let id = if fell.len() == 1 { "pass-k-fell" } else { "pass-k-fell-of" };
            return say(id, worst, fell.len());
        }
        if let Some(best) = rose.last() {
            let id = if rose.len() == 1 { "pass-k-rose" } else { "pass-k-rose-of" };
            return say(id, best, rose.len());
        }
        let with_interval = compared.iter().filter(|(_, p, _)| p.difference_interval.is_some());
        let Some(largest) = with_interval.max_by(|a, b| a.2.abs().total_cmp(&b.2.abs())) else {
            return say("pass-k-few", lowest, 0);
        };
        let id = match compared.len() {
            1 => "pass-k-cannot-tell",
            _ => "pass-k-cannot-tell-any",
        };
        say(id, largest, 0)
    }

    fn text(&self, language: Language) -> Vec<String> {
        let series = |one: &PassKSeries| -> Vec<String> {
            if one.points.is_empty() {
                let args = args!["name": language.named(&one.name)];
                return vec![language.say("pass-k-series-nothing", args)];
            }
            one.points.iter().map(|point| one.point_sentence(point, language)).collect()
        };
        let text: Vec<String> = self.series.iter().flat_map(series).collect();
        if text.is_empty() { vec![language.word("pass-k-nothing")] } else { text }
    }

    fn table(&self, language: Language) -> DataTable {
        let columns = language.columns(&[
            "column-condition",
            "column-condition-id",
            "pass-k-column-k",
            "pass-k-column-chance",
            "pass-k-column-low",
            "pass-k-column-high",
            "pass-k-column-tasks",
            "column-change",
            "column-change-low",
            "column-change-high",
        ]);
        let rows = self.series.iter().flat_map(|one| {
            one.points.iter().map(|point| {
                let percent = |value| Cell::figure(value, 100.0, 2);
                vec![
                    Cell::text(&one.name),
                    Cell::text(&one.condition_id),
                    Cell::count(point.k),
                    percent(Some(point.value)),
                    percent(point.interval.map(|i| i.low)),
                    percent(point.interval.map(|i| i.high)),
                    Cell::count(point.tasks),
                    percent(point.difference),
                    percent(point.difference_interval.map(|i| i.low)),
                    percent(point.difference_interval.map(|i| i.high)),
                ]
            })
        });
        DataTable { rows: rows.collect(), columns }
    }
}

impl PassKChart {
    /// Without anything to compare: the first curve's last point.
    fn alone(&self, language: Language) -> String {
        let last = self.series.iter().find_map(|one| Some((one, one.telling()?)));
        let Some((one, point)) = last else {
            return language.word("pass-k-nothing");
        };
        match point.interval {
            Some(own) => {
                let range = language.percent_range(own.low, own.high);
                let args = args![
                    "name": language.named(&one.name),
                    "k": point.k,
                    "value": language.percent(point.value),
                    "range": range,
                    "tasks": language.tasks(point.tasks),
                ];
                language.say("pass-k-alone", args)
            }
            None => language.say("pass-k-few", &one.args(point, 0, language)),
        }
    }
}

impl PassKSeries {
    /// What messages about a point are told.
    fn args(
        &self,
        point: &PassKPoint,
        clear: usize,
        language: Language,
    ) -> Vec<(&'static str, Arg)> {
        let change = point.difference.unwrap_or_default();
        let own = point.interval.map(|i| language.percent_range(i.low, i.high));
        let args = args![
            "name": language.named(&self.name),
            "k": point.k,
            "value": language.percent(point.value),
            "own": own.unwrap_or_default(),
            "points": language.plural_points(change),
            "change": language.in_signed_points(change),
            "range": point.difference_interval.map_or_else(String::new, |i| language.sizes(i)),
            "tasks": language.tasks(point.tasks),
            "clear": clear,
        ];
        args.to_vec()
    }

    /// A point in words.
    fn point_sentence(&self, point: &PassKPoint, language: Language) -> String {
        let id = match (point.interval, point.difference_interval) {
            (None, _) => "pass-k-point-few",
            (Some(_), None) => "pass-k-point",
            (Some(_), Some(_)) => "pass-k-point-change",
        };
        let mut args = self.args(point, 0, language);
        if let Some(i) = point.difference_interval {
            args.retain(|(name, _)| *name != "range");
            args.push(("range", language.points_range(i.low, i.high).into()));
        }
        language.say(id, &args)
    }

    /// The point of the most attempts that something can be said of: with an interval of its change, or
    /// at least a change, or at all.
    fn telling(&self) -> Option<&PassKPoint> {
        let last = |known: fn(&PassKPoint) -> bool| self.points.iter().rev().find(|p| known(p));
        last(|point| point.difference_interval.is_some())
            .or_else(|| last(|point| point.difference.is_some()))
            .or_else(|| last(|point| point.interval.is_some()))
            .or(self.points.last())
    }

    fn ink(&self) -> Ink {
        if self.is_baseline { Ink::Baseline } else { Ink::Color(self.color) }
    }
}
