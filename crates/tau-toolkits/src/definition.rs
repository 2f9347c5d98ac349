//! A domain with everything that its conversations need: what is kept in a pack folder, in memory.

use std::sync::Arc;

use indexmap::IndexMap;
use tau_domain::{DomainId, SourceInfo, ToolSpec};

use crate::domain::Domain;
use crate::task::Task;
use crate::toolkit::Profile;
use crate::wording::Wording;

/// A domain of tau2, or one of our own on its toolkits.
pub struct Definition {
    /// Its name: `SOURCE:NAME`, or `NAME` for a pack of our own.
    pub id: DomainId,
    /// Its name for a person.
    pub title: String,
    /// One or two sentences.
    pub description: String,
    /// Version of the content.
    pub version: String,
    /// Where it came from.
    pub source: SourceInfo,
    /// Whose rules hold.
    pub profile: Profile,
    /// The tools over the data.
    pub domain: Arc<Domain>,
    /// The policy, put together.
    pub policy: String,
    /// The policy of an agent who works alone; `None` where the domain has no such mode.
    pub solo_policy: Option<String>,
    /// The agent's tools as its model reads of them, in the toolkit's order.
    pub agent_tools: Vec<ToolSpec>,
    /// The customer's tools, in the toolkit's order; `None` where the customer has no toolkit, which is
    /// not the same as one without tools.
    pub user_tools: Option<Vec<ToolSpec>>,
    /// What an agent who works alone calls to say that it is done; comes last of its tools.
    pub done: Option<ToolSpec>,
    /// What the models are told.
    pub wording: Wording,
    /// All tasks in the file's order.
    pub tasks: Vec<Task>,
    /// The ids of each split, in the file's order.
    pub splits: IndexMap<String, Vec<String>>,
    /// SHA-256 over the whole content, in hex.
    pub fingerprint: String,
}

impl Definition {
    /// The split that is taken where nobody says which.
    pub const BASE: &str = "base";

    /// A task by its id.
    pub fn task(&self, id: &str) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == id)
    }

    /// The split shown first: upstream's, where there is one.
    pub fn default_split(&self) -> Option<&str> {
        self.splits.contains_key(Self::BASE).then_some(Self::BASE)
    }

    /// The tasks of a split (of all where none is named), in the order of the tasks, not of the split.
    /// `None` when there is no such split.
    pub fn select(&self, split: Option<&str>) -> Option<Vec<&Task>> {
        let Some(split) = split else { return Some(self.tasks.iter().collect()) };
        let ids = self.splits.get(split)?;
        let ids: std::collections::HashSet<&str> = ids.iter().map(String::as_str).collect();
        Some(self.tasks.iter().filter(|task| ids.contains(task.id.as_str())).collect())
    }

    /// The customer's tools in a task, in the toolkit's order: those that it names, where it names any.
    /// `None` where the customer has no toolkit. Before 1.0 a task does not choose.
    pub fn user_tools_of(&self, task: &Task) -> Option<Vec<ToolSpec>> {
        let all = self.user_tools.as_ref()?;
        let chosen = task.user_tools.as_ref().filter(|_| self.profile >= Profile::V1_0);
        let has = |tool: &&ToolSpec| chosen.is_none_or(|names| names.contains(&tool.name));
        Some(all.iter().filter(has).cloned().collect())
    }

    /// The tools of an agent who works alone: its own, the customer's, and the one that ends the work.
    pub fn solo_tools(&self) -> Vec<ToolSpec> {
        let user = self.user_tools.iter().flatten();
        self.agent_tools.iter().chain(user).chain(&self.done).cloned().collect()
    }
}
