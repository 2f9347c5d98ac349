//! Traits and mixes as files: reading, checking and keeping a person's own.

use std::collections::BTreeMap;

use super::Product;
use crate::types::{
    Exported, MixCheck, MixPreset, Sweep, SweepRequest, TraitCheck, TraitDetail, TraitDraft,
    TraitInfo,
};
use crate::{ApiError, ErrorCode};

impl Product {
    /// One trait with all that its file says.
    pub async fn get_trait(&self, _id: String) -> Result<TraitDetail, ApiError> {
        Err(not_yet())
    }

    /// Whether a trait can be kept.
    pub async fn check_trait(&self, _draft: TraitDraft) -> Result<TraitCheck, ApiError> {
        Err(not_yet())
    }

    /// Keeps a trait of the person's own.
    pub async fn save_trait(&self, _draft: TraitDraft) -> Result<TraitDetail, ApiError> {
        Err(not_yet())
    }

    /// Removes one; runs that used it keep its words.
    pub async fn delete_trait(&self, _id: String) -> Result<Vec<TraitInfo>, ApiError> {
        Err(not_yet())
    }

    /// Saves a trait's file where the person says.
    pub async fn export_trait(&self, _id: String) -> Result<Exported, ApiError> {
        Err(not_yet())
    }

    /// Keeps the trait of a file.
    pub async fn import_trait(&self, _path: String) -> Result<TraitDetail, ApiError> {
        Err(not_yet())
    }

    /// Mixes with a name, shipped ones first.
    pub async fn list_presets(&self) -> Result<Vec<MixPreset>, ApiError> {
        Err(not_yet())
    }

    /// Keeps a mix under a name.
    pub async fn save_preset(&self, _preset: MixPreset) -> Result<Vec<MixPreset>, ApiError> {
        Err(not_yet())
    }

    /// Removes one of the person's own.
    pub async fn delete_preset(&self, _id: String) -> Result<Vec<MixPreset>, ApiError> {
        Err(not_yet())
    }

    /// What a mix amounts to.
    pub async fn check_mix(&self, _levels: BTreeMap<String, f64>) -> Result<MixCheck, ApiError> {
        Err(not_yet())
    }

    /// The mixes of a sweep.
    pub async fn make_sweep(&self, _request: SweepRequest) -> Result<Sweep, ApiError> {
        Err(not_yet())
    }
}

fn not_yet() -> ApiError {
    ApiError::new(ErrorCode::Internal, "This is being built.")
}
