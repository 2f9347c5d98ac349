//! Where the two scales, the slopes and their labels stand, in pixels.

use tau_stats::Verdict;

use super::spread::spread;
use super::{SlopeChart, SlopeLine, words};
use crate::font::{Weight, ellipsise, width, wrap};
use crate::frame::{BODY, BODY_LINE, Frame, MARGIN, SMALL, SMALL_LINE};
use crate::{Hotspot, Language, Opens};

/// The scales are at least this high.
const LEAST: f64 = 300.0;
/// Room of a condition's mark beside its label, and of the line that leads from it to the scale.
const LEADER: f64 = 44.0;
/// Labels may stand this far beyond the ends of the scales.
const BEYOND: f64 = 24.0;
/// Space between two labels.
const AIR: f64 = 6.0;
/// With more lines the intervals of the rates would hide each other.
const MOST_INTERVALS: usize = 6;

/// A line of a label.
pub(super) struct Words {
    pub text: String,
    pub size: f64,
    pub weight: Weight,
    pub soft: bool,
}

impl Words {
    pub fn height(&self) -> f64 {
        if self.size > SMALL { BODY_LINE } else { SMALL_LINE }
    }

    fn body(text: String) -> Words {
        Words { text, size: BODY, weight: Weight::Regular, soft: false }
    }

    fn small(text: String) -> Words {
        Words { text, size: SMALL, weight: Weight::Regular, soft: true }
    }
}

/// A label with its middle.
pub(super) struct Label {
    pub words: Vec<Words>,
    pub middle: f64,
}

impl Label {
    pub fn height(&self) -> f64 {
        self.words.iter().map(Words::height).sum()
    }
}

/// A slope with its labels.
pub(super) struct Slope {
    pub line: SlopeLine,
    /// Whether 0 lies outside the interval of the change.
    pub clear: bool,
    pub left: Label,
    pub right: Label,
    /// How far its ends stand beside the scales, so that intervals do not hide each other.
    pub aside: f64,
}

/// The whole chart.
pub(super) struct Layout {
    pub height: u32,
    pub frame: Frame,
    /// Names of the releases: lines, with the middle of each.
    pub heads: Vec<(String, (f64, f64))>,
    /// Pixels of the two scales.
    pub scales: (f64, f64),
    /// Where the labels end and begin.
    pub edges: (f64, f64),
    /// Top and bottom of the scales.
    pub grid: (f64, f64),
    /// `0 %` and `100 %`.
    pub ends: (String, String),
    pub slopes: Vec<Slope>,
    pub intervals: bool,
    pub bottom: f64,
    width: f64,
}

impl Layout {
    pub fn of(chart: &SlopeChart, full: f64, language: Language) -> Layout {
        let left_room = (full * 0.2).clamp(80.0, 240.0);
        let right_room = (full * 0.28).clamp(112.0, 260.0);
        let edges = (MARGIN + left_room, full - MARGIN - right_room);
        let scales = (edges.0 + LEADER, edges.1 - LEADER);
        let frame = Frame::of(&chart.heading, &caption(chart, language), full);

        let names = heads(chart, full, scales, language);
        let lines = names.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let head_top = frame.top();
        let heads = names
            .into_iter()
            .flat_map(|lines| {
                let line = |(i, (text, x))| (text, (x, head_top + BODY_LINE * (i as f64 + 0.5)));
                lines.into_iter().enumerate().map(line).collect::<Vec<_>>()
            })
            .collect();

        let left: Vec<Vec<Words>> =
            chart.lines.iter().map(|line| left_words(line, left_room, language)).collect();
        let right: Vec<Vec<Words>> =
            chart.lines.iter().map(|line| right_words(line, right_room, language)).collect();
        let heights = |labels: &[Vec<Words>]| -> Vec<f64> {
            labels.iter().map(|words| words.iter().map(Words::height).sum::<f64>() + AIR).collect()
        };
        let (left_heights, right_heights) = (heights(&left), heights(&right));
        let need = |heights: &[f64]| heights.iter().sum::<f64>() - 2.0 * BEYOND;
        let scale = LEAST.max(need(&left_heights)).max(need(&right_heights));
        let top = head_top + lines * BODY_LINE + 34.0;
        let grid = (top, top + scale);
        let y = |rate: f64| grid.1 - rate.clamp(0.0, 1.0) * (grid.1 - grid.0);
        let room = (grid.0 - BEYOND, grid.1 + BEYOND);
        let wanted = |rate: fn(&SlopeLine) -> f64| -> Vec<f64> {
            chart.lines.iter().map(|line| y(rate(line))).collect()
        };
        let left_middles = spread(&wanted(|line| line.left), &left_heights, room);
        let right_middles = spread(&wanted(|line| line.right), &right_heights, room);

        let intervals = chart.lines.len() <= MOST_INTERVALS
            && chart
                .lines
                .iter()
                .any(|line| line.left_interval.is_some() || line.right_interval.is_some());
        let middle = (chart.lines.len() as f64 - 1.0) / 2.0;
        let mut slopes = Vec::new();
        let placed = left.into_iter().zip(left_middles).zip(right.into_iter().zip(right_middles));
        for (i, (line, (left, right))) in chart.lines.iter().zip(placed).enumerate() {
            slopes.push(Slope {
                line: line.clone(),
                clear: matches!(line.verdict, Verdict::Worse | Verdict::Better),
                left: Label { words: left.0, middle: left.1 },
                right: Label { words: right.0, middle: right.1 },
                aside: if intervals { (i as f64 - middle) * 6.0 } else { 0.0 },
            });
        }
        let bottom = grid.1 + BEYOND + 8.0;
        Layout {
            height: frame.height(bottom),
            frame,
            heads,
            scales,
            edges,
            grid,
            ends: (language.percent(0.0), language.percent(1.0)),
            slopes,
            intervals,
            bottom,
            width: full,
        }
    }

