//! A file that is to be fetched, and what its host says of it.

use reqwest::header::{self, HeaderMap};

use super::Published;

/// A file that is to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The file's name in the fetcher's folder once it is whole; partial ones lie beside it.
    pub file: String,
    /// Where it is fetched from.
    pub address: String,
    /// Its SHA-256 in hex, where it is known before.
    pub sha256: Option<String>,
}

impl From<&Published> for Parcel {
    fn from(release: &Published) -> Parcel {
        let commit = release.commit.get(..8).unwrap_or(&release.commit);
        Parcel {
            file: format!("{}-{commit}.zip", release.id),
            address: release.archive.clone(),
            sha256: release.sha256.clone(),
        }
    }
}

impl From<&Parcel> for Parcel {
    fn from(parcel: &Parcel) -> Parcel {
        parcel.clone()
    }
}

/// What a file's host says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// Its SHA-256 in hex. Hosts of large files send it as `X-Linked-ETag` with the redirect to the
    /// store where the bytes lie, and some send it as `ETag` (huggingface_hub, `file_download.py`,
    /// reads the two in this order).
    pub sha256: Option<String>,
}

impl Said {
    /// Reads the headers of an answer; `whole` says that the answer is for the file itself and not a
    /// redirect, whose length is that of nothing.
    pub(super) fn read(headers: &HeaderMap, whole: bool) -> Said {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let linked = text("x-linked-size").and_then(|size| size.parse().ok());
        Said {
            bytes: linked.or_else(|| length(headers).filter(|_| whole)),
            sha256: text("x-linked-etag").or_else(|| text("etag")).and_then(sha256),
        }
    }
}

/// The length of an answer's body.
pub(super) fn length(headers: &HeaderMap) -> Option<u64> {
    let length = headers.get(header::CONTENT_LENGTH)?.to_str().ok()?;
    length.parse().ok().filter(|bytes| *bytes > 0)
}

/// The SHA-256 that an entity tag is, when it is one: other tags identify bytes in ways of their own.
fn sha256(tag: &str) -> Option<String> {
    let tag = tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"');
    let hex = tag.len() == 64 && tag.bytes().all(|letter| letter.is_ascii_hexdigit());
    hex.then(|| tag.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, String)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_host_tells_size_and_checksum_with_its_redirect() {
        let sum = "0a".repeat(32);
        let redirect = headers(&[
            ("x-linked-etag", format!("\"{sum}\"")),
            ("x-linked-size", "2019377600".into()),
            ("content-length", "1298".into()),
            ("etag", "\"ab\"".into()),
        ]);
        let said = Said::read(&redirect, false);
        assert_eq!(said, Said { bytes: Some(2_019_377_600), sha256: Some(sum) });
    }

    #[test]
    fn a_tag_that_is_no_sha256_is_not_taken_for_one() {
        let plain = headers(&[("etag", "\"d41d8cd9\"".into()), ("content-length", "7".into())]);
        assert_eq!(Said::read(&plain, true), Said { bytes: Some(7), sha256: None });
        assert_eq!(Said::read(&plain, false).bytes, None);
    }
}
