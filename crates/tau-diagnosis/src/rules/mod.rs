//! The diagnosis without a model: who was at fault, from what differs and from what was said.
//!
//! The order of the rules is their meaning: the machinery first, then the first call that went wrong,
//! then why something was left out. Each has to show evidence before it blames the customer; where
//! there is none, it was the agent's to do.

pub(crate) mod hearing;
mod omission;
mod wrong;

pub(crate) use omission::is_fact;

use std::sync::Arc;

use tau_domain::plain::short;
use tau_domain::{Domain, Ending, Task, Trajectory};

use crate::examine::{Examined, look};
use crate::turns::Did;
use crate::{Author, Diagnosis, Findings, Kind, Severity, Source, Tag};

/// Counts up when the rules change, so that stored verdicts of older rules can be told.
pub const RULES_VERSION: u32 = 1;

/// What the rules have to say about a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesVerdict {
    /// What differs from the expected conversation.
    pub findings: Findings,
    /// Why it failed; `None` when it did not.
    pub diagnosis: Option<Diagnosis>,
}

/// Looks into a conversation with rules alone. `seed` is the episode's, as far as it is known; it
/// matters only for tools that draw chance.
pub fn diagnose(
    domain: &Arc<Domain>,
    task: &Task,
    trajectory: &Trajectory,
    seed: u64,
) -> RulesVerdict {
    let examined = look(domain, task, &trajectory.messages, seed);
    // As upstream's runner: a reward near 1 is a success.
    let diagnosis = (trajectory.reward.value < 1.0 - 1e-6)
        .then(|| Scene { task, trajectory, examined: &examined }.fault().into_diagnosis());
    RulesVerdict { findings: examined.findings, diagnosis }
}

/// A conversation that failed.
struct Scene<'a> {
    task: &'a Task,
    trajectory: &'a Trajectory,
    examined: &'a Examined<'a>,
}

/// A verdict of the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) author: Author,
    pub(crate) kind: Kind,
    pub(crate) turn: Option<u32>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) why: String,
}

impl Fault {
    pub(crate) fn into_diagnosis(self) -> Diagnosis {
        Diagnosis {
            author: self.author,
            kind: self.kind,
            description: self.why,
            kind_description: String::new(),
            first_turn: self.turn,
            tags: self.tags,
            severity: Some(Severity::Critical),
            source: Source::Rules,
        }
    }
}

impl Scene<'_> {
    fn fault(&self) -> Fault {
        self.machinery()
            .or_else(|| self.wrong_call())
            .or_else(|| self.omission())
            .unwrap_or_else(|| self.unexplained())
    }

    /// Faults of the environment, and replies that nobody could act on.
    fn machinery(&self) -> Option<Fault> {
        if self.trajectory.ending == Ending::AgentError {
            let turn = self.examined.turns.iter().rev().find_map(|turn| match turn.did {
                Did::Called(call, _) => Some((turn.number, call.name.clone())),
                _ => None,
            });
            let what = turn.as_ref().map_or_else(String::new, |(_, tool)| format!(" ({tool})"));
            return Some(Fault {
                author: Author::Agent,
                kind: Kind::Other,
                turn: turn.map(|(number, _)| number),
                tags: vec![Tag::ToolCallSchemaError],
                why: format!(
                    "The agent's reply could not be acted on{what}, which ends the attempt."
                ),
            });
        }
        let steps = &self.examined.replayed.steps;
        if let Some(step) = steps.iter().find(|step| step.limit && step.failed) {
            return Some(Fault {
                author: Author::Environment,
                kind: Kind::Other,
                turn: Some(step.turn),
                tags: vec![Tag::Infrastructure],
                why: format!("A tool ran into a limit: {}.", short(&step.answer)),
            });
        }
        // The right call, on the right data, and the tool refused it then but not now.
        let refused = steps.iter().enumerate().find(|(at, step)| {
            step.failed
                && !self.examined.replayed.exact
                && steps[..*at].iter().all(|earlier| !earlier.writes() || earlier.failed)
                && self.examined.gold.iter().any(|gold| {
                    gold.tool == step.tool && gold.values == step.values && !gold.failed
                })
        });
        if let Some((_, step)) = refused {
            return Some(Fault {
                author: Author::Environment,
                kind: Kind::Other,
                turn: Some(step.turn),
                tags: vec![Tag::Infrastructure],
                why: format!("The right call was answered with an error: {}.", short(&step.answer)),
            });
        }
        let graded = self.trajectory.reward.graded;
        if graded && self.examined.findings.is_empty() {
            return Some(Fault {
                author: Author::Environment,
                kind: Kind::Other,
                turn: None,
                tags: vec![Tag::GraderDispute],
                why: "Carried out again, the conversation reaches the expected end state and says all that had to be said, so the grade is in doubt.".to_owned(),
            });
        }
        None
    }

    fn unexplained(&self) -> Fault {
        let (turn, why) = match self.trajectory.ending {
            Ending::StepLimit => (
                self.last_turn(),
                format!(
                    "Everything was done, but the agent did not end within {} steps.",
                    self.trajectory.steps
                ),
            ),
            _ => (
                None,
                "The end state differs from the expected one, and no single call explains it."
                    .to_owned(),
            ),
        };
        Fault { author: Author::Agent, kind: Kind::Other, turn, tags: vec![Tag::Other], why }
    }

    fn last_turn(&self) -> Option<u32> {
        self.examined.turns.last().map(|turn| turn.number)
    }

    /// What the customer said and what the agent said before it, in order.
    fn exchanges(&self) -> Vec<Exchange<'_>> {
        let mut found = Vec::new();
        let mut asked: Option<(u32, &str)> = None;
        for turn in &self.examined.turns {
            match turn.did {
                Did::AgentSaid(text) => asked = Some((turn.number, text)),
                Did::CustomerSaid(text) => {
                    found.push(Exchange { asked: asked.take(), turn: turn.number, answer: text });
                }
                Did::AgentRemarked(_) | Did::Called(..) => {}
            }
        }
        found
    }
}

/// Something the agent said and what the customer answered.
#[derive(Clone, Copy, Debug)]
struct Exchange<'a> {
    asked: Option<(u32, &'a str)>,
    turn: u32,
    answer: &'a str,
}
