//! Runs and services that are there before the window opens, made through the product's own commands.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use tau_api::{Places, Product, SavesInto};

/// One conversation in which a ReAct agent talks to a customer whose messages are checked, both
/// played by the service at `address`; the conversation's address within the app.
pub async fn thoughtful_conversation(data: &Path, address: &str) -> String {
    let product = open(data).await;
    let endpoint = endpoint(&product, address).await;
    let model = json!({ "endpoint": endpoint["id"], "model": "loopback" });
    let customer = json!({ "strategy": "verify", "endpoint": endpoint["id"], "model": "loopback" });
    let run = call(
        &product,
        "start_run",
        json!({ "draft": {
            "name": "Thinking aloud", "domain": "retail", "split": "test",
            "task_ids": ["retail-001"], "agent": model, "customer": customer,
            "conditions": [{ "name": "", "levels": { "impatience": 3 } }],
            "trials": 1, "seed": 1, "max_concurrency": 1, "temperature": 0.0, "max_steps": 30,
            "agent_strategy": "react", "parallel_tool_calls": false, "text_tool_calls": false,
            "wording": "", "checkpoint": false, "spend_cap_usd": null,
        } }),
    )
    .await;
    let id = run["id"].as_str().expect("the run's id").to_owned();
    let mut ticks = product.ticks();
    while call(&product, "run_progress", json!({ "id": id })).await["state"] != "finished" {
        ticks.next().await.expect("word of the run");
    }
    let listed = call(
        &product,
        "list_conversations",
        json!({ "query": {
            "run_id": id, "outcome": null, "condition": "baseline", "text": "",
            "page": { "offset": 0, "limit": 10 },
        } }),
    )
    .await;
    let conversation = listed["rows"][0]["id"].as_str().expect("a conversation").to_owned();
    product.shutdown().await;
    format!("#/conversations/{conversation}")
}

/// Makes the chat service at `address` known under the name Loopback.
pub async fn service(data: &Path, address: &str) {
    let product = open(data).await;
    endpoint(&product, address).await;
    product.shutdown().await;
}

/// What a model is told of a customer with a shipped trait, level by level.
pub async fn told_of(data: &Path, trait_id: &str) -> Vec<String> {
    let product = open(data).await;
    let found = call(&product, "get_trait", json!({ "id": trait_id })).await;
    product.shutdown().await;
    let levels = found["draft"]["levels"].as_array().expect("its levels").iter();
    levels.map(|level| level["prompt"].as_str().expect("its prompt").to_owned()).collect()
}

async fn open(data: &Path) -> Arc<Product> {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let places = Places { shipped, data: data.to_owned() };
    Product::open(places, Arc::new(SavesInto(data.join("saved")))).await.expect("the product")
}

async fn endpoint(product: &Product, address: &str) -> Value {
    call(
        product,
        "save_endpoint",
        json!({ "draft": {
            "id": "", "name": "Loopback", "kind": "openai_compatible", "base_url": address,
            "models": ["loopback"], "provider": "",
        } }),
    )
    .await
}

async fn call(product: &Product, name: &str, arguments: Value) -> Value {
    product.call(name, arguments).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
}
