//! Domains, tasks and traits.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Seat;

/// Whose conversations a domain's are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DomainKind {
    /// The agent alone has tools (tau-bench).
    TauBench,
    /// The customer may have tools too (tau2).
    Tau2,
}

/// A domain in a list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DomainSummary {
    /// `retail`, or `SOURCE:NAME` for an imported one.
    pub id: String,
    /// What a person calls it.
    pub title: String,
    /// One or two sentences.
    pub description: String,
    /// Version of the pack or release.
    pub version: String,
    /// Whether it came with the app.
    pub shipped: bool,
    /// Tasks per split.
    pub splits: Vec<SplitSummary>,
    /// Number of the agent's tools.
    pub tools: u32,
    /// Number of the customer's tools.
    pub customer_tools: u32,
    /// Whose conversations they are.
    pub kind: DomainKind,
    /// Whose rules hold (`v1.0`), where a benchmark has several; empty otherwise.
    pub rules: String,
}

/// How many tasks a split holds.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SplitSummary {
    /// `test`, `train` or `dev`; domains of tau2 name theirs themselves.
    pub split: String,
    /// Number of tasks.
    pub tasks: u32,
}

/// A domain with everything a person may want to read about it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DomainDetail {
    /// The list entry.
    pub summary: DomainSummary,
    /// The policy the agent is given (Markdown).
    pub policy: String,
    /// The policy of an agent who works alone, from a ticket; `None` where there is no such work.
    pub solo_policy: Option<String>,
    /// The agent's tools.
    pub tools: Vec<ToolInfo>,
    /// The customer's tools.
    pub customer_tools: Vec<ToolInfo>,
    /// Domains that differ from it in the policy alone.
    pub siblings: Vec<DomainName>,
    /// Tables of the database with their number of records.
    pub tables: Vec<TableInfo>,
    /// Problems found when it was opened; empty when there are none.
    pub notes: Vec<String>,
}

/// A domain by its name.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DomainName {
    /// Its id.
    pub id: String,
    /// What a person calls it.
    pub title: String,
}

/// A tool of the agent or of the customer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ToolInfo {
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// Whether it ends the conversation.
    pub terminates: bool,
    /// Whether it may change records; `None` where the domain does not say.
    pub changes: Option<bool>,
    /// What it takes.
    pub arguments: Vec<ToolArgument>,
}

/// What a tool takes.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ToolArgument {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Its type in words: "text", "whole number", "list of texts".
    pub kind: String,
    /// Whether it must be given.
    pub required: bool,
    /// The values that it may have, where they are few.
    pub choices: Vec<String>,
    /// What it is when it is not given, where the domain says so.
    pub default: Option<String>,
}

/// A table of a domain's database.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TableInfo {
    /// Its name.
    pub name: String,
    /// Number of records.
    pub records: u32,
}

/// A task in a list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TaskSummary {
    /// Its id within the split.
    pub id: String,
    /// Position within the split, from 0.
    pub index: u32,
    /// A few words; the start of the instruction when the task has no title.
    pub title: String,
    /// What the customer knows and wants.
    pub instruction: String,
    /// Whether the policy allows the request, where the task says so.
    pub allowed: Option<bool>,
    /// Whether an agent alone can take it: there is a ticket, and the task can be done without a customer.
    pub fits_alone: bool,
}

/// A task with everything a person may want to read about it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TaskDetail {
    /// The list entry.
    pub summary: TaskSummary,
    /// What the customer is like and is told, part by part.
    pub scenario: Vec<TextPart>,
    /// What was said about the task for people; no model reads it.
    pub notes: Vec<TextPart>,
    /// The request in writing, for an agent who works alone; empty for none.
    pub ticket: String,
    /// What is done to the records and the device before the conversation begins, step by step.
    pub beginning: Vec<String>,
    /// What is expected to be done, in order.
    pub expected: Vec<ExpectedCall>,
    /// What has to be so at the end, each as a sentence.
    pub checks: Vec<String>,
    /// What decides about success.
    pub decided_by: Vec<String>,
}

/// A text with a heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextPart {
    /// The heading.
    pub heading: String,
    /// The text.
    pub text: String,
}

/// A call that a task expects.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExpectedCall {
    /// Who is to make it.
    pub seat: Seat,
    /// The tool.
    pub tool: String,
    /// It as a sentence: "Reseat sim card".
    pub sentence: String,
    /// The arguments as a form holds them: argument to text.
    pub arguments: BTreeMap<String, String>,
}

/// A trait of customers.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TraitInfo {
    /// `impatience`, or the id of a person's own.
    pub id: String,
    /// Whether it came with the app.
    pub shipped: bool,
    /// What a person calls it.
    pub name: String,
    /// What such customers are like.
    pub description: String,
    /// Its colour in every chart, as `#rrggbb`.
    pub color: String,
    /// The five levels from Off to Extreme.
    pub levels: Vec<TraitLevel>,
}

/// One stop of a trait's slider.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TraitLevel {
    /// 0 (Off) to 4 (Extreme).
    pub value: u32,
    /// Off, Slight, Clear, Strong, Extreme.
    pub name: String,
    /// What this level means, in a sentence.
    pub sentence: String,
    /// A line that such a customer would say; empty at Off.
    pub example: String,
}
