//! What an agent's message amounts to: something said, tool calls, or nothing that can be acted on.

use std::sync::Arc;

use tau_domain::{API_OUTPUT, Message, RESPOND, Reading, Role, ToolCall};
use tau_python::{Base, Heap, JsonError, Value};

/// What is to be done about an agent's message.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Act {
    /// The customer is told this.
    Say(String),
    /// These tools are called, in order; at least one.
    Call(Vec<ToolCall>),
    /// Nothing can be done: upstream raises, and its runner records a failed attempt.
    Impossible,
}

/// Reads the action of a message whose tool calls are part of the protocol (upstream
/// `message_to_action`). Upstream looks at the first call only; `parallel` takes all, up to one that
/// is text.
pub(crate) fn native(message: &Message, parallel: bool) -> Act {
    let Some(first) = message.tool_calls.first() else {
        return Act::Say(message.content.clone().unwrap_or_default());
    };
    if first.name == RESPOND {
        // A model that "calls" the text action: upstream says its `content` to the customer.
        let arguments: Option<serde_json::Value> = serde_json::from_str(&first.arguments).ok();
        return match arguments.as_ref().and_then(|arguments| arguments.get("content")?.as_str()) {
            Some(text) => Act::Say(text.to_owned()),
            None => Act::Impossible,
        };
    }
    let most = if parallel { message.tool_calls.len() } else { 1 };
    let calls = message.tool_calls.iter().take(most).take_while(|call| call.name != RESPOND);
    Act::Call(calls.cloned().collect())
}

/// Reads the action that an act or ReAct agent writes as text (upstream `agents/chat_react_agent.py`,
/// `generate_next_step`): what follows the last `Action:` is JSON with `name` and `arguments`, or else
/// it is said to the customer as it stands. `id` is for the call.
pub(crate) fn written(content: Option<&str>, id: &str) -> (Act, Reading) {
    // Upstream raises on a message without text.
    let Some(content) = content else { return (Act::Impossible, Reading::default()) };
    let (before, after) = content.rsplit_once(ACTION).unwrap_or(("", content));
    let thought = stripped(before.split_once(THOUGHT).map_or(before, |(_, thought)| thought));
    let mut reading = Reading {
        thought: (!thought.is_empty()).then(|| thought.to_owned()),
        ..Reading::default()
    };
    let act = parse(stripped(after), id);
    match &act {
        Act::Say(text) if text != content => reading.said = Some(text.clone()),
        Act::Call(calls) => reading.call = calls.first().cloned(),
        Act::Say(_) | Act::Impossible => {}
    }
    (act, reading)
}

/// Puts readings into the messages of an act or ReAct agent that were recorded elsewhere: what it said,
/// what it called, and which of the customer's messages carry a tool's result.
pub fn read_recorded(messages: &mut [Message]) {
    let mut asked: Option<String> = None;
    for (at, message) in messages.iter_mut().enumerate() {
        match message.role {
            Role::Assistant if message.tool_calls.is_empty() => {
                let (_, reading) = written(message.content.as_deref(), &format!("text-{at}"));
                asked = reading.call.as_ref().map(|call| call.name.clone());
                if reading != Reading::default() {
                    message.reading = Some(Box::new(reading));
                }
            }
            Role::User => {
                let text = message.content.as_deref().unwrap_or_default();
                if let Some(tool) = asked.take().filter(|_| text.starts_with(API_OUTPUT)) {
                    let reading = Reading { observation_of: Some(tool), ..Reading::default() };
                    message.reading = Some(Box::new(reading));
                }
            }
            Role::System | Role::Assistant | Role::Tool => asked = None,
        }
    }
}

const ACTION: &str = "Action:";
const THOUGHT: &str = "Thought:";

fn parse(text: &str, id: &str) -> Act {
    let Ok(base) = Base::from_json_tables(&[]) else { return Act::Impossible };
    let mut heap = Heap::new(Arc::new(base));
    let value = match heap.read_json(text) {
        Ok(value) => value,
        Err(JsonError::Malformed { .. }) => return Act::Say(text.to_owned()),
        // Python gives up with another error than the one that upstream catches.
        Err(JsonError::Limit(_)) => return Act::Impossible,
    };
    let (Some(Value::Str(name)), Some(arguments)) =
        (heap.get(&value, "name"), heap.get(&value, "arguments"))
    else {
        return Act::Impossible;
    };
    if heap.entries(&arguments).is_none() {
        return Act::Impossible;
    }
    if &*name == RESPOND {
        return match heap.get(&arguments, "content") {
            Some(Value::Str(text)) => Act::Say(text.to_string()),
            _ => Act::Impossible,
        };
    }
    match heap.json_dumps(&arguments) {
        Ok(arguments) => {
            Act::Call(vec![ToolCall { id: id.to_owned(), name: name.to_string(), arguments }])
        }
        Err(_) => Act::Impossible,
    }
}

