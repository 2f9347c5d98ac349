//! Steer services through the product's own door.

#[allow(dead_code, clippy::unwrap_used)] // other tests use the rest of it; helpers of tests are tests
#[path = "../../../tau-traits/tests/hosted/fake.rs"]
mod fake;

use fake::{Answer, Fake, KEY};
use serde_json::{Value, json};
use tau_api::Product;

use crate::support::{call, product};

/// A connection to the service, with or without its key.
async fn connected(product: &Product, address: &str, key: Option<&str>) -> String {
    let draft = json!({"id": "", "name": "Steering box", "kind": "steer", "provider": "",
        "base_url": address, "models": []});
    let saved = call(product, "save_endpoint", json!({"draft": draft})).await;
    let id = saved["id"].as_str().expect("an id").to_owned();
    if let Some(key) = key {
        call(product, "set_key", json!({"endpoint": id, "key": key})).await;
    }
    id
}

fn draft(endpoint: &str, conditions: Value) -> Value {
    json!({
        "name": "", "domain": "retail", "split": "test", "task_ids": ["retail-001"],
        "agent": {"endpoint": "practice", "model": ""},
        "customer": {"strategy": "trait-mix", "endpoint": endpoint, "model": ""},
        "conditions": conditions,
        "trials": 1, "seed": 1, "max_concurrency": 2, "temperature": 0.0, "max_steps": 30,
        "agent_strategy": "tool-calling", "parallel_tool_calls": false, "text_tool_calls": false,
        "wording": "", "checkpoint": false, "spend_cap_usd": null,
    })
}

async fn problems(product: &Product, draft: Value) -> Vec<(String, String)> {
    let preview = call(product, "preview_run", json!({"draft": draft})).await;
    let text = |problem: &Value, field: &str| problem[field].as_str().expect("a text").to_owned();
    let list = preview["problems"].as_array().expect("a list").iter();
    list.map(|problem| (text(problem, "field"), text(problem, "message"))).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_names_what_the_service_does_not_know() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let fake = Fake::start().await;
    let id = connected(&product, &fake.url, Some(KEY)).await;
    let conditions = json!([
        {"name": "", "levels": {"impatience": 3}},
        {"name": "", "levels": {"skeptical": 1, "verbosity": 2.5}},
    ]);
    for _ in 0..3 {
        let found = problems(&product, draft(&id, conditions.clone())).await;
        let [(field, message)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(field, "conditions.1");
        assert!(message.contains("Steering box does not know verbosity."), "{message}");
        assert!(message.contains("impatience, confusion, skeptical, incoherence"), "{message}");
    }
    assert_eq!(fake.listed(), 1, "asked once, although the draft is looked at three times");
    let known = json!([{"name": "", "levels": {"impatience": 3}}]);
    assert_eq!(problems(&product, draft(&id, known)).await, []);
    assert!(fake.asked().is_empty(), "nobody has said anything");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_lists_nothing_is_taken_at_its_word() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let fake = Fake::start().await;
    fake.lists(Answer::Says(404, json!({"detail": "Not Found"})));
    let id = connected(&product, &format!("{}/steer_bare", fake.url), Some(KEY)).await;
    let conditions = json!([{"name": "", "levels": {"verbosity": 2}}]);
    assert_eq!(problems(&product, draft(&id, conditions)).await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_of_a_service_lists_its_traits_and_says_what_is_wrong() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let fake = Fake::start().await;
    let tested = async |id: &str| {
        call(&product, "test_endpoint", json!({"endpoint": id, "model": ""})).await
    };
    for path in ["", "/steer_bare"] {
        let id = connected(&product, &format!("{}{path}", fake.url), Some(KEY)).await;
        let answer = tested(&id).await;
        assert_eq!((&answer["ok"], &answer["models"]), (&json!(true), &json!([])), "{answer}");
        let message = answer["message"].as_str().expect("a text");
        assert!(message.contains("answered in"), "{message}");
        assert!(
            message.ends_with("It knows impatience, confusion, skeptical, incoherence."),
            "{message}"
        );
    }
    let wrong = connected(&product, &fake.url, Some("not-the-key")).await;
    let answer = tested(&wrong).await;
    assert_eq!(answer["ok"], false);
    assert!(answer["message"].as_str().is_some_and(|text| text.contains("key")), "{answer}");
    let elsewhere = connected(&product, &format!("{}/demo", fake.url), Some(KEY)).await;
    let answer = tested(&elsewhere).await;
    assert_eq!(answer["ok"], false);
    assert!(
        answer["message"].as_str().is_some_and(|text| text.contains("/steer_bare")),
        "{answer}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_public_service_is_offered_with_its_public_key_and_used_by_nobody_unasked() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let providers = call(&product, "list_providers", json!({})).await;
    let known = providers.as_array().expect("a list").iter();
    let known = known.clone().find(|known| known["id"] == "collinear").expect("it is known");
    assert_eq!((&known["kind"], &known["demo_key"]), (&json!("steer"), &json!("tautrait-001")));
    let draft = json!({"id": "", "name": "Collinear", "kind": "steer", "provider": "collinear",
        "base_url": known["base_url"], "models": []});
    let saved = call(&product, "save_endpoint", json!({"draft": draft})).await;
    assert_eq!(saved["key"], "missing", "a person takes the key or does not");
}
