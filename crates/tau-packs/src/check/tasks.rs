//! Tasks against the domain: gold solutions, outputs, twins, coverage, and agents that must not score.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tau_domain::{Domain, Environment, JsonText, RESPOND, Split, Task, ToolSpec};

use super::report::{CheckReport, Severity};
use crate::format::line_of;

type Tasks = BTreeMap<Split, Vec<(u32, Task)>>;

/// What one gold replay showed.
struct Gold {
    hash: String,
    /// Answers of the calls, with what the calls ended in an error.
    observations: Vec<String>,
    /// Places of actions that changed the state.
    writes: Vec<usize>,
}

pub(super) fn check(
    domain: &Arc<Domain>,
    splits: &Tasks,
    strict: Severity,
    rules_text: &str,
    report: &mut CheckReport,
) {
    let mut env = Environment::new(domain.clone(), 0);
    let mut written: BTreeSet<String> = BTreeSet::new();
    let mut exercised: BTreeSet<&str> = BTreeSet::new();
    for (split, tasks) in splits {
        let file = format!("tasks/{}.jsonl", split.name());
        let mut ids = BTreeSet::new();
        for (line, task) in tasks {
            let mut add = |severity, message: String| {
                report.add(severity, &file, Some(*line), format!("{}: {message}", task.id));
            };
            if !ids.insert(&task.id) {
                add(Severity::Error, "the id occurs twice".to_owned());
            }
            if task.instruction.trim().is_empty() {
                add(Severity::Error, "no instruction".to_owned());
            }
            check_rules(domain, task, &mut exercised, &mut add);
            check_twin(tasks, task, &mut add);
            let gold = replay(&mut env, task, None, strict, &mut add);
            let again = replay(&mut env, task, None, strict, &mut |_, _| {});
            if gold.hash != again.hash {
                let message = "the gold actions give another state the second time".to_owned();
                add(Severity::Error, message);
            }
            for place in &gold.writes {
                let name = &task.actions[*place].name;
                written.insert(name.clone());
                if replay(&mut env, task, Some(*place), strict, &mut |_, _| {}).hash == gold.hash {
                    let message = format!(
                        "without action {place} ({name}) the state is the same: it is not needed"
                    );
                    add(strict, message);
                }
            }
            check_outputs(task, &gold, &mut add);
            check_idle(&mut env, domain, task, strict, &mut add);
            report.facts.tasks += 1;
            report.facts.actions += task.actions.len();
        }
    }
    report.facts.write_tools = written.len();
    if strict == Severity::Error {
        for rule in domain.rules.iter().filter(|rule| !exercised.contains(rule.id.as_str())) {
            let line = line_of(rules_text, &format!("\"{}\"", rule.id));
            let message = format!("no task exercises rule {:?}", rule.id);
            report.add(Severity::Error, "rules.toml", line, message);
        }
        for tool in domain.tools.iter().filter(|tool| !exercised_by_gold(tool, splits)) {
            let message = format!("no task calls the tool {:?}", tool.name);
            report.add(Severity::Warning, "tools.py", None, message);
        }
    }
}

fn exercised_by_gold(tool: &ToolSpec, splits: &Tasks) -> bool {
    splits
        .values()
        .flatten()
        .any(|(_, task)| task.actions.iter().any(|action| action.name == tool.name))
}

fn check_rules<'a>(
    domain: &Domain,
    task: &'a Task,
    exercised: &mut BTreeSet<&'a str>,
    add: &mut impl FnMut(Severity, String),
) {
    for rule in &task.rules {
        if domain.rules.iter().any(|known| known.id == *rule) {
            exercised.insert(rule);
        } else {
            add(Severity::Error, format!("there is no rule {rule:?}"));
        }
    }
}

fn check_twin(tasks: &[(u32, Task)], task: &Task, add: &mut impl FnMut(Severity, String)) {
    let Some(twin) = &task.twin else { return };
    let Some((_, other)) = tasks.iter().find(|(_, other)| other.id == *twin) else {
        return add(Severity::Error, format!("the twin {twin:?} is not a task of this split"));
    };
    if other.twin.as_deref() != Some(task.id.as_str()) {
        add(Severity::Error, format!("the twin {twin:?} does not name it back"));
    }
    if task.allowed.is_some() && task.allowed == other.allowed {
        let message = format!("it and its twin {twin:?} are both allowed, or both denied");
        add(Severity::Error, message);
    }
}

