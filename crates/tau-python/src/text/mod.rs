//! `str()` and `repr()`.

pub(crate) mod digits;
pub(crate) mod format;
mod printable;
pub(crate) mod template;

use crate::error::{ExcClass, ExcKind, Fault, LimitKind, R};
use crate::heap::{Container, Heap};
use crate::number;
use crate::value::{Map, Value, code_point};
use crate::vm::{Object, View};
pub(crate) use printable::is_printable;
use std::fmt::Write;

const MAX_DEPTH: usize = 900;

/// The name CPython's messages give a value's type: with the module for `datetime`.
pub(crate) fn type_name(heap: &Heap, value: &Value) -> String {
    match value {
        Value::Unset | Value::None => "NoneType",
        Value::Ellipsis => "ellipsis",
        Value::Bool(_) => "bool",
        Value::Int(_) | Value::Big(_) => "int",
        Value::Float(_) => "float",
        Value::Str(_) => "str",
        Value::Tuple(_) => "tuple",
        Value::List(_) => "list",
        Value::Dict(_) => "dict",
        Value::Set(_) => "set",
        Value::DateTime(_) => "datetime.datetime",
        Value::Date(_) => "datetime.date",
        Value::Delta(_) => "datetime.timedelta",
        Value::Function(_) => "function",
        Value::Class(_) | Value::Type(_) | Value::ExcType(_) => "type",
        Value::Member(class, _) => return heap.class_name(*class),
        Value::Builtin(_) => "builtin_function_or_method",
        Value::StrMethod(_) => "method_descriptor",
        Value::Module(_) => "module",
        Value::Object(id) => return heap.objects[*id as usize].type_name(heap),
    }
    .to_string()
}

/// `type(value).__name__`: without the module.
pub(crate) fn class_name(heap: &Heap, value: &Value) -> String {
    let name = type_name(heap, value);
    name.rsplit('.').next().unwrap_or_default().to_string()
}

pub(crate) fn str_of(heap: &Heap, value: &Value) -> R<String> {
    match value {
        Value::Str(s) => Ok(s.to_string()),
        other => {
            let mut out = String::new();
            Renderer::new(heap, &mut out).str(other)?;
            Ok(out)
        }
    }
}

pub(crate) fn push_str(heap: &Heap, out: &mut String, value: &Value) -> R<()> {
    match value {
        Value::Str(s) => {
            out.push_str(s);
            Ok(())
        }
        Value::Int(i) => {
            let _ = write!(out, "{i}");
            Ok(())
        }
        other => Renderer::new(heap, out).str(other),
    }
}

pub(crate) fn repr_of(heap: &Heap, value: &Value) -> R<String> {
    let mut out = String::new();
    push_repr(heap, &mut out, value)?;
    Ok(out)
}

pub(crate) fn push_repr(heap: &Heap, out: &mut String, value: &Value) -> R<()> {
    Renderer::new(heap, out).repr(value)
}

/// `str(exception)`.
pub(crate) fn exception_text(heap: &Heap, class: ExcClass, args: &[Value]) -> String {
    let text = match args {
        [] => Ok(String::new()),
        [key] if heap.exc_is_a(class, ExcKind::KeyError) => repr_of(heap, key),
        [Value::Int(code), message] if heap.exc_is_a(class, ExcKind::OverflowError) => {
            repr_of(heap, message).map(|m| format!("({code}, {m})"))
        }
        [one] => str_of(heap, one),
        many => repr_of(heap, &Value::tuple(many.to_vec())),
    };
    text.unwrap_or_else(|_| "...".to_string())
}

struct Renderer<'h, 'o> {
    heap: &'h Heap,
    out: &'o mut String,
    open: Vec<Container>,
    limit: usize,
}

impl<'h, 'o> Renderer<'h, 'o> {
    fn new(heap: &'h Heap, out: &'o mut String) -> Self {
        let limit = heap.remaining().saturating_add(out.len());
        Renderer { heap, out, open: Vec::new(), limit }
    }

