//! Snippets of the supported subset give what CPython 3.11 gives: the same `repr`, or an exception
//! of the same type with the same text.
//!
//! The answers in `cpython/*.jsonl` were recorded by `cpython/record.py`, which says how a snippet
//! becomes a module; [`module_text`] builds the same text. Each snippet is a program of its own, so
//! that one the loader refuses is reported by itself and hides no other.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use tau_python::{Base, CallError, Episode, Heap, Limits, ModuleSource, Part, Program, call};

/// What the subset leaves out on purpose: a snippet may be refused when it is loaded, with one of
/// these reasons and with no other, and never differ when it runs. Per theme, so that a reason which
/// no snippet meets any more is noticed.
const LEFT_OUT: &[(&str, &[&str])] = &[
    ("numbers", &["math.pow", "math.sin"]),
    ("strings", &["a lone surrogate in a string literal"]),
    ("json", &["a lone surrogate in a string literal", "a default of json.dumps other than str"]),
    ("datetime", &["the attribute \"timetuple\"", "datetime.datetime.combine"]),
    ("exceptions", &["the name \"undefined_name\""]),
];

/// What a snippet came to.
#[derive(PartialEq)]
enum Outcome {
    Result(String),
    /// `TypeName: str(error)`.
    Error(String),
    Limit(String),
    Refused(String),
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Outcome::Result(text) => write!(f, "{text}"),
            Outcome::Error(text) => write!(f, "raises {text}"),
            Outcome::Limit(text) => write!(f, "limit {text}"),
            Outcome::Refused(text) => write!(f, "refused {text}"),
        }
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cpython")
}

fn module_text(prelude: &str, source: &str) -> String {
    if !source.ends_with('\n') {
        return format!("{prelude}\n\ndef case():\n    return repr(({source}))\n");
    }
    let body: String = source
        .lines()
        .map(|line| if line.is_empty() { "\n".into() } else { format!("    {line}\n") })
        .collect();
    format!("{prelude}\n\ndef body():\n{body}\n\ndef case():\n    return repr(body())\n")
}

fn outcome(prelude: &str, base: &Arc<Base>, source: &str) -> Outcome {
    let module = ModuleSource {
        name: "snippet".into(),
        file: "snippet.py".into(),
        text: module_text(prelude, source),
        part: Part::Whole,
    };
    let program = match Program::compile(&[module]) {
        Ok(program) => program,
        Err(errors) => {
            let reasons: Vec<String> = errors.iter().map(|error| error.reason.clone()).collect();
            return Outcome::Refused(reasons.join("; "));
        }
    };
    let case = program.find("snippet.case").expect("every module defines case()");
    let mut heap = Heap::new(base.clone());
    let mut episode = Episode::new("2024-05-15T15:00:00", 1).unwrap();
    match call(&program, &mut heap, &mut episode, &Limits::default(), case, &[], &[]) {
        Ok(value) => Outcome::Result(heap.str(&value)),
        Err(CallError::Exception { type_name, message, .. }) => {
            Outcome::Error(format!("{type_name}: {message}"))
        }
        Err(limit) => Outcome::Limit(limit.to_string()),
    }
}

/// The differences of one file, each as printed, and how many snippets it holds.
fn differences(theme: &str) -> (Vec<String>, usize) {
    let prelude = std::fs::read_to_string(folder().join("prelude.py")).unwrap();
    let recorded = std::fs::read_to_string(folder().join(format!("{theme}.jsonl"))).unwrap();
    let base = Arc::new(Base::from_json_tables(&[]).unwrap());
    let left_out =
        LEFT_OUT.iter().find(|(other, _)| *other == theme).map_or(&[][..], |(_, all)| all);
    let mut unmet = left_out.to_vec();
    let mut found = Vec::new();
    for line in recorded.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| record[name].as_str().map(str::to_owned);
        let source = field("source").expect("a record has a source");
        let expected = match (field("result"), field("error")) {
            (Some(text), None) => Outcome::Result(text),
            (None, Some(text)) => Outcome::Error(text),
            _ => panic!("a record has a result or an error: {line}"),
        };
        let ours = outcome(&prelude, &base, &source);
        let reason = match &ours {
            Outcome::Refused(text) => left_out.iter().find(|reason| text.starts_with(**reason)),
            _ => None,
        };
        if let Some(reason) = reason {
            unmet.retain(|other| other != reason);
        } else if ours != expected {
            found.push(format!("{source}\n  CPython: {expected}\n  here:    {ours}"));
        }
    }
    found.extend(unmet.iter().map(|reason| format!("nothing is refused any more for: {reason}")));
    (found, recorded.lines().count())
}

fn agrees_with_cpython(theme: &str) {
    let (found, snippets) = differences(theme);
    for difference in &found {
        println!("{difference}");
    }
    assert!(snippets > 50, "{theme}: only {snippets} snippets were read");
    assert!(
        found.is_empty(),
        "{theme}: {} of {snippets} snippets differ from CPython",
        found.len()
    );
}

#[test]
fn numbers_are_computed_rounded_and_written_as_cpython_does() {
    agrees_with_cpython("numbers");
}

#[test]
fn strings_are_cut_formatted_and_shown_as_cpython_does() {
    agrees_with_cpython("strings");
}

#[test]
fn containers_behave_and_complain_as_in_cpython() {
    agrees_with_cpython("containers");
}

#[test]
fn json_is_read_and_written_as_cpython_does() {
    agrees_with_cpython("json");
}

#[test]
fn dates_are_read_computed_and_written_as_cpython_does() {
    agrees_with_cpython("datetime");
}

#[test]
fn exceptions_travel_and_read_as_in_cpython() {
    agrees_with_cpython("exceptions");
}

#[test]
fn comprehensions_closures_and_generators_work_as_in_cpython() {
    agrees_with_cpython("functions");
}

#[test]
fn a_calculator_answers_and_refuses_as_cpythons_eval() {
    agrees_with_cpython("calculator");
}
