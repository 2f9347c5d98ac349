//! What a result file says of a grade beyond our own words: the parts of a tau2 reward.

use serde_json::Value;

use tau_charts::words;
use tau_domain::plain::{self, short};

/// One thing that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedCheck {
    /// The part of the reward that it belongs to, in upstream's word (`RewardType`).
    pub part: &'static str,
    /// What had to be so.
    pub text: String,
    /// Whether it was.
    pub met: bool,
    /// Whether the reward rests on it; the others are looked at and do not decide.
    pub counts: bool,
    /// What was said for it; empty where nothing was.
    pub why: String,
}

/// The checks of a tau2 reward (upstream `data_model/simulation.py`, `RewardInfo`) in `extra`, the
/// rest of a recorded simulation; empty where there are none.
pub fn recorded_checks(extra: &str) -> Vec<RecordedCheck> {
    let extra: Value = serde_json::from_str(extra).unwrap_or_default();
    let reward = &extra["simulation"]["reward_info"];
    let list = |name: &str| reward[name].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().map(short).unwrap_or_default();
    let met = |value: &Value| value.as_bool().unwrap_or(false);
    let basis = reward["reward_basis"].as_array();
    let counts = |part: &str| basis.is_none_or(|basis| basis.iter().any(|each| each == part));
    let mut checks = Vec::new();
    let mut add = |part: &'static str, text: String, met: bool, why: &Value| {
        let why = why.as_str().unwrap_or_default().to_owned();
        checks.push(RecordedCheck { part, text, met, counts: counts(part), why });
    };
    let none = &Value::Null;
    if let Some(matches) = reward["db_check"]["db_match"].as_bool() {
        add("DB", "the records are as expected".to_owned(), matches, none);
    }
    for each in list("env_assertions") {
        let assertion = &each["env_assertion"];
        let named = match assertion["message"].as_str() {
            Some(message) => short(message),
            None => {
                let name = assertion["func_name"].as_str().unwrap_or("an assertion");
                let wanted = assertion["assert_value"].as_bool().unwrap_or(true);
                plain::assertion(name, &assertion["arguments"].to_string(), wanted)
            }
        };
        add("ENV_ASSERTION", named, met(&each["met"]), none);
    }
    for each in list("action_checks") {
        let action = &each["action"];
        let name = action["name"].as_str().unwrap_or_default();
        let who = if action["requestor"] == "user" { "the customer" } else { "the agent" };
        let call = super::tool_to_call(name, &action["arguments"].to_string());
        add("ACTION", format!("{who}: {call}"), met(&each["action_match"]), none);
    }
    for each in list("communicate_checks") {
        let said = format!("the agent said {}", text(&each["info"]));
        add("COMMUNICATE", said, met(&each["met"]), &each["justification"]);
    }
    for each in list("nl_assertions") {
        let assertion = text(&each["nl_assertion"]);
        add("NL_ASSERTION", assertion, met(&each["met"]), &each["justification"]);
    }
    checks
}

/// Why a recorded tau2 conversation has its reward; `None` where `extra` is not of tau2.
pub fn why_recorded(extra: &str, reward: f64) -> Option<String> {
    let parsed: Value = serde_json::from_str(extra).ok()?;
    let simulation = parsed.get("simulation")?;
    let reason = simulation["termination_reason"].as_str().unwrap_or_default().replace('_', " ");
    let info = &simulation["reward_info"];
    let basis: Vec<String> = info["reward_breakdown"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(part, value)| format!("{part} {value}"))
        .collect();
    let unmet = recorded_checks(extra).into_iter().filter(|check| !check.met && check.counts);
    let unmet: Vec<String> = unmet.map(|check| check.text).collect();
    let verdict = if reward >= 1.0 { "Passed" } else { "Failed" };
    // What was played here rests on our own grading, and its parts are told beside.
    let here = parsed["played_here"] == true;
    let whose = if here { "" } else { ", as tau2 recorded it" };
    let mut sentence = format!("{verdict}{whose}");
    if !basis.is_empty() && !here {
        sentence.push_str(&format!(" ({})", basis.join(", ")));
    }
    if !matches!(reason.as_str(), "" | "user stop" | "agent stop") {
        sentence.push_str(&format!(". It ended with \"{reason}\""));
    }
    match unmet.as_slice() {
        [] => {}
        several if several.len() <= 3 => {
            sentence.push_str(&format!(". Not so: {}", words::list(several)));
        }
        [first, second, rest @ ..] => sentence.push_str(&format!(
            ". Not so: {first}; {second}; and {} more",
            words::thousands(rest.len())
        )),
        [_] => {}
    }
    Some(sentence + ".")
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXTRA: &str = r#"{"simulation": {"termination_reason": "max_steps", "reward_info": {
        "reward": 0.0, "db_check": {"db_match": false, "db_reward": 0.0},
        "env_assertions": [{"env_assertion": {"func_name": "assert_data_works"}, "met": true}],
        "action_checks": [{"action": {"name": "cancel_trip", "arguments": {"id": "X1"}, "requestor": "assistant"}, "action_match": false}],
        "nl_assertions": [{"nl_assertion": "The agent is polite.", "met": true}],
        "communicate_checks": [{"info": "327", "met": false}],
        "reward_breakdown": {"DB": 0.0, "COMMUNICATE": 0.0}}}}"#;

    #[test]
    fn the_parts_of_a_tau2_reward_are_told_in_words() {
        let checks = recorded_checks(EXTRA);
        let met: Vec<bool> = checks.iter().map(|check| check.met).collect();
        assert_eq!(met, [false, true, false, false, true]);
        assert_eq!((checks[1].part, checks[1].text.as_str()), ("ENV_ASSERTION", "data works"));
        assert!(checks[2].text.starts_with("the agent: ") && checks[2].text.contains("X1"));
        let why = why_recorded(EXTRA, 0.0).unwrap();
        assert!(
            why.starts_with("Failed, as tau2 recorded it (DB 0.0, COMMUNICATE 0.0). It ended with \"max steps\". Not so: the records are as expected, the agent: "),
            "{why}"
        );
        assert!(why.ends_with(" and the agent said 327."), "{why}");
    }

    #[test]
    fn a_conversation_that_was_played_here_is_not_said_to_be_recorded() {
        let here = r#"{"played_here": true, "simulation": {"termination_reason": "user_stop",
            "reward_info": {"reward_breakdown": {"ENV_ASSERTION": 0.0},
                "reward_basis": ["ENV_ASSERTION"],
                "db_check": {"db_match": false}, "env_assertions": [{"met": false,
                    "env_assertion": {"func_name": "assert_data_works"}}]}}}"#;
        assert_eq!(
            why_recorded(here, 0.0).as_deref(),
            Some("Failed. Not so: data works."),
            "what does not decide is no reason"
        );
        let counts: Vec<bool> = recorded_checks(here).iter().map(|check| check.counts).collect();
        assert_eq!(counts, [false, true]);
    }

    #[test]
    fn what_is_not_of_tau2_has_no_such_words() {
        assert_eq!(why_recorded(r#"{"info": {}}"#, 0.0), None);
        assert_eq!(why_recorded("no json", 0.0), None);
        assert!(recorded_checks("{}").is_empty());
        let bare = why_recorded(r#"{"simulation": {"termination_reason": "user_stop"}}"#, 1.0);
        assert_eq!(bare.as_deref(), Some("Passed, as tau2 recorded it."));
    }
}
