//! Somebody's own agent over our own protocol (`docs/outside-agents.md`).

use serde_json::json;
use tau_domain::Usage;
use tau_llm::{EndpointKind::OutsideAgent, Finish, ModelErrorKind, ProviderLimits, list_models};

use crate::support::{Fake, KEY, ask, hello, quick, schema, sorted};

#[tokio::test]
async fn a_conversation_goes_to_the_address_itself_and_comes_back_as_words() {
    let answer = json!({"text": "One is on its way.", "cost_usd": 0.25,
        "usage": {"input_tokens": 12, "output_tokens": 4}});
    let fake = Fake::answering(&[answer]).await;
    let reply = ask(&*fake.model(OutsideAgent, "/my/agent?version=2", "mine")).await.unwrap();

    let asked = &fake.asked()[0];
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("POST", "/my/agent?version=2"));
    assert_eq!(asked.header("authorization"), Some(format!("Bearer {KEY}").as_str()));
    let call = |id: &str, order: &str| json!({"id": id, "name": "get_order", "arguments": {"order": order, "limit": 50.0}});
    let answer = |id: &str, text: &str| json!({"role": "tool", "tool_call_id": id, "name": "get_order", "text": text});
    assert_eq!(
        asked.body(),
        json!({
            "protocol": "tautrait-agent/1",
            "agent": "mine",
            "policy": "Be kind.",
            "tools": [{"name": "get_order", "description": "Finds an order.", "parameters": schema()}],
            "must_call": false,
            "messages": [
                {"role": "customer", "text": "Where are my orders?"},
                {"role": "agent", "tool_calls": [call("call-1", "A1"), call("call-2", "B2")]},
                answer("call-1", "on its way"),
                answer("call-2", "delivered"),
                {"role": "customer", "text": "And?"},
            ],
            "temperature": 0.0,
            "seed": 7,
        })
    );
    assert_eq!(reply.message.content.as_deref(), Some("One is on its way."));
    assert_eq!((reply.finish, reply.cost_usd), (Finish::Stop, Some(0.25)));
    assert_eq!(reply.usage, Usage { input_tokens: 12, output_tokens: 4 });
}

#[tokio::test]
async fn calls_come_back_with_their_numbers_as_they_were_written() {
    let text = r#"{"tool_calls":[{"id":"a","name":"get_order","arguments":{"limit": 50.0}}]}"#;
    let fake = Fake::scripted(vec![(200, vec![], text.into())]).await;
    let reply = fake.model(OutsideAgent, "/", "mine").chat(&hello()).await.unwrap();
    assert_eq!(reply.finish, Finish::ToolCalls);
    assert_eq!(reply.message.tool_calls[0].arguments, r#"{"limit": 50.0}"#);
    assert_eq!(reply.cost_usd, None);
}

#[tokio::test]
async fn an_agent_that_fails_has_not_answered() {
    for (status, body, kind) in [
        (500, json!({"error": "It fell over."}), ModelErrorKind::Unavailable),
        (401, json!({}), ModelErrorKind::BadKey),
        (200, json!({"text": null}), ModelErrorKind::Malformed),
    ] {
        let (sorted, asked) = sorted(OutsideAgent, "/", status, None, body).await;
        assert_eq!(sorted, kind, "{status}, asked {asked} times");
    }
}

#[tokio::test]
async fn an_agent_has_no_list_of_models() {
    let fake = Fake::answering(&[json!({})]).await;
    let limits = ProviderLimits::with_policy(4, quick());
    let listed = list_models(&fake.endpoint(OutsideAgent, "/"), None, limits).await;
    let error = listed.unwrap_err();
    assert_eq!((error.kind, fake.asked().len()), (ModelErrorKind::ModelNotFound, 0));
}
