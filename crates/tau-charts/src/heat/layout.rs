//! Where everything of the heat map stands, in pixels.

use super::{HeatCell, HeatMap};
use crate::font::{Weight, width, wrap};
use crate::frame::{BODY, BODY_LINE, Frame, MARGIN, SMALL, SMALL_LINE};
use crate::language::args;
use crate::legend::Legend;
use crate::patterns::Area;
use crate::{Hotspot, Language, Opens, Shown};

/// Height of a line of a column's head.
pub(super) const HEAD: f64 = 16.0;
/// Between cells.
const GAP: f64 = 2.0;
/// Height of a cell.
const CELL: f64 = 50.0;

/// What a sign in the corner of a cell says of the customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Weak,
    NotShown,
    CannotTell,
}

/// What the legend explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Hatched,
    Few,
    Sign(Sign),
    Marked,
}

/// The head of a column.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub lines: Vec<String>,
    pub centre: f64,
}

/// A line's name and place.
#[derive(Clone, Debug)]
pub(super) struct PlacedLine {
    pub name: Vec<String>,
    pub top: f64,
    pub height: f64,
    /// Middle and words of success without traits.
    pub baseline: Option<(f64, String)>,
}

/// A cell with its place.
#[derive(Clone, Debug)]
pub(super) struct PlacedCell {
    pub area: Area,
    /// The change; `None` where there is none to show.
    pub change: Option<f64>,
    pub figure: String,
    /// The interval, or why there is nothing.
    pub small: Vec<String>,
    pub counts_only: bool,
    pub hatched: bool,
    pub sign: Option<Sign>,
    pub marked: bool,
}

/// The scale of colours.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    pub title: Vec<String>,
    pub top: f64,
    pub bar: Area,
    pub worse: String,
    pub better: String,
}

/// The whole chart.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub frame: Frame,
    pub width: u32,
    pub height: u32,
    pub heads: Vec<Head>,
    pub rows: Vec<PlacedLine>,
    pub cells: Vec<PlacedCell>,
    pub hotspots: Vec<Hotspot>,
    pub grid_top: f64,
    pub bottom: f64,
    /// Change that has the full colour.
    pub end: f64,
    pub scale: Option<Scale>,
    pub keys: Vec<Key>,
    pub legend: Legend,
}

