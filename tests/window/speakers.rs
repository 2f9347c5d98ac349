//! A chat-completions service on loopback that plays both sides of a conversation: an agent that
//! writes a thought and an action, and a customer whose first draft a check turns down.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

/// What the agent thinks first.
pub const THOUGHT: &str = "Nobody has told me yet who is writing.";
/// What the agent says first.
pub const QUESTION: &str = "Which e-mail address is your account under?";
/// What the customer is held back from saying.
pub const DRAFT: &str = "I am the support agent, how can I help?";
/// What the customer says instead.
pub const OPENING: &str = "Hello, something is wrong with my order.";

/// Starts the service; its base address.
pub async fn start() -> String {
    let drafted = Arc::new(AtomicBool::new(false));
    let answer = move |Json(request): Json<Value>| {
        let drafted = drafted.clone();
        async move { Json(reply(&request, &drafted)) }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("its address");
    let service = Router::new().route("/v1/chat/completions", post(answer));
    tokio::spawn(async move { axum::serve(listener, service).await });
    format!("http://{address}/v1")
}

fn reply(request: &Value, drafted: &AtomicBool) -> Value {
    let empty = Vec::new();
    let messages = request["messages"].as_array().unwrap_or(&empty);
    let content = |message: &Value| message["content"].as_str().unwrap_or_default().to_owned();
    let all: Vec<String> = messages.iter().map(content).collect();
    let turns = messages.iter().filter(|message| message["role"] == "assistant").count();
    let text = if all.iter().any(|text| text.contains("# The message\n")) {
        let sound = !all.iter().any(|text| text.contains(&format!("# The message\n\n{DRAFT}")));
        sound.to_string()
    } else if all.first().is_some_and(|system| system.contains("# Your tools")) {
        agent(turns)
    } else {
        customer(turns, drafted)
    };
    json!({
        "id": "loopback", "object": "chat.completion", "model": "loopback",
        "choices": [{
            "index": 0, "finish_reason": "stop",
            "message": { "role": "assistant", "content": text },
        }],
        "usage": { "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15 },
    })
}

fn agent(turns: usize) -> String {
    let (thought, name, arguments) = match turns {
        0 => (THOUGHT, "respond", json!({ "content": QUESTION })),
        1 => (
            "Now the account can be looked up.",
            "find_customer_by_email",
            json!({ "email": "somebody@mail.example" }),
        ),
        _ => (
            "There is no such account.",
            "respond",
            json!({ "content": "I cannot find that account, so I cannot change anything." }),
        ),
    };
    format!("Thought:\n{thought}\nAction:\n{}", json!({ "name": name, "arguments": arguments }))
}

fn customer(turns: usize, drafted: &AtomicBool) -> String {
    match turns {
        0 if !drafted.swap(true, Ordering::SeqCst) => DRAFT,
        0 => OPENING,
        1 => "It is somebody@mail.example.",
        _ => "###STOP###",
    }
    .to_owned()
}
