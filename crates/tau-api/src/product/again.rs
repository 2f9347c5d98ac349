//! Another run like one that is there.

use super::Product;
use crate::types::RunDraft;
use crate::{ApiError, ErrorCode};

impl Product {
    /// A run's set-up as a draft for another one.
    pub async fn draft_of_run(&self, id: String) -> Result<RunDraft, ApiError> {
        let _ = id;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }
}
