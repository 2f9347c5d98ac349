//! Choices of the person that outlive the window.

use std::path::{Path, PathBuf};

use crate::files::write_whole;
use crate::types::{Settings, ThemeChoice};
use crate::{ApiError, ErrorCode};

/// The file of settings.
pub struct SettingsFile(PathBuf);

impl SettingsFile {
    /// The file in the person's folder.
    pub fn within(data: &Path) -> Self {
        SettingsFile(data.join("settings.json"))
    }

    /// The settings; the defaults where there are none or they cannot be read, since a broken
    /// colour choice is no reason to keep anybody from their results.
    pub fn read(&self) -> Settings {
        std::fs::read(&self.0)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or(Settings { theme: ThemeChoice::System, language: None })
    }

    /// Keeps them.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, settings: &Settings) -> Result<(), ApiError> {
        let failed = |error: &dyn std::fmt::Display| {
            ApiError::new(ErrorCode::Storage, "The settings could not be saved. Is the disk full?")
                .detail(error)
                .retryable()
        };
        let text = serde_json::to_vec_pretty(settings).map_err(|error| failed(&error))?;
        write_whole(&self.0, &text).map_err(|error| failed(&error))
    }
}
