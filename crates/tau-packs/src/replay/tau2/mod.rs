//! Holding recordings of tau2 against the native tools, an imported release's data and its words. What a
//! recording holds is told by its content: JSON lines of tasks or walks, or one document.

mod document;
mod folder;
mod models;
mod report;
mod small_print;
mod task;
mod task_text;
mod texts;
mod tools;
mod walk;

use std::cell::OnceCell;
use std::io::Read;
use std::sync::Arc;

use tau_toolkits::{Definition, Domain, Environment, Ids, Map, Response, ToolCall, Value, Wording};

pub use folder::{RecordingRow, Recordings, RecordingsReport};
use report::Tally;
pub use report::{Compared, DefinitionReplayReport, RecordingKind};

use super::{ReplayError, recording_text};

/// Holds a recording against a domain. `domain` is the definition's own, or the same data by the rules of another
/// upstream where the recording is of that one; what then differs because the release does (criteria, words) is
/// counted apart. `release` gives the release's domains by name, for recordings that speak of several.
///
/// # Errors
/// When the recording cannot be read or is not in the format. Differences are not errors: they are what the
/// report is about.
fn replay_definition(
    definition: &Definition,
    domain: &Domain,
    release: &OfRelease<'_>,
    reader: impl Read,
) -> Result<DefinitionReplayReport, ReplayError> {
    let text = recording_text(reader)?;
    if text.trim().is_empty() {
        return Err(ReplayError::Empty);
    }
    let mut replay =
        Replay { definition, domain, release, newer: OnceCell::new(), tally: Tally::default() };
    let wrong = |line: usize, reason: String| ReplayError::Format { line, reason };
    if let Ok(Value::Dict(whole)) = Value::read_json(&text)
        && let Some(kind) = document::kind(&whole)
    {
        replay.document(kind, &whole, &text).map_err(|reason| wrong(1, reason))?;
        return Ok(replay.tally.done(kind));
    }
    let mut kind = None;
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let read = Value::read_json(line).and_then(|value| replay.record(&value));
        let of = read.map_err(|reason| wrong(at + 1, reason))?;
        kind = kind.or(Some(of));
    }
    Ok(replay.tally.done(kind.unwrap_or(RecordingKind::Tasks)))
}

/// The domains of a release by name, or why there is none.
type OfRelease<'d> = dyn Fn(&str) -> Result<Arc<Definition>, String> + 'd;

/// A replay under way.
struct Replay<'d> {
    definition: &'d Definition,
    domain: &'d Domain,
    release: &'d OfRelease<'d>,
    /// The guidelines as the other upstream has them; see [`Replay::wording`].
    newer: OnceCell<Wording>,
    tally: Tally,
}

/// What is wrong with a record.
type Wrong<T> = Result<T, String>;

impl Replay<'_> {
    fn record(&mut self, value: &Value) -> Wrong<RecordingKind> {
        let record = value.as_dict().ok_or("not an object")?;
        match (record.get("task_id"), record.get("steps")) {
            (Some(Value::Str(id)), _) => self.task(id, record).map(|()| RecordingKind::Tasks),
            (_, Some(Value::List(steps))) => {
                self.walk(steps, record).map(|()| RecordingKind::Walks)
            }
            _ => Err("this is no recording that is known here: neither a task with its actions, a walk \
                      with its steps, nor a document of odd calls, initial state, hashed text, tools, \
                      models, numbers, texts or counts"
                .to_owned()),
        }
    }

    /// Whether the recording is by the rules of another upstream than the release.
    fn elsewhere(&self) -> bool {
        self.domain.profile() != self.definition.profile
    }

    fn fresh(&self) -> Wrong<Environment> {
        // No recording holds an id that a tool draws.
        self.domain.environment(&Ids::seeded(0)).map_err(|raised| raised.to_string())
    }

    /// Calls a tool and compares its answer with the recorded one.
    fn call(
        &mut self,
        environment: &mut Environment,
        recorded: &Value,
        place: &Place<'_>,
    ) -> Wrong<ToolCall> {
        let call = ToolCall::read(recorded).map_err(|e| e.to_string())?;
        let response = environment.get_response(&call);
        let recorded = recorded.as_dict().ok_or("a call is not an object")?;
        let expected = text(recorded, "response").ok_or("a call has no response")?;
        let failed = matches!(recorded.get("error"), Some(Value::Bool(true)));
        self.tally.calls += 1;
        let same = response.content == expected && response.error == failed;
        if !same && both_validation(&response, expected) {
            self.tally.allow(VALIDATION);
            return Ok(call);
        }
        let call_text = || (call.name.clone(), tau_toolkits::json_dumps(&arguments(&call)));
        self.tally.count("responses", same);
        if !same {
            self.tally.differs(place, Some(call_text()), "response", expected, &response.content);
        }
        Ok(call)
    }

    /// Compares the hashes of both sides with recorded ones.
    fn hashes(
        &mut self,
        environment: &Environment,
        agent: Option<&Value>,
        user: Option<&Value>,
        place: &Place<'_>,
        what: &'static str,
    ) {
        let ours = [Some(environment.agent_hash()), environment.user_hash()];
        for (ours, recorded) in ours.into_iter().zip([agent, user]) {
            // Not recorded is not compared; recorded as none is.
            let Some(recorded) = recorded else { continue };
            let (expected, ours) = (shown(recorded.as_str()), shown(ours.as_deref()));
            self.tally.compare("hashes", place, what, &expected, &ours);
        }
    }

    fn probes(&mut self, probes: &[Value]) -> Wrong<()> {
        let mut environment = self.fresh()?;
        for (number, probe) in probes.iter().enumerate() {
            let record = format!("call {number}");
            self.tally.records += 1;
            self.call(&mut environment, probe, &Place { record: &record, call: None })?;
        }
        Ok(())
    }
}

/// What a validation error says ends with its library's version; two of them are not held against each other.
const VALIDATION: &str = "validation errors in the words of another version of their library";

fn both_validation(response: &Response, expected: &str) -> bool {
    let is = |text: &str| text.starts_with("Error: ") && text.contains(" validation error");
    is(&response.content) && is(expected)
}

/// Where in a recording something is.
struct Place<'r> {
    record: &'r str,
    call: Option<usize>,
}

impl<'r> Place<'r> {
    /// A whole record, or a part of a document.
    fn of(record: &'r str) -> Place<'r> {
        Place { record, call: None }
    }
}

fn text<'v>(record: &'v Map, name: &str) -> Option<&'v str> {
    record.get(name).and_then(Value::as_str)
}

fn list<'v>(record: &'v Map, name: &str) -> &'v [Value] {
    match record.get(name) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

fn arguments(call: &ToolCall) -> Value {
    Value::Dict(call.arguments.clone())
}

fn shown(text: Option<&str>) -> String {
    text.unwrap_or("none").to_owned()
}