    fn str(&mut self, value: &Value) -> R<()> {
        match value {
            Value::Str(s) => self.out.push_str(s),
            Value::DateTime(_) | Value::Date(_) | Value::Delta(_) => {
                self.out.push_str(&crate::builtins::datetime::str_text(value))
            }
            Value::Member(class, index) => {
                let name = self.heap.member_name(*class, *index);
                let _ = write!(self.out, "{}.{name}", self.heap.class_name(*class));
            }
            Value::Object(id) => {
                if let Object::Exception { class, args } = &self.heap.objects[*id as usize] {
                    self.out.push_str(&exception_text(self.heap, *class, args));
                } else {
                    self.repr(value)?;
                }
            }
            other => self.repr(other)?,
        }
        Ok(())
    }

    fn repr(&mut self, value: &Value) -> R<()> {
        match value {
            Value::Unset => {}
            Value::None => self.out.push_str("None"),
            Value::Ellipsis => self.out.push_str("Ellipsis"),
            Value::Bool(true) => self.out.push_str("True"),
            Value::Bool(false) => self.out.push_str("False"),
            Value::Int(i) => {
                let _ = write!(self.out, "{i}");
            }
            Value::Big(b) => self.out.push_str(&number::big_text(b)?),
            Value::Float(f) => push_float(self.out, *f),
            Value::Str(s) => push_str_repr(self.out, s),
            Value::Tuple(tuple) => {
                self.out.push('(');
                self.items(&tuple.items)?;
                self.out.push_str(if tuple.items.len() == 1 { ",)" } else { ")" });
            }
            Value::List(id) => self.container(Container::List(*id), "[...]", |r| {
                r.out.push('[');
                r.items(r.heap.list(*id))?;
                r.out.push(']');
                Ok(())
            })?,
            Value::Dict(id) => {
                self.container(Container::Dict(*id), "{...}", |r| r.entries(r.heap.dict(*id)))?
            }
            Value::Set(id) => {
                let elements = self.heap.set(*id);
                if elements.is_empty() {
                    self.out.push_str("set()");
                } else {
                    self.out.push('{');
                    for (i, key) in elements.iter().enumerate() {
                        if i > 0 {
                            self.out.push_str(", ");
                        }
                        self.repr(&key.0)?;
                    }
                    self.out.push('}');
                }
            }
            Value::DateTime(_) | Value::Date(_) | Value::Delta(_) => {
                self.out.push_str(&crate::builtins::datetime::repr_text(value))
            }
            Value::Member(class, index) => {
                let name = self.heap.member_name(*class, *index);
                let _ = write!(self.out, "<{}.{name}: ", self.heap.class_name(*class));
                let inner = self.heap.member_value(*class, *index);
                self.repr(&inner)?;
                self.out.push('>');
            }
            Value::Function(_) => self.out.push_str("<function>"),
            Value::Class(class) => {
                let _ = write!(self.out, "<class '{}'>", self.heap.class_name(*class));
            }
            Value::Builtin(b) => {
                let _ = write!(self.out, "<built-in function {}>", b.name());
            }
            Value::StrMethod(m) => {
                let _ = write!(self.out, "<method '{}' of 'str' objects>", m.name());
            }
            Value::Type(t) => {
                let _ = write!(self.out, "<class '{}'>", t.name());
            }
            Value::ExcType(class) => {
                let _ = write!(self.out, "<class '{}'>", self.heap.exc_name(*class));
            }
            Value::Module(m) => {
                let _ = write!(self.out, "<module '{}'>", m.name());
            }
            Value::Object(id) => self.object(*id)?,
        }
        if self.out.len() > self.limit {
            return Err(Fault::limit(LimitKind::Memory));
        }
        Ok(())
    }

