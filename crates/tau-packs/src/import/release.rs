//! Reading a release: a folder, a wheel or a zip, with limits that hold for hostile archives.
//!
//! Nothing is ever unpacked under a name that the archive chose: entries are read into memory one by
//! one and the importer writes files of its own naming. The limits are checked on what the directory
//! of the archive declares, and again while reading, since a declaration can lie.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

/// What a release may contain at most.
#[derive(Clone, Copy, Debug)]
pub struct ReleaseLimits {
    /// Entries of an archive.
    pub entries: usize,
    /// Bytes of one file once unpacked.
    pub entry_bytes: u64,
    /// Bytes of all files read together once unpacked.
    pub total_bytes: u64,
    /// Unpacked bytes for each packed byte, for one entry and for the whole archive.
    pub ratio: u64,
    /// Components of a path.
    pub depth: usize,
    /// Files and folders looked at in a folder release (a checkout holds much besides the release).
    pub folder_entries: usize,
}

impl Default for ReleaseLimits {
    fn default() -> Self {
        ReleaseLimits {
            entries: 2_000,
            entry_bytes: 50 << 20,
            total_bytes: 500 << 20,
            ratio: 100,
            depth: 16,
            folder_entries: 50_000,
        }
    }
}

/// Why a release was refused or could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// The file system said no.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: String,
        /// What the system reported.
        source: std::io::Error,
    },
    /// Neither a folder nor a readable zip.
    #[error("{path} is neither a folder nor a zip archive: {reason}")]
    NotAnArchive {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// More entries than allowed.
    #[error("refused: {found} entries, at most {limit} are allowed")]
    TooManyEntries {
        /// How many there are.
        found: usize,
        /// How many there may be.
        limit: usize,
    },
    /// A name that could lead outside, or that is not plain.
    #[error("refused: entry {name:?}: {reason}")]
    Name {
        /// The name as the archive gives it.
        name: String,
        /// Why it is refused.
        reason: &'static str,
    },
    /// Something unpacks to more than is allowed.
    #[error("refused: {what} is larger than {limit} bytes once unpacked")]
    TooLarge {
        /// The entry, or the whole.
        what: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// Something unpacks to far more than it occupies.
    #[error("refused: {what} unpacks to more than {limit} times its packed size")]
    Ratio {
        /// The entry, or the whole.
        what: String,
        /// The limit.
        limit: u64,
    },
    /// An entry cannot be read: damaged or encrypted.
    #[error("{name}: {reason}")]
    Damaged {
        /// The entry.
        name: String,
        /// What is wrong.
        reason: String,
    },
}

enum Holder {
    Folder(PathBuf),
    Zip { archive: Box<ZipArchive<BufReader<File>>>, index: BTreeMap<String, usize>, bytes: u64 },
}

/// An opened release: a list of names and their contents.
pub struct Release {
    holder: Holder,
    names: Vec<String>,
    limits: ReleaseLimits,
    read: u64,
}

impl Release {
    /// Opens a folder, a wheel or a zip.
    ///
    /// # Errors
    /// When it cannot be read, or is refused by the limits.
    pub fn open(path: &Path, limits: ReleaseLimits) -> Result<Release, ReleaseError> {
        let meta = fs::metadata(path).map_err(|source| io(path, source))?;
        if meta.is_dir() {
            let names = walk(path, &limits)?;
            return Ok(Release { holder: Holder::Folder(path.to_owned()), names, limits, read: 0 });
        }
        open_zip(path, limits)
    }

    /// The names of all files, `/` between components, sorted.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether the release holds the file.
    pub fn has(&self, name: &str) -> bool {
        self.names.binary_search_by(|held| held.as_str().cmp(name)).is_ok()
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// When there is no such file, it is damaged, or a limit is met while reading it.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, ReleaseError> {
        let limits = self.limits;
        let mut bytes = Vec::new();
        match &mut self.holder {
            Holder::Folder(root) => {
                let path = root.join(name);
                let file = File::open(&path).map_err(|source| io(&path, source))?;
                file.take(limits.entry_bytes + 1)
                    .read_to_end(&mut bytes)
                    .map_err(|source| io(&path, source))?;
            }
            Holder::Zip { archive, index, .. } => {
                let damaged =
                    |reason: String| ReleaseError::Damaged { name: name.to_owned(), reason };
                let place = *index.get(name).ok_or_else(|| damaged("no such entry".to_owned()))?;
                let entry = archive.by_index(place).map_err(|e| damaged(e.to_string()))?;
                let packed = entry.compressed_size();
                let allowed = limits.entry_bytes.min(packed.saturating_mul(limits.ratio));
                entry
                    .take(allowed + 1)
                    .read_to_end(&mut bytes)
                    .map_err(|e| damaged(e.to_string()))?;
                if bytes.len() as u64 > allowed && allowed < limits.entry_bytes {
                    return Err(ReleaseError::Ratio { what: name.to_owned(), limit: limits.ratio });
                }
            }
        }
        if bytes.len() as u64 > limits.entry_bytes {
            return Err(ReleaseError::TooLarge {
                what: name.to_owned(),
                limit: limits.entry_bytes,
            });
        }
        self.count(bytes.len() as u64)?;
        Ok(bytes)
    }

    /// The text of a file.
    ///
    /// # Errors
    /// As [`Release::read`], and when it is not UTF-8.
    pub fn read_text(&mut self, name: &str) -> Result<String, ReleaseError> {
        String::from_utf8(self.read(name)?).map_err(|e| ReleaseError::Damaged {
            name: name.to_owned(),
            reason: format!("not UTF-8: {}", e.utf8_error()),
        })
    }

    fn count(&mut self, bytes: u64) -> Result<(), ReleaseError> {
        self.read = self.read.saturating_add(bytes);
        let what = "the release".to_owned();
        if self.read > self.limits.total_bytes {
            return Err(ReleaseError::TooLarge { what, limit: self.limits.total_bytes });
        }
        if let Holder::Zip { bytes, .. } = &self.holder
            && self.read > bytes.saturating_mul(self.limits.ratio)
        {
            return Err(ReleaseError::Ratio { what, limit: self.limits.ratio });
        }
        Ok(())
    }
}

fn io(path: &Path, source: std::io::Error) -> ReleaseError {
    ReleaseError::Io { path: path.display().to_string(), source }
}

/// The files below `root`. Links are not followed, hidden folders not entered.
fn walk(root: &Path, limits: &ReleaseLimits) -> Result<Vec<String>, ReleaseError> {
    const SKIPPED: [&str; 4] = ["node_modules", "__pycache__", "target", "venv"];
    let mut names = Vec::new();
    let mut seen = 0usize;
    let mut open = vec![(root.to_owned(), String::new(), 0usize)];
    while let Some((folder, prefix, depth)) = open.pop() {
        for entry in fs::read_dir(&folder).map_err(|source| io(&folder, source))? {
            let entry = entry.map_err(|source| io(&folder, source))?;
            seen += 1;
            if seen > limits.folder_entries {
                return Err(ReleaseError::TooManyEntries {
                    found: seen,
                    limit: limits.folder_entries,
                });
            }
            let Ok(name) = entry.file_name().into_string() else { continue };
            let kind = entry.file_type().map_err(|source| io(&entry.path(), source))?;
            let full = format!("{prefix}{name}");
            if kind.is_file() {
                names.push(full);
            } else if kind.is_dir()
                && !name.starts_with('.')
                && !SKIPPED.contains(&name.as_str())
                && depth < limits.depth
            {
                open.push((entry.path(), format!("{full}/"), depth + 1));
            }
        }
    }
    names.sort();
    Ok(names)
}

fn open_zip(path: &Path, limits: ReleaseLimits) -> Result<Release, ReleaseError> {
    let refused =
        |reason: String| ReleaseError::NotAnArchive { path: path.display().to_string(), reason };
    let mut file = File::open(path).map_err(|source| io(path, source))?;
    let bytes = file.metadata().map_err(|source| io(path, source))?.len();
    if bytes > limits.total_bytes {
        return Err(ReleaseError::TooLarge {
            what: "the archive".to_owned(),
            limit: limits.total_bytes,
        });
    }
    // The count is read before the directory is, so that a huge directory is never held.
    let declared = declared_entries(&mut file)
        .map_err(|source| io(path, source))?
        .ok_or_else(|| refused("it has no directory of entries".to_owned()))?;
    if declared > limits.entries {
        return Err(ReleaseError::TooManyEntries { found: declared, limit: limits.entries });
    }
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|e| refused(e.to_string()))?;
    let mut index = BTreeMap::new();
    let mut folded = BTreeSet::new();
    let mut total = 0u64;
    for place in 0..archive.len() {
        let entry = archive.by_index_raw(place).map_err(|e| refused(e.to_string()))?;
        let name = plain_name(entry.name_raw(), entry.unix_mode(), entry.encrypted(), &limits)?;
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
    let names = index.keys().cloned().collect();
    let holder = Holder::Zip { archive: Box::new(archive), index, bytes };
    Ok(Release { holder, names, limits, read: 0 })
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

fn plain_name(
    raw: &[u8],
    mode: Option<u32>,
    encrypted: bool,
    limits: &ReleaseLimits,
) -> Result<String, ReleaseError> {
    let name = String::from_utf8_lossy(raw).into_owned();
    let refuse = |reason| Err(ReleaseError::Name { name: name.clone(), reason });
    if std::str::from_utf8(raw).is_err() {
        return refuse("the name is not UTF-8");
    }
    if name.is_empty() || name.len() > 1_000 {
        return refuse("the name is empty or too long");
    }
    if name.chars().any(|c| c.is_control() || c == '\\' || c == ':') {
        return refuse("a control character, backslash or colon in the name");
    }
    if name.starts_with('/') {
        return refuse("an absolute name");
    }
    let parts: Vec<&str> = name.trim_end_matches('/').split('/').collect();
    if parts.iter().any(|part| *part == ".." || *part == "." || part.is_empty()) {
        return refuse("a component that is empty, \".\" or \"..\"");
    }
    if parts.len() > limits.depth {
        return refuse("nested too deep");
    }
    if parts.iter().any(|part| reserved(part)) {
        return refuse("a device name");
    }
    // Regular files and folders only: links, pipes and devices carry other type bits.
    if let Some(kind) = mode.map(|mode| mode & 0o170_000)
        && !matches!(kind, 0 | 0o100_000 | 0o040_000)
    {
        return refuse("a link or a special file");
    }
    if encrypted {
        return refuse("the entry is encrypted");
    }
    Ok(name)
}

/// Names that open a device on Windows, whatever their extension.
fn reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end().to_ascii_uppercase();
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (stem.len() == 4
            && (stem.starts_with("COM") || stem.starts_with("LPT"))
            && stem.ends_with(|c: char| c.is_ascii_digit() && c != '0'))
}
