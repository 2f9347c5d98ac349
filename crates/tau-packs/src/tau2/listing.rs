//! The domains of tau2 at hand.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use serde::Serialize;
use serde::de::IgnoredAny;
use tau_domain::{DomainId, SourceInfo};
use tau_toolkits::{Definition, Domain, Profile, Value};

use super::files::Files;
use super::manifest::{Manifest, ToolFile, is_tau2};
use super::open::{self, TASKS, TOOLS, TaskFile, open_definition, open_domain};
use super::policy::Guidance;
use crate::error::PackError;
use crate::library::{BrokenPack, Library, LibraryError, SOURCES, file_name, folders};

/// A domain of tau2 in a list.
#[derive(Clone, Debug, Serialize)]
pub struct DefinitionEntry {
    /// Its name.
    pub id: DomainId,
    /// Its name for a person.
    pub title: String,
    /// One or two sentences.
    pub description: String,
    /// Version of the content.
    pub version: String,
    /// Where it came from.
    pub source: SourceInfo,
    /// Which upstream is followed.
    pub profile: String,
    /// Whose tools.
    pub toolkit: String,
    /// How many tasks there are.
    pub tasks: usize,
    /// How many each split holds, in the file's order.
    pub splits: Vec<(String, usize)>,
    /// Whether an agent can work alone.
    pub solo: bool,
    /// How many tools the agent has.
    pub agent_tools: usize,
    /// How many the customer has; `None` where the customer has no toolkit.
    pub user_tools: Option<usize>,
}

/// The domains of tau2 in a library.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DefinitionListing {
    /// By name, shipped ones first.
    pub definitions: Vec<DefinitionEntry>,
    /// Folders that should be some and are not.
    pub broken: Vec<BrokenPack>,
}

impl Library {
    /// The domains of tau2, without opening data.
    pub fn definitions(&self) -> DefinitionListing {
        let mut listing = DefinitionListing::default();
        for folder in self.shipped() {
            for pack in folders(folder) {
                list_one(&pack, None, &mut listing);
            }
        }
        for source in folders(&self.data_dir().join(SOURCES)) {
            let name = file_name(&source);
            if DomainId::is_part(&name) {
                for pack in folders(&source) {
                    list_one(&pack, Some(&name), &mut listing);
                }
            }
        }
        listing.definitions.sort_by(|a, b| a.id.cmp(&b.id));
        listing
    }

    /// A domain of tau2, opened at the first call and shared from then on. A pack that was replaced in
    /// the meantime is opened again.
    ///
    /// # Errors
    /// When there is none of that name, or it cannot be opened.
    pub fn definition(&self, id: &DomainId) -> Result<Arc<Definition>, LibraryError> {
        let (folder, guidance) = self.place_of(id).ok_or_else(|| self.no_definition(id))?;
        let changed = fs::metadata(folder.join("pack.toml")).and_then(|meta| meta.modified()).ok();
        let stamp = (folder, changed);
        // Held while opening: a second asker waits for the first instead of opening it again.
        let mut opened = self.definitions_opened().lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, definition)) = opened.get(id)
            && *known == stamp
        {
            return Ok(definition.clone());
        }
        let open = |source| LibraryError::Open { id: id.clone(), source };
        let definition = open_definition(&stamp.0, guidance).map_err(open)?;
        if definition.id != *id {
            let message = format!("it calls itself {}", definition.id);
            return Err(open(PackError::invalid(&stamp.0.join("pack.toml"), None, message)));
        }
        let definition = Arc::new(definition);
        opened.insert(id.clone(), (stamp, definition.clone()));
        Ok(definition)
    }

    /// The tools over the data of a domain of tau2 by the rules of another upstream than its own: what a
    /// recording of that one is held against.
    ///
    /// # Errors
    /// When there is no such domain, or its data does not do for those rules.
    pub fn domain_by(&self, id: &DomainId, profile: Profile) -> Result<Domain, LibraryError> {
        self.domain_with(id, profile, None)
    }

    /// The same with a customer's database that the release does not have.
    ///
    /// # Errors
    /// As [`Library::domain_by`].
    pub fn domain_with(
        &self,
        id: &DomainId,
        profile: Profile,
        user: Option<&Value>,
    ) -> Result<Domain, LibraryError> {
        let (folder, guidance) = self.place_of(id).ok_or_else(|| self.no_definition(id))?;
        let open = |source| LibraryError::Open { id: id.clone(), source };
        let files = Files::Folder(&folder);
        let manifest = Manifest::read(&files).map_err(open)?;
        open_domain(&files, &manifest.toolkit, profile, guidance, user).map_err(open)
    }

    fn no_definition(&self, id: &DomainId) -> LibraryError {
        let known = self.definitions().definitions;
        let known = known.iter().map(|entry| entry.id.to_string()).collect();
        LibraryError::Unknown { id: id.clone(), known }
    }

    /// Whether a name is that of a domain of tau2.
    pub fn is_definition(&self, id: &DomainId) -> bool {
        self.place_of(id).is_some()
    }

    /// The folder of a domain of tau2, and which of its domains it is.
    fn place_of(&self, id: &DomainId) -> Option<(PathBuf, Guidance)> {
        if let Some(folder) = self.folder_of(id) {
            return is_tau2(&folder).then_some((folder, Guidance::Manual));
        }
        let pack = id.name().strip_suffix(Guidance::WORKFLOW)?;
        let of = match id.source() {
            Some(source) => DomainId::imported(source, pack),
            None => DomainId::shipped(pack),
        };
        let folder = self.folder_of(&of.ok()?)?;
        let has = is_tau2(&folder) && folder.join("workflow.md").exists();
        has.then_some((folder, Guidance::Workflow))
    }
}

