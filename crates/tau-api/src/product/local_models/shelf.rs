//! The model files of this computer, and what is known of each: a small record beside the file says
//! what it was found to be, so that a list does not open gigabytes.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use tau_decoder::{ModelInfo, Text};

use crate::files::write_whole;

/// Below the data folder.
pub(crate) const FOLDER: &str = "models";

/// What is known of a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Record {
    /// Its size in bytes when it was looked at.
    pub bytes: u64,
    /// When it was changed last, in seconds since 1970.
    pub changed: u64,
    /// Why it cannot be used; empty when it can.
    pub problem: String,
    /// The model's own name.
    #[serde(default)]
    pub name: String,
    /// Its architecture.
    #[serde(default)]
    pub arch: String,
    /// How its weights are stored.
    #[serde(default)]
    pub quantization: String,
    /// Its layers.
    #[serde(default)]
    pub layers: usize,
    /// Width of its residual stream.
    #[serde(default)]
    pub width: usize,
    /// Bytes of memory for one position of one conversation.
    #[serde(default)]
    pub bytes_per_position: usize,
    /// SHA-256 in hex; empty until it was computed.
    #[serde(default)]
    pub sha256: String,
}

impl Record {
    /// Whether it is about the file as it is now.
    fn is_of(&self, meta: &fs::Metadata) -> bool {
        self.bytes == meta.len() && self.changed == changed(meta)
    }
}

fn changed(meta: &fs::Metadata) -> u64 {
    let since = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| since.as_secs())
}

/// Names of the model files in `folder`, in order.
pub(super) fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter(|entry| entry.path().is_file());
    let mut names: Vec<String> = names
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| is_model(name))
        .collect();
    names.sort();
    names
}

/// Whether a name is a model file's.
pub(super) fn is_model(name: &str) -> bool {
    !name.starts_with('.') && name.to_ascii_lowercase().ends_with(".gguf")
}

fn record_path(folder: &Path, file: &str) -> PathBuf {
    folder.join(format!("{file}.about.json"))
}

/// What is known of a file; it is looked at when it is new or was changed. Reads header and tokenizer,
/// not the weights.
///
/// # Errors
/// When the file is not there.
pub(super) fn record(folder: &Path, file: &str) -> io::Result<Record> {
    let meta = fs::metadata(folder.join(file))?;
    let known = fs::read(record_path(folder, file)).ok();
    let known = known.and_then(|bytes| serde_json::from_slice::<Record>(&bytes).ok());
    if let Some(known) = known.filter(|known| known.is_of(&meta)) {
        return Ok(known);
    }
    keep(folder, file, String::new())
}

/// Looks at a file and remembers what it is, with its SHA-256 where that is known.
///
/// # Errors
/// When the file is not there.
pub(super) fn keep(folder: &Path, file: &str, sha256: String) -> io::Result<Record> {
    let path = folder.join(file);
    let meta = fs::metadata(&path)?;
    let mut record = look(&path);
    (record.bytes, record.changed, record.sha256) = (meta.len(), changed(&meta), sha256);
    let text = serde_json::to_vec_pretty(&record).map_err(io::Error::other)?;
    // Without a record it is looked at again next time.
    if let Err(error) = write_whole(&record_path(folder, file), &text) {
        tracing::warn!(file, %error, "what a model is could not be remembered");
    }
    Ok(record)
}

/// What a file is: header, parts and tokenizer, all but the weights.
pub(super) fn look(path: &Path) -> Record {
    let looked = ModelInfo::look(path).and_then(|info| {
        Text::open(path)?;
        Ok(info)
    });
    match looked {
        Ok(info) => Record {
            name: info.name,
            arch: info.arch,
            quantization: info.quantization,
            layers: info.layers,
            width: info.width,
            bytes_per_position: info.bytes_per_position,
            ..Record::default()
        },
        Err(error) => Record { problem: error.to_string(), ..Record::default() },
    }
}

/// Removes a file with its record and its directions.
///
/// # Errors
/// When the file is there and cannot be removed.
pub(super) fn remove(folder: &Path, file: &str) -> io::Result<()> {
    let path = folder.join(file);
    for beside in [record_path(folder, file), tau_traits::local::basis_path(&path)] {
        if let Err(error) = fs::remove_file(&beside)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(path = %beside.display(), %error, "left over from a model");
        }
    }
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Brings a file into the folder: as another name for the same bytes where the disk allows it, else as
/// a copy.
///
/// # Errors
/// Whatever the file system says; nothing is left then.
pub(super) fn bring(from: &Path, folder: &Path, file: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let to = folder.join(file);
    if fs::hard_link(from, &to).is_ok() {
        return Ok(());
    }
    let beside = folder.join(format!(".{file}.copy"));
    let copied = fs::copy(from, &beside).and_then(|_| fs::rename(&beside, &to));
    if copied.is_err() {
        let _ = fs::remove_file(&beside);
    }
    copied
}
