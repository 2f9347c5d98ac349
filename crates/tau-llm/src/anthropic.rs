//! Anthropic's Messages: our messages to its blocks and its blocks to our replies.
//!
//! Format: the provider's API reference ("Messages", version 2023-06-01). The policy is a field of
//! its own, a tool's result travels as a block of a user message, and turns alternate, so that
//! neighbours of one role become one message. There is no seed.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use tau_domain::{Message, Role, ToolCall, Usage};

use crate::dialect::{Answer, ListedModel, ModelPage, arguments_object, not_empty, read_as};
use crate::echo::{echo_of, with_echo};
use crate::{ChatRequest, Finish};

/// The format wants an upper bound. This one leaves room for thinking, which counts towards it.
const MAX_TOKENS: u32 = 16_384;

/// What the version is called behind Vertex AI, where it is part of the body.
const VERTEX_VERSION: &str = "vertex-2023-10-16";

/// The name of this format in [`Message::echo`].
const ECHO: &str = "anthropic";

#[derive(Serialize)]
pub(crate) struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    anthropic_version: Option<&'static str>,
    max_tokens: u32,
    #[serde(skip_serializing_if = "String::is_empty")]
    system: String,
    messages: Vec<Turn<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tools: Vec<Tool<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_choice: Option<Choice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
}

