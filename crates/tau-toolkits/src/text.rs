//! The texts of values: what a tool's result looks like to the model, and what is hashed.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use tau_python::exact;

use crate::python;
use crate::value::{Map, Model, Value};

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

/// `json.dumps(value, indent=2)` of plain data, as part of a document in which it stands `level` deep: its
/// first line is not indented.
pub fn json_indented(value: &Value, level: usize) -> String {
    let mut out = String::with_capacity(1024);
    push_indented(&mut out, value, level);
    out
}

/// `json.dumps(model_dump, sort_keys=True, default=str)`: what upstream hashes.
pub fn preimage(value: &Value) -> String {
    written(value, Layout::Sorted)
}

/// The sorted texts of a database's rows as they were at first. A row that nobody changed is still the same
/// object, so what is hashed after a call is mostly put together from here.
pub(crate) struct RowTexts {
    base: Value,
    texts: OnceLock<HashMap<usize, String>>,
}

impl RowTexts {
    pub fn of(base: Value) -> RowTexts {
        RowTexts { base, texts: OnceLock::new() }
    }

    /// [`preimage`] of a database that began as this one.
    pub fn preimage(&self, database: &Value) -> String {
        let Value::Model(database) = database else { return preimage(database) };
        let mut out = String::with_capacity(4096);
        out.push('{');
        for (i, &number) in database.class.sorted().iter().enumerate() {
            push_key(&mut out, i, database.class.fields[number].name);
            match &database.fields[number] {
                Value::Dict(rows) => self.push_table(&mut out, rows),
                other => push(&mut out, other, Layout::Sorted),
            }
        }
        out.push('}');
        out
    }

    fn push_table(&self, out: &mut String, rows: &Map) {
        let texts = self.texts.get_or_init(|| self.texts());
        let mut rows: Vec<_> = rows.iter().collect();
        rows.sort_unstable_by_key(|row| row.0);
        out.push('{');
        for (i, (key, row)) in rows.into_iter().enumerate() {
            push_key(out, i, key);
            let known = match row {
                Value::Model(row) => texts.get(&address(row)),
                _ => None,
            };
            match known {
                Some(text) => out.push_str(text),
                None => push(out, row, Layout::Sorted),
            }
        }
        out.push('}');
    }

    fn texts(&self) -> HashMap<usize, String> {
        let tables = self.base.as_model().map(|base| base.fields.as_slice()).unwrap_or_default();
        let rows = tables.iter().filter_map(Value::as_dict).flat_map(|table| table.values());
        let text = |row: &Value| match row {
            Value::Model(model) => Some((address(model), preimage(row))),
            _ => None,
        };
        rows.filter_map(text).collect()
    }
}

/// Where a row lies. Only compared, and only with rows that `base` keeps alive.
fn address(row: &Arc<Model>) -> usize {
    Arc::as_ptr(row) as usize
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

fn push_indented(out: &mut String, value: &Value, level: usize) {
    let line = |out: &mut String, level: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", level));
    };
    match value {
        Value::List(items) if !items.is_empty() => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i > 0 { "," } else { "" });
                line(out, level + 1);
                push_indented(out, item, level + 1);
            }
            line(out, level);
            out.push(']');
        }
        Value::Dict(entries) if !entries.is_empty() => {
            out.push('{');
            for (i, (key, item)) in entries.iter().enumerate() {
                out.push_str(if i > 0 { "," } else { "" });
                line(out, level + 1);
                exact::push_json_string(out, key);
                out.push_str(": ");
                push_indented(out, item, level + 1);
            }
            line(out, level);
            out.push('}');
        }
        // What a document is made of is plain; an object of a model stands on its line.
        other => push(out, other, Layout::Dump),
    }
}

fn push_key(out: &mut String, number: usize, key: &str) {
    out.push_str(if number > 0 { ", " } else { "" });
    exact::push_json_string(out, key);
    out.push_str(": ");
}
