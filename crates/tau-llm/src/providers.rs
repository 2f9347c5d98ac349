//! The providers that the product knows by name (`data/providers.toml`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use reqwest::Url;
use serde::Deserialize;

use crate::EndpointKind;

/// A provider: where it is, how it is spoken to, where its keys are, what to begin with.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Provider {
    /// Its id, also `--model-provider`.
    pub id: String,
    /// Other ids for it, those that litellm and the upstream benchmarks use among them.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The name a person knows it by.
    pub name: String,
    /// What it speaks.
    pub kind: EndpointKind,
    /// Its base address, with `{...}` for what a person must fill in; empty when all of it is theirs.
    pub base_url: String,
    /// Whether nobody is answered without a key.
    pub needs_key: bool,
    /// The environment variables in which its key usually is, the most usual first.
    pub key_variables: Vec<String>,
    /// The environment variables in which its base address usually is.
    #[serde(default)]
    pub base_url_variables: Vec<String>,
    /// For each blank in the address the environment variables in which it usually is.
    #[serde(default)]
    pub blank_variables: BTreeMap<String, Vec<String>>,
    /// The page on which a key is made; empty when there is none.
    pub key_page: String,
    /// A key that the provider publishes for everybody to try it with; empty when there is none. It is
    /// offered to a person and never used by itself.
    #[serde(default)]
    pub demo_key: String,
    /// A few models to begin with.
    pub recommended: Vec<String>,
    /// What a person should know beyond that; may be empty.
    pub note: String,
}

/// All providers, in the order in which they are offered.
pub fn providers() -> &'static [Provider] {
    #[derive(Deserialize)]
    struct File {
        provider: Vec<Provider>,
    }
    static PROVIDERS: LazyLock<Vec<Provider>> = LazyLock::new(|| {
        let text = include_str!("../../../data/providers.toml");
        toml::from_str(text).map(|file: File| file.provider).unwrap_or_default()
    });
    &PROVIDERS
}

/// The provider of this id or alias.
pub fn provider(id: &str) -> Option<&'static Provider> {
    let named =
        |provider: &&Provider| provider.id == id || provider.aliases.iter().any(|a| a == id);
    providers().iter().find(named)
}

impl Provider {
    /// What a person must fill in before the address is one, in order: `{resource}` gives `resource`.
    pub fn blanks(&self) -> Vec<&str> {
        let parts = self.base_url.split('{').skip(1);
        parts.filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
    }

    /// Whether an address is at this provider's host, so that its key may go there.
    pub fn is_at(&self, base_url: &str) -> bool {
        let Ok(url) = Url::parse(base_url) else { return false };
        let Some(pattern) = self.base_url.strip_prefix(&format!("{}://", url.scheme())) else {
            return false;
        };
        let pattern = pattern.split('/').next().unwrap_or_default();
        let host = url.host_str().unwrap_or_default();
        // What a person fills in stands for one label or more: `{resource}.openai.azure.com`.
        match (pattern.find('{'), pattern.rfind('}')) {
            (Some(open), Some(close)) => {
                let (start, end) = (&pattern[..open], &pattern[close + 1..]);
                host.len() > start.len() + end.len()
                    && host.starts_with(start)
                    && host.ends_with(end)
            }
            _ => host == pattern.split(':').next().unwrap_or_default(),
        }
    }
}

/// The provider whose address this is; `None` for this machine and for addresses of nobody known.
pub(crate) fn provider_at(base_url: &str) -> Option<&'static Provider> {
    let known = base_url.starts_with("https://");
    providers().iter().find(|provider| known && provider.is_at(base_url))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Endpoint, route};

    #[test]
    fn every_provider_can_be_spoken_to_when_its_blanks_are_filled() {
        assert!(providers().len() >= 17);
        for provider in providers() {
            let mut address = provider.base_url.clone();
            for blank in provider.blanks() {
                address = address.replace(&format!("{{{blank}}}"), "eu-west-1");
            }
            if address.is_empty() {
                continue;
            }
            let asked: Vec<&str> = provider.blank_variables.keys().map(String::as_str).collect();
            assert!(provider.blanks().iter().all(|blank| asked.contains(blank)), "{}", provider.id);
            let endpoint = Endpoint::new(&provider.id, &provider.name, provider.kind, &address);
            // A steer service has no models; `tau-traits` speaks to it.
            if provider.kind != EndpointKind::Steer {
                let route = route::to_model(&endpoint, "some/model").unwrap();
                assert!(route.url.starts_with(&address), "{}: {}", provider.id, route.url);
            }
            assert!(address.starts_with("https://") || !provider.needs_key, "{}", provider.id);
            assert!(provider.needs_key != provider.key_page.is_empty());
        }
    }

    #[test]
    fn a_name_means_one_provider() {
        let mut names: Vec<&str> = providers()
            .iter()
            .flat_map(|provider| {
                std::iter::once(provider.id.as_str())
                    .chain(provider.aliases.iter().map(|a| a.as_str()))
            })
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        for usual in [
            "openai",
            "anthropic",
            "gemini",
            "mistral",
            "deepinfra",
            "together_ai",
            "fireworks_ai",
            "groq",
            "openrouter",
            "xai",
            "azure",
            "bedrock",
            "vertex_ai",
            "ollama",
            "lm_studio",
            "hosted_vllm",
            "anyscale",
            "vllm",
        ] {
            assert!(provider(usual).is_some(), "{usual}");
        }
    }

    #[test]
    fn a_published_key_is_offered_with_what_it_is_for() {
        for provider in providers().iter().filter(|provider| !provider.demo_key.is_empty()) {
            assert!(provider.note.contains(&provider.demo_key), "{}", provider.id);
            assert!(provider.note.contains("not for production"), "{}", provider.id);
        }
        assert_eq!(provider("collinear").map(|known| known.kind), Some(EndpointKind::Steer));
    }

    #[test]
    fn an_address_is_known_by_its_host() {
        let id = |url| provider_at(url).map(|provider| provider.id.as_str());
        assert_eq!(id("https://api.openai.com/v1"), Some("openai"));
        assert_eq!(id("https://acme.openai.azure.com/openai/v1"), Some("azure"));
        assert_eq!(id("https://bedrock-runtime.us-east-1.amazonaws.com"), Some("bedrock"));
        assert_eq!(
            id("https://us-east1-aiplatform.googleapis.com/v1/projects/p/locations/us-east1"),
            Some("vertex_ai")
        );
        assert_eq!(id("http://localhost:11434/v1"), None);
        assert_eq!(id("https://api.openai.com.example.org/v1"), None);
    }
}
