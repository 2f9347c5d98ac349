//! A task as a person wrote it: who calls and why, what state that finds, what is expected.
//! Upstream `data_model/tasks.py`.

use std::fmt;

use crate::grading::{Action, GradedTask};
use crate::history::{MalformedHistory, Requestor};
use crate::members::{Read, given, list, malformed, object, text};
use crate::python;
use crate::value::{Map, Value};

/// What is said about a task for a person; no model reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// What it tests.
    pub purpose: Option<String>,
    /// The part of the policy that it is about.
    pub relevant_policies: Option<String>,
    /// Anything else.
    pub notes: Option<String>,
}

/// What the customer is told about the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instructions {
    /// A text.
    Text(String),
    /// A text in parts.
    Structured {
        /// The domain.
        domain: String,
        /// Why the customer calls.
        reason_for_call: String,
        /// What the customer knows.
        known_info: Option<String>,
        /// What the customer does not know.
        unknown_info: Option<String>,
        /// What the customer is to do.
        task_instructions: String,
    },
}

/// Who calls, and what about. Its text (`Display`) is what the simulated customer's model reads, to the blank
/// as upstream writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserScenario {
    /// What kind of person it is.
    pub persona: Option<String>,
    /// What it is told.
    pub instructions: Instructions,
}

/// A task of a `tasks.json`. What upstream drops when it reads one is dropped here too.
#[derive(Clone, Debug)]
pub struct Task {
    /// Unique within the domain.
    pub id: String,
    /// What is said about it.
    pub description: Option<Description>,
    /// The customer.
    pub scenario: UserScenario,
    /// The request in writing, for an agent who works alone.
    pub ticket: Option<String>,
    /// The customer's tools, by name; all where nothing is said, none where the list is empty (since 1.0).
    pub user_tools: Option<Vec<String>>,
    /// What is said about its own faults (since 1.0), as it is written.
    pub issues: Option<Vec<Value>>,
    /// Documents that it needs (since 1.0; the domains here have none).
    pub required_documents: Option<Vec<String>>,
    /// Whether upstream's task has an `initial_state` at all, be it an empty one.
    pub has_initial_state: bool,
    /// The messages before the conversation, as upstream writes messages. `graded.history` is what a
    /// replay looks at of them.
    pub messages: Vec<Value>,
    /// Its state and what it is graded by.
    pub graded: GradedTask,
}

fn needed(object: &Map, name: &str) -> Read<String> {
    text(object, name)?.ok_or_else(|| MalformedHistory(format!("{name} is missing")))
}

fn words(object: &Map, name: &str) -> Read<Option<Vec<String>>> {
    let word = |value: &Value| match value {
        Value::Str(word) => Ok(word.to_string()),
        _ => malformed(format!("{name} holds something other than texts")),
    };
    list(object, name, word)
}

fn issues(task: &Map) -> Read<Option<Vec<Value>>> {
    match given(task, "issues") {
        None => Ok(None),
        Some(Value::List(items)) if items.iter().all(|item| item.as_dict().is_some()) => {
            Ok(Some(items.to_vec()))
        }
        Some(_) => malformed("issues is not a list of objects"),
    }
}

impl Description {
    fn read(value: &Value) -> Read<Description> {
        let object = object(value, "description")?;
        Ok(Description {
            purpose: text(object, "purpose")?,
            relevant_policies: text(object, "relevant_policies")?,
            notes: text(object, "notes")?,
        })
    }
}

impl Instructions {
    fn read(value: &Value) -> Read<Instructions> {
        if let Value::Str(text) = value {
            return Ok(Instructions::Text(text.to_string()));
        }
        let object = object(value, "instructions")?;
        Ok(Instructions::Structured {
            domain: needed(object, "domain")?,
            reason_for_call: needed(object, "reason_for_call")?,
            known_info: text(object, "known_info")?,
            unknown_info: text(object, "unknown_info")?,
            task_instructions: needed(object, "task_instructions")?,
        })
    }
}

