//! Open-weight models on this computer.

use super::Product;
use crate::types::{Exported, LocalModelInfo};
use crate::{ApiError, ErrorCode};

impl Product {
    /// Open-weight models for this computer: recommended ones, and those that are here.
    pub async fn list_local_models(&self) -> Result<Vec<LocalModelInfo>, ApiError> {
        Err(not_yet())
    }

    /// Fetches one; goes on where it stopped.
    pub async fn fetch_local_model(&self, _id: String) -> Result<LocalModelInfo, ApiError> {
        Err(not_yet())
    }

    /// Stops fetching; what is here stays.
    pub async fn stop_local_model(&self, _id: String) -> Result<LocalModelInfo, ApiError> {
        Err(not_yet())
    }

    /// Takes a model file from disk.
    pub async fn add_local_model(&self, _path: String) -> Result<LocalModelInfo, ApiError> {
        Err(not_yet())
    }

    /// Removes a model with its basis.
    pub async fn delete_local_model(&self, _id: String) -> Result<Vec<LocalModelInfo>, ApiError> {
        Err(not_yet())
    }

    /// Takes a trait's direction from a control vector of llama.cpp.
    pub async fn import_vector(
        &self,
        _model: String,
        _trait_id: String,
        _path: String,
    ) -> Result<LocalModelInfo, ApiError> {
        Err(not_yet())
    }

    /// Saves a trait's direction as one.
    pub async fn export_vector(
        &self,
        _model: String,
        _trait_id: String,
    ) -> Result<Exported, ApiError> {
        Err(not_yet())
    }
}

fn not_yet() -> ApiError {
    ApiError::new(ErrorCode::Internal, "This is being built.")
}