fn list_one(folder: &Path, source: Option<&str>, listing: &mut DefinitionListing) {
    if !is_tau2(folder) {
        return;
    }
    match entries(folder, source) {
        Ok(entries) => {
            for entry in entries {
                if !listing.definitions.iter().any(|known| known.id == entry.id) {
                    listing.definitions.push(entry);
                }
            }
        }
        Err(reason) => {
            tracing::warn!(folder = %folder.display(), reason, "a pack cannot be listed");
            listing.broken.push(BrokenPack { folder: folder.display().to_string(), reason });
        }
    }
}

fn entries(folder: &Path, source: Option<&str>) -> Result<Vec<DefinitionEntry>, String> {
    let told = |error: PackError| error.to_string();
    let files = Files::Folder(folder);
    let manifest = Manifest::read(&files).map_err(told)?;
    if manifest.id != file_name(folder) {
        return Err(format!("pack.toml calls it {:?}, its folder does not", manifest.id));
    }
    let named = manifest.source.as_ref().map(|s| s.name.as_str());
    if named != source {
        return Err(format!("pack.toml names the source {named:?}, its place {source:?}"));
    }
    let splits = open::read_splits(&files).map_err(told)?;
    let tasks = match splits.is_empty() {
        true => files.json::<TaskFile<IgnoredAny>>(TASKS).map_err(told)?.tasks().len(),
        // Every task is in some split; the file of tasks can be large.
        false => splits.values().flatten().collect::<HashSet<_>>().len(),
    };
    // A file that cannot be read is told of when the domain is opened.
    let tools: Option<ToolFile> = files.json(TOOLS).ok();
    let tools = tools.as_ref();
    let entry = |guidance: Guidance| -> Result<DefinitionEntry, PackError> {
        Ok(DefinitionEntry {
            id: manifest.domain_id(&files, &guidance.domain_name(&manifest.id))?,
            title: guidance.title(&manifest.title),
            description: manifest.description.clone(),
            version: manifest.version.clone(),
            source: manifest.source_info(),
            profile: manifest.profile.clone(),
            toolkit: manifest.toolkit.clone(),
            tasks,
            splits: splits.iter().map(|(name, ids)| (name.clone(), ids.len())).collect(),
            solo: files.has("policy_solo.md"),
            agent_tools: tools.map_or(0, |tools| tools.agent.len()),
            user_tools: tools.and_then(|tools| Some(tools.user.as_ref()?.len())),
        })
    };
    let all = Guidance::of(&files, &manifest.toolkit);
    all.into_iter().map(entry).collect::<Result<_, _>>().map_err(told)
}
