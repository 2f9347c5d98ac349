//! What the product asks of a host. It grows only when a host-neutral way does not exist.

use std::path::PathBuf;

use async_trait::async_trait;

/// The window, the command line or the test server.
#[async_trait]
pub trait Host: Send + Sync {
    /// Asks the person where to save a file; `None` when they cancel.
    async fn choose_save_path(&self, suggested: &str) -> Option<PathBuf>;
}

/// A host that saves into a folder without asking: for tests and the command line.
pub struct SavesInto(pub PathBuf);

#[async_trait]
impl Host for SavesInto {
    async fn choose_save_path(&self, suggested: &str) -> Option<PathBuf> {
        std::fs::create_dir_all(&self.0).ok()?;
        Some(self.0.join(suggested))
    }
}
