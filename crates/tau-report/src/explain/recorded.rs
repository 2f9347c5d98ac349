//! What a result file says of a grade beyond our own words: the parts of a tau2 reward.

use serde_json::Value;

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
                let given = &assertion["arguments"];
                let given = if given.is_null() { String::new() } else { given.to_string() };
                plain::assertion(name, &given, wanted)
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
    }

    #[test]
    fn what_the_reward_does_not_rest_on_is_told_apart() {
        let here = r#"{"played_here": true, "simulation": {"termination_reason": "user_stop",
            "reward_info": {"reward_breakdown": {"ENV_ASSERTION": 0.0},
                "reward_basis": ["ENV_ASSERTION"],
                "db_check": {"db_match": false}, "env_assertions": [{"met": false,
                    "env_assertion": {"func_name": "assert_data_works"}}]}}}"#;
        let counts: Vec<bool> = recorded_checks(here).iter().map(|check| check.counts).collect();
        assert_eq!(counts, [false, true]);
    }

    #[test]
    fn what_is_not_of_tau2_has_no_such_checks() {
        assert!(recorded_checks("{}").is_empty());
    }
}
