//! Which traits a service knows, asked once and remembered.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Map, Value};
use tau_llm::{ModelError, ModelErrorKind};
use tokio::sync::OnceCell;
use tokio::time::Instant;

use super::service::SteerService;

/// How long a list holds.
const HOLDS: Duration = Duration::from_secs(600);
/// After how long a service that gave no list is asked again.
const ASK_AGAIN: Duration = Duration::from_secs(60);

/// Traits that a steer service does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{service} does not know {}. It knows {}. Take what it does not know out of the mix, or have a language model play the customer.",
    .unknown.join(", "),
    .known.join(", ")
)]
pub struct UnknownTraits {
    /// The service's name.
    pub service: String,
    /// What it was asked for, by its own names.
    pub unknown: Vec<String>,
    /// What it has.
    pub known: Vec<String>,
}

impl From<UnknownTraits> for ModelError {
    fn from(unknown: UnknownTraits) -> Self {
        ModelError::new(ModelErrorKind::BadRequest, unknown.to_string())
    }
}

type Traits = Option<Arc<[String]>>;

#[derive(Default)]
struct Entry {
    asked: Option<Instant>,
    cell: Arc<OnceCell<Traits>>,
}

/// The traits of the services asked so far, each asked once for everybody who waits.
pub struct Listings {
    holds: Duration,
    ask_again: Duration,
    by_address: Mutex<HashMap<String, Entry>>,
}

impl Default for Listings {
    fn default() -> Self {
        Listings::new(HOLDS, ASK_AGAIN)
    }
}

impl Listings {
    /// Nothing asked yet. A list holds for `holds`; a service that gave none is asked again after
    /// `ask_again`.
    pub fn new(holds: Duration, ask_again: Duration) -> Self {
        Listings { holds, ask_again, by_address: Mutex::default() }
    }

    /// The traits that a service knows; `None` when it does not say.
    pub async fn of(&self, service: &SteerService) -> Traits {
        let cell = self.cell(&service.address().traits);
        let ask = || async {
            match service.traits().await {
                Ok(traits) => Some(Arc::from(traits)),
                Err(error) => {
                    tracing::debug!(service = service.name(), %error, "no list of traits");
                    None
                }
            }
        };
        cell.get_or_init(ask).await.clone()
    }

    fn cell(&self, address: &str) -> Arc<OnceCell<Traits>> {
        let mut entries = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = entries.entry(address.to_owned()).or_default();
        let holds = match entry.cell.get() {
            // Somebody is asking right now.
            None => None,
            Some(None) => Some(self.ask_again),
            Some(Some(_)) => Some(self.holds),
        };
        let old = entry.asked.zip(holds).is_some_and(|(asked, holds)| asked.elapsed() >= holds);
        if entry.asked.is_none() || old {
            *entry = Entry { asked: Some(Instant::now()), cell: Arc::default() };
        }
        entry.cell.clone()
    }

    /// Refuses a `trait_dict` with traits that the service does not know. One that does not list its
    /// traits knows them all until it says otherwise.
    ///
    /// # Errors
    /// With what it does not know and what it does.
    pub async fn check(
        &self,
        service: &SteerService,
        trait_dict: &Map<String, Value>,
    ) -> Result<(), UnknownTraits> {
        if trait_dict.is_empty() {
            return Ok(());
        }
        match self.of(service).await {
            Some(known) => known_of(service, trait_dict, &known),
            None => Ok(()),
        }
    }
}

/// Whether all of these traits are among those known.
pub(super) fn known_of(
    service: &SteerService,
    trait_dict: &Map<String, Value>,
    known: &[String],
) -> Result<(), UnknownTraits> {
    let missing = trait_dict.keys().filter(|name| !known.contains(name));
    let mut unknown: Vec<String> = missing.cloned().collect();
    unknown.sort_unstable();
    if unknown.is_empty() {
        return Ok(());
    }
    Err(UnknownTraits { service: service.name().to_owned(), unknown, known: known.to_vec() })
}
