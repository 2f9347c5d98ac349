//! A recorded conversation for somebody who looks at its file and keeps nothing of it.

use serde_json::Value;
use tau_domain::{JsonText, Message, Outcome, Role, Task, Trajectory};

use super::file::{Fault, ResultFile, ResultFormat};
use super::opening::{outcome, traits_of};
use super::{Entry, Score};

/// A recorded conversation.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Its id; empty where the file gives it none.
    pub id: String,
    /// The task's id.
    pub task_id: String,
    /// Repetition, from 0.
    pub trial: u32,
    /// What kind of customer it was, in words.
    pub condition: String,
    /// Passed, failed or not scored.
    pub outcome: Outcome,
    /// The reward; `None` where it says nothing about the agent.
    pub reward: Option<f64>,
    /// Why there is none; empty where there is one.
    pub not_scored: String,
    /// How long it took, in seconds; `None` where the file does not say.
    pub duration_s: Option<f64>,
    /// Whether the records were as expected; `None` where nobody looked.
    pub state_matches: Option<bool>,
    /// Why it ended: tau2's word, for others ours.
    pub ended: String,
    /// What the agent cost, in US dollars.
    pub agent_cost_usd: Option<f64>,
    /// What the customer cost, in US dollars.
    pub customer_cost_usd: Option<f64>,
    /// The task, where the file has it.
    pub task: Option<Task>,
    /// What was said and done, without the policy.
    pub messages: Vec<RecordedMessage>,
    /// What was said and done, and the grade, in our words.
    pub trajectory: Trajectory,
    /// What has no place of its own, as it was written: for tau2 the `simulation` without its messages, and
    /// the `task`.
    pub extra: Option<JsonText>,
}

/// A message with whose it is.
#[derive(Clone, Debug)]
pub struct RecordedMessage {
    /// The message.
    pub message: Message,
    /// Whether it is the customer's; of a tool's answer, whether the customer had called.
    pub by_customer: bool,
    /// Whether a tool's answer is an error.
    pub error: bool,
}

impl ResultFile {
    /// The conversations, one at a time, in the file's order.
    pub fn conversations(&self) -> impl Iterator<Item = Result<Recorded, Fault>> + '_ {
        let read = self.entries().zip(1..);
        read.map(|(entry, number)| entry.map(|entry| self.recorded(entry, number)))
    }

    fn recorded(&self, entry: Entry, number: u32) -> Recorded {
        let extra = entry.extra.as_ref().map(|extra| serde_json::from_str(extra.as_str()));
        let extra: Value = extra.and_then(Result::ok).unwrap_or_default();
        let simulation = &extra["simulation"];
        let tau2 = self.format() == ResultFormat::Tau2;
        let reward = &entry.trajectory.reward;
        let not_scored = match &entry.score {
            Score::Scored => String::new(),
            Score::NotScored { message, .. } => message.clone(),
        };
        let ended = match tau2 {
            true => simulation["termination_reason"].as_str().unwrap_or_default().to_owned(),
            // An ending is always a word.
            false => match serde_json::to_value(entry.trajectory.ending) {
                Ok(Value::String(word)) if not_scored.is_empty() => word,
                _ => String::new(),
            },
        };
        Recorded {
            number,
            id: simulation["id"].as_str().unwrap_or_default().to_owned(),
            trial: entry.trial,
            condition: traits_of(&entry, self).condition(None).name,
            outcome: outcome(&entry),
            reward: not_scored.is_empty().then_some(reward.value),
            duration_s: (entry.duration_ms > 0).then(|| entry.duration_ms as f64 / 1000.0),
            state_matches: match tau2 {
                true => simulation["reward_info"]["db_check"]["db_match"].as_bool(),
                false => reward.graded.then_some(reward.state_matches),
            },
            ended,
            agent_cost_usd: entry.trajectory.agent_cost_usd,
            customer_cost_usd: entry.trajectory.customer_cost_usd,
            messages: messages(&entry.trajectory.messages, &extra["messages"], tau2),
            not_scored,
            task_id: entry.task_id,
            task: entry.task,
            trajectory: entry.trajectory,
            extra: entry.extra,
        }
    }
}

/// The messages of agent, customer and tools. `beside` is what each recorded one has that ours has not, by
/// its number; a policy that stands before them is not recorded with them.
fn messages(messages: &[Message], beside: &Value, tau2: bool) -> Vec<RecordedMessage> {
    let recorded = beside.as_object().map_or(0, serde_json::Map::len);
    let before = if tau2 { messages.len().saturating_sub(recorded) } else { 0 };
    let mut caller = Role::Assistant;
    let mut told = Vec::with_capacity(messages.len());
    for (index, message) in messages.iter().enumerate() {
        let rest = &beside[index.wrapping_sub(before).to_string()];
        if !message.tool_calls.is_empty() {
            caller = message.role;
        }
        let by_customer = match message.role {
            Role::System => continue,
            Role::User => true,
            Role::Assistant => false,
            Role::Tool => match rest["requestor"].as_str() {
                Some(side) => side == "user",
                None => caller == Role::User,
            },
        };
        let text = message.content.as_deref().unwrap_or_default();
        let error = message.role == Role::Tool
            && rest["error"].as_bool().unwrap_or(!tau2 && text.starts_with("Error"));
        told.push(RecordedMessage { message: message.clone(), by_customer, error });
    }
    told
}
