//! How the practice agent reads values: out of what the customer said, and out of tool results.

use serde_json::Value;

/// What joins several values of one label in an answer.
pub(super) const AND_ALSO: &str = " and also ";
/// What a customer says who takes something back.
pub(super) const CORRECTION: &str = "I mixed that up";

/// The form of a value: enough to recognise one, not to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape(String);

impl Shape {
    /// The form of `text`: each digit counts, letters in a row count as one.
    pub(super) fn of(text: &str) -> Shape {
        if text.contains('@') {
            return Shape("@".to_owned());
        }
        if !text.chars().any(|letter| letter.is_ascii_digit()) || text.contains(' ') {
            return Shape("words".to_owned());
        }
        let mut form = String::new();
        for letter in text.chars() {
            let class = match letter {
                '0'..='9' => '9',
                letter if letter.is_alphabetic() => 'a',
                other => other,
            };
            if class != 'a' || !form.ends_with('a') {
                form.push(class);
            }
        }
        Shape(form)
    }

    /// Whether `text` could be such a value.
    pub(super) fn fits(&self, text: &str) -> bool {
        match self.0.as_str() {
            "@" => text.contains('@') && text.contains('.') && !text.contains(' '),
            "words" => !text.is_empty() && text.chars().count() <= 80,
            _ => Shape::of(text) == *self,
        }
    }

    /// Whether such a value stands out in a sentence without being announced.
    fn stands_out(&self) -> bool {
        self.0 == "@" || (self.0 != "words" && self.0.len() >= 5)
    }
}

/// The values that the customer has given for a label, in order and without repetition.
///
/// A value counts when it is announced by the label (`label: value`), or, where `alone` says that no
/// other kind of value looks like it, when its shape stands out. A customer who takes something back
/// starts the list anew.
pub(super) fn values_heard(label: &str, shape: &Shape, alone: bool, heard: &[&str]) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for text in heard {
        let mut here = announced(label, text);
        here.extend(told(label, text));
        here.retain(|value| shape.fits(value));
        if here.is_empty() && alone && shape.stands_out() {
            here = text
                .split_whitespace()
                .map(|token| token.trim_matches(|letter: char| ",.;:!?()'\"".contains(letter)))
                .filter(|token| shape.fits(token))
                .map(str::to_owned)
                .collect();
        }
        if !here.is_empty() && text.contains(CORRECTION) {
            values.clear();
        }
        for value in here {
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    values
}

/// The values behind `label:` in a text.
fn announced(label: &str, text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let marker = format!("{label}: ");
    let Some(at) = lower.find(&marker) else { return Vec::new() };
    // `order number: ` must not be found inside `new order number: `.
    if lower[..at].chars().next_back().is_some_and(char::is_alphanumeric)
        || lower[..at].trim_end().ends_with(char::is_alphanumeric)
    {
        return Vec::new();
    }
    let Some(rest) = text.get(at + marker.len()..) else { return Vec::new() };
    let end = [";", "\n", ". "].iter().filter_map(|stop| rest.find(stop)).min();
    let part = rest[..end.unwrap_or(rest.len())].trim().trim_end_matches('.');
    part.split(AND_ALSO)
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())
        .collect()
}

/// The value in `my label is value`, as a person says it.
fn told(label: &str, text: &str) -> Option<String> {
    let marker = format!("my {label} is ");
    let at = text.to_ascii_lowercase().find(&marker)?;
    let rest = text.get(at + marker.len()..)?;
    let ends = [";", "\n", ". ", ", ", " and my ", " and the "];
    let end = ends.iter().filter_map(|stop| rest.find(stop)).min().unwrap_or(rest.len());
    let value = rest[..end].trim().trim_end_matches(['.', '!', ',']);
    (!value.is_empty()).then(|| value.to_owned())
}

/// A step of the way into a tool result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Into an object.
    Field(String),
    /// Into a list.
    Index(usize),
    /// The name of this field of the object itself.
    Name(String),
}

/// A tool's answer as a value: JSON where it is JSON, else its text.
pub(super) fn parsed(observation: &str) -> Value {
    serde_json::from_str(observation).unwrap_or_else(|_| Value::String(observation.to_owned()))
}

/// The way to `wanted` in a result, preferring fields called `name`.
pub(super) fn way_to(result: &Value, wanted: &str, name: &str) -> Option<Vec<Way>> {
    let mut found = Vec::new();
    search(result, &mut Vec::new(), wanted, &mut found);
    let singular = name.trim_end_matches('s');
    let called = |way: &[Way]| {
        way.iter().rev().find_map(|step| match step {
            Way::Field(field) => Some(field == name || field == singular),
            _ => None,
        }) == Some(true)
    };
    let best = found.iter().position(|way| called(way)).unwrap_or(0);
    (!found.is_empty()).then(|| found.swap_remove(best))
}

