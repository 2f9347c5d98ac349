//! How it went: trajectories, endings, rewards.

use serde::{Deserialize, Serialize};

use crate::{Message, Usage};

/// Why a conversation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The customer wrote the stop marker.
    CustomerStopped,
    /// The agent called a tool that ends the conversation (a transfer).
    Terminated,
    /// The limit of agent steps was reached: not graded, reward 0, as upstream.
    StepLimit,
    /// The agent's reply could not be acted on (for instance arguments that are not JSON), which
    /// upstream counts as a failed attempt with reward 0.
    AgentError,
}

/// One required output and whether the agent said it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutputCheck {
    /// The string that had to be said.
    pub output: String,
    /// Whether it was.
    pub found: bool,
}

/// The grade of a finished conversation (tau-bench v1, upstream `envs/base.py`, `calculate_reward`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reward {
    /// 1.0 or 0.0.
    pub value: f64,
    /// Whether the end state equals the gold end state.
    pub state_matches: bool,
    /// The required outputs, in the task's order; empty when the task has none.
    pub outputs: Vec<OutputCheck>,
    /// Whether the conversation was graded at all (not when it hit the step limit).
    pub graded: bool,
    /// State hash of the gold end state (upstream `gt_data_hash`); empty when not graded.
    pub gold_hash: String,
}

/// One place in which the actual end state differs from the expected one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StateDifference {
    /// Keys and indices from the root: table, record, field, ...
    pub path: Vec<String>,
    /// JSON text that was expected there; `None` when nothing was.
    pub expected: Option<String>,
    /// JSON text that is there; `None` when nothing is.
    pub actual: Option<String>,
}

/// A whole conversation and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trajectory {
    /// Policy, then customer, agent and tool messages in order.
    pub messages: Vec<Message>,
    /// Why it ended.
    pub ending: Ending,
    /// The grade.
    pub reward: Reward,
    /// Differences between expected and actual end state; empty when they are equal.
    pub differences: Vec<StateDifference>,
    /// Tokens of the agent's model.
    pub agent_usage: Usage,
    /// Tokens of the customer's model.
    pub customer_usage: Usage,
    /// What the agent's replies cost in US dollars, where prices are known.
    pub agent_cost_usd: Option<f64>,
    /// What the customer's replies cost in US dollars, where prices are known.
    pub customer_cost_usd: Option<f64>,
    /// Number of agent steps taken.
    pub steps: u32,
}

/// What became of one episode, for tables and charts.
///
/// `NotScored` is never counted as a failure: an infrastructure fault says nothing about the agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Reward 1.
    Passed,
    /// Reward 0.
    Failed,
    /// No reward: the conversation could not be finished.
    NotScored,
    /// Not run yet.
    Pending,
    /// Going on now.
    Running,
}
