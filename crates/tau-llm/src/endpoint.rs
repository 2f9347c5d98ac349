//! Where models are reached.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::json_api::{Callee, JsonApi, KeyHeader};
use crate::limits::ProviderLimits;

/// The protocol an endpoint speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndpointKind {
    /// Chat completions, as OpenAI and many others speak them.
    #[default]
    OpenAiCompatible,
    /// Chat completions at deployments of an Azure OpenAI resource.
    AzureOpenAi,
    /// Anthropic's Messages.
    Anthropic,
    /// Gemini's `generateContent`.
    Gemini,
    /// Amazon Bedrock's Converse.
    Bedrock,
    /// Vertex AI: Gemini's, Anthropic's or OpenAI's format, by the model's publisher.
    Vertex,
    /// The steer protocol: a simulated customer with traits (`tau-traits`).
    Steer,
    /// Somebody's own agent, over our small protocol (`docs/outside-agents.md`). The address is the whole
    /// address that requests are posted to.
    OutsideAgent,
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
    /// The part of the address that all calls share. For chat completions what comes before
    /// `/chat/completions`, for instance `https://api.openai.com/v1`; `data/providers.toml` has one
    /// for each provider. For steer it is the base address or that of the call (`tau-traits`,
    /// `SteerAddress`). A query (`?api-version=...`) is kept.
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
}
