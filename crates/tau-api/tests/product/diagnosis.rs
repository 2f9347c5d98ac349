//! Why conversations failed, through the product's own door: rules, a judging model on loopback, a
//! person who knows better.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tau_api::{ErrorCode, Product};

use crate::support::{call, product};

/// A finished practice run with very impatient customers.
async fn finished_run(product: &Product) -> String {
    let tasks: Vec<String> = (1..=6).map(|number| format!("retail-{number:03}")).collect();
    let draft = json!({
        "name": "", "domain": "retail", "split": "test", "task_ids": tasks,
        "agent": {"endpoint": "practice", "model": ""},
        "customer": {"strategy": "practice", "endpoint": "practice", "model": ""},
        "conditions": [{"name": "", "levels": {"impatience": 4}}],
        "trials": 2, "seed": 1, "max_concurrency": 2, "temperature": 0.0, "max_steps": 30,
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

async fn faults(product: &Product, run: &str) -> Value {
    call(product, "run_faults", json!({"id": run})).await
}

async fn failures(product: &Product, run: &str, author: Value) -> Value {
    let query = json!({
        "run_id": run, "author": author, "kind": null, "condition": null,
        "page": {"offset": 0, "limit": 50},
    });
    call(product, "list_faults", json!({"query": query})).await
}

fn total(list: &Value) -> u64 {
    list.as_array().expect("a list").iter().filter_map(|each| each["count"].as_u64()).sum()
}

/// A judge on loopback that blames the agent, and how often it was asked.
async fn judge() -> (String, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let answer = move |Json(body): Json<Value>| {
        counter.fetch_add(1, Ordering::SeqCst);
        let question = body["messages"][0]["content"].as_str().unwrap_or_default().to_owned();
        let text = if question.contains("Who caused it") {
            r#"{"kind": "other", "description": "It was slow."}"#
        } else {
            r#"{"author": "agent", "first_turn": 2, "severity": "minor", "tags": ["wrong_sequence"], "description": "The agent dawdled."}"#
        };
        async move {
            Json(json!({
                "id": "c", "object": "chat.completion", "model": "m",
                "choices": [{"index": 0, "finish_reason": "stop",
                    "message": {"role": "assistant", "content": text}}],
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
async fn every_failure_has_a_verdict_before_any_model_is_asked() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let run = finished_run(&product).await;
    let found = faults(&product, &run).await;
    let failed = found["failures"].as_u64().expect("a number");
    assert!(failed >= 4, "{found}");
    assert_eq!((total(&found["authors"]), total(&found["kinds"])), (failed, failed));
    assert_eq!(
        (&found["judged"], &found["agreement"], &found["job"]),
        (&json!(0), &Value::Null, &Value::Null)
    );
    assert!(found["sentence"].as_str().expect("a sentence").contains("at fault"), "{found}");
    assert!(found["rate_without_user_faults"].as_f64() > found["rate"].as_f64(), "{found}");

    let users = failures(&product, &run, json!("user")).await;
    let of_user = found["authors"].as_array().expect("a list").iter().find(|a| a["id"] == "user");
    assert_eq!(users["total"], of_user.expect("customers were at fault")["count"]);
    let row = &users["rows"][0];
    let told =
        call(&product, "get_diagnosis", json!({"conversation": row["conversation"]["id"]})).await;
    assert_eq!((&told["shown"], &told["rules"]), (&row["diagnosis"], &row["diagnosis"]));
    assert!(!told["findings"].as_array().expect("a list").is_empty());
    // Turns are those that the transcript shows.
    let id = json!({"id": row["conversation"]["id"]});
    let conversation = call(&product, "get_conversation", id).await;
    let turn = told["shown"]["turn"].as_u64().expect("a turn");
    let shown = conversation["turns"].as_array().expect("turns");
    let at = shown.iter().find(|each| each["number"] == turn).expect("that turn is shown");
    assert_eq!(at["speaker"], "customer", "{told} {at}");
}

/// The conversations that a list holds when it is narrowed by these parts of its query.
async fn listed(product: &Product, run: &Value, narrowed: Value) -> Value {
    let mut query = json!({
        "run_id": run, "outcome": null, "condition": null, "text": "",
        "page": {"offset": 0, "limit": 2},
    });
    for (name, value) in narrowed.as_object().expect("an object") {
        query[name] = value.clone();
    }
    call(product, "list_conversations", json!({"query": query})).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_of_conversations_is_narrowed_to_a_task_a_side_at_fault_or_a_tag() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let run = finished_run(&product).await;
    let found = faults(&product, &run).await;
    let run = json!(run);
    let mut all = 0;
    for author in ["user", "agent", "environment", "grader", "unjudged"] {
        let rows = listed(&product, &run, json!({"author": author})).await;
        assert!(rows["rows"].as_array().expect("rows").len() <= 2);
        all += rows["total"].as_u64().expect("a number");
        let told = found["authors"].as_array().expect("a list").iter().find(|a| a["id"] == author);
        if author == "user" {
            assert_eq!(rows["total"], told.expect("customers were at fault")["count"]);
        }
    }
    assert_eq!(found["failures"], all, "every failure stands in one of the lists");
    for tag in found["tags"].as_array().expect("a list") {
        let rows = listed(&product, &run, json!({"tag": tag["id"]})).await;
        assert_eq!(rows["total"], tag["count"], "{tag}");
    }
    let passed = listed(&product, &run, json!({"author": "agent", "outcome": "passed"})).await;
    assert_eq!(passed["total"], 0, "what passed is nobody's fault");
    let unjudged = listed(&product, &run, json!({"author": "unjudged"})).await;
    assert_eq!(unjudged["total"], 0, "the rules judge every failure");

    let any = listed(&product, &run, json!({})).await;
    let task = &any["rows"][0]["task_id"];
    let of_task = listed(&product, &run, json!({"task": task})).await;
    assert!(of_task["total"].as_u64() < any["total"].as_u64(), "{of_task}");
    for row in of_task["rows"].as_array().expect("rows") {
        assert_eq!(&row["task_id"], task);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_wins_over_rules_can_take_it_back_and_agreement_is_shown() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let run = finished_run(&product).await;
    let users = failures(&product, &run, json!("user")).await;
    let id = users["rows"][0]["conversation"]["id"].clone();
    let correction = |turn: Value, tags: Value| {
        json!({"correction": {
            "conversation_id": id, "author": "environment", "kind": "other",
            "description": "The task is odd.", "turn": turn, "tags": tags,
        }})
    };
    for (turn, tags) in [(json!(999), json!([])), (json!(1), json!(["boredom"]))] {
        let refused = product.call("correct_diagnosis", correction(turn, tags)).await;
        assert_eq!(refused.expect_err("refused").code, ErrorCode::BadRequest);
    }
    let told =
        call(&product, "correct_diagnosis", correction(json!(1), json!(["grader_dispute"]))).await;
    assert_eq!(
        (&told["shown"]["source"], &told["shown"]["author"]),
        (&json!("person"), &json!("environment"))
    );
    assert_eq!(told["rules"]["author"], "user");
    let doubted = listed(&product, &json!(run), json!({"author": "grader"})).await;
    assert!(
        doubted["rows"].as_array().expect("rows").iter().any(|row| row["id"] == id),
        "{doubted}"
    );
    let found = faults(&product, &run).await;
    assert_eq!((&found["judged"], &found["agreement"]["conversations"]), (&json!(1), &json!(1)));
    assert_eq!(found["agreement"]["same_author"], 0.0);
    let told = call(&product, "withdraw_correction", json!({"conversation": id})).await;
    assert_eq!((&told["person"], &told["shown"]["author"]), (&Value::Null, &json!("user")));

    // What passed has no fault to judge.
    let query = json!({"run_id": run, "outcome": "passed", "condition": null, "text": "", "page": {"offset": 0, "limit": 1}});
    let passed = call(&product, "list_conversations", json!({"query": query})).await;
    let id = passed["rows"][0]["id"].clone();
    let told = call(&product, "get_diagnosis", json!({"conversation": id})).await;
    assert_eq!((&told["shown"], &told["findings"]), (&Value::Null, &json!([])));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_model_judges_as_many_as_asked_for_goes_on_where_it_was_and_is_kept() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let run = finished_run(&product).await;
    let failed = faults(&product, &run).await["failures"].as_u64().expect("a number");
    let (address, asked) = judge().await;
    let endpoint = json!({"draft": {
        "id": "", "name": "Judge", "provider": "", "kind": "openai_compatible",
        "base_url": address, "models": ["judge-1"],
    }});
    let endpoint = call(&product, "save_endpoint", endpoint).await["id"].clone();
    let draft = |most: u64, endpoint: &Value| {
        json!({"draft": {
            "run_id": run, "model": {"endpoint": endpoint, "model": "judge-1"},
            "most": most, "max_concurrency": 2,
        }})
    };
    for (most, endpoint) in [(0, &endpoint), (3, &json!("practice"))] {
        let refused = product.call("start_diagnosis", draft(most, endpoint)).await;
        assert_eq!(refused.expect_err("refused").code, ErrorCode::BadRequest);
    }
    for (most, judged) in [(3, 3), (1000, failed)] {
        let mut ticks = product.ticks();
        call(&product, "start_diagnosis", draft(most, &endpoint)).await;
        let found = loop {
            let found = faults(&product, &run).await;
            if found["job"]["running"] == false {
                break found;
            }
            ticks.next().await;
        };
        assert_eq!((&found["judged"], &found["job"]["failed"]), (&json!(judged), &json!(0)));
    }
    assert_eq!(asked.load(Ordering::SeqCst) as u64, 2 * failed, "nothing was judged twice");
    let agents = failures(&product, &run, json!("agent")).await;
    assert_eq!(agents["total"], failed);
    let verdict = &agents["rows"][0]["diagnosis"];
    assert_eq!((&verdict["source"], &verdict["by"]), (&json!("model"), &json!("judge-1")));
    assert_eq!(verdict["description"], "The agent dawdled. It was slow.");

    product.shutdown().await;
    drop(product);
    let product = self::product(data.path()).await;
    let found = faults(&product, &run).await;
    assert_eq!((&found["judged"], &found["job"]), (&json!(failed), &Value::Null));
}
