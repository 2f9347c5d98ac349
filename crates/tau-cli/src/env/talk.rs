//! Talking with a model that holds the agent's tools, as upstream's environment command has it
//! (`tau2/environment/utils/interface_agent.py`): it calls until it says something.

use tau_domain::{Message, Role};
use tau_llm::{ChatModel, ChatRequest};
use tau_sim::tau2::DEFAULT_MAX_STEPS;
use tau_toolkits::{Definition, Requestor, ToolCall, Value};

use crate::error::CliError;
use crate::llm::{Llm, Models};

/// An agent that somebody talks to.
pub struct Agent {
    model: Box<dyn ChatModel>,
    said: Vec<Message>,
}

impl Agent {
    /// The agent whose model is asked for by this word.
    ///
    /// # Errors
    /// Where its provider is unknown or its key is missing.
    pub async fn connect(word: &str, models: &Models) -> Result<Agent, CliError> {
        match Llm::of(word) {
            Llm::Practice => Err(CliError::new(
                "usage",
                "The practice models follow a task and cannot be talked to. Choose a real model.",
            )),
            Llm::Remote { provider, model } => {
                let model = models.connect(&provider, &model).await?;
                Ok(Agent { model, said: Vec::new() })
            }
        }
    }

    /// Forgets everything that was said: the environment is another.
    pub fn forget(&mut self) {
        self.said.clear();
    }

    /// Says something to the agent and lets it call tools until it answers in words. `call` carries out
    /// a call, shows it to whoever looks on, and gives the tool's answer.
    ///
    /// # Errors
    /// When the model cannot be asked, or calls without end. What was called stays done and known.
    pub async fn answer(
        &mut self,
        text: &str,
        definition: &Definition,
        mut call: impl FnMut(&ToolCall) -> String,
    ) -> Result<String, CliError> {
        let begun = self.said.len();
        self.said.push(Message::text(Role::User, text));
        for _ in 0..DEFAULT_MAX_STEPS {
            let reply = match self.model.chat(&self.request(definition)).await {
                Ok(reply) => reply.message,
                Err(error) => {
                    // Nobody has heard it yet, so it can be said again.
                    if self.said.len() == begun + 1 {
                        self.said.truncate(begun);
                    }
                    return Err(CliError::new("provider", error.message));
                }
            };
            self.said.push(reply.clone());
            if reply.tool_calls.is_empty() {
                return Ok(reply.content.unwrap_or_default());
            }
            for wanted in &reply.tool_calls {
                let answer = match read(wanted) {
                    Ok(wanted) => call(&wanted),
                    Err(why) => format!("Error: {why}"),
                };
                self.said.push(Message::tool_result(wanted, answer));
            }
        }
        Err(CliError::new("agent", "The agent calls tools without ever saying something."))
    }

    fn request(&self, definition: &Definition) -> ChatRequest {
        let system = definition.wording.agent_prompt(&definition.policy);
        let system = Message::text(Role::System, system);
        ChatRequest {
            messages: std::iter::once(system).chain(self.said.iter().cloned()).collect(),
            tools: definition.agent_tools.clone(),
            temperature: Some(0.0),
            ..ChatRequest::default()
        }
    }
}

/// A model's call as the toolkits take it.
fn read(call: &tau_domain::ToolCall) -> Result<ToolCall, String> {
    let text = if call.arguments.trim().is_empty() { "{}" } else { &call.arguments };
    match Value::read_json(text) {
        Ok(Value::Dict(arguments)) => Ok(ToolCall {
            id: call.id.clone(),
            name: call.name.clone(),
            arguments,
            requestor: Requestor::Assistant,
        }),
        _ => Err(format!("the arguments of {} are no JSON object", call.name)),
    }
}
