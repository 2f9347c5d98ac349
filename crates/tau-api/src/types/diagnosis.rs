//! Why conversations failed, and whose fault it was.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ConversationSummary, Interval, ModelChoice, PageRequest};

/// Who was at fault (upstream `auto_error_identification.py`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FaultAuthor {
    /// The simulated customer.
    User,
    /// The agent under test.
    Agent,
    /// Tools, data or the task itself.
    Environment,
}

/// What went wrong (upstream `auto_error_identification.py`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// A tool was called that should not have been.
    CalledWrongTool,
    /// The right tool with a wrong argument.
    UsedWrongToolArgument,
    /// Part of what was asked was not done.
    GoalPartiallyCompleted,
    /// Something else.
    Other,
}

/// Who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DiagnosisSource {
    /// Rules that compare what was done with what was expected; no model is asked.
    Rules,
    /// A model that read the conversation.
    Model,
    /// A person.
    Person,
}

/// One judgement of a failed conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DiagnosisView {
    /// Who says so.
    pub source: DiagnosisSource,
    /// The model's name, when a model says so.
    pub by: String,
    /// Who was at fault.
    pub author: FaultAuthor,
    /// What went wrong.
    pub kind: FaultKind,
    /// In a sentence or two.
    pub description: String,
    /// The first turn where it went wrong, from 1.
    pub turn: Option<u32>,
    /// Finer tags, by id (see `list_fault_tags`).
    pub tags: Vec<String>,
}

/// All judgements of one conversation.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConversationDiagnosis {
    /// The conversation.
    pub conversation_id: String,
    /// The one that counts: a person's before a model's before the rules'. `None` when the
    /// conversation did not fail.
    pub shown: Option<DiagnosisView>,
    /// What the rules say.
    pub rules: Option<DiagnosisView>,
    /// What a model says.
    pub model: Option<DiagnosisView>,
    /// What a person says.
    pub person: Option<DiagnosisView>,
    /// What differs from the expected conversation, found without any model.
    pub findings: Vec<Finding>,
    /// Why the rules cannot say whose fault it was, in a sentence; empty where they can.
    #[serde(default)]
    pub undecided: String,
}

/// One thing that differs from the expected conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// The difference in a sentence.
    pub sentence: String,
    /// The turn where it shows, from 1.
    pub turn: Option<u32>,
}

/// A finer tag.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FaultTag {
    /// Its id.
    pub id: String,
    /// What a person calls it.
    pub label: String,
    /// What it means.
    pub description: String,
}

/// The faults of a run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RunFaults {
    /// Failed conversations.
    pub failures: u32,
    /// Of these with a judgement of a model or a person.
    pub judged: u32,
    /// The result in one sentence.
    pub sentence: String,
    /// Failures by who was at fault.
    pub authors: Vec<FaultCount>,
    /// Failures by what went wrong.
    pub kinds: Vec<FaultCount>,
    /// Failures by finer tag, most frequent first.
    pub tags: Vec<FaultCount>,
    /// How far the automatic judgement and people agree; `None` while nobody has judged.
    pub agreement: Option<Agreement>,
    /// Success rate over all scored conversations, 0 to 1.
    pub rate: Option<f64>,
    /// The same without the conversations that failed by the customer's fault: how much the result
    /// hangs on the simulated customer.
    pub rate_without_user_faults: Option<f64>,
    /// The work of a model that is going on or was done last.
    pub job: Option<DiagnosisJob>,
}

/// A number of failures.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FaultCount {
    /// The author's, kind's or tag's id.
    pub id: String,
    /// What a person calls it.
    pub label: String,
    /// How many failures.
    pub count: u32,
}

/// How far automatic judgements and people's agree.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Agreement {
    /// Conversations that both judged.
    pub conversations: u32,
    /// Share of equal judgements of who was at fault, 0 to 1.
    pub same_author: f64,
    /// Cohen's kappa of who was at fault; `None` when it is not defined.
    pub kappa: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<Interval>,
    /// What that means, in a sentence.
    pub sentence: String,
}

/// Failures being judged by a model.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DiagnosisJob {
    /// Whether it is going on.
    pub running: bool,
    /// Failures to judge.
    pub planned: u32,
    /// Judged.
    pub done: u32,
    /// Could not be judged, because the model could not be asked or answered unreadably.
    pub failed: u32,
    /// What is going on or went wrong.
    pub message: String,
}

/// Failures to be judged by a model.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DiagnosisDraft {
    /// The run.
    pub run_id: String,
    /// The judging model.
    pub model: ModelChoice,
    /// Most failures to judge.
    pub most: u32,
    /// Questions at the same time.
    pub max_concurrency: u32,
}

/// A person's own judgement.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DiagnosisCorrection {
    /// The conversation.
    pub conversation_id: String,
    /// Who was at fault.
    pub author: FaultAuthor,
    /// What went wrong.
    pub kind: FaultKind,
    /// Why; may be empty.
    pub description: String,
    /// The first turn where it went wrong.
    pub turn: Option<u32>,
    /// Finer tags, by id.
    pub tags: Vec<String>,
}

/// Which failures of a run to list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FaultQuery {
    /// The run.
    pub run_id: String,
    /// Only this author.
    pub author: Option<FaultAuthor>,
    /// Only this kind.
    pub kind: Option<FaultKind>,
    /// Only this condition.
    pub condition: Option<String>,
    /// Which rows.
    pub page: PageRequest,
}

/// A page of failures.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FaultPage {
    /// Failures that match, on all pages.
    pub total: u32,
    /// This page.
    pub rows: Vec<FaultRow>,
}

/// A failure in a list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FaultRow {
    /// The conversation.
    pub conversation: ConversationSummary,
    /// The judgement that counts.
    pub diagnosis: DiagnosisView,
}
