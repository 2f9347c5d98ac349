//! A chat model whose replies are steered, and looked at before anybody hears them.

use std::sync::Arc;

use async_trait::async_trait;
use tau_decoder::{DecoderError, Finish as Ended, Generated, Job, Sampling};
use tau_domain::{Message, Reading, Role, Steering, Usage};
use tau_llm::{ChatModel, ChatReply, ChatRequest, Finish, ModelError, ModelErrorKind};

use super::guard::{STOP, fault};
use super::{Injection, LocalModel};

/// Temperature of a reply that nobody asked another for; that of the hosted steer service.
const TEMPERATURE: f64 = 0.7;
/// Tokens of a reply that nobody asked another bound for; that of the hosted steer service.
const MAX_TOKENS: u32 = 256;
/// Shares of the strength at which a reply is drawn until it is a message: twice more gently, then
/// not steered at all.
const TRIES: [f64; 4] = [1.0, 0.8, 0.64, 0.0];

/// A local model with a mix of traits.
pub struct SteeredModel {
    model: Arc<LocalModel>,
    injection: Option<Injection>,
}

impl SteeredModel {
    pub(super) fn new(model: Arc<LocalModel>, injection: Option<Injection>) -> Self {
        SteeredModel { model, injection }
    }

    /// What is added, and which share of what was asked it is; `None` when nothing is.
    pub fn injection(&self) -> Option<&Injection> {
        self.injection.as_ref()
    }

    async fn draw(&self, request: &ChatRequest, attempt: usize) -> Result<Generated, ModelError> {
        let along = self.injection.as_ref().map(|injection| injection.times(TRIES[attempt]));
        let push = along.filter(|along| along.rho > 0.0).map(|along| (along.layer, along.vector));
        // Every turn and every try draws its own chance from the conversation's seed.
        let turn = request.messages.len() as u64;
        let seed = request.seed.unwrap_or_default() ^ (turn << 8 | attempt as u64) << 32;
        let job = Job {
            messages: spoken(&request.messages),
            push: push.into_iter().collect(),
            sampling: Sampling {
                temperature: request.temperature.unwrap_or(TEMPERATURE),
                seed,
                ..Sampling::default()
            },
            max_tokens: request.max_tokens.unwrap_or(MAX_TOKENS) as usize,
            stop: vec![STOP.to_owned()],
            capture: self.injection.is_some(),
        };
        self.model.engine().generate(job).await.map_err(|error| sorted(&error))
    }

    /// What the customer's traits looked like from within while the reply was written. The layer is read
    /// before the vector is added, and only later layers and tokens feel that, so this is what the text
    /// shows and not what was done to it.
    fn steering(&self, reply: &Generated, tried: usize, notes: Vec<String>) -> Option<Steering> {
        let injection = self.injection.as_ref()?;
        let residual = reply.hidden.as_ref().filter(|read| read.count > 0);
        let at = residual.and_then(|read| read.layers.get(injection.layer));
        let basis = self.model.basis();
        let projection = at.zip(basis).map(|(at, basis)| basis.projections(&at.mean));
        Some(Steering {
            projection: projection.unwrap_or_default(),
            resampled: tried as u32,
            strength: injection.share * TRIES[tried],
            notes,
        })
    }
}

#[async_trait]
impl ChatModel for SteeredModel {
    fn name(&self) -> &str {
        &self.model.info().name
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        if !request.tools.is_empty() {
            let message = "a model on this computer plays customers and calls no tools: choose another \
                           model for the agent";
            return Err(ModelError::new(ModelErrorKind::BadRequest, message));
        }
        let mut usage = Usage::default();
        let mut notes = Vec::new();
        if let Some(injection) = self.injection.as_ref().filter(|one| one.share < 0.999) {
            let share = 100.0 * injection.share;
            notes.push(format!("The mix was too strong to be played in full: {share:.0} % of it."));
        }
        for (attempt, strength) in TRIES.into_iter().enumerate() {
            let reply = self.draw(request, attempt).await?;
            usage.input_tokens += reply.prompt_tokens as u64;
            usage.output_tokens += reply.tokens.len() as u64;
            let text = said(&reply);
            let Some(fault) = fault(&text) else {
                let mut message = Message::text(Role::Assistant, text);
                if let Some(steering) = self.steering(&reply, attempt, notes) {
                    let steering = Some(steering);
                    message = message.with_reading(Reading { steering, ..Reading::default() });
                }
                return Ok(ChatReply {
                    message,
                    usage,
                    finish: if reply.finish == Ended::Length {
                        Finish::Length
                    } else {
                        Finish::Stop
                    },
                    cost_usd: Some(0.0),
                    attempts: attempt as u32 + 1,
                });
            };
            tracing::warn!(
                model = self.name(),
                attempt,
                strength,
                %fault,
                "a local customer's reply is drawn again"
            );
            notes.push(format!("A reply was thrown away: it {fault}."));
        }
        let message = format!(
            "{} wrote no usable message in {} tries, steered and unsteered: choose a larger model, or weaker \
             traits",
            self.name(),
            TRIES.len()
        );
        let error = ModelError::new(ModelErrorKind::Malformed, message);
        Err(ModelError { detail: notes.join(" "), attempts: TRIES.len() as u32, ..error })
    }
}

/// The conversation as the model's template knows it: what was said, by whom.
fn spoken(messages: &[Message]) -> Vec<(String, String)> {
    messages
        .iter()
        .map(|message| {
            let role = match message.role {
                Role::System => "system",
                Role::Assistant => "assistant",
                Role::User | Role::Tool => "user",
            };
            (role.to_owned(), message.content.clone().unwrap_or_default())
        })
        .collect()
}

/// The reply's text with the word that ends a conversation, which the engine leaves out.
fn said(reply: &Generated) -> String {
    let text = reply.text.trim();
    match reply.finish {
        Ended::Stop if text.is_empty() => STOP.to_owned(),
        Ended::Stop => format!("{text} {STOP}"),
        Ended::End | Ended::Length => text.to_owned(),
    }
}

fn sorted(error: &DecoderError) -> ModelError {
    let kind = match error {
        DecoderError::Context { .. } => ModelErrorKind::ContextLength,
        DecoderError::Template(_)
        | DecoderError::Tokenizer(_)
        | DecoderError::Misfit(_)
        | DecoderError::Unsupported(_) => ModelErrorKind::BadRequest,
        _ => ModelErrorKind::Unavailable,
    };
    ModelError::new(kind, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(text: &str, finish: Ended) -> Generated {
        Generated {
            text: text.to_owned(),
            tokens: Vec::new(),
            prompt_tokens: 0,
            prompt_kept: 0,
            finish,
            hidden: None,
        }
    }

    #[test]
    fn the_word_that_ends_a_conversation_stays_in_the_message() {
        assert_eq!(said(&reply(" Thank you. ", Ended::Stop)), "Thank you. ###STOP###");
        assert_eq!(said(&reply("", Ended::Stop)), "###STOP###");
        assert_eq!(said(&reply(" Thank you. ", Ended::End)), "Thank you.");
    }

    #[test]
    fn failures_of_the_model_are_sorted_by_what_is_to_be_done() {
        let long = sorted(&DecoderError::Context { asked: 5000, limit: 4096 });
        assert_eq!(long.kind, ModelErrorKind::ContextLength);
        let order = sorted(&DecoderError::Template("roles must alternate".into()));
        assert_eq!(order.kind, ModelErrorKind::BadRequest);
        let ended = sorted(&DecoderError::Stopped("out of memory".into()));
        assert!(ended.kind.retryable() && ended.message.contains("out of memory"));
    }
}
