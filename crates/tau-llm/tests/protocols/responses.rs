//! OpenAI's Responses, for models that refuse tools over chat completions.

use serde_json::json;
use tau_domain::{Message, Usage};
use tau_llm::{EndpointKind::OpenAiCompatible, Finish, ModelErrorKind};

use crate::support::{Fake, KEY, ask, conversation, hello, schema};

pub const REFUSAL: &str = r#"{"error":{"message":"Function tools with reasoning_effort are not supported for gpt-6-luna in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.","type":"invalid_request_error","param":"reasoning_effort","code":null}}"#;

fn calls() -> serde_json::Value {
    json!({"id": "resp_1", "object": "response", "status": "completed", "error": null, "incomplete_details": null,
        "output": [
            {"id": "rs_1", "type": "reasoning", "summary": [], "encrypted_content": "opaque"},
            {"id": "fc_1", "type": "function_call", "status": "completed", "call_id": "call_9", "name": "get_order", "arguments": "{\"limit\": 50.0}"},
            {"id": "fc_2", "type": "function_call", "status": "completed", "call_id": "call_10", "name": "get_order", "arguments": "{}"}],
        "usage": {"input_tokens": 100, "input_tokens_details": {"cached_tokens": 40}, "output_tokens": 30,
            "output_tokens_details": {"reasoning_tokens": 20}, "total_tokens": 130}})
}

#[tokio::test]
async fn a_model_that_names_this_interface_is_asked_over_it_from_then_on() {
    let script = vec![(400, vec![], REFUSAL.into()), (200, vec![], calls().to_string())];
    let fake = Fake::scripted(script).await;
    let model = fake.model(OpenAiCompatible, "/v1", "gpt-6-luna");
    let reply = ask(&*model).await.unwrap();

    let asked = fake.asked();
    assert_eq!(asked[0].path, "/v1/chat/completions");
    assert_eq!(asked[1].path, "/v1/responses");
    assert_eq!(asked[1].header("authorization"), Some(format!("Bearer {KEY}").as_str()));
    let call = |id: &str, order: &str| {
        json!({"type": "function_call", "call_id": id, "name": "get_order",
            "arguments": format!(r#"{{"order": "{order}", "limit": 50.0}}"#)})
    };
    let result = |id: &str, output: &str| json!({"type": "function_call_output", "call_id": id, "output": output});
    assert_eq!(
        asked[1].body(),
        json!({
            "model": "gpt-6-luna",
            "instructions": "Be kind.",
            "input": [
                {"role": "user", "content": "Where are my orders?"},
                call("call-1", "A1"), call("call-2", "B2"),
                result("call-1", "on its way"), result("call-2", "delivered"),
                {"role": "user", "content": "And?"},
            ],
            "tools": [{"type": "function", "name": "get_order", "description": "Finds an order.",
                "parameters": schema(), "strict": false}],
            "temperature": 0.0,
            "store": false,
            "include": ["reasoning.encrypted_content"],
        })
    );
    assert_eq!((reply.attempts, reply.finish), (2, Finish::ToolCalls));
    assert_eq!(reply.usage, Usage { input_tokens: 100, output_tokens: 30 });
    let cost = (60.0 * 0.1 + 40.0 * 0.01 + 30.0 * 0.5) / 1e6;
    assert!((reply.cost_usd.unwrap() - cost).abs() < 1e-12);
    let found: Vec<_> = reply
        .message
        .tool_calls
        .iter()
        .map(|call| (call.id.as_str(), call.arguments.as_str()))
        .collect();
    assert_eq!(found, [("call_9", r#"{"limit": 50.0}"#), ("call_10", "{}")]);

    let mut again = conversation();
    let result = Message::tool_result(&reply.message.tool_calls[0], "found");
    let mut kept = reply.message;
    kept.tool_calls.truncate(1);
    again.messages.extend([kept, result]);
    model.chat(&again).await.unwrap();
    let asked = fake.asked();
    assert_eq!((asked.len(), asked[2].path.as_str()), (3, "/v1/responses"));
    let input = asked[2].body()["input"].as_array().unwrap().clone();
    let kinds: Vec<&str> = input[6..].iter().map(|item| item["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["reasoning", "function_call", "function_call_output"]);
    assert_eq!(input[6]["encrypted_content"], "opaque");
}

#[tokio::test]
async fn words_refusals_and_cuts_are_told_apart() {
    let said = |part: serde_json::Value, why: serde_json::Value| {
        json!({"status": "completed", "error": null, "incomplete_details": why,
            "output": [{"type": "message", "role": "assistant", "content": [part]}]})
    };
    let text = |text: &str| json!({"type": "output_text", "text": text, "annotations": []});
    let script = [
        said(text("ok"), json!(null)),
        said(text("o"), json!({"reason": "max_output_tokens"})),
        said(json!({"type": "refusal", "refusal": "I cannot."}), json!(null)),
    ];
    let mut answers = vec![(400, vec![], REFUSAL.to_owned())];
    answers.extend(script.iter().map(|body| (200, vec![], body.to_string())));
    let fake = Fake::scripted(answers).await;
    let model = fake.model(OpenAiCompatible, "/v1", "gpt-6-luna");
    let first = model.chat(&hello()).await.unwrap();
    assert_eq!((first.finish, first.message.content.as_deref()), (Finish::Stop, Some("ok")));
    assert_eq!(model.chat(&hello()).await.unwrap().finish, Finish::Length);
    let error = model.chat(&hello()).await.unwrap_err();
    assert_eq!((error.kind, error.detail.as_str()), (ModelErrorKind::ContentFilter, "I cannot."));
}
