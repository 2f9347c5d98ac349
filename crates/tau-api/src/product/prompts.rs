// owner: sim
//! The texts that are put before models: shipped, own copies, upstream wording.

use super::Product;
use crate::types::{PromptCheck, WordingDraft, WordingInfo};
use crate::{ApiError, ErrorCode};

impl Product {
    /// The wording of an id; the shipped one for an empty id.
    ///
    /// # Errors
    /// When there is no such wording.
    pub(crate) async fn wording(&self, id: &str) -> Result<tau_sim::Wording, ApiError> {
        if id.is_empty() || id == tau_sim::prompts::SHIPPED {
            return Ok(tau_sim::Wording::shipped());
        }
        Err(ApiError::new(
            ErrorCode::NotFound,
            "These prompts are not there any more. Choose another wording.",
        ))
    }

    /// The id of a run's wording, when it is still there in the same words; else that of the shipped
    /// one.
    pub(crate) async fn wording_id(&self, wording: &tau_sim::Wording) -> Result<String, ApiError> {
        for each in self.list_wordings().await? {
            if each.hash == wording.hash() {
                return Ok(each.id);
            }
        }
        Ok(String::new())
    }

    /// The example conversations that a draft asks for.
    ///
    /// # Errors
    /// When the domain has none.
    pub(crate) async fn few_shot(
        &self,
        draft: &crate::types::RunDraft,
        domain: &tau_domain::Domain,
    ) -> Result<Option<tau_runs::FewShot>, ApiError> {
        let _ = domain;
        match draft.agent_strategy {
            crate::types::AgentStrategy::FewShot => {
                Err(ApiError::new(ErrorCode::Internal, "not yet"))
            }
            _ => Ok(None),
        }
    }

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
