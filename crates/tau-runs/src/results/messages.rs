//! Recorded messages in the shapes in which benchmarks write them.

use tau_domain::{Message, Role, ToolCall};

use super::fields::{Fields, list, string};

/// The messages of a chat, as OpenAI's protocol has them in its older and newer form and as
/// Anthropic's has them; one recorded message may become several.
///
/// # Errors
/// With the number of the message that cannot be read.
pub(crate) fn read_messages(texts: &[&str]) -> Result<Vec<Message>, String> {
    let mut messages = Vec::with_capacity(texts.len());
    for (index, text) in texts.iter().enumerate() {
        read_message(text, &mut messages)
            .map_err(|reason| format!("message {}: {reason}", index + 1))?;
    }
    Ok(messages)
}

fn read_message(text: &str, messages: &mut Vec<Message>) -> Result<(), String> {
    let fields = Fields::read(text)?;
    let name = fields.string("role").ok_or("it has no role")?;
    let role = match name.as_str() {
        "system" | "developer" => Role::System,
        "user" | "human" => Role::User,
        "assistant" | "model" | "ai" => Role::Assistant,
        "tool" | "function" => Role::Tool,
        other => return Err(format!("its role {other:?} is not one of a chat")),
    };
    if let Some(parts) = fields.get("content").filter(|content| content.starts_with('[')) {
        return blocks(role, &fields, parts, messages);
    }
    let content =
        fields.get("content").map(|content| string(content).unwrap_or(content.to_owned()));
    push(role, &fields, content, Vec::new(), messages);
    Ok(())
}

/// Anthropic's content blocks; a list of plain text parts is OpenAI's.
fn blocks(
    role: Role,
    fields: &Fields,
    parts: &str,
    messages: &mut Vec<Message>,
) -> Result<(), String> {
    let mut said: Vec<String> = Vec::new();
    let mut calls = Vec::new();
    for part in list(parts).ok_or("its content cannot be read")? {
        let Ok(block) = Fields::read(part) else {
            said.extend(string(part));
            continue;
        };
        match block.string("type").as_deref() {
            Some("tool_use") => calls.push(ToolCall {
                id: block.string("id").unwrap_or_default(),
                name: block.string("name").unwrap_or_default(),
                arguments: block.get("input").unwrap_or("{}").to_owned(),
            }),
            Some("tool_result") => {
                let content = block.get("content").map(plain).unwrap_or_default();
                let id = block.string("tool_use_id");
                let name = id.as_deref().and_then(|id| called(messages, id));
                messages.push(Message {
                    tool_call_id: id,
                    name,
                    ..Message::text(Role::Tool, content)
                });
            }
            _ => said.extend(block.string("text")),
        }
    }
    let answered = messages.last().is_some_and(|last| last.role == Role::Tool);
    if said.is_empty() && calls.is_empty() && role == Role::User && answered {
        return Ok(());
    }
    let content = (!said.is_empty()).then(|| said.join("\n"));
    push(role, fields, content, calls, messages);
    Ok(())
}

/// Text, or the texts of a list of blocks.
fn plain(content: &str) -> String {
    if let Some(text) = string(content) {
        return text;
    }
    let texts: Vec<String> = list(content)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|part| Fields::read(part).ok()?.string("text"))
        .collect();
    if texts.is_empty() { content.to_owned() } else { texts.join("\n") }
}