fn search(value: &Value, way: &mut Vec<Way>, wanted: &str, found: &mut Vec<Vec<Way>>) {
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields {
                way.push(Way::Field(key.clone()));
                search(inner, way, wanted, found);
                way.pop();
                if key == wanted {
                    let mut to_name = way.clone();
                    to_name.push(Way::Name(key.clone()));
                    found.push(to_name);
                }
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                way.push(Way::Index(index));
                search(inner, way, wanted, found);
                way.pop();
            }
        }
        Value::String(text) if text.eq_ignore_ascii_case(wanted) => found.push(way.clone()),
        Value::Number(number) => {
            let same = match (number.as_f64(), wanted.parse::<f64>()) {
                (Some(left), Ok(right)) => (left - right).abs() < 1e-9,
                _ => false,
            };
            if same {
                found.push(way.clone());
            }
        }
        _ => {}
    }
}

/// The way to a text that contains `wanted`.
pub(super) fn way_to_part(result: &Value, wanted: &str) -> Option<Vec<Way>> {
    match result {
        Value::Object(fields) => fields.iter().find_map(|(key, inner)| {
            let mut way = way_to_part(inner, wanted)?;
            way.insert(0, Way::Field(key.clone()));
            Some(way)
        }),
        Value::Array(items) => items.iter().enumerate().find_map(|(index, inner)| {
            let mut way = way_to_part(inner, wanted)?;
            way.insert(0, Way::Index(index));
            Some(way)
        }),
        Value::String(text) => text.to_lowercase().contains(&wanted.to_lowercase()).then(Vec::new),
        _ => None,
    }
}

/// Follows a way in a result, which may be another result than the one the way was found in: where a
/// named record is not there, the first one is taken, as somebody would who looks at the wrong file.
pub(super) fn follow(result: &Value, way: &[Way]) -> Option<Value> {
    let mut here = result;
    for step in way {
        here = match step {
            Way::Field(field) => here.get(field).or_else(|| here.as_object()?.values().next())?,
            Way::Index(index) => here.get(index).or_else(|| here.get(0))?,
            Way::Name(name) => {
                let fields = here.as_object()?;
                let name = if fields.contains_key(name) { name } else { fields.keys().next()? };
                return Some(Value::String(name.clone()));
            }
        };
    }
    (!here.is_object() && !here.is_array()).then(|| here.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_is_read_behind_its_label_or_by_its_shape() {
        let shape = Shape::of("#W2378156");
        let heard = ["Hello, it is about #W1111111.", "Order number: #W2222222; zip: 12345."];
        assert_eq!(values_heard("order number", &shape, true, &heard), ["#W1111111", "#W2222222"]);
        assert_eq!(values_heard("order number", &shape, false, &heard), ["#W2222222"]);
        assert_eq!(values_heard("zip", &Shape::of("99999"), false, &heard), ["12345"]);
        assert!(values_heard("number", &shape, false, &heard).is_empty());
    }

    #[test]
    fn several_values_are_told_apart_and_corrections_count() {
        let shape = Shape::of("88");
        let heard = ["Pin end: 88 and also 90"];
        assert_eq!(values_heard("pin end", &shape, false, &heard), ["88", "90"]);
        let heard = ["Pin end: 98", "Sorry, I mixed that up. Pin end: 89"];
        assert_eq!(values_heard("pin end", &shape, false, &heard), ["89"]);
    }

    #[test]
    fn a_person_may_answer_in_a_sentence() {
        let heard = ["My name is Ingrid Solheim and my postcode is 5003."];
        assert_eq!(
            values_heard("name", &Shape::of("Some Body"), false, &heard),
            ["Ingrid Solheim"]
        );
        assert_eq!(values_heard("postcode", &Shape::of("1234"), false, &heard), ["5003"]);
        assert!(values_heard("code", &Shape::of("1234"), false, &heard).is_empty());
    }

    #[test]
    fn a_garbled_value_is_not_taken_for_one() {
        let heard = ["Phone number: 0770 um 0900572"];
        assert!(values_heard("phone number", &Shape::of("07700900572"), true, &heard).is_empty());
    }

    #[test]
    fn the_same_way_in_another_record_leads_to_another_value() {
        let gold = json!({"lines": [{"line_id": "L-1", "n": 2}, {"line_id": "L-2", "n": 3.5}], "by": {"P": 1}});
        let way = way_to(&gold, "L-2", "line_id").unwrap();
        let other = json!({"lines": [{"line_id": "L-7"}, {"line_id": "L-8"}]});
        assert_eq!(follow(&gold, &way), Some(json!("L-2")));
        assert_eq!(follow(&other, &way), Some(json!("L-8")));
        assert_eq!(follow(&gold, &way_to(&gold, "3.50", "n").unwrap()), Some(json!(3.5)));
        assert_eq!(follow(&gold, &way_to(&gold, "P", "x").unwrap()), Some(json!("P")));
    }
}
