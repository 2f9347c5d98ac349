//! What the product asks of a host. It grows only when a host-neutral way does not exist.

use std::path::PathBuf;

use async_trait::async_trait;

/// The window, the command line or the test server.
#[async_trait]
pub trait Host: Send + Sync {
    /// Asks the person where to save a file; `None` when they cancel.
    async fn choose_save_path(&self, suggested: &str) -> Option<PathBuf>;

    /// Asks the person for a folder, or for one or more files; empty when they cancel.
    async fn choose_open_paths(&self, folder: bool) -> Vec<PathBuf>;

    /// Puts something into the clipboard.
    ///
    /// # Errors
    /// What kept it from there, in the system's words.
    async fn copy(&self, clip: Clip) -> Result<(), String>;
}

/// What is put into the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clip {
    /// Words, or a table with tabs between its columns, which spreadsheets take apart.
    Text(String),
    /// A picture as PNG.
    Picture(Vec<u8>),
}

/// What a host without dialogs answers to [`Host::choose_open_paths`]: the paths in this variable,
/// separated as in `PATH`.
const OPEN: &str = "TAUTRAIT_OPEN";

/// A host that saves into a folder without asking, the clipboard too (`clipboard.txt`, `clipboard.png`):
/// for tests and the command line.
pub struct SavesInto(pub PathBuf);

#[async_trait]
impl Host for SavesInto {
    async fn choose_save_path(&self, suggested: &str) -> Option<PathBuf> {
        std::fs::create_dir_all(&self.0).ok()?;
        Some(self.0.join(suggested))
    }

    async fn choose_open_paths(&self, _folder: bool) -> Vec<PathBuf> {
        std::env::var_os(OPEN)
            .map(|paths| std::env::split_paths(&paths).collect())
            .unwrap_or_default()
    }

    async fn copy(&self, clip: Clip) -> Result<(), String> {
        let (name, bytes) = match clip {
            Clip::Text(text) => ("clipboard.txt", text.into_bytes()),
            Clip::Picture(png) => ("clipboard.png", png),
        };
        std::fs::create_dir_all(&self.0).map_err(|error| error.to_string())?;
        std::fs::write(self.0.join(name), bytes).map_err(|error| error.to_string())
    }
}
