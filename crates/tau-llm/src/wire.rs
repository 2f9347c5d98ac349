//! The chat-completions format: our messages to its JSON and its JSON to our replies.
//!
//! Reading is lenient, because "compatible" servers differ in what they leave out; tool arguments
//! stay the text that the model wrote.

use serde_json::{Map, Value, json};
use tau_domain::{Message, Role, ToolCall, ToolSpec, Usage};

use crate::dialect::{Answer, ListedModel};
use crate::echo::{echo_of, with_echo};
use crate::{ChatReply, ChatRequest, Finish};

/// The name of this format in [`Message::echo`].
const ECHO: &str = "chat";

/// Fields of an assistant message that go back as they came: traces of thinking, as OpenRouter
/// (`reasoning_details`) and DeepSeek (`reasoning_content`, wanted with tool calls) name them.
const ECHOED: [&str; 2] = ["reasoning_details", "reasoning_content"];
/// The same of a tool call: Gemini's signatures behind its OpenAI-compatible address.
const ECHOED_WITH_CALL: &str = "extra_content";

/// The body of a chat-completions request. `tool_choice` is left to the provider's default where the
/// model may choose.
pub fn request_body(model: &str, request: &ChatRequest) -> Value {
    let mut body = Map::new();
    body.insert("model".into(), model.into());
    body.insert("messages".into(), request.messages.iter().map(message_json).collect());
    if !request.tools.is_empty() {
        body.insert("tools".into(), request.tools.iter().map(tool_json).collect());
        if request.has_to_call() {
            body.insert("tool_choice".into(), "required".into());
        }
    }
    if let Some(temperature) = request.temperature {
        body.insert("temperature".into(), temperature.into());
    }
    if let Some(seed) = request.seed {
        // Providers take a signed integer, some of them of 32 bits.
        body.insert("seed".into(), (seed % (1 << 31)).into());
    }
    if let Some(max_tokens) = request.max_tokens {
        body.insert("max_tokens".into(), max_tokens.into());
    }
    Value::Object(body)
}

/// One message in the format's own shape.
pub fn message_json(message: &Message) -> Value {
    match message.role {
        Role::System => json!({"role": "system", "content": message.content}),
        Role::User => json!({"role": "user", "content": message.content}),
        Role::Assistant if message.tool_calls.is_empty() => {
            json!({"role": "assistant", "content": message.content})
        }
        Role::Assistant => {
            let mut echo: Map<String, Value> = echo_of(message, ECHO).unwrap_or_default();
            let mut signed = echo.remove("calls").unwrap_or_default();
            let calls: Vec<Value> = message
                .tool_calls
                .iter()
                .map(|call| {
                    let mut wire = json!({
                        "id": call.id,
                        "type": "function",
                        "function": {"name": call.name, "arguments": call.arguments},
                    });
                    if let Some(extra) = signed.get_mut(&call.id) {
                        wire[ECHOED_WITH_CALL] = extra.take();
                    }
                    wire
                })
                .collect();
            let mut wire =
                json!({"role": "assistant", "content": message.content, "tool_calls": calls});
            for (name, trace) in echo {
                wire[name] = trace;
            }
            wire
        }
        Role::Tool => json!({
            "role": "tool",
            "tool_call_id": message.tool_call_id,
            "name": message.name,
            "content": message.content,
        }),
    }
}

/// One tool in the format's own shape.
pub fn tool_json(tool: &ToolSpec) -> Value {
    json!({
        "type": "function",
        "function": {
            "name": tool.name,
            "description": tool.description,
            "parameters": tool.parameters,
        },
    })
}

/// Reads an answer. The error says in a few words what is wrong with it.
pub fn read_reply(text: &str) -> Result<ChatReply, String> {
    read_answer(text).map(|answer| answer.reply)
}

/// Reads an answer with what only the accounts and the sorting of failures need.
pub(crate) fn read_answer(text: &str) -> Result<Answer, String> {
    let value = read_json(text)?;
    let choice = value
        .get("choices")
        .and_then(|choices| choices.get(0))
        .ok_or("there is no `choices[0]` in it")?;
    let wire = choice.get("message").ok_or("there is no `message` in its first choice")?;
    let finish = match choice.get("finish_reason").and_then(Value::as_str) {
        Some("stop") => Finish::Stop,
        Some("tool_calls" | "function_call") => Finish::ToolCalls,
        Some("length" | "model_length") => Finish::Length,
        Some("content_filter") => Finish::ContentFilter,
        _ => Finish::Other,
    };
    let mut answer = Answer::new(read_message(wire), finish);
    // Filled in when the provider's safety training, not the model in its own words, declines.
    let refusal = wire.get("refusal").and_then(Value::as_str).unwrap_or_default();
    if !refusal.is_empty() && wire.get("content").is_none_or(Value::is_null) {
        answer.reply.finish = Finish::ContentFilter;
        answer.withheld = refusal.to_owned();
    }
    let count = |path: &[&str]| {
        let mut at = value.get("usage");
        for name in path {
            at = at.and_then(|inner| inner.get(name));
        }
        at.and_then(Value::as_u64).unwrap_or(0)
    };
    let (read, mut written) = (count(&["prompt_tokens"]), count(&["completion_tokens"]));
    // Most count thinking as part of the completion; those that do not (xAI) show it in the total.
    let thought = count(&["completion_tokens_details", "reasoning_tokens"]);
    if thought > 0 && count(&["total_tokens"]) == read + written + thought {
        written += thought;
    }
    answer.reply.usage = Usage { input_tokens: read, output_tokens: written };
    answer.cached_tokens = count(&["prompt_tokens_details", "cached_tokens"])
        // DeepSeek's name for it.
        .max(count(&["prompt_cache_hit_tokens"]))
        .min(read);
    answer.reply.cost_usd =
        value.get("usage").and_then(|usage| usage.get("cost")).and_then(Value::as_f64);
    Ok(answer)
}

