//! Voices: who can play a customer, one message of each, and what their levels do, over a loopback
//! model whose wording follows its prompt.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tau_api::{ErrorCode, Product};

use crate::support::{call, finished, practice_draft, product, voice_curves};

/// A model that says one of the lines of the level that its prompt describes.
struct Actor {
    /// Prompt of each level from 1 up, and the lines of all levels from 0 up.
    prompts: Vec<String>,
    lines: Vec<Vec<String>>,
    asked: AtomicUsize,
    /// After so many messages it breaks down.
    most: usize,
}

async fn act(
    State(actor): State<Arc<Actor>>,
    Json(body): Json<Value>,
) -> (StatusCode, Json<Value>) {
    let turn = actor.asked.fetch_add(1, Ordering::SeqCst);
    if turn >= actor.most {
        return (StatusCode::BAD_REQUEST, Json(json!({"error": {"message": "it broke down"}})));
    }
    let told = body["messages"][0]["content"].as_str().unwrap_or_default();
    let level = actor.prompts.iter().position(|prompt| told.contains(prompt.as_str()));
    let lines = &actor.lines[level.map_or(0, |level| level + 1)];
    // By what was heard last, so that the order of the questions does not matter.
    let messages = body["messages"].as_array().map_or(&[][..], Vec::as_slice);
    let heard = messages.last().and_then(|last| last["content"].as_str()).unwrap_or_default();
    let text = &lines[heard.len() % lines.len()];
    let answer = json!({
        "id": "1", "object": "chat.completion", "model": "actor",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
    });
    (StatusCode::OK, Json(answer))
}

