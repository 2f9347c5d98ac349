//! What a call changed in the data of the two sides.

use serde::{Deserialize, Serialize};
use tau_domain::JsonText;
use tau_toolkits::{Change, Requestor, Snapshot, json_dumps};

/// Most changes of one call that are kept.
const MOST: usize = 200;

/// The data of the two sides in the course of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StateLog {
    /// The customer's data (its device) when the conversation began; `None` where the customer has no tools.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<JsonText>,
    /// What changed, call by call.
    pub changes: Vec<StateChange>,
}

/// One place in the data that a call changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateChange {
    /// The tool's answer after which it was so: an index into the conversation's messages.
    pub message: u32,
    /// Whose data: `agent` or `customer`.
    pub side: StateSide,
    /// The way there from the root: tables, records, fields (see [`tau_toolkits::changes`]).
    pub path: Vec<String>,
    /// JSON text that was there; `None` when nothing was.
    pub before: Option<String>,
    /// JSON text that is there now; `None` when nothing is.
    pub after: Option<String>,
}

/// Whose data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateSide {
    /// The agent's records.
    Agent,
    /// What the customer has in hand.
    Customer,
}

/// What differs between two moments, as it is stored beside the answer at `message`.
pub(super) fn changes(message: u32, before: &Snapshot, after: &Snapshot) -> Vec<StateChange> {
    let stored = |(side, change): (Requestor, Change)| StateChange {
        message,
        side: match side {
            Requestor::Assistant => StateSide::Agent,
            Requestor::User => StateSide::Customer,
        },
        path: change.place,
        before: change.before.as_ref().map(json_dumps),
        after: change.after.as_ref().map(json_dumps),
    };
    after.changes_since(before).into_iter().take(MOST).map(stored).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tau_toolkits::Value;

    #[test]
    fn a_change_is_kept_with_its_place_and_what_was_there_before() {
        let read =
            |text| Snapshot { agent: Value::None, customer: Some(Value::read_json(text).unwrap()) };
        let (before, after) = (read(r#"{"a": {"on": true}}"#), read(r#"{"a": {"on": false}}"#));
        let found = changes(3, &before, &after);
        let written = serde_json::to_string(&found).unwrap();
        assert_eq!(
            written,
            r#"[{"message":3,"side":"customer","path":["a","on"],"before":"true","after":"false"}]"#
        );
        assert_eq!(serde_json::from_str::<Vec<StateChange>>(&written).unwrap(), found);
    }
}