/// Python's `str.strip()`, which also takes four separators that Unicode does not count as space.
pub(crate) fn stripped(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Act, Reading) {
        written(Some(text), "c1")
    }

    fn call(name: &str, arguments: &str) -> ToolCall {
        ToolCall { id: "c1".into(), name: name.into(), arguments: arguments.into() }
    }

    #[test]
    fn what_follows_the_last_action_is_the_call_and_the_thought_stands_before_it() {
        let (act, reading) = read(
            "Thought:\nThe Action: part comes next.\nAction:\n{\"name\": \"pay\", \"arguments\": {\"sum\": 50.0, \"n\": 7}}\n",
        );
        let expected = call("pay", r#"{"sum": 50.0, "n": 7}"#);
        assert_eq!(act, Act::Call(vec![expected.clone()]));
        assert_eq!(reading.thought.as_deref(), Some("The Action: part comes next."));
        assert_eq!((reading.call, reading.said), (Some(expected), None));
    }

    #[test]
    fn a_recorded_conversation_in_text_shows_its_calls_and_their_results() {
        let text = |role, text: &str| Message::text(role, text);
        let mut messages = [
            text(Role::User, "Hi"),
            text(Role::Assistant, "Thought: look\nAction: {\"name\": \"look\", \"arguments\": {}}"),
            text(Role::User, "API output: found"),
            text(Role::Assistant, "Action: It is there."),
            text(Role::User, "API output: what is that?"),
        ];
        read_recorded(&mut messages);
        assert_eq!(messages[1].calls()[0].name, "look");
        assert_eq!(messages[2].observation_of(), Some("look"));
        assert_eq!(messages[3].heard(), Some("It is there."));
        assert_eq!(messages[4].heard(), Some("API output: what is that?"), "no tool was called");
    }

    #[test]
    fn text_that_is_not_json_is_said_to_the_customer_as_it_stands() {
        let (act, reading) = read("Thought: greet\nAction: Hello, who is there? \u{1f}");
        assert_eq!(act, Act::Say("Hello, who is there?".into()));
        assert_eq!(reading.said.as_deref(), Some("Hello, who is there?"));
        // Without the mark all of it is said, the thought too, as upstream does.
        let (act, reading) = read("Thought: greet");
        assert_eq!(act, Act::Say("Thought: greet".into()));
        assert_eq!(reading, Reading::default());
        assert_eq!(read("Action:").0, Act::Say(String::new()));
        assert_eq!(
            read("Action: {'name': 'x', 'arguments': {}}").0,
            Act::Say("{'name': 'x', 'arguments': {}}".into())
        );
    }

    #[test]
    fn respond_says_its_content() {
        let (act, reading) =
            read(r#"Action: {"name": "respond", "arguments": {"content": "It is 7 \u20ac."}}"#);
        assert_eq!(act, Act::Say("It is 7 €.".into()));
        assert_eq!(reading.said.as_deref(), Some("It is 7 €."));
    }

    #[test]
    fn json_that_is_no_action_is_an_error_as_upstreams_asserts_are() {
        for text in [
            "{}",
            r#"{"name": "x"}"#,
            r#"{"name": 5, "arguments": {}}"#,
            r#"{"name": "x", "arguments": []}"#,
            r#"{"name": "x", "arguments": null}"#,
            r#"{"name": "respond", "arguments": {}}"#,
            r#"{"name": "respond", "arguments": {"content": 5}}"#,
            "42",
            "null",
            "NaN",
            "[\"name\", \"arguments\"]",
            "\"name arguments\"",
        ] {
            assert_eq!(read(&format!("Action: {text}")).0, Act::Impossible, "{text}");
        }
        assert_eq!(read(&"[".repeat(100_000)).0, Act::Impossible);
        assert_eq!(written(None, "c1").0, Act::Impossible);
    }

    #[test]
    fn of_the_protocols_calls_the_first_counts_or_all_up_to_one_that_is_text() {
        let mut message = Message::text(tau_domain::Role::Assistant, "One moment.");
        assert_eq!(native(&message, false), Act::Say("One moment.".into()));
        let calls = [call("a", "{}"), call("b", "{}"), call(RESPOND, r#"{"content": "Hi"}"#)];
        message.tool_calls = calls.to_vec();
        assert_eq!(native(&message, false), Act::Call(calls[..1].to_vec()));
        assert_eq!(native(&message, true), Act::Call(calls[..2].to_vec()));
        message.tool_calls = calls[2..].to_vec();
        assert_eq!(native(&message, true), Act::Say("Hi".into()));
        message.tool_calls[0].arguments = "{}".into();
        assert_eq!(native(&message, true), Act::Impossible);
    }
}
