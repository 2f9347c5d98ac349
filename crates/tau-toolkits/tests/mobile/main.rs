//! Our own pack on the telecom toolkit, `data/packs/mobile`: its tasks hold what they promise.
//! They are composed by `cargo xtask pack mobile`.

#![allow(clippy::unwrap_used)]

mod pack;
#[path = "../support/mod.rs"]
mod support;
mod workflow;

use std::collections::{BTreeMap, BTreeSet};

use pack::{json, mobile, reward, tasks, text};
use serde_json::Value as Json;
use support::{ids, released_member};
use tau_toolkits::{Profile, Toolkit, Value, sha256};

const PROFILES: [Profile; 3] = [Profile::V0_1_2, Profile::V0_2, Profile::V1_0];

#[test]
fn the_expected_actions_settle_every_task_together_and_alone_by_the_rules_of_every_upstream() {
    for profile in PROFILES {
        let domain = mobile(profile);
        for task in tasks() {
            for solo in [false, true] {
                let info = reward(&domain, &task, &task.actions(), solo);
                assert_eq!(info.reward, 1.0, "{}, {profile:?}, alone: {solo}", task.id);
            }
        }
    }
}

#[test]
fn who_does_nothing_settles_no_task() {
    let domain = mobile(Profile::V1_0);
    for task in tasks() {
        let info = reward(&domain, &task, &[], false);
        assert_eq!(info.reward, 0.0, "{}", task.id);
        let met = info.env_assertions.unwrap().iter().all(|check| check.met);
        assert_eq!(met, task.handed_over(), "{}: the trouble is there at the start", task.id);
    }
}

#[test]
fn no_expected_action_can_be_left_out() {
    let domain = mobile(Profile::V1_0);
    for task in tasks() {
        let actions = task.actions();
        for left_out in 0..actions.len() {
            let mut rest = actions.clone();
            let name = rest.remove(left_out).name;
            let info = reward(&domain, &task, &rest, false);
            assert_eq!(info.reward, 0.0, "{} without {name}", task.id);
        }
    }
}

#[test]
fn handing_over_settles_what_nobody_can_mend_and_nothing_else() {
    let domain = mobile(Profile::V1_0);
    let tasks = tasks();
    let handing_over = tasks.iter().find(|task| task.handed_over()).unwrap().actions();
    assert_eq!(handing_over[0].name, "transfer_to_human_agents");
    for task in &tasks {
        let info = reward(&domain, task, &handing_over, false);
        assert_eq!(info.reward == 1.0, task.handed_over(), "{}", task.id);
    }
}

#[test]
fn adding_data_that_nobody_asked_for_fails_a_task() {
    let domain = mobile(Profile::V1_0);
    let mut tried = 0;
    for task in tasks().iter().filter(|task| !task.handed_over()) {
        let customer = task.written["ticket"].as_str().unwrap();
        let number = customer.split("number ").nth(1).unwrap().split(';').next().unwrap();
        let database = json("db.json");
        let rows = |table: &str| database[table].as_array().unwrap().clone();
        let line = rows("lines").into_iter().find(|line| line["phone_number"] == number).unwrap();
        let has = |one: &Json| one["line_ids"].as_array().unwrap().contains(&line["line_id"]);
        let owner = rows("customers").into_iter().find(has).unwrap();
        let arguments = serde_json::json!({ "customer_id": owner["customer_id"],
            "line_id": line["line_id"], "gb_amount": 1.0 });
        let mut actions = task.actions();
        actions.push(support::call(
            &serde_json::json!({ "name": "refuel_data", "arguments": arguments }),
        ));
        assert_eq!(reward(&domain, task, &actions, false).reward, 0.0, "{}", task.id);
        tried += 1;
    }
    assert!(tried > 50);
}

