//! Prompts through the product's own door: shown, copied, checked, used and removed.

use std::path::Path;

use serde_json::{Value, json};
use tau_api::ErrorCode;

use crate::support::{call, product};

fn wording(id: &str, name: &str, prompt: &str, text: &str) -> Value {
    json!({"draft": {"id": id, "name": name, "texts": {prompt: text}}})
}

fn run(wording: &str, strategy: &str) -> Value {
    json!({"draft": {
        "name": "", "domain": "retail", "split": "test", "task_ids": ["retail-001"],
        "agent": {"endpoint": "practice", "model": ""},
        "customer": {"strategy": "practice", "endpoint": "practice", "model": ""},
        "conditions": [{"name": "", "levels": {"impatience": 4}}],
        "trials": 1, "seed": 1, "max_concurrency": 2, "temperature": 0.0, "max_steps": 30,
        "agent_strategy": strategy, "parallel_tool_calls": false, "text_tool_calls": false,
        "wording": wording, "checkpoint": false, "spend_cap_usd": null,
    }})
}

fn setup(detail: &Value, label: &str) -> String {
    let lines = detail["setup"].as_array().expect("lines");
    let line = lines.iter().find(|line| line["label"] == label).expect("the line");
    line["value"].as_str().unwrap_or_default().to_owned()
}

