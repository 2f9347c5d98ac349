//! What all calls share: patience, connections, prices, and for each (provider, key, model) a bucket.
//!
//! A hint to wait is meant for everybody who uses the same key and model, so it is kept per
//! (provider, key, model) and not per call: five hundred conversations that each wait on their own
//! would come back as five hundred calls at the same moment.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use rand::Rng;
use secrecy::{ExposeSecret, SecretString};

use crate::bucket::Bucket;
use crate::prices::Prices;

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
    /// Failures in a row, of all calls of a bucket, after which nobody calls for a while and then one
    /// call probes.
    pub breaker_failures: u32,
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
    /// Longest time one attempt at a steer service may take; models have their endpoint's own. A
    /// customer's line is short: the service's own client waits as long as this.
    pub steer_timeout: Duration,
}

impl Default for CallPolicy {
    fn default() -> Self {
        CallPolicy {
            connect_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(60),
            body_cap: 16 * 1024 * 1024,
            unavailable_attempts: 6,
            breaker_failures: 6,
            malformed_attempts: 3,
            timeout_attempts: 3,
            throttle_budget: Duration::from_secs(600),
            backoff_base: Duration::from_millis(500),
            backoff_cap: Duration::from_secs(60),
            steer_timeout: Duration::from_secs(30),
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
pub(crate) fn share() -> f64 {
    rand::rng().random()
}

/// The shared state of all providers; one per process.
pub struct ProviderLimits {
    policy: CallPolicy,
    default_concurrency: usize,
    hasher: RandomState,
    buckets: Mutex<HashMap<(String, u64, String), Arc<Bucket>>>,
    prices: RwLock<Arc<Prices>>,
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
            prices: RwLock::new(Arc::new(Prices::shipped().clone())),
            direct: Mutex::default(),
            through_proxy: Mutex::default(),
        })
    }

    /// Time-outs and patience.
    pub fn policy(&self) -> &CallPolicy {
        &self.policy
    }

    /// What models cost: the shipped list until another is set.
    pub fn prices(&self) -> Arc<Prices> {
        self.prices.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replies from now on cost what these prices say.
    pub fn set_prices(&self, prices: Prices) {
        *self.prices.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(prices);
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
            .or_insert_with(|| Bucket::new(concurrency.unwrap_or(self.default_concurrency)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_times_grow_and_stay_under_the_cap() {
        let policy = CallPolicy::default();
        for attempt in 1..40 {
            assert!(policy.backoff(attempt) <= policy.backoff_cap);
        }
        assert!((0..200).any(|_| policy.backoff(5) > policy.backoff_base));
    }

    #[test]
    fn who_shares_provider_key_and_model_shares_a_bucket() {
        let limits = ProviderLimits::new(4);
        let (key, other) = (SecretString::from("k-1"), SecretString::from("k-2"));
        let bucket = limits.bucket("p", Some(&key), "m", None);
        assert!(Arc::ptr_eq(&bucket, &limits.bucket("p", Some(&key), "m", None)));
        assert!(!Arc::ptr_eq(&bucket, &limits.bucket("p", Some(&other), "m", None)));
        assert!(!Arc::ptr_eq(&bucket, &limits.bucket("p", Some(&key), "another", None)));
    }
}
