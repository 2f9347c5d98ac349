//! The journal of one episode, backed by the store.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use async_trait::async_trait;
use tau_llm::{ChatReply, JournalError, ReplyJournal, SpeakerRole};

use crate::store::{Change, Store};
use crate::{EpisodeId, RunsError};

/// Reads what was recorded once, at the start; writes through.
///
/// When the run is to stop it refuses to let another reply be bought: an episode then ends between
/// two replies and loses nothing.
pub(crate) struct EpisodeJournal {
    store: Arc<Store>,
    episode: EpisodeId,
    recorded: HashMap<(&'static str, u32), ChatReply>,
    stopping: Arc<AtomicBool>,
    replies: AtomicU32,
    cached: AtomicU32,
}

/// How many replies a conversation took, and how many of them came from the cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ReplyCount {
    pub(crate) replies: u32,
    pub(crate) cached: u32,
}

impl EpisodeJournal {
    pub(crate) async fn open(
        store: Arc<Store>,
        episode: EpisodeId,
        stopping: Arc<AtomicBool>,
    ) -> Result<EpisodeJournal, RunsError> {
        let mut recorded = HashMap::new();
        for stored in store.replies(episode).await? {
            let role = if stored.role == SpeakerRole::Agent.name() {
                SpeakerRole::Agent
            } else {
                SpeakerRole::Customer
            };
            let reply = serde_json::from_str(&stored.reply)
                .map_err(|error| RunsError::Unreadable(error.to_string()))?;
            recorded.insert((role.name(), stored.seq), reply);
        }
        let (replies, cached) = Default::default();
        Ok(EpisodeJournal { store, episode, recorded, stopping, replies, cached })
    }

    /// Of what was handed out so far.
    pub(crate) fn count(&self) -> ReplyCount {
        let read = |of: &AtomicU32| of.load(Ordering::Relaxed);
        ReplyCount { replies: read(&self.replies), cached: read(&self.cached) }
    }

    fn add(&self, reply: &ChatReply) {
        self.replies.fetch_add(1, Ordering::Relaxed);
        self.cached.fetch_add(u32::from(reply.message.cached), Ordering::Relaxed);
    }
}

#[async_trait]
impl ReplyJournal for EpisodeJournal {
    async fn recall(&self, role: SpeakerRole, seq: u32) -> Result<Option<ChatReply>, JournalError> {
        match self.recorded.get(&(role.name(), seq)) {
            Some(reply) => {
                self.add(reply);
                Ok(Some(reply.clone()))
            }
            None if self.stopping.load(Ordering::SeqCst) => {
                Err(JournalError("the run is stopping".into()))
            }
            None => Ok(None),
        }
    }

    async fn record(
        &self,
        role: SpeakerRole,
        seq: u32,
        reply: &ChatReply,
    ) -> Result<(), JournalError> {
        let written =
            serde_json::to_string(reply).map_err(|error| JournalError(error.to_string()))?;
        self.store
            .write(Change::RecordReply {
                episode: self.episode,
                role: role.name(),
                seq,
                reply: written,
            })
            .await
            .map_err(|error| JournalError(error.to_string()))?;
        self.add(reply);
        Ok(())
    }
}
