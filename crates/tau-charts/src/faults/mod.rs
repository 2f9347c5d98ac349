//! Whose fault failures were: a stack a condition.

use serde::{Deserialize, Serialize};

use crate::Heading;

/// The chart's data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaultStack {
    /// Title and notes.
    pub heading: Heading,
    /// The conditions, the baseline first.
    pub rows: Vec<FaultRow>,
}

/// A condition's failures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaultRow {
    /// The condition's id.
    pub condition_id: String,
    /// Its name.
    pub name: String,
    /// Conversations scored.
    pub scored: usize,
    /// Conversations without a score: infrastructure failures, never part of the stack.
    pub not_scored: usize,
    /// Failures that the customer caused.
    pub user: usize,
    /// Failures that the agent caused.
    pub agent: usize,
    /// Failures that the environment caused.
    pub environment: usize,
    /// Failures whose grading is in doubt.
    pub grader: usize,
    /// Failures that nobody has judged.
    pub unjudged: usize,
}

impl FaultRow {
    /// All failures.
    pub fn failed(&self) -> usize {
        self.user + self.agent + self.environment + self.grader + self.unjudged
    }
}

// TODO: drawn next.
impl crate::spec::Chart for FaultStack {
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
