//! A conversation as numbered turns, in the numbering that a person sees beside the transcript: what
//! the customer said, what the agent said, and each tool call are a turn each; the policy and tools'
//! results are none.

use tau_domain::{Message, Role, ToolCall};
use tau_sim::API_OUTPUT;

/// Who or what a turn is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Did<'a> {
    /// The customer said this.
    CustomerSaid(&'a str),
    /// The agent said this.
    AgentSaid(&'a str),
    /// The agent said this beside a call; the customer did not hear it.
    AgentRemarked(&'a str),
    /// Somebody called a tool; its answer where there is one.
    Called(&'a ToolCall, Option<&'a str>),
}

/// One turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn<'a> {
    /// From 1.
    pub number: u32,
    /// Index of the message that it is part of.
    pub message: usize,
    /// Whether it is the customer's: in tau2 customers call tools too.
    pub by_customer: bool,
    /// What happened.
    pub did: Did<'a>,
}

/// The turns of a conversation.
pub fn turns(messages: &[Message]) -> Vec<Turn<'_>> {
    let mut turns: Vec<Turn<'_>> = Vec::new();
    for (at, message) in messages.iter().enumerate() {
        let by_customer = message.role == Role::User;
        let mut push = |did| {
            turns.push(Turn { number: turns.len() as u32 + 1, message: at, by_customer, did });
        };
        let said = message.heard();
        match message.role {
            Role::System | Role::Tool => {}
            Role::User => {
                if let Some(text) = said {
                    push(Did::CustomerSaid(text));
                }
                // In tau2 the customer has tools too.
                for (nth, call) in message.tool_calls.iter().enumerate() {
                    push(Did::Called(call, answer(&messages[at + 1..], call, nth)));
                }
            }
            Role::Assistant if message.calls().is_empty() => {
                if let Some(text) = said.filter(|text| !text.trim().is_empty()) {
                    push(Did::AgentSaid(text));
                }
            }
            Role::Assistant => {
                // A call that was read from the text is not a remark beside itself.
                let remark = message.content.as_deref().filter(|_| !message.tool_calls.is_empty());
                if let Some(text) = remark.filter(|text| !text.trim().is_empty()) {
                    push(Did::AgentRemarked(text));
                }
                for (nth, call) in message.calls().iter().enumerate() {
                    push(Did::Called(call, answer(&messages[at + 1..], call, nth)));
                }
            }
        }
    }
    turns
}

/// The answer to the `nth` call of a message: by its id, or where answers have none by its place.
fn answer<'a>(later: &'a [Message], call: &ToolCall, nth: usize) -> Option<&'a str> {
    let answers = || later.iter().take_while(|message| message.observation_of().is_some());
    answers()
        .find(|message| message.tool_call_id.as_deref() == Some(call.id.as_str()))
        .or_else(|| answers().nth(nth).filter(|message| message.tool_call_id.is_none()))
        .and_then(|message| match message.role {
            Role::Tool => message.content.as_deref(),
            // Where results travel as the customer's messages, a marker stands before them.
            _ => {
                message.content.as_deref().map(|text| text.strip_prefix(API_OUTPUT).unwrap_or(text))
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tau_domain::Reading;

    fn call(id: &str, name: &str) -> ToolCall {
        ToolCall { id: id.into(), name: name.into(), arguments: "{}".into() }
    }

    #[test]
    fn speech_and_calls_are_turns_and_policy_and_results_are_not() {
        let (first, second) = (call("1", "look"), call("2", "do"));
        let mut acting = Message::text(Role::Assistant, "One moment.");
        acting.tool_calls = vec![first.clone(), second.clone()];
        let messages = [
            Message::text(Role::System, "policy"),
            Message::text(Role::User, "Hello"),
            acting,
            Message::tool_result(&first, "found"),
            Message::tool_result(&second, "done"),
            Message::text(Role::Assistant, "Bye."),
        ];
        let did: Vec<Did<'_>> = turns(&messages).into_iter().map(|turn| turn.did).collect();
        assert_eq!(
            did,
            [
                Did::CustomerSaid("Hello"),
                Did::AgentRemarked("One moment."),
                Did::Called(&first, Some("found")),
                Did::Called(&second, Some("done")),
                Did::AgentSaid("Bye."),
            ]
        );
    }

    #[test]
    fn calls_that_were_read_from_text_are_turns_with_their_answers() {
        let read = call("", "look");
        let messages = [
            Message::text(Role::User, "Hello"),
            Message::text(Role::Assistant, "Thought: ...\nAction: ...")
                .with_reading(Reading { call: Some(read.clone()), ..Reading::default() }),
            Message::text(Role::User, "API output: 5").with_reading(Reading {
                observation_of: Some("look".into()),
                ..Reading::default()
            }),
            Message::text(Role::Assistant, "Thought: ...\nAction: five")
                .with_reading(Reading { said: Some("five".into()), ..Reading::default() }),
        ];
        let did: Vec<Did<'_>> = turns(&messages).into_iter().map(|turn| turn.did).collect();
        assert_eq!(
            did,
            [Did::CustomerSaid("Hello"), Did::Called(&read, Some("5")), Did::AgentSaid("five"),]
        );
    }
}
