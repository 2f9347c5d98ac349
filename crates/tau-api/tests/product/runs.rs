//! The product through its own door: commands as a host calls them, on shipped data and practice
//! models.

use std::path::Path;

use serde_json::{Value, json};
use tau_api::{ErrorCode, Product};

use crate::support::{call, drawn, product, whole};

/// A practice run of three tasks with impatient customers.
fn draft() -> Value {
    json!({
        "name": "", "domain": "retail", "split": "test",
        "task_ids": ["retail-001", "retail-002", "retail-003"],
        "agent": {"endpoint": "practice", "model": ""},
        "customer": {"strategy": "practice", "endpoint": "practice", "model": ""},
        "conditions": [{"name": "", "levels": {"impatience": 4}}],
        "trials": 2, "seed": 1, "max_concurrency": 2, "temperature": 0.0, "max_steps": 30,
        "agent_strategy": "tool-calling", "parallel_tool_calls": false, "text_tool_calls": false,
        "wording": "", "checkpoint": false, "spend_cap_usd": null,
    })
}

async fn finished_run(product: &Product) -> String {
    let mut ticks = product.ticks();
    let started = call(product, "start_run", json!({"draft": draft()})).await;
    let id = started["id"].as_str().expect("an id").to_owned();
    loop {
        let progress = call(product, "run_progress", json!({"id": id})).await;
        match progress["state"].as_str() {
            Some("finished") => return id,
            Some("running") => drop(ticks.next().await),
            other => panic!("the run is {other:?}: {progress}"),
        }
    }
}

