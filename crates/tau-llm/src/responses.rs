//! OpenAI's Responses: our messages to its items and its items to our replies.
//!
//! Newer OpenAI models refuse tools over chat completions and name this interface instead
//! ([`crate::remote`] follows them). Format: the provider's API reference ("Responses"). Nothing is
//! kept at the provider (`store`), so what it thought travels with the conversation, encrypted. There
//! is no seed.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use tau_domain::{Message, Role, ToolCall, Usage};

use crate::dialect::{Answer, read_as};
use crate::echo::{echo_of, with_echo};
use crate::{ChatRequest, Finish};

/// The name of this format in [`Message::echo`].
const ECHO: &str = "responses";

#[derive(Serialize)]
pub(crate) struct Body<'a> {
    model: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    instructions: String,
    input: Vec<Item<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tools: Vec<Tool<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_choice: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_output_tokens: Option<u32>,
    store: bool,
    include: [&'static str; 1],
}

#[derive(Serialize)]
#[serde(untagged)]
enum Item<'a> {
    Said {
        role: &'static str,
        content: &'a str,
    },
    Known(Known<'a>),
    /// An item that goes back exactly as it came.
    Echoed(Box<RawValue>),
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Known<'a> {
    FunctionCall { call_id: &'a str, name: &'a str, arguments: &'a str },
    FunctionCallOutput { call_id: &'a str, output: &'a str },
}

#[derive(Serialize)]
struct Tool<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'a str,
    description: &'a str,
    parameters: &'a Value,
    /// Left unsaid the schema would be tightened, and optional arguments with it.
    strict: bool,
}

/// The body of a request.
pub(crate) fn body<'a>(model: &'a str, request: &'a ChatRequest) -> Body<'a> {
    let policy: Vec<&str> = request
        .messages
        .iter()
        .filter(|message| message.role == Role::System)
        .filter_map(|message| message.content.as_deref())
        .collect();
    let tools = request.tools.iter().map(|tool| Tool {
        kind: "function",
        name: &tool.name,
        description: &tool.description,
        parameters: &tool.parameters,
        strict: false,
    });
    Body {
        model,
        instructions: policy.join("\n\n"),
        input: request.messages.iter().flat_map(items).collect(),
        tools: tools.collect(),
        tool_choice: request.has_to_call().then_some("required"),
        temperature: request.temperature,
        max_output_tokens: request.max_tokens,
        store: false,
        include: ["reasoning.encrypted_content"],
    }
}

fn items(message: &Message) -> Vec<Item<'_>> {
    let text = message.content.as_deref().unwrap_or_default();
    match message.role {
        Role::System => Vec::new(),
        Role::User => vec![Item::Said { role: "user", content: text }],
        Role::Tool => {
            let call_id = message.tool_call_id.as_deref().unwrap_or_default();
            vec![Item::Known(Known::FunctionCallOutput { call_id, output: text })]
        }
        Role::Assistant => {
            let thoughts: Vec<Box<RawValue>> = echo_of(message, ECHO).unwrap_or_default();
            let mut items: Vec<Item<'_>> = thoughts.into_iter().map(Item::Echoed).collect();
            if message.tool_calls.is_empty() || !text.is_empty() {
                items.push(Item::Said { role: "assistant", content: text });
            }
            items.extend(message.tool_calls.iter().map(|call| {
                Item::Known(Known::FunctionCall {
                    call_id: &call.id,
                    name: &call.name,
                    arguments: &call.arguments,
                })
            }));
            items
        }
    }
}

#[derive(Deserialize)]
struct WireReply {
    output: Vec<Box<RawValue>>,
    #[serde(default)]
    incomplete_details: Option<Incomplete>,
    #[serde(default)]
    usage: Option<WireUsage>,
}

#[derive(Deserialize)]
struct Incomplete {
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize)]
struct WireItem {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    content: Option<Vec<Part>>,
    #[serde(default)]
    call_id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    arguments: String,
}

#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    refusal: Option<String>,
}

#[derive(Deserialize)]
struct WireUsage {
    #[serde(default)]
    input_tokens: u64,
    #[serde(default)]
    output_tokens: u64,
    #[serde(default)]
    input_tokens_details: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    #[serde(default)]
    cached_tokens: u64,
}

/// Reads an answer.
pub(crate) fn read(text: &str) -> Result<Answer, String> {
    let wire: WireReply = read_as(text)?;
    let (mut said, mut refused) = (String::new(), String::new());
    let mut calls = Vec::new();
    let mut thoughts = Vec::new();
    for raw in wire.output {
        let item: WireItem = read_as(raw.get())?;
        match item.kind.as_str() {
            "message" => {
                for part in item.content.unwrap_or_default() {
                    said.push_str(part.text.as_deref().unwrap_or_default());
                    refused.push_str(part.refusal.as_deref().unwrap_or_default());
                }
            }
            "function_call" => calls.push(ToolCall {
                id: item.call_id,
                name: item.name,
                arguments: item.arguments,
            }),
            "reasoning" => thoughts.push(raw),
            _ => {}
        }
    }
    let finish = match wire.incomplete_details.map(|why| why.reason).as_deref() {
        Some("max_output_tokens") => Finish::Length,
        Some("content_filter") => Finish::ContentFilter,
        Some(_) => Finish::Other,
        None if said.is_empty() && calls.is_empty() && !refused.is_empty() => Finish::ContentFilter,
        None => Finish::Stop,
    };
    let content = (!said.is_empty() || calls.is_empty()).then_some(said);
    let mut message = Message { content, tool_calls: calls, ..Message::text(Role::Assistant, "") };
    // What was thought before words is of no use later; before a call it is asked for.
    if !thoughts.is_empty() && !message.tool_calls.is_empty() {
        message = with_echo(message, ECHO, &thoughts);
    }
    let mut answer = Answer::new(message, finish);
    answer.withheld = refused;
    if let Some(usage) = wire.usage {
        answer.reply.usage =
            Usage { input_tokens: usage.input_tokens, output_tokens: usage.output_tokens };
        answer.cached_tokens =
            usage.input_tokens_details.map_or(0, |details| details.cached_tokens);
    }
    Ok(answer)
}
