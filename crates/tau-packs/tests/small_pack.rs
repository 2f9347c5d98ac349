//! A pack of a few lines: opened, played, graded, checked, and listed.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use tau_domain::{Domain, DomainId, Environment, JsonText, Split};
use tau_packs::{Library, check_pack, open_pack};

const MANIFEST: &str = r#"
id = "kiosk"
title = "Kiosk"
description = "Sells and refunds."
version = "1.0.0"
format = 1
licence = "MIT"
profile = "tau-bench-v1"
clock = "2026-03-02T10:00:00"
terminate_tools = ["transfer"]
default_split = "test"
"#;

const SCHEMA: &str = r#"
[table.orders]
id = "order_id"
[table.orders.fields]
total = "money"
status = { type = "enum", values = ["paid", "refunded"] }
"#;

const ORDERS: &str = r#"{
  "o1": {"order_id": "o1", "total": 12.5, "status": "paid"},
  "o2": {"order_id": "o2", "total": 1200.0, "status": "paid"}
}"#;

const RULES: &str = r#"
[[rule]]
id = "small-only"
text = "Only orders up to 100 are refunded."
tools = ["refund"]
"#;

const TOOLS: &str = r#"
import json
from datetime import datetime


def get_order(data, order_id: str) -> str:
    """Show an order.

    Args:
        order_id: The order.
    """
    if order_id not in data["orders"]:
        return "Error: no such order"
    return json.dumps(data["orders"][order_id])


def refund(data, order_id: str) -> str:
    """Refund an order.

    Args:
        order_id: The order.
    """
    if order_id not in data["orders"]:
        return "Error: no such order"
    order = data["orders"][order_id]
    order["status"] = "refunded"
    return json.dumps(order)


def today(data) -> str:
    """Tell the date."""
    return datetime.now().strftime("%Y-%m-%d")


def transfer(data, reason: str) -> str:
    """Hand over to a person.

    Args:
        reason: Why.
    """
    return "transferred"
"#;

/// A tool that can run for very long.
const SPIN: &str = r#"

def spin(data, rounds: int = 0) -> str:
    """Count.

    Args:
        rounds: How far.
    """
    n = 0
    while n < rounds:
        n += 1
    return str(n)
"#;

const TASKS: &str = r#"{"id": "k1", "title": "Refund", "user_id": "u", "instruction": "You want order o1 refunded.", "actions": [{"name": "get_order", "kwargs": {"order_id": "o1"}}, {"name": "refund", "kwargs": {"order_id": "o1"}}], "outputs": ["12.50"], "rules": ["small-only"], "twin": "k2", "allowed": true}
{"id": "k2", "title": "Refund too much", "user_id": "u", "instruction": "You want order o2 refunded.", "actions": [{"name": "get_order", "kwargs": {"order_id": "o2"}}], "outputs": ["1200"], "rules": ["small-only"], "twin": "k1", "allowed": false}
"#;

fn write_pack(folder: &Path) {
    let files = [
        ("pack.toml", MANIFEST),
        ("policy.md", "Refund small orders."),
        ("rules.toml", RULES),
        ("schema.toml", SCHEMA),
        ("db/orders.json", ORDERS),
        ("tools.py", TOOLS),
        ("tasks/test.jsonl", TASKS),
    ];
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn kiosk() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("kiosk");
    write_pack(&pack);
    (folder, pack)
}

fn domain() -> Arc<Domain> {
    let (_folder, pack) = kiosk();
    Arc::new(open_pack(&pack).unwrap())
}

fn call(env: &mut Environment, name: &str, arguments: &str) -> String {
    env.call(name, &JsonText::from(arguments)).to_string()
}

