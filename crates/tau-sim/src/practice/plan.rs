//! The practice agent's plan: the task's gold calls with the values taken out.
//!
//! For each value of a gold call the plan keeps where it is to come from: asked of the customer (a
//! label and a shape), seen in the result of an earlier call (a way into that result), worked into an
//! expression, or the agent's own choice (which reason to enter, how to put a summary). At run time
//! these rules are applied to what was really said and seen. Who heard a wrong number therefore looks
//! at a wrong record and finds other values there.

use std::sync::Arc;

use serde_json::Value;
use tau_domain::{Domain, Environment, Task};

use super::facts::{cues, facts_of, label_of, leaves, said, stated};
use super::reading::{Shape, Way, parsed, way_to, way_to_part};

/// Where a value comes from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// The customer says it.
    Asked(Question),
    /// It stands in the result of an earlier step.
    Seen(usize, Vec<Way>),
    /// A text whose parts come from elsewhere.
    Composed(Vec<Part>),
    /// The agent chooses it.
    Chosen,
}

/// What is asked of the customer.
#[derive(Clone, Debug)]
pub(super) struct Question {
    /// The words by which it is asked for.
    pub(super) label: String,
    /// How such a value looks.
    pub(super) shape: Shape,
    /// Whether no other fact looks like it.
    pub(super) alone: bool,
    /// Which of the values of this label it is.
    pub(super) ordinal: usize,
}

/// A part of a composed text.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// Always the same.
    Text(String),
    /// A number from the result of an earlier step.
    Seen(usize, Vec<Way>, String),
}

/// One value of a call.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    /// JSON pointer into the arguments.
    pub(super) pointer: String,
    /// The words for it.
    pub(super) label: String,
    /// Where it comes from.
    pub(super) source: Source,
}

/// One call.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) tool: String,
    /// The gold arguments; all slots but the chosen ones are replaced before they are used.
    pub(super) arguments: Value,
    pub(super) slots: Vec<Slot>,
    /// Whether it changes anything.
    pub(super) writes: bool,
    /// Whether it ends the conversation.
    pub(super) terminates: bool,
    /// Whether even the gold call answers with an error.
    pub(super) fails: bool,
    /// Words of which the customer must have said at least one before a change is made.
    pub(super) cues: Vec<String>,
}

/// Something that has to be said.
#[derive(Clone, Debug)]
pub(super) struct Output {
    /// The words for it.
    pub(super) label: String,
    /// Where it stands; `None` when it is the agent's own conclusion.
    pub(super) source: Option<(usize, Vec<Way>)>,
    /// The required text, for its form (decimals) and for conclusions.
    pub(super) text: String,
}

/// The whole plan.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    pub(super) outputs: Vec<Output>,
}

/// Whether a tool's answer reports an error.
pub(super) fn is_error(observation: &str) -> bool {
    observation.starts_with("Error") || observation.starts_with("Unknown action")
}

impl Plan {
    /// The plan for a task.
    pub(super) fn new(domain: &Arc<Domain>, task: &Task) -> Plan {
        let facts = facts_of(task);
        let mut environment = Environment::new(domain.clone(), 0);
        let mut results: Vec<Value> = Vec::new();
        let mut steps = Vec::new();
        for action in task.actions.iter().filter(|action| action.name != "respond") {
            let Ok(arguments) = serde_json::from_str::<Value>(action.kwargs.as_str()) else {
                continue;
            };
            let slots: Vec<Slot> = leaves(&arguments)
                .into_iter()
                .map(|(pointer, name, value)| Slot {
                    pointer,
                    label: label_of(&name),
                    source: source_of(&name, &value, task, &facts, &results),
                })
                .collect();
            let terminates = domain.terminates(&action.name);
            let (mut writes, mut observation) = (false, String::new());
            if !terminates {
                let before = environment.state_hash();
                observation = environment.call(&action.name, &action.kwargs).to_string();
                writes = environment.state_hash() != before;
            }
            let about: Vec<String> = slots
                .iter()
                .filter(|slot| matches!(slot.source, Source::Chosen))
                .filter_map(|slot| arguments.pointer(&slot.pointer)?.as_str().map(str::to_owned))
                .chain([action.name.replace('_', " ")])
                .collect();
            steps.push(Step {
                tool: action.name.clone(),
                cues: if writes { cues(&about.join(" "), &task.instruction) } else { Vec::new() },
                arguments,
                slots,
                writes,
                terminates,
                fails: is_error(&observation),
            });
            results.push(parsed(&observation));
        }
        let outputs = task.outputs.iter().map(|text| output_of(text, &results)).collect();
        Plan { steps, outputs }
    }
}

fn source_of(
    name: &str,
    value: &Value,
    task: &Task,
    facts: &super::facts::Facts,
    results: &[Value],
) -> Source {
    let label = label_of(name);
    if let Some((_, spoken)) = stated(value, &task.instruction) {
        let known = facts.get(&label).map(Vec::as_slice).unwrap_or_default();
        let ordinal = known.iter().position(|fact| fact.eq_ignore_ascii_case(&spoken)).unwrap_or(0);
        let shape = Shape::of(&spoken);
        // Every word of the instruction that looks like this must be a value of this label.
        let alone = task
            .instruction
            .split_whitespace()
            .map(|token| token.trim_matches(|letter: char| ",.;:!?()'\"".contains(letter)))
            .filter(|token| shape.fits(token))
            .all(|token| known.iter().any(|fact| fact == token))
            && known.len() == 1;
        return Source::Asked(Question { label, shape, alone, ordinal });
    }
    if matches!(value, Value::Bool(_) | Value::Null) {
        return Source::Chosen;
    }
    let text = said(value);
    if text.is_empty() {
        return Source::Chosen;
    }
    let seen = |wanted: &str, name: &str| {
        results
            .iter()
            .enumerate()
            .rev()
            .find_map(|(step, result)| Some((step, way_to(result, wanted, name)?)))
    };
    if let Some((step, way)) = seen(&text, name) {
        return Source::Seen(step, way);
    }
    if text.contains(|letter: char| "+*/".contains(letter)) || text.contains(" - ") {
        let parts = split_numbers(&text)
            .into_iter()
            .map(|part| match part.parse::<f64>() {
                Ok(_) => match seen(&part, name) {
                    Some((step, way)) => Part::Seen(step, way, part),
                    None => Part::Text(part),
                },
                Err(_) => Part::Text(part),
            })
            .collect();
        return Source::Composed(parts);
    }
    Source::Chosen
}

/// Cuts a text into numbers and what is between them.
fn split_numbers(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut in_number = false;
    for letter in text.chars() {
        let digit = letter.is_ascii_digit() || letter == '.';
        match parts.last_mut() {
            Some(part) if in_number == digit => part.push(letter),
            _ => parts.push(letter.to_string()),
        }
        in_number = digit;
    }
    parts
}

fn output_of(text: &str, results: &[Value]) -> Output {
    let find = |way: &dyn Fn(&Value) -> Option<Vec<Way>>| {
        results.iter().enumerate().rev().find_map(|(step, result)| Some((step, way(result)?)))
    };
    let source = find(&|result| way_to(result, text, ""))
        .or_else(|| find(&|result| way_to_part(result, text)));
    let field = source.as_ref().and_then(|(_, way)| {
        way.iter().rev().find_map(|step| match step {
            Way::Field(field) => Some(label_of(field)),
            _ => None,
        })
    });
    Output { label: field.unwrap_or_else(|| "result".to_owned()), source, text: text.to_owned() }
}
