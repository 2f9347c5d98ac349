//! Fetching a published release: its archive goes into a partial file that a later call goes on with,
//! is checked against what is pinned, imported, and taken away again.
//!
//! Only the archive's own host is spoken to, over TLS; a redirect leads to an allowed host or nowhere.

mod published;
mod transfer;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use tokio_util::sync::CancellationToken;

pub use published::{Differs, Expected, Published, published_releases};

use crate::import::{self, ImportError, ImportReport};
use crate::library::Library;

/// Hosts that an archive may come from.
const HOSTS: [&str; 3] = ["codeload.github.com", "github.com", "objects.githubusercontent.com"];

/// Largest archive, in bytes.
pub const LARGEST_ARCHIVE: u64 = 300 << 20;

/// How far a transfer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transferred {
    /// Bytes that are here.
    pub received: u64,
    /// Bytes in all, where the server says.
    pub total: Option<u64>,
}

/// An archive that is here as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// The file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256 in hex.
    pub sha256: String,
}

/// Why a release was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    /// The address leads to a host that is not allowed.
    #[error("{0} is not an address that may be fetched")]
    Address(String),
    /// The server could not be reached, or stopped sending. What is here stays for the next try.
    #[error("the transfer broke off: {0}")]
    Network(String),
    /// The server said no.
    #[error("the server answered {0}")]
    Status(u16),
    /// More than [`LARGEST_ARCHIVE`], or than the limit in use.
    #[error("the archive is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// It was stopped. What is here stays for the next try.
    #[error("stopped")]
    Stopped,
    /// The bytes are not the pinned ones; they are deleted.
    #[error("the archive's SHA-256 is {found}, and not {expected} as pinned")]
    Checksum {
        /// What is pinned.
        expected: String,
        /// What came.
        found: String,
    },
    /// A file could not be written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// What the system reported.
        source: std::io::Error,
    },
    /// The archive is not the pinned release, or cannot be used.
    #[error(transparent)]
    Import(#[from] ImportError),
}

impl DownloadError {
    /// Whether the same may succeed a little later.
    pub fn is_retryable(&self) -> bool {
        match self {
            DownloadError::Network(_) | DownloadError::Stopped => true,
            DownloadError::Status(status) => *status == 429 || *status >= 500,
            _ => false,
        }
    }
}

/// Fetches archives into a folder.
pub struct Fetcher {
    client: Client,
    folder: PathBuf,
    /// Instead of the archive's own scheme and host.
    mirror: Option<Url>,
    largest: u64,
}

impl Fetcher {
    /// A fetcher that keeps partial files in `folder`.
    ///
    /// # Errors
    /// When no TLS client can be set up.
    pub fn new(folder: &Path) -> Result<Fetcher, DownloadError> {
        Fetcher::build(folder, None)
    }

    /// The same over a copy of the archives, on this machine or at an https address: the path of an
    /// archive's address is kept, its host is not.
    ///
    /// # Errors
    /// When the address is neither https nor on this machine.
    pub fn with_mirror(folder: &Path, mirror: &str) -> Result<Fetcher, DownloadError> {
        let refused = || DownloadError::Address(mirror.to_owned());
        let url = Url::parse(mirror).map_err(|_| refused())?;
        let loopback = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
        if url.scheme() != "https" && !(url.scheme() == "http" && loopback) {
            return Err(refused());
        }
        Fetcher::build(folder, Some(url))
    }

    fn build(folder: &Path, mirror: Option<Url>) -> Result<Fetcher, DownloadError> {
        let allowed = mirror.clone();
        let policy = Policy::custom(move |attempt| {
            if attempt.previous().len() > 4 || !may_fetch(attempt.url(), allowed.as_ref()) {
                return attempt.stop();
            }
            attempt.follow()
        });
        let mut builder = Client::builder();
        if mirror.as_ref().is_some_and(|mirror| mirror.scheme() == "http") {
            builder = builder.no_proxy();
        }
        let client = builder
            .redirect(policy)
            .connect_timeout(Duration::from_secs(20))
            .read_timeout(Duration::from_secs(30))
            .user_agent("tau-trait-desktop")
            .build()
            .map_err(|error| DownloadError::Network(error.to_string()))?;
        Ok(Fetcher { client, folder: folder.to_owned(), mirror, largest: LARGEST_ARCHIVE })
    }

    /// The same with another limit on the size of an archive, in bytes.
    pub fn at_most(self, largest: u64) -> Fetcher {
        Fetcher { largest, ..self }
    }

    fn address(&self, release: &Published) -> Result<Url, DownloadError> {
        let refused = || DownloadError::Address(release.archive.clone());
        let mut url = Url::parse(&release.archive).map_err(|_| refused())?;
        if let Some(mirror) = &self.mirror {
            let path = url.path().to_owned();
            url = mirror.clone();
            url.set_path(&path);
        }
        match may_fetch(&url, self.mirror.as_ref()) {
            true => Ok(url),
            false => Err(refused()),
        }
    }

