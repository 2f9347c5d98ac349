//! Table `diagnoses`: why conversations failed, in other rooms' words.
//!
//! What a verdict says is not read here: it is kept as the JSON that it came in.

use sqlx::{FromRow, SqliteConnection};

use super::{Change, Store};
use crate::{EpisodeId, RunId, Runs, RunsError, TickKind};

/// A stored verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDiagnosis {
    /// The conversation.
    pub episode: EpisodeId,
    /// Who says so: `rules`, `model` or `person`.
    pub source: String,
    /// The verdict, JSON.
    pub body: String,
    /// The judging model's name; empty for the others.
    pub model: String,
    /// Version of the rules, or hash of the judging prompts: whether it would be given again.
    pub version: String,
    /// When, Unix time in milliseconds.
    pub at_ms: i64,
}

#[derive(FromRow)]
struct Row {
    episode: i64,
    source: String,
    body: String,
    model: String,
    version: String,
    at_ms: i64,
}

impl From<Row> for StoredDiagnosis {
    fn from(row: Row) -> Self {
        StoredDiagnosis {
            episode: EpisodeId(row.episode),
            source: row.source,
            body: row.body,
            model: row.model,
            version: row.version,
            at_ms: row.at_ms,
        }
    }
}

pub(super) async fn put(
    to: &mut SqliteConnection,
    verdict: &StoredDiagnosis,
) -> Result<u64, RunsError> {
    let done = sqlx::query(
        "INSERT INTO diagnoses (episode, source, body, model, version, at_ms) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (episode, source) DO UPDATE SET
             body = excluded.body, model = excluded.model, version = excluded.version, at_ms = excluded.at_ms",
    )
    .bind(verdict.episode.0)
    .bind(&verdict.source)
    .bind(&verdict.body)
    .bind(&verdict.model)
    .bind(&verdict.version)
    .bind(verdict.at_ms)
    .execute(to)
    .await?;
    Ok(done.rows_affected())
}

pub(super) async fn delete(
    to: &mut SqliteConnection,
    episode: EpisodeId,
    source: &str,
) -> Result<u64, RunsError> {
    let done = sqlx::query("DELETE FROM diagnoses WHERE episode = ? AND source = ?")
        .bind(episode.0)
        .bind(source)
        .execute(to)
        .await?;
    Ok(done.rows_affected())
}

impl Store {
    pub(super) async fn diagnoses_of_run(
        &self,
        run: RunId,
    ) -> Result<Vec<StoredDiagnosis>, RunsError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT episode, source, body, model, version, at_ms FROM diagnoses
             WHERE episode IN (SELECT id FROM episodes WHERE run = ?) ORDER BY episode, source",
        )
        .bind(run.to_string())
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().map(StoredDiagnosis::from).collect())
    }

    pub(super) async fn diagnoses_of_episode(
        &self,
        episode: EpisodeId,
    ) -> Result<Vec<StoredDiagnosis>, RunsError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT episode, source, body, model, version, at_ms FROM diagnoses
             WHERE episode = ? ORDER BY source",
        )
        .bind(episode.0)
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().map(StoredDiagnosis::from).collect())
    }
}

impl Runs {
    /// Keeps a verdict; it is on disk when this returns. It replaces one of the same source.
    ///
    /// # Errors
    /// [`RunsError::NoSuchEpisode`] when the conversation is gone, or what the database reports.
    pub async fn keep_diagnosis(&self, verdict: StoredDiagnosis) -> Result<(), RunsError> {
        // Asked first, so that a deleted conversation is told from a fault of the database.
        self.shared.store.episode(verdict.episode).await?;
        self.shared.store.write(Change::PutDiagnosis { verdict: Box::new(verdict) }).await?;
        Ok(())
    }

    /// Tells those who follow a run that its verdicts have changed, or the work on them.
    pub fn tell_of_diagnoses(&self, run: RunId) {
        self.shared.tell(run, TickKind::Progress);
    }

    /// Takes a verdict back; whether there was one.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn drop_diagnosis(
        &self,
        episode: EpisodeId,
        source: &str,
    ) -> Result<bool, RunsError> {
        let change = Change::DropDiagnosis { episode, source: source.to_owned() };
        Ok(self.shared.store.write(change).await? > 0)
    }

    /// All verdicts on conversations of a run, by conversation.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn diagnoses(&self, run: RunId) -> Result<Vec<StoredDiagnosis>, RunsError> {
        self.shared.store.diagnoses_of_run(run).await
    }

    /// The verdicts on one conversation.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn diagnoses_of(
        &self,
        episode: EpisodeId,
    ) -> Result<Vec<StoredDiagnosis>, RunsError> {
        self.shared.store.diagnoses_of_episode(episode).await
    }
}
