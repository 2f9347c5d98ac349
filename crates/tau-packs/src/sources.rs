//! Imported sources: what is remembered about each, the wordings they carry, and taking one away.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tau_domain::DomainId;

use crate::error::Fault;
use crate::format;
use crate::import::{ImportError, Licence, UpstreamWording};
use crate::library::{Library, SOURCES, folders};

/// In a source's folder: what is remembered about it.
pub(crate) const RECORD: &str = "source.json";

/// In a source's folder: the wordings of prompts that it carries.
pub(crate) const WORDINGS: &str = "wording.json";

/// Where an imported source came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRecord {
    /// The name given at the import.
    pub name: String,
    /// The release's own name.
    pub package: String,
    /// The release's version.
    pub version: String,
    /// The commit, where it is known.
    pub commit: Option<String>,
    /// Name of the file or folder, or the address that it was downloaded from.
    pub origin: String,
    /// SHA-256 of the archive in hex; none for a folder.
    pub sha256: Option<String>,
    /// The licence of the content.
    pub licence: Licence,
    /// What of the release could not be used.
    #[serde(default)]
    pub unused: Vec<Fault>,
}

/// An imported source.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    /// Where it came from.
    #[serde(flatten)]
    pub record: SourceRecord,
    /// Its domains.
    pub domains: Vec<DomainId>,
    /// Names of the wordings it carries.
    pub wordings: Vec<String>,
}

impl Library {
    /// The imported sources, by name. One imported before records were kept has an empty record.
    pub fn sources(&self) -> Vec<Source> {
        let domains: Vec<(DomainId, String)> = {
            let tau2 = self.definitions().definitions.into_iter();
            let tau2 = tau2.map(|definition| (definition.id, definition.version));
            let domains = self.list().domains.into_iter();
            domains.map(|domain| (domain.id, domain.version)).chain(tau2).collect()
        };
        let mut sources = Vec::new();
        for folder in folders(&self.sources_dir()) {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !DomainId::is_part(&name) {
                continue;
            }
            let mut record: SourceRecord = read(&folder.join(RECORD)).unwrap_or_default();
            record.name = name.clone();
            let own: Vec<_> = domains.iter().filter(|(id, _)| id.source() == Some(&name)).collect();
            if record.version.is_empty()
                && let Some((_, version)) = own.first()
            {
                record.version = version.clone();
            }
            sources.push(Source {
                record,
                domains: own.iter().map(|(id, _)| id.clone()).collect(),
                wordings: self.wordings_of(&folder).into_iter().map(|w| w.name).collect(),
            });
        }
        sources
    }

    /// The wordings that imported sources carry, by source and name.
    pub fn wordings(&self) -> Vec<UpstreamWording> {
        folders(&self.sources_dir())
            .iter()
            .filter(|folder| {
                DomainId::is_part(&folder.file_name().unwrap_or_default().to_string_lossy())
            })
            .flat_map(|folder| self.wordings_of(folder))
            .collect()
    }

    fn sources_dir(&self) -> PathBuf {
        self.data_dir().join(SOURCES)
    }

    fn wordings_of(&self, folder: &Path) -> Vec<UpstreamWording> {
        read(&folder.join(WORDINGS)).unwrap_or_default()
    }

    /// Takes an imported source away with all its domains. Gives whether there was one.
    ///
    /// # Errors
    /// When the name is none, or the folder cannot be removed.
    pub fn remove_source(&self, source: &str) -> Result<bool, ImportError> {
        if !DomainId::is_part(source) {
            return Err(ImportError::SourceName(source.to_owned()));
        }
        let folder = self.source_dir(source);
        let failed =
            |error| ImportError::Write { path: folder.display().to_string(), source: error };
        // Out of sight first: a folder half removed would be listed as broken.
        let gone = self.sources_dir().join(format!(".gone-{source}-{}", std::process::id()));
        match fs::rename(&folder, &gone) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            renamed => renamed.map_err(failed)?,
        }
        self.forget(source);
        fs::remove_dir_all(&gone).map_err(failed)?;
        Ok(true)
    }
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Option<T> {
    if !path.exists() {
        return None;
    }
    let text = match format::read_text(path) {
        Ok(text) => text,
        Err(error) => {
            tracing::warn!(%error, "a source's record cannot be read");
            return None;
        }
    };
    serde_json::from_str(&text)
        .inspect_err(|error| tracing::warn!(path = %path.display(), %error, "a source's record"))
        .ok()
}