fn push(
    role: Role,
    fields: &Fields,
    content: Option<String>,
    mut calls: Vec<ToolCall>,
    messages: &mut Vec<Message>,
) {
    for call in fields.list("tool_calls").unwrap_or_default() {
        calls.extend(tool_call(call));
    }
    if calls.is_empty()
        && let Some(call) = fields.fields("function_call")
    {
        let id = format!("function-{}", messages.len());
        calls.extend(function(&call, id));
    }
    // This app's own mark of a reply that was not asked for.
    let cached = fields.fields("raw_data").and_then(|raw| raw.truth("cached")).unwrap_or(false);
    let mut message = Message { content, tool_calls: calls, cached, ..Message::text(role, "") };
    if role == Role::Tool {
        // The older form has no id: it answers the call before it.
        let last = || {
            let asked = messages.iter().rev().find(|message| message.role == Role::Assistant)?;
            asked.tool_calls.first().map(|call| call.id.clone())
        };
        let id = fields.string("tool_call_id").or_else(|| fields.string("id")).or_else(last);
        let known = || id.as_deref().and_then(|id| called(messages, id));
        message.name = fields.string("name").or_else(known);
        message.tool_call_id = id;
    }
    messages.push(message);
}

/// The tool that was called under an id.
pub(crate) fn called(messages: &[Message], id: &str) -> Option<String> {
    let calls = messages.iter().rev().flat_map(|message| &message.tool_calls);
    calls.into_iter().find(|call| call.id == id).map(|call| call.name.clone())
}

/// A call in OpenAI's form (`function` within) or in tau2's (name and arguments side by side).
pub(crate) fn tool_call(text: &str) -> Option<ToolCall> {
    let call = Fields::read(text).ok()?;
    let id = call.string("id").unwrap_or_default();
    match call.fields("function") {
        Some(inner) => function(&inner, id),
        None => function(&call, id),
    }
}

fn function(call: &Fields, id: String) -> Option<ToolCall> {
    let name = call.string("name")?;
    // A model's own text where it was kept, else the object that it was read into.
    let arguments = call.get("arguments").unwrap_or("{}");
    let arguments = string(arguments).unwrap_or_else(|| arguments.to_owned());
    Some(ToolCall { id, name, arguments })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_in_openais_form_reads_with_its_arguments_as_they_were_written() {
        let messages = read_messages(&[
            r#"{"role": "system", "content": "Policy"}"#,
            r#"{"role": "user", "content": "Hello"}"#,
            r#"{"role": "assistant", "content": null, "tool_calls": [{"id": "c1", "type": "function",
                "function": {"name": "pay", "arguments": "{\"amount\": 50.0}"}}]}"#,
            r#"{"role": "tool", "tool_call_id": "c1", "name": "pay", "content": "done"}"#,
        ])
        .unwrap();
        assert_eq!(messages[2].tool_calls[0].arguments, r#"{"amount": 50.0}"#);
        assert_eq!(messages[3], Message::tool_result(&messages[2].tool_calls[0], "done"));
    }

    #[test]
    fn the_older_form_and_anthropics_blocks_read_alike() {
        let old = read_messages(&[
            r#"{"role": "assistant", "content": "", "function_call": {"name": "pay", "arguments": {"n": 1.0}}}"#,
            r#"{"role": "function", "name": "pay", "content": "done"}"#,
        ])
        .unwrap();
        assert_eq!(old[0].tool_calls[0].arguments, r#"{"n": 1.0}"#);
        assert_eq!(old[1].tool_call_id.as_deref(), Some(old[0].tool_calls[0].id.as_str()));
        let blocks = read_messages(&[
            r#"{"role": "assistant", "content": [{"type": "text", "text": "I pay."},
                {"type": "tool_use", "id": "t", "name": "pay", "input": {"n": 1.0}}]}"#,
            r#"{"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t", "content": [{"type": "text", "text": "done"}]}]}"#,
        ])
        .unwrap();
        assert_eq!(blocks[0].content.as_deref(), Some("I pay."));
        assert_eq!(blocks[1], Message::tool_result(&blocks[0].tool_calls[0], "done"));
        assert_eq!(blocks.len(), 2);
    }

    #[test]
    fn a_message_that_cannot_be_read_is_named() {
        let error = read_messages(&[r#"{"role": "user", "content": "a"}"#, r#"{"role": "owl"}"#]);
        assert_eq!(error.unwrap_err(), "message 2: its role \"owl\" is not one of a chat");
    }
}
