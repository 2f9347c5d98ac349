//! Calls that spoilt something: whose they were, and who wanted them.

use tau_domain::plain::{short, spoken as in_words, tool_call};

use super::Scene;
use super::hearing::claims;
use crate::dual::matching::Became;
use crate::dual::replay::Step;
use crate::examine::{leaves, same};
use crate::rules::Fault;
use crate::rules::hearing::{names, spoken, stems, told};
use crate::turns::Did;
use crate::{Author, Kind, Tag};

impl Scene<'_> {
    /// The first call that spoilt something that counts and was not put right.
    pub(super) fn spoilt(&self) -> Option<Fault> {
        if let Some(fault) = self.misstated() {
            return Some(fault);
        }
        let spoilers = self.looked.spoilers();
        // What stands for an expected action only spoils by its order.
        let wrong = spoilers
            .into_iter()
            .find(|step| !matches!(self.looked.stands_for(step.turn), Some((_, Became::Done(_)))));
        let wrong = wrong.or_else(|| self.in_the_way())?;
        Some(if wrong.by_customer() { self.by_customer(wrong) } else { self.by_agent(wrong) })
    }

    /// With every expected step taken, a call besides them that left something other than it should be.
    fn in_the_way(&self) -> Option<&Step> {
        let looked = self.looked;
        if looked.failing().is_empty() || !looked.open().is_empty() {
            return None;
        }
        let extra = |step: &&Step| {
            looked.matching.extra.iter().any(|at| looked.made.steps[*at].turn == step.turn)
        };
        let changed = looked.differences.iter();
        let last = changed.filter_map(|(side, change)| looked.last_changed(*side, change));
        last.filter(extra).min_by_key(|step| step.turn)
    }

    fn by_customer(&self, step: &Step) -> Fault {
        let tool = &step.call.name;
        let did = tool_call(tool, &step.arguments);
        let spoilt = self.what_fails();
        let asked = self.asked_before(tool, step.turn);
        let values: Vec<String> =
            leaves(&step.values).into_iter().filter_map(|(_, _, value)| spoken(value)).collect();
        let Some((turn, words)) = asked else {
            return Fault {
                author: Author::User,
                kind: Kind::CalledWrongTool,
                turn: Some(step.turn),
                tags: vec![Tag::IrrelevantToolCall],
                why: format!(
                    "The customer did something that nobody had asked for: {did}. So this was not reached: {spoilt}."
                ),
            };
        };
        // What was asked for, once and no more.
        let since = self.looked.made.steps.iter().filter(|other| {
            other.by_customer()
                && other.call.name == *tool
                && other.turn > turn
                && other.turn < step.turn
        });
        if since.count() > 0 && step.writes() && values.is_empty() {
            return Fault {
                author: Author::User,
                kind: Kind::CalledWrongTool,
                turn: Some(step.turn),
                tags: vec![Tag::InconsistentBehavior],
                why: format!(
                    "The customer did once more what it had been asked to do once, which undid it: {did}. So this was not reached: {spoilt}."
                ),
            };
        }
        if let Some((said, words)) = self.unintelligible(step, turn) {
            return Fault {
                author: Author::User,
                kind: Kind::CalledWrongTool,
                turn: Some(said),
                tags: vec![Tag::InconsistentBehavior],
                why: format!(
                    "The customer had done what it was asked to and did not say so, was asked again, and undid it: {did}. It had said {}",
                    self.quote(words)
                ),
            };
        }
        let expected = match self.looked.stands_for(step.turn) {
            Some((index, Became::Otherwise(_))) => Some(&self.looked.gold.steps[index]),
            _ => None,
        };
        if let Some(expected) = expected {
            let right = leaves(&expected.values).into_iter().filter_map(|(_, _, v)| spoken(v));
            let told_right = right.into_iter().any(|value| names(words, &value));
            let told_so = values.iter().any(|value| names(words, value));
            if told_right && !told_so {
                return Fault {
                    author: Author::User,
                    kind: Kind::UsedWrongToolArgument,
                    turn: Some(step.turn),
                    tags: vec![Tag::ToolCallArgumentError],
                    why: format!(
                        "The customer did what the agent asked for with another value: {did}, where the agent had said {}",
                        self.quote(words)
                    ),
                };
            }
        }
        Fault {
            author: Author::Agent,
            kind: if expected.is_some() {
                Kind::UsedWrongToolArgument
            } else {
                Kind::CalledWrongTool
            },
            turn: Some(turn),
            tags: vec![Tag::IncorrectInterpretation],
            why: format!(
                "The agent had the customer do what spoilt it: {did}. So this was not reached: {spoilt}."
            ),
        }
    }

    /// What the customer said after it had done the same before, and before it was asked again in turn `again`,
    /// where nobody could tell from it that it had been done.
    fn unintelligible(&self, step: &Step, again: u32) -> Option<(u32, &str)> {
        let steps = self.looked.made.steps.iter().rev();
        let before = steps.filter(|other| other.by_customer() && other.turn < again);
        let first = before.into_iter().find(|other| other.call.name == step.call.name)?;
        let shown = stems(&first.answer);
        self.looked.turns.iter().find_map(|turn| match turn.did {
            Did::CustomerSaid(text) if turn.number > first.turn && turn.number < again => {
                let tells = claims(text) || stems(text).iter().any(|word| shown.contains(word));
                (!tells).then_some((turn.number, text))
            }
            _ => None,
        })
    }

    fn by_agent(&self, step: &Step) -> Fault {
        let did = tool_call(&step.call.name, &step.arguments);
        let spoilt = self.what_fails();
        if let Some((index, Became::Otherwise(_))) = self.looked.stands_for(step.turn) {
            let differ = self.differ(&self.looked.gold.steps[index], step);
            return Fault {
                author: Author::Agent,
                kind: Kind::UsedWrongToolArgument,
                turn: Some(step.turn),
                tags: vec![Tag::ToolCallArgumentError, Tag::IncorrectInterpretation],
                why: format!(
                    "The agent did the right thing with a wrong detail: {did}, with {differ}."
                ),
            };
        }
        let expected = self.looked.recorded.actions.iter();
        let expected = expected.filter(|(action, _)| action.call.name == step.call.name).count();
        let (tags, what) = if expected > 0 {
            (vec![Tag::InconsistentBehavior], "The agent did once more what was to be done once")
        } else {
            (
                vec![Tag::IrrelevantToolCall],
                "The agent changed something that was to stay as it was",
            )
        };
        Fault {
            author: Author::Agent,
            kind: Kind::CalledWrongTool,
            turn: Some(step.turn),
            tags,
            why: format!("{what}: {did}. So this was not reached: {spoilt}."),
        }
    }

    /// `bill id B9 instead of B1`.
    pub(super) fn differ(&self, expected: &Step, made: &Step) -> String {
        let text =
            |values: &serde_json::Value, name: &str| values.get(name).map(ToString::to_string);
        let words =
            crate::examine::differing(&expected.values, &made.values).into_iter().map(|name| {
                let (expected, actual) = (text(&expected.values, &name), text(&made.values, &name));
                crate::WrongArgument { name, expected, actual }.words()
            });
        words.collect::<Vec<_>>().join("; ")
    }

    /// A value that the customer told otherwise than its scenario has it, never put right, and that the agent
    /// used where an expected action needs the true one.
    fn misstated(&self) -> Option<Fault> {
        let looked = self.looked;
        for index in looked.open() {
            let gold = &looked.gold.steps[index];
            if gold.by_customer() {
                continue;
            }
            let tries = looked.made.steps.iter().filter(|step| !step.by_customer());
            for step in tries {
                for (argument, place, value) in leaves(&gold.values) {
                    let actual = step.values.pointer(&place);
                    let (Some(truth), Some(said)) = (spoken(value), actual.and_then(spoken)) else {
                        continue;
                    };
                    let equal = actual.is_some_and(|actual| same(actual, value));
                    if equal || !names(&self.scenario, &truth) || names(&self.scenario, &said) {
                        continue;
                    }
                    let told = |value: &str, before| told(&looked.turns, &argument, value, before);
                    let Some(turn) = told(&said, step.turn) else { continue };
                    if told(&truth, u32::MAX).is_some_and(|right| right > turn) {
                        continue;
                    }
                    return Some(self.made_up(turn, &argument, &said, Some(&truth), step));
                }
            }
        }
        self.invented()
    }

    /// A code that the customer told, that neither its scenario nor anybody before it names, and that a lookup of
    /// the agent's was refused for.
    fn invented(&self) -> Option<Fault> {
        let looked = self.looked;
        if looked.open().is_empty() {
            return None;
        }
        let refused = looked.made.steps.iter().filter(|step| !step.by_customer() && step.failed);
        for step in refused {
            for (argument, _, value) in leaves(&step.values) {
                let Some(said) =
                    spoken(value).filter(|said| said.chars().any(|c| c.is_ascii_digit()))
                else {
                    continue;
                };
                let shown = looked.made.steps.iter().take_while(|one| one.turn < step.turn);
                if names(&self.scenario, &said)
                    || shown.into_iter().any(|one| names(&one.answer, &said))
                {
                    continue;
                }
                let Some(turn) = told(&looked.turns, &argument, &said, step.turn) else { continue };
                // Somebody who puts it right has only slipped.
                let later = looked.made.steps.iter().any(|other| {
                    other.turn > step.turn && other.call.name == step.call.name && !other.failed
                });
                if !later {
                    return Some(self.made_up(turn, &argument, &said, None, step));
                }
            }
        }
        None
    }

    fn made_up(
        &self,
        turn: u32,
        argument: &str,
        said: &str,
        truth: Option<&str>,
        used: &Step,
    ) -> Fault {
        let truth = match truth {
            Some(truth) => format!("where its instruction says {}", short(truth)),
            None => "which its instruction does not know".to_owned(),
        };
        Fault {
            author: Author::User,
            kind: Kind::UsedWrongToolArgument,
            turn: Some(turn),
            tags: vec![Tag::Hallucination],
            why: format!(
                "The customer gave {} as the {}, {truth}; the agent used it in turn {}.",
                short(said),
                in_words(argument),
                used.turn
            ),
        }
    }
}
