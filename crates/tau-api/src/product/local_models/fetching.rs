//! Fetching models in the background: resumable, and checked before they are used.

use std::path::Path;
use std::sync::Arc;

use tau_packs::{CancellationToken, DownloadError, Fetcher};

use super::super::Product;
use super::super::imports::{DownloadEntry, Downloads};
use super::recommended::Recommended;
use super::{on_a_thread, shelf};
use crate::types::{Download, DownloadState, LocalModelInfo};
use crate::{ApiError, ErrorCode};

/// Instead of the models' own host: a copy of the files at an https address, or on this machine.
const MIRROR: &str = "TAUTRAIT_MODEL_MIRROR";

pub(super) const STOPPED: &str = "Stopped. What is here stays, and fetching goes on from there.";

/// A fetcher for a model into `folder`.
pub(super) fn fetcher(folder: &Path, model: &Recommended) -> Result<Fetcher, ApiError> {
    let mirror = std::env::var(MIRROR).ok().filter(|mirror| !mirror.is_empty());
    let made = match mirror {
        Some(mirror) => Fetcher::with_mirror(folder, &mirror),
        None if model.is_here() => Fetcher::with_mirror(folder, &model.address),
        None => Fetcher::of_models(folder),
    };
    made.map(|fetcher| fetcher.at_most(tau_packs::LARGEST_MODEL)).map_err(|error| failure(&error))
}

impl Product {
    /// Fetches one; goes on where it stopped.
    pub async fn fetch_local_model(&self, id: String) -> Result<LocalModelInfo, ApiError> {
        let model = self.recommended(&id)?;
        let folder = self.local.folder().to_owned();
        if folder.join(&model.file).is_file() {
            return self.local_model(&id).await;
        }
        let fetcher = fetcher(&folder, &model)?;
        let stop = CancellationToken::new();
        let here = fetcher.received(model.parcel());
        room_for(&folder, model.bytes.saturating_sub(here))?;
        {
            let mut entries = self.model_downloads.entries();
            let going = entries.get(&id).is_some_and(|entry| {
                matches!(entry.download.state, DownloadState::Fetching | DownloadState::Reading)
            });
            if !going {
                let download = Download {
                    state: DownloadState::Fetching,
                    received: here as f64,
                    total: Some(model.bytes as f64),
                    sha256: String::new(),
                    message: String::new(),
                };
                entries.insert(id.clone(), DownloadEntry { download, stop: stop.clone() });
                let downloads = Arc::clone(&self.model_downloads);
                tokio::spawn(async move { run(fetcher, model, &downloads, stop).await });
            }
        }
        self.local_model(&id).await
    }

    /// Stops fetching; what is here stays.
    pub async fn stop_local_model(&self, id: String) -> Result<LocalModelInfo, ApiError> {
        if let Some(entry) = self.model_downloads.entries().get_mut(&id)
            && entry.download.state == DownloadState::Fetching
        {
            entry.stop.cancel();
            entry.download.state = DownloadState::Stopped;
            entry.download.message = STOPPED.to_owned();
        }
        self.local_model(&id).await
    }
}

async fn run(fetcher: Fetcher, model: Recommended, downloads: &Downloads, stop: CancellationToken) {
    let id = model.file.clone();
    let fail = |failure: ApiError| {
        downloads.change(&id, |download| {
            download.state = DownloadState::Failed;
            download.message = match failure.detail.as_str() {
                "" => failure.message,
                detail => format!("{} ({detail})", failure.message),
            };
        });
    };
    let mut parcel = model.parcel();
    if parcel.sha256.is_none() {
        // What the host says of its own file is held against what comes.
        match fetcher.said(&parcel).await {
            Ok(said) => parcel.sha256 = said.sha256,
            Err(error) => return fail(failure(&error)),
        }
    }
    let checked = parcel.sha256.is_some();
    let fetched = fetcher
        .fetch(&parcel, &stop, &mut |step| {
            downloads.change(&id, |download| {
                download.received = step.received as f64;
                download.total = step.total.map(|total| total as f64).or(download.total);
            });
        })
        .await;
    let archive = match fetched {
        Ok(archive) => archive,
        // Whoever stopped it has said so; a new try may already be on its way.
        Err(DownloadError::Stopped) => return,
        Err(error) => {
            tracing::warn!(model = id, %error, "a model was not fetched");
            return fail(failure(&error));
        }
    };
    downloads.change(&id, |download| {
        download.state = DownloadState::Reading;
        download.received = archive.bytes as f64;
        download.total = Some(archive.bytes as f64);
        download.sha256 = archive.sha256.clone();
    });
    let (folder, file) = (archive.path.parent().map(Path::to_owned), model.file.clone());
    let kept = on_a_thread(move || shelf::keep(&folder.unwrap_or_default(), &file, archive.sha256));
    match kept.await {
        Ok(Ok(record)) if record.problem.is_empty() => downloads.change(&id, |download| {
            download.state = DownloadState::Kept;
            if !checked {
                download.message =
                    "Its host publishes no checksum. The one shown is of the file as it came."
                        .to_owned();
            }
        }),
        Ok(Ok(record)) => fail(ApiError::new(ErrorCode::BadRequest, record.problem)),
        Ok(Err(error)) => fail(
            ApiError::new(
                ErrorCode::Storage,
                "The model came and is gone again. Fetch it once more.",
            )
            .detail(error),
        ),
        Err(error) => fail(error),
    }
}

