//! Domains of tau2 through the product's own door: read, tried by hand, imported.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tau_api::{ErrorCode, Product};

use crate::support::{call, product};

/// A task of our own pack whose steps are the agent's and the customer's both.
const BOTH: &str = "data.top-up.vpn";

async fn bench(product: &Product, domain: &str, task: &str, calls: &Value) -> Value {
    let arguments = json!({"domain": domain, "task": task, "split": "test", "calls": calls});
    call(product, "try_tools", arguments).await
}

/// The expected steps of a task as calls.
async fn expected(product: &Product, domain: &str, task: &str) -> Vec<Value> {
    let asked = json!({"domain": domain, "task": task, "split": "test"});
    let detail = call(product, "get_task", asked).await;
    let steps = detail["expected"].as_array().expect("a list").iter();
    steps
        .map(|step| json!({"seat": step["seat"], "tool": step["tool"], "arguments": step["arguments"]}))
        .collect()
}

fn names<'v>(list: &'v Value, field: &str) -> Vec<&'v str> {
    let items = list.as_array().expect("a list").iter();
    items.map(|item| item[field].as_str().expect("a text")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_domain_with_tools_on_both_sides_is_listed_and_can_be_read() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let domains = call(&product, "list_domains", json!({})).await;
    let found = |id: &str| {
        let all = domains.as_array().expect("a list").iter();
        all.clone().find(|domain| domain["id"] == id).unwrap_or_else(|| panic!("{id}: {domains}"))
    };
    let mobile = found("mobile");
    assert_eq!((&mobile["kind"], &mobile["rules"]), (&json!("tau2"), &json!("v1.0")));
    assert_eq!((&mobile["tools"], &mobile["customer_tools"]), (&json!(13), &json!(30)));
    assert_eq!(mobile["splits"][0], json!({"split": "base", "tasks": 72}));
    assert_eq!(found("retail")["kind"], "tau_bench");

    let detail = call(&product, "get_domain", json!({"id": "mobile"})).await;
    assert_eq!(detail["siblings"][0]["id"], "mobile-workflow");
    assert!(detail["solo_policy"].as_str().expect("a policy") != detail["policy"]);
    let workflow = call(&product, "get_domain", json!({"id": "mobile-workflow"})).await;
    assert_ne!(workflow["policy"], detail["policy"]);
    assert_eq!(workflow["siblings"][0]["id"], "mobile");
    let tool = |tools: &Value, name: &str| {
        let all = tools.as_array().expect("a list").clone();
        all.into_iter().find(|tool| tool["name"] == name).expect("a tool")
    };
    let bills = tool(&detail["tools"], "get_bills_for_customer");
    assert_eq!(bills["changes"], false);
    assert_eq!(
        bills["arguments"][1],
        json!({"name": "limit", "description": "How many to list at most.", "kind": "whole number",
            "required": false, "choices": [], "default": "12"})
    );
    let mode = tool(&detail["customer_tools"], "set_network_mode_preference");
    assert_eq!((&mode["changes"], &mode["arguments"][0]["kind"]), (&json!(true), &json!("choice")));
    assert_eq!(mode["arguments"][0]["choices"].as_array().map(Vec::len), Some(4));

    let arguments = json!({"domain": "mobile", "split": "small"});
    let tasks = call(&product, "list_tasks", arguments).await;
    assert!(tasks.as_array().is_some_and(|tasks| !tasks.is_empty()));
    let asked = json!({"domain": "mobile", "task": BOTH, "split": ""});
    let task = call(&product, "get_task", asked).await;
    assert_eq!(names(&task["scenario"], "heading")[1], "Why the customer calls");
    assert!(task["ticket"].as_str().is_some_and(|ticket| ticket.starts_with("Caller:")), "{task}");
    assert!(task["beginning"].to_string().contains("Customer's side: "), "{task}");
    assert_eq!(task["decided_by"], json!(["What has to be so on both sides at the end is so."]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tools_of_both_sides_are_tried_by_hand_and_show_what_they_change() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let start = bench(&product, "mobile", BOTH, &json!([])).await;
    assert_eq!(start["changed"], json!([]), "the beginning is the task's own");
    let met = |view: &Value| {
        let checks = view["checks"].as_array().expect("a list").iter();
        let deciding: Vec<bool> = checks
            .filter(|check| check["counts"] == true)
            .map(|check| check["met"].as_bool().expect("yes or no"))
            .collect();
        assert!(!deciding.is_empty(), "{view}");
        deciding.into_iter().all(|met| met)
    };
    assert!(!met(&start), "the fault is there");

    let steps = expected(&product, "mobile", BOTH).await;
    let whole = bench(&product, "mobile", BOTH, &json!(steps)).await;
    assert_eq!(
        whole["checks"].as_array().and_then(|all| all.last()).expect("a check")["text"],
        "The expected steps were taken."
    );
    assert!(met(&whole), "the expected steps mend it: {}", whole["checks"]);
    let seats: Vec<&Value> =
        whole["steps"].as_array().expect("a list").iter().map(|step| &step["seat"]).collect();
    assert!(seats.contains(&&json!("agent")) && seats.contains(&&json!("customer")), "{seats:?}");
    let sides = names(&whole["changed"], "seat");
    assert!(sides.contains(&"agent") && sides.contains(&"customer"), "{}", whole["changed"]);
    let change = whole["changed"].as_array().expect("a list").iter();
    let records: Vec<&str> = change.filter_map(|change| change["record"].as_str()).collect();
    assert!(records.iter().any(|record| record.starts_with("Line L")), "{records:?}");
    let changed = |view: &Value| view["device"].to_string().matches("\"changed\":true").count();
    assert_eq!(changed(&start), 0);
    assert!(changed(&whole) > 0, "{}", whole["device"]);

    // Taking the last back is playing the others; starting anew is playing none.
    let without = bench(&product, "mobile", BOTH, &json!(steps[..steps.len() - 1])).await;
    assert!(!met(&without));
    assert_eq!(bench(&product, "mobile", BOTH, &json!([])).await, start);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tool_that_refuses_is_told_apart_and_what_does_not_fit_names_its_field() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let calls = json!([{"seat": "agent", "tool": "get_customer_by_id",
        "arguments": {"customer_id": "C0"}}]);
    let refused = bench(&product, "mobile", "", &calls).await;
    assert_eq!(refused["steps"][0]["tool"]["ok"], false);
    assert_eq!(refused["steps"][0]["changes"], json!([]));
    assert_eq!(refused["checks"], json!([]), "without a task nothing is asked for");

    for (task, seat, tool, arguments, code, part) in [
        (
            "",
            "agent",
            "refuel_data",
            json!({"gb_amount": "much"}),
            ErrorCode::BadRequest,
            "customer_id",
        ),
        ("", "agent", "toggle_data", json!({}), ErrorCode::BadRequest, "There is no tool"),
        ("", "customer", "toggle_data", json!({"on": "1"}), ErrorCode::BadRequest, "does not take"),
        ("no.such", "agent", "x", json!({}), ErrorCode::NotFound, "no.such"),
    ] {
        let call = json!({"seat": seat, "tool": tool, "arguments": arguments});
        let asked = json!({"domain": "mobile", "task": task, "split": "", "calls": [call]});
        let error = product.call("try_tools", asked).await.expect_err("it does not fit");
        assert_eq!(error.code, code, "{error:?}");
        assert!(error.message.contains(part), "{error:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bench_takes_domains_where_the_agent_alone_has_tools_too() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let tasks = call(&product, "list_tasks", json!({"domain": "retail", "split": "test"})).await;
    let mut tried = 0;
    for task in names(&tasks, "id") {
        let steps = expected(&product, "retail", task).await;
        if steps.is_empty() {
            continue;
        }
        let view = bench(&product, "retail", task, &json!(steps)).await;
        assert_eq!(view["checks"][0]["met"], true, "{task}");
        assert_eq!(view["customer_tools"], json!([]));
        assert_eq!(view["steps"].as_array().map(Vec::len), Some(steps.len()));
        let each = view["steps"].as_array().expect("a list").iter();
        let changed: usize = each.map(|step| step["changes"].as_array().map_or(0, Vec::len)).sum();
        assert!(changed > 0 || view["changed"] == json!([]), "{task}");
        tried += 1;
    }
    assert!(tried > 5, "{tried}");
    let asked = json!({"domain": "retail", "task": "", "split": "test",
        "calls": [{"seat": "customer", "tool": "toggle_data", "arguments": {}}]});
    let error = product.call("try_tools", asked).await.expect_err("there are none");
    assert!(error.message.contains("the customer has no tools"), "{error:?}");
}

/// A release of tau2 in our own words, in the layout of a checkout.
fn release(folder: &Path) -> String {
    let agents = r#"
AGENT_INSTRUCTION = "Serve."
AGENT_SOLO_INSTRUCTION = "Work alone; end with `{stop_function_name}`."
AGENT_GT_INSTRUCTION = "Follow the steps."


class LLMGTAgent:
    @classmethod
    def make_agent_instructions_from_action(cls, action, include_function_args=False):
        if action.requestor == "user":
            if include_function_args:
                return f"Have them do {action.get_func_format()}!"
            else:
                return f"Theirs: {action.name}."
        elif action.requestor == "assistant":
            if include_function_args:
                return f"Do {action.get_func_format()}!"


class LLMSoloAgent:
    STOP_FUNCTION_NAME = "done"

    def add_stop_tool(self):
        def done() -> str:
            """Say that it is done."""
            return "x"
"#;
    let tools = r#"
from typing import Literal, Optional

TaskStatus = Literal["pending", "completed"]


class MockTools(ToolKitBase):
    @is_tool(ToolType.WRITE)
    def create_task(self, user_id: str, title: str, description: Optional[str] = None):
        """Put a task on a list."""

    @is_tool(ToolType.READ)
    def get_users(self):
        """Look at everybody."""

    @is_tool(ToolType.WRITE)
    def update_task_status(self, task_id: str, status: TaskStatus):
        """Move a task on."""

    @is_tool(ToolType.GENERIC)
    def transfer_to_human_agents(self, summary: str):
        """Hand over."""
"#;
    let greeting = r#"DEFAULT_FIRST_AGENT_MESSAGE = AssistantMessage(role="assistant", content="Good morning!", cost=0.0)"#;
    let database = r#"{"tasks": {"task_1": {"task_id": "task_1", "title": "A", "status": "pending"}},
        "users": {"ana": {"user_id": "ana", "name": "Ana", "tasks": ["task_1"]}}}"#;
    let task = r#"[{"id": "close", "user_scenario": {"instructions": "Have task_1 closed."},
        "evaluation_criteria": {"actions": [{"action_id": "a", "name": "update_task_status",
        "arguments": {"task_id": "task_1", "status": "completed"}}]}}]"#;
    for (name, text) in [
        ("pyproject.toml", "[project]\nname = \"tau2\"\nversion = \"9.9\"\n"),
        ("src/tau2/agent/llm_agent.py", agents),
        ("src/tau2/orchestrator/orchestrator.py", greeting),
        ("src/tau2/domains/mock/tools.py", tools),
        ("data/tau2/user_simulator/simulation_guidelines.md", "Play.\n"),
        ("data/tau2/domains/mock/db.json", database),
        ("data/tau2/domains/mock/policy.md", "Be kind."),
        ("data/tau2/domains/mock/tasks.json", task),
    ] {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder.display().to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_release_of_tau2_is_shown_kept_tried_and_removed() {
    let data = tempfile::tempdir().expect("a folder");
    let outside = tempfile::tempdir().expect("a folder");
    let path = release(outside.path());
    let product = product(data.path()).await;
    let dropped = call(&product, "look_at", json!({"paths": [path]})).await;
    let found = &dropped["release"];
    assert_eq!(dropped["unknown"], json!([]), "{dropped}");
    assert_eq!((&found["package"], &found["version"]), (&json!("tau2"), &json!("9.9")));
    let domain = &found["domains"][0];
    assert_eq!((&domain["name"], &domain["kind"]), (&json!("mock"), &json!("tau2")));
    assert_eq!((&domain["rules"], &domain["tasks"]), (&json!("v0.1.2"), &json!(1)));
    assert_eq!((&domain["tools"], &domain["customer_tools"]), (&json!(4), &json!(0)));
    assert!(domain["strange"].as_array().is_some_and(|strange| !strange.is_empty()), "{domain}");

    let kept = call(&product, "keep_release", json!({"path": path, "name": "two"})).await;
    assert_eq!(kept["domains"], json!(["two:mock"]));
    let listed = call(&product, "list_domains", json!({})).await;
    let mock = listed.as_array().expect("a list").iter().find(|each| each["id"] == "two:mock");
    let splits = &mock.expect("it is listed")["splits"];
    assert_eq!(splits, &json!([{"split": "all", "tasks": 1}]), "the file names no sets");
    let tasks = call(&product, "list_tasks", json!({"domain": "two:mock", "split": "all"})).await;
    assert_eq!(tasks[0]["title"], "Have task_1 closed.");
    let steps = expected(&product, "two:mock", "close").await;
    let view = bench(&product, "two:mock", "close", &json!(steps)).await;
    assert_eq!(view["checks"][0]["met"], true, "{view}");
    assert_eq!(
        view["steps"][0]["changes"],
        json!([{"seat": "agent", "record": "Task task_1", "field": "status",
            "before": "pending", "after": "completed"}])
    );
    assert_eq!(call(&product, "delete_source", json!({"name": "two"})).await, json!([]));
}