#[test]
fn tools_answer_as_upstream_words_it() {
    let mut env = Environment::new(domain(), 1);
    assert_eq!(
        call(&mut env, "get_order", r#"{"order_id": "o1"}"#),
        r#"{"order_id": "o1", "total": 12.5, "status": "paid"}"#
    );
    assert_eq!(call(&mut env, "fly", "{}"), "Unknown action fly");
    assert_eq!(
        call(&mut env, "get_order", r#"{"order_id": "o1", "x": 1}"#),
        "Error: get_order() got an unexpected keyword argument 'x'"
    );
    assert_eq!(
        call(&mut env, "get_order", "{}"),
        "Error: get_order() missing 1 required positional argument: 'order_id'"
    );
    assert_eq!(
        call(&mut env, "get_order", r#"{"order_id": []}"#),
        "Error: unhashable type: 'list'"
    );
    assert_eq!(call(&mut env, "today", "{}"), "2026-03-02");
}

#[test]
fn arguments_that_are_no_object_have_no_answer() {
    let mut env = Environment::new(domain(), 1);
    for arguments in ["{", "[]", "3", ""] {
        let observation = env.call("get_order", &JsonText::from(arguments));
        assert!(observation.text.is_none() && observation.failure.is_some(), "{arguments}");
    }
}

#[test]
fn a_call_that_never_ends_is_stopped_and_marked() {
    let (_folder, pack) = kiosk();
    fs::write(pack.join("tools.py"), format!("{TOOLS}{SPIN}")).unwrap();
    let mut env = Environment::new(Arc::new(open_pack(&pack).unwrap()), 1);
    let observation = env.call("spin", &JsonText::from(r#"{"rounds": 100000000}"#));
    assert!(observation.limit && observation.text.unwrap().contains("steps"));
    assert_eq!(env.limits_met(), 1);
    let report = check_pack(&pack).to_string();
    assert!(report.contains("runs into a limit"), "{report}");
}

#[test]
fn a_grade_needs_the_state_and_the_outputs() {
    let domain = domain();
    let task = domain.task(Split::Test, "k1").unwrap().clone();
    let mut env = Environment::new(domain.clone(), 1);
    let said = vec!["You get 12.50 back, Sir.".to_owned()];
    assert_eq!(env.grade(&task, &said).value, 0.0);
    assert_eq!(env.differences_from_gold(&task).len(), 1);
    call(&mut env, "refund", r#"{"order_id": "o1"}"#);
    assert_eq!(env.grade(&task, &[]).value, 0.0);
    let reward = env.grade(&task, &said);
    assert_eq!((reward.value, reward.state_matches), (1.0, true));
    assert_eq!(reward.gold_hash, env.state_hash());
    assert!(env.differences_from_gold(&task).is_empty());
    env.reset();
    assert_eq!(env.state_hash(), domain.base.state_hash());
}

#[test]
fn commas_are_taken_from_what_the_agent_said_only() {
    let domain = domain();
    let mut task = domain.task(Split::Test, "k2").unwrap().clone();
    let env = Environment::new(domain, 1);
    assert_eq!(env.grade(&task, &["It is $1,200.00.".to_owned()]).value, 1.0);
    task.outputs = vec!["1,200".to_owned()];
    assert_eq!(env.grade(&task, &["It is 1,200.".to_owned()]).value, 0.0);
    task.outputs = vec!["REFUND".to_owned()];
    assert_eq!(env.grade(&task, &["no refund".to_owned()]).value, 1.0);
}

#[test]
fn a_good_pack_passes_its_check() {
    let (_folder, pack) = kiosk();
    let report = check_pack(&pack);
    assert!(report.passed(), "{report}");
    assert_eq!((report.facts.tasks, report.facts.write_tools, report.facts.odd_calls), (2, 1, 200));
}

#[test]
fn each_mistake_in_a_pack_is_named_with_its_place() {
    let cases: [(&str, &str, &str, &str); 9] = [
        ("pack.toml", "format = 1", "format = 2", "pack.toml: error: format 2 is newer"),
        ("pack.toml", "\"transfer\"", "\"leave\"", "terminate tool \"leave\" is not a tool"),
        (
            "db/orders.json",
            "\"paid\"}",
            "\"lost\"}",
            "db/orders.json:2: error: o1: status is \"lost\"",
        ),
        ("tools.py", "        reason: Why.", "        cause: Why.", "does not describe reason"),
        ("tools.py", "import json", "import os", "tools.py:2: error"),
        (
            "tools.py",
            "refund(data, order_id: str)",
            "refund(data, order_id)",
            "refund: order_id has no annotation",
        ),
        (
            "tasks/test.jsonl",
            "\"order_id\": \"o1\"}}, {\"name\": \"refund\"",
            "\"order_id\": \"o9\"}}, {\"name\": \"refund\"",
            "tasks/test.jsonl:1: error: k1: action 0",
        ),
        (
            "tasks/test.jsonl",
            "[\"1200\"]",
            "[]",
            "test.jsonl:2: error: k2: an agent that does nothing scores",
        ),
        ("tasks/test.jsonl", "\"twin\": \"k1\"", "\"twin\": \"k2\"", "does not name it back"),
    ];
    for (file, from, to, expected) in cases {
        let (_folder, pack) = kiosk();
        let text = fs::read_to_string(pack.join(file)).unwrap();
        assert!(text.contains(from), "{file}: {from}");
        fs::write(pack.join(file), text.replace(from, to)).unwrap();
        let report = check_pack(&pack);
        assert!(!report.passed() && report.to_string().contains(expected), "{expected}\n{report}");
    }
}

#[test]
fn an_action_that_is_not_needed_is_named() {
    let (_folder, pack) = kiosk();
    let once = r#"{"name": "refund", "kwargs": {"order_id": "o1"}}"#;
    let tools = TOOLS.replace(
        "    order[\"status\"] = \"refunded\"\n",
        "    if order[\"status\"] != \"refunded\":\n        order[\"status\"] = \"refunded\"\n",
    );
    fs::write(pack.join("tools.py"), tools).unwrap();
    fs::write(pack.join("tasks/test.jsonl"), TASKS.replace(once, &format!("{once}, {once}")))
        .unwrap();
    let report = check_pack(&pack).to_string();
    assert!(report.contains("without action 1 (refund) the state is the same"), "{report}");
}

#[test]
fn one_broken_pack_does_not_hide_the_others() {
    let (folder, _pack) = kiosk();
    fs::create_dir(folder.path().join("broken")).unwrap();
    fs::write(folder.path().join("broken/pack.toml"), "id = 3").unwrap();
    let library = Library::new(vec![folder.path().to_owned()], folder.path().join("data"));
    let listing = library.list();
    assert_eq!(listing.domains.len(), 1);
    assert_eq!(listing.domains[0].tasks[&Split::Test], 2);
    assert_eq!(listing.broken.len(), 1);
    let id = DomainId::shipped("kiosk").unwrap();
    let domain = library.get(&id).unwrap();
    assert!(Arc::ptr_eq(&domain, &library.get(&id).unwrap()));
    let error = library.get(&DomainId::shipped("nowhere").unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "there is no domain nowhere; there are kiosk");
}
