//! A result file of tau-trait or tau-bench as conversations that can be looked into.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use tau_domain::{
    Domain, Ending, Message, Reading, Reward, Role, Split, Task, ToolCall, Trajectory, Usage,
};
use tau_packs::{Library, RecordedConversation, read_conversations};
use tau_sim::STOP_MARKER;

use crate::error::CliError;
use crate::options::shown;

/// A reward at or below this is a failure (upstream `auto_error_identification.py`).
const FAILED: f64 = 1e-3;

/// A failed conversation of the file.
pub struct Recorded {
    /// Upstream's task id: the index in the split.
    pub task_id: usize,
    /// The task.
    pub task: Task,
    /// What was said and done.
    pub trajectory: Trajectory,
}

/// What the file holds.
pub struct ResultFile {
    /// The domain it was held in.
    pub domain: Arc<Domain>,
    /// Conversations in it.
    pub results: usize,
    /// The failed ones in their order.
    pub failed: Vec<Recorded>,
}

/// Reads a result file. Without `env` the domain is the one that has its tasks.
///
/// # Errors
/// When the file cannot be read, or no domain or task fits.
pub fn read(
    path: &Path,
    env: Option<&str>,
    split: Split,
    library: &Library,
) -> Result<ResultFile, CliError> {
    let unreadable = |reason: String| CliError::new("file", format!("{}: {reason}", shown(path)));
    let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
    let all = read_conversations(file).map_err(|error| {
        unreadable(error.to_string())
            .help("Expected a result file as tau-trait or tau-bench write it.")
    })?;
    let domain = match env {
        Some(name) => library.get(&name.parse()?)?,
        None => domain_of(&all, split, library)?,
    };
    let mut failed = Vec::new();
    for result in all.iter().filter(|result| result.reward <= FAILED) {
        let Some(task) = result.task(&domain, split) else {
            return Err(CliError::new(
                "task",
                format!(
                    "{} has no task {} in its split {}.",
                    domain.id,
                    result.task_id,
                    split.name()
                ),
            )
            .help("Give the domain with --env and the split with --task-split."));
        };
        let trajectory = trajectory(result, &domain);
        failed.push(Recorded { task_id: result.task_id, task, trajectory });
    }
    Ok(ResultFile { domain, results: all.len(), failed })
}

/// The domain whose tasks are those of the file.
fn domain_of(
    all: &[RecordedConversation],
    split: Split,
    library: &Library,
) -> Result<Arc<Domain>, CliError> {
    let asked = || "Give the domain with --env; `tautrait domains` lists what there is.";
    let told: Vec<(usize, &str)> = all
        .iter()
        .filter_map(|one| Some((one.task_id, one.info.task.as_ref()?.instruction.as_str())))
        .collect();
    if told.is_empty() {
        return Err(
            CliError::new("domain", "The file does not say which tasks it is about.").help(asked())
        );
    }
    let mut fitting = Vec::new();
    for entry in library.list().domains {
        // A broken domain is not the file's; it is named by `tautrait domains`.
        let Ok(domain) = library.get(&entry.id) else { continue };
        let tasks = domain.tasks.get(&split).map(Vec::as_slice).unwrap_or_default();
        let fits = |(index, instruction): &(usize, &str)| {
            tasks.get(*index).is_some_and(|task| task.instruction == *instruction)
        };
        if told.iter().all(fits) {
            fitting.push(domain);
        }
    }
    match fitting.as_slice() {
        [domain] => Ok(Arc::clone(domain)),
        [] => Err(CliError::new("domain", "No domain here has the tasks of this file.")
            .help(format!("Import the release it was run with. {}", asked()))),
        several => {
            let names: Vec<String> = several.iter().map(|domain| domain.id.to_string()).collect();
            Err(CliError::new(
                "domain",
                format!("Several domains have these tasks: {}.", names.join(", ")),
            )
            .help(asked()))
        }
    }
}

/// What upstream's runner puts before a tool's result where it goes back as text.
const API_OUTPUT: &str = "API output: ";

fn trajectory(result: &RecordedConversation, domain: &Domain) -> Trajectory {
    let mut messages: Vec<Message> = Vec::new();
    let mut open: Vec<ToolCall> = Vec::new();
    let mut terminated = false;
    for (at, recorded) in result.traj.iter().enumerate() {
        let text = recorded.content.clone().unwrap_or_default();
        let message = match recorded.role.as_str() {
            "system" => Message::text(Role::System, text),
            "tool" => match open.is_empty() {
                false => Message::tool_result(&open.remove(0), text),
                true => Message::text(Role::Tool, text),
            },
            "assistant" => {
                let mut message = Message::text(Role::Assistant, text);
                message.content = recorded.content.clone();
                if let Some(called) = recorded.first_call() {
                    let call = ToolCall {
                        id: format!("call_{at}"),
                        name: called.name.clone(),
                        arguments: called.arguments.clone(),
                    };
                    terminated = domain.terminates(&call.name);
                    open = vec![call.clone()];
                    message.tool_calls.push(call);
                }
                message
            }
            _ => match (text.starts_with(API_OUTPUT), messages.last_mut()) {
                (true, Some(before)) => {
                    let tool = read_call(before, at);
                    Message::text(Role::User, text)
                        .with_reading(Reading { observation_of: Some(tool), ..Reading::default() })
                }
                _ => Message::text(Role::User, text),
            },
        };
        messages.push(message);
    }
    let stopped =
        result.traj.iter().rev().find(|message| message.role == "user").is_some_and(|last| {
            last.content.as_deref().is_some_and(|text| text.contains(STOP_MARKER))
        });
    let ending = match (stopped, terminated) {
        (true, _) => Ending::CustomerStopped,
        (false, true) => Ending::Terminated,
        (false, false) => Ending::StepLimit,
    };
    Trajectory {
        steps: messages.iter().filter(|message| message.role == Role::Assistant).count() as u32,
        messages,
        ending,
        reward: Reward {
            value: result.reward,
            state_matches: false,
            outputs: Vec::new(),
            graded: ending != Ending::StepLimit,
            gold_hash: String::new(),
        },
        differences: Vec::new(),
        agent_usage: Usage::default(),
        customer_usage: Usage::default(),
        agent_cost_usd: None,
        customer_cost_usd: None,
    }
}

/// Reads the call out of an agent's text (`Action:` with a JSON object of `name` and `arguments`, as
/// upstream's text agents write it) and notes it with the message; the tool's name.
fn read_call(message: &mut Message, at: usize) -> String {
    let text = message.content.clone().unwrap_or_default();
    let action = text.rsplit("Action:").next().unwrap_or_default().trim();
    let read: Option<serde_json::Value> = serde_json::from_str(action).ok();
    let name = read.as_ref().and_then(|value| value.get("name")?.as_str().map(str::to_owned));
    let Some(name) = name else { return String::new() };
    let arguments = read.as_ref().and_then(|value| value.get("arguments")).map(ToString::to_string);
    let call = ToolCall {
        id: format!("call_{at}"),
        name: name.clone(),
        arguments: arguments.unwrap_or_else(|| "{}".to_owned()),
    };
    message.reading = Some(Box::new(Reading { call: Some(call), ..Reading::default() }));
    name
}
