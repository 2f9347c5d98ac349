//! From a tool's `def` to what the agent's model is told of it: the docstring's text and its `Args:`
//! section, and the annotations.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// A docstring taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docstring {
    /// The text before the first section, lines of a paragraph joined.
    pub description: String,
    /// `Args:` by parameter name.
    pub parameters: BTreeMap<String, String>,
}

/// Sections that end the description or the arguments.
const SECTIONS: [&str; 6] = ["Args:", "Arguments:", "Returns:", "Raises:", "Example:", "Note:"];

/// Takes a Google-style docstring apart.
pub fn parse_docstring(text: &str) -> Docstring {
    let mut doc = Docstring::default();
    let mut section = "";
    let mut paragraphs: Vec<String> = vec![String::new()];
    let mut current: Option<(String, usize)> = None;
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(header) = SECTIONS.iter().find(|header| **header == trimmed) {
            section = header;
            current = None;
            continue;
        }
        match section {
            "" if trimmed.is_empty() => paragraphs.push(String::new()),
            "" => {
                if let Some(last) = paragraphs.last_mut() {
                    push_word(last, trimmed);
                }
            }
            "Args:" | "Arguments:" if !trimmed.is_empty() => {
                let indent = line.len() - line.trim_start().len();
                let continues = current.as_ref().is_some_and(|(_, at)| indent > *at);
                if let (true, Some((name, _))) = (continues, &current) {
                    push_word(doc.parameters.entry(name.clone()).or_default(), trimmed);
                } else if let Some((name, rest)) = trimmed.split_once(':') {
                    // `name (type): text` is common elsewhere; the annotation has the type.
                    let name = name.split('(').next().unwrap_or(name).trim().to_owned();
                    doc.parameters.insert(name.clone(), rest.trim().to_owned());
                    current = Some((name, indent));
                }
            }
            _ => {}
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    doc.description = paragraphs.join("\n\n");
    doc
}

fn push_word(text: &mut String, more: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}

/// The JSON Schema of an annotation, and whether it admits `None`.
///
/// # Errors
/// When the annotation is not one of those that a pack may use.
pub fn annotation_schema(annotation: &str) -> Result<(Map<String, Value>, bool), String> {
    let text: String = annotation.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(inner) = text.strip_prefix("Optional[").and_then(|t| t.strip_suffix(']')) {
        return Ok((plain_schema(inner)?, true));
    }
    match text.strip_suffix("|None").or_else(|| text.strip_prefix("None|")) {
        Some(inner) => Ok((plain_schema(inner)?, true)),
        None => Ok((plain_schema(&text)?, false)),
    }
}

fn plain_schema(text: &str) -> Result<Map<String, Value>, String> {
    let simple = |name: &str| Some(Map::from_iter([("type".to_owned(), json!(name))]));
    let schema = match text {
        "str" => simple("string"),
        "int" => simple("integer"),
        "float" => simple("number"),
        "bool" => simple("boolean"),
        "dict" | "Dict" => simple("object"),
        "list" | "List" => simple("array"),
        _ if text.starts_with("dict[") || text.starts_with("Dict[") => simple("object"),
        _ => text
            .strip_prefix("list[")
            .or_else(|| text.strip_prefix("List["))
            .and_then(|t| t.strip_suffix(']'))
            .and_then(|inner| plain_schema(inner).ok())
            .and_then(|inner| {
                let mut schema = simple("array")?;
                schema.insert("items".to_owned(), Value::Object(inner));
                Some(schema)
            }),
    };
    schema.ok_or_else(|| {
        format!(
            "annotation {text:?} is not one of str, int, float, bool, dict, list[...], \
             or one of these with `| None`"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_docstring_gives_the_description_and_each_parameter() {
        let doc = parse_docstring(
            "Return items of a\n    delivered order.\n\n    Only once.\n\n    Args:\n        \
             order_id: The order,\n            such as O-1.\n        item_ids: Items: one or more.\n\n    \
             Returns:\n        The order.\n    ",
        );
        assert_eq!(doc.description, "Return items of a delivered order.\n\nOnly once.");
        assert_eq!(doc.parameters["order_id"], "The order, such as O-1.");
        assert_eq!(doc.parameters["item_ids"], "Items: one or more.");
        assert_eq!(doc.parameters.len(), 2);
    }

    #[test]
    fn annotations_become_json_schema() {
        let schema = |text| {
            let (map, optional) = annotation_schema(text).unwrap();
            (Value::Object(map).to_string(), optional)
        };
        assert_eq!(schema("str"), (r#"{"type":"string"}"#.into(), false));
        assert_eq!(
            schema("list[dict] | None"),
            (r#"{"type":"array","items":{"type":"object"}}"#.into(), true)
        );
        assert_eq!(schema("Optional[int]"), (r#"{"type":"integer"}"#.into(), true));
        assert!(annotation_schema("Decimal").is_err());
        assert!(annotation_schema("list[Decimal]").is_err());
    }
}
