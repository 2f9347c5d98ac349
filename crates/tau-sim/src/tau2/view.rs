//! What one side sees of a conversation.

use tau_domain::{Message, Role};
use tau_toolkits::Requestor;

/// The messages that `side` has seen: all of its own, what the other side said to it, the answers to its own
/// calls. Words beside a call are heard by nobody. These are the messages that a model in this seat is
/// asked with, without its system prompt.
pub fn seen_by(side: Requestor, messages: &[Message]) -> Vec<&Message> {
    let own = match side {
        Requestor::Assistant => Role::Assistant,
        Requestor::User => Role::User,
    };
    // Answers follow the calls that they answer.
    let mut caller = None;
    let seen = messages.iter().filter(|message| match message.role {
        Role::System => false,
        Role::Tool => caller == Some(own),
        role => {
            caller = Some(role);
            role == own || message.tool_calls.is_empty()
        }
    });
    seen.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tau_domain::ToolCall;

    #[test]
    fn a_side_sees_its_own_calls_and_not_those_of_the_other() {
        let calling = |role, id: &str| {
            let call = ToolCall { id: id.into(), name: id.into(), arguments: "{}".into() };
            let answer = Message::tool_result(&call, id);
            [Message { tool_calls: vec![call], ..Message::text(role, "beside") }, answer]
        };
        let mut messages =
            vec![Message::text(Role::System, "policy"), Message::text(Role::Assistant, "Hi")];
        messages.extend(calling(Role::User, "look"));
        messages.push(Message::text(Role::User, "It is off."));
        messages.extend(calling(Role::Assistant, "find"));
        let told = |side| -> Vec<usize> {
            let seen = seen_by(side, &messages);
            let place = |seen: &&Message| {
                messages.iter().position(|message| std::ptr::eq(message, *seen)).unwrap()
            };
            seen.iter().map(place).collect()
        };
        assert_eq!(told(Requestor::Assistant), [1, 4, 5, 6]);
        assert_eq!(told(Requestor::User), [1, 2, 3, 4]);
    }
}
