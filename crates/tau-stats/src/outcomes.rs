//! What goes in: the scored attempts of each task under one condition.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// All attempts at one task under one condition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskOutcomes {
    /// Which task; the key by which conditions are paired.
    pub task: String,
    /// Success or failure of each attempt that has a score.
    pub trials: Vec<bool>,
    /// Attempts that were planned and have no score (infrastructure failures, not yet run).
    pub not_scored: u32,
}

impl TaskOutcomes {
    /// Number of successes.
    pub fn passed(&self) -> usize {
        self.trials.iter().filter(|passed| **passed).count()
    }

    /// Share of the scored attempts that succeeded; `None` when none has a score.
    pub fn success(&self) -> Option<f64> {
        (!self.trials.is_empty()).then(|| self.passed() as f64 / self.trials.len() as f64)
    }
}

/// How many attempts stand behind a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Attempts that were planned.
    pub planned: usize,
    /// Attempts that have a score.
    pub scored: usize,
    /// Attempts that succeeded.
    pub passed: usize,
}

/// Counts over all tasks of a condition.
pub fn counts(tasks: &[TaskOutcomes]) -> Counts {
    let mut sum = Counts::default();
    for task in tasks {
        sum.scored += task.trials.len();
        sum.planned += task.trials.len() + task.not_scored as usize;
        sum.passed += task.passed();
    }
    sum
}

/// One entry per task, in the order of task names: entries that name the same task are joined.
pub fn merge(tasks: &[TaskOutcomes]) -> Vec<TaskOutcomes> {
    let mut by_task: BTreeMap<&str, TaskOutcomes> = BTreeMap::new();
    for entry in tasks {
        let joined = by_task.entry(&entry.task).or_insert_with(|| TaskOutcomes {
            task: entry.task.clone(),
            ..TaskOutcomes::default()
        });
        joined.trials.extend_from_slice(&entry.trials);
        joined.not_scored += entry.not_scored;
    }
    by_task.into_values().collect()
}

/// One task seen under both conditions, each with at least one scored attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskPair {
    /// Attempts under the baseline.
    pub baseline: TaskOutcomes,
    /// Attempts under the condition compared with it.
    pub treated: TaskOutcomes,
}

impl TaskPair {
    /// Success under the condition minus success under the baseline.
    pub fn difference(&self) -> f64 {
        // Both sides have a scored attempt: `pair` admits no other.
        self.treated.success().unwrap_or_default() - self.baseline.success().unwrap_or_default()
    }
}

/// Pairs two conditions by task. The second value is the number of tasks that fell out because
/// one side has no scored attempt.
pub fn pair(baseline: &[TaskOutcomes], treated: &[TaskOutcomes]) -> (Vec<TaskPair>, usize) {
    let mut rest: BTreeMap<String, TaskOutcomes> =
        merge(treated).into_iter().map(|entry| (entry.task.clone(), entry)).collect();
    let mut pairs = Vec::new();
    let mut fell_out = 0;
    for baseline in merge(baseline) {
        match rest.remove(&baseline.task) {
            Some(treated) if !baseline.trials.is_empty() && !treated.trials.is_empty() => {
                pairs.push(TaskPair { baseline, treated });
            }
            _ => fell_out += 1,
        }
    }
    (pairs, fell_out + rest.len())
}

#[cfg(test)]
pub(crate) fn task(name: &str, trials: &[u8]) -> TaskOutcomes {
    TaskOutcomes {
        task: name.to_owned(),
        trials: trials.iter().map(|t| *t == 1).collect(),
        not_scored: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_without_a_score_is_counted_but_is_no_failure() {
        let mut a = task("a", &[1, 1]);
        a.not_scored = 3;
        let sum = counts(&[a.clone(), task("b", &[0])]);
        assert_eq!(sum, Counts { planned: 6, scored: 3, passed: 2 });
        assert_eq!(a.success(), Some(1.0));
    }

    #[test]
    fn a_task_that_lacks_a_score_on_either_side_falls_out_and_is_counted() {
        let lost = TaskOutcomes { task: "c".into(), trials: vec![], not_scored: 2 };
        let (pairs, fell_out) = pair(
            &[task("a", &[1]), task("b", &[1]), task("c", &[1])],
            &[task("a", &[0]), lost, task("only here", &[1])],
        );
        assert_eq!(pairs.len(), 1);
        assert_eq!(pairs[0].difference(), -1.0);
        assert_eq!(fell_out, 3);
    }

    #[test]
    fn entries_of_the_same_task_are_joined() {
        let merged = merge(&[task("a", &[1]), task("b", &[0]), task("a", &[0, 1])]);
        assert_eq!(merged.len(), 2);
        assert_eq!(merged[0].trials, vec![true, false, true]);
    }
}
