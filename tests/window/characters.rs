//! A chat-completions service on loopback that plays customers who are as they are told: each of
//! its customers shows the traits that its prompt describes, and no others.

use std::sync::Arc;

use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

/// A trait that the service can play.
pub struct Character {
    /// What a prompt says of a customer who has it; any of these is enough.
    pub told: Vec<String>,
    /// What such a customer says in every message.
    pub says: &'static str,
}

/// Starts the service; its base address.
pub async fn start(characters: Vec<Character>) -> String {
    let characters = Arc::new(characters);
    let answer = move |Json(request): Json<Value>| {
        let characters = characters.clone();
        async move { Json(reply(&request, &characters)) }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("its address");
    let service = Router::new().route("/v1/chat/completions", post(answer));
    tokio::spawn(async move { axum::serve(listener, service).await });
    format!("http://{address}/v1")
}

fn reply(request: &Value, characters: &[Character]) -> Value {
    let empty = Vec::new();
    let messages = request["messages"].as_array().unwrap_or(&empty);
    let all: Vec<&str> =
        messages.iter().filter_map(|message| message["content"].as_str()).collect();
    let turns = messages.iter().filter(|message| message["role"] == "assistant").count();
    let matter = match turns {
        0 => "Hello, it is about my order.",
        1 => "The number is on the card that I have here.",
        2 => "That is all I know about it.",
        _ => "###STOP###",
    };
    let shown = characters
        .iter()
        .filter(|each| each.told.iter().any(|told| all.iter().any(|text| text.contains(told))))
        .map(|each| each.says);
    let text = match matter {
        "###STOP###" => matter.to_owned(),
        _ => shown.chain([matter]).collect::<Vec<_>>().join(" "),
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
