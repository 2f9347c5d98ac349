//! Where everything of dose and response stands, in pixels, and how it is painted.

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;

use super::{ResponseChart, ResponsePoint, ResponseSeries, level_name};
use crate::canvas::Canvas;
use crate::font::{Weight, wrap};
use crate::frame::{BODY, BODY_LINE, Frame, MARGIN, SMALL, SMALL_LINE};
use crate::language::args;
use crate::legend::Legend;
use crate::panels::{ASIDE, Columns, Curve, FIGURES, Ink, Place, TOGETHER, Ticks, tallest};
use crate::patterns::Area;
use crate::{ChartError, Hotspot, Language};

/// Height of the scale of success where all traits share a panel, and of one among many.
const ALONE: f64 = 240.0;
const AMONG: f64 = 160.0;
/// Height of the scale of levels.
const LEVELS: f64 = 110.0;
/// The highest level.
const TOP: f64 = 4.0;
/// Room left and right of the outer levels.
const INSET: f64 = 22.0;

/// A panel: success above, levels below.
#[derive(Clone, Debug)]
struct Panel {
    head: Option<Head>,
    success: Area,
    rates: Vec<Curve>,
    /// The scale of levels and its curves, where anything was metered.
    levels: Option<(Area, Vec<Curve>)>,
    ticks: Ticks,
}

/// A trait's name and slope above its panel.
#[derive(Clone, Debug)]
struct Head {
    color: usize,
    at: (f64, f64),
    name: Vec<String>,
    slope: Vec<String>,
}

impl Head {
    fn height(&self) -> f64 {
        self.name.len() as f64 * BODY_LINE + self.slope.len() as f64 * SMALL_LINE + 6.0
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
    keys: Vec<usize>,
}

impl Layout {
    /// A few traits in one panel, many in one each.
    pub fn of(chart: &ResponseChart, width_asked: u32, language: Language) -> Layout {
        let asked = f64::from(width_asked.clamp(400, 2_000));
        let together = chart.traits.len() <= TOGETHER;
        let groups: Vec<Vec<&ResponseSeries>> = match together {
            true => vec![chart.traits.iter().collect()],
            false => chart.traits.iter().map(|one| vec![one]).collect(),
        };
        let columns = Columns::of(groups.len(), asked);
        let full = columns.picture().max(400.0);
        let frame = Frame::of(&chart.heading, &captions(chart, language), full);
        let heads: Vec<Option<Head>> = groups
            .iter()
            .map(|group| (!together).then(|| head(group[0], columns, language)))
            .collect();
        let heights: Vec<f64> =
            heads.iter().map(|head| head.as_ref().map_or(0.0, Head::height)).collect();
        let heights = tallest(columns, &heights);

        let (mut panels, mut hotspots) = (Vec::new(), Vec::new());
        let (mut top, mut bottom) = (frame.top(), frame.top());
        for (i, (group, mut head)) in groups.iter().zip(heads).enumerate() {
            if i % columns.count == 0 && i > 0 {
                top = bottom + 26.0;
            }
            if let Some(head) = &mut head {
                head.at = (columns.left(i), top);
            }
            let left = columns.left(i);
            let scale = if together { ALONE } else { AMONG };
            let panel = panel(group, head, (left, top + heights[i]), columns.wide, scale, language);
            for (nth, one) in group.iter().enumerate() {
                // The conversations without traits stand in each curve; one place opens them.
                let spoken = |point: &ResponsePoint| (i, nth) == (0, 0) || point.level > 0.0;
                let label = |point: &ResponsePoint| one.point_sentence(point, language);
                let rates = one.points.iter().filter(|p| p.rate.is_some());
                for (point, place) in rates.zip(&panel.rates[nth].places) {
                    if spoken(point) {
                        hotspots.push(place.hotspot(&point.condition_id, label(point)));
                    }
                }
                let Some((_, levels)) = &panel.levels else {
                    continue;
                };
                let metered = one.points.iter().filter(|p| p.measured.is_some());
                for (point, place) in metered.zip(&levels[nth].places) {
                    if spoken(point) {
                        hotspots.push(place.hotspot(&point.condition_id, label(point)));
                    }
                }
            }
            let lowest = panel.levels.as_ref().map_or(panel.success.bottom, |(a, _)| a.bottom);
            bottom = bottom.max(lowest + 8.0 + panel.ticks.height);
            panels.push(panel);
        }

        let explained: Vec<&ResponseSeries> = chart.traits.iter().filter(|_| together).collect();
        let entry = |one: &&ResponseSeries| {
            let args = args![
                "name": language.named(&one.name),
                "slope": one.slope_words(language),
            ];
            language.say("response-entry", args)
        };
        let words: Vec<String> = explained.iter().map(entry).collect();
        let legend = Legend::of(&words, (MARGIN, bottom + 12.0), full - MARGIN, 14.0);
        if !words.is_empty() {
            bottom += 12.0 + legend.height;
        }
        Layout {
            width: full.ceil() as u32,
            height: frame.height(bottom),
            frame,
            hotspots,
            bottom,
            panels,
            legend,
            keys: explained.iter().map(|one| one.color).collect(),
        }
    }

    /// Paints the chart.
    pub fn paint<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        language: Language,
    ) -> Result<(), ChartError> {
        self.frame.paint(canvas, self.bottom)?;
        for panel in &self.panels {
            panel.paint(canvas, language)?;
        }
        self.legend.paint(canvas, |i, at| canvas.mark(self.keys[i], at, 5.0, true))
    }
}

