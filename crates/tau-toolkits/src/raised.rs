//! The exceptions of upstream's tools. Their texts reach the model that is tested, so they are Python's.

use thiserror::Error;

use crate::python;
use crate::value::Value;

/// The class of an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    ZeroDivisionError,
    OverflowError,
    SyntaxError,
    /// pydantic's `ValidationError`
    ValidationError,
    /// One of our own limits; upstream knows no such error.
    Limit,
}

/// An exception that a tool raised: its class and `str(exception)`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{text}")]
pub struct Raised {
    /// The exception's class.
    pub kind: Kind,
    /// What Python's `str` of the exception gives.
    pub text: String,
}

/// What a method gives.
pub type Outcome = Result<Value, Raised>;

impl Raised {
    /// An exception of any class.
    pub fn new(kind: Kind, text: impl Into<String>) -> Raised {
        Raised { kind, text: text.into() }
    }

    /// `ValueError(text)`
    pub fn value(text: impl Into<String>) -> Raised {
        Raised::new(Kind::ValueError, text)
    }

    /// `TypeError(text)`
    pub fn type_error(text: impl Into<String>) -> Raised {
        Raised::new(Kind::TypeError, text)
    }

    /// `KeyError(key)`, whose text is the key's `repr`.
    pub fn key(key: &Value) -> Raised {
        Raised::new(Kind::KeyError, python::repr_of(key))
    }

    /// What reading an absent attribute of a value raises.
    pub fn attribute(value: &Value, name: &str) -> Raised {
        let class = python::type_name(value);
        Raised::new(Kind::AttributeError, format!("'{class}' object has no attribute '{name}'"))
    }

    /// `AssertionError(text)`; a bare `assert` has no text.
    pub fn assertion(text: impl Into<String>) -> Raised {
        Raised::new(Kind::AssertionError, text)
    }
}
