//! What upstream's own Python answered in the telecom domain, compared with what the toolkits answer.

#![allow(clippy::unwrap_used)]

mod support;

use serde_json::{Value as Json, json};
use support::{call, document, domain, facts, ids, initial, records, release, value};
use tau_toolkits::{Domain, Environment, FunctionCall, Ids, Profile, Requestor, ToolCall};

/// The domain; the tools are the same in all versions.
fn telecom() -> Option<Domain> {
    domain("telecom", Profile::V1_0)
}

fn check_hashes(environment: &Environment, agent: &Json, user: &Json, what: &str) {
    assert_eq!(environment.agent_hash(), *agent, "{what}: agent");
    assert_eq!(environment.user_hash().as_deref(), user.as_str(), "{what}: user");
}

fn told(compared: usize, what: &str) {
    println!("compared: {compared} {what}");
}

#[test]
fn the_initial_data_is_hashed_as_upstream_hashes_it() {
    let (Some(domain), Some(recorded)) = (telecom(), document("head_telecom_initial.json")) else {
        return;
    };
    assert_eq!(domain.agent().preimage(), facts("head_telecom_preimage_agent.json").unwrap());
    assert_eq!(domain.agent().hash(), recorded["agent_hash"]);
    let user = domain.user().unwrap();
    assert_eq!(user.preimage(), facts("head_telecom_preimage_user.json").unwrap());
    assert_eq!(user.hash(), recorded["user_hash"]);
}

#[test]
fn every_gold_action_answers_and_changes_what_it_did_upstream() {
    let (Some(domain), Some(recorded), Some(released)) =
        (telecom(), records("head_telecom_quarter.jsonl"), release("telecom/tasks.json"))
    else {
        return;
    };
    let released: Json = serde_json::from_str(&released).unwrap();
    let (mut actions, mut assertions, tasks) = (0, 0, recorded.len());
    for record in recorded {
        let what = record["task_id"].as_str().unwrap();
        let (start, history) = initial(&released, &record["task_id"]);
        let mut environment = domain.environment(&ids()).unwrap();
        environment.set_state(&start, &history).unwrap();
        let mut gold = environment.clone();
        check_hashes(&environment, &record["init_agent_hash"], &record["init_user_hash"], what);
        for (i, action) in record["actions"].as_array().unwrap().iter().enumerate() {
            let what = format!("{what}, action {i} {}", action["name"]);
            let call = call(action);
            let response = environment.get_response(&call);
            assert_eq!(response.content, action["response"], "{what}");
            assert_eq!(response.error, action["error"], "{what}");
            check_hashes(&environment, &action["agent_hash"], &action["user_hash"], &what);
            let _ = gold.make_tool_call(&call.name, call.requestor, &call.arguments);
            actions += 1;
        }
        check_hashes(&environment, &record["final_agent_hash"], &record["final_user_hash"], what);
        check_hashes(&gold, &record["gold_agent_hash"], &record["gold_user_hash"], what);
        for assertion in record["env_assertions"].as_array().unwrap() {
            let asked = FunctionCall::read(&value(assertion)).unwrap();
            let holds = environment.assertion(&asked).unwrap();
            let met = holds == assertion["assert_value"].as_bool().unwrap();
            assert_eq!(met, assertion["met"], "{what}: {}", asked.name);
            assertions += 1;
        }
    }
    told(actions, &format!("gold actions and {assertions} assertions of {tasks} tasks"));
}

#[test]
fn random_walks_over_all_tools_go_the_same_way() {
    let (Some(domain), Some(recorded)) = (telecom(), records("head_telecom_walks.jsonl")) else {
        return;
    };
    let (mut steps, mut asked) = (0, 0);
    for record in recorded {
        let walk = format!("walk {}", record["walk"]);
        let mut environment = domain.environment(&ids()).unwrap();
        for action in record["init"].as_array().unwrap() {
            environment.call_function(&FunctionCall::read(&value(action)).unwrap()).unwrap();
        }
        let mut hashes = record["hashes"].as_array().unwrap().iter();
        let mut compare_hashes = |environment: &Environment, what: &str| {
            let recorded = hashes.next().unwrap();
            check_hashes(environment, &recorded[0], &recorded[1], what);
        };
        compare_hashes(&environment, &walk);
        for (i, step) in record["steps"].as_array().unwrap().iter().enumerate() {
            let what = format!("{walk}, step {i} {}", step["name"]);
            let response = environment.get_response(&call(step));
            assert_eq!(response.content, step["response"], "{what}");
            assert_eq!(response.error, step["error"], "{what}");
            if (i + 1) % EVERY == 0 {
                compare_hashes(&environment, &what);
            }
            steps += 1;
        }
        check_hashes(&environment, &record["final"][0], &record["final"][1], &walk);
        for assertion in record["asserts"].as_array().unwrap() {
            let call = json!({
                "env_type": assertion[0], "func_name": assertion[1], "arguments": assertion[2],
            });
            let call = FunctionCall::read(&value(&call)).unwrap();
            let answer = environment.assertion(&call);
            assert_eq!(answer.ok(), assertion[3].as_bool(), "{walk}: {}", call.name);
            asked += 1;
        }
    }
    told(steps, &format!("steps of walks and {asked} assertions"));
}

/// The hashes of a walk are recorded at its start and after each fifth step.
const EVERY: usize = 5;

