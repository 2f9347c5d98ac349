//! Upstream releases: looking at one, keeping it, fetching a published one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DomainKind, ResultFilePreview, SplitSummary};

/// What a file or folder that was dropped or chosen turned out to be.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Dropped {
    /// A benchmark release, when it is one.
    pub release: Option<ReleasePreview>,
    /// Result files, when there are any.
    pub results: Vec<ResultFilePreview>,
    /// What could not be recognised, each with its reason and what to do.
    pub unknown: Vec<String>,
}

/// What a release holds, found without keeping anything.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReleasePreview {
    /// The file or folder.
    pub path: String,
    /// The release's own name; empty when it has none.
    pub package: String,
    /// Its version or commit; empty when it does not say.
    pub version: String,
    /// Its licence ("MIT"); empty when it does not say.
    pub licence: String,
    /// A name for the source that is allowed.
    pub suggested_name: String,
    /// Whether a source of that name is there already: keeping would replace it.
    pub replaces: bool,
    /// Its domains.
    pub domains: Vec<PreviewedDomain>,
    /// Titles of the prompts whose upstream wording was found.
    pub wording: Vec<String>,
    /// What cannot be used.
    pub faults: Vec<ImportFault>,
}

/// A domain of a release.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PreviewedDomain {
    /// Its name within the release.
    pub name: String,
    /// Tasks per split.
    pub splits: Vec<SplitSummary>,
    /// Tasks in all.
    pub tasks: u32,
    /// Number of the agent's tools.
    pub tools: u32,
    /// Number of the customer's tools.
    pub customer_tools: u32,
    /// Tables with their number of records; `None` where they are not counted.
    pub tables: Option<u32>,
    /// Records of all tables; `None` where they are not counted.
    pub records: Option<u32>,
    /// Gold actions of all tasks.
    pub actions: u32,
    /// Whose conversations they are.
    pub kind: DomainKind,
    /// Whose rules hold (`v1.0`), where a benchmark has several; empty otherwise.
    pub rules: String,
    /// Texts that are in no release that the app knows: figures under them do not compare with others.
    pub strange: Vec<String>,
}

/// Something in a release that cannot be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportFault {
    /// The file within the release.
    pub file: String,
    /// The line, from 1; `None` when the whole file is meant.
    pub line: Option<u32>,
    /// Why.
    pub reason: String,
}

/// An imported source.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportedSource {
    /// Its name: the part before the colon of its domains.
    pub name: String,
    /// The release's own name.
    pub package: String,
    /// Its version or commit.
    pub version: String,
    /// Its licence; empty when it does not say.
    pub licence: String,
    /// Ids of its domains.
    pub domains: Vec<String>,
    /// Titles of the prompts that it brought.
    pub wording: Vec<String>,
    /// What could not be used.
    pub faults: Vec<ImportFault>,
}

/// A release that can be fetched from its public archive.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PublishedRelease {
    /// Its id in the list.
    pub id: String,
    /// What a person calls it.
    pub title: String,
    /// What it holds, in a sentence.
    pub description: String,
    /// The repository, as people write it.
    pub repository: String,
    /// The pinned revision.
    pub revision: String,
    /// Its licence.
    pub licence: String,
    /// How its content is checked, in a sentence.
    pub check: String,
    /// Size in bytes as far as known before asking the server.
    pub bytes: Option<f64>,
    /// The source it was kept as; `None` when it is not there.
    pub kept_as: Option<String>,
    /// Where its download stands.
    pub download: Option<Download>,
}

/// Where a download stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Download {
    /// Where it stands.
    pub state: DownloadState,
    /// Bytes that are here.
    pub received: f64,
    /// Bytes in all; `None` while the server has not said.
    pub total: Option<f64>,
    /// SHA-256 of the archive once it is whole; empty before.
    pub sha256: String,
    /// What happened and what to do next.
    pub message: String,
}

/// Where a download stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DownloadState {
    /// Bytes are coming.
    Fetching,
    /// Stopped; can go on where it stopped.
    Stopped,
    /// The archive is here and is being read.
    Reading,
    /// Its domains are kept.
    Kept,
    /// It failed.
    Failed,
}
