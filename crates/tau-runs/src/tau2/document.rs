//! The parts of a results file of tau2's, as upstream's models write them (`data_model/simulation.py`,
//! `data_model/message.py`). `form` is the upstream whose fields they have.

use std::sync::Arc;

use tau_domain::{Message, Role, ToolCall};
use tau_toolkits::{Map, Profile, Task, Value, message_dump};
use tau_traits::Condition;

use super::Tau2Plan;
use crate::clock::local_moment;
use crate::{EpisodeRow, RunPlan, RunsError, Transcript};

/// What a file says of how its simulations came about.
pub(super) fn info(plan: &RunPlan, tau2: &Tau2Plan, form: Profile) -> Value {
    let newest = form >= Profile::V1_0;
    let llm = |name: &str| if name.is_empty() { Value::None } else { name.into() };
    let arguments = |temperature: f64| Value::dict([("temperature", temperature.into())]);
    let mut user = vec![
        ("implementation", tau2.user().into()),
        ("llm", if tau2.is_solo() { Value::None } else { llm(&plan.customer.model) }),
        ("llm_args", arguments(0.0)),
        ("global_simulation_guidelines", tau2.guidelines.as_str().into()),
    ];
    let mut agent = vec![
        ("implementation", tau2.agent.name().into()),
        ("llm", llm(&plan.agent.model)),
        ("llm_args", arguments(plan.temperature)),
    ];
    if newest {
        user.extend([("voice_settings", Value::None), ("persona_config", Value::None)]);
        agent.push(("voice_settings", Value::None));
    }
    let environment = Value::dict([
        ("domain_name", domain_name(plan).into()),
        ("policy", tau2.policy.as_str().into()),
        ("tool_defs", Value::None),
    ]);
    let mut info = vec![
        ("git_commit", "unknown".into()),
        ("num_trials", whole(plan.trials)),
        ("max_steps", whole(plan.limits.max_steps)),
        ("max_errors", whole(tau2.max_errors)),
        ("user_info", Value::dict(user)),
        ("agent_info", Value::dict(agent)),
        ("environment_info", environment),
        ("seed", Value::Int(i128::from(plan.seed))),
    ];
    if newest {
        let streaming = Value::dict([("chunk_by", "words".into()), ("chunk_size", Value::Int(1))]);
        info.push(("text_streaming_config", streaming));
        let unused = [
            "speech_complexity",
            "audio_native_config",
            "retrieval_config",
            "retrieval_config_kwargs",
        ];
        info.extend(unused.map(|name| (name, Value::None)));
    }
    // What upstream's file has no place for; its readers pass it over.
    info.push(("tautrait", said_of_us(plan, tau2)));
    Value::dict(info)
}

/// Whose rules, which data, whether a practice model took part: without it a score cannot be compared.
fn said_of_us(plan: &RunPlan, tau2: &Tau2Plan) -> Value {
    Value::dict([
        ("profile", tau2.profile.word().into()),
        ("domain", plan.domain.as_str().into()),
        ("data_sha256", plan.domain_fingerprint.as_str().into()),
        ("split", plan.split_name().into()),
        ("evaluation", tau2.evaluation_word().into()),
        ("practice", plan.is_practice().into()),
        ("reply_cache", plan.reply_cache.into()),
    ])
}

/// The domain's own name, without its source.
fn domain_name(plan: &RunPlan) -> &str {
    plan.domain.rsplit(':').next().unwrap_or(&plan.domain)
}

fn whole(number: u32) -> Value {
    Value::Int(i128::from(number))
}

