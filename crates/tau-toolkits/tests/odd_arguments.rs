//! Calls with arguments of every wrong kind, seeded, as upstream's own Python answered them.

#![allow(clippy::unwrap_used)]

mod support;

use support::{domain, facts, ids};
use tau_toolkits::{Profile, ToolCall, Value, json_dumps, python};

#[test]
fn odd_arguments_fail_as_they_do_in_python() {
    let (mut compared, mut differ) = (0, Vec::new());
    for name in ["mock", "airline", "retail"] {
        let (Some(domain), Some(recorded)) =
            (domain(name, Profile::V0_2), facts(&format!("wheel_{name}_fuzz.jsonl")))
        else {
            continue;
        };
        for line in recorded.lines() {
            // Read by the engine: a whole number of twenty digits stays one.
            let record = Value::read_json(line).unwrap();
            let steps = python::iterate(&record.as_dict().unwrap()["steps"]).unwrap();
            let mut environment = domain.environment(&ids()).unwrap();
            for step in &steps {
                let call = ToolCall::read(step).unwrap();
                let step = step.as_dict().unwrap();
                let response = environment.get_response(&call);
                let hash = environment.agent_hash();
                compared += 1;
                let same = |ours: Value, name: &str| python::equal(&ours, &step[name]);
                if same(response.content.as_str().into(), "response")
                    && same(response.error.into(), "error")
                    && same(hash.as_str().into(), "agent_hash")
                {
                    continue;
                }
                differ.push(format!(
                    "{name}: {}\n  ours {} {}",
                    json_dumps(&Value::Dict(step.clone().into())),
                    response.content,
                    hash,
                ));
                // What follows in this walk would differ for the same reason.
                break;
            }
        }
    }
    println!("compared: {compared} calls");
    assert!(differ.is_empty(), "{} differ:\n{}", differ.len(), differ.join("\n"));
}