/// Reads an assistant message.
pub fn read_message(wire: &Value) -> Message {
    let content = match wire.get("content") {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Array(parts)) => {
            let text: String = parts.iter().filter_map(|part| part.get("text")?.as_str()).collect();
            Some(text)
        }
        _ => None,
    };
    let calls = wire.get("tool_calls").and_then(Value::as_array);
    let tool_calls: Vec<ToolCall> = calls
        .into_iter()
        .flatten()
        .enumerate()
        .filter_map(|(index, call)| {
            let function = call.get("function").filter(|function| !function.is_null())?;
            let arguments = match function.get("arguments") {
                Some(Value::String(text)) => text.clone(),
                // Some servers send the object itself.
                Some(Value::Null) | None => "{}".to_owned(),
                Some(other) => other.to_string(),
            };
            Some(ToolCall {
                id: call
                    .get("id")
                    .and_then(Value::as_str)
                    .filter(|id| !id.is_empty())
                    .map_or_else(|| format!("call_{index}"), str::to_owned),
                name: function.get("name").and_then(Value::as_str).unwrap_or_default().to_owned(),
                arguments,
            })
        })
        .collect();
    let message = Message { content, tool_calls, ..Message::text(Role::Assistant, "") };
    match traces(wire, &message) {
        // Only a conversation with calls asks for them again.
        Some(traces) if !message.tool_calls.is_empty() => with_echo(message, ECHO, &traces),
        _ => message,
    }
}

/// What is to go back with the message, if anything.
fn traces(wire: &Value, message: &Message) -> Option<Map<String, Value>> {
    let present = |value: &&Value| !value.is_null() && value.as_str() != Some("");
    let mut traces: Map<String, Value> = ECHOED
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), wire.get(*name).filter(present)?.clone())))
        .collect();
    let calls = wire.get("tool_calls").and_then(Value::as_array);
    let signed: Map<String, Value> = calls
        .into_iter()
        .flatten()
        .zip(&message.tool_calls)
        .filter_map(|(wire, call)| {
            Some((call.id.clone(), wire.get(ECHOED_WITH_CALL).filter(present)?.clone()))
        })
        .collect();
    if !signed.is_empty() {
        traces.insert("calls".into(), signed.into());
    }
    (!traces.is_empty()).then_some(traces)
}

/// Reads the model list of `GET /models`. Servers differ in what they say beside the name, and some
/// list what cannot talk.
pub(crate) fn read_models(text: &str) -> Result<Vec<ListedModel>, String> {
    /// Names under which the length of the context goes: OpenRouter and Together, Groq, vLLM,
    /// Mistral and LM Studio.
    const CONTEXT: [&str; 4] =
        ["context_length", "context_window", "max_model_len", "max_context_length"];
    /// Kinds of models that do not talk, as Together names them.
    const MUTE: [&str; 7] =
        ["embedding", "image", "moderation", "rerank", "audio", "video", "transcribe"];
    let value = read_json(text)?;
    let list = value.get("data").unwrap_or(&value);
    let list = list.as_array().ok_or("there is no list of models in it")?;
    let talks = |model: &&Value| {
        let kind = model.get("type").and_then(Value::as_str).unwrap_or_default();
        let can = model.get("capabilities").and_then(|can| can.get("completion_chat"));
        !MUTE.contains(&kind) && can.and_then(Value::as_bool) != Some(false)
    };
    Ok(list
        .iter()
        .filter(talks)
        .filter_map(|model| {
            let text = |name: &str| model.get(name).and_then(Value::as_str).map(str::to_owned);
            let id = text("id")?;
            let of = |from: &Value| CONTEXT.iter().find_map(|name| from.get(name)?.as_u64());
            Some(ListedModel {
                name: text("display_name").or_else(|| text("name")).filter(|name| *name != id),
                context_tokens: of(model).or_else(|| of(model.get("metadata")?)),
                id,
            })
        })
        .collect())
}

