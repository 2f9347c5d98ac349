//! The file of one graded conversation, in the shape of tau2's results (`data_model/simulation.py`), so that
//! everything that reads those reads it too.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value as Json;
use tau_domain::{Role, ToolCall};
use tau_runs::now_ms;
use tau_sim::tau2::Entry;
use tau_toolkits::{Map, Requestor, Value, json_dumps};

use super::conversation::{Outcome, Stage};

/// Our own data as the protocol's JSON.
pub fn value(value: &Value) -> Json {
    serde_json::from_str(&json_dumps(value)).unwrap_or(Json::Null)
}

/// Who played, and when it began.
pub struct Header {
    /// The name that the agent gave itself.
    pub agent: String,
    /// Who played the customer.
    pub customer: String,
    /// Unix time in milliseconds.
    pub began: i64,
}

/// Writes the file, whole or not at all.
///
/// # Errors
/// In words, with the path.
pub fn write(
    path: &Path,
    stage: &Stage,
    header: &Header,
    heard: &[Entry],
    outcome: Option<&Outcome>,
) -> Result<(), String> {
    let text = json_dumps(&document(stage, header, heard, outcome, now_ms()));
    tau_api::files::write_whole(path, text.as_bytes())
        .map_err(|error| format!("{}: {error}", path.display()))
}

fn document(
    stage: &Stage,
    header: &Header,
    heard: &[Entry],
    outcome: Option<&Outcome>,
    now: i64,
) -> Value {
    let (definition, spec) = (&stage.definition, &stage.spec);
    let side = |implementation: &str, llm: &str| {
        Value::dict([
            ("implementation", implementation.into()),
            ("llm", llm.into()),
            ("llm_args", Value::dict([])),
        ])
    };
    let environment = Value::dict([
        ("domain_name", definition.id.to_string().into()),
        ("policy", policy(stage).into()),
        ("tool_defs", Value::None),
    ]);
    let info = Value::dict([
        ("git_commit", "unknown".into()),
        ("num_trials", Value::Int(1)),
        ("max_steps", Value::Int(spec.max_steps.into())),
        ("max_errors", Value::Int(spec.max_errors.into())),
        ("user_info", side(spec.agent.customer_name(), &header.customer)),
        ("agent_info", side("outside_agent", &header.agent)),
        ("environment_info", environment),
        ("seed", number(spec.sampling_seed.unwrap_or_default())),
        // What a score is worth nothing without: whose rules, and which data.
        ("profile", definition.profile.word().into()),
        ("data_sha256", definition.fingerprint.as_str().into()),
        ("agent_mode", spec.agent.name().into()),
    ]);
    Value::dict([
        ("timestamp", moment(header.began).into()),
        ("info", info),
        ("tasks", Value::list(vec![stage.task.dump(definition.profile)])),
        ("simulations", Value::list(vec![simulation(stage, header, heard, outcome, now)])),
    ])
}

fn policy(stage: &Stage) -> &str {
    let definition = &stage.definition;
    match &definition.solo_policy {
        Some(solo) if stage.alone() => solo,
        _ => &definition.policy,
    }
}

fn simulation(
    stage: &Stage,
    header: &Header,
    heard: &[Entry],
    outcome: Option<&Outcome>,
    now: i64,
) -> Value {
    let profile = stage.definition.profile;
    let trajectory = outcome.and_then(|outcome| outcome.trajectory.as_ref());
    let entries = trajectory.map_or(heard, |trajectory| trajectory.entries.as_slice());
    let (agent_cost, user_cost) =
        trajectory.map_or((None, None), |trajectory| trajectory.recorded_costs(profile));
    let cost = |cost: Option<f64>| cost.map_or(Value::None, Value::Float);
    let grade = outcome.and_then(|outcome| outcome.grade.as_ref().ok());
    let failure = outcome.and_then(|outcome| outcome.grade.as_ref().err());
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| {
        fields.insert(name.into(), value);
    };
    put("id", format!("{}-{}", stage.task.id, header.began).into());
    put("task_id", stage.task.id.as_str().into());
    put("start_time", moment(header.began).into());
    put("end_time", moment(now).into());
    put("duration", Value::Float((now - header.began).max(0) as f64 / 1000.0));
    // Without a grade it is nobody's score.
    put(
        "termination_reason",
        match (trajectory, grade) {
            (Some(trajectory), Some(_)) => trajectory.ending.word().into(),
            _ => "infrastructure_error".into(),
        },
    );
    put("agent_cost", cost(agent_cost));
    put("user_cost", cost(user_cost));
    put("reward_info", grade.map_or(Value::None, |grade| grade.reward.dump(profile)));
    put("messages", Value::list(entries.iter().enumerate().map(message).collect()));
    put("trial", Value::Int(0));
    put("seed", number(stage.spec.sampling_seed.unwrap_or_default()));
    if grade.is_none() {
        let why = failure.map(ToString::to_string);
        let why = why.unwrap_or_else(|| "The agent left before the conversation began.".into());
        put("info", Value::dict([("error", why.into())]));
    }
    Value::Dict(Arc::new(fields))
}

fn message((index, entry): (usize, &Entry)) -> Value {
    let message = &entry.message;
    let content = message.content.as_deref().map_or(Value::None, Value::from);
    let turn = ("turn_idx", Value::Int(index as i128));
    let requestor = entry.requestor.word();
    if message.role == Role::Tool {
        return Value::dict([
            ("id", message.tool_call_id.as_deref().unwrap_or_default().into()),
            ("role", "tool".into()),
            ("content", content),
            ("requestor", requestor.into()),
            ("error", entry.error.into()),
            turn,
        ]);
    }
    let call = |call: &ToolCall| {
        let arguments = Value::read_json(&call.arguments);
        Value::dict([
            ("id", call.id.as_str().into()),
            ("name", call.name.as_str().into()),
            ("arguments", arguments.unwrap_or_else(|_| call.arguments.as_str().into())),
            ("requestor", requestor.into()),
        ])
    };
    let calls = match message.tool_calls.as_slice() {
        [] => Value::None,
        calls => Value::list(calls.iter().map(call).collect()),
    };
    let role = match entry.requestor {
        Requestor::Assistant => "assistant",
        Requestor::User => "user",
    };
    Value::dict([
        ("role", role.into()),
        ("content", content),
        ("tool_calls", calls),
        turn,
        ("cost", entry.cost_usd.map_or(Value::None, Value::Float)),
        (
            "usage",
            entry.usage.map_or(Value::None, |usage| {
                Value::dict([
                    ("completion_tokens", number(usage.output_tokens)),
                    ("prompt_tokens", number(usage.input_tokens)),
                ])
            }),
        ),
    ])
}

fn number(number: u64) -> Value {
    Value::Int(number.into())
}

/// A moment as results have it: local time, no zone.
fn moment(ms: i64) -> String {
    use chrono::{Local, TimeZone};
    let moment = Local.timestamp_millis_opt(ms).earliest();
    moment.map(|moment| moment.format("%Y-%m-%dT%H:%M:%S%.6f").to_string()).unwrap_or_default()
}
