//! The slope chart: two releases of an agent, a line a condition.

mod layout;
mod paint;
mod spread;
#[cfg(test)]
mod tests;
mod words;

use serde::{Deserialize, Serialize};
use tau_stats::Verdict;

use crate::canvas::svg;
use crate::spec::Chart;
use crate::{Bounds, ChartError, DataTable, Drawing, Heading, Language, Look};
use layout::Layout;

/// The chart's data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlopeChart {
    /// Title and notes.
    pub heading: Heading,
    /// The earlier run: its id.
    pub left_run: String,
    /// Its name.
    pub left: String,
    /// The later run: its id.
    pub right_run: String,
    /// Its name.
    pub right: String,
    /// Conditions that both have, the baseline first.
    pub lines: Vec<SlopeLine>,
}

/// A condition in both releases, over the tasks that both scored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlopeLine {
    /// The condition's id.
    pub condition_id: String,
    /// Its name.
    pub name: String,
    /// Its colour index; without meaning for the baseline.
    pub color: usize,
    /// Whether this is the baseline, drawn in ink.
    pub is_baseline: bool,
    /// Success in the earlier run, 0 to 1.
    pub left: f64,
    /// Its 95 % interval.
    pub left_interval: Option<Bounds>,
    /// Success in the later run.
    pub right: f64,
    /// Its 95 % interval.
    pub right_interval: Option<Bounds>,
    /// Later minus earlier, paired by task.
    pub difference: f64,
    /// Its 95 % interval; `None` below ten tasks.
    pub interval: Option<Bounds>,
    /// What the comparison says.
    pub verdict: Verdict,
    /// Tasks compared.
    pub tasks: usize,
}

impl SlopeChart {
    /// A picture is at least this wide, in pixels.
    const NARROWEST: u32 = 400;
    /// And at most this; beyond it slopes only become flatter.
    const WIDEST: u32 = 1_200;
}

impl Chart for SlopeChart {
    fn draw(&self, look: &Look) -> Result<Drawing, ChartError> {
        let width = look.width.clamp(Self::NARROWEST, Self::WIDEST);
        let layout = Layout::of(self, f64::from(width), look.language);
        let text = self.text(look.language);
        let svg = svg((width, layout.height), &text, look, |canvas| paint::paint(canvas, &layout))?;
        let hotspots = layout.hotspots(self, look.language);
        Ok(Drawing { svg, width, height: layout.height, hotspots, text })
    }

    fn sentence(&self, language: Language) -> String {
        words::sentence(self, language)
    }

    fn text(&self, language: Language) -> Vec<String> {
        self.lines.iter().map(|line| words::row(self, line, language)).collect()
    }

    fn table(&self, language: Language) -> DataTable {
        words::table(self, language)
    }
}
