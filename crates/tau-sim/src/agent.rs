//! How the agent's model is used in one conversation.

use std::sync::Arc;

use minijinja::context;
use tau_domain::{Domain, ToolSpec};
use tau_python::{Base, Heap};

use crate::prompts::{PromptError, Wording};
use crate::{AgentStrategy, exemplars};

/// What the agent's model is told, and how its replies are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentSetup {
    /// The strategy.
    pub strategy: AgentStrategy,
    /// The system prompt.
    pub system: String,
    /// Whether all tool calls of one message are carried out, in order. Upstream keeps the first.
    pub parallel_tool_calls: bool,
    /// Whether tool calls that a model writes as text are read (see [`crate::text_calls`]).
    pub text_tool_calls: bool,
}

/// Why an agent cannot be set up.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    /// Its prompt cannot be made.
    #[error(transparent)]
    Prompt(#[from] PromptError),
    /// There are too few example conversations.
    #[error(transparent)]
    Examples(#[from] exemplars::TooFew),
}

impl AgentSetup {
    /// An agent for one conversation in `domain`. A few-shot agent is shown some of `displays`, drawn
    /// by `seed`; the other strategies use none.
    ///
    /// # Errors
    /// When the prompt cannot be made, or there are too few displays.
    pub fn new(
        strategy: AgentStrategy,
        domain: &Domain,
        wording: &Wording,
        displays: &[String],
        seed: u64,
    ) -> Result<Self, SetupError> {
        let policy = &domain.policy;
        let id = strategy.prompt();
        let system = match strategy {
            AgentStrategy::ToolCalling => wording.render(id, context! { policy })?,
            AgentStrategy::Act | AgentStrategy::React => {
                wording.render(id, context! { policy, tools => tools_text(&domain.tools) })?
            }
            AgentStrategy::FewShot => {
                let examples = exemplars::draw(displays, seed)?;
                wording.render(id, context! { policy, examples })?
            }
        };
        Ok(AgentSetup { strategy, system, parallel_tool_calls: false, text_tool_calls: false })
    }

    /// The product's default: tool calling with the policy as it stands.
    pub fn tool_calling(domain: &Domain) -> Self {
        AgentSetup {
            strategy: AgentStrategy::ToolCalling,
            system: domain.policy.clone(),
            parallel_tool_calls: false,
            text_tool_calls: false,
        }
    }
}

/// The tools as text, as Python's `json.dumps` writes upstream's list of them
/// (`agents/chat_react_agent.py`).
pub fn tools_text(tools: &[ToolSpec]) -> String {
    let wire: Vec<serde_json::Value> = tools.iter().map(tau_llm::wire::tool_json).collect();
    let text = serde_json::Value::Array(wire).to_string();
    let Ok(base) = Base::from_json_tables(&[]) else { return text };
    let mut heap = Heap::new(Arc::new(base));
    let python = heap.read_json(&text).ok().and_then(|value| heap.json_dumps(&value).ok());
    // Only a schema nested more deeply than Python reads would stay as it is.
    python.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn tools_are_written_as_python_writes_them() {
        let tool = ToolSpec {
            name: "pay".into(),
            description: "Pays in €.".into(),
            parameters: json!({"type": "object", "properties": {"sum": {"type": "number", "minimum": 0.5}}}),
        };
        assert_eq!(
            tools_text(&[tool]),
            r#"[{"type": "function", "function": {"name": "pay", "description": "Pays in \u20ac.", "parameters": {"type": "object", "properties": {"sum": {"type": "number", "minimum": 0.5}}}}}]"#
        );
        assert_eq!(tools_text(&[]), "[]");
    }
}
