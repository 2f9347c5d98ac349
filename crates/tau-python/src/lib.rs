//! The ground of the engine: Python values on a copy-on-write heap, Python-exact text forms, and an
//! interpreter for a bounded, deterministic subset of Python.
//!
//! Tools of a domain are written in that subset (the reference is CPython 3.11). They run without
//! I/O; clock and randomness are inputs of the [`Episode`], and [`Limits`] bound what a call may
//! use. What the subset lacks is refused by [`Program::compile`] with file, line and reason.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod builtins;
mod code;
mod compare;
mod compile;
mod error;
pub mod exact;
mod hash;
mod heap;
mod json;
mod number;
mod program;
mod random;
pub mod syntax;
#[cfg(test)]
mod tests;
mod text;
mod value;
mod vm;

pub use compare::Difference;
pub use error::{CallError, JsonError, LimitKind, LoadError, RenderError};
pub use heap::{Base, Heap};
pub use program::{
    BadClock, Callable, CallableInfo, Episode, Limits, ModuleSource, Parameter, ParameterKind,
    Part, Program, call, variable,
};
pub use random::{Random, python_shuffle};
pub use value::{Key, Map, Tuple, Value};