/// JSON with lone surrogates tolerated: models cut emoji in half, and Rust strings cannot hold that.
pub fn read_json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).or_else(|error| {
        let mended = mend_surrogates(text);
        mended
            .and_then(|mended| serde_json::from_str(&mended).ok())
            .ok_or_else(|| format!("not JSON ({error})"))
    })
}

/// Replaces escapes of lone surrogates by the replacement character; `None` when there are none.
pub(crate) fn mend_surrogates(text: &str) -> Option<String> {
    let unit = |at: usize| {
        let escape = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(escape, 16).ok()
    };
    let mut mended = String::with_capacity(text.len());
    let (mut at, mut kept, mut found) = (0, 0, false);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        match unit(at) {
            Some(0xD800..=0xDBFF) if matches!(unit(at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                mended.push_str(&text[kept..at]);
                mended.push_str("\\ufffd");
                at += 6;
                kept = at;
                found = true;
            }
            Some(_) => at += 6,
            // Any other escape is a backslash and one ASCII letter; `\\` must not start a new one.
            None => at += 2,
        }
    }
    mended.push_str(text.get(kept..)?);
    found.then_some(mended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversation_is_written_in_the_shape_of_chat_completions() {
        let call =
            ToolCall { id: "c1".into(), name: "look".into(), arguments: r#"{"n": 50.0}"#.into() };
        let mut asks = Message::text(Role::Assistant, "");
        asks.content = None;
        asks.tool_calls = vec![call.clone()];
        let request = ChatRequest {
            messages: vec![
                Message::text(Role::System, "policy"),
                Message::text(Role::User, "hello"),
                asks,
                Message::tool_result(&call, "found"),
            ],
            tools: vec![ToolSpec {
                name: "look".into(),
                description: "Looks.".into(),
                parameters: json!({"type": "object"}),
            }],
            temperature: Some(0.0),
            seed: Some((1 << 31) + 5),
            ..ChatRequest::default()
        };
        assert_eq!(
            request_body("m", &request),
            json!({
                "model": "m",
                "messages": [
                    {"role": "system", "content": "policy"},
                    {"role": "user", "content": "hello"},
                    {"role": "assistant", "content": null, "tool_calls": [{"id": "c1", "type": "function",
                        "function": {"name": "look", "arguments": "{\"n\": 50.0}"}}]},
                    {"role": "tool", "tool_call_id": "c1", "name": "look", "content": "found"},
                ],
                "tools": [{"type": "function", "function": {"name": "look", "description": "Looks.",
                    "parameters": {"type": "object"}}}],
                "temperature": 0.0,
                "seed": 5,
            })
        );
    }

    #[test]
    fn what_is_written_is_read_back_the_same() {
        let mut message = Message::text(Role::Assistant, "One moment.");
        message.tool_calls = vec![
            ToolCall { id: "a".into(), name: "x".into(), arguments: "{oops".into() },
            ToolCall { id: "b".into(), name: "y".into(), arguments: "{}".into() },
        ];
        assert_eq!(read_message(&message_json(&message)), message);
    }

    #[test]
    fn a_reply_may_leave_out_almost_everything() {
        let reply = read_reply(r#"{"choices":[{"message":{"content":"hi"}}]}"#).unwrap();
        assert_eq!(reply.message, Message::text(Role::Assistant, "hi"));
        assert_eq!(reply.finish, Finish::Other);

        let odd = r#"{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}],
            "tool_calls":[{"function":{"name":"t","arguments":{"k":1}}},{"function":null}]},
            "finish_reason":"tool_calls"}],"usage":{"prompt_tokens":3,"completion_tokens":4,"cost":0.5}}"#;
        let reply = read_reply(odd).unwrap();
        assert_eq!(reply.message.content.as_deref(), Some("ab"));
        assert_eq!(reply.message.tool_calls.len(), 1);
        assert_eq!(reply.message.tool_calls[0].id, "call_0");
        assert_eq!(reply.message.tool_calls[0].arguments, r#"{"k":1}"#);
        assert_eq!(reply.usage, Usage { input_tokens: 3, output_tokens: 4 });
        assert_eq!(reply.cost_usd, Some(0.5));
    }

    #[test]
    fn half_an_emoji_does_not_spoil_a_reply() {
        let text = r#"{"choices":[{"message":{"content":"a\\ud83d \ud83d b \ud83d\ude00"}}]}"#;
        let reply = read_reply(text).unwrap();
        assert_eq!(reply.message.content.as_deref(), Some("a\\ud83d \u{fffd} b 😀"));
    }

    #[test]
    fn every_cut_of_a_good_answer_is_an_error_and_never_a_panic() {
        let text = r#"{"choices":[{"message":{"content":"h\u00e9 \ud83d\ude00 \\ud83d"},"finish_reason":"stop"}]}"#;
        for end in 0..text.len() {
            assert!(read_reply(&text[..end]).is_err());
        }
        assert!(read_reply(text).is_ok());
    }
}