/// Which tools are to be called.
#[derive(Serialize)]
struct Choice {
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
struct Turn<'a> {
    role: &'static str,
    content: Vec<Block<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'a str,
    description: &'a str,
    input_schema: &'a Value,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Block<'a> {
    Known(Known<'a>),
    /// A block that goes back exactly as it came.
    Echoed(Box<RawValue>),
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Known<'a> {
    Text { text: &'a str },
    ToolUse { id: &'a str, name: &'a str, input: Box<RawValue> },
    ToolResult { tool_use_id: &'a str, content: &'a str },
}

/// The body of a request; without a model where the address names it (Vertex AI).
pub(crate) fn body<'a>(model: Option<&'a str>, request: &'a ChatRequest) -> Body<'a> {
    let policy: Vec<&str> = request
        .messages
        .iter()
        .filter(|message| message.role == Role::System)
        .filter_map(|message| message.content.as_deref())
        .collect();
    let mut messages: Vec<Turn<'a>> = Vec::new();
    for message in request.messages.iter().filter(|message| message.role != Role::System) {
        let role = if message.role == Role::Assistant { "assistant" } else { "user" };
        let blocks = blocks(message);
        match messages.last_mut() {
            Some(last) if last.role == role => last.content.extend(blocks),
            _ => messages.push(Turn { role, content: blocks }),
        }
    }
    Body {
        model,
        anthropic_version: model.is_none().then_some(VERTEX_VERSION),
        max_tokens: request.max_tokens.unwrap_or(MAX_TOKENS),
        system: policy.join("\n\n"),
        messages,
        tools: request
            .tools
            .iter()
            .map(|tool| Tool {
                name: &tool.name,
                description: &tool.description,
                input_schema: &tool.parameters,
            })
            .collect(),
        tool_choice: request.has_to_call().then_some(Choice { kind: "any" }),
        temperature: request.temperature,
    }
}

fn blocks(message: &Message) -> Vec<Block<'_>> {
    let text = message.content.as_deref();
    if message.role == Role::Tool {
        let tool_use_id = message.tool_call_id.as_deref().unwrap_or_default();
        let content = text.unwrap_or_default();
        return vec![Block::Known(Known::ToolResult { tool_use_id, content })];
    }
    let thoughts: Vec<Box<RawValue>> = echo_of(message, ECHO).unwrap_or_default();
    let mut blocks: Vec<Block<'_>> = thoughts.into_iter().map(Block::Echoed).collect();
    if message.tool_calls.is_empty() || text.is_some_and(|text| !text.trim().is_empty()) {
        blocks.push(Block::Known(Known::Text { text: not_empty(text) }));
    }
    blocks.extend(message.tool_calls.iter().map(|call| {
        let input = arguments_object(&call.arguments);
        Block::Known(Known::ToolUse { id: &call.id, name: &call.name, input })
    }));
    blocks
}

#[derive(Deserialize)]
struct WireReply {
    content: Vec<Box<RawValue>>,
    #[serde(default)]
    stop_reason: Option<String>,
    #[serde(default)]
    stop_details: Option<Value>,
    #[serde(default)]
    usage: WireUsage,
}

#[derive(Deserialize)]
struct WireBlock {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    input: Option<Box<RawValue>>,
}

#[derive(Default, Deserialize)]
struct WireUsage {
    #[serde(default)]
    input_tokens: Option<u64>,
    #[serde(default)]
    output_tokens: Option<u64>,
    #[serde(default)]
    cache_read_input_tokens: Option<u64>,
    #[serde(default)]
    cache_creation_input_tokens: Option<u64>,
}

/// Reads an answer.
pub(crate) fn read(text: &str) -> Result<Answer, String> {
    let wire: WireReply = read_as(text)?;
    let mut said = String::new();
    let mut calls = Vec::new();
    let mut thoughts = Vec::new();
    for raw in wire.content {
        let block: WireBlock = read_as(raw.get())?;
        match block.kind.as_str() {
            "text" => said.push_str(&block.text),
            "tool_use" => calls.push(ToolCall {
                id: block.id,
                name: block.name,
                arguments: block.input.map_or_else(|| "{}".into(), |input| input.get().to_owned()),
            }),
            "thinking" | "redacted_thinking" => thoughts.push(raw),
            _ => {}
        }
    }
    let content = (!said.is_empty() || calls.is_empty()).then_some(said);
    let mut message = Message { content, tool_calls: calls, ..Message::text(Role::Assistant, "") };
    if !thoughts.is_empty() {
        message = with_echo(message, ECHO, &thoughts);
    }
    let finish = match wire.stop_reason.as_deref() {
        Some("end_turn" | "stop_sequence") => Finish::Stop,
        Some("tool_use") => Finish::ToolCalls,
        Some("max_tokens" | "model_context_window_exceeded") => Finish::Length,
        Some("refusal") => Finish::ContentFilter,
        _ => Finish::Other,
    };
    let mut answer = Answer::new(message, finish);
    // Tokens read from or written to the cache are not part of `input_tokens` here.
    let cached = wire.usage.cache_read_input_tokens.unwrap_or(0);
    answer.reply.usage = Usage {
        input_tokens: wire.usage.input_tokens.unwrap_or(0)
            + cached
            + wire.usage.cache_creation_input_tokens.unwrap_or(0),
        output_tokens: wire.usage.output_tokens.unwrap_or(0),
    };
    answer.cached_tokens = cached;
    answer.withheld = wire
        .stop_details
        .and_then(|details| Some(details.get("explanation")?.as_str()?.to_owned()))
        .unwrap_or_default();
    Ok(answer)
}

/// Reads a page of `GET /models`.
pub(crate) fn read_models(text: &str) -> Result<ModelPage, String> {
    #[derive(Deserialize)]
    struct Page {
        data: Vec<Entry>,
        #[serde(default)]
        has_more: bool,
        #[serde(default)]
        last_id: Option<String>,
    }
    #[derive(Deserialize)]
    struct Entry {
        id: String,
        #[serde(default)]
        display_name: Option<String>,
        #[serde(default)]
        max_input_tokens: Option<u64>,
    }
    let page: Page = read_as(text)?;
    let models = page
        .data
        .into_iter()
        .map(|entry| ListedModel {
            id: entry.id,
            name: entry.display_name,
            context_tokens: entry.max_input_tokens,
        })
        .collect();
    Ok(ModelPage {
        models,
        next: page.last_id.filter(|_| page.has_more).map(|id| ("after_id", id)),
    })
}
