//! Models: one trait, and what stands behind it.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod chat;

pub use chat::{ChatModel, ChatReply, ChatRequest, Finish, ModelError, ModelErrorKind};
