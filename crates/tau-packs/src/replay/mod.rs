//! Running recorded calls again through our environment, and comparing what comes out.
//!
//! Two kinds of recordings: answers of upstream's own Python to gold and malformed calls (JSON lines,
//! one record a line after a header), and whole conversations in upstream's result format (a JSON
//! list of `{task_id, reward, info, traj, trial}`). Either may be gzipped, which is told by content.

mod facts;
mod tau2;
mod trajectories;

use std::fmt;
use std::io::Read;

use serde::Serialize;

pub use facts::replay_facts;
pub use tau2::{
    Compared, DefinitionReplayReport, RecordingKind, RecordingRow, Recordings, RecordingsReport,
};
pub use trajectories::{RecordedConversation, read_conversations, replay_trajectories};

/// Largest recording, unpacked, in bytes.
const MAX_RECORDING: u64 = 2 << 30;

/// Mismatches that a report keeps.
const KEPT: usize = 20;

/// Why a recording could not be replayed.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// It could not be read.
    #[error("the recording cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// It is not in the format.
    #[error("line {line}: {reason}")]
    Format {
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// Nothing in it.
    #[error("the recording is empty")]
    Empty,
    /// It names a clock that is none.
    #[error("{0:?} is not a clock (YYYY-MM-DDTHH:MM:SS)")]
    Clock(String),
}

/// One difference between what was recorded and what came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mismatch {
    /// The record: `test 3`, `fuzz 12`, `task 7 trial 0`, or `header`.
    pub record: String,
    /// The call, from 0; `None` for what concerns the whole record.
    pub call: Option<usize>,
    /// The tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its arguments, as JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arguments: Option<String>,
    /// What differs: `observation`, `hash`, `gold hash` or `reward`.
    pub what: &'static str,
    /// What was recorded.
    pub expected: String,
    /// What came out.
    pub actual: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.record)?;
        if let Some(call) = self.call {
            write!(f, ", call {call}")?;
        }
        if let Some(name) = &self.name {
            write!(f, " {name}({})", self.arguments.as_deref().unwrap_or_default())?;
        }
        write!(f, ": {}: expected {}, got {}", self.what, self.expected, self.actual)
    }
}

/// Keeps the first few mismatches and counts all.
#[derive(Default)]
struct Mismatches {
    kept: Vec<Mismatch>,
    all: u64,
}

impl Mismatches {
    fn add(&mut self, mut mismatch: Mismatch) {
        self.all += 1;
        if self.kept.len() < KEPT {
            for text in [&mut mismatch.expected, &mut mismatch.actual] {
                if let Some((cut, _)) = text.char_indices().nth(600) {
                    text.truncate(cut);
                    text.push_str("...");
                }
            }
            self.kept.push(mismatch);
        }
    }
}

/// What came of replaying recorded answers.
#[derive(Clone, Debug, Serialize)]
pub struct ReplayReport {
    /// Records of the file: tasks, and odd calls too.
    pub tasks: u64,
    /// Calls in them.
    pub calls: u64,
    /// Calls whose answer is the recorded one.
    pub observations_equal: u64,
    /// Records whose every hash is the recorded one.
    pub hashes_equal: u64,
    /// The first 20 differences.
    pub mismatches: Vec<Mismatch>,
    /// Differences in all.
    #[serde(skip)]
    pub differences: u64,
}

impl ReplayReport {
    /// Whether everything was equal.
    pub fn all_equal(&self) -> bool {
        self.differences == 0
            && self.observations_equal == self.calls
            && self.hashes_equal == self.tasks
    }
}

impl fmt::Display for ReplayReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} records, {} calls", self.tasks, self.calls)?;
        writeln!(f, "  observations equal: {} of {}", self.observations_equal, self.calls)?;
        writeln!(f, "  hashes equal:       {} of {}", self.hashes_equal, self.tasks)?;
        self.mismatches.iter().try_for_each(|mismatch| writeln!(f, "  {mismatch}"))
    }
}

/// What came of replaying recorded conversations.
#[derive(Clone, Debug, Serialize)]
pub struct TrajectoryReplayReport {
    /// Conversations of the file.
    pub trajectories: u64,
    /// Tool calls in them that were carried out.
    pub calls: u64,
    /// Calls whose answer is the recorded one.
    pub observations_equal: u64,
    /// Conversations whose reward is the recorded one.
    pub rewards_equal: u64,
    /// The first 20 differences.
    pub mismatches: Vec<Mismatch>,
    /// Differences in all.
    #[serde(skip)]
    pub differences: u64,
}

impl TrajectoryReplayReport {
    /// Whether everything was equal.
    pub fn all_equal(&self) -> bool {
        self.differences == 0
            && self.observations_equal == self.calls
            && self.rewards_equal == self.trajectories
    }
}

impl fmt::Display for TrajectoryReplayReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} conversations, {} calls", self.trajectories, self.calls)?;
        writeln!(f, "  observations equal: {} of {}", self.observations_equal, self.calls)?;
        writeln!(f, "  rewards equal:      {} of {}", self.rewards_equal, self.trajectories)?;
        self.mismatches.iter().try_for_each(|mismatch| writeln!(f, "  {mismatch}"))
    }
}

/// The text of a recording, gunzipped where it is gzipped.
fn recording_text(mut reader: impl Read) -> Result<String, ReplayError> {
    let mut bytes = Vec::new();
    reader.by_ref().take(MAX_RECORDING).read_to_end(&mut bytes)?;
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::MultiGzDecoder::new(bytes.as_slice())
            .take(MAX_RECORDING)
            .read_to_string(&mut text)?;
    } else {
        text = String::from_utf8(bytes)
            .map_err(|e| std::io::Error::new(std::io::ErrorKind::InvalidData, e))?;
    }
    Ok(text)
}
