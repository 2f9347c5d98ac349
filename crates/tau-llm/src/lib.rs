//! Models: one trait, and what stands behind it.
//!
//! [`ChatModel`] is all that the rest of the product knows of a model. [`OpenAiCompatible`] is a
//! model behind any chat-completions address; [`Journaled`] makes every reply durable before it is
//! acted on. [`JsonApi`] is the one way over HTTP, with the time-outs, retries and shared limits of
//! [`ProviderLimits`]; failures are sorted into [`ModelErrorKind`].

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod chat;
mod error;
mod journal;
mod json_api;
mod limits;
mod openai;
mod prices;
mod sorting;
pub mod wire;

pub use chat::{ChatModel, ChatReply, ChatRequest, Finish};
pub use error::{ModelError, ModelErrorKind};
pub use journal::{JournalError, Journaled, ReplyJournal, SpeakerRole};
pub use json_api::{Callee, JsonApi, KeyHeader};
pub use limits::{CallPolicy, ProviderLimits};
pub use openai::{Endpoint, EndpointKind, OpenAiCompatible, list_models};
pub use prices::{Price, Prices};
