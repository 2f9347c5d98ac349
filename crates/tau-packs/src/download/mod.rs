//! Fetching a large file: its bytes go into a partial file that a later call goes on with, and are
//! checked against what is pinned. A published release's archive is then imported and taken away; an
//! open-weight model stays.
//!
//! Only the file's own host is spoken to, over TLS; a redirect leads to an allowed host or nowhere.

mod parcel;
mod published;
mod transfer;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use tokio_util::sync::CancellationToken;

pub use parcel::{Parcel, Said};
pub use published::{Differs, Expected, Published, published_releases};

use crate::import::{self, ImportError, ImportReport};
use crate::library::Library;

/// Hosts that an archive may come from.
const ARCHIVE_HOSTS: &[&str] =
    &["codeload.github.com", "github.com", "objects.githubusercontent.com"];

/// Hosts that a model may come from; one that begins with a dot stands for all below it.
const MODEL_HOSTS: &[&str] = &["huggingface.co", ".huggingface.co", ".hf.co"];

/// Largest archive, in bytes.
pub const LARGEST_ARCHIVE: u64 = 300 << 20;

/// Largest model, in bytes.
pub const LARGEST_MODEL: u64 = 24 << 30;

/// How far a transfer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transferred {
    /// Bytes that are here.
    pub received: u64,
    /// Bytes in all, where the server says.
    pub total: Option<u64>,
}

/// A file that is here as a whole.
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
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// It was stopped. What is here stays for the next try.
    #[error("stopped")]
    Stopped,
    /// The bytes are not the pinned ones; they are deleted.
    #[error("the file's SHA-256 is {found}, and not {expected} as pinned")]
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

/// Fetches files into a folder.
pub struct Fetcher {
    client: Client,
    /// The same without following a redirect.
    asking: Client,
    folder: PathBuf,
    hosts: &'static [&'static str],
    /// Instead of the file's own scheme and host.
    mirror: Option<Url>,
    largest: u64,
}

impl Fetcher {
    /// A fetcher of archives that keeps partial files in `folder`.
    ///
    /// # Errors
    /// When no TLS client can be set up.
    pub fn new(folder: &Path) -> Result<Fetcher, DownloadError> {
        Fetcher::build(folder, ARCHIVE_HOSTS, None)
    }

    /// A fetcher of models: other hosts, and files up to [`LARGEST_MODEL`].
    ///
    /// # Errors
    /// When no TLS client can be set up.
    pub fn of_models(folder: &Path) -> Result<Fetcher, DownloadError> {
        Ok(Fetcher::build(folder, MODEL_HOSTS, None)?.at_most(LARGEST_MODEL))
    }

    /// The same over a copy of the files, on this machine or at an https address: the path of a
    /// file's address is kept, its host is not.
    ///
    /// # Errors
    /// When the address is neither https nor on this machine.
    pub fn with_mirror(folder: &Path, mirror: &str) -> Result<Fetcher, DownloadError> {
        let refused = || DownloadError::Address(mirror.to_owned());
        let url = Url::parse(mirror).map_err(|_| refused())?;
        if url.scheme() != "https" && !(url.scheme() == "http" && is_here(&url)) {
            return Err(refused());
        }
        Fetcher::build(folder, &[], Some(url))
    }

