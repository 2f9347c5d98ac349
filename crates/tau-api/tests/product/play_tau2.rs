//! A person takes a seat in a domain in which the customer has a phone in hand.

use serde_json::{Value, json};
use tau_api::ErrorCode;

use crate::play::{last_words, say, speakers, start, step, their_turn};
use crate::support::{call, product};

/// Abroad, with roaming off for the line and on the phone: each side has its part to do.
fn draft(seat: &str) -> Value {
    json!({
        "domain": "mobile", "split": "full", "task_id": "data.roam-both", "seat": seat,
        "agent": {"endpoint": "practice", "model": ""}, "agent_strategy": "tool-calling",
        // What stands at the person's own side is not looked at.
        "customer": {"strategy": if seat == "agent" { "practice" } else { "react" },
            "endpoint": "practice", "model": "", "reanchor": true},
        "levels": {},
    })
}

fn using(tool: &str, arguments: Value) -> Value {
    json!({"kind": "use_tool", "tool": tool, "arguments": arguments})
}

fn line() -> Value {
    json!({"customer_id": "C3108", "line_id": "L4110"})
}

fn names(view: &Value) -> Vec<&str> {
    let tools = view["tools"].as_array().expect("tools");
    tools.iter().filter_map(|tool| tool["name"].as_str()).collect()
}