/// One conversation.
///
/// # Errors
/// When the stored conversation is not one of tau2's.
pub(super) fn simulation(
    plan: &RunPlan,
    tau2: &Tau2Plan,
    condition: &Condition,
    trial: u32,
    transcript: &Transcript,
    form: Profile,
) -> Result<Value, RunsError> {
    let unreadable = |what: &str| {
        RunsError::Unreadable(format!("the conversation about {}: {what}", transcript.task.id))
    };
    let extra = transcript.extra.as_ref().ok_or_else(|| unreadable("its grade is missing"))?;
    let extra = Value::read_json(extra.as_str()).map_err(|why| unreadable(&why))?;
    let stored = |name: &str| member(&member(&extra, "simulation"), name);
    let beside = member(&extra, "messages");
    let messages: Vec<&Message> =
        transcript.trajectory.messages.iter().filter(|each| each.role != Role::System).collect();
    let messages = messages.into_iter().enumerate().map(|(index, each)| {
        message(each, &member(&beside, &index.to_string()), form).map_err(|why| unreadable(&why))
    });
    let messages = messages.collect::<Result<Vec<_>, _>>()?;
    let mut fields = vec![
        ("id", stored("id")),
        ("task_id", transcript.task.id.as_str().into()),
        ("timestamp", stored("timestamp")),
        ("start_time", stored("start_time")),
        ("end_time", stored("end_time")),
        ("duration", stored("duration")),
        ("termination_reason", stored("termination_reason")),
        ("agent_cost", stored("agent_cost")),
        ("user_cost", stored("user_cost")),
    ];
    let seed = stored("seed");
    rest(
        &mut fields,
        tau2,
        form,
        reward(stored("reward_info"), form),
        messages,
        trial,
        seed,
        Value::None,
    );
    with_traits(&mut fields, plan, condition);
    Ok(Value::dict(fields))
}

/// A conversation that has no score, as 1.0 writes those of which the runner is at fault. It has no
/// reward.
pub(super) fn unscored(
    plan: &RunPlan,
    tau2: &Tau2Plan,
    condition: &Condition,
    row: &EpisodeRow,
    now_ms: i64,
) -> Value {
    let now = local_moment(now_ms);
    let seed = tau_sim::tau2::trial_seeds(plan.seed, row.trial as usize + 1).pop().unwrap_or(0);
    let mut fields = vec![
        ("id", format!("{}-{}", row.run, row.id).into()),
        ("task_id", row.task_id.as_str().into()),
        ("timestamp", now.as_str().into()),
        ("start_time", now.as_str().into()),
        ("end_time", now.as_str().into()),
        ("duration", (row.duration_ms as f64 / 1000.0).into()),
        ("termination_reason", "infrastructure_error".into()),
        ("agent_cost", Value::None),
        ("user_cost", Value::None),
    ];
    let info = Value::dict([
        ("error", row.message.as_str().into()),
        ("error_type", row.kind.as_str().into()),
    ]);
    let seed = Value::Int(i128::from(seed));
    rest(&mut fields, tau2, Profile::V1_0, Value::None, Vec::new(), row.trial, seed, info);
    with_traits(&mut fields, plan, condition);
    Value::dict(fields)
}

