//! What all calls to one provider share: how many run at once, when the next may start, and the
//! connections.
//!
//! A hint to wait is meant for everybody who uses the same key and model, so it is kept per
//! (provider, key, model) and not per call: five hundred conversations that each wait on their own
//! would come back as five hundred calls at the same moment.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rand::Rng;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// Time-outs, caps and patience of calls over HTTP.
#[derive(Clone, Debug, PartialEq)]
pub struct CallPolicy {
    /// Until a connection stands.
    pub connect_timeout: Duration,
    /// Longest silence while an answer is read.
    pub idle_timeout: Duration,
    /// Longest answer in bytes.
    pub body_cap: usize,
    /// Attempts when the provider is unavailable (5xx, reset, refused, DNS).
    pub unavailable_attempts: u32,
    /// Attempts when the answer cannot be read.
    pub malformed_attempts: u32,
    /// Attempts when a time-out passes.
    pub timeout_attempts: u32,
    /// How long one call may wait on "too many requests" altogether.
    pub throttle_budget: Duration,
    /// First step of the exponential waiting time.
    pub backoff_base: Duration,
    /// Longest single waiting time without a hint.
    pub backoff_cap: Duration,
}

impl Default for CallPolicy {
    fn default() -> Self {
        CallPolicy {
            connect_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(60),
            body_cap: 16 * 1024 * 1024,
            unavailable_attempts: 6,
            malformed_attempts: 3,
            timeout_attempts: 3,
            throttle_budget: Duration::from_secs(600),
            backoff_base: Duration::from_millis(500),
            backoff_cap: Duration::from_secs(60),
        }
    }
}

impl CallPolicy {
    /// Exponential waiting time with full jitter before attempt `attempt + 1`.
    pub(crate) fn backoff(&self, attempt: u32) -> Duration {
        let factor = 2u32.saturating_pow(attempt.saturating_sub(1).min(20));
        let ceiling = self.backoff_base.saturating_mul(factor).min(self.backoff_cap);
        ceiling.mul_f64(share())
    }
}

/// A number from 0 to 1 to spread waiting calls with.
#[allow(clippy::disallowed_methods, reason = "only waiting depends on it, never what is said")]
fn share() -> f64 {
    rand::rng().random()
}

/// The shared state of all providers; one per process.
pub struct ProviderLimits {
    policy: CallPolicy,
    default_concurrency: usize,
    hasher: RandomState,
    buckets: Mutex<HashMap<(String, u64, String), Arc<Bucket>>>,
    direct: Mutex<Option<reqwest::Client>>,
    through_proxy: Mutex<Option<reqwest::Client>>,
}

impl std::fmt::Debug for ProviderLimits {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ProviderLimits")
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

impl ProviderLimits {
    /// Limits under which an endpoint that does not say otherwise runs `default_concurrency` calls
    /// at once for each key and model.
    pub fn new(default_concurrency: usize) -> Arc<Self> {
        ProviderLimits::with_policy(default_concurrency, CallPolicy::default())
    }

    /// As [`ProviderLimits::new`], with time-outs and patience of one's own.
    pub fn with_policy(default_concurrency: usize, policy: CallPolicy) -> Arc<Self> {
        Arc::new(ProviderLimits {
            policy,
            default_concurrency: default_concurrency.max(1),
            hasher: RandomState::new(),
            buckets: Mutex::default(),
            direct: Mutex::default(),
            through_proxy: Mutex::default(),
        })
    }

    /// Time-outs and patience.
    pub fn policy(&self) -> &CallPolicy {
        &self.policy
    }

    /// The bucket of a provider, key and model. Whoever asks first fixes its concurrency.
    pub(crate) fn bucket(
        &self,
        provider: &str,
        key: Option<&SecretString>,
        model: &str,
        concurrency: Option<usize>,
    ) -> Arc<Bucket> {
        // Only a keyed hash is kept, never the key.
        let key = self.hasher.hash_one(key.map(|key| key.expose_secret()));
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        buckets
            .entry((provider.to_owned(), key, model.to_owned()))
            .or_insert_with(|| {
                Arc::new(Bucket::new(concurrency.unwrap_or(self.default_concurrency).max(1)))
            })
            .clone()
    }

