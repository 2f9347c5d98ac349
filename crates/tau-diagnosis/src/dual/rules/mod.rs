//! Whose fault it was that a conversation of tau2's failed, by rules alone.
//!
//! As for tau-bench the order of the rules is their meaning: the machinery first, then the first call that
//! spoilt something that counts and was not put right, then why something was left out. Each has to show
//! evidence before it blames the customer. What only a reading of the conversation can tell (a judging model's
//! findings, an end that no call explains) is left undecided, and said so.

mod hearing;
mod omission;
mod wrong;

use tau_domain::plain::short;
use tau_toolkits::Domain;

use super::looked::Looked;
use super::matching::Became;
use super::replay::Step;
use super::words::{self, without_marks};
use crate::rules::Fault;
use crate::turns::Did;
use crate::{Author, Kind, Tag};
use hearing::Instruments;

/// What the rules find.
pub(super) enum Found {
    Fault(Fault),
    /// They cannot decide; why, in a sentence.
    Undecided(String),
}

/// A conversation that failed.
pub(super) struct Scene<'a> {
    pub(super) looked: &'a Looked<'a>,
    instruments: Instruments,
    /// What the customer was told, as text.
    scenario: String,
}

/// Something the customer said, with what the agent had said before it.
#[derive(Clone, Copy, Debug)]
struct Exchange<'a> {
    asked: Option<(u32, &'a str)>,
    turn: u32,
    answer: &'a str,
}

