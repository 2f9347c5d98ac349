//! The two-panel dot and forest chart: on the left where success stood and where it went, on the
//! right the paired difference with its interval. Laid out once in pixels ([`layout`]), painted
//! once over any plotters backend ([`paint`]).

mod bitmap;
mod layout;
pub(crate) mod paint;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::{IntoDrawingArea, SVGBackend};
use serde::{Deserialize, Serialize};
use tau_stats::Verdict;

use crate::fidelity::Shown;
use crate::result::{Bounds, RunResult};
use crate::{Theme, font, words};
use layout::Layout;

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The drawing library refused.
    #[error("the chart could not be drawn: {0}")]
    Drawing(String),
    /// The picture could not be written as PNG.
    #[error("the picture could not be encoded: {0}")]
    Encoding(#[from] png::EncodingError),
}

/// One row of the chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropRow {
    /// The condition behind it.
    pub condition_id: String,
    /// Its name.
    pub name: String,
    /// Its colour index.
    pub color: usize,
    /// Conversations scored.
    pub scored: usize,
    /// Conversations planned.
    pub planned: usize,
    /// Tasks compared.
    pub tasks: usize,
    /// Success of the baseline on those tasks, 0 to 1.
    pub baseline: Option<f64>,
    /// Success under the condition on those tasks, 0 to 1. For the baseline's own row the rate
    /// over all its tasks.
    pub rate: Option<f64>,
    /// Difference as a rate; `None` where nothing was compared.
    pub difference: Option<f64>,
    /// Its 95 % interval; `None` below ten tasks.
    pub interval: Option<Bounds>,
    /// What the comparison says.
    pub verdict: Option<Verdict>,
    /// Whether the customers showed their traits; `None` where nothing was metered.
    #[serde(default)]
    pub shown: Option<Shown>,
}

/// The chart's data. The baseline stands first, the rest is sorted by effect, worst first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropChart {
    /// A title above the chart; the window leaves it out, exports may have one.
    pub title: Option<String>,
    /// The baseline's own row.
    pub baseline: Option<DropRow>,
    /// The conditions.
    pub rows: Vec<DropRow>,
    /// Attempts per task and condition.
    pub trials: usize,
    /// Further lines below ("practice, not a real model").
    pub notes: Vec<String>,
}

/// A place that opens the conversations behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hotspot {
    /// The condition behind it.
    pub condition_id: String,
    /// What the row shows, as a sentence.
    pub label: String,
    /// Left edge in pixels of the drawing.
    pub x: f64,
    /// Top edge in pixels.
    pub y: f64,
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
}

/// A drawing for the window: transparent, the font by name, places to focus beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// The picture.
    pub svg: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// One per row, in the order drawn.
    pub hotspots: Vec<Hotspot>,
    /// The chart in words: one sentence per row.
    pub text: Vec<String>,
}

/// How many pixels of the picture stand for one of the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PngScale {
    /// As on an ordinary screen.
    One,
    /// For slides and documents.
    Two,
    /// For print.
    Three,
}

/// SVG is drawn in quarters of a pixel, since plotters knows whole numbers only.
pub(crate) const SVG_UNIT: i32 = 4;

impl DropChart {
    /// The chart of a run's result.
    pub fn from_result(result: &RunResult, title: Option<String>) -> DropChart {
        let mut rows = Vec::new();
        let mut baseline = None;
        for row in &result.rows {
            let drawn = DropRow {
                condition_id: row.condition_id.clone(),
                name: row.name.clone(),
                color: row.color_index,
                scored: row.scored,
                planned: row.planned,
                tasks: row.tasks_compared,
                baseline: row.baseline_rate,
                rate: if row.is_baseline() { row.rate } else { row.compared_rate },
                difference: row.difference,
                interval: row.difference_interval,
                verdict: row.verdict,
                shown: row.check.as_ref().map(|check| check.shown),
            };
            if row.is_baseline() {
                baseline = Some(drawn);
            } else {
                rows.push(drawn);
            }
        }
        // Worst first; what was not compared last.
        let key = |row: &DropRow| row.difference.unwrap_or(f64::INFINITY);
        rows.sort_by(|a, b| key(a).total_cmp(&key(b)));
        let checks = result.rows.iter().filter_map(|row| row.check.as_ref());
        let mut notes: Vec<String> = checks
            .filter(|check| matches!(check.shown, Shown::NotShown | Shown::Weak))
            .map(|check| check.note.clone())
            .collect();
        if result.practice {
            notes.push("Practice, not a real model.".to_owned());
        }
        if let Some(wording) = &result.wording {
            notes.push(format!("Prompts in the wording of {wording}."));
        }
        DropChart { title, baseline, rows, trials: result.trials, notes }
    }