#[test]
fn tasks_and_states_are_the_same_on_every_machine() {
    let domain = mobile(Profile::V1_0);
    let mut environment = domain.environment(&ids()).unwrap();
    assert_eq!(environment.agent_hash(), AGENT);
    assert_eq!(environment.user_hash().as_deref(), Some(USER));
    let mut ends = String::new();
    for task in tasks() {
        environment = task.started(&domain);
        for call in task.actions() {
            environment.get_response(&call);
        }
        ends.push_str(&environment.agent_hash());
        ends.push_str(&environment.user_hash().unwrap());
    }
    assert_eq!(sha256(&ends), ENDS, "the states after the expected actions, in the tasks' order");
}

const AGENT: &str = "7220b4de26d8d0445060316ab8d5926e653261d7fb52003adba35ebaea86396b";
const USER: &str = "f52b70215b178bdaeac75e4ed586dc4e6a4767b3b3b15c7371b1764a9bcbf27b";
const ENDS: &str = "b48be3641fc7b66204af871f81f6c7158386e07069c7dd2b52e477e187d13fc3";

#[test]
fn there_are_three_families_and_the_splits_divide_them() {
    let splits = json("split_tasks.json");
    let split = |name: &str| -> BTreeSet<String> {
        let ids = splits[name].as_array().unwrap();
        let set: BTreeSet<String> = ids.iter().map(|id| id.as_str().unwrap().into()).collect();
        assert_eq!(set.len(), ids.len(), "{name} names a task twice");
        set
    };
    let tasks = tasks();
    let all: BTreeSet<String> = tasks.iter().map(|task| task.id.clone()).collect();
    assert_eq!(all.len(), tasks.len());
    let (base, train, test, small) = (split("base"), split("train"), split("test"), split("small"));
    assert_eq!(split("full"), all);
    assert_eq!(&train | &test, base);
    assert_eq!(&base | &small, all);
    assert!(train.is_disjoint(&test) && base.is_disjoint(&small));
    for part in [&base, &train, &test, &small] {
        let mut families: BTreeMap<&str, usize> = BTreeMap::new();
        for id in part {
            *families.entry(id.split('.').next().unwrap()).or_default() += 1;
        }
        let names: Vec<&str> = families.keys().copied().collect();
        assert_eq!(names, ["data", "mms", "service"]);
        assert!(families.values().all(|count| *count >= 6), "{families:?}");
    }
    assert!(base.len() >= 60, "{}", base.len());
    let called: BTreeSet<String> =
        tasks.iter().map(|task| task.written["initial_state"].to_string()).collect();
    assert_eq!(called.len(), tasks.len(), "two tasks begin alike");
}

#[test]
fn the_described_tools_are_the_toolkit_s() {
    let domain = mobile(Profile::V1_0);
    let described = json("tools.json");
    let check = |side: &str, toolkit: &dyn Toolkit| {
        let described = described[side].as_array().unwrap();
        let tools = toolkit.tools();
        assert_eq!(described.len(), tools.len(), "{side}");
        for (described, tool) in described.iter().zip(tools) {
            assert_eq!(described["name"], tool.name);
            assert!(described["description"].as_str().unwrap().ends_with('.'), "{}", tool.name);
            let schema = &described["parameters"];
            let properties = schema["properties"].as_object().unwrap();
            let ours: Vec<&str> = properties.keys().map(String::as_str).collect();
            let theirs: Vec<&str> = tool.parameters.iter().map(|p| p.name).collect();
            assert_eq!(ours, theirs, "{}", tool.name);
            let needed = tool.parameters.iter().filter(|p| p.default.value().is_none());
            let needed: Vec<&str> = needed.map(|p| p.name).collect();
            let required = schema["required"].as_array().into_iter().flatten();
            let required: Vec<&str> = required.map(|name| name.as_str().unwrap()).collect();
            assert_eq!(required, needed, "{}", tool.name);
            for (name, property) in properties {
                assert!(property["description"].is_string(), "{}: {name}", tool.name);
                assert!(property["type"].is_string(), "{}: {name}", tool.name);
            }
        }
    };
    check("agent", domain.agent());
    check("user", domain.user().unwrap());
    assert!(
        text("wording/solo.md")
            .contains(&format!("`{}`", described["done"]["name"].as_str().unwrap()))
    );
}

