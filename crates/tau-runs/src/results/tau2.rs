//! Results of tau2-bench: an object of `info`, `tasks` and `simulations` (upstream
//! `data_model/simulation.py`), from v0.1.2 to 1.0.
//!
//! A simulation that ended for a reason outside the conversation (`infrastructure_error`,
//! `unexpected_error`, one that was skipped) has no score. What tau2 knows beyond our own words (the
//! parts of the reward, each check, the termination reason) is kept as it was written.

use std::collections::HashMap;

use tau_domain::{
    Action, Ending, JsonText, Message, OutputCheck, Reward, Role, Task, Trajectory, Usage,
};
use tau_toolkits::{UserScenario, Value};

use super::fields::{Fields, object, string};
use super::file::Header;
use super::messages::read_messages;
use super::tau1::traits;
use super::{Entry, Score, first_line};

/// Members of a simulation that have a place of their own or repeat something.
const SIMULATION: [&str; 6] = ["messages", "policy", "ticks", "task_id", "trial", "trait_dict"];
/// Members of a message that have a place of their own, repeat something (`raw_data` is the
/// provider's whole answer) or say what goes without saying in a text.
const MESSAGE: [&str; 8] = [
    "role",
    "content",
    "tool_calls",
    "raw_data",
    "is_audio",
    "is_final_chunk",
    "contains_speech",
    "name",
];

/// What the simulations of a file share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    tasks: HashMap<String, (u32, Task, String)>,
    policy: Option<String>,
    /// Whether each simulation is a file of its own.
    pub folder: bool,
    /// Whether `info` has what only version 1.0 writes.
    newest: bool,
}

impl Context {
    /// Reads `info`.
    pub(crate) fn read_info(&mut self, text: &str) -> Result<Header, String> {
        let info = Fields::read(text)?;
        let side = |name: &str| info.fields(name).unwrap_or_default();
        let (agent, user) = (side("agent_info"), side("user_info"));
        let environment = side("environment_info");
        self.policy = environment.string("policy");
        self.newest = info.has("text_streaming_config") || info.has("retrieval_config");
        Ok(Header {
            agent_strategy: agent.string("implementation").unwrap_or_default(),
            model: agent.string("llm").unwrap_or_default(),
            user_model: user.string("llm").unwrap_or_default(),
            user_strategy: user.string("implementation").unwrap_or_default(),
            domain: environment.string("domain_name").unwrap_or_default(),
            temperature: agent.fields("llm_args").and_then(|args| args.number("temperature")),
            seed: info.whole("seed").map(u64::from),
            max_steps: info.whole("max_steps"),
        })
    }

    /// Reads one of `tasks`.
    pub(crate) fn read_task(&mut self, text: &str) -> Result<(), String> {
        let fields = Fields::read(text)?;
        let id = id_of(&fields, "id").ok_or("it has no id")?;
        let criteria = fields.fields("evaluation_criteria").unwrap_or_default();
        let action = |text: &str| {
            let action = Fields::read(text).ok()?;
            let kwargs = JsonText(action.get("arguments").unwrap_or("{}").to_owned());
            Some(Action { name: action.string("name")?, kwargs })
        };
        let purpose = fields.fields("description").and_then(|text| text.string("purpose"));
        let task = Task {
            id: id.clone(),
            user_id: String::new(),
            instruction: fields.get("user_scenario").map(scenario).unwrap_or_default(),
            actions: criteria
                .list("actions")
                .unwrap_or_default()
                .into_iter()
                .filter_map(action)
                .collect(),
            outputs: criteria.strings("communicate_info"),
            title: purpose.map(|purpose| first_line(&purpose)).unwrap_or_default(),
            rules: Vec::new(),
            twin: None,
            allowed: None,
        };
        let index = u32::try_from(self.tasks.len()).unwrap_or(u32::MAX);
        self.tasks.entry(id).or_insert((index, task, text.to_owned()));
        Ok(())
    }

    /// A task as the file has it.
    pub(super) fn task_text(&self, id: &str) -> Option<&str> {
        self.tasks.get(id).map(|(_, _, text)| text.as_str())
    }

    /// Which version wrote the file, by what only it writes (see the table of `SimulationRun`'s
    /// fields); `first` is a simulation.
    pub(crate) fn version(&self, first: &str) -> String {
        let fields = Fields::read(first).unwrap_or_default();
        let version = if self.newest || fields.has("mode") || self.folder {
            "1.0"
        } else if fields.has("skipped") {
            "0.2"
        } else {
            "v0.1.2"
        };
        version.to_owned()
    }
}

