// owner: diag
//! Why conversations failed: rules, a judging model, a person.

use super::Product;
use crate::types::{
    ConversationDiagnosis, DiagnosisCorrection, DiagnosisDraft, FaultPage, FaultQuery, FaultTag,
    RunFaults,
};
use crate::{ApiError, ErrorCode};

impl Product {
    /// The faults of a run's failures.
    pub async fn run_faults(&self, id: String) -> Result<RunFaults, ApiError> {
        let _ = id;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// The failures behind them.
    pub async fn list_faults(&self, query: FaultQuery) -> Result<FaultPage, ApiError> {
        let _ = query;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// All judgements of one conversation.
    pub async fn get_diagnosis(
        &self,
        conversation: String,
    ) -> Result<ConversationDiagnosis, ApiError> {
        let _ = conversation;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// The finer tags.
    pub async fn list_fault_tags(&self) -> Result<Vec<FaultTag>, ApiError> {
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// Has failures judged by a model.
    pub async fn start_diagnosis(&self, draft: DiagnosisDraft) -> Result<RunFaults, ApiError> {
        let _ = draft;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// Stops that; what was judged is kept.
    pub async fn stop_diagnosis(&self, run: String) -> Result<RunFaults, ApiError> {
        let _ = run;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// Keeps a person's judgement, which wins.
    pub async fn correct_diagnosis(
        &self,
        correction: DiagnosisCorrection,
    ) -> Result<ConversationDiagnosis, ApiError> {
        let _ = correction;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// Takes it back.
    pub async fn withdraw_correction(
        &self,
        conversation: String,
    ) -> Result<ConversationDiagnosis, ApiError> {
        let _ = conversation;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }
}
