//! The files of a pack: in its folder, or in memory before an import has written them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::error::PackError;
use crate::format::{self, line_at};

/// Where the files of a pack are.
#[derive(Clone, Copy)]
pub(crate) enum Files<'f> {
    /// In a folder.
    Folder(&'f Path),
    /// In memory, by name: `wording/agent.md`.
    Held(&'f BTreeMap<String, String>),
}

impl Files<'_> {
    /// Whether there is a file.
    pub fn has(&self, name: &str) -> bool {
        match self {
            Files::Folder(dir) => dir.join(name).exists(),
            Files::Held(files) => files.contains_key(name),
        }
    }

    /// The text of a file.
    pub fn text(&self, name: &str) -> Result<String, PackError> {
        match self {
            Files::Folder(dir) => format::read_text(&dir.join(name)),
            Files::Held(files) => {
                files.get(name).cloned().ok_or_else(|| self.wrong(name, None, "it is missing"))
            }
        }
    }

    /// The text of a file that may be missing.
    pub fn maybe(&self, name: &str) -> Result<Option<String>, PackError> {
        self.has(name).then(|| self.text(name)).transpose()
    }

    /// A JSON file.
    pub fn json<T: DeserializeOwned>(&self, name: &str) -> Result<T, PackError> {
        serde_json::from_str(&self.text(name)?)
            .map_err(|e| self.wrong(name, Some(e.line() as u32), e.to_string()))
    }

    /// A TOML file.
    pub fn toml<T: DeserializeOwned>(&self, name: &str) -> Result<T, PackError> {
        let text = self.text(name)?;
        toml::from_str(&text).map_err(|e| {
            let line = e.span().map(|span| line_at(&text, span.start));
            self.wrong(name, line, e.message())
        })
    }

    /// What is wrong with a file.
    pub fn wrong(&self, name: &str, line: Option<u32>, message: impl Into<String>) -> PackError {
        let path = match self {
            Files::Folder(dir) => dir.join(name),
            Files::Held(_) => PathBuf::from(name),
        };
        PackError::invalid(&path, line, message.into())
    }
}
