//! What is stored of a finished episode beside its transcript.

use tau_domain::{Ending, Role};

use super::Transcript;
use crate::journal::ReplyCount;

/// Characters of the customer's first words that lists show.
const PREVIEW: usize = 200;

/// The figures of a finished episode, for lists.
#[derive(Clone, Debug)]
pub(crate) struct FinishedEpisode {
    pub reward: f64,
    pub ending: Ending,
    pub attempts: u32,
    pub messages: u32,
    pub tool_calls: u32,
    pub steps: u32,
    pub preview: String,
    pub cost_usd: Option<f64>,
    pub input_tokens: u64,
    pub output_tokens: u64,
    pub duration_ms: i64,
    pub replies: u32,
    pub cached_replies: u32,
    pub cache_trouble: String,
}

impl FinishedEpisode {
    /// The figures of a transcript.
    pub(crate) fn of(transcript: &Transcript, attempts: u32, duration_ms: i64) -> FinishedEpisode {
        let trajectory = &transcript.trajectory;
        let messages = &trajectory.messages;
        let first = messages.iter().find(|message| message.role == Role::User);
        let preview = first.and_then(|message| message.heard()).unwrap_or_default();
        let calls = messages.iter().map(|message| message.calls().len() as u32);
        let judge = transcript.judge;
        let judged = judge.map(|judge| judge.usage).unwrap_or_default();
        let costs = [
            trajectory.agent_cost_usd,
            trajectory.customer_cost_usd,
            judge.and_then(|judge| judge.cost_usd),
        ];
        FinishedEpisode {
            reward: trajectory.reward.value,
            ending: trajectory.ending,
            attempts,
            messages: messages.iter().filter(|message| message.heard().is_some()).count() as u32,
            tool_calls: calls.sum(),
            steps: trajectory.steps,
            preview: preview.chars().take(PREVIEW).collect(),
            cost_usd: costs.into_iter().flatten().reduce(|sum, cost| sum + cost),
            input_tokens: trajectory.agent_usage.input_tokens
                + trajectory.customer_usage.input_tokens
                + judged.input_tokens,
            output_tokens: trajectory.agent_usage.output_tokens
                + trajectory.customer_usage.output_tokens
                + judged.output_tokens,
            duration_ms,
            replies: judge.map_or(0, |judge| judge.replies),
            cached_replies: judge.map_or(0, |judge| judge.cached),
            cache_trouble: transcript.cache_trouble.clone().unwrap_or_default(),
        }
    }

    /// The same with the replies of agent and customer.
    pub(crate) fn with_replies(mut self, count: ReplyCount) -> FinishedEpisode {
        self.replies += count.replies;
        self.cached_replies += count.cached;
        self
    }
}
