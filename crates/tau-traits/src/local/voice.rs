//! A customer's voice whose traits are in the activations of a model on this computer.

use async_trait::async_trait;
use tau_domain::Message;
use tau_llm::{ChatModel, ChatReply, ModelError};

use crate::{CustomerVoice, Sampling, VoiceKind};

/// A customer played by a steered model.
///
/// It is told nothing of its traits: they are added while it writes, at every token alike, so there is
/// nothing that could fade from its memory and nothing to be reminded of. Questions out of the role go to
/// the same model unsteered.
pub struct LocalVoice {
    speaks: Box<dyn ChatModel>,
    thinks: Box<dyn ChatModel>,
}

impl LocalVoice {
    /// The voice of `speaks`, a [`super::SteeredModel`] or what is wrapped around one; `thinks` is the same
    /// model without traits.
    pub fn new(speaks: Box<dyn ChatModel>, thinks: Box<dyn ChatModel>) -> Self {
        LocalVoice { speaks, thinks }
    }
}

#[async_trait]
impl CustomerVoice for LocalVoice {
    fn name(&self) -> &str {
        self.speaks.name()
    }

    fn kind(&self) -> VoiceKind {
        VoiceKind::Local
    }

    async fn say(
        &self,
        history: Vec<Message>,
        sampling: Sampling,
    ) -> Result<ChatReply, ModelError> {
        self.speaks.chat(&sampling.request(history)).await
    }

    async fn ask(
        &self,
        messages: Vec<Message>,
        sampling: Sampling,
    ) -> Result<ChatReply, ModelError> {
        self.thinks.chat(&sampling.request(messages)).await
    }
}