    /// The chart for the window. Width is kept within 600 to 2,000 pixels; the height follows
    /// from the rows.
    pub fn draw(&self, theme: Theme, width: u32) -> Result<Drawing, ChartError> {
        let layout = Layout::of(self, width);
        let svg = self.svg(&layout, theme, false)?;
        Ok(Drawing {
            svg,
            width: layout.width,
            height: layout.height,
            hotspots: layout.hotspots(),
            text: self.text(),
        })
    }

    /// The chart as a file: light, on paper, with the letters it needs (see the crate's notes on
    /// fonts).
    pub fn to_svg(&self, width: u32) -> Result<String, ChartError> {
        self.svg(&Layout::of(self, width), Theme::Light, true)
    }

    /// The chart as a light picture in PNG.
    pub fn to_png(&self, width: u32, scale: PngScale) -> Result<Vec<u8>, ChartError> {
        bitmap::png(&Layout::of(self, width), Theme::Light, scale)
    }

    /// The chart in words: a sentence per row, the baseline's first.
    pub fn text(&self) -> Vec<String> {
        self.baseline.iter().chain(&self.rows).map(DropRow::sentence).collect()
    }

    fn svg(&self, layout: &Layout, theme: Theme, export: bool) -> Result<String, ChartError> {
        let size = (layout.width, layout.height);
        svg(size, &self.text().join(" "), export, |area| {
            paint::paint(area, layout, theme, SVG_UNIT, export)
        })
    }
}

/// An SVG of a chart: `size` in pixels, `label` for those who do not see it; `export` puts the letters
/// it needs inside.
pub(crate) fn svg(
    (width, height): (u32, u32),
    label: &str,
    export: bool,
    paint: impl FnOnce(&DrawingArea<SVGBackend<'_>, Shift>) -> Result<(), ChartError>,
) -> Result<String, ChartError> {
    let unit = SVG_UNIT.unsigned_abs();
    let mut drawn = String::new();
    {
        let area =
            SVGBackend::with_string(&mut drawn, (width * unit, height * unit)).into_drawing_area();
        paint(&area)?;
        area.present().map_err(paint::refused)?;
    }
    // plotters' own opening tag gives way to one in pixels that names itself to screen readers.
    let body = drawn.split_once('\n').map_or("", |(_, body)| body);
    let style =
        if export { format!("<style>{}</style>\n", font::embedded_css()) } else { String::new() };
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n{style}{body}",
        width * unit,
        height * unit,
        words::escape(label),
    ))
}

impl DropRow {
    /// The row in words.
    pub(crate) fn sentence(&self) -> String {
        let count = format!(
            "{} of {} conversations scored",
            words::thousands(self.scored),
            words::thousands(self.planned)
        );
        let Some(rate) = self.rate else {
            return format!("{}: nothing to show yet; {count}.", self.name);
        };
        let rate = words::percent(rate);
        let (Some(baseline), Some(difference)) = (self.baseline, self.difference) else {
            return format!("{}: {rate} success; {count}.", self.name);
        };
        let interval = self.interval.map_or_else(
            || "too few tasks for an interval".to_owned(),
            |i| format!("95 % confidence interval {}", words::points_range(i.low, i.high)),
        );
        format!(
            "{}: {rate} success against {} without traits, {} ({interval}); {}; {}; {count}.",
            self.name,
            words::percent(baseline),
            words::points_spoken(difference),
            self.verdict.unwrap_or(Verdict::CannotTell).word(),
            words::count(self.tasks, "task"),
        ) + match self.shown {
            Some(Shown::NotShown) => " Yet the customers did not show the trait.",
            Some(Shown::Weak) => " Yet the customers showed the trait only weakly.",
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests;
