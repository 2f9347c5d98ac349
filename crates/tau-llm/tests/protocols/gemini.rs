//! Gemini's `generateContent`.

use serde_json::json;
use tau_domain::{Message, Usage};
use tau_llm::{ChatRequest, EndpointKind::Gemini, Finish, ModelErrorKind};

use crate::support::{Fake, KEY, ask, conversation, hello, ids, schema, sorted};

const BASE: &str = "/v1beta";

#[tokio::test]
async fn a_conversation_goes_out_in_parts() {
    let answer = json!({
        "candidates": [{"content": {"role": "model", "parts": [
            {"text": "Thinking about it.", "thought": true},
            {"text": "One is "}, {"text": "on its way."}]}, "finishReason": "STOP", "index": 0}],
        "usageMetadata": {"promptTokenCount": 100, "cachedContentTokenCount": 40, "candidatesTokenCount": 8,
            "thoughtsTokenCount": 20, "totalTokenCount": 128},
        "modelVersion": "gemini-2.5-flash", "responseId": "r1",
    });
    let fake = Fake::answering(&[answer]).await;
    let reply = ask(&*fake.model(Gemini, BASE, "gemini-2.5-flash")).await.unwrap();

    let asked = &fake.asked()[0];
    assert_eq!(asked.path, "/v1beta/models/gemini-2.5-flash:generateContent");
    assert_eq!(asked.header("x-goog-api-key"), Some(KEY));
    let call = |id: &str, order: &str| json!({"functionCall": {"id": id, "name": "get_order", "args": {"order": order, "limit": 50.0}}});
    let result = |id: &str, output: &str| json!({"functionResponse": {"id": id, "name": "get_order", "response": {"output": output}}});
    assert_eq!(
        asked.body(),
        json!({
            "systemInstruction": {"parts": [{"text": "Be kind."}]},
            "contents": [
                {"role": "user", "parts": [{"text": "Where are my orders?"}]},
                {"role": "model", "parts": [call("call-1", "A1"), call("call-2", "B2")]},
                {"role": "user", "parts": [result("call-1", "on its way"), result("call-2", "delivered"), {"text": "And?"}]},
            ],
            "tools": [{"functionDeclarations": [
                {"name": "get_order", "description": "Finds an order.", "parametersJsonSchema": schema()}]}],
            "generationConfig": {"temperature": 0.0, "seed": 7},
        })
    );
    assert!(asked.text.contains(r#""args":{"order": "A1", "limit": 50.0}"#), "{}", asked.text);

    assert_eq!(reply.message.content.as_deref(), Some("One is on its way."));
    assert_eq!(reply.finish, Finish::Stop);
    assert_eq!(reply.usage, Usage { input_tokens: 100, output_tokens: 28 });
    let cost = (60.0 * 0.3 + 40.0 * 0.03 + 28.0 * 2.5) / 1e6;
    assert!((reply.cost_usd.unwrap() - cost).abs() < 1e-12);
}

#[tokio::test]
async fn calls_without_ids_get_their_own_and_signatures_go_back_where_they_came_from() {
    let text = r#"{"candidates":[{"content":{"role":"model","parts":[
        {"functionCall":{"name":"get_order","args":{"limit": 50.0}},"thoughtSignature":"c2ln"},
        {"functionCall":{"name":"list_orders"}}]},"finishReason":"STOP"}],"responseId":"r7"}"#;
    let fake = Fake::scripted(vec![(200, vec![], text.into())]).await;
    let model = fake.model(Gemini, BASE, "m");
    let reply = model.chat(&hello()).await.unwrap();
    assert_eq!(reply.finish, Finish::ToolCalls);
    let calls = reply.message.tool_calls.clone();
    assert_ne!(calls[0].id, calls[1].id);
    assert_eq!(calls[0].arguments, r#"{"limit": 50.0}"#);
    assert_eq!((calls[1].name.as_str(), calls[1].arguments.as_str()), ("list_orders", "{}"));

    let stored = serde_json::to_string(&reply.message).unwrap();
    let mut messages = hello().messages;
    messages.push(serde_json::from_str::<Message>(&stored).unwrap());
    messages.extend(calls.iter().map(|call| Message::tool_result(call, "done")));
    model.chat(&ChatRequest { messages, ..ChatRequest::default() }).await.unwrap();
    let body = fake.asked()[1].body();
    assert_eq!(
        body["contents"][1]["parts"],
        json!([
            {"functionCall": {"name": "get_order", "args": {"limit": 50.0}}, "thoughtSignature": "c2ln"},
            {"functionCall": {"name": "list_orders", "args": {}}},
        ])
    );
    let results = body["contents"][2]["parts"].as_array().unwrap().clone();
    assert_eq!(results.len(), 2, "as many results as calls, in one turn");
    assert!(results[0]["functionResponse"].get("id").is_none());
}

#[tokio::test]
async fn a_tool_without_parameters_is_declared_without_a_schema() {
    let fake =
        Fake::answering(&[json!({"candidates": [{"content": {"parts": [{"text": "ok"}]}}]})]).await;
    let mut request = conversation();
    request.tools[0].parameters = json!({"type": "object", "properties": {}});
    fake.model(Gemini, BASE, "m").chat(&request).await.unwrap();
    let declared = &fake.asked()[0].body()["tools"][0]["functionDeclarations"][0];
    assert_eq!(declared, &json!({"name": "get_order", "description": "Finds an order."}));
}

