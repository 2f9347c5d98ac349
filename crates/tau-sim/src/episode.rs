//! What an episode is, who watches it, and why it may have no result.

use sha2::{Digest, Sha256};
use tau_domain::{Message, Task};
use tau_llm::{ModelError, SpeakerRole};
use tau_traits::Condition;

/// Agent steps after which upstream ends a conversation.
pub const DEFAULT_MAX_STEPS: u32 = 30;

/// One conversation to be played.
#[derive(Clone, Debug)]
pub struct EpisodeSpec {
    /// What the customer wants.
    pub task: Task,
    /// How the customer is.
    pub condition: Condition,
    /// Number of the trial, from 0.
    pub trial: u32,
    /// The episode's seed, see [`episode_seed`].
    pub seed: u64,
    /// Agent steps after which the conversation ends without a grade.
    pub max_steps: u32,
    /// The agent's sampling temperature; `None` leaves the provider's default.
    pub temperature: Option<f64>,
    /// Sampling seed handed to the agent's provider, if any.
    pub sampling_seed: Option<u64>,
}

impl EpisodeSpec {
    /// An episode with upstream's limits and temperature 0.
    pub fn new(task: Task, condition: Condition, trial: u32, run_seed: u64) -> Self {
        let seed = episode_seed(run_seed, &task.id, trial);
        EpisodeSpec {
            task,
            condition,
            trial,
            seed,
            max_steps: DEFAULT_MAX_STEPS,
            temperature: Some(0.0),
            sampling_seed: None,
        }
    }
}

/// The seed of an episode: 31 bits, which every provider takes.
///
/// It leaves the condition out, so that conversations which differ only in the customer's traits
/// share their chance, and their difference is due to the traits.
pub fn episode_seed(run_seed: u64, task_id: &str, trial: u32) -> u64 {
    let mut hash = Sha256::new();
    hash.update(run_seed.to_le_bytes());
    hash.update(trial.to_le_bytes());
    hash.update(task_id.as_bytes());
    let digest = hash.finalize();
    u64::from(u32::from_le_bytes([digest[0], digest[1], digest[2], digest[3]]) >> 1)
}

/// Somebody who watches a conversation while it goes on.
pub trait Observer: Send + Sync {
    /// A message was added to the conversation: the policy first, then all in order. On a resumed
    /// conversation the messages that were recalled are told again.
    fn message(&self, message: &Message);
}

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Observer for Silent {
    fn message(&self, _: &Message) {}
}

/// Why an episode has no reward. Never to be counted as reward 0: it says nothing about the agent.
#[derive(Clone, Debug, thiserror::Error)]
pub enum EpisodeFailure {
    /// A model could not be asked.
    #[error("{error}")]
    Model {
        /// Whose model.
        speaker: SpeakerRole,
        /// What went wrong.
        error: ModelError,
    },
    /// The conversation was cancelled from outside.
    #[error("The conversation was cancelled.")]
    Cancelled,
    /// The domain cannot be played.
    #[error("The domain cannot be played: {0}.")]
    Domain(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_share_the_seed_and_everything_else_changes_it() {
        let seed = episode_seed(7, "retail-001", 0);
        assert_eq!(seed, episode_seed(7, "retail-001", 0));
        for other in [
            episode_seed(8, "retail-001", 0),
            episode_seed(7, "retail-002", 0),
            episode_seed(7, "retail-001", 1),
        ] {
            assert_ne!(seed, other);
        }
        assert!(seed < 1 << 31);
    }
}
