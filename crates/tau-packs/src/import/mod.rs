//! Importing an upstream release: a folder, a wheel, a zip or a gzipped tar.
//!
//! A release is read, never installed and never run: its Python files are taken apart as syntax, and
//! the few expressions that are code (tool schemas, task values computed from the data) are answered by
//! our own interpreter. What was found is written as pack folders of our own format, with the tool
//! code as it came, below `<data folder>/sources/<source>/`. An import into a source that exists
//! replaces it as a whole, or leaves it as it was.

mod about;
mod domain;
mod drafts;
mod environment;
mod evaluate;
mod layout;
mod literals;
mod reader;
mod release;
mod report;
mod source;
mod tasks;
mod tau2;
mod tau2_report;
mod tools;
mod wording;
mod write;

use std::collections::BTreeSet;
use std::path::Path;

use tau_domain::DomainId;

use crate::download::{Differs, Published};
use crate::error::Fault;
use crate::library::Library;
use crate::sources::SourceRecord;

pub(crate) use release::sha256_of;
pub use release::{Release, ReleaseError, ReleaseLimits};
pub use report::{
    FoundDefinition, FoundDomain, FoundWording, ImportReport, ImportedDefinition, ImportedDomain,
    Licence, ReleasePreview,
};
pub(crate) use tau2::is_known_wording;
pub use wording::UpstreamWording;

/// What `datetime.now()` answers in imported tools. Upstream asks the machine's clock there and
/// writes the answer into its data, so that its own expected state depends on the day of the run;
/// any fixed time makes it the same each time.
pub const IMPORT_CLOCK: &str = "2025-09-22T12:00:00";

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The name for the source is not allowed.
    #[error(
        "{0:?} is no name for a source: 1 to 40 of a-z, 0-9, '.', '_' and '-', not starting with a dot"
    )]
    SourceName(String),
    /// The release cannot be read, or was refused.
    #[error(transparent)]
    Release(#[from] ReleaseError),
    /// There is no domain in it, or none that can be used.
    #[error("no domain that can be used was found{}", listed(.0))]
    NoDomains(Vec<Fault>),
    /// It is not the release that is pinned; nothing was kept.
    #[error("this is not the release that is pinned: {0}")]
    Differs(#[from] Differs),
    /// The pack folders cannot be written.
    #[error("{path}: {source}")]
    Write {
        /// The file or folder.
        path: String,
        /// What the system reported.
        source: std::io::Error,
    },
}

fn listed(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("\n  {fault}")).collect()
}

/// What a release holds, in memory.
struct ReadRelease {
    about: about::About,
    sha256: Option<String>,
    packs: Vec<domain::ReadDomain>,
    tau2: Vec<tau2::ReadTau2>,
    wordings: Vec<UpstreamWording>,
    faults: Vec<Fault>,
}

impl ReadRelease {
    fn preview(&self) -> ReleasePreview {
        let mut preview = ReleasePreview::about(&self.about, self.sha256.as_deref());
        preview.domains = self.packs.iter().map(FoundDomain::of).collect();
        preview.definitions = self.tau2.iter().flat_map(FoundDefinition::all).collect();
        preview.wordings = self.wordings.iter().map(UpstreamWording::found).collect();
        preview.unused = self.faults.clone();
        preview
    }
}

/// Says what the release at `path` holds, without keeping anything.
///
/// # Errors
/// When the release is refused or cannot be read. A release without a domain is no error here: the
/// preview then says why.
pub fn inspect_release(path: &Path) -> Result<ReleasePreview, ImportError> {
    // The name of the source is not part of what is shown.
    Ok(read_release(path, "preview")?.preview())
}

