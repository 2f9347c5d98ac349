//! What models cost.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use tau_domain::Usage;

/// The price of a model in US dollars per million tokens.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Price {
    /// Tokens read.
    pub input: f64,
    /// Tokens written.
    pub output: f64,
}

impl Price {
    /// What a reply cost, in US dollars.
    pub fn of(self, usage: Usage) -> f64 {
        (self.input * usage.input_tokens as f64 + self.output * usage.output_tokens as f64) / 1e6
    }
}

/// A dated list of prices.
#[derive(Clone, Debug, Deserialize)]
pub struct Prices {
    /// The day on which the providers listed these prices, `YYYY-MM-DD`.
    pub as_of: String,
    models: BTreeMap<String, Price>,
}

impl Prices {
    /// The list that ships with the product (`data/prices.toml`).
    pub fn shipped() -> &'static Prices {
        static SHIPPED: LazyLock<Prices> = LazyLock::new(|| {
            toml::from_str(include_str!("../../../data/prices.toml"))
                .unwrap_or_else(|_| Prices { as_of: String::new(), models: BTreeMap::new() })
        });
        &SHIPPED
    }

    /// The price of a model; `None` when the list does not have it. A dated release
    /// (`gpt-4o-2024-08-06`) costs what its family costs, and a provider's prefix (`openai/gpt-4o`)
    /// does not count.
    pub fn find(&self, model: &str) -> Option<Price> {
        let name = model.rsplit('/').next().unwrap_or(model);
        let family = || {
            let at = name.find("-20")?;
            name[at + 1..].chars().all(|c| c.is_ascii_digit() || c == '-').then(|| &name[..at])
        };
        self.models.get(name).or_else(|| self.models.get(family()?)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_list_can_be_read_and_is_dated() {
        assert_eq!(Prices::shipped().as_of.len(), 10);
        assert!(Prices::shipped().find("gpt-4o").is_some());
    }

    #[test]
    fn a_dated_release_costs_what_its_family_costs_and_an_unknown_model_has_no_price() {
        let prices = Prices::shipped();
        assert_eq!(prices.find("openai/gpt-4o-2024-08-06"), prices.find("gpt-4o"));
        assert_ne!(prices.find("gpt-4o-mini"), prices.find("gpt-4o"));
        assert_eq!(prices.find("my-own-model"), None);
        assert_eq!(prices.find("gpt-4o-2024x"), None);
    }

    #[test]
    fn a_reply_costs_its_tokens() {
        let price = Price { input: 2.5, output: 10.0 };
        let usage = Usage { input_tokens: 1_000_000, output_tokens: 100_000 };
        assert!((price.of(usage) - 3.5).abs() < 1e-12);
    }
}
