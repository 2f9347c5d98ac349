//! Runs: what is planned, what is going on, what came of it.
//!
//! A [`RunPlan`] becomes episodes (task x condition x trial) in a [`Store`]; [`Runs`] plays them
//! through an [`EpisodePlayer`] and answers questions about them.
//!
//! The promise: a conversation shown as finished is on disk. Killing the process costs at most the
//! replies in flight; starting again continues without repeating finished work and without buying a
//! reply twice. See the modules [`store`] and `schedule`.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod cast;
mod checkpoint;
mod clock;
mod error;
mod export;
mod ids;
mod journal;
mod live;
mod plan;
mod player;
mod progress;
mod queries;
mod reply_cache;
mod results;
mod runs;
mod schedule;
pub mod store;
mod tau2;
mod unhurried;

pub use cast::{Directory, ModelPlayer, Replies, VoiceCast};
pub use clock::{local_moment, local_stamp, now_ms};
pub use error::RunsError;
pub use export::Exported;
pub use ids::{EpisodeId, RunId};
pub use live::LiveEpisode;
pub use plan::{
    AgentPlan, AgentStrategy, CustomerPlan, CustomerStrategy, FewShot, ImportedFile, ImportedFrom,
    MOST_EPISODES, OUTSIDE, PERSON, PRACTICE, PlannedEpisode, PlannedTask, RunLimits, RunPlan,
    grader,
};
pub use player::{EpisodePlayer, FailureKind, PlayFailure};
pub use progress::{Progress, Tick, TickKind};
pub use queries::{Conversation, Grid, GridCell, OutcomeRow};
pub use reply_cache::{CacheAddress, CacheAddressError, CacheSize, ReplyFile, ReplyServer};
pub use results::{
    Fault, Header, LARGEST_RESULT, NOT_IN_FILE, OpenedEpisode, OpenedRun, Preview, RECORDED,
    Recorded, RecordedMessage, Regrade, RegradeError, Regraded, Regrading, ResultFile,
    ResultFormat, ResultName, open_results, preview, single_trait, traits_part,
};
pub use runs::Runs;
pub use schedule::Pacing;
pub use store::{
    CacheUse, ConversationFilter, EpisodeRow, JudgeBill, Page, Paged, PendingEpisode, Place,
    RunRow, RunState, Store, StoredComparison, StoredDiagnosis, StoredReadings, Transcript,
};

pub use tau2::{
    JudgePlan, NOBODY, StateChange, StateLog, StateSide, Tau2Plan, Tau2Shape, definition_of,
    task_in_words,
};

pub mod testing;
