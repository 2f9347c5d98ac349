//! Voices: who can play a customer, hearing one, measuring its levels.

use super::Product;
use crate::types::{
    CalibrationDraft, CalibrationView, Chart, DoseChartRequest, SpeakRequest, SpokenLine,
    VoiceCurves, VoiceInfo,
};
use crate::{ApiError, ErrorCode};

impl Product {
    /// Who can play a customer.
    pub async fn list_voices(&self) -> Result<Vec<VoiceInfo>, ApiError> {
        Err(not_yet())
    }

    /// Has one say a message.
    pub async fn speak(&self, _request: SpeakRequest) -> Result<SpokenLine, ApiError> {
        Err(not_yet())
    }

    /// Measures what the levels do in a voice.
    pub async fn start_calibration(
        &self,
        _draft: CalibrationDraft,
    ) -> Result<CalibrationView, ApiError> {
        Err(not_yet())
    }

    /// How far that is.
    pub async fn calibration(&self, _voice: String) -> Result<CalibrationView, ApiError> {
        Err(not_yet())
    }

    /// Stops it; what was measured before stays.
    pub async fn stop_calibration(&self, _voice: String) -> Result<CalibrationView, ApiError> {
        Err(not_yet())
    }

    /// What was measured, voice by voice.
    pub async fn list_curves(&self) -> Result<Vec<VoiceCurves>, ApiError> {
        Err(not_yet())
    }

    /// The curves of one trait, drawn.
    pub async fn dose_chart(&self, _request: DoseChartRequest) -> Result<Chart, ApiError> {
        Err(not_yet())
    }
}

fn not_yet() -> ApiError {
    ApiError::new(ErrorCode::Internal, "This is being built.")
}
