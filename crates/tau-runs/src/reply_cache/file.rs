//! Replies in an SQLite file. Several processes may use it at once; it may be deleted at any time.

use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Executor};
use tau_llm::{CacheError, ReplyKey, ReplyStore};
use tokio::sync::Mutex;

use super::{AGE, FILE, path_within};

/// Most bytes of replies; beyond it the oldest go.
const LARGEST: i64 = 1 << 30;
/// How often what is too old or too much is looked for, in times that something was kept.
const TRIM_EVERY: u32 = 256;
/// The shape of the file, in its `user_version`.
const SHAPE: i64 = 1;

/// How much is in a cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheSize {
    /// Replies.
    pub replies: u64,
    /// Bytes on the disk.
    pub bytes: u64,
}

/// A cache in a file.
pub struct ReplyFile {
    path: PathBuf,
    now_ms: fn() -> i64,
    largest: i64,
    open: Mutex<Opened>,
}

#[derive(Default)]
struct Opened {
    pool: Option<SqlitePool>,
    kept: u32,
}

impl ReplyFile {
    /// The file in a data folder. It is made when something is kept or looked for.
    pub fn within(data_dir: &Path) -> ReplyFile {
        ReplyFile {
            path: path_within(data_dir),
            now_ms: crate::clock::now_ms,
            largest: LARGEST,
            open: Mutex::default(),
        }
    }

    /// How much there is; nothing where there is no file. Of a file that cannot be read only the bytes.
    pub async fn size(&self) -> CacheSize {
        let bytes = |file: &PathBuf| std::fs::metadata(file).map_or(0, |found| found.len());
        let bytes: u64 = self.files().iter().map(bytes).sum();
        if bytes == 0 {
            return CacheSize::default();
        }
        let replies = match self.pool(0).await {
            Ok(pool) => {
                let count = sqlx::query_scalar("SELECT count(*) FROM replies").fetch_one(&pool);
                count.await.map_or(0, |count: i64| count.max(0) as u64)
            }
            Err(_) => 0,
        };
        CacheSize { replies, bytes }
    }

