//! Watching a conversation of tau2's: when each message was made, and what each call changed.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tau_domain::{JsonText, Message, Role};
use tau_sim::tau2::{Entry, Observer};
use tau_toolkits::{Environment, Snapshot, json_dumps};

use super::changes::{StateLog, changes};
use crate::LiveEpisode;
use crate::clock::now_ms;

/// Tells a live episode of what happens, and keeps what the trajectory does not say.
pub(super) struct Watch<'l> {
    live: &'l LiveEpisode,
    seen: Mutex<Seen>,
}

/// What was seen.
#[derive(Default)]
pub(super) struct Seen {
    /// Unix time of each entry in milliseconds, never less than that of the one before.
    pub(super) stamps: Vec<i64>,
    /// What happened to the data.
    pub(super) states: StateLog,
    before: Option<Snapshot>,
}

impl<'l> Watch<'l> {
    /// Watches from the beginning; the policy is the first message.
    pub(super) fn new(live: &'l LiveEpisode, policy: &str) -> Watch<'l> {
        live.say(&Message::text(Role::System, policy));
        Watch { live, seen: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was seen.
    pub(super) fn seen(self) -> Seen {
        self.seen.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for Watch<'_> {
    fn entry(&self, entry: &Entry) {
        let mut seen = self.lock();
        let last = seen.stamps.last().copied().unwrap_or(0);
        seen.stamps.push(now_ms().max(last));
        drop(seen);
        self.live.say(&entry.message);
    }

    fn state(&self, environment: &Environment) {
        let now = Snapshot::of(environment);
        let mut seen = self.lock();
        // The policy stands before the entries.
        let message = u32::try_from(seen.stamps.len()).unwrap_or(u32::MAX);
        match seen.before.replace(now.clone()) {
            None => {
                seen.states.customer = now.customer.as_ref().map(|data| JsonText(json_dumps(data)));
            }
            Some(before) => seen.states.changes.extend(changes(message, &before, &now)),
        }
        let states = seen.states.clone();
        drop(seen);
        self.live.states(states);
    }
}