impl UserScenario {
    /// Reads a `UserScenario`.
    ///
    /// # Errors
    /// What is missing or of another kind.
    pub fn read(value: &Value) -> Read<UserScenario> {
        let object = object(value, "user_scenario")?;
        let Some(instructions) = given(object, "instructions") else {
            return malformed("user_scenario has no instructions");
        };
        Ok(UserScenario {
            persona: text(object, "persona")?,
            instructions: Instructions::read(instructions)?,
        })
    }
}

impl Task {
    /// Reads a task of a `tasks.json`. `None` stands for what is absent or null; lists that are absent and
    /// lists that are empty stay apart.
    ///
    /// # Errors
    /// What is missing or of another kind, with the task's id where it has one.
    pub fn read(value: &Value) -> Read<Task> {
        let task = object(value, "a task")?;
        let id = needed(task, "id")?;
        let read = || -> Read<Task> {
            let Some(scenario) = given(task, "user_scenario") else {
                return malformed("user_scenario is missing");
            };
            let state = given(task, "initial_state");
            let messages = match state.and_then(Value::as_dict) {
                Some(state) => given(state, "message_history"),
                None => None,
            };
            Ok(Task {
                id: id.clone(),
                description: given(task, "description").map(Description::read).transpose()?,
                scenario: UserScenario::read(scenario)?,
                ticket: text(task, "ticket")?,
                user_tools: words(task, "user_tools")?,
                issues: issues(task)?,
                required_documents: words(task, "required_documents")?,
                has_initial_state: state.is_some(),
                messages: match messages {
                    Some(Value::List(messages)) => messages.to_vec(),
                    _ => Vec::new(),
                },
                graded: GradedTask::read(value)?,
            })
        };
        read().map_err(|MalformedHistory(why)| MalformedHistory(format!("task {id}: {why}")))
    }

    /// Reads a `tasks.json`: a list, or an object with the list under `tasks`.
    ///
    /// # Errors
    /// As [`Task::read`].
    pub fn read_all(value: &Value) -> Read<Vec<Task>> {
        let list = match value {
            Value::Dict(object) => object.get("tasks").unwrap_or(&Value::None),
            other => other,
        };
        match list {
            Value::List(tasks) => tasks.iter().map(Task::read).collect(),
            _ => malformed("there is no list of tasks"),
        }
    }

    /// The actions that it expects; none where it is graded by nothing.
    pub fn actions(&self) -> &[Action] {
        let criteria = self.graded.criteria.as_ref();
        criteria.and_then(|criteria| criteria.actions.as_deref()).unwrap_or_default()
    }

    /// Whether an agent that is given the plan can take it: there has to be one
    /// (upstream `LLMGTAgent.check_valid_task`).
    pub fn has_plan(&self) -> bool {
        !self.actions().is_empty()
    }

    /// Whether an agent alone can take it (upstream `LLMSoloAgent.check_valid_task`). One with an initial
    /// state passes without a ticket, as long as nobody has spoken yet.
    pub fn fits_solo(&self) -> bool {
        if self.has_initial_state {
            return !self.messages.iter().any(spoken);
        }
        self.ticket.is_some() && self.has_plan()
    }
}

/// Whether a message is the customer's, or an agent's without calls.
fn spoken(message: &Value) -> bool {
    let Some(message) = message.as_dict() else { return false };
    match message.get("role").and_then(Value::as_str) {
        Some(word) if word == Requestor::User.word() => true,
        Some(word) if word == Requestor::Assistant.word() => given(message, "tool_calls").is_none(),
        _ => false,
    }
}

impl Action {
    /// The call as a plan writes it: `name(key=value, ...)`, values as Python's `str` (upstream
    /// `Action.get_func_format`).
    pub fn written(&self) -> String {
        let arguments: Vec<String> = self
            .call
            .arguments
            .iter()
            .map(|(name, value)| format!("{name}={}", python::str_of(value)))
            .collect();
        format!("{}({})", self.call.name, arguments.join(", "))
    }
}

