//! Tables `readings` and `comparisons`: how much of each trait customers showed, in a meter's words.
//!
//! What a reading says is not read here: it is kept as the JSON that it came in.

use sqlx::{FromRow, SqliteConnection};

use super::{Change, Store};
use crate::{EpisodeId, RunId, Runs, RunsError};

/// The readings of one conversation by one meter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReadings {
    /// The conversation.
    pub episode: EpisodeId,
    /// The meter: `markers`, `basis` or `judge`.
    pub source: String,
    /// The readings, JSON.
    pub body: String,
    /// The judging or local model's name; empty for markers.
    pub model: String,
    /// Hash of the meter's definitions, or of the judge's prompts: whether it would read the same again.
    pub version: String,
    /// When, Unix time in milliseconds.
    pub at_ms: i64,
}

/// Which of two messages shows more of a trait, in a model's judgement.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredComparison {
    /// The trait's id.
    pub trait_id: String,
    /// The conversation whose customer was asked for more of it.
    pub higher: EpisodeId,
    /// Index of its message.
    pub higher_message: u32,
    /// The conversation whose customer was asked for less.
    pub lower: EpisodeId,
    /// Index of its message.
    pub lower_message: u32,
    /// 1 when the message of the higher shows more, 0 when that of the lower does, 0.5 for a tie.
    pub won: f64,
    /// The judging model's name.
    pub model: String,
    /// Hash of its prompts.
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

impl From<Row> for StoredReadings {
    fn from(row: Row) -> Self {
        StoredReadings {
            episode: EpisodeId(row.episode),
            source: row.source,
            body: row.body,
            model: row.model,
            version: row.version,
            at_ms: row.at_ms,
        }
    }
}

#[derive(FromRow)]
struct ComparisonRow {
    #[sqlx(rename = "trait")]
    trait_id: String,
    higher: i64,
    higher_message: u32,
    lower: i64,
    lower_message: u32,
    won: f64,
    model: String,
    version: String,
    at_ms: i64,
}

impl From<ComparisonRow> for StoredComparison {
    fn from(row: ComparisonRow) -> Self {
        StoredComparison {
            trait_id: row.trait_id,
            higher: EpisodeId(row.higher),
            higher_message: row.higher_message,
            lower: EpisodeId(row.lower),
            lower_message: row.lower_message,
            won: row.won,
            model: row.model,
            version: row.version,
            at_ms: row.at_ms,
        }
    }
}

pub(super) async fn put(
    to: &mut SqliteConnection,
    all: &[StoredReadings],
) -> Result<u64, RunsError> {
    let mut written = 0;
    for readings in all {
        // A conversation that was deleted meanwhile has none: its place is asked for, not assumed.
        let done = sqlx::query(
            "INSERT INTO readings (episode, source, body, model, version, at_ms)
             SELECT id, ?, ?, ?, ?, ? FROM episodes WHERE id = ?
             ON CONFLICT (episode, source) DO UPDATE SET
                 body = excluded.body, model = excluded.model, version = excluded.version, at_ms = excluded.at_ms",
        )
        .bind(&readings.source)
        .bind(&readings.body)
        .bind(&readings.model)
        .bind(&readings.version)
        .bind(readings.at_ms)
        .bind(readings.episode.0)
        .execute(&mut *to)
        .await?;
        written += done.rows_affected();
    }
    Ok(written)
}

pub(super) async fn put_comparison(
    to: &mut SqliteConnection,
    each: &StoredComparison,
) -> Result<u64, RunsError> {
    let done = sqlx::query(
        "INSERT INTO comparisons (trait, higher, higher_message, lower, lower_message, won, model, version, at_ms)
         SELECT ?, h.id, ?, l.id, ?, ?, ?, ?, ? FROM episodes h, episodes l WHERE h.id = ? AND l.id = ?
         ON CONFLICT (higher, trait, higher_message, lower, lower_message) DO UPDATE SET
             won = excluded.won, model = excluded.model, version = excluded.version, at_ms = excluded.at_ms",
    )
    .bind(&each.trait_id)
    .bind(each.higher_message)
    .bind(each.lower_message)
    .bind(each.won)
    .bind(&each.model)
    .bind(&each.version)
    .bind(each.at_ms)
    .bind(each.higher.0)
    .bind(each.lower.0)
    .execute(to)
    .await?;
    Ok(done.rows_affected())
}

impl Store {
    pub(super) async fn readings_of_run(
        &self,
        run: RunId,
    ) -> Result<Vec<StoredReadings>, RunsError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT episode, source, body, model, version, at_ms FROM readings
             WHERE episode IN (SELECT id FROM episodes WHERE run = ?) ORDER BY episode, source",
        )
        .bind(run.to_string())
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().map(StoredReadings::from).collect())
    }

    pub(super) async fn readings_of_episode(
        &self,
        episode: EpisodeId,
    ) -> Result<Vec<StoredReadings>, RunsError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT episode, source, body, model, version, at_ms FROM readings
             WHERE episode = ? ORDER BY source",
        )
        .bind(episode.0)
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().map(StoredReadings::from).collect())
    }

    pub(super) async fn comparisons_of_run(
        &self,
        run: RunId,
    ) -> Result<Vec<StoredComparison>, RunsError> {
        let rows: Vec<ComparisonRow> = sqlx::query_as(
            "SELECT trait, higher, higher_message, lower, lower_message, won, model, version, at_ms
             FROM comparisons WHERE higher IN (SELECT id FROM episodes WHERE run = ?)
             ORDER BY higher, trait, higher_message, lower, lower_message",
        )
        .bind(run.to_string())
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().map(StoredComparison::from).collect())
    }
}

impl Runs {
    /// Keeps readings, all or none; they are on disk when this returns, and replace those of the same
    /// meter. Readings of conversations that are gone are left out.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn keep_readings(&self, readings: Vec<StoredReadings>) -> Result<(), RunsError> {
        self.shared.store.write(Change::PutReadings { readings }).await?;
        Ok(())
    }

    /// Keeps a model's judgement of two messages.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn keep_comparison(&self, comparison: StoredComparison) -> Result<(), RunsError> {
        self.shared.store.write(Change::PutComparison { comparison: Box::new(comparison) }).await?;
        Ok(())
    }

    /// All readings of a run, by conversation.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn readings(&self, run: RunId) -> Result<Vec<StoredReadings>, RunsError> {
        self.shared.store.readings_of_run(run).await
    }

    /// The readings of one conversation.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn readings_of(&self, episode: EpisodeId) -> Result<Vec<StoredReadings>, RunsError> {
        self.shared.store.readings_of_episode(episode).await
    }

    /// All judgements of pairs in a run.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn comparisons(&self, run: RunId) -> Result<Vec<StoredComparison>, RunsError> {
        self.shared.store.comparisons_of_run(run).await
    }
}
