//! Recorded answers: gold calls of tasks, and odd calls one by one.

use std::io::Read;
use std::sync::Arc;

use serde::Deserialize;
use tau_domain::{Domain, Environment, JsonText};

use super::{Mismatch, Mismatches, ReplayError, ReplayReport, recording_text};

#[derive(Deserialize)]
struct Header {
    initial_hash: String,
    clock: Option<String>,
}

/// A line: a task with its calls, or one odd call.
#[derive(Deserialize)]
struct Line {
    split: Option<String>,
    index: Option<u64>,
    fuzz: Option<u64>,
    calls: Option<Vec<Call>>,
    name: Option<String>,
    kwargs: Option<JsonText>,
    observation: Option<String>,
    hash: Option<String>,
}

#[derive(Deserialize)]
struct Call {
    name: String,
    kwargs: JsonText,
    /// Absent for tools that end the conversation: a gold replay leaves them out.
    observation: Option<String>,
    /// State hash after this call, where it was recorded.
    hash: Option<String>,
}

struct Record {
    label: String,
    calls: Vec<Call>,
    hash: Option<String>,
}

fn record(line: &str) -> Result<Record, String> {
    let line: Line = serde_json::from_str(line).map_err(|e| e.to_string())?;
    let label = match (line.fuzz, &line.split, line.index) {
        (Some(number), _, _) => format!("fuzz {number}"),
        (None, Some(split), Some(index)) => format!("{split} {index}"),
        _ => "record".to_owned(),
    };
    let calls = match (line.calls, line.name, line.kwargs) {
        (Some(calls), _, _) => calls,
        (None, Some(name), Some(kwargs)) => {
            vec![Call { name, kwargs, observation: line.observation, hash: None }]
        }
        _ => return Err("neither a task with calls nor a call".to_owned()),
    };
    Ok(Record { label, calls, hash: line.hash })
}

/// Replays a file of recorded answers, each record on the initial data, with the clock of its header
/// (the domain's own where it names none).
///
/// # Errors
/// When the recording cannot be read or is not in the format. Differences are not errors: they are
/// what the report is about.
pub fn replay_facts(domain: &Arc<Domain>, reader: impl Read) -> Result<ReplayReport, ReplayError> {
    let text = recording_text(reader)?;
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let wrong = |at: usize, reason: String| ReplayError::Format { line: at + 1, reason };
    let (at, first) = lines.next().ok_or(ReplayError::Empty)?;
    let header: Header = serde_json::from_str(first).map_err(|e| wrong(at, e.to_string()))?;
    let clock = header.clock.as_deref().unwrap_or(&domain.clock);
    let mut env = Environment::at(domain.clone(), 0, clock)
        .map_err(|_| ReplayError::Clock(clock.to_owned()))?;
    let mut report = ReplayReport {
        tasks: 0,
        calls: 0,
        observations_equal: 0,
        hashes_equal: 0,
        mismatches: Vec::new(),
        differences: 0,
    };
    let mut mismatches = Mismatches::default();
    let whole = |record: &str, expected: &str, actual: String| Mismatch {
        record: record.to_owned(),
        call: None,
        name: None,
        arguments: None,
        what: "hash",
        expected: expected.to_owned(),
        actual,
    };
    let initial = env.state_hash();
    if initial != header.initial_hash {
        mismatches.add(whole("header", &header.initial_hash, initial));
    }
    for (at, line) in lines {
        let record = record(line).map_err(|e| wrong(at, e))?;
        report.tasks += 1;
        let mut hashes_equal = true;
        env.reset();
        for (place, call) in record.calls.iter().enumerate() {
            report.calls += 1;
            let actual = match call.observation {
                // Recorded as left out: equal exactly when we leave it out too.
                None if domain.terminates(&call.name) => None,
                _ => Some(env.call(&call.name, &call.kwargs).to_string()),
            };
            if actual == call.observation {
                report.observations_equal += 1;
            } else {
                let shown = |text: &Option<String>| format!("{text:?}");
                mismatches.add(Mismatch {
                    record: record.label.clone(),
                    call: Some(place),
                    name: Some(call.name.clone()),
                    arguments: Some(call.kwargs.0.clone()),
                    what: "observation",
                    expected: shown(&call.observation),
                    actual: shown(&actual),
                });
            }
            if let Some(expected) = &call.hash {
                let actual = env.state_hash();
                if *expected != actual {
                    hashes_equal = false;
                    let mut mismatch = whole(&record.label, expected, actual);
                    mismatch.call = Some(place);
                    mismatches.add(mismatch);
                }
            }
        }
        let hash = env.state_hash();
        match record.hash {
            Some(expected) if expected != hash => {
                mismatches.add(whole(&record.label, &expected, hash));
                hashes_equal = false;
            }
            _ => {}
        }
        report.hashes_equal += u64::from(hashes_equal);
    }
    report.mismatches = mismatches.kept;
    report.differences = mismatches.all;
    Ok(report)
}
