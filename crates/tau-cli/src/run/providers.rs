//! Providers by name: where they are and with which key.
//!
//! A name is one of `data/providers.toml` (those of upstream and litellm among them), a connection
//! kept in the app, or any name whose address is in `<NAME>_BASE_URL`.

use async_trait::async_trait;
use secrecy::SecretString;
use tau_api::Places;
use tau_api::endpoints::{Endpoints, StoredEndpoint, kind_shown};
use tau_api::keys::{Keys, provider_variables};
use tau_api::types::EndpointKind;
use tau_llm::{Provider, ProviderLimits};
use tau_runs::{CustomerStrategy, Directory, OUTSIDE, PRACTICE, PlayFailure, RunPlan};
use tau_traits::SteerService;
use tau_traits::hosted::{Listings, wire_dict};

use crate::error::CliError;
use crate::options::RunOptions;

/// Provider and endpoint id of the steer protocol.
pub const STEER: &str = "steer";

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
        // An agent from outside is not asked: it comes.
        if ![PRACTICE, OUTSIDE].contains(&plan.agent.endpoint.as_str()) {
            needed.push(&plan.agent.endpoint);
        }
        let asks_nobody =
            [CustomerStrategy::Practice, CustomerStrategy::Human, CustomerStrategy::Local];
        if !asks_nobody.contains(&plan.customer.strategy) && !plan.is_solo() {
            needed.push(&plan.customer.endpoint);
        }
        let judge = plan.tau2.as_ref().and_then(|tau2| tau2.judge.as_ref());
        needed.extend(judge.map(|judge| &judge.endpoint));
        for endpoint in needed {
            let (address, key) = self.reach(endpoint, None).await?;
            if address.kind == tau_llm::EndpointKind::Steer && *endpoint == plan.customer.endpoint {
                known_to(&SteerService::new(&address, key, ProviderLimits::new(1)), plan).await?;
            }
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
            Some(address) => Ok(named(provider, kind_of(provider), address.to_owned())),
            None => self.stored(provider),
        };
        let stored = stored.map_err(|failure| CliError::new("provider", failure.message))?;
        let names = variables(&stored);
        let (_, key) = self.keys.find(&stored.account(), &names).await;
        if key.is_none() && stored.base_url.starts_with("https://") {
            let names = names.join(" or ");
            let known = tau_llm::provider(provider).filter(|known| known.is_at(&stored.base_url));
            let demo = match known.map(|known| known.demo_key.as_str()).unwrap_or_default() {
                "" => String::new(),
                key => {
                    format!(" To try it, the public key {key} will do; it is not for production.")
                }
            };
            return Err(CliError::new("key", format!("There is no key for {provider}.")).help(
                format!("Put it into {names}, or keep it in the app under Models & keys.{demo}"),
            ));
        }
        Ok((stored.address(), key))
    }

    fn stored(&self, id: &str) -> Result<StoredEndpoint, PlayFailure> {
        // A plan holds the steer service by its address, so that it can be resumed without options.
        if id.starts_with("http://") || id.starts_with("https://") {
            let mut steer = named(id, EndpointKind::Steer, id.to_owned());
            steer.id = STEER.to_owned();
            return Ok(steer);
        }
        if id == STEER {
            let Some(address) = &self.steer else {
                return Err(PlayFailure::setup(
                    "Where is the steer service? Give --endpoint URL or set STEER_BASE_URL; the provider collinear is the public one of TraitBasis.",
                ));
            };
            return Ok(named(id, EndpointKind::Steer, address.clone()));
        }
        let provider = tau_llm::provider(id);
        let kind = kind_of(id);
        if let Some(address) = address_in_variables(id, provider, variable) {
            return Ok(named(id, kind, address));
        }
        let saved = self.saved.list();
        let by_id = saved.iter().find(|stored| stored.id == id);
        let of_provider = || {
            saved.iter().find(|stored| provider.is_some_and(|known| known.id == stored.provider))
        };
        if let Some(stored) = by_id.or_else(of_provider) {
            return Ok(stored.clone());
        }
        match provider {
            Some(provider) => usual_address(provider, variable)
                .map(|address| named(id, kind, address))
                .map_err(PlayFailure::setup),
            None => Err(PlayFailure::setup(unknown(id))),
        }
    }
}

