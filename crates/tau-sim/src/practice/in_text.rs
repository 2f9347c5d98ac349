//! The practice agent in the clothes of an act or ReAct agent: it writes its actions as text.

use async_trait::async_trait;
use serde_json::json;
use tau_domain::{Message, RESPOND, Role, ToolCall};
use tau_llm::{ChatModel, ChatReply, ChatRequest, Finish, ModelError};

use super::PracticeAgent;
use crate::AgentStrategy;

/// A practice agent that is told of tools' results in user messages and writes what it does as text.
#[derive(Debug)]
pub struct PracticeInText {
    agent: PracticeAgent,
    thinks: bool,
}

impl PracticeInText {
    /// `agent` as `strategy` has it; with a thought for [`AgentStrategy::React`].
    pub fn new(agent: PracticeAgent, strategy: AgentStrategy) -> Self {
        PracticeInText { agent, thinks: strategy == AgentStrategy::React }
    }

    /// The conversation as an agent with tool messages would have had it. What the text does not tell
    /// of a call, its id, the agent says again: it is a function of the conversation.
    async fn with_tool_messages(&self, request: &ChatRequest) -> Result<Vec<Message>, ModelError> {
        let mut plain = Vec::with_capacity(request.messages.len());
        let mut called: Option<ToolCall> = None;
        for message in &request.messages {
            let said = if message.reading.as_ref().is_some_and(|reading| reading.call.is_some()) {
                let so_far = ChatRequest { messages: plain.clone(), ..request.clone() };
                let again = self.agent.chat(&so_far).await?.message;
                called = again.tool_calls.first().cloned();
                again
            } else if let (Some(output), Some(call)) = (message.observation(), called.take()) {
                Message::tool_result(&call, output)
            } else {
                match message.heard() {
                    Some(heard) => Message::text(message.role, heard),
                    None => message.clone(),
                }
            };
            plain.push(said);
        }
        Ok(plain)
    }

    fn written(&self, message: &Message) -> String {
        let (thought, action) = match message.tool_calls.first() {
            Some(call) => {
                let arguments: serde_json::Value =
                    serde_json::from_str(&call.arguments).unwrap_or_default();
                let action = json!({"name": call.name, "arguments": arguments});
                (format!("I have what {} needs, so I call it.", call.name), action)
            }
            None => {
                let content = message.content.as_deref().unwrap_or_default();
                let action = json!({"name": RESPOND, "arguments": {"content": content}});
                ("The customer has to hear this before I go on.".to_owned(), action)
            }
        };
        let action = format!("Action:\n{action}");
        if self.thinks { format!("Thought:\n{thought}\n{action}") } else { action }
    }
}

#[async_trait]
impl ChatModel for PracticeInText {
    fn name(&self) -> &str {
        self.agent.name()
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        let messages = self.with_tool_messages(request).await?;
        let reply = self.agent.chat(&ChatRequest { messages, ..request.clone() }).await?;
        let message = Message::text(Role::Assistant, self.written(&reply.message));
        Ok(ChatReply { message, finish: Finish::Stop, ..reply })
    }
}
