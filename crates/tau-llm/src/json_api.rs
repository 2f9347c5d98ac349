//! One way to ask a JSON service over HTTP: time-outs, body cap, retries, shared limits, sorting.
//!
//! Chat completions and the steer service both go through here, so that a fault is handled the same
//! way wherever it comes from. Retries happen only before a usable answer: an answer is never asked
//! for again because of what it says.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use reqwest::{Method, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use crate::bucket::Bucket;
use crate::limits::ProviderLimits;
use crate::retry::{Fault, GivenUp, with_patience};
use crate::sorting::{Refusal, error_inside, said_in_refusal, scrub, wait_hint};
use crate::{ModelError, ModelErrorKind};

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
    headers: &'static [(&'static str, &'static str)],
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
            headers: &[],
            whole_timeout: callee.whole_timeout,
            limits,
            bucket,
        }
    }

    /// The same with headers that the service asks for.
    #[must_use]
    pub fn with_headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// What all calls with this provider, key and model share.
    pub(crate) fn bucket(&self) -> &Bucket {
        &self.bucket
    }

    /// Posts `body` and reads the answer with `read`. Returns it with the number of attempts.
    ///
    /// # Errors
    /// A [`ModelError`] after the retries that its kind allows. What `read` cannot read is
    /// [`ModelErrorKind::Malformed`].
    pub async fn post<T>(
        &self,
        url: &str,
        body: &(impl Serialize + ?Sized),
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<(T, u32), ModelError> {
        // Written once, whatever the number of attempts.
        let body = serde_json::to_string(body).map_err(|error| {
            let message = format!("The question to {} could not be written ({error}).", self.name);
            ModelError::new(ModelErrorKind::BadRequest, message)
        })?;
        self.call(Method::POST, url, Some(&body), read).await
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
        body: Option<&str>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<(T, u32), ModelError> {
        let url = Url::parse(url).map_err(|error| {
            ModelError::new(
                ModelErrorKind::BadRequest,
                format!("{}: `{url}` is not a web address ({error}).", self.name),
            )
        })?;
        let once = || self.attempt(&method, &url, body, &read);
        with_patience(&self.bucket, self.limits.policy(), once)
            .await
            .map_err(|given_up| self.explained(given_up))
    }

    async fn attempt<T>(
        &self,
        method: &Method,
        url: &Url,
        body: Option<&str>,
        read: &impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, Fault> {
        let loopback = is_loopback(url);
        let client = self.limits.client(loopback).map_err(|error| self.transport_fault(&error))?;
        let mut request = client.request(method.clone(), url.clone()).timeout(self.whole_timeout);
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.to_owned());
        }
        for (name, value) in self.headers {
            request = request.header(*name, *value);
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
        // Bedrock names the error in a header.
        let class = response
            .headers()
            .get("x-amzn-errortype")
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned();
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
        let (status, body) = match (inner, said_in_refusal(status, &text)) {
            (Some((status, body)), _) => (status, body.into()),
            (None, Some(said)) => (200, said.into()),
            (None, None) => (status, text),
        };
        if (200..300).contains(&status) {
            return read(&body).map_err(|why| {
                let what = format!("the answer could not be read: {why}");
                self.fault(ModelErrorKind::Malformed, what, &body)
            });
        }
        let sorted = Refusal { status, hint, class: &class, body: &body }.sorted();
        let mut fault = self.fault(sorted.kind, format!("status {status}"), &sorted.words);
        fault.hint = sorted.hint;
        fault.unexplained = sorted.unexplained;
        Err(fault)
    }

    fn fault(&self, kind: ModelErrorKind, what: impl Into<String>, words: &str) -> Fault {
        let key = self.key.as_ref().map(|key| key.expose_secret());
        Fault { detail: scrub(words, key), ..Fault::new(kind, what) }
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

    fn explained(&self, GivenUp { kind, fault, attempts }: GivenUp) -> ModelError {
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

/// Whether an address is this machine itself.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost"
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
