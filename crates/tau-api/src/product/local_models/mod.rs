//! Open-weight models on this computer: a recommended list, fetching, files from disk, and what is
//! known of each.

mod bases;
mod fetching;
mod recommended;
mod shelf;
mod vectors;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use self::recommended::{Recommended, recommended};
use self::shelf::Record;
use super::Product;
use crate::types::{DownloadState, LocalModelInfo, LocalModelState};
use crate::{ApiError, ErrorCode};

pub(crate) use self::bases::Bases;
pub(crate) use self::shelf::FOLDER;

/// Positions of a conversation that are held in memory, about, and conversations at the same time.
const POSITIONS: usize = 4_096;
const CONVERSATIONS: usize = 4;
/// What a model takes in memory beside its weights, before its header is here to say more.
const BESIDE: f64 = 0.7e9;

impl Product {
    /// Open-weight models for this computer: recommended ones, and those that are here.
    pub async fn list_local_models(&self) -> Result<Vec<LocalModelInfo>, ApiError> {
        let known = recommended(&self.places.shipped);
        let folder = self.local.folder().to_owned();
        let looked = folder.clone();
        let here: Vec<(String, Record)> = on_a_thread(move || {
            let records = shelf::files(&looked).into_iter();
            records
                .filter_map(|file| Some((file.clone(), shelf::record(&looked, &file).ok()?)))
                .collect()
        })
        .await?;
        let mut list = Vec::new();
        for model in &known {
            let record =
                here.iter().find(|(file, _)| *file == model.file).map(|(_, record)| record);
            list.push(self.local_shown(Some(model), &model.file, record));
        }
        let listed: BTreeSet<&str> = known.iter().map(|model| model.file.as_str()).collect();
        for (file, record) in here.iter().filter(|(file, _)| !listed.contains(file.as_str())) {
            list.push(self.local_shown(None, file, Some(record)));
        }
        Ok(list)
    }

    /// One of them.
    pub(crate) async fn local_model(&self, id: &str) -> Result<LocalModelInfo, ApiError> {
        let list = self.list_local_models().await?;
        list.into_iter().find(|model| model.id == id).ok_or_else(|| no_such_model(id))
    }

    fn recommended(&self, id: &str) -> Result<Recommended, ApiError> {
        let list = recommended(&self.places.shipped);
        list.into_iter().find(|model| model.file == id).ok_or_else(|| no_such_model(id))
    }

    fn local_shown(
        &self,
        known: Option<&Recommended>,
        file: &str,
        record: Option<&Record>,
    ) -> LocalModelInfo {
        let folder = self.local.folder();
        let download = self.model_downloads.entries().get(file).map(|entry| entry.download.clone());
        let received = match (known, record) {
            (Some(model), None) => {
                fetching::fetcher(folder, model).map_or(0, |one| one.received(model.parcel()))
            }
            (_, Some(record)) => record.bytes,
            (None, None) => 0,
        };
        let told = |wanted: DownloadState| {
            download.as_ref().filter(|one| one.state == wanted).map(|one| one.message.clone())
        };
        let (state, message) = match record {
            Some(record) if record.problem.is_empty() => {
                (LocalModelState::Ready, told(DownloadState::Kept).unwrap_or_default())
            }
            Some(record) => (LocalModelState::Broken, record.problem.clone()),
            None => match &download {
                Some(one)
                    if matches!(one.state, DownloadState::Fetching | DownloadState::Reading) =>
                {
                    (LocalModelState::Fetching, one.message.clone())
                }
                Some(one) if one.state == DownloadState::Failed && received == 0 => {
                    (LocalModelState::Missing, one.message.clone())
                }
                _ if received > 0 => {
                    let failed = told(DownloadState::Failed);
                    (
                        LocalModelState::Partial,
                        failed.unwrap_or_else(|| fetching::STOPPED.to_owned()),
                    )
                }
                _ => (LocalModelState::Missing, String::new()),
            },
        };
        let received = match &download {
            Some(one) if state == LocalModelState::Fetching => one.received,
            _ => received as f64,
        };
        let name = match (known, record) {
            (Some(model), _) => model.name.clone(),
            (None, Some(record)) if !record.name.is_empty() => record.name.clone(),
            _ => file.to_owned(),
        };
        let note = match (known, record) {
            (Some(model), _) => model.note.clone(),
            (None, Some(record)) if record.problem.is_empty() => {
                format!(
                    "Your own file: {} with {} layers, {}.",
                    record.arch, record.layers, record.quantization
                )
            }
            _ => String::new(),
        };
        let sha256 = record.map(|record| record.sha256.clone()).filter(|sum| !sum.is_empty());
        LocalModelInfo {
            id: file.to_owned(),
            name,
            note,
            licence: known
                .map_or_else(|| "See where you got it".to_owned(), |one| one.licence.clone()),
            licence_page: known.map(|one| one.licence_page.clone()).unwrap_or_default(),
            address: known.map(|one| one.address.clone()).unwrap_or_default(),
            size_bytes: record
                .map(|record| record.bytes)
                .or(known.map(|one| one.bytes))
                .unwrap_or_default() as f64,
            memory_bytes: memory(known, record),
            sha256: sha256.or_else(|| known.and_then(|one| one.sha256.clone())).unwrap_or_default(),
            state,
            received,
            message,
            basis: record.and_then(|_| self.basis_info(file)),
        }
    }

