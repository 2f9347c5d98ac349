//! Conversations that are going on in this process: what has been said so far.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tau_domain::Message;

use crate::{EpisodeId, RunId, StateLog};

/// All of them. Kept in memory: what counts is in the journal.
#[derive(Default)]
pub(crate) struct Live {
    episodes: Mutex<HashMap<EpisodeId, Going>>,
}

/// One of them.
struct Going {
    run: RunId,
    messages: Vec<Message>,
    states: Option<StateLog>,
}

impl Live {
    fn lock(&self) -> MutexGuard<'_, HashMap<EpisodeId, Going>> {
        self.episodes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What has been said in an episode that is going on.
    pub(crate) fn messages(&self, episode: EpisodeId) -> Option<Vec<Message>> {
        self.lock().get(&episode).map(|going| going.messages.clone())
    }

    /// What has happened to the data in an episode that is going on, where that is watched.
    pub(crate) fn states(&self, episode: EpisodeId) -> Option<StateLog> {
        self.lock().get(&episode)?.states.clone()
    }

    pub(crate) fn is_running(&self, episode: EpisodeId) -> bool {
        self.lock().contains_key(&episode)
    }

    /// The episodes of a run that are going on.
    pub(crate) fn running(&self, run: RunId) -> Vec<EpisodeId> {
        let mut ids: Vec<_> =
            self.lock().iter().filter(|(_, going)| going.run == run).map(|(id, _)| *id).collect();
        ids.sort();
        ids
    }

    /// Begins an episode; it counts as going on until the returned value is dropped.
    pub(crate) fn begin(
        self: &Arc<Self>,
        run: RunId,
        episode: EpisodeId,
        news: Arc<AtomicBool>,
    ) -> LiveEpisode {
        self.lock().insert(episode, Going { run, messages: Vec::new(), states: None });
        news.store(true, Ordering::Relaxed);
        LiveEpisode { live: self.clone(), episode, news }
    }
}

/// One conversation while it goes on.
pub struct LiveEpisode {
    live: Arc<Live>,
    episode: EpisodeId,
    news: Arc<AtomicBool>,
}

impl LiveEpisode {
    /// Adds a message that was just said.
    pub fn say(&self, message: &Message) {
        if let Some(going) = self.live.lock().get_mut(&self.episode) {
            going.messages.push(message.clone());
        }
        self.news.store(true, Ordering::Relaxed);
    }

    /// Says what has happened to the data so far.
    pub(crate) fn states(&self, states: StateLog) {
        if let Some(going) = self.live.lock().get_mut(&self.episode) {
            going.states = Some(states);
        }
        self.news.store(true, Ordering::Relaxed);
    }

    /// Says that something has changed besides the messages, for instance whose turn it is.
    pub(crate) fn notice(&self) -> impl Fn() + Send + Sync + 'static {
        let news = Arc::clone(&self.news);
        move || news.store(true, Ordering::Relaxed)
    }
}

impl Drop for LiveEpisode {
    fn drop(&mut self) {
        self.live.lock().remove(&self.episode);
        self.news.store(true, Ordering::Relaxed);
    }
}
