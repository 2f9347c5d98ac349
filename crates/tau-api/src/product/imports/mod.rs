//! Importing releases: looking, keeping, removing, fetching published ones.

mod downloads;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tau_packs::{
    Fault, FoundDefinition, FoundDomain, ImportError, Library, ReleaseError, import_release,
    inspect_release,
};
use tau_sim::prompts::shipped_prompt;

use super::Product;
use super::library::count;
use crate::types::{
    DomainKind, Dropped, ImportFault, ImportedSource, PreviewedDomain, ReleasePreview, SplitSummary,
};
use crate::{ApiError, ErrorCode};

pub(super) use downloads::{Downloads, Entry as DownloadEntry};

/// Result files looked at in a folder that is no release.
const MOST_RESULTS: usize = 50;

impl Product {
    /// What dropped or chosen files are.
    pub async fn look_at(&self, paths: Vec<String>) -> Result<Dropped, ApiError> {
        let mut dropped = Dropped { release: None, results: Vec::new(), unknown: Vec::new() };
        for path in paths.into_iter().map(PathBuf::from) {
            if !path.exists() {
                dropped.unknown.push(format!("{} is not there any more.", path.display()));
            } else if path.is_dir() || is_archive(&path) {
                self.look_at_release(&path, &mut dropped).await;
            } else {
                self.look_at_result(&path, &mut dropped).await;
            }
        }
        Ok(dropped)
    }

    async fn look_at_release(&self, path: &Path, dropped: &mut Dropped) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let asked = path.to_owned();
        let found = match on_a_thread(move || inspect_release(&asked)).await {
            Ok(Ok(found)) => found,
            Ok(Err(error)) => {
                dropped.unknown.push(format!("{name}: {}", told(&error).message));
                return;
            }
            Err(error) => {
                dropped.unknown.push(format!("{name}: {}", error.message));
                return;
            }
        };
        let nothing = found.domains.is_empty() && found.definitions.is_empty();
        if nothing && found.unused.is_empty() {
            let results = if path.is_dir() { result_files(path) } else { Vec::new() };
            if results.is_empty() {
                dropped.unknown.push(format!(
                    "{name} holds no benchmark: no folder with the tools, tasks and data of a domain. Drop the folder that holds tau_bench, tau_trait or tau2."
                ));
            }
            for file in results {
                self.look_at_result(&file, dropped).await;
            }
            return;
        }
        if dropped.release.is_some() {
            dropped.unknown.push(format!("{name} is a benchmark too. Look at one at a time."));
            return;
        }
        let suggested_name = found.suggested_name();
        let replaces = self.library.source_dir(&suggested_name).is_dir();
        dropped.release = Some(ReleasePreview {
            path: path.display().to_string(),
            package: found.package.clone(),
            version: found.version.clone(),
            licence: found.licence.spdx.clone(),
            suggested_name,
            replaces,
            domains: (found.domains.iter().map(previewed))
                .chain(found.definitions.iter().map(previewed_tau2))
                .collect(),
            wording: titles(found.wordings.iter().flat_map(|wording| &wording.prompts)),
            faults: found.unused.iter().map(fault).collect(),
        });
    }

    async fn look_at_result(&self, path: &Path, dropped: &mut Dropped) {
        match self.preview_results(path).await {
            Ok(preview) => dropped.results.push(preview),
            Err(error) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                dropped.unknown.push(format!("{name}: {}", error.message));
            }
        }
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
        let library = Arc::clone(&self.library);
        let asked = (PathBuf::from(path), name.clone());
        on_a_thread(move || import_release(&asked.0, &asked.1, &library))
            .await?
            .map_err(|error| told(&error))?;
        let kept = self.sources().await?.into_iter().find(|source| source.name == name);
        kept.ok_or_else(|| {
            ApiError::new(ErrorCode::Internal, "The release was kept, but is not listed.")
        })
    }

    /// What was imported.
    pub async fn list_sources(&self) -> Result<Vec<ImportedSource>, ApiError> {
        self.sources().await
    }

    /// Removes an imported source with its domains.
    pub async fn delete_source(&self, name: String) -> Result<Vec<ImportedSource>, ApiError> {
        let library = Arc::clone(&self.library);
        let asked = name.clone();
        let there = on_a_thread(move || library.remove_source(&asked))
            .await?
            .map_err(|error| told(&error))?;
        if !there {
            let message = format!("There is no source \"{name}\" any more.");
            return Err(ApiError::new(ErrorCode::NotFound, message));
        }
        self.sources().await
    }

    async fn sources(&self) -> Result<Vec<ImportedSource>, ApiError> {
        let library = Arc::clone(&self.library);
        on_a_thread(move || imported(&library)).await
    }
}

