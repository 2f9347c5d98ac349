//! Calls with arguments of every wrong kind: what a confused model may send. The right calls are those of
//! upstream's recorded walks; one argument at a time is replaced. What Python answers to such a call is recorded
//! for a few (`*_probes`, the walks themselves); here it is that none breaks anything.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::HashSet;
use std::sync::Arc;

use support::{call, domain, ids, records};
use tau_toolkits::{Profile, ToolCall, Value, json_dumps};

/// A value of each kind, and some at the edge of theirs.
fn odd() -> Vec<Value> {
    let nested = (0..50).fold(Value::None, |inner, _| Value::list(vec![inner]));
    let huge = Value::read_json("123456789012345678901234567890").unwrap();
    vec![
        Value::None,
        true.into(),
        Value::Int(0),
        Value::Int(-1),
        huge,
        Value::Float(-0.5),
        Value::Float(f64::NAN),
        Value::Float(f64::INFINITY),
        "".into(),
        " \u{0}é\u{1f600}".into(),
        Value::list(Vec::new()),
        Value::list(vec!["x".into(), Value::None]),
        Value::dict([]),
        Value::dict([("x", Value::list(vec![Value::dict([])]))]),
        nested,
    ]
}

#[test]
fn whatever_stands_for_an_argument_a_tool_answers_and_the_state_can_be_hashed() {
    let mut made = 0;
    for name in ["airline", "retail", "telecom"] {
        let (Some(domain), Some(walks)) =
            (domain(name, Profile::V1_0), records(&format!("head_{name}_walks.jsonl")))
        else {
            return;
        };
        let mut tools: HashSet<String> = HashSet::new();
        let fresh = domain.environment(&ids()).unwrap();
        let before = (fresh.agent_hash(), fresh.user_hash());
        for step in walks.iter().flat_map(|walk| walk["steps"].as_array().unwrap()) {
            let right = call(step);
            let sides = format!("{} {}", right.requestor.word(), right.name);
            if step["error"] == true || !tools.insert(sides) {
                continue;
            }
            for replaced in right.arguments.keys() {
                for value in odd() {
                    let mut arguments = (*right.arguments).clone();
                    arguments.insert(replaced.clone(), value);
                    let asked = ToolCall { arguments: Arc::new(arguments), ..right.clone() };
                    let told =
                        format!("{name}: {}", json_dumps(&Value::Dict(asked.arguments.clone())));
                    let [mut first, mut second] = [fresh.clone(), fresh.clone()];
                    let answer = first.get_response(&asked);
                    assert_eq!(answer, second.get_response(&asked), "{told}");
                    assert_eq!(first.agent_hash(), second.agent_hash(), "{told}");
                    assert_eq!(answer.error, answer.content.starts_with("Error: "), "{told}");
                    // Looking changes nothing, whatever is looked for.
                    let kind = first.tool_kind(&asked.name).unwrap();
                    let after = (first.agent_hash(), first.user_hash());
                    assert!(kind.mutates() || after == before, "{told}");
                    made += 1;
                }
            }
        }
        assert!(tools.len() > 10, "{name}: {tools:?}");
    }
    println!("made: {made} odd calls");
}
