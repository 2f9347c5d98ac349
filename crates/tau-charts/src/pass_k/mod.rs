//! pass^k curves: the chance that all of k attempts at a task succeed, a line a condition.

use serde::{Deserialize, Serialize};

use crate::{Bounds, Heading};

/// The chart's data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassKChart {
    /// Title and notes.
    pub heading: Heading,
    /// The conditions, the baseline first.
    pub series: Vec<PassKSeries>,
}

/// A condition's curve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassKSeries {
    /// The condition's id.
    pub condition_id: String,
    /// Its name.
    pub name: String,
    /// Its colour index; without meaning for the baseline.
    pub color: usize,
    /// Whether this is the baseline, drawn in ink.
    pub is_baseline: bool,
    /// k = 1, 2, ...; only where some task has k scored attempts.
    pub points: Vec<PassKPoint>,
}

/// A point of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassKPoint {
    /// How many attempts must succeed.
    pub k: usize,
    /// Chance, 0 to 1.
    pub value: f64,
    /// Its 95 % interval; `None` below ten tasks.
    pub interval: Option<Bounds>,
    /// Tasks with k scored attempts.
    pub tasks: usize,
    /// Paired difference from the baseline at the same k; `None` for the baseline.
    pub difference: Option<f64>,
    /// Its 95 % interval; `None` below ten tasks.
    pub difference_interval: Option<Bounds>,
}

// TODO: drawn next.
impl crate::spec::Chart for PassKChart {
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
