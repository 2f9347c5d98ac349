//! Results of the benchmarks as files: opened as runs, and named.
//!
//! [`ResultFile`] opens one file, [`open_results`] several: files of the same domain, agent and
//! customer become one [`OpenedRun`] with a condition for each trait mix, so that they can be
//! compared task by task. Nothing of it is played again; where a domain of ours has the same tasks,
//! recorded tool calls are carried out once more to show how the end state differs.

mod fields;
mod file;
mod messages;
mod name;
mod opening;
mod place;
mod planning;
mod preview;
mod recorded;
mod regrade;
mod scan;
mod tau1;
mod tau2;
mod texts;

use tau_domain::{JsonText, Task, Trajectory};

pub use file::{Fault, Header, LARGEST_RESULT, ResultFile, ResultFormat};
pub use name::{ResultName, single_trait, traits_part};
pub use opening::{OpenedEpisode, OpenedRun, open_results};
pub use planning::{NOT_IN_FILE, RECORDED};
pub use preview::{Preview, preview};
pub use recorded::{Recorded, RecordedMessage};
pub use regrade::{Regrade, RegradeError, Regraded, Regrading};

use name::Traits;

/// A recorded conversation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// The task as the file has it.
    pub task: Option<Task>,
    /// The task's id in the file.
    pub task_id: String,
    /// The task's place in its split, where the file says it.
    pub index: Option<u32>,
    /// Repetition, from 0.
    pub trial: u32,
    /// The customer's traits, where the entry says them.
    pub traits: Option<Traits>,
    /// Whether the reward counts.
    pub score: Score,
    /// What was said and done, and the grade.
    pub trajectory: Trajectory,
    /// What has no place of its own.
    pub extra: Option<JsonText>,
    /// How long it took; 0 where the file does not say.
    pub duration_ms: i64,
    /// The variant of the format; empty for today's.
    pub version: &'static str,
}

/// Whether a recorded reward says something about the agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Score {
    /// It does.
    Scored,
    /// It does not.
    NotScored {
        /// A short stable word.
        kind: &'static str,
        /// Why, in a sentence.
        message: String,
    },
}

/// Our word for why a conversation of tau2's ended.
pub(crate) fn read_ending(reason: &str) -> tau_domain::Ending {
    tau2::ending(reason)
}

/// Our grade for a `reward_info` of tau2's.
pub(crate) fn read_reward(reward_info: &str) -> tau_domain::Reward {
    tau2::reward(fields::Fields::read(reward_info).ok().as_ref())
}

/// The first line of a text, cut to 200 characters.
pub(crate) fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    line.chars().filter(|c| !c.is_control()).take(200).collect()
}