    /// The HTTP client for an address. Loopback addresses never go through a proxy.
    pub(crate) fn client(&self, loopback: bool) -> Result<reqwest::Client, reqwest::Error> {
        let place = if loopback { &self.direct } else { &self.through_proxy };
        let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = &*place {
            return Ok(client.clone());
        }
        let mut builder = reqwest::Client::builder()
            .connect_timeout(self.policy.connect_timeout)
            .read_timeout(self.policy.idle_timeout)
            // A redirect could carry the key to another host.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .user_agent(concat!("tau-trait-desktop/", env!("CARGO_PKG_VERSION")));
        if loopback {
            builder = builder.no_proxy();
        }
        let client = builder.build()?;
        *place = Some(client.clone());
        Ok(client)
    }
}

/// What the calls of one (provider, key, model) share.
#[derive(Debug)]
pub(crate) struct Bucket {
    permits: Arc<Semaphore>,
    not_before: Mutex<Option<Instant>>,
    unexplained: AtomicU32,
}

impl Bucket {
    fn new(concurrency: usize) -> Self {
        Bucket {
            permits: Arc::new(Semaphore::new(concurrency)),
            not_before: Mutex::default(),
            unexplained: AtomicU32::new(0),
        }
    }

    /// Waits until a call may start. The permit is for one attempt.
    ///
    /// # Errors
    /// The time to wait when it is longer than `patience`.
    pub(crate) async fn enter(&self, patience: Duration) -> Result<OwnedSemaphorePermit, Duration> {
        loop {
            // The semaphore is never closed.
            let permit = self.permits.clone().acquire_owned().await.map_err(|_| Duration::ZERO)?;
            match self.remaining() {
                None => return Ok(permit),
                Some(wait) if wait > patience => return Err(wait),
                Some(wait) => {
                    drop(permit);
                    // Spread the herd that waited for the same moment.
                    let jitter = wait.mul_f64(0.1 * share());
                    tokio::time::sleep(wait + jitter).await;
                }
            }
        }
    }

    /// Keeps every call of this bucket back for `wait` from now on.
    pub(crate) fn hold_off(&self, wait: Duration) {
        let until = Instant::now() + wait;
        let mut not_before = self.not_before.lock().unwrap_or_else(PoisonError::into_inner);
        if not_before.is_none_or(|old| old < until) {
            *not_before = Some(until);
        }
    }

    fn remaining(&self) -> Option<Duration> {
        let not_before = *self.not_before.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = not_before?.checked_duration_since(Instant::now())?;
        (!wait.is_zero()).then_some(wait)
    }

    /// Counts a 429 that names no known reason and gives no hint; returns how many came in a row.
    pub(crate) fn count_unexplained(&self) -> u32 {
        self.unexplained.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// A call came through.
    pub(crate) fn explain(&self) {
        self.unexplained.store(0, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn a_hint_holds_back_every_call_of_the_same_key_and_model() {
        let limits = ProviderLimits::new(4);
        let key = SecretString::from("k-1");
        let first = limits.bucket("p", Some(&key), "m", None);
        let same = limits.bucket("p", Some(&key), "m", None);
        let other = limits.bucket("p", Some(&key), "another-model", None);
        first.hold_off(Duration::from_millis(300));

        let start = Instant::now();
        let _free = other.enter(PATIENCE).await.unwrap();
        assert!(start.elapsed() < Duration::from_millis(200), "another model waits for nobody");
        let _held = same.enter(PATIENCE).await.unwrap();
        assert!(start.elapsed() >= Duration::from_millis(300));
    }

    #[tokio::test]
    async fn no_more_calls_run_at_once_than_the_endpoint_allows() {
        let limits = ProviderLimits::new(8);
        let bucket = limits.bucket("p", None, "m", Some(1));
        let running = bucket.enter(PATIENCE).await;
        assert!(
            tokio::time::timeout(Duration::from_millis(100), bucket.enter(PATIENCE)).await.is_err()
        );
        drop(running);
        assert!(tokio::time::timeout(Duration::from_secs(5), bucket.enter(PATIENCE)).await.is_ok());
    }

    #[tokio::test]
    async fn nobody_waits_longer_than_their_patience() {
        let bucket = ProviderLimits::new(1).bucket("p", None, "m", None);
        bucket.hold_off(Duration::from_secs(3_600));
        let wait = bucket.enter(PATIENCE).await.unwrap_err();
        assert!(wait > PATIENCE);
    }

    #[test]
    fn waiting_times_grow_and_stay_under_the_cap() {
        let policy = CallPolicy::default();
        for attempt in 1..40 {
            assert!(policy.backoff(attempt) <= policy.backoff_cap);
        }
        assert!((0..200).any(|_| policy.backoff(5) > policy.backoff_base));
    }
}
