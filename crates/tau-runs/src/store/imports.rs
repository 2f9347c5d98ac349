//! Runs that were opened from files.

use sqlx::SqliteConnection;
use tau_domain::Outcome;

use super::{Store, episodes, transcripts};
use crate::results::{OpenedEpisode, Score};
use crate::{RunId, RunPlan, RunsError};

/// Why such a run is finished.
pub(super) const KIND: &str = "imported";

/// Inserts the conversations, each as it ended.
pub(super) async fn insert(
    to: &mut SqliteConnection,
    run: RunId,
    plan: &RunPlan,
    opened: &[OpenedEpisode],
    now_ms: i64,
) -> Result<u64, RunsError> {
    for (position, episode) in opened.iter().enumerate() {
        let (Some(task), Some(condition)) =
            (plan.tasks.get(episode.task), plan.conditions.get(episode.condition))
        else {
            return Err(RunsError::BadPlan("An entry belongs to no task of its run.".into()));
        };
        let id = episodes::insert_one(
            to,
            run,
            position,
            task,
            (&condition.id, episode.condition),
            episode.trial,
        )
        .await?;
        match &episode.score {
            Score::Scored => episodes::finish(to, id, &episode.row, now_ms).await?,
            Score::NotScored { kind, message } => {
                debug_assert_eq!(episode.outcome, Outcome::NotScored);
                let lasted = episode.row.duration_ms;
                episodes::not_scored(to, id, kind, message, 1, lasted, now_ms).await?;
            }
        }
        transcripts::insert(to, id, &episode.transcript).await?;
    }
    Ok(opened.len() as u64)
}

impl Store {
    /// The newest run that was opened from files with this digest.
    pub(crate) async fn imported_run(&self, digest: &str) -> Result<Option<RunId>, RunsError> {
        let plans: Vec<(String, String)> = sqlx::query_as(
            "SELECT id, plan FROM runs WHERE kind = ? OR json_extract(plan, '$.imported') IS NOT NULL
             ORDER BY created_ms DESC, id DESC",
        )
        .bind(KIND)
        .fetch_all(&self.readers)
        .await?;
        for (id, plan) in plans {
            let plan: RunPlan = serde_json::from_str(&plan)
                .map_err(|error| RunsError::Unreadable(error.to_string()))?;
            if plan.imported.is_some_and(|from| from.digest() == digest) {
                return Ok(Some(id.parse()?));
            }
        }
        Ok(None)
    }
}
