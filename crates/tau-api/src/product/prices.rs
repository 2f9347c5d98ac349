// owner: llm
//! Known providers, their models, and what models cost.

use super::Product;
use crate::types::{ModelList, PriceInfo, PriceTable, ProviderInfo};
use crate::{ApiError, ErrorCode};

impl Product {
    /// The providers that the app knows.
    pub async fn list_providers(&self) -> Result<Vec<ProviderInfo>, ApiError> {
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// The models that an endpoint lists now.
    pub async fn list_models(&self, endpoint: String) -> Result<ModelList, ApiError> {
        let _ = endpoint;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// What models cost.
    pub async fn list_prices(&self) -> Result<PriceTable, ApiError> {
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// Sets a price of the person's own.
    pub async fn save_price(&self, price: PriceInfo) -> Result<PriceTable, ApiError> {
        let _ = price;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// Removes one.
    pub async fn delete_price(&self, model: String) -> Result<PriceTable, ApiError> {
        let _ = model;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }
}
