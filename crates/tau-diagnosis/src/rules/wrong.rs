//! Calls that were wrong: with which argument, and where that came from.

use tau_domain::plain::{short, spoken as in_words};

use super::hearing::{names, spoken, told};
use super::{Fault, Scene};
use crate::examine::{Became, Step, WrongArguments, leaves};
use crate::{Author, Kind, Tag};

/// A value that the customer told wrongly.
struct Misstatement {
    /// Where it was told.
    turn: u32,
    argument: String,
    said: String,
    /// What the task says.
    true_value: String,
    /// The call that used it.
    used: u32,
}

impl Scene<'_> {
    /// The first call that went wrong and was not put right.
    pub(super) fn wrong_call(&self) -> Option<Fault> {
        if let Some(misstated) = self.misstatement() {
            let invented = !names(&self.task.instruction, &misstated.said);
            return Some(Fault {
                author: Author::User,
                kind: Kind::UsedWrongToolArgument,
                turn: Some(misstated.turn),
                tags: vec![if invented { Tag::Hallucination } else { Tag::InconsistentBehavior }],
                why: format!(
                    "The customer gave {} as the {}, where the task says {}; the agent used it in turn {}.",
                    short(&misstated.said),
                    in_words(&misstated.argument),
                    short(&misstated.true_value),
                    misstated.used
                ),
            });
        }
        let found = &self.examined.findings;
        // Of two faults the first counts.
        let extra = found.extra.first();
        let wrong = found
            .wrong_arguments
            .iter()
            .filter(|wrong| wrong.carried_out || !wrong.arguments.is_empty())
            .min_by_key(|wrong| wrong.made.turn);
        match (extra, wrong) {
            (Some(extra), Some(wrong)) if extra.turn < wrong.made.turn => self.extra(),
            (_, Some(wrong)) => Some(self.wrong_arguments(wrong)),
            (Some(_), None) => self.extra(),
            (None, None) => None,
        }
    }

    /// A value of a gold call that the instruction states, the customer told otherwise and never put
    /// right, and a call used as told.
    fn misstatement(&self) -> Option<Misstatement> {
        let examined = self.examined;
        let open = examined.gold.iter().zip(&examined.matching.gold);
        let mut found: Option<Misstatement> = None;
        for (wanted, became) in open.filter(|(_, became)| !matches!(became, Became::Done(_))) {
            for step in self.candidates(wanted, *became) {
                for (argument, place, value) in leaves(&wanted.values) {
                    let (Some(true_value), Some(said)) =
                        (spoken(value), step.values.pointer(&place).and_then(spoken))
                    else {
                        continue;
                    };
                    if said.eq_ignore_ascii_case(&true_value)
                        || !names(&self.task.instruction, &true_value)
                    {
                        continue;
                    }
                    let told =
                        |value: &str, before| told(&examined.turns, &argument, value, before);
                    let Some(turn) = told(&said, step.turn) else { continue };
                    // Put right in time, or too late only for a change that was made.
                    let right = told(&true_value, u32::MAX);
                    if right
                        .is_some_and(|right| right > turn && (right < step.turn || !step.writes()))
                    {
                        continue;
                    }
                    if found.as_ref().is_none_or(|first| turn < first.turn) {
                        found = Some(Misstatement {
                            turn,
                            argument,
                            said,
                            true_value,
                            used: step.turn,
                        });
                    }
                }
            }
        }
        found
    }

    /// Calls that may have been meant as `wanted`: the one that stands for it, or those of the same
    /// tool that stand for nothing.
    fn candidates(&self, wanted: &Step, became: Became) -> Vec<&Step> {
        let steps = &self.examined.replayed.steps;
        if let Became::Otherwise(at) = became {
            return vec![&steps[at]];
        }
        let taken = |at: usize| {
            self.examined.matching.gold.iter().any(|became| {
                matches!(became, Became::Done(used) | Became::Otherwise(used) if *used == at)
            })
        };
        let free = steps.iter().enumerate().filter(|(at, _)| !taken(*at));
        free.filter(|(_, step)| step.tool == wanted.tool).map(|(_, step)| step).collect()
    }

    fn wrong_arguments(&self, wrong: &WrongArguments) -> Fault {
        let turn = wrong.made.turn;
        let before = turn.unwrap_or(u32::MAX);
        let turns = &self.examined.turns;
        let value = |text: &Option<String>| {
            let value = serde_json::from_str(text.as_deref()?).ok()?;
            spoken(&value)
        };
        // Neither said nor shown before: made up by the agent.
        let invented = wrong.arguments.iter().any(|argument| {
            value(&argument.actual).is_some_and(|actual| {
                let shown = self
                    .examined
                    .replayed
                    .steps
                    .iter()
                    .any(|step| step.turn < before && names(&step.answer, &actual));
                actual.chars().any(|c| c.is_ascii_digit())
                    && !shown
                    && told(turns, &argument.name, &actual, before).is_none()
            })
        });
        let tag = if invented { Tag::Hallucination } else { Tag::IncorrectInterpretation };
        let did = if wrong.carried_out { wrong.made.done() } else { wrong.made.to_do() };
        let why = match (wrong.carried_out, wrong.arguments.is_empty()) {
            (true, _) => format!(
                "The agent did the right thing with a wrong detail: {did}, with {}.",
                wrong.words()
            ),
            (false, false) => format!(
                "The agent tried the right thing with a wrong detail and was refused: {did}, with {}.",
                wrong.words()
            ),
            (false, true) => format!("The agent tried the right thing and was refused: {did}."),
        };
        Fault {
            author: Author::Agent,
            kind: Kind::UsedWrongToolArgument,
            turn,
            tags: vec![Tag::ToolCallArgumentError, tag],
            why,
        }
    }

    /// A change that was not to be made.
    fn extra(&self) -> Option<Fault> {
        let call = self.examined.findings.extra.first()?;
        let turn = call.turn.unwrap_or(u32::MAX);
        let arguments: serde_json::Value =
            serde_json::from_str(&call.arguments).unwrap_or_default();
        // A fact of the customer's own that the task does not know: the agent could not tell.
        let invented = leaves(&arguments).into_iter().find_map(|(name, _, value)| {
            let value = spoken(value).filter(|text| text.chars().any(|c| c.is_ascii_digit()))?;
            let shown = self
                .examined
                .replayed
                .steps
                .iter()
                .any(|step| step.turn < turn && names(&step.answer, &value));
            if shown || names(&self.task.instruction, &value) {
                return None;
            }
            let at = told(&self.examined.turns, &name, &value, turn)?;
            Some((name, at, value))
        });
        if let Some((name, at, value)) = invented {
            return Some(Fault {
                author: Author::User,
                kind: Kind::CalledWrongTool,
                turn: Some(at),
                tags: vec![Tag::Hallucination],
                why: format!(
                    "The customer gave {} as the {}, which the task does not know, and the agent acted on it: {}.",
                    short(&value),
                    in_words(&name),
                    call.done()
                ),
            });
        }
        let instead = self.examined.findings.missing.first();
        let (tags, why) = match (instead, self.task.allowed) {
            (_, Some(false)) => (
                vec![Tag::GuidelineViolation],
                format!("The agent did what the policy does not allow: {}.", call.done()),
            ),
            (Some(instead), _) => (
                vec![Tag::IncorrectInterpretation],
                format!(
                    "The agent did something else than was needed: {}, not: {}.",
                    call.done(),
                    instead.to_do()
                ),
            ),
            (None, _) => (
                vec![Tag::IrrelevantToolCall],
                format!("The agent changed something that was to stay as it was: {}.", call.done()),
            ),
        };
        Some(Fault {
            author: Author::Agent,
            kind: Kind::CalledWrongTool,
            turn: call.turn,
            tags,
            why,
        })
    }
}
