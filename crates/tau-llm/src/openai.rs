//! Models behind an OpenAI-compatible address.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use tau_domain::{Message, Role};

use crate::json_api::{Callee, JsonApi, KeyHeader};
use crate::limits::ProviderLimits;
use crate::prices::Prices;
use crate::wire;
use crate::{ChatModel, ChatReply, ChatRequest, Finish, ModelError, ModelErrorKind};

/// The protocol an endpoint speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndpointKind {
    /// Chat completions.
    #[default]
    OpenAiCompatible,
    /// The steer protocol: a simulated customer with traits (`tau-traits`).
    Steer,
}

/// An address at which models answer. Keys are kept elsewhere, under the endpoint's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    /// Stable id; also the name of the key.
    pub id: String,
    /// The name a person gave it.
    pub name: String,
    /// What it speaks.
    #[serde(default)]
    pub kind: EndpointKind,
    /// For chat completions the part before `/chat/completions`, for instance
    /// `https://api.openai.com/v1`; for steer the whole address.
    pub base_url: String,
    /// Calls at once for one key and model; `None` for the product's default.
    #[serde(default)]
    pub max_concurrency: Option<usize>,
    /// Longest time one attempt may take, in seconds.
    #[serde(default = "default_timeout_s")]
    pub timeout_s: u64,
}

fn default_timeout_s() -> u64 {
    300
}

impl Endpoint {
    /// An endpoint with the default limits.
    pub fn new(
        id: impl Into<String>,
        name: impl Into<String>,
        kind: EndpointKind,
        base_url: impl Into<String>,
    ) -> Self {
        Endpoint {
            id: id.into(),
            name: name.into(),
            kind,
            base_url: base_url.into(),
            max_concurrency: None,
            timeout_s: default_timeout_s(),
        }
    }

    /// Prepares calls to this endpoint.
    pub fn api(
        &self,
        model: &str,
        key: Option<SecretString>,
        key_header: KeyHeader,
        limits: Arc<ProviderLimits>,
    ) -> JsonApi {
        let callee = Callee {
            id: &self.id,
            name: &self.name,
            model,
            concurrency: self.max_concurrency,
            whole_timeout: Duration::from_secs(self.timeout_s.max(1)),
        };
        JsonApi::new(&callee, key, key_header, limits)
    }

    fn path(&self, path: &str) -> String {
        format!("{}/{path}", self.base_url.trim_end_matches('/'))
    }
}

/// A model behind an OpenAI-compatible endpoint.
#[derive(Clone, Debug)]
pub struct OpenAiCompatible {
    model: String,
    chat_url: String,
    api: JsonApi,
}

impl OpenAiCompatible {
    /// The model `model` at `endpoint`. Cheap: connections and limits are those of `limits`.
    pub fn new(
        endpoint: &Endpoint,
        model: impl Into<String>,
        key: Option<SecretString>,
        limits: Arc<ProviderLimits>,
    ) -> Self {
        let model = model.into();
        let api = endpoint.api(&model, key, KeyHeader::Bearer, limits);
        OpenAiCompatible { model, chat_url: endpoint.path("chat/completions"), api }
    }

    /// Makes one tiny call and says in a sentence that it worked.
    ///
    /// # Errors
    /// What went wrong, with a message for a person.
    pub async fn test_connection(&self) -> Result<String, ModelError> {
        let request = ChatRequest {
            messages: vec![Message::text(Role::User, "Reply with the single word OK.")],
            ..ChatRequest::default()
        };
        let start = tokio::time::Instant::now();
        let reply = self.chat(&request).await?;
        let seconds = start.elapsed().as_secs_f64();
        Ok(format!(
            "{} answered in {seconds:.1} s ({} tokens in, {} out).",
            self.model, reply.usage.input_tokens, reply.usage.output_tokens
        ))
    }
}

#[async_trait]
impl ChatModel for OpenAiCompatible {
    fn name(&self) -> &str {
        &self.model
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        let body = wire::request_body(&self.model, request);
        let (mut reply, attempts) = self.api.post(&self.chat_url, &body, wire::read_reply).await?;
        reply.attempts = attempts;
        reply.cost_usd = Prices::shipped().find(&self.model).map(|price| price.of(reply.usage));
        let said_nothing = reply.message.tool_calls.is_empty()
            && reply.message.content.as_deref().unwrap_or_default().is_empty();
        if reply.finish == Finish::ContentFilter && said_nothing {
            return Err(ModelError {
                kind: ModelErrorKind::ContentFilter,
                message: format!(
                    "The provider's content filter withheld the answer of {}.",
                    self.model
                ),
                detail: String::new(),
                attempts,
            });
        }
        Ok(reply)
    }
}

/// The models that an endpoint says it has, sorted by name.
///
/// # Errors
/// As any call; endpoints without such a list answer [`ModelErrorKind::ModelNotFound`].
pub async fn list_models(
    endpoint: &Endpoint,
    key: Option<SecretString>,
    limits: Arc<ProviderLimits>,
) -> Result<Vec<String>, ModelError> {
    let api = endpoint.api("", key, KeyHeader::Bearer, limits);
    let (models, _) = api.get(&endpoint.path("models"), wire::read_models).await?;
    Ok(models)
}
