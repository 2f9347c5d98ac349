//! Models for tests: they say what a script says.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use tau_domain::{Message, Role, ToolCall, Usage};
use tau_llm::{ChatModel, ChatReply, ChatRequest, Finish, ModelError, ModelErrorKind};

/// A model that gives prepared replies in order and keeps what it was asked.
#[derive(Debug, Default)]
pub struct ScriptedModel {
    replies: Mutex<VecDeque<Result<Message, ModelError>>>,
    asked: Mutex<Vec<ChatRequest>>,
}

impl ScriptedModel {
    /// A model that replies with these messages and then fails with "the script is at its end".
    pub fn new(replies: impl IntoIterator<Item = Message>) -> Self {
        ScriptedModel {
            replies: Mutex::new(replies.into_iter().map(Ok).collect()),
            asked: Mutex::default(),
        }
    }

    /// A model that says these texts.
    pub fn saying<S: Into<String>>(texts: impl IntoIterator<Item = S>) -> Self {
        ScriptedModel::new(texts.into_iter().map(|text| Message::text(Role::Assistant, text)))
    }

    /// A model that fails with `error`.
    pub fn failing(error: ModelError) -> Self {
        ScriptedModel { replies: Mutex::new(VecDeque::from([Err(error)])), asked: Mutex::default() }
    }

    /// What it has been asked so far.
    pub fn asked(&self) -> Vec<ChatRequest> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// An assistant message that calls tools: pairs of name and arguments.
pub fn calling(calls: &[(&str, &str)]) -> Message {
    let tool_calls = calls
        .iter()
        .enumerate()
        .map(|(index, (name, arguments))| ToolCall {
            id: format!("call_{index}"),
            name: (*name).to_owned(),
            arguments: (*arguments).to_owned(),
        })
        .collect();
    Message { content: None, tool_calls, ..Message::text(Role::Assistant, "") }
}

#[async_trait]
impl ChatModel for ScriptedModel {
    fn name(&self) -> &str {
        "script"
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(request.clone());
        let next = self.replies.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let message = next.unwrap_or_else(|| {
            Err(ModelError::new(ModelErrorKind::Unavailable, "the script is at its end"))
        })?;
        Ok(ChatReply {
            message,
            usage: Usage { input_tokens: 10, output_tokens: 1 },
            finish: Finish::Stop,
            cost_usd: Some(0.001),
            attempts: 1,
        })
    }
}
