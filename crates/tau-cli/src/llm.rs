//! Models by one word, as tau2's command line and litellm name them: `PROVIDER/MODEL`, or a model of OpenAI.

use std::convert::Infallible;
use std::str::FromStr;
use std::sync::Arc;

use tau_api::Places;
use tau_llm::{ChatModel, ProviderLimits};
use tau_runs::PRACTICE;

use crate::error::CliError;
use crate::run::own_prices;
use crate::run::providers::Providers;

/// A model as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Llm {
    /// The one that is built in and no real one.
    Practice,
    /// One that is asked somewhere.
    Remote {
        /// Where.
        provider: String,
        /// Its name there.
        model: String,
    },
}

impl FromStr for Llm {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let (provider, model) = match text.split_once('/') {
            _ if text == PRACTICE => return Ok(Llm::Practice),
            Some((provider, model)) => (provider, model),
            None => ("openai", text),
        };
        Ok(Llm::Remote { provider: provider.to_owned(), model: model.to_owned() })
    }
}

impl Llm {
    /// The model that a word stands for; every word is one.
    pub fn of(word: &str) -> Llm {
        let Ok(llm) = word.parse();
        llm
    }
}

/// Where models are reached from the command line.
pub struct Models {
    providers: Providers,
    limits: Arc<ProviderLimits>,
}

impl Models {
    /// Models for one conversation.
    pub fn open(places: &Places) -> Result<Self, CliError> {
        let limits = ProviderLimits::new(1);
        limits.set_prices(own_prices(places)?);
        Ok(Models { providers: Providers::open(None, places)?, limits })
    }

    /// The model, ready to be asked.
    ///
    /// # Errors
    /// When its provider is unknown or its key is missing.
    pub async fn connect(
        &self,
        provider: &str,
        model: &str,
    ) -> Result<Box<dyn ChatModel>, CliError> {
        let (endpoint, key) = self.providers.reach(provider, None).await?;
        tau_llm::connect(&endpoint, model, key, self.limits.clone())
            .map_err(|error| CliError::new("provider", error.message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_named_with_its_provider_and_without_one_it_is_openai_s() {
        let named = |text: &str| match text.parse().unwrap() {
            Llm::Practice => PRACTICE.to_owned(),
            Llm::Remote { provider, model } => format!("{provider} {model}"),
        };
        assert_eq!(named("practice"), "practice");
        assert_eq!(named("gpt-4.1"), "openai gpt-4.1");
        assert_eq!(named("anthropic/claude-sonnet-5-5"), "anthropic claude-sonnet-5-5");
        assert_eq!(named("openrouter/openai/gpt-oss-20b"), "openrouter openai/gpt-oss-20b");
    }
}
