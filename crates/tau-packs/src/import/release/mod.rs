//! Reading a release: a folder, a wheel, a zip or a gzipped tar, with limits that hold for hostile
//! archives.
//!
//! Nothing is ever unpacked under a name that the archive chose: entries are read into memory one by
//! one and the importer writes files of its own naming. The limits are checked on what the directory
//! of the archive declares, and again while reading, since a declaration can lie.

mod tarball;
mod zipped;

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use tarball::Tarball;
use zipped::Zipped;

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
            // tau2-bench alone keeps some 700 documents of one domain beside its code.
            entries: 5_000,
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
    /// Neither a folder nor a readable archive.
    #[error("{path} is neither a folder nor a zip, wheel or .tar.gz: {reason}")]
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
    Zip(Box<Zipped>),
    Tar(Box<Tarball>),
}

/// An opened release: a list of names and their contents.
pub struct Release {
    holder: Holder,
    names: Vec<String>,
    limits: ReleaseLimits,
    read: u64,
    commit: Option<String>,
    sha256: Option<String>,
}

impl Release {
    /// Opens a folder, a wheel, a zip or a gzipped tar.
    ///
    /// # Errors
    /// When it cannot be read, or is refused by the limits.
    pub fn open(path: &Path, limits: ReleaseLimits) -> Result<Release, ReleaseError> {
        let meta = fs::metadata(path).map_err(|source| io(path, source))?;
        let own_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if meta.is_dir() {
            let names = walk(path, &limits)?;
            // The checkout itself, or a folder that holds it alone.
            let top = top_folder(&names).map(str::to_owned).unwrap_or_default();
            let commit = checked_out(path)
                .or_else(|| named_commit(&own_name))
                .or_else(|| checked_out(&path.join(&top)))
                .or_else(|| named_commit(&top));
            let holder = Holder::Folder(path.to_owned());
            return Ok(Release { holder, names, limits, read: 0, commit, sha256: None });
        }
        if meta.len() > limits.total_bytes {
            return Err(ReleaseError::TooLarge {
                what: "the archive".to_owned(),
                limit: limits.total_bytes,
            });
        }
        let mut file = File::open(path).map_err(|source| io(path, source))?;
        let mut start = [0u8; 2];
        let gzipped = file.read_exact(&mut start).is_ok() && start == [0x1f, 0x8b];
        let (holder, names, told) = if gzipped {
            let (tarball, told) = Tarball::open(path, meta.len(), &limits)?;
            let names = tarball.names();
            (Holder::Tar(Box::new(tarball)), names, told)
        } else {
            let (zipped, told) = Zipped::open(path, &limits)?;
            let names = zipped.names();
            (Holder::Zip(Box::new(zipped)), names, told)
        };
        let commit = told.or_else(|| top_folder(&names).and_then(named_commit));
        let sha256 = Some(sha256_of(path)?);
        Ok(Release { holder, names, limits, read: 0, commit, sha256 })
    }

    /// The commit that it is of, where the archive, the checkout or the folder's name tells: 40 hex
    /// digits.
    pub fn commit(&self) -> Option<&str> {
        self.commit.as_deref()
    }

    /// SHA-256 of the archive in hex; `None` for a folder.
    pub fn sha256(&self) -> Option<&str> {
        self.sha256.as_deref()
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
            Holder::Zip(zipped) => bytes = zipped.read(name, &limits)?,
            Holder::Tar(tarball) => bytes = tarball.read(name)?,
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
        if let Holder::Zip(zipped) = &self.holder
            && self.read > zipped.bytes.saturating_mul(self.limits.ratio)
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

/// The commit of a git checkout: what its HEAD points to.
fn checked_out(root: &Path) -> Option<String> {
    let small = |path: &Path| {
        let mut text = String::new();
        File::open(path).ok()?.take(4 << 20).read_to_string(&mut text).ok()?;
        Some(text)
    };
    let git = root.join(".git");
    let head = small(&git.join("HEAD"))?;
    let Some(reference) = head.trim().strip_prefix("ref: ") else { return commit(head.trim()) };
    if reference.split('/').any(|part| part.is_empty() || part.starts_with('.')) {
        return None;
    }
    small(&git.join(reference)).and_then(|text| commit(text.trim())).or_else(|| {
        let packed = small(&git.join("packed-refs"))?;
        packed.lines().find_map(|line| commit(line.strip_suffix(reference)?.trim_end()))
    })
}

/// The one folder that holds everything, where there is one.
fn top_folder(names: &[String]) -> Option<&str> {
    let (first, _) = names.first()?.split_once('/')?;
    let last = names.last()?.split_once('/')?.0;
    // The names are sorted.
    (first == last).then_some(first)
}

/// The commit at the end of a name such as `tau-bench-<commit>`.
fn named_commit(name: &str) -> Option<String> {
    let (_, end) = name.rsplit_once('-')?;
    commit(end.split('.').next()?)
}

/// A commit's id as it is written: 40 hex digits.
fn commit(text: &str) -> Option<String> {
    let hex = text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit());
    hex.then(|| text.to_ascii_lowercase())
}

/// SHA-256 of a file in hex.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn sha256_of(path: &Path) -> Result<String, ReleaseError> {
    let mut file = File::open(path).map_err(|source| io(path, source))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0u8; 1 << 16];
    loop {
        match file.read(&mut buffer).map_err(|source| io(path, source))? {
            0 => return Ok(hex::encode(hasher.finalize())),
            n => hasher.update(&buffer[..n]),
        }
    }
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
