//! A customer that thinks before it speaks (upstream `ReactUserSimulationEnv`).
//!
//! Upstream's reader, `parse_response`, cuts at `Thought:` first and so sends the thought and the
//! heading `User Response:` to the agent, against its own prompt, which promises that the thought is
//! not sent. Here it is as the prompt says. A reply without either heading makes upstream raise, which
//! its runner books as the agent's failure; a slip of the simulation is not the agent's, so that all
//! of such a reply is taken as said.

use tau_domain::{Message, Reading};

use crate::action::stripped;
use crate::play::STOP_MARKER;

const THOUGHT: &str = "Thought:";
const RESPONSE: &str = "User Response:";

/// What the agent hears of a reply, and the thought before it.
pub(super) fn read(reply: &str) -> (String, Option<Reading>) {
    let (before, after) = match reply.split_once(RESPONSE) {
        Some((before, after)) => (before, Some(after)),
        None => (reply, None),
    };
    let thought = before.split_once(THOUGHT).map(|(_, thought)| stripped(thought));
    let said = match (after, thought) {
        // The marker ends the conversation wherever it stands, and nothing else is said then.
        _ if reply.contains(STOP_MARKER) => STOP_MARKER,
        (Some(after), _) => stripped(after),
        // Nothing is marked as said: upstream sends what follows the heading.
        (None, Some(thought)) => return (thought.to_owned(), None),
        (None, None) => return (stripped(reply).to_owned(), None),
    };
    let thought = thought.unwrap_or_else(|| if after.is_some() { stripped(before) } else { "" });
    let thought = thought.replace(STOP_MARKER, "");
    let thought = stripped(&thought);
    let reading = (!thought.is_empty())
        .then(|| Reading { thought: Some(thought.to_owned()), ..Reading::default() });
    (said.to_owned(), reading)
}

/// A customer's message as its model wrote it.
pub(super) fn as_written(message: &Message, heard: &str) -> String {
    match message.reading.as_ref().and_then(|reading| reading.thought.as_deref()) {
        Some(thought) => format!("{THOUGHT}\n{thought}\n\n{RESPONSE}\n{heard}"),
        None => heard.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(reply: &str) -> (String, Option<String>) {
        let (said, reading) = read(reply);
        (said, reading.and_then(|reading| reading.thought))
    }

    #[test]
    fn the_agent_hears_the_response_and_not_the_thought() {
        assert_eq!(
            parts("Thought:\nI want it back.\n\nUser Response:\nPlease refund it.\n"),
            ("Please refund it.".into(), Some("I want it back.".into()))
        );
        assert_eq!(parts("User Response: Hi"), ("Hi".into(), None));
        assert_eq!(parts("They ask.\nUser Response: Hi"), ("Hi".into(), Some("They ask.".into())));
    }

    #[test]
    fn the_stop_marker_anywhere_is_all_that_is_said() {
        assert_eq!(
            parts("Thought:\nDone.\n\nUser Response:\nThanks! ###STOP###"),
            (STOP_MARKER.into(), Some("Done.".into()))
        );
        assert_eq!(
            parts("Thought: I could write ###STOP### now."),
            (STOP_MARKER.into(), Some("I could write  now.".into()))
        );
        assert_eq!(parts("###STOP###"), (STOP_MARKER.into(), None));
    }

    #[test]
    fn a_reply_without_the_headings_is_said_as_it_stands() {
        assert_eq!(parts(" Where is my parcel? "), ("Where is my parcel?".into(), None));
        assert_eq!(parts("Thought: Where is it?"), ("Where is it?".into(), None));
        assert_eq!(parts(""), (String::new(), None));
    }
}
