//! What a provider wants back with a message, unchanged.
//!
//! Models that think hand out signed or encrypted traces of it and want them back when a tool's
//! result is sent: Gemini 3 refuses a call without its thought signature, and Claude's newer models
//! think better with their thinking blocks. The traces travel in [`Message::echo`] as
//! `{"<format>": ...}`, so that they are in the journal too and a resumed conversation is the same
//! one; a message that goes to a model of another format leaves them out.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tau_domain::Message;

/// The message with `trace` to be sent back in `format`.
pub(crate) fn with_echo(mut message: Message, format: &str, trace: &impl Serialize) -> Message {
    let whole = BTreeMap::from([(format, trace)]);
    message.echo = serde_json::to_string(&whole).ok();
    message
}

/// What the message carries for `format`.
pub(crate) fn echo_of<T: DeserializeOwned>(message: &Message, format: &str) -> Option<T> {
    let mut whole: BTreeMap<String, Box<RawValue>> =
        serde_json::from_str(message.echo.as_deref()?).ok()?;
    serde_json::from_str(whole.remove(format)?.get()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tau_domain::Role;

    #[test]
    fn a_trace_comes_back_to_its_own_format_only() {
        let message = with_echo(Message::text(Role::Assistant, "Hi"), "a", &vec!["x"]);
        assert_eq!(echo_of::<Vec<String>>(&message, "a"), Some(vec!["x".to_owned()]));
        assert_eq!(echo_of::<Vec<String>>(&message, "b"), None);
        assert_eq!(echo_of::<Vec<String>>(&Message::text(Role::Assistant, ""), "a"), None);
    }
}
