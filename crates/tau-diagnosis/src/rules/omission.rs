//! Things left out: who kept them from being done or said.

use serde_json::Value;
use tau_domain::plain::{short, spoken as in_words};
use tau_domain::{Ending, RESPOND};
use tau_sim::STOP_MARKER;

use super::hearing::{
    Consent, asks_consent, asks_for, closes, consent, declines, is_request, names, spoken, stems,
    tells, told,
};
use super::{Exchange, Fault, Scene};
use crate::examine::{Became, Step, leaves};
use crate::{Author, Kind, Tag};

impl Scene<'_> {
    /// Why something that had to be done or said was not.
    pub(super) fn omission(&self) -> Option<Fault> {
        let found = &self.examined.findings;
        if found.missing.is_empty()
            && found.wrong_arguments.is_empty()
            && found.missing_outputs.is_empty()
        {
            return None;
        }
        let undone = !found.missing.is_empty() || !found.wrong_arguments.is_empty();
        let exchanges = self.exchanges();
        if undone && let Some(fault) = self.refused(&exchanges) {
            return Some(fault);
        }
        if let Some(fault) = self.withheld(&exchanges) {
            return Some(fault);
        }
        if undone {
            if let Some(fault) = self.unclear_wish(&exchanges) {
                return Some(fault);
            }
            if let Some(fault) = self.no_clear_answer(&exchanges) {
                return Some(fault);
            }
        }
        self.left_early(&exchanges).or_else(|| Some(self.agents_omission(undone)))
    }

    /// Gold calls that were never made.
    fn open(&self) -> impl Iterator<Item = &Step> {
        let examined = self.examined;
        let calls = examined.gold.iter().zip(&examined.matching.gold);
        calls.filter(|(_, became)| !matches!(became, Became::Done(_))).map(|(step, _)| step)
    }

    /// Gold changes that were never made.
    fn undone(&self) -> impl Iterator<Item = &Step> {
        self.open().filter(|step| step.writes())
    }

    /// Whether a question of the agent is about a gold change that was never made, and names none of
    /// its values wrongly as far as can be seen.
    fn is_about_undone(&self, question: &str) -> bool {
        self.undone().any(|step| {
            let mut values = leaves(&step.values).into_iter().filter_map(|(_, _, v)| spoken(v));
            let tool = stems(&step.tool.replace('_', " "));
            let said = stems(question);
            values.any(|value| names(question, &value))
                || tool.iter().any(|word| said.contains(word))
        })
    }

    /// The customer said no to the right thing.
    fn refused(&self, exchanges: &[Exchange<'_>]) -> Option<Fault> {
        let asked = |exchange: &&Exchange<'_>| {
            exchange.asked.is_some_and(|(_, text)| asks_consent(text) && self.is_about_undone(text))
        };
        let last = exchanges.iter().rev().find(asked)?;
        if consent(last.answer) != Consent::No {
            return None;
        }
        Some(Fault {
            author: Author::User,
            kind: Kind::GoalPartiallyCompleted,
            turn: Some(last.turn),
            tags: vec![Tag::InconsistentBehavior, Tag::GuidelineViolation],
            why: format!(
                "The customer refused what the task wants: \u{201c}{}\u{201d}",
                clean(last.answer)
            ),
        })
    }

    /// A fact that the next call needed, that the task gives to the customer, that the agent asked for
    /// and the customer never told.
    fn withheld(&self, exchanges: &[Exchange<'_>]) -> Option<Fault> {
        for step in self.open() {
            for (argument, _, value) in leaves(&step.values) {
                let Some(fact) = spoken(value).filter(|fact| is_fact(value, fact)) else {
                    continue;
                };
                if !names(&self.task.instruction, &fact) {
                    continue;
                }
                let asked: Vec<&Exchange<'_>> = exchanges
                    .iter()
                    .filter(|each| each.asked.is_some_and(|(_, text)| asks_for(text, &argument)))
                    .collect();
                let answered = asked.iter().any(|each| tells(each.answer, &argument, &fact));
                let told = told(&self.examined.turns, &argument, &fact, u32::MAX).is_some();
                // Who has said it once may be asked again, and then has to answer.
                if answered || (told && asked.len() < 2) {
                    continue;
                }
                let Some(asked) = asked.first() else { continue };
                return Some(Fault {
                    author: Author::User,
                    kind: self.attempted(step),
                    turn: Some(asked.turn),
                    tags: vec![Tag::MissedRequiredAction],
                    why: format!(
                        "The agent asked for the {}, and the customer never told it ({}), so it could not go on: \u{201c}{}\u{201d}",
                        in_words(&argument),
                        short(&fact),
                        clean(asked.answer)
                    ),
                });
            }
        }
        None
    }

    /// Whether the open call was tried with other arguments.
    fn attempted(&self, wanted: &Step) -> Kind {
        let tried =
            self.examined.replayed.steps.iter().any(|step| {
                step.tool == wanted.tool && step.failed && step.values != wanted.values
            });
        if tried { Kind::UsedWrongToolArgument } else { Kind::GoalPartiallyCompleted }
    }

    /// The customer never said what the task wants, in any words that the call or its arguments have.
    fn unclear_wish(&self, exchanges: &[Exchange<'_>]) -> Option<Fault> {
        let step = self.undone().next()?;
        let mut about = step.tool.replace('_', " ");
        for (_, _, value) in leaves(&step.values) {
            if let Value::String(text) = value {
                about = format!("{about} {text}");
            }
        }
        let told = stems(&self.task.instruction);
        let mut cues = stems(&about);
        cues.retain(|cue| told.contains(cue));
        let said: Vec<String> = exchanges.iter().flat_map(|each| stems(each.answer)).collect();
        let asked = exchanges
            .iter()
            .filter(|each| {
                each.asked.is_some_and(|(_, text)| {
                    let lower = text.to_lowercase();
                    is_request(&lower) && lower.contains("what")
                })
            })
            .count();
        if cues.is_empty() || asked < 2 || cues.iter().any(|cue| said.contains(cue)) {
            return None;
        }
        Some(Fault {
            author: Author::User,
            kind: Kind::GoalPartiallyCompleted,
            turn: exchanges.first().map(|each| each.turn),
            tags: vec![Tag::MissedRequiredAction],
            why: "The agent asked more than once what was wanted, and the customer never said it in words that name it.".to_owned(),
        })
    }

    /// The agent asked for agreement again and again and never got a yes.
    fn no_clear_answer(&self, exchanges: &[Exchange<'_>]) -> Option<Fault> {
        let asked: Vec<&Exchange<'_>> = exchanges
            .iter()
            .filter(|each| {
                each.asked.is_some_and(|(_, text)| asks_consent(text) && self.is_about_undone(text))
            })
            .collect();
        // Who orders it done has agreed, in other words than "yes".
        let wanted: Vec<String> =
            self.undone().flat_map(|step| stems(&step.tool.replace('_', " "))).collect();
        let orders = |answer: &str| {
            !answer.contains('?') && stems(answer).iter().any(|word| wanted.contains(word))
        };
        let agrees =
            |each: &&Exchange<'_>| consent(each.answer) == Consent::Yes || orders(each.answer);
        let last = asked.last().filter(|last| !clean(last.answer).is_empty())?;
        if asked.len() < 2 || asked.iter().copied().any(|each| agrees(&each)) {
            return None;
        }
        Some(Fault {
            author: Author::User,
            kind: Kind::GoalPartiallyCompleted,
            turn: asked.first().map(|each| each.turn),
            tags: vec![Tag::InconsistentBehavior],
            why: format!(
                "The agent asked {} times for agreement and never got a clear yes; the last answer was \u{201c}{}\u{201d}",
                asked.len(),
                clean(last.answer)
            ),
        })
    }

    /// The customer left while the agent was still at it and had not failed.
    fn left_early(&self, exchanges: &[Exchange<'_>]) -> Option<Fault> {
        if self.trajectory.ending != Ending::CustomerStopped {
            return None;
        }
        let last = exchanges.last().filter(|last| last.answer.contains(STOP_MARKER))?;
        let (_, before) = last.asked?;
        if closes(before) || declines(before) || self.agent_fails(exchanges) {
            return None;
        }
        let words = clean(last.answer);
        let words =
            if words.is_empty() { String::new() } else { format!(": \u{201c}{words}\u{201d}") };
        Some(Fault {
            author: Author::User,
            kind: Kind::GoalPartiallyCompleted,
            turn: Some(last.turn),
            tags: vec![Tag::PrematureTermination],
            why: format!(
                "The customer left before it was done, while the agent was at work on it{words}."
            ),
        })
    }

    /// Whether the agent was failing when the customer left: its own calls were refused more than once,
    /// or it kept asking for what it had been told.
    fn agent_fails(&self, exchanges: &[Exchange<'_>]) -> bool {
        let turns = &self.examined.turns;
        let own = self.examined.replayed.steps.iter().filter(|step| {
            step.failed
                && leaves(&step.values)
                    .into_iter()
                    .filter_map(|(argument, _, value)| Some((argument, spoken(value)?)))
                    .all(|(argument, value)| told(turns, &argument, &value, step.turn).is_none())
        });
        own.count() > 1 || self.examined.gold.iter().any(|step| self.asks_again(step, exchanges))
    }

    /// Whether the agent asked more than once more for something that it had been given as an answer.
    fn asks_again(&self, step: &Step, exchanges: &[Exchange<'_>]) -> bool {
        leaves(&step.values).into_iter().any(|(argument, _, value)| {
            let Some(fact) = spoken(value).filter(|fact| is_fact(value, fact)) else {
                return false;
            };
            let about = exchanges.iter().filter(|each| {
                each.asked.is_some_and(|(_, text)| {
                    asks_for(text, &argument) && !asks_consent(text) && !names(text, &fact)
                })
            });
            about.skip_while(|each| !tells(each.answer, &argument, &fact)).count() > 2
        })
    }

    /// Nothing kept the agent from it.
    fn agents_omission(&self, undone: bool) -> Fault {
        let found = &self.examined.findings;
        let closing = self.examined.replayed.said.last().map(|(turn, _)| *turn);
        let mut tags = vec![Tag::MissedRequiredAction];
        let ended = match self.trajectory.ending {
            Ending::Terminated => {
                tags.push(Tag::PrematureTermination);
                " and handed the customer over"
            }
            Ending::StepLimit => " within the steps there were",
            Ending::CustomerStopped | Ending::AgentError => "",
        };
        let mut left: Vec<String> = Vec::new();
        if undone {
            left.extend(found.missing.iter().map(crate::Call::to_do));
            left.extend(found.wrong_arguments.iter().map(|wrong| wrong.expected.to_do()));
        }
        left.extend(found.missing_outputs.iter().map(|output| format!("say {}", short(output))));
        let turn = if self.trajectory.ending == Ending::Terminated {
            self.examined.replayed.steps.last().map(|step| step.turn)
        } else {
            closing
        };
        Fault {
            author: Author::Agent,
            kind: Kind::GoalPartiallyCompleted,
            turn: turn.or(self.last_turn()),
            tags,
            why: format!("The agent left out what was needed{ended}: {}.", left.join("; ")),
        }
    }
}

/// Whether a value is a fact that only somebody who knows it can tell, rather than a choice of words.
pub(crate) fn is_fact(value: &Value, text: &str) -> bool {
    let telling = |text: &str| {
        text.chars().any(|c| c.is_ascii_digit() || "@#".contains(c))
            || text.starts_with(char::is_uppercase)
    };
    text != RESPOND && text.chars().count() >= 2 && (value.is_number() || telling(text))
}

/// What was said, on one line and without the marker that ends a conversation.
fn clean(text: &str) -> String {
    short(text.replace(STOP_MARKER, "").trim())
}
