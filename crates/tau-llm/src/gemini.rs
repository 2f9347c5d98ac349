//! Gemini's `generateContent`: our messages to its parts and its parts to our replies.
//!
//! Format: the provider's API reference ("Generating content"); the same behind the Gemini API and
//! Vertex AI. The policy is a field of its own, a tool's result travels as a part of a user turn, and
//! neighbours of one role become one turn, because the results of parallel calls must come together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use tau_domain::{Message, Role, ToolCall, Usage};

use crate::dialect::{Answer, ListedModel, ModelPage, arguments_object, not_empty, read_as};
use crate::echo::{echo_of, with_echo};
use crate::{ChatRequest, Finish};

/// The name of this format in [`Message::echo`]: thought signatures by the id of their call, that of
/// the text under an empty id.
const ECHO: &str = "gemini";

/// Ids that are made here begin with this; the provider does not know them and is not told them.
const OWN_ID: &str = "gemini-call-";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    system_instruction: Option<Turn<'a>>,
    contents: Vec<Turn<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tools: Vec<Tools<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_config: Option<ToolConfig>,
    generation_config: Generation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ToolConfig {
    function_calling_config: Calling,
}

#[derive(Serialize)]
struct Calling {
    mode: &'static str,
}

#[derive(Serialize)]
struct Turn<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    parts: Vec<Part<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Part<'a> {
    #[serde(flatten)]
    what: What<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thought_signature: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum What<'a> {
    Text(&'a str),
    FunctionCall(Call<'a>),
    FunctionResponse(Response<'a>),
}

#[derive(Serialize)]
struct Call<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    name: &'a str,
    args: Box<RawValue>,
}

#[derive(Serialize)]
struct Response<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    name: &'a str,
    response: Output<'a>,
}

#[derive(Serialize)]
struct Output<'a> {
    output: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Tools<'a> {
    function_declarations: Vec<Declaration<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Declaration<'a> {
    name: &'a str,
    description: &'a str,
    /// JSON Schema as we have it; the older field `parameters` knows only a part of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameters_json_schema: Option<&'a Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Generation {
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_output_tokens: Option<u32>,
}

/// The body of a request.
pub(crate) fn body(request: &ChatRequest) -> Body<'_> {
    let text = |text| Part { what: What::Text(text), thought_signature: None };
    let policy: Vec<Part<'_>> = request
        .messages
        .iter()
        .filter(|message| message.role == Role::System)
        .filter_map(|message| message.content.as_deref().map(text))
        .collect();
    let mut contents: Vec<Turn<'_>> = Vec::new();
    for message in request.messages.iter().filter(|message| message.role != Role::System) {
        let role = Some(if message.role == Role::Assistant { "model" } else { "user" });
        match contents.last_mut() {
            Some(last) if last.role == role => last.parts.extend(parts(message)),
            _ => contents.push(Turn { role, parts: parts(message) }),
        }
    }
    let function_declarations: Vec<Declaration<'_>> = request
        .tools
        .iter()
        .map(|tool| Declaration {
            name: &tool.name,
            description: &tool.description,
            parameters_json_schema: has_parameters(&tool.parameters).then_some(&tool.parameters),
        })
        .collect();
    let tools = if function_declarations.is_empty() {
        Vec::new()
    } else {
        vec![Tools { function_declarations }]
    };
    Body {
        system_instruction: (!policy.is_empty()).then_some(Turn { role: None, parts: policy }),
        contents,
        tools,
        tool_config: request
            .has_to_call()
            .then_some(ToolConfig { function_calling_config: Calling { mode: "ANY" } }),
        generation_config: Generation {
            temperature: request.temperature,
            // A signed integer of 32 bits.
            seed: request.seed.map(|seed| seed % (1 << 31)),
            max_output_tokens: request.max_tokens,
        },
    }
}

/// An object without properties is refused; then the field is left out.
fn has_parameters(schema: &Value) -> bool {
    schema.get("properties").and_then(Value::as_object).is_some_and(|fields| !fields.is_empty())
}

