//! Where models are reached, and their keys.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A place where models are asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Endpoint {
    /// Its id; `practice` is built in.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// How it is spoken to.
    pub kind: EndpointKind,
    /// Where it is; empty for the practice models.
    pub base_url: String,
    /// Models the person listed or fetched.
    pub models: Vec<String>,
    /// Whether a key is stored.
    pub key: KeyState,
    /// The provider it was made from; empty for an address typed by hand.
    pub provider: String,
}

/// How an endpoint is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EndpointKind {
    /// Built in, offline, free, and not a real model.
    Practice,
    /// Any address that speaks OpenAI's chat completions.
    OpenaiCompatible,
    /// Azure OpenAI: deployments behind a resource's address.
    AzureOpenai,
    /// Anthropic's own protocol.
    Anthropic,
    /// Google's own protocol.
    Gemini,
    /// Amazon Bedrock's Converse, with a Bedrock API key.
    Bedrock,
    /// Google Vertex AI.
    Vertex,
    /// A customer steered by traits (the steer protocol).
    Steer,
    /// Somebody's own agent, over our own protocol.
    OutsideAgent,
}

impl EndpointKind {
    /// Why there is no language model behind it that could judge or play a customer; `None` when there is.
    pub fn no_model(self) -> Option<&'static str> {
        match self {
            EndpointKind::Steer => Some("A steer service plays customers and cannot judge."),
            EndpointKind::OutsideAgent => Some("An agent of your own plays the agent alone."),
            _ => None,
        }
    }
}

/// Whether a key is there. The key itself never leaves Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// In the system's password store.
    Stored,
    /// In memory until the app is closed, because there is no password store.
    SessionOnly,
    /// From an environment variable.
    Environment,
    /// None.
    Missing,
    /// The endpoint needs none.
    NotNeeded,
}

/// An endpoint as the person fills it in. An empty `id` makes a new one.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EndpointDraft {
    /// Empty for a new one.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// How it is spoken to.
    pub kind: EndpointKind,
    /// Where it is.
    pub base_url: String,
    /// Models to offer.
    pub models: Vec<String>,
    /// The provider it is made from; empty for an address typed by hand.
    pub provider: String,
}

/// What a test of an endpoint gave.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EndpointTest {
    /// Whether a model answered.
    pub ok: bool,
    /// What happened and what to do next.
    pub message: String,
    /// How long the answer took, in milliseconds.
    pub milliseconds: u32,
    /// Models that the endpoint lists; empty when it does not say.
    pub models: Vec<String>,
}

/// The system's password store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct KeychainStatus {
    /// Whether keys can be kept there now.
    pub available: bool,
    /// Which store it is, or why there is none and what to do.
    pub message: String,
}

/// A provider that the app knows.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ProviderInfo {
    /// Its id.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// How it is spoken to.
    pub kind: EndpointKind,
    /// Its address; with `{...}` for what the person must fill in.
    pub base_url: String,
    /// Whether it needs a key.
    pub needs_key: bool,
    /// Where a key is made; empty when there is no such page.
    pub key_page: String,
    /// A key that the provider publishes for everybody to try it with, not for production; empty when
    /// there is none. It is offered and never used by itself.
    pub demo_key: String,
    /// A few models to begin with.
    pub recommended: Vec<String>,
    /// What else a person should know; may be empty.
    pub note: String,
}

/// The models that an endpoint lists.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ModelList {
    /// A few to begin with, of those that are there.
    pub recommended: Vec<String>,
    /// All, by name.
    pub models: Vec<ListedModel>,
    /// Why there are none and what to do; empty when all is well.
    pub message: String,
}

/// A model in a list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ListedModel {
    /// The name by which it is asked for.
    pub id: String,
    /// What it is and what it costs, in a few words; may be empty.
    pub note: String,
}

/// What a model costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PriceInfo {
    /// The model's name, or the start of it with a `*`.
    pub model: String,
    /// US dollars per million tokens read.
    pub input: f64,
    /// US dollars per million tokens written.
    pub output: f64,
    /// Whether the person set it; it then wins over the table that comes with the app.
    pub mine: bool,
}

/// What models cost, as far as the app knows.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PriceTable {
    /// The date of the table that comes with the app.
    pub as_of: String,
    /// The prices, the person's own first.
    pub prices: Vec<PriceInfo>,
}
