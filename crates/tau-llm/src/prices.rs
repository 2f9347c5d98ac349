//! What models cost.
//!
//! Two tables: the one that ships with the product and is dated, and the person's own, which wins.
//! Prices are for estimates and for what a run has cost so far; the provider's bill is what counts.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use tau_domain::Usage;

use crate::providers::provider_at;

/// The price of a model in US dollars per million tokens.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Price {
    /// Tokens read.
    pub input: f64,
    /// Tokens written.
    pub output: f64,
    /// Tokens read again from the provider's cache; `None` when they cost what all cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cached_input: Option<f64>,
}

impl Price {
    /// What a reply cost, in US dollars, nothing read from a cache.
    pub fn of(self, usage: Usage) -> f64 {
        self.with_cached(usage, 0)
    }

    /// What a reply cost, in US dollars, when `cached` of the tokens read came from the cache.
    pub fn with_cached(self, usage: Usage, cached: u64) -> f64 {
        let cached = cached.min(usage.input_tokens);
        let again = self.cached_input.unwrap_or(self.input);
        let read = (usage.input_tokens - cached) as f64;
        (self.input * read + again * cached as f64 + self.output * usage.output_tokens as f64) / 1e6
    }
}

/// The person's table could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PricesError {
    /// The file could not be read.
    #[error("the prices could not be read: {0}")]
    File(#[from] std::io::Error),
    /// The file is not such a table.
    #[error("the prices are not a table of models: {0}")]
    Format(#[from] toml::de::Error),
    /// A price is no amount of money.
    #[error("the price of {0} is not an amount of money")]
    Amount(String),
}

/// A dated list of prices, and the person's own.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Prices {
    /// The day on which the providers listed the shipped prices, `YYYY-MM-DD`.
    #[serde(default)]
    pub as_of: String,
    models: BTreeMap<String, Price>,
    #[serde(skip)]
    own: BTreeMap<String, Price>,
}

impl Prices {
    /// The list that ships with the product (`data/prices.toml`).
    pub fn shipped() -> &'static Prices {
        static SHIPPED: LazyLock<Prices> = LazyLock::new(|| {
            toml::from_str(include_str!("../../../data/prices.toml")).unwrap_or_default()
        });
        &SHIPPED
    }

    /// The shipped list with the person's own prices from `file`, which has the same form. No file is
    /// an empty one.
    ///
    /// # Errors
    /// When the file is there and cannot be read or understood.
    pub fn with_overrides(file: &Path) -> Result<Prices, PricesError> {
        let mut prices = Prices::shipped().clone();
        match std::fs::read_to_string(file) {
            Ok(text) => {
                for (model, price) in toml::from_str::<Prices>(&text)?.models {
                    prices.set_own(&model, price)?;
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        Ok(prices)
    }

    /// Sets a price of the person's own. A name that ends in `*` stands for all that begin so.
    ///
    /// # Errors
    /// When one of the numbers is no amount of money.
    pub fn set_own(&mut self, model: &str, price: Price) -> Result<(), PricesError> {
        let all = [price.input, price.output, price.cached_input.unwrap_or(0.0)];
        if model.trim().is_empty() || all.iter().any(|usd| !usd.is_finite() || *usd < 0.0) {
            return Err(PricesError::Amount(model.to_owned()));
        }
        self.own.insert(model.trim().to_owned(), price);
        Ok(())
    }

    /// Removes a price of the person's own.
    pub fn remove_own(&mut self, model: &str) {
        self.own.remove(model.trim());
    }

    /// The person's own prices in the form of the file.
    pub fn own_as_text(&self) -> String {
        #[derive(Serialize)]
        struct File<'a> {
            models: &'a BTreeMap<String, Price>,
        }
        toml::to_string(&File { models: &self.own }).unwrap_or_default()
    }

    /// The person's own prices, by name.
    pub fn own(&self) -> impl Iterator<Item = (&str, Price)> {
        self.own.iter().map(|(model, price)| (model.as_str(), *price))
    }

    /// The prices that ship with the product, by name.
    pub fn listed(&self) -> impl Iterator<Item = (&str, Price)> {
        self.models.iter().map(|(model, price)| (model.as_str(), *price))
    }

    /// The price of a model wherever it runs; `None` when no list has it.
    pub fn find(&self, model: &str) -> Option<Price> {
        self.find_as(&[model])
    }

    /// The price of a model at an address: what the provider there takes, if the list has it, and
    /// otherwise what the model costs elsewhere under the same name.
    pub fn find_at(&self, base_url: &str, model: &str) -> Option<Price> {
        match provider_at(base_url) {
            Some(provider) => self.find_as(&[&format!("{}/{model}", provider.id), model]),
            None => self.find_as(&[model]),
        }
    }

    fn find_as(&self, names: &[&str]) -> Option<Price> {
        let search = |table: &BTreeMap<String, Price>| {
            names
                .iter()
                .find_map(|name| table.get(*name))
                .or_else(|| names.iter().find_map(|name| starred(table, name)))
                .or_else(|| names.iter().find_map(|name| table.get(family(name)?)))
                .or_else(|| names.iter().find_map(|name| table.get(bare(name))))
                .or_else(|| names.iter().find_map(|name| table.get(family(bare(name))?)))
                .copied()
        };
        search(&self.own).or_else(|| search(&self.models))
    }
}

/// The entry with the longest beginning that fits.
fn starred<'a>(table: &'a BTreeMap<String, Price>, name: &str) -> Option<&'a Price> {
    table
        .iter()
        .filter(|(pattern, _)| {
            pattern.strip_suffix('*').is_some_and(|start| name.starts_with(start))
        })
        .max_by_key(|(pattern, _)| pattern.len())
        .map(|(_, price)| price)
}

