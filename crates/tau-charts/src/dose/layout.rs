//! Where everything of the dose curves stands, in pixels, and how it is painted.

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;

use super::{DoseChart, DosePoint, DoseScale, DoseSeries};
use crate::canvas::Canvas;
use crate::font::Weight;
use crate::frame::{Frame, MARGIN, SMALL, SMALL_LINE};
use crate::legend::Legend;
use crate::palette::{color, is_pale};
use crate::panels::Ticks;
use crate::patterns::Area;
use crate::response::level_name;
use crate::{ChartError, Hotspot, Language, Opens};

/// The highest level.
const TOP: f64 = 4.0;
/// Height of a panel's grid.
const PANEL: f64 = 220.0;
/// Room for the figures left of the grid.
const FIGURES: f64 = 44.0;
/// The outer stops stand a little inside, so that nothing is cut off.
const INSET: f64 = 30.0;
/// Voices stand this far apart at one stop, so that their intervals can be told apart; with many of them
/// less, so that all stay at their stop.
const ASIDE: f64 = 7.0;
const MOST_ASIDE: f64 = 44.0;
/// Half of the side of a place to focus, in pixels.
const REACH: f64 = 12.0;

/// The curves of one scale.
struct Panel<'a> {
    scale: DoseScale,
    voices: Vec<&'a DoseSeries>,
    title_top: f64,
    grid: Area,
    low: f64,
    high: f64,
    step: f64,
    ticks: Ticks,
    legend: Legend,
    bottom: f64,
}

/// The whole chart.
pub(super) struct Layout<'a> {
    frame: Frame,
    pub width: u32,
    pub height: u32,
    panels: Vec<Panel<'a>>,
    bottom: f64,
    language: Language,
}

impl<'a> Layout<'a> {
    /// Levels above, contrasts below them.
    pub fn of(chart: &'a DoseChart, width: u32, language: Language) -> Layout<'a> {
        let full = f64::from(width.clamp(400, 2_000));
        let mut caption = Vec::new();
        let points = || chart.voices.iter().flat_map(|one| &one.points);
        if points().any(|point| point.low < point.high) {
            caption.push(language.word("dose-caption-intervals"));
        }
        if chart.voices.iter().any(|one| one.scale == DoseScale::Level) {
            caption.push(language.word("dose-caption-identity"));
        }
        if chart.voices.is_empty() {
            caption.push(crate::spec::Chart::sentence(chart, language));
        }
        let frame = Frame::of(&chart.heading, &caption, full);
        let mut panels: Vec<Panel<'a>> = Vec::new();
        let mut top = frame.top();
        for scale in [DoseScale::Level, DoseScale::Contrast] {
            let voices: Vec<&DoseSeries> =
                chart.voices.iter().filter(|one| one.scale == scale).collect();
            if !voices.is_empty() {
                let panel = Panel::of(scale, voices, top, full, language);
                top = panel.bottom + 22.0;
                panels.push(panel);
            }
        }
        let bottom = panels.last().map_or(frame.top(), |panel| panel.bottom);
        Layout {
            width: full.ceil() as u32,
            height: frame.height(bottom),
            frame,
            panels,
            bottom,
            language,
        }
    }

    /// The points that open conversations.
    pub fn hotspots(&self) -> Vec<Hotspot> {
        let mut hotspots = Vec::new();
        for panel in &self.panels {
            for (nth, one) in panel.voices.iter().enumerate() {
                for point in &one.points {
                    let Some(condition) = &point.condition_id else {
                        continue;
                    };
                    let (x, y) = panel.at(nth, point);
                    hotspots.push(Hotspot {
                        opens: Opens::condition(condition),
                        label: one.point_sentence(point, self.language),
                        x: x - REACH,
                        y: y - REACH,
                        width: 2.0 * REACH,
                        height: 2.0 * REACH,
                    });
                }
            }
        }
        hotspots
    }

    /// Paints the chart.
    pub fn paint<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        language: Language,
    ) -> Result<(), ChartError> {
        self.frame.paint(canvas, self.bottom)?;
        self.panels.iter().try_for_each(|panel| panel.paint(canvas, language))
    }
}

