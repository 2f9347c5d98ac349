//! Data against `schema.toml`: records, ids, types, enums, foreign keys.

use indexmap::IndexMap;
use serde_json::Value;

use super::report::{CheckReport, Severity};
use crate::format::{FieldKind, FieldSchema, Schema, TableSchema, line_of};

/// A table as text and as values.
pub struct Table {
    /// File, relative to the pack.
    pub file: String,
    /// The file's text, to find lines in.
    pub text: String,
    /// Records by key.
    pub records: IndexMap<String, Value>,
}

/// Reads the tables for checking; a table that is not an object of objects is a problem.
pub fn read(tables: &[(String, String)], report: &mut CheckReport) -> IndexMap<String, Table> {
    let mut read = IndexMap::new();
    for (name, text) in tables {
        let file = format!("db/{name}.json");
        match serde_json::from_str::<IndexMap<String, Value>>(text) {
            Ok(records) => {
                report.facts.records += records.len();
                for (key, count) in repeated_keys(text, &records) {
                    report.add(
                        Severity::Error,
                        &file,
                        line_of(text, &format!("\"{key}\":")),
                        format!("key {key:?} occurs {count} times"),
                    );
                }
                read.insert(name.clone(), Table { file, text: text.clone(), records });
            }
            Err(e) => report.add(
                Severity::Error,
                &file,
                Some(e.line() as u32),
                format!("not an object of records: {e}"),
            ),
        }
    }
    report.facts.tables = read.len();
    read
}

/// Keys that stand in the text more than once (a JSON reader keeps the last one silently).
fn repeated_keys(text: &str, records: &IndexMap<String, Value>) -> Vec<(String, usize)> {
    struct Keys(Vec<String>);
    impl<'de> serde::Deserialize<'de> for Keys {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Visitor;
            impl<'de> serde::de::Visitor<'de> for Visitor {
                type Value = Keys;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("an object")
                }
                fn visit_map<A: serde::de::MapAccess<'de>>(
                    self,
                    mut map: A,
                ) -> Result<Keys, A::Error> {
                    let mut keys = Vec::new();
                    while let Some((key, _)) = map.next_entry::<String, serde::de::IgnoredAny>()? {
                        keys.push(key);
                    }
                    Ok(Keys(keys))
                }
            }
            deserializer.deserialize_map(Visitor)
        }
    }
    let Ok(Keys(keys)) = serde_json::from_str::<Keys>(text) else { return Vec::new() };
    if keys.len() == records.len() {
        return Vec::new();
    }
    let mut counts: IndexMap<String, usize> = IndexMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count > 1).collect()
}

/// Checks every record against the schema.
pub fn check(schema: &Schema, tables: &IndexMap<String, Table>, report: &mut CheckReport) {
    for name in tables.keys().filter(|name| !schema.table.contains_key(*name)) {
        let message = format!("table {name:?} (db/{name}.json) is not described");
        report.add(Severity::Error, "schema.toml", None, message);
    }
    for (name, described) in &schema.table {
        let Some(table) = tables.get(name) else {
            let message = format!("table {name:?} has no file db/{name}.json");
            report.add(Severity::Error, "schema.toml", None, message);
            continue;
        };
        for (field, about) in &described.fields {
            match &about.kind {
                FieldKind::Unknown(kind) => {
                    let message = format!("{name}.{field}: unknown type {kind:?}");
                    report.add(Severity::Error, "schema.toml", None, message);
                }
                FieldKind::Ref(target) if !tables.contains_key(target) => {
                    let message = format!("{name}.{field}: no table {target:?} to refer to");
                    report.add(Severity::Error, "schema.toml", None, message);
                }
                _ => {}
            }
        }
        for (key, record) in &table.records {
            check_record(described, table, key, record, tables, report);
        }
    }
}

fn check_record(
    described: &TableSchema,
    table: &Table,
    key: &str,
    record: &Value,
    tables: &IndexMap<String, Table>,
    report: &mut CheckReport,
) {
    let line = || line_of(&table.text, &format!("\"{key}\":"));
    let Value::Object(fields) = record else {
        report.add(Severity::Error, &table.file, line(), format!("{key}: not an object"));
        return;
    };
    if fields.get(&described.id).and_then(Value::as_str) != Some(key) {
        let message = format!("{key}: field {:?} does not repeat the key", described.id);
        report.add(Severity::Error, &table.file, line(), message);
    }
    for name in fields.keys() {
        let known = *name == described.id
            || described.fields.keys().any(|field| first_part(field) == name.as_str());
        if !known {
            let message = format!("{key}: field {name:?} is not described in schema.toml");
            report.add(Severity::Error, &table.file, line(), message);
        }
    }
    for (path, about) in &described.fields {
        for (place, value) in select(record, path) {
            let wrong = match value {
                None | Some(Value::Null) if about.optional => None,
                None => Some("is missing".to_owned()),
                Some(value) => mismatch(about, value, tables),
            };
            if let Some(reason) = wrong {
                report.add(
                    Severity::Error,
                    &table.file,
                    line(),
                    format!("{key}: {place} {reason}"),
                );
            }
        }
    }
}

fn first_part(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or(path)
}

/// The values at a path such as `items[].item_id`, each with the place it was found at. A list that
/// is absent or empty has none.
fn select<'a>(record: &'a Value, path: &str) -> Vec<(String, Option<&'a Value>)> {
    let mut found: Vec<(String, Option<&Value>)> = vec![(String::new(), Some(record))];
    for part in path.split('.') {
        let (name, each) = match part.strip_suffix("[]") {
            Some(name) => (name, true),
            None => (part, false),
        };
        let mut next = Vec::new();
        for (place, value) in found {
            let place = if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
            let inner = value.and_then(|value| value.get(name));
            match (each, inner) {
                (false, _) => next.push((place, inner)),
                (true, Some(Value::Array(items))) => next.extend(
                    items.iter().enumerate().map(|(i, item)| (format!("{place}[{i}]"), Some(item))),
                ),
                // An object of records, as tau-bench keeps them: its values.
                (true, Some(Value::Object(items))) => next.extend(
                    items.iter().map(|(key, item)| (format!("{place}[{key}]"), Some(item))),
                ),
                (true, _) => {}
            }
        }
        found = next;
    }
    found
}

