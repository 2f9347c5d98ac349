//! The slope chart: two releases of an agent, a line a condition.

use serde::{Deserialize, Serialize};
use tau_stats::Verdict;

use crate::{Bounds, Heading};

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

// TODO: drawn next.
impl crate::spec::Chart for SlopeChart {
    fn draw(&self, _: &crate::Look) -> Result<crate::Drawing, crate::ChartError> {
        Err(crate::ChartError::Drawing("not drawn yet".to_owned()))
    }
    fn sentence(&self, _: crate::Language) -> String {
        String::new()
    }
    fn text(&self, _: crate::Language) -> Vec<String> {
        Vec::new()
    }
    fn table(&self, _: crate::Language) -> crate::DataTable {
        crate::DataTable::default()
    }
}
