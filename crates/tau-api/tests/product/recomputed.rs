//! What is taken along of a run, computed again from its conversations by a script that shares no line
//! with the app (`tests/recompute`).

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tau_api::Product;

use crate::support::{as_planned, call, finished, practice_draft, product, recorded, whole};

/// Exports what the script reads into `folder`, under the names it knows.
async fn take_along(product: &Product, run: &str, folder: &Path) {
    let keep = |saved: &Value, name: &str| {
        let from = saved["path"].as_str().expect("a path");
        std::fs::copy(from, folder.join(name)).expect("a copy");
    };
    let asked = json!({"request": whole(run)["request"], "format": "html"});
    keep(&call(product, "export_run", asked).await, "report.html");
    let asked = json!({"runs": [run], "analysis": as_planned(), "language": "en"});
    let charts = call(product, "list_charts", asked).await;
    for chart in charts.as_array().expect("charts") {
        let named = |key: &str| chart[key].as_str().expect("words").to_owned();
        let name = match (named("kind").as_str(), named("variant").as_str()) {
            ("forest", "" | "success") => "success".to_owned(),
            ("forest", measure) => measure.to_owned(),
            ("pass_k", _) => "pass_k".to_owned(),
            ("flips", _) => "flips".to_owned(),
            _ => continue,
        };
        if !named("missing").is_empty() {
            continue;
        }
        let query = json!({
            "runs": [run], "kind": chart["kind"], "variant": chart["variant"],
            "analysis": as_planned(), "language": "en",
        });
        let saved = call(product, "save_chart", json!({"query": query, "format": "csv"})).await;
        keep(&saved, &format!("{name}.csv"));
    }
}

/// What the script found: conversations, conditions, figures compared, differences.
fn computed_again(folder: &Path) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/recompute/recompute.mjs");
    let done = Command::new("node").arg(script).arg(folder).output().expect("node runs");
    let complaints = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{complaints}");
    serde_json::from_slice(&done.stdout).expect("a summary")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_report_of_published_conversations_says_what_a_stranger_computes_from_them() {
    for (name, conversations) in [("impatience_retail", 120), ("impatience_airline", 60)] {
        let data = tempfile::tempdir().expect("a folder");
        let Some(path) = recorded(name, data.path()) else { return };
        let product = product(&data.path().join("data")).await;
        let opened = call(&product, "open_results", json!({"paths": [path]})).await;
        let run = opened["runs"][0]["id"].as_str().expect("a run");
        let folder = data.path().join("taken along");
        std::fs::create_dir(&folder).expect("a folder");
        std::fs::copy(&path, folder.join("trajectories.json")).expect("a copy");
        take_along(&product, run, &folder).await;
        let found = computed_again(&folder);
        assert_eq!(found["conversations"], conversations, "{found}");
        assert!(found["compared"].as_u64() >= Some(8), "{found}");

        // The script finds what is wrong: one conversation more or less is enough.
        let text = std::fs::read_to_string(&path).expect("the conversations");
        let mut fewer: Vec<Value> = serde_json::from_str(&text).expect("a list");
        fewer.pop();
        let text = serde_json::to_vec(&fewer).expect("a list");
        std::fs::write(folder.join("trajectories.json"), text).expect("a file");
        let script =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/recompute/recompute.mjs");
        let done = Command::new("node").arg(script).arg(&folder).output().expect("node runs");
        assert!(!done.status.success());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_of_every_condition_are_computed_again_from_the_conversations_taken_along() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(&data.path().join("data")).await;
    let tasks: Vec<String> = (1..=12).map(|number| format!("retail-{number:03}")).collect();
    let mut draft = practice_draft();
    draft["task_ids"] = json!(tasks);
    draft["trials"] = json!(3);
    draft["conditions"] = json!([
        {"name": "", "levels": {"impatience": 4}},
        {"name": "", "levels": {"confusion": 3}},
        {"name": "", "levels": {"skeptical": 2}},
        {"name": "", "levels": {"incoherence": 4}},
    ]);
    let run = finished(&product, draft).await;
    let folder = data.path().join("taken along");
    std::fs::create_dir(&folder).expect("a folder");
    let asked = json!({"request": whole(&run)["request"], "format": "jsonl"});
    let lines = call(&product, "export_run", asked).await;
    let from = lines["path"].as_str().expect("a path");
    std::fs::copy(from, folder.join("conversations.jsonl")).expect("a copy");
    take_along(&product, &run, &folder).await;
    let found = computed_again(&folder);
    assert_eq!(found["conversations"], 12 * 5 * 3, "{found}");
    assert_eq!(found["conditions"], 5, "{found}");
    assert!(found["compared"].as_u64() >= Some(100), "{found}");
}
