//! A product for a test, and its commands.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use tau_api::{Places, Product, SavesInto};

/// A product in a folder of its own, over the data that ships.
pub async fn product(data: &Path) -> Arc<Product> {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    product_over(&shipped, data).await
}

/// A product over other data than what ships.
pub async fn product_over(shipped: &Path, data: &Path) -> Arc<Product> {
    let places = Places { shipped: shipped.to_owned(), data: data.to_owned() };
    Product::open(places, Arc::new(SavesInto(data.join("saved")))).await.expect("the product opens")
}

/// Runs a command as a host does.
pub async fn call(product: &Product, name: &str, arguments: Value) -> Value {
    product.call(name, arguments).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

/// A draft of two tasks with the practice models.
pub fn practice_draft() -> Value {
    json!({
        "name": "", "domain": "retail", "split": "test", "task_ids": ["retail-001", "retail-002"],
        "agent": {"endpoint": "practice", "model": ""},
        "customer": {"strategy": "practice", "endpoint": "practice", "model": "", "reanchor": false},
        "conditions": [{"name": "", "levels": {"impatience": 4}}],
        "trials": 1, "seed": 1, "max_concurrency": 2, "temperature": 0.0, "max_steps": 30,
        "agent_strategy": "tool-calling", "parallel_tool_calls": false, "text_tool_calls": false,
        "wording": "", "checkpoint": false, "spend_cap_usd": null,
    })
}

/// Starts a run and waits for its end.
pub async fn finished(product: &Product, draft: Value) -> String {
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

/// How a result is read when nobody asks otherwise.
pub fn as_planned() -> Value {
    json!({"exclude_tasks": [], "margin": null, "baseline": null, "leave_out_user_faults": false})
}

/// A result, read as planned and in English.
pub fn whole(run: &str) -> Value {
    json!({"request": {"run_id": run, "analysis": as_planned(), "language": "en"}})
}

/// A chart of a run, drawn as planned.
pub async fn drawn(product: &Product, run: &str, kind: &str, dark: bool) -> Value {
    let query = json!({
        "runs": [run], "kind": kind, "variant": "", "analysis": as_planned(), "language": "en",
    });
    call(product, "draw_chart", json!({"query": query, "look": {"dark": dark, "width": 800}})).await
}
