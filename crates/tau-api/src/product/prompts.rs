// owner: sim
//! The texts that are put before models: shipped, own copies, upstream wording.

use super::Product;
use crate::types::{PromptCheck, WordingDraft, WordingInfo};
use crate::{ApiError, ErrorCode};

impl Product {
    /// The wordings: shipped, own, from imported releases.
    pub async fn list_wordings(&self) -> Result<Vec<WordingInfo>, ApiError> {
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// Keeps an own copy.
    pub async fn save_wording(&self, draft: WordingDraft) -> Result<WordingInfo, ApiError> {
        let _ = draft;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// Removes an own copy.
    pub async fn delete_wording(&self, id: String) -> Result<Vec<WordingInfo>, ApiError> {
        let _ = id;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// Whether a template can be used, and how it looks.
    pub async fn check_prompt(&self, id: String, text: String) -> Result<PromptCheck, ApiError> {
        let _ = id;
        let _ = text;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }
}
