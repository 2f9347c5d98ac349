//! The practice agent in the clothes of an act or ReAct agent: it writes its actions as text.

use async_trait::async_trait;
use serde_json::json;
use tau_domain::{Message, RESPOND, Role, ToolCall};
use tau_llm::{ChatModel, ChatReply, ChatRequest, Finish, ModelError};

use super::PracticeAgent;
use crate::AgentStrategy;
use crate::play::API_OUTPUT;

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

/// The conversation as an agent with tool messages would have had it.
fn with_tool_messages(messages: &[Message]) -> Vec<Message> {
    let mut last: Option<ToolCall> = None;
    let plain = |message: &Message| {
        let reading = message.reading.as_deref()?;
        if let Some(call) = &reading.call {
            let mut calling = Message::text(Role::Assistant, "");
            calling.content = None;
            calling.tool_calls = vec![call.clone()];
            last = Some(call.clone());
            return Some(calling);
        }
        if reading.observation_of.is_some() {
            let content = message.content.as_deref().unwrap_or_default();
            let output = content.strip_prefix(API_OUTPUT).unwrap_or(content);
            return last.take().map(|call| Message::tool_result(&call, output));
        }
        Some(Message::text(message.role, message.heard()?))
    };
    let mut plain = plain;
    messages.iter().map(|message| plain(message).unwrap_or_else(|| message.clone())).collect()
}

#[async_trait]
impl ChatModel for PracticeInText {
    fn name(&self) -> &str {
        self.agent.name()
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        let messages = with_tool_messages(&request.messages);
        let reply = self.agent.chat(&ChatRequest { messages, ..request.clone() }).await?;
        let message = Message::text(Role::Assistant, self.written(&reply.message));
        Ok(ChatReply { message, finish: Finish::Stop, ..reply })
    }
}
