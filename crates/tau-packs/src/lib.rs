//! Domain packs: the folder in which a domain is kept, checking one, importing an upstream release,
//! and replaying recordings through a domain. Published releases are fetched here too.
//!
//! This room does the reading and writing of files for `tau-domain`, which does none.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod check;
mod docstring;
mod download;
mod error;
mod format;
mod import;
mod library;
mod open;
mod replay;
mod sources;
pub mod tau2;
mod tool_defs;

pub use check::{CheckReport, PackFacts, Problem, Severity, check_pack};
pub use download::{
    Archive, Differs, DownloadError, Expected, Fetcher, LARGEST_ARCHIVE, LARGEST_MODEL, Parcel,
    Published, Said, Transferred, published_releases,
};
pub use error::{Fault, PackError};
pub use import::{
    FoundDefinition, FoundDomain, FoundWording, IMPORT_CLOCK, ImportError, ImportReport,
    ImportedDefinition, ImportedDomain, Licence, Release, ReleaseError, ReleaseLimits,
    ReleasePreview, UpstreamWording, import_release, inspect_release,
};
pub use library::{BrokenPack, DomainEntry, Library, LibraryError, Listing, SOURCES};
pub use open::{fingerprint, open_pack};
pub use replay::{
    Compared, DefinitionReplayReport, Mismatch, RecordedConversation, RecordingKind, RecordingRow,
    Recordings, RecordingsReport, ReplayError, ReplayReport, TrajectoryReplayReport,
    read_conversations, replay_facts, replay_trajectories,
};
pub use sources::{Source, SourceRecord};
/// Stops a transfer of [`Fetcher::fetch`].
pub use tokio_util::sync::CancellationToken;
