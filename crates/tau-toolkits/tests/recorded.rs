//! What upstream's own Python answered, compared with what the toolkits answer: mock, airline, retail.

#![allow(clippy::unwrap_used)]

mod support;

use serde_json::Value as Json;
use support::{RECORDED, call, document, domain, facts, ids, initial, records, release, value};
use tau_toolkits::{Environment, FunctionCall, Profile, Value, json_dumps, python};

const DOMAINS: [&str; 3] = ["mock", "airline", "retail"];

fn told(compared: usize, what: &str) {
    println!("compared: {compared} {what}");
}

#[test]
fn the_initial_data_is_hashed_as_upstream_hashes_it() {
    for (prefix, profile) in RECORDED {
        for name in DOMAINS {
            let (Some(domain), Some(recorded)) =
                (domain(name, profile), document(&format!("{prefix}_{name}_initial.json")))
            else {
                return;
            };
            assert_eq!(domain.agent().hash(), recorded["agent_hash"], "{prefix} {name}");
            let user = domain.user().map(|user| user.hash());
            assert_eq!(user.as_deref(), recorded["user_hash"].as_str(), "{prefix} {name}");
            let agent = facts(&format!("{prefix}_{name}_preimage_agent.json")).unwrap();
            assert!(domain.agent().preimage() == agent, "{prefix} {name}: the pre-image differs");
            if let Some(user) = domain.user() {
                let recorded = facts(&format!("{prefix}_{name}_preimage_user.json")).unwrap();
                assert_eq!(user.preimage(), recorded, "{prefix} {name}");
            }
        }
    }
}

fn check_hashes(environment: &Environment, recorded: &Json, names: [&str; 2], what: &str) {
    assert_eq!(environment.agent_hash(), recorded[names[0]], "{what}: agent");
    let user = environment.user_hash();
    assert_eq!(user.as_deref(), recorded[names[1]].as_str(), "{what}: user");
}

#[test]
fn every_gold_action_answers_and_changes_what_it_did_upstream() {
    let (mut tasks, mut actions) = (0, 0);
    for (prefix, profile) in RECORDED {
        for name in DOMAINS {
            let (Some(domain), Some(recorded)) =
                (domain(name, profile), records(&format!("{prefix}_{name}.jsonl")))
            else {
                return;
            };
            let text = release(&format!("{name}/tasks.json")).unwrap();
            let released: Json = serde_json::from_str(&text).unwrap();
            for record in recorded {
                let what = format!("{prefix} {name} {}", record["task_id"]);
                let (start, history) = initial(&released, &record["task_id"]);
                let mut environment = domain.environment(&ids()).unwrap();
                environment.set_state(&start, &history).unwrap();
                let mut gold = environment.clone();
                check_hashes(&environment, &record, ["init_agent_hash", "init_user_hash"], &what);
                for (i, action) in record["actions"].as_array().unwrap().iter().enumerate() {
                    let what = format!("{what}, action {i} {}", action["name"]);
                    let response = environment.get_response(&call(action));
                    assert_eq!(response.content, action["response"], "{what}");
                    assert_eq!(response.error, action["error"], "{what}");
                    check_hashes(&environment, action, ["agent_hash", "user_hash"], &what);
                    let call = call(action);
                    let _ = gold.make_tool_call(&call.name, call.requestor, &call.arguments);
                    actions += 1;
                }
                check_hashes(&environment, &record, ["final_agent_hash", "final_user_hash"], &what);
                check_hashes(&gold, &record, ["gold_agent_hash", "gold_user_hash"], &what);
                for assertion in record["env_assertions"].as_array().unwrap() {
                    let asked = FunctionCall::read(&value(assertion)).unwrap();
                    let holds = environment.assertion(&asked).unwrap();
                    let met = holds == assertion["assert_value"].as_bool().unwrap();
                    assert_eq!(met, assertion["met"], "{what}: {}", asked.name);
                }
                tasks += 1;
            }
        }
    }
    told(actions, &format!("gold actions of {tasks} tasks"));
}

#[test]
fn random_walks_over_all_tools_go_the_same_way() {
    let mut steps = 0;
    for name in ["airline", "retail"] {
        let (Some(domain), Some(recorded)) =
            (domain(name, Profile::V1_0), records(&format!("head_{name}_walks.jsonl")))
        else {
            return;
        };
        for record in recorded {
            let mut environment = domain.environment(&ids()).unwrap();
            for (i, step) in record["steps"].as_array().unwrap().iter().enumerate() {
                let what = format!("{name} walk {}, step {i} {}", record["walk"], step["name"]);
                let response = environment.get_response(&call(step));
                assert_eq!(response.content, step["response"], "{what}");
                assert_eq!(response.error, step["error"], "{what}");
                steps += 1;
            }
            assert_eq!(environment.agent_hash(), record["final"][0], "{name} {}", record["walk"]);
        }
    }
    told(steps, "steps of walks");
}

