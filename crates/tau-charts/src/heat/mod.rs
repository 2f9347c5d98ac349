//! The heat map: models or domains down, traits across, the change in points in each cell.

use serde::{Deserialize, Serialize};
use tau_stats::Verdict;

use crate::{Bounds, Column, Heading, Shown};

/// What the lines are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeatRows {
    /// Agents' models.
    Models,
    /// Domains.
    Domains,
}

/// The chart's data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatMap {
    /// Title and notes.
    pub heading: Heading,
    /// What the lines are.
    pub rows: HeatRows,
    /// The conditions, in the order of their colours.
    pub columns: Vec<Column>,
    /// The lines.
    pub lines: Vec<HeatLine>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatLine {
    /// The run to open; empty where the line joins several.
    pub run: String,
    /// The model or the domain, with what else tells lines apart.
    pub name: String,
    /// Success without traits, 0 to 1.
    pub baseline: Option<f64>,
    /// One cell a column; `None` where it was not run.
    pub cells: Vec<Option<HeatCell>>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatCell {
    /// Difference from the baseline, as a rate; `None` where nothing was compared.
    pub difference: Option<f64>,
    /// Its 95 % interval; `None` below ten tasks. A cell whose interval holds 0 is hatched.
    pub interval: Option<Bounds>,
    /// What the comparison says.
    pub verdict: Option<Verdict>,
    /// Tasks compared.
    pub tasks: usize,
    /// Conversations scored.
    pub scored: usize,
    /// Conversations planned.
    pub planned: usize,
    /// Whether the customers showed their traits.
    pub shown: Option<Shown>,
    /// Whether the baseline differs in more than the customers.
    pub marked: bool,
}

// TODO: drawn next.
impl crate::spec::Chart for HeatMap {
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
