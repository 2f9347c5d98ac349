//! The record of a conversation: its messages, with who made them and what they cost.

use std::sync::Arc;

use tau_domain::{Message, Role, ToolCall, Usage};
use tau_toolkits::{MalformedHistory, Requestor, Turn, Value, json_dumps};

use crate::action::stripped;

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What was said, called or answered. The customer is the user, and may call tools as well.
    pub message: Message,
    /// Whose message it is; of a tool's answer, who had called.
    pub requestor: Requestor,
    /// Whether a tool's answer is an error.
    pub error: bool,
    /// The tokens of a model's message, those of replies that were of no use included.
    pub usage: Option<Usage>,
    /// What a model's message cost in US dollars, where prices are known.
    pub cost_usd: Option<f64>,
}

impl Entry {
    /// A message of one of the two sides.
    pub(super) fn said(requestor: Requestor, message: Message) -> Entry {
        let role = match requestor {
            Requestor::Assistant => Role::Assistant,
            Requestor::User => Role::User,
        };
        let message = Message { role, ..message };
        Entry { message, requestor, error: false, usage: None, cost_usd: None }
    }

    /// What a tool answered to `call`.
    pub(super) fn answer(
        call: &ToolCall,
        requestor: Requestor,
        content: impl Into<String>,
        error: bool,
    ) -> Entry {
        let message = Message::tool_result(call, content);
        Entry { message, requestor, error, usage: None, cost_usd: None }
    }

    /// Whether it calls tools. What it says besides is then heard by nobody.
    pub fn is_tool_call(&self) -> bool {
        !self.message.tool_calls.is_empty()
    }

    /// Whether it says something.
    pub fn has_text(&self) -> bool {
        self.message.content.as_deref().is_some_and(|text| !stripped(text).is_empty())
    }

    /// Whether its text holds one of these marks.
    pub(super) fn holds(&self, marks: &[&str]) -> bool {
        let text = self.message.content.as_deref().unwrap_or_default();
        marks.iter().any(|mark| text.contains(mark))
    }

    /// The message as a replay looks at it.
    ///
    /// # Errors
    /// When the arguments of a call are no JSON object; no conversation that was played here has such.
    pub fn turn(&self) -> Result<Turn, MalformedHistory> {
        let content = self.message.content.clone();
        Ok(match self.message.role {
            Role::System => Turn::System,
            Role::Tool => {
                Turn::Answer { id: self.message.tool_call_id.clone().unwrap_or_default(), content }
            }
            Role::User | Role::Assistant => {
                let calls = self.message.tool_calls.iter();
                let calls: Vec<_> = calls
                    .map(|call| toolkit_call(call, self.requestor))
                    .collect::<Result<_, _>>()?;
                let by_user = self.requestor == Requestor::User;
                Turn::Said { by_user, content, calls: (!calls.is_empty()).then_some(calls) }
            }
        })
    }
}

/// A call as the toolkits take it. Arguments that a model left out altogether are none.
pub(super) fn toolkit_call(
    call: &ToolCall,
    requestor: Requestor,
) -> Result<tau_toolkits::ToolCall, MalformedHistory> {
    let unreadable = |why: &str| {
        MalformedHistory(format!("the arguments of {} are no JSON object ({why})", call.name))
    };
    let text = stripped(&call.arguments);
    let arguments = if text.is_empty() {
        Arc::default()
    } else {
        match Value::read_json(text).map_err(|why| unreadable(&why))? {
            Value::Dict(arguments) => arguments,
            _ => return Err(unreadable("another value")),
        }
    };
    let (id, name) = (call.id.clone(), call.name.clone());
    Ok(tau_toolkits::ToolCall { id, name, arguments, requestor })
}

/// The messages that a task's conversation begins with.
pub(super) fn read_history(messages: &[Value]) -> Result<Vec<Entry>, MalformedHistory> {
    let mut entries: Vec<Entry> = Vec::with_capacity(messages.len());
    for value in messages {
        let field = |name: &str| value.as_dict().and_then(|object| object.get(name));
        entries.push(match Turn::read(value)? {
            Turn::System => {
                return Err(MalformedHistory("a system message stands in the history".into()));
            }
            Turn::Said { by_user, content, calls } => {
                let calls = calls.unwrap_or_default().into_iter().map(|call| ToolCall {
                    arguments: json_dumps(&Value::Dict(call.arguments)),
                    id: call.id,
                    name: call.name,
                });
                let message = Message {
                    content,
                    tool_calls: calls.collect(),
                    ..Message::text(Role::Assistant, "")
                };
                let requestor = if by_user { Requestor::User } else { Requestor::Assistant };
                let cost_usd = match field("cost") {
                    Some(Value::Float(cost)) => Some(*cost),
                    _ => None,
                };
                Entry { cost_usd, ..Entry::said(requestor, message) }
            }
            Turn::Answer { id, content } => {
                let users = field("requestor").and_then(Value::as_str) == Some("user");
                let requestor = if users { Requestor::User } else { Requestor::Assistant };
                let error = matches!(field("error"), Some(Value::Bool(true)));
                let asked = entries.iter().flat_map(|entry| &entry.message.tool_calls);
                let name = asked.rev().find(|call| call.id == id).map(|call| call.name.clone());
                let call =
                    ToolCall { id, name: name.unwrap_or_default(), arguments: String::new() };
                let mut entry = Entry::answer(&call, requestor, "", error);
                entry.message.content = content;
                entry
            }
        });
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_is_read_with_who_called_and_written_back_the_same() {
        let json = r#"[{"role": "user", "content": "Hi", "cost": 0.5},
            {"role": "user", "tool_calls": [{"id": "a", "name": "look", "arguments": {"n": 5.0}}]},
            {"role": "tool", "id": "a", "requestor": "user", "content": "Error: no", "error": true}]"#;
        let Value::List(messages) = Value::read_json(json).unwrap() else { panic!() };
        let entries = read_history(&messages).unwrap();
        assert_eq!(entries[0].cost_usd, Some(0.5));
        assert_eq!(entries[1].message.tool_calls[0].arguments, r#"{"n": 5.0}"#);
        assert!(entries[1].is_tool_call() && !entries[1].has_text());
        assert!(entries[2].error && entries[2].requestor == Requestor::User);
        assert_eq!(entries[2].message.name.as_deref(), Some("look"));
        let again: Vec<Turn> = entries.iter().map(|entry| entry.turn().unwrap()).collect();
        let once: Vec<Turn> = messages.iter().map(|value| Turn::read(value).unwrap()).collect();
        // An absent requestor of a call reads as the agent; the record knows better.
        assert_eq!(format!("{again:?}"), format!("{once:?}").replace("Assistant", "User"));
    }
}
