//! A steer service: who it is, how long it is waited for, what can be asked of it.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Map, Value};
use tau_domain::Message;
use tau_llm::{
    CallPolicy, Callee, Endpoint, JsonApi, KeyHeader, ModelError, ModelErrorKind, ProviderLimits,
};

use super::address::{SteerAddress, SteerForm};
use super::wire::{self, Characteristics};

/// What tau-trait and the SDK send where nothing else is asked for.
const TEMPERATURE: f64 = 0.7;
/// What tau-trait and the SDK send where nothing else is asked for.
const MAX_TOKENS: u32 = 256;
/// Calls at once: the SDK's own cap (`MAX_ALLOWED_CONCURRENCY`).
const AT_ONCE: usize = 8;
/// Longest wait for the list of traits: somebody is looking at a form.
const LISTING_TIMEOUT: Duration = Duration::from_secs(5);
/// A list of names is short.
const LISTING_CAP: usize = 1024 * 1024;

/// One question: what does this customer say next?
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// The traits, by the service's names, and how much of each.
    pub trait_dict: &'a Map<String, Value>,
    /// Who the customer is beside them; `steer_bare` has no place for it.
    pub characteristics: Characteristics,
    /// The conversation as the customer sees it: the customer is the assistant.
    pub messages: &'a [Message],
    /// Sampling temperature.
    pub temperature: f64,
    /// Longest answer in tokens.
    pub max_tokens: u32,
    /// Sampling seed; `None` lets the service pick. `steer_bare` has no place for it.
    pub seed: Option<u64>,
}

impl<'a> Ask<'a> {
    /// A question with the protocol's usual settings.
    pub fn new(trait_dict: &'a Map<String, Value>, messages: &'a [Message]) -> Self {
        Ask {
            trait_dict,
            characteristics: Characteristics::default(),
            messages,
            temperature: TEMPERATURE,
            max_tokens: MAX_TOKENS,
            seed: None,
        }
    }
}

/// A steer service and the right to use it.
#[derive(Clone, Debug)]
pub struct SteerService {
    name: String,
    address: SteerAddress,
    key: Option<SecretString>,
    api: JsonApi,
}

impl SteerService {
    /// The service at the endpoint's address (see [`SteerAddress`]). One attempt is waited for as long
    /// as [`CallPolicy::steer_timeout`] says, or the endpoint where that is less.
    pub fn new(
        endpoint: &Endpoint,
        key: Option<SecretString>,
        limits: Arc<ProviderLimits>,
    ) -> Self {
        let callee = Callee {
            id: &endpoint.id,
            name: &endpoint.name,
            model: "",
            concurrency: Some(endpoint.max_concurrency.unwrap_or(AT_ONCE)),
            whole_timeout: limits
                .policy()
                .steer_timeout
                .min(Duration::from_secs(endpoint.timeout_s.max(1))),
        };
        SteerService {
            name: endpoint.name.clone(),
            address: SteerAddress::read(&endpoint.base_url),
            key: key.clone(),
            api: JsonApi::new(&callee, key, KEY_HEADER, limits),
        }
    }

    /// The name a person gave it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is asked.
    pub fn address(&self) -> &SteerAddress {
        &self.address
    }

    /// The traits it knows, by its own names. One try, a few seconds, outside of the limits of the
    /// calls: a service that does not list its traits may still play customers.
    ///
    /// # Errors
    /// When the list cannot be had or read.
    pub async fn traits(&self) -> Result<Vec<String>, ModelError> {
        let policy = CallPolicy {
            connect_timeout: LISTING_TIMEOUT,
            idle_timeout: LISTING_TIMEOUT,
            body_cap: LISTING_CAP,
            unavailable_attempts: 1,
            malformed_attempts: 1,
            timeout_attempts: 1,
            throttle_budget: Duration::ZERO,
            ..CallPolicy::default()
        };
        let callee = Callee {
            id: &self.address.traits,
            name: &self.name,
            model: "",
            concurrency: None,
            whole_timeout: LISTING_TIMEOUT,
        };
        let limits = ProviderLimits::with_policy(1, policy);
        let api = JsonApi::new(&callee, self.key.clone(), KEY_HEADER, limits);
        let (traits, _) = api.get(&self.address.traits, wire::read_traits).await?;
        Ok(traits)
    }

    /// What one customer says next, with the number of attempts that it took.
    ///
    /// # Errors
    /// A [`ModelError`] after the retries that its kind allows.
    pub async fn say(&self, ask: &Ask<'_>) -> Result<(String, u32), ModelError> {
        match self.address.form {
            SteerForm::Bare => {
                let body = wire::bare(ask);
                let said = self.api.post(&self.address.say, &body, wire::read_bare).await;
                said.map_err(|error| self.explained(error))
            }
            SteerForm::Batch => {
                let (mut said, attempts) = self.batch(std::slice::from_ref(ask)).await?;
                // One was asked, so one has answered: `read_batch` counts.
                Ok((said.pop().unwrap_or_default(), attempts))
            }
        }
    }

    /// What each of several customers says next, in order. A service that is asked one by one is asked
    /// one by one.
    ///
    /// # Errors
    /// As [`SteerService::say`]; when one cannot be had there is none.
    pub async fn say_all(&self, asks: &[Ask<'_>]) -> Result<Vec<String>, ModelError> {
        let mut said = Vec::new();
        match self.address.form {
            SteerForm::Bare => {
                for ask in asks {
                    said.push(self.say(ask).await?.0);
                }
            }
            SteerForm::Batch => {
                for some in asks.chunks(AT_ONCE) {
                    said.extend(self.batch(some).await?.0);
                }
            }
        }
        Ok(said)
    }

    async fn batch(&self, asks: &[Ask<'_>]) -> Result<(Vec<String>, u32), ModelError> {
        let read = |text: &str| wire::read_batch(text, asks.len());
        let said = self.api.post(&self.address.say, &wire::batch(asks), read).await;
        said.map_err(|error| self.explained(error))
    }

    /// The failure in words that fit this protocol. The kind stays: it says what is to be done.
    fn explained(&self, error: ModelError) -> ModelError {
        let name = &self.name;
        let message = match error.kind {
            ModelErrorKind::BadKey => format!(
                "{name} does not accept the key. Enter the key of this service under Models & keys, then resume."
            ),
            ModelErrorKind::ModelNotFound => format!(
                "{name} plays no customers at this address. Give its base address, or one that ends in /steer_bare or /steer_batch."
            ),
            // What is no address was never asked.
            ModelErrorKind::BadRequest if self.address.say.starts_with("http") => format!(
                "{name} refuses these customers: it does not know a trait or a level of them. Change the mix, or have a language model play the customer."
            ),
            ModelErrorKind::Malformed => format!(
                "{name} answered with something that no customer says ({} attempts). Is the address right? An address that ends in /steer_bare is asked for one customer, any other for a batch.",
                error.attempts
            ),
            _ => return error,
        };
        let detail = match error.detail.is_empty() {
            true => error.message,
            false => error.detail,
        };
        ModelError { message, detail, ..error }
    }
}

/// Where the protocol has its key.
const KEY_HEADER: KeyHeader = KeyHeader::Named("api-key");
