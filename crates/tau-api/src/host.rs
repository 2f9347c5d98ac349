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
}

/// What a host without dialogs answers to [`Host::choose_open_paths`]: the paths in this variable,
/// separated as in `PATH`.
const OPEN: &str = "TAUTRAIT_OPEN";

/// A host that saves into a folder without asking: for tests and the command line.
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
}