#[test]
fn every_task_can_be_taken_with_a_customer_alone_and_with_a_plan() {
    let tasks = tau_toolkits::Task::read_all(&Value::read_json(&text("tasks.json")).unwrap());
    for task in tasks.unwrap() {
        assert!(task.has_plan() && task.fits_solo() && task.ticket.is_some(), "{}", task.id);
        assert!(task.scenario.persona.is_some(), "{}", task.id);
        let told = task.scenario.to_string();
        // What is wrong is for the agent to find out.
        for fault in task.id.split('.').skip(1).filter(|word| word.contains('-')) {
            assert!(!told.contains(fault), "{}: {fault}", task.id);
        }
        for word in ["airplane", "SIM card is", "VPN", "data saver", "contract"] {
            assert!(!told.contains(word), "{}: {word}", task.id);
        }
    }
}

#[test]
fn what_the_policies_name_is_there() {
    let domain = mobile(Profile::V1_0);
    let database = text("db.json") + &text("user_db.json") + &text("tools.json");
    let tools: Vec<&str> = [domain.agent(), domain.user().unwrap()]
        .iter()
        .flat_map(|side| side.tools())
        .map(|tool| tool.name)
        .collect();
    for name in ["policy.md", "policy_solo.md", "manual.md", "workflow.md", "workflow_solo.md"] {
        let policy = text(name);
        let mut named = policy.split('`').skip(1).step_by(2);
        let unknown = named.find(|word| {
            !tools.contains(word) && !database.contains(word) && !STATES.contains(word)
        });
        assert_eq!(unknown, None, "{name}");
    }
}

/// States that no record of the data has at the start, and a stand-in.
const STATES: [&str; 4] = ["Awaiting Payment", "Overdue", "Disputed", "code"];

#[test]
fn no_sentence_of_the_released_domain_stands_here() {
    const WORDS: usize = 7;
    let domains = "tau2/data/tau2/domains/telecom";
    let members = [
        format!("{domains}/main_policy.md"),
        format!("{domains}/main_policy_solo.md"),
        format!("{domains}/tech_support_manual.md"),
        format!("{domains}/tech_support_workflow.md"),
        format!("{domains}/tech_support_workflow_solo.md"),
        format!("{domains}/tasks_small.json"),
        "tau2/domains/telecom/tools.py".into(),
        "tau2/domains/telecom/user_tools.py".into(),
        "tau2/data/tau2/user_simulator/simulation_guidelines.md".into(),
        "tau2/data/tau2/user_simulator/simulation_guidelines_tools.md".into(),
        "tau2/agent/llm_agent.py".into(),
    ];
    let runs = |text: &str| -> BTreeSet<String> {
        let lower = text.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        words.windows(WORDS).map(|run| run.join(" ")).collect()
    };
    let mut released = BTreeSet::new();
    for member in &members {
        let Some(text) = released_member(member) else { return };
        released.extend(runs(&text));
    }
    for name in OURS {
        let ours = runs(&text(name));
        let shared: Vec<&String> = ours.intersection(&released).collect();
        assert!(shared.is_empty(), "{name}: {shared:?}");
    }
}

const OURS: [&str; 14] = [
    "policy.md",
    "policy_solo.md",
    "manual.md",
    "workflow.md",
    "workflow_solo.md",
    "tools.json",
    "wording/agent.md",
    "wording/solo.md",
    "wording/plan.md",
    "wording/user.md",
    "wording/user_tools.md",
    "wording/greeting.md",
    "wording/plan_step.md",
    "wording/plan_user_step.md",
];
