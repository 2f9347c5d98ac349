//! Vertex AI: one address, the formats of several publishers.

use serde_json::json;
use tau_llm::EndpointKind::Vertex;

use crate::support::{Fake, KEY, ask, hello, ids};

const BASE: &str = "/v1/projects/p1/locations/us-east1";

#[tokio::test]
async fn a_model_of_google_is_asked_in_geminis_format() {
    let fake =
        Fake::answering(&[json!({"candidates": [{"content": {"parts": [{"text": "ok"}]}}]})]).await;
    ask(&*fake.model(Vertex, BASE, "gemini-3.8-flash")).await.unwrap();
    let asked = &fake.asked()[0];
    assert_eq!(
        asked.path,
        format!("{BASE}/publishers/google/models/gemini-3.8-flash:generateContent")
    );
    assert_eq!(asked.header("authorization"), Some(format!("Bearer {KEY}").as_str()));
    assert_eq!(asked.header("x-goog-api-key"), None);
    assert_eq!(asked.body()["systemInstruction"]["parts"][0]["text"], "Be kind.");
}

#[tokio::test]
async fn a_model_of_anthropic_is_asked_in_anthropics_format_with_the_version_in_the_body() {
    let fake = Fake::answering(&[
        json!({"content": [{"type": "text", "text": "ok"}], "stop_reason": "end_turn"}),
    ])
    .await;
    ask(&*fake.model(Vertex, BASE, "claude-sonnet-5-5")).await.unwrap();
    let asked = &fake.asked()[0];
    assert_eq!(
        asked.path,
        format!("{BASE}/publishers/anthropic/models/claude-sonnet-5-5:rawPredict")
    );
    assert_eq!(asked.header("anthropic-version"), None);
    let body = asked.body();
    assert_eq!(body["anthropic_version"], "vertex-2023-10-16");
    assert_eq!((body.get("model"), &body["system"]), (None, &json!("Be kind.")));
}

#[tokio::test]
async fn a_model_of_another_publisher_is_asked_over_chat_completions() {
    let fake = Fake::answering(&[json!({"choices": [{"message": {"content": "ok"}}]})]).await;
    ask(&*fake.model(Vertex, BASE, "meta/llama-3.3-70b-instruct-maas")).await.unwrap();
    let asked = &fake.asked()[0];
    assert_eq!(asked.path, format!("{BASE}/endpoints/openapi/chat/completions"));
    assert_eq!(asked.body()["model"], "meta/llama-3.3-70b-instruct-maas");
}

#[tokio::test]
async fn without_a_project_the_key_is_an_api_key() {
    let fake =
        Fake::answering(&[json!({"candidates": [{"content": {"parts": [{"text": "ok"}]}}]})]).await;
    fake.model(Vertex, "/v1", "google/gemini-3.8-flash").chat(&hello()).await.unwrap();
    let asked = &fake.asked()[0];
    assert_eq!(asked.path, "/v1/publishers/google/models/gemini-3.8-flash:generateContent");
    assert_eq!(asked.header("x-goog-api-key"), Some(KEY));
    assert_eq!(asked.header("authorization"), None);
}

#[tokio::test]
async fn the_catalogue_lists_geminis() {
    let fake = Fake::answering(&[json!({"publisherModels": [
        {"name": "publishers/google/models/gemini-3.8-flash"}, {"name": "publishers/google/models/imagen-4"}]})])
    .await;
    assert_eq!(ids(&fake.models(Vertex, BASE).await), ["gemini-3.8-flash"]);
    assert_eq!(fake.asked()[0].path, "/v1beta1/publishers/google/models?pageSize=100");
}
