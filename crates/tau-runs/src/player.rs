//! Who plays an episode, as the scheduler sees it.

use std::sync::Arc;

use async_trait::async_trait;
use tau_llm::{ModelError, ModelErrorKind, ReplyJournal};

use crate::live::LiveEpisode;
use crate::{PendingEpisode, RunPlan, Transcript};

/// Plays one conversation from its beginning.
///
/// Replies that are in the journal must come from there (see [`tau_llm::Journaled`]); then playing an
/// interrupted episode again repeats it exactly up to where it stopped, and goes on. Dropping the
/// future stops the conversation.
#[async_trait]
pub trait EpisodePlayer: Send + Sync {
    /// Plays `episode` of `plan`, telling `live` each message as it is said.
    ///
    /// # Errors
    /// A failure that says nothing about the agent. What the agent does wrong is a result.
    async fn play(
        &self,
        plan: &Arc<RunPlan>,
        episode: &PendingEpisode,
        journal: Arc<dyn ReplyJournal>,
        live: &LiveEpisode,
    ) -> Result<Transcript, PlayFailure>;
}

/// Why an episode has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PlayFailure {
    /// What kind of failure.
    pub kind: FailureKind,
    /// What happened, for a person.
    pub message: String,
}

/// Kinds of failure that are not the agent's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// A model could not be asked.
    Model(ModelErrorKind),
    /// The domain, a task or a model could not be set up: every episode would fail.
    Setup,
    /// This task cannot be played or graded like this; others can.
    Task,
    /// A model replied, again and again, with something that cannot be acted on. Only other replies help.
    Useless,
    /// The conversation came to a point at which upstream breaks off without a result. Only other replies
    /// help.
    BrokeOff,
    /// A fault of the program.
    Bug,
}

impl FailureKind {
    /// The kind's name in storage: `unavailable`, `bad_key`, `setup`, `bug` and so on.
    pub fn name(self) -> String {
        match self {
            FailureKind::Model(kind) => serde_json::to_value(kind)
                .ok()
                .and_then(|name| name.as_str().map(str::to_owned))
                .unwrap_or_default(),
            FailureKind::Setup => "setup".to_owned(),
            FailureKind::Task => "task".to_owned(),
            FailureKind::Useless => "useless".to_owned(),
            FailureKind::BrokeOff => "broke_off".to_owned(),
            FailureKind::Bug => "bug".to_owned(),
        }
    }
}

impl FailureKind {
    /// Whether the same replies would end the same way, so that they are forgotten before the conversation
    /// is played again.
    pub(crate) fn forgets_replies(self) -> bool {
        matches!(self, FailureKind::Useless | FailureKind::BrokeOff)
    }
}

impl PlayFailure {
    /// A failure of the set-up.
    pub fn setup(message: impl Into<String>) -> Self {
        PlayFailure { kind: FailureKind::Setup, message: message.into() }
    }
}

impl From<ModelError> for PlayFailure {
    fn from(error: ModelError) -> Self {
        PlayFailure { kind: FailureKind::Model(error.kind), message: error.message }
    }
}
