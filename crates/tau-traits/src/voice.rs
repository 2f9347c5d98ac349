//! Who speaks for a simulated customer.
//!
//! Whatever plays the customer, a prompted model, the hosted steer service, a model steered on this
//! computer or nobody's traits at all, is asked the same thing: the customer's next message. How the
//! traits get into it is the voice's own affair.

use async_trait::async_trait;
use tau_domain::{Message, ToolSpec};
use tau_llm::{ChatModel, ChatReply, ChatRequest, ModelError, ModelErrorKind};

/// How traits reach a customer's messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VoiceKind {
    /// In words, in the prompt of a language model.
    Prompted,
    /// By name and level, to the hosted steer service.
    Hosted,
    /// By activation steering of a model on this computer.
    Local,
    /// Not at all, or by itself: the practice customer and people.
    Unsteered,
}

impl VoiceKind {
    /// Its name in files and in storage.
    pub fn name(self) -> &'static str {
        match self {
            VoiceKind::Prompted => "prompted",
            VoiceKind::Hosted => "hosted",
            VoiceKind::Local => "local",
            VoiceKind::Unsteered => "unsteered",
        }
    }
}

/// How a message is drawn. What is `None` is left to the model's own default.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sampling {
    /// Sampling temperature.
    pub temperature: Option<f64>,
    /// Sampling seed.
    pub seed: Option<u64>,
    /// Most tokens of the message.
    pub max_tokens: Option<u32>,
}

impl Sampling {
    /// A request without tools for these messages.
    pub fn request(self, messages: Vec<Message>) -> ChatRequest {
        ChatRequest {
            messages,
            temperature: self.temperature,
            seed: self.seed,
            max_tokens: self.max_tokens,
            ..ChatRequest::default()
        }
    }
}

/// A simulated customer's voice.
#[async_trait]
pub trait CustomerVoice: Send + Sync {
    /// The name a person knows it by.
    fn name(&self) -> &str;

    /// How traits reach it.
    fn kind(&self) -> VoiceKind;

    /// What the customer's system prompt has to say of its traits, a text each; empty for a voice
    /// that is not told them in words.
    fn told(&self) -> Vec<String> {
        Vec::new()
    }

    /// The customer's next message. `history` is the customer's own view: the system message first,
    /// the customer is the assistant, and the other side spoke last.
    ///
    /// # Errors
    /// When the model cannot be asked; what was asked for is not the customer's message then.
    async fn say(&self, history: Vec<Message>, sampling: Sampling)
    -> Result<ChatReply, ModelError>;

    /// As [`CustomerVoice::say`], for a customer with tools of its own, a phone in its hand for
    /// instance: the reply may call some of them instead of saying something.
    ///
    /// # Errors
    /// As [`CustomerVoice::say`]; also when there are tools and this voice only speaks.
    async fn act(
        &self,
        history: Vec<Message>,
        tools: &[ToolSpec],
        sampling: Sampling,
    ) -> Result<ChatReply, ModelError> {
        if tools.is_empty() {
            return self.say(history, sampling).await;
        }
        let message = format!(
            "{} can speak for a customer but cannot use a customer's device: choose a language model \
             that calls tools.",
            self.name()
        );
        Err(ModelError::new(ModelErrorKind::BadRequest, message))
    }

    /// Asks whoever speaks something besides the conversation, out of the role: whether a draft may
    /// be sent, for instance. No trait has a part in the answer, where that is the voice's to say.
    ///
    /// # Errors
    /// As [`CustomerVoice::say`].
    async fn ask(
        &self,
        messages: Vec<Message>,
        sampling: Sampling,
    ) -> Result<ChatReply, ModelError> {
        self.say(messages, sampling).await
    }
}

/// A voice without traits, or one that lives them by itself: the practice customer, a person, and any
/// other model that is asked as it is.
pub struct Unsteered(Box<dyn ChatModel>);

impl Unsteered {
    /// The voice of `model`.
    pub fn new(model: Box<dyn ChatModel>) -> Self {
        Unsteered(model)
    }
}

#[async_trait]
impl CustomerVoice for Unsteered {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn kind(&self) -> VoiceKind {
        VoiceKind::Unsteered
    }

    async fn say(
        &self,
        history: Vec<Message>,
        sampling: Sampling,
    ) -> Result<ChatReply, ModelError> {
        self.act(history, &[], sampling).await
    }

    async fn act(
        &self,
        history: Vec<Message>,
        tools: &[ToolSpec],
        sampling: Sampling,
    ) -> Result<ChatReply, ModelError> {
        let request = ChatRequest { tools: tools.to_vec(), ..sampling.request(history) };
        self.0.chat(&request).await
    }
}
