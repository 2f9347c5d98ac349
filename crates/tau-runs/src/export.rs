//! A run in the result format of the package tau-trait (upstream `types.py`, `EnvRunResult`; written
//! by `run.py`): a JSON list of `{task_id, reward, info, traj, trial}`. A run over a domain of tau2 is written
//! in tau2's shape instead, unless the conversations of one condition are asked for.

use std::io::Write;
use std::path::Path;

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeStruct, Serializer};
use serde_json::{Value, json};
use tau_domain::{Action, Ending, Message, Outcome, Reward, Role, Task};
use tau_traits::{BASELINE, Condition};

use crate::checkpoint::write_file;
use crate::store::Store;
use crate::tau2::{Piece, simulation_text, write_results_file};
use crate::{ConversationFilter, Page, RunId, RunPlan, Runs, RunsError, Transcript};

/// Upstream's name of the action that is text (`types.py`, `RESPOND_ACTION_NAME`).
const RESPOND: &str = "respond";

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Conversations in the file.
    pub written: u32,
    /// Conversations that could not be scored: they are left out, since the format knows no other
    /// word for them than a reward of 0.
    pub not_scored: u32,
}

impl Runs {
    /// The finished conversations of all conditions as text; see [`Runs::write_tau_trait`].
    ///
    /// # Errors
    /// What the database reports.
    pub async fn export_tau_trait(&self, run: RunId) -> Result<String, RunsError> {
        let mut bytes = Vec::new();
        self.write_tau_trait(run, None, &mut bytes).await?;
        String::from_utf8(bytes).map_err(|error| RunsError::Unreadable(error.to_string()))
    }

    /// Writes the finished conversations of a run, one transcript at a time, indented as upstream
    /// writes them; with `condition` only those of that condition.
    ///
    /// Each `info` also holds `trait_dict`, unless the baseline is the only condition: the format has
    /// no other place that says which customers these were.
    ///
    /// # Errors
    /// What the database or `out` report.
    pub async fn write_tau_trait(
        &self,
        run: RunId,
        condition: Option<&str>,
        out: &mut (dyn Write + Send),
    ) -> Result<Exported, RunsError> {
        let plan = self.run(run).await?.plan;
        write_results(&self.shared.store, run, &plan, condition, out).await
    }

    /// Writes all finished conversations into a result file, whole or not at all.
    ///
    /// # Errors
    /// What the database or the disk report.
    pub async fn write_result_file(&self, run: RunId, path: &Path) -> Result<(), RunsError> {
        let plan = self.run(run).await?.plan;
        write_file(&self.shared.store, run, &plan, path).await
    }
}

/// The work of [`Runs::write_tau_trait`].
pub(crate) async fn write_results(
    store: &Store,
    run: RunId,
    plan: &RunPlan,
    condition: Option<&str>,
    out: &mut (dyn Write + Send),
) -> Result<Exported, RunsError> {
    if let Some(tau2) = plan.tau2.as_deref().filter(|_| condition.is_none()) {
        return write_results_file(store, run, plan, tau2, out).await;
    }
    let mut exported = Exported::default();
    write_all(out, b"[")?;
    for planned in plan.conditions.iter().filter(|each| condition.is_none_or(|id| each.id == id)) {
        let filter = ConversationFilter {
            condition: Some(planned.id.clone()),
            outcome: Some(Outcome::NotScored),
            ..ConversationFilter::default()
        };
        let nothing = Page { offset: 0, limit: 0 };
        exported.not_scored += store.conversations(run, &filter, &[], nothing).await?.total;
        for (episode, task_index, trial) in store.finished(run, &planned.id).await? {
            let Some(transcript) = store.transcript(episode).await? else {
                return Err(RunsError::Unreadable(format!(
                    "conversation {episode} has lost its transcript"
                )));
            };
            write_all(out, if exported.written == 0 { b"\n" } else { b",\n" })?;
            let piece = tau_trait_piece(plan, planned, task_index, trial, &transcript)?;
            write_all(out, piece.text.as_bytes())?;
            exported.written += 1;
        }
    }
    write_all(out, if exported.written == 0 { b"]\n" } else { b"\n]\n" })?;
    Ok(exported)
}

/// One conversation as a part of its run's result file.
pub(crate) fn piece(
    plan: &RunPlan,
    condition: &Condition,
    task_index: u32,
    trial: u32,
    transcript: &Transcript,
) -> Result<Piece, RunsError> {
    match &plan.tau2 {
        Some(tau2) => simulation_text(plan, tau2, condition, trial, transcript),
        None => tau_trait_piece(plan, condition, task_index, trial, transcript),
    }
}

