//! Fetching published releases in the background. Who asks sees where each download stands.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tau_packs::{
    CancellationToken, DownloadError, Fetcher, Library, Published, published_releases,
};

use super::super::Product;
use super::{on_a_thread, told};
use crate::types::{Download, DownloadState, PublishedRelease};
use crate::{ApiError, ErrorCode};

/// Below the data folder: archives on their way.
const FOLDER: &str = "downloads";

/// Instead of the archives' own hosts: a copy of them at an https address, or on this machine.
const MIRROR: &str = "TAUTRAIT_ARCHIVE_MIRROR";

/// Where downloads stand, by what is fetched.
#[derive(Default)]
pub(crate) struct Downloads(Mutex<HashMap<String, Entry>>);

/// One of them.
pub(crate) struct Entry {
    pub(crate) download: Download,
    pub(crate) stop: CancellationToken,
}

impl Downloads {
    pub(crate) fn entries(&self) -> MutexGuard<'_, HashMap<String, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what is told of one.
    pub(crate) fn change(&self, id: &str, change: impl FnOnce(&mut Download)) {
        if let Some(entry) = self.entries().get_mut(id) {
            change(&mut entry.download);
        }
    }

    /// Stops whatever is on its way.
    pub(crate) fn stop_all(&self) {
        self.entries().values().for_each(|entry| entry.stop.cancel());
    }
}

impl Product {
    fn fetcher(&self) -> Result<Fetcher, ApiError> {
        let folder = self.places.data.join(FOLDER);
        let made = match std::env::var(MIRROR).ok().filter(|mirror| !mirror.is_empty()) {
            Some(mirror) => Fetcher::with_mirror(&folder, &mirror),
            None => Fetcher::new(&folder),
        };
        made.map_err(|error| failure(&error))
    }

    /// Releases that can be fetched from their public archives.
    pub async fn list_releases(&self) -> Result<Vec<PublishedRelease>, ApiError> {
        let library = Arc::clone(&self.library);
        let sources = on_a_thread(move || library.sources()).await?;
        let fetcher = self.fetcher()?;
        let list = published_releases().into_iter().map(|release| {
            let kept_as = sources
                .iter()
                .find(|source| {
                    source.record.commit.as_ref() == Some(&release.commit)
                        || source.record.origin == release.archive
                })
                .map(|source| source.record.name.clone());
            self.published(release, kept_as, &fetcher)
        });
        Ok(list.collect())
    }

    fn published(
        &self,
        release: Published,
        kept_as: Option<String>,
        fetcher: &Fetcher,
    ) -> PublishedRelease {
        let here = fetcher.received(&release);
        let known = self.downloads.entries().get(&release.id).map(|entry| entry.download.clone());
        // From an earlier start of the app.
        let left = (here > 0).then(|| Download {
            state: DownloadState::Stopped,
            received: here as f64,
            total: None,
            sha256: String::new(),
            message: STOPPED.to_owned(),
        });
        // A release that was removed after it was kept can be fetched anew.
        let gone = kept_as.is_none()
            && known.as_ref().is_some_and(|known| known.state == DownloadState::Kept);
        PublishedRelease {
            check: release.check_in_words(),
            bytes: release.bytes.map(|bytes| bytes as f64),
            download: if gone { left } else { known.or(left) },
            kept_as,
            id: release.id,
            title: release.title,
            description: release.description,
            repository: release.repository,
            revision: release.commit,
            licence: release.licence,
        }
    }

    async fn listed(&self, id: &str) -> Result<PublishedRelease, ApiError> {
        let list = self.list_releases().await?;
        list.into_iter().find(|release| release.id == id).ok_or_else(|| unknown(id))
    }

    /// Fetches one and keeps its domains; goes on where it stopped.
    pub async fn fetch_release(&self, id: String) -> Result<PublishedRelease, ApiError> {
        let release = published_releases()
            .into_iter()
            .find(|release| release.id == id)
            .ok_or_else(|| unknown(&id))?;
        let fetcher = self.fetcher()?;
        let stop = CancellationToken::new();
        {
            let mut entries = self.downloads.entries();
            let going = entries.get(&id).is_some_and(|entry| {
                matches!(entry.download.state, DownloadState::Fetching | DownloadState::Reading)
            });
            if !going {
                let download = Download {
                    state: DownloadState::Fetching,
                    received: fetcher.received(&release) as f64,
                    total: release.bytes.map(|bytes| bytes as f64),
                    sha256: String::new(),
                    message: String::new(),
                };
                entries.insert(id.clone(), Entry { download, stop: stop.clone() });
                let downloads = Arc::clone(&self.downloads);
                let library = Arc::clone(&self.library);
                tokio::spawn(run(fetcher, release, downloads, library, stop));
            }
        }
        self.listed(&id).await
    }

    /// Stops fetching; what is here stays.
    pub async fn stop_fetching(&self, id: String) -> Result<PublishedRelease, ApiError> {
        if let Some(entry) = self.downloads.entries().get_mut(&id)
            && entry.download.state == DownloadState::Fetching
        {
            entry.stop.cancel();
            entry.download.state = DownloadState::Stopped;
            entry.download.message = STOPPED.to_owned();
        }
        self.listed(&id).await
    }
}

const STOPPED: &str = "Stopped. What is here stays, and fetching goes on from there.";

fn unknown(id: &str) -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        format!("There is no published release \"{id}\". Choose one from the list."),
    )
}

