//! Runs: make them, drive them, ask about them.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{broadcast, watch};

use crate::live::Live;
use crate::results::OpenedRun;
use crate::schedule::{Handle, StopOrder, drive};
use crate::store::{Change, Store};
use crate::{EpisodePlayer, Pacing, RunId, RunPlan, RunRow, RunState, RunsError, Tick, TickKind};

/// Ticks that a slow listener may be behind before it loses some; it only has to ask again.
const TICKS_KEPT: usize = 256;
/// What is left for replies in flight when the program ends.
const CLOSING_GRACE: Duration = Duration::from_millis(1_000);

/// All runs of a data folder. Clones share it.
#[derive(Clone)]
pub struct Runs {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub store: Arc<Store>,
    pub player: Arc<dyn EpisodePlayer>,
    pub pacing: Pacing,
    pub live: Arc<Live>,
    ticks: broadcast::Sender<Tick>,
    drivers: Mutex<HashMap<RunId, (Handle, watch::Sender<bool>)>>,
}

impl Shared {
    fn drivers(&self) -> MutexGuard<'_, HashMap<RunId, (Handle, watch::Sender<bool>)>> {
        self.drivers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn driver(&self, run: RunId) -> Option<Handle> {
        self.drivers().get(&run).map(|(handle, _)| handle.clone())
    }

    pub(crate) fn tell(&self, run: RunId, kind: TickKind) {
        // Nobody listening is fine.
        let _ = self.ticks.send(Tick { run, kind });
    }

    /// A driver's last word.
    pub(crate) fn ended(&self, run: RunId) {
        let driver = self.drivers().remove(&run);
        if let Some((_, ended)) = driver {
            ended.send_replace(true);
        }
        self.tell(run, TickKind::State);
    }
}

impl Runs {
    /// Opens the runs kept in `data_dir`. Runs that were going on when the last process ended are
    /// paused and can be resumed.
    ///
    /// # Errors
    /// See [`Store::open`].
    pub async fn open(data_dir: &Path, player: Arc<dyn EpisodePlayer>) -> Result<Runs, RunsError> {
        Runs::open_with(data_dir, player, Pacing::default()).await
    }

    /// The same with a patience of one's own.
    ///
    /// # Errors
    /// See [`Store::open`].
    pub async fn open_with(
        data_dir: &Path,
        player: Arc<dyn EpisodePlayer>,
        pacing: Pacing,
    ) -> Result<Runs, RunsError> {
        let store = Arc::new(Store::open(data_dir).await?);
        store.write(Change::InterruptRunning { now_ms: crate::clock::now_ms() }).await?;
        let (ticks, _) = broadcast::channel(TICKS_KEPT);
        let shared = Shared {
            store,
            player,
            pacing,
            live: Arc::default(),
            ticks,
            drivers: Mutex::default(),
        };
        Ok(Runs { shared: Arc::new(shared) })
    }

    /// Word of every change, in all runs.
    pub fn subscribe(&self) -> broadcast::Receiver<Tick> {
        self.shared.ticks.subscribe()
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.shared.store
    }

    /// Stores a plan as a new run, not yet started.
    ///
    /// # Errors
    /// [`RunsError::BadPlan`] from [`RunPlan::checked`].
    pub async fn create(&self, plan: RunPlan) -> Result<RunId, RunsError> {
        let plan = plan.checked()?;
        let run = RunId::new();
        let now_ms = crate::clock::now_ms();
        self.shared.store.write(Change::InsertRun { run, plan: Box::new(plan), now_ms }).await?;
        self.shared.tell(run, TickKind::List);
        Ok(run)
    }

