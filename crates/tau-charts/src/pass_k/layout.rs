//! Where everything of the curves stands, in pixels, and how it is painted.

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;

use super::{PassKChart, PassKPoint, PassKSeries};
use crate::canvas::Canvas;
use crate::font::{Weight, width, wrap};
use crate::frame::{BODY, BODY_LINE, Frame, MARGIN, SMALL, SMALL_LINE};
use crate::language::args;
use crate::legend::Legend;
use crate::panels::{ASIDE, Columns, Curve, FIGURES, Ink, Place, TOGETHER, Ticks, tallest};
use crate::patterns::Area;
use crate::{ChartError, Hotspot, Language};

/// Height of the scale of a panel that holds all curves, and of one among many.
const ALONE: f64 = 280.0;
const AMONG: f64 = 170.0;
/// Room left and right of the outer points.
const INSET: f64 = 22.0;

/// A panel.
#[derive(Clone, Debug)]
struct Panel {
    /// Mark, name and figures above it, where it holds one condition.
    head: Option<Head>,
    area: Area,
    curves: Vec<Curve>,
    ticks: Ticks,
    tasks: Option<Ticks>,
}

#[derive(Clone, Debug)]
struct Head {
    ink: Ink,
    left: f64,
    top: f64,
    name: Vec<String>,
    figures: Vec<String>,
}

impl Head {
    fn height(&self) -> f64 {
        self.name.len() as f64 * BODY_LINE + self.figures.len() as f64 * SMALL_LINE + 10.0
    }
}

/// The whole chart.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    frame: Frame,
    pub width: u32,
    pub height: u32,
    pub hotspots: Vec<Hotspot>,
    bottom: f64,
    panels: Vec<Panel>,
    legend: Legend,
    keys: Vec<Ink>,
}

impl Layout {
    /// All curves in one panel, or, where those would cover each other, one panel a condition, each with
    /// the baseline.
    pub fn of(chart: &PassKChart, width_asked: u32, language: Language) -> Layout {
        let asked = f64::from(width_asked.clamp(400, 2_000));
        let groups = groups(chart);
        let together = chart.series.len() <= TOGETHER;
        let columns = Columns::of(groups.len(), asked);
        let full = columns.picture().max(400.0);
        let frame = Frame::of(&chart.heading, &captions(chart, language), full);

        let most = chart.series.iter().flat_map(|one| &one.points).map(|p| p.k).max().unwrap_or(1);
        let head = |group: &[&PassKSeries]| (!together).then(|| head(group, columns, language));
        let heads: Vec<Option<Head>> = groups.iter().map(|group| head(group)).collect();
        let heights: Vec<f64> =
            heads.iter().map(|head| head.as_ref().map_or(0.0, Head::height)).collect();
        let heights = tallest(columns, &heights);
        let scale = if together { ALONE } else { AMONG };

        let (mut panels, mut hotspots) = (Vec::new(), Vec::new());
        let (mut top, mut bottom) = (frame.top(), frame.top());
        for (i, (group, mut head)) in groups.iter().zip(heads).enumerate() {
            if i % columns.count == 0 && i > 0 {
                top = bottom + 24.0;
            }
            let left = columns.left(i);
            if let Some(head) = &mut head {
                (head.left, head.top) = (left, top);
            }
            // Half a line above, for the figure at 100 %.
            let area = Area {
                left: left + FIGURES,
                right: left + columns.wide,
                top: top + heights[i] + 8.0,
                bottom: top + heights[i] + 8.0 + scale,
            };
            let panel = panel(group, head, area, most, language);
            for (one, curve) in group.iter().zip(&panel.curves) {
                // The baseline stands in every panel; one place to open it is enough.
                if i > 0 && one.is_baseline {
                    continue;
                }
                for (point, place) in one.points.iter().zip(&curve.places) {
                    let label = one.point_sentence(point, language);
                    hotspots.push(place.hotspot(&one.condition_id, label));
                }
            }
            let below = panel.tasks.as_ref().map_or(0.0, |tasks| tasks.height);
            bottom = bottom.max(area.bottom + 6.0 + panel.ticks.height + below);
            panels.push(panel);
        }

        let explained: Vec<&PassKSeries> =
            chart.series.iter().filter(|one| together || one.is_baseline).collect();
        let words: Vec<String> = explained.iter().map(|one| entry(one, language)).collect();
        let legend = Legend::of(&words, (MARGIN, bottom + 14.0), full - MARGIN, 14.0);
        if !words.is_empty() {
            bottom += 14.0 + legend.height;
        }
        Layout {
            width: full.ceil() as u32,
            height: frame.height(bottom),
            frame,
            hotspots,
            bottom,
            panels,
            legend,
            keys: explained.iter().map(|one| one.ink()).collect(),
        }
    }

    /// Paints the chart.
    pub fn paint<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        language: Language,
    ) -> Result<(), ChartError> {
        self.frame.paint(canvas, self.bottom)?;
        let tones = canvas.tones;
        for panel in &self.panels {
            if let Some(head) = &panel.head {
                canvas.point(head.ink, (head.left + 7.0, head.top + BODY_LINE / 2.0))?;
                let mut y = head.top;
                for line in &head.name {
                    let at = (head.left + 20.0, y + BODY_LINE / 2.0);
                    canvas.text(line, at, BODY, Weight::Bold, tones.ink, HPos::Left)?;
                    y += BODY_LINE;
                }
                for line in &head.figures {
                    let at = (head.left + 20.0, y + SMALL_LINE / 2.0);
                    canvas.text(line, at, SMALL, Weight::Regular, tones.soft, HPos::Left)?;
                    y += SMALL_LINE;
                }
            }
            canvas.percents(panel.area, language)?;
            panel.ticks.paint(canvas)?;
            if let Some(tasks) = &panel.tasks {
                tasks.paint(canvas)?;
            }
            canvas.curves(&panel.curves)?;
        }
        self.legend.paint(canvas, |i, at| canvas.point(self.keys[i], at))
    }
}

