//! Entries of tau-bench and tau-trait: `{task_id, reward, info, traj, trial}` (upstream `types.py`,
//! `EnvRunResult`), in the typed shape of today and in that of tau-bench's first version, whose `info`
//! is the flat answer of `calculate_reward` and whose actions have `arguments` instead of `kwargs`.
//!
//! Upstream writes reward 0.0 for a conversation that its runner could not finish, with `error` and
//! `traceback` in place of the rest (`run.py`). Nothing is known about the agent then, so that such
//! an entry has no score here.

use std::collections::BTreeMap;

use serde_json::Value;
use tau_domain::{
    API_OUTPUT, Action, Ending, JsonText, OutputCheck, Reward, Role, Task, Trajectory, Usage,
};

use super::fields::{Fields, number, object, string};
use super::messages::read_messages;
use super::name::Traits;
use super::{Entry, Score, first_line};

/// Members of an entry that have a place of their own.
const ENTRY: [&str; 5] = ["task_id", "reward", "info", "traj", "trial"];
/// Members of `info` that have a place of their own.
const INFO: [&str; 5] = ["task", "source", "user_cost", "reward_info", "trait_dict"];
/// Members of a message that have a place of their own.
const MESSAGE: [&str; 6] =
    ["role", "content", "tool_calls", "tool_call_id", "name", "function_call"];

/// One entry.
pub(crate) fn entry(text: &str) -> Result<Entry, String> {
    let fields = Fields::read(text)?;
    let id = fields.get("task_id").ok_or("it has no task_id")?;
    let (task_id, index) = match (string(id), fields.whole("task_id")) {
        (Some(name), _) => (name, None),
        (None, Some(index)) => (index.to_string(), Some(index)),
        (None, None) => {
            return Err(format!("its task_id {} is neither text nor a number", first_line(id)));
        }
    };
    let recorded = fields.list("traj").unwrap_or_default();
    let messages = read_messages(&recorded)?;
    let info = fields.fields("info").unwrap_or_default();
    let task = info.get("task").map(|text| task(text, &task_id)).transpose()?;
    let reward = reward(&fields, &info, task.as_ref());
    let source = info.string("source").unwrap_or_default();
    let failure = failure(&fields, &info, task.is_some());
    let score = match (&failure, fields.number("reward")) {
        (Some(message), _) => {
            Score::NotScored { kind: "recorded_failure", message: message.clone() }
        }
        (None, None) => Score::NotScored {
            kind: "no_reward",
            message: "The file holds no reward for this conversation.".to_owned(),
        },
        (None, Some(_)) => Score::Scored,
    };
    let ending = if info.has("error") && failure.is_none() {
        Ending::AgentError
    } else if !reward.graded {
        Ending::StepLimit
    } else if source.is_empty() || source == "user" {
        Ending::CustomerStopped
    } else {
        Ending::Terminated
    };
    let steps = messages.iter().filter(|message| message.role == Role::Assistant).count();
    // Steered customers are recorded as costing nothing, which says only that no price was known.
    let cost = info.number("user_cost").filter(|cost| *cost > 0.0);
    Ok(Entry {
        task,
        index,
        trial: fields.whole("trial").unwrap_or(0),
        traits: info.fields("trait_dict").map(|levels| traits(&levels)),
        score,
        version: if info.has("reward_info") || info.has("task") { "" } else { "first" },
        trajectory: Trajectory {
            messages,
            ending,
            reward,
            differences: Vec::new(),
            agent_usage: Usage::default(),
            customer_usage: Usage::default(),
            agent_cost_usd: None,
            customer_cost_usd: cost,
            steps: u32::try_from(steps).unwrap_or(u32::MAX),
        },
        extra: extra(&fields, &info, &recorded),
        duration_ms: 0,
        task_id,
    })
}

/// The domain that the agent's policy names, as far as it is one of the known.
pub(crate) fn domain_of(entry: &Entry) -> String {
    let policy = entry.trajectory.messages.first().filter(|message| message.role == Role::System);
    let start: String = policy
        .and_then(|message| message.content.as_deref())
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect::<String>()
        .to_lowercase();
    let known = ["retail", "airline", "telehealth", "telecom"];
    known.into_iter().find(|name| start.contains(name)).unwrap_or_default().to_owned()
}