fn mismatch(
    about: &FieldSchema,
    value: &Value,
    tables: &IndexMap<String, Table>,
) -> Option<String> {
    let text = value.as_str();
    let (good, wanted) = match &about.kind {
        FieldKind::String => (text.is_some(), "a string".to_owned()),
        FieldKind::Int => (value.is_i64() || value.is_u64(), "a whole number".to_owned()),
        FieldKind::Float => (value.is_number(), "a number".to_owned()),
        FieldKind::Money => (
            value.as_f64().is_some_and(|amount| {
                let cents = amount * 100.0;
                (cents - cents.round()).abs() < 1e-6
            }),
            "an amount with two decimals".to_owned(),
        ),
        FieldKind::Bool => (value.is_boolean(), "true or false".to_owned()),
        FieldKind::Date => (text.is_some_and(is_date), "a date YYYY-MM-DD".to_owned()),
        FieldKind::DateTime => {
            (text.is_some_and(is_date_time), "a time YYYY-MM-DDTHH:MM:SS".to_owned())
        }
        FieldKind::Object => (value.is_object(), "an object".to_owned()),
        FieldKind::List => (value.is_array(), "a list".to_owned()),
        FieldKind::Enum(values) => (
            text.is_some_and(|text| values.iter().any(|v| v == text)),
            format!("one of {}", values.join(", ")),
        ),
        FieldKind::Ref(target) => (
            text.is_some_and(|key| tables.get(target).is_some_and(|t| t.records.contains_key(key))),
            format!("the key of a record of {target}"),
        ),
        FieldKind::Unknown(_) => return None,
    };
    (!good).then(|| format!("is {value}, not {wanted}"))
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let digits = |part: &str, n| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
        return false;
    }
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(year), number(month), number(day));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    year > 0 && (1..=days).contains(&day)
}

fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', ' ']) else { return false };
    let parts: Vec<u32> = time.split(':').filter_map(|part| part.parse().ok()).collect();
    is_date(date)
        && matches!(parts.as_slice(), [h, m] | [h, m, _] if *h < 24 && *m < 60)
        && parts.get(2).is_none_or(|s| *s < 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: &str = r#"
        [table.customers]
        id = "customer_id"
        [table.customers.fields]
        email = "string"
        joined = "date"
        note = { type = "string", optional = true }
        [table.orders]
        id = "order_id"
        [table.orders.fields]
        customer = { type = "ref", table = "customers" }
        status = { type = "enum", values = ["open", "closed"] }
        total = "money"
        items = "list"
        "items[].buyer" = { type = "ref", table = "customers" }
    "#;

    fn problems(customers: &str, orders: &str) -> Vec<String> {
        let schema: Schema = toml::from_str(SCHEMA).unwrap();
        let mut report = CheckReport::default();
        let tables = read(
            &[("customers".into(), customers.into()), ("orders".into(), orders.into())],
            &mut report,
        );
        check(&schema, &tables, &mut report);
        report.problems.iter().map(ToString::to_string).collect()
    }

    const GOOD: &str = r#"{"c1": {"customer_id": "c1", "email": "a@b.c", "joined": "2024-02-29"}}"#;

    #[test]
    fn good_data_passes() {
        let orders = r#"{"o1": {"order_id": "o1", "customer": "c1", "status": "open",
            "total": 12.35, "items": [{"buyer": "c1"}]}, "o2": {"order_id": "o2", "customer": "c1",
            "status": "closed", "total": 3, "items": []}}"#;
        assert_eq!(problems(GOOD, orders), Vec::<String>::new());
    }

    #[test]
    fn each_kind_of_mistake_is_named_with_file_and_line() {
        let orders = "{\n\"o1\": {\"order_id\": \"o2\", \"customer\": \"c9\", \"status\": \"lost\",\n\
            \"total\": 1.234, \"items\": [{\"buyer\": \"c8\"}], \"odd\": 1},\n\"o1\": {\"order_id\": \
            \"o1\", \"customer\": \"c9\", \"status\": \"lost\", \"total\": 1.234, \"items\": \
            [{\"buyer\": \"c8\"}], \"odd\": 1}}";
        let found = problems(&GOOD.replace("02-29", "02-30"), orders);
        for part in [
            "db/customers.json:1: error: c1: joined is \"2024-02-30\", not a date YYYY-MM-DD",
            "db/orders.json:2: error: key \"o1\" occurs 2 times",
            "db/orders.json:2: error: o1: customer is \"c9\", not the key of a record of customers",
            "o1: status is \"lost\", not one of open, closed",
            "o1: total is 1.234, not an amount with two decimals",
            "o1: items[0].buyer is \"c8\"",
            "o1: field \"odd\" is not described in schema.toml",
        ] {
            assert!(found.iter().any(|text| text.contains(part)), "{part}\n{found:#?}");
        }
    }

    #[test]
    fn a_record_that_does_not_repeat_its_key_is_named() {
        let found =
            problems(&GOOD.replace("\"customer_id\": \"c1\"", "\"customer_id\": \"c2\""), "{}");
        assert_eq!(
            found,
            ["db/customers.json:1: error: c1: field \"customer_id\" does not repeat the key"]
        );
    }
}
