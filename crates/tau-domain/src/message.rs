//! What is said: messages in the shape of chat completions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Who a message is from, in the words of the chat-completions protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The agent's policy.
    System,
    /// The customer.
    User,
    /// The agent.
    Assistant,
    /// The result of a tool call.
    Tool,
}

/// A tool call that an agent asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToolCall {
    /// The provider's id of the call; the tool message answers to it.
    pub id: String,
    /// The tool's name.
    pub name: String,
    /// The arguments exactly as the model wrote them; not promised to be valid JSON.
    pub arguments: String,
}

/// What an agent that writes its actions as text reads before a tool's result (upstream
/// `agents/chat_react_agent.py`).
pub const API_OUTPUT: &str = "API output: ";

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// The text; `None` when an agent only calls a tool.
    #[serde(default)]
    pub content: Option<String>,
    /// The calls of an assistant message, in the model's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tool_calls: Vec<ToolCall>,
    /// For a tool message: the call it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool_call_id: Option<String>,
    /// For a tool message: the tool's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the product read out of this message, where its content is not itself what was said or
    /// done. Kept with the transcript; never sent to a model and never part of an exported file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Box<Reading>>,
    /// What the provider of an assistant message wants back with it, unchanged: signed traces of its
    /// thinking. Opaque, never shown; sent to models of the same format only (`tau-llm`), and never
    /// part of an exported file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub echo: Option<String>,
    /// Whether a model's message was taken from the cache of replies instead of being asked for. Kept
    /// with the transcript; never sent to a model.
    #[serde(default, skip_serializing_if = "is_false")]
    pub cached: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// What was read out of a message whose content is not itself what was said or done: an agent that
/// writes its actions as text (ReAct, arXiv 2210.03629), or a simulated customer that thinks, or
/// whose drafts were rejected, before it speaks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// A thought that the other side does not hear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thought: Option<String>,
    /// What the other side heard, when that is not the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
    /// The tool call that was read from the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<ToolCall>,
    /// The tool whose result a user message carries (strategies without tool messages).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observation_of: Option<String>,
    /// What the customer would have said before this, in order, and what was wrong with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<Draft>,
    /// What a steered customer's own voice noticed while it spoke.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steering: Option<Steering>,
}

/// How a message of a steered customer came about, as its voice saw it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Steering {
    /// Trait -> how much of it the model's own state showed while it wrote the message: 0 is the mean
    /// of lines without the trait, 1 the mean of lines with much of it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub projection: BTreeMap<String, f64>,
    /// Messages that were thrown away before this one because they were broken.
    #[serde(default)]
    pub resampled: u32,
    /// Share of the asked strength that was applied; 1 is all of it.
    #[serde(default = "whole")]
    pub strength: f64,
    /// What a reader should know of it, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

fn whole() -> f64 {
    1.0
}

impl Default for Steering {
    fn default() -> Self {
        Steering { projection: BTreeMap::new(), resampled: 0, strength: whole(), notes: Vec::new() }
    }
}

/// A draft of a customer's message that was not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The draft.
    pub text: String,
    /// The answer of the model that checked it, or what became of it.
    pub verdict: String,
}

impl Message {
    /// A message that is text alone.
    pub fn text(role: Role, content: impl Into<String>) -> Self {
        Message {
            role,
            content: Some(content.into()),
            tool_calls: Vec::new(),
            tool_call_id: None,
            name: None,
            reading: None,
            echo: None,
            cached: false,
        }
    }

    /// The answer of a tool to `call`.
    pub fn tool_result(call: &ToolCall, observation: impl Into<String>) -> Self {
        Message {
            role: Role::Tool,
            content: Some(observation.into()),
            tool_calls: Vec::new(),
            tool_call_id: Some(call.id.clone()),
            name: Some(call.name.clone()),
            reading: None,
            echo: None,
            cached: false,
        }
    }