/// What upstream's runner recorded instead of a conversation.
fn failure(entry: &Fields, info: &Fields, has_task: bool) -> Option<String> {
    let said = match info.get("error") {
        // Ours and others' notes about an agent whose reply could not be used come with the task.
        Some(error) if !has_task || info.has("traceback") => {
            string(error).unwrap_or_else(|| error.to_owned())
        }
        Some(_) => return None,
        // The first version writes the failure as the whole of `info`.
        None => {
            let whole = string(entry.get("info")?)?;
            whole.strip_prefix("Error: ")?.to_owned()
        }
    };
    Some(match first_line(&said).as_str() {
        "" => "The benchmark's runner recorded a failure without a word.".to_owned(),
        line => format!("The benchmark's runner recorded a failure: {line}"),
    })
}

fn task(text: &str, id: &str) -> Result<Task, String> {
    let fields = Fields::read(text).map_err(|reason| format!("its task: {reason}"))?;
    let action = |text: &str| {
        let action = Fields::read(text).ok()?;
        let kwargs = action.get("kwargs").or_else(|| action.get("arguments")).unwrap_or("{}");
        Some(Action { name: action.string("name")?, kwargs: JsonText(kwargs.to_owned()) })
    };
    Ok(Task {
        id: id.to_owned(),
        user_id: fields.string("user_id").unwrap_or_default(),
        instruction: fields.string("instruction").unwrap_or_default(),
        actions: fields
            .list("actions")
            .unwrap_or_default()
            .into_iter()
            .filter_map(action)
            .collect(),
        outputs: fields.strings("outputs"),
        title: String::new(),
        rules: Vec::new(),
        twin: None,
        allowed: None,
    })
}

/// The grade. Upstream keeps the verdict on the outputs where the task requires any and that on the
/// state otherwise; what is not said is taken to agree with the reward.
fn reward(entry: &Fields, info: &Fields, task: Option<&Task>) -> Reward {
    let value = entry.number("reward").unwrap_or(0.0);
    let typed = info.fields("reward_info");
    let inner = typed.as_ref().and_then(|reward| reward.fields("info"));
    let flat = info.has("r_actions") || info.has("r_outputs");
    let check = match (&inner, &typed) {
        (Some(inner), _) => Some(inner),
        (None, Some(typed)) => Some(typed),
        (None, None) => flat.then_some(info),
    };
    let said: BTreeMap<String, bool> = check
        .and_then(|check| check.fields("outputs"))
        .map(|outputs| {
            let found = outputs.iter().filter_map(|(output, found)| Some((output, number(found)?)));
            found.map(|(output, found)| (output.to_owned(), found != 0.0)).collect()
        })
        .unwrap_or_default();
    let in_order = task.map(|task| task.outputs.clone()).unwrap_or_default();
    let listed = in_order.iter().filter(|output| said.contains_key(*output)).cloned();
    let rest = said.keys().filter(|output| !in_order.contains(output)).cloned();
    let outputs: Vec<OutputCheck> = listed
        .chain(rest)
        .map(|output| OutputCheck { found: said.get(&output).copied().unwrap_or(false), output })
        .collect();
    let all_said = check.and_then(|check| check.truth("r_outputs"));
    let all_said = all_said.unwrap_or(outputs.iter().all(|check| check.found));
    let recorded = check.and_then(|check| check.truth("r_actions"));
    Reward {
        value,
        state_matches: recorded.unwrap_or(value >= 1.0 || !all_said),
        outputs,
        graded: check.is_some() || value > 0.0,
        gold_hash: check.and_then(|check| check.string("gt_data_hash")).unwrap_or_default(),
    }
}

/// Levels of traits, as numbers or in words.
pub(super) fn traits(levels: &Fields) -> Traits {
    let read = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
    Traits::of_dict(&levels.iter().map(|(id, text)| (id.to_owned(), read(text))).collect())
}

