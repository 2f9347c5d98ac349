//! Behaviour against answers recorded from CPython 3.11.7, limits, and the heap.

mod heap;
mod limits;
mod recorded;

use crate::*;
use std::sync::Arc;

/// A program of one module `m`, with an empty data base.
fn program(text: &str) -> Result<Program, Vec<LoadError>> {
    Program::compile(&[ModuleSource {
        name: "m".into(),
        file: "m.py".into(),
        text: text.into(),
        part: Part::Whole,
    }])
}

fn heap(json: &str) -> Heap {
    let tables: Vec<(String, String)> = vec![("t".into(), json.into())];
    Heap::new(Arc::new(Base::from_json_tables(&tables).unwrap()))
}

fn episode() -> Episode {
    Episode::new("2025-09-22T12:00:00", 7).unwrap()
}

/// Runs `f(*args)` of a program.
fn run(
    program: &Program,
    heap: &mut Heap,
    limits: &Limits,
    args: &[Value],
) -> Result<Value, CallError> {
    call(program, heap, &mut episode(), limits, program.find("m.f").unwrap(), args, &[])
}
