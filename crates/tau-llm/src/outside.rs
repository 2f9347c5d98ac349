//! Somebody's own agent behind one address: policy, tools and messages go there, what it does next comes
//! back. The protocol is ours and as small as that; `docs/outside-agents.md` describes it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use tau_domain::{Message, Role, ToolCall, ToolSpec, Usage};

use crate::dialect::{Answer, arguments_object, read_as};
use crate::{ChatRequest, Finish};

/// The version of the protocol, which each request names.
pub(crate) const PROTOCOL: &str = "tautrait-agent/1";

/// A request as it goes out.
#[derive(Serialize)]
pub(crate) struct Request<'a> {
    protocol: &'static str,
    agent: &'a str,
    policy: String,
    tools: Vec<Tool<'a>>,
    must_call: bool,
    messages: Vec<Said<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'a str,
    description: &'a str,
    parameters: &'a Value,
}

#[derive(Serialize)]
struct Said<'a> {
    role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_calls: Vec<Call<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_call_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct Call<'a> {
    id: &'a str,
    name: &'a str,
    arguments: Box<RawValue>,
}

/// The body of a request to the agent `agent`.
pub(crate) fn body<'a>(agent: &'a str, request: &'a ChatRequest) -> Request<'a> {
    let policy: Vec<&str> = request
        .messages
        .iter()
        .filter(|message| message.role == Role::System)
        .filter_map(|message| message.content.as_deref())
        .collect();
    Request {
        protocol: PROTOCOL,
        agent,
        policy: policy.join("\n\n"),
        tools: request.tools.iter().map(tool).collect(),
        must_call: request.has_to_call(),
        messages: request.messages.iter().filter_map(said).collect(),
        temperature: request.temperature,
        seed: request.seed,
    }
}

fn tool(tool: &ToolSpec) -> Tool<'_> {
    Tool { name: &tool.name, description: &tool.description, parameters: &tool.parameters }
}

fn said(message: &Message) -> Option<Said<'_>> {
    let role = match message.role {
        Role::System => return None,
        Role::User => "customer",
        Role::Assistant => "agent",
        Role::Tool => "tool",
    };
    // What is not there is left out, but an answer of a tool always has a text.
    let text = message.content.as_deref();
    let empty = message.role == Role::Assistant && !message.tool_calls.is_empty();
    Some(Said {
        role,
        text: text.filter(|text| !(empty && text.is_empty())),
        tool_calls: message.tool_calls.iter().map(asked).collect(),
        tool_call_id: message.tool_call_id.as_deref(),
        name: message.name.as_deref().filter(|_| message.role == Role::Tool),
    })
}

fn asked(call: &ToolCall) -> Call<'_> {
    Call { id: &call.id, name: &call.name, arguments: arguments_object(&call.arguments) }
}

#[derive(Deserialize)]
struct Reply {
    text: Option<String>,
    tool_calls: Option<Vec<Made>>,
    usage: Option<Used>,
    cost_usd: Option<f64>,
}

#[derive(Deserialize)]
struct Made {
    id: Option<String>,
    name: String,
    arguments: Option<Box<RawValue>>,
}

#[derive(Default, Deserialize)]
struct Used {
    #[serde(default)]
    input_tokens: u64,
    #[serde(default)]
    output_tokens: u64,
}

/// Reads an answer.
pub(crate) fn read(text: &str) -> Result<Answer, String> {
    let reply: Reply = read_as(text)?;
    let made = reply.tool_calls.unwrap_or_default();
    if reply.text.is_none() && made.is_empty() {
        return Err("there is neither `text` nor `tool_calls` in it".into());
    }
    let tool_calls = made.into_iter().enumerate().map(call).collect::<Result<_, _>>()?;
    let message = Message { content: reply.text, tool_calls, ..Message::text(Role::Assistant, "") };
    let mut answer = Answer::new(message, Finish::Stop);
    let used = reply.usage.unwrap_or_default();
    answer.reply.usage =
        Usage { input_tokens: used.input_tokens, output_tokens: used.output_tokens };
    answer.reply.cost_usd = reply.cost_usd;
    Ok(answer)
}

