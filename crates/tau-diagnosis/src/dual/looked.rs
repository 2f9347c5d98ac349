//! A conversation of tau2's looked at beside what was expected of it.

use tau_domain::Message;
use tau_toolkits::grading::{Assertion, Basis};
use tau_toolkits::{Change, Domain, Requestor, Task};

use super::matching::{Became, Matching, decisive, matched};
use super::recorded::Recorded;
use super::replay::{self, Carried, Place, Step};
use crate::turns::{Did, Turn, turns};

/// A conversation and what was found in it.
pub(super) struct Looked<'a> {
    pub(super) task: &'a Task,
    pub(super) recorded: &'a Recorded,
    pub(super) turns: Vec<Turn<'a>>,
    /// The conversation, carried out again.
    pub(super) made: Carried,
    /// The expected actions, carried out as people would see it.
    pub(super) gold: Carried,
    pub(super) matching: Matching,
    /// From the expected end to the one that was left.
    pub(super) differences: Vec<(Requestor, Change)>,
}

impl<'a> Looked<'a> {
    /// Looks at a conversation; `None` where its task cannot be set up in this domain.
    pub(super) fn at(
        domain: &Domain,
        recorded: &'a Recorded,
        messages: &'a [Message],
        seed: u64,
    ) -> Option<Looked<'a>> {
        let task = recorded.task.as_ref()?;
        let turns = turns(messages);
        // An agent alone has nobody to talk to.
        let solo = !messages.iter().any(|message| message.role == tau_domain::Role::User);
        let made = replay::conversation(domain, task, recorded, &turns, solo, seed)?;
        let gold = replay::expected(domain, task, recorded, false, seed)?;
        let end = match recorded.counts(Basis::Db) {
            true => replay::expected(domain, task, recorded, true, seed)?.end,
            false => gold.end.clone(),
        };
        let differences = replay::differences(&end, &made.end);
        let matching = matched(&recorded.actions, &gold, &made, solo);
        Some(Looked { task, recorded, turns, made, gold, matching, differences })
    }

    /// What the customer said last, with its marks.
    pub(super) fn customers_end(&self) -> Option<&'a str> {
        self.turns.iter().rev().find_map(|turn| match turn.did {
            Did::CustomerSaid(text) => Some(text),
            _ => None,
        })
    }

    /// Whether one of the agent's messages has a text in it, by upstream's comparison.
    pub(super) fn agent_says(&self, info: &str) -> bool {
        let info = info.to_lowercase();
        self.turns.iter().any(|turn| match turn.did {
            Did::AgentSaid(text) | Did::AgentRemarked(text) => {
                text.to_lowercase().replace(',', "").contains(&info)
            }
            _ => false,
        })
    }

    /// The assertions that count and do not hold at the end.
    pub(super) fn failing(&self) -> Vec<(usize, &'a Assertion)> {
        if !self.recorded.counts(Basis::EnvAssertion) {
            return Vec::new();
        }
        let holds = self.made.holds();
        let each = self.recorded.assertions.iter().enumerate();
        let fails = |(index, (_, met)): &(usize, &(_, Option<bool>))| {
            !met.unwrap_or_else(|| holds.get(*index).copied().unwrap_or(true))
        };
        each.filter(fails).map(|(index, (assertion, _))| (index, assertion)).collect()
    }

    /// Whether the two ends have to be the same, and are not.
    pub(super) fn ends_differ(&self) -> bool {
        let recorded = self.recorded;
        recorded.counts(Basis::Db)
            && recorded.has_plan()
            && !recorded.database.unwrap_or(self.differences.is_empty())
    }

    /// The expected actions that count by themselves and were not taken.
    pub(super) fn untaken(&self) -> Vec<usize> {
        if !self.recorded.counts(Basis::Action) {
            return Vec::new();
        }
        let each = self.recorded.actions.iter().enumerate();
        let taken = |action: &tau_toolkits::grading::Action| {
            self.made.steps.iter().any(|step| action.is(&step.call))
        };
        each.filter(|(_, (action, met))| !met.unwrap_or_else(|| taken(action)))
            .map(|(index, _)| index)
            .collect()
    }

    /// What had to be said, counts and was not.
    pub(super) fn unsaid(&self) -> Vec<&'a str> {
        if !self.recorded.counts(Basis::Communicate) {
            return Vec::new();
        }
        let each = self.recorded.said.iter();
        each.filter(|(info, met)| !met.unwrap_or_else(|| self.agent_says(info)))
            .map(|(info, _)| info.as_str())
            .collect()
    }

    /// Whether a judging model found something missing that counts.
    pub(super) fn judged_unmet(&self) -> bool {
        let counts = self.recorded.counts(Basis::NlAssertion);
        counts && self.recorded.judged.iter().any(|(_, met, _)| *met == Some(false))
    }

    /// The call after which an assertion that had held did not hold any more, to the end.
    pub(super) fn broke(&self, assertion: usize) -> Option<&Step> {
        let steps = &self.made.steps;
        let held = |at: usize| match at.checked_sub(1) {
            Some(before) => steps[before].holds.get(assertion) == Some(&true),
            None => self.made.held_first.get(assertion) == Some(&true),
        };
        let last = (0..steps.len()).rev().find(|at| held(*at))?;
        let step = &steps[last];
        (step.holds.get(assertion) == Some(&false)).then_some(step)
    }

    /// The last call that changed something where the two ends differ.
    pub(super) fn last_changed(&self, side: Requestor, change: &Change) -> Option<&Step> {
        let place = Place { side, path: change.place.clone() };
        let changed = |step: &&Step| step.changed.iter().any(|other| other.meets(&place));
        self.made.steps.iter().rev().find(changed)
    }

    /// The calls that spoilt something that counts, in their order: what an assertion asks for, or a place
    /// where the two ends have to be the same.
    pub(super) fn spoilers(&self) -> Vec<&Step> {
        let broke = self.failing().into_iter().filter_map(|(index, _)| self.broke(index));
        let mut turns: Vec<u32> = broke.map(|step| step.turn).collect();
        if self.ends_differ() {
            let changed = self.differences.iter();
            let last = changed.filter_map(|(side, change)| self.last_changed(*side, change));
            turns.extend(last.map(|step| step.turn));
        }
        self.made.steps.iter().filter(|step| turns.contains(&step.turn)).collect()
    }

    /// What became of the expected action that a call stands for.
    pub(super) fn stands_for(&self, turn: u32) -> Option<(usize, Became)> {
        let each = self.matching.expected.iter().enumerate();
        let mut found = each.filter(|(_, became)| match became {
            Became::Done(at) | Became::Otherwise(at) => self.made.steps[*at].turn == turn,
            Became::Missing => false,
        });
        found.next().map(|(index, became)| (index, *became))
    }

    /// The expected actions that were not taken, or not so, and that what fails waits for.
    pub(super) fn open(&self) -> Vec<usize> {
        let untaken = self.untaken();
        let failing = self.failing();
        let not_done = |index: &usize| !matches!(self.matching.expected[*index], Became::Done(_));
        let writes = |index: &usize| self.gold.steps.get(*index).is_some_and(Step::writes);
        let all = 0..self.recorded.actions.len();
        let waiting: Vec<usize> = all.filter(|index| not_done(index) && writes(index)).collect();
        let mut open = if self.ends_differ() {
            waiting
        } else if failing.is_empty() || waiting.is_empty() {
            Vec::new()
        } else {
            let assertions: Vec<&Assertion> = failing.into_iter().map(|(_, one)| one).collect();
            decisive(&waiting, &self.recorded.actions, &self.made.end, &assertions)
        };
        open.extend(
            untaken.iter().filter(|index| !open.contains(index)).copied().collect::<Vec<_>>(),
        );
        open.sort_unstable();
        open
    }

    /// Whether nothing that counts is found to fail here.
    pub(super) fn all_met(&self) -> bool {
        self.failing().is_empty()
            && !self.ends_differ()
            && self.untaken().is_empty()
            && self.unsaid().is_empty()
            && !self.judged_unmet()
    }
}
