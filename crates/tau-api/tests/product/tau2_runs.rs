//! Runs over a domain of tau2 through the product's own door.

use serde_json::{Value, json};
use tau_api::ErrorCode;

use crate::support::{call, drawn, finished, product, whole};

/// Ten tasks of the mobile operator with the practice models.
fn draft() -> Value {
    json!({
        "name": "", "domain": "mobile", "split": "small", "task_ids": null,
        "agent": {"endpoint": "practice", "model": ""},
        "customer": {"strategy": "practice", "endpoint": "practice", "model": ""},
        "conditions": [{"name": "", "levels": {"confusion": 4}}],
        "trials": 1, "seed": 1, "max_concurrency": 2, "temperature": 0.0, "max_steps": 200,
        "agent_strategy": "tool-calling", "parallel_tool_calls": false, "text_tool_calls": false,
        "wording": "", "checkpoint": false, "spend_cap_usd": null,
    })
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_tasks_are_run_and_a_failure_is_read_with_the_device_and_what_each_call_changed() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let tasks = call(&product, "list_tasks", json!({"domain": "mobile", "split": "small"})).await;
    let ids: Vec<&Value> = list(&tasks).iter().take(10).map(|task| &task["id"]).collect();
    let mut ten = draft();
    ten["task_ids"] = json!(ids);
    let preview = call(&product, "preview_run", json!({"draft": ten})).await;
    assert_eq!(preview["problems"], json!([]), "{preview}");
    assert_eq!((&preview["tasks"], &preview["conversations"]), (&json!(10), &json!(20)));
    let run = finished(&product, ten.clone()).await;

    let detail = call(&product, "get_run", json!({"id": run})).await;
    assert_eq!(detail["summary"]["domain_title"], "Mobile operator, two at the controls");
    let setup = |label: &str| {
        let found = list(&detail["setup"]).iter().find(|line| line["label"] == label);
        found.unwrap_or_else(|| panic!("{label}"))["value"].as_str().expect("a text").to_owned()
    };
    assert_eq!(setup("Way of working"), "With the customer (llm_agent)");
    assert_eq!(setup("Grading"), "tau2-v1.0");
    assert!(setup("Domain").contains("small, fingerprint "), "{}", setup("Domain"));
    assert_eq!(setup("Failed calls that end a conversation"), "10");

    let query = json!({"query": {"run_id": run, "outcome": "failed", "condition": null, "text": "",
        "page": {"offset": 0, "limit": 50}}});
    let failed = call(&product, "list_conversations", query).await;
    let failed = &list(&failed["rows"])[0]["id"];
    let read = call(&product, "get_conversation", json!({"id": failed})).await;
    let verdict = read["verdict"].as_str().expect("a text");
    assert!(verdict.starts_with("Failed"), "{verdict}");
    let parts = list(&read["account"]["parts"]);
    let decisive = |part: &&Value| part["met"] == false && part["counts"] == true;
    let unmet = parts.iter().find(|part| decisive(part)).unwrap_or_else(|| panic!("{parts:?}"));
    let missed = |point: &&Value| point["met"] == false && point["remark"] != "";
    assert!(list(&unmet["points"]).iter().any(|point| missed(&point)), "{unmet}");
    assert_eq!(read["account"]["note"], "");
    let device = list(&read["device"]);
    let part = device.iter().find(|part| part["name"] == "Device").expect("the phone");
    let tools: Vec<&Value> =
        list(&read["turns"]).iter().map(|turn| &turn["tool"]).filter(|t| !t.is_null()).collect();
    assert!(tools.iter().all(|tool| tool["seat"] == "agent" || tool["seat"] == "customer"));
    for change in tools.iter().flat_map(|tool| list(&tool["changes"])) {
        if change["seat"] != "customer" || change["record"] != "Device" {
            continue;
        }
        // What changed is found in the device under the same name.
        let known = list(&part["fields"]).iter().any(|field| field["name"] == change["field"]);
        assert!(known, "{change} is not among {part}");
    }

    let result = call(&product, "run_result", whole(&run)).await;
    assert_eq!(result["practice"], true);
    drawn(&product, &run, "forest", false).await;

    // Whose fault each failure was: the rules say it, or why they cannot.
    let faults = call(&product, "run_faults", json!({"id": run})).await;
    let failures = faults["failures"].as_u64().expect("a number");
    let laid: u64 = list(&faults["authors"]).iter().filter_map(|one| one["count"].as_u64()).sum();
    assert!(failures > 0 && laid == failures, "{faults}");
    let diagnosis = call(&product, "get_diagnosis", json!({"conversation": failed})).await;
    assert_eq!(diagnosis["shown"]["source"], "rules", "{diagnosis}");
    assert_eq!(diagnosis["undecided"], "");
    assert!(!list(&diagnosis["findings"]).is_empty(), "{diagnosis}");
    for kind in ["faults", "tags"] {
        drawn(&product, &run, kind, false).await;
    }
    let again = call(&product, "draft_of_run", json!({"id": run})).await;
    assert_eq!(again["tau2"]["agent"], "llm_agent");
    assert_eq!((&again["domain"], &again["split"]), (&json!("mobile"), &json!("small")));
}

