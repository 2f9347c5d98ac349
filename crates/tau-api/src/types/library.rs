//! Domains, tasks and traits.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
    /// Number of tools.
    pub tools: u32,
}

/// How many tasks a split holds.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SplitSummary {
    /// `test`, `train` or `dev`.
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
    /// The agent's tools.
    pub tools: Vec<ToolInfo>,
    /// Tables of the database with their number of records.
    pub tables: Vec<TableInfo>,
    /// Problems found when it was opened; empty when there are none.
    pub notes: Vec<String>,
}

/// A tool of the agent.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ToolInfo {
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// Whether it ends the conversation.
    pub terminates: bool,
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
