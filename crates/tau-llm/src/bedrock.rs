//! Amazon Bedrock's Converse: our messages to its blocks and its blocks to our replies.
//!
//! Format: the provider's API reference ("Converse"), the same for every model there. A Bedrock API
//! key travels as a bearer token. There is no seed.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use tau_domain::{Message, Role, ToolCall, Usage};

use crate::dialect::{Answer, ListedModel, ModelPage, arguments_object, not_empty, read_as};
use crate::echo::{echo_of, with_echo};
use crate::{ChatRequest, Finish};

/// The name of this format in [`Message::echo`].
const ECHO: &str = "bedrock";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Body<'a> {
    messages: Vec<Turn<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    system: Vec<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_config: Option<ToolConfig<'a>>,
    inference_config: Inference,
}

#[derive(Serialize)]
struct Turn<'a> {
    role: &'static str,
    content: Vec<Block<'a>>,
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Block<'a> {
    Known(Known<'a>),
    /// A block that goes back exactly as it came.
    Echoed(Box<RawValue>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Known<'a> {
    Text(&'a str),
    #[serde(rename_all = "camelCase")]
    ToolUse {
        tool_use_id: &'a str,
        name: &'a str,
        input: Box<RawValue>,
    },
    #[serde(rename_all = "camelCase")]
    ToolResult {
        tool_use_id: &'a str,
        content: [Text<'a>; 1],
    },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ToolConfig<'a> {
    tools: Vec<Tool<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_choice: Option<Choice>,
}

#[derive(Serialize)]
struct Choice {
    any: Any,
}

/// Written as an empty object.
#[derive(Serialize)]
struct Any {}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Tool<'a> {
    tool_spec: Spec<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Spec<'a> {
    name: &'a str,
    description: &'a str,
    input_schema: Schema<'a>,
}

#[derive(Serialize)]
struct Schema<'a> {
    json: &'a Value,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Inference {
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
}

/// The body of a request.
pub(crate) fn body(request: &ChatRequest) -> Body<'_> {
    let mut messages: Vec<Turn<'_>> = Vec::new();
    for message in request.messages.iter().filter(|message| message.role != Role::System) {
        let role = if message.role == Role::Assistant { "assistant" } else { "user" };
        match messages.last_mut() {
            Some(last) if last.role == role => last.content.extend(blocks(message)),
            _ => messages.push(Turn { role, content: blocks(message) }),
        }
    }
    let tools: Vec<Tool<'_>> = request
        .tools
        .iter()
        .map(|tool| Tool {
            tool_spec: Spec {
                name: &tool.name,
                description: not_empty(Some(&tool.description)),
                input_schema: Schema { json: &tool.parameters },
            },
        })
        .collect();
    Body {
        messages,
        system: request
            .messages
            .iter()
            .filter(|message| message.role == Role::System)
            .filter_map(|message| message.content.as_deref())
            .filter(|text| !text.trim().is_empty())
            .map(|text| Text { text })
            .collect(),
        tool_config: (!tools.is_empty()).then_some(ToolConfig {
            tools,
            tool_choice: request.has_to_call().then_some(Choice { any: Any {} }),
        }),
        inference_config: Inference {
            temperature: request.temperature,
            max_tokens: request.max_tokens,
        },
    }
}

fn blocks(message: &Message) -> Vec<Block<'_>> {
    let text = message.content.as_deref();
    if message.role == Role::Tool {
        return vec![Block::Known(Known::ToolResult {
            tool_use_id: message.tool_call_id.as_deref().unwrap_or_default(),
            content: [Text { text: not_empty(text) }],
        })];
    }
    let thoughts: Vec<Box<RawValue>> = echo_of(message, ECHO).unwrap_or_default();
    let mut blocks: Vec<Block<'_>> = thoughts.into_iter().map(Block::Echoed).collect();
    if message.tool_calls.is_empty() || text.is_some_and(|text| !text.trim().is_empty()) {
        blocks.push(Block::Known(Known::Text(not_empty(text))));
    }
    blocks.extend(message.tool_calls.iter().map(|call| {
        Block::Known(Known::ToolUse {
            tool_use_id: &call.id,
            name: &call.name,
            input: arguments_object(&call.arguments),
        })
    }));
    blocks
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireReply {
    output: Output,
    #[serde(default)]
    stop_reason: Option<String>,
    #[serde(default)]
    usage: WireUsage,
}

