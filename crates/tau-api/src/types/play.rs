//! A conversation in which the person takes a seat.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AgentStrategy, CustomerChoice, ModelChoice, RunState, Tau2Draft, TextPart, Turn};

/// Which seat the person takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// The person plays the customer, with a device where the domain gives customers one; a model plays
    /// the agent.
    Customer,
    /// The person plays the agent with the domain's tools; a model plays the customer, if there is one.
    Agent,
}

/// A conversation to be played.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PlayDraft {
    /// The domain's id.
    pub domain: String,
    /// `test`, `train` or `dev`; in a domain of tau2 the name of a split, or `all`.
    pub split: String,
    /// The task's id.
    pub task_id: String,
    /// The person's seat.
    pub seat: Seat,
    /// The agent's model; not used when the person plays the agent.
    pub agent: ModelChoice,
    /// How that model is used.
    pub agent_strategy: AgentStrategy,
    /// The simulated customer; not used when the person plays the customer.
    pub customer: CustomerChoice,
    /// The customer's traits: id to level; for a person they are a wish on the task's card.
    pub levels: BTreeMap<String, f64>,
    /// What is said beyond that in a domain of tau2: whether the agent works alone, who judges. Absent for
    /// other domains, and where the defaults will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tau2: Option<Tau2Draft>,
}

/// A played conversation as it stands.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PlayView {
    /// The run behind it.
    pub run_id: String,
    /// The conversation's id, for the reader.
    pub conversation_id: String,
    /// The person's seat.
    pub seat: Seat,
    /// The domain's title.
    pub domain_title: String,
    /// The task in a few words that somebody in this seat may know.
    pub title: String,
    /// What somebody in this seat is told of the task: who the customer is and what it wants, or the ticket
    /// of an agent alone. Empty for an agent with a customer.
    pub card: Vec<TextPart>,
    /// Whether the person works alone: there is nobody to talk to.
    pub alone: bool,
    /// How the customer is, in words; empty for none.
    pub traits: String,
    /// The policy, for whoever plays the agent; empty for the customer.
    pub policy: String,
    /// The tools of this seat; a customer has some where the domain gives customers a device.
    pub tools: Vec<ToolForm>,
    /// Who sits on the other side, labelled when it is a practice model; empty for an agent alone.
    pub other: String,
    /// What was said so far.
    pub turns: Vec<Turn>,
    /// Whether it is the person's turn.
    pub your_turn: bool,
    /// What is going on, in a sentence ("The agent is looking something up").
    pub status: String,
    /// Where the run stands.
    pub state: RunState,
    /// Whether the conversation is over.
    pub over: bool,
    /// The verdict once it is over; empty before.
    pub verdict: String,
}

/// A tool as a form.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ToolForm {
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// Its arguments.
    pub fields: Vec<ToolField>,
    /// Whether it ends the conversation.
    pub terminates: bool,
}

/// An argument of a tool.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ToolField {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// What kind of input it takes.
    pub kind: FieldKind,
    /// Whether it must be given.
    pub required: bool,
    /// The allowed values of a choice.
    pub choices: Vec<String>,
}

/// What kind of input an argument takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// Yes or no.
    YesNo,
    /// One of some values.
    Choice,
    /// Several texts, one a line.
    List,
    /// Anything else, as JSON.
    Json,
}

/// What the person does at their turn.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlayMove {
    /// Says something to the other side.
    Say {
        /// The text.
        text: String,
    },
    /// Uses a tool (the agent's seat).
    UseTool {
        /// The tool's name.
        tool: String,
        /// Its arguments as the form holds them: argument to text.
        arguments: BTreeMap<String, String>,
    },
    /// Leaves, satisfied or not (the customer's seat): the conversation ends and is graded.
    Leave,
}