    /// Stores what was opened from result files as a run, finished and only to be read. The same
    /// files opened before give the run that shows them.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn import(&self, opened: OpenedRun) -> Result<RunId, RunsError> {
        if let Some(known) = self.imported(&opened.digest()).await? {
            return Ok(known);
        }
        let run = RunId::new();
        let change = Change::ImportRun {
            run,
            plan: Box::new(opened.plan),
            episodes: opened.episodes,
            now_ms: crate::clock::now_ms(),
        };
        self.shared.store.write(change).await?;
        self.shared.tell(run, TickKind::List);
        Ok(run)
    }

    /// The run that shows files with this digest (see [`OpenedRun::digest`]), when there is one.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn imported(&self, digest: &str) -> Result<Option<RunId>, RunsError> {
        self.shared.store.imported_run(digest).await
    }

    /// Starts a run, or goes on where it stopped: finished conversations are not repeated, and
    /// replies already bought are not bought again. Does nothing when it is going on.
    ///
    /// # Errors
    /// [`RunsError::WrongState`] when it was cancelled or opened from files,
    /// [`RunsError::NoSuchRun`].
    pub async fn start(&self, run: RunId) -> Result<(), RunsError> {
        let row = self.shared.store.run(run).await?;
        can_go_on(&row)?;
        let (stop, orders) = watch::channel(None);
        let (end, ended) = watch::channel(false);
        loop {
            let current = {
                let mut drivers = self.shared.drivers();
                match drivers.get(&run) {
                    Some((handle, _)) => handle.clone(),
                    None => {
                        drivers.insert(run, (Handle { stop, ended }, end));
                        break;
                    }
                }
            };
            if !current.is_stopping() {
                return Ok(());
            }
            current.wait().await;
        }
        match self.prepare(run).await {
            Ok((pending, spent_usd)) => {
                self.shared.tell(run, TickKind::State);
                tokio::spawn(drive(
                    self.shared.clone(),
                    run,
                    Arc::new(row.plan),
                    pending,
                    spent_usd,
                    orders,
                ));
                Ok(())
            }
            Err(error) => {
                self.shared.ended(run);
                Err(error)
            }
        }
    }

    /// The write comes first: it waits for whatever an earlier driver had left in the queue, so that
    /// what is read afterwards is really still to do.
    async fn prepare(&self, run: RunId) -> Result<(Vec<crate::PendingEpisode>, f64), RunsError> {
        let store = &self.shared.store;
        let running = Change::SetState {
            run,
            state: RunState::Running,
            kind: String::new(),
            message: String::new(),
            now_ms: crate::clock::now_ms(),
        };
        store.write(running).await?;
        Ok((store.pending(run).await?, store.tally(run).await?.cost_usd.unwrap_or(0.0)))
    }

    /// Stops after the replies in flight and returns when the run has stopped. What is done is kept.
    /// Does nothing when the run is not going on.
    ///
    /// # Errors
    /// [`RunsError::WrongState`] for a run that was opened from files, [`RunsError::NoSuchRun`].
    pub async fn pause(&self, run: RunId) -> Result<(), RunsError> {
        was_run_here(&self.shared.store.run(run).await?)?;
        self.stop(run, RunState::Paused, "person", "", self.shared.pacing.grace).await;
        Ok(())
    }

    /// Gives up what is not finished. What is done is kept; the run cannot go on.
    ///
    /// # Errors
    /// [`RunsError::WrongState`] when it is finished, [`RunsError::NoSuchRun`].
    pub async fn cancel(&self, run: RunId) -> Result<(), RunsError> {
        was_run_here(&self.shared.store.run(run).await?)?;
        self.stop(run, RunState::Cancelled, "person", "", Duration::ZERO).await;
        match self.shared.store.run(run).await?.state {
            RunState::Cancelled => Ok(()),
            RunState::Finished => {
                Err(RunsError::WrongState("This run is already finished.".into()))
            }
            RunState::Paused | RunState::Running => {
                let change = Change::SetState {
                    run,
                    state: RunState::Cancelled,
                    kind: "person".into(),
                    message: String::new(),
                    now_ms: crate::clock::now_ms(),
                };
                self.shared.store.write(change).await?;
                self.shared.tell(run, TickKind::State);
                Ok(())
            }
        }
    }

    /// Ends a run before its end: what is not finished is not scored, for this reason, and nothing is
    /// taken back by it: it can be planned once more. Does nothing when everything is finished.
    ///
    /// # Errors
    /// [`RunsError::WrongState`] for a run that was opened from files, [`RunsError::NoSuchRun`].
    pub async fn break_off(&self, run: RunId, kind: &str, message: &str) -> Result<(), RunsError> {
        let row = self.shared.store.run(run).await?;
        was_run_here(&row)?;
        self.stop(run, RunState::Paused, kind, message, Duration::ZERO).await;
        let store = &self.shared.store;
        let pending = store.pending(run).await?;
        if pending.is_empty() {
            return Ok(());
        }
        let now_ms = crate::clock::now_ms();
        for episode in pending {
            let change = Change::NotScored {
                episode: episode.id,
                kind: kind.to_owned(),
                message: message.to_owned(),
                attempts: 1,
                duration_ms: (now_ms - row.created_ms).max(0),
                now_ms,
            };
            store.write(change).await?;
        }
        let (state, kind, message) = (RunState::Finished, String::new(), String::new());
        store.write(Change::SetState { run, state, kind, message, now_ms }).await?;
        self.shared.tell(run, TickKind::State);
        Ok(())
    }

    async fn stop(&self, run: RunId, state: RunState, kind: &str, message: &str, grace: Duration) {
        let Some(handle) = self.shared.driver(run) else { return };
        handle.stop.send_if_modified(|order| {
            let first = order.is_none();
            if first {
                *order =
                    Some(StopOrder { state, kind: kind.into(), message: message.into(), grace });
            }
            first
        });
        handle.wait().await;
    }

    /// Plans conversations that could not be scored once more and starts the run; says how many.
    ///
    /// # Errors
    /// As [`Runs::start`].
    pub async fn retry_not_scored(&self, run: RunId) -> Result<u64, RunsError> {
        can_go_on(&self.shared.store.run(run).await?)?;
        // The driver has its list from the start: it is stopped and started with the new one.
        self.pause(run).await?;
        let planned = self.shared.store.write(Change::RetryNotScored { run }).await?;
        self.start(run).await?;
        Ok(planned)
    }

    /// Gives a run another name.
    ///
    /// # Errors
    /// [`RunsError::BadPlan`] for an empty or very long name, [`RunsError::NoSuchRun`].
    pub async fn rename(&self, run: RunId, name: &str) -> Result<(), RunsError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 200 {
            return Err(RunsError::BadPlan("A name has 1 to 200 characters.".into()));
        }
        let change = Change::Rename { run, name: name.to_owned(), now_ms: crate::clock::now_ms() };
        self.touched(run, change).await
    }

    /// Deletes a run with everything in it, stopping it first.
    ///
    /// # Errors
    /// [`RunsError::NoSuchRun`].
    pub async fn delete(&self, run: RunId) -> Result<(), RunsError> {
        self.stop(run, RunState::Cancelled, "person", "", Duration::ZERO).await;
        self.touched(run, Change::Delete { run }).await
    }

    async fn touched(&self, run: RunId, change: Change) -> Result<(), RunsError> {
        if self.shared.store.write(change).await? == 0 {
            return Err(RunsError::NoSuchRun(run.to_string()));
        }
        self.shared.tell(run, TickKind::List);
        Ok(())
    }

    /// Returns when the run is no longer being driven, at once when it is not.
    pub async fn wait(&self, run: RunId) {
        if let Some(handle) = self.shared.driver(run) {
            handle.wait().await;
        }
    }

    /// Pauses everything and closes the database, in less than two seconds. Runs that were going on
    /// can be resumed when it is opened again.
    pub async fn shutdown(&self) {
        let runs: Vec<RunId> = self.shared.drivers().keys().copied().collect();
        let message = "The program was closed while this run was going on. Resume to go on.";
        let stops = runs
            .into_iter()
            .map(|run| self.stop(run, RunState::Paused, "closed", message, CLOSING_GRACE));
        futures_util::future::join_all(stops).await;
        self.shared.store.close().await;
    }
}

/// A run that was opened from files is only read.
fn was_run_here(row: &RunRow) -> Result<(), RunsError> {
    match &row.plan.imported {
        None => Ok(()),
        Some(_) => Err(RunsError::WrongState(
            "This run was opened from a file: it is here to be read and cannot be played. Start a new run with the same set-up instead.".into(),
        )),
    }
}

fn can_go_on(row: &RunRow) -> Result<(), RunsError> {
    was_run_here(row)?;
    match row.state {
        RunState::Cancelled => Err(RunsError::WrongState(
            "This run was cancelled and cannot go on. Start a new one.".into(),
        )),
        RunState::Running | RunState::Paused | RunState::Finished => Ok(()),
    }
}
