//! Tools as forms: from a tool's JSON Schema to fields, and from what was filled in to arguments.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value};
use tau_domain::{Domain, ToolSpec};

use super::schema::resolved;
use crate::types::{FieldKind, ToolField, ToolForm};
use crate::{ApiError, ErrorCode};

/// The tools of a domain as forms.
pub(super) fn forms(domain: &Domain) -> Vec<ToolForm> {
    domain.tools.iter().map(|tool| form(tool, domain.terminates(&tool.name))).collect()
}

/// A tool as a form.
pub(super) fn form(tool: &ToolSpec, terminates: bool) -> ToolForm {
    ToolForm {
        name: tool.name.clone(),
        description: tool.description.clone(),
        fields: fields(&tool.parameters),
        terminates,
    }
}

fn fields(parameters: &Value) -> Vec<ToolField> {
    let required: Vec<&str> = parameters
        .get("required")
        .and_then(Value::as_array)
        .map(|names| names.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let none = Map::new();
    let properties = parameters.get("properties").and_then(Value::as_object).unwrap_or(&none);
    properties
        .iter()
        .map(|(name, written)| {
            let schema = resolved(written, parameters);
            let choices = choices(schema);
            ToolField {
                name: name.clone(),
                description: text_of(written, "description"),
                kind: if choices.is_empty() { kind(schema, parameters) } else { FieldKind::Choice },
                required: required.contains(&name.as_str()),
                choices,
            }
        })
        .collect()
}

fn text_of(schema: &Value, key: &str) -> String {
    schema.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn choices(schema: &Value) -> Vec<String> {
    let values =
        schema.get("enum").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let texts: Option<Vec<String>> =
        values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
    texts.unwrap_or_default()
}

/// The kind of input; of several possible types the first that is not null counts.
fn kind(schema: &Value, parameters: &Value) -> FieldKind {
    let first = |types: &[Value]| {
        types.iter().filter_map(Value::as_str).find(|kind| *kind != "null").map(str::to_owned)
    };
    let named = match schema.get("type") {
        Some(Value::String(name)) => Some(name.clone()),
        Some(Value::Array(types)) => first(types),
        _ => None,
    };
    match named.as_deref() {
        Some("string") => FieldKind::Text,
        Some("number") => FieldKind::Number,
        Some("integer") => FieldKind::Whole,
        Some("boolean") => FieldKind::YesNo,
        Some("array") if resolved(&schema["items"], parameters)["type"] == "string" => {
            FieldKind::List
        }
        _ => FieldKind::Json,
    }
}

/// The arguments of a call, as a JSON object in the order of the tool's fields. Numbers stay as they
/// were typed: `50` and `50.0` are not the same to a tool.
///
/// # Errors
/// When there is no such tool, or something filled in does not fit.
pub(super) fn arguments(
    tools: &[ToolSpec],
    tool: &str,
    given: &BTreeMap<String, String>,
) -> Result<String, ApiError> {
    let found = tools.iter().find(|each| each.name == tool).ok_or_else(|| {
        ApiError::new(ErrorCode::BadRequest, format!("There is no tool called \"{tool}\"."))
    })?;
    let fields = fields(&found.parameters);
    if let Some(strange) = given.keys().find(|name| fields.iter().all(|field| field.name != **name))
    {
        return Err(does_not_fit(strange, "the tool does not take it"));
    }
    let mut parts = Vec::new();
    for field in &fields {
        let said = given.get(&field.name).map(String::as_str);
        // A text that is said to be empty is one: some tools want an address's second line all the same.
        let is_empty_text = field.required && field.kind == FieldKind::Text && said == Some("");
        let text = said.unwrap_or_default();
        if text.trim().is_empty() && !is_empty_text {
            if field.required {
                return Err(does_not_fit(&field.name, "it has to be filled in"));
            }
            continue;
        }
        let value = value(field, text).map_err(|problem| does_not_fit(&field.name, problem))?;
        parts.push(format!("{}: {value}", Value::from(field.name.as_str())));
    }
    Ok(format!("{{{}}}", parts.join(", ")))
}

fn does_not_fit(field: &str, problem: &str) -> ApiError {
    ApiError::new(ErrorCode::BadRequest, format!("Look at \"{field}\": {problem}.")).detail(field)
}

/// A field's value as JSON text.
fn value(field: &ToolField, text: &str) -> Result<String, &'static str> {
    let trimmed = text.trim();
    match field.kind {
        FieldKind::Text => Ok(Value::from(text).to_string()),
        FieldKind::Choice if field.choices.iter().any(|choice| choice == trimmed) => {
            Ok(Value::from(trimmed).to_string())
        }
        FieldKind::Choice => Err("choose one of the values"),
        FieldKind::Whole => {
            let digits = trimmed.trim_start_matches('+');
            let whole = !digits.contains(['.', 'e', 'E']);
            number(digits).filter(|_| whole).ok_or("write a whole number, such as 3")
        }
        FieldKind::Number => number(trimmed).ok_or("write a number, such as 12.5"),
        FieldKind::YesNo if ["true", "false"].contains(&trimmed) => Ok(trimmed.to_owned()),
        FieldKind::YesNo => Err("choose yes or no"),
        FieldKind::List => {
            let lines = trimmed.lines().map(str::trim).filter(|line| !line.is_empty());
            Ok(lines.collect::<Value>().to_string())
        }
        FieldKind::Json => {
            let raw: Result<&RawValue, _> = serde_json::from_str(trimmed);
            raw.map(|raw| raw.get().to_owned()).map_err(|_| "it is not well-formed")
        }
    }
}

/// A number as JSON writes it, digits untouched.
fn number(text: &str) -> Option<String> {
    let text = text.trim_start_matches('+');
    // JSON has no `.5` and no `007`.
    let value: Option<serde_json::Number> = serde_json::from_str(text).ok();
    match value {
        Some(_) => Some(text.to_owned()),
        None => {
            let number: f64 = text.parse().ok()?;
            number.is_finite().then(|| format!("{number:?}"))
        }
    }
}

/// What a form holds when it says these arguments (a JSON object): the way back of [`arguments`].
pub(super) fn filled_in(tool: &ToolSpec, arguments: &str) -> BTreeMap<String, String> {
    let given: BTreeMap<String, Box<RawValue>> =
        serde_json::from_str(arguments).unwrap_or_default();
    let fields = fields(&tool.parameters);
    let text = |name: &str, raw: &RawValue| {
        let kind = fields.iter().find(|field| field.name == name).map(|field| field.kind);
        match (kind, serde_json::from_str::<Value>(raw.get())) {
            (Some(FieldKind::Text | FieldKind::Choice), Ok(Value::String(text))) => text,
            (Some(FieldKind::List), Ok(Value::Array(items))) => {
                let lines: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                lines.join("\n")
            }
            _ => raw.get().to_owned(),
        }
    };
    given
        .iter()
        .filter(|(_, raw)| raw.get() != "null")
        .map(|(name, raw)| (name.clone(), text(name, raw)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn field(name: &str, schema: Value) -> ToolField {
        fields(&json!({"properties": {name: schema}, "required": [name]})).remove(0)
    }

    #[test]
    fn a_schema_becomes_fields_of_the_right_kinds() {
        for (schema, kind) in [
            (json!({"type": "string"}), FieldKind::Text),
            (json!({"type": ["null", "integer"]}), FieldKind::Whole),
            (json!({"type": "number"}), FieldKind::Number),
            (json!({"type": "boolean"}), FieldKind::YesNo),
            (json!({"type": "string", "enum": ["a", "b"]}), FieldKind::Choice),
            (json!({"type": "array", "items": {"type": "string"}}), FieldKind::List),
            (json!({"type": "array", "items": {"type": "object"}}), FieldKind::Json),
            (json!({"type": "object"}), FieldKind::Json),
            (json!({}), FieldKind::Json),
            (json!({"anyOf": [{"type": "integer"}, {"type": "null"}]}), FieldKind::Whole),
            (json!({"anyOf": [{"type": "object"}, {"type": "string"}]}), FieldKind::Json),
        ] {
            assert_eq!(field("f", schema.clone()).kind, kind, "{schema}");
        }
        assert!(fields(&json!({"type": "object"})).is_empty());
        assert!(fields(&json!(null)).is_empty());
    }

    #[test]
    fn arguments_go_into_a_form_and_come_out_as_they_were() {
        let tool = ToolSpec {
            name: "pay".to_owned(),
            description: String::new(),
            parameters: json!({
                "properties": {
                    "amount": {"type": "number"},
                    "ids": {"type": "array", "items": {"$ref": "#/$defs/Id"}},
                    "note": {"type": "string"},
                    "way": {"$ref": "#/$defs/Way"},
                    "more": {"type": "object"},
                },
                "$defs": {"Id": {"type": "string"}, "Way": {"enum": ["card", "cash"]}},
            }),
        };
        let call = r#"{"amount": 50.0, "ids": ["a","b"], "note": "two\nlines", "way": "cash", "more": {"n": 1.0}}"#;
        let form = filled_in(&tool, call);
        assert_eq!(form["amount"], "50.0");
        assert_eq!(form["ids"], "a\nb");
        assert_eq!(form["way"], "cash");
        let tools = [tool];
        assert_eq!(arguments(&tools, "pay", &form).expect("it fits"), call);
        assert!(arguments(&tools, "sing", &form).is_err());
        let empty = ToolSpec {
            name: "move".to_owned(),
            description: String::new(),
            parameters: json!({"properties": {"line": {"type": "string"}}, "required": ["line"]}),
        };
        let form = filled_in(&empty, r#"{"line": ""}"#);
        let tools = [empty];
        assert_eq!(arguments(&tools, "move", &form).expect("it fits"), r#"{"line": ""}"#);
        assert!(arguments(&tools, "move", &BTreeMap::new()).is_err());
    }

    #[test]
    fn what_was_typed_becomes_json_without_changing_numbers() {
        for (schema, typed, expected) in [
            (json!({"type": "number"}), "50.0", Ok("50.0")),
            (json!({"type": "number"}), " 50 ", Ok("50")),
            (json!({"type": "number"}), ".5", Ok("0.5")),
            (json!({"type": "number"}), "inf", Err("write a number, such as 12.5")),
            (json!({"type": "integer"}), "+3", Ok("3")),
            (json!({"type": "integer"}), "3.0", Err("write a whole number, such as 3")),
            (json!({"type": "string"}), " a \"b\" ", Ok(r#"" a \"b\" ""#)),
            (json!({"type": "boolean"}), "true", Ok("true")),
            (json!({"type": "boolean"}), "yes", Err("choose yes or no")),
            (json!({"type": "string", "enum": ["a"]}), "b", Err("choose one of the values")),
            (
                json!({"type": "array", "items": {"type": "string"}}),
                "a\n\n b \n",
                Ok(r#"["a","b"]"#),
            ),
            (json!({"type": "object"}), r#"{"n": 1.0}"#, Ok(r#"{"n": 1.0}"#)),
            (json!({"type": "object"}), "{oops", Err("it is not well-formed")),
        ] {
            let told = value(&field("f", schema.clone()), typed);
            assert_eq!(told.as_deref(), expected.as_deref(), "{schema} {typed:?}");
        }
    }
}
