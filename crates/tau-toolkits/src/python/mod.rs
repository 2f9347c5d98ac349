//! Python's operations on values whose type nobody checked, with the texts of what cannot be done.
//!
//! Arguments reach upstream's tools as the model wrote them. A wrong type is found where it is first used,
//! and that operation's message is what the model reads.

mod number;

use std::cmp::Ordering;
use std::fmt::Write;

use tau_python::exact;

pub use number::{
    absolute, add, add_assign, at_least, at_most, fixed2, greater, less, multiply, negate, round2,
    sorted, subtract, subtract_assign,
};

use crate::raised::Raised;
use crate::value::Value;
use number::numbers;

/// `type(value).__name__`
pub fn type_name(value: &Value) -> &'static str {
    match value {
        Value::None => "NoneType",
        Value::Bool(_) => "bool",
        Value::Int(_) => "int",
        Value::Float(_) => "float",
        Value::Str(_) => "str",
        Value::List(_) => "list",
        Value::Dict(_) => "dict",
        Value::Model(model) => model.class.name,
        Value::Member(class, _) => class.name,
        Value::Date(_) => "datetime.date",
        Value::DateTime(_) => "datetime.datetime",
    }
}

/// `str(value)`, which is what an f-string shows.
pub fn str_of(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Str(text) => out.push_str(text),
        Value::Member(class, number) => {
            let _ = write!(out, "{}.{}", class.name, class.members[*number].0);
        }
        Value::Date(date) => {
            let _ = write!(out, "{date}");
        }
        Value::DateTime(time) => {
            let _ = write!(out, "{time}");
        }
        Value::Model(model) => {
            push_fields(&mut out, model, " ");
        }
        other => push_repr(&mut out, other),
    }
    out
}

/// `repr(value)`
pub fn repr_of(value: &Value) -> String {
    let mut out = String::new();
    push_repr(&mut out, value);
    out
}

fn push_repr(out: &mut String, value: &Value) {
    let _ = match value {
        Value::None => out.write_str("None"),
        Value::Bool(true) => out.write_str("True"),
        Value::Bool(false) => out.write_str("False"),
        Value::Int(number) => write!(out, "{number}"),
        Value::Float(number) => {
            exact::push_float(out, *number);
            Ok(())
        }
        Value::Str(text) => {
            exact::push_str_repr(out, text);
            Ok(())
        }
        Value::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                push_repr(out, item);
            }
            out.write_char(']')
        }
        Value::Dict(entries) => {
            out.push('{');
            for (i, (key, item)) in entries.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                exact::push_str_repr(out, key);
                out.push_str(": ");
                push_repr(out, item);
            }
            out.write_char('}')
        }
        Value::Model(model) => {
            out.push_str(model.class.name);
            out.push('(');
            push_fields(out, model, ", ");
            out.write_char(')')
        }
        Value::Member(class, number) => {
            let (name, word) = class.members[*number];
            let _ = write!(out, "<{}.{name}: ", class.name);
            exact::push_str_repr(out, word);
            out.write_char('>')
        }
        Value::Date(date) => {
            write!(out, "datetime.date({}, {}, {})", date.year, date.month, date.day)
        }
        Value::DateTime(time) => {
            let date = time.date;
            let _ = write!(
                out,
                "datetime.datetime({}, {}, {}, {}, {}",
                date.year, date.month, date.day, time.hour, time.minute
            );
            if time.second > 0 || time.microsecond > 0 {
                let _ = write!(out, ", {}", time.second);
            }
            if time.microsecond > 0 {
                let _ = write!(out, ", {}", time.microsecond);
            }
            out.write_char(')')
        }
    };
}

fn push_fields(out: &mut String, model: &crate::value::Model, between: &str) {
    for (i, (field, value)) in model.class.fields.iter().zip(&model.fields).enumerate() {
        out.push_str(if i > 0 { between } else { "" });
        out.push_str(field.name);
        out.push('=');
        push_repr(out, value);
    }
}

/// `bool(value)`
pub fn truthy(value: &Value) -> bool {
    match value {
        Value::None => false,
        Value::Bool(b) => *b,
        Value::Int(number) => *number != 0,
        Value::Float(number) => *number != 0.0,
        Value::List(items) => !items.is_empty(),
        Value::Dict(entries) => !entries.is_empty(),
        Value::Model(_) | Value::Date(_) | Value::DateTime(_) => true,
        Value::Str(_) | Value::Member(..) => value.as_str().is_some_and(|text| !text.is_empty()),
    }
}

