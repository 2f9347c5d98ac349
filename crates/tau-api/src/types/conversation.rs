//! Conversations: lists and transcripts.

use serde::{Deserialize, Serialize};
use tau_domain::Outcome;
use ts_rs::TS;

use super::{DevicePart, MeterReading, PageRequest, Seat, StateChange};

/// Which conversations of a run to list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConversationQuery {
    /// The run.
    pub run_id: String,
    /// Only this outcome.
    #[ts(type = "Outcome | null")]
    pub outcome: Option<Outcome>,
    /// Only this condition.
    pub condition: Option<String>,
    /// Only the task with this id.
    #[serde(default)]
    pub task: Option<String>,
    /// Only failures by the fault of `user`, `agent` or `environment`, whose grade is in doubt (`grader`),
    /// or that nobody has judged (`unjudged`).
    #[serde(default)]
    pub author: Option<String>,
    /// Only failures with this tag (see `list_fault_tags`).
    #[serde(default)]
    pub tag: Option<String>,
    /// Only tasks whose title or id holds this text.
    pub text: String,
    /// Which rows.
    pub page: PageRequest,
}

/// A page of conversations.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConversationPage {
    /// Conversations that match, on all pages.
    pub total: u32,
    /// This page.
    pub rows: Vec<ConversationSummary>,
}

/// A conversation in a list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConversationSummary {
    /// Its id.
    pub id: String,
    /// The run's id.
    pub run_id: String,
    /// The task's id.
    pub task_id: String,
    /// The task's title.
    pub title: String,
    /// The condition's id.
    pub condition: String,
    /// The condition's name.
    pub condition_name: String,
    /// Attempt, from 1.
    pub attempt: u32,
    /// What became of it.
    #[ts(type = "Outcome")]
    pub outcome: Outcome,
    /// Why, in a sentence; empty while it is not finished.
    pub why: String,
    /// Messages of customer and agent.
    pub messages: u32,
    /// Tool calls.
    pub tool_calls: u32,
    /// How many of its replies were taken from the cache of replies. Absent where none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub cached: Option<CachedReplies>,
}

/// Replies that were not asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CachedReplies {
    /// Taken from the cache.
    pub cached: u32,
    /// Replies of models in all.
    pub replies: u32,
}

/// A whole conversation, or as far as it went.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConversationDetail {
    /// The list entry.
    pub summary: ConversationSummary,
    /// What the customer knew and wanted.
    pub instruction: String,
    /// What the agent was given to read where it works alone; there is no customer then. `None` elsewhere.
    pub ticket: Option<String>,
    /// The customer's traits, for instance `Impatience: Strong`; empty for the baseline.
    pub traits: String,
    /// Whether a practice model takes part.
    pub practice: bool,
    /// What was said, in order.
    pub turns: Vec<Turn>,
    /// The verdict in one sentence.
    pub verdict: String,
    /// Where the end state differs from the expected one, grouped by record.
    pub differences: Vec<RecordDifference>,
    /// Whether the end state was compared.
    pub graded: bool,
    /// What the agent had to say, and whether it did.
    pub outputs: Vec<OutputLine>,
    /// The task's gold actions, each as a sentence.
    pub expected_actions: Vec<String>,
    /// The conversation before this one in the run's list; `None` at the start.
    pub previous: Option<String>,
    /// The conversation after this one.
    pub next: Option<String>,
    /// The same task and attempt without traits; `None` for the baseline itself.
    pub baseline: Option<String>,
    /// What the customer had in hand at the beginning, part by part. What calls changed of it stands with
    /// the calls, under the same names. Absent where customers have no tools, and where nobody watched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub device: Option<Vec<DevicePart>>,
    /// What was checked at the end, where a grade has several parts (tau2). Absent elsewhere, and while the
    /// conversation is not finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub account: Option<GradeAccount>,
}

/// A grade of several parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GradeAccount {
    /// How the conversation ended, in a sentence, where that says more than that it is over; else empty.
    pub ending: String,
    /// Whether it was cut short, which is a failure whatever was done; the parts then say how things stood.
    pub cut_short: bool,
    /// The parts, those that success rests on first.
    pub parts: Vec<GradePart>,
    /// What a reader must know of how this was found; else empty.
    pub note: String,
}

/// A part of a grade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GradePart {
    /// What it is about, for a heading.
    pub title: String,
    /// Whether success rests on it.
    pub counts: bool,
    /// Whether all of it is met.
    pub met: bool,
    /// What it is made of.
    pub points: Vec<GradePoint>,
    /// Where the end differs from the expected one, by record: the agent's records, then the device.
    pub differences: Vec<EndRecord>,
}

/// One thing that was checked at the end of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GradePoint {
    /// What should be so.
    pub text: String,
    /// Whether it is; `None` where nobody has looked.
    pub met: Option<bool>,
    /// What was found instead; may be empty.
    pub remark: String,
    /// The turn where that shows.
    pub turn: Option<u32>,
}

/// A record that did not end as expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EndRecord {
    /// Whose: the agent's records, or the customer's device.
    pub seat: Seat,
    /// The record: "Line L1002", "Device".
    pub record: String,
    /// The fields that differ; one without a name where the whole record is there or is not.
    pub fields: Vec<FieldDifference>,
}

/// Something said or done.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Turn {
    /// From 1.
    pub number: u32,
    /// Who.
    pub speaker: Speaker,
    /// The text; empty for a tool call.
    pub text: String,
    /// The tool call, when it is one.
    pub tool: Option<ToolTurn>,
    /// What the speaker thought before; the other side did not see it. Empty for none.
    pub thought: String,
    /// What the speaker was about to say and was held back from, oldest first.
    pub drafts: Vec<DraftLine>,
    /// How much of each trait of the run a customer's message shows; empty for others, and where
    /// nothing was metered.
    pub meter: Vec<MeterReading>,
    /// True where the message was taken from the cache of replies instead of being asked for; absent
    /// elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub cached: Option<bool>,
}

/// Something that was nearly said.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DraftLine {
    /// The text.
    pub text: String,
    /// Why it was not sent; may be empty.
    pub verdict: String,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// The simulated customer.
    Customer,
    /// The agent under test.
    Agent,
    /// A tool that the agent used.
    Tool,
}

/// A tool call and its result.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ToolTurn {
    /// The tool's name.
    pub name: String,
    /// One plain line: "Looked up order W123 · found".
    pub sentence: String,
    /// Whether the tool answered without an error.
    pub ok: bool,
    /// Whether it changed data that the agent was to leave alone or to change.
    pub arguments: Vec<NamedValue>,
    /// The result as the agent saw it.
    pub result: String,
    /// Whose tool it is, where customers have some too. Absent elsewhere: the agent's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub seat: Option<Seat>,
    /// What the call changed on either side, where that was watched. Absent elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub changes: Option<Vec<StateChange>>,
}

/// A label and a value.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct NamedValue {
    /// What.
    pub name: String,
    /// Its value as text.
    pub value: String,
}

/// The differences within one record.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RecordDifference {
    /// The record: "orders · W123".
    pub record: String,
    /// The fields that differ.
    pub fields: Vec<FieldDifference>,
}

/// A field that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldDifference {
    /// The field's path within the record; "whole record" when it is missing or extra.
    pub field: String,
    /// What was expected; empty when nothing was.
    pub expected: String,
    /// What is there; empty when nothing is.
    pub actual: String,
}

/// Something the agent had to say.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OutputLine {
    /// The text.
    pub text: String,
    /// Whether it was said.
    pub said: bool,
}