    /// The same with a reading.
    #[must_use]
    pub fn with_reading(mut self, reading: Reading) -> Self {
        self.reading = Some(Box::new(reading));
        self
    }

    /// The calls that this message makes: those of the protocol, or the one read from its text.
    pub fn calls(&self) -> &[ToolCall] {
        let read = self.reading.as_ref().and_then(|reading| reading.call.as_ref());
        match read {
            Some(call) if self.tool_calls.is_empty() => std::slice::from_ref(call),
            _ => &self.tool_calls,
        }
    }

    /// The tool whose result this message carries, in whatever role it travels.
    pub fn observation_of(&self) -> Option<&str> {
        match self.role {
            Role::Tool => Some(self.name.as_deref().unwrap_or_default()),
            _ => self.reading.as_ref()?.observation_of.as_deref(),
        }
    }

    /// The result of a tool that this message carries, as the tool gave it.
    pub fn observation(&self) -> Option<&str> {
        self.observation_of()?;
        let content = self.content.as_deref().unwrap_or_default();
        if self.role == Role::Tool {
            return Some(content);
        }
        Some(content.strip_prefix(API_OUTPUT).unwrap_or(content))
    }

    /// What the other side of the conversation heard of this message: nothing of the policy, of tool
    /// calls and of tools' results.
    pub fn heard(&self) -> Option<&str> {
        if let Some(said) = self.reading.as_ref().and_then(|reading| reading.said.as_deref()) {
            return Some(said);
        }
        let speaks = matches!(self.role, Role::User | Role::Assistant);
        let silent = !speaks || !self.calls().is_empty() || self.observation_of().is_some();
        if silent { None } else { Some(self.content.as_deref().unwrap_or_default()) }
    }
}

/// A tool as the agent's model is told of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToolSpec {
    /// The name by which it is called.
    pub name: String,
    /// What it does, for the model.
    pub description: String,
    /// JSON Schema of its arguments (`type: object`), key order kept.
    pub parameters: serde_json::Value,
}

/// What a reply cost in tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Tokens of the prompt.
    pub input_tokens: u64,
    /// Tokens of the answer.
    pub output_tokens: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(name: &str) -> ToolCall {
        ToolCall { id: "1".into(), name: name.into(), arguments: "{}".into() }
    }

    #[test]
    fn what_is_heard_of_a_message_is_neither_policy_nor_calls_nor_results() {
        assert_eq!(Message::text(Role::System, "policy").heard(), None);
        assert_eq!(Message::tool_result(&call("look"), "found").heard(), None);
        assert_eq!(Message::text(Role::User, "Hello").heard(), Some("Hello"));
        let output = Message::text(Role::User, "API output: 5")
            .with_reading(Reading { observation_of: Some("look".into()), ..Reading::default() });
        assert_eq!((output.heard(), output.observation_of()), (None, Some("look")));
        assert_eq!(output.observation(), Some("5"));
        let acting = Message::text(Role::Assistant, "Action: ...")
            .with_reading(Reading { call: Some(call("look")), ..Reading::default() });
        assert_eq!((acting.heard(), acting.calls()), (None, &[call("look")][..]));
        let saying = Message::text(Role::Assistant, "Thought: ...\nAction: Hi.")
            .with_reading(Reading { said: Some("Hi.".into()), ..Reading::default() });
        assert_eq!(saying.heard(), Some("Hi."));
    }

    #[test]
    fn a_message_that_was_stored_before_there_were_readings_still_reads() {
        let message: Message =
            serde_json::from_str(r#"{"role":"user","content":"Hello"}"#).unwrap();
        assert_eq!(message, Message::text(Role::User, "Hello"));
        let written = serde_json::to_string(&message).unwrap();
        assert!(!written.contains("reading"), "{written}");
        let thinking = message
            .with_reading(Reading { thought: Some("Ask for less.".into()), ..Reading::default() });
        let written = serde_json::to_string(&thinking).unwrap();
        assert_eq!(serde_json::from_str::<Message>(&written).unwrap(), thinking);
    }
}
