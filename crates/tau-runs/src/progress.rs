//! Figures of a run so far, and the word that something changed.

use serde::Serialize;

use crate::store::{CacheUse, Tally};
use crate::{RunId, RunRow, RunState};

/// Something changed; whoever shows it asks again. Deliberately without content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Tick {
    /// In which run.
    pub run: RunId,
    /// What.
    pub kind: TickKind,
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TickKind {
    /// Conversations began, went on or ended. At most ten a second per run.
    Progress,
    /// The run started, paused, finished or was cancelled.
    State,
    /// The list of runs: one was made, renamed or deleted.
    List,
}

/// Figures of a run so far.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Progress {
    /// Where it stands.
    pub state: RunState,
    /// Why, as a stable word; see [`RunRow::kind`].
    pub kind: String,
    /// Why, for a person; empty when all is well.
    pub message: String,
    /// Conversations planned.
    pub planned: u32,
    /// Conversations that have ended, scored or not.
    pub finished: u32,
    /// Conversations going on.
    pub running: u32,
    /// Reward 1.
    pub passed: u32,
    /// Reward 0.
    pub failed: u32,
    /// Ended without a score.
    pub not_scored: u32,
    /// Seconds to go, from the mean duration so far; `None` while that is unknown or nothing goes on.
    pub eta_seconds: Option<f64>,
    /// Spent on finished conversations in US dollars; `None` when prices are not known.
    pub cost_usd: Option<f64>,
    /// What was taken from the cache of replies; `None` for a run without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache: Option<CacheUse>,
}

impl Progress {
    pub(crate) fn of(row: &RunRow, tally: &Tally, running: usize) -> Progress {
        let finished = tally.passed + tally.failed + tally.not_scored;
        let left = tally.planned.saturating_sub(finished);
        let at_once = row.plan.limits.max_concurrency.min(left).max(1);
        let eta_seconds = match (row.state, tally.mean_ms) {
            (RunState::Running, Some(mean_ms)) => {
                Some(mean_ms / 1000.0 * f64::from(left) / f64::from(at_once))
            }
            _ => None,
        };
        Progress {
            state: row.state,
            kind: row.kind.clone(),
            message: row.message.clone(),
            planned: tally.planned,
            finished,
            running: running as u32,
            passed: tally.passed,
            failed: tally.failed,
            not_scored: tally.not_scored,
            eta_seconds,
            cost_usd: tally.cost_usd,
            cache: None,
        }
    }
}
