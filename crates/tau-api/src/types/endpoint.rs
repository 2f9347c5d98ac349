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
}

/// How an endpoint is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EndpointKind {
    /// Built in, offline, free, and not a real model.
    Practice,
    /// Any address that speaks OpenAI's chat completions.
    OpenaiCompatible,
    /// A customer steered by traits (the steer protocol).
    Steer,
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
