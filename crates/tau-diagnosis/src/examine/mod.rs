//! What a conversation did, against what was expected. No model is asked: the gold solution and the
//! conversation are carried out once more, and what they changed is compared.

mod matching;
mod steps;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tau_domain::plain::{readable, short, spoken, tool_call, tool_line, tool_to_call};
use tau_domain::{Domain, Message, Task};

pub(crate) use matching::{Became, Matching, differing, leaves, same};
pub(crate) use steps::{Replayed, Step, is_error};

use crate::turns::{Turn, turns};

/// What differs from the expected conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// Changes of the gold solution for which nothing was done.
    pub missing: Vec<Call>,
    /// Changes that the gold solution does not make.
    pub extra: Vec<Call>,
    /// Changes that were made, or tried, with other arguments.
    pub wrong_arguments: Vec<WrongArguments>,
    /// Required outputs that the agent never said.
    pub missing_outputs: Vec<String>,
    /// The first step off the path of the gold solution.
    pub first_divergence: Option<Divergence>,
    /// Calls that tools answered with an error, though the gold solution's were not.
    pub tool_errors: Vec<ToolFailure>,
    /// Whether the end state is the expected one.
    pub state_matches: bool,
    /// Whether all tools answered here as they did in the conversation. Where not, the conversation
    /// was held on other data, and what is said about changes may be off.
    pub exact: bool,
}

/// A tool call, named for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The tool.
    pub tool: String,
    /// Its arguments as they were written, JSON.
    pub arguments: String,
    /// The turn from 1; `None` for a call that was not made.
    pub turn: Option<u32>,
}

/// A call that had another argument than the gold call it stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongArguments {
    /// The call that was made.
    pub made: Call,
    /// The gold call.
    pub expected: Call,
    /// The arguments that differ; empty when the right call could not be carried out.
    pub arguments: Vec<WrongArgument>,
    /// Whether it changed data; otherwise the tool refused it.
    pub carried_out: bool,
}

/// One argument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongArgument {
    /// Its name.
    pub name: String,
    /// What was expected, JSON; `None` when it was to be left out.
    pub expected: Option<String>,
    /// What was passed, JSON; `None` when it was left out.
    pub actual: Option<String>,
}

/// Where a conversation leaves the gold solution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Divergence {
    /// The gold call that was due.
    pub expected: Option<Call>,
    /// What was called instead; `None` when the call was never made.
    pub actual: Option<Call>,
}

/// A call that a tool answered with an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolFailure {
    /// The call.
    pub call: Call,
    /// The tool's words.
    pub answer: String,
}

/// One line for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingLine {
    /// The difference in a sentence.
    pub sentence: String,
    /// The turn where it shows, from 1.
    pub turn: Option<u32>,
}

/// A conversation looked at beside the gold solution.
pub(crate) struct Examined<'a> {
    pub(crate) turns: Vec<Turn<'a>>,
    pub(crate) gold: Vec<Step>,
    pub(crate) replayed: Replayed,
    pub(crate) matching: Matching,
    pub(crate) findings: Findings,
}

/// What differs between a conversation and the gold solution of its task. `seed` is the episode's, as
/// far as it is known; it matters only for tools that draw chance.
pub fn examine(domain: &Arc<Domain>, task: &Task, messages: &[Message], seed: u64) -> Findings {
    look(domain, task, messages, seed).findings
}

pub(crate) fn look<'a>(
    domain: &Arc<Domain>,
    task: &Task,
    messages: &'a [Message],
    seed: u64,
) -> Examined<'a> {
    let turns = turns(messages);
    let gold = steps::gold_steps(domain, task, seed);
    let replayed = steps::replay(domain, task, &turns, seed);
    let matching = matching::match_calls(&gold, &replayed.steps);
    let findings = findings(&gold, &replayed, &matching);
    Examined { turns, gold, replayed, matching, findings }
}

fn findings(gold: &[Step], replayed: &Replayed, matching: &Matching) -> Findings {
    let made = &replayed.steps;
    let state_matches = replayed.reward.state_matches;
    let mut found = Findings {
        state_matches,
        exact: replayed.exact,
        missing_outputs: replayed
            .reward
            .outputs
            .iter()
            .filter(|check| !check.found)
            .map(|check| check.output.clone())
            .collect(),
        ..Findings::default()
    };
    // With the expected end state reached, no single change was wrong in the end.
    if !state_matches {
        for (wanted, became) in gold.iter().zip(&matching.gold) {
            match became {
                Became::Missing if wanted.writes() => found.missing.push(expected_call(wanted)),
                Became::Otherwise(at) => {
                    found.wrong_arguments.push(wrong_arguments(wanted, &made[*at]));
                }
                Became::Done(_) | Became::Missing => {}
            }
        }
        found.extra = matching.extra.iter().map(|at| made_call(&made[*at])).collect();
    }
    let fine = |step: &Step| gold.iter().any(|wanted| wanted.failed && wanted.tool == step.tool);
    found.tool_errors = made
        .iter()
        .filter(|step| step.failed && !fine(step))
        .map(|step| ToolFailure { call: made_call(step), answer: step.answer.clone() })
        .collect();
    found.first_divergence = divergence(gold, made, matching, &found);
    found
}

