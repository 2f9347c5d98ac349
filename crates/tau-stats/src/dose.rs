//! Dose and response: how much success changes per level of a trait.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::interval::{mean, standard_deviation, t_interval};
use crate::outcomes::merge;
use crate::{Interval, MIN_TASKS, TaskOutcomes};

/// The mean over tasks of each task's own slope.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoseResponse {
    /// Change of the success rate per level: -0.05 loses five points a level.
    pub slope: f64,
    /// 95 % interval of a t distribution over tasks; `None` below [`MIN_TASKS`] tasks, and where all
    /// tasks have one and the same slope, whose spread says nothing.
    pub interval: Option<Interval>,
    /// Tasks scored at every level.
    pub tasks: usize,
    /// Tasks that fell out because a level has no score.
    pub fell_out: usize,
}

/// The least-squares slope of success over level, task by task, and its mean.
///
/// `levels` holds a dose (0 for the baseline) and what came of it. `None` with fewer than two
/// different doses or without a task that all of them have.
pub fn dose_response(levels: &[(f64, &[TaskOutcomes])]) -> Option<DoseResponse> {
    let doses: Vec<f64> = levels.iter().map(|(dose, _)| *dose).collect();
    let centre = mean(&doses);
    let spread: f64 = doses.iter().map(|dose| (dose - centre).powi(2)).sum();
    if doses.len() < 2 || spread <= f64::EPSILON {
        return None;
    }
    let mut tasks: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    for (dose, outcomes) in levels {
        for task in merge(outcomes) {
            let points = tasks.entry(task.task.clone()).or_default();
            points.extend(task.success().map(|success| (*dose, success)));
        }
    }
    let all = tasks.len();
    let slopes: Vec<f64> = tasks
        .into_values()
        .filter(|points| points.len() == levels.len())
        .map(|points| {
            points.iter().map(|(dose, success)| (dose - centre) * success).sum::<f64>() / spread
        })
        .collect();
    if slopes.is_empty() {
        return None;
    }
    let known = slopes.len() >= MIN_TASKS && standard_deviation(&slopes) > 0.0;
    Some(DoseResponse {
        slope: mean(&slopes),
        interval: known.then(|| t_interval(&slopes)),
        tasks: slopes.len(),
        fell_out: all - slopes.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::task;

    #[test]
    fn a_task_that_fails_from_the_second_level_on_has_the_slope_worked_by_hand() {
        // y = 1, 1, 0, 0, 0 over 0..4: sum (x - 2) y = -2 - 1 = -3; / 10 = -0.3.
        let level = |passed: u8| vec![task("a", &[passed])];
        let data: Vec<Vec<TaskOutcomes>> = [1, 1, 0, 0, 0].map(level).to_vec();
        let levels: Vec<(f64, &[TaskOutcomes])> =
            (0..).zip(&data).map(|(x, y): (i32, _)| (f64::from(x), y.as_slice())).collect();
        let found = dose_response(&levels).unwrap();
        assert!((found.slope + 0.3).abs() < 1e-12);
        assert_eq!((found.tasks, found.fell_out, found.interval), (1, 0, None));
    }

    #[test]
    fn a_task_that_lacks_a_level_falls_out_and_is_counted() {
        let none = vec![task("a", &[1]), task("b", &[1])];
        let some = vec![task("a", &[0])];
        let found = dose_response(&[(0.0, &none), (3.0, &some)]).unwrap();
        assert_eq!((found.tasks, found.fell_out), (1, 1));
        assert!((found.slope + 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn one_dose_has_no_slope() {
        let tasks = vec![task("a", &[1])];
        assert_eq!(dose_response(&[(2.0, &tasks)]), None);
        assert_eq!(dose_response(&[(2.0, &tasks), (2.0, &tasks)]), None);
        assert_eq!(dose_response(&[(0.0, &tasks), (2.0, &[])]), None);
    }
}
