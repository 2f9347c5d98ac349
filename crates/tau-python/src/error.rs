//! What can go wrong: Python exceptions (which a tool may catch) and limits (which it may not).

use crate::value::Value;
use thiserror::Error;

macro_rules! exceptions {
    ($($name:ident < $base:ident),* $(,)?) => {
        /// A built-in exception class.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs)]
        pub enum ExcKind { BaseException, $($name),* }
        impl ExcKind {
            /// The class's name.
            pub fn name(self) -> &'static str {
                match self { ExcKind::BaseException => "BaseException", $(ExcKind::$name => stringify!($name)),* }
            }
            /// The class with this name.
            pub fn named(name: &str) -> Option<ExcKind> {
                match name { "BaseException" => Some(ExcKind::BaseException), $(stringify!($name) => Some(ExcKind::$name),)* _ => None }
            }
            /// The class it derives from.
            pub fn base(self) -> Option<ExcKind> {
                match self { ExcKind::BaseException => None, $(ExcKind::$name => Some(ExcKind::$base)),* }
            }
        }
    };
}

exceptions! {
    Exception < BaseException,
    ArithmeticError < Exception,
    ZeroDivisionError < ArithmeticError,
    OverflowError < ArithmeticError,
    AssertionError < Exception,
    AttributeError < Exception,
    LookupError < Exception,
    IndexError < LookupError,
    KeyError < LookupError,
    NameError < Exception,
    UnboundLocalError < NameError,
    RuntimeError < Exception,
    NotImplementedError < RuntimeError,
    RecursionError < RuntimeError,
    StopIteration < Exception,
    SyntaxError < Exception,
    TypeError < Exception,
    ValueError < Exception,
    UnicodeError < ValueError,
    JSONDecodeError < ValueError,
    OSError < Exception,
}

impl ExcKind {
    pub(crate) fn is_a(self, other: ExcKind) -> bool {
        let mut at = Some(self);
        while let Some(kind) = at {
            if kind == other {
                return true;
            }
            at = kind.base();
        }
        false
    }
}

/// An exception class: built in, or class number N of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExcClass {
    /// A built-in class.
    Builtin(ExcKind),
    /// A class the program defines.
    User(u32),
}

/// An exception on its way.
#[derive(Debug)]
pub(crate) struct Raised {
    pub class: ExcClass,
    pub args: Vec<Value>,
    /// The exception object, when there is one already.
    pub object: Option<Value>,
    /// Function number (file) and line of the innermost statement; line 0 until known.
    pub code: u32,
    pub line: u32,
}

/// Why evaluation stopped. Only `Raised` can be caught by a tool.
#[derive(Debug)]
pub(crate) enum Fault {
    Raised(Box<Raised>),
    Limit(Box<LimitHit>),
}

#[derive(Debug)]
pub(crate) struct LimitHit {
    pub kind: LimitKind,
    pub code: u32,
    pub line: u32,
}

pub(crate) type R<T> = Result<T, Fault>;

/// A limit of [`Limits`](crate::Limits).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LimitKind {
    /// Too many steps.
    #[error("the tool ran too many steps")]
    Steps,
    /// Too much memory.
    #[error("the tool asked for too much memory")]
    Memory,
    /// Calls nested too deeply.
    #[error("the tool's calls are nested too deeply")]
    CallDepth,
    /// Data nested too deeply.
    #[error("the data is nested too deeply")]
    DataDepth,
}

impl Fault {
    pub fn limit(kind: LimitKind) -> Fault {
        Fault::Limit(Box::new(LimitHit { kind, code: u32::MAX, line: 0 }))
    }

    pub fn new(kind: ExcKind, args: Vec<Value>) -> Fault {
        Fault::Raised(Box::new(Raised {
            class: ExcClass::Builtin(kind),
            args,
            object: None,
            code: u32::MAX,
            line: 0,
        }))
    }

    #[cold]
    pub fn text(kind: ExcKind, message: impl Into<String>) -> Fault {
        Fault::new(kind, vec![Value::str(message.into())])
    }

    #[cold]
    pub fn type_error(message: impl Into<String>) -> Fault {
        Fault::text(ExcKind::TypeError, message)
    }

    #[cold]
    pub fn value_error(message: impl Into<String>) -> Fault {
        Fault::text(ExcKind::ValueError, message)
    }

    #[cold]
    pub fn key_error(key: Value) -> Fault {
        Fault::new(ExcKind::KeyError, vec![key])
    }

    /// Notes where it happened, unless an inner statement already did.
    pub fn at(mut self, code: u32, line: u32) -> Fault {
        let (c, l) = match &mut self {
            Fault::Raised(r) => (&mut r.code, &mut r.line),
            Fault::Limit(h) => (&mut h.code, &mut h.line),
        };
        if *l == 0 {
            *c = code;
            *l = line;
        }
        self
    }
}

/// Why a text is not JSON, in the words of Python's `json.JSONDecodeError`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JsonError {
    /// The text is malformed; the message is `str(error)` of Python's exception.
    #[error("{message}")]
    Malformed {
        /// For example `Expecting value: line 1 column 1 (char 0)`.
        message: String,
    },
    /// The text is nested too deeply or too large for the memory limit.
    #[error("{0}")]
    Limit(LimitKind),
}

/// A reason why a module cannot be loaded.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}:{line}: {reason}")]
pub struct LoadError {
    /// The file, as named in the module's source.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// What the subset lacks or what does not parse.
    pub reason: String,
}

/// Why a call did not return a value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CallError {
    /// The tool raised an exception it did not catch.
    #[error("{message}")]
    Exception {
        /// The class's name, for example `KeyError`.
        type_name: String,
        /// `str(exception)`.
        message: String,
        /// Where it was raised; empty and 0 when binding the arguments failed.
        file: String,
        /// See `file`.
        line: u32,
    },
    /// A limit was hit. Tools cannot catch this.
    #[error("{kind} ({file}:{line})")]
    Limit {
        /// Which.
        kind: LimitKind,
        /// The file the tool was in.
        file: String,
        /// The line the tool was at.
        line: u32,
    },
}

/// A value that cannot be rendered: the exception Python would raise.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{type_name}: {message}")]
pub struct RenderError {
    /// The class's name, for example `TypeError`.
    pub type_name: String,
    /// `str(exception)`.
    pub message: String,
}
