//! Models: one trait, and what stands behind it.
//!
//! [`ChatModel`] is all that the rest of the product knows of a model. [`connect`] gives the model
//! behind an [`Endpoint`], whatever its protocol; [`providers`] knows the usual endpoints;
//! [`Journaled`] makes every reply durable before it is acted on, and [`Cached`] takes replies that were had
//! before instead of asking. [`JsonApi`] is the one way over
//! HTTP, with the time-outs, retries and shared limits of [`ProviderLimits`]; failures are sorted into
//! [`ModelErrorKind`].

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod anthropic;
mod bedrock;
mod bucket;
mod cache;
mod chat;
mod dialect;
mod echo;
mod endpoint;
mod error;
mod gemini;
mod journal;
mod json_api;
mod limits;
mod outside;
mod prices;
mod providers;
mod remote;
mod responses;
mod retry;
mod route;
mod sorting;
pub mod wire;

pub use cache::{CacheError, Cached, ConversationCache, Origin, ReplyCache, ReplyKey, ReplyStore};
pub use chat::{ChatModel, ChatReply, ChatRequest, Finish};
pub use dialect::ListedModel;
pub use endpoint::{Endpoint, EndpointKind};
pub use error::{ModelError, ModelErrorKind};
pub use journal::{JournalError, Journaled, ReplyJournal, SpeakerRole};
pub use json_api::{Callee, JsonApi, KeyHeader};
pub use limits::{CallPolicy, ProviderLimits};
pub use prices::{Price, Prices, PricesError};
pub use providers::{Provider, provider, providers};
pub use remote::{connect, list_models};