/// Whether a steer service knows the traits of a plan.
async fn known_to(service: &SteerService, plan: &RunPlan) -> Result<(), CliError> {
    let (listings, set) = (Listings::default(), plan.trait_set());
    for condition in &plan.conditions {
        listings
            .check(service, &wire_dict(condition, &set))
            .await
            .map_err(|unknown| CliError::new("trait_dict", unknown.to_string()))?;
    }
    Ok(())
}

/// Whether a provider plays customers over the steer protocol.
pub fn is_steer(id: &str) -> bool {
    id == STEER || kind_of(id) == EndpointKind::Steer
}

#[async_trait]
impl Directory for Providers {
    async fn find(
        &self,
        endpoint: &str,
    ) -> Result<(tau_llm::Endpoint, Option<SecretString>), PlayFailure> {
        let stored = self.stored(endpoint)?;
        let (_, key) = self.keys.find(&stored.account(), &variables(&stored)).await;
        Ok((stored.address(), key))
    }
}

fn kind_of(id: &str) -> EndpointKind {
    let provider = tau_llm::provider(id);
    provider.map_or(EndpointKind::OpenaiCompatible, |known| kind_shown(known.kind))
}

fn named(id: &str, kind: EndpointKind, base_url: String) -> StoredEndpoint {
    StoredEndpoint {
        id: id.to_owned(),
        name: id.to_owned(),
        kind,
        base_url,
        models: Vec::new(),
        provider: tau_llm::provider(id).map(|provider| provider.id.clone()).unwrap_or_default(),
    }
}

