//! Known providers, their models, and what models cost.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tau_llm::{Price, Prices, PricesError, ProviderLimits};

use super::Product;
use crate::endpoints::{self, PRACTICE, StoredEndpoint};
use crate::files::write_whole;
use crate::types::{EndpointKind, ListedModel, ModelList, PriceInfo, PriceTable, ProviderInfo};
use crate::{ApiError, ErrorCode};

/// Longest name of a model that is taken.
const LONGEST_NAME: usize = 200;

impl Product {
    /// The providers that the app knows.
    pub async fn list_providers(&self) -> Result<Vec<ProviderInfo>, ApiError> {
        Ok(tau_llm::providers()
            .iter()
            .map(|provider| ProviderInfo {
                id: provider.id.clone(),
                name: provider.name.clone(),
                kind: endpoints::kind_shown(provider.kind),
                base_url: provider.base_url.clone(),
                needs_key: provider.needs_key,
                key_page: provider.key_page.clone(),
                demo_key: provider.demo_key.clone(),
                recommended: provider.recommended.clone(),
                note: provider.note.clone(),
            })
            .collect())
    }

    /// The models that an endpoint lists now.
    pub async fn list_models(&self, endpoint: String) -> Result<ModelList, ApiError> {
        if endpoint == PRACTICE {
            let note = "Built in, free, and not a real model.";
            let models = endpoints::practice().models;
            let listed = |id: &String| ListedModel { id: id.clone(), note: note.into() };
            return Ok(ModelList {
                models: models.iter().map(listed).collect(),
                recommended: models,
                message: String::new(),
            });
        }
        let endpoint = self.endpoints.get(&endpoint)?;
        if endpoint.kind == EndpointKind::Steer {
            let message = "A steer service plays customers; there is no model to choose.";
            return Ok(ModelList { recommended: vec![], models: vec![], message: message.into() });
        }
        if endpoint.kind == EndpointKind::OutsideAgent {
            let message = "An agent of your own has the names that you gave it.";
            return Ok(ModelList { recommended: vec![], models: vec![], message: message.into() });
        }
        let recommended = recommended(&endpoint);
        let (_, key) = self.keys.find(&endpoint.account(), &endpoint.variables()).await;
        let limits = Arc::clone(&self.limits);
        let prices = self.limits.prices();
        Ok(match tau_llm::list_models(&endpoint.address(), key, limits).await {
            Ok(models) => {
                let there = |id: &String| models.iter().any(|model| model.id == *id);
                let message = if models.is_empty() {
                    format!("{} lists no models. Type the name of one.", endpoint.name)
                } else {
                    String::new()
                };
                ModelList {
                    recommended: recommended.into_iter().filter(there).collect(),
                    models: models
                        .iter()
                        .map(|model| ListedModel {
                            id: model.id.clone(),
                            note: note(model, prices.find_at(&endpoint.base_url, &model.id)),
                        })
                        .collect(),
                    message,
                }
            }
            // What cannot be listed can still be typed.
            Err(error) => ModelList { recommended, models: Vec::new(), message: error.message },
        })
    }

    /// What models cost.
    pub async fn list_prices(&self) -> Result<PriceTable, ApiError> {
        let prices = Prices::with_overrides(&file(&self.places.data)).map_err(unreadable)?;
        Ok(table(&prices))
    }

    /// Sets a price of the person's own.
    pub async fn save_price(&self, price: PriceInfo) -> Result<PriceTable, ApiError> {
        let model = price.model.trim();
        if model.is_empty() || model.chars().count() > LONGEST_NAME {
            return Err(ApiError::new(
                ErrorCode::BadRequest,
                "Name the model, as its provider names it.",
            ));
        }
        let set = Price { input: price.input, output: price.output, cached_input: None };
        self.change_prices(|prices| prices.set_own(model, set))
    }

