//! When a call is made again, and when it is given up.
//!
//! Retries happen only before a usable answer: an answer is never asked for again because of what
//! it says.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::ModelErrorKind;
use crate::bucket::Bucket;
use crate::limits::CallPolicy;

/// After so many unexplained refusals in a row it is taken for an exhausted quota.
const UNEXPLAINED_IN_A_ROW: u32 = 5;

/// One attempt that failed.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) kind: ModelErrorKind,
    pub(crate) hint: Option<Duration>,
    pub(crate) unexplained: bool,
    /// What happened, in our words.
    pub(crate) what: String,
    /// The provider's words, scrubbed and cut.
    pub(crate) detail: String,
}

impl Fault {
    pub(crate) fn new(kind: ModelErrorKind, what: impl Into<String>) -> Fault {
        Fault { kind, hint: None, unexplained: false, what: what.into(), detail: String::new() }
    }
}

/// A call that was given up: for what reason, after which last fault, after how many attempts.
pub(crate) struct GivenUp {
    pub(crate) kind: ModelErrorKind,
    pub(crate) fault: Fault,
    pub(crate) attempts: u32,
}

/// Makes a call as often as its failures allow. Gives the answer with the number of attempts.
pub(crate) async fn with_patience<T, F>(
    bucket: &Arc<Bucket>,
    policy: &CallPolicy,
    mut attempt_once: impl FnMut() -> F,
) -> Result<(T, u32), GivenUp>
where
    F: Future<Output = Result<T, Fault>>,
{
    let start = Instant::now();
    let mut throttled_since = None;
    let mut attempts = 0;
    loop {
        attempts += 1;
        let permit = bucket.enter(start, policy.throttle_budget).await.map_err(|refused| {
            let what = match refused.kind {
                ModelErrorKind::Throttled if !refused.wait.is_zero() => {
                    format!("it asks to wait {} s more", refused.wait.as_secs())
                }
                _ => "no answer to anybody for a long time".to_owned(),
            };
            let fault = Fault::new(refused.kind, what);
            GivenUp { kind: refused.kind, fault, attempts: attempts - 1 }
        })?;
        let fault = match attempt_once().await {
            Ok(answer) => {
                permit.answered();
                return Ok((answer, attempts));
            }
            Err(fault) => fault,
        };
        tracing::debug!(attempts, kind = ?fault.kind, what = %fault.what, "attempt failed");
        let (goes_on, wait) = match fault.kind {
            ModelErrorKind::Throttled => {
                let since: Instant = *throttled_since.get_or_insert_with(Instant::now);
                let (wait, in_a_row) =
                    permit.throttled(fault.hint, fault.unexplained, attempts, policy);
                if fault.unexplained && in_a_row >= UNEXPLAINED_IN_A_ROW {
                    return Err(GivenUp { kind: ModelErrorKind::QuotaExhausted, fault, attempts });
                }
                (since.elapsed() + wait <= policy.throttle_budget, wait)
            }
            ModelErrorKind::Unavailable | ModelErrorKind::Timeout => {
                permit.failed(policy);
                let most = match fault.kind {
                    ModelErrorKind::Timeout => policy.timeout_attempts,
                    _ => policy.unavailable_attempts,
                };
                // Some say with a failure, too, how long it will last.
                (attempts < most, fault.hint.unwrap_or_default() + policy.backoff(attempts))
            }
            ModelErrorKind::Malformed => {
                permit.answered();
                (attempts < policy.malformed_attempts, policy.backoff(attempts))
            }
            _ => {
                permit.answered();
                (false, Duration::ZERO)
            }
        };
        if !goes_on || wait > policy.throttle_budget {
            return Err(GivenUp { kind: fault.kind, fault, attempts });
        }
        tokio::time::sleep(wait).await;
    }
}

#[cfg(test)]
mod tests;
