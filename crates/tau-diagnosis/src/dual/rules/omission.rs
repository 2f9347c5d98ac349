//! Things left out: who kept them from being done or said.

use tau_domain::plain::{short, tool_call, tool_to_call};
use tau_sim::tau2::{OUT_OF_SCOPE, STOP};

use super::hearing::{claims, claims_solved};
use super::{Exchange, Scene};
use crate::dual::account::step_in_words;
use crate::dual::matching::Became;
use crate::dual::replay::Step;
use crate::dual::words::cut_short;
use crate::examine::leaves;
use crate::rules::hearing::{
    Consent, asks_consent, asks_for, closes, consent, declines, is_request, names, spoken, tells,
    told,
};
use crate::rules::{Fault, is_fact};
use crate::turns::Did;
use crate::{Author, Kind, Tag};

impl Scene<'_> {
    /// Why something that had to be done or said was not.
    pub(super) fn omission(&self) -> Option<Fault> {
        let open = self.looked.open();
        let unsaid = self.looked.unsaid();
        if open.is_empty() && unsaid.is_empty() {
            return None;
        }
        let exchanges = self.exchanges();
        for index in &open {
            let step = &self.looked.gold.steps[*index];
            let found = if step.by_customer() {
                self.customers_part(*index, step, &exchanges)
            } else {
                self.no_agreement(step, &exchanges).or_else(|| self.withheld(step, &exchanges))
            };
            if found.is_some() {
                return found;
            }
        }
        self.left_early(&exchanges).or_else(|| Some(self.agents_omission(&open, &unsaid)))
    }

    /// A step of the customer's that the agent asked for and that was not taken.
    fn customers_part(
        &self,
        index: usize,
        step: &Step,
        exchanges: &[Exchange<'_>],
    ) -> Option<Fault> {
        let tool = &step.call.name;
        let asked: Vec<&Exchange<'_>> = exchanges
            .iter()
            .filter(|each| each.asked.is_some_and(|(_, text)| self.instruments.asks(text, tool)))
            .collect();
        let last = asked.last()?;
        let what = tool_to_call(tool, &step.arguments);
        let fault = |turn: u32, kind, tags, why: String| Fault {
            author: Author::User,
            kind,
            turn: Some(turn),
            tags,
            why,
        };
        let (missed, left_out) = (vec![Tag::MissedRequiredAction], Kind::GoalPartiallyCompleted);
        if let Became::Otherwise(at) = self.looked.matching.expected[index] {
            let made = &self.looked.made.steps[at];
            let words = last.asked.map_or("", |(_, text)| text);
            let mut right = leaves(&step.values).into_iter().filter_map(|(_, _, v)| spoken(v));
            // Refused by the tool, or asked for so: nothing that the customer made of it.
            if made.failed || !right.any(|value| names(words, &value)) {
                return None;
            }
            let (differ, tags) = (self.differ(step, made), vec![Tag::ToolCallArgumentError]);
            let why = format!(
                "The customer did what it was asked to with another value: {what}, with {differ}."
            );
            return Some(fault(made.turn, Kind::UsedWrongToolArgument, tags, why));
        }
        // It was done once, so the customer did its part then.
        if self.looked.made.steps.iter().any(|made| made.by_customer() && made.call.name == *tool) {
            return None;
        }
        if last.answer.contains(STOP) || last.answer.contains(OUT_OF_SCOPE) {
            // Who leaves an agent that fails is not to blame.
            if self.agent_fails() {
                return None;
            }
            let why = format!(
                "The customer left instead of doing what was needed ({what}): {}",
                self.quote(last.answer)
            );
            return Some(fault(last.turn, left_out, vec![Tag::PrematureTermination], why));
        }
        if consent(last.answer) == Consent::No && !claims(last.answer) {
            let tags = vec![Tag::InconsistentBehavior, Tag::GuidelineViolation];
            let why = format!(
                "The customer refused what was needed ({what}): {}",
                self.quote(last.answer)
            );
            return Some(fault(last.turn, left_out, tags, why));
        }
        let (from, _) = last.asked?;
        let instead = self
            .looked
            .made
            .steps
            .iter()
            .find(|made| made.by_customer() && made.turn > from && made.turn < last.turn);
        if let Some(instead) = instead {
            let tags = vec![Tag::IncorrectInterpretation, Tag::MissedRequiredAction];
            let did = tool_call(&instead.call.name, &instead.arguments);
            let why = format!(
                "The customer did something else than it was asked to: {did}, not: {what}."
            );
            return Some(fault(instead.turn, Kind::CalledWrongTool, tags, why));
        }
        if claims(last.answer) {
            let tags = vec![Tag::Hallucination, Tag::MissedRequiredAction];
            let why = format!(
                "The customer said that it had done what it was asked to, and had not ({what}): {}",
                self.quote(last.answer)
            );
            return Some(fault(last.turn, left_out, tags, why));
        }
        // Who asks back and gets no answer has been left alone.
        if last.answer.contains('?') {
            let helped = self.looked.turns.iter().any(|turn| {
                turn.number > last.turn
                    && matches!(turn.did, Did::AgentSaid(text) if self.instruments.asks(text, tool))
            });
            if !helped && asked.len() < 2 {
                return None;
            }
        }
        let times = match asked.len() {
            1 => String::new(),
            times => format!(" {times} times"),
        };
        let why = format!(
            "The agent asked{times} for what was needed ({what}), and the customer never did it: {}",
            self.quote(last.answer)
        );
        Some(fault(asked[0].turn, left_out, missed, why))
    }

    /// The customer said no to what the task wants the agent to do, or never gave a clear answer.
    fn no_agreement(&self, step: &Step, exchanges: &[Exchange<'_>]) -> Option<Fault> {
        let named = |text: &str| {
            let mut values = leaves(&step.values).into_iter().filter_map(|(_, _, v)| spoken(v));
            let lower = text.to_lowercase();
            text.contains(step.call.name.as_str())
                || values.any(|value| names(text, &value))
                || step
                    .call
                    .name
                    .split('_')
                    .skip(1)
                    .any(|word| word.len() > 3 && lower.contains(word))
        };
        let asked = |exchange: &&Exchange<'_>| {
            exchange.asked.is_some_and(|(_, text)| asks_consent(text) && named(text))
        };
        let asked: Vec<&Exchange<'_>> = exchanges.iter().filter(asked).collect();
        let last = asked.last()?;
        let fault = |turn: u32, tags, why| Fault {
            author: Author::User,
            kind: Kind::GoalPartiallyCompleted,
            turn: Some(turn),
            tags,
            why,
        };
        if consent(last.answer) == Consent::No {
            let tags = vec![Tag::InconsistentBehavior, Tag::GuidelineViolation];
            let why =
                format!("The customer refused what the task wants: {}", self.quote(last.answer));
            return Some(fault(last.turn, tags, why));
        }
        let agreed = asked.iter().any(|each| consent(each.answer) == Consent::Yes);
        if asked.len() < 2 || agreed || last.answer.contains(STOP) {
            return None;
        }
        let why = format!(
            "The agent asked {} times for agreement and never got a clear yes; the last answer was {}",
            asked.len(),
            self.quote(last.answer)
        );
        Some(fault(asked[0].turn, vec![Tag::InconsistentBehavior], why))
    }

    /// A fact that the step needs, that the scenario gives to the customer, that the agent asked for and the
    /// customer never told.
    fn withheld(&self, step: &Step, exchanges: &[Exchange<'_>]) -> Option<Fault> {
        for (argument, _, value) in leaves(&step.values) {
            let Some(fact) = spoken(value).filter(|fact| is_fact(value, fact)) else { continue };
            if !names(&self.scenario, &fact) {
                continue;
            }
            let mut asked = exchanges.iter().filter(|each| {
                each.asked.is_some_and(|(_, text)| asks_for(text, &argument) && !names(text, &fact))
            });
            let answered = exchanges.iter().any(|each| tells(each.answer, &argument, &fact))
                || told(&self.looked.turns, &argument, &fact, u32::MAX).is_some();
            let Some(first) = asked.next().filter(|_| !answered) else { continue };
            return Some(Fault {
                author: Author::User,
                kind: Kind::GoalPartiallyCompleted,
                turn: Some(first.turn),
                tags: vec![Tag::MissedRequiredAction],
                why: format!(
                    "The agent asked for the {}, and the customer never told it ({}): {}",
                    tau_domain::plain::spoken(&argument),
                    short(&fact),
                    self.quote(first.answer)
                ),
            });
        }
        None
    }

    /// The customer left while the agent was at work.
    fn left_early(&self, exchanges: &[Exchange<'_>]) -> Option<Fault> {
        let last = exchanges.last()?;
        let gave_up = last.answer.contains(OUT_OF_SCOPE);
        if !gave_up && !last.answer.contains(STOP) {
            return None;
        }
        let (_, before) = last.asked?;
        let at_work = is_request(&before.to_lowercase())
            || self
                .looked
                .recorded
                .actions
                .iter()
                .any(|(action, _)| self.instruments.asks(before, &action.call.name));
        if !at_work || closes(before) || declines(before) || self.transfer().is_some() {
            return None;
        }
        // Who leaves an agent that fails is not to blame.
        if self.agent_fails() {
            return None;
        }
        let how = if gave_up { "gave up" } else { "left" };
        Some(Fault {
            author: Author::User,
            kind: Kind::GoalPartiallyCompleted,
            turn: Some(last.turn),
            tags: vec![Tag::PrematureTermination],
            why: format!(
                "The customer {how} before it was done, while the agent was at work on it: {}",
                self.quote(last.answer)
            ),
        })
    }

    /// Whether the agent was failing: more than one of its own calls was refused.
    fn agent_fails(&self) -> bool {
        let steps = self.looked.made.steps.iter();
        steps.filter(|step| step.failed && !step.by_customer()).count() > 1
    }

    /// The agent's handing the customer over, where that was not expected.
    fn transfer(&self) -> Option<&Step> {
        let expected = |step: &Step| {
            let mut actions = self.looked.recorded.actions.iter();
            actions.any(|(action, _)| action.call.name == step.call.name)
        };
        self.looked.made.steps.iter().find(|step| {
            !step.by_customer() && step.call.name.contains("transfer") && !expected(step)
        })
    }

    /// Nothing kept the agent from it.
    fn agents_omission(&self, open: &[usize], unsaid: &[&str]) -> Fault {
        let steps = open.iter().map(|index| &self.looked.recorded.actions[*index].0);
        let mut left: Vec<String> = steps.map(step_in_words).collect();
        left.extend(unsaid.iter().map(|info| format!("The agent: Say {}", short(info))));
        let left = left.join("; ");
        let kind = Kind::GoalPartiallyCompleted;
        let mut tags = vec![Tag::MissedRequiredAction];
        let agents = |turn, tags, why| Fault { author: Author::Agent, kind, turn, tags, why };
        if let Some(transfer) = self.transfer() {
            tags.push(Tag::PrematureTermination);
            let why = format!(
                "The agent handed the customer over although this could have been done first. {left}."
            );
            return agents(Some(transfer.turn), tags, why);
        }
        if cut_short(&self.looked.recorded.ending).is_some() {
            let last = self.looked.turns.last().map(|turn| turn.number);
            return agents(
                last,
                tags,
                format!("The agent did not get so far in the time it had. {left}."),
            );
        }
        let closing = self.looked.turns.iter().rev().find_map(|turn| match turn.did {
            Did::AgentSaid(text) => Some((turn.number, text)),
            _ => None,
        });
        let turn = closing.map(|(turn, _)| turn);
        let wrong = open.iter().find_map(|index| match self.looked.matching.expected[*index] {
            Became::Otherwise(at) => Some((*index, &self.looked.made.steps[at])),
            _ => None,
        });
        if let Some((index, made)) = wrong {
            let differ = self.differ(&self.looked.gold.steps[index], made);
            let tried = tool_to_call(&made.call.name, &made.arguments);
            let why = match (differ.as_str(), made.by_customer()) {
                ("", _) => format!("The right step was refused and not tried again: {tried}."),
                (differ, true) => format!(
                    "The agent had the customer take a step with a wrong detail: {tried}, with {differ}."
                ),
                (differ, false) => {
                    format!("The agent took a step with a wrong detail: {tried}, with {differ}.")
                }
            };
            let tags = vec![Tag::ToolCallArgumentError];
            return Fault {
                kind: Kind::UsedWrongToolArgument,
                ..agents(Some(made.turn), tags, why)
            };
        }
        if !open.is_empty()
            && self.unverified()
            && closing.is_some_and(|(_, text)| claims_solved(text) || closes(text))
        {
            tags.push(Tag::PrematureTermination);
            let why = format!(
                "The agent called it done without anybody having looked whether it worked. Left out: {left}."
            );
            return agents(turn, tags, why);
        }
        agents(turn, tags, format!("The agent left out what was needed. {left}."))
    }

    /// Whether nobody looked at anything after the last change.
    fn unverified(&self) -> bool {
        let steps = &self.looked.made.steps;
        let last = steps.iter().rposition(Step::writes);
        last.is_some_and(|last| steps[last + 1..].iter().all(|step| step.failed))
    }
}
