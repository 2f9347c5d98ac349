//! Names of stored things.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::RunsError;

/// A run's id: a UUIDv7, so that ids sort by time of making.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(Uuid);

impl RunId {
    /// A new id from the clock and the system's randomness.
    #[allow(clippy::new_without_default)] // a default that differs every time would surprise
    pub fn new() -> RunId {
        RunId(Uuid::now_v7())
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl FromStr for RunId {
    type Err = RunsError;

    fn from_str(text: &str) -> Result<Self, RunsError> {
        Uuid::parse_str(text).map(RunId).map_err(|_| RunsError::NoSuchRun(text.to_owned()))
    }
}

/// An episode's number in this database; never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EpisodeId(pub i64);

impl fmt::Display for EpisodeId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl FromStr for EpisodeId {
    type Err = RunsError;

    fn from_str(text: &str) -> Result<Self, RunsError> {
        text.parse().map(EpisodeId).map_err(|_| RunsError::NoSuchEpisode(text.to_owned()))
    }
}
