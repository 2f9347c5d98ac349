//! The values that tools work on: Python's plain values and objects of models, as a tree.
//!
//! Containers are shared until they are changed, so that an environment costs a few pointers and a tool
//! copies only the path to what it changes. Upstream's tools never observe that two places hold the same
//! object, apart from the shared VPN details of telecom, which its toolkit keeps itself.

use std::sync::Arc;

use indexmap::IndexMap;
use tau_python::{Base, Heap, JsonError};

use crate::date::{Date, DateTime};
use crate::schema::{Class, EnumClass};

/// A dict with string keys, in insertion order. Keys that are members of a string enum are their values.
pub type Map = IndexMap<Arc<str>, Value>;

/// A Python value.
#[derive(Clone, Debug)]
pub enum Value {
    /// `None`
    None,
    /// `True` or `False`
    Bool(bool),
    /// An integer. What does not fit is refused when it is read.
    Int(i128),
    /// A float.
    Float(f64),
    /// A string.
    Str(Arc<str>),
    /// A list, or a tuple where upstream returns one.
    List(Arc<Vec<Value>>),
    /// A dict.
    Dict(Arc<Map>),
    /// An object of a model.
    Model(Arc<Model>),
    /// A member of a string enum: its class and number.
    Member(&'static EnumClass, usize),
    /// `datetime.date`
    Date(Date),
    /// `datetime.datetime` without zone
    DateTime(DateTime),
}

/// An object of a model: a value for each field of its class, in the class's order.
#[derive(Clone, Debug)]
pub struct Model {
    /// The model.
    pub class: &'static Class,
    /// The values; assigned ones are not checked, as upstream's are not.
    pub fields: Vec<Value>,
}

impl Model {
    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.fields.get(self.class.position(name)?)
    }

    /// For changing a field.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.fields.get_mut(self.class.position(name)?)
    }
}

impl Value {
    /// A string value.
    pub fn str(text: impl Into<Arc<str>>) -> Value {
        Value::Str(text.into())
    }

    /// A list value.
    pub fn list(items: Vec<Value>) -> Value {
        Value::List(Arc::new(items))
    }

    /// A dict value.
    pub fn dict(entries: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
        Value::Dict(Arc::new(entries.into_iter().map(|(k, v)| (k.into(), v)).collect()))
    }

    /// Whether this is `None`.
    pub fn is_none(&self) -> bool {
        matches!(self, Value::None)
    }

    /// The text of a string or of a member of a string enum (which is a string to Python).
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Str(text) => Some(text),
            Value::Member(class, number) => Some(class.members[*number].1),
            _ => None,
        }
    }

    /// The entries of a dict.
    pub fn as_dict(&self) -> Option<&Map> {
        match self {
            Value::Dict(map) => Some(map),
            _ => None,
        }
    }

    /// The object of a model.
    pub fn as_model(&self) -> Option<&Model> {
        match self {
            Value::Model(model) => Some(model),
            _ => None,
        }
    }

    /// `isinstance(value, class)`, for models without subclasses.
    pub fn is_a(&self, class: &'static Class) -> bool {
        self.as_model().is_some_and(|model| std::ptr::eq(model.class, class))
    }

    /// Reads JSON as Python's `json.loads` does.
    ///
    /// # Errors
    /// Python's message, or which limit the text is beyond.
    pub fn read_json(text: &str) -> Result<Value, String> {
        let told = |error: JsonError| match error {
            JsonError::Malformed { message } => message,
            JsonError::Limit(limit) => limit.to_string(),
        };
        let mut heap = Heap::new(Arc::new(Base::from_json_tables(&[]).map_err(told)?));
        let read = heap.read_json(text).map_err(told)?;
        Value::of_heap(&heap, &read)
    }

    fn of_heap(heap: &Heap, value: &tau_python::Value) -> Result<Value, String> {
        Ok(match value {
            tau_python::Value::Bool(b) => Value::Bool(*b),
            tau_python::Value::Int(i) => Value::Int(i128::from(*i)),
            tau_python::Value::Big(big) => {
                let digits = big.to_string();
                let number = digits.parse().map_err(|_| format!("{digits} is too large"))?;
                Value::Int(number)
            }
            tau_python::Value::Float(f) => Value::Float(*f),
            tau_python::Value::Str(text) => Value::Str(text.clone()),
            other => {
                if let Some(items) = heap.items(other) {
                    let items = items.iter().map(|item| Value::of_heap(heap, item));
                    Value::list(items.collect::<Result<_, _>>()?)
                } else if let Some(entries) = heap.entries(other) {
                    let mut map = Map::with_capacity(entries.len());
                    for (key, item) in entries {
                        let key = key.value().as_str().unwrap_or_default();
                        map.insert(key.into(), Value::of_heap(heap, item)?);
                    }
                    Value::Dict(Arc::new(map))
                } else {
                    Value::None
                }
            }
        })
    }

    /// Reads a TOML document, as upstream's database files are written.
    ///
    /// # Errors
    /// With place and reason.
    pub fn read_toml(text: &str) -> Result<Value, String> {
        let table: toml::Table =
            text.parse().map_err(|error: toml::de::Error| error.to_string())?;
        Ok(Value::of_table(&table))
    }

    fn of_table(table: &toml::Table) -> Value {
        let entries = table.iter().map(|(key, value)| (key.as_str().into(), Value::of_toml(value)));
        Value::Dict(Arc::new(entries.collect()))
    }

    fn of_toml(value: &toml::Value) -> Value {
        match value {
            toml::Value::String(text) => Value::str(text.as_str()),
            toml::Value::Integer(number) => Value::Int(i128::from(*number)),
            toml::Value::Float(number) => Value::Float(*number),
            toml::Value::Boolean(b) => Value::Bool(*b),
            // Upstream's files quote their dates; a bare one is taken as its text.
            toml::Value::Datetime(time) => Value::str(time.to_string()),
            toml::Value::Array(items) => Value::list(items.iter().map(Value::of_toml).collect()),
            toml::Value::Table(table) => Value::of_table(table),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::str(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::str(text)
    }
}

impl From<bool> for Value {
    fn from(b: bool) -> Value {
        Value::Bool(b)
    }
}

impl From<i128> for Value {
    fn from(number: i128) -> Value {
        Value::Int(number)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value::Float(number)
    }
}
