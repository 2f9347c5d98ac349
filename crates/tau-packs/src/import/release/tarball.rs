//! Gzipped tars: source distributions, and the tarballs of code hosts.
//!
//! A tar has no directory, so it is unpacked once into a nameless temporary file, counted while that
//! is written, and its entries are found there by their place.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use tar::{Archive, EntryType};

use super::{ReleaseError, ReleaseLimits, commit, io, plain_name};

/// An unpacked tar.
pub(super) struct Tarball {
    file: File,
    /// Name, place and size.
    index: BTreeMap<String, (u64, u64)>,
}

impl Tarball {
    /// Opens a gzipped tar of `packed` bytes; the second part is the commit that its global header
    /// names, as `git archive` writes it.
    pub fn open(
        path: &Path,
        packed: u64,
        limits: &ReleaseLimits,
    ) -> Result<(Tarball, Option<String>), ReleaseError> {
        let refused = |reason: String| ReleaseError::NotAnArchive {
            path: path.display().to_string(),
            reason,
        };
        let source = File::open(path).map_err(|source| io(path, source))?;
        let mut unpacked = MultiGzDecoder::new(BufReader::new(source));
        let mut file = tempfile::tempfile().map_err(|source| io(path, source))?;
        let what = || "the archive".to_owned();
        let by_ratio = packed.saturating_mul(limits.ratio);
        let mut total = 0u64;
        let mut buffer = vec![0u8; 1 << 16];
        loop {
            let n = unpacked.read(&mut buffer).map_err(|e| refused(e.to_string()))?;
            if n == 0 {
                break;
            }
            total += n as u64;
            if total > limits.total_bytes {
                return Err(ReleaseError::TooLarge { what: what(), limit: limits.total_bytes });
            }
            // A tar pads each file to 512 bytes, which packs well: small ones are let through.
            if total > by_ratio && total > 16 << 20 {
                return Err(ReleaseError::Ratio { what: what(), limit: limits.ratio });
            }
            file.write_all(&buffer[..n]).map_err(|source| io(path, source))?;
        }
        file.rewind().map_err(|source| io(path, source))?;
        let mut index = BTreeMap::new();
        let mut folded = BTreeSet::new();
        let mut told = None;
        let mut archive = Archive::new(BufReader::new(&file));
        let entries = archive.entries().map_err(|e| refused(e.to_string()))?;
        let mut found = 0usize;
        for entry in entries {
            let mut entry = entry.map_err(|e| refused(e.to_string()))?;
            found += 1;
            if found > limits.entries {
                return Err(ReleaseError::TooManyEntries { found, limit: limits.entries });
            }
            let kind = entry.header().entry_type();
            if kind == EntryType::XGlobalHeader {
                let mut text = String::new();
                let read = entry.by_ref().take(4096).read_to_string(&mut text);
                told = read
                    .ok()
                    .and_then(|_| text.trim().rsplit_once('='))
                    .and_then(|(_, end)| commit(end));
                continue;
            }
            let raw = entry.path_bytes().into_owned();
            let name = plain_name(&raw, None, false, limits)?;
            match kind {
                EntryType::Regular | EntryType::Continuous | EntryType::Directory => {}
                _ => {
                    return Err(ReleaseError::Name { name, reason: "a link or a special file" });
                }
            }
            if !folded.insert(name.trim_end_matches('/').to_lowercase()) {
                return Err(ReleaseError::Name { name, reason: "the name occurs twice" });
            }
            let size = entry.size();
            if size > limits.entry_bytes {
                return Err(ReleaseError::TooLarge { what: name, limit: limits.entry_bytes });
            }
            if kind != EntryType::Directory {
                index.insert(name, (entry.raw_file_position(), size));
            }
        }
        drop(archive);
        Ok((Tarball { file, index }, told))
    }

    /// The names of its files, sorted.
    pub fn names(&self) -> Vec<String> {
        self.index.keys().cloned().collect()
    }

    /// The bytes of a file.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, ReleaseError> {
        let damaged = |reason: String| ReleaseError::Damaged { name: name.to_owned(), reason };
        let &(place, size) =
            self.index.get(name).ok_or_else(|| damaged("no such entry".to_owned()))?;
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(place)).map_err(|e| damaged(e.to_string()))?;
        (&self.file).take(size).read_to_end(&mut bytes).map_err(|e| damaged(e.to_string()))?;
        if bytes.len() as u64 != size {
            return Err(damaged("it is cut off".to_owned()));
        }
        Ok(bytes)
    }
}
