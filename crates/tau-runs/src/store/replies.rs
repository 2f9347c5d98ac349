//! Table `replies`: the journal of episodes that are not finished.

use sqlx::{FromRow, SqliteConnection};

use super::Store;
use crate::{EpisodeId, RunsError};

/// A reply that was bought.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct StoredReply {
    pub role: String,
    pub seq: u32,
    pub reply: String,
}

pub(super) async fn insert(
    to: &mut SqliteConnection,
    episode: EpisodeId,
    role: &str,
    seq: u32,
    reply: &str,
) -> Result<u64, RunsError> {
    let done = sqlx::query("INSERT INTO replies (episode, role, seq, reply) VALUES (?, ?, ?, ?)")
        .bind(episode.0)
        .bind(role)
        .bind(seq)
        .bind(reply)
        .execute(to)
        .await?;
    Ok(done.rows_affected())
}

pub(super) async fn delete(
    to: &mut SqliteConnection,
    episode: EpisodeId,
) -> Result<u64, RunsError> {
    let done =
        sqlx::query("DELETE FROM replies WHERE episode = ?").bind(episode.0).execute(to).await?;
    Ok(done.rows_affected())
}

impl Store {
    /// What the replies in the journal of an episode cost in US dollars, as far as prices are known.
    pub(crate) async fn journaled_cost(&self, episode: EpisodeId) -> Result<f64, RunsError> {
        let cost: Option<f64> = sqlx::query_scalar(
            "SELECT SUM(json_extract(reply, '$.cost_usd')) FROM replies WHERE episode = ?",
        )
        .bind(episode.0)
        .fetch_one(&self.readers)
        .await?;
        Ok(cost.unwrap_or(0.0))
    }

    /// The journal of an episode in order of arrival.
    pub(crate) async fn replies(&self, episode: EpisodeId) -> Result<Vec<StoredReply>, RunsError> {
        Ok(sqlx::query_as("SELECT role, seq, reply FROM replies WHERE episode = ? ORDER BY id")
            .bind(episode.0)
            .fetch_all(&self.readers)
            .await?)
    }
}
