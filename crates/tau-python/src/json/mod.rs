//! JSON exactly as Python's `json` module reads and writes it.

mod read;
mod write;

pub(crate) use read::{Sink, read};
pub(crate) use write::{Style, dumps, push_string};
