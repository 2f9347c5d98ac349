//! The result files of a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Local};
use serde_json::{Value, json};

use crate::error::CliError;
use crate::options::shown;
use crate::text::plain;

/// A file, or a folder of a result of tau2, in the menu.
pub struct Listed {
    /// Where it is.
    pub path: PathBuf,
    name: String,
    changed: Option<SystemTime>,
    bytes: u64,
}

/// The result files in a folder, those changed last first. Whether they are results is seen when one is
/// opened.
///
/// # Errors
/// When there is no such folder, or nothing in it.
pub fn list(folder: &Path) -> Result<Vec<Listed>, CliError> {
    let help = "Give a file with --file FILE, or the folder of the results with --log-dir DIR.";
    let failed = |error: std::io::Error| {
        CliError::new("file", format!("{}: {error}", shown(folder))).help(help)
    };
    let mut found: Vec<Listed> = fs::read_dir(folder)
        .map_err(failed)?
        .flatten()
        .filter_map(|entry| listed(&entry))
        .collect();
    if found.is_empty() {
        let message = format!("There are no result files in {}.", shown(folder));
        return Err(CliError::new("no_results", message).help(help));
    }
    found.sort_by(|a, b| b.changed.cmp(&a.changed).then_with(|| a.name.cmp(&b.name)));
    Ok(found)
}

fn listed(entry: &fs::DirEntry) -> Option<Listed> {
    let path = entry.path();
    let name = entry.file_name().to_string_lossy().into_owned();
    let inside = path.join("results.json");
    let small = name.to_lowercase();
    let file = match path.is_dir() {
        true => inside.is_file().then_some(inside)?,
        false => (small.ends_with(".json") || small.ends_with(".json.gz")).then(|| path.clone())?,
    };
    // Files that are still being written begin with a point.
    if name.starts_with('.') {
        return None;
    }
    let about = fs::metadata(file).ok()?;
    Some(Listed { path, name, changed: about.modified().ok(), bytes: about.len() })
}

/// The menu.
pub fn menu(files: &[Listed], folder: &Path) -> String {
    let mut lines = vec![format!("Result files in {}:", plain(&shown(folder)))];
    for (number, file) in (1..).zip(files) {
        let changed = file.changed.map(DateTime::<Local>::from);
        let changed = changed.map(|time| time.format("%Y-%m-%d %H:%M").to_string());
        let size = file.bytes.div_ceil(1024);
        lines.push(format!(
            "{number:4}  {:16}  {size:>7} KB  {}",
            changed.unwrap_or_default(),
            plain(&file.name)
        ));
    }
    lines.join("\n")
}

/// The same for a script.
pub fn told(folder: &Path) -> Result<Value, CliError> {
    let file = |file: &Listed| {
        let changed = file.changed.map(|time| DateTime::<Local>::from(time).to_rfc3339());
        json!({"name": file.name, "path": shown(&file.path), "changed": changed, "bytes": file.bytes})
    };
    let files: Vec<Value> = list(folder)?.iter().map(file).collect();
    Ok(json!({"log_dir": shown(folder), "files": files}))
}

/// A file as it was named: a path, or a name in the folder of the results.
pub fn find(named: &Path, folder: &Path) -> PathBuf {
    let inside = folder.join(named);
    if !named.exists() && inside.exists() { inside } else { named.to_owned() }
}
