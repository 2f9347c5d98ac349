//! The simulated customer.

use async_trait::async_trait;
use minijinja::context;
use tau_domain::{Message, Role, Task};
use tau_llm::{ChatModel, ChatReply, ChatRequest, ModelError, ModelErrorKind};
use tau_traits::TraitMix;

use crate::CustomerStrategy;
use crate::prompts::Wording;

/// What the customer is taken to have heard first. It is in the customer's history only.
pub const GREETING: &str = "Hi! How can I help you today?";

/// Somebody who wants something of the agent.
#[async_trait]
pub trait Customer: Send + Sync {
    /// The name a person knows it by.
    fn name(&self) -> &str;

    /// What the customer says next. `conversation` is the agent's view, policy and tool messages
    /// included; the first call comes before anybody has said anything.
    async fn reply(&self, conversation: &[Message]) -> Result<ChatReply, ModelError>;
}

/// A customer played by a model.
pub struct ModelCustomer {
    model: Box<dyn ChatModel>,
    system: String,
    temperature: Option<f64>,
}

impl ModelCustomer {
    /// The customer of `task`, played by `model` as `strategy` says. A mix reaches a language model
    /// in the system prompt; steer and practice models know theirs already.
    ///
    /// # Errors
    /// When the prompt cannot be made.
    pub fn new(
        strategy: CustomerStrategy,
        model: Box<dyn ChatModel>,
        task: &Task,
        mix: &TraitMix,
    ) -> Result<Self, ModelError> {
        let traits = match strategy {
            CustomerStrategy::TraitMix | CustomerStrategy::Practice => Vec::new(),
            _ => mix.prompt_texts(),
        };
        Ok(ModelCustomer {
            model,
            system: system_prompt(&task.instruction, &traits)?,
            temperature: None,
        })
    }

    /// The same with a sampling temperature; without one the model's own default holds.
    pub fn with_temperature(mut self, temperature: f64) -> Self {
        self.temperature = Some(temperature);
        self
    }
}

/// The instructions for whoever plays the customer.
fn system_prompt(instruction: &str, traits: &[&str]) -> Result<String, ModelError> {
    Wording::shipped()
        .render("customer/llm", context! { instruction, traits })
        .map_err(|error| ModelError::new(ModelErrorKind::BadRequest, error.to_string()))
}

/// The conversation as the customer sees it: the sides swapped, without tools, after the greeting.
fn swapped(system: &str, conversation: &[Message]) -> Vec<Message> {
    let mut messages =
        vec![Message::text(Role::System, system), Message::text(Role::User, GREETING)];
    for message in conversation {
        let said = || message.content.clone().unwrap_or_default();
        match message.role {
            Role::User => messages.push(Message::text(Role::Assistant, said())),
            Role::Assistant if message.tool_calls.is_empty() => {
                messages.push(Message::text(Role::User, said()));
            }
            Role::System | Role::Assistant | Role::Tool => {}
        }
    }
    messages
}

#[async_trait]
impl Customer for ModelCustomer {
    fn name(&self) -> &str {
        self.model.name()
    }

    async fn reply(&self, conversation: &[Message]) -> Result<ChatReply, ModelError> {
        let request = ChatRequest {
            messages: swapped(&self.system, conversation),
            temperature: self.temperature,
            ..ChatRequest::default()
        };
        self.model.chat(&request).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tau_domain::ToolCall;

    #[test]
    fn the_customer_sees_the_agent_as_the_other_side_and_no_tools() {
        let call = ToolCall { id: "1".into(), name: "t".into(), arguments: "{}".into() };
        let mut calling = Message::text(Role::Assistant, "One moment.");
        calling.tool_calls.push(call.clone());
        let conversation = [
            Message::text(Role::System, "policy"),
            Message::text(Role::User, "I want a refund."),
            calling,
            Message::tool_result(&call, "secret"),
            Message::text(Role::Assistant, "Which order?"),
        ];
        let seen: Vec<(Role, String)> = swapped("you are a customer", &conversation)
            .into_iter()
            .map(|message| (message.role, message.content.unwrap()))
            .collect();
        assert_eq!(
            seen,
            [
                (Role::System, "you are a customer".to_owned()),
                (Role::User, GREETING.to_owned()),
                (Role::Assistant, "I want a refund.".to_owned()),
                (Role::User, "Which order?".to_owned()),
            ]
        );
    }

    #[test]
    fn the_prompt_holds_the_instruction_and_the_traits_as_they_are() {
        let instruction = "You are Ann. {{ not a template }}";
        let plain = system_prompt(instruction, &[]).unwrap();
        assert!(plain.contains(instruction) && plain.contains("###STOP###"));
        assert!(!plain.contains("How you come across"));
        let mixed = system_prompt(instruction, &["You are terse.", "You doubt."]).unwrap();
        assert!(mixed.contains("- You are terse.\n- You doubt.\n"), "{mixed}");
    }
}
