//! What is asked: tasks and the actions that solve them.

use serde::{Deserialize, Serialize};

use crate::JsonText;

/// A set of tasks within a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Split {
    /// The tasks that results are quoted on.
    Test,
    /// Tasks for training.
    Train,
    /// Tasks for development.
    Dev,
}

impl Split {
    /// All splits in the order in which they are listed.
    pub const ALL: [Split; 3] = [Split::Test, Split::Train, Split::Dev];

    /// The split's name as upstream writes it.
    pub fn name(self) -> &'static str {
        match self {
            Split::Test => "test",
            Split::Train => "train",
            Split::Dev => "dev",
        }
    }
}

/// A tool call of a task's gold solution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// The tool's name, or `respond` for text (upstream `types.py`, `RESPOND_ACTION_NAME`).
    pub name: String,
    /// The keyword arguments, a JSON object.
    pub kwargs: JsonText,
}

/// One thing that a customer wants, and how one knows that they got it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Unique within the domain and split; upstream tasks are named by their index.
    pub id: String,
    /// The customer's id in the domain's data.
    pub user_id: String,
    /// What the simulated customer knows and wants.
    pub instruction: String,
    /// The gold solution. Replayed on fresh data it gives the expected end state.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// Strings that the agent must have said.
    #[serde(default)]
    pub outputs: Vec<String>,
    /// A few words that name the task in lists; empty when the source has none.
    #[serde(default)]
    pub title: String,
    /// Ids of the policy rules that the task exercises.
    #[serde(default)]
    pub rules: Vec<String>,
    /// The twin: the same request with one fact changed so that the answer is the opposite.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twin: Option<String>,
    /// Whether the policy allows the request; `None` when the source does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed: Option<bool>,
}