    /// Takes a model file from disk.
    pub async fn add_local_model(&self, path: String) -> Result<LocalModelInfo, ApiError> {
        let path = PathBuf::from(path);
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let meta = std::fs::metadata(&path).map_err(|error| {
            ApiError::new(ErrorCode::NotFound, format!("There is no file {}.", path.display()))
                .detail(error)
        })?;
        if !meta.is_file() || !shelf::is_model(&name) {
            return Err(ApiError::new(
                ErrorCode::BadRequest,
                "This is no model file. Choose a file whose name ends in .gguf.",
            ));
        }
        let folder = self.local.folder().to_owned();
        if folder.join(&name).exists() {
            return Err(ApiError::new(
                ErrorCode::Conflict,
                format!(
                    "There is a model {name} already. Remove it first, or give the file another name."
                ),
            ));
        }
        let looked = path.clone();
        let record = on_a_thread(move || shelf::look(&looked)).await?;
        if !record.problem.is_empty() {
            return Err(ApiError::new(ErrorCode::BadRequest, record.problem).detail(
                "Models of the architectures llama, qwen2, qwen3 and gemma3 can be used.",
            ));
        }
        let (from, to, file) = (path, folder.clone(), name.clone());
        on_a_thread(move || -> Result<(), ApiError> {
            if std::fs::hard_link(&from, to.join(&file)).is_err() {
                fetching::room_for(&to, meta.len())?;
                shelf::bring(&from, &to, &file).map_err(|error| not_brought(&error))?;
            }
            let sha256 = sha256(&to.join(&file)).map_err(|error| not_brought(&error))?;
            shelf::keep(&to, &file, sha256).map_err(|error| not_brought(&error))?;
            Ok(())
        })
        .await??;
        self.local_model(&name).await
    }

    /// Removes a model with its basis.
    pub async fn delete_local_model(&self, id: String) -> Result<Vec<LocalModelInfo>, ApiError> {
        let model = self.local_model(&id).await?;
        if let Some(entry) = self.model_downloads.entries().remove(&id) {
            entry.stop.cancel();
        }
        self.local.close(&id);
        if let Ok(known) = self.recommended(&id) {
            fetching::fetcher(self.local.folder(), &known)?.discard(known.parcel());
        }
        shelf::remove(self.local.folder(), &id).map_err(|error| {
            ApiError::new(
                ErrorCode::Storage,
                format!("{} could not be removed. Close what uses it and try again.", model.name),
            )
            .detail(error)
        })?;
        self.list_local_models().await
    }
}

fn not_brought(error: &std::io::Error) -> ApiError {
    ApiError::new(
        ErrorCode::Storage,
        "The model could not be copied. See whether the disk is full and try again.",
    )
    .detail(error)
}

/// SHA-256 of a file in hex. Takes seconds for gigabytes.
fn sha256(path: &Path) -> std::io::Result<String> {
    let info = tau_decoder::ModelInfo::look(path).map_err(std::io::Error::other)?;
    info.sha256().map(str::to_owned).map_err(std::io::Error::other)
}

/// Memory for the weights and a few conversations, about.
fn memory(known: Option<&Recommended>, record: Option<&Record>) -> f64 {
    match (record, known) {
        (Some(record), _) if record.bytes_per_position > 0 => {
            let held = record.bytes_per_position * POSITIONS * CONVERSATIONS;
            record.bytes as f64 * 1.1 + held as f64
        }
        (Some(record), _) => record.bytes as f64 + BESIDE,
        (None, Some(model)) => model.bytes as f64 + BESIDE,
        (None, None) => 0.0,
    }
}

pub(crate) fn no_such_model(id: &str) -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        format!(
            "There is no model \"{id}\" on the list. Choose one from it, or add a file from disk."
        ),
    )
}

/// Opening, copying and hashing take seconds: on a thread of its own.
async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ApiError> {
    tokio::task::spawn_blocking(work).await.map_err(|panic| {
        ApiError::new(
            ErrorCode::Internal,
            "The model could not be read to its end. Please report this.",
        )
        .detail(panic)
    })
}
