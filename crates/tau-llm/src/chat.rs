//! The one trait behind which every model stands.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use tau_domain::{Message, ToolSpec, Usage};

use crate::ModelError;

/// A question to a model.
#[derive(Clone, Debug, Default)]
pub struct ChatRequest {
    /// The conversation so far, oldest first.
    pub messages: Vec<Message>,
    /// Tools the model may call; empty for none.
    pub tools: Vec<ToolSpec>,
    /// Whether it has to call one of them; otherwise it may as well say something.
    pub must_call: bool,
    /// Sampling temperature; `None` leaves the provider's default.
    pub temperature: Option<f64>,
    /// Sampling seed, for providers that take one.
    pub seed: Option<u64>,
    /// Upper bound of the answer in tokens.
    pub max_tokens: Option<u32>,
}

impl ChatRequest {
    /// Whether the model has to call a tool and there is one.
    pub fn has_to_call(&self) -> bool {
        self.must_call && !self.tools.is_empty()
    }
}

/// Why a model stopped writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finish {
    /// It was done.
    Stop,
    /// It called tools.
    ToolCalls,
    /// It ran into the token limit.
    Length,
    /// The provider's filter stepped in.
    ContentFilter,
    /// The provider gave another reason or none.
    Other,
}

/// A model's answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChatReply {
    /// The assistant message.
    pub message: Message,
    /// Tokens used, as the provider counts them.
    pub usage: Usage,
    /// Why it ended.
    pub finish: Finish,
    /// Price in US dollars where known.
    pub cost_usd: Option<f64>,
    /// Attempts before this reply, those that failed included (1 = at once, 0 = it was not asked for).
    pub attempts: u32,
}

/// A model that can be asked.
#[async_trait]
pub trait ChatModel: Send + Sync {
    /// The name a person knows it by, for instance `gpt-4o` or `practice agent`.
    fn name(&self) -> &str;

    /// Asks once. Retries happen inside; dropping the future cancels the call.
    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError>;

    /// Told, instead of being asked, when a resumed conversation has the reply already.
    fn recalled(&self, _request: &ChatRequest, _reply: &ChatReply) {}
}

#[async_trait]
impl<M: ChatModel + ?Sized> ChatModel for Box<M> {
    fn name(&self) -> &str {
        (**self).name()
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        (**self).chat(request).await
    }

    fn recalled(&self, request: &ChatRequest, reply: &ChatReply) {
        (**self).recalled(request, reply);
    }
}

#[async_trait]
impl<M: ChatModel + ?Sized> ChatModel for std::sync::Arc<M> {
    fn name(&self) -> &str {
        (**self).name()
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        (**self).chat(request).await
    }

    fn recalled(&self, request: &ChatRequest, reply: &ChatReply) {
        (**self).recalled(request, reply);
    }
}
