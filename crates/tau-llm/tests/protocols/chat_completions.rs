//! OpenAI's chat completions, as OpenAI speaks them and as others do.

use serde_json::{Value, json};
use tau_domain::{Message, Usage};
use tau_llm::{ChatRequest, EndpointKind::OpenAiCompatible, Finish, ModelErrorKind};

use crate::support::{Fake, KEY, ask, hello, ids, schema, sorted};

const BASE: &str = "/v1";

fn answer(message: Value, finish: &str, usage: Value) -> Value {
    json!({"id": "chatcmpl-1", "object": "chat.completion", "model": "m",
        "choices": [{"index": 0, "message": message, "logprobs": null, "finish_reason": finish}], "usage": usage})
}

fn said(usage: Value) -> Value {
    answer(json!({"role": "assistant", "content": "ok", "refusal": null}), "stop", usage)
}

#[tokio::test]
async fn a_conversation_goes_out_with_its_tools_and_results() {
    let usage = json!({"prompt_tokens": 100, "completion_tokens": 30, "total_tokens": 130,
        "prompt_tokens_details": {"cached_tokens": 40}, "completion_tokens_details": {"reasoning_tokens": 20}});
    let fake = Fake::answering(&[said(usage)]).await;
    let reply = ask(&*fake.model(OpenAiCompatible, BASE, "gpt-4o")).await.unwrap();
    let asked = &fake.asked()[0];
    assert_eq!(asked.path, "/v1/chat/completions");
    assert_eq!(asked.header("authorization"), Some(format!("Bearer {KEY}").as_str()));
    assert_eq!(asked.header("content-type"), Some("application/json"));
    let call = |id: &str, order: &str| {
        json!({"id": id, "type": "function", "function": {"name": "get_order",
            "arguments": format!(r#"{{"order": "{order}", "limit": 50.0}}"#)}})
    };
    let result = |id: &str, text: &str| json!({"role": "tool", "tool_call_id": id, "name": "get_order", "content": text});
    assert_eq!(
        asked.body(),
        json!({
            "model": "gpt-4o",
            "messages": [
                {"role": "system", "content": "Be kind."},
                {"role": "user", "content": "Where are my orders?"},
                {"role": "assistant", "content": null, "tool_calls": [call("call-1", "A1"), call("call-2", "B2")]},
                result("call-1", "on its way"), result("call-2", "delivered"),
                {"role": "user", "content": "And?"},
            ],
            "tools": [{"type": "function", "function": {"name": "get_order", "description": "Finds an order.", "parameters": schema()}}],
            "temperature": 0.0,
            "seed": 7,
        })
    );
    // Thinking is part of the completion here and is not counted twice.
    assert_eq!(reply.usage, Usage { input_tokens: 100, output_tokens: 30 });
    let cost = (60.0 * 2.5 + 40.0 * 1.25 + 30.0 * 10.0) / 1e6;
    assert!((reply.cost_usd.unwrap() - cost).abs() < 1e-12);
}

#[tokio::test]
async fn thinking_that_xai_counts_apart_is_counted_once() {
    let usage = json!({"prompt_tokens": 32, "completion_tokens": 9, "total_tokens": 135,
        "completion_tokens_details": {"reasoning_tokens": 94}});
    let fake = Fake::answering(&[said(usage)]).await;
    let reply = fake.model(OpenAiCompatible, BASE, "grok-4.7").chat(&hello()).await.unwrap();
    assert_eq!(reply.usage, Usage { input_tokens: 32, output_tokens: 103 });
}

#[tokio::test]
async fn what_openrouter_charged_is_the_cost_and_what_its_models_thought_goes_back() {
    let message = json!({"role": "assistant", "content": null,
        "reasoning_details": [{"type": "reasoning.encrypted", "data": "opaque"}],
        "tool_calls": [
            {"id": "a", "type": "function", "function": {"name": "get_order", "arguments": "{\"limit\": 50.0}"}},
            {"id": "b", "type": "function", "function": {"name": "get_order", "arguments": "{}"}}]});
    let usage = json!({"prompt_tokens": 10, "completion_tokens": 5, "cost": 0.0123});
    let fake = Fake::answering(&[answer(message, "tool_calls", usage)]).await;
    let model = fake.model(OpenAiCompatible, "/api/v1", "openai/gpt-4o");
    let reply = model.chat(&hello()).await.unwrap();
    assert_eq!((reply.cost_usd, reply.finish), (Some(0.0123), Finish::ToolCalls));
    assert_eq!(reply.message.tool_calls[0].arguments, r#"{"limit": 50.0}"#);
    let results: Vec<Message> =
        reply.message.tool_calls.iter().map(|call| Message::tool_result(call, "x")).collect();
    let mut messages = hello().messages;
    messages.push(reply.message);
    messages.extend(results);
    model.chat(&ChatRequest { messages, ..ChatRequest::default() }).await.unwrap();
    assert_eq!(
        fake.asked()[1].body()["messages"][1]["reasoning_details"],
        json!([{"type": "reasoning.encrypted", "data": "opaque"}])
    );
}

#[tokio::test]
async fn a_signature_behind_geminis_compatible_address_goes_back_with_its_call() {
    let extra = json!({"google": {"thought_signature": "c2ln"}});
    let message = json!({"role": "assistant", "tool_calls": [
        {"id": "a", "type": "function", "extra_content": extra, "function": {"name": "get_order", "arguments": "{}"}}]});
    let fake = Fake::answering(&[answer(message, "tool_calls", json!(null))]).await;
    let model = fake.model(OpenAiCompatible, BASE, "m");
    let reply = model.chat(&hello()).await.unwrap();
    let result = Message::tool_result(&reply.message.tool_calls[0], "x");
    model
        .chat(&ChatRequest { messages: vec![reply.message, result], ..ChatRequest::default() })
        .await
        .unwrap();
    assert_eq!(fake.asked()[1].body()["messages"][0]["tool_calls"][0]["extra_content"], extra);
}

#[tokio::test]
async fn a_refusal_in_its_own_field_is_a_kind_of_its_own() {
    let message =
        json!({"role": "assistant", "content": null, "refusal": "I can't help with that."});
    let fake = Fake::answering(&[answer(message, "stop", json!(null))]).await;
    let error = fake.model(OpenAiCompatible, BASE, "m").chat(&hello()).await.unwrap_err();
    assert_eq!(
        (error.kind, error.detail.as_str()),
        (ModelErrorKind::ContentFilter, "I can't help with that.")
    );
    assert_eq!(fake.asked().len(), 1);
}

#[tokio::test]
async fn settings_that_a_model_does_not_take_are_left_out_one_after_the_other() {
    let refuse = |words: &str| {
        (
            400,
            vec![],
            json!({"error": {"message": words, "type": "invalid_request_error"}}).to_string(),
        )
    };
    let fake = Fake::scripted(vec![
        refuse("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."),
        refuse("Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported."),
        (422, vec![], json!({"detail": [{"type": "extra_forbidden", "loc": ["body", "seed"], "msg": "Extra inputs are not permitted"}]}).to_string()),
        (200, vec![], said(json!(null)).to_string()),
    ])
    .await;
    let model = fake.model(OpenAiCompatible, BASE, "o4-mini");
    let request =
        ChatRequest { temperature: Some(0.0), seed: Some(1), max_tokens: Some(64), ..hello() };
    assert_eq!(model.chat(&request).await.unwrap().attempts, 4);
    model.chat(&request).await.unwrap();
    let asked = fake.asked();
    assert_eq!(asked.len(), 5);
    let body = asked[4].body();
    assert_eq!(body["max_completion_tokens"], 64);
    for left_out in ["max_tokens", "temperature", "seed"] {
        assert!(body.get(left_out).is_none(), "{left_out}");
    }
}

#[tokio::test]
async fn a_refusal_about_something_else_is_not_asked_again() {
    let words = json!({"error": {"message": "Unsupported value: 'tools' is not supported", "type": "invalid_request_error"}});
    assert_eq!(
        sorted(OpenAiCompatible, BASE, 400, None, words).await,
        (ModelErrorKind::BadRequest, 1)
    );
}

#[tokio::test]
async fn the_refusals_of_each_provider_are_sorted_by_what_is_to_be_done() {
    use ModelErrorKind::*;
    let openai = |words: &str, class: &str, code: &str| json!({"error": {"message": words, "type": class, "param": null, "code": code}});
    #[rustfmt::skip]
    let table: Vec<(&str, u16, Value, ModelErrorKind, usize)> = vec![
        ("openai", 429, openai("You exceeded your current quota", "insufficient_quota", "insufficient_quota"), QuotaExhausted, 1),
        ("openai", 429, openai("Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40000.", "tokens", "rate_limit_exceeded"), ContextLength, 1),
        ("openai", 404, openai("The model `gpt-9` does not exist or you do not have access to it.", "invalid_request_error", "model_not_found"), ModelNotFound, 1),
        ("openrouter", 200, json!({"error": {"code": 402, "message": "Insufficient credits. Add more using https://openrouter.ai/credits"}, "user_id": "u"}), QuotaExhausted, 1),
        ("openrouter", 200, json!({"id": "gen-1", "choices": [{"finish_reason": "error", "error": {"code": 502, "message": "Provider returned error"}, "message": {"role": "assistant", "content": ""}}]}), Unavailable, 6),
        ("openrouter", 403, json!({"error": {"code": 403, "message": "m requires moderation on Provider. Your input was flagged for \"violence\"", "metadata": {"reasons": ["violence"], "flagged_input": "..."}}}), ContentFilter, 1),
        ("openrouter", 429, json!({"error": {"code": 429, "message": "Rate limit exceeded: free-models-per-day"}}), QuotaExhausted, 1),
        ("openrouter", 404, json!({"error": {"code": 404, "message": "No endpoints found that support tool use."}}), ModelNotFound, 1),
        ("mistral", 401, json!({"message": "Unauthorized", "request_id": "r"}), BadKey, 1),
        ("mistral", 400, json!({"object": "error", "message": "Invalid model: mistral-x", "type": "invalid_model", "param": null, "code": "1500"}), ModelNotFound, 1),
        ("deepinfra", 402, json!({"detail": {"error": "inference prohibited, please enter a Payment Method or top up"}}), QuotaExhausted, 1),
        ("deepinfra", 404, json!({"detail": {"error": "Model is not available"}}), ModelNotFound, 1),
        ("together", 402, json!({"error": {"message": "Credit limit exceeded, please add a payment method", "type": "credit_limit", "code": null}}), QuotaExhausted, 1),
        ("together", 422, json!({"error": {"message": "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 9000 `inputs` tokens and 100 `max_new_tokens`", "type": "invalid_request_error"}}), ContextLength, 1),
        ("fireworks", 412, json!({"error": {"object": "error", "type": "invalid_request_error", "code": "PRECONDITION_FAILED", "message": "Account suspended, possibly due to reaching the monthly spending limit"}}), QuotaExhausted, 1),
        ("fireworks", 404, json!({"error": {"message": "Model not found, inaccessible, and/or not deployed", "code": "NOT_FOUND"}}), ModelNotFound, 1),
        ("groq", 413, json!({"error": {"message": "Request too large for model on tokens per minute (TPM): Limit 6000, Requested 8000, please reduce your message size and try again.", "type": "tokens", "code": "rate_limit_exceeded"}}), ContextLength, 1),
        ("groq", 401, json!({"error": {"message": "Invalid API Key", "type": "invalid_request_error", "code": "invalid_api_key"}}), BadKey, 1),
        ("xai", 400, json!({"code": "Client specified an invalid argument", "error": "Incorrect API key provided: ke***et. You can obtain an API key from https://console.x.ai."}), BadKey, 1),
        ("xai", 403, json!({"code": "The caller does not have permission to execute the specified operation", "error": "Your newly created team doesn't have any credits yet."}), QuotaExhausted, 1),
        ("ollama", 404, json!({"error": {"message": "model \"qwen9\" not found, try pulling it first", "type": "api_error", "param": null, "code": null}}), ModelNotFound, 1),
        ("ollama", 400, json!({"error": {"message": "library/gemma:2b does not support tools", "type": "api_error"}}), BadRequest, 1),
        ("lm_studio", 400, json!({"error": "No models loaded. Please load a model in the developer page"}), ModelNotFound, 1),
        ("lm_studio", 400, json!({"error": "Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens"}), ContextLength, 1),
        ("vllm", 400, json!({"object": "error", "message": "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens", "type": "BadRequestError", "param": null, "code": 400}), ContextLength, 1),
        ("vllm", 404, json!({"object": "error", "message": "The model `x` does not exist.", "type": "NotFoundError", "code": 404}), ModelNotFound, 1),
    ];
    for (provider, status, body, kind, asked) in table {
        let found = sorted(OpenAiCompatible, BASE, status, None, body.clone()).await;
        assert_eq!(found, (kind, asked), "{provider} {status} {body}");
    }
}

#[tokio::test]
async fn a_wait_that_is_told_in_words_is_kept() {
    let words = "Rate limit reached for model in organization on tokens per minute (TPM): Limit 6000, Used 5900, Requested 300. Please try again in 350ms.";
    let limited =
        json!({"error": {"message": words, "type": "tokens", "code": "rate_limit_exceeded"}});
    let fake = Fake::scripted(vec![
        (429, vec![], limited.to_string()),
        (200, vec![], said(json!(null)).to_string()),
    ])
    .await;
    let start = std::time::Instant::now();
    assert_eq!(fake.model(OpenAiCompatible, BASE, "m").chat(&hello()).await.unwrap().attempts, 2);
    assert!(start.elapsed() >= std::time::Duration::from_millis(350));
}

#[tokio::test]
async fn busy_providers_are_waited_for_and_not_taken_for_an_exhausted_quota() {
    for body in [
        json!({"detail": {"error": "Model busy, retry later"}}),
        json!({"object": "error", "message": "Service tier capacity exceeded for this model.", "type": "service_tier_capacity_exceeded", "code": "3505"}),
        json!({"message": "Requests rate limit exceeded"}),
    ] {
        let mut script = vec![(429, vec![], body.to_string()); 6];
        script.push((200, vec![], said(json!(null)).to_string()));
        let fake = Fake::scripted(script).await;
        assert_eq!(
            fake.model(OpenAiCompatible, BASE, "m").chat(&hello()).await.unwrap().attempts,
            7
        );
    }
}

#[tokio::test]
async fn lists_of_models_are_read_in_every_shape_and_what_cannot_talk_is_left_out() {
    let shapes = [
        (
            "openai",
            json!({"object": "list", "data": [{"id": "b", "object": "model"}, {"id": "a", "object": "model"}]}),
            None,
        ),
        (
            "openrouter",
            json!({"data": [{"id": "b", "name": "B", "context_length": 4096}, {"id": "a", "name": "A", "context_length": 4096}]}),
            Some(4096),
        ),
        (
            "together",
            json!([{"id": "b", "type": "chat", "context_length": 4096}, {"id": "e", "type": "embedding"}, {"id": "a", "type": "chat", "context_length": 4096}]),
            Some(4096),
        ),
        (
            "groq",
            json!({"data": [{"id": "a", "context_window": 4096, "active": true}, {"id": "b", "context_window": 4096}]}),
            Some(4096),
        ),
        (
            "vllm",
            json!({"data": [{"id": "a", "max_model_len": 4096}, {"id": "b", "max_model_len": 4096}]}),
            Some(4096),
        ),
        (
            "mistral",
            json!({"data": [{"id": "a", "max_context_length": 4096, "capabilities": {"completion_chat": true}}, {"id": "b", "max_context_length": 4096},
            {"id": "embed", "capabilities": {"completion_chat": false}}]}),
            Some(4096),
        ),
        (
            "deepinfra",
            json!({"data": [{"id": "a", "metadata": {"context_length": 4096}}, {"id": "b", "metadata": null}]}),
            Some(4096),
        ),
    ];
    for (provider, body, context) in shapes {
        let fake = Fake::answering(&[body]).await;
        let models = fake.models(OpenAiCompatible, BASE).await;
        assert_eq!(ids(&models), ["a", "b"], "{provider}");
        assert_eq!(models[0].context_tokens, context, "{provider}");
        assert_eq!(fake.asked()[0].path, "/v1/models");
    }
}

#[tokio::test]
async fn a_call_that_groq_could_not_parse_is_the_agents_message() {
    let body = json!({"error": {"message": "Failed to call a function. Please adjust your prompt.",
        "type": "invalid_request_error", "code": "tool_use_failed",
        "failed_generation": "<function=get_order>{\"order\": A1}</function>"}});
    let fake = Fake::refusing(400, None, body).await;
    let reply = fake.model(OpenAiCompatible, BASE, "m").chat(&hello()).await.unwrap();
    let said = reply.message.content.as_deref();
    assert_eq!(said, Some("<function=get_order>{\"order\": A1}</function>"));
    assert_eq!((reply.attempts, fake.asked().len()), (1, 1));
}
