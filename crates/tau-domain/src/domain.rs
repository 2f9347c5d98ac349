//! What an agent works in: policy, data, tools and tasks.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use tau_python::{Base, Limits, Program};

use crate::gold::GoldStates;
use crate::{DomainId, Rule, SourceInfo, Split, Task, ToolSpec};

/// A domain: everything that stays the same from one conversation to the next. Shared by all of
/// them in an `Arc`.
pub struct Domain {
    /// Its name.
    pub id: DomainId,
    /// Its name for a person.
    pub title: String,
    /// One or two sentences.
    pub description: String,
    /// Version of the content.
    pub version: String,
    /// Where it came from.
    pub source: SourceInfo,
    /// The agent's system prompt.
    pub policy: String,
    /// The tools in the order in which the agent's model is told of them.
    pub tools: Vec<ToolSpec>,
    /// Name of a tool -> the callable in `program`: `module.function` or `module.Class.invoke`.
    pub targets: HashMap<String, String>,
    /// Tools that end the conversation; a gold replay leaves them out.
    pub terminate_tools: Vec<String>,
    /// The tasks.
    pub tasks: BTreeMap<Split, Vec<Task>>,
    /// The split shown first.
    pub default_split: Split,
    /// What `datetime.now()` answers inside tools, `YYYY-MM-DDTHH:MM:SS`.
    pub clock: String,
    /// The policy's rules.
    pub rules: Vec<Rule>,
    /// The data.
    pub base: Arc<Base>,
    /// The tools' code.
    pub program: Arc<Program>,
    /// Limits of one tool call.
    pub limits: Limits,
    /// SHA-256 of the content, in hex: part of a run's identity.
    pub fingerprint: String,
    /// Expected end states that were worked out already.
    pub gold: GoldStates,
}

impl Domain {
    /// Whether a call of this tool ends the conversation.
    pub fn terminates(&self, tool: &str) -> bool {
        self.terminate_tools.iter().any(|name| name == tool)
    }

    /// A task by split and id.
    pub fn task(&self, split: Split, id: &str) -> Option<&Task> {
        self.tasks.get(&split)?.iter().find(|task| task.id == id)
    }
}

impl fmt::Debug for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Domain")
            .field("id", &self.id.to_string())
            .field("version", &self.version)
            .field("fingerprint", &self.fingerprint)
            .finish_non_exhaustive()
    }
}
