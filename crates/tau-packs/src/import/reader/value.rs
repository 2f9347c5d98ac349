//! What the reader works with.

use std::cell::RefCell;
use std::rc::Rc;

use indexmap::IndexMap;
use ruff_python_ast::{Expr, StmtClassDef, StmtFunctionDef};
use serde_json::value::RawValue;

use super::super::literals::push_string;
use super::super::source::Module;
use super::Frame;

/// A value of the code that is read.
#[derive(Clone)]
pub(in super::super) enum Value {
    None,
    Bool(bool),
    Int(i64),
    /// Any other number, as JSON text.
    Number(Rc<str>),
    Str(Rc<str>),
    List(Rc<RefCell<Vec<Value>>>),
    Dict(Rc<RefCell<IndexMap<String, Value>>>),
    /// A value as JSON text, as it came out of a file.
    Json(Rc<str>),
    /// A file or folder of the release; the release's root is empty.
    Path(Rc<str>),
    /// A file of the release, opened.
    File(Rc<str>),
    /// Something of Python's own library, by its dotted name.
    Known(Rc<str>),
    Function(Rc<Module>, Rc<StmtFunctionDef>),
    Lambda(Frame, Rc<Expr>),
    Class(Rc<Module>, Rc<StmtClassDef>),
    Module(Rc<Module>),
    /// A module-level name that nobody has asked for yet.
    Reference(Rc<Module>, Rc<str>),
    /// The object under construction: its attributes.
    Object(Rc<RefCell<IndexMap<String, Value>>>),
    /// A value that depends on what is only known when upstream runs.
    Unknown(&'static str),
}

impl Value {
    pub fn str(text: impl Into<Rc<str>>) -> Value {
        Value::Str(text.into())
    }

    pub fn list(items: Vec<Value>) -> Value {
        Value::List(Rc::new(RefCell::new(items)))
    }

    pub fn dict(entries: IndexMap<String, Value>) -> Value {
        Value::Dict(Rc::new(RefCell::new(entries)))
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// What it is called in a message.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::None => "None",
            Value::Bool(_) => "a truth value",
            Value::Int(_) | Value::Number(_) => "a number",
            Value::Str(_) => "a string",
            Value::List(_) => "a list",
            Value::Dict(_) => "a dict",
            Value::Json(_) => "data of a file",
            Value::Path(_) => "a path",
            Value::File(_) => "an open file",
            Value::Known(_) => "something of the library",
            Value::Function(..) | Value::Lambda(..) => "a function",
            Value::Class(..) => "a class",
            Value::Module(_) => "a module",
            Value::Reference(..) => "a name",
            Value::Object(_) => "the environment itself",
            Value::Unknown(what) => what,
        }
    }

    /// Data of a file, opened by one level; anything else as it is.
    pub fn opened(self) -> Option<Value> {
        let Value::Json(text) = &self else { return Some(self) };
        let text = text.trim_start_matches('\u{feff}').trim();
        Some(match text.as_bytes().first()? {
            b'{' => {
                let entries: IndexMap<String, Box<RawValue>> = serde_json::from_str(text).ok()?;
                let inner = |raw: Box<RawValue>| Value::Json(raw.get().into()).leaf();
                Value::dict(entries.into_iter().map(|(k, raw)| (k, inner(raw))).collect())
            }
            b'[' => {
                let items: Vec<Box<RawValue>> = serde_json::from_str(text).ok()?;
                Value::list(
                    items.into_iter().map(|raw| Value::Json(raw.get().into()).leaf()).collect(),
                )
            }
            _ => self.leaf(),
        })
    }

    /// A string, number or constant out of a file as such; objects and lists stay text.
    fn leaf(self) -> Value {
        let Value::Json(text) = &self else { return self };
        match text.as_bytes().first() {
            Some(b'"') => match serde_json::from_str::<String>(text) {
                Ok(inner) => Value::str(inner),
                Err(_) => self,
            },
            Some(b't') => Value::Bool(true),
            Some(b'f') => Value::Bool(false),
            Some(b'n') => Value::None,
            Some(b'{' | b'[') => self,
            _ => match text.parse::<i64>() {
                Ok(number) if **text != *"-0" => Value::Int(number),
                _ => Value::Number(text.clone()),
            },
        }
    }

    /// Its JSON text; `None` when it is no data.
    pub fn json(&self) -> Option<String> {
        let mut out = String::new();
        self.write(&mut out, 0)?;
        Some(out)
    }

    fn write(&self, out: &mut String, depth: u32) -> Option<()> {
        if depth > 100 {
            return None;
        }
        match self {
            Value::None => out.push_str("null"),
            Value::Bool(true) => out.push_str("true"),
            Value::Bool(false) => out.push_str("false"),
            Value::Int(number) => out.push_str(&number.to_string()),
            Value::Number(text) | Value::Json(text) => out.push_str(text),
            Value::Str(text) => push_string(text, out),
            Value::List(items) => {
                out.push('[');
                for (index, item) in items.borrow().iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    item.write(out, depth + 1)?;
                }
                out.push(']');
            }
            Value::Dict(entries) => {
                out.push('{');
                for (index, (key, item)) in entries.borrow().iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    push_string(key, out);
                    out.push_str(": ");
                    item.write(out, depth + 1)?;
                }
                out.push('}');
            }
            _ => return None,
        }
        Some(())
    }

    /// Python's truth of it, where that is known.
    pub fn truth(&self) -> Option<bool> {
        Some(match self {
            Value::None => false,
            Value::Bool(truth) => *truth,
            Value::Int(number) => *number != 0,
            Value::Str(text) => !text.is_empty(),
            Value::List(items) => !items.borrow().is_empty(),
            Value::Dict(entries) => !entries.borrow().is_empty(),
            Value::Path(_) | Value::Function(..) | Value::Class(..) | Value::Module(_) => true,
            Value::Known(name) => &**name != "typing.TYPE_CHECKING",
            Value::Json(_) => return self.clone().opened()?.known_truth(),
            _ => return None,
        })
    }

    fn known_truth(&self) -> Option<bool> {
        match self {
            Value::Json(_) => None,
            other => other.truth(),
        }
    }

    /// Python's equality, where both sides are plain.
    pub fn equals(&self, other: &Value) -> Option<bool> {
        Some(match (self, other) {
            (Value::None, Value::None) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::Path(a), Value::Path(b)) => a == b,
            (Value::Unknown(_), _) | (_, Value::Unknown(_)) => return None,
            (Value::None | Value::Str(_), _) | (_, Value::None | Value::Str(_)) => false,
            _ => return None,
        })
    }
}
