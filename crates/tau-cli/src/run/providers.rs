//! Providers by name: where they are and with which key.

use async_trait::async_trait;
use secrecy::SecretString;
use tau_api::Places;
use tau_api::endpoints::{Endpoints, StoredEndpoint};
use tau_api::keys::Keys;
use tau_api::types::EndpointKind;
use tau_runs::{CustomerStrategy, Directory, PRACTICE, PlayFailure, RunPlan};

use crate::error::CliError;
use crate::options::RunOptions;

/// Provider and endpoint id of the steer protocol.
pub const STEER: &str = "steer";

/// Where upstream looks for a local server (`agents/tool_calling_agent.py`).
const VLLM: &str = "http://localhost:8002/v1";

/// Finds providers: by the options, by variables of the environment, among the app's connections.
pub struct Providers {
    steer: Option<String>,
    saved: Endpoints,
    keys: Keys,
}

impl Providers {
    /// Providers as these options name them.
    pub fn new(asked: &RunOptions, places: &Places) -> Result<Providers, CliError> {
        Providers::open(asked.endpoint.clone(), places)
    }

    /// The same without options of a run; `steer` is the address of the steer service.
    pub fn open(steer: Option<String>, places: &Places) -> Result<Providers, CliError> {
        let steer = steer.or_else(|| variable("STEER_BASE_URL"));
        let saved = Endpoints::open(places.data.join("connections.json"))?;
        Ok(Providers { steer, saved, keys: Keys::default() })
    }

    /// Finds everything that a plan needs, so that what is missing is said before anything runs.
    pub async fn check(&self, plan: &RunPlan) -> Result<(), CliError> {
        let mut needed = Vec::new();
        if plan.agent.endpoint != PRACTICE {
            needed.push(&plan.agent.endpoint);
        }
        let asks_nobody = [CustomerStrategy::Practice, CustomerStrategy::Human];
        if !asks_nobody.contains(&plan.customer.strategy) {
            needed.push(&plan.customer.endpoint);
        }
        for endpoint in needed {
            self.reach(endpoint, None).await?;
        }
        Ok(())
    }

    /// Where a provider is, and its key; `address` in place of the usual one.
    ///
    /// # Errors
    /// When there is no such provider, or no key for an address that will want one.
    pub async fn reach(
        &self,
        provider: &str,
        address: Option<&str>,
    ) -> Result<(tau_llm::Endpoint, Option<SecretString>), CliError> {
        let stored = match address {
            Some(address) => Ok(compatible(provider, address.to_owned())),
            None => self.stored(provider),
        };
        let stored = stored.map_err(|failure| CliError::new("provider", failure.message))?;
        let (_, key) = self.keys.find(&stored.account(), &stored.variables()).await;
        if key.is_none() && stored.base_url.starts_with("https://") {
            let variables = stored.variables().join(" or ");
            return Err(CliError::new("key", format!("There is no key for {provider}.")).help(
                format!("Put it into {variables}, or keep it in the app under Models & keys."),
            ));
        }
        Ok((stored.address(), key))
    }

    fn stored(&self, id: &str) -> Result<StoredEndpoint, PlayFailure> {
        let of = |kind, base_url| StoredEndpoint { kind, ..compatible(id, base_url) };
        // A plan holds the steer service by its address, so that it can be resumed without options.
        if id.starts_with("http://") || id.starts_with("https://") {
            let mut steer = of(EndpointKind::Steer, id.to_owned());
            steer.id = STEER.to_owned();
            return Ok(steer);
        }
        if id == STEER {
            let Some(address) = &self.steer else {
                return Err(PlayFailure::setup(
                    "Where is the steer service? Give --endpoint URL or set STEER_BASE_URL.",
                ));
            };
            return Ok(of(EndpointKind::Steer, address.clone()));
        }
        let name = upper(id);
        let address =
            variable(&format!("{name}_BASE_URL")).or_else(|| variable(&format!("{name}_API_BASE")));
        let usual = match id {
            "openai" => Some("https://api.openai.com/v1"),
            "vllm" => Some(VLLM),
            _ => None,
        };
        if let Some(address) = address {
            return Ok(compatible(id, address));
        }
        match (self.saved.get(id), usual) {
            (Ok(saved), _) => Ok(saved),
            (Err(_), Some(usual)) => Ok(compatible(id, usual.to_owned())),
            (Err(_), None) => Err(PlayFailure::setup(format!(
                "There is no provider {id}. Known are openai, vllm, steer and practice, the connections kept in the \
                 app, and any name whose address is in {name}_BASE_URL."
            ))),
        }
    }
}

#[async_trait]
impl Directory for Providers {
    async fn find(
        &self,
        endpoint: &str,
    ) -> Result<(tau_llm::Endpoint, Option<SecretString>), PlayFailure> {
        let stored = self.stored(endpoint)?;
        let (_, key) = self.keys.find(&stored.account(), &stored.variables()).await;
        Ok((stored.address(), key))
    }
}

/// An OpenAI-compatible provider at an address.
fn compatible(id: &str, base_url: String) -> StoredEndpoint {
    StoredEndpoint {
        id: id.to_owned(),
        name: id.to_owned(),
        kind: EndpointKind::OpenaiCompatible,
        base_url,
        models: Vec::new(),
        provider: String::new(),
    }
}

fn upper(id: &str) -> String {
    id.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
        .collect()
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}
