//! What can be written.

use sqlx::SqliteConnection;

use super::{conditions, diagnoses, episodes, imports, readings, replies, runs, transcripts};
use crate::results::OpenedEpisode;
use crate::store::{FinishedEpisode, RunState, StoredComparison, StoredDiagnosis, StoredReadings};
use crate::{EpisodeId, RunId, RunPlan, RunsError};

/// One change, all or nothing.
pub(crate) enum Change {
    /// A new run with its conditions and episodes.
    InsertRun { run: RunId, plan: Box<RunPlan>, now_ms: i64 },
    /// A run that was opened from files, finished, with all that is in it.
    ImportRun { run: RunId, plan: Box<RunPlan>, episodes: Vec<OpenedEpisode>, now_ms: i64 },
    /// Where a run stands and why.
    SetState { run: RunId, state: RunState, kind: String, message: String, now_ms: i64 },
    /// Runs that were going on when the last process ended are paused.
    InterruptRunning { now_ms: i64 },
    /// Another name.
    Rename { run: RunId, name: String, now_ms: i64 },
    /// A run and everything in it.
    Delete { run: RunId },
    /// A reply that was just bought. A second one for the same place is refused.
    RecordReply { episode: EpisodeId, role: &'static str, seq: u32, reply: String },
    /// The replies of an episode that is to be played with others.
    ForgetReplies { episode: EpisodeId },
    /// Result and transcript together; the journal goes.
    Finish { episode: EpisodeId, result: Box<FinishedEpisode>, transcript: Vec<u8>, now_ms: i64 },
    /// No result, and why. The journal stays, so that another attempt buys nothing twice.
    NotScored {
        episode: EpisodeId,
        kind: String,
        message: String,
        attempts: u32,
        duration_ms: i64,
        now_ms: i64,
    },
    /// Episodes that could not be scored are planned once more.
    RetryNotScored { run: RunId },
    /// A verdict on a failure, in place of an older one of the same source.
    PutDiagnosis { verdict: Box<StoredDiagnosis> },
    /// A verdict is taken back.
    DropDiagnosis { episode: EpisodeId, source: String },
    /// What a meter read, in place of its older readings of the same conversations.
    PutReadings { readings: Vec<StoredReadings> },
    /// A model's judgement of two messages.
    PutComparison { comparison: Box<StoredComparison> },
}

impl Change {
    pub(super) async fn apply(self, to: &mut SqliteConnection) -> Result<u64, RunsError> {
        match self {
            Change::InsertRun { run, plan, now_ms } => {
                runs::insert(to, run, &plan, now_ms).await?;
                conditions::insert(to, run, &plan).await?;
                episodes::insert(to, run, &plan).await
            }
            Change::ImportRun { run, plan, episodes, now_ms } => {
                runs::insert(to, run, &plan, now_ms).await?;
                conditions::insert(to, run, &plan).await?;
                let inserted = imports::insert(to, run, &plan, &episodes, now_ms).await?;
                let state = RunState::Finished;
                runs::set_state(to, run, state, imports::KIND, "", now_ms).await?;
                Ok(inserted)
            }
            Change::SetState { run, state, kind, message, now_ms } => {
                runs::set_state(to, run, state, &kind, &message, now_ms).await
            }
            Change::InterruptRunning { now_ms } => runs::interrupt_running(to, now_ms).await,
            Change::Rename { run, name, now_ms } => runs::rename(to, run, &name, now_ms).await,
            Change::Delete { run } => runs::delete(to, run).await,
            Change::RecordReply { episode, role, seq, reply } => {
                replies::insert(to, episode, role, seq, &reply).await
            }
            Change::ForgetReplies { episode } => replies::delete(to, episode).await,
            Change::Finish { episode, result, transcript, now_ms } => {
                episodes::finish(to, episode, &result, now_ms).await?;
                transcripts::insert(to, episode, &transcript).await?;
                replies::delete(to, episode).await?;
                Ok(1)
            }
            Change::NotScored { episode, kind, message, attempts, duration_ms, now_ms } => {
                episodes::not_scored(to, episode, &kind, &message, attempts, duration_ms, now_ms)
                    .await
            }
            Change::RetryNotScored { run } => episodes::retry_not_scored(to, run).await,
            Change::PutReadings { readings } => readings::put(to, &readings).await,
            Change::PutComparison { comparison } => readings::put_comparison(to, &comparison).await,
            Change::PutDiagnosis { verdict } => diagnoses::put(to, &verdict).await,
            Change::DropDiagnosis { episode, source } => {
                diagnoses::delete(to, episode, &source).await
            }
        }
    }
}
