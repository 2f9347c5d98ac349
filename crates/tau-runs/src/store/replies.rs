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
    /// The journal of an episode in order of arrival.
    pub(crate) async fn replies(&self, episode: EpisodeId) -> Result<Vec<StoredReply>, RunsError> {
        Ok(sqlx::query_as("SELECT role, seq, reply FROM replies WHERE episode = ? ORDER BY id")
            .bind(episode.0)
            .fetch_all(&self.readers)
            .await?)
    }
}
