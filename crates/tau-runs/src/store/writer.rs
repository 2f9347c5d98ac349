//! The one writer: changes queue up, and all that wait are committed together.
//!
//! A commit costs one sync of the disk whatever it holds, so a busy run pays for one sync where
//! hundreds of replies arrived during the one before. Nobody is told "done" before the commit that
//! holds his change has returned.

use std::sync::Mutex;

use sqlx::{Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::Change;
use crate::RunsError;

/// Most changes in one commit: bounds how long the first of them waits.
const MOST_TOGETHER: usize = 256;
/// Changes that may wait before callers are held up.
const QUEUE: usize = 1024;

struct Job {
    change: Change,
    done: oneshot::Sender<Result<u64, RunsError>>,
}

pub(super) struct Writer {
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    pub(super) fn start(connection: SqliteConnection) -> Writer {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let task = tokio::spawn(write_all(connection, queue));
        Writer { jobs: Mutex::new(Some(jobs)), task: Mutex::new(Some(task)) }
    }

    pub(super) async fn write(&self, change: Change) -> Result<u64, RunsError> {
        let jobs = lock(&self.jobs).clone().ok_or(RunsError::Closed)?;
        let (done, answer) = oneshot::channel();
        jobs.send(Job { change, done }).await.map_err(|_| RunsError::Closed)?;
        drop(jobs);
        answer.await.map_err(|_| RunsError::Closed)?
    }

    /// Takes no more changes, waits for those in the queue and closes the connection, which folds
    /// the log into the database.
    pub(super) async fn close(&self) {
        lock(&self.jobs).take();
        let task = lock(&self.task).take();
        if let Some(task) = task
            && task.await.is_err()
        {
            tracing::error!("the writer of the run database ended with a panic");
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

async fn write_all(mut connection: SqliteConnection, mut queue: mpsc::Receiver<Job>) {
    let mut batch = Vec::with_capacity(MOST_TOGETHER);
    while queue.recv_many(&mut batch, MOST_TOGETHER).await > 0 {
        let (changes, waiting): (Vec<_>, Vec<_>) =
            batch.drain(..).map(|job| (job.change, job.done)).unzip();
        let results = match commit(&mut connection, changes).await {
            Ok(results) => results,
            Err(error) => waiting.iter().map(|_| Err(error.clone())).collect(),
        };
        for (done, result) in waiting.into_iter().zip(results) {
            // A caller that no longer waits gave up; its change stands all the same.
            let _ = done.send(result);
        }
    }
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the run database did not close cleanly; it will mend itself when opened");
    }
}

/// Each change in a savepoint of its own: one that fails leaves the others alone.
async fn commit(
    connection: &mut SqliteConnection,
    changes: Vec<Change>,
) -> Result<Vec<Result<u64, RunsError>>, RunsError> {
    let mut all = connection.begin_with("BEGIN IMMEDIATE").await?;
    let mut results = Vec::with_capacity(changes.len());
    for change in changes {
        let mut one = all.begin().await?;
        let result = change.apply(&mut one).await;
        match &result {
            Ok(_) => one.commit().await?,
            Err(_) => one.rollback().await?,
        }
        results.push(result);
    }
    all.commit().await?;
    Ok(results)
}
