//! What the calls of one (provider, key, model) share: how many run at once, and when none may.
//!
//! Two mechanisms, one gate. The number of calls at once is halved when the provider asks to slow
//! down and grows by one for each round of successes (additive increase, multiplicative decrease, as
//! in TCP). And the gate shuts: for as long as the provider asks, or, when it fails many times in a
//! row, for a pause that doubles. When the time is up one call goes through as a probe; what becomes
//! of it decides for all who wait.
//!
//! Only calls that began after the last cut say anything about the new number, so sixteen refusals
//! of one burst cut once. A hint moves the gate's time and nothing else: a provider that asks for 89
//! seconds each time does not freeze the recovery.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use crate::ModelErrorKind;
use crate::dialect::Unsupported;
use crate::limits::{CallPolicy, share};

/// See the module.
#[derive(Debug)]
pub(crate) struct Bucket {
    permits: Arc<Semaphore>,
    ceiling: usize,
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug)]
struct State {
    /// Calls at once, as a fraction grown towards the next whole one.
    limit: f64,
    /// Permits in circulation; more than `limit` until those held come back.
    allotted: usize,
    gate: Gate,
    /// Why the gate shut last.
    reason: ModelErrorKind,
    last_cut: Option<Instant>,
    last_answer: Option<Instant>,
    throttled_in_a_row: u32,
    unexplained_in_a_row: u32,
    failed_in_a_row: u32,
    pauses_in_a_row: u32,
    unsupported: Unsupported,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Gate {
    Open,
    /// Nobody before this moment; then one probe.
    Shut(Instant),
    /// One call is on its way to find out.
    Probing,
}

/// Why a call may not even start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// [`ModelErrorKind::Throttled`] or [`ModelErrorKind::Unavailable`].
    pub(crate) kind: ModelErrorKind,
    /// How much longer it would have to wait, as far as is known.
    pub(crate) wait: Duration,
}

/// The right to one attempt. What becomes of the attempt is to be said to it; a permit that is
/// dropped without a word was given up by the caller.
#[derive(Debug)]
pub(crate) struct Permit {
    bucket: Arc<Bucket>,
    permit: Option<OwnedSemaphorePermit>,
    started: Instant,
    probe: bool,
}

impl Bucket {
    pub(crate) fn new(ceiling: usize) -> Arc<Self> {
        let ceiling = ceiling.max(1);
        Arc::new(Bucket {
            permits: Arc::new(Semaphore::new(ceiling)),
            ceiling,
            state: Mutex::new(State {
                limit: ceiling as f64,
                allotted: ceiling,
                gate: Gate::Open,
                reason: ModelErrorKind::Throttled,
                last_cut: None,
                last_answer: None,
                throttled_in_a_row: 0,
                unexplained_in_a_row: 0,
                failed_in_a_row: 0,
                pauses_in_a_row: 0,
                unsupported: Unsupported::default(),
            }),
            changed: Notify::new(),
        })
    }

    /// Waits until an attempt of a call that began at `since` may start. Waiting for one's turn has no
    /// end; waiting at a shut gate ends when it is known to last longer than `patience`, or when
    /// nothing has come through for anybody for so long.
    pub(crate) async fn enter(
        self: &Arc<Self>,
        since: Instant,
        patience: Duration,
    ) -> Result<Permit, Refused> {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            // The semaphore is never closed.
            let Ok(permit) = self.permits.clone().acquire_owned().await else {
                return Err(Refused { kind: ModelErrorKind::Cancelled, wait: Duration::ZERO });
            };
            let now = Instant::now();
            let wait_until = {
                let mut state = self.state();
                let probe = match state.gate {
                    Gate::Open => Some(false),
                    Gate::Shut(until) if until <= now => {
                        state.gate = Gate::Probing;
                        Some(true)
                    }
                    Gate::Shut(_) | Gate::Probing => None,
                };
                if let Some(probe) = probe {
                    return Ok(Permit {
                        bucket: Arc::clone(self),
                        permit: Some(permit),
                        started: now,
                        probe,
                    });
                }
                let fruitless = state.last_answer.map_or(since, |answer| answer.max(since));
                let give_up = fruitless + patience;
                let (until, wait) = match state.gate {
                    Gate::Shut(until) => (until, until - now),
                    _ => (give_up, Duration::ZERO),
                };
                if wait > patience || now >= give_up {
                    return Err(Refused { kind: state.reason, wait });
                }
                until.min(give_up)
            };
            drop(permit);
            // Whoever comes first is the probe; the others wait for what becomes of it.
            let _ = tokio::time::timeout_at(wait_until, changed).await;
        }
    }

    /// What the model does not take, as far as it has said so.
    pub(crate) fn unsupported(&self) -> Unsupported {
        self.state().unsupported
    }

    /// Remembers what the model does not take, beside what is known already.
    pub(crate) fn learn(&self, more: Unsupported) {
        let known = &mut self.state().unsupported;
        known.temperature |= more.temperature;
        known.seed |= more.seed;
        known.max_tokens |= more.max_tokens;
        known.chat_completions |= more.chat_completions;
        known.echoes |= more.echoes;
    }

    /// Calls at once, now.
    #[cfg(test)]
    pub(crate) fn limit(&self) -> usize {
        self.state().limit as usize
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Brings the permits in circulation to the limit, as far as they are here.
    fn allot(&self, state: &mut State) {
        let target = state.limit as usize;
        if state.allotted > target {
            state.allotted -= self.permits.forget_permits(state.allotted - target);
        } else {
            self.permits.add_permits(target - state.allotted);
            state.allotted = target;
        }
    }
}

