//! Results: tables, charts, exports.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::TraitShown;

/// What came out of a run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RunResult {
    /// The one sentence above the chart.
    pub sentence: String,
    /// Further facts a reader must know ("8 of 100 not scored").
    pub notes: Vec<String>,
    /// Whether a practice model takes part.
    pub practice: bool,
    /// What makes the figures less than they seem, as banners above them.
    pub cautions: Vec<Caution>,
    /// The condition that the others are compared with.
    pub baseline: String,
    /// The margin of no practical meaning that the verdicts were read with, in points.
    pub margin: f64,
    /// The margin that was set before the run, in points.
    pub planned_margin: f64,
    /// Tasks left out by the person.
    pub excluded: Vec<String>,
    /// The result without the conversations whose customer was at fault; `None` where nothing is
    /// known of faults, or no customer was at fault.
    pub sensitivity: Option<Sensitivity>,
    /// One row a condition, the baseline first.
    pub rows: Vec<ResultRow>,
}

/// How a result is to be read: what a person may change after the run without running anything.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Analysis {
    /// Tasks to leave out, by id.
    pub exclude_tasks: Vec<String>,
    /// Margin in points; `None`: the one set before the run.
    pub margin: Option<f64>,
    /// The condition to compare with; `None`: the one without traits.
    pub baseline: Option<String>,
    /// Leave out conversations that failed by the customer's fault.
    pub leave_out_user_faults: bool,
}

/// A caution above figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Caution {
    /// What it is about.
    pub kind: CautionKind,
    /// What it says, in the language asked for.
    pub text: String,
}

/// What a caution is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CautionKind {
    /// The customers' model differs between what is compared.
    CustomerModel,
    /// Prompts differ.
    Prompts,
    /// The rules of grading differ.
    Grader,
    /// The domain's data or tasks differ.
    Data,
    /// Something else of the set-up differs.
    SetUp,
    /// Too few tasks: counts only.
    FewTasks,
    /// The run was stopped before its end.
    StoppedEarly,
    /// Conversations without a score.
    NotScored,
    /// Tasks were left out, the margin or the baseline changed after the run.
    ChangedAfterwards,
    /// Customers did not show their traits.
    TraitNotShown,
    /// Replies were taken from the cache of replies.
    ReplyCache,
}

/// The result without conversations whose customer was at fault.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Sensitivity {
    /// In one sentence, beside the headline.
    pub sentence: String,
    /// Conversations left out.
    pub left_out: u32,
    /// One row a condition, as in the result.
    pub rows: Vec<ResultRow>,
}

/// Which result, and how it is to be read.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ResultRequest {
    /// The run.
    pub run_id: String,
    /// How it is to be read.
    pub analysis: Analysis,
    /// Language tag of what is written; English where there are no words in it.
    pub language: String,
}

/// A condition's figures.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ResultRow {
    /// The condition's id.
    pub condition: String,
    /// The condition's name.
    pub name: String,
    /// Its colour as `#rrggbb`; empty for the baseline.
    pub color: String,
    /// Conversations planned.
    pub planned: u32,
    /// Conversations scored.
    pub scored: u32,
    /// Conversations passed.
    pub passed: u32,
    /// Tasks compared with the baseline.
    pub tasks: u32,
    /// Success rate, 0 to 1; `None` when nothing was scored.
    pub rate: Option<f64>,
    /// 95 % interval of the rate; `None` below 10 tasks.
    pub rate_interval: Option<Interval>,
    /// Difference from the baseline in points; `None` for the baseline.
    pub difference: Option<f64>,
    /// 95 % interval of the difference in points; `None` below 10 tasks.
    pub difference_interval: Option<Interval>,
    /// `worse`, `better`, `no meaningful change`, `cannot tell`; empty for the baseline.
    pub verdict: String,
    /// Whether the customers showed the condition's traits; `None` for the baseline, and where nothing
    /// was metered. A drop of a condition that is not `shown` says little about its traits.
    pub shown: Option<TraitShown>,
    /// The same in words; empty where it was shown.
    pub shown_note: String,
}

/// An interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What to save.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// The report as one page for a browser.
    Html,
    /// The report as pages for print.
    Pdf,
    /// A workbook with figures, conversations and native charts.
    Xlsx,
    /// The conversations, one JSON object a line.
    Jsonl,
    /// The figures of the result as a table.
    Csv,
    /// The conversations in the result format of tau-trait.
    TauTrait,
}

/// What was saved and where.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Exported {
    /// The file; `None` when the person cancelled.
    pub path: Option<String>,
}
