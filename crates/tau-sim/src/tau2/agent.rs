//! The agents (upstream `agent/llm_agent.py`): which there are, what they are told and offered.

use std::fmt;
use std::str::FromStr;

use tau_domain::ToolSpec;
use tau_toolkits::{Definition, Task};

use super::Failure;

/// How the agent acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum AgentKind {
    /// Talks with the customer and uses its own tools.
    #[default]
    Llm,
    /// The same, told the expected actions: a test of customer and task, not of the agent.
    Plan,
    /// Has no customer but a ticket, and both sides' tools; it can only call.
    Solo,
}

/// A name that no agent has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no agent {0:?}; there are llm_agent, llm_agent_gt, llm_agent_solo")]
pub struct UnknownAgent(pub String);

impl AgentKind {
    /// All, in the order in which they are offered.
    pub const ALL: [AgentKind; 3] = [AgentKind::Llm, AgentKind::Plan, AgentKind::Solo];

    /// Upstream's name.
    pub fn name(self) -> &'static str {
        match self {
            AgentKind::Llm => "llm_agent",
            AgentKind::Plan => "llm_agent_gt",
            AgentKind::Solo => "llm_agent_solo",
        }
    }

    /// Upstream's name of the customer that goes with it.
    pub fn customer_name(self) -> &'static str {
        match self {
            AgentKind::Llm | AgentKind::Plan => "user_simulator",
            AgentKind::Solo => "dummy_user",
        }
    }

    /// Whether it can take a task. Upstream leaves out of a run those that it cannot.
    pub fn takes(self, task: &Task) -> bool {
        match self {
            AgentKind::Llm => true,
            AgentKind::Plan => task.has_plan(),
            AgentKind::Solo => task.fits_solo(),
        }
    }
}

impl fmt::Display for AgentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for AgentKind {
    type Err = UnknownAgent;

    fn from_str(name: &str) -> Result<Self, UnknownAgent> {
        let found = AgentKind::ALL.into_iter().find(|kind| kind.name() == name);
        found.ok_or_else(|| UnknownAgent(name.to_owned()))
    }
}

/// What an agent is told and offered in one conversation, whoever is in its seat.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// What its model gets as its system prompt.
    pub system: String,
    /// The tools that it can call; an agent alone has those of both sides.
    pub tools: Vec<ToolSpec>,
    /// The tool that ends the work of an agent alone.
    pub done: Option<String>,
}

impl Brief {
    /// The brief of such an agent for a task.
    ///
    /// # Errors
    /// [`Failure::Setup`] when it cannot take the task, or the domain does not say what it is told.
    pub fn new(kind: AgentKind, definition: &Definition, task: &Task) -> Result<Brief, Failure> {
        if !kind.takes(task) {
            return Err(Failure::Setup(format!("{kind} cannot take the task {}", task.id)));
        }
        let wording = &definition.wording;
        let untold = |what: &str| {
            Failure::Setup(format!("the domain {} does not say what {what} is told", definition.id))
        };
        let brief = |system| Brief { system, tools: definition.agent_tools.clone(), done: None };
        match kind {
            AgentKind::Llm => Ok(brief(wording.agent_prompt(&definition.policy))),
            AgentKind::Plan => {
                let system = wording.plan_prompt(&definition.policy, task);
                system.map(brief).ok_or_else(|| untold("an agent with a plan"))
            }
            AgentKind::Solo => {
                let policy = definition.solo_policy.as_deref();
                let system = policy.and_then(|policy| wording.solo_prompt(policy, task));
                let (Some(system), Some(done)) = (system, &definition.done) else {
                    return Err(untold("an agent alone"));
                };
                let (tools, done) = (definition.solo_tools(), Some(done.name.clone()));
                Ok(Brief { system, tools, done })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_has_upstream_s_name() {
        for kind in AgentKind::ALL {
            assert_eq!(kind.name().parse(), Ok(kind));
        }
        let error = "llm_agnet".parse::<AgentKind>().unwrap_err().to_string();
        assert!(error.contains("llm_agent_solo"), "{error}");
    }
}
