//! The texts of values: what a tool's result looks like to the model, and what is hashed.

use sha2::{Digest, Sha256};
use std::fmt::Write;

use tau_python::exact;

use crate::python;
use crate::value::Value;

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// A tool's result outside a model: bare numbers are strings, dates are ISO.
    Result,
    /// Inside a model: numbers stay numbers, dates are `str(date)`.
    Dump,
    /// As within a model, keys sorted.
    Sorted,
}

/// Upstream's `to_json_str`: a string as it is, everything else as JSON.
pub fn to_json_str(value: &Value) -> String {
    match value.as_str() {
        Some(text) => text.to_string(),
        None => written(value, Layout::Result),
    }
}

/// `json.dumps(value)` of plain data.
pub fn json_dumps(value: &Value) -> String {
    written(value, Layout::Dump)
}

/// `json.dumps(model_dump, sort_keys=True, default=str)`: what upstream hashes.
pub fn preimage(value: &Value) -> String {
    written(value, Layout::Sorted)
}

/// SHA-256 of a text, in hexadecimal.
pub fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

fn written(value: &Value, layout: Layout) -> String {
    let mut out = String::with_capacity(256);
    push(&mut out, value, layout);
    out
}

fn push(out: &mut String, value: &Value, layout: Layout) {
    match value {
        Value::None => out.push_str("null"),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) if layout == Layout::Result => {
            out.push('"');
            out.push_str(&python::str_of(value));
            out.push('"');
        }
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Int(number) => {
            let _ = write!(out, "{number}");
        }
        Value::Float(number) if number.is_nan() => out.push_str("NaN"),
        Value::Float(number) if number.is_infinite() => {
            out.push_str(if *number > 0.0 { "Infinity" } else { "-Infinity" });
        }
        Value::Float(number) => exact::push_float(out, *number),
        Value::Str(_) | Value::Member(..) => {
            exact::push_json_string(out, value.as_str().unwrap_or_default());
        }
        Value::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                push(out, item, layout);
            }
            out.push(']');
        }
        Value::Dict(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            if layout == Layout::Sorted {
                // By bytes of UTF-8, which is by code point.
                entries.sort_unstable_by_key(|entry| entry.0);
            }
            out.push('{');
            for (i, (key, item)) in entries.into_iter().enumerate() {
                push_key(out, i, key);
                push(out, item, layout);
            }
            out.push('}');
        }
        Value::Model(model) => {
            let layout = if layout == Layout::Result { Layout::Dump } else { layout };
            out.push('{');
            for i in 0..model.fields.len() {
                let number = if layout == Layout::Sorted { model.class.sorted()[i] } else { i };
                push_key(out, i, model.class.fields[number].name);
                push(out, &model.fields[number], layout);
            }
            out.push('}');
        }
        Value::Date(date) => {
            let _ = write!(out, "\"{date}\"");
        }
        Value::DateTime(time) if layout == Layout::Result => {
            let _ = write!(out, "\"{}\"", time.iso());
        }
        Value::DateTime(time) => {
            let _ = write!(out, "\"{time}\"");
        }
    }
}

fn push_key(out: &mut String, number: usize, key: &str) {
    out.push_str(if number > 0 { ", " } else { "" });
    exact::push_json_string(out, key);
    out.push_str(": ");
}