/// One simulation.
pub(crate) fn entry(text: &str, context: &Context) -> Result<Entry, String> {
    let fields = Fields::read(text)?;
    let task_id = id_of(&fields, "task_id").ok_or("it has no task_id")?;
    let known = context.tasks.get(&task_id);
    let mut recorded: Vec<&str> = Vec::new();
    for message in fields.list("messages").unwrap_or_default() {
        // Several results at once, as the orchestrator passes them on.
        match Fields::read(message).ok().and_then(|fields| fields.list("tool_messages")) {
            Some(several) => recorded.extend(several),
            None => recorded.push(message),
        }
    }
    let spoken = read_messages(&recorded)?;
    let policy = fields.string("policy").or_else(|| context.policy.clone());
    let has_policy = spoken.first().is_some_and(|message| message.role == Role::System);
    let policy = policy.filter(|_| !has_policy).map(|text| Message::text(Role::System, text));
    let steps = spoken.iter().filter(|message| message.role == Role::Assistant).count();
    let (agent_usage, customer_usage) = usage(&recorded);
    let reason = fields.string("termination_reason").unwrap_or_default();
    let reward_info = fields.fields("reward_info");
    let duration = fields.number("duration").unwrap_or(0.0).clamp(0.0, 1e9);
    Ok(Entry {
        task: known.map(|(_, task, _)| task.clone()),
        index: known.map(|(index, _, _)| *index),
        trial: fields.whole("trial").unwrap_or(0),
        // This app's own files have it, as its files in tau-trait's shape have.
        traits: fields.fields("trait_dict").map(|levels| traits(&levels)),
        score: score(&fields, &reason, reward_info.as_ref()),
        version: "",
        trajectory: Trajectory {
            messages: policy.into_iter().chain(spoken).collect(),
            ending: ending(&reason),
            reward: reward(reward_info.as_ref()),
            differences: Vec::new(),
            agent_usage,
            customer_usage,
            agent_cost_usd: fields.number("agent_cost"),
            customer_cost_usd: fields.number("user_cost"),
            steps: u32::try_from(steps).unwrap_or(u32::MAX),
        },
        extra: Some(extra(&fields, known.map(|(_, _, text)| text.as_str()), &recorded)),
        duration_ms: (duration * 1000.0) as i64,
        task_id,
    })
}

/// Ids are text; version 1.0 reads numbers too.
pub(super) fn id_of(fields: &Fields, name: &str) -> Option<String> {
    fields.string(name).or_else(|| fields.whole(name).map(|id| id.to_string()))
}

fn score(simulation: &Fields, reason: &str, reward: Option<&Fields>) -> Score {
    let outside = matches!(reason, "infrastructure_error" | "unexpected_error");
    let not_scored = |kind, message| Score::NotScored { kind, message };
    if outside || simulation.truth("skipped") == Some(true) {
        let info = simulation.fields("info");
        let error = info.and_then(|info| info.string("error")).map(|error| first_line(&error));
        let what = if outside { spoken(reason) } else { "skipped after an error".to_owned() };
        return not_scored(
            "recorded_failure",
            match error {
                Some(error) => format!("The benchmark recorded \"{what}\": {error}"),
                None => format!("The benchmark recorded \"{what}\" for this conversation."),
            },
        );
    }
    match reward {
        None => {
            not_scored("no_reward", "The file holds no reward for this conversation.".to_owned())
        }
        Some(reward) if reward.number("reward").is_none() => {
            let written = reward.get("reward").unwrap_or("null");
            let written = string(written).unwrap_or_else(|| written.to_owned());
            not_scored("no_reward", format!("The file's reward is not a number ({written})."))
        }
        Some(_) => Score::Scored,
    }
}

fn spoken(reason: &str) -> String {
    reason.replace('_', " ")
}

/// Our words for tau2's termination reasons; the reason itself is kept beside.
pub(crate) fn ending(reason: &str) -> Ending {
    match reason {
        "agent_stop" => Ending::Terminated,
        "max_steps" | "timeout" | "judge_stop" => Ending::StepLimit,
        "too_many_errors"
        | "agent_error"
        | "user_error"
        | "context_window_exceeded"
        | "infrastructure_error"
        | "unexpected_error" => Ending::AgentError,
        _ => Ending::CustomerStopped,
    }
}

