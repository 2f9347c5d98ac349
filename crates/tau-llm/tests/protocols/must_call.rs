//! A model that has to call a tool is told so in its provider's own words; one that may choose is told
//! nothing, and neither is one without tools.

use serde_json::{Value, json};
use tau_llm::{ChatRequest, EndpointKind, EndpointKind::*};

use crate::responses::REFUSAL;
use crate::support::{Fake, conversation, hello};

/// What the last request says under `name`.
async fn said(
    kind: EndpointKind,
    refused: Option<&str>,
    request: ChatRequest,
    name: &str,
) -> Value {
    let mut script: Vec<_> =
        refused.map(|text| (400, vec![], text.to_owned())).into_iter().collect();
    script.push((500, vec![], String::from("{}")));
    let fake = Fake::scripted(script).await;
    // What comes back does not matter here.
    let _ = fake.model(kind, "/v1", "m").chat(&request).await;
    fake.asked().last().unwrap().body()[name].clone()
}

#[tokio::test]
async fn every_provider_is_told_in_its_own_words_that_a_tool_has_to_be_called() {
    let tools = json!({"toolSpec": {"name": "get_order", "description": "Finds an order.",
        "inputSchema": {"json": crate::support::schema()}}});
    let chosen = json!({"tools": [tools], "toolChoice": {"any": {}}});
    let free = json!({"tools": [tools]});
    let mode = json!({"functionCallingConfig": {"mode": "ANY"}});
    for (kind, refused, name, must, may) in [
        (OpenAiCompatible, None, "tool_choice", json!("required"), Value::Null),
        (OpenAiCompatible, Some(REFUSAL), "tool_choice", json!("required"), Value::Null),
        (Anthropic, None, "tool_choice", json!({"type": "any"}), Value::Null),
        (Gemini, None, "toolConfig", mode, Value::Null),
        (Bedrock, None, "toolConfig", chosen, free),
        (OutsideAgent, None, "must_call", json!(true), json!(false)),
    ] {
        let request = ChatRequest { must_call: true, ..conversation() };
        assert_eq!(said(kind, refused, request, name).await, must, "{kind:?}");
        assert_eq!(said(kind, refused, conversation(), name).await, may, "{kind:?}");
        let request = ChatRequest { must_call: true, ..hello() };
        let none = if kind == OutsideAgent { json!(false) } else { Value::Null };
        assert_eq!(said(kind, refused, request, name).await, none, "{kind:?}");
    }
}
