//! The two-panel dot and forest chart: on the left where success stood and where it went, on the
//! right the paired difference with its interval. Laid out once in pixels ([`layout`]), painted
//! once over any plotters backend ([`paint`]).

mod layout;
mod paint;
mod scale;
mod sentence;
mod table;
#[cfg(test)]
mod tests;
mod unit;

use serde::{Deserialize, Serialize};
use tau_stats::Verdict;

use crate::canvas::svg;
use crate::spec::Chart;
use crate::{
    Bounds, ChartError, DataTable, Drawing, Heading, Language, Look, PngScale, Shown, png,
};
use layout::Layout;

/// What the rows measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Success, as a rate from 0 to 1; differences are points.
    #[default]
    Success,
    /// Turns of a conversation.
    Turns,
    /// Tool calls of a conversation.
    ToolCalls,
    /// What a conversation cost, in US dollars.
    Cost,
    /// How long a conversation took, in seconds.
    Seconds,
}

/// One row of the chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForestRow {
    /// The condition behind it.
    pub condition_id: String,
    /// Its name.
    pub name: String,
    /// Its customers in an English sentence ("impatient customers"), where there are words for them.
    #[serde(default)]
    pub customers: Option<String>,
    /// Its colour index.
    pub color: usize,
    /// Conversations scored (for effort: that have the measure).
    pub scored: usize,
    /// Conversations planned.
    pub planned: usize,
    /// Conversations that succeeded; 0 for effort.
    #[serde(default)]
    pub passed: usize,
    /// Tasks compared.
    pub tasks: usize,
    /// The measure under the baseline on those tasks.
    pub baseline: Option<f64>,
    /// The measure under the condition on those tasks. For the baseline's own row that over all its
    /// tasks.
    pub rate: Option<f64>,
    /// The 95 % interval of `rate`; needed for the baseline only, whose rate stands alone where nothing
    /// was compared.
    #[serde(default)]
    pub rate_interval: Option<Bounds>,
    /// Difference; `None` where nothing was compared.
    pub difference: Option<f64>,
    /// Its 95 % interval; `None` below ten tasks.
    pub interval: Option<Bounds>,
    /// What the comparison says; for effort, where no margin is set, `Worse` or `Better` when 0 is outside
    /// the interval (more effort is worse) and `CannotTell` otherwise.
    pub verdict: Option<Verdict>,
    /// Whether the customers showed their traits; `None` where nothing was metered.
    #[serde(default)]
    pub shown: Option<Shown>,
}

/// The chart's data. The baseline stands first, the rest is sorted by effect, worst first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForestChart {
    /// Title and notes.
    pub heading: Heading,
    /// What is measured.
    #[serde(default)]
    pub measure: Measure,
    /// A difference of no practical meaning, as a rate; used for success only.
    pub margin: f64,
    /// What the baseline is called in a sentence; `None`: "without traits".
    #[serde(default)]
    pub baseline_name: Option<String>,
    /// The baseline's own row.
    pub baseline: Option<ForestRow>,
    /// The conditions.
    pub rows: Vec<ForestRow>,
    /// Attempts per task and condition.
    pub trials: usize,
}

impl ForestChart {
    /// The chart as a light picture in PNG.
    pub fn to_png(&self, width: u32, scale: PngScale) -> Result<Vec<u8>, ChartError> {
        Ok(png(&self.draw(&Look::file(width, Language::default()))?.svg, scale)?)
    }
}

impl Chart for ForestChart {
    fn draw(&self, look: &Look) -> Result<Drawing, ChartError> {
        let layout = Layout::of(self, look.width, look.language);
        let text = self.text(look.language);
        let size = (layout.width, layout.height);
        let svg = svg(size, &text, look, |canvas| paint::paint(canvas, &layout))?;
        Ok(Drawing {
            svg,
            width: layout.width,
            height: layout.height,
            hotspots: layout.hotspots(),
            text,
        })
    }

    fn sentence(&self, language: Language) -> String {
        sentence::sentence(self, language)
    }

    fn text(&self, language: Language) -> Vec<String> {
        sentence::rows(self, language)
    }

    fn table(&self, language: Language) -> DataTable {
        table::table(self, language)
    }
}