impl Layout {
    /// Lays the chart out: as wide as asked for as long as cells are neither too narrow to read nor wider
    /// than they need be.
    pub fn of(chart: &HeatMap, width_asked: u32, language: Language) -> Layout {
        let asked = f64::from(width_asked.clamp(400, 2_000));
        let has_baseline = chart.lines.iter().any(|line| line.baseline.is_some());
        let columns = chart.columns.len() + usize::from(has_baseline);
        let names = names_width(chart, language, asked);
        let grid_left = MARGIN + names + 12.0;
        let narrowest = narrowest(chart, language);
        let room = asked - MARGIN - grid_left;
        let step = (room / columns.max(1) as f64).clamp(narrowest, narrowest.max(132.0));
        let full = (grid_left + step * columns as f64 + MARGIN).max(400.0);
        let frame = Frame::of(&chart.heading, &captions(chart, language), full);

        let head_room = (step - 10.0) as f32;
        let head = |name: &str| wrap(name, SMALL as f32, Weight::Bold, head_room, 4);
        let mut heads: Vec<Vec<String>> = Vec::new();
        if has_baseline {
            heads.push(head(&language.word("heat-baseline-head")));
        }
        heads.extend(chart.columns.iter().map(|column| head(&language.named(&column.name))));
        let tallest = heads.iter().map(Vec::len).max().unwrap_or(0) as f64;
        let grid_top = frame.top() + tallest * HEAD + 10.0;
        let heads = heads
            .into_iter()
            .enumerate()
            .map(|(i, lines)| Head { lines, centre: grid_left + step * (i as f64 + 0.5) })
            .collect();

        let end = reach(chart);
        let intervals = intervals_fit(chart, language, step);
        let (mut rows, mut cells, mut hotspots) = (Vec::new(), Vec::new(), Vec::new());
        let mut top = grid_top;
        for line in &chart.lines {
            let name =
                wrap(&language.named(&line.name), BODY as f32, Weight::Regular, names as f32, 3);
            let height = CELL.max(name.len() as f64 * BODY_LINE + 8.0);
            let baseline =
                line.baseline.map(|rate| (grid_left + step / 2.0, language.percent(rate)));
            rows.push(PlacedLine { name, top, height, baseline });
            let first = grid_left + if has_baseline { step } else { 0.0 };
            for (i, column) in chart.columns.iter().enumerate() {
                let left = first + step * i as f64;
                let area = Area {
                    left: left + GAP / 2.0,
                    right: left + step - GAP / 2.0,
                    top: top + GAP / 2.0,
                    bottom: top + height - GAP / 2.0,
                };
                let cell = line.cells.get(i).and_then(Option::as_ref);
                cells.push(placed(cell, area, intervals, language));
                if cell.is_some_and(|cell| cell.planned > 0) {
                    let run = (!line.run.is_empty()).then(|| line.run.clone());
                    hotspots.push(Hotspot {
                        opens: Opens { run, ..Opens::condition(&column.id) },
                        label: chart.cell_sentence(line, i, language),
                        x: area.left,
                        y: area.top,
                        width: area.width(),
                        height: area.height(),
                    });
                }
            }
            top += height;
        }

        let right = full - MARGIN;
        let coloured = cells.iter().any(|cell| cell.change.is_some() && !cell.counts_only);
        let scale = coloured.then(|| scale(top + 14.0, right, language));
        let legend_top = scale.as_ref().map_or(top, |s| s.bar.bottom + SMALL_LINE) + 12.0;
        let keys = keys(&cells);
        let words: Vec<String> = keys.iter().map(|key| language.word(key.message())).collect();
        let legend = Legend::of(&words, (MARGIN, legend_top), right, 22.0);
        let bottom = match keys.len() {
            0 => legend_top - 12.0,
            _ => legend_top + legend.height,
        };
        let (width, height) = (full.ceil() as u32, frame.height(bottom));
        Layout {
            frame,
            width,
            height,
            heads,
            rows,
            cells,
            hotspots,
            grid_top,
            bottom,
            end,
            scale,
            keys,
            legend,
        }
    }
}

impl Key {
    fn message(self) -> &'static str {
        match self {
            Key::Hatched => "heat-key-hatched",
            Key::Few => "heat-key-few",
            Key::Sign(Sign::Weak) => "heat-key-weak",
            Key::Sign(Sign::NotShown) => "heat-key-not-shown",
            Key::Sign(Sign::CannotTell) => "heat-key-cannot-tell",
            Key::Marked => "heat-key-marked",
        }
    }
}

/// Room for the names of lines: what the longest takes, within a share of the whole.
fn names_width(chart: &HeatMap, language: Language, asked: f64) -> f64 {
    let longest = chart
        .lines
        .iter()
        .map(|line| width(&language.named(&line.name), BODY as f32, Weight::Regular))
        .fold(60.0, f32::max);
    (f64::from(longest) + 4.0).min((asked * 0.26).clamp(120.0, 300.0))
}

/// The width of a column in which no ordinary word of a head is broken.
fn narrowest(chart: &HeatMap, language: Language) -> f64 {
    let baseline = language.word("heat-baseline-head");
    let names = chart.columns.iter().map(|column| column.name.as_str());
    let word = names
        .chain([baseline.as_str()])
        .flat_map(str::split_whitespace)
        .map(|word| width(word, SMALL as f32, Weight::Bold))
        .fold(0.0, f32::max);
    (f64::from(word) + 12.0).clamp(58.0, 104.0)
}

/// The nearest round change that no cell exceeds.
fn reach(chart: &HeatMap) -> f64 {
    let most = chart
        .lines
        .iter()
        .flat_map(|line| line.cells.iter().flatten())
        .filter(|cell| cell.interval.is_some())
        .filter_map(|cell| cell.difference)
        .fold(0.0, |most: f64, change| most.max(change.abs()));
    let ends = [0.1, 0.2, 0.4, 0.6, 0.8];
    ends.into_iter().find(|end| most <= end + 1e-9).unwrap_or(1.0)
}

fn interval_words(cell: &HeatCell, language: Language) -> Option<String> {
    cell.interval.map(|i| language.points_range(i.low, i.high))
}