const CLOSING: &str = "Is there anything else I can help you with?";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_plays_the_agent_mends_a_fault_with_a_customer_who_does_its_part() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let view = start(&product, draft("agent")).await;
    assert_eq!(speakers(&view), ["agent", "customer"], "the greeting is nobody's move");
    assert!(names(&view).contains(&"enable_roaming") && !names(&view).contains(&"toggle_roaming"));
    assert_eq!((&view["card"], &view["alone"]), (&json!([]), &json!(false)));
    let title = view["title"].as_str().expect("a title");
    assert!(!title.contains("roaming"), "the title says no more than the customer does: {title}");
    let view = step(&product, &view, using("enable_roaming", line())).await;
    assert_eq!(speakers(&view), ["agent", "customer", "tool"]);
    let words = "Please switch roaming on in your phone [toggle_roaming].";
    let view = say(&product, &view, words).await;
    // What the customer does with the phone stays with the customer.
    assert_eq!(speakers(&view), ["agent", "customer", "tool", "agent", "customer"]);
    let view = say(&product, &view, CLOSING).await;
    assert_eq!((&view["over"], &view["state"]), (&json!(true), &json!("finished")), "{view:#}");
    let told = call(&product, "get_conversation", json!({"id": view["conversation_id"]})).await;
    assert_eq!(told["summary"]["outcome"], "passed", "{told:#}");
    assert!(told["turns"].to_string().contains("toggle_roaming"), "the reader sees both sides");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_plays_the_customer_has_the_phone_and_knows_it_by_looking() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let view = start(&product, draft("customer")).await;
    assert_eq!(speakers(&view), ["agent"]);
    assert_eq!(view["policy"], "");
    let card = view["card"].as_array().expect("a card");
    assert_eq!(card[0]["heading"], "What you are like");
    assert!(view["card"].to_string().contains("Orson Delacroix"));
    assert!(!view["card"].to_string().contains("roaming is off"), "what is wrong nobody knows yet");
    assert!(names(&view).contains(&"toggle_roaming") && !names(&view).contains(&"enable_roaming"));
    let mut view = step(&product, &view, using("check_network_status", json!({}))).await;
    assert_eq!(speakers(&view), ["agent", "tool"]);
    assert!(view["turns"][1]["tool"]["changes"].is_null(), "what is not shown is not known");
    view = say(&product, &view, "My internet does not work.").await;
    for _ in 0..6 {
        let asked = last_words(&view).contains("[toggle_roaming]");
        if last_words(&view).contains(CLOSING) {
            break;
        }
        if asked {
            view = step(&product, &view, using("toggle_roaming", json!({}))).await;
        }
        let words = if asked { "Done: it says ON." } else { "Yes, please." };
        view = say(&product, &view, words).await;
        assert_eq!(speakers(&view).last(), Some(&"agent"), "{view:#}");
    }
    let own = view["turns"].as_array().expect("turns").iter();
    let own: Vec<&Value> = own.filter(|turn| turn["speaker"] == "tool").collect();
    assert_eq!(own.len(), 2, "the agent's calls are not among them: {own:?}");
    let view = step(&product, &view, json!({"kind": "leave"})).await;
    assert_eq!(view["over"], true);
    let told = call(&product, "get_conversation", json!({"id": view["conversation_id"]})).await;
    assert_eq!(told["summary"]["outcome"], "passed", "{told:#}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_works_alone_has_a_ticket_and_the_tools_of_both_sides() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let mut ticket = draft("agent");
    ticket["tau2"] = json!({"agent": "llm_agent_solo", "max_errors": 10, "judge": null});
    let view = start(&product, ticket).await;
    assert_eq!(
        (&view["alone"], &view["other"], &view["turns"]),
        (&json!(true), &json!(""), &json!([]))
    );
    assert!(view["card"][0]["text"].as_str().expect("a ticket").starts_with("Caller: Orson"));
    let done = view["tools"].as_array().expect("tools").last().expect("a tool").clone();
    assert_eq!((&done["name"], &done["terminates"]), (&json!("done"), &json!(true)));
    for wrong in [json!({"kind": "say", "text": "Hello?"}), json!({"kind": "leave"})] {
        let arguments = json!({"run": view["run_id"], "step": wrong});
        let refused = product.call("play_move", arguments).await.expect_err("nobody listens");
        assert_eq!(refused.code, ErrorCode::BadRequest);
        assert!(refused.message.contains("alone"), "{}", refused.message);
    }
    let view = step(&product, &view, using("enable_roaming", line())).await;
    let view = step(&product, &view, using("toggle_roaming", json!({}))).await;
    assert_eq!(speakers(&view), ["tool", "tool"]);
    let view = step(&product, &view, using("done", json!({}))).await;
    assert_eq!((&view["over"], &view["state"]), (&json!(true), &json!("finished")), "{view:#}");
    let told = call(&product, "get_conversation", json!({"id": view["conversation_id"]})).await;
    assert_eq!(told["summary"]["outcome"], "passed", "{told:#}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_in_hand_is_as_it_was_when_the_program_was_closed() {
    let data = tempfile::tempdir().expect("a folder");
    let before = {
        let product = product(data.path()).await;
        let view = start(&product, draft("customer")).await;
        let view = step(&product, &view, using("toggle_roaming", json!({}))).await;
        product.shutdown().await;
        view
    };
    let product = product(data.path()).await;
    call(&product, "resume_run", json!({"id": before["run_id"]})).await;
    let view = call(&product, "play_view", json!({"run": before["run_id"]})).await;
    let view = their_turn(&product, view).await;
    assert_eq!(view["turns"], before["turns"], "what was done is done, and once");
    let view = step(&product, &view, json!({"kind": "leave"})).await;
    assert_eq!(view["over"], true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn seats_that_there_are_not_are_refused_with_a_reason() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let way = |agent: &str| json!({"agent": agent, "max_errors": 10, "judge": null});
    for (seat, agent, part) in [
        ("customer", "llm_agent_solo", "no customer's seat"),
        ("agent", "llm_agent_gt", "expected steps"),
    ] {
        let mut wrong = draft(seat);
        wrong["tau2"] = way(agent);
        let refused = product.call("start_play", json!({"draft": wrong})).await.expect_err("no");
        assert_eq!(refused.code, ErrorCode::BadRequest, "{refused:?}");
        assert!(refused.message.contains(part), "{}", refused.message);
    }
    let tasks = call(&product, "list_tasks", json!({"domain": "mobile", "split": "full"})).await;
    let alone = tasks.as_array().expect("tasks").iter().filter(|task| task["fits_alone"] == true);
    assert_eq!(alone.count(), 99);
}