/// The values of one field of a list's entries.
fn column<'a>(list: &'a Value, field: &str) -> Vec<&'a Value> {
    list.as_array().expect("a list").iter().map(|entry| &entry[field]).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_says_what_it_would_do_before_anything_runs() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let preview = call(&product, "preview_run", json!({"draft": draft()})).await;
    assert_eq!(preview["conversations"], 3 * 2 * 2);
    assert_eq!(preview["conditions"][0]["id"], "baseline");
    assert_eq!(preview["cost"]["free"], true);
    assert_eq!(preview["problems"], json!([]));
    assert_eq!(preview["smallest_drop"], Value::Null, "three tasks are too few to say");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missing_in_a_draft_is_said_field_by_field_and_nothing_starts() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let mut wrong = draft();
    wrong["trials"] = json!(0);
    wrong["task_ids"] = json!([]);
    wrong["agent"] = json!({"endpoint": "gone", "model": ""});
    wrong["conditions"] = json!([{"name": "", "levels": {"impatience": 0}}]);
    let preview = call(&product, "preview_run", json!({"draft": wrong})).await;
    let fields = column(&preview["problems"], "field");
    assert_eq!(fields, ["trials", "conditions.0", "agent.endpoint", "task_ids"]);
    let refused = product.call("start_run", json!({"draft": wrong})).await.expect_err("refused");
    assert_eq!(refused.code, ErrorCode::BadRequest);
    let page = json!({"text": "", "page": {"offset": 0, "limit": 9}});
    assert_eq!(call(&product, "list_runs", page).await["total"], 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_is_played_read_charted_and_saved() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let id = finished_run(&product).await;

    let grid = call(&product, "run_grid", json!({"id": id})).await;
    let cells = column(&grid["rows"], "cells");
    let attempts = |cell: &Value| cell.as_array().map(Vec::len);
    assert_eq!(cells.len(), 3);
    for row in cells {
        let row = row.as_array().expect("conditions");
        assert_eq!(row.iter().map(attempts).collect::<Vec<_>>(), [Some(2), Some(2)]);
    }

    let result = call(&product, "run_result", whole(&id)).await;
    assert_eq!(result["practice"], true);
    let scored = column(&result["rows"], "scored");
    assert_eq!(scored.iter().filter_map(|number| number.as_u64()).sum::<u64>(), 12);

    let page = json!({"offset": 0, "limit": 50});
    let query = json!({"run_id": id, "outcome": null, "condition": null, "text": "", "page": page});
    let list = call(&product, "list_conversations", json!({"query": query})).await;
    assert_eq!(list["total"], 12);
    let first = list["rows"][0]["id"].clone();
    let conversation = call(&product, "get_conversation", json!({"id": first})).await;
    assert_ne!(conversation["verdict"], "");
    assert_ne!(conversation["instruction"], "");
    let speakers = column(&conversation["turns"], "speaker");
    assert_eq!(speakers[0], "customer");
    assert!(speakers.contains(&&json!("tool")), "{speakers:?}");

    for dark in [false, true] {
        let chart = drawn(&product, &id, "forest", dark).await;
        assert!(chart["svg"].as_str().expect("a drawing").starts_with("<svg"));
        assert_eq!(chart["hotspots"].as_array().map(Vec::len), Some(2));
    }
    for (format, begins) in [("html", b"<!".as_slice()), ("tau_trait", b"["), ("csv", b"")] {
        let asked = json!({"request": whole(&id)["request"], "format": format});
        let exported = call(&product, "export_run", asked).await;
        let file = std::fs::read(exported["path"].as_str().expect("a path")).expect("the file");
        assert!(file.starts_with(begins), "{format}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_is_there_after_a_restart_and_keys_are_in_no_file() {
    const CANARY: &str = "sk-canary-4711";
    let data = tempfile::tempdir().expect("a folder");
    let id = {
        let product = product(data.path()).await;
        let id = finished_run(&product).await;
        let draft = json!({
            "id": "", "name": "House server", "kind": "openai_compatible",
            "base_url": "http://127.0.0.1:9/v1", "models": ["m"], "provider": "",
        });
        let saved = call(&product, "save_endpoint", json!({"draft": draft})).await;
        let key = json!({"endpoint": saved["id"], "key": CANARY});
        assert!(!call(&product, "set_key", key).await.to_string().contains(CANARY));
        call(&product, "save_settings", json!({"settings": {"theme": "dark"}})).await;
        call(&product, "rename_run", json!({"id": id, "name": "Renamed"})).await;
        product.shutdown().await;
        id
    };
    for entry in std::fs::read_dir(data.path()).expect("the folder").flatten() {
        let bytes = std::fs::read(entry.path()).unwrap_or_default();
        let found = bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes());
        assert!(!found, "the key is in {}", entry.path().display());
    }
    let product = product(data.path()).await;
    let run = call(&product, "get_run", json!({"id": id})).await;
    assert_eq!(run["summary"]["name"], "Renamed");
    let endpoints = call(&product, "list_endpoints", json!({})).await;
    assert_eq!(endpoints[1]["name"], "House server");
    assert_eq!(call(&product, "get_settings", json!({})).await["theme"], "dark");
    call(&product, "delete_endpoint", json!({"id": endpoints[1]["id"]})).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sample_is_made_once_and_not_again_after_it_was_deleted() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    product.ensure_sample().await;
    product.ensure_sample().await;
    let page = json!({"text": "", "page": {"offset": 0, "limit": 9}});
    let runs = call(&product, "list_runs", page.clone()).await;
    assert_eq!(runs["total"], 1);
    assert_eq!(runs["rows"][0]["sample"], true);
    call(&product, "delete_run", json!({"id": runs["rows"][0]["id"]})).await;
    product.ensure_sample().await;
    assert_eq!(call(&product, "list_runs", page).await["total"], 0);
}

#[tokio::test]
async fn an_unknown_command_and_arguments_that_do_not_fit_are_refused() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    for (name, arguments) in
        [("format_disk", json!({})), ("get_run", json!({})), ("list_tasks", json!({"domain": 3}))]
    {
        let error = product.call(name, arguments).await.expect_err("refused");
        assert_eq!(error.code, ErrorCode::BadRequest, "{name}");
    }
    let gone = product.call("get_run", json!({"id": "nonsense"})).await.expect_err("not there");
    assert_eq!(gone.code, ErrorCode::NotFound);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_can_keep_a_result_file_and_its_set_up_can_be_used_again() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let mut wanted = draft();
    wanted["checkpoint"] = json!(true);
    wanted["spend_cap_usd"] = json!(2.5);
    let started = call(&product, "start_run", json!({"draft": wanted})).await;
    let id = started["id"].as_str().expect("an id").to_owned();
    let mut ticks = product.ticks();
    while call(&product, "run_progress", json!({"id": id})).await["state"] != "finished" {
        ticks.next().await.expect("word of the run");
    }

    let mut files = std::fs::read_dir(data.path().join("results")).expect("the folder of results");
    let file = files.next().expect("a file").expect("its entry").path();
    let name = file.file_name().expect("a name").to_string_lossy().into_owned();
    assert!(name.starts_with("tool-calling-practice agent-0.0_range_0-3_user-"), "{name}");
    let kept: Vec<Value> =
        serde_json::from_slice(&std::fs::read(&file).expect("its bytes")).expect("a list");
    assert_eq!(kept.len(), 12);

    let again = call(&product, "draft_of_run", json!({"id": id})).await;
    assert_eq!(again["task_ids"], wanted["task_ids"]);
    assert_eq!(again["conditions"][0]["levels"]["impatience"].as_f64(), Some(4.0));
    assert_eq!((&again["checkpoint"], &again["spend_cap_usd"]), (&json!(true), &json!(2.5)));
    let preview = call(&product, "preview_run", json!({"draft": again})).await;
    assert_eq!(preview["problems"], json!([]));
    assert_eq!(preview["conversations"], 12);
}

