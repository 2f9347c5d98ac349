//! All domains at hand: the packs that are shipped, and what was imported.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use serde::Serialize;
use tau_domain::{Domain, DomainId, SourceInfo, SourceKind, Split};
use tau_toolkits::Definition;

use crate::error::PackError;
use crate::format::{self, Manifest};
use crate::open::open_pack;
use crate::tau2::is_tau2;

/// Below the data folder: imported sources, one folder each with one pack folder for each domain.
pub const SOURCES: &str = "sources";

/// A domain in a list.
#[derive(Clone, Debug, Serialize)]
pub struct DomainEntry {
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
    /// Number of tasks in each split.
    pub tasks: BTreeMap<Split, usize>,
    /// The split shown first.
    pub default_split: Split,
}

/// A folder that should be a domain but cannot be listed.
#[derive(Clone, Debug, Serialize)]
pub struct BrokenPack {
    /// The folder.
    pub folder: String,
    /// Why.
    pub reason: String,
}

/// What a library holds.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Listing {
    /// The domains: shipped ones first, then imported ones, each by name.
    pub domains: Vec<DomainEntry>,
    /// Folders that are none. They do not hide the others.
    pub broken: Vec<BrokenPack>,
}

/// Why a domain could not be had.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// There is no such domain.
    #[error("there is no domain {id}{}", listed(.known))]
    Unknown {
        /// What was asked for.
        id: DomainId,
        /// What there is.
        known: Vec<String>,
    },
    /// It is there and cannot be opened.
    #[error("domain {id} cannot be opened: {source}")]
    Open {
        /// What was asked for.
        id: DomainId,
        /// Why.
        source: PackError,
    },
}

fn listed(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!("; there are {}", names.join(", ")) }
}

/// A pack as it was when it was opened: an import replaces the folder, so its manifest's time changes.
pub(crate) type Stamp = (PathBuf, Option<SystemTime>);

/// All domains at hand. Opened ones are kept and shared.
pub struct Library {
    shipped: Vec<PathBuf>,
    data_dir: PathBuf,
    opened: Mutex<Opened<Domain>>,
    definitions: Mutex<Opened<Definition>>,
}

/// What is open, each with the state of its folder then.
pub(crate) type Opened<T> = HashMap<DomainId, (Stamp, Arc<T>)>;

impl Library {
    /// A library over folders of shipped packs (each a folder of pack folders, the first that has a
    /// name wins) and a data folder whose `sources` holds what was imported.
    pub fn new(shipped: Vec<PathBuf>, data_dir: PathBuf) -> Library {
        Library { shipped, data_dir, opened: Mutex::default(), definitions: Mutex::default() }
    }

    /// The folders of shipped packs.
    pub(crate) fn shipped(&self) -> &[PathBuf] {
        &self.shipped
    }

    /// The domains of tau2 that are open.
    pub(crate) fn definitions_opened(&self) -> &Mutex<Opened<Definition>> {
        &self.definitions
    }

    /// The data folder.
    pub(crate) fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// The folder of an imported source.
    pub fn source_dir(&self, source: &str) -> PathBuf {
        self.data_dir.join(SOURCES).join(source)
    }

    /// Everything that can be listed, without opening data or tools. Domains of tau2 are a list of their
    /// own ([`Library::definitions`]).
    pub fn list(&self) -> Listing {
        let mut listing = Listing::default();
        for folder in &self.shipped {
            for pack in folders(folder) {
                self.list_one(&pack, None, &mut listing);
            }
        }
        for source in folders(&self.data_dir.join(SOURCES)) {
            let name = file_name(&source);
            // Leftovers of an import that did not finish have names that no source can have.
            if DomainId::is_part(&name) {
                for pack in folders(&source) {
                    self.list_one(&pack, Some(&name), &mut listing);
                }
            }
        }
        listing.domains.sort_by(|a, b| a.id.cmp(&b.id));
        listing
    }

