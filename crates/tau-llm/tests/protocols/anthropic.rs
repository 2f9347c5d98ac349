//! Anthropic's Messages.

use serde_json::json;
use tau_domain::{Role, Usage};
use tau_llm::{ChatRequest, EndpointKind::Anthropic, Finish, ModelErrorKind};

use crate::support::{Fake, KEY, ask, conversation, hello, ids, schema, sorted};

const BASE: &str = "/v1";

#[tokio::test]
async fn a_conversation_goes_out_in_blocks() {
    let answer = json!({
        "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-sonnet-5-5",
        "content": [{"type": "text", "text": "One is on its way."}],
        "stop_reason": "end_turn", "stop_sequence": null,
        "usage": {"input_tokens": 12, "cache_creation_input_tokens": 30, "cache_read_input_tokens": 100, "output_tokens": 8},
    });
    let fake = Fake::answering(&[answer]).await;
    let model = fake.model(Anthropic, BASE, "claude-sonnet-5-5");
    let reply = ask(&*model).await.unwrap();

    let asked = &fake.asked()[0];
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("POST", "/v1/messages"));
    assert_eq!(asked.header("x-api-key"), Some(KEY));
    assert_eq!(asked.header("anthropic-version"), Some("2023-06-01"));
    assert_eq!(asked.header("authorization"), None);
    let input = |order: &str| json!({"order": order, "limit": 50.0});
    assert_eq!(
        asked.body(),
        json!({
            "model": "claude-sonnet-5-5",
            "max_tokens": 16384,
            "system": "Be kind.",
            "messages": [
                {"role": "user", "content": [{"type": "text", "text": "Where are my orders?"}]},
                {"role": "assistant", "content": [
                    {"type": "tool_use", "id": "call-1", "name": "get_order", "input": input("A1")},
                    {"type": "tool_use", "id": "call-2", "name": "get_order", "input": input("B2")},
                ]},
                {"role": "user", "content": [
                    {"type": "tool_result", "tool_use_id": "call-1", "content": "on its way"},
                    {"type": "tool_result", "tool_use_id": "call-2", "content": "delivered"},
                    {"type": "text", "text": "And?"},
                ]},
            ],
            "tools": [{"name": "get_order", "description": "Finds an order.", "input_schema": schema()}],
            "temperature": 0.0,
        })
    );
    assert!(asked.text.contains(r#""input":{"order": "A1", "limit": 50.0}"#), "{}", asked.text);

    assert_eq!(reply.message.content.as_deref(), Some("One is on its way."));
    assert_eq!(reply.finish, Finish::Stop);
    assert_eq!(reply.usage, Usage { input_tokens: 142, output_tokens: 8 });
    let cost = (42.0 * 2.0 + 100.0 * 0.1 + 8.0 * 10.0) / 1e6;
    assert!((reply.cost_usd.unwrap() - cost).abs() < 1e-12, "cached tokens cost less");
}

#[tokio::test]
async fn several_calls_come_back_as_the_model_wrote_them_and_its_thoughts_go_back() {
    let thought = json!({"type": "thinking", "thinking": "Hm.", "signature": "c2ln"});
    let text = format!(
        r#"{{"type":"message","content":[{thought},{{"type":"text","text":"Let me look."}},
        {{"type":"tool_use","id":"toolu_1","name":"get_order","input":{{"limit": 50.0, "n": 1e2}}}},
        {{"type":"tool_use","id":"toolu_2","name":"get_order","input":{{}}}}],
        "stop_reason":"tool_use","usage":{{"input_tokens":1,"output_tokens":2}}}}"#
    );
    let fake = Fake::scripted(vec![(200, vec![], text)]).await;
    let model = fake.model(Anthropic, BASE, "m");
    let reply = model.chat(&hello()).await.unwrap();
    assert_eq!(reply.finish, Finish::ToolCalls);
    assert_eq!(reply.message.content.as_deref(), Some("Let me look."));
    let calls = &reply.message.tool_calls;
    assert_eq!(
        (calls[0].id.as_str(), calls[0].arguments.as_str()),
        ("toolu_1", r#"{"limit": 50.0, "n": 1e2}"#)
    );
    assert_eq!((calls[1].id.as_str(), calls[1].arguments.as_str()), ("toolu_2", "{}"));

    // The next request carries the thought, the journal in between does not lose it, and a call
    // that was dropped by the agent's strategy is not missed.
    let mut messages = hello().messages;
    let stored = serde_json::to_string(&reply.message).unwrap();
    let mut kept: tau_domain::Message = serde_json::from_str(&stored).unwrap();
    kept.tool_calls.truncate(1);
    let result = tau_domain::Message::tool_result(&kept.tool_calls[0], "found");
    messages.extend([kept, result]);
    model.chat(&ChatRequest { messages, ..ChatRequest::default() }).await.unwrap();
    let body = fake.asked()[1].body();
    let kinds: Vec<&str> = body["messages"][1]["content"]
        .as_array()
        .unwrap()
        .iter()
        .map(|block| block["type"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["thinking", "text", "tool_use"]);
    assert_eq!(body["messages"][1]["content"][0], thought);
}

#[tokio::test]
async fn empty_messages_and_arguments_that_are_no_object_are_sent_in_a_form_that_is_taken() {
    let fake = Fake::answering(&[json!({"content": [{"type": "text", "text": "ok"}]})]).await;
    let mut request = conversation();
    request.messages[1].content = Some("  ".into());
    request.messages[2].tool_calls[0].arguments = "{oops".into();
    fake.model(Anthropic, BASE, "m").chat(&request).await.unwrap();
    let body = fake.asked()[0].body();
    assert_eq!(body["messages"][0]["content"][0]["text"], "(nothing)");
    assert_eq!(body["messages"][1]["content"][0]["input"], json!({"arguments": "{oops"}));
}

#[tokio::test]
async fn a_refusal_is_a_kind_of_its_own_and_is_not_asked_again() {
    let refusal = json!({"content": [], "stop_reason": "refusal",
        "stop_details": {"type": "refusal", "category": "cyber", "explanation": "Not this."},
        "usage": {"input_tokens": 5, "output_tokens": 0}});
    let fake = Fake::answering(&[refusal]).await;
    let error = fake.model(Anthropic, BASE, "m").chat(&hello()).await.unwrap_err();
    assert_eq!((error.kind, fake.asked().len()), (ModelErrorKind::ContentFilter, 1));
    assert_eq!(error.detail, "Not this.");
}

#[tokio::test]
async fn an_answer_cut_at_the_limit_says_so() {
    let cut = json!({"content": [{"type": "text", "text": "On"}], "stop_reason": "max_tokens"});
    let fake = Fake::answering(&[cut]).await;
    let reply = fake.model(Anthropic, BASE, "m").chat(&hello()).await.unwrap();
    assert_eq!((reply.finish, reply.message.role), (Finish::Length, Role::Assistant));
}

#[tokio::test]
async fn a_model_without_temperature_is_asked_without_one_and_only_once_wrongly() {
    let refusal = json!({"type": "error", "error": {"type": "invalid_request_error",
        "message": "`temperature` is deprecated for this model."}});
    let good = json!({"content": [{"type": "text", "text": "ok"}], "stop_reason": "end_turn"});
    let fake =
        Fake::scripted(vec![(400, vec![], refusal.to_string()), (200, vec![], good.to_string())])
            .await;
    let model = fake.model(Anthropic, BASE, "m");
    assert_eq!(ask(&*model).await.unwrap().attempts, 2);
    assert_eq!(ask(&*model).await.unwrap().attempts, 1);
    let asked = fake.asked();
    assert_eq!(asked.len(), 3);
    assert!(asked[0].body().get("temperature").is_some());
    assert!(asked[1].body().get("temperature").is_none());
    assert!(asked[2].body().get("temperature").is_none());
}

#[tokio::test]
async fn each_error_is_sorted_by_what_is_to_be_done() {
    let error = |class: &str, words: &str| json!({"type": "error", "error": {"type": class, "message": words}, "request_id": "req_1"});
    for (status, class, words, kind, asked) in [
        (529, "overloaded_error", "Overloaded", ModelErrorKind::Unavailable, 6),
        (500, "api_error", "Internal server error", ModelErrorKind::Unavailable, 6),
        (504, "timeout_error", "Request timed out", ModelErrorKind::Timeout, 3),
        (
            400,
            "invalid_request_error",
            "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing",
            ModelErrorKind::QuotaExhausted,
            1,
        ),
        (402, "billing_error", "Payment required", ModelErrorKind::QuotaExhausted, 1),
        (401, "authentication_error", "invalid x-api-key", ModelErrorKind::BadKey, 1),
        (
            403,
            "permission_error",
            "Your API key does not have permission",
            ModelErrorKind::BadKey,
            1,
        ),
        (404, "not_found_error", "model: claude-9", ModelErrorKind::ModelNotFound, 1),
        (
            400,
            "invalid_request_error",
            "prompt is too long: 210000 tokens > 200000 maximum",
            ModelErrorKind::ContextLength,
            1,
        ),
        (
            413,
            "request_too_large",
            "Request exceeds the maximum size",
            ModelErrorKind::ContextLength,
            1,
        ),
        (
            400,
            "invalid_request_error",
            "Output blocked by content filtering policy",
            ModelErrorKind::ContentFilter,
            1,
        ),
        (
            400,
            "invalid_request_error",
            "messages: at least one message is required",
            ModelErrorKind::BadRequest,
            1,
        ),
    ] {
        let found = sorted(Anthropic, BASE, status, None, error(class, words)).await;
        assert_eq!(found, (kind, asked), "{status} {words}");
    }
    let hint = Some(("retry-after", "3600"));
    let limited = error("rate_limit_error", "This request would exceed the rate limit");
    assert_eq!(sorted(Anthropic, BASE, 429, hint, limited).await, (ModelErrorKind::Throttled, 1));
    // An error can come with a 200 when it happens late.
    let late = error("overloaded_error", "Overloaded");
    assert_eq!(sorted(Anthropic, BASE, 200, None, late).await, (ModelErrorKind::Unavailable, 6));
}

#[tokio::test]
async fn the_list_of_models_is_read_to_its_end() {
    let page = |id: &str, name: &str, more: bool| {
        json!({"data": [{"type": "model", "id": id, "display_name": name, "created_at": "2026-01-01T00:00:00Z"}],
            "has_more": more, "first_id": id, "last_id": id})
    };
    let fake =
        Fake::answering(&[page("claude-b", "Claude B", true), page("claude-a", "Claude A", false)])
            .await;
    let models = fake.models(Anthropic, BASE).await;
    assert_eq!(ids(&models), ["claude-a", "claude-b"]);
    assert_eq!(models[0].name.as_deref(), Some("Claude A"));
    let paths: Vec<String> = fake.asked().iter().map(|asked| asked.path.clone()).collect();
    assert_eq!(paths, ["/v1/models?limit=1000", "/v1/models?limit=1000&after_id=claude-b"]);
    assert_eq!(fake.asked()[0].method, "GET");
    assert_eq!(fake.asked()[0].header("x-api-key"), Some(KEY));
}

#[tokio::test]
async fn thoughts_that_another_account_had_are_left_out_when_they_are_refused() {
    let refusal = json!({"type": "error", "error": {"type": "invalid_request_error",
        "message": "messages.1.content.0: Invalid `signature` in `thinking` block"}});
    let good = json!({"content": [{"type": "text", "text": "ok"}], "stop_reason": "end_turn"});
    let fake =
        Fake::scripted(vec![(400, vec![], refusal.to_string()), (200, vec![], good.to_string())])
            .await;
    let mut request = conversation();
    let thought =
        json!({"anthropic": [{"type": "thinking", "thinking": "Hm.", "signature": "c2ln"}]});
    request.messages[2].echo = Some(thought.to_string());
    assert_eq!(fake.model(Anthropic, BASE, "m").chat(&request).await.unwrap().attempts, 2);
    let first =
        |number: usize| fake.asked()[number].body()["messages"][1]["content"][0]["type"].clone();
    assert_eq!((first(0), first(1)), (json!("thinking"), json!("tool_use")));
}
