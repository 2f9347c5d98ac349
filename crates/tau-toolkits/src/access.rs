//! Fields, keys and items of values, with Python's messages where there is none.

use std::sync::Arc;

use crate::python::{hashable, type_name};
use crate::raised::Raised;
use crate::value::Value;

impl Value {
    /// `self.name`
    ///
    /// # Errors
    /// An `AttributeError` when there is no such field.
    pub fn attr(&self, name: &str) -> Result<&Value, Raised> {
        self.as_model()
            .and_then(|model| model.get(name))
            .ok_or_else(|| Raised::attribute(self, name))
    }

    /// For changing `self.name`, or what it holds.
    ///
    /// # Errors
    /// An `AttributeError` when there is no such field.
    pub fn attr_mut(&mut self, name: &str) -> Result<&mut Value, Raised> {
        let missing = Raised::attribute(self, name);
        match self {
            Value::Model(model) => Arc::make_mut(model).get_mut(name).ok_or(missing),
            _ => Err(missing),
        }
    }

    /// `self.name = value`, unchecked as in upstream's models.
    ///
    /// # Errors
    /// An `AttributeError` when there is no such field.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) -> Result<(), Raised> {
        *self.attr_mut(name)? = value.into();
        Ok(())
    }

    /// `self[key]` of a dict.
    ///
    /// # Errors
    /// A `KeyError` when it is absent, a `TypeError` for what has no keys.
    pub fn entry(&self, key: &Value) -> Result<&Value, Raised> {
        match self {
            Value::Dict(entries) => {
                hashable(key)?;
                key.as_str().and_then(|key| entries.get(key)).ok_or_else(|| Raised::key(key))
            }
            _ => Err(Raised::type_error(format!(
                "'{}' object is not subscriptable",
                type_name(self)
            ))),
        }
    }

    /// For changing `self[key]`, or what it holds.
    ///
    /// # Errors
    /// A `KeyError` when it is absent, a `TypeError` for what has no keys.
    pub fn entry_mut(&mut self, key: &Value) -> Result<&mut Value, Raised> {
        self.entry(key)?;
        match (self, key.as_str()) {
            (Value::Dict(entries), Some(name)) => {
                Arc::make_mut(entries).get_mut(name).ok_or_else(|| Raised::key(key))
            }
            _ => Err(Raised::key(key)),
        }
    }

    /// `self[key] = value` of a dict; a key that is no string is refused.
    ///
    /// # Errors
    /// A `TypeError` for what has no keys.
    pub fn put(&mut self, key: &str, value: impl Into<Value>) -> Result<(), Raised> {
        match self {
            Value::Dict(entries) => {
                Arc::make_mut(entries).insert(key.into(), value.into());
                Ok(())
            }
            _ => Err(Raised::type_error(format!(
                "'{}' object does not support item assignment",
                type_name(self)
            ))),
        }
    }

    /// `self.pop(key)` of a dict.
    ///
    /// # Errors
    /// A `KeyError` when it is absent, a `TypeError` for what has no keys.
    pub fn remove(&mut self, key: &Value) -> Result<Value, Raised> {
        self.entry(key)?;
        match (self, key.as_str()) {
            (Value::Dict(entries), Some(name)) => {
                Arc::make_mut(entries).shift_remove(name).ok_or_else(|| Raised::key(key))
            }
            _ => Err(Raised::key(key)),
        }
    }

    /// `self.append(value)`
    ///
    /// # Errors
    /// An `AttributeError` for what is no list.
    pub fn push(&mut self, value: impl Into<Value>) -> Result<(), Raised> {
        match self {
            Value::List(items) => {
                Arc::make_mut(items).push(value.into());
                Ok(())
            }
            _ => Err(Raised::attribute(self, "append")),
        }
    }

    /// The items of a list, for changing them.
    ///
    /// # Errors
    /// A `TypeError` for what is no list.
    pub fn items_mut(&mut self) -> Result<&mut Vec<Value>, Raised> {
        match self {
            Value::List(items) => Ok(Arc::make_mut(items)),
            _ => Err(Raised::type_error(format!("'{}' object is not iterable", type_name(self)))),
        }
    }
}