/// The fields of a simulation after its costs.
#[allow(clippy::too_many_arguments)] // they are the fields
fn rest(
    fields: &mut Vec<(&'static str, Value)>,
    tau2: &Tau2Plan,
    form: Profile,
    reward_info: Value,
    messages: Vec<Value>,
    trial: u32,
    seed: Value,
    info: Value,
) {
    let newest = form >= Profile::V1_0;
    if newest {
        fields.push(("agent_usage", Value::None));
    }
    fields.extend([("reward_info", reward_info), ("messages", Value::list(messages))]);
    if newest {
        fields.push(("ticks", Value::None));
    }
    fields.extend([("trial", whole(trial)), ("seed", seed)]);
    match form {
        Profile::V0_1_2 => {}
        Profile::V0_2 => fields.push(("skipped", false.into())),
        Profile::V1_0 => fields.extend([
            ("mode", "half_duplex".into()),
            ("speech_environment", Value::None),
            ("review", Value::None),
            ("user_only_review", Value::None),
            ("info", info),
            ("auth_classification", Value::None),
            ("hallucination_retries_used", Value::Int(0)),
            ("hallucination_check", Value::None),
            ("provider_session_id", Value::None),
            ("policy", tau2.policy.as_str().into()),
            ("effect_timeline", Value::None),
        ]),
    }
}

/// The customers of a run with traits: upstream's file has no place that says which they were.
fn with_traits(fields: &mut Vec<(&'static str, Value)>, plan: &RunPlan, condition: &Condition) {
    if plan.conditions.iter().all(Condition::is_baseline) {
        return;
    }
    let dict = serde_json::json!(condition.mix.trait_dict()).to_string();
    // It was just written.
    fields.push(("trait_dict", Value::read_json(&dict).unwrap_or(Value::None)));
}

/// One message; `beside` is what ours does not say.
fn message(message: &Message, beside: &Value, form: Profile) -> Result<Value, String> {
    let content = message.content.as_deref().map_or(Value::None, Value::from);
    let beside = |names: &[&'static str]| -> Vec<(&'static str, Value)> {
        names.iter().map(|name| (*name, member(beside, name))).collect()
    };
    let given = if message.role == Role::Tool {
        let id = message.tool_call_id.as_deref().unwrap_or_default();
        let mut given = vec![("id", id.into()), ("role", "tool".into()), ("content", content)];
        given.extend(beside(&["requestor", "error", "turn_idx", "timestamp"]));
        given
    } else {
        let side = if message.role == Role::User { "user" } else { "assistant" };
        let calls = message.tool_calls.iter().map(|call| called(call, side));
        let calls = calls.collect::<Result<Vec<_>, _>>()?;
        let calls = if calls.is_empty() { Value::None } else { Value::list(calls) };
        let mut given = vec![("role", side.into()), ("content", content), ("tool_calls", calls)];
        given.extend(beside(&["turn_idx", "timestamp", "cost", "usage"]));
        // Upstream has the provider's whole answer there; of an answer that was not asked for, just that.
        if message.cached {
            given.push(("raw_data", Value::dict([("cached", true.into())])));
        }
        given
    };
    let given = Value::dict(given);
    Ok(given.as_dict().map_or(Value::None, |given| message_dump(given, form)))
}

fn called(call: &ToolCall, side: &str) -> Result<Value, String> {
    let text = match call.arguments.trim() {
        "" => "{}",
        text => text,
    };
    Ok(Value::dict([
        ("id", call.id.as_str().into()),
        ("name", call.name.as_str().into()),
        ("arguments", Value::read_json(text)?),
        ("requestor", side.into()),
    ]))
}

/// A member of an object; null when there is none.
fn member(value: &Value, name: &str) -> Value {
    value.as_dict().and_then(|object| object.get(name)).cloned().unwrap_or(Value::None)
}

/// The task that a stored conversation was about, as `form` has tasks.
pub(super) fn task(transcript: &Transcript, form: Profile) -> Option<(String, Value)> {
    let extra = Value::read_json(transcript.extra.as_ref()?.as_str()).ok()?;
    let stored = member(&extra, "task");
    // What another version of this app stored and cannot be read is given as it is.
    let task = Task::read(&stored).map_or(stored, |task| task.dump(form));
    Some((transcript.task.id.clone(), task))
}

/// A stored reward as `form` has rewards: what a tool does is said beside an action since 1.0.
fn reward(stored: Value, form: Profile) -> Value {
    let Value::Dict(mut info) = stored else { return stored };
    const CHECKS: &str = "action_checks";
    let Some(Value::List(checks)) = info.get(CHECKS) else { return Value::Dict(info) };
    let check = |check: &Value| {
        let Value::Dict(parts) = check else { return check.clone() };
        let mut parts = Map::clone(parts);
        if form >= Profile::V1_0 {
            parts.entry("tool_type".into()).or_insert(Value::None);
        } else {
            parts.shift_remove("tool_type");
        }
        Value::Dict(Arc::new(parts))
    };
    let checks = Value::list(checks.iter().map(check).collect());
    Arc::make_mut(&mut info).insert(CHECKS.into(), checks);
    Value::Dict(info)
}

/// A simulation's line in the index of a results folder.
pub(super) fn index_entry(simulation: &Value) -> Value {
    let of = |name: &str| member(simulation, name);
    Value::dict([
        ("id", of("id")),
        ("task_id", of("task_id")),
        ("trial", of("trial")),
        ("reward", member(&of("reward_info"), "reward")),
        ("termination_reason", of("termination_reason")),
        ("agent_cost", of("agent_cost")),
        ("duration", of("duration")),
    ])
}
