//! Recorded conversations in upstream's result format.

use std::io::Read;
use std::sync::Arc;

use serde::Deserialize;
use tau_domain::{Action, Domain, Environment, JsonText, Split, Task};

use super::{Mismatch, Mismatches, ReplayError, TrajectoryReplayReport, recording_text};

/// The customer's word for "done" (upstream `envs/base.py`, `step`).
const STOP: &str = "###STOP###";

/// The name under which text is an action (upstream `types.py`).
const RESPOND: &str = "respond";

/// One recorded conversation.
#[derive(Clone, Debug, Deserialize)]
pub struct RecordedConversation {
    /// Index of the task in its split.
    pub task_id: usize,
    /// The reward that upstream gave.
    pub reward: f64,
    /// What else upstream noted.
    #[serde(default)]
    pub info: RecordedInfo,
    /// The messages: policy, customer, then agent, tools and customer in turn.
    pub traj: Vec<RecordedMessage>,
    /// Which repetition it is.
    #[serde(default)]
    pub trial: u32,
}

/// The `info` of a recorded conversation.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct RecordedInfo {
    /// The task that was played.
    pub task: Option<RecordedTask>,
    /// The grade; absent when the limit of steps was hit.
    pub reward_info: Option<RecordedReward>,
}

/// A task as upstream writes it.
#[derive(Clone, Debug, Deserialize)]
pub struct RecordedTask {
    /// The customer.
    pub user_id: String,
    /// The gold calls.
    pub actions: Vec<Action>,
    /// What the customer was told.
    pub instruction: String,
    /// What had to be said.
    pub outputs: Vec<String>,
}

/// A grade as upstream writes it.
#[derive(Clone, Debug, Deserialize)]
pub struct RecordedReward {
    /// Either the check of outputs or the check of the state, whichever came last.
    pub info: RecordedCheck,
}

/// What the grade was made of.
#[derive(Clone, Debug, Deserialize)]
pub struct RecordedCheck {
    /// Hash of the gold end state; absent where outputs were checked.
    pub gt_data_hash: Option<String>,
}

/// One message.
#[derive(Clone, Debug, Deserialize)]
pub struct RecordedMessage {
    /// `system`, `user`, `assistant` or `tool`.
    pub role: String,
    /// The text.
    pub content: Option<String>,
    /// The calls of an agent's message.
    pub tool_calls: Option<Vec<RecordedCall>>,
}

/// A call of an agent's message.
#[derive(Clone, Debug, Deserialize)]
pub struct RecordedCall {
    /// What is called.
    pub function: Option<RecordedFunction>,
}

/// The function of a call.
#[derive(Clone, Debug, Deserialize)]
pub struct RecordedFunction {
    /// The tool.
    pub name: String,
    /// Its arguments as the model wrote them.
    pub arguments: String,
}

impl RecordedMessage {
    /// The call that upstream carries out: the first, when it names a function.
    pub fn first_call(&self) -> Option<&RecordedFunction> {
        self.tool_calls.as_ref()?.first()?.function.as_ref()
    }
}

impl RecordedConversation {
    /// The task that was played: the recorded one, or where none is recorded the one of that index
    /// in `split`.
    pub fn task(&self, domain: &Domain, split: Split) -> Option<Task> {
        match &self.info.task {
            Some(task) => Some(Task {
                id: self.task_id.to_string(),
                user_id: task.user_id.clone(),
                instruction: task.instruction.clone(),
                actions: task.actions.clone(),
                outputs: task.outputs.clone(),
                title: String::new(),
                rules: Vec::new(),
                twin: None,
                allowed: None,
            }),
            None => domain.tasks.get(&split)?.get(self.task_id).cloned(),
        }
    }
}

/// Reads a file of recorded conversations.
///
/// # Errors
/// When it cannot be read or is not in the format.
pub fn read_conversations(reader: impl Read) -> Result<Vec<RecordedConversation>, ReplayError> {
    let text = recording_text(reader)?;
    serde_json::from_str(&text)
        .map_err(|e| ReplayError::Format { line: e.line(), reason: e.to_string() })
}

/// What came of one conversation.
struct Played {
    reward: f64,
    gold_hash: Option<String>,
}

