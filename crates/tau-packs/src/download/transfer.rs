//! The transfer itself: one request, its bytes into the partial file.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;

use reqwest::header::{self, HeaderMap};
use reqwest::{Response, StatusCode, Url};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use super::{DownloadError, Fetcher, Parcel, Transferred};

/// What identifies the bytes of a partial file, so that the rest can be asked for.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Notes {
    address: String,
    /// A strong `ETag`: only that promises the same bytes (RFC 9110, 8.8.1).
    etag: String,
    total: Option<u64>,
}

impl Fetcher {
    /// Brings the partial file to its full length.
    pub(super) async fn transfer(
        &self,
        parcel: &Parcel,
        url: Url,
        stop: &CancellationToken,
        progress: &mut (dyn FnMut(Transferred) + Send),
    ) -> Result<(), DownloadError> {
        fs::create_dir_all(&self.folder).map_err(|e| io(&self.folder, e))?;
        let partial = self.partial(parcel);
        let mut answer = self.asked(parcel, &url, stop).await?;
        let mut here = match answer.status() {
            StatusCode::PARTIAL_CONTENT => {
                let here = self.received(parcel);
                if starts_at(answer.headers()) == Some(here) {
                    here
                } else {
                    // Not the bytes that were asked for: from the beginning.
                    self.discard_partial(parcel);
                    answer = self.asked(parcel, &url, stop).await?;
                    0
                }
            }
            StatusCode::RANGE_NOT_SATISFIABLE => {
                self.discard_partial(parcel);
                answer = self.asked(parcel, &url, stop).await?;
                0
            }
            _ => 0,
        };
        if !answer.status().is_success() {
            return Err(DownloadError::Status(answer.status().as_u16()));
        }
        let total = answer.content_length().map(|rest| rest + here);
        let limit = self.largest;
        if total.is_some_and(|total| total > limit) {
            return Err(DownloadError::TooLarge { limit });
        }
        let mut file = if here > 0 {
            OpenOptions::new().append(true).open(&partial).map_err(|e| io(&partial, e))?
        } else {
            File::create(&partial).map_err(|e| io(&partial, e))?
        };
        self.note(parcel, &url, answer.headers(), total)?;
        progress(Transferred { received: here, total });
        loop {
            let piece = tokio::select! {
                biased;
                () = stop.cancelled() => return Err(DownloadError::Stopped),
                piece = answer.chunk() => piece,
            };
            let Some(piece) = piece.map_err(|e| DownloadError::Network(told(&e)))? else { break };
            here += piece.len() as u64;
            if here > limit {
                drop(file);
                self.discard_partial(parcel);
                return Err(DownloadError::TooLarge { limit });
            }
            file.write_all(&piece).map_err(|e| io(&partial, e))?;
            progress(Transferred { received: here, total });
        }
        file.sync_all().map_err(|e| io(&partial, e))?;
        match total {
            Some(total) if total != here => {
                Err(DownloadError::Network(format!("{here} of {total} bytes came")))
            }
            _ => Ok(()),
        }
    }

    /// Asks for the file, or for what is missing of it.
    async fn asked(
        &self,
        parcel: &Parcel,
        url: &Url,
        stop: &CancellationToken,
    ) -> Result<Response, DownloadError> {
        let mut request = self.client.get(url.clone());
        let here = self.received(parcel);
        if here > 0
            && let Some(notes) = self.noted(parcel)
            && notes.address == url.as_str()
            && notes.total.is_none_or(|total| here < total)
        {
            request = request
                .header(header::RANGE, format!("bytes={here}-"))
                .header(header::IF_RANGE, notes.etag);
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => Err(DownloadError::Stopped),
            sent = request.send() => sent.map_err(|error| DownloadError::Network(told(&error))),
        }
    }

    fn noted(&self, parcel: &Parcel) -> Option<Notes> {
        serde_json::from_slice(&fs::read(self.notes(parcel)).ok()?).ok()
    }

    /// Remembers what the bytes are; without a strong `ETag` they cannot be gone on with.
    fn note(
        &self,
        parcel: &Parcel,
        url: &Url,
        headers: &HeaderMap,
        total: Option<u64>,
    ) -> Result<(), DownloadError> {
        let path = self.notes(parcel);
        let etag = headers.get(header::ETAG).and_then(|value| value.to_str().ok());
        let Some(etag) = etag.filter(|etag| etag.starts_with('"')) else {
            if let Err(error) = fs::remove_file(&path)
                && error.kind() != std::io::ErrorKind::NotFound
            {
                return Err(io(&path, error));
            }
            return Ok(());
        };
        let notes = Notes { address: url.to_string(), etag: etag.to_owned(), total };
        let text = serde_json::to_vec(&notes).map_err(|e| io(&path, e.into()))?;
        fs::write(&path, text).map_err(|e| io(&path, e))
    }
}

/// Where the bytes of a partial answer start.
fn starts_at(headers: &HeaderMap) -> Option<u64> {
    let range = headers.get(header::CONTENT_RANGE)?.to_str().ok()?;
    range.strip_prefix("bytes ")?.split('-').next()?.trim().parse().ok()
}

/// What went wrong, down to its cause.
pub(super) fn told(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

fn io(path: &Path, source: std::io::Error) -> DownloadError {
    DownloadError::Io { path: path.display().to_string(), source }
}