/// The variables with the key. Whoever names a provider here means its usual variables too, at
/// whatever address the environment puts it.
fn variables(stored: &StoredEndpoint) -> Vec<String> {
    let mut names = stored.variables();
    if let Some(provider) = tau_llm::provider(&stored.id) {
        for name in provider_variables(provider) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// The address that the environment gives to a provider: `<NAME>_BASE_URL`, `<NAME>_API_BASE`, or the
/// provider's usual variable.
fn address_in_variables(
    id: &str,
    provider: Option<&Provider>,
    variable: impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let own = [id, provider.map_or(id, |provider| provider.id.as_str())]
        .map(upper)
        .into_iter()
        .flat_map(|name| [format!("{name}_BASE_URL"), format!("{name}_API_BASE")]);
    let usual = provider.into_iter().flat_map(|provider| provider.base_url_variables.clone());
    let address = own.chain(usual).find_map(|name| variable(&name))?;
    let address = address.trim_end_matches('/').to_owned();
    let Some(provider) = provider else { return Some(address) };
    let bare = address.splitn(4, '/').nth(3).is_none();
    Some(match provider.id.as_str() {
        // Their variables hold the host alone.
        "anthropic" | "ollama" if bare => format!("{address}/v1"),
        "gemini" if bare => format!("{address}/v1beta"),
        "azure" if !address.contains('?') => match variable("AZURE_API_VERSION") {
            Some(version) => format!("{address}?api-version={version}"),
            None => address,
        },
        _ => address,
    })
}

/// A provider's own address, its blanks filled in from the environment.
fn usual_address(
    provider: &Provider,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<String, String> {
    let address_variable = format!("{}_BASE_URL", upper(&provider.id));
    if provider.base_url.is_empty() {
        return Err(format!("Where is {}? Put its address into {address_variable}.", provider.id));
    }
    let mut address = provider.base_url.clone();
    for blank in provider.blanks() {
        let names = provider.blank_variables.get(blank).cloned().unwrap_or_default();
        let Some(value) = names.iter().find_map(|name| variable(name)) else {
            return Err(format!(
                "Which {blank} of {}? Put it into {}, or the whole address into {address_variable}.",
                provider.name,
                names.join(" or "),
            ));
        };
        address = address.replace(&format!("{{{blank}}}"), &value);
    }
    Ok(address)
}

fn unknown(id: &str) -> String {
    let known: Vec<&str> =
        tau_llm::providers().iter().map(|provider| provider.id.as_str()).collect();
    format!(
        "There is no provider {id}. Known are {}, steer and practice, the connections kept in the app, and any name \
         whose address is in {}_BASE_URL.",
        known.join(", "),
        upper(id)
    )
}

fn upper(id: &str) -> String {
    id.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
        .collect()
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn environment(pairs: &[(&str, &str)]) -> impl Fn(&str) -> Option<String> + use<> {
        let pairs: HashMap<String, String> =
            pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        move |name| pairs.get(name).cloned()
    }

    fn given(id: &str, pairs: &[(&str, &str)]) -> Option<String> {
        address_in_variables(id, tau_llm::provider(id), environment(pairs))
    }

    fn usual(id: &str, pairs: &[(&str, &str)]) -> Result<String, String> {
        usual_address(tau_llm::provider(id).unwrap(), environment(pairs))
    }

    #[test]
    fn every_known_name_leads_to_its_provider() {
        for (name, address) in [
            ("openai", "https://api.openai.com/v1"),
            ("anthropic", "https://api.anthropic.com/v1"),
            ("google", "https://generativelanguage.googleapis.com/v1beta"),
            ("mistral", "https://api.mistral.ai/v1"),
            ("deepinfra", "https://api.deepinfra.com/v1/openai"),
            ("together_ai", "https://api.together.xyz/v1"),
            ("fireworks_ai", "https://api.fireworks.ai/inference/v1"),
            ("groq", "https://api.groq.com/openai/v1"),
            ("openrouter", "https://openrouter.ai/api/v1"),
            ("xai", "https://api.x.ai/v1"),
            ("ollama", "http://localhost:11434/v1"),
            ("lm_studio", "http://localhost:1234/v1"),
            // Where upstream looks for a local server (`agents/tool_calling_agent.py`).
            ("hosted_vllm", "http://localhost:8002/v1"),
            // What tau-trait's notebook calls.
            ("collinear", "https://steer.collinear.ai/steer_bare"),
        ] {
            assert_eq!(usual(name, &[]).as_deref(), Ok(address), "{name}");
        }
    }

    #[test]
    fn what_is_missing_in_an_address_is_asked_for_by_name() {
        assert_eq!(
            usual("bedrock", &[("AWS_REGION", "eu-west-1")]).as_deref(),
            Ok("https://bedrock-runtime.eu-west-1.amazonaws.com")
        );
        assert_eq!(
            usual("vertex_ai", &[("VERTEXAI_PROJECT", "p"), ("VERTEXAI_LOCATION", "us-east1")])
                .as_deref(),
            Ok("https://us-east1-aiplatform.googleapis.com/v1/projects/p/locations/us-east1")
        );
        let missing = usual("vertex_ai", &[("VERTEXAI_LOCATION", "us-east1")]).unwrap_err();
        assert!(missing.contains("VERTEXAI_PROJECT"), "{missing}");
        let missing = usual("anyscale", &[]).unwrap_err();
        assert!(missing.contains("OTHER_BASE_URL"), "{missing}");
    }

    #[test]
    fn the_environment_moves_a_provider_and_hosts_alone_are_completed() {
        let at = "http://127.0.0.1:9";
        assert_eq!(
            given("openai", &[("OPENAI_API_BASE", "http://127.0.0.1:9/v1/")]).unwrap(),
            format!("{at}/v1")
        );
        assert_eq!(given("ollama", &[("OLLAMA_API_BASE", at)]).unwrap(), format!("{at}/v1"));
        assert_eq!(given("anthropic", &[("ANTHROPIC_BASE_URL", at)]).unwrap(), format!("{at}/v1"));
        assert_eq!(given("gemini", &[("GEMINI_BASE_URL", at)]).unwrap(), format!("{at}/v1beta"));
        assert_eq!(given("anyscale", &[("ANYSCALE_BASE_URL", at)]).unwrap(), at);
        assert_eq!(given("my-server", &[("MY_SERVER_BASE_URL", at)]).unwrap(), at);
        let azure = [
            ("AZURE_API_BASE", "https://a.openai.azure.com/"),
            ("AZURE_API_VERSION", "2025-01-01-preview"),
        ];
        assert_eq!(
            given("azure", &azure).unwrap(),
            "https://a.openai.azure.com?api-version=2025-01-01-preview"
        );
        assert_eq!(given("openai", &[]), None);
    }

    #[test]
    fn a_providers_key_is_looked_for_under_our_name_and_its_own() {
        let stored = named("bedrock", EndpointKind::Bedrock, "http://127.0.0.1:9".into());
        assert_eq!(
            variables(&stored),
            ["TAUTRAIT_BEDROCK_KEY", "BEDROCK_API_KEY", "AWS_BEARER_TOKEN_BEDROCK"]
        );
        let stored = named("vllm", EndpointKind::OpenaiCompatible, String::new());
        assert_eq!(
            variables(&stored),
            ["TAUTRAIT_VLLM_KEY", "VLLM_API_KEY", "HOSTED_VLLM_API_KEY"]
        );
    }
}
