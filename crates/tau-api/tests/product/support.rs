//! A product for a test, and its commands.

use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
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

/// The dose curves of a trait: every voice that was measured.
pub async fn voice_curves(product: &Product, trait_id: &str, dark: bool) -> Value {
    let query = json!({
        "runs": [], "kind": "dose", "variant": trait_id, "analysis": as_planned(), "language": "en",
    });
    call(product, "draw_chart", json!({"query": query, "look": {"dark": dark, "width": 600}})).await
}

/// A recorded result file, unpacked; `None` and a word on the error stream where it is not there.
pub fn recorded(name: &str, into: &Path) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/facts");
    let root = std::env::var_os("TAUTRAIT_FACTS").map_or_else(beside, PathBuf::from);
    let packed = root.join(format!("tau1/trajectories/{name}.json.gz"));
    let Ok(file) = std::fs::File::open(&packed) else {
        let _ = std::io::stderr().write_fmt(format_args!(
            "SKIPPED: {} is not there (recorded conversations; set TAUTRAIT_FACTS)\n",
            packed.display()
        ));
        return None;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).expect("a packed file");
    let path = into.join(format!("{name}.json"));
    std::fs::write(&path, text).expect("a file");
    Some(path)
}