/// The name without a provider's prefix (`openai/gpt-4o`).
fn bare(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The name without the date of its release (`gpt-4o-2024-08-06`, `claude-haiku-4-5-20251001`).
fn family(name: &str) -> Option<&str> {
    let at = name.rfind("-20")?;
    let date = &name[at + 1..];
    let digits = date.chars().filter(char::is_ascii_digit).count();
    let dated = digits == 8 && date.chars().all(|c| c.is_ascii_digit() || c == '-');
    // `-2024-08-06`: the last "-20" is the year's only if no other part begins so.
    dated.then(|| &name[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("prices.toml");
        std::fs::write(&file, text).unwrap();
        (folder, file)
    }

    #[test]
    fn the_shipped_list_can_be_read_and_is_dated() {
        assert_eq!(Prices::shipped().as_of.len(), 10);
        assert!(Prices::shipped().find("gpt-4o").is_some());
        for (model, price) in Prices::shipped().listed() {
            assert!(price.input >= 0.0 && price.output >= price.input, "{model}");
            assert!(price.cached_input.is_none_or(|cached| cached <= price.input), "{model}");
        }
    }

    #[test]
    fn a_dated_release_costs_what_its_family_costs_and_an_unknown_model_has_no_price() {
        let prices = Prices::shipped();
        assert_eq!(prices.find("openai/gpt-4o-2024-08-06"), prices.find("gpt-4o"));
        assert_eq!(prices.find("claude-haiku-4-5-20251001"), prices.find("claude-haiku-4-5"));
        assert_ne!(prices.find("gpt-4o-mini"), prices.find("gpt-4o"));
        assert_eq!(prices.find("my-own-model"), None);
        assert_eq!(prices.find("gpt-4o-2024x"), None);
        assert_eq!(prices.find("gpt-4o-2024"), None);
    }

    #[test]
    fn a_reply_costs_its_tokens_and_what_comes_from_the_cache_costs_less() {
        let price = Price { input: 2.5, output: 10.0, cached_input: Some(1.25) };
        let usage = Usage { input_tokens: 1_000_000, output_tokens: 100_000 };
        assert!((price.of(usage) - 3.5).abs() < 1e-12);
        assert!((price.with_cached(usage, 400_000) - 3.0).abs() < 1e-12);
        assert!((price.with_cached(usage, u64::MAX) - 2.25).abs() < 1e-12);
    }

    #[test]
    fn the_persons_own_price_wins() {
        let (_folder, file) = table(
            "[models]\n\"gpt-4o\" = { input = 1.0, output = 2.0 }\n\"acme-*\" = { input = 3.0, output = 4.0 }\n",
        );
        let mut prices = Prices::with_overrides(&file).unwrap();
        assert_eq!(prices.find("gpt-4o-2024-08-06").unwrap().input, 1.0);
        assert_eq!(prices.find("acme-large").unwrap().output, 4.0);
        assert_eq!(prices.find("gpt-4o-mini"), Prices::shipped().find("gpt-4o-mini"));
        prices.remove_own("gpt-4o");
        assert_eq!(prices.find("gpt-4o"), Prices::shipped().find("gpt-4o"));
        std::fs::write(&file, prices.own_as_text()).unwrap();
        let again = Prices::with_overrides(&file).unwrap();
        assert_eq!(again.own().map(|(model, _)| model).collect::<Vec<_>>(), ["acme-*"]);
    }

    #[test]
    fn no_file_is_an_empty_one_and_a_broken_one_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Prices::with_overrides(&folder.path().join("none")).is_ok());
        let (_folder, broken) = table("models = 3");
        assert!(matches!(Prices::with_overrides(&broken), Err(PricesError::Format(_))));
        let (_folder, free) = table("[models]\n\"m\" = { input = -1.0, output = 2.0 }\n");
        assert!(matches!(Prices::with_overrides(&free), Err(PricesError::Amount(_))));
    }

    #[test]
    fn the_same_model_may_cost_different_sums_at_different_providers() {
        let text = "[models]\n\"groq/acme/llama\" = { input = 1.0, output = 2.0 }\n\"llama\" = { input = 9.0, output = 9.0 }\n";
        let prices: Prices = toml::from_str(text).unwrap();
        let at = |url| prices.find_at(url, "acme/llama").unwrap().input;
        assert_eq!(at("https://api.groq.com/openai/v1"), 1.0);
        assert_eq!(at("https://llm.example.org/v1"), 9.0);
    }
}
