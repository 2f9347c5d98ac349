//! The hosted service as a customer's voice.

use async_trait::async_trait;
use tau_domain::Message;
use tau_llm::{ChatModel, ChatReply, ModelError};

use crate::{CustomerVoice, Sampling, VoiceKind};

/// A customer's voice that a steer service gives it. The traits reach the service with each message,
/// by name and level; the prompt does not mention them.
pub struct Hosted(Box<dyn ChatModel>);

impl Hosted {
    /// The voice of a [`super::SteerClient`], which may be journaled.
    pub fn new(client: Box<dyn ChatModel>) -> Self {
        Hosted(client)
    }
}

#[async_trait]
impl CustomerVoice for Hosted {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn kind(&self) -> VoiceKind {
        VoiceKind::Hosted
    }

    async fn say(
        &self,
        history: Vec<Message>,
        sampling: Sampling,
    ) -> Result<ChatReply, ModelError> {
        self.0.chat(&sampling.request(history)).await
    }
}
