//! What calls changed in a conversation in which both sides have tools: the customer's device at the beginning,
//! and beside each call what it changed.

use tau_diagnosis::Did;
use tau_domain::Role;
use tau_runs::{Conversation, StateSide};
use tau_toolkits::Value;

use super::bench::{change, parts};
use crate::types::{DevicePart, Seat, Turn};

/// Puts beside each call whose it is and what it changed; gives what the customer had in hand at the
/// beginning. `None` where nobody watched.
pub(super) fn watched(turns: &mut [Turn], conversation: &Conversation) -> Option<Vec<DevicePart>> {
    let messages = &conversation.messages;
    let customer_calls =
        messages.iter().any(|each| each.role == Role::User && !each.tool_calls.is_empty());
    let states = conversation.states.as_ref();
    if states.is_none() && !customer_calls {
        return None;
    }
    let numbered = tau_diagnosis::turns(messages);
    // Calls of one message stand one after the other, and so do their answers behind it.
    let mut nth = 0;
    let mut last = None;
    for (turn, shown) in numbered.iter().zip(turns.iter_mut()) {
        let (Did::Called(..), Some(tool)) = (turn.did, &mut shown.tool) else { continue };
        nth = if last == Some(turn.message) { nth + 1 } else { 0 };
        last = Some(turn.message);
        let by_customer = messages[turn.message].role == Role::User;
        tool.seat = Some(if by_customer { Seat::Customer } else { Seat::Agent });
        let answer = (turn.message + 1 + nth) as u32;
        tool.changes = states.map(|states| {
            let of = states.changes.iter().filter(|change| change.message == answer);
            of.map(|found| {
                let seat = match found.side {
                    StateSide::Agent => Seat::Agent,
                    StateSide::Customer => Seat::Customer,
                };
                change(seat, &found.path, found.before.as_deref(), found.after.as_deref())
            })
            .collect()
        });
    }
    let device = Value::read_json(states?.customer.as_ref()?.as_str()).ok()?;
    Some(parts(&device, &[]))
}