/// A call as it was asked for. Its arguments stay the agent's own text: 50.0 is not 50.
fn call((index, made): (usize, Made)) -> Result<ToolCall, String> {
    let arguments = made.arguments.as_deref().map_or("{}", RawValue::get);
    let arguments = match arguments.as_bytes().first() {
        // What chat completions would have: the object as a text.
        Some(b'"') => read_as(arguments)?,
        Some(b'{') => arguments.to_owned(),
        _ if arguments == "null" => "{}".to_owned(),
        _ => return Err(format!("the arguments of {} are no object", made.name)),
    };
    let id = made.id.filter(|id| !id.is_empty()).unwrap_or_else(|| format!("call_{index}"));
    Ok(ToolCall { id, name: made.name, arguments })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_conversation_is_written_with_the_policy_apart_and_arguments_as_objects() {
        let call =
            ToolCall { id: "c".into(), name: "pay".into(), arguments: r#"{"n":50.0}"#.into() };
        let mut calls = Message::text(Role::Assistant, "");
        calls.tool_calls = vec![call.clone()];
        let request = ChatRequest {
            messages: vec![
                Message::text(Role::System, "Be fair."),
                Message::text(Role::Assistant, "Hi!"),
                Message::text(Role::User, "Pay it."),
                calls,
                Message::tool_result(&call, ""),
            ],
            tools: vec![ToolSpec {
                name: "pay".into(),
                description: "Pays.".into(),
                parameters: json!({"type": "object"}),
            }],
            must_call: true,
            temperature: Some(0.0),
            seed: None,
            max_tokens: None,
        };
        let written = serde_json::to_string(&body("mine", &request)).unwrap();
        let wanted = concat!(
            r#"{"protocol":"tautrait-agent/1","agent":"mine","policy":"Be fair.","#,
            r#""tools":[{"name":"pay","description":"Pays.","parameters":{"type":"object"}}],"#,
            r#""must_call":true,"messages":[{"role":"agent","text":"Hi!"},"#,
            r#"{"role":"customer","text":"Pay it."},"#,
            r#"{"role":"agent","tool_calls":[{"id":"c","name":"pay","arguments":{"n":50.0}}]},"#,
            r#"{"role":"tool","text":"","tool_call_id":"c","name":"pay"}],"temperature":0.0}"#,
        );
        assert_eq!(written, wanted);
    }

    #[test]
    fn an_answer_says_something_or_calls_and_may_tell_what_it_cost() {
        let answer = read(r#"{"text": "Hello", "cost_usd": 0.5, "usage": {"input_tokens": 3}}"#);
        let reply = answer.unwrap().reply;
        assert_eq!(reply.message, Message::text(Role::Assistant, "Hello"));
        assert_eq!((reply.cost_usd, reply.usage.input_tokens), (Some(0.5), 3));
        let made = r#"{"tool_calls": [{"name": "a", "arguments": {"n": 50.0}},
            {"name": "b", "arguments": "{\"n\": 1}", "id": "x"}, {"name": "c"}]}"#;
        let reply = read(made).unwrap().reply;
        let calls: Vec<_> = reply
            .message
            .tool_calls
            .iter()
            .map(|call| (call.id.as_str(), call.arguments.as_str()))
            .collect();
        assert_eq!(calls, [("call_0", r#"{"n": 50.0}"#), ("x", r#"{"n": 1}"#), ("call_2", "{}")]);
        assert_eq!((reply.message.content, reply.finish), (None, Finish::ToolCalls));
    }

    #[test]
    fn an_answer_that_does_nothing_is_none() {
        assert!(read(r#"{"text": null, "tool_calls": []}"#).unwrap_err().contains("neither"));
        let list = r#"{"tool_calls": [{"name": "a", "arguments": [1]}]}"#;
        assert!(read(list).unwrap_err().contains("no object"));
    }
}