pub(crate) fn reward(info: Option<&Fields>) -> Reward {
    let Some(info) = info else {
        return Reward {
            value: 0.0,
            state_matches: false,
            outputs: Vec::new(),
            graded: false,
            gold_hash: String::new(),
        };
    };
    let value = info.number("reward").unwrap_or(0.0);
    let checks = |name: &str| -> Vec<Fields> {
        let checks = info.list(name).unwrap_or_default();
        checks.into_iter().filter_map(|check| Fields::read(check).ok()).collect()
    };
    let assertions = checks("env_assertions");
    let asserted = assertions.iter().all(|check| check.truth("met") == Some(true));
    let database = info.fields("db_check").and_then(|check| check.truth("db_match"));
    let outputs: Vec<OutputCheck> = checks("communicate_checks")
        .iter()
        .filter_map(|check| {
            Some(OutputCheck { output: check.string("info")?, found: check.truth("met")? })
        })
        .collect();
    let named =
        ["db_check", "env_assertions", "action_checks", "nl_assertions", "communicate_checks"];
    Reward {
        value,
        state_matches: match (database, assertions.is_empty()) {
            (Some(matches), _) => matches && asserted,
            (None, false) => asserted,
            (None, true) => value >= 1.0,
        },
        outputs,
        graded: named.iter().any(|name| info.get(name).is_some()),
        gold_hash: String::new(),
    }
}

/// Tokens of agent and customer.
fn usage(messages: &[&str]) -> (Usage, Usage) {
    let (mut agent, mut customer) = (Usage::default(), Usage::default());
    for message in messages {
        let Ok(fields) = Fields::read(message) else { continue };
        let Some(usage) = fields.fields("usage") else { continue };
        let side = match fields.string("role").as_deref() {
            Some("assistant") => &mut agent,
            Some("user") => &mut customer,
            _ => continue,
        };
        side.input_tokens += u64::from(usage.whole("prompt_tokens").unwrap_or(0));
        side.output_tokens += u64::from(usage.whole("completion_tokens").unwrap_or(0));
    }
    (agent, customer)
}

fn extra(simulation: &Fields, task: Option<&str>, messages: &[&str]) -> JsonText {
    let rest = simulation.besides(&SIMULATION);
    let rest = object(rest.iter().map(|(name, value)| (name.as_str(), *value)));
    let mut fields = Vec::new();
    for (index, text) in messages.iter().enumerate() {
        let Ok(message) = Fields::read(text) else { continue };
        let rest = message.besides(&MESSAGE);
        fields.push((
            index.to_string(),
            object(rest.iter().map(|(name, value)| (name.as_str(), *value))),
        ));
    }
    let messages = object(fields.iter().map(|(index, text)| (index.as_str(), text.as_str())));
    let mut parts = vec![("simulation", rest.as_str())];
    parts.extend(task.map(|task| ("task", task)));
    parts.push(("messages", messages.as_str()));
    JsonText(object(parts))
}

