//! Zip archives and wheels.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use zip::ZipArchive;

use super::{ReleaseError, ReleaseLimits, commit, io, plain_name};

/// An opened zip whose directory has been checked.
pub(super) struct Zipped {
    archive: ZipArchive<BufReader<File>>,
    index: BTreeMap<String, usize>,
    /// Size of the archive.
    pub bytes: u64,
}

impl Zipped {
    /// The names of its files, sorted.
    pub fn names(&self) -> Vec<String> {
        self.index.keys().cloned().collect()
    }

    /// The bytes of an entry; one more than the limit when it is larger.
    pub fn read(&mut self, name: &str, limits: &ReleaseLimits) -> Result<Vec<u8>, ReleaseError> {
        let mut bytes = Vec::new();
        let damaged = |reason: String| ReleaseError::Damaged { name: name.to_owned(), reason };
        let place = *self.index.get(name).ok_or_else(|| damaged("no such entry".to_owned()))?;
        let entry = self.archive.by_index(place).map_err(|e| damaged(e.to_string()))?;
        let packed = entry.compressed_size();
        let allowed = limits.entry_bytes.min(packed.saturating_mul(limits.ratio));
        entry.take(allowed + 1).read_to_end(&mut bytes).map_err(|e| damaged(e.to_string()))?;
        if bytes.len() as u64 > allowed && allowed < limits.entry_bytes {
            return Err(ReleaseError::Ratio { what: name.to_owned(), limit: limits.ratio });
        }
        Ok(bytes)
    }

    /// Opens a zip; the second part is the commit that its comment names, as source archives have it.
    pub fn open(
        path: &Path,
        limits: &ReleaseLimits,
    ) -> Result<(Zipped, Option<String>), ReleaseError> {
        let refused = |reason: String| ReleaseError::NotAnArchive {
            path: path.display().to_string(),
            reason,
        };
        let mut file = File::open(path).map_err(|source| io(path, source))?;
        let bytes = file.metadata().map_err(|source| io(path, source))?.len();
        // The count is read before the directory is, so that a huge directory is never held.
        let declared = declared_entries(&mut file)
            .map_err(|source| io(path, source))?
            .ok_or_else(|| refused("it has no directory of entries".to_owned()))?;
        if declared > limits.entries {
            return Err(ReleaseError::TooManyEntries { found: declared, limit: limits.entries });
        }
        let mut archive =
            ZipArchive::new(BufReader::new(file)).map_err(|e| refused(e.to_string()))?;
        let mut index = BTreeMap::new();
        let mut folded = BTreeSet::new();
        let mut total = 0u64;
        for place in 0..archive.len() {
            let entry = archive.by_index_raw(place).map_err(|e| refused(e.to_string()))?;
            let name = plain_name(entry.name_raw(), entry.unix_mode(), entry.encrypted(), limits)?;
            let (packed, unpacked) = (entry.compressed_size(), entry.size());
            if !folded.insert(name.trim_end_matches('/').to_lowercase()) {
                return Err(ReleaseError::Name { name, reason: "the name occurs twice" });
            }
            if unpacked > limits.entry_bytes {
                return Err(ReleaseError::TooLarge { what: name, limit: limits.entry_bytes });
            }
            if unpacked > packed.saturating_mul(limits.ratio) {
                return Err(ReleaseError::Ratio { what: name, limit: limits.ratio });
            }
            total = total.saturating_add(unpacked);
            if total > limits.total_bytes {
                return Err(ReleaseError::TooLarge {
                    what: "the archive".to_owned(),
                    limit: limits.total_bytes,
                });
            }
            if !name.ends_with('/') {
                index.insert(name, place);
            }
        }
        // The reader keeps the last of several entries of one name; the count gives them away.
        if declared != archive.len() {
            return Err(ReleaseError::Name {
                name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                reason: "its directory lists a name twice, or lies about the number of entries",
            });
        }
        let told = std::str::from_utf8(archive.comment()).ok().and_then(|text| commit(text.trim()));
        Ok((Zipped { archive, index, bytes }, told))
    }
}

/// The number of entries that the end-of-directory record declares (APPNOTE 4.3.16); an archive in
/// the 64-bit format says 65,535 there, which is above every limit.
fn declared_entries(file: &mut File) -> std::io::Result<Option<usize>> {
    const RECORD: u64 = 22;
    let length = file.seek(SeekFrom::End(0))?;
    let tail = length.min(RECORD + u64::from(u16::MAX));
    file.seek(SeekFrom::Start(length - tail))?;
    let mut bytes = Vec::new();
    file.by_ref().take(tail).read_to_end(&mut bytes)?;
    file.rewind()?;
    let found = (0..bytes.len().saturating_sub(RECORD as usize - 1))
        .rev()
        .find(|&at| bytes[at..].starts_with(b"PK\x05\x06"));
    Ok(found.map(|at| usize::from(u16::from_le_bytes([bytes[at + 10], bytes[at + 11]]))))
}
