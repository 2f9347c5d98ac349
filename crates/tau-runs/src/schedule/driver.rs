//! The loop that drives one run.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::episode::{Ended, play};
use super::judge::{Opening, Verdict, judge};
use crate::checkpoint::Checkpoint;
use crate::runs::Shared;
use crate::store::{Change, RunState};
use crate::{FailureKind, PendingEpisode, PlayFailure, RunId, RunPlan, RunsError, TickKind};

/// Ticks go out at most this often per run; also how often waiting retries are looked at.
const TICK: Duration = Duration::from_millis(100);

/// Why and how to stop.
#[derive(Clone, Debug)]
pub(crate) struct StopOrder {
    pub state: RunState,
    pub kind: String,
    pub message: String,
    /// How long replies in flight may still arrive.
    pub grace: Duration,
}

/// How others reach a run that is being driven.
#[derive(Clone)]
pub(crate) struct Handle {
    pub stop: watch::Sender<Option<StopOrder>>,
    pub ended: watch::Receiver<bool>,
}

impl Handle {
    pub(crate) fn is_stopping(&self) -> bool {
        self.stop.borrow().is_some()
    }

    /// Returns when the driver has ended and its last state is on disk.
    pub(crate) async fn wait(mut self) {
        // An error means that the driver is gone, which is what is waited for.
        let _ = self.ended.wait_for(|ended| *ended).await;
    }
}

struct Waiting {
    episode: PendingEpisode,
    /// Attempts made so far.
    attempts: u32,
    not_before: Instant,
}

struct Driver {
    shared: Arc<Shared>,
    run: RunId,
    plan: Arc<RunPlan>,
    waiting: VecDeque<Waiting>,
    playing: JoinSet<Ended>,
    /// What each task of `playing` plays.
    parts: Vec<(Id, PendingEpisode, u32, Instant)>,
    stopping: Arc<AtomicBool>,
    /// Something changed since the last tick.
    news: Arc<AtomicBool>,
    opening: Opening,
    spent_usd: f64,
    stop: Option<(StopOrder, Instant)>,
    checkpoint: Option<Checkpoint>,
}

/// Plays `pending` until nothing is left or an order to stop comes, and writes the run's last state.
pub(crate) async fn drive(
    shared: Arc<Shared>,
    run: RunId,
    plan: Arc<RunPlan>,
    pending: Vec<PendingEpisode>,
    spent_usd: f64,
    mut orders: watch::Receiver<Option<StopOrder>>,
) {
    let now = Instant::now();
    let mut driver = Driver {
        shared,
        run,
        plan,
        waiting: pending
            .into_iter()
            .map(|episode| Waiting { episode, attempts: 0, not_before: now })
            .collect(),
        playing: JoinSet::new(),
        parts: Vec::new(),
        stopping: Arc::new(AtomicBool::new(false)),
        news: Arc::new(AtomicBool::new(true)),
        opening: Opening::default(),
        spent_usd,
        stop: None,
        checkpoint: None,
    };
    driver.begin_checkpoint().await;
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        driver.launch();
        if driver.playing.is_empty() && (driver.stop.is_some() || driver.waiting.is_empty()) {
            break;
        }
        tokio::select! {
            Some(joined) = driver.playing.join_next_with_id() => driver.ended(joined).await,
            order = next_order(&mut orders), if driver.stop.is_none() => {
                let closed = || driver.pause("closed", "The program was closed.");
                let order = order.unwrap_or_else(closed);
                driver.stop_with(order);
            }
            _ = tick.tick() => driver.tick(),
        }
        if driver.stop.as_ref().is_some_and(|(_, deadline)| Instant::now() >= *deadline) {
            // Whatever they had queued for the store still goes through; the rest is journaled.
            driver.playing.shutdown().await;
        }
    }
    driver.conclude().await;
}

/// `None` when the one who could give orders is gone, which is an order too.
async fn next_order(orders: &mut watch::Receiver<Option<StopOrder>>) -> Option<StopOrder> {
    orders.wait_for(Option::is_some).await.ok()?.clone()
}

impl Driver {
    /// A result file that cannot be written is told before anything is bought.
    async fn begin_checkpoint(&mut self) {
        let Some(path) = &self.plan.checkpoint else { return };
        match Checkpoint::begin(&self.shared.store, self.run, &self.plan, path).await {
            Ok(checkpoint) => self.checkpoint = Some(checkpoint),
            Err(error) => {
                let message = format!("The result file cannot be written. {error}");
                self.stop_with(self.pause(error.code(), &message));
            }
        }
    }

    fn launch(&mut self) {
        let most = self.plan.limits.max_concurrency as usize;
        let now = Instant::now();
        while self.stop.is_none() && self.playing.len() < most {
            let Some(ready) = self.waiting.iter().position(|next| next.not_before <= now) else {
                return;
            };
            let Some(next) = self.waiting.remove(ready) else { return };
            let attempts = next.attempts + 1;
            let task = self.playing.spawn(play(
                self.shared.clone(),
                self.run,
                self.plan.clone(),
                next.episode.clone(),
                attempts,
                self.stopping.clone(),
                self.news.clone(),
            ));
            self.parts.push((task.id(), next.episode, attempts, now));
        }
    }

