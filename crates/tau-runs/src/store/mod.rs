//! The database of runs: SQLite in the data folder, one writer, many readers.
//!
//! What is promised: when a write has returned, it is on disk (WAL with `synchronous = FULL`); when
//! the process dies, everything returned is there and nothing is there by half.
//!
//! One file a table. All SQL of the product is in this folder.

mod change;
mod conditions;
mod diagnoses;
mod episodes;
mod finished;
mod imports;
mod readings;
mod replies;
mod runs;
mod transcripts;
mod writer;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, SqliteConnection};

pub use self::diagnoses::StoredDiagnosis;
pub(crate) use self::episodes::outcome as episode_outcome;
pub use self::episodes::{CacheUse, ConversationFilter, EpisodeRow, PendingEpisode, Place};
pub use self::readings::{StoredComparison, StoredReadings};
pub use self::runs::{RunRow, RunState};
pub use self::transcripts::{JudgeBill, Transcript};

pub(crate) use self::change::Change;
pub(crate) use self::episodes::Tally;
pub(crate) use self::finished::FinishedEpisode;
pub(crate) use self::transcripts::{pack, unpack};

use self::writer::Writer;
use crate::RunsError;

/// From 3.7.0 to 3.51.2 a connection that writes while another checkpoints can corrupt a WAL
/// database, and that is what this product does all the time.
pub const OLDEST_SQLITE: &str = "3.51.3";

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// Which rows of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Rows to leave out in front.
    pub offset: u32,
    /// Most rows to give.
    pub limit: u32,
}

impl Default for Page {
    fn default() -> Self {
        Page { offset: 0, limit: 50 }
    }
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Paged<T> {
    /// Rows on all pages.
    pub total: u32,
    /// This page.
    pub rows: Vec<T>,
}

/// An open database. It is locked for other processes as long as this lives.
pub struct Store {
    pub(crate) readers: SqlitePool,
    writer: Writer,
    file: PathBuf,
    sqlite_version: String,
    _lock: File,
}

impl Store {
    /// Opens the database in `data_dir`, making both where they are missing.
    ///
    /// # Errors
    /// [`RunsError::InUse`] when another process has it open, [`RunsError::NewerDatabase`] when it
    /// comes from a later version, otherwise what the disk or SQLite report.
    pub async fn open(data_dir: &Path) -> Result<Store, RunsError> {
        let file_error = |path: &Path, error: std::io::Error| RunsError::File {
            path: path.to_owned(),
            reason: error.to_string(),
        };
        std::fs::create_dir_all(data_dir).map_err(|error| file_error(data_dir, error))?;
        let lock = lock(data_dir)?;
        let file = data_dir.join("runs.db");
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("trusted_schema", "OFF")
            .disable_statement_logging();
        let writing = options
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let mut connection = SqliteConnection::connect_with(&writing).await?;
        let sqlite_version = require_safe_sqlite(&mut connection).await?;
        migrate(&mut connection).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .min_connections(1)
            .connect_with(options.read_only(true))
            .await?;
        Ok(Store { readers, writer: Writer::start(connection), file, sqlite_version, _lock: lock })
    }

    /// Writes one change and returns when it is on disk; gives the number of rows it touched.
    pub(crate) async fn write(&self, change: Change) -> Result<u64, RunsError> {
        self.writer.write(change).await
    }

    /// The version of the SQLite that is linked in.
    pub fn sqlite_version(&self) -> &str {
        &self.sqlite_version
    }

    /// The database file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Waits for pending writes, folds the log into the database and closes it.
    pub async fn close(&self) {
        self.writer.close().await;
        self.readers.close().await;
    }

    /// SQLite's own check of the whole file: `ok`, or what is wrong.
    ///
    /// # Errors
    /// When the check itself cannot run.
    pub async fn integrity_check(&self) -> Result<String, RunsError> {
        Ok(sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&self.readers).await?)
    }
}

/// The lock is the operating system's: it is gone with the process, however that ends.
fn lock(data_dir: &Path) -> Result<File, RunsError> {
    let path = data_dir.join("runs.lock");
    let failed =
        |error: std::io::Error| RunsError::File { path: path.clone(), reason: error.to_string() };
    let file =
        File::options().create(true).write(true).truncate(false).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => {
            Err(RunsError::InUse { path: data_dir.to_owned() })
        }
        Err(std::fs::TryLockError::Error(error)) => Err(failed(error)),
    }
}

async fn require_safe_sqlite(connection: &mut SqliteConnection) -> Result<String, RunsError> {
    let found: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(connection).await?;
    if version(&found) < version(OLDEST_SQLITE) {
        return Err(RunsError::OldSqlite { found, needed: OLDEST_SQLITE });
    }
    Ok(found)
}

fn version(text: &str) -> Vec<u32> {
    text.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

async fn migrate(connection: &mut SqliteConnection) -> Result<(), RunsError> {
    let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0);
    match MIGRATIONS.run(connection).await {
        Ok(()) => Ok(()),
        Err(MigrateError::VersionMissing(found)) => Err(RunsError::NewerDatabase { found, known }),
        Err(error) => Err(RunsError::Database(error.to_string())),
    }
}

#[cfg(test)]
mod tests;