/// Replays the gold actions on untouched data, without the one at `left_out`.
fn replay(
    env: &mut Environment,
    task: &Task,
    left_out: Option<usize>,
    strict: Severity,
    add: &mut impl FnMut(Severity, String),
) -> Gold {
    env.reset();
    let domain = env.domain().clone();
    let mut gold = Gold { hash: env.state_hash(), observations: Vec::new(), writes: Vec::new() };
    for (place, action) in task.actions.iter().enumerate() {
        if left_out == Some(place) || action.name == RESPOND {
            continue;
        }
        if domain.terminates(&action.name) {
            if !domain.targets.contains_key(&action.name) {
                add(Severity::Error, format!("action {place}: {} is not a tool", action.name));
            }
            continue;
        }
        let observation = env.call(&action.name, &action.kwargs);
        let text = observation.to_string();
        if observation.is_error || observation.failure.is_some() || text.starts_with("Error") {
            add(strict, format!("action {place} ({}) answers {text:?}", action.name));
        }
        gold.observations.push(text);
        let hash = env.state_hash();
        if hash != gold.hash {
            gold.writes.push(place);
            gold.hash = hash;
        }
    }
    gold
}

/// What has to be said must be something that the tools tell, so that no agent has to guess it.
fn check_outputs(task: &Task, gold: &Gold, add: &mut impl FnMut(Severity, String)) {
    let told: Vec<String> =
        gold.observations.iter().map(|text| text.to_lowercase().replace(',', "")).collect();
    for output in &task.outputs {
        let wanted = output.to_lowercase();
        if output.trim().is_empty() {
            add(Severity::Error, "an empty output is found in anything".to_owned());
        } else if output.contains(',') {
            // Commas are removed from what the agent said, never from the output.
            add(Severity::Error, format!("output {output:?} has a comma and is never found"));
        } else if !told.iter().any(|text| text.contains(&wanted) || told_as_number(text, &wanted)) {
            add(Severity::Warning, format!("output {output:?} is in no answer of its gold calls"));
        }
        if task.instruction.to_lowercase().contains(&wanted) && task.outputs.len() == 1 {
            let message = format!("the only output {output:?} stands in the instruction already");
            add(Severity::Warning, message);
        }
    }
}

/// `54.20` is told by a tool that answers `54.2`.
fn told_as_number(text: &str, wanted: &str) -> bool {
    let Ok(number) = wanted.trim_start_matches('$').parse::<f64>() else { return false };
    text.split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .filter_map(|part| part.trim_end_matches('.').parse::<f64>().ok())
        .any(|told| (told - number).abs() < 1e-9)
}

/// An agent that does nothing, and one that reads everything and says nothing, must not score. Where
/// a transfer is the gold solution a grade cannot tell it from doing nothing (upstream leaves the
/// transfer out of the state), so that it must be told by an output too, or is only a warning.
fn check_idle(
    env: &mut Environment,
    domain: &Arc<Domain>,
    task: &Task,
    strict: Severity,
    add: &mut impl FnMut(Severity, String),
) {
    let transfers = task.actions.iter().any(|action| domain.terminates(&action.name));
    let severity = if transfers { Severity::Warning } else { strict };
    env.reset();
    if env.grade(task, &[]).value > 0.0 {
        return add(severity, "an agent that does nothing scores".to_owned());
    }
    // Reading tools are called as the gold solution calls them, with nothing said.
    let initial = env.state_hash();
    for action in &task.actions {
        if action.name == RESPOND || domain.terminates(&action.name) {
            continue;
        }
        let mut probe = Environment::new(domain.clone(), 0);
        probe.call(&action.name, &action.kwargs);
        if probe.state_hash() == initial {
            env.call(&action.name, &action.kwargs);
        }
    }
    for tool in domain.tools.iter().filter(|tool| takes_nothing(tool)) {
        if !domain.terminates(&tool.name) {
            env.call(&tool.name, &JsonText::from("{}"));
        }
    }
    if env.grade(task, &[]).value > 0.0 {
        add(severity, "an agent that only reads and says nothing scores".to_owned());
    }
}

fn takes_nothing(tool: &ToolSpec) -> bool {
    tool.parameters.get("required").and_then(|r| r.as_array()).is_none_or(Vec::is_empty)
}
