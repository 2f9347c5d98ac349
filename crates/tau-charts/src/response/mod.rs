//! Dose and response: success over the level of a trait, and below it the level that was measured.

mod layout;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::canvas::svg;
use crate::language::args;
use crate::spec::Chart;
use crate::{Arg, Bounds, Cell, ChartError, DataTable, Drawing, Heading, Language, Look};
use layout::Layout;

/// The chart's data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponseChart {
    /// Title and notes.
    pub heading: Heading,
    /// The traits that were run at two levels or more.
    pub traits: Vec<ResponseSeries>,
}

/// A trait's line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponseSeries {
    /// The trait's id.
    pub trait_id: String,
    /// Its name.
    pub name: String,
    /// Its colour index.
    pub color: usize,
    /// In the order of levels, the baseline at 0 first where there is one.
    pub points: Vec<ResponsePoint>,
    /// The slope over the tasks scored at every level; `None` with fewer than ten of them.
    pub slope: Option<ResponseSlope>,
}

/// Success at a level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponsePoint {
    /// The condition behind it.
    pub condition_id: String,
    /// The slider, 0 (off) to 4 (extreme).
    pub level: f64,
    /// Success, 0 to 1; `None` when nothing was scored.
    pub rate: Option<f64>,
    /// Its 95 % interval; `None` below ten tasks.
    pub interval: Option<Bounds>,
    /// Tasks scored.
    pub tasks: usize,
    /// The level that a meter read from the customers' messages; `None` where nothing was metered.
    pub measured: Option<Measured>,
}

/// A level that was read, 0 to 4.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The mean.
    pub value: f64,
    /// Its 95 % interval; `None` where there are too few conversations.
    pub interval: Option<Bounds>,
}

/// Change of success for one step of the slider.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponseSlope {
    /// As a rate per level; negative when success falls.
    pub per_level: f64,
    /// Its 95 % interval.
    pub interval: Option<Bounds>,
    /// Tasks behind it.
    pub tasks: usize,
}

impl Chart for ResponseChart {
    fn draw(&self, look: &Look) -> Result<Drawing, ChartError> {
        let layout = Layout::of(self, look.width, look.language);
        let text = self.text(look.language);
        let size = (layout.width, layout.height);
        let svg = svg(size, &text, look, |canvas| layout.paint(canvas, look.language))?;
        Ok(Drawing { svg, width: size.0, height: size.1, hotspots: layout.hotspots, text })
    }

    fn sentence(&self, language: Language) -> String {
        let mut slopes: Vec<(&ResponseSeries, ResponseSlope)> =
            self.traits.iter().filter_map(|one| Some((one, one.slope?))).collect();
        slopes.sort_by(|a, b| a.1.per_level.total_cmp(&b.1.per_level));
        let clear = |sign: f64| -> Vec<&(&ResponseSeries, ResponseSlope)> {
            let outside = |slope: &ResponseSlope| slope.interval.is_some_and(|i| !i.hold_zero());
            slopes.iter().filter(|(_, s)| outside(s) && s.per_level * sign > 0.0).collect()
        };
        let (fell, rose) = (clear(-1.0), clear(1.0));
        let say = |id: &str, (one, slope): &(&ResponseSeries, ResponseSlope), clear: usize| {
            language.say(id, &one.slope_args(slope, clear, language))
        };
        if let Some(worst) = fell.first() {
            let id = if fell.len() == 1 { "response-fell" } else { "response-fell-of" };
            return say(id, worst, fell.len());
        }
        if let Some(best) = rose.last() {
            let id = if rose.len() == 1 { "response-rose" } else { "response-rose-of" };
            return say(id, best, rose.len());
        }
        let with_interval = slopes.iter().filter(|(_, slope)| slope.interval.is_some());
        let steepest =
            with_interval.max_by(|a, b| a.1.per_level.abs().total_cmp(&b.1.per_level.abs()));
        match steepest {
            Some(one) if slopes.len() == 1 => say("response-cannot-tell", one, 0),
            Some(one) => say("response-cannot-tell-any", one, 0),
            None => self.ends(language),
        }
    }

    fn text(&self, language: Language) -> Vec<String> {
        let mut text = Vec::new();
        for one in &self.traits {
            text.extend(one.points.iter().map(|point| one.point_sentence(point, language)));
            if let Some(slope) = &one.slope {
                let id = match slope.interval {
                    Some(_) => "response-slope-of",
                    None => "response-slope-few",
                };
                text.push(language.say(id, &one.slope_args(slope, 0, language)));
            }
        }
        if text.is_empty() { vec![language.word("response-nothing")] } else { text }
    }

