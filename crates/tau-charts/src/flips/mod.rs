//! The flip strip: each task one tick from the baseline's rate to the condition's, in the groups broke,
//! same and fixed. It is the paired data itself.

mod layout;
mod paint;
#[cfg(test)]
mod tests;
mod words;

use serde::{Deserialize, Serialize};

use crate::canvas::svg;
use crate::spec::Chart;
use crate::{ChartError, DataTable, Drawing, Heading, Language, Look};
use layout::Layout;

/// The chart's data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlipStrip {
    /// Title and notes.
    pub heading: Heading,
    /// One strip a condition.
    pub rows: Vec<FlipRow>,
}

/// A condition's strip.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlipRow {
    /// The condition's id.
    pub condition_id: String,
    /// Its name.
    pub name: String,
    /// Its colour index.
    pub color: usize,
    /// Tasks scored on both sides: broke first (largest fall first), then same, then fixed.
    pub tasks: Vec<Flip>,
    /// Tasks that could not be compared, because one side has no score.
    pub fell_out: usize,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flip {
    /// The task's id.
    pub task_id: String,
    /// Success without traits, 0 to 1.
    pub baseline: f64,
    /// Success under the condition, 0 to 1.
    pub rate: f64,
}

impl FlipStrip {
    /// A picture is at least this wide, in pixels.
    const NARROWEST: u32 = 400;
    /// And at most this.
    const WIDEST: u32 = 2_000;
}

impl Chart for FlipStrip {
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
        self.rows.iter().map(|row| words::row(row, language)).collect()
    }

    fn table(&self, language: Language) -> DataTable {
        words::table(self, language)
    }
}

/// What became of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Broke,
    Same,
    Fixed,
}

impl Fate {
    /// In the order of the strip.
    const ALL: [Fate; 3] = [Fate::Broke, Fate::Same, Fate::Fixed];

    fn of(flip: &Flip) -> Fate {
        match flip.rate - flip.baseline {
            change if change < -1e-9 => Fate::Broke,
            change if change > 1e-9 => Fate::Fixed,
            _ => Fate::Same,
        }
    }
}

impl FlipRow {
    fn count(&self, fate: Fate) -> usize {
        self.tasks.iter().filter(|flip| Fate::of(flip) == fate).count()
    }
}
