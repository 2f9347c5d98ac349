//! Result files of the benchmarks, opened as runs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::RunSummary;

/// What a result file holds, found without keeping anything.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ResultFilePreview {
    /// Where it is.
    pub path: String,
    /// Its name.
    pub file: String,
    /// `tau-bench`, `tau-trait`, `tau2`.
    pub format: String,
    /// The domain as far as it can be told; empty otherwise.
    pub domain: String,
    /// The agent's model as far as it can be told; empty otherwise.
    pub model: String,
    /// Conversations in it.
    pub conversations: u32,
    /// Of these with a reward that says something about the agent.
    pub scored: u32,
    /// Of these passed.
    pub passed: u32,
    /// Names of its conditions.
    pub conditions: Vec<String>,
    /// What cannot be used, a sentence each.
    pub problems: Vec<String>,
    /// The run that shows it already; `None` when it was not opened yet.
    pub open_as: Option<String>,
}

/// What became of opening result files.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OpenedResults {
    /// The runs that show them.
    pub runs: Vec<RunSummary>,
    /// What could not be used, a sentence each.
    pub problems: Vec<String>,
}

/// Where a run's conversations came from, when it was not run here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportedInfo {
    /// `tau-bench`, `tau-trait`, `tau2`.
    pub format: String,
    /// The names of its files.
    pub files: Vec<String>,
}
