//! Replies that need not be asked for again.
//!
//! A cache holds what a model replied to exactly the same question in the same attempt ([`Origin`],
//! [`ReplyKey`]). It stands inside the journal and outside the provider: a reply from it costs nothing,
//! is marked ([`tau_domain::Message::cached`]) and is journaled like any other.
//!
//! What it never does:
//! - it never fails a conversation: a store that cannot be used is left aside, and that is said;
//! - it never keeps what is of no use (a failure, a reply without text and calls, arguments that cannot be
//!   read), nor the replies of a conversation that came to no result: those have to be asked for again;
//! - it never makes two attempts of one run the same: the attempt's own seed is part of the key.

mod entry;
mod key;

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio::time::{Instant, timeout};

pub use self::key::{Origin, ReplyKey};

use crate::{ChatModel, ChatReply, ChatRequest, Finish, ModelError};

/// How long a store may take; waiting longer costs more than asking the model.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long a store that failed is left alone.
const REST: Duration = Duration::from_secs(30);

/// Why a store cannot be used, in a few words that name no password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CacheError(pub String);

/// Where replies are kept. What is kept is opaque to the store.
#[async_trait]
pub trait ReplyStore: Send + Sync {
    /// What a person knows it by; names no password.
    fn name(&self) -> &str;

    /// What is kept under `key`, unless it is too old.
    ///
    /// # Errors
    /// When the store cannot be used.
    async fn get(&self, key: &ReplyKey) -> Result<Option<Vec<u8>>, CacheError>;

    /// Keeps entries, in place of what is there.
    ///
    /// # Errors
    /// When the store cannot be used.
    async fn put(&self, entries: &[(ReplyKey, Vec<u8>)]) -> Result<(), CacheError>;
}

#[async_trait]
impl<S: ReplyStore + ?Sized> ReplyStore for Arc<S> {
    fn name(&self) -> &str {
        (**self).name()
    }

    async fn get(&self, key: &ReplyKey) -> Result<Option<Vec<u8>>, CacheError> {
        (**self).get(key).await
    }

    async fn put(&self, entries: &[(ReplyKey, Vec<u8>)]) -> Result<(), CacheError> {
        (**self).put(entries).await
    }
}

/// A store with what is known of its health. Shared by all conversations.
pub struct ReplyCache {
    store: Box<dyn ReplyStore>,
    /// Until when the store is left alone, and why.
    resting: Mutex<Option<(Instant, String)>>,
}

impl ReplyCache {
    /// A cache in `store`.
    pub fn new(store: impl ReplyStore + 'static) -> Arc<ReplyCache> {
        Arc::new(ReplyCache { store: Box::new(store), resting: Mutex::default() })
    }

    /// The part of the cache that one conversation uses. `draw` tells attempts apart: nothing is shared
    /// between two that differ in it.
    pub fn conversation(self: &Arc<Self>, draw: u64) -> Arc<ConversationCache> {
        Arc::new(ConversationCache {
            cache: Arc::clone(self),
            draw,
            fresh: Mutex::default(),
            trouble: Mutex::default(),
        })
    }

    /// What `call` of the store gives; the error is a sentence.
    async fn asked<T>(
        &self,
        call: impl Future<Output = Result<T, CacheError>>,
    ) -> Result<T, String> {
        let now = Instant::now();
        if let Some((until, why)) = &*locked(&self.resting)
            && now < *until
        {
            return Err(why.clone());
        }
        let late = || CacheError("it takes too long to answer".to_owned());
        let answer = timeout(PATIENCE, call).await.unwrap_or_else(|_| Err(late()));
        let mut resting = locked(&self.resting);
        match answer {
            Ok(answer) => {
                *resting = None;
                Ok(answer)
            }
            Err(error) => {
                let name = self.store.name();
                let why = format!(
                    "The reply cache ({name}) could not be used: {error}. The models were asked instead."
                );
                // Said once, not with every reply.
                if resting.is_none() {
                    tracing::warn!("{why}");
                }
                *resting = Some((Instant::now() + REST, why.clone()));
                Err(why)
            }
        }
    }
}