#[test]
fn wrong_arguments_are_refused_in_python_s_words() {
    let mut probes = 0;
    for name in DOMAINS {
        let (Some(domain), Some(recorded)) =
            (domain(name, Profile::V1_0), document(&format!("head_{name}_probes.json")))
        else {
            return;
        };
        let mut environment = domain.environment(&ids()).unwrap();
        for probe in recorded["probes"].as_array().unwrap() {
            let response = environment.get_response(&call(probe));
            assert_eq!(response.content, probe["response"], "{name} {}", probe["name"]);
            assert_eq!(response.error, probe["error"], "{name} {}", probe["name"]);
            probes += 1;
        }
    }
    told(probes, "probes");
}

#[test]
fn tools_stand_in_upstream_s_order_with_upstream_s_kinds_and_parameters() {
    let mut tools = 0;
    for (prefix, profile) in RECORDED {
        for name in DOMAINS {
            let (Some(domain), Some(recorded)) =
                (domain(name, profile), document(&format!("{prefix}_{name}_schemas.json")))
            else {
                return;
            };
            for (side, kit) in [("agent", Some(domain.agent())), ("user", domain.user())] {
                let recorded = recorded[side].as_array().map(Vec::as_slice).unwrap_or_default();
                let offered = kit.map(|kit| kit.tools()).unwrap_or_default();
                assert_eq!(offered.len(), recorded.len(), "{prefix} {name} {side}");
                for (tool, recorded) in offered.iter().zip(recorded) {
                    let what = format!("{prefix} {name} {side} {}", tool.name);
                    assert_eq!(recorded["name"], tool.name, "{what}");
                    assert_eq!(recorded["type"], tool.kind.word(), "{what}");
                    let schema = &recorded["openai_schema"]["function"]["parameters"];
                    let properties = schema["properties"].as_object().unwrap();
                    let names: Vec<&str> = properties.keys().map(String::as_str).collect();
                    let ours: Vec<&str> = tool.parameters.iter().map(|p| p.name).collect();
                    assert_eq!(ours, names, "{what}");
                    let required = schema["required"].as_array().map_or(0, Vec::len);
                    let needed =
                        tool.parameters.iter().filter(|p| p.default.value().is_none()).count();
                    assert_eq!(needed, required, "{what}");
                    tools += 1;
                }
            }
        }
    }
    told(tools, "tools");
}

#[test]
fn python_s_small_print_is_kept() {
    let Some(recorded) = document("head_misc.json") else { return };
    let Some(airline) = domain("airline", Profile::V1_0) else { return };
    let mut environment = airline.environment(&ids()).unwrap();
    let mut compared = 0;
    for (expression, expected) in recorded["calculate"].as_object().unwrap() {
        let arguments = serde_json::json!({"expression": expression});
        let response = environment
            .get_response(&call(&serde_json::json!({"name": "calculate", "arguments": arguments})));
        // Recorded as the result, or as `!Class: text`.
        let expected = match expected.as_str().unwrap().strip_prefix('!') {
            Some(error) => format!("Error: {}", error.split_once(": ").unwrap().1),
            None => expected.as_str().unwrap().to_string(),
        };
        assert_eq!(response.content, expected, "{expression}");
        compared += 1;
    }
    for pair in recorded["json_ascii"].as_array().unwrap() {
        assert_eq!(json_dumps(&value(&pair[0])), pair[1], "{}", pair[0]);
        compared += 1;
    }
    for triple in recorded["float_repr"].as_array().unwrap() {
        let number = hexadecimal(triple[0].as_str().unwrap());
        assert_eq!(python::str_of(&Value::Float(number)), triple[1]);
        assert_eq!(json_dumps(&Value::Float(number)), triple[2]);
        compared += 1;
    }
    for pair in recorded["round2"].as_array().unwrap() {
        let number = Value::Float(hexadecimal(pair[0].as_str().unwrap()));
        assert_eq!(python::str_of(&python::round2(&number).unwrap()), pair[1]);
        compared += 1;
    }
    told(compared, "texts of numbers, strings and sums");
}

/// Reads `float.hex()`.
fn hexadecimal(text: &str) -> f64 {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let (digits, power) = text.strip_prefix("0x").unwrap().split_once('p').unwrap();
    let (whole, fraction) = digits.split_once('.').unwrap();
    let significand = u64::from_str_radix(&format!("{whole}{fraction}"), 16).unwrap() as f64;
    let power = power.parse::<i32>().unwrap() - 4 * fraction.len() as i32;
    sign * significand * 2f64.powi(power / 2) * 2f64.powi(power - power / 2)
}