/// Imports the release at `path` under the name `source`.
///
/// # Errors
/// When the release is refused or nothing in it can be used; what was imported before under that name
/// is then as it was. Single things that cannot be used are in the report.
pub fn import_release(
    path: &Path,
    source: &str,
    library: &Library,
) -> Result<ImportReport, ImportError> {
    if !DomainId::is_part(source) {
        return Err(ImportError::SourceName(source.to_owned()));
    }
    let named = path.file_name().unwrap_or_default().to_string_lossy();
    kept(read_release(path, source)?, source, &named, library)
}

/// Imports the archive of a published release as the source of its own name, if it is what is pinned.
pub(crate) fn import_published(
    path: &Path,
    release: &Published,
    library: &Library,
) -> Result<ImportReport, ImportError> {
    let read = read_release(path, &release.id)?;
    release.check(&read.preview())?;
    kept(read, &release.id, &release.archive, library)
}

fn kept(
    read: ReadRelease,
    source: &str,
    origin: &str,
    library: &Library,
) -> Result<ImportReport, ImportError> {
    let ReadRelease { about, sha256, packs, tau2, wordings, mut faults } = read;
    if packs.is_empty() && tau2.is_empty() {
        return Err(ImportError::NoDomains(faults));
    }
    let record = SourceRecord {
        name: source.to_owned(),
        package: about.package.clone(),
        version: about.full_version(),
        commit: about.commit.clone(),
        origin: origin.to_owned(),
        sha256,
        licence: Licence { file: about.licence_file.clone(), spdx: about.licence.clone() },
        unused: Vec::new(),
    };
    let kept = write::Kept { packs: &packs, tau2: &tau2, record: &record, wordings: &wordings };
    let (domains, definitions) = write::replace_source(&kept, library, &mut faults)?;
    if domains.is_empty() && definitions.is_empty() {
        return Err(ImportError::NoDomains(faults));
    }
    Ok(ImportReport {
        source: source.to_owned(),
        package: about.package.clone(),
        version: about.full_version(),
        domains,
        definitions,
        wordings: wordings.iter().map(UpstreamWording::found).collect(),
        unused: faults,
    })
}

fn read_release(path: &Path, source: &str) -> Result<ReadRelease, ImportError> {
    let mut release = Release::open(&tau2::root_of(path), ReleaseLimits::default())?;
    let about = about::about(&mut release)?;
    let mut faults = Vec::new();
    let mut packs: Vec<domain::ReadDomain> = Vec::new();
    let mut seen: BTreeSet<Fault> = BTreeSet::new();
    for place in layout::find_domains(release.names()) {
        let modules = source::Modules::new(&mut release, &place.outside);
        let mut reader = reader::Reader::new(modules);
        let mut found = Vec::new();
        let read = domain::read_domain(&mut reader, &place, source, &about, &mut found)?;
        found.append(&mut reader.modules.faults);
        match read {
            Some(pack) if packs.iter().any(|other| other.manifest.id == pack.manifest.id) => {
                let reason = format!("another domain is called {} too", place.name);
                faults.push(Fault { file: place.shown().to_owned(), line: None, reason });
                continue;
            }
            Some(pack) => packs.push(pack),
            None => tracing::warn!(domain = place.name, "a domain of the release cannot be used"),
        }
        // Domains share files; each fault is told once.
        faults.extend(found.into_iter().filter(|fault| seen.insert(fault.clone())));
    }
    packs.sort_by(|a, b| a.manifest.id.cmp(&b.manifest.id));
    let mut tau2 = tau2::read(&mut release, &about, source, &mut faults)?;
    tau2.retain(|pack| {
        let taken = packs.iter().any(|other| other.manifest.id == pack.name);
        if taken {
            let reason = format!("another domain is called {} too", pack.name);
            faults.push(Fault { file: pack.name.clone(), line: None, reason });
        }
        !taken
    });
    let wordings = wording::read_wordings(&mut release, &about, source, &mut faults)?;
    let sha256 = release.sha256().map(str::to_owned);
    Ok(ReadRelease { about, sha256, packs, tau2, wordings, faults })
}
