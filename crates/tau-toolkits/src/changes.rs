//! What differs between two states: what a call changed, for a person to see.
//!
//! Upstream has nothing like it; nothing here is hashed or graded.

use std::sync::Arc;

use crate::environment::Environment;
use crate::history::Requestor;
use crate::text::json_dumps;
use crate::value::Value;

/// One place in which two states differ.
#[derive(Clone, Debug)]
pub struct Change {
    /// The way there from the top: tables, records, fields. A record of a list is named by its id where
    /// the list's records have ids of their own, else by its number from 0.
    pub place: Vec<String>,
    /// What was there; `None` where nothing was.
    pub before: Option<Value>,
    /// What is there now; `None` where nothing is.
    pub after: Option<Value>,
}

/// The data of both sides at one moment. Rows are shared with the environment until they change there.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The agent's records.
    pub agent: Value,
    /// What the customer has in hand; `None` where it has nothing.
    pub customer: Option<Value>,
}

impl Snapshot {
    /// The data as it is now.
    pub fn of(environment: &Environment) -> Snapshot {
        let customer = environment.user().map(|user| user.dump());
        Snapshot { agent: environment.agent().dump(), customer }
    }

    /// What differs from an earlier one, the agent's side first.
    pub fn changes_since(&self, before: &Snapshot) -> Vec<(Requestor, Change)> {
        let on = |side: Requestor| move |change: Change| (side, change);
        let agent = changes(&before.agent, &self.agent).into_iter().map(on(Requestor::Assistant));
        let customer = match (&before.customer, &self.customer) {
            (Some(before), Some(after)) => changes(before, after),
            _ => Vec::new(),
        };
        agent.chain(customer.into_iter().map(on(Requestor::User))).collect()
    }
}

/// What differs between two states, in the order of the first, then of what is new in the second. Records
/// that are only in one of them are one change as a whole; numbers that are written alike do not differ.
pub fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    compare(&mut Vec::new(), before, after, &mut found);
    found
}

/// The entries of a container by name, in order; `None` for a plain value.
fn entries(value: &Value) -> Option<Vec<(String, &Value)>> {
    Some(match value {
        Value::Dict(entries) => {
            entries.iter().map(|(key, value)| (key.to_string(), value)).collect()
        }
        Value::Model(model) => {
            let names = model.class.fields.iter().map(|field| field.name.to_owned());
            names.zip(&model.fields).collect()
        }
        Value::List(items) if items.iter().any(is_record) => named(items),
        _ => return None,
    })
}

fn is_record(value: &Value) -> bool {
    matches!(value, Value::Dict(_) | Value::Model(_))
}

/// The records of a list, by their ids where each has one of its own, else by number.
fn named(items: &[Value]) -> Vec<(String, &Value)> {
    let ids: Option<Vec<String>> = items.iter().map(id).collect();
    let own = |ids: &Vec<String>| {
        let mut sorted: Vec<&String> = ids.iter().collect();
        sorted.sort();
        sorted.windows(2).all(|pair| pair[0] != pair[1])
    };
    match ids.filter(own) {
        Some(ids) => ids.into_iter().zip(items).collect(),
        None => items.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
    }
}

/// The text of the first field that is an id by its name.
fn id(record: &Value) -> Option<String> {
    let is_id = |name: &str| name == "id" || name.ends_with("_id");
    let fields = if is_record(record) { entries(record)? } else { return None };
    let (_, value) = fields.into_iter().find(|(name, _)| is_id(name))?;
    value.as_str().map(str::to_owned)
}

fn compare(place: &mut Vec<String>, before: &Value, after: &Value, found: &mut Vec<Change>) {
    if same(before, after) {
        return;
    }
    let (Some(old), Some(new)) = (entries(before), entries(after)) else {
        if json_dumps(before) != json_dumps(after) {
            found.push(Change {
                place: place.clone(),
                before: Some(before.clone()),
                after: Some(after.clone()),
            });
        }
        return;
    };
    let find = |all: &[(String, &Value)], at: usize, name: &str| -> Option<usize> {
        // Mostly nothing was added or taken away, and the same place holds the same record.
        let here = all.get(at).is_some_and(|(known, _)| known == name);
        if here { Some(at) } else { all.iter().position(|(known, _)| known == name) }
    };
    for (at, (name, value)) in old.iter().enumerate() {
        place.push(name.clone());
        match find(&new, at, name) {
            Some(there) => compare(place, value, new[there].1, found),
            None => found.push(Change {
                place: place.clone(),
                before: Some((*value).clone()),
                after: None,
            }),
        }
        place.pop();
    }
    for (at, (name, value)) in new.iter().enumerate() {
        if find(&old, at, name).is_none() {
            place.push(name.clone());
            found.push(Change {
                place: place.clone(),
                before: None,
                after: Some((*value).clone()),
            });
            place.pop();
        }
    }
}

/// Whether two values are one object in memory: rows are shared until somebody changes them.
fn same(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::Dict(a), Value::Dict(b)) => Arc::ptr_eq(a, b),
        (Value::Model(a), Value::Model(b)) => Arc::ptr_eq(a, b),
        (Value::List(a), Value::List(b)) => Arc::ptr_eq(a, b),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> Vec<String> {
        let read = |text: &str| Value::read_json(text).unwrap();
        let text =
            |value: &Option<Value>| value.as_ref().map_or_else(|| "-".to_owned(), json_dumps);
        changes(&read(before), &read(after))
            .iter()
            .map(|change| {
                format!(
                    "{}: {} > {}",
                    change.place.join("/"),
                    text(&change.before),
                    text(&change.after)
                )
            })
            .collect()
    }

    #[test]
    fn a_change_is_told_with_the_way_to_it() {
        assert_eq!(
            told(
                r#"{"lines": {"L1": {"status": "active", "gb": 1.0}, "L2": {"status": "active"}}}"#,
                r#"{"lines": {"L1": {"status": "paused", "gb": 1.0}, "L2": {"status": "active"}}}"#
            ),
            [r#"lines/L1/status: "active" > "paused""#]
        );
        assert!(told(r#"{"a": [1, {"b": null}]}"#, r#"{"a": [1, {"b": null}]}"#).is_empty());
    }

    #[test]
    fn records_of_a_list_are_known_by_their_ids_wherever_they_stand() {
        assert_eq!(
            told(
                r#"{"bills": [{"bill_id": "B1", "paid": false}, {"bill_id": "B2", "paid": false}]}"#,
                r#"{"bills": [{"bill_id": "B3", "paid": false}, {"bill_id": "B2", "paid": true}]}"#
            ),
            [
                r#"bills/B1: {"bill_id": "B1", "paid": false} > -"#,
                "bills/B2/paid: false > true",
                r#"bills/B3: - > {"bill_id": "B3", "paid": false}"#,
            ]
        );
        // Two of one id, or none: by number.
        assert_eq!(
            told(
                r#"{"l": [{"id": "a", "n": 1}, {"id": "a", "n": 2}]}"#,
                r#"{"l": [{"id": "a", "n": 1}, {"id": "a", "n": 3}]}"#
            ),
            ["l/1/n: 2 > 3"]
        );
    }

    #[test]
    fn a_list_of_plain_values_changes_as_a_whole() {
        assert_eq!(
            told(r#"{"ids": ["a"], "n": 1}"#, r#"{"ids": ["a", "b"], "n": null}"#),
            [r#"ids: ["a"] > ["a", "b"]"#, "n: 1 > null"]
        );
        assert_eq!(told(r#"{"r": []}"#, r#"{"r": [{"id": "x"}]}"#), [r#"r: [] > [{"id": "x"}]"#]);
    }
}