/// A result file of tau-bench with one conversation a task.
fn result_file(folder: &Path, name: &str, passes: impl Fn(u32) -> bool) -> String {
    let entries: Vec<Value> = (0..12)
        .map(|task| {
            let reward = if passes(task) { 1.0 } else { 0.0 };
            json!({
                "task_id": task, "trial": 0, "reward": reward,
                "info": {"task": {"user_id": "u", "instruction": format!("Task {task}."), "actions": [], "outputs": []},
                         "reward_info": {"reward": reward, "info": {"r_actions": reward, "gt_data_hash": ""}, "actions": []}},
                "traj": [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Good day"}],
            })
        })
        .collect();
    let path = folder.join(name);
    std::fs::write(&path, json!(entries).to_string()).expect("the file is written");
    path.display().to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn result_files_open_as_a_run_with_result_grid_and_table() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let paths = [
        result_file(data.path(), "gpt-4o_retail_none_0.json", |task| task < 9),
        result_file(data.path(), "gpt-4o_retail_trait_dict_impatient_0.json", |task| task < 6),
        data.path().join("gone.json").display().to_string(),
    ];
    let opened = call(&product, "open_results", json!({"paths": paths})).await;
    assert_eq!(opened["runs"].as_array().expect("runs").len(), 1, "{opened}");
    assert!(opened["problems"][0].as_str().expect("a sentence").contains("gone.json"));
    let run = &opened["runs"][0];
    assert_eq!(run["imported"]["format"], "tau-trait");
    assert_eq!((&run["state"], &run["agent"]), (&json!("finished"), &json!("gpt-4o")));
    let id = run["id"].as_str().expect("an id").to_owned();

    let result = call(&product, "run_result", whole(&id)).await;
    assert_eq!(column(&result["rows"], "condition"), ["baseline", "impatience"]);
    let grid = call(&product, "run_grid", json!({"id": id})).await;
    assert_eq!(grid["rows"][11]["cells"][1].as_array().expect("cells").len(), 1);
    let detail = call(&product, "get_run", json!({"id": id})).await;
    let setup = detail["setup"].as_array().expect("lines");
    let said = |label: &str| {
        setup.iter().find(|line| line["label"] == label).expect("a line")["value"].clone()
    };
    assert_eq!(said("Temperature"), "not in the file");
    assert!(said("Opened from").as_str().expect("files").contains("gpt-4o_retail_none_0.json"));
    let refused = product.call("resume_run", json!({"id": id})).await.expect_err("refused");
    assert_eq!(refused.code, ErrorCode::Conflict);
    assert!(refused.message.contains("opened from a file"), "{}", refused.message);

    let table = call(&product, "trait_table", json!({"runs": [id]})).await;
    assert_eq!(table["rows"][0]["cells"][0]["points"], -25.0);
    assert_eq!(table["columns"][0]["name"], "Impatience");
    let board = call(&product, "pass_board", json!({"runs": [id]})).await;
    assert_eq!(board["rows"][0]["values"][0]["value"], 0.75);
    let asked = json!({"runs": [id], "kind": "traits", "format": "markdown"});
    let saved = call(&product, "save_table", asked).await;
    let text =
        std::fs::read_to_string(saved["path"].as_str().expect("a path")).expect("it is there");
    assert!(text.contains("| retail (from a file) | gpt-4o | 75 %"), "{text}");

    let again = call(&product, "open_results", json!({"paths": paths})).await;
    assert_eq!(again["runs"][0]["id"], json!(id), "the same files are the same run");
}
