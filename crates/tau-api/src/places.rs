//! Folders: what ships with the app, and what the person's work is kept in.

use std::path::{Path, PathBuf};

/// Where things are.
#[derive(Clone, Debug)]
pub struct Places {
    /// The `data/` folder that ships with the app (domain packs, prompts).
    pub shipped: PathBuf,
    /// The person's folder: database, imported domains, settings.
    pub data: PathBuf,
}

impl Places {
    /// The usual places. `resources` is where the installed app keeps its files, if the host knows.
    pub fn usual(resources: Option<&Path>) -> Self {
        Places { shipped: shipped(resources), data: data_dir() }
    }
}

/// The folder with what ships: beside the installed app, else in the source tree it was built from.
pub fn shipped(resources: Option<&Path>) -> PathBuf {
    let beside_program = std::env::current_exe()
        .ok()
        .and_then(|program| program.parent().map(|folder| folder.join("data")));
    let candidates = [
        std::env::var_os("TAUTRAIT_SHIPPED_DIR").map(PathBuf::from),
        resources.map(|folder| folder.join("data")),
        beside_program,
    ];
    candidates
        .into_iter()
        .flatten()
        .find(|folder| folder.join("packs").is_dir())
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data"))
}

/// The person's folder: `TAUTRAIT_DATA_DIR`, else the platform's own place for data of programs.
pub fn data_dir() -> PathBuf {
    const NAME: &str = "tau-trait-desktop";
    let variable = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    if let Some(chosen) = variable("TAUTRAIT_DATA_DIR") {
        return chosen;
    }
    let home = variable("HOME").unwrap_or_else(|| PathBuf::from("."));
    if cfg!(target_os = "macos") {
        return home.join("Library/Application Support").join(NAME);
    }
    if cfg!(windows) {
        return variable("APPDATA").unwrap_or(home).join(NAME);
    }
    variable("XDG_DATA_HOME").unwrap_or_else(|| home.join(".local/share")).join(NAME)
}
