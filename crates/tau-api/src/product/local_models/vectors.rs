//! Directions of a model on this computer: what is known of them, and control vectors from and for
//! llama.cpp.

use std::path::Path;

use super::super::Product;
use super::super::trait_files::no_such_trait;
use super::super::voices::told;
use super::bases::Known;
use super::shelf;
use super::{no_such_model, on_a_thread};
use crate::types::{BasisInfo, Exported, LocalModelInfo, LocalModelState};
use crate::{ApiError, ErrorCode};

impl Product {
    /// What is known of the directions of the model `file`, read without opening it.
    pub(crate) fn basis(&self, file: &str) -> Known {
        let folder = self.local.folder();
        match shelf::record(folder, file) {
            Ok(record) => self.bases.of(folder, file, &record),
            Err(_) => Ok(None),
        }
    }

    /// The same as the interface shows it.
    pub(super) fn basis_info(&self, file: &str) -> Option<BasisInfo> {
        let basis = self.basis(file).ok()??;
        let set = self.trait_set();
        let name = |id: &str| set.get(id).map_or_else(|| id.to_owned(), |one| one.name.clone());
        let outdated = basis
            .calibrated()
            .filter(|id| set.get(id).is_some_and(|one| !basis.is_current(one)))
            .map(name);
        Some(BasisInfo {
            outdated: outdated.collect(),
            traits: basis.calibrated().map(name).collect(),
            layer: u32::try_from(basis.layer?).unwrap_or(u32::MAX),
            layers: u32::try_from(basis.layers()).unwrap_or(u32::MAX),
            made_at: basis.provenance.made_at.clone(),
        })
    }

    /// Takes a trait's direction from a control vector of llama.cpp. Its strength is not known before
    /// the model is calibrated for it.
    pub async fn import_vector(
        &self,
        model: String,
        trait_id: String,
        path: String,
    ) -> Result<LocalModelInfo, ApiError> {
        if self.trait_set().get(&trait_id).is_none() {
            return Err(no_such_trait(&trait_id));
        }
        self.must_be_ready(&model).await?;
        let opened = self.local.open(&model).await.map_err(|error| told(&error))?;
        let now = crate::time::rfc3339(tau_runs::now_ms());
        opened
            .import_vector(&trait_id, Path::new(&path), &now)
            .await
            .map_err(|error| told(&error))?;
        self.local_model(&model).await
    }

    /// Saves a trait's direction as one.
    pub async fn export_vector(
        &self,
        model: String,
        trait_id: String,
    ) -> Result<Exported, ApiError> {
        self.must_be_ready(&model).await?;
        let stem = model.trim_end_matches(".gguf");
        let suggested = format!("{stem}.{trait_id}.gguf");
        let Some(path) = self.host.choose_save_path(&suggested).await else {
            return Ok(Exported { path: None });
        };
        let opened = self.local.open(&model).await.map_err(|error| told(&error))?;
        let to = path.clone();
        on_a_thread(move || opened.export_vector(&trait_id, &to))
            .await?
            .map_err(|error| told(&error))?;
        Ok(Exported { path: Some(path.display().to_string()) })
    }

    async fn must_be_ready(&self, file: &str) -> Result<(), ApiError> {
        let model = self.local_model(file).await?;
        match model.state {
            LocalModelState::Ready => Ok(()),
            LocalModelState::Broken => Err(ApiError::new(ErrorCode::Conflict, model.message)),
            _ => Err(no_such_model(file)),
        }
    }
}
