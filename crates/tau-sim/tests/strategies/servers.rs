//! Loopback servers that stand for the two models: chat completions and the steer protocol. What
//! they answer follows from what they are asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

/// What the task asks for.
pub const FIGURE: &str = "2025-08-11";

/// The agent's answer. The practice customer leaves when there is nothing more to be had.
pub fn answer() -> String {
    format!("It was {FIGURE}. Is there anything else I can help you with?")
}

/// A word that only the customer's side may know.
pub const HIDDEN: &str = "HIDDEN";

/// What was asked, by model.
pub type Asked = Arc<Mutex<HashMap<String, Vec<Value>>>>;

/// Addresses of the two servers, and their ledger.
pub struct Servers {
    pub chat: String,
    pub steer: String,
    pub asked: Asked,
}

impl Servers {
    pub async fn start() -> Servers {
        let asked = Asked::default();
        let app = Router::new()
            .route("/v1/chat/completions", post(complete))
            .route("/steer", post(steer))
            .with_state(asked.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Servers {
            chat: format!("http://{address}/v1"),
            steer: format!("http://{address}/steer"),
            asked,
        }
    }

    /// The bodies of the requests to `model`.
    pub fn asked(&self, model: &str) -> Vec<Value> {
        self.asked.lock().unwrap().get(model).cloned().unwrap_or_default()
    }
}

async fn complete(
    State(asked): State<Asked>,
    Json(body): Json<Value>,
) -> (StatusCode, Json<Value>) {
    let model = body["model"].as_str().unwrap().to_owned();
    let messages = body["messages"].as_array().unwrap().clone();
    let before = {
        let mut asked = asked.lock().unwrap();
        let of_model = asked.entry(model.clone()).or_default();
        of_model.push(body.clone());
        of_model.len()
    };
    let known = ["role", "content", "tool_calls", "tool_call_id", "name"];
    for message in &messages {
        let keys = message.as_object().unwrap().keys();
        let strange: Vec<&String> = keys.filter(|key| !known.contains(&key.as_str())).collect();
        assert!(strange.is_empty(), "{strange:?} does not belong to the protocol");
    }
    let message = match model.split_once('/').unwrap() {
        ("agent", kind) => agent(kind, &body, &messages),
        ("customer", kind) => customer(kind, &messages, before),
        other => panic!("{other:?}"),
    };
    let usage = json!({"prompt_tokens": 10, "completion_tokens": 1});
    let answer =
        json!({"choices": [{"message": message, "finish_reason": "stop"}], "usage": usage});
    (StatusCode::OK, Json(answer))
}

fn said(text: impl Into<String>) -> Value {
    json!({"role": "assistant", "content": text.into()})
}

/// Looks something up, then says the figure.
fn agent(kind: &str, body: &Value, messages: &[Value]) -> Value {
    let last = messages.last().unwrap();
    let content = last["content"].as_str().unwrap();
    let seen = last["role"] == "tool" || content.starts_with("API output: ");
    assert!(!messages.iter().any(|message| message.to_string().contains(HIDDEN)));
    let text_only = matches!(kind, "act" | "react");
    assert_eq!(body["tools"].is_null(), text_only, "{kind}");
    let call = json!({"name": "get_customer", "arguments": {"customer_id": "C-1039"}});
    let thought = if kind == "react" { "Thought:\nOne thing at a time.\n" } else { "" };
    match (kind, seen) {
        ("act" | "react", false) => said(format!("{thought}Action:\n{call}")),
        ("act" | "react", true) => {
            let respond = json!({"name": "respond", "arguments": {"content": answer()}});
            said(format!("{thought}Action:\n{respond}"))
        }
        ("text", false) => said("[get_customer(customer_id=\"C-1039\")]"),
        (_, true) => said(answer()),
        (_, false) => {
            let function = |id: &str| {
                let arguments = format!("{{\"customer_id\": \"{id}\"}}");
                json!({"name": "get_customer", "arguments": arguments})
            };
            json!({"role": "assistant", "content": null, "tool_calls": [
                {"id": "a", "type": "function", "function": function("C-1039")},
                {"id": "b", "type": "function", "function": function("C-1038")},
            ]})
        }
    }
}

/// Says hello and then goodbye. The first draft of a customer that is checked is turned down.
fn customer(kind: &str, messages: &[Value], asked: usize) -> Value {
    let prompt = messages[0]["content"].as_str().unwrap();
    if messages.len() == 1 {
        if prompt.contains("Reflection:") {
            return said("Reflection:\nIt was rude.\n\nResponse:\nHello, which invoice is it?");
        }
        return said(if prompt.contains("\nDRAFT") { "false" } else { "True" });
    }
    let spoken = messages.iter().filter(|message| message["role"] == "assistant").count();
    let text = if spoken == 0 { "Hello, which invoice is it?" } else { "Thanks! ###STOP###" };
    match kind {
        "react" => said(format!("Thought:\n{HIDDEN}\n\nUser Response:\n{text}")),
        "verify" | "reflection" if asked == 1 => said(format!("DRAFT {HIDDEN}")),
        _ => said(text),
    }
}

async fn steer(State(asked): State<Asked>, Json(body): Json<Value>) -> (StatusCode, Json<Value>) {
    asked.lock().unwrap().entry("steer".to_owned()).or_default().push(body.clone());
    let messages = body["messages"].as_array().unwrap();
    let spoken = messages.iter().filter(|message| message["role"] == "assistant").count();
    let text = if spoken == 0 { "Hello, which invoice is it?" } else { "###STOP###" };
    (StatusCode::OK, Json(json!({"response": text})))
}