impl fmt::Display for Instructions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Instructions::Text(text) => f.write_str(text),
            Instructions::Structured {
                domain,
                reason_for_call,
                known_info,
                unknown_info,
                task_instructions,
            } => {
                write!(f, "Domain: {domain}\nReason for call:\n{}", tabbed(reason_for_call))?;
                if let Some(known) = known_info {
                    write!(f, "\nKnown info:\n{}", tabbed(known))?;
                }
                if let Some(unknown) = unknown_info {
                    write!(f, "\nUnknown info:\n{}", tabbed(unknown))?;
                }
                write!(f, "\nTask instructions:\n{}", tabbed(task_instructions))
            }
        }
    }
}

impl fmt::Display for UserScenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(persona) = &self.persona {
            writeln!(f, "Persona:\n{}", tabbed(persona))?;
        }
        write!(f, "Instructions:\n{}", tabbed(&self.instructions.to_string()))
    }
}

/// Python's `textwrap.indent` with a tab.
fn tabbed(text: &str) -> String {
    indented(text, "\t")
}

/// Python's `textwrap.indent`: `prefix` before every line that holds more than blanks, lines as
/// `str.splitlines` cuts them.
pub fn indented(text: &str, prefix: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = rest.split_at(line_length(rest));
        if line.chars().any(|c| !python::is_blank(c)) {
            out.push_str(prefix);
        }
        out.push_str(line);
        rest = after;
    }
    out
}

/// The bytes of the first line, its end included: where Python's `str.splitlines` cuts.
fn line_length(text: &str) -> usize {
    let ends = |c: char| {
        matches!(
            c,
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'
                ..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        )
    };
    match text.char_indices().find(|(_, c)| ends(*c)) {
        Some((at, '\r')) if text[at..].starts_with("\r\n") => at + 2,
        Some((at, c)) => at + c.len_utf8(),
        None => text.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(json: &str) -> Read<Task> {
        Task::read(&Value::read_json(json).unwrap())
    }

    #[test]
    fn a_scenario_is_indented_as_upstream_indents_it() {
        let task = task(
            r#"{"id": "a", "user_scenario": {"persona": "Calm.\n \nKind.", "instructions": {
            "domain": "telecom", "reason_for_call": "No\r\nservice\n", "task_instructions": ""}}}"#,
        )
        .unwrap();
        assert_eq!(
            task.scenario.to_string(),
            "Persona:\n\tCalm.\n \n\tKind.\nInstructions:\n\tDomain: telecom\n\tReason for call:\n\
             \t\tNo\r\n\t\tservice\n\n\tTask instructions:\n"
        );
        let plain = UserScenario { persona: None, instructions: Instructions::Text("Hi".into()) };
        assert_eq!(plain.to_string(), "Instructions:\n\tHi");
    }

    #[test]
    fn a_task_says_what_is_wrong_with_it() {
        let error = task(r#"{"id": "a", "user_scenario": {"instructions": {"domain": "x"}}}"#);
        assert_eq!(error.unwrap_err().0, "task a: reason_for_call is missing");
        assert_eq!(task("{}").unwrap_err().0, "id is missing");
    }

    #[test]
    fn who_can_take_a_task_is_told_by_what_it_holds() {
        let scenario = r#""user_scenario": {"instructions": "x"}"#;
        let action = r#""evaluation_criteria": {"actions": [{"action_id": "a", "name": "f",
            "arguments": {"n": 1.0, "o": null, "l": ["b"]}}]}"#;
        let read = |rest: &str| task(&format!("{{\"id\": \"a\", {scenario}{rest}}}")).unwrap();
        assert!(!read("").has_plan() && !read("").fits_solo());
        let planned = read(&format!(", {action}"));
        assert!(planned.has_plan() && !planned.fits_solo());
        assert_eq!(planned.actions()[0].written(), "f(n=1.0, o=None, l=['b'])");
        assert!(read(&format!(", \"ticket\": \"t\", {action}")).fits_solo());
        assert!(read(r#", "initial_state": {}"#).fits_solo());
        let said = r#", "initial_state": {"message_history": [{"role": "user", "content": "Hi"}]}"#;
        assert!(!read(said).fits_solo());
        assert_eq!(read(said).messages.len(), 1);
    }
}