fn parts(message: &Message) -> Vec<Part<'_>> {
    let text = message.content.as_deref();
    let known = |id: &'_ str| !id.is_empty() && !id.starts_with(OWN_ID);
    if message.role == Role::Tool {
        let response = Response {
            id: message.tool_call_id.as_deref().filter(|id| known(id)),
            name: message.name.as_deref().unwrap_or_default(),
            response: Output { output: text.unwrap_or_default() },
        };
        return vec![Part { what: What::FunctionResponse(response), thought_signature: None }];
    }
    let mut signatures: BTreeMap<String, String> = echo_of(message, ECHO).unwrap_or_default();
    let mut parts = Vec::new();
    if message.tool_calls.is_empty() || text.is_some_and(|text| !text.is_empty()) {
        let what = What::Text(not_empty(text));
        parts.push(Part { what, thought_signature: signatures.remove("") });
    }
    parts.extend(message.tool_calls.iter().map(|call| Part {
        what: What::FunctionCall(Call {
            id: Some(call.id.as_str()).filter(|id| known(id)),
            name: &call.name,
            args: arguments_object(&call.arguments),
        }),
        thought_signature: signatures.remove(&call.id),
    }));
    parts
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireReply {
    #[serde(default)]
    candidates: Vec<Candidate>,
    #[serde(default)]
    prompt_feedback: Option<Feedback>,
    #[serde(default)]
    usage_metadata: WireUsage,
    #[serde(default)]
    response_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Candidate {
    #[serde(default)]
    content: Option<Content>,
    #[serde(default)]
    finish_reason: Option<String>,
    #[serde(default)]
    finish_message: Option<String>,
}

#[derive(Deserialize)]
struct Content {
    #[serde(default)]
    parts: Vec<WirePart>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WirePart {
    #[serde(default)]
    text: Option<String>,
    /// The text is a summary of the thinking and no part of the answer.
    #[serde(default)]
    thought: bool,
    #[serde(default)]
    thought_signature: Option<String>,
    #[serde(default)]
    function_call: Option<WireCall>,
}

#[derive(Deserialize)]
struct WireCall {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    args: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Feedback {
    #[serde(default)]
    block_reason: Option<String>,
    #[serde(default)]
    block_reason_message: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WireUsage {
    prompt_token_count: u64,
    cached_content_token_count: u64,
    candidates_token_count: u64,
    thoughts_token_count: u64,
    tool_use_prompt_token_count: u64,
}

/// Reads an answer.
pub(crate) fn read(text: &str) -> Result<Answer, String> {
    let wire: WireReply = read_as(text)?;
    let usage = &wire.usage_metadata;
    let (cached, spent) = (
        usage.cached_content_token_count,
        Usage {
            // Cached tokens are part of the prompt's; thoughts are not part of the candidates'.
            input_tokens: usage.prompt_token_count + usage.tool_use_prompt_token_count,
            output_tokens: usage.candidates_token_count + usage.thoughts_token_count,
        },
    );
    let mut answer = match (wire.candidates.into_iter().next(), wire.prompt_feedback) {
        (Some(candidate), _) => read_candidate(candidate, wire.response_id.as_deref()),
        (None, Some(Feedback { block_reason: Some(reason), block_reason_message })) => {
            let mut answer = Answer::new(Message::text(Role::Assistant, ""), Finish::ContentFilter);
            answer.withheld = block_reason_message.unwrap_or(reason);
            answer
        }
        (None, _) => return Err("there is no `candidates[0]` in it".into()),
    };
    answer.cached_tokens = cached;
    answer.reply.usage = spent;
    Ok(answer)
}

fn read_candidate(candidate: Candidate, reply_id: Option<&str>) -> Answer {
    let mut said = String::new();
    let mut calls: Vec<ToolCall> = Vec::new();
    let mut signatures = BTreeMap::new();
    for part in candidate.content.map(|content| content.parts).unwrap_or_default() {
        let mut belongs_to = String::new();
        if let Some(call) = part.function_call {
            // Ids are optional; the reply's own id keeps ours apart between the turns.
            let id = call
                .id
                .filter(|id| !id.is_empty())
                .unwrap_or_else(|| format!("{OWN_ID}{}-{}", reply_id.unwrap_or("0"), calls.len()));
            belongs_to.clone_from(&id);
            let arguments = call.args.map_or_else(|| "{}".into(), |args| args.get().to_owned());
            calls.push(ToolCall { id, name: call.name, arguments });
        } else if !part.thought {
            said.push_str(part.text.as_deref().unwrap_or_default());
        }
        if let Some(signature) = part.thought_signature {
            signatures.insert(belongs_to, signature);
        }
    }
    let reason = candidate.finish_reason.unwrap_or_default();
    let finish = match reason.as_str() {
        "STOP" => Finish::Stop,
        "MAX_TOKENS" => Finish::Length,
        "SAFETY" | "RECITATION" | "BLOCKLIST" | "PROHIBITED_CONTENT" | "SPII" | "IMAGE_SAFETY"
        | "MODEL_ARMOR" | "LANGUAGE" => Finish::ContentFilter,
        // `MALFORMED_FUNCTION_CALL`, `UNEXPECTED_TOOL_CALL`: what the model wrote instead of a call
        // is its message, as with a call written as text.
        _ => Finish::Other,
    };
    if said.is_empty() && calls.is_empty() && finish == Finish::Other {
        said = candidate.finish_message.clone().unwrap_or_default();
    }
    let content = (!said.is_empty() || calls.is_empty()).then_some(said);
    let mut message = Message { content, tool_calls: calls, ..Message::text(Role::Assistant, "") };
    if !signatures.is_empty() {
        message = with_echo(message, ECHO, &signatures);
    }
    let mut answer = Answer::new(message, finish);
    if finish == Finish::ContentFilter {
        answer.withheld = candidate.finish_message.unwrap_or(reason);
    }
    answer
}

/// Reads a page of the list of models: the Gemini API's or the one of Vertex AI's catalogue.
pub(crate) fn read_models(text: &str) -> Result<ModelPage, String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Page {
        #[serde(default)]
        models: Vec<Entry>,
        #[serde(default)]
        publisher_models: Vec<Entry>,
        #[serde(default)]
        next_page_token: Option<String>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Entry {
        name: String,
        #[serde(default)]
        display_name: Option<String>,
        #[serde(default)]
        input_token_limit: Option<u64>,
        #[serde(default)]
        supported_generation_methods: Vec<String>,
    }
    let page: Page = read_as(text)?;
    let own = page.models.into_iter().filter(|entry| {
        entry.supported_generation_methods.iter().any(|method| method == "generateContent")
    });
    // Vertex lists everything that Google publishes there and does not say what a model can do.
    let vertex = page.publisher_models.into_iter().filter(|entry| entry.name.contains("/gemini"));
    let models = own
        .chain(vertex)
        .map(|entry| ListedModel {
            id: entry.name.rsplit('/').next().unwrap_or_default().to_owned(),
            name: entry.display_name,
            context_tokens: entry.input_token_limit,
        })
        .collect();
    let next = page.next_page_token.filter(|token| !token.is_empty());
    Ok(ModelPage { models, next: next.map(|token| ("pageToken", token)) })
}
