// owner: sim
//! Conversations in which the person takes a seat.

use super::Product;
use crate::types::{PlayDraft, PlayMove, PlayView};
use crate::{ApiError, ErrorCode};

impl Product {
    /// Starts a conversation in which the person takes a seat.
    pub async fn start_play(&self, draft: PlayDraft) -> Result<PlayView, ApiError> {
        let _ = draft;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// It as it stands.
    pub async fn play_view(&self, run: String) -> Result<PlayView, ApiError> {
        let _ = run;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// The person's move.
    pub async fn play_move(&self, run: String, step: PlayMove) -> Result<PlayView, ApiError> {
        let _ = run;
        let _ = step;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }
}