/// Refuses what the disk has no room for, with both figures.
///
/// # Errors
/// When the disk is known to be too small.
pub(super) fn room_for(folder: &Path, bytes: u64) -> Result<(), ApiError> {
    // The folder itself may not be there yet.
    let there = folder.ancestors().find(|folder| folder.is_dir());
    let Some(free) = there.and_then(|folder| fs4::available_space(folder).ok()) else {
        return Ok(());
    };
    if free >= bytes {
        return Ok(());
    }
    Err(ApiError::new(
        ErrorCode::Storage,
        format!(
            "This takes {} on the disk, and {} are free. Make room and try again.",
            gigabytes(bytes),
            gigabytes(free)
        ),
    )
    .retryable())
}

/// A size as people read it.
pub(super) fn gigabytes(bytes: u64) -> String {
    match bytes as f64 / 1e9 {
        size if size < 0.1 => format!("{:.0} MB", bytes as f64 / 1e6),
        size => format!("{size:.1} GB"),
    }
}

/// A download's failure, with what to do next.
pub(super) fn failure(error: &DownloadError) -> ApiError {
    let made = |code, message: &str| ApiError::new(code, message).detail(error);
    match error {
        DownloadError::Network(_) => made(
            ErrorCode::Provider,
            "The connection broke off. What is here stays; fetch again to go on from there.",
        )
        .retryable(),
        DownloadError::Status(401 | 403) => made(
            ErrorCode::Provider,
            "The host gives this file only to people who accepted its licence there. Accept it on the model's page, download the file in your browser, and add it from disk.",
        ),
        DownloadError::Status(404) => made(
            ErrorCode::Provider,
            "The file is no longer where it was. Choose another model, or add a file from disk.",
        ),
        DownloadError::Status(_) => {
            made(ErrorCode::Provider, "The host did not give the file. Try again later.")
                .retryable()
        }
        DownloadError::Address(_) => made(
            ErrorCode::BadRequest,
            "The address may not be fetched: only the known hosts of models are asked.",
        ),
        DownloadError::TooLarge { .. } => {
            made(ErrorCode::BadRequest, "The file is far larger than the model; nothing was kept.")
        }
        DownloadError::Checksum { .. } => made(
            ErrorCode::BadRequest,
            "The file is not the published one, so it was deleted. Fetch it again; if that happens once more, choose another model.",
        ),
        DownloadError::Io { .. } => made(
            ErrorCode::Storage,
            "The file could not be written. See whether the disk is full; what is here stays.",
        ),
        DownloadError::Stopped => ApiError::new(ErrorCode::Cancelled, STOPPED),
        DownloadError::Import(_) => {
            made(ErrorCode::Storage, "The file could not be read. Fetch it again.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_without_room_is_said_with_both_figures() {
        let folder = tempfile::tempdir().unwrap();
        let models = folder.path().join("not/yet/there");
        room_for(&models, 1).unwrap();
        let error = room_for(&models, u64::MAX).unwrap_err();
        assert_eq!(error.code, ErrorCode::Storage);
        assert!(error.message.contains(" GB on the disk") && error.message.contains("Make room"));
    }

    #[test]
    fn sizes_read_as_people_say_them() {
        assert_eq!(gigabytes(2_019_377_600), "2.0 GB");
        assert_eq!(gigabytes(98_000_000), "98 MB");
    }
}