/// One conversation as an element of tau-trait's list, indented.
fn tau_trait_piece(
    plan: &RunPlan,
    condition: &Condition,
    task_index: u32,
    trial: u32,
    transcript: &Transcript,
) -> Result<Piece, RunsError> {
    let with_traits = plan.conditions.iter().any(|each| !each.is_baseline());
    // A condition known by name alone has no levels that could be written.
    let known = !condition.mix.is_baseline() || condition.id == BASELINE;
    let traits = (with_traits && known).then(|| json!(condition.mix.trait_dict()));
    let result = RunResult { task_index, trial, transcript, traits };
    let text = serde_json::to_string_pretty(&result)
        .map_err(|error| RunsError::Unreadable(error.to_string()))?;
    let mut indented = String::with_capacity(text.len() + text.len() / 8);
    for (number, line) in text.lines().enumerate() {
        indented.push_str(if number == 0 { "  " } else { "\n  " });
        indented.push_str(line);
    }
    Ok(Piece { text: indented, task: None })
}

fn write_all(out: &mut (dyn Write + Send), bytes: &[u8]) -> Result<(), RunsError> {
    out.write_all(bytes)
        .map_err(|error| RunsError::File { path: "result file".into(), reason: error.to_string() })
}

struct RunResult<'a> {
    task_index: u32,
    trial: u32,
    transcript: &'a Transcript,
    traits: Option<Value>,
}

impl Serialize for RunResult<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let trajectory = &self.transcript.trajectory;
        let mut result = serializer.serialize_struct("EnvRunResult", 5)?;
        result.serialize_field("task_id", &self.task_index)?;
        result.serialize_field("reward", &trajectory.reward.value)?;
        result.serialize_field(
            "info",
            &Info { transcript: self.transcript, traits: self.traits.as_ref() },
        )?;
        let traj: Vec<Value> = trajectory.messages.iter().map(message).collect();
        result.serialize_field("traj", &traj)?;
        result.serialize_field("trial", &self.trial)?;
        result.end()
    }
}

/// Upstream's `EnvInfo`. Keyword arguments are written as the text they came in, so that nothing is
/// lost on the way.
struct Info<'a> {
    transcript: &'a Transcript,
    traits: Option<&'a Value>,
}

impl Serialize for Info<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Transcript { task, trajectory, .. } = self.transcript;
        let graded = trajectory.reward.graded;
        let mut info = serializer.serialize_map(None)?;
        info.serialize_entry("task", &UpstreamTask(task))?;
        let source = trajectory.messages.last().filter(|last| last.role == Role::Tool);
        info.serialize_entry(
            "source",
            source.and_then(|last| last.name.as_deref()).unwrap_or("user"),
        )?;
        info.serialize_entry(
            "user_cost",
            &graded.then_some(trajectory.customer_cost_usd.unwrap_or(0.0)),
        )?;
        info.serialize_entry(
            "reward_info",
            &graded.then_some(RewardInfo { task, reward: &trajectory.reward }),
        )?;
        if trajectory.ending == Ending::AgentError {
            info.serialize_entry("error", "The agent's reply could not be acted on.")?;
        }
        if let Some(traits) = self.traits {
            info.serialize_entry("trait_dict", traits)?;
        }
        info.end()
    }
}

struct UpstreamTask<'a>(&'a Task);

impl Serialize for UpstreamTask<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut task = serializer.serialize_struct("Task", 4)?;
        task.serialize_field("user_id", &self.0.user_id)?;
        task.serialize_field("actions", &self.0.actions)?;
        task.serialize_field("instruction", &self.0.instruction)?;
        task.serialize_field("outputs", &self.0.outputs)?;
        task.end()
    }
}

/// Upstream's `RewardResult`: about outputs when the task requires any, else about actions.
struct RewardInfo<'a> {
    task: &'a Task,
    reward: &'a Reward,
}

impl Serialize for RewardInfo<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let actions: Vec<&Action> =
            self.task.actions.iter().filter(|action| action.name != RESPOND).collect();
        let truth = |is: bool| if is { 1.0 } else { 0.0 };
        let outputs = &self.reward.outputs;
        let info = if outputs.is_empty() {
            json!({"r_actions": truth(self.reward.state_matches), "gt_data_hash": self.reward.gold_hash})
        } else {
            let found: serde_json::Map<String, Value> = outputs
                .iter()
                .map(|check| (check.output.clone(), Value::Bool(check.found)))
                .collect();
            json!({"r_outputs": truth(outputs.iter().all(|check| check.found)), "outputs": found})
        };
        let mut result = serializer.serialize_struct("RewardResult", 3)?;
        result.serialize_field("reward", &self.reward.value)?;
        result.serialize_field("info", &info)?;
        result.serialize_field("actions", &actions)?;
        result.end()
    }
}

/// A message in the shape in which upstream records it.
fn message(message: &Message) -> Value {
    match message.role {
        Role::Assistant => {
            let calls: Vec<Value> = message
                .tool_calls
                .iter()
                .map(|call| {
                    json!({
                        "function": {"arguments": call.arguments, "name": call.name},
                        "id": call.id,
                        "type": "function",
                    })
                })
                .collect();
            json!({
                "content": message.content,
                "role": message.role,
                "tool_calls": if calls.is_empty() { Value::Null } else { Value::Array(calls) },
                "function_call": null,
                "annotations": [],
            })
        }
        Role::Tool => json!({
            "role": message.role,
            "tool_call_id": message.tool_call_id,
            "name": message.name,
            "content": message.content,
        }),
        Role::System | Role::User => json!({"role": message.role, "content": message.content}),
    }
}
