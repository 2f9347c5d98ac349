//! Everything that crosses the boundary between the product and a host.
//!
//! The interface's TypeScript is generated from these types (`cargo test -p tau-api` compares,
//! `UPDATE_TYPES=1` rewrites). Numbers are `u32` or `f64` so that JavaScript holds them exactly;
//! rates are 0 to 1, differences are in points (-100 to 100), times are RFC 3339, money is US dollars.

mod bench;
mod charts;
mod conversation;
mod diagnosis;
mod endpoint;
mod fidelity;
mod files;
mod imports;
mod library;
mod play;
mod prompts;
mod results;
mod run;
mod tables;
mod voices;

pub use bench::*;
pub use charts::*;
pub use conversation::*;
pub use diagnosis::*;
pub use endpoint::*;
pub use fidelity::*;
pub use files::*;
pub use imports::*;
pub use library::*;
pub use play::*;
pub use prompts::*;
pub use results::*;
pub use run::*;
pub use tables::*;
pub use voices::*;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the app is and where it keeps things.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AppInfo {
    /// The product's version.
    pub version: String,
    /// Folder of the database and of imported domains.
    pub data_dir: String,
    /// Version of the bundled SQLite.
    pub sqlite_version: String,
    /// Whether keys can be kept.
    pub keychain: KeychainStatus,
    /// The finished sample run to open on, when there is one.
    pub sample_run: Option<String>,
}

/// Choices of the person that outlive the window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Settings {
    /// `system`, `light` or `dark`.
    pub theme: ThemeChoice,
    /// Language tag of charts and reports; `None`: as the system has it.
    #[serde(default)]
    pub language: Option<String>,
}

/// Which colours the window uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    /// As the desktop does.
    System,
    /// Ink on paper.
    Light,
    /// Paper on ink.
    Dark,
}

/// The signal that something changed; the window then asks for what it shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Tick {
    /// The run that changed.
    pub run_id: String,
    /// What changed.
    pub kind: TickKind,
}

/// What a tick is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TickKind {
    /// A conversation started, went on or ended.
    Progress,
    /// The run's state changed (started, paused, finished, cancelled).
    State,
    /// The list of runs changed: one was made, renamed or deleted.
    List,
}

/// A range of a longer list.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct PageRequest {
    /// Rows to skip.
    pub offset: u32,
    /// Most rows to return.
    pub limit: u32,
}