    fn build(
        folder: &Path,
        hosts: &'static [&'static str],
        mirror: Option<Url>,
    ) -> Result<Fetcher, DownloadError> {
        let client = |policy: Policy| {
            let mut builder = Client::builder();
            if mirror.as_ref().is_some_and(|mirror| mirror.scheme() == "http") {
                builder = builder.no_proxy();
            }
            builder
                .redirect(policy)
                .connect_timeout(Duration::from_secs(20))
                .read_timeout(Duration::from_secs(30))
                .user_agent("tau-trait-desktop")
                .build()
                .map_err(|error| DownloadError::Network(error.to_string()))
        };
        let allowed = mirror.clone();
        let following = client(Policy::custom(move |attempt| {
            let next = may_fetch(attempt.url(), hosts, allowed.as_ref());
            if attempt.previous().len() > 4 || !next { attempt.stop() } else { attempt.follow() }
        }))?;
        let asking = client(Policy::none())?;
        let folder = folder.to_owned();
        Ok(Fetcher { client: following, asking, folder, hosts, mirror, largest: LARGEST_ARCHIVE })
    }

    /// The same with another limit on the size of a file, in bytes.
    pub fn at_most(self, largest: u64) -> Fetcher {
        Fetcher { largest, ..self }
    }

    fn address(&self, parcel: &Parcel) -> Result<Url, DownloadError> {
        let refused = || DownloadError::Address(parcel.address.clone());
        let mut url = Url::parse(&parcel.address).map_err(|_| refused())?;
        if let Some(mirror) = &self.mirror {
            let path = url.path().to_owned();
            url = mirror.clone();
            url.set_path(&path);
        }
        match may_fetch(&url, self.hosts, self.mirror.as_ref()) {
            true => Ok(url),
            false => Err(refused()),
        }
    }

    /// The file's size as the server says it, without fetching it; hosts of source archives often
    /// do not say.
    ///
    /// # Errors
    /// When the server cannot be reached or says no.
    pub async fn size(&self, parcel: impl Into<Parcel>) -> Result<Option<u64>, DownloadError> {
        let sent = self.client.head(self.address(&parcel.into())?).send().await;
        let answer = sent.map_err(|error| DownloadError::Network(transfer::told(&error)))?;
        if !answer.status().is_success() {
            return Err(DownloadError::Status(answer.status().as_u16()));
        }
        Ok(parcel::length(answer.headers()))
    }

    /// What the file's own host says of it, before any redirect to where the bytes lie.
    ///
    /// # Errors
    /// When the server cannot be reached or says no.
    pub async fn said(&self, parcel: impl Into<Parcel>) -> Result<Said, DownloadError> {
        let sent = self.asking.head(self.address(&parcel.into())?).send().await;
        let answer = sent.map_err(|error| DownloadError::Network(transfer::told(&error)))?;
        let status = answer.status();
        if !status.is_success() && !status.is_redirection() {
            return Err(DownloadError::Status(status.as_u16()));
        }
        Ok(Said::read(answer.headers(), status.is_success()))
    }

    /// Bytes of a file that are here from an earlier try.
    pub fn received(&self, parcel: impl Into<Parcel>) -> u64 {
        fs::metadata(self.partial(&parcel.into())).map_or(0, |meta| meta.len())
    }

    /// Takes away what is here of a file, the whole one included.
    pub fn discard(&self, parcel: impl Into<Parcel>) {
        let parcel = parcel.into();
        self.discard_partial(&parcel);
        remove(&self.whole(&parcel));
    }

    fn discard_partial(&self, parcel: &Parcel) {
        remove(&self.partial(parcel));
        remove(&self.notes(parcel));
    }

    /// Fetches the file, going on with what is here, and checks its SHA-256 where one is pinned.
    /// `progress` hears of each piece.
    ///
    /// # Errors
    /// As [`DownloadError`] says; after a break or a stop, what is here stays.
    pub async fn fetch(
        &self,
        parcel: impl Into<Parcel>,
        stop: &CancellationToken,
        progress: &mut (dyn FnMut(Transferred) + Send),
    ) -> Result<Archive, DownloadError> {
        let parcel = parcel.into();
        let url = self.address(&parcel)?;
        self.transfer(&parcel, url, stop, progress).await?;
        let (partial, whole) = (self.partial(&parcel), self.whole(&parcel));
        let failed = |source| DownloadError::Io { path: whole.display().to_string(), source };
        // Gigabytes take seconds: not on an async thread.
        let read = partial.clone();
        let hashed = tokio::task::spawn_blocking(move || import::sha256_of(&read)).await;
        let sha256 = hashed.map_err(|error| failed(error.into()))?.map_err(ImportError::from)?;
        if let Some(expected) = &parcel.sha256
            && *expected != sha256
        {
            self.discard_partial(&parcel);
            return Err(DownloadError::Checksum { expected: expected.clone(), found: sha256 });
        }
        fs::rename(&partial, &whole).map_err(failed)?;
        remove(&self.notes(&parcel));
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

    fn partial(&self, parcel: &Parcel) -> PathBuf {
        self.folder.join(format!("{}.part", parcel.file))
    }

    /// What identifies the bytes of a partial file.
    fn notes(&self, parcel: &Parcel) -> PathBuf {
        self.folder.join(format!("{}.part.json", parcel.file))
    }

    fn whole(&self, parcel: &Parcel) -> PathBuf {
        self.folder.join(&parcel.file)
    }
}

fn remove(path: &Path) {
    if let Err(error) = fs::remove_file(path)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(path = %path.display(), %error, "left over from a download");
    }
}

/// Whether an address is on this machine.
fn is_here(url: &Url) -> bool {
    matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"))
}

/// Whether an address may be fetched: https at a known host, or the mirror's own host.
fn may_fetch(url: &Url, hosts: &[&str], mirror: Option<&Url>) -> bool {
    if let Some(mirror) = mirror {
        return url.origin() == mirror.origin();
    }
    let known = |host: &str| {
        hosts.iter().any(|known| match known.starts_with('.') {
            true => host.ends_with(known),
            false => host == *known,
        })
    };
    url.scheme() == "https" && url.port().is_none() && url.host_str().is_some_and(known)
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
            assert_eq!(may_fetch(&url, ARCHIVE_HOSTS, None), allowed, "{address}");
        }
        let mirror = Url::parse("http://127.0.0.1:4000").unwrap();
        let elsewhere = Url::parse("http://127.0.0.1:4001/a").unwrap();
        assert!(!may_fetch(&elsewhere, &[], Some(&mirror)));
        assert!(Fetcher::with_mirror(Path::new("."), "http://example.com").is_err());
    }

    #[test]
    fn a_model_comes_from_its_host_or_a_store_below_it_and_from_nowhere_else() {
        for (address, allowed) in [
            ("https://huggingface.co/a/b/resolve/main/c.gguf", true),
            ("https://cdn-lfs.huggingface.co/c", true),
            ("https://cas-bridge.xethub.hf.co/c", true),
            ("http://huggingface.co/c", false),
            ("https://hf.co.example/c", false),
            ("https://evilhf.co/c", false),
            ("https://codeload.github.com/a/b/zip/c", false),
        ] {
            let url = Url::parse(address).unwrap();
            assert_eq!(may_fetch(&url, MODEL_HOSTS, None), allowed, "{address}");
        }
    }
}
