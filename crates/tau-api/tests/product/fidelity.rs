//! Whether customers showed their traits, through the product's own door: markers, a judge on
//! loopback, recorded conversations.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tau_api::{ErrorCode, Product};

use crate::support::{call, drawn, product, recorded, whole};

/// A finished practice run with impatient and very impatient customers.
async fn finished_run(product: &Product) -> String {
    let tasks: Vec<String> = (1..=10).map(|number| format!("retail-{number:03}")).collect();
    let draft = json!({
        "name": "", "domain": "retail", "split": "test", "task_ids": tasks,
        "agent": {"endpoint": "practice", "model": ""},
        "customer": {"strategy": "practice", "endpoint": "practice", "model": ""},
        "conditions": [
            {"name": "", "levels": {"impatience": 1}},
            {"name": "", "levels": {"impatience": 4}},
        ],
        "trials": 1, "seed": 1, "max_concurrency": 2, "temperature": 0.0, "max_steps": 30,
        "agent_strategy": "tool-calling", "parallel_tool_calls": false, "text_tool_calls": false,
        "wording": "", "checkpoint": false, "spend_cap_usd": null,
    });
    let mut ticks = product.ticks();
    let started = call(product, "start_run", json!({"draft": draft})).await;
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

async fn fidelity(product: &Product, run: &str) -> Value {
    call(product, "run_fidelity", json!({"id": run})).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_message_of_a_customer_is_metered_and_the_run_says_what_was_shown() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let run = finished_run(&product).await;
    let found = fidelity(&product, &run).await;
    assert_eq!(found["conditions"].as_array().expect("conditions").len(), 2, "{found}");
    let strongest = &found["conditions"][1]["traits"][0];
    assert_eq!(strongest["asked"], 4.0);
    let by = &strongest["measured"][0];
    assert_eq!((&by["source"], &by["conversations"]), (&json!("markers"), &json!(10)));
    assert!(by["level"].as_f64() > by["baseline"].as_f64(), "{by}");
    assert!(by["step_interval"].is_object(), "ten tasks are enough for an interval: {by}");
    assert_eq!(found["meters"][0]["conversations"], found["meters"][0]["of"]);
    let figures = &found["traits"][0];
    assert_eq!(figures["points"].as_array().expect("points").len(), 3, "{figures}");
    assert!(figures["pairwise"].as_f64().expect("a share") > 0.5, "{figures}");
    assert_eq!(found["adherence"].as_array().expect("adherence").len(), 3);

    // The same beside each message, and beside the drop.
    let query = json!({
        "run_id": run, "outcome": null, "condition": "impatience-4", "text": "",
        "page": {"offset": 0, "limit": 1},
    });
    let listed = call(&product, "list_conversations", json!({"query": query})).await;
    let id = listed["rows"][0]["id"].clone();
    let told = call(&product, "get_conversation", json!({"id": id})).await;
    for turn in told["turns"].as_array().expect("turns") {
        let metered = turn["meter"].as_array().expect("readings").len();
        let spoke = turn["speaker"] == "customer" && turn["text"] != "(ended the conversation)";
        assert_eq!(metered, usize::from(spoke), "{turn}");
        if spoke {
            let reading = &turn["meter"][0];
            assert_eq!(
                (&reading["trait_id"], &reading["asked"]),
                (&json!("impatience"), &json!(4.0))
            );
        }
    }
    let result = call(&product, "run_result", whole(&run)).await;
    assert_eq!(result["rows"][0]["shown"], Value::Null, "the baseline was asked for nothing");
    assert_eq!(result["rows"][2]["shown"], found["conditions"][1]["shown"]);
    let table = call(&product, "trait_table", json!({"runs": [run]})).await;
    let cells = table["rows"][0]["cells"].as_array().expect("cells");
    assert!(cells.iter().flat_map(|cell| cell.get("shown")).any(|shown| !shown.is_null()));
    let chart = drawn(&product, &run, "dose", true).await;
    assert_eq!(chart["hotspots"].as_array().expect("places").len(), 3);
    assert_eq!(chart["hotspots"][0]["opens"]["condition"], "baseline");
}

/// A judge on loopback that hears impatience in whatever has an exclamation mark, and how often it was
/// asked.
async fn judge() -> (String, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let answer = move |Json(body): Json<Value>| {
        counter.fetch_add(1, Ordering::SeqCst);
        let question = body["messages"][0]["content"].as_str().unwrap_or_default().to_owned();
        let part = |from: &str, to: &str| {
            let rest = question.split_once(from).map_or("", |(_, rest)| rest);
            rest.split_once(to).map_or(rest, |(part, _)| part).matches('!').count()
        };
        let text = if question.contains("# Message A") {
            let (a, b) = (part("# Message A", "# Message B"), part("# Message B", "# How"));
            json!({"more": if a > b { "A" } else if b > a { "B" } else { "same" }})
        } else {
            let level = if part("# The message", "# How") > 0 { 3 } else { 0 };
            json!({"levels": {"impatience": level}})
        };
        async move {
            Json(json!({
                "id": "c", "object": "chat.completion", "model": "m",
                "choices": [{"index": 0, "finish_reason": "stop",
                    "message": {"role": "assistant", "content": text.to_string()}}],
                "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10},
            }))
        }
    };
    let router = Router::new().route("/{*path}", post(answer));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/v1", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, asked)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_judging_model_reads_blind_keeps_what_it_read_and_is_not_asked_twice() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let run = finished_run(&product).await;
    let (address, asked) = judge().await;
    let endpoint = json!({"draft": {
        "id": "", "name": "Judge", "provider": "", "kind": "openai_compatible",
        "base_url": address, "models": ["judge-1"],
    }});
    let saved = call(&product, "save_endpoint", endpoint).await;
    let draft = |most: u32| {
        json!({"draft": {
            "run_id": run, "model": {"endpoint": saved["id"], "model": "judge-1"},
            "most": most, "max_concurrency": 4,
        }})
    };
    let refused = product.call("start_fidelity", draft(0)).await;
    assert_eq!(refused.expect_err("refused").code, ErrorCode::BadRequest);
    let estimate = call(&product, "estimate_fidelity", draft(100)).await;
    // Thirty conversations of at most three messages, and three pairs for each of ten tasks.
    assert_eq!((&estimate["conversations"], &estimate["questions"]), (&json!(30), &json!(120)));
    assert_eq!(asked.load(Ordering::SeqCst), 0, "an estimate asks nobody");

    call(&product, "start_fidelity", draft(100)).await;
    let found = loop {
        let found = fidelity(&product, &run).await;
        if found["job"]["running"] == false {
            break found;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    assert_eq!(
        (&found["job"]["done"], &found["job"]["failed"]),
        (&json!(60), &json!(0)),
        "{}",
        found["job"]
    );
    let judged = found["traits"].as_array().expect("figures");
    let judged = judged.iter().find(|each| each["source"] == "judge").expect("the judge's");
    assert_eq!(judged["pairs"], 30);
    let names: Vec<&str> = found["meters"]
        .as_array()
        .expect("meters")
        .iter()
        .filter_map(|each| each["name"].as_str())
        .collect();
    assert_eq!(names, ["Markers", "Judge (judge-1)"]);

    let before = asked.load(Ordering::SeqCst);
    let again = call(&product, "start_fidelity", draft(100)).await;
    assert_eq!(again["job"]["planned"], 0, "what was read is not read again");
    call(&product, "stop_fidelity", json!({"run": run})).await;
    assert_eq!(asked.load(Ordering::SeqCst), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn recorded_conversations_are_metered_and_nothing_is_claimed_without_a_baseline() {
    let data = tempfile::tempdir().expect("a folder");
    let Some(path) = recorded("impatience_retail", data.path()) else { return };
    let product = product(&data.path().join("data")).await;
    let opened = call(&product, "open_results", json!({"paths": [path]})).await;
    let run = opened["runs"][0]["id"].as_str().expect("a run").to_owned();
    let found = fidelity(&product, &run).await;
    let told = found["adherence"].as_array().expect("adherence");
    assert!(told.iter().all(|each| each["conversations"].as_u64() > Some(0)), "{found}");
    // Conversations of steered customers with their own task: hardly a fact is made up.
    let counted = &told[0];
    let (all, invented) = (counted["conversations"].as_f64(), counted["invented"].as_f64());
    assert!(invented.expect("a count") <= 0.1 * all.expect("a count"), "{counted}");
    assert_eq!(found["shown"], "cannot_tell", "{found}");
    let by = &found["conditions"][0]["traits"][0]["measured"][0];
    assert_eq!((&by["source"], &by["conversations"]), (&json!("markers"), &json!(120)), "{found}");
    let notes = found["notes"].to_string();
    assert!(notes.contains("does not say at which level"), "{notes}");
    assert!(
        found["sentence"].as_str().expect("a sentence").contains("no customers without traits"),
        "{found}"
    );
}
