//! Writing what was read as pack folders, and putting them in the place of what was there.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::domain::ReadDomain;
use super::report::{FoundDefinition, FoundDomain, ImportedDefinition};
use super::tau2::ReadTau2;
use super::wording::UpstreamWording;
use super::{ImportError, ImportedDomain};
use crate::error::{Fault, PackError};
use crate::format::rules_text;
use crate::library::{Library, SOURCES};
use crate::open::{TOOL_TABLE, fingerprint, open_pack};
use crate::sources::{RECORD, SourceRecord, WORDINGS};

/// What is kept of a release.
pub(super) struct Kept<'a> {
    pub packs: &'a [ReadDomain],
    pub tau2: &'a [ReadTau2],
    pub record: &'a SourceRecord,
    pub wordings: &'a [UpstreamWording],
}

/// What was written: domains of tau-bench, and domains of tau2.
pub(super) type Written = (Vec<ImportedDomain>, Vec<ImportedDefinition>);

/// Writes the packs beside the source's folder, opens each to see that it can be used, and then puts
/// the new folder in the place of the old one.
///
/// # Errors
/// When something cannot be written; the old folder is then as it was.
pub(super) fn replace_source(
    kept: &Kept<'_>,
    library: &Library,
    faults: &mut Vec<Fault>,
) -> Result<Written, ImportError> {
    let source = kept.record.name.as_str();
    let target = library.source_dir(source);
    let sources = target.parent().map_or_else(|| PathBuf::from(SOURCES), Path::to_owned);
    make_dir(&sources)?;
    // Names that no source can have: a leading dot is not allowed there.
    let own = format!("{source}-{}", std::process::id());
    let (fresh, old) = (sources.join(format!(".new-{own}")), sources.join(format!(".old-{own}")));
    remove(&fresh)?;
    remove(&old)?;
    let written = write_all(kept, &fresh, faults);
    let kept = match written {
        Ok(written) if !written.0.is_empty() || !written.1.is_empty() => written,
        other => {
            remove(&fresh)?;
            return other;
        }
    };
    let had = target.exists();
    if had {
        fs::rename(&target, &old).map_err(|e| failed(&target, e))?;
    }
    if let Err(error) = fs::rename(&fresh, &target) {
        if had {
            fs::rename(&old, &target).map_err(|e| failed(&target, e))?;
        }
        return Err(failed(&target, error));
    }
    sync_dir(&sources);
    library.forget(source);
    // The new folder is in place; an old one that cannot be removed does no harm.
    if let Err(error) = remove(&old) {
        tracing::warn!(%error, "the folder of the replaced source could not be removed");
    }
    Ok(kept)
}

fn write_all(
    kept: &Kept<'_>,
    fresh: &Path,
    faults: &mut Vec<Fault>,
) -> Result<Written, ImportError> {
    let mut domains = Vec::new();
    let mut definitions = Vec::new();
    for pack in kept.packs {
        let folder = fresh.join(&pack.manifest.id);
        write_pack(pack, &folder)?;
        match open_pack(&folder) {
            Ok(domain) => domains.push(described(pack, &domain)),
            Err(error) => {
                faults.extend(unusable(&pack.manifest.id, error));
                remove(&folder)?;
            }
        }
    }
    for pack in kept.tau2 {
        let folder = fresh.join(&pack.name);
        for (name, text) in &pack.files {
            write(&folder.join(name), text)?;
        }
        match fingerprint(&folder) {
            Ok(fingerprint) => {
                definitions.extend(pack.definitions.iter().map(|definition| ImportedDefinition {
                    id: definition.id.clone(),
                    fingerprint: fingerprint.clone(),
                    found: FoundDefinition::of(definition, &pack.strange),
                }));
            }
            Err(error) => {
                faults.extend(unusable(&pack.name, error));
                remove(&folder)?;
            }
        }
    }
    if !domains.is_empty() || !definitions.is_empty() {
        let unwritable = |name: &str, e: serde_json::Error| failed(&fresh.join(name), e.into());
        let record = SourceRecord { unused: faults.clone(), ..kept.record.clone() };
        let record = serde_json::to_string_pretty(&record).map_err(|e| unwritable(RECORD, e))?;
        write(&fresh.join(RECORD), &record)?;
        if !kept.wordings.is_empty() {
            let wordings =
                serde_json::to_string_pretty(kept.wordings).map_err(|e| unwritable(WORDINGS, e))?;
            write(&fresh.join(WORDINGS), &wordings)?;
        }
    }
    Ok((domains, definitions))
}

fn unusable(id: &str, error: PackError) -> Vec<Fault> {
    match error {
        PackError::Tools(faults) => faults,
        other => vec![Fault { file: id.to_owned(), line: None, reason: other.to_string() }],
    }
}

fn described(pack: &ReadDomain, domain: &tau_domain::Domain) -> ImportedDomain {
    ImportedDomain {
        id: domain.id.clone(),
        fingerprint: domain.fingerprint.clone(),
        found: FoundDomain::of(pack),
    }
}

fn write_pack(pack: &ReadDomain, folder: &Path) -> Result<(), ImportError> {
    let unwritable = |name: &str, e: String| {
        failed(&folder.join(name), std::io::Error::new(std::io::ErrorKind::InvalidData, e))
    };
    let manifest =
        toml::to_string(&pack.manifest).map_err(|e| unwritable("pack.toml", e.to_string()))?;
    let rules = rules_text(&pack.rules).map_err(|e| unwritable("rules.toml", e.to_string()))?;
    let tools = serde_json::to_string_pretty(&pack.tools)
        .map_err(|e| unwritable(TOOL_TABLE, e.to_string()))?;
    write(&folder.join("pack.toml"), &manifest)?;
    write(&folder.join("policy.md"), &pack.policy)?;
    write(&folder.join("rules.toml"), &rules)?;
    write(&folder.join(TOOL_TABLE), &tools)?;
    if let Some(notice) = &pack.notice {
        write(&folder.join("LICENCE"), notice)?;
    }
    for (name, text) in &pack.tables {
        write(&folder.join("db").join(format!("{name}.json")), text)?;
    }
    for (file, text) in &pack.code {
        write(&folder.join(file), text)?;
    }
    for (split, tasks) in &pack.tasks {
        let mut lines = String::new();
        for task in tasks {
            let line =
                serde_json::to_string(task).map_err(|e| unwritable(split.name(), e.to_string()))?;
            lines.push_str(&line);
            lines.push('\n');
        }
        write(&crate::format::tasks_path(folder, *split), &lines)?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), ImportError> {
    if let Some(folder) = path.parent() {
        make_dir(folder)?;
    }
    let mut file = File::create(path).map_err(|e| failed(path, e))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|e| failed(path, e))
}

fn make_dir(path: &Path) -> Result<(), ImportError> {
    fs::create_dir_all(path).map_err(|e| failed(path, e))
}

fn remove(path: &Path) -> Result<(), ImportError> {
    match fs::remove_dir_all(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(failed(path, e)),
        _ => Ok(()),
    }
}

/// Makes a rename durable, where the system allows it.
fn sync_dir(path: &Path) {
    if let Ok(folder) = File::open(path) {
        let _ = folder.sync_all();
    }
}

fn failed(path: &Path, source: std::io::Error) -> ImportError {
    ImportError::Write { path: path.display().to_string(), source }
}
