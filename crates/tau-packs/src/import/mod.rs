//! Importing an upstream release: a folder, a wheel or a zip.
//!
//! A release is read, never installed and never run: its Python files are taken apart as syntax, and
//! the few expressions that are code (tool schemas, task values computed from the data) are answered by
//! our own interpreter. What was found is written as pack folders of our own format, with the tool
//! code as it came, below `<data folder>/sources/<source>/`. An import into a source that exists
//! replaces it as a whole, or leaves it as it was.

mod domain;
mod evaluate;
mod layout;
mod literals;
mod release;
mod report;
mod tasks;
mod write;

use std::path::Path;

use tau_domain::DomainId;

use crate::error::Fault;
use crate::library::Library;

pub use release::{Release, ReleaseError, ReleaseLimits};
pub use report::{ImportReport, ImportedDomain};

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
    let mut release = Release::open(path, ReleaseLimits::default())?;
    let about = domain::about(&mut release)?;
    let mut faults = Vec::new();
    let mut packs = Vec::new();
    for place in layout::find_domains(release.names()) {
        match domain::read_domain(&mut release, &place, source, &about, &mut faults)? {
            Some(pack) => packs.push(pack),
            None => tracing::warn!(domain = place.name, "a domain of the release cannot be used"),
        }
    }
    packs.sort_by(|a, b| a.manifest.id.cmp(&b.manifest.id));
    if packs.is_empty() {
        return Err(ImportError::NoDomains(faults));
    }
    let domains = write::replace_source(&packs, source, library, &mut faults)?;
    if domains.is_empty() {
        return Err(ImportError::NoDomains(faults));
    }
    Ok(ImportReport {
        source: source.to_owned(),
        package: about.package,
        version: about.version,
        domains,
        unused: faults,
    })
}