    /// Forgets everything. A file that is damaged is removed.
    ///
    /// # Errors
    /// When it can be neither emptied nor removed.
    pub async fn empty(&self) -> Result<(), CacheError> {
        if !self.path.exists() {
            return Ok(());
        }
        if let Ok(pool) = self.pool(0).await {
            let emptied =
                pool.execute("DELETE FROM replies; VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
            if emptied.await.is_ok() {
                return Ok(());
            }
        }
        let mut open = self.open.lock().await;
        if let Some(pool) = open.pool.take() {
            pool.close().await;
        }
        for file in self.files() {
            match std::fs::remove_file(&file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(CacheError(error.to_string()));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Closes the file.
    pub async fn close(&self) {
        if let Some(pool) = self.open.lock().await.pool.take() {
            pool.close().await;
        }
    }

    /// The file and what SQLite keeps beside it.
    fn files(&self) -> [PathBuf; 3] {
        let beside = |end: &str| self.path.with_file_name(format!("{FILE}{end}"));
        [self.path.clone(), beside("-wal"), beside("-shm")]
    }

    /// The open file. `keeping` times something is about to be kept.
    async fn pool(&self, keeping: u32) -> Result<SqlitePool, CacheError> {
        let mut open = self.open.lock().await;
        let pool = match &open.pool {
            Some(pool) => pool.clone(),
            None => {
                let pool = self.connect().await.map_err(broken)?;
                let shape: i64 = sqlx::query_scalar("PRAGMA user_version")
                    .fetch_one(&pool)
                    .await
                    .map_err(broken)?;
                if shape != 0 && shape != SHAPE {
                    return Err(CacheError(
                        "it was made by another version of this program".into(),
                    ));
                }
                pool.execute(SCHEMA).await.map_err(broken)?;
                open.pool = Some(pool.clone());
                pool
            }
        };
        if keeping > 0 {
            if open.kept.is_multiple_of(TRIM_EVERY) {
                self.trim(&pool).await.map_err(broken)?;
            }
            open.kept = open.kept.wrapping_add(keeping);
        }
        Ok(pool)
    }

    async fn connect(&self) -> Result<SqlitePool, sqlx::Error> {
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let options = SqliteConnectOptions::new()
            .filename(&self.path)
            .create_if_missing(true)
            .auto_vacuum(SqliteAutoVacuum::Incremental)
            .journal_mode(SqliteJournalMode::Wal)
            // What is lost with the power is asked for again.
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(Duration::from_secs(2))
            .pragma("trusted_schema", "OFF")
            .disable_statement_logging();
        SqlitePoolOptions::new().max_connections(4).connect_with(options).await
    }

    /// Lets go of what is too old, and of the oldest when there is too much.
    async fn trim(&self, pool: &SqlitePool) -> Result<(), sqlx::Error> {
        let expired = sqlx::query("DELETE FROM replies WHERE made_ms <= ?").bind(self.oldest_ms());
        let mut gone = expired.execute(pool).await?.rows_affected();
        let size: i64 = sqlx::query_scalar("SELECT coalesce(sum(size), 0) FROM replies")
            .fetch_one(pool)
            .await?;
        if size > self.largest {
            let surplus = sqlx::query(
                "DELETE FROM replies WHERE id IN (SELECT id FROM (
                     SELECT id, sum(size) OVER (ORDER BY made_ms DESC, id DESC) AS upto FROM replies
                 ) WHERE upto > ?)",
            );
            // Some room, so that this is not done each time.
            gone += surplus.bind(self.largest / 10 * 9).execute(pool).await?.rows_affected();
        }
        if gone > 0 {
            pool.execute("PRAGMA incremental_vacuum").await?;
        }
        Ok(())
    }

    fn oldest_ms(&self) -> i64 {
        (self.now_ms)() - AGE.as_millis() as i64
    }
}

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS replies (
        id       INTEGER PRIMARY KEY,
        key      BLOB    NOT NULL UNIQUE,   -- SHA-256 of the question
        made_ms  INTEGER NOT NULL,          -- when it was kept, Unix time in milliseconds
        size     INTEGER NOT NULL,          -- of the data in bytes
        data     BLOB    NOT NULL           -- a checksum and the reply as JSON
    ) STRICT;
    CREATE INDEX IF NOT EXISTS replies_by_age ON replies (made_ms, size);
    PRAGMA user_version = 1;";

#[async_trait]
impl ReplyStore for ReplyFile {
    fn name(&self) -> &str {
        FILE
    }

    async fn get(&self, key: &ReplyKey) -> Result<Option<Vec<u8>>, CacheError> {
        let pool = self.pool(0).await?;
        sqlx::query_scalar("SELECT data FROM replies WHERE key = ? AND made_ms > ?")
            .bind(&key.bytes()[..])
            .bind(self.oldest_ms())
            .fetch_optional(&pool)
            .await
            .map_err(broken)
    }

    async fn put(&self, entries: &[(ReplyKey, Vec<u8>)]) -> Result<(), CacheError> {
        let pool = self.pool(1).await?;
        // At once the right to write: two processes then wait for each other and do not fail.
        let mut change = pool.begin_with("BEGIN IMMEDIATE").await.map_err(broken)?;
        for (key, data) in entries {
            sqlx::query(
                "INSERT INTO replies (key, made_ms, size, data) VALUES (?, ?, ?, ?)
                 ON CONFLICT (key) DO UPDATE
                 SET made_ms = excluded.made_ms, size = excluded.size, data = excluded.data",
            )
            .bind(&key.bytes()[..])
            .bind((self.now_ms)())
            .bind(data.len() as i64)
            .bind(data.as_slice())
            .execute(&mut *change)
            .await
            .map_err(broken)?;
        }
        change.commit().await.map_err(broken)
    }
}

/// SQLite's words, and what can be done about a damaged file.
fn broken(error: sqlx::Error) -> CacheError {
    let code = error.as_database_error().and_then(|error| error.code());
    CacheError(match code.as_deref() {
        // SQLITE_CORRUPT, SQLITE_NOTADB; codes with particulars are these and a multiple of 256.
        Some(code) if matches!(code.parse::<u32>().map(|code| code & 255), Ok(11 | 26)) => {
            "the file is damaged; empty the cache to begin a new one".to_owned()
        }
        _ => error.to_string(),
    })
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
