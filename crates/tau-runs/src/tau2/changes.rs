//! What a call changed in the data of the two sides.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tau_domain::JsonText;
use tau_toolkits::{Requestor, Value, json_dumps};

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
    /// Keys and indices from the root.
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

impl From<Requestor> for StateSide {
    fn from(side: Requestor) -> StateSide {
        match side {
            Requestor::Assistant => StateSide::Agent,
            Requestor::User => StateSide::Customer,
        }
    }
}

/// The places in which `after` differs from `before`, in the data's order. What both still share is passed
/// over at once.
pub(super) fn changes(
    message: u32,
    side: StateSide,
    before: &Value,
    after: &Value,
) -> Vec<StateChange> {
    let mut walk = Walk { message, side, path: Vec::new(), found: Vec::new() };
    walk.compare(before, after);
    walk.found
}

struct Walk {
    message: u32,
    side: StateSide,
    path: Vec<String>,
    found: Vec<StateChange>,
}

impl Walk {
    fn compare(&mut self, before: &Value, after: &Value) {
        if self.found.len() >= MOST {
            return;
        }
        match (before, after) {
            (Value::Model(one), Value::Model(other)) if std::ptr::eq(one.class, other.class) => {
                if Arc::ptr_eq(one, other) {
                    return;
                }
                let fields = one.class.fields.iter().zip(one.fields.iter().zip(&other.fields));
                for (field, (one, other)) in fields {
                    self.within(field.name, |walk| walk.compare(one, other));
                }
            }
            (Value::Dict(one), Value::Dict(other)) => {
                if Arc::ptr_eq(one, other) {
                    return;
                }
                for (key, value) in one.iter() {
                    self.within(key, |walk| match other.get(key) {
                        Some(now) => walk.compare(value, now),
                        None => walk.note(Some(value), None),
                    });
                }
                for (key, value) in other.iter().filter(|(key, _)| !one.contains_key(*key)) {
                    self.within(key, |walk| walk.note(None, Some(value)));
                }
            }
            (Value::List(one), Value::List(other)) => {
                if Arc::ptr_eq(one, other) {
                    return;
                }
                for at in 0..one.len().max(other.len()) {
                    self.within(&at.to_string(), |walk| match (one.get(at), other.get(at)) {
                        (Some(was), Some(is)) => walk.compare(was, is),
                        (was, is) => walk.note(was, is),
                    });
                }
            }
            _ => {
                if json_dumps(before) != json_dumps(after) {
                    self.note(Some(before), Some(after));
                }
            }
        }
    }

    fn within(&mut self, key: &str, look: impl FnOnce(&mut Walk)) {
        self.path.push(key.to_owned());
        look(self);
        self.path.pop();
    }

    fn note(&mut self, before: Option<&Value>, after: Option<&Value>) {
        self.found.push(StateChange {
            message: self.message,
            side: self.side,
            path: self.path.clone(),
            before: before.map(json_dumps),
            after: after.map(json_dumps),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(before: &str, after: &str) -> Vec<(String, Option<String>, Option<String>)> {
        let read = |text| Value::read_json(text).unwrap();
        changes(3, StateSide::Customer, &read(before), &read(after))
            .into_iter()
            .map(|change| (change.path.join("."), change.before, change.after))
            .collect()
    }

    #[test]
    fn a_change_is_told_with_its_place_and_what_was_there_before() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            found(
                r#"{"a": {"on": true, "n": null}, "l": [1]}"#,
                r#"{"a": {"on": false, "n": 2}, "l": [1, 5]}"#
            ),
            [
                ("a.on".to_owned(), some("true"), some("false")),
                ("a.n".to_owned(), some("null"), some("2")),
                ("l.1".to_owned(), None, some("5")),
            ]
        );
        assert_eq!(found(r#"{"gone": 1}"#, r#"{"new": 1}"#).len(), 2);
        assert!(found(r#"{"a": [1, {"b": 2}]}"#, r#"{"a": [1, {"b": 2}]}"#).is_empty());
    }
}
