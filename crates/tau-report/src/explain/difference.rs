//! The end state against the expected one, as lines grouped by record.

use serde::{Deserialize, Serialize};
use tau_domain::StateDifference;
use tau_domain::plain::{capital, readable, singular, spoken};

/// Name of the field when a whole record is missing or extra.
const WHOLE_RECORD: &str = "whole record";

/// A record whose end state is not as expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordLines {
    /// The record in words: `Order W123`.
    pub record: String,
    /// What differs in it, in the order given.
    pub fields: Vec<FieldLine>,
}

/// A field that is not as expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldLine {
    /// The field's path within the record in words: `items › 1 › price`.
    pub field: String,
    /// What was expected; empty when nothing was.
    pub expected: String,
    /// What is there; empty when nothing is.
    pub actual: String,
    /// The difference on one line: `status: expected cancelled, was pending`.
    pub text: String,
}

/// Groups differences by record (the first two steps of their paths: table and key), in the order
/// in which records first appear. Values are shortened to one line.
pub fn record_differences(differences: &[StateDifference]) -> Vec<RecordLines> {
    let mut records: Vec<(&[String], RecordLines)> = Vec::new();
    for difference in differences {
        let (key, rest) = difference.path.split_at(difference.path.len().min(2));
        let line = field(rest, difference);
        match records.iter_mut().find(|(known, _)| *known == key) {
            Some((_, record)) => record.fields.push(line),
            None => {
                records.push((key, RecordLines { record: record_name(key), fields: vec![line] }))
            }
        }
    }
    records.into_iter().map(|(_, record)| record).collect()
}

fn record_name(key: &[String]) -> String {
    match key {
        [] => "The data".to_owned(),
        [table] => capital(&spoken(table)),
        [table, id, ..] => format!("{} {id}", capital(&singular(&spoken(table)))),
    }
}

fn field(path: &[String], difference: &StateDifference) -> FieldLine {
    let field = if path.is_empty() {
        WHOLE_RECORD.to_owned()
    } else {
        path.iter()
            .map(|step| match step.parse::<usize>() {
                // Places in a list count from 1 for a reader; longer numbers are keys.
                Ok(index) if step.len() < 4 => (index + 1).to_string(),
                _ => spoken(step),
            })
            .collect::<Vec<_>>()
            .join(" › ")
    };
    let expected = difference.expected.as_deref().map(readable);
    let actual = difference.actual.as_deref().map(readable);
    let text = match (&expected, &actual) {
        (Some(expected), Some(actual)) => format!("{field}: expected {expected}, was {actual}"),
        (Some(expected), None) => format!("{field}: expected {expected}, was missing"),
        (None, Some(actual)) => format!("{field}: {actual} was there and should not be"),
        (None, None) => format!("{field}: differs"),
    };
    FieldLine {
        field,
        expected: expected.unwrap_or_default(),
        actual: actual.unwrap_or_default(),
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(path: &[&str], expected: Option<&str>, actual: Option<&str>) -> StateDifference {
        StateDifference {
            path: path.iter().map(|s| (*s).to_owned()).collect(),
            expected: expected.map(str::to_owned),
            actual: actual.map(str::to_owned),
        }
    }

    #[test]
    fn differences_are_grouped_by_record_and_read_as_words() {
        let lines = record_differences(&[
            difference(&["orders", "#1042", "status"], Some("\"cancelled\""), Some("\"placed\"")),
            difference(&["users", "mia", "address", "zip_code"], Some("\"10115\""), None),
            difference(&["orders", "#1042", "items", "0", "price"], Some("12.5"), Some("10.0")),
        ]);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].record, "Order #1042");
        assert_eq!(lines[0].fields[0].text, "status: expected cancelled, was placed");
        assert_eq!(lines[0].fields[1].field, "items › 1 › price");
        assert_eq!(lines[1].record, "User mia");
        assert_eq!(lines[1].fields[0].text, "address › zip code: expected 10115, was missing");
    }

    #[test]
    fn a_missing_or_extra_record_is_called_that() {
        let lines = record_differences(&[difference(&["orders", "7"], None, Some("{\"a\": 1}"))]);
        assert_eq!(lines[0].fields[0].text, "whole record: a 1 was there and should not be");
        assert_eq!(lines[0].fields[0].expected, "");
    }

    #[test]
    fn long_values_and_broken_json_are_shortened_not_dropped() {
        let long = format!("\"{}\"", "word ".repeat(100));
        let lines = record_differences(&[difference(&["a", "b", "c"], Some(&long), Some("{oops"))]);
        assert!(lines[0].fields[0].expected.chars().count() <= 80);
        assert!(lines[0].fields[0].expected.ends_with('…'));
        assert_eq!(lines[0].fields[0].actual, "{oops");
    }
}
