//! How a conversation is played.

use std::time::Duration;

use tau_toolkits::grading::Evaluation;

use super::AgentKind;

/// Steps after which upstream's command line ends a conversation. Each message and each round of calls is
/// one, so that using a tool costs two.
pub const DEFAULT_MAX_STEPS: u32 = 200;

/// Failed calls after which upstream's command line ends a conversation.
pub const DEFAULT_MAX_ERRORS: u32 = 10;

/// How a conversation is played; [`Spec::new`] has upstream's defaults.
#[derive(Clone, Debug, PartialEq)]
pub struct Spec {
    /// How the agent acts.
    pub agent: AgentKind,
    /// Where ids come from that tools draw.
    pub seed: u64,
    /// The agent's sampling seed, if any. Upstream gives both sides the seed of the trial.
    pub sampling_seed: Option<u64>,
    /// The agent's sampling temperature; `None` leaves the provider's default.
    pub temperature: Option<f64>,
    /// See [`DEFAULT_MAX_STEPS`].
    pub max_steps: u32,
    /// See [`DEFAULT_MAX_ERRORS`]: all of the conversation, not those in a row. Not counted before 0.2.
    pub max_errors: u32,
    /// Whether a message with both text and calls ends the conversation as its sender's error (since
    /// 0.2; upstream `--enforce-communication-protocol`).
    pub strict: bool,
    /// How long the conversation may take (since 1.0).
    pub timeout: Option<Duration>,
    /// Whether tool calls that an agent writes as text are read (see [`crate::text_calls`]).
    pub text_tool_calls: bool,
    /// What is looked at when it is graded.
    pub evaluation: Evaluation,
}

impl Spec {
    /// An agent of this kind with upstream's defaults.
    pub fn new(agent: AgentKind) -> Self {
        Spec {
            agent,
            seed: 0,
            sampling_seed: None,
            temperature: Some(0.0),
            max_steps: DEFAULT_MAX_STEPS,
            max_errors: DEFAULT_MAX_ERRORS,
            strict: false,
            timeout: None,
            text_tool_calls: false,
            evaluation: Evaluation::All,
        }
    }
}
