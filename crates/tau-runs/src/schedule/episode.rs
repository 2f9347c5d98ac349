//! Playing one episode and putting its result on disk.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use futures_util::FutureExt;

use crate::journal::{EpisodeJournal, ReplyCount};
use crate::runs::Shared;
use crate::store::{Change, FinishedEpisode, pack};
use crate::{FailureKind, PendingEpisode, PlayFailure, RunId, RunPlan, RunsError, Transcript};

/// How an attempt at an episode ended.
pub(super) enum Ended {
    /// Result and transcript are on disk.
    Finished { cost_usd: Option<f64>, transcript: Box<Transcript> },
    /// There is no result.
    Failed(PlayFailure),
    /// The store refused.
    Store(RunsError),
}

/// One attempt; `attempts` counts those made, this one included.
pub(super) async fn play(
    shared: Arc<Shared>,
    run: RunId,
    plan: Arc<RunPlan>,
    episode: PendingEpisode,
    attempts: u32,
    stopping: Arc<AtomicBool>,
    news: Arc<AtomicBool>,
) -> Ended {
    let started = Instant::now();
    let journal = match EpisodeJournal::open(shared.store.clone(), episode.id, stopping).await {
        Ok(journal) => Arc::new(journal),
        Err(error) => return Ended::Store(error),
    };
    // Counts as going on until the result is on disk.
    let live = shared.live.begin(run, episode.id, news);
    let played = AssertUnwindSafe(shared.player.play(&plan, &episode, journal.clone(), &live))
        .catch_unwind()
        .await;
    let transcript = match played {
        Ok(Ok(transcript)) => transcript,
        Ok(Err(failure)) => return Ended::Failed(failure),
        Err(panic) => return Ended::Failed(bug(&*panic)),
    };
    match finish(&shared, &episode, &transcript, journal.count(), attempts, started).await {
        Ok(cost_usd) => Ended::Finished { cost_usd, transcript: Box::new(transcript) },
        Err(error) => Ended::Store(error),
    }
}

async fn finish(
    shared: &Shared,
    episode: &PendingEpisode,
    transcript: &Transcript,
    count: ReplyCount,
    attempts: u32,
    started: Instant,
) -> Result<Option<f64>, RunsError> {
    let elapsed = started.elapsed().as_millis() as i64;
    let result = FinishedEpisode::of(transcript, attempts, elapsed).with_replies(count);
    let cost_usd = result.cost_usd;
    let packed = pack(transcript)?;
    shared
        .store
        .write(Change::Finish {
            episode: episode.id,
            result: Box::new(result),
            transcript: packed,
            now_ms: crate::clock::now_ms(),
        })
        .await?;
    Ok(cost_usd)
}

fn bug(panic: &(dyn std::any::Any + Send)) -> PlayFailure {
    let words = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no details".to_owned());
    PlayFailure {
        kind: FailureKind::Bug,
        message: format!(
            "A fault in this program ended the conversation ({words}). Please report it."
        ),
    }
}
