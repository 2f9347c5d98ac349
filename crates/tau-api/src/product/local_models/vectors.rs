//! Directions of a model on this computer: what is known of them, and control vectors from and for
//! llama.cpp.

use super::super::Product;
use super::shelf::Record;
use crate::types::{BasisInfo, Exported, LocalModelInfo};
use crate::{ApiError, ErrorCode};

impl Product {
    /// What is known of a model's directions.
    pub(super) fn basis_info(&self, _file: &str, _record: &Record) -> Option<BasisInfo> {
        None
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