/// The actor of a shipped trait behind a connection called Stage.
async fn stage(product: &Product, id: &str, most: usize) -> (Arc<Actor>, Value) {
    let one = call(product, "get_trait", json!({"id": id})).await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let levels = one["draft"]["levels"].as_array().expect("levels");
    let prompts = levels.iter().map(|level| text(&level["prompt"])).collect();
    let lines =
        one["examples"].as_array().expect("examples").iter().zip(0..).map(|(more, level)| {
            let mut lines: Vec<String> = more.as_array().into_iter().flatten().map(text).collect();
            match level {
                0 => lines.push("Hello, I would like to know when my order arrives.".to_owned()),
                above => lines.push(text(&levels[above - 1]["example"])),
            }
            lines
        });
    let actor =
        Arc::new(Actor { prompts, lines: lines.collect(), asked: AtomicUsize::new(0), most });
    let router = Router::new().route("/v1/chat/completions", post(act)).with_state(actor.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/v1", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await.expect("it serves") });
    let draft = json!({"id": "", "name": "Stage", "kind": "openai_compatible", "base_url": address,
        "models": ["actor"], "provider": ""});
    call(product, "save_endpoint", json!({"draft": draft})).await;
    let voices = call(product, "list_voices", json!({})).await;
    let voice = voices.as_array().expect("a list").iter().find(|one| one["kind"] == "prompted");
    (actor, voice.expect("the actor").clone())
}

/// Waits until a voice is no longer being measured.
async fn measured(product: &Product, voice: &Value) -> Value {
    for _ in 0..600 {
        let view = call(product, "calibration", json!({"voice": voice["id"]})).await;
        if view["state"] != "running" {
            return view;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it was not measured within half a minute");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_voice_is_listed_with_what_it_can_show_and_what_is_missing() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    stage(&product, "impatience", usize::MAX).await;
    let draft = json!({"id": "", "name": "Steer", "kind": "steer", "base_url": "https://steer.example.org/steer",
        "models": [], "provider": ""});
    call(&product, "save_endpoint", json!({"draft": draft})).await;
    let voices = call(&product, "list_voices", json!({})).await;
    let kinds: Vec<&str> =
        voices.as_array().expect("a list").iter().filter_map(|one| one["kind"].as_str()).collect();
    assert_eq!(kinds, ["practice", "prompted", "hosted"]);
    let (practice, told, steered) = (&voices[0], &voices[1], &voices[2]);
    assert_eq!((&practice["ready"], &told["ready"]), (&json!(true), &json!(true)));
    assert_eq!(practice["traits"], Value::Null, "any, by lines that the trait gives");
    assert_eq!((&told["id"], &told["traits"]), (&json!("llm:stage:actor"), &Value::Null));
    assert_eq!(told["choice"]["reanchor"], true, "new drafts are reminded at each turn");
    assert_eq!(steered["ready"], false);
    assert!(steered["note"].as_str().is_some_and(|note| note.contains("key")), "{steered}");
    let known = steered["traits"].as_array().expect("a list");
    assert!(
        known.contains(&json!("skeptical")) && !known.contains(&json!("haggling")),
        "{known:?}"
    );

    let request = json!({"voice": steered["choice"], "levels": {"skeptical": 2}, "situation": "", "agent": "", "seed": 0});
    let refused = product.call("speak", json!({"request": request})).await.expect_err("refused");
    assert_eq!(refused.code, ErrorCode::Conflict);
    assert!(refused.message.contains("key"), "{}", refused.message);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_voice_says_a_message_and_the_meter_reads_it() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let (_, voice) = stage(&product, "impatience", usize::MAX).await;
    let ask = |voice: &Value, levels: Value| {
        json!({"request": {"voice": voice["choice"], "levels": levels, "situation": "",
            "agent": "Could you give me your order number?", "seed": 3}})
    };
    let strong = call(&product, "speak", ask(&voice, json!({"impatience": 4}))).await;
    let none = call(&product, "speak", ask(&voice, json!({}))).await;
    assert_ne!(strong["text"], none["text"]);
    assert_eq!((&strong["practice"], &none["meter"]), (&json!(false), &json!([])));
    let reading = &strong["meter"][0];
    assert_eq!((&reading["name"], &reading["asked"]), (&json!("Impatience"), &json!(4.0)));
    assert!(reading["measured"].as_f64().is_some_and(|level| level > 1.5), "{reading}");

    let practice = call(&product, "list_voices", json!({})).await[0].clone();
    let said =
        call(&product, "speak", ask(&practice, json!({"impatience": 3, "haggling": 2}))).await;
    assert_eq!(said["practice"], true);
    let notes = said["notes"].to_string();
    assert!(
        notes.contains("not a real model") && notes.contains("does not live Haggling"),
        "{notes}"
    );
    assert!(said["text"].as_str().is_some_and(|text| !text.is_empty() && !text.contains("###")));

    let wrong = ask(&practice, json!({"rudeness": 2}));
    let refused = product.call("speak", wrong).await.expect_err("refused");
    assert!(refused.message.contains("rudeness"), "{}", refused.message);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_voice_is_measured_once_and_later_runs_play_its_levels_by_that() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let (actor, voice) = stage(&product, "impatience", usize::MAX).await;
    let before = call(&product, "calibration", json!({"voice": voice["id"]})).await;
    assert_eq!(before["state"], "none");
    assert!(before["calls"].as_u64().is_some_and(|calls| calls >= 490), "told before: {before}");

    let draft = json!({"voice": voice["choice"], "traits": ["impatience"]});
    let begun = call(&product, "start_calibration", json!({"draft": draft})).await;
    assert_eq!((&begun["calls"], &begun["planned"]), (&json!(50), &json!(50)));
    let view = measured(&product, &voice).await;
    assert_eq!((&view["state"], &view["done"]), (&json!("done"), &json!(50)), "{view}");
    assert_eq!(actor.asked.load(Ordering::SeqCst), 50);
    let curve = &view["curves"]["curves"][0];
    assert_eq!((&curve["trait_id"], &curve["unit"]), (&json!("impatience"), &json!("markers")));
    let points = curve["points"].as_array().expect("points");
    assert_eq!(points.len(), 5);
    let effect = |at: usize| points[at]["effect"].as_f64().expect("a figure");
    assert!(effect(4) > effect(0) + 1.0, "what is told is shown: {points:?}");
    assert!(
        points
            .iter()
            .all(|point| point["n"] == 10 && point["low"].as_f64() <= point["effect"].as_f64())
    );

    let listed = call(&product, "list_voices", json!({})).await;
    assert!(listed[1]["calibrated_at"].is_string(), "{}", listed[1]);
    let curves = call(&product, "list_curves", json!({})).await;
    assert_eq!(curves[0]["voice"], voice["id"]);
    for dark in [false, true] {
        let chart = voice_curves(&product, "impatience", dark).await;
        assert!(chart["svg"].as_str().expect("a drawing").contains("actor (Stage)"));
        assert!(chart["text"][0].as_str().expect("words").contains("at Extreme"));
    }
    let chart = voice_curves(&product, "anxiety", false).await;
    assert!(chart["text"][0].as_str().expect("words").contains("nothing was measured yet"));

    let mut draft = practice_draft();
    draft["customer"] = voice["choice"].clone();
    draft["task_ids"] = json!(["retail-001"]);
    draft["conditions"] = json!([{"name": "", "levels": {"impatience": 2}}]);
    draft["max_steps"] = json!(4);
    let run = finished(&product, draft).await;
    let setup = call(&product, "get_run", json!({"id": run})).await["setup"].to_string();
    assert!(setup.contains("Voice measured") && setup.contains("reminder at each turn"), "{setup}");
    let again = call(&product, "draft_of_run", json!({"id": run})).await;
    assert_eq!(again["customer"]["reanchor"], true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_measurement_that_breaks_off_keeps_what_was_measured_and_says_why() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    // Enough for the lines without traits and one trait.
    let (_, voice) = stage(&product, "impatience", 50).await;
    let draft = json!({"voice": voice["choice"], "traits": ["impatience", "confusion"]});
    call(&product, "start_calibration", json!({"draft": draft})).await;
    let view = measured(&product, &voice).await;
    assert_eq!(view["state"], "failed");
    assert_ne!(view["message"], "");
    let kept = view["curves"]["curves"].as_array().expect("curves");
    assert_eq!(kept.len(), 1, "the first trait is kept: {view}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_practice_customer_is_measured_free_of_charge_and_can_be_stopped() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let practice = call(&product, "list_voices", json!({})).await[0].clone();
    let draft = json!({"voice": practice["choice"], "traits": []});
    let begun = call(&product, "start_calibration", json!({"draft": draft})).await;
    assert_eq!((&begun["calls"], &begun["planned"]), (&json!(0), &json!(490)));
    call(&product, "stop_calibration", json!({"voice": practice["id"]})).await;
    let view = measured(&product, &practice).await;
    assert!(view["state"] == "stopped" || view["state"] == "done", "{view}");
    let draft = json!({"voice": practice["choice"], "traits": ["rudeness"]});
    let refused = product.call("start_calibration", json!({"draft": draft})).await;
    assert_eq!(refused.expect_err("no such trait").code, ErrorCode::NotFound);
    let gone = product.call("calibration", json!({"voice": "nonsense"})).await;
    assert_eq!(gone.expect_err("not there").code, ErrorCode::NotFound);
}
