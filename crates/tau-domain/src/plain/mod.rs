//! Programs' names and values in plain words: `cancel_order {"order_id": "W1"}` is "Cancel order W1".
//!
//! Everything that tells a person about a call, a value or a record uses these, so that the same thing
//! has the same name wherever it is named.

mod assertion;
mod tool;

pub use assertion::assertion;
pub use tool::{named_arguments, tool_call, tool_line, tool_to_call};

/// Longest value shown in a line, in characters.
const LONGEST: usize = 80;

/// A JSON value as a person reads it: text without quotes, yes and no, lists and records short.
pub fn readable(json: &str) -> String {
    match serde_json::from_str::<serde_json::Value>(json) {
        Ok(value) => short(&plain(&value)),
        Err(_) => short(json),
    }
}

fn plain(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) if text.is_empty() => "empty".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) if items.is_empty() => "an empty list".to_owned(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(fields) if fields.is_empty() => "an empty record".to_owned(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| format!("{} {}", spoken(name), plain(value)))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// On one line and no longer than 80 characters.
pub fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let kept: String = line.chars().take(LONGEST - 1).collect();
    format!("{}…", kept.trim_end())
}

/// A name from a program as words: `payment_method_id` becomes `payment method id`.
pub fn spoken(name: &str) -> String {
    name.replace(['_', '-'], " ").trim().to_owned()
}

/// With a capital letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// One of several: `orders` becomes `order`, `addresses` `address`, `policies` `policy`.
pub fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for ending in ["sses", "xes", "ches", "shes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') && !stem.ends_with('u') && stem.len() > 1 => {
            stem.to_owned()
        }
        _ => word.to_owned(),
    }
}