impl Permit {
    /// The provider answered: with a reply, or with a refusal that is about this call alone.
    pub(crate) fn answered(self) {
        let bucket = Arc::clone(&self.bucket);
        let mut state = bucket.state();
        state.last_answer = Some(Instant::now());
        state.throttled_in_a_row = 0;
        state.unexplained_in_a_row = 0;
        state.failed_in_a_row = 0;
        state.pauses_in_a_row = 0;
        // A call from before the last cut says nothing about the new number.
        if state.last_cut.is_none_or(|cut| self.started >= cut) {
            let grown = state.limit + 1.0 / state.limit;
            state.limit = grown.min(bucket.ceiling as f64);
            bucket.allot(&mut state);
        }
        // A call from before may have brought a hint meanwhile; then the gate stays shut for it.
        if self.probe && state.gate == Gate::Probing {
            state.gate = Gate::Open;
        }
        drop(state);
        self.finish();
    }

    /// The provider asked to slow down. Gives the time that the caller must wait before its next
    /// attempt, and how many refusals without reason or hint have now come in a row.
    pub(crate) fn throttled(
        self,
        hint: Option<Duration>,
        unexplained: bool,
        attempt: u32,
        policy: &CallPolicy,
    ) -> (Duration, u32) {
        let bucket = Arc::clone(&self.bucket);
        let now = Instant::now();
        let mut state = bucket.state();
        let fresh = state.last_cut.is_none_or(|cut| self.started >= cut);
        if fresh {
            state.limit = (state.limit / 2.0).floor().max(1.0);
            state.last_cut = Some(now);
            bucket.allot(&mut state);
            state.throttled_in_a_row += 1;
            state.unexplained_in_a_row =
                if unexplained { state.unexplained_in_a_row + 1 } else { 0 };
        }
        let in_a_row = state.unexplained_in_a_row;
        let wait = match hint {
            // Jitter on top: everybody was told the same moment.
            Some(hint) => hint + policy.backoff(1),
            None if fresh => policy.backoff(state.throttled_in_a_row),
            None => policy.backoff(attempt),
        };
        if fresh || hint.is_some() {
            self.shut(&mut state, now + wait, ModelErrorKind::Throttled);
        }
        drop(state);
        self.finish();
        (wait, in_a_row)
    }

    /// The provider failed: no connection, an error of its own, no answer in time.
    pub(crate) fn failed(self, policy: &CallPolicy) {
        let bucket = Arc::clone(&self.bucket);
        let mut state = bucket.state();
        state.failed_in_a_row += 1;
        let trips = state.gate == Gate::Open && state.failed_in_a_row >= policy.breaker_failures;
        if self.probe || trips {
            let pause = policy
                .backoff_base
                .saturating_mul(10)
                .saturating_mul(2u32.saturating_pow(state.pauses_in_a_row.min(10)))
                .min(policy.backoff_cap);
            state.pauses_in_a_row += 1;
            // At least half of it, or a dead provider would be probed at once by chance.
            let pause = pause.mul_f64(0.5 + 0.5 * share());
            self.shut(&mut state, Instant::now() + pause, ModelErrorKind::Unavailable);
        }
        drop(state);
        self.finish();
    }

    fn shut(&self, state: &mut State, until: Instant, reason: ModelErrorKind) {
        let until = match state.gate {
            Gate::Shut(other) => other.max(until),
            _ => until,
        };
        state.gate = Gate::Shut(until);
        state.reason = reason;
    }

    fn finish(mut self) {
        self.probe = false;
        drop(self);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut state = self.bucket.state();
        if self.probe && state.gate == Gate::Probing {
            // Given up on the way: the next one is the probe.
            state.gate = Gate::Shut(Instant::now());
        }
        if let Some(permit) = self.permit.take()
            && state.allotted > state.limit as usize
        {
            permit.forget();
            state.allotted -= 1;
        }
        drop(state);
        self.bucket.changed.notify_waiters();
    }
}