fn imported(library: &Library) -> Vec<ImportedSource> {
    let wordings = library.wordings();
    library
        .sources()
        .into_iter()
        .map(|source| ImportedSource {
            wording: titles(
                wordings
                    .iter()
                    .filter(|wording| wording.source == source.record.name)
                    .flat_map(|wording| wording.texts.keys()),
            ),
            name: source.record.name,
            package: source.record.package,
            version: source.record.version,
            licence: source.record.licence.spdx,
            domains: source.domains.iter().map(ToString::to_string).collect(),
            faults: source.record.unused.iter().map(fault).collect(),
        })
        .collect()
}

/// Whether a file looks like an archive by its name; what it is shows when it is opened.
fn is_archive(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    [".zip", ".whl", ".tar.gz", ".tgz"].iter().any(|ending| name.ends_with(ending))
}

/// The JSON files directly in a folder, by name.
fn result_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.to_string_lossy().to_lowercase();
            path.is_file() && [".json", ".json.gz"].iter().any(|ending| name.ends_with(ending))
        })
        .collect();
    files.sort();
    files.truncate(MOST_RESULTS);
    files
}

fn previewed(domain: &FoundDomain) -> PreviewedDomain {
    PreviewedDomain {
        name: domain.name.clone(),
        splits: domain
            .tasks
            .iter()
            .map(|(split, tasks)| SplitSummary { split: split.name().into(), tasks: count(*tasks) })
            .collect(),
        tasks: count(domain.tasks.values().sum()),
        tools: count(domain.tools.len()),
        customer_tools: 0,
        tables: Some(count(domain.tables.len())),
        records: Some(count(domain.tables.iter().map(|(_, records)| records).sum())),
        actions: count(domain.actions),
        kind: DomainKind::TauBench,
        rules: String::new(),
        strange: Vec::new(),
    }
}

fn previewed_tau2(definition: &FoundDefinition) -> PreviewedDomain {
    PreviewedDomain {
        name: definition.name.clone(),
        splits: definition
            .splits
            .iter()
            .map(|(split, tasks)| SplitSummary { split: split.clone(), tasks: count(*tasks) })
            .collect(),
        tasks: count(definition.tasks),
        tools: count(definition.agent_tools.len()),
        customer_tools: count(definition.user_tools.as_ref().map_or(0, Vec::len)),
        tables: None,
        records: None,
        actions: count(definition.actions),
        kind: DomainKind::Tau2,
        rules: definition.profile.clone(),
        strange: definition.strange.clone(),
    }
}

fn fault(fault: &Fault) -> ImportFault {
    ImportFault { file: fault.file.clone(), line: fault.line, reason: fault.reason.clone() }
}

/// The titles of prompts, each once, in the order of their ids.
fn titles<'a>(ids: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut ids: Vec<&String> = ids.collect();
    ids.sort();
    ids.dedup();
    ids.into_iter()
        .map(|id| shipped_prompt(id).map_or_else(|| id.clone(), |info| info.title.to_owned()))
        .collect()
}

/// An import's failure, with what to do next.
fn told(error: &ImportError) -> ApiError {
    let (code, message) = match error {
        ImportError::SourceName(_) => (ErrorCode::BadRequest, error.to_string()),
        ImportError::NoDomains(_) => (
            ErrorCode::BadRequest,
            "No domain of it can be used, so nothing was kept. The particulars say why.".to_owned(),
        ),
        ImportError::Differs(differs) => (
            ErrorCode::BadRequest,
            format!("It is not the release that this app knows, so nothing was kept: {differs}. Fetch it again, or download it yourself and drop it here."),
        ),
        ImportError::Release(ReleaseError::Io { .. }) => (
            ErrorCode::Storage,
            "It cannot be read. See whether it is still there and may be read.".to_owned(),
        ),
        ImportError::Release(ReleaseError::NotAnArchive { .. } | ReleaseError::Damaged { .. }) => (
            ErrorCode::BadRequest,
            "It is no whole archive. Fetch it again, or unpack it and drop the folder.".to_owned(),
        ),
        ImportError::Release(_) => (
            ErrorCode::BadRequest,
            "It was refused, because an archive like this can do harm when it is unpacked. Get it from where it is published.".to_owned(),
        ),
        ImportError::Write { .. } => (
            ErrorCode::Storage,
            "It could not be written. See whether the disk is full or the folder protected.".to_owned(),
        ),
    };
    ApiError::new(code, message).detail(error)
}

/// Reading a release takes seconds: on a thread of its own.
async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ApiError> {
    tokio::task::spawn_blocking(work).await.map_err(|panic| {
        ApiError::new(
            ErrorCode::Internal,
            "The release could not be read to its end. Please report this.",
        )
        .detail(panic)
    })
}