/// What one conversation takes from the cache, and what it will leave there.
pub struct ConversationCache {
    cache: Arc<ReplyCache>,
    draw: u64,
    fresh: Mutex<Vec<(ReplyKey, Vec<u8>)>>,
    trouble: Mutex<Option<String>>,
}

impl ConversationCache {
    /// `inner`, asked only for what is not in the cache.
    pub fn model<M: ChatModel>(self: &Arc<Self>, inner: M, origin: Origin) -> Cached<M> {
        Cached { inner, origin, conversation: Arc::clone(self), seen: Mutex::default() }
    }

    /// Keeps what was asked for in this conversation. To be called when the conversation came to a result;
    /// otherwise nothing of it is kept.
    pub async fn keep(&self) {
        let fresh = std::mem::take(&mut *locked(&self.fresh));
        if fresh.is_empty() {
            return;
        }
        if let Err(why) = self.cache.asked(self.cache.store.put(&fresh)).await {
            self.note(why);
        }
    }

    /// What was wrong with the cache during this conversation, in a sentence; `None` when nothing was.
    pub fn trouble(&self) -> Option<String> {
        locked(&self.trouble).clone()
    }

    async fn find(&self, key: &ReplyKey) -> Option<ChatReply> {
        let stored = match self.cache.asked(self.cache.store.get(key)).await {
            Ok(stored) => stored?,
            Err(why) => {
                self.note(why);
                return None;
            }
        };
        let reply = entry::read(key, &stored);
        if reply.is_none() {
            let name = self.cache.store.name();
            let why = format!(
                "A reply in the reply cache ({name}) was damaged. The model was asked instead."
            );
            tracing::warn!("{why}");
            self.note(why);
        }
        reply
    }

    fn add(&self, key: ReplyKey, reply: &ChatReply) {
        if let Some(entry) = entry::write(&key, reply) {
            locked(&self.fresh).push((key, entry));
        }
    }

    fn note(&self, why: String) {
        locked(&self.trouble).get_or_insert(why);
    }
}

/// A model of which only what is not in the cache is asked. One per conversation and role.
pub struct Cached<M> {
    inner: M,
    origin: Origin,
    conversation: Arc<ConversationCache>,
    /// How often each question was answered in this conversation: somebody who asks the same again wants
    /// another answer.
    seen: Mutex<HashMap<ReplyKey, u32>>,
}

impl<M: ChatModel> Cached<M> {
    fn key(&self, request: &ChatRequest) -> (ReplyKey, ReplyKey) {
        let question = ReplyKey::of(&self.origin, self.conversation.draw, request);
        let nth = locked(&self.seen).get(&question).copied().unwrap_or(0);
        let key = question.nth(nth);
        (question, key)
    }

    fn answered(&self, question: ReplyKey) {
        *locked(&self.seen).entry(question).or_default() += 1;
    }
}

#[async_trait]
impl<M: ChatModel> ChatModel for Cached<M> {
    fn name(&self) -> &str {
        self.inner.name()
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        let (question, key) = self.key(request);
        if let Some(reply) = self.conversation.find(&key).await {
            self.answered(question);
            return Ok(reply);
        }
        let reply = self.inner.chat(request).await?;
        if is_useful(request, &reply) {
            self.conversation.add(key, &reply);
            self.answered(question);
        }
        Ok(reply)
    }

    fn recalled(&self, request: &ChatRequest, reply: &ChatReply) {
        let (question, key) = self.key(request);
        if is_useful(request, reply) {
            if !reply.message.cached {
                self.conversation.add(key, reply);
            }
            self.answered(question);
        }
        self.inner.recalled(request, reply);
    }
}

/// Whether something can be done with a reply, whatever it says.
fn is_useful(request: &ChatRequest, reply: &ChatReply) -> bool {
    let message = &reply.message;
    let says = message.content.as_deref().is_some_and(|text| !text.trim().is_empty());
    let readable = message.tool_calls.iter().all(|call| {
        let arguments = call.arguments.trim();
        arguments.is_empty() || serde_json::from_str::<serde_json::Map<_, _>>(arguments).is_ok()
    });
    let calls = !message.tool_calls.is_empty();
    reply.finish != Finish::ContentFilter && readable && (calls || (says && !request.has_to_call()))
}

/// What is held is always whole, so a panic elsewhere spoils nothing.
fn locked<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