    /// Removes one.
    pub async fn delete_price(&self, model: String) -> Result<PriceTable, ApiError> {
        self.change_prices(|prices| {
            prices.remove_own(&model);
            Ok(())
        })
    }

    fn change_prices(
        &self,
        change: impl FnOnce(&mut Prices) -> Result<(), PricesError>,
    ) -> Result<PriceTable, ApiError> {
        let file = file(&self.places.data);
        let mut prices = Prices::with_overrides(&file).map_err(unreadable)?;
        change(&mut prices).map_err(|error| {
            ApiError::new(
                ErrorCode::BadRequest,
                "Enter prices as US dollars per million tokens, 0 or more.",
            )
            .detail(error)
        })?;
        write_whole(&file, prices.own_as_text().as_bytes()).map_err(|error| {
            ApiError::new(ErrorCode::Storage, "The price could not be saved. Is the disk full?")
                .detail(format!("{}: {error}", file.display()))
                .retryable()
        })?;
        self.limits.set_prices(prices.clone());
        Ok(table(&prices))
    }
}

/// Puts the person's own prices into force. A table that cannot be read is left alone and said when
/// the prices are looked at; until then the shipped ones hold.
pub(super) fn load(data: &Path, limits: &ProviderLimits) {
    match Prices::with_overrides(&file(data)) {
        Ok(prices) => limits.set_prices(prices),
        Err(error) => tracing::warn!(%error, "your own prices are not used"),
    }
}

/// The person's own prices, in the data folder.
fn file(data: &Path) -> PathBuf {
    data.join("prices.toml")
}

fn unreadable(error: PricesError) -> ApiError {
    ApiError::new(
        ErrorCode::Storage,
        "Your table of prices (prices.toml in the data folder) cannot be read. Mend it, or move it away to start anew.",
    )
    .detail(error)
}

fn table(prices: &Prices) -> PriceTable {
    let info = |mine: bool| {
        move |(model, price): (&str, Price)| PriceInfo {
            model: model.to_owned(),
            input: price.input,
            output: price.output,
            mine,
        }
    };
    let own = prices.own().map(info(true));
    PriceTable {
        as_of: prices.as_of.clone(),
        prices: own.chain(prices.listed().map(info(false))).collect(),
    }
}

fn recommended(endpoint: &StoredEndpoint) -> Vec<String> {
    tau_llm::provider(&endpoint.provider)
        .map(|provider| provider.recommended.clone())
        .unwrap_or_default()
}

/// What a model is and costs, in a few words.
fn note(model: &tau_llm::ListedModel, price: Option<Price>) -> String {
    let context = model.context_tokens.map(|tokens| match tokens {
        1_000_000.. => format!("reads {:.1} million tokens", tokens as f64 / 1e6),
        _ => format!("reads {} thousand tokens", tokens / 1000),
    });
    let price = price.map(|price| {
        format!("${} in, ${} out per million tokens", amount(price.input), amount(price.output))
    });
    [model.name.clone(), context, price].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Dollars with as many digits as they have, at least two.
fn amount(dollars: f64) -> String {
    let cents = format!("{dollars:.2}");
    let exact = format!("{dollars}");
    if cents.parse::<f64>() == Ok(dollars) { cents } else { exact }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_what_a_model_is_and_costs() {
        let mut model = tau_llm::ListedModel {
            id: "m".into(),
            name: Some("Model M".into()),
            context_tokens: Some(1_048_576),
        };
        let price = Price { input: 0.075, output: 2.5, cached_input: None };
        assert_eq!(
            note(&model, Some(price)),
            "Model M · reads 1.0 million tokens · $0.075 in, $2.50 out per million tokens"
        );
        model.context_tokens = Some(131_072);
        assert_eq!(note(&model, None), "Model M · reads 131 thousand tokens");
        let bare = tau_llm::ListedModel { id: "m".into(), name: None, context_tokens: None };
        assert_eq!(note(&bare, None), "");
    }
}