/// Which curves share a panel.
fn groups(chart: &PassKChart) -> Vec<Vec<&PassKSeries>> {
    if chart.series.len() <= TOGETHER {
        return vec![chart.series.iter().collect()];
    }
    let baseline = chart.series.iter().find(|one| one.is_baseline);
    let conditions = chart.series.iter().filter(|one| !one.is_baseline);
    conditions.map(|one| baseline.into_iter().chain([one]).collect()).collect()
}

fn head(group: &[&PassKSeries], columns: Columns, language: Language) -> Head {
    let room = (columns.wide - 20.0) as f32;
    let last = group.last();
    let name = last.map_or_else(String::new, |one| language.named(&one.name));
    let figures = last.and_then(|one| {
        let point = one.telling()?;
        let id = match point.difference_interval {
            Some(_) => "pass-k-at-change",
            None => "pass-k-at",
        };
        let range = point.difference_interval.map(|i| language.points_range(i.low, i.high));
        let args = args![
            "value": language.percent(point.value),
            "k": point.k,
            "change": language.in_signed_points(point.difference.unwrap_or_default()),
            "range": range.unwrap_or_default(),
        ];
        Some(language.say(id, args))
    });
    let words = figures.unwrap_or_else(|| language.word("pass-k-nothing"));
    Head {
        ink: last.map_or(Ink::Baseline, |one| one.ink()),
        left: 0.0,
        top: 0.0,
        name: wrap(&name, BODY as f32, Weight::Bold, room, 2),
        figures: wrap(&words, SMALL as f32, Weight::Regular, room, 2),
    }
}

fn panel(
    group: &[&PassKSeries],
    head: Option<Head>,
    area: Area,
    most: usize,
    language: Language,
) -> Panel {
    let x = |k: usize| {
        if most == 1 {
            return area.centre().0;
        }
        let share = (k - 1) as f64 / (most - 1) as f64;
        area.left + INSET + share * (area.width() - 2.0 * INSET)
    };
    let y = |rate: f64| area.bottom - rate.clamp(0.0, 1.0) * area.height();
    let curve = |(nth, one): (usize, &&PassKSeries)| {
        let aside = (nth as f64 - (group.len() as f64 - 1.0) / 2.0) * ASIDE;
        let place = |p: &PassKPoint| Place {
            x: x(p.k) + aside,
            y: y(p.value),
            interval: p.interval.map(|i| (y(i.high), y(i.low))),
        };
        Curve { ink: one.ink(), places: one.points.iter().map(place).collect() }
    };
    let edges = (area.left - FIGURES / 2.0, area.right + 4.0);
    let points = || group.iter().flat_map(|one| &one.points);
    let ks: Vec<usize> = (1..=most).filter(|k| points().any(|point| point.k == *k)).collect();
    let top = area.bottom + 6.0;
    let wide = |words: &str| f64::from(width(words, SMALL as f32, Weight::Regular));
    let apart = if most > 1 { x(2) - x(1) } else { area.width() };
    let tick = |k: usize| language.say("pass-k-tick", args!["k": k]);
    let long = ks.iter().all(|k| wide(&tick(*k)) + 6.0 <= apart);
    let words = |k: usize| if long { tick(k) } else { language.thousands(k) };
    let ticks: Vec<_> = ks.iter().map(|k| (x(*k), words(*k))).collect();
    let ticks = Ticks::of(&ticks, top, edges);
    // How many tasks stand behind a point is said where it is not the same for all.
    let all = || points().map(|point| point.tasks);
    let tasks = (all().min() != all().max()).then(|| {
        let words = |k: usize| {
            let tasks = || points().filter(|p| p.k == k).map(|p| p.tasks);
            let (low, high) = (tasks().min().unwrap_or(0), tasks().max().unwrap_or(0));
            language.say("pass-k-tasks", args!["n": language.between(low, high)])
        };
        let words: Vec<_> = ks.iter().map(|k| (x(*k), words(*k))).collect();
        Ticks::of(&words, top + ticks.height, edges)
    });
    Panel { head, area, curves: group.iter().enumerate().map(curve).collect(), ticks, tasks }
}

/// A curve in the legend.
fn entry(one: &PassKSeries, language: Language) -> String {
    let name = language.named(&one.name);
    let Some(point) = one.telling() else {
        return language.say("pass-k-series-nothing", args!["name": name]);
    };
    let value = language.percent(point.value);
    language.say("pass-k-entry", args!["name": name, "value": value, "k": point.k])
}

fn captions(chart: &PassKChart, language: Language) -> Vec<String> {
    let points = || chart.series.iter().flat_map(|one| &one.points);
    let tasks = || points().map(|point| point.tasks);
    let (Some(low), Some(high)) = (tasks().min(), tasks().max()) else {
        return vec![language.word("pass-k-nothing")];
    };
    let intervals = points().any(|point| point.interval.is_some());
    let id = if intervals { "pass-k-caption" } else { "pass-k-caption-few" };
    let mut lines = vec![language.say(id, args!["tasks": language.tasks(high)])];
    if low != high {
        lines.push(language.word("pass-k-caption-n"));
    }
    lines
}
