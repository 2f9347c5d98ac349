//! A person takes a seat: through the product's own door, with the practice models on the other side.

use std::time::Duration;

use serde_json::{Value, json};
use tau_api::{ErrorCode, Product};

use crate::support::{call, product};

fn draft(seat: &str) -> Value {
    json!({
        "domain": "telecom", "split": "test", "task_id": "telecom-002", "seat": seat,
        "agent": {"endpoint": "practice", "model": ""}, "agent_strategy": "tool-calling",
        "customer": {"strategy": "practice", "endpoint": "practice", "model": ""},
        "levels": {},
    })
}

pub async fn start(product: &Product, draft: Value) -> Value {
    let view = call(product, "start_play", json!({"draft": draft})).await;
    their_turn(product, view).await
}

/// The view once it is the person's turn, or the conversation is over and its run with it.
pub async fn their_turn(product: &Product, mut view: Value) -> Value {
    // A minute: a busy machine is no reason to fail.
    for _ in 0..3_000 {
        let over = view["over"] == true && view["state"] != "running";
        if view["your_turn"] == true || over {
            return view;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        view = call(product, "play_view", json!({"run": view["run_id"]})).await;
    }
    panic!("it is never the person's turn: {view:#}");
}

pub async fn step(product: &Product, view: &Value, step: Value) -> Value {
    let arguments = json!({"run": view["run_id"], "step": step});
    let view = call(product, "play_move", arguments).await;
    their_turn(product, view).await
}

pub async fn say(product: &Product, view: &Value, text: &str) -> Value {
    step(product, view, json!({"kind": "say", "text": text})).await
}

pub fn speakers(view: &Value) -> Vec<&str> {
    let turns = view["turns"].as_array().expect("turns");
    turns.iter().filter_map(|turn| turn["speaker"].as_str()).collect()
}

pub fn last_words(view: &Value) -> &str {
    let turns = view["turns"].as_array().expect("turns");
    turns.last().and_then(|turn| turn["text"].as_str()).unwrap_or_default()
}

/// The practice agent hears a value best when it is announced.
const WHO: &str = "Please take the late fee off my invoice. \
    E-mail: casimir.holt@mailbox.example; date of birth: 1961-01-14";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_plays_the_customer_through_a_whole_conversation() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let view = start(&product, draft("customer")).await;
    assert_eq!((&view["your_turn"], &view["over"]), (&json!(true), &json!(false)));
    assert_eq!(view["turns"], json!([]), "the customer begins");
    assert!(view["card"][0]["text"].as_str().is_some_and(|text| text.contains("Casimir Holt")));
    assert_eq!((&view["policy"], &view["tools"]), (&json!(""), &json!([])), "not for the customer");
    assert!(view["other"].as_str().is_some_and(|other| other.contains("not a real model")));

    let mut view = say(&product, &view, WHO).await;
    for _ in 0..6 {
        assert_eq!(view["your_turn"], true, "{view:#}");
        assert_eq!(speakers(&view).last(), Some(&"agent"), "{view:#}");
        assert!(!speakers(&view).contains(&"tool"), "the customer sees no tools");
        if last_words(&view).contains("2025-08-11") {
            break;
        }
        view = say(&product, &view, "Yes, please.").await;
    }
    assert!(last_words(&view).contains("2025-08-11"), "{view:#}");
    let view = step(&product, &view, json!({"kind": "leave"})).await;
    assert_eq!((&view["over"], &view["state"]), (&json!(true), &json!("finished")));
    assert_ne!(view["verdict"], "");

    // It is stored and read as any other conversation, tools and all.
    let told = call(&product, "get_conversation", json!({"id": view["conversation_id"]})).await;
    assert_eq!(told["summary"]["outcome"], "passed", "{told:#}");
    assert!(speakers(&told).contains(&"tool"));
    let runs = json!({"text": "You as the customer", "page": {"offset": 0, "limit": 9}});
    let runs = call(&product, "list_runs", runs).await;
    assert_eq!((&runs["total"], &runs["rows"][0]["played"]), (&json!(1), &json!(true)));
    let late = json!({"run": view["run_id"], "step": {"kind": "say", "text": "Hello?"}});
    let refused = product.call("play_move", late).await.expect_err("it is over");
    assert_eq!(refused.code, ErrorCode::Conflict);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_plays_the_agent_with_forms_for_the_tools() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let view = start(&product, draft("agent")).await;
    assert_eq!(speakers(&view), ["customer"]);
    assert_eq!(view["card"], json!([]), "the agent does not know what the customer wants");
    assert!(view["policy"].as_str().is_some_and(|text| text.contains("Brindle")));
    let tools = view["tools"].as_array().expect("tools");
    let form = tools.iter().find(|tool| tool["name"] == "get_customer").expect("the tool");
    assert_eq!(form["fields"][0]["name"], "customer_id");
    assert!(tools.iter().any(|tool| tool["terminates"] == true));

    for (tool, arguments, field) in [
        ("get_customer", json!({}), "customer_id"),
        ("get_customer", json!({"customer_id": "C-1039", "more": "x"}), "more"),
        ("credit_outage", json!({"line_id": "a", "outage_id": "b", "amount": "much"}), "amount"),
    ] {
        let step = json!({"kind": "use_tool", "tool": tool, "arguments": arguments});
        let arguments = json!({"run": view["run_id"], "step": step});
        let refused = product.call("play_move", arguments).await.expect_err("it does not fit");
        assert_eq!((refused.code, refused.detail.as_str()), (ErrorCode::BadRequest, field));
    }
    let used =
        json!({"kind": "use_tool", "tool": "get_customer", "arguments": {"customer_id": "C-1039"}});
    let view = step(&product, &view, used).await;
    assert_eq!(speakers(&view), ["customer", "tool"]);
    let tool = &view["turns"][1]["tool"];
    assert_eq!((&tool["ok"], &tool["name"]), (&json!(true), &json!("get_customer")));
    let words = "It was waived on 2025-08-11. Is there anything else I can help you with?";
    let view = say(&product, &view, words).await;
    assert_eq!((&view["over"], &view["state"]), (&json!(true), &json!("finished")), "{view:#}");
    let told = call(&product, "get_conversation", json!({"id": view["conversation_id"]})).await;
    assert_eq!(told["summary"]["outcome"], "passed", "{told:#}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_goes_on_where_it_was_when_the_program_was_closed() {
    let data = tempfile::tempdir().expect("a folder");
    let before = {
        let product = product(data.path()).await;
        let view = start(&product, draft("customer")).await;
        let view = say(&product, &view, WHO).await;
        product.shutdown().await;
        view
    };
    let product = product(data.path()).await;
    let run = before["run_id"].clone();
    let view = call(&product, "play_view", json!({"run": run})).await;
    assert_eq!((&view["state"], &view["your_turn"]), (&json!("paused"), &json!(false)));
    assert!(view["status"].as_str().is_some_and(|text| text.contains("nothing is lost")));
    let early = json!({"run": run, "step": {"kind": "say", "text": "Hello?"}});
    let refused = product.call("play_move", early).await.expect_err("it stands");
    assert_eq!(refused.code, ErrorCode::Conflict);

    call(&product, "resume_run", json!({"id": run})).await;
    let view = call(&product, "play_view", json!({"run": run})).await;
    let view = their_turn(&product, view).await;
    assert_eq!(view["turns"], before["turns"], "what was said is still there");
    let view = step(&product, &view, json!({"kind": "leave"})).await;
    assert_eq!(view["over"], true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_other_side_lacks_is_said_before_anything_starts() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let mut gone = draft("customer");
    gone["agent"] = json!({"endpoint": "gone", "model": "m"});
    let mut nothing = draft("customer");
    nothing["task_id"] = json!("telecom-none");
    for wrong in [gone, nothing] {
        let refused = product.call("start_play", json!({"draft": wrong})).await.expect_err("no");
        assert_eq!(refused.code, ErrorCode::BadRequest, "{refused:?}");
    }
    let page = json!({"text": "", "page": {"offset": 0, "limit": 9}});
    assert_eq!(call(&product, "list_runs", page).await["total"], 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thinking_practice_agent_can_be_played_against() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let mut react = draft("customer");
    react["agent_strategy"] = json!("react");
    react["levels"] = json!({"impatience": 3});
    let view = start(&product, react).await;
    assert_eq!(view["traits"], "Impatience: Strong");
    let view = say(&product, &view, WHO).await;
    assert_eq!(speakers(&view), ["customer", "agent"]);
    assert_eq!(view["turns"][1]["thought"], "", "the customer does not hear it");
    let told = call(&product, "get_conversation", json!({"id": view["conversation_id"]})).await;
    let turns = told["turns"].as_array().expect("turns");
    assert!(turns.iter().any(|turn| turn["thought"] != ""), "{told:#}");
    assert!(speakers(&told).contains(&"tool"));
}