#[test]
fn wrong_arguments_are_refused_in_python_s_words() {
    let (Some(domain), Some(recorded)) = (telecom(), document("head_telecom_probes.json")) else {
        return;
    };
    let probes = recorded["probes"].as_array().unwrap();
    let mut environment = domain.environment(&ids()).unwrap();
    let mut differing = Vec::new();
    for probe in probes {
        let response = environment.get_response(&call(probe));
        if response.content != probe["response"] || response.error != probe["error"] {
            differing.push(format!("{probe}\n   gives {}", response.content));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    told(probes.len(), "probes");
}

#[test]
fn tools_stand_in_upstream_s_order_with_upstream_s_kinds_and_parameters() {
    let (Some(domain), Some(recorded)) = (telecom(), document("head_telecom_schemas.json")) else {
        return;
    };
    let mut tools = 0;
    for (side, kit) in [("agent", domain.agent()), ("user", domain.user().unwrap())] {
        let recorded = recorded[side].as_array().unwrap();
        let offered = kit.tools();
        assert_eq!(offered.len(), recorded.len(), "{side}");
        for (tool, recorded) in offered.iter().zip(recorded) {
            let what = format!("{side} {}", tool.name);
            assert_eq!(recorded["name"], tool.name, "{what}");
            assert_eq!(recorded["type"], tool.kind.word(), "{what}");
            let schema = &recorded["openai_schema"]["function"]["parameters"];
            let properties = schema["properties"].as_object().unwrap();
            let names: Vec<&str> = properties.keys().map(String::as_str).collect();
            let ours: Vec<&str> = tool.parameters.iter().map(|p| p.name).collect();
            assert_eq!(ours, names, "{what}");
            let required = schema["required"].as_array().map_or(0, Vec::len);
            let needed = tool.parameters.iter().filter(|p| p.default.value().is_none()).count();
            assert_eq!(needed, required, "{what}");
            tools += 1;
        }
    }
    told(tools, "tools");
}

fn user(environment: &mut Environment, name: &str) -> String {
    let call = json!({ "name": name, "arguments": {}, "requestor": "user" });
    environment.get_response(&ToolCall::read(&value(&call)).unwrap()).content
}

#[test]
fn a_vpn_that_was_broken_once_stays_slow_in_its_own_conversation_alone() {
    let Some(domain) = telecom() else { return };
    let mut broken = domain.environment(&ids()).unwrap();
    let action = json!({ "env_type": "user", "func_name": "break_vpn", "arguments": {} });
    broken.call_function(&FunctionCall::read(&value(&action)).unwrap()).unwrap();
    let copy = broken.clone();
    user(&mut broken, "disconnect_vpn");
    user(&mut broken, "connect_vpn");
    assert!(user(&mut broken, "check_vpn_status").contains("<PerformanceLevel.POOR: 'poor'>"));
    assert_eq!(broken.user_hash(), copy.user_hash());
    let mut other = domain.environment(&ids()).unwrap();
    user(&mut other, "connect_vpn");
    let excellent = "<PerformanceLevel.EXCELLENT: 'excellent'>";
    assert!(user(&mut other, "check_vpn_status").contains(excellent));
}

#[test]
fn a_bill_that_has_to_be_made_gets_an_id_that_follows_from_the_seed() {
    let Some(domain) = telecom() else { return };
    let refuelled = |seed: u64| {
        let mut environment = domain.environment(&Ids::seeded(seed)).unwrap();
        let arguments = json!({ "customer_id": "C1002", "line_id": "L1004", "gb_amount": 2 });
        let refuel = json!({ "name": "refuel_data", "arguments": arguments });
        let response = environment.get_response(&call(&refuel));
        assert!(!response.error, "{}", response.content);
        environment.agent_hash()
    };
    assert_eq!(refuelled(1), refuelled(1));
    assert_ne!(refuelled(1), refuelled(2));
}

#[test]
fn an_agent_alone_has_the_customer_s_tools_as_well() {
    let Some(domain) = telecom() else { return };
    let mut alone = domain.solo_environment(&ids()).unwrap();
    let mut toggle = call(&json!({ "name": "toggle_data", "arguments": {} }));
    let response = alone.get_response(&toggle);
    assert!(response.content.starts_with("Mobile Data is now OFF."), "{}", response.content);
    toggle.requestor = Requestor::User;
    let refused = "Error: User tool calls are not allowed in solo mode";
    assert_eq!(alone.get_response(&toggle).content, refused);
    let mut together = domain.environment(&ids()).unwrap();
    toggle.requestor = Requestor::Assistant;
    let missing = "Error: Tool 'toggle_data' not found.";
    assert_eq!(together.get_response(&toggle).content, missing);
}

#[test]
fn what_is_no_setting_is_kept_before_it_is_refused() {
    let Some(domain) = telecom() else { return };
    let mut environment = domain.environment(&ids()).unwrap();
    let untouched = environment.user_hash();
    let settings = json!({ "name": "set_apn_settings", "requestor": "user",
        "arguments": { "apn_settings": "internet" } });
    let refused = "Error: 'str' object has no attribute 'apn_name'";
    assert_eq!(environment.get_response(&call(&settings)).content, refused);
    assert_ne!(environment.user_hash(), untouched);
    assert_eq!(user(&mut environment, "toggle_data"), refused);
}
