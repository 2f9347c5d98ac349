// owner: files
//! Several runs side by side.

use super::Product;
use crate::types::{Exported, PassBoard, TableFormat, TableKind, TraitTable};
use crate::{ApiError, ErrorCode};

impl Product {
    /// Success and its drop per trait.
    pub async fn trait_table(&self, runs: Vec<String>) -> Result<TraitTable, ApiError> {
        let _ = runs;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// pass^k.
    pub async fn pass_board(&self, runs: Vec<String>) -> Result<PassBoard, ApiError> {
        let _ = runs;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// Saves one of them where the person says.
    pub async fn save_table(
        &self,
        runs: Vec<String>,
        kind: TableKind,
        format: TableFormat,
    ) -> Result<Exported, ApiError> {
        let _ = runs;
        let _ = kind;
        let _ = format;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }
}
