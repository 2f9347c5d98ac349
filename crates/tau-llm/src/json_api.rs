//! One way to ask a JSON service over HTTP: time-outs, body cap, retries, shared limits, sorting.
//!
//! Chat completions and the steer service both go through here, so that a fault is handled the same
//! way wherever it comes from. Retries happen only before a usable answer: an answer is never asked
//! for again because of what it says.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use reqwest::{Method, Url};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::time::Instant;

use crate::limits::{Bucket, ProviderLimits};
use crate::sorting::{scrub, sort_answer, wait_hint};
use crate::{ModelError, ModelErrorKind};

/// After so many unexplained refusals in a row it is taken for an exhausted quota.
const UNEXPLAINED_IN_A_ROW: u32 = 5;

/// How the key travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyHeader {
    /// `Authorization: Bearer KEY`.
    Bearer,
    /// A header of its own that holds the bare key, for instance `API-Key`.
    Named(&'static str),
}

/// A JSON service and the right to use it.
#[derive(Clone)]
pub struct JsonApi {
    name: String,
    key: Option<SecretString>,
    key_header: KeyHeader,
    whole_timeout: Duration,
    limits: Arc<ProviderLimits>,
    bucket: Arc<Bucket>,
}

impl std::fmt::Debug for JsonApi {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("JsonApi").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Who is called, for messages and for the shared limits.
#[derive(Clone, Debug)]
pub struct Callee<'a> {
    /// Identifies the provider among the limits.
    pub id: &'a str,
    /// The name a person knows it by.
    pub name: &'a str,
    /// The model, or an empty string where there is none.
    pub model: &'a str,
    /// Calls at once; `None` for the default.
    pub concurrency: Option<usize>,
    /// Longest time one attempt may take as a whole.
    pub whole_timeout: Duration,
}

/// One attempt that failed.
struct Fault {
    kind: ModelErrorKind,
    hint: Option<Duration>,
    unexplained: bool,
    /// What happened, in our words.
    what: String,
    /// The provider's words, scrubbed and cut.
    detail: String,
}

impl JsonApi {
    /// Prepares calls to `callee` with `key`.
    pub fn new(
        callee: &Callee<'_>,
        key: Option<SecretString>,
        key_header: KeyHeader,
        limits: Arc<ProviderLimits>,
    ) -> Self {
        let bucket = limits.bucket(callee.id, key.as_ref(), callee.model, callee.concurrency);
        JsonApi {
            name: callee.name.to_owned(),
            key,
            key_header,
            whole_timeout: callee.whole_timeout,
            limits,
            bucket,
        }
    }