impl<'a> Scene<'a> {
    pub(super) fn new(domain: &Domain, looked: &'a Looked<'a>) -> Scene<'a> {
        let scenario = looked.task.scenario.to_string();
        Scene { looked, instruments: Instruments::of(domain), scenario }
    }

    pub(super) fn found(&self) -> Found {
        let fault = self
            .broken_off()
            .or_else(|| self.machinery())
            .or_else(|| self.spoilt())
            .or_else(|| self.omission())
            .or_else(|| self.wrong_order())
            .or_else(|| self.never_ended());
        match fault {
            Some(fault) => Found::Fault(fault),
            None => Found::Undecided(self.undecided()),
        }
    }

    /// What one side did that nobody could act on.
    fn broken_off(&self) -> Option<Fault> {
        let last = self.looked.turns.last().map(|turn| turn.number);
        let malformed = |author, who: &str| Fault {
            author,
            kind: Kind::Other,
            turn: last,
            tags: vec![Tag::ToolCallSchemaError],
            why: format!("{who}'s message could not be acted on, which ends the attempt."),
        };
        match self.looked.recorded.ending.as_str() {
            "agent_error" => Some(malformed(Author::Agent, "The agent")),
            "user_error" => Some(malformed(Author::User, "The customer")),
            "context_window_exceeded" => Some(Fault {
                author: Author::Environment,
                kind: Kind::Other,
                turn: last,
                tags: vec![Tag::Infrastructure],
                why: "The conversation became longer than a model can read.".to_owned(),
            }),
            "too_many_errors" => {
                let failed = |customer: bool| -> Vec<&Step> {
                    let steps = self.looked.made.steps.iter();
                    steps.filter(|s| s.failed && s.by_customer() == customer).collect()
                };
                let (agents, customers) = (failed(false), failed(true));
                let (author, who, steps) = if customers.len() > agents.len() {
                    (Author::User, "customer", customers)
                } else {
                    (Author::Agent, "agent", agents)
                };
                let first = steps.first()?;
                Some(Fault {
                    author,
                    kind: Kind::UsedWrongToolArgument,
                    turn: Some(first.turn),
                    tags: vec![Tag::ToolCallArgumentError],
                    why: format!(
                        "Too many calls failed, {} of them the {who}'s, the first with: {}",
                        steps.len(),
                        short(&first.answer)
                    ),
                })
            }
            _ => None,
        }
    }

    /// Faults of tools, of the task, and of the grade.
    fn machinery(&self) -> Option<Fault> {
        let environment = |turn, tags, why: String| Fault {
            author: Author::Environment,
            kind: Kind::Other,
            turn,
            tags,
            why,
        };
        let made = &self.looked.made;
        let expected = |step: &Step| {
            let actions = self.looked.recorded.actions.iter().zip(&self.looked.gold.steps);
            let mut same = actions.filter(|(action, _)| action.0.is(&step.call));
            same.any(|(_, gold)| !gold.failed)
        };
        let early = |at: usize| made.steps[..at].iter().all(|step| !step.writes());
        // The right call on the right data, which the tool refused then and would not now.
        let refused = made.steps.iter().enumerate().find(|(at, step)| {
            step.failed && !made.exact && step.writes() && early(*at) && expected(step)
        });
        if let Some((_, step)) = refused {
            let why = format!("The right call was answered with an error: {}", short(&step.answer));
            return Some(environment(Some(step.turn), vec![Tag::Infrastructure], why));
        }
        let ended = words::cut_short(&self.looked.recorded.ending).is_none();
        if ended && self.looked.all_met() {
            let why = "Carried out again, the conversation meets all that counts, so the grade is in doubt.";
            return Some(environment(None, vec![Tag::GraderDispute], why.to_owned()));
        }
        // What the expected actions themselves do not reach cannot be asked of anybody.
        let gold = self.looked.gold.holds();
        let unreachable = self.looked.failing().into_iter().find(|(index, _)| {
            !self.looked.recorded.actions.is_empty() && gold.get(*index) == Some(&false)
        });
        let (_, assertion) = unreachable?;
        let what = words::asked_for(assertion);
        let why = format!("Even the expected steps do not reach what the task asks for: {what}.");
        Some(environment(None, vec![Tag::GraderDispute], why))
    }

    /// Everything was done that was expected, in an order that made it wrong.
    fn wrong_order(&self) -> Option<Fault> {
        let looked = self.looked;
        if looked.failing().is_empty() && !looked.ends_differ() {
            return None;
        }
        let done: Option<Vec<usize>> = looked
            .matching
            .expected
            .iter()
            .map(|became| match became {
                Became::Done(at) => Some(*at),
                _ => None,
            })
            .collect();
        let done = done?;
        let at = done.windows(2).position(|pair| pair[0] > pair[1])?;
        let (late, early) = (&looked.made.steps[done[at]], &looked.made.steps[done[at + 1]]);
        Some(Fault {
            author: Author::Agent,
            kind: Kind::Other,
            turn: Some(early.turn),
            tags: vec![Tag::WrongSequence],
            why: format!(
                "The right steps were taken in an order that made them wrong: {} came before {}.",
                self.named(early),
                self.named(late)
            ),
        })
    }

    /// Everything was done, and nobody ended the conversation.
    fn never_ended(&self) -> Option<Fault> {
        let ending = self.looked.recorded.ending.as_str();
        if !matches!(ending, "max_steps" | "timeout") || !self.looked.all_met() {
            return None;
        }
        let exchanges = self.exchanges();
        let closed = self.looked.turns.iter().find(|turn| match turn.did {
            Did::AgentSaid(text) => crate::rules::hearing::closes(text),
            _ => false,
        });
        let went_on = closed
            .and_then(|closed| exchanges.iter().find(|exchange| exchange.turn > closed.number));
        Some(match went_on {
            Some(exchange) => Fault {
                author: Author::User,
                kind: Kind::Other,
                turn: Some(exchange.turn),
                tags: vec![Tag::GuidelineViolation],
                why: "Everything was done and the agent had come to an end, but the customer did not end the conversation.".to_owned(),
            },
            None => Fault {
                author: Author::Agent,
                kind: Kind::Other,
                turn: self.looked.turns.last().map(|turn| turn.number),
                tags: vec![Tag::Other],
                why: "Everything was done, but the agent went on until the conversation was cut short.".to_owned(),
            },
        })
    }

    /// Why the rules say nothing.
    fn undecided(&self) -> String {
        let looked = self.looked;
        let only_judged = looked.judged_unmet()
            && looked.failing().is_empty()
            && !looked.ends_differ()
            && looked.untaken().is_empty()
            && looked.unsaid().is_empty();
        if only_judged {
            return "What is missing was found by a judging model that read the conversation; whose fault that is only a reader can tell.".to_owned();
        }
        if looked.recorded.actions.is_empty() {
            return "The task does not say which steps were expected, so the rules have nothing to hold the calls against.".to_owned();
        }
        "No single call and no missing step explains the end, so the rules cannot say whose fault it was.".to_owned()
    }

    /// A call with who made it: `Toggled airplane mode (customer)`.
    fn named(&self, step: &Step) -> String {
        let who = if step.by_customer() { "customer" } else { "agent" };
        format!("{} ({who})", tau_domain::plain::tool_call(&step.call.name, &step.arguments))
    }

    /// What the customer said and what the agent said before it, in order.
    fn exchanges(&self) -> Vec<Exchange<'a>> {
        let mut found = Vec::new();
        let mut asked: Option<(u32, &str)> = None;
        for turn in &self.looked.turns {
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

    /// What the agent said before a turn in which it asked the customer for what a tool does; the last first.
    fn asked_before(&self, tool: &str, before: u32) -> Option<(u32, &'a str)> {
        let turns = self.looked.turns.iter().rev().filter(|turn| turn.number < before);
        turns.into_iter().find_map(|turn| match turn.did {
            Did::AgentSaid(text) if self.instruments.asks(text, tool) => Some((turn.number, text)),
            _ => None,
        })
    }

    /// What fails, in words: `the phone has service`.
    fn what_fails(&self) -> String {
        let failing = self.looked.failing();
        let mut told: Vec<String> =
            failing.into_iter().map(|(_, assertion)| words::asked_for(assertion)).collect();
        if told.is_empty() {
            let differ = self.looked.differences.iter().take(2).map(|(side, change)| {
                let (expected, left) = (change.before.as_ref(), change.after.as_ref());
                words::EndDifference::new(*side, &change.place, expected, left).words()
            });
            told = differ.collect();
        }
        told.truncate(2);
        told.join("; ")
    }

    fn quote(&self, text: &str) -> String {
        format!("\u{201c}{}\u{201d}", without_marks(text))
    }
}