fn intervals_fit(chart: &HeatMap, language: Language, step: f64) -> bool {
    chart
        .lines
        .iter()
        .flat_map(|line| line.cells.iter().flatten())
        .filter_map(|cell| interval_words(cell, language))
        .all(|words| f64::from(width(&words, SMALL as f32, Weight::Regular)) <= step - GAP - 8.0)
}

fn placed(cell: Option<&HeatCell>, area: Area, intervals: bool, language: Language) -> PlacedCell {
    let room = (area.width() - 6.0) as f32;
    let small = |words: &str, lines| wrap(words, SMALL as f32, Weight::Regular, room, lines);
    let empty = PlacedCell {
        area,
        change: None,
        figure: String::new(),
        small: Vec::new(),
        counts_only: false,
        hatched: false,
        sign: None,
        marked: false,
    };
    let Some(cell) = cell else {
        return PlacedCell { small: small(&language.word("heat-not-run"), 2), ..empty };
    };
    let Some(change) = cell.difference else {
        let words = language.word("heat-nothing-to-compare");
        return PlacedCell { small: small(&words, 2), ..empty };
    };
    let sign = match cell.shown {
        Some(Shown::Weak) => Some(Sign::Weak),
        Some(Shown::NotShown) => Some(Sign::NotShown),
        Some(Shown::CannotTell) => Some(Sign::CannotTell),
        Some(Shown::Shown) | None => None,
    };
    let below = match interval_words(cell, language) {
        Some(words) => intervals.then_some(words),
        None => Some(language.tasks(cell.tasks)),
    };
    PlacedCell {
        change: Some(change),
        figure: language.points(change),
        small: below.map_or_else(Vec::new, |words| small(&words, 1)),
        counts_only: cell.interval.is_none(),
        hatched: cell.interval.is_some_and(crate::Bounds::hold_zero),
        sign,
        marked: cell.marked,
        ..empty
    }
}

/// What the cells call for an explanation of.
fn keys(cells: &[PlacedCell]) -> Vec<Key> {
    let has = |which: &dyn Fn(&PlacedCell) -> bool| cells.iter().any(which);
    let sign = |sign| has(&move |cell: &PlacedCell| cell.sign == Some(sign));
    [
        (Key::Hatched, has(&|cell| cell.hatched)),
        (Key::Few, has(&|cell| cell.counts_only)),
        (Key::Sign(Sign::Weak), sign(Sign::Weak)),
        (Key::Sign(Sign::NotShown), sign(Sign::NotShown)),
        (Key::Sign(Sign::CannotTell), sign(Sign::CannotTell)),
        (Key::Marked, has(&|cell| cell.marked)),
    ]
    .into_iter()
    .filter_map(|(key, used)| used.then_some(key))
    .collect()
}

fn scale(top: f64, right: f64, language: Language) -> Scale {
    let room = right - MARGIN;
    let title = language.word("heat-scale");
    let title = wrap(&title, SMALL as f32, Weight::Bold, room as f32, 2);
    let (worse, better) = (language.word("heat-scale-worse"), language.word("heat-scale-better"));
    let wide = |words: &str| f64::from(width(words, SMALL as f32, Weight::Regular)) + 8.0;
    let bar_top = top + title.len() as f64 * SMALL_LINE + 4.0;
    let left = MARGIN + wide(&worse);
    let long = (room - wide(&worse) - wide(&better)).min(9.0 * 36.0);
    let bar = Area { left, right: left + long, top: bar_top, bottom: bar_top + 16.0 };
    Scale { title, top, bar, worse, better }
}

fn captions(chart: &HeatMap, language: Language) -> Vec<String> {
    let cells = || chart.lines.iter().flat_map(|line| line.cells.iter().flatten());
    let tasks = || cells().filter(|c| c.difference.is_some()).map(|cell| cell.tasks);
    let (Some(low), Some(high)) = (tasks().min(), tasks().max()) else {
        return Vec::new();
    };
    let with_intervals = cells().any(|cell| cell.interval.is_some());
    let id = match (with_intervals, low == high) {
        (true, true) => "heat-caption",
        (true, false) => "heat-caption-between",
        (false, true) => "heat-caption-few",
        (false, false) => "heat-caption-few-between",
    };
    let args = args!["tasks": language.tasks(low), "between": language.between(low, high)];
    vec![language.say(id, args)]
}