    /// Pixel of a rate.
    pub fn y(&self, rate: f64) -> f64 {
        self.grid.1 - rate.clamp(0.0, 1.0) * (self.grid.1 - self.grid.0)
    }

    /// A place over each label: the condition's conversations in the release of its side.
    pub fn hotspots(&self, chart: &SlopeChart, language: Language) -> Vec<Hotspot> {
        let mut spots = Vec::new();
        for slope in &self.slopes {
            let told = words::row(chart, &slope.line, language);
            let sides = [
                (&slope.left, &chart.left_run, MARGIN / 2.0, self.edges.0),
                (&slope.right, &chart.right_run, self.edges.1, self.width - MARGIN / 2.0),
            ];
            for (label, run, from, to) in sides {
                let height = label.height();
                spots.push(Hotspot {
                    opens: Opens {
                        run: Some(run.clone()),
                        ..Opens::condition(&slope.line.condition_id)
                    },
                    label: told.clone(),
                    x: from,
                    y: label.middle - height / 2.0,
                    width: to - from,
                    height,
                });
            }
        }
        spots
    }
}

/// The names of the releases over their scales, each line with its middle, neither beyond the middle of the
/// picture.
fn heads(
    chart: &SlopeChart,
    full: f64,
    scales: (f64, f64),
    language: Language,
) -> [Vec<(String, f64)>; 2] {
    let middle = (scales.0 + scales.1) / 2.0;
    let sides = [
        (&chart.left, scales.0, (MARGIN, middle - 8.0)),
        (&chart.right, scales.1, (middle + 8.0, full - MARGIN)),
    ];
    sides.map(|(name, x, (from, to))| {
        let size = BODY as f32;
        let lines = wrap(&language.named(name), size, Weight::Bold, (to - from) as f32, 2);
        let placed = lines.into_iter().map(|line| {
            let half = f64::from(width(&line, size, Weight::Bold)) / 2.0;
            (line, x.clamp((from + half).min(to - half), to - half))
        });
        placed.collect()
    })
}

fn left_words(line: &SlopeLine, room: f64, language: Language) -> Vec<Words> {
    let name = wrap(&language.named(&line.name), BODY as f32, Weight::Regular, room as f32, 2);
    let rate = Words::small(language.percent(line.left));
    name.into_iter().map(Words::body).chain([rate]).collect()
}

fn right_words(line: &SlopeLine, room: f64, language: Language) -> Vec<Words> {
    let name = ellipsise(&language.named(&line.name), BODY as f32, Weight::Regular, room as f32);
    let (rate, change) = (language.percent(line.right), language.in_signed_points(line.difference));
    let range = line.interval.map(|i| language.points_range(i.low, i.high));
    let whole = match &range {
        Some(range) => format!("{change} ({range})"),
        None => change,
    };
    let weight = match line.verdict {
        Verdict::Worse | Verdict::Better => Weight::Bold,
        Verdict::NoMeaningfulChange | Verdict::CannotTell => Weight::Regular,
    };
    let verdict = match line.interval {
        Some(_) => language.verdict(line.verdict),
        None => language.say("slope-too-few", &[]),
    };
    let mut words = vec![Words::body(name)];
    let figure = |text: String| Words { text, size: SMALL, weight, soft: false };
    let together = format!("{rate}, {whole}");
    if f64::from(width(&together, SMALL as f32, weight)) <= room {
        words.push(figure(together));
    } else {
        words.push(figure(rate));
        let parts = wrap(&whole, SMALL as f32, weight, room as f32, 2);
        words.extend(parts.into_iter().map(figure));
    }
    let parts = wrap(&verdict, SMALL as f32, Weight::Regular, room as f32, 2);
    words.extend(parts.into_iter().map(Words::small));
    words
}

fn caption(chart: &SlopeChart, language: Language) -> Vec<String> {
    let tasks = || chart.lines.iter().map(|line| line.tasks).filter(|tasks| *tasks > 0);
    let (Some(low), Some(high)) = (tasks().min(), tasks().max()) else {
        return vec![language.say("slope-nothing", &[])];
    };
    let args = [("tasks", language.tasks(high).into()), ("low", low.into()), ("high", high.into())];
    let id = match chart.lines.iter().any(|line| line.interval.is_some()) {
        true if low < high => "slope-caption-between",
        true => "slope-caption",
        false => "slope-caption-few",
    };
    let mut lines = vec![language.say(id, &args)];
    let shown = chart.lines.iter().any(|line| line.left_interval.is_some());
    if shown && chart.lines.len() <= MOST_INTERVALS {
        lines.push(language.say("slope-caption-lines", &[]));
    }
    lines
}