impl Panel {
    fn paint<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        language: Language,
    ) -> Result<(), ChartError> {
        let tones = canvas.tones;
        if let Some(Head { color, at: (left, top), name, slope }) = &self.head {
            canvas.mark(*color, (left + 7.0, top + BODY_LINE / 2.0), 5.0, true)?;
            let mut y = *top;
            for line in name {
                let at = (left + 20.0, y + BODY_LINE / 2.0);
                canvas.text(line, at, BODY, Weight::Bold, tones.ink, HPos::Left)?;
                y += BODY_LINE;
            }
            for line in slope {
                let at = (left + 20.0, y + SMALL_LINE / 2.0);
                canvas.text(line, at, SMALL, Weight::Regular, tones.soft, HPos::Left)?;
                y += SMALL_LINE;
            }
        }
        let title = |area: &Area, id: &str| {
            let at = (area.left - FIGURES, area.top - 18.0);
            canvas.text(&language.word(id), at, SMALL, Weight::Bold, tones.ink, HPos::Left)
        };
        title(&self.success, "response-success")?;
        canvas.percents(self.success, language)?;
        canvas.curves(&self.rates)?;
        if let Some((area, curves)) = &self.levels {
            title(area, "response-measured")?;
            for level in [0.0, 1.0, 2.0, 3.0, 4.0] {
                let y = area.bottom - level / TOP * area.height();
                let (thick, tone) = match level {
                    0.0 => (1.5, tones.edge),
                    _ => (1.0, tones.hairline),
                };
                canvas.horizontal(y, (area.left, area.right), thick, tone)?;
                if level % 2.0 == 0.0 {
                    let (at, words) = ((area.left - 8.0, y), language.decimal(level, 0));
                    canvas.text(&words, at, SMALL, Weight::Regular, tones.soft, HPos::Right)?;
                }
            }
            let corners = [(area.left + INSET, area.bottom), (area.right - INSET, area.top)];
            canvas.path(&corners, 1.5, tones.edge)?;
            canvas.curves(curves)?;
        }
        self.ticks.paint(canvas)
    }
}

fn head(one: &ResponseSeries, columns: Columns, language: Language) -> Head {
    let room = (columns.wide - 20.0) as f32;
    let name = language.named(&one.name);
    Head {
        color: one.color,
        at: (0.0, 0.0),
        name: wrap(&name, BODY as f32, Weight::Bold, room, 2),
        slope: wrap(&one.slope_words(language), SMALL as f32, Weight::Regular, room, 2),
    }
}

fn panel(
    group: &[&ResponseSeries],
    head: Option<Head>,
    (left, top): (f64, f64),
    wide: f64,
    scale: f64,
    language: Language,
) -> Panel {
    // A line of title, then half a line for the figure at the top of the scale.
    let area = |top: f64, tall: f64| Area {
        left: left + FIGURES,
        right: left + wide,
        top: top + 28.0,
        bottom: top + 28.0 + tall,
    };
    let success = area(top, scale);
    let x = |level: f64| {
        success.left + INSET + level.clamp(0.0, TOP) / TOP * (success.width() - 2.0 * INSET)
    };
    let aside = |nth: usize| (nth as f64 - (group.len() as f64 - 1.0) / 2.0) * ASIDE;
    let curve =
        |nth: usize, places: Vec<Place>| Curve { ink: Ink::Color(group[nth].color), places };
    let rate_y = |rate: f64| success.bottom - rate.clamp(0.0, 1.0) * success.height();
    let rates = |(nth, one): (usize, &&ResponseSeries)| {
        let place = |p: &ResponsePoint| {
            Some(Place {
                x: x(p.level) + aside(nth),
                y: rate_y(p.rate?),
                interval: p.interval.map(|i| (rate_y(i.high), rate_y(i.low))),
            })
        };
        curve(nth, one.points.iter().filter_map(place).collect())
    };
    let metered = group.iter().flat_map(|one| &one.points).any(|p| p.measured.is_some());
    let levels = metered.then(|| {
        let below = area(success.bottom + 16.0, LEVELS);
        let y = |level: f64| below.bottom - level.clamp(0.0, TOP) / TOP * below.height();
        let levels = |(nth, one): (usize, &&ResponseSeries)| {
            let place = |p: &ResponsePoint| {
                let measured = p.measured?;
                Some(Place {
                    x: x(p.level) + aside(nth),
                    y: y(measured.value),
                    interval: measured.interval.map(|i| (y(i.high), y(i.low))),
                })
            };
            curve(nth, one.points.iter().filter_map(place).collect())
        };
        (below, group.iter().enumerate().map(levels).collect())
    });
    let lowest = levels.as_ref().map_or(success.bottom, |(area, _)| area.bottom);
    let stops: Vec<(f64, String)> = [0.0, 1.0, 2.0, 3.0, 4.0]
        .into_iter()
        .map(|level| (x(level), level_name(level, language)))
        .collect();
    // Clear of the figure 0 at the left of the scale.
    let ticks = Ticks::of(&stops, lowest + 8.0, (success.left - 8.0, success.right + 6.0));
    Panel { head, success, rates: group.iter().enumerate().map(rates).collect(), levels, ticks }
}

fn captions(chart: &ResponseChart, language: Language) -> Vec<String> {
    let points = || chart.traits.iter().flat_map(|one| &one.points);
    let tasks = || points().filter(|p| p.rate.is_some()).map(|point| point.tasks);
    let (Some(low), Some(high)) = (tasks().min(), tasks().max()) else {
        return vec![language.word("response-nothing")];
    };
    let id = match points().any(|point| point.interval.is_some()) {
        true if low == high => "response-caption",
        true => "response-caption-between",
        false => "response-caption-few",
    };
    let args = args!["tasks": language.tasks(high), "between": language.between(low, high)];
    let mut lines = vec![language.say(id, args)];
    if points().any(|point| point.measured.is_some()) {
        lines.push(language.word("response-caption-measured"));
    }
    lines
}