/// Replays recorded conversations with the domain's clock: every tool call is carried out and
/// compared with the recorded answer, and the end is graded.
///
/// # Errors
/// When the recording cannot be read or is not in the format.
pub fn replay_trajectories(
    domain: &Arc<Domain>,
    reader: impl Read,
) -> Result<TrajectoryReplayReport, ReplayError> {
    let conversations = read_conversations(reader)?;
    let mut report = TrajectoryReplayReport {
        trajectories: 0,
        calls: 0,
        observations_equal: 0,
        rewards_equal: 0,
        mismatches: Vec::new(),
        differences: 0,
    };
    let mut mismatches = Mismatches::default();
    let mut env = Environment::new(domain.clone(), 0);
    for conversation in &conversations {
        report.trajectories += 1;
        env.reset();
        let label = format!("task {} trial {}", conversation.task_id, conversation.trial);
        let whole = |what, expected: String, actual: String| Mismatch {
            record: label.clone(),
            call: None,
            name: None,
            arguments: None,
            what,
            expected,
            actual,
        };
        let Some(task) = conversation.task(domain, domain.default_split) else {
            let reason = "no such task in the domain".to_owned();
            mismatches.add(whole("reward", conversation.reward.to_string(), reason));
            continue;
        };
        let played = play(&mut env, &task, conversation, &label, &mut report, &mut mismatches);
        if (played.reward - conversation.reward).abs() < 1e-9 {
            report.rewards_equal += 1;
        } else {
            let (expected, actual) = (conversation.reward, played.reward);
            mismatches.add(whole("reward", expected.to_string(), actual.to_string()));
        }
        let recorded =
            conversation.info.reward_info.as_ref().and_then(|r| r.info.gt_data_hash.clone());
        if recorded.is_some() && recorded != played.gold_hash {
            let actual = played.gold_hash.unwrap_or_else(|| "not graded".to_owned());
            mismatches.add(whole("gold hash", recorded.unwrap_or_default(), actual));
        }
    }
    report.mismatches = mismatches.kept;
    report.differences = mismatches.all;
    Ok(report)
}

fn play(
    env: &mut Environment,
    task: &Task,
    conversation: &RecordedConversation,
    label: &str,
    report: &mut TrajectoryReplayReport,
    mismatches: &mut Mismatches,
) -> Played {
    let mut said = Vec::new();
    let messages = &conversation.traj;
    let mut call = 0usize;
    for (at, message) in messages.iter().enumerate() {
        if message.role != "assistant" {
            continue;
        }
        let answer = messages.get(at + 1).and_then(|next| next.content.as_deref());
        let done = match message.first_call() {
            Some(function) if function.name != RESPOND => {
                report.calls += 1;
                let arguments = JsonText(function.arguments.clone());
                let observation = env.call(&function.name, &arguments);
                let terminates = observation.terminates;
                let actual = observation.to_string();
                if Some(actual.as_str()) == answer {
                    report.observations_equal += 1;
                } else {
                    mismatches.add(Mismatch {
                        record: label.to_owned(),
                        call: Some(call),
                        name: Some(function.name.clone()),
                        arguments: Some(function.arguments.clone()),
                        what: "observation",
                        expected: format!("{answer:?}"),
                        actual: format!("{actual:?}"),
                    });
                }
                call += 1;
                terminates
            }
            Some(function) => {
                said.push(respond_content(&function.arguments));
                answer.is_some_and(|text| text.contains(STOP))
            }
            None => {
                said.push(message.content.clone().unwrap_or_default());
                answer.is_some_and(|text| text.contains(STOP))
            }
        };
        if done {
            let reward = env.grade(task, &said);
            return Played { reward: reward.value, gold_hash: Some(reward.gold_hash) };
        }
    }
    // The limit of steps, or an error: not graded.
    Played { reward: 0.0, gold_hash: None }
}

/// The text of a call to the pseudo-tool `respond`.
fn respond_content(arguments: &str) -> String {
    serde_json::from_str::<serde_json::Value>(arguments)
        .ok()
        .and_then(|value| value.get("content")?.as_str().map(str::to_owned))
        .unwrap_or_default()
}