/// Ten tasks with the practice models and a seed by which the agent forgets something.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_ten_tasks_with_easy_customers_one_fails_since_the_agent_forgot_something() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let tasks = call(&product, "list_tasks", json!({"domain": "mobile", "split": "base"})).await;
    let ids: Vec<&Value> = list(&tasks).iter().take(10).map(|task| &task["id"]).collect();
    let mut ten = draft();
    ten["split"] = json!("base");
    ten["task_ids"] = json!(ids);
    ten["seed"] = json!(42);
    let run = finished(&product, ten).await;
    let query = json!({"query": {"run_id": run, "outcome": "failed", "condition": "baseline", "text": "",
        "page": {"offset": 0, "limit": 50}}});
    let failed = call(&product, "list_conversations", query).await;
    let rows = list(&failed["rows"]);
    assert_eq!(rows.len(), 1, "{failed}");
    assert_eq!(rows[0]["task_id"], "mms.roam-line.storage-sms");
    for row in rows {
        let diagnosis = call(&product, "get_diagnosis", json!({"conversation": row["id"]})).await;
        assert_eq!(diagnosis["shown"]["author"], "agent", "{diagnosis}");
        assert_eq!(diagnosis["shown"]["kind"], "goal_partially_completed", "{diagnosis}");
        let tags = list(&diagnosis["shown"]["tags"]);
        assert!(tags.contains(&json!("missed_required_action")), "{diagnosis}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agent_alone_has_a_run_without_customers() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let mut alone = draft();
    alone["domain"] = json!("mobile-workflow");
    alone["conditions"] = json!([]);
    alone["tau2"] = json!({"agent": "llm_agent_solo", "max_errors": 10, "judge": null});
    let run = finished(&product, alone).await;
    let detail = call(&product, "get_run", json!({"id": run})).await;
    assert_eq!(detail["summary"]["customer"], "Nobody: the agent works alone");
    assert_eq!(detail["summary"]["progress"]["finished"], 27);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_played_in_such_a_domain_is_said_field_by_field() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let mut wrong = draft();
    wrong["split"] = json!("nothing");
    wrong["agent_strategy"] = json!("react");
    wrong["customer"]["strategy"] = json!("local");
    wrong["tau2"] = json!({"agent": "llm_agent", "max_errors": 0, "judge": null});
    let preview = call(&product, "preview_run", json!({"draft": wrong})).await;
    let fields: Vec<&str> =
        list(&preview["problems"]).iter().filter_map(|problem| problem["field"].as_str()).collect();
    for field in ["split", "agent_strategy", "customer.strategy", "tau2.max_errors", "task_ids"] {
        assert!(fields.contains(&field), "{field} in {fields:?}");
    }
    let refused = product.call("start_run", json!({"draft": wrong})).await.expect_err("refused");
    assert_eq!(refused.code, ErrorCode::BadRequest);
    let mut solo = draft();
    solo["tau2"] = json!({"agent": "llm_agent_solo", "max_errors": 10, "judge": null});
    let preview = call(&product, "preview_run", json!({"draft": solo})).await;
    assert_eq!(preview["problems"][0]["field"], "conditions");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_at_reading_pace_is_read_along_while_the_phone_changes() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let mut slow = draft();
    let quick = call(&product, "preview_run", json!({"draft": slow})).await;
    slow["unhurried"] = json!(true);
    let preview = call(&product, "preview_run", json!({"draft": slow})).await;
    let seconds = |preview: &Value| preview["seconds"].as_f64().expect("a time");
    assert!(seconds(&preview) > 60.0 && seconds(&quick) < 10.0, "{preview} {quick}");
    let started = call(&product, "start_run", json!({"draft": slow})).await;
    let run = started["id"].as_str().expect("an id");
    let mut ticks = product.ticks();
    // Some conversation that goes on tells what the customer's last call changed.
    let seen = async {
        loop {
            let query = json!({"query": {"run_id": run, "outcome": "running", "condition": null,
                "text": "", "page": {"offset": 0, "limit": 10}}});
            let going = call(&product, "list_conversations", query).await;
            for row in list(&going["rows"]) {
                let read = call(&product, "get_conversation", json!({"id": row["id"]})).await;
                let turns = read["turns"].as_array().into_iter().flatten();
                let mut changes = turns.flat_map(|turn| {
                    turn["tool"]["changes"].as_array().cloned().unwrap_or_default()
                });
                let device = read["device"].as_array().is_some_and(|parts| !parts.is_empty());
                if device && changes.any(|change| change["seat"] == "customer") {
                    return;
                }
            }
            ticks.next().await.expect("word of the run");
        }
    };
    let long = std::time::Duration::from_secs(60);
    tokio::time::timeout(long, seen).await.expect("the phone is seen to change");
    assert_eq!(call(&product, "run_progress", json!({"id": run})).await["state"], "running");
    let again = call(&product, "draft_of_run", json!({"id": run})).await;
    assert_eq!(again["unhurried"], true);
    call(&product, "cancel_run", json!({"id": run})).await;
}
