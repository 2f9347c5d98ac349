//! `pack.toml` and `tools.json` of a pack of tau2.

use std::path::Path;

use serde::{Deserialize, Serialize};
use tau_domain::{DomainId, SourceInfo, SourceKind, ToolSpec};
use tau_toolkits::Profile;

use super::files::Files;
use crate::error::PackError;
use crate::format::{self, ManifestSource};

/// The file that says what a pack is.
pub(crate) const MANIFEST: &str = "pack.toml";

/// The layout that is read here.
pub const FORMAT: u32 = 2;

/// What `engine` says in such a pack.
pub const ENGINE: &str = "tau2";

/// The toolkits that there are.
pub const TOOLKITS: [&str; 4] = ["mock", "airline", "retail", "telecom"];

/// `pack.toml`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Name of the pack, which is also the name of its folder.
    pub id: String,
    /// What a person reads.
    pub title: String,
    /// One or two sentences.
    #[serde(default)]
    pub description: String,
    /// Version of the content.
    pub version: String,
    /// Version of the folder's layout: 2.
    pub format: u32,
    /// Licence of the content.
    #[serde(default)]
    pub licence: String,
    /// Whose conversations they are: `tau2`.
    pub engine: String,
    /// Whose tools: `mock`, `airline`, `retail` or `telecom`.
    pub toolkit: String,
    /// Which upstream is followed, in [`Profile::word`]'s words.
    pub profile: String,
    /// The release that the pack was imported from; absent in packs of our own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<ManifestSource>,
}

/// `tools.json`: the tools as models read of them, in the toolkit's order.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToolFile {
    /// The agent's.
    pub agent: Vec<ToolSpec>,
    /// The customer's; absent where the customer has no toolkit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<Vec<ToolSpec>>,
    /// What an agent who works alone calls at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<ToolSpec>,
}

/// Whether a folder says that it is a pack of tau2. One that cannot be read says nothing.
pub(crate) fn is_tau2(dir: &Path) -> bool {
    let Ok(text) = format::read_text(&dir.join(MANIFEST)) else { return false };
    let Ok(table) = text.parse::<toml::Table>() else { return false };
    table.get("engine").and_then(toml::Value::as_str) == Some(ENGINE)
}

impl Manifest {
    /// Reads the `pack.toml`.
    ///
    /// # Errors
    /// When it is missing or not as described, or names what is not known.
    pub(crate) fn read(files: &Files<'_>) -> Result<Manifest, PackError> {
        let manifest: Manifest = files.toml(MANIFEST)?;
        let wrong = |message: String| Err(files.wrong(MANIFEST, None, message));
        if manifest.format != FORMAT || manifest.engine != ENGINE {
            return wrong(format!(
                "format {} of engine {:?} is not format {FORMAT} of {ENGINE:?}",
                manifest.format, manifest.engine
            ));
        }
        if !TOOLKITS.contains(&manifest.toolkit.as_str()) {
            return wrong(format!(
                "there is no toolkit {:?}; there are {}",
                manifest.toolkit,
                TOOLKITS.join(", ")
            ));
        }
        if Profile::of(&manifest.profile).is_none() {
            let known: Vec<&str> = Profile::ALL.into_iter().map(Profile::word).collect();
            return wrong(format!(
                "profile {:?} is not known; there are {}",
                manifest.profile,
                known.join(", ")
            ));
        }
        Ok(manifest)
    }

    /// Which upstream is followed.
    pub fn profile(&self) -> Profile {
        // Reading refuses every other word.
        Profile::of(&self.profile).unwrap_or(Profile::V1_0)
    }

    /// A domain of this pack: `name` is the pack's own, or that of its workflow.
    ///
    /// # Errors
    /// When it cannot be a name.
    pub(crate) fn domain_id(&self, files: &Files<'_>, name: &str) -> Result<DomainId, PackError> {
        let id = match &self.source {
            Some(source) => DomainId::imported(&source.name, name),
            None => DomainId::shipped(name),
        };
        id.map_err(|e| files.wrong(MANIFEST, None, e.to_string()))
    }

    /// Where the pack came from.
    pub(crate) fn source_info(&self) -> SourceInfo {
        match &self.source {
            Some(source) => SourceInfo {
                name: source.name.clone(),
                version: source.version.clone(),
                kind: SourceKind::Imported,
            },
            None => SourceInfo {
                name: self.id.clone(),
                version: self.version.clone(),
                kind: SourceKind::Shipped,
            },
        }
    }
}