/// `a == b`: numbers across types, the order of keys ignored.
pub fn equal(a: &Value, b: &Value) -> bool {
    if let (Some(a), Some(b)) = (a.as_str(), b.as_str()) {
        return a == b;
    }
    match (a, b) {
        (Value::None, Value::None) => true,
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| equal(a, b))
        }
        (Value::Dict(a), Value::Dict(b)) => {
            let same = |(key, item)| b.get(key).is_some_and(|other| equal(item, other));
            a.len() == b.len() && a.iter().all(same)
        }
        (Value::Model(a), Value::Model(b)) => {
            std::ptr::eq(a.class, b.class)
                && a.fields.iter().zip(&b.fields).all(|(a, b)| equal(a, b))
        }
        (Value::Date(a), Value::Date(b)) => a == b,
        (Value::DateTime(a), Value::DateTime(b)) => a == b,
        _ => numbers(a, b).is_some_and(|order| order == Some(Ordering::Equal)),
    }
}

/// `len(a)`
///
/// # Errors
/// A `TypeError` for what has no length.
pub fn len(a: &Value) -> Result<usize, Raised> {
    match a {
        Value::List(items) => Ok(items.len()),
        Value::Dict(entries) => Ok(entries.len()),
        _ => a.as_str().map(|text| text.chars().count()).ok_or_else(|| {
            Raised::type_error(format!("object of type '{}' has no len()", type_name(a)))
        }),
    }
}

/// What `for x in a` walks through.
///
/// # Errors
/// A `TypeError` for what cannot be walked through.
pub fn iterate(a: &Value) -> Result<Vec<Value>, Raised> {
    match a {
        Value::List(items) => Ok(items.to_vec()),
        Value::Dict(entries) => Ok(entries.keys().map(|key| Value::Str(key.clone())).collect()),
        _ => match a.as_str() {
            Some(text) => Ok(text.chars().map(|c| Value::str(c.to_string())).collect()),
            None => Err(Raised::type_error(format!("'{}' object is not iterable", type_name(a)))),
        },
    }
}

/// Whether a value may be a key; the error of looking an unhashable one up.
///
/// # Errors
/// A `TypeError` for lists, dicts and objects of models.
pub fn hashable(a: &Value) -> Result<(), Raised> {
    match a {
        Value::List(_) | Value::Dict(_) | Value::Model(_) => {
            Err(Raised::type_error(format!("unhashable type: '{}'", type_name(a))))
        }
        _ => Ok(()),
    }
}

/// `needle in haystack`
///
/// # Errors
/// A `TypeError` where Python raises one.
pub fn contains(haystack: &Value, needle: &Value) -> Result<bool, Raised> {
    match haystack {
        Value::Dict(entries) => {
            hashable(needle)?;
            Ok(needle.as_str().is_some_and(|key| entries.contains_key(key)))
        }
        Value::List(items) => Ok(items.iter().any(|item| equal(item, needle))),
        _ => match (haystack.as_str(), needle.as_str()) {
            (Some(text), Some(part)) => Ok(text.contains(part)),
            (Some(_), None) => Err(Raised::type_error(format!(
                "'in <string>' requires string as left operand, not {}",
                type_name(needle)
            ))),
            (None, _) => Err(Raised::type_error(format!(
                "argument of type '{}' is not iterable",
                type_name(haystack)
            ))),
        },
    }
}

/// `a.count(needle)`
///
/// # Errors
/// An `AttributeError` for what does not count, a `TypeError` for what a string cannot hold.
pub fn count(a: &Value, needle: &Value) -> Result<usize, Raised> {
    match a {
        Value::List(items) => Ok(items.iter().filter(|item| equal(item, needle)).count()),
        Value::Str(text) => match needle.as_str() {
            Some("") => Ok(text.chars().count() + 1),
            Some(part) => Ok(text.matches(part).count()),
            None => Err(Raised::type_error(format!("must be str, not {}", type_name(needle)))),
        },
        _ => Err(Raised::attribute(a, "count")),
    }
}

/// `a.lower()`
///
/// # Errors
/// An `AttributeError` for what is no string.
pub fn lower(a: &Value) -> Result<String, Raised> {
    a.as_str().map(str::to_lowercase).ok_or_else(|| Raised::attribute(a, "lower"))
}

/// Whether Python's `str.strip` takes a character away.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}
