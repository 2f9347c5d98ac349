//! Several runs side by side: the table of traits, the pass^k board.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Interval, TraitShown};

/// Success and its drop per trait, one row a run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TraitTable {
    /// The columns: conditions that occur in any of the runs, the baseline left out.
    pub columns: Vec<TableColumn>,
    /// One row a run.
    pub rows: Vec<TraitTableRow>,
    /// What a reader must know before comparing rows (another customer, another wording, ...).
    pub notes: Vec<String>,
}

/// A column of the table.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TableColumn {
    /// The condition's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its colour as `#rrggbb`.
    pub color: String,
}

/// A run's row.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TraitTableRow {
    /// The run.
    pub run_id: String,
    /// The run's name.
    pub name: String,
    /// The domain.
    pub domain: String,
    /// The agent's model, labelled when it is a practice model.
    pub model: String,
    /// The baseline's figures; `None` when the run has none.
    pub baseline: Option<TableCell>,
    /// One cell a column; `None` where the run lacks the condition.
    pub cells: Vec<Option<TableCell>>,
}

/// A condition's figures within a run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TableCell {
    /// Success rate, 0 to 1; `None` when nothing was scored.
    pub rate: Option<f64>,
    /// Its 95 % interval.
    pub rate_interval: Option<Interval>,
    /// Difference from the baseline in points.
    pub points: Option<f64>,
    /// Its 95 % interval in points, paired by task.
    pub points_interval: Option<Interval>,
    /// Difference in per cent of the baseline's rate.
    pub percent: Option<f64>,
    /// Conversations scored.
    pub scored: u32,
    /// Conversations planned.
    pub planned: u32,
    /// Whether the customers showed the condition's traits; `None` where nothing was metered.
    pub shown: Option<TraitShown>,
}

/// pass^k for each run and condition, as tau-bench's board.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PassBoard {
    /// The k of the columns, from 1.
    pub ks: Vec<u32>,
    /// One row a run and condition.
    pub rows: Vec<PassRow>,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// A row of the board.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PassRow {
    /// The run.
    pub run_id: String,
    /// The run's name.
    pub name: String,
    /// The domain.
    pub domain: String,
    /// The agent's model.
    pub model: String,
    /// The condition's name.
    pub condition: String,
    /// Whether the customers showed the condition's traits; `None` for the baseline, and where nothing
    /// was metered.
    pub shown: Option<TraitShown>,
    /// Tasks in all.
    pub tasks: u32,
    /// One value a k; `None` where no task has that many scored attempts.
    pub values: Vec<Option<PassValue>>,
}

/// pass^k: the chance that k attempts at the same task all succeed.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PassValue {
    /// 0 to 1.
    pub value: f64,
    /// Its 95 % interval; `None` below 10 tasks.
    pub interval: Option<Interval>,
    /// Tasks with all k attempts scored.
    pub tasks: u32,
}

/// Which table to save.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// The table of traits.
    Traits,
    /// The pass^k board.
    Board,
}

/// How to save it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TableFormat {
    /// Comma-separated values.
    Csv,
    /// A Markdown table.
    Markdown,
    /// The figures as JSON.
    Json,
}