fn wrong_arguments(wanted: &Step, made: &Step) -> WrongArguments {
    let text = |step: &Step, name: &str| step.values.get(name).map(ToString::to_string);
    WrongArguments {
        made: made_call(made),
        expected: expected_call(wanted),
        arguments: matching::differing(&wanted.values, &made.values)
            .into_iter()
            .map(|name| WrongArgument {
                expected: text(wanted, &name),
                actual: text(made, &name),
                name,
            })
            .collect(),
        carried_out: made.writes(),
    }
}

/// The first call that changed, or tried to change, what the gold solution does not; without one, the
/// first gold call that was never made.
fn divergence(
    gold: &[Step],
    made: &[Step],
    matching: &Matching,
    found: &Findings,
) -> Option<Divergence> {
    let wrong = found.wrong_arguments.iter().map(|wrong| Divergence {
        expected: Some(wrong.expected.clone()),
        actual: Some(wrong.made.clone()),
    });
    let extra =
        found.extra.iter().map(|call| Divergence { expected: None, actual: Some(call.clone()) });
    let first = wrong.chain(extra).min_by_key(|divergence| {
        divergence.actual.as_ref().and_then(|call| call.turn).unwrap_or(u32::MAX)
    });
    if let Some(mut first) = first {
        if first.expected.is_none() {
            let turn = first.actual.as_ref().and_then(|call| call.turn).unwrap_or(0);
            let due = gold.iter().zip(&matching.gold).find(|(_, became)| match became {
                Became::Done(at) | Became::Otherwise(at) => made[*at].turn > turn,
                Became::Missing => true,
            });
            first.expected = due.map(|(wanted, _)| expected_call(wanted));
        }
        return Some(first);
    }
    if found.missing.is_empty() && found.missing_outputs.is_empty() {
        return None;
    }
    let (never, _) =
        gold.iter().zip(&matching.gold).find(|(_, became)| **became == Became::Missing)?;
    Some(Divergence { expected: Some(expected_call(never)), actual: None })
}

fn made_call(step: &Step) -> Call {
    Call { tool: step.tool.clone(), arguments: step.arguments.clone(), turn: Some(step.turn) }
}

fn expected_call(step: &Step) -> Call {
    Call { tool: step.tool.clone(), arguments: step.arguments.clone(), turn: None }
}

impl Call {
    /// As something that was done: `Cancelled order W1`.
    pub fn done(&self) -> String {
        tool_call(&self.tool, &self.arguments)
    }

    /// As something to do: `Cancel order W1`.
    pub fn to_do(&self) -> String {
        tool_to_call(&self.tool, &self.arguments)
    }
}

impl WrongArgument {
    /// `postcode 5030 instead of 5003`.
    pub fn words(&self) -> String {
        let name = spoken(&self.name);
        match (&self.expected, &self.actual) {
            (Some(expected), Some(actual)) => {
                format!("{name} {} instead of {}", readable(actual), readable(expected))
            }
            (Some(expected), None) => format!("without {name} {}", readable(expected)),
            (None, Some(actual)) => format!("{name} {}, which was not wanted", readable(actual)),
            (None, None) => name,
        }
    }
}

impl WrongArguments {
    /// What was wrong with it: `postcode 5030 instead of 5003; city Oslo instead of Bergen`.
    pub fn words(&self) -> String {
        let all: Vec<String> = self.arguments.iter().map(WrongArgument::words).collect();
        all.join("; ")
    }
}

impl Findings {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.state_matches && self.missing_outputs.is_empty()
    }

    /// Each difference as a sentence, in the order in which they show.
    pub fn lines(&self) -> Vec<FindingLine> {
        let mut lines = Vec::new();
        let mut say = |turn, sentence| lines.push(FindingLine { sentence, turn });
        for wrong in &self.wrong_arguments {
            let turn = wrong.made.turn;
            say(
                turn,
                match (wrong.carried_out, wrong.arguments.is_empty()) {
                    (true, _) => format!("{}, but with {}.", wrong.made.done(), wrong.words()),
                    (false, true) => format!("Tried and refused: {}.", wrong.made.to_do()),
                    (false, false) => {
                        format!(
                            "Tried and refused: {}, with {}.",
                            wrong.made.to_do(),
                            wrong.words()
                        )
                    }
                },
            );
        }
        for call in &self.extra {
            say(call.turn, format!("{}, which was not to be done.", call.done()));
        }
        lines.sort_by_key(|line| line.turn);
        let mut say = |turn, sentence| lines.push(FindingLine { sentence, turn });
        for call in &self.missing {
            say(None, format!("Not done: {}.", call.to_do()));
        }
        for output in &self.missing_outputs {
            say(None, format!("Never said: {}.", short(output)));
        }
        if let Some(Divergence { expected: Some(expected), actual: None }) = &self.first_divergence
            && !self.missing.contains(expected)
        {
            say(
                None,
                format!("The first expected step that was never taken: {}.", expected.to_do()),
            );
        }
        for failure in &self.tool_errors {
            let tried = self.wrong_arguments.iter().any(|wrong| wrong.made == failure.call);
            if !tried {
                let line = tool_line(&failure.call.tool, &failure.call.arguments, &failure.answer);
                say(failure.call.turn, format!("{line}."));
            }
        }
        if !self.exact {
            say(
                None,
                "The tools answer differently here than they did in the conversation: it was held on other data.".to_owned(),
            );
        }
        lines
    }
}
