//! Table `transcripts`: whole conversations, compressed, read one at a time.

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;
use tau_domain::{JsonText, Task, Trajectory, Usage};

use super::Store;
use crate::{EpisodeId, RunsError, StateLog};

/// zstd's level: 3 is its own default, some hundred MB/s.
const LEVEL: i32 = 3;

/// A finished conversation with the task it was about, so that it can be read and exported after
/// the domain has changed or gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transcript {
    /// The task.
    pub task: Task,
    /// What was said and done, and the grade.
    pub trajectory: Trajectory,
    /// What a result file held beyond that, for instance the parts of a tau2 reward; an object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<JsonText>,
    /// What happened to the data of both sides, where that was watched (tau2's domains).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub states: Option<StateLog>,
    /// What judging it took, where a model was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<JudgeBill>,
    /// What was wrong with the cache of replies meanwhile, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cache_trouble: Option<String>,
}

/// What a judging model took.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct JudgeBill {
    /// Its tokens.
    pub usage: Usage,
    /// What it cost in US dollars, where prices are known.
    pub cost_usd: Option<f64>,
    /// How often it replied; 0 where that was not counted.
    #[serde(default)]
    pub replies: u32,
    /// How many of these replies were taken from the cache.
    #[serde(default)]
    pub cached: u32,
}

impl Transcript {
    /// A conversation that was played here.
    pub fn new(task: Task, trajectory: Trajectory) -> Transcript {
        Transcript { task, trajectory, extra: None, states: None, judge: None, cache_trouble: None }
    }
}

/// JSON, compressed.
pub(crate) fn pack(transcript: &Transcript) -> Result<Vec<u8>, RunsError> {
    let json =
        serde_json::to_vec(transcript).map_err(|error| RunsError::Unreadable(error.to_string()))?;
    zstd::encode_all(json.as_slice(), LEVEL)
        .map_err(|error| RunsError::Unreadable(error.to_string()))
}

pub(crate) fn unpack(data: &[u8]) -> Result<Transcript, RunsError> {
    let json = zstd::decode_all(data).map_err(|error| RunsError::Unreadable(error.to_string()))?;
    serde_json::from_slice(&json).map_err(|error| RunsError::Unreadable(error.to_string()))
}

pub(super) async fn insert(
    to: &mut SqliteConnection,
    episode: EpisodeId,
    data: &[u8],
) -> Result<(), RunsError> {
    sqlx::query("INSERT INTO transcripts (episode, data) VALUES (?, ?)")
        .bind(episode.0)
        .bind(data)
        .execute(to)
        .await?;
    Ok(())
}

impl Store {
    /// The transcript of a finished episode; `None` while there is none.
    pub(crate) async fn transcript(
        &self,
        episode: EpisodeId,
    ) -> Result<Option<Transcript>, RunsError> {
        let data: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT data FROM transcripts WHERE episode = ?")
                .bind(episode.0)
                .fetch_optional(&self.readers)
                .await?;
        data.map(|data| unpack(&data)).transpose()
    }
}