const ACT: &str = "{{ policy }}\n\nTools: {{ tools }}\nWrite Action: and one JSON object.";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_own_copy_is_kept_shown_used_and_removed() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let list = call(&product, "list_wordings", json!({})).await;
    assert_eq!((list.as_array().map(Vec::len), &list[0]["id"]), (Some(1), &json!("shipped")));
    let prompts = list[0]["prompts"].as_array().expect("prompts");
    assert!(prompts.iter().any(|prompt| prompt["id"] == "customer/verify-check"));
    assert!(prompts.iter().all(|prompt| prompt["changed"] == false));

    let saved = call(&product, "save_wording", wording("", "Shorter", "agent/act", ACT)).await;
    let id = saved["id"].as_str().expect("an id").to_owned();
    assert_eq!((id.as_str(), &saved["kind"]), ("mine:shorter", &json!("mine")));
    let changed: Vec<&Value> = saved["prompts"]
        .as_array()
        .expect("prompts")
        .iter()
        .filter(|p| p["changed"] == true)
        .collect();
    assert_eq!((changed.len(), &changed[0]["text"]), (1, &json!(ACT)));
    assert_ne!(saved["hash"], list[0]["hash"]);

    let started = call(&product, "start_run", run(&id, "act")).await;
    let detail = call(&product, "get_run", json!({"id": started["id"]})).await;
    assert!(setup(&detail, "Prompts").starts_with("Shorter ("), "{detail:#}");
    let again = call(&product, "draft_of_run", json!({"id": started["id"]})).await;
    assert_eq!(again["wording"], json!(id));

    let list = call(&product, "delete_wording", json!({"id": id})).await;
    assert_eq!(list.as_array().map(Vec::len), Some(1));
    let gone = product.call("delete_wording", json!({"id": id})).await.expect_err("gone");
    assert_eq!(gone.code, ErrorCode::NotFound);
    let detail = call(&product, "get_run", json!({"id": started["id"]})).await;
    assert!(setup(&detail, "Prompts").starts_with("Shorter ("), "the run keeps its words");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_template_that_cannot_work_is_told_with_its_line_and_not_kept() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let check = |text: &str| json!({"id": "agent/act", "text": text});
    let good = call(&product, "check_prompt", check(ACT)).await;
    assert_eq!((&good["ok"], &good["message"]), (&json!(true), &json!("")));
    assert!(good["sample"].as_str().is_some_and(|text| text.starts_with("Refunds are possible")));
    let bad = "{{ policy }}{{ tools }}\n{{ customer }}";
    let told = call(&product, "check_prompt", check(bad)).await;
    assert_eq!((&told["ok"], &told["line"]), (&json!(false), &json!(2)));
    assert!(told["message"].as_str().is_some_and(|text| text.contains("policy, tools")));
    let told = call(&product, "check_prompt", check("{{ policy }}\n{% for %}")).await;
    assert_eq!((&told["ok"], &told["line"]), (&json!(false), &json!(2)));

    for (wrong, code) in [
        (wording("", "Bad", "agent/act", bad), ErrorCode::BadRequest),
        (wording("", "Bad", "agent/none", ACT), ErrorCode::NotFound),
        (wording("", " ", "agent/act", ACT), ErrorCode::BadRequest),
        (wording("shipped", "Mine", "agent/act", ACT), ErrorCode::NotFound),
        (wording("mine:../../x", "Mine", "agent/act", ACT), ErrorCode::NotFound),
    ] {
        let refused = product.call("save_wording", wrong).await.expect_err("refused");
        assert_eq!(refused.code, code, "{refused:?}");
    }
    call(&product, "save_wording", wording("", "One", "agent/act", ACT)).await;
    let twice = product.call("save_wording", wording("", "One", "agent/act", ACT)).await;
    assert_eq!(twice.expect_err("the name is taken").code, ErrorCode::Conflict);
    assert_eq!(call(&product, "list_wordings", json!({})).await.as_array().map(Vec::len), Some(2));
    for id in ["shipped", "mine:../settings", "upstream:tau1"] {
        let kept = product.call("delete_wording", json!({"id": id})).await.expect_err("not ours");
        assert_eq!(kept.code, ErrorCode::NotFound);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_few_shot_run_keeps_the_examples_it_draws_from() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let preview = call(&product, "preview_run", run("", "few-shot")).await;
    assert_eq!(preview["problems"], json!([]));
    let started = call(&product, "start_run", run("", "few-shot")).await;
    let detail = call(&product, "get_run", json!({"id": started["id"]})).await;
    assert_eq!(setup(&detail, "Way of working"), "few-shot, examples: shipped");
    let preview = call(&product, "preview_run", run("mine:gone", "act")).await;
    assert_eq!(preview["problems"][0]["field"], "wording");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_wording_of_an_imported_release_is_offered_and_can_be_used() {
    let usual = || {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../target/upstream/tau_trait-0.1.1-py3-none-any.whl")
    };
    let wheel = std::env::var_os("TAUTRAIT_WHEEL").map_or_else(usual, Into::into);
    if !wheel.exists() {
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("SKIPPED: upstream's wording: there is no {}\n", wheel.display()),
        );
        return;
    }
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let kept = json!({"path": wheel.display().to_string(), "name": "tau1"});
    call(&product, "keep_release", kept).await;
    let list = call(&product, "list_wordings", json!({})).await;
    let upstream: Vec<&Value> = list
        .as_array()
        .expect("wordings")
        .iter()
        .filter(|each| each["kind"] == "upstream")
        .collect();
    assert_eq!(upstream[0]["id"], "upstream:tau1");
    for prompt in upstream[0]["prompts"].as_array().expect("prompts") {
        let check = json!({"id": prompt["id"], "text": prompt["text"]});
        let told = call(&product, "check_prompt", check).await;
        assert_eq!(told["ok"], true, "{}: {}", prompt["id"], told["message"]);
    }
    let started = call(&product, "start_run", run("upstream:tau1", "react")).await;
    let mut ticks = product.ticks();
    let id = started["id"].clone();
    loop {
        let progress = call(&product, "run_progress", json!({"id": id})).await;
        match progress["state"].as_str() {
            Some("running") => drop(ticks.next().await),
            state => {
                assert_eq!(state, Some("finished"), "{progress}");
                break;
            }
        }
    }
    let detail = call(&product, "get_run", json!({"id": id})).await;
    assert!(!setup(&detail, "Prompts").starts_with("our wording"), "the run says whose it was");
}