    fn table(&self, language: Language) -> DataTable {
        let columns = language.columns(&[
            "column-trait",
            "column-condition-id",
            "response-column-level",
            "column-success",
            "column-success-low",
            "column-success-high",
            "column-tasks",
            "response-column-measured",
            "response-column-measured-low",
            "response-column-measured-high",
            "response-column-slope",
            "response-column-slope-low",
            "response-column-slope-high",
            "response-column-slope-tasks",
        ]);
        let rows = self.traits.iter().flat_map(|one| {
            one.points.iter().map(|point| {
                let percent = |value| Cell::figure(value, 100.0, 2);
                let level = |value| Cell::figure(value, 1.0, 2);
                let own = point.measured.and_then(|measured| measured.interval);
                let slope = one.slope.and_then(|slope| slope.interval);
                vec![
                    Cell::text(&one.name),
                    Cell::text(&point.condition_id),
                    level(Some(point.level)),
                    percent(point.rate),
                    percent(point.interval.map(|i| i.low)),
                    percent(point.interval.map(|i| i.high)),
                    Cell::count(point.tasks),
                    level(point.measured.map(|measured| measured.value)),
                    level(own.map(|i| i.low)),
                    level(own.map(|i| i.high)),
                    percent(one.slope.map(|slope| slope.per_level)),
                    percent(slope.map(|i| i.low)),
                    percent(slope.map(|i| i.high)),
                    one.slope.map_or(Cell::Empty, |slope| Cell::count(slope.tasks)),
                ]
            })
        });
        DataTable { rows: rows.collect(), columns }
    }
}

/// A level by its name, or as a figure where it stands between two of them.
pub(crate) fn level_name(level: f64, language: Language) -> String {
    match level {
        0.0 => language.word("level-0"),
        1.0 => language.word("level-1"),
        2.0 => language.word("level-2"),
        3.0 => language.word("level-3"),
        4.0 => language.word("level-4"),
        between => language.decimal(between, 1),
    }
}

impl ResponseChart {
    /// Without a slope: success at the ends of the first trait that has any.
    fn ends(&self, language: Language) -> String {
        let known = |one: &ResponseSeries| -> Vec<(f64, f64, usize)> {
            let known = |p: &ResponsePoint| Some((p.level, p.rate?, p.tasks));
            one.points.iter().filter_map(known).collect()
        };
        let of = |least: usize| {
            let found = self.traits.iter().map(|one| (one, known(one)));
            found.into_iter().find(|(_, known)| known.len() >= least)
        };
        let Some((one, known)) = of(2).or_else(|| of(1)) else {
            return language.word("response-nothing");
        };
        let (first, last) = (known[0], known[known.len() - 1]);
        let args = args![
            "name": language.named(&one.name),
            "first": level_name(first.0, language),
            "last": level_name(last.0, language),
            "from": language.percent(first.1),
            "to": language.percent(last.1),
            "tasks": language.tasks(first.2.max(last.2)),
        ];
        language.say(if known.len() > 1 { "response-few" } else { "response-one-level" }, args)
    }
}

impl ResponseSeries {
    /// What messages about a slope are told.
    fn slope_args(
        &self,
        slope: &ResponseSlope,
        clear: usize,
        language: Language,
    ) -> Vec<(&'static str, Arg)> {
        let args = args![
            "name": language.named(&self.name),
            "points": language.plural_points(slope.per_level),
            "change": language.in_signed_points(slope.per_level),
            "range": slope.interval.map_or_else(String::new, |i| language.sizes(i)),
            "tasks": language.tasks(slope.tasks),
            "clear": clear,
        ];
        let mut args = args.to_vec();
        // In the sentence, "costs 4 points" is followed by sizes; elsewhere signs stand on both.
        if let (0, Some(i)) = (clear, slope.interval) {
            args.retain(|(name, _)| *name != "range");
            args.push(("range", language.points_range(i.low, i.high).into()));
        }
        args
    }

    /// A point in words.
    fn point_sentence(&self, point: &ResponsePoint, language: Language) -> String {
        let own = point.interval.map(|i| language.percent_range(i.low, i.high));
        let args = args![
            "name": language.named(&self.name),
            "level": level_name(point.level, language),
            "rate": language.percent(point.rate.unwrap_or_default()),
            "own": own.unwrap_or_default(),
            "tasks": language.tasks(point.tasks),
        ];
        let id = match (point.rate, point.interval) {
            (None, _) => "response-point-nothing",
            (Some(_), None) => "response-point-few",
            (Some(_), Some(_)) => "response-point",
        };
        let words = language.say(id, args);
        let Some(measured) = point.measured else {
            return words;
        };
        let level = |value| language.decimal(value, 1);
        let own = measured.interval.map(|i| language.range(&level(i.low), &level(i.high)));
        let id = match own {
            Some(_) => "response-point-measured",
            None => "response-point-measured-few",
        };
        let args = args![
            "point": words,
            "measured": level(measured.value),
            "own": own.unwrap_or_default(),
        ];
        language.say(id, args)
    }

    /// The slope beside the trait's name.
    fn slope_words(&self, language: Language) -> String {
        let Some(slope) = &self.slope else {
            return language.word("response-no-slope");
        };
        let id = match slope.interval {
            Some(_) => "response-slope",
            None => "response-slope-no-interval",
        };
        language.say(id, &self.slope_args(slope, 0, language))
    }
}