impl<'a> Panel<'a> {
    fn of(
        scale: DoseScale,
        voices: Vec<&'a DoseSeries>,
        top: f64,
        width: f64,
        language: Language,
    ) -> Panel<'a> {
        let (low, high, step) = match scale {
            DoseScale::Level => (0.0, TOP, 1.0),
            DoseScale::Contrast => reach(&voices),
        };
        let grid = Area {
            left: MARGIN + FIGURES,
            right: width - MARGIN,
            top: top + SMALL_LINE + 10.0,
            bottom: top + SMALL_LINE + 10.0 + PANEL,
        };
        let stops =
            [0.0, 1.0, 2.0, 3.0, 4.0].map(|level| (x(grid, level), level_name(level, language)));
        let ticks = Ticks::of(&stops, grid.bottom + 6.0, (grid.left - 8.0, grid.right + 8.0));
        let names: Vec<String> = voices.iter().map(|one| language.named(&one.name)).collect();
        let legend_top = grid.bottom + 6.0 + ticks.height + SMALL_LINE + 8.0;
        let legend = Legend::of(&names, (MARGIN, legend_top), width - MARGIN, 14.0);
        let bottom = legend_top + legend.height;
        Panel { scale, voices, title_top: top, grid, low, high, step, ticks, legend, bottom }
    }

    /// How far the nth voice stands beside the stop.
    fn aside(&self, nth: usize) -> f64 {
        let others = (self.voices.len() as f64 - 1.0).max(1.0);
        (nth as f64 - (self.voices.len() as f64 - 1.0) / 2.0) * ASIDE.min(MOST_ASIDE / others)
    }

    fn y(&self, effect: f64) -> f64 {
        let share = (effect.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        self.grid.bottom - share * self.grid.height()
    }

    fn at(&self, nth: usize, point: &DosePoint) -> (f64, f64) {
        (x(self.grid, point.level) + self.aside(nth), self.y(point.effect))
    }

    fn paint<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        language: Language,
    ) -> Result<(), ChartError> {
        self.axes(canvas, language)?;
        for (nth, one) in self.voices.iter().enumerate() {
            self.curve(canvas, one, nth)?;
        }
        self.legend.paint(canvas, |i, at| canvas.mark(self.voices[i].color, at, 5.0, true))
    }

    fn axes<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        language: Language,
    ) -> Result<(), ChartError> {
        let (tones, grid) = (canvas.tones, self.grid);
        let what = language.word(match self.scale {
            DoseScale::Level => "dose-level-measured",
            DoseScale::Contrast => "dose-contrast-measured",
        });
        let title = (MARGIN, self.title_top + SMALL_LINE / 2.0);
        canvas.text(&what, title, SMALL, Weight::Bold, tones.ink, HPos::Left)?;
        let ticks = ((self.high - self.low) / self.step).round() as i32;
        for tick in (0..=ticks).map(|tick| self.low + f64::from(tick) * self.step) {
            let y = self.y(tick);
            let zero = tick.abs() < 1e-9;
            let (thick, tone) = if zero { (1.5, tones.edge) } else { (1.0, tones.hairline) };
            canvas.horizontal(y, (grid.left, grid.right), thick, tone)?;
            let figure = match self.scale {
                DoseScale::Level => language.decimal(tick, 0),
                DoseScale::Contrast => language.decimal(tick, if self.step < 1.0 { 1 } else { 0 }),
            };
            let at = (grid.left - 8.0, y);
            canvas.text(&figure, at, SMALL, Weight::Regular, tones.soft, HPos::Right)?;
        }
        if self.scale == DoseScale::Level {
            // A voice that shows just what was asked.
            let corners = [(x(grid, 0.0), self.y(0.0)), (x(grid, TOP), self.y(TOP))];
            canvas.path(&corners, 1.0, tones.edge)?;
        }
        self.ticks.paint(canvas)?;
        let at = (grid.right, grid.bottom + 6.0 + self.ticks.height + SMALL_LINE / 2.0);
        let asked = language.word("dose-level-asked");
        canvas.text(&asked, at, SMALL, Weight::Bold, tones.ink, HPos::Right)
    }

    fn curve<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        one: &DoseSeries,
        nth: usize,
    ) -> Result<(), ChartError> {
        let tone = color(one.color);
        let line: Vec<(f64, f64)> = one.points.iter().map(|point| self.at(nth, point)).collect();
        if line.len() > 1 {
            if is_pale(one.color) {
                canvas.path(&line, 4.0, canvas.tones.edge)?;
            }
            canvas.path(&line, 2.0, tone)?;
        }
        let whisker = if is_pale(one.color) { canvas.tones.edge } else { tone };
        for point in &one.points {
            let (x, y) = self.at(nth, point);
            let (low, high) = (self.y(point.low), self.y(point.high));
            if low - high > 1.0 {
                canvas.vertical(x, (high, low), 1.5, whisker)?;
                for end in [low, high] {
                    canvas.horizontal(end, (x - 4.0, x + 4.0), 1.5, whisker)?;
                }
            }
            canvas.mark(one.color, (x, y), 5.0, true)?;
        }
        Ok(())
    }
}

/// Pixel of a level.
fn x(grid: Area, level: f64) -> f64 {
    grid.left + INSET + level.clamp(0.0, TOP) / TOP * (grid.width() - 2.0 * INSET)
}

/// A scale with round steps that holds all intervals, and zero.
pub(super) fn reach(voices: &[&DoseSeries]) -> (f64, f64, f64) {
    let points = || voices.iter().flat_map(|one| &one.points);
    let low = points().map(|point| point.low).fold(0.0, f64::min);
    let high = points().map(|point| point.high).fold(0.0, f64::max);
    let span = (high - low).max(0.1);
    // One, two or five times a power of ten, no finer than the one decimal that is written.
    let decade = 10.0_f64.powf((span / 6.0).log10().floor().max(-1.0));
    let step = [1.0, 2.0, 5.0].into_iter().map(|times| times * decade);
    let step = step.into_iter().find(|step| span / step <= 6.0).unwrap_or(10.0 * decade);
    ((low / step).floor() * step, (high / step).ceil().max(1.0) * step, step)
}