#[tokio::test]
async fn blocked_prompts_and_answers_are_a_kind_of_their_own() {
    let blocked = json!({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": {"promptTokenCount": 5}});
    let unsafe_answer = json!({"candidates": [{"finishReason": "SAFETY", "safetyRatings": []}]});
    for (answer, words) in [(blocked, "PROHIBITED_CONTENT"), (unsafe_answer, "SAFETY")] {
        let fake = Fake::answering(&[answer]).await;
        let error = fake.model(Gemini, BASE, "m").chat(&hello()).await.unwrap_err();
        assert_eq!((error.kind, fake.asked().len()), (ModelErrorKind::ContentFilter, 1));
        assert_eq!(error.detail, words);
    }
}

#[tokio::test]
async fn a_call_that_could_not_be_read_is_the_models_message() {
    let answer = json!({"candidates": [{"content": {}, "finishReason": "MALFORMED_FUNCTION_CALL",
        "finishMessage": "Malformed function call: print(get_order('A1'))"}]});
    let fake = Fake::answering(&[answer]).await;
    let reply = fake.model(Gemini, BASE, "m").chat(&hello()).await.unwrap();
    assert_eq!(
        reply.message.content.as_deref(),
        Some("Malformed function call: print(get_order('A1'))")
    );
    assert_eq!(fake.asked().len(), 1);
}

#[tokio::test]
async fn each_error_is_sorted_by_what_is_to_be_done() {
    let error = |code: u16, status: &str, words: &str, details: serde_json::Value| json!({"error": {"code": code, "message": words, "status": status, "details": details}});
    let reason =
        json!([{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}]);
    for (status, name, words, details, kind, asked) in [
        (
            400,
            "INVALID_ARGUMENT",
            "API key not valid. Please pass a valid API key.",
            reason,
            ModelErrorKind::BadKey,
            1,
        ),
        (
            403,
            "PERMISSION_DENIED",
            "Method doesn't allow unregistered callers",
            json!([]),
            ModelErrorKind::BadKey,
            1,
        ),
        (
            404,
            "NOT_FOUND",
            "models/gemini-9 is not found for API version v1beta",
            json!([]),
            ModelErrorKind::ModelNotFound,
            1,
        ),
        (
            400,
            "INVALID_ARGUMENT",
            "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
            json!([]),
            ModelErrorKind::ContextLength,
            1,
        ),
        (
            400,
            "INVALID_ARGUMENT",
            "Invalid JSON payload received.",
            json!([]),
            ModelErrorKind::BadRequest,
            1,
        ),
        (
            503,
            "UNAVAILABLE",
            "The model is overloaded. Please try again later.",
            json!([]),
            ModelErrorKind::Unavailable,
            6,
        ),
        (
            500,
            "INTERNAL",
            "An internal error has occurred.",
            json!([]),
            ModelErrorKind::Unavailable,
            6,
        ),
        (504, "DEADLINE_EXCEEDED", "Deadline expired.", json!([]), ModelErrorKind::Timeout, 3),
    ] {
        let found = sorted(Gemini, BASE, status, None, error(status, name, words, details)).await;
        assert_eq!(found, (kind, asked), "{status} {words}");
    }
}

#[tokio::test]
async fn a_quota_of_a_minute_is_waited_for_and_one_of_a_day_pauses() {
    let quota = |id: &str, delay: &str| {
        json!({"error": {"code": 429, "status": "RESOURCE_EXHAUSTED",
        "message": "You exceeded your current quota, please check your plan and billing details.",
        "details": [
            {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{"quotaId": id}]},
            {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay},
        ]}})
    };
    let minute = quota("GenerateRequestsPerMinutePerProjectPerModel", "3600s");
    assert_eq!(sorted(Gemini, BASE, 429, None, minute).await, (ModelErrorKind::Throttled, 1));
    let day = quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "34s");
    assert_eq!(sorted(Gemini, BASE, 429, None, day).await, (ModelErrorKind::QuotaExhausted, 1));

    let short = quota("GenerateRequestsPerMinutePerProjectPerModel", "0.3s");
    let good = json!({"candidates": [{"content": {"parts": [{"text": "ok"}]}}]});
    let fake =
        Fake::scripted(vec![(429, vec![], short.to_string()), (200, vec![], good.to_string())])
            .await;
    let start = std::time::Instant::now();
    let reply = fake.model(Gemini, BASE, "m").chat(&hello()).await.unwrap();
    assert_eq!(reply.attempts, 2);
    assert!(start.elapsed() >= std::time::Duration::from_millis(300));
}

#[tokio::test]
async fn models_that_can_talk_are_listed() {
    let fake = Fake::answering(&[
        json!({"models": [
            {"name": "models/gemini-b", "displayName": "Gemini B", "inputTokenLimit": 1048576, "supportedGenerationMethods": ["generateContent"]},
            {"name": "models/embedding-001", "supportedGenerationMethods": ["embedContent"]}], "nextPageToken": "t"}),
        json!({"models": [{"name": "models/gemini-a", "supportedGenerationMethods": ["generateContent", "countTokens"]}]}),
    ])
    .await;
    let models = fake.models(Gemini, BASE).await;
    assert_eq!(ids(&models), ["gemini-a", "gemini-b"]);
    assert_eq!(models[1].context_tokens, Some(1_048_576));
    assert_eq!(fake.asked()[1].path, "/v1beta/models?pageSize=1000&pageToken=t");
}