/// A scenario as upstream puts it before the customer's model; as it is written where it is none.
fn scenario(text: &str) -> String {
    let read = Value::read_json(text).ok().and_then(|value| UserScenario::read(&value).ok());
    read.map_or_else(|| text.to_owned(), |scenario| scenario.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> Context {
        let mut context = Context::default();
        context
            .read_task(
                r#"{"id": "t1", "description": {"purpose": "Cancel a trip"},
                    "user_scenario": {"persona": null, "instructions": {"domain": "airline",
                        "reason_for_call": "Cancel.", "known_info": "I am Ann.\nID 5.", "unknown_info": null,
                        "task_instructions": "Be brief."}},
                    "evaluation_criteria": {"actions": [{"action_id": "a", "name": "cancel",
                        "arguments": {"id": "X", "fee": 50.0}}], "communicate_info": ["327"]}}"#,
            )
            .unwrap();
        context
    }

    #[test]
    fn a_task_reads_with_its_scenario_as_the_customer_saw_it() {
        let context = context();
        let (index, task, _) = &context.tasks["t1"];
        assert_eq!((*index, task.title.as_str()), (0, "Cancel a trip"));
        assert_eq!(
            task.instruction,
            "Instructions:\n\tDomain: airline\n\tReason for call:\n\t\tCancel.\n\tKnown info:\n\t\tI am Ann.\n\t\tID 5.\n\tTask instructions:\n\t\tBe brief."
        );
        assert_eq!(task.actions[0].kwargs.as_str(), r#"{"id": "X", "fee": 50.0}"#);
        assert_eq!(task.outputs, ["327"]);
    }

    #[test]
    fn a_simulation_reads_with_the_calls_of_both_sides_and_all_its_checks() {
        let entry = entry(
            r#"{"id": "s", "task_id": "t1", "trial": 1, "duration": 12.5, "termination_reason": "user_stop",
                "agent_cost": 0.5, "user_cost": null, "reward_info": {"reward": 0.0,
                   "db_check": {"db_match": false, "db_reward": 0.0},
                   "communicate_checks": [{"info": "327", "met": true, "justification": "said"}],
                   "nl_assertions": null, "reward_basis": ["DB", "COMMUNICATE"],
                   "reward_breakdown": {"DB": 0.0, "COMMUNICATE": 1.0}},
                "messages": [
                   {"role": "assistant", "content": "Hi!", "usage": null},
                   {"role": "user", "content": null, "usage": {"prompt_tokens": 7, "completion_tokens": 2},
                    "tool_calls": [{"id": "u1", "name": "toggle", "arguments": {"n": 1.0}, "requestor": "user"}]},
                   {"role": "tool", "id": "u1", "content": "on", "requestor": "user", "error": false},
                   {"role": "assistant", "content": null, "usage": {"prompt_tokens": 9, "completion_tokens": 3},
                    "tool_calls": [{"id": "a1", "name": "look", "arguments": {}}, {"id": "a2", "name": "see", "arguments": {}}]},
                   {"role": "tool", "tool_messages": [{"role": "tool", "id": "a1", "content": "1"},
                                                      {"role": "tool", "id": "a2", "content": "2", "error": true}]}]}"#,
            &context(),
        )
        .unwrap();
        let messages = &entry.trajectory.messages;
        assert_eq!(messages.len(), 6);
        assert_eq!(messages[1].tool_calls[0].arguments, r#"{"n": 1.0}"#);
        assert_eq!(messages[2].name.as_deref(), Some("toggle"));
        assert_eq!(messages[5].name.as_deref(), Some("see"));
        assert_eq!(entry.trajectory.agent_usage, Usage { input_tokens: 9, output_tokens: 3 });
        assert_eq!(entry.trajectory.customer_usage, Usage { input_tokens: 7, output_tokens: 2 });
        assert_eq!((entry.duration_ms, entry.trial, &entry.score), (12_500, 1, &Score::Scored));
        let reward = &entry.trajectory.reward;
        assert!(reward.graded && !reward.state_matches && reward.outputs[0].found);
        let extra: serde_json::Value =
            serde_json::from_str(entry.extra.as_ref().unwrap().as_str()).unwrap();
        assert_eq!(extra["simulation"]["reward_info"]["reward_breakdown"]["COMMUNICATE"], 1.0);
        assert_eq!(extra["messages"]["5"]["error"], true);
        assert_eq!(extra["task"]["id"], "t1");
    }

    #[test]
    fn what_ended_outside_the_conversation_has_no_score() {
        let score = |members: &str| {
            let text = format!(r#"{{"task_id": "t1", "messages": [], {members}}}"#);
            entry(&text, &context()).unwrap().score
        };
        let not = |members: &str| match score(members) {
            Score::NotScored { message, .. } => message,
            Score::Scored => panic!("{members} is scored"),
        };
        assert_eq!(
            not(
                r#""termination_reason": "infrastructure_error", "info": {"error": "503 from the provider"}"#
            ),
            "The benchmark recorded \"infrastructure error\": 503 from the provider"
        );
        assert!(not(r#""termination_reason": "agent_error", "skipped": true, "reward_info": {"reward": 0.0}"#).contains("skipped"));
        assert!(
            not(r#""termination_reason": "user_stop", "reward_info": {"reward": "NaN"}"#)
                .contains("not a number (NaN)")
        );
        assert!(
            not(r#""termination_reason": "user_stop", "reward_info": null"#).contains("no reward")
        );
        assert_eq!(
            score(r#""termination_reason": "max_steps", "reward_info": {"reward": 0.0}"#),
            Score::Scored
        );
    }

    #[test]
    fn the_version_is_told_by_what_only_it_writes() {
        let mut newest = Context::default();
        newest.read_info(r#"{"retrieval_config": null}"#).unwrap();
        assert_eq!(newest.version("{}"), "1.0");
        assert_eq!(Context::default().version(r#"{"skipped": false}"#), "0.2");
        assert_eq!(Context::default().version(r#"{"id": "x"}"#), "v0.1.2");
        assert_eq!(Context::default().version(r#"{"mode": "half_duplex"}"#), "1.0");
    }
}
