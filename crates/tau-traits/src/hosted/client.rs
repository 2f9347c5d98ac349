//! A customer behind a steer service.

use async_trait::async_trait;
use serde_json::{Map, Value};
use tau_domain::{Message, Role, Usage};
use tau_llm::{ChatModel, ChatReply, ChatRequest, Finish, ModelError, ModelErrorKind};

use super::listing::known_of;
use super::service::{Ask, SteerService};
use super::wire::Characteristics;

/// A customer with one mix of traits, played by a steer service.
#[derive(Clone, Debug)]
pub struct SteerClient {
    service: SteerService,
    trait_dict: Map<String, Value>,
    characteristics: Characteristics,
}

impl SteerClient {
    /// A customer with the traits of `trait_dict`, which goes over the wire as it is
    /// (see [`super::wire_dict`]).
    pub fn new(service: SteerService, trait_dict: Map<String, Value>) -> Self {
        SteerClient { service, trait_dict, characteristics: Characteristics::default() }
    }

    /// The same customer with an age, a language and so on.
    #[must_use]
    pub fn with_characteristics(mut self, characteristics: Characteristics) -> Self {
        self.characteristics = characteristics;
        self
    }

    /// A service says 422 to a trait that it does not know and not always which one it was; its list
    /// tells.
    async fn refused(&self, error: ModelError) -> ModelError {
        if self.trait_dict.is_empty() {
            let message = format!(
                "{} refuses a customer without any trait, so it cannot play the baseline. Have a language model play the customers, or compare with the trait at its lowest level.",
                self.service.name()
            );
            return ModelError { message, ..error };
        }
        let Ok(known) = self.service.traits().await else { return error };
        match known_of(&self.service, &self.trait_dict, &known) {
            Ok(()) => error,
            Err(unknown) => ModelError { message: unknown.to_string(), ..error },
        }
    }
}

#[async_trait]
impl ChatModel for SteerClient {
    fn name(&self) -> &str {
        self.service.name()
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        let usual = Ask::new(&self.trait_dict, &request.messages);
        let ask = Ask {
            temperature: request.temperature.unwrap_or(usual.temperature),
            max_tokens: request.max_tokens.unwrap_or(usual.max_tokens),
            seed: request.seed,
            characteristics: self.characteristics.clone(),
            ..usual
        };
        let (text, attempts) = match self.service.say(&ask).await {
            Ok(said) => said,
            Err(error) if error.kind == ModelErrorKind::BadRequest => {
                return Err(self.refused(error).await);
            }
            Err(error) => return Err(error),
        };
        Ok(ChatReply {
            message: Message::text(Role::Assistant, text),
            // The protocol counts no tokens and names no price.
            usage: Usage::default(),
            finish: Finish::Stop,
            cost_usd: None,
            attempts,
        })
    }
}
