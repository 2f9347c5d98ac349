//! Measures that are no success: turns, calls, money, time. Paired by task as success is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::interval::{mean, standard_deviation};
use crate::{Interval, TaskMean, task_mean};

/// What was measured of a task's attempts under one condition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TaskMeasure {
    /// The task's name; conditions are paired by it.
    pub task: String,
    /// One value an attempt; attempts without one are left out.
    pub values: Vec<f64>,
}

/// A measure under a condition against the baseline, over the tasks that both have.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeasureComparison {
    /// Tasks measured under both.
    pub tasks: usize,
    /// Tasks that fell out because one side has no value.
    pub fell_out: usize,
    /// Mean under the baseline, each task counting the same, in the measure's unit.
    pub baseline: f64,
    /// Mean under the condition.
    pub treated: f64,
    /// `treated - baseline`.
    pub difference: f64,
    /// 95 % paired t interval over tasks; `None` below [`crate::MIN_TASKS`] tasks, and where all tasks
    /// differ by one and the same amount, whose spread says nothing.
    pub interval: Option<Interval>,
}

/// The paired difference of a measure; `None` when no task has it under both conditions.
pub fn compare_measure(
    baseline: &[TaskMeasure],
    treated: &[TaskMeasure],
) -> Option<MeasureComparison> {
    let (before, mut rest) = (means(baseline), means(treated));
    let mut pairs = Vec::new();
    let mut fell_out = 0;
    for (task, before) in before {
        match rest.remove(task) {
            Some(after) => pairs.push((before, after)),
            None => fell_out += 1,
        }
    }
    let differences: Vec<f64> = pairs.iter().map(|(before, after)| after - before).collect();
    let found = task_mean(&differences);
    let (before, after): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    Some(MeasureComparison {
        tasks: found.tasks,
        fell_out: fell_out + rest.len(),
        baseline: mean(&before),
        treated: mean(&after),
        difference: found.estimate?,
        interval: found.interval.filter(|_| standard_deviation(&differences) > 0.0),
    })
}

/// The mean of a measure over tasks, each counting the same.
pub fn measure_mean(tasks: &[TaskMeasure]) -> TaskMean {
    task_mean(&means(tasks).into_values().collect::<Vec<_>>())
}

/// The mean of each task that has values; entries of the same task are joined.
fn means(tasks: &[TaskMeasure]) -> BTreeMap<&str, f64> {
    let mut all: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for task in tasks.iter().filter(|task| !task.values.is_empty()) {
        all.entry(&task.task).or_default().extend(&task.values);
    }
    all.into_iter().map(|(task, values)| (task, mean(&values))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(name: &str, values: &[f64]) -> TaskMeasure {
        TaskMeasure { task: name.to_owned(), values: values.to_vec() }
    }

    #[test]
    fn a_task_counts_once_however_often_it_was_tried_and_one_side_alone_falls_out() {
        let before = [task("a", &[4.0, 8.0]), task("b", &[10.0]), task("c", &[])];
        let after = [task("b", &[13.0, 15.0]), task("a", &[7.0]), task("d", &[1.0])];
        let found = compare_measure(&before, &after).unwrap();
        // a: 6 to 7, b: 10 to 14.
        assert_eq!((found.baseline, found.treated, found.difference), (8.0, 10.5, 2.5));
        assert_eq!((found.tasks, found.fell_out, found.interval), (2, 1, None));
        assert_eq!(compare_measure(&before, &[]), None);
    }

    #[test]
    fn a_difference_that_is_the_same_everywhere_has_no_interval() {
        let tasks = |add: f64| -> Vec<TaskMeasure> {
            (0..20).map(|i| task(&i.to_string(), &[f64::from(i) + add])).collect()
        };
        let found = compare_measure(&tasks(0.0), &tasks(1.0)).unwrap();
        assert_eq!((found.difference, found.interval), (1.0, None));
    }
}
