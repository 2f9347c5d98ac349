//! Azure OpenAI: both interfaces.

use serde_json::{Value, json};
use tau_llm::{EndpointKind::AzureOpenAi, ModelErrorKind};

use crate::support::{Fake, KEY, ask, hello, ids, sorted};

fn good() -> Value {
    json!({"choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "ok"},
        "content_filter_results": {"hate": {"filtered": false, "severity": "safe"}}}],
        "prompt_filter_results": [], "usage": {"prompt_tokens": 9, "completion_tokens": 1, "total_tokens": 10}})
}

#[tokio::test]
async fn every_form_of_the_address_leads_to_the_deployment() {
    for (base, path) in [
        ("", "/openai/v1/chat/completions"),
        ("/openai", "/openai/v1/chat/completions"),
        (
            "/openai?api-version=2024-10-21",
            "/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21",
        ),
        (
            "/?api-version=2025-01-01-preview",
            "/openai/deployments/my-gpt/chat/completions?api-version=2025-01-01-preview",
        ),
        (
            "/openai/deployments/my-gpt",
            "/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21",
        ),
        ("/openai/v1", "/openai/v1/chat/completions"),
        ("/openai/v1/?api-version=preview", "/openai/v1/chat/completions?api-version=preview"),
    ] {
        let fake = Fake::answering(&[good()]).await;
        let reply = ask(&*fake.model(AzureOpenAi, base, "my-gpt")).await.unwrap();
        let asked = &fake.asked()[0];
        assert_eq!(asked.path, path);
        assert_eq!(asked.header("api-key"), Some(KEY));
        assert_eq!(asked.header("authorization"), None);
        assert_eq!(asked.body()["model"], "my-gpt");
        assert_eq!(asked.body()["messages"][0], json!({"role": "system", "content": "Be kind."}));
        assert_eq!(reply.usage.input_tokens, 9);
    }
}

#[tokio::test]
async fn each_error_is_sorted_by_what_is_to_be_done() {
    let filtered = json!({"error": {"message": "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
        "type": null, "param": "prompt", "code": "content_filter", "status": 400,
        "innererror": {"code": "ResponsibleAIPolicyViolation", "content_filter_result": {"violence": {"filtered": true, "severity": "medium"}}}}});
    let missing = json!({"error": {"code": "DeploymentNotFound", "message": "The API deployment for this resource does not exist."}});
    let denied = json!({"error": {"code": "401", "message": "Access denied due to invalid subscription key or wrong API endpoint."}});
    let long = json!({"error": {"code": "context_length_exceeded", "message": "too long", "param": "messages"}});
    for (status, body, kind) in [
        (400, filtered, ModelErrorKind::ContentFilter),
        (404, missing, ModelErrorKind::ModelNotFound),
        (401, denied, ModelErrorKind::BadKey),
        (400, long, ModelErrorKind::ContextLength),
    ] {
        assert_eq!(sorted(AzureOpenAi, "", status, None, body).await, (kind, 1), "{status}");
    }
    let words = "Requests to the ChatCompletions_Create Operation have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 3600 seconds.";
    let limited = json!({"error": {"code": "429", "message": words}});
    assert_eq!(sorted(AzureOpenAi, "", 429, None, limited).await, (ModelErrorKind::Throttled, 1));
}

#[tokio::test]
async fn an_answer_cut_by_the_filter_is_not_acted_on() {
    let mut cut = good();
    cut["choices"][0]["finish_reason"] = "content_filter".into();
    let fake = Fake::answering(&[cut]).await;
    let error = fake.model(AzureOpenAi, "", "m").chat(&hello()).await.unwrap_err();
    assert_eq!((error.kind, fake.asked().len()), (ModelErrorKind::ContentFilter, 1));
    assert_eq!(error.detail, "ok");
}

#[tokio::test]
async fn the_resources_models_are_listed() {
    let list = json!({"data": [{"id": "gpt-4o-2024-08-06", "object": "model", "capabilities": {"chat_completion": true}}]});
    for (base, path) in [
        ("/?api-version=2024-10-21", "/openai/models?api-version=2024-10-21"),
        ("", "/openai/v1/models"),
        ("/openai/v1", "/openai/v1/models"),
    ] {
        let fake = Fake::answering(std::slice::from_ref(&list)).await;
        assert_eq!(ids(&fake.models(AzureOpenAi, base).await), ["gpt-4o-2024-08-06"]);
        assert_eq!(fake.asked()[0].path, path);
        assert_eq!(fake.asked()[0].header("api-key"), Some(KEY));
    }
}

#[tokio::test]
async fn a_deployment_that_names_responses_is_asked_there() {
    let words = "Function tools with reasoning_effort are not supported. To use function tools, use /v1/responses";
    let refusal =
        json!({"error": {"message": words, "type": "invalid_request_error", "code": null}});
    let said = json!({"status": "completed", "error": null, "output": [
        {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "ok"}]}]});
    let fake =
        Fake::scripted(vec![(400, vec![], refusal.to_string()), (200, vec![], said.to_string())])
            .await;
    fake.model(AzureOpenAi, "", "my-gpt").chat(&hello()).await.unwrap();
    let asked = fake.asked();
    assert_eq!(asked[1].path, "/openai/v1/responses");
    assert_eq!(asked[1].header("api-key"), Some(KEY));
    assert_eq!(asked[1].body()["model"], "my-gpt");
}
