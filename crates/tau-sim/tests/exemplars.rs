//! The shipped example conversations against the packs they are about: every call they show can be
//! made, in order, on the pack's own data, and gives what they say it gives.
#![allow(clippy::unwrap_used)]

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use tau_domain::{Domain, Environment, JsonText};
use tau_sim::{STOP_MARKER, exemplars};

fn domain(name: &str) -> Arc<Domain> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs").join(name);
    Arc::new(tau_packs::open_pack(&dir).unwrap())
}

/// Whether all that `shown` says is also in `actual`. Of a list, some elements may be left out.
fn is_part(shown: &Value, actual: &Value) -> bool {
    match (shown, actual) {
        (Value::Object(shown), Value::Object(actual)) => shown
            .iter()
            .all(|(key, value)| actual.get(key).is_some_and(|actual| is_part(value, actual))),
        (Value::Array(shown), Value::Array(actual)) => {
            shown.iter().all(|value| actual.iter().any(|actual| is_part(value, actual)))
        }
        (shown, actual) => shown == actual,
    }
}

fn fits(arguments: &Value, schema: &Value) -> bool {
    let is_of = |value: &Value, kind: &str| match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    let arguments = arguments.as_object().unwrap();
    let required = schema["required"].as_array().into_iter().flatten();
    required.into_iter().all(|name| arguments.contains_key(name.as_str().unwrap()))
        && arguments.iter().all(|(name, value)| {
            let kind = schema["properties"][name]["type"].as_str().unwrap_or("none");
            is_of(value, kind)
        })
}

fn the_examples_are_true(name: &str) {
    let domain = domain(name);
    let tools: HashMap<&str, &Value> =
        domain.tools.iter().map(|tool| (tool.name.as_str(), &tool.parameters)).collect();
    let displays = exemplars::shipped(name).unwrap();
    let mut called: Vec<String> = Vec::new();
    for display in &displays {
        let mut environment = Environment::new(domain.clone(), 1);
        let mut lines = display.split('\n').peekable();
        let mut ended = false;
        assert!(display.starts_with("user: "), "{name}: {display}");
        while let Some(line) = lines.next() {
            assert!(!ended, "{name}: something follows the end: {line}");
            if line.starts_with("user: ") {
                ended = line.contains(STOP_MARKER);
            }
            let Some(call) = line.strip_prefix("assistant calls ") else { continue };
            let (tool, arguments) = call.split_once(": ").unwrap();
            let schema = tools.get(tool).unwrap_or_else(|| panic!("{name} has no tool {tool}"));
            let given: Value = serde_json::from_str(arguments).unwrap();
            assert!(fits(&given, schema), "{name}: {call}");
            let observation = environment.call(tool, &JsonText(arguments.to_owned()));
            let actual = observation.text.unwrap();
            let shown = lines.next().unwrap().strip_prefix("tool: ").unwrap();
            assert!(!shown.starts_with("Error"), "{name}: {call} gives {shown}");
            let same = match (serde_json::from_str(shown), serde_json::from_str(&actual)) {
                (Ok(shown), Ok(actual)) => is_part(&shown, &actual),
                _ => shown == actual,
            };
            assert!(same, "{name}: {call}\nshown:  {shown}\nactual: {actual}");
            called.push(tool.to_owned());
            ended = observation.terminates;
        }
        assert!(ended, "{name}: the conversation comes to no end: {display}");
    }
    called.sort_unstable();
    called.dedup();
    println!("{name}: {} examples use {} of {} tools", displays.len(), called.len(), tools.len());
    assert!(called.len() * 2 >= tools.len(), "{name}: only {called:?}");
}

#[test]
fn the_shops_examples_are_true() {
    the_examples_are_true("retail");
}

#[test]
fn the_operators_examples_are_true() {
    the_examples_are_true("telecom");
}

#[test]
fn the_airlines_examples_are_true() {
    the_examples_are_true("airline");
}

#[test]
fn the_clinics_examples_are_true() {
    the_examples_are_true("telehealth");
}