async fn run(
    fetcher: Fetcher,
    release: Published,
    downloads: Arc<Downloads>,
    library: Arc<Library>,
    stop: CancellationToken,
) {
    let id = release.id.clone();
    let heard = Arc::clone(&downloads);
    let fetched = fetcher
        .fetch(&release, &stop, &mut |step| {
            heard.change(&id, |download| {
                download.received = step.received as f64;
                download.total = step.total.map(|total| total as f64).or(download.total);
            });
        })
        .await;
    let archive = match fetched {
        Ok(archive) => archive,
        // Whoever stopped it has said so; a new try may already be on its way.
        Err(DownloadError::Stopped) => return,
        Err(error) => return fail(&downloads, &id, &error),
    };
    downloads.change(&id, |download| {
        download.state = DownloadState::Reading;
        download.received = archive.bytes as f64;
        download.total = Some(archive.bytes as f64);
        download.sha256 = archive.sha256.clone();
    });
    let kept = on_a_thread(move || fetcher.keep(&release, &archive, &library)).await;
    match kept {
        Ok(Ok(report)) => downloads.change(&id, |download| {
            download.state = DownloadState::Kept;
            download.message = format!("Kept {} domains.", report.domains.len());
        }),
        Ok(Err(error)) => fail(&downloads, &id, &error),
        Err(error) => downloads.change(&id, |download| {
            download.state = DownloadState::Failed;
            download.message = error.message;
        }),
    }
}

fn fail(downloads: &Downloads, id: &str, error: &DownloadError) {
    let failure = failure(error);
    tracing::warn!(release = id, %error, "a release was not fetched");
    downloads.change(id, |download| {
        download.state = DownloadState::Failed;
        download.message = match failure.detail.as_str() {
            "" => failure.message,
            detail => format!("{} ({detail})", failure.message),
        };
    });
}

/// A download's failure, with what to do next.
fn failure(error: &DownloadError) -> ApiError {
    let made = |code, message: &str| ApiError::new(code, message).detail(error);
    match error {
        DownloadError::Network(_) => made(
            ErrorCode::Provider,
            "The connection broke off. What is here stays; fetch again to go on from there.",
        )
        .retryable(),
        DownloadError::Status(404) => made(
            ErrorCode::Provider,
            "The archive is no longer where it was. Get the release from its repository and drop it here.",
        ),
        DownloadError::Status(_) => {
            made(ErrorCode::Provider, "The server did not give the archive. Try again later.")
                .retryable()
        }
        DownloadError::Address(_) => made(
            ErrorCode::BadRequest,
            "The address may not be fetched: only the known hosts of archives are asked.",
        ),
        DownloadError::TooLarge { .. } => made(
            ErrorCode::BadRequest,
            "The archive is far larger than the release; nothing was kept.",
        ),
        DownloadError::Checksum { .. } => made(
            ErrorCode::BadRequest,
            "The archive is not the one that is pinned; it was deleted. Try again, and if it happens again get the release from its repository.",
        ),
        DownloadError::Io { .. } => made(
            ErrorCode::Storage,
            "The archive could not be written. See whether the disk is full.",
        ),
        DownloadError::Stopped => ApiError::new(ErrorCode::Cancelled, STOPPED),
        DownloadError::Import(error) => told(error),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use super::*;

    /// Answers every request with these bytes, `cut` of them.
    fn serve(body: Vec<u8>, cut: usize) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut asked = [0u8; 4096];
                let _ = stream.read(&mut asked);
                let head = format!(
                    "HTTP/1.1 200 OK\r\netag: \"one\"\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                let _ = stream.write_all(head.as_bytes());
                let _ = stream.write_all(&body[..cut]);
            }
        });
        address
    }

    async fn fetched(body: Vec<u8>, cut: usize) -> (Download, u64) {
        let folder = tempfile::tempdir().unwrap();
        let fetcher = Fetcher::with_mirror(folder.path(), &serve(body, cut)).unwrap();
        let again = Fetcher::new(folder.path()).unwrap();
        let release = published_releases().remove(0);
        let downloads: Arc<Downloads> = Arc::default();
        let download = Download {
            state: DownloadState::Fetching,
            received: 0.0,
            total: None,
            sha256: String::new(),
            message: String::new(),
        };
        let stop = CancellationToken::new();
        let entry = Entry { download, stop: stop.clone() };
        downloads.entries().insert(release.id.clone(), entry);
        let library = Arc::new(Library::new(Vec::new(), folder.path().to_owned()));
        run(fetcher, release.clone(), Arc::clone(&downloads), library, stop).await;
        let entries = downloads.entries();
        (entries[&release.id].download.clone(), again.received(&release))
    }

    #[tokio::test]
    async fn a_broken_transfer_is_told_with_what_to_do_and_what_came_stays() {
        let (download, here) = fetched(vec![7; 50_000], 20_000).await;
        assert_eq!(download.state, DownloadState::Failed);
        assert_eq!((download.received, download.total), (20_000.0, Some(50_000.0)));
        assert!(download.message.contains("fetch again"), "{}", download.message);
        assert_eq!(here, 20_000);
    }

    #[tokio::test]
    async fn what_is_no_archive_is_not_kept_and_says_so() {
        let (download, here) = fetched(vec![7; 50_000], 50_000).await;
        assert_eq!(download.state, DownloadState::Failed);
        assert_eq!(download.sha256.len(), 64);
        assert!(download.message.contains("no whole archive"), "{}", download.message);
        assert_eq!(here, 0, "nothing of it is gone on with");
    }
}
