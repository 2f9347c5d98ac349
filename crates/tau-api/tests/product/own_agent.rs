//! Somebody's own agent as a connection: it plays the agent, and nobody else.

use axum::Router;
use axum::routing::post;
use serde_json::{Value, json};
use tau_api::Product;

use crate::support::{call, product};

/// An agent that always says the same; its address.
async fn listening() -> String {
    let answer = || async { axum::Json(json!({"text": "How can I help?", "cost_usd": 0.0})) };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = Router::new().route("/mine", post(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/mine")
}

async fn problems(product: &Product, agent: &str, customer: Value) -> Vec<String> {
    let draft = json!({
        "name": "", "domain": "retail", "split": "test", "task_ids": ["retail-001"],
        "agent": {"endpoint": agent, "model": "mine"}, "customer": customer,
        "conditions": [{"name": "", "levels": {"impatience": 3}}],
        "trials": 1, "seed": 1, "max_concurrency": 1, "temperature": 0.0, "max_steps": 30,
        "agent_strategy": "tool-calling", "parallel_tool_calls": false, "text_tool_calls": false,
        "wording": "", "checkpoint": false, "spend_cap_usd": null,
    });
    let preview = call(product, "preview_run", json!({"draft": draft})).await;
    let list = preview["problems"].as_array().expect("a list").iter();
    list.map(|problem| problem["message"].as_str().expect("a text").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agent_of_ones_own_is_tested_chosen_as_the_agent_and_refused_as_a_customer() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let draft = json!({"id": "", "name": "Mine", "kind": "outside_agent", "provider": "http-agent",
        "base_url": listening().await, "models": ["mine"]});
    let saved = call(&product, "save_endpoint", json!({"draft": draft})).await;
    let id = saved["id"].as_str().expect("an id");

    let tested = call(&product, "test_endpoint", json!({"endpoint": id, "model": ""})).await;
    assert_eq!(tested["ok"], true, "{tested}");
    let listed = call(&product, "list_models", json!({"endpoint": id})).await;
    assert!(
        listed["message"].as_str().expect("a text").contains("names that you gave"),
        "{listed}"
    );

    let practice = json!({"strategy": "practice", "endpoint": "practice", "model": ""});
    assert_eq!(problems(&product, id, practice).await, Vec::<String>::new());
    let same = json!({"strategy": "llm", "endpoint": id, "model": "mine"});
    let found = problems(&product, "practice", same).await;
    assert!(found.iter().any(|message| message.contains("cannot play the customer")), "{found:?}");
    let voices = call(&product, "list_voices", json!({})).await;
    assert!(!voices.to_string().contains("\"mine\""), "{voices}");
}
