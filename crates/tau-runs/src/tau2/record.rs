//! A conversation that was played, in the words in which conversations are stored.

use tau_domain::{Action, JsonText, Message, Role, Task as PlainTask, Trajectory};
use tau_sim::tau2::{Entry, Played};
use tau_toolkits::{Task, Value, json_dumps};
use uuid::Uuid;

use super::Tau2Plan;
use super::watch::Seen;
use crate::clock::local_moment;
use crate::results::{first_line, read_ending, read_reward};
use crate::{JudgeBill, Transcript};

/// What is known of a conversation beside itself.
pub(super) struct Told<'a> {
    pub(super) tau2: &'a Tau2Plan,
    pub(super) task: &'a Task,
    /// The seed that both models were given.
    pub(super) seed: u64,
    /// Unix time in milliseconds.
    pub(super) began: i64,
    pub(super) ended: i64,
}

/// What is stored of a conversation: our own words for what they can say, upstream's for the rest, where
/// a conversation that was opened from a file has them too.
pub(super) fn transcript(told: &Told<'_>, played: Played, seen: Seen) -> Transcript {
    let profile = told.tau2.profile;
    let Played { trajectory, grade } = played;
    let reward_info = json_dumps(&grade.reward.dump(profile));
    let (agent_cost, user_cost) = trajectory.recorded_costs(profile);
    let cost = |cost: Option<f64>| cost.map_or(Value::None, Value::Float);
    let ending = trajectory.ending.word();
    let seconds = (told.ended - told.began).max(0) as f64 / 1000.0;
    let simulation = Value::dict([
        ("id", Uuid::now_v7().to_string().into()),
        ("timestamp", local_moment(told.ended).into()),
        ("start_time", local_moment(told.began).into()),
        ("end_time", local_moment(told.ended).into()),
        ("duration", seconds.into()),
        ("termination_reason", ending.into()),
        ("agent_cost", cost(agent_cost)),
        ("user_cost", cost(user_cost)),
        ("reward_info", grade.reward.dump(profile)),
        ("seed", Value::Int(i128::from(told.seed))),
    ]);
    let messages = trajectory.entries.iter().enumerate().map(|(index, entry)| {
        // The task's own messages are stamped as if one had been made a second until now.
        let at = match trajectory.history.checked_sub(index) {
            Some(before @ 1..) => told.began - 1000 * before as i64,
            _ => seen.stamps.get(index).copied().unwrap_or(told.began),
        };
        (index.to_string().into(), beside(entry, index, at))
    });
    // A stored conversation that has this was played here.
    let extra = Value::dict([
        ("played_here", true.into()),
        ("simulation", simulation),
        ("task", told.task.dump(profile)),
        ("messages", Value::Dict(std::sync::Arc::new(messages.collect()))),
    ]);
    let policy = Message::text(Role::System, told.tau2.policy.as_str());
    let said = trajectory.entries.into_iter().map(|entry| entry.message);
    let judged =
        grade.judge_usage != tau_domain::Usage::default() || grade.judge_cost_usd.is_some();
    Transcript {
        task: task_in_words(told.task),
        trajectory: Trajectory {
            messages: std::iter::once(policy).chain(said).collect(),
            ending: read_ending(ending),
            reward: read_reward(&reward_info),
            differences: Vec::new(),
            agent_usage: trajectory.agent_usage,
            customer_usage: trajectory.customer_usage,
            agent_cost_usd: trajectory.agent_cost_usd,
            customer_cost_usd: trajectory.customer_cost_usd,
            steps: trajectory.steps,
        },
        extra: Some(JsonText(json_dumps(&extra))),
        states: Some(seen.states),
        judge: judged.then_some(JudgeBill {
            usage: grade.judge_usage,
            cost_usd: grade.judge_cost_usd,
            replies: grade.judge_replies,
            cached: grade.judge_cached,
        }),
        cache_trouble: None,
    }
}

/// What upstream's message has that ours has not.
fn beside(entry: &Entry, index: usize, at: i64) -> Value {
    let stamp = local_moment(at).into();
    let index = Value::Int(index as i128);
    if entry.message.role == Role::Tool {
        let id = entry.message.tool_call_id.clone().unwrap_or_default();
        return Value::dict([
            ("id", id.into()),
            ("requestor", entry.requestor.word().into()),
            ("error", entry.error.into()),
            ("turn_idx", index),
            ("timestamp", stamp),
        ]);
    }
    let usage = entry.usage.map_or(Value::None, |usage| {
        Value::dict([
            ("completion_tokens", Value::Int(i128::from(usage.output_tokens))),
            ("prompt_tokens", Value::Int(i128::from(usage.input_tokens))),
        ])
    });
    Value::dict([
        ("turn_idx", index),
        ("timestamp", stamp),
        ("cost", entry.cost_usd.map_or(Value::None, Value::Float)),
        ("usage", usage),
    ])
}

/// A task of tau2 in the words of other tasks: the scenario as its instruction, the expected actions of
/// both sides, what has to be said.
pub fn task_in_words(task: &Task) -> PlainTask {
    let action = |action: &tau_toolkits::grading::Action| Action {
        name: action.call.name.clone(),
        kwargs: JsonText(json_dumps(&Value::Dict(action.call.arguments.clone()))),
    };
    let criteria = task.graded.criteria.as_ref();
    PlainTask {
        id: task.id.clone(),
        user_id: String::new(),
        instruction: task.scenario.to_string(),
        actions: task.actions().iter().map(action).collect(),
        outputs: criteria.and_then(|c| c.communicate_info.clone()).unwrap_or_default(),
        title: title(task),
        rules: Vec::new(),
        twin: None,
        allowed: None,
    }
}

/// What a task tests, in a line; empty when nobody says it.
pub(super) fn title(task: &Task) -> String {
    let purpose = task.description.as_ref().and_then(|text| text.purpose.as_deref());
    purpose.map(first_line).unwrap_or_default()
}
