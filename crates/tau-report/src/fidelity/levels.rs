//! Readings put in order: by meter and trait, condition, task and attempt.

use std::collections::BTreeMap;

use tau_domain::Outcome;
use tau_traits::fidelity::{MeterSource, Third};

use super::{FidelityInput, MeteredConversation};

/// One conversation's levels of one trait, in the order of the customer's messages.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    pub(super) trial: u32,
    pub(super) levels: Vec<f64>,
}

impl Heard {
    pub(super) fn mean(&self) -> f64 {
        mean(self.levels.iter().copied()).unwrap_or(0.0)
    }

    /// The levels of one third.
    pub(super) fn third(&self, third: Third) -> Vec<f64> {
        let count = self.levels.len();
        let at = self.levels.iter().enumerate();
        at.filter(|(at, _)| Third::of(*at, count) == third).map(|(_, level)| *level).collect()
    }

    /// Late less early, where there are three messages or more.
    pub(super) fn ends(&self) -> Option<(f64, f64)> {
        if self.levels.len() < 3 {
            return None;
        }
        let of = |third| mean(self.third(third).into_iter());
        Some((of(Third::Early)?, of(Third::Late)?))
    }
}

/// The conversations of one condition by task.
pub(super) type ByTask<'a> = BTreeMap<&'a str, Vec<Heard>>;

/// What one meter read of one trait under one condition. What has no score, and what the meter has
/// not read, is not in it.
pub(super) fn by_task<'a>(
    input: &'a FidelityInput,
    source: MeterSource,
    trait_id: &str,
    condition: &str,
) -> ByTask<'a> {
    let mut tasks: ByTask<'a> = BTreeMap::new();
    for each in input.conversations.iter().filter(|each| each.condition_id == condition) {
        if let Some(levels) = levels(each, source, trait_id) {
            let heard = Heard { trial: each.trial, levels };
            tasks.entry(each.task_id.as_str()).or_default().push(heard);
        }
    }
    tasks
}

/// Whether a conversation has a score.
pub(super) fn scored(each: &MeteredConversation) -> bool {
    matches!(each.outcome, Outcome::Passed | Outcome::Failed)
}

fn levels(each: &MeteredConversation, source: MeterSource, trait_id: &str) -> Option<Vec<f64>> {
    if !scored(each) {
        return None;
    }
    let (_, read) = each.readings.iter().find(|(by, _)| *by == source)?;
    let mut read: Vec<(u32, f64)> = read
        .iter()
        .filter(|reading| reading.trait_id == trait_id && reading.level.is_finite())
        .map(|reading| (reading.message, reading.level))
        .collect();
    read.sort_by_key(|(message, _)| *message);
    (!read.is_empty()).then(|| read.into_iter().map(|(_, level)| level).collect())
}

/// Mean level of each task: conversations count the same whatever their length.
pub(super) fn task_means<'a>(tasks: &ByTask<'a>) -> BTreeMap<&'a str, f64> {
    let of = |all: &Vec<Heard>| mean(all.iter().map(Heard::mean));
    tasks.iter().filter_map(|(task, all)| Some((*task, of(all)?))).collect()
}

/// Differences of tasks that both have.
pub(super) fn differences(of: &BTreeMap<&str, f64>, from: &BTreeMap<&str, f64>) -> Vec<f64> {
    of.iter().filter_map(|(task, value)| Some(value - from.get(task)?)).collect()
}

pub(super) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}
