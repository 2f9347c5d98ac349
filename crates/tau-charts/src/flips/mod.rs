//! The flip strip: each task one tick from the baseline's rate to the condition's, in the groups broke,
//! fixed and same. It is the paired data itself.

use serde::{Deserialize, Serialize};

use crate::Heading;

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

// TODO: drawn next.
impl crate::spec::Chart for FlipStrip {
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