/// What has no place of its own, so that nothing of the file is lost.
fn extra(entry: &Fields, info: &Fields, messages: &[&str]) -> Option<JsonText> {
    let wrapped = |members: Vec<(String, &str)>| {
        let members = members.iter().map(|(name, value)| (name.as_str(), *value));
        object(members)
    };
    let mut parts = Vec::new();
    let rest = entry.besides(&ENTRY);
    if !rest.is_empty() {
        parts.push(("entry", wrapped(rest)));
    }
    let flat = string(entry.get("info").unwrap_or_default());
    let rest = info.besides(&INFO);
    if !rest.is_empty() {
        parts.push(("info", wrapped(rest)));
    } else if flat.is_some() {
        parts.push(("info", entry.get("info").unwrap_or("null").to_owned()));
    }
    let mut fields = Vec::new();
    for (index, text) in messages.iter().enumerate() {
        let rest = Fields::read(text).map(|message| wrapped(message.besides(&MESSAGE)));
        if let Some(rest) = rest.ok().filter(|rest| rest != "{}") {
            fields.push((index.to_string(), rest));
        }
    }
    if !fields.is_empty() {
        let fields = fields.iter().map(|(index, text)| (index.as_str(), text.as_str()));
        parts.push(("messages", object(fields)));
    }
    if parts.is_empty() {
        return None;
    }
    Some(JsonText(object(parts.iter().map(|(name, text)| (*name, text.as_str())))))
}

