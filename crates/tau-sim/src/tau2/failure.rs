//! Why a conversation has no reward.

use std::fmt;

use tau_llm::ModelError;
use tau_toolkits::grading::GradeError;
use tau_toolkits::{MalformedHistory, Raised, StateError};

/// Whose model it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Speaker {
    /// The agent under test.
    Agent,
    /// The simulated customer.
    Customer,
    /// Who judges assertions in words.
    Judge,
}

impl fmt::Display for Speaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Speaker::Agent => "agent",
            Speaker::Customer => "simulated customer",
            Speaker::Judge => "judge",
        })
    }
}

/// Why a conversation has no reward. Never to be counted as a reward of 0.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Failure {
    /// A model could not be asked.
    #[error("{error}")]
    Model {
        /// Whose model.
        whose: Speaker,
        /// What went wrong.
        error: ModelError,
    },
    /// A model replied, again and again, with something that cannot be acted on. Upstream plays such a
    /// conversation once more from its start; whoever keeps replies has to forget them before.
    #[error("The {whose} replied {attempts} times with something of no use: {why}.")]
    Useless {
        /// Whose model.
        whose: Speaker,
        /// What was wrong with the last reply.
        why: String,
        /// How often it was asked.
        attempts: u32,
    },
    /// The conversation was cancelled from outside.
    #[error("The conversation was cancelled.")]
    Cancelled,
    /// The task cannot be played like this, whoever plays.
    #[error("This task cannot be played like this: {0}.")]
    Setup(String),
    /// Something happened on which upstream breaks off without a reward.
    #[error("The conversation broke off: {0}.")]
    BrokeOff(String),
    /// The conversation came to its end, but could not be graded.
    #[error("The conversation could not be graded: {0}.")]
    Grading(GradeError),
}

impl From<MalformedHistory> for Failure {
    fn from(error: MalformedHistory) -> Self {
        Failure::Setup(error.to_string())
    }
}

impl From<StateError> for Failure {
    fn from(error: StateError) -> Self {
        Failure::BrokeOff(error.to_string())
    }
}

impl From<Raised> for Failure {
    fn from(error: Raised) -> Self {
        Failure::BrokeOff(error.to_string())
    }
}
