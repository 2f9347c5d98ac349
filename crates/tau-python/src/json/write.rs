//! Python's `json.dumps`.

use crate::error::{ExcKind, Fault, LimitKind, R};
use crate::heap::{Container, Heap};
use crate::number;
use crate::text;
use crate::value::{Key, Value, code_point};
use std::fmt::Write;

const MAX_DEPTH: usize = 900;

/// The options of `json.dumps`.
#[derive(Clone)]
pub(crate) struct Style {
    pub indent: Option<String>,
    pub item_separator: String,
    pub key_separator: String,
    pub sort_keys: bool,
    pub ensure_ascii: bool,
    pub allow_nan: bool,
    pub skip_keys: bool,
    /// `default=str`
    pub default_str: bool,
}

impl Default for Style {
    fn default() -> Style {
        Style {
            indent: None,
            item_separator: ", ".into(),
            key_separator: ": ".into(),
            sort_keys: false,
            ensure_ascii: true,
            allow_nan: true,
            skip_keys: false,
            default_str: false,
        }
    }
}

pub(crate) fn dumps(heap: &Heap, value: &Value, style: &Style) -> R<String> {
    let mut writer = Writer {
        heap,
        style,
        out: String::with_capacity(256),
        open: Vec::new(),
        level: 0,
        limit: heap.remaining(),
    };
    writer.value(value)?;
    Ok(writer.out)
}

struct Writer<'h> {
    heap: &'h Heap,
    style: &'h Style,
    out: String,
    open: Vec<Container>,
    level: usize,
    limit: usize,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value) -> R<()> {
        match value {
            Value::Str(s) => self.string(s),
            Value::None => self.out.push_str("null"),
            Value::Bool(true) => self.out.push_str("true"),
            Value::Bool(false) => self.out.push_str("false"),
            Value::Int(i) => {
                let _ = write!(self.out, "{i}");
            }
            Value::Big(b) => self.out.push_str(&number::big_text(b)?),
            Value::Float(f) if !f.is_finite() && !self.style.allow_nan => {
                return Err(Fault::value_error("Out of range float values are not JSON compliant"));
            }
            Value::Float(f) => self.float(*f),
            Value::List(id) => {
                self.enter(Container::List(*id))?;
                self.items(self.heap.list(*id))?;
                self.open.pop();
            }
            Value::Tuple(tuple) => self.items(&tuple.items)?,
            Value::Dict(id) => {
                self.enter(Container::Dict(*id))?;
                self.entries(*id)?;
                self.open.pop();
            }
            other if self.style.default_str => {
                let text = text::str_of(self.heap, other)?;
                self.string(&text);
            }
            other => {
                let name = text::class_name(self.heap, other);
                return Err(Fault::type_error(format!(
                    "Object of type {name} is not JSON serializable"
                )));
            }
        }
        if self.out.len() > self.limit {
            return Err(Fault::limit(LimitKind::Memory));
        }
        Ok(())
    }

    fn float(&mut self, f: f64) {
        if f.is_nan() {
            self.out.push_str("NaN");
        } else if f.is_infinite() {
            self.out.push_str(if f > 0.0 { "Infinity" } else { "-Infinity" });
        } else {
            text::push_float(&mut self.out, f);
        }
    }

    fn enter(&mut self, container: Container) -> R<()> {
        if self.open.contains(&container) {
            return Err(Fault::value_error("Circular reference detected"));
        }
        if self.open.len() > MAX_DEPTH {
            return Err(Fault::limit(LimitKind::DataDepth));
        }
        self.open.push(container);
        Ok(())
    }

    fn newline(&mut self, levels: usize) {
        if let Some(indent) = &self.style.indent {
            self.out.push('\n');
            for _ in 0..levels {
                self.out.push_str(indent);
            }
        }
    }

    fn items(&mut self, items: &[Value]) -> R<()> {
        if items.is_empty() {
            self.out.push_str("[]");
            return Ok(());
        }
        self.out.push('[');
        self.level += 1;
        let level = self.level;
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                self.out.push_str(&self.style.item_separator);
            }
            self.newline(level);
            self.value(item)?;
        }
        self.level -= 1;
        self.newline(level - 1);
        self.out.push(']');
        Ok(())
    }

    fn entries(&mut self, id: u32) -> R<()> {
        let entries = self.heap.dict(id);
        if entries.is_empty() {
            self.out.push_str("{}");
            return Ok(());
        }
        self.out.push('{');
        self.level += 1;
        let level = self.level;
        let mut first = true;
        if self.style.sort_keys {
            let mut keys: Vec<Value> = entries.keys().map(|k| k.0.clone()).collect();
            crate::compare::sort_values(self.heap, &mut keys, false)?;
            for key in keys {
                let key = Key(key);
                if let Some(value) = entries.get(&key) {
                    self.entry(&key, value, level, &mut first)?;
                }
            }
        } else {
            for (key, value) in entries {
                self.entry(key, value, level, &mut first)?;
            }
        }
        self.level -= 1;
        self.newline(level - 1);
        self.out.push('}');
        Ok(())
    }

    fn entry(&mut self, key: &Key, value: &Value, level: usize, first: &mut bool) -> R<()> {
        let plain = matches!(
            key.0,
            Value::Str(_)
                | Value::None
                | Value::Bool(_)
                | Value::Int(_)
                | Value::Big(_)
                | Value::Float(_)
        );
        if self.style.skip_keys && !plain {
            return Ok(());
        }
        if !std::mem::take(first) {
            self.out.push_str(&self.style.item_separator);
        }
        self.newline(level);
        match &key.0 {
            Value::Str(s) => self.string(s),
            Value::None | Value::Bool(_) | Value::Int(_) | Value::Big(_) | Value::Float(_) => {
                self.out.push('"');
                self.value(&key.0)?;
                self.out.push('"');
            }
            other => {
                let name = text::class_name(self.heap, other);
                return Err(Fault::text(
                    ExcKind::TypeError,
                    format!("keys must be str, int, float, bool or None, not {name}"),
                ));
            }
        }
        self.out.push_str(&self.style.key_separator);
        self.value(value)
    }

    fn string(&mut self, s: &str) {
        push_string(&mut self.out, s, self.style.ensure_ascii);
    }
}

/// A string in JSON's quotes; with `ascii`, everything outside of it is escaped.
pub(crate) fn push_string(out: &mut String, s: &str, ascii: bool) {
    out.push('"');
    let mut run = 0;
    for (i, byte) in s.bytes().enumerate() {
        if byte < 0x20 || byte == b'"' || byte == b'\\' || byte >= 0x7f {
            // Slow path from here on.
            out.push_str(&s[run..i]);
            run = i;
            if byte >= 0x7f {
                break;
            }
            escape(out, byte as char);
            run = i + 1;
        }
    }
    for c in s[run..].chars() {
        let plain = (' '..'\u{7f}').contains(&c) && c != '"' && c != '\\';
        if plain || (!ascii && c >= '\u{7f}' && code_point(c) == c as u32) {
            out.push(c);
        } else {
            escape(out, c);
        }
    }
    out.push('"');
}

fn escape(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        c => {
            let code = code_point(c);
            if code > 0xFFFF {
                let code = code - 0x10000;
                let _ = write!(
                    out,
                    "\\u{:04x}\\u{:04x}",
                    0xD800 + (code >> 10),
                    0xDC00 + (code & 0x3FF)
                );
            } else {
                let _ = write!(out, "\\u{code:04x}");
            }
        }
    }
}
