//! Many failures, judged a few at a time, each stored as soon as it is judged.

use std::sync::Mutex;
use std::sync::PoisonError;

use async_trait::async_trait;
use futures_util::StreamExt;
use futures_util::stream;
use tau_sim::CancellationToken;

use super::{Case, Judge, JudgeError, Spent};
use crate::Diagnosis;

/// Where failures come from and verdicts go.
#[async_trait]
pub trait Cases: Send + Sync {
    /// What names a failure.
    type Id: Copy + Send + Sync;

    /// The failure of this name.
    ///
    /// # Errors
    /// Why it cannot be read, for a person.
    async fn load(&self, id: Self::Id) -> Result<Case, String>;

    /// Keeps a verdict before it is counted.
    ///
    /// # Errors
    /// Why it cannot be kept, for a person; no further failure is judged then.
    async fn keep(&self, id: Self::Id, verdict: Diagnosis) -> Result<(), String>;

    /// A failure that has no verdict, and why.
    async fn gave_up(&self, id: Self::Id, error: &JudgeError);
}

/// How many to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Most failures to judge; those behind are left out.
    pub most: usize,
    /// At the same time; at least 1.
    pub concurrency: usize,
}

/// What became of a batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BatchReport {
    /// Failures that were to be judged.
    pub planned: usize,
    /// Left out by the cap.
    pub left_out: usize,
    /// Judged and kept.
    pub judged: usize,
    /// Without a verdict: the model could not be asked, or its answers could not be read. They are in
    /// no count of faults.
    pub not_judged: usize,
    /// Why it ended before all were judged; `None` when it did not.
    pub stopped: Option<String>,
    /// What it took.
    pub spent: Spent,
}

/// Judges failures in their order, until they are done, `cancel` is triggered, or a failure shows that
/// no further one can be judged.
pub async fn judge_all<C: Cases>(
    judge: &Judge,
    cases: &C,
    ids: &[C::Id],
    batch: Batch,
    cancel: &CancellationToken,
) -> BatchReport {
    let planned = ids.len().min(batch.most);
    let report = Mutex::new(BatchReport {
        planned,
        left_out: ids.len() - planned,
        ..BatchReport::default()
    });
    // Of its own, so that what ends this batch does not end the caller's other work.
    let stop = cancel.child_token();
    let work = stream::iter(ids[..planned].iter().copied()).map(|id| {
        let (stop, report) = (&stop, &report);
        async move {
            let mut spent = Spent::default();
            let outcome = tokio::select! {
                biased;
                () = stop.cancelled() => Err(JudgeError::Cancelled),
                outcome = one(judge, cases, id, &mut spent) => outcome,
            };
            let lock = || report.lock().unwrap_or_else(PoisonError::into_inner);
            lock().spent.join(&spent);
            match outcome {
                Ok(()) => lock().judged += 1,
                Err(JudgeError::Cancelled) => {
                    lock().stopped.get_or_insert_with(|| JudgeError::Cancelled.to_string());
                }
                Err(error) => {
                    {
                        let mut report = lock();
                        report.not_judged += 1;
                        if error.stops_all() && report.stopped.is_none() {
                            report.stopped = Some(error.to_string());
                        }
                    }
                    if error.stops_all() {
                        stop.cancel();
                    }
                    cases.gave_up(id, &error).await;
                }
            }
        }
    });
    work.buffer_unordered(batch.concurrency.max(1)).collect::<()>().await;
    report.into_inner().unwrap_or_else(PoisonError::into_inner)
}

async fn one<C: Cases>(
    judge: &Judge,
    cases: &C,
    id: C::Id,
    spent: &mut Spent,
) -> Result<(), JudgeError> {
    let case = cases.load(id).await.map_err(JudgeError::Case)?;
    let verdict = judge.judge(&case, spent).await?;
    cases.keep(id, verdict).await.map_err(JudgeError::Store)
}
