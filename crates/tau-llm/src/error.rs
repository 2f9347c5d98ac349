//! What can go wrong when a model is asked, sorted by what is to be done about it.

use serde::{Deserialize, Serialize};

/// The kinds of failure, each with its own handling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelErrorKind {
    /// 429 with or without a hint; the call waits.
    Throttled,
    /// The account has no money or quota left; the provider is paused.
    QuotaExhausted,
    /// 401 or 403; the provider is paused.
    BadKey,
    /// The provider does not know the model; the model is paused.
    ModelNotFound,
    /// The conversation is longer than the model can read; never retried.
    ContextLength,
    /// The provider refused on content grounds; never retried.
    ContentFilter,
    /// 5xx, reset, refused, DNS.
    Unavailable,
    /// One of the three time-outs passed.
    Timeout,
    /// The answer could not be read.
    Malformed,
    /// The provider says that the request itself is wrong.
    BadRequest,
    /// The caller gave up.
    Cancelled,
    /// The reply could not be stored, so it must not be acted on.
    Journal,
}

/// A failure to get an answer. Never a reward of 0.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub struct ModelError {
    /// What kind of failure.
    pub kind: ModelErrorKind,
    /// What happened and what a person can do about it.
    pub message: String,
    /// The provider's own words, cut to 2,000 bytes; never contains a key.
    pub detail: String,
    /// Attempts made.
    pub attempts: u32,
}

impl ModelErrorKind {
    /// Whether every further call to this provider (for [`ModelErrorKind::ModelNotFound`]: this
    /// model) would fail until a person does something. The runner pauses instead of trying on.
    pub fn pauses_provider(self) -> bool {
        matches!(
            self,
            ModelErrorKind::QuotaExhausted | ModelErrorKind::BadKey | ModelErrorKind::ModelNotFound
        )
    }

    /// Whether the same call may succeed later without anybody changing anything. The model behind
    /// [`crate::ChatModel`] has already retried when such an error comes out of it; the episode
    /// stays pending and may be run again.
    pub fn retryable(self) -> bool {
        matches!(
            self,
            ModelErrorKind::Throttled
                | ModelErrorKind::Unavailable
                | ModelErrorKind::Timeout
                | ModelErrorKind::Malformed
        )
    }
}

impl ModelError {
    /// An error without the provider's words.
    pub fn new(kind: ModelErrorKind, message: impl Into<String>) -> Self {
        ModelError { kind, message: message.into(), detail: String::new(), attempts: 1 }
    }
}