#[derive(Deserialize)]
struct Output {
    message: WireMessage,
}

#[derive(Deserialize)]
struct WireMessage {
    #[serde(default)]
    content: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireBlock {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    tool_use: Option<WireCall>,
    #[serde(default)]
    reasoning_content: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireCall {
    #[serde(default)]
    tool_use_id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    input: Option<Box<RawValue>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WireUsage {
    input_tokens: u64,
    output_tokens: u64,
    cache_read_input_tokens: Option<u64>,
    cache_write_input_tokens: Option<u64>,
}

/// Reads an answer.
pub(crate) fn read(text: &str) -> Result<Answer, String> {
    let wire: WireReply = read_as(text)?;
    let mut said = String::new();
    let mut calls = Vec::new();
    let mut thoughts = Vec::new();
    for raw in wire.output.message.content {
        let block: WireBlock = read_as(raw.get())?;
        said.push_str(block.text.as_deref().unwrap_or_default());
        if let Some(call) = block.tool_use {
            calls.push(ToolCall {
                id: call.tool_use_id,
                name: call.name,
                arguments: call.input.map_or_else(|| "{}".into(), |input| input.get().to_owned()),
            });
        }
        if block.reasoning_content.is_some() {
            thoughts.push(raw);
        }
    }
    let content = (!said.is_empty() || calls.is_empty()).then_some(said);
    let mut message = Message { content, tool_calls: calls, ..Message::text(Role::Assistant, "") };
    if !thoughts.is_empty() {
        message = with_echo(message, ECHO, &thoughts);
    }
    let reason = wire.stop_reason.unwrap_or_default();
    let finish = match reason.as_str() {
        "end_turn" | "stop_sequence" => Finish::Stop,
        "tool_use" => Finish::ToolCalls,
        "max_tokens" | "model_context_window_exceeded" => Finish::Length,
        "guardrail_intervened" | "content_filtered" => Finish::ContentFilter,
        _ => Finish::Other,
    };
    let mut answer = Answer::new(message, finish);
    // Tokens read from or written to the cache are not part of `inputTokens`.
    let cached = wire.usage.cache_read_input_tokens.unwrap_or(0);
    answer.cached_tokens = cached;
    answer.reply.usage = Usage {
        input_tokens: wire.usage.input_tokens
            + cached
            + wire.usage.cache_write_input_tokens.unwrap_or(0),
        output_tokens: wire.usage.output_tokens,
    };
    if finish == Finish::ContentFilter {
        answer.withheld = reason;
    }
    Ok(answer)
}

/// Reads the list of foundation models or of inference profiles.
pub(crate) fn read_models(text: &str) -> Result<ModelPage, String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Page {
        #[serde(default)]
        model_summaries: Vec<Model>,
        #[serde(default)]
        inference_profile_summaries: Vec<Profile>,
        #[serde(default)]
        next_token: Option<String>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Model {
        model_id: String,
        #[serde(default)]
        model_name: Option<String>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Profile {
        inference_profile_id: String,
        #[serde(default)]
        inference_profile_name: Option<String>,
    }
    let page: Page = read_as(text)?;
    let models = page.model_summaries.into_iter().map(|model| (model.model_id, model.model_name));
    let profiles = page
        .inference_profile_summaries
        .into_iter()
        .map(|profile| (profile.inference_profile_id, profile.inference_profile_name));
    let models = models
        .chain(profiles)
        .map(|(id, name)| ListedModel { id, name, context_tokens: None })
        .collect();
    Ok(ModelPage { models, next: page.next_token.map(|token| ("nextToken", token)) })
}