    /// The archive's size as the server says it, without fetching it; hosts of source archives often
    /// do not say.
    ///
    /// # Errors
    /// When the server cannot be reached or says no.
    pub async fn size(&self, release: &Published) -> Result<Option<u64>, DownloadError> {
        let sent = self.client.head(self.address(release)?).send().await;
        let answer = sent.map_err(|error| DownloadError::Network(transfer::told(&error)))?;
        if !answer.status().is_success() {
            return Err(DownloadError::Status(answer.status().as_u16()));
        }
        let length = answer.headers().get(reqwest::header::CONTENT_LENGTH);
        Ok(length.and_then(|value| value.to_str().ok()?.parse().ok()).filter(|bytes| *bytes > 0))
    }

    /// Bytes of a release's archive that are here from an earlier try.
    pub fn received(&self, release: &Published) -> u64 {
        fs::metadata(self.partial(release)).map_or(0, |meta| meta.len())
    }

    /// Takes away what is here of an archive.
    pub fn discard(&self, release: &Published) {
        for path in [self.partial(release), self.notes(release), self.whole(release)] {
            if let Err(error) = fs::remove_file(&path)
                && error.kind() != std::io::ErrorKind::NotFound
            {
                tracing::warn!(path = %path.display(), %error, "left over from a download");
            }
        }
    }

    /// Fetches the archive, going on with what is here, and checks its SHA-256 where one is pinned.
    /// `progress` hears of each piece.
    ///
    /// # Errors
    /// As [`DownloadError`] says; after a break or a stop, what is here stays.
    pub async fn fetch(
        &self,
        release: &Published,
        stop: &CancellationToken,
        progress: &mut (dyn FnMut(Transferred) + Send),
    ) -> Result<Archive, DownloadError> {
        let url = self.address(release)?;
        self.transfer(release, url, stop, progress).await?;
        let whole = self.whole(release);
        let sha256 = import::sha256_of(&self.partial(release)).map_err(ImportError::from)?;
        if let Some(expected) = &release.sha256
            && *expected != sha256
        {
            self.discard(release);
            return Err(DownloadError::Checksum { expected: expected.clone(), found: sha256 });
        }
        let failed = |source| DownloadError::Io { path: whole.display().to_string(), source };
        fs::rename(self.partial(release), &whole).map_err(failed)?;
        let bytes = fs::metadata(&whole).map_err(failed)?.len();
        Ok(Archive { path: whole, bytes, sha256 })
    }

    /// Imports a fetched archive as the source of the release's own name, if it is what is pinned, and
    /// takes the archive away. Reads for seconds: not for an async thread.
    ///
    /// # Errors
    /// When the content differs from what is pinned (the archive is then deleted too), or cannot be
    /// used.
    pub fn keep(
        &self,
        release: &Published,
        archive: &Archive,
        library: &Library,
    ) -> Result<ImportReport, DownloadError> {
        let kept = import::import_published(&archive.path, release, library);
        self.discard(release);
        Ok(kept?)
    }

    fn file(&self, release: &Published, ending: &str) -> PathBuf {
        let commit = release.commit.get(..8).unwrap_or(&release.commit);
        self.folder.join(format!("{}-{commit}.{ending}", release.id))
    }

    fn partial(&self, release: &Published) -> PathBuf {
        self.file(release, "part")
    }

    /// What identifies the bytes of a partial file.
    fn notes(&self, release: &Published) -> PathBuf {
        self.file(release, "part.json")
    }

    fn whole(&self, release: &Published) -> PathBuf {
        self.file(release, "zip")
    }
}

/// Whether an address may be fetched: https at a known host, or the mirror's own host.
fn may_fetch(url: &Url, mirror: Option<&Url>) -> bool {
    if let Some(mirror) = mirror {
        return url.origin() == mirror.origin();
    }
    url.scheme() == "https"
        && url.port().is_none()
        && url.host_str().is_some_and(|host| HOSTS.contains(&host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_hosts_of_archives_may_be_fetched_from() {
        for (address, allowed) in [
            ("https://codeload.github.com/a/b/zip/c", true),
            ("http://codeload.github.com/a/b/zip/c", false),
            ("https://codeload.github.com:8443/a", false),
            ("https://codeload.github.com.evil.example/a", false),
            ("https://127.0.0.1/a", false),
            ("file:///etc/passwd", false),
        ] {
            let url = Url::parse(address).unwrap();
            assert_eq!(may_fetch(&url, None), allowed, "{address}");
        }
        let mirror = Url::parse("http://127.0.0.1:4000").unwrap();
        let elsewhere = Url::parse("http://127.0.0.1:4001/a").unwrap();
        assert!(!may_fetch(&elsewhere, Some(&mirror)));
        assert!(Fetcher::with_mirror(Path::new("."), "http://example.com").is_err());
    }
}