    async fn ended(&mut self, joined: Result<(Id, Ended), JoinError>) {
        self.news.store(true, Ordering::Relaxed);
        let (id, ended) = match joined {
            Ok((id, ended)) => (id, ended),
            // Panics inside the conversation are caught there; this one is ours, or an abort.
            Err(error) => (
                error.id(),
                Ended::Failed(PlayFailure { kind: FailureKind::Bug, message: error.to_string() }),
            ),
        };
        let Some(index) = self.parts.iter().position(|(task, ..)| *task == id) else { return };
        let (_, episode, attempts, started) = self.parts.swap_remove(index);
        match ended {
            Ended::Finished { cost_usd, transcript } => {
                if let Some(checkpoint) = &self.checkpoint {
                    checkpoint.add(&self.plan, &episode, &transcript);
                }
                self.opening.succeeded();
                self.spent_usd += cost_usd.unwrap_or(0.0);
                self.check_spending();
            }
            // While stopping, a failure is the stop itself; the episode stays pending.
            Ended::Failed(_) if self.stop.is_some() => {}
            Ended::Failed(failure) => self.failed(episode, attempts, failure, started).await,
            Ended::Store(error) => self.store_failed(&error),
        }
    }

    async fn failed(
        &mut self,
        episode: PendingEpisode,
        attempts: u32,
        failure: PlayFailure,
        started: Instant,
    ) {
        let alike = self.opening.failed(episode.id, &failure);
        if failure.kind.forgets_replies()
            && let Err(error) = self.forget(&episode).await
        {
            self.store_failed(&error);
            return;
        }
        match judge(failure.kind, attempts, &self.shared.pacing) {
            Verdict::Pause => {
                self.stop_with(self.pause(&failure.kind.name(), &failure.message));
                return;
            }
            Verdict::Again(after) => {
                self.waiting.push_back(Waiting {
                    episode,
                    attempts,
                    not_before: Instant::now() + after,
                });
            }
            Verdict::NotScored => {
                let change = Change::NotScored {
                    episode: episode.id,
                    kind: failure.kind.name(),
                    message: failure.message.clone(),
                    attempts,
                    duration_ms: started.elapsed().as_millis() as i64,
                    now_ms: crate::clock::now_ms(),
                };
                if let Err(error) = self.shared.store.write(change).await {
                    self.store_failed(&error);
                    return;
                }
            }
        }
        if let Some(sentence) = alike {
            self.stop_with(self.pause(&failure.kind.name(), &sentence));
        }
    }

    /// Forgets the replies of an episode that they led nowhere. They were paid for all the same.
    async fn forget(&mut self, episode: &PendingEpisode) -> Result<(), RunsError> {
        self.spent_usd += self.shared.store.journaled_cost(episode.id).await?;
        self.shared.store.write(Change::ForgetReplies { episode: episode.id }).await?;
        self.check_spending();
        Ok(())
    }

    fn check_spending(&mut self) {
        if let Some(cap) = self.plan.limits.spend_cap_usd
            && self.spent_usd >= cap
            && self.stop.is_none()
        {
            let message = format!("The spending limit of ${cap:.2} is reached.");
            self.stop_with(self.pause("spend_cap", &message));
        }
    }

    fn store_failed(&mut self, error: &RunsError) {
        tracing::error!(%error, run = %self.run, "the store refused");
        if self.stop.is_none() {
            self.stop_with(self.pause(error.code(), &format!("{error} {}", error.help())));
        }
    }

    fn pause(&self, kind: &str, message: &str) -> StopOrder {
        StopOrder {
            state: RunState::Paused,
            kind: kind.to_owned(),
            message: message.trim().to_owned(),
            grace: self.shared.pacing.grace,
        }
    }

    fn stop_with(&mut self, order: StopOrder) {
        self.stopping.store(true, Ordering::SeqCst);
        let deadline = Instant::now() + order.grace;
        self.stop = Some((order, deadline));
    }

    fn tick(&self) {
        if self.news.swap(false, Ordering::Relaxed) {
            self.shared.tell(self.run, TickKind::Progress);
        }
    }

    async fn conclude(mut self) {
        // A stop that came when everything was done anyway changes nothing: the run is finished.
        let done = match self.shared.store.pending(self.run).await {
            Ok(pending) => pending.is_empty(),
            Err(_) => false,
        };
        let (state, mut kind, mut message) = match self.stop {
            Some((order, _)) if !done => (order.state, order.kind, order.message),
            _ => (RunState::Finished, String::new(), String::new()),
        };
        if let Some(checkpoint) = self.checkpoint.take()
            && let Err(error) = checkpoint.end(&self.shared.store, self.run, &self.plan, done).await
        {
            tracing::warn!(%error, run = %self.run, "the result file could not be written");
            if message.is_empty() {
                kind = error.code().to_owned();
                message =
                    format!("The result file could not be written: {error}. All is kept here.");
            }
        }
        let now_ms = crate::clock::now_ms();
        if let Err(error) = self
            .shared
            .store
            .write(Change::SetState { run: self.run, state, kind, message, now_ms })
            .await
        {
            tracing::error!(%error, run = %self.run, "the run's last state could not be stored");
        }
        self.shared.ended(self.run);
    }
}