/// The tool calls that upstream carried out: the first of each of the agent's messages, with the
/// answer that was recorded.
pub(crate) fn carried_out(trajectory: &Trajectory) -> Vec<(&tau_domain::ToolCall, Option<&str>)> {
    let messages = &trajectory.messages;
    messages
        .iter()
        .enumerate()
        .filter(|(_, message)| message.role == Role::Assistant)
        .filter_map(|(at, message)| {
            let call = message.calls().first()?;
            let answer = messages.get(at + 1).and_then(|next| next.content.as_deref());
            // Where results travel as the customer's messages, a marker stands before them.
            let text = call.id.starts_with("text-");
            Some((
                call,
                answer.map(|a| if text { a.strip_prefix(API_OUTPUT).unwrap_or(a) } else { a }),
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tau_traits::TraitMix;

    const TYPED: &str = r##"{"task_id": 3, "reward": 1.0, "trial": 2,
        "info": {"task": {"user_id": "u", "instruction": "Do it.", "outputs": ["10", "5"],
                          "actions": [{"name": "pay", "kwargs": {"amount": 50.0}}]},
                 "source": "user", "user_cost": 0.0125,
                 "reward_info": {"reward": 1.0, "info": {"r_outputs": 1.0, "outputs": {"5": true, "10": true}},
                                 "actions": []}},
        "traj": [{"role": "system", "content": "# Retail agent policy"}, {"role": "user", "content": "Hi"},
                 {"role": "assistant", "content": "Hello", "tool_calls": null, "reasoning_content": "hm"}]}"##;

    #[test]
    fn a_typed_entry_reads_with_task_grade_and_what_else_it_held() {
        let entry = entry(TYPED).unwrap();
        assert_eq!((entry.index, entry.trial, entry.version), (Some(3), 2, ""));
        assert_eq!(entry.score, Score::Scored);
        let task = entry.task.as_ref().unwrap();
        assert_eq!(task.actions[0].kwargs.as_str(), r#"{"amount": 50.0}"#);
        let said: Vec<&str> =
            entry.trajectory.reward.outputs.iter().map(|check| check.output.as_str()).collect();
        assert_eq!(said, ["10", "5"], "in the task's order");
        assert!(entry.trajectory.reward.state_matches);
        assert_eq!(entry.trajectory.ending, Ending::CustomerStopped);
        assert_eq!(entry.trajectory.customer_cost_usd, Some(0.0125));
        assert_eq!(
            entry.extra.as_ref().unwrap().as_str(),
            r#"{"messages":{"2":{"reasoning_content":"hm"}}}"#
        );
        assert_eq!(domain_of(&entry), "retail");
    }

    #[test]
    fn a_failure_of_the_runner_has_no_score_although_the_file_says_zero() {
        let typed = entry(
            r#"{"task_id": 0, "reward": 0.0, "trial": 0, "traj": [],
                "info": {"error": "RateLimitError: slow down\nmore", "traceback": "Traceback ..."}}"#,
        )
        .unwrap();
        let Score::NotScored { kind, message } = &typed.score else { panic!("{:?}", typed.score) };
        assert_eq!(*kind, "recorded_failure");
        assert_eq!(message, "The benchmark's runner recorded a failure: RateLimitError: slow down");
        assert!(typed.extra.as_ref().unwrap().as_str().contains("Traceback ..."));
        let first = entry(
            r#"{"task_id": 0, "reward": 0, "trial": 0, "info": "Error: no network",
                "traj": [{"role": "user", "content": "Hi"}]}"#,
        )
        .unwrap();
        assert!(matches!(first.score, Score::NotScored { .. }));
        assert_eq!(first.trajectory.messages.len(), 1, "what was said is kept");
    }

    #[test]
    fn an_agent_whose_reply_could_not_be_used_keeps_its_zero() {
        let ours = entry(
            r#"{"task_id": 0, "reward": 0.0, "trial": 0, "traj": [{"role": "user", "content": "Hi"}],
                "info": {"task": {"user_id": "u", "instruction": "", "actions": [], "outputs": []},
                         "source": "user", "user_cost": null, "reward_info": null, "error": "No."}}"#,
        )
        .unwrap();
        assert_eq!((&ours.score, ours.trajectory.ending), (&Score::Scored, Ending::AgentError));
    }

    #[test]
    fn the_first_versions_flat_grade_reads() {
        let entry = entry(
            r#"{"task_id": 1, "reward": 0, "trial": 0, "traj": [],
                "info": {"data_hash": "a", "actions": [], "r_actions": false, "gt_data_hash": "b",
                         "r_outputs": 1, "outputs": {"7": true}, "user_cost": 0.1}}"#,
        )
        .unwrap();
        assert_eq!(entry.version, "first");
        let reward = &entry.trajectory.reward;
        assert!(reward.graded && !reward.state_matches && reward.outputs[0].found);
        assert_eq!(reward.gold_hash, "b");
        assert_eq!(entry.trajectory.ending, Ending::CustomerStopped);
    }

    #[test]
    fn a_conversation_without_a_grade_ran_into_the_limit_of_steps() {
        let entry = entry(
            r#"{"task_id": 1, "reward": 0.0, "trial": 0, "traj": [{"role": "assistant", "content": "Hm"}],
                "info": {"task": {"user_id": "u", "instruction": "x"}, "source": "user", "reward_info": null}}"#,
        )
        .unwrap();
        assert_eq!((entry.trajectory.ending, entry.trajectory.steps), (Ending::StepLimit, 1));
        assert_eq!(entry.score, Score::Scored);
    }

    #[test]
    fn traits_are_read_as_numbers_and_as_words() {
        let with = |dict: &str| {
            entry(&format!(
                r#"{{"task_id": 1, "reward": 1, "info": {{"trait_dict": {dict}}}, "traj": []}}"#
            ))
            .unwrap()
            .traits
            .unwrap()
        };
        let levels = |dict: &[(&str, i64)]| {
            Traits::Levels(TraitMix::of_stops(dict.iter().copied()).unwrap())
        };
        assert_eq!(
            with(r#"{"impatience": 3, "confusion": 0}"#),
            levels(&[("impatience", 3), ("confusion", 0)])
        );
        assert_eq!(
            with(r#"{"incoherence": "medium", "confusion": "low"}"#),
            levels(&[("incoherence", 2), ("confusion", 0)])
        );
        assert_eq!(with(r#"{"impatience": [1]}"#), Traits::Unsaid);
    }

    #[test]
    fn what_is_not_an_entry_is_refused_in_words() {
        assert_eq!(entry("{}").unwrap_err(), "it has no task_id");
        assert!(entry(r#"{"task_id": [1]}"#).unwrap_err().contains("neither text nor a number"));
        assert!(entry("7").is_err());
        assert!(entry(r#"{"task_id": 1, "traj": [{"role": "owl"}]}"#).unwrap_err().contains("owl"));
    }
}