    /// Posts `body` and reads the answer with `read`. Returns it with the number of attempts.
    ///
    /// # Errors
    /// A [`ModelError`] after the retries that its kind allows. What `read` cannot read is
    /// [`ModelErrorKind::Malformed`].
    pub async fn post<T>(
        &self,
        url: &str,
        body: &Value,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<(T, u32), ModelError> {
        self.call(Method::POST, url, Some(body), read).await
    }

    /// Gets `url` and reads the answer with `read`.
    ///
    /// # Errors
    /// As [`JsonApi::post`].
    pub async fn get<T>(
        &self,
        url: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<(T, u32), ModelError> {
        self.call(Method::GET, url, None, read).await
    }

    async fn call<T>(
        &self,
        method: Method,
        url: &str,
        body: Option<&Value>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<(T, u32), ModelError> {
        let url = Url::parse(url).map_err(|error| {
            ModelError::new(
                ModelErrorKind::BadRequest,
                format!("{}: `{url}` is not a web address ({error}).", self.name),
            )
        })?;
        let policy = self.limits.policy().clone();
        let mut throttled_since = None;
        let mut attempt = 0;
        loop {
            attempt += 1;
            let permit = match self.bucket.enter(policy.throttle_budget).await {
                Ok(permit) => permit,
                Err(wait) => {
                    let what = format!("it asks to wait {} s more", wait.as_secs());
                    let fault = self.fault(ModelErrorKind::Throttled, what, "");
                    return Err(self.give_up(ModelErrorKind::Throttled, fault, attempt - 1));
                }
            };
            let fault = match self.attempt(&method, &url, body, &read).await {
                Ok(answer) => {
                    self.bucket.explain();
                    return Ok((answer, attempt));
                }
                Err(fault) => fault,
            };
            drop(permit);

            let mut kind = fault.kind;
            if fault.unexplained && self.bucket.count_unexplained() >= UNEXPLAINED_IN_A_ROW {
                kind = ModelErrorKind::QuotaExhausted;
            }
            let wait = match fault.hint {
                // Jitter on top: everybody was told the same moment.
                Some(hint) => hint + policy.backoff(1),
                None => policy.backoff(attempt),
            };
            let goes_on = match kind {
                ModelErrorKind::Throttled => {
                    let since: &mut Instant = throttled_since.get_or_insert_with(Instant::now);
                    since.elapsed() + wait <= policy.throttle_budget
                }
                ModelErrorKind::Unavailable => attempt < policy.unavailable_attempts,
                ModelErrorKind::Malformed => attempt < policy.malformed_attempts,
                ModelErrorKind::Timeout => attempt < policy.timeout_attempts,
                _ => false,
            };
            if let (ModelErrorKind::Throttled, Some(hint)) = (kind, fault.hint) {
                self.bucket.hold_off(hint);
            }
            tracing::debug!(provider = %self.name, attempt, ?kind, what = %fault.what, "attempt failed");
            if !goes_on {
                return Err(self.give_up(kind, fault, attempt));
            }
            tokio::time::sleep(wait).await;
        }
    }

    async fn attempt<T>(
        &self,
        method: &Method,
        url: &Url,
        body: Option<&Value>,
        read: &impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, Fault> {
        let loopback = is_loopback(url);
        let client = self.limits.client(loopback).map_err(|error| self.transport_fault(&error))?;
        let mut request = client.request(method.clone(), url.clone()).timeout(self.whole_timeout);
        if let Some(body) = body {
            request = request.json(body);
        }
        if let Some(key) = &self.key {
            let (name, text) = match self.key_header {
                KeyHeader::Bearer => (AUTHORIZATION, format!("Bearer {}", key.expose_secret())),
                KeyHeader::Named(name) => (
                    HeaderName::from_bytes(name.as_bytes()).unwrap_or(AUTHORIZATION),
                    key.expose_secret().to_owned(),
                ),
            };
            let mut value = HeaderValue::from_str(&text).map_err(|_| {
                self.fault(ModelErrorKind::BadKey, "the key has letters that a key cannot have", "")
            })?;
            value.set_sensitive(true);
            request = request.header(name, value);
        }

        let mut response = request.send().await.map_err(|error| self.transport_fault(&error))?;
        let status = response.status().as_u16();
        #[allow(clippy::disallowed_methods, reason = "an HTTP date is read against the clock")]
        let hint = wait_hint(response.headers(), SystemTime::now());
        let cap = self.limits.policy().body_cap;
        let mut bytes = Vec::new();
        while let Some(chunk) =
            response.chunk().await.map_err(|error| self.transport_fault(&error))?
        {
            if bytes.len() + chunk.len() > cap {
                return Err(self.fault(
                    ModelErrorKind::Malformed,
                    format!("the answer is longer than {} MB", cap / 1024 / 1024),
                    "",
                ));
            }
            bytes.extend_from_slice(&chunk);
        }
        let text = String::from_utf8_lossy(&bytes);

        // Some gateways report a failure inside an answer that says 200.
        let inner = (200..300).contains(&status).then(|| error_inside(&text)).flatten();
        let status = inner.unwrap_or(status);
        if (200..300).contains(&status) {
            return read(&text).map_err(|why| {
                self.fault(
                    ModelErrorKind::Malformed,
                    format!("the answer could not be read: {why}"),
                    &text,
                )
            });
        }
        let sorted = sort_answer(status, hint, &text);
        let mut fault = self.fault(sorted.kind, format!("status {status}"), &sorted.words);
        fault.hint = sorted.hint;
        fault.unexplained = sorted.unexplained;
        Err(fault)
    }

    fn fault(&self, kind: ModelErrorKind, what: impl Into<String>, words: &str) -> Fault {
        let key = self.key.as_ref().map(|key| key.expose_secret());
        Fault { kind, hint: None, unexplained: false, what: what.into(), detail: scrub(words, key) }
    }

    fn transport_fault(&self, error: &reqwest::Error) -> Fault {
        // reqwest's own text leaves the cause out; the address can hold a key in its query.
        let mut words = String::new();
        let mut cause = std::error::Error::source(error);
        while let Some(error) = cause {
            if !words.is_empty() {
                words.push_str(": ");
            }
            words.push_str(&error.to_string());
            cause = error.source();
        }
        if error.is_timeout() {
            return self.fault(ModelErrorKind::Timeout, "no answer in time", &words);
        }
        let what = if error.is_connect() { "no connection" } else { "the connection broke" };
        self.fault(ModelErrorKind::Unavailable, what, &words)
    }

    fn give_up(&self, kind: ModelErrorKind, fault: Fault, attempts: u32) -> ModelError {
        let (name, what) = (&self.name, &fault.what);
        let message = match kind {
            ModelErrorKind::Throttled => format!(
                "{name} keeps asking to slow down ({what}). Lower the number of conversations at once, or try again later."
            ),
            ModelErrorKind::QuotaExhausted if fault.unexplained => format!(
                "{name} refuses every call without a reason ({what}): it looks as if the quota is used up. Check the account, then resume."
            ),
            ModelErrorKind::QuotaExhausted => format!(
                "The account at {name} has no money or quota left ({what}). Top it up, then resume."
            ),
            ModelErrorKind::BadKey => format!(
                "{name} does not accept the key ({what}). Check the key under Models & keys."
            ),
            ModelErrorKind::ModelNotFound => format!(
                "{name} does not know this model, or the base address is wrong ({what}). Choose another model or correct the address."
            ),
            ModelErrorKind::ContextLength => {
                format!("The conversation is longer than the model at {name} can read ({what}).")
            }
            ModelErrorKind::ContentFilter => {
                format!("The content filter of {name} stopped the conversation ({what}).")
            }
            ModelErrorKind::Unavailable => {
                format!("{name} cannot be reached ({what}; {attempts} attempts).")
            }
            ModelErrorKind::Timeout => {
                format!("{name} did not answer in time ({what}; {attempts} attempts).")
            }
            ModelErrorKind::Malformed => format!(
                "{name} answered with something that is not a chat reply ({what}). Is the base address right?"
            ),
            ModelErrorKind::BadRequest => {
                format!("{name} says that the request is wrong ({what}).")
            }
            ModelErrorKind::Cancelled | ModelErrorKind::Journal => format!("{name}: {what}."),
        };
        ModelError { kind, message, detail: fault.detail, attempts }
    }
}

/// The status that an error object inside an answer stands for.
fn error_inside(text: &str) -> Option<u16> {
    // Cheap look first: a good answer can be megabytes.
    let head = text.trim_start().get(..20).unwrap_or(text);
    if !head.contains("\"error\"") {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    let error = value.get("error").filter(|error| !error.is_null())?;
    let code = error.get("code").and_then(Value::as_u64).and_then(|code| u16::try_from(code).ok());
    Some(code.filter(|code| (400..600).contains(code)).unwrap_or(502))
}

/// Whether an address is this machine itself.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost"
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
