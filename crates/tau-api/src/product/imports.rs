// owner: import
//! Importing releases: looking, keeping, removing, fetching published ones.

use super::Product;
use crate::types::{Dropped, ImportedSource, PublishedRelease};
use crate::{ApiError, ErrorCode};

impl Product {
    /// What dropped or chosen files are.
    pub async fn look_at(&self, paths: Vec<String>) -> Result<Dropped, ApiError> {
        let _ = paths;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// Asks the person for files or a folder; empty when they cancel.
    pub async fn choose_files(&self, folder: bool) -> Result<Vec<String>, ApiError> {
        let paths = self.host.choose_open_paths(folder).await;
        Ok(paths.into_iter().map(|path| path.display().to_string()).collect())
    }

    /// Keeps a release's domains under a name.
    pub async fn keep_release(
        &self,
        path: String,
        name: String,
    ) -> Result<ImportedSource, ApiError> {
        let _ = path;
        let _ = name;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// What was imported.
    pub async fn list_sources(&self) -> Result<Vec<ImportedSource>, ApiError> {
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// Removes an imported source with its domains.
    pub async fn delete_source(&self, name: String) -> Result<Vec<ImportedSource>, ApiError> {
        let _ = name;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// Releases that can be fetched from their public archives.
    pub async fn list_releases(&self) -> Result<Vec<PublishedRelease>, ApiError> {
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// Fetches one and keeps its domains; goes on where it stopped.
    pub async fn fetch_release(&self, id: String) -> Result<PublishedRelease, ApiError> {
        let _ = id;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }

    /// Stops fetching; what is here stays.
    pub async fn stop_fetching(&self, id: String) -> Result<PublishedRelease, ApiError> {
        let _ = id;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }
}
