//! Replies that outlive the process.
//!
//! A reply costs money and cannot be had again. It is therefore durable before anybody acts on it,
//! and a conversation that is picked up again gets its replies from the journal, in order, until the
//! journal ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{ChatModel, ChatReply, ChatRequest, ModelError, ModelErrorKind};

/// Whose reply it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpeakerRole {
    /// The agent under test.
    Agent,
    /// The simulated customer.
    Customer,
}

impl SpeakerRole {
    /// The role's name in storage.
    pub fn name(self) -> &'static str {
        match self {
            SpeakerRole::Agent => "agent",
            SpeakerRole::Customer => "customer",
        }
    }
}

/// The journal could not be read or written.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct JournalError(pub String);

/// The journal of one conversation.
#[async_trait]
pub trait ReplyJournal: Send + Sync {
    /// The reply number `seq` (from 0) of `role`, if it has been recorded.
    async fn recall(&self, role: SpeakerRole, seq: u32) -> Result<Option<ChatReply>, JournalError>;

    /// Records a reply. It is durable when this returns.
    async fn record(
        &self,
        role: SpeakerRole,
        seq: u32,
        reply: &ChatReply,
    ) -> Result<(), JournalError>;
}

/// A model whose replies are journaled. One per conversation and role.
pub struct Journaled<M> {
    inner: M,
    journal: Arc<dyn ReplyJournal>,
    role: SpeakerRole,
    next: AtomicU32,
}

impl<M: ChatModel> Journaled<M> {
    /// `inner`, journaled as `role`, from the first reply on.
    pub fn new(inner: M, journal: Arc<dyn ReplyJournal>, role: SpeakerRole) -> Self {
        Journaled { inner, journal, role, next: AtomicU32::new(0) }
    }
}

#[async_trait]
impl<M: ChatModel> ChatModel for Journaled<M> {
    fn name(&self) -> &str {
        self.inner.name()
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        let seq = self.next.load(Ordering::SeqCst);
        let broken = |error: JournalError| ModelError {
            kind: ModelErrorKind::Journal,
            message: "The reply could not be stored, so the conversation stops here.".into(),
            detail: error.to_string(),
            attempts: 0,
        };
        let reply = match self.journal.recall(self.role, seq).await.map_err(broken)? {
            Some(reply) => {
                self.inner.recalled(request, &reply);
                reply
            }
            None => {
                let reply = self.inner.chat(request).await?;
                self.journal.record(self.role, seq, &reply).await.map_err(broken)?;
                reply
            }
        };
        // Only now: a call that failed or was dropped is asked again under the same number.
        self.next.store(seq + 1, Ordering::SeqCst);
        Ok(reply)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;
    use std::sync::Mutex;
    use tau_domain::{Message, Role, Usage};

    #[derive(Default)]
    struct Memory {
        replies: Mutex<HashMap<(SpeakerRole, u32), ChatReply>>,
        full: bool,
    }

    #[async_trait]
    impl ReplyJournal for Memory {
        async fn recall(
            &self,
            role: SpeakerRole,
            seq: u32,
        ) -> Result<Option<ChatReply>, JournalError> {
            Ok(self.replies.lock().unwrap().get(&(role, seq)).cloned())
        }
        async fn record(
            &self,
            role: SpeakerRole,
            seq: u32,
            reply: &ChatReply,
        ) -> Result<(), JournalError> {
            if self.full {
                return Err(JournalError("disk full".into()));
            }
            self.replies.lock().unwrap().insert((role, seq), reply.clone());
            Ok(())
        }
    }

    struct Counting(AtomicU32);

    #[async_trait]
    impl ChatModel for Counting {
        fn name(&self) -> &str {
            "counting"
        }
        async fn chat(&self, _: &ChatRequest) -> Result<ChatReply, ModelError> {
            let number = self.0.fetch_add(1, Ordering::SeqCst);
            Ok(ChatReply {
                message: Message::text(Role::Assistant, number.to_string()),
                usage: Usage::default(),
                finish: Finish::Stop,
                cost_usd: None,
                attempts: 1,
            })
        }
    }
    use crate::Finish;

    #[tokio::test]
    async fn a_resumed_conversation_gets_its_replies_without_asking_again() {
        let journal = Arc::new(Memory::default());
        let request = ChatRequest::default();
        let before =
            Journaled::new(Counting(AtomicU32::new(0)), journal.clone(), SpeakerRole::Agent);
        for _ in 0..3 {
            before.chat(&request).await.unwrap();
        }
        let after = Journaled::new(Counting(AtomicU32::new(100)), journal, SpeakerRole::Agent);
        let mut said = Vec::new();
        for _ in 0..4 {
            said.push(after.chat(&request).await.unwrap().message.content.unwrap());
        }
        assert_eq!(said, ["0", "1", "2", "100"]);
        assert_eq!(after.inner.0.load(Ordering::SeqCst), 101, "only the fourth was asked for");
    }

    #[tokio::test]
    async fn the_two_speakers_have_journals_of_their_own() {
        let journal = Arc::new(Memory::default());
        let request = ChatRequest::default();
        let agent =
            Journaled::new(Counting(AtomicU32::new(0)), journal.clone(), SpeakerRole::Agent);
        agent.chat(&request).await.unwrap();
        let customer = Journaled::new(Counting(AtomicU32::new(7)), journal, SpeakerRole::Customer);
        assert_eq!(customer.chat(&request).await.unwrap().message.content.as_deref(), Some("7"));
    }

    #[tokio::test]
    async fn a_reply_that_cannot_be_stored_is_not_handed_out() {
        let journal = Arc::new(Memory { full: true, ..Memory::default() });
        let model = Journaled::new(Counting(AtomicU32::new(0)), journal, SpeakerRole::Agent);
        let error = model.chat(&ChatRequest::default()).await.unwrap_err();
        assert_eq!(error.kind, ModelErrorKind::Journal);
    }
}
