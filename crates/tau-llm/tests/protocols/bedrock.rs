//! Amazon Bedrock's Converse.

use serde_json::json;
use tau_domain::{Message, Usage};
use tau_llm::{ChatRequest, EndpointKind::Bedrock, Finish, ModelErrorKind};

use crate::support::{Fake, KEY, ask, hello, ids, schema, sorted};

#[tokio::test]
async fn a_conversation_goes_out_in_blocks() {
    let answer = json!({
        "output": {"message": {"role": "assistant", "content": [{"text": "One is on its way."}]}},
        "stopReason": "end_turn",
        "usage": {"inputTokens": 30, "outputTokens": 8, "totalTokens": 148, "cacheReadInputTokens": 100, "cacheWriteInputTokens": 10},
        "metrics": {"latencyMs": 500},
    });
    let fake = Fake::answering(&[answer]).await;
    let model = fake.model(Bedrock, "", "us.anthropic.claude-sonnet-4-6-v1:0");
    let reply = ask(&*model).await.unwrap();

    let asked = &fake.asked()[0];
    assert_eq!(asked.path, "/model/us.anthropic.claude-sonnet-4-6-v1:0/converse");
    assert_eq!(asked.header("authorization"), Some(format!("Bearer {KEY}").as_str()));
    let call = |id: &str, order: &str| json!({"toolUse": {"toolUseId": id, "name": "get_order", "input": {"order": order, "limit": 50.0}}});
    let result = |id: &str, text: &str| json!({"toolResult": {"toolUseId": id, "content": [{"text": text}]}});
    assert_eq!(
        asked.body(),
        json!({
            "messages": [
                {"role": "user", "content": [{"text": "Where are my orders?"}]},
                {"role": "assistant", "content": [call("call-1", "A1"), call("call-2", "B2")]},
                {"role": "user", "content": [result("call-1", "on its way"), result("call-2", "delivered"), {"text": "And?"}]},
            ],
            "system": [{"text": "Be kind."}],
            "toolConfig": {"tools": [{"toolSpec": {"name": "get_order", "description": "Finds an order.",
                "inputSchema": {"json": schema()}}}]},
            "inferenceConfig": {"temperature": 0.0},
        })
    );
    assert!(asked.text.contains(r#""input":{"order": "A1", "limit": 50.0}"#), "{}", asked.text);
    assert_eq!(reply.message.content.as_deref(), Some("One is on its way."));
    assert_eq!(reply.finish, Finish::Stop);
    assert_eq!(reply.usage, Usage { input_tokens: 140, output_tokens: 8 });
}

#[tokio::test]
async fn an_inference_profile_by_its_full_name_stays_one_part_of_the_path() {
    let answer =
        json!({"output": {"message": {"content": [{"text": "ok"}]}}, "stopReason": "end_turn"});
    let fake = Fake::answering(&[answer]).await;
    let arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc";
    fake.model(Bedrock, "", arn).chat(&hello()).await.unwrap();
    assert_eq!(
        fake.asked()[0].path,
        "/model/arn:aws:bedrock:us-east-1:123456789012:application-inference-profile%2Fabc/converse"
    );
}

#[tokio::test]
async fn several_calls_and_the_reasoning_before_them_come_back() {
    let text = r#"{"output":{"message":{"role":"assistant","content":[
        {"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"c2ln"}}},
        {"toolUse":{"toolUseId":"tooluse_1","name":"get_order","input":{"limit": 50.0}}},
        {"toolUse":{"toolUseId":"tooluse_2","name":"get_order","input":{}}}]}},
        "stopReason":"tool_use","usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3}}"#;
    let fake = Fake::scripted(vec![(200, vec![], text.into())]).await;
    let model = fake.model(Bedrock, "", "m");
    let reply = model.chat(&hello()).await.unwrap();
    assert_eq!(reply.finish, Finish::ToolCalls);
    assert_eq!(reply.message.tool_calls[0].arguments, r#"{"limit": 50.0}"#);
    assert_eq!(reply.message.tool_calls[1].id, "tooluse_2");
    let result = Message::tool_result(&reply.message.tool_calls[0], "found");
    let mut messages = hello().messages;
    messages.extend([reply.message, result]);
    model.chat(&ChatRequest { messages, ..ChatRequest::default() }).await.unwrap();
    assert_eq!(
        fake.asked()[1].body()["messages"][1]["content"][0],
        json!({"reasoningContent": {"reasoningText": {"text": "Hm.", "signature": "c2ln"}}})
    );
}

#[tokio::test]
async fn guardrails_are_a_kind_of_their_own() {
    for reason in ["guardrail_intervened", "content_filtered"] {
        let answer = json!({"output": {"message": {"content": [{"text": "Sorry, no."}]}}, "stopReason": reason});
        let fake = Fake::answering(&[answer]).await;
        let error = fake.model(Bedrock, "", "m").chat(&hello()).await.unwrap_err();
        assert_eq!((error.kind, fake.asked().len()), (ModelErrorKind::ContentFilter, 1));
    }
}

#[tokio::test]
async fn each_error_is_sorted_by_its_name_in_the_header() {
    for (status, name, words, kind, asked) in [
        (
            429,
            "ThrottlingException:http://internal.amazon.com/",
            "Too many tokens per day, please wait before trying again.",
            ModelErrorKind::QuotaExhausted,
            1,
        ),
        (408, "ModelTimeoutException", "Model took too long", ModelErrorKind::Timeout, 3),
        (424, "ModelErrorException", "The model failed", ModelErrorKind::Unavailable, 6),
        (
            503,
            "ServiceUnavailableException",
            "Bedrock is unable to process your request.",
            ModelErrorKind::Unavailable,
            6,
        ),
        (
            500,
            "InternalServerException",
            "The system encountered an unexpected error.",
            ModelErrorKind::Unavailable,
            6,
        ),
        (
            403,
            "AccessDeniedException",
            "You don't have access to the model with the specified model ID.",
            ModelErrorKind::ModelNotFound,
            1,
        ),
        (
            403,
            "AccessDeniedException",
            "Authentication failed: Please make sure your API Key is valid.",
            ModelErrorKind::BadKey,
            1,
        ),
        (
            404,
            "ResourceNotFoundException",
            "The requested resource was not found",
            ModelErrorKind::ModelNotFound,
            1,
        ),
        (
            400,
            "ValidationException",
            "The provided model identifier is invalid.",
            ModelErrorKind::ModelNotFound,
            1,
        ),
        (
            400,
            "ValidationException",
            "Invocation of model ID m with on-demand throughput isn\u{2019}t supported. Retry your request with the ID of an inference profile.",
            ModelErrorKind::ModelNotFound,
            1,
        ),
        (
            400,
            "ValidationException",
            "Input is too long for requested model.",
            ModelErrorKind::ContextLength,
            1,
        ),
        (
            400,
            "ValidationException",
            "The value at toolConfig is empty.",
            ModelErrorKind::BadRequest,
            1,
        ),
    ] {
        let header = Some(("x-amzn-errortype", name));
        let found = sorted(Bedrock, "", status, header, json!({"message": words})).await;
        assert_eq!(found, (kind, asked), "{status} {name} {words}");
    }
}

#[tokio::test]
async fn throttling_and_a_model_that_warms_up_are_waited_for() {
    let good =
        json!({"output": {"message": {"content": [{"text": "ok"}]}}, "stopReason": "end_turn"});
    for name in ["ThrottlingException", "ModelNotReadyException"] {
        let mut script =
            vec![
                (429, vec![("x-amzn-errortype", name)], json!({"message": "Wait."}).to_string());
                7
            ];
        script.push((200, vec![], good.to_string()));
        let fake = Fake::scripted(script).await;
        let reply = fake.model(Bedrock, "", "m").chat(&hello()).await.unwrap();
        assert_eq!(reply.attempts, 8, "{name} is no exhausted quota, however often it comes");
    }
}

#[tokio::test]
async fn foundation_models_and_inference_profiles_are_listed_together() {
    let fake = Fake::answering(&[
        json!({"modelSummaries": [{"modelId": "amazon.nova-pro-v1:0", "modelName": "Nova Pro", "providerName": "Amazon"}]}),
        json!({"inferenceProfileSummaries": [{"inferenceProfileId": "us.amazon.nova-pro-v1:0", "inferenceProfileName": "US Nova Pro"}]}),
    ])
    .await;
    let models = fake.models(Bedrock, "").await;
    assert_eq!(ids(&models), ["amazon.nova-pro-v1:0", "us.amazon.nova-pro-v1:0"]);
    let paths: Vec<String> = fake.asked().iter().map(|asked| asked.path.clone()).collect();
    assert_eq!(
        paths,
        [
            "/foundation-models?byOutputModality=TEXT&byInferenceType=ON_DEMAND",
            "/inference-profiles?maxResults=1000"
        ]
    );
}