    fn list_one(&self, folder: &Path, source: Option<&str>, listing: &mut Listing) {
        if !folder.join("pack.toml").exists() || is_tau2(folder) {
            return;
        }
        match entry(folder, source) {
            Ok(entry) if listing.domains.iter().any(|known| known.id == entry.id) => {}
            Ok(entry) => listing.domains.push(entry),
            Err(reason) => {
                tracing::warn!(folder = %folder.display(), reason, "a pack cannot be listed");
                listing.broken.push(BrokenPack { folder: folder.display().to_string(), reason });
            }
        }
    }

    /// The folder of a domain, whether or not it can be opened.
    pub fn folder_of(&self, id: &DomainId) -> Option<PathBuf> {
        let candidates: Vec<PathBuf> = match id.source() {
            Some(source) => vec![self.source_dir(source).join(id.name())],
            None => self.shipped.iter().map(|folder| folder.join(id.name())).collect(),
        };
        candidates.into_iter().find(|folder| folder.join("pack.toml").exists())
    }

    /// A domain, opened at the first call and shared from then on. A pack that was replaced in the
    /// meantime is opened again.
    ///
    /// # Errors
    /// When there is none of that name, or it cannot be opened.
    pub fn get(&self, id: &DomainId) -> Result<Arc<Domain>, LibraryError> {
        let Some(folder) = self.folder_of(id) else {
            let known = self.list().domains.iter().map(|entry| entry.id.to_string()).collect();
            return Err(LibraryError::Unknown { id: id.clone(), known });
        };
        let changed = fs::metadata(folder.join("pack.toml")).and_then(|meta| meta.modified()).ok();
        let stamp = (folder, changed);
        // Held while opening: a second asker waits for the first instead of opening it again.
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, domain)) = opened.get(id)
            && *known == stamp
        {
            return Ok(domain.clone());
        }
        let open = |source| LibraryError::Open { id: id.clone(), source };
        let domain = open_pack(&stamp.0).map_err(open)?;
        if domain.id != *id {
            let message = format!("it calls itself {}", domain.id);
            return Err(open(PackError::invalid(&stamp.0.join("pack.toml"), None, message)));
        }
        let domain = Arc::new(domain);
        opened.insert(id.clone(), (stamp, domain.clone()));
        Ok(domain)
    }

    /// Forgets opened domains of a source, so that they are opened anew.
    pub(crate) fn forget(&self, source: &str) {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.retain(|id, _| id.source() != Some(source));
        let mut opened = self.definitions.lock().unwrap_or_else(PoisonError::into_inner);
        opened.retain(|id, _| id.source() != Some(source));
    }
}

fn entry(folder: &Path, source: Option<&str>) -> Result<DomainEntry, String> {
    let manifest = format::read_manifest(folder).map_err(|e| e.to_string())?;
    if manifest.id != file_name(folder) {
        return Err(format!("pack.toml calls it {:?}, its folder does not", manifest.id));
    }
    let named = manifest.source.as_ref().map(|s| s.name.as_str());
    if named != source {
        return Err(format!("pack.toml names the source {named:?}, its place {source:?}"));
    }
    let id = match source {
        Some(source) => DomainId::imported(source, &manifest.id),
        None => DomainId::shipped(&manifest.id),
    };
    let mut tasks = BTreeMap::new();
    for split in Split::ALL {
        if let Ok(text) = fs::read_to_string(format::tasks_path(folder, split)) {
            tasks.insert(split, text.lines().filter(|line| !line.trim().is_empty()).count());
        }
    }
    Ok(DomainEntry {
        id: id.map_err(|e| e.to_string())?,
        source: source_info(&manifest),
        title: manifest.title,
        description: manifest.description,
        version: manifest.version,
        tasks,
        default_split: manifest.default_split,
    })
}

/// Where the pack of a manifest came from.
pub(crate) fn source_info(manifest: &Manifest) -> SourceInfo {
    match &manifest.source {
        Some(source) => SourceInfo {
            name: source.name.clone(),
            version: source.version.clone(),
            kind: SourceKind::Imported,
        },
        None => SourceInfo {
            name: manifest.id.clone(),
            version: manifest.version.clone(),
            kind: SourceKind::Shipped,
        },
    }
}

/// The folders in a folder, by name; none when it is not there.
pub(crate) fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