    fn object(&mut self, id: u32) -> R<()> {
        match &self.heap.objects[id as usize] {
            Object::Exception { class, args } => {
                let _ = write!(self.out, "{}(", self.heap.exc_name(*class));
                self.items(args)?;
                self.out.push(')');
            }
            Object::Range(start, stop, 1) => {
                let _ = write!(self.out, "range({start}, {stop})");
            }
            Object::Range(start, stop, step) => {
                let _ = write!(self.out, "range({start}, {stop}, {step})");
            }
            Object::View(dict, view) => {
                let (dict, view) = (*dict, *view);
                let kind = self.heap.objects[id as usize].type_name(self.heap);
                let _ = write!(self.out, "{kind}([");
                self.container(Container::Dict(dict), "...", |r| {
                    for (i, (key, value)) in r.heap.dict(dict).iter().enumerate() {
                        if i > 0 {
                            r.out.push_str(", ");
                        }
                        match view {
                            View::Keys => r.repr(&key.0)?,
                            View::Values => r.repr(value)?,
                            View::Items => {
                                r.out.push('(');
                                r.repr(&key.0)?;
                                r.out.push_str(", ");
                                r.repr(value)?;
                                r.out.push(')');
                            }
                        }
                    }
                    Ok(())
                })?;
                self.out.push_str("])");
            }
            other => {
                let _ = write!(self.out, "<{} object>", other.type_name(self.heap));
            }
        }
        Ok(())
    }

    fn container(
        &mut self,
        which: Container,
        again: &str,
        render: impl FnOnce(&mut Self) -> R<()>,
    ) -> R<()> {
        if self.open.contains(&which) {
            self.out.push_str(again);
            return Ok(());
        }
        if self.open.len() > MAX_DEPTH {
            return Err(Fault::limit(LimitKind::DataDepth));
        }
        self.open.push(which);
        let done = render(self);
        self.open.pop();
        done
    }

    fn items(&mut self, items: &[Value]) -> R<()> {
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            self.repr(item)?;
        }
        Ok(())
    }

    fn entries(&mut self, entries: &Map) -> R<()> {
        self.out.push('{');
        for (i, (key, value)) in entries.iter().enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            self.repr(&key.0)?;
            self.out.push_str(": ");
            self.repr(value)?;
        }
        self.out.push('}');
        Ok(())
    }
}

/// `repr(float)`: the shortest digits that read back as the same float, in Python's layout.
pub(crate) fn push_float(out: &mut String, f: f64) {
    if f.is_nan() {
        return out.push_str("nan");
    }
    if f.is_infinite() {
        return out.push_str(if f > 0.0 { "inf" } else { "-inf" });
    }
    let start = out.len();
    let _ = write!(out, "{f:e}");
    let written = out.split_off(start);
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    out.push_str(sign);
    if (-4..16).contains(&exponent) {
        let mut digits = mantissa.chars().filter(|c| *c != '.');
        if exponent < 0 {
            out.push_str("0.");
            (1..-exponent).for_each(|_| out.push('0'));
            out.extend(digits);
        } else {
            (0..=exponent).for_each(|_| out.push(digits.next().unwrap_or('0')));
            out.push('.');
            let before = out.len();
            out.extend(digits);
            if out.len() == before {
                out.push('0');
            }
        }
    } else {
        let sign = if exponent < 0 { '-' } else { '+' };
        let _ = write!(out, "{mantissa}e{sign}{:02}", exponent.abs());
    }
}

/// `repr(str)`.
pub(crate) fn push_str_repr(out: &mut String, s: &str) {
    let quote = if s.contains('\'') && !s.contains('"') { '"' } else { '\'' };
    out.push(quote);
    for c in s.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if (' '..'\u{7f}').contains(&c) => out.push(c),
            c => {
                let code = code_point(c);
                if is_printable(code) && code == c as u32 {
                    out.push(c);
                } else if code < 0x100 {
                    let _ = write!(out, "\\x{code:02x}");
                } else if code < 0x10000 {
                    let _ = write!(out, "\\u{code:04x}");
                } else {
                    let _ = write!(out, "\\U{code:08x}");
                }
            }
        }
    }
    out.push(quote);
}

pub(crate) fn str_repr(s: &str) -> String {
    let mut out = String::with_capacity(s.len() + 2);
    push_str_repr(&mut out, s);
    out
}
