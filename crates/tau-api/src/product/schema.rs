//! What a tool takes, read from its JSON Schema: as words for a person.
//!
//! Schemas of tau-bench are written by hand; those of tau2 are pydantic's, with references and unions.

use serde_json::Value;
use tau_domain::ToolSpec;
use tau_domain::plain::readable;

use crate::types::{ToolArgument, ToolInfo};

/// References within references that are followed.
const DEEPEST: usize = 8;

/// The schema that is meant: references followed, and of a choice between something and nothing the
/// something. `root` is the tool's whole schema, which holds what is referred to.
pub(super) fn resolved<'s>(schema: &'s Value, root: &'s Value) -> &'s Value {
    let mut here = schema;
    for _ in 0..DEEPEST {
        let next = match (here.get("$ref").and_then(Value::as_str), alternatives(here)) {
            (Some(reference), _) => reference.strip_prefix('#').and_then(|path| root.pointer(path)),
            (None, Some(alternatives)) => {
                let mut some = alternatives.iter().filter(|each| each["type"] != "null");
                // Of several real ones none is meant more than the others.
                some.next().filter(|_| some.next().is_none())
            }
            (None, None) => None,
        };
        match next {
            Some(next) => here = next,
            None => break,
        }
    }
    here
}

fn alternatives(schema: &Value) -> Option<&Vec<Value>> {
    ["anyOf", "oneOf"].iter().find_map(|word| schema.get(word)?.as_array())
}

/// A tool as it is read about.
pub(super) fn tool_info(tool: &ToolSpec, terminates: bool, changes: Option<bool>) -> ToolInfo {
    ToolInfo {
        name: tool.name.clone(),
        description: tool.description.clone(),
        terminates,
        changes,
        arguments: arguments(&tool.parameters),
    }
}

fn arguments(root: &Value) -> Vec<ToolArgument> {
    let required = root.get("required").and_then(Value::as_array);
    let is_required =
        |name: &str| required.is_some_and(|names| names.iter().any(|each| each == name));
    let properties = root.get("properties").and_then(Value::as_object);
    let argument = |(name, written): (&String, &Value)| {
        let schema = resolved(written, root);
        ToolArgument {
            name: name.clone(),
            description: written["description"].as_str().unwrap_or_default().to_owned(),
            kind: kind(written, root, 0),
            required: is_required(name),
            choices: choices(schema),
            default: written.get("default").map(|value| readable(&value.to_string())),
        }
    };
    properties.into_iter().flatten().map(argument).collect()
}

fn choices(schema: &Value) -> Vec<String> {
    let values = schema.get("enum").and_then(Value::as_array);
    values.into_iter().flatten().map(|value| readable(&value.to_string())).collect()
}

/// A type in words.
fn kind(written: &Value, root: &Value, depth: usize) -> String {
    let schema = resolved(written, root);
    if schema.get("enum").is_some() {
        return "choice".to_owned();
    }
    if let Some(several) = alternatives(schema).filter(|_| depth < DEEPEST) {
        let mut words: Vec<String> = Vec::new();
        for each in several.iter().filter(|each| each["type"] != "null") {
            let word = kind(each, root, depth + 1);
            if !words.contains(&word) {
                words.push(word);
            }
        }
        return words.join(" or ");
    }
    let named = match &schema["type"] {
        Value::Array(types) => types.iter().find(|each| *each != "null").unwrap_or(&Value::Null),
        one => one,
    };
    match named.as_str() {
        Some("string") => "text".to_owned(),
        Some("integer") => "whole number".to_owned(),
        Some("number") => "number".to_owned(),
        Some("boolean") => "yes or no".to_owned(),
        Some("array") if depth < DEEPEST && schema.get("items").is_some() => {
            format!("list of {}", many(&kind(&schema["items"], root, depth + 1)))
        }
        Some("array") => "list".to_owned(),
        Some("object") => match schema.get("properties").and_then(Value::as_object) {
            Some(fields) if !fields.is_empty() => {
                let names: Vec<&str> = fields.keys().map(String::as_str).collect();
                format!("record ({})", names.join(", "))
            }
            _ => "record".to_owned(),
        },
        _ => "anything".to_owned(),
    }
}

/// Several of a type.
fn many(kind: &str) -> String {
    match kind.split_once(' ') {
        Some(("record", fields)) => format!("records {fields}"),
        Some(("list", of)) => format!("lists {of}"),
        _ if kind == "anything" || kind.contains(" or ") => kind.to_owned(),
        _ => format!("{kind}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(schema: Value) -> ToolArgument {
        let parameters = json!({
            "properties": {"f": schema},
            "required": ["f"],
            "$defs": {
                "Passenger": {"type": "object", "properties": {"name": {}, "born": {}}},
                "Cabin": {"type": "string", "enum": ["basic", "business"]},
            },
        });
        arguments(&parameters).remove(0)
    }

    #[test]
    fn types_are_told_in_words() {
        for (schema, words) in [
            (json!({"type": "string"}), "text"),
            (json!({"type": "integer"}), "whole number"),
            (json!({"anyOf": [{"type": "boolean"}, {"type": "null"}]}), "yes or no"),
            (json!({"type": ["number", "null"]}), "number"),
            (json!({"type": "array", "items": {"type": "string"}}), "list of texts"),
            (
                json!({"type": "array", "items": {"anyOf": [
                    {"$ref": "#/$defs/Passenger"}, {"additionalProperties": true, "type": "object"}]}}),
                "list of records (name, born) or record",
            ),
            (
                json!({"type": "array", "items": {"$ref": "#/$defs/Passenger"}}),
                "list of records (name, born)",
            ),
            (json!({"$ref": "#/$defs/Cabin"}), "choice"),
            (json!({"type": "object"}), "record"),
            (json!({}), "anything"),
        ] {
            assert_eq!(read(schema.clone()).kind, words, "{schema}");
        }
    }

    #[test]
    fn an_argument_says_what_it_may_be_and_what_it_is_when_it_is_not_given() {
        let cabin =
            read(json!({"$ref": "#/$defs/Cabin", "default": "basic", "description": "Where."}));
        assert_eq!(cabin.choices, ["basic", "business"]);
        assert_eq!(cabin.default.as_deref(), Some("basic"));
        assert_eq!(cabin.description, "Where.");
        assert!(cabin.required);
        let nothing =
            read(json!({"anyOf": [{"type": "string"}, {"type": "null"}], "default": null}));
        assert_eq!(nothing.default.as_deref(), Some("nothing"));
    }

    #[test]
    fn a_reference_to_itself_is_not_followed_for_ever() {
        let root = json!({"$defs": {"A": {"$ref": "#/$defs/A"}}, "properties": {"f": {"$ref": "#/$defs/A"}}});
        assert_eq!(arguments(&root)[0].kind, "anything");
        let nest = json!({"$defs": {"L": {"type": "array", "items": {"$ref": "#/$defs/L"}}},
            "properties": {"f": {"$ref": "#/$defs/L"}}});
        assert!(arguments(&nest)[0].kind.starts_with("list of lists of"));
    }
}
