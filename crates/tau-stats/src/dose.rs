//! Dose and response: how much success, or what a meter reads, changes per level of a trait.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::interval::{mean, standard_deviation};
use crate::outcomes::merge;
use crate::{Interval, TaskMean, TaskOutcomes, task_mean};

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
    if doses.len() < 2
        || slope(&doses.iter().map(|dose| (*dose, 0.0)).collect::<Vec<_>>()).is_none()
    {
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
    let whole: Vec<Vec<(f64, f64)>> =
        tasks.into_values().filter(|points| points.len() == levels.len()).collect();
    let found = mean_slope(&whole);
    Some(DoseResponse {
        slope: found.estimate?,
        interval: found.interval,
        tasks: found.tasks,
        fell_out: all - found.tasks,
    })
}

/// The mean over tasks of each task's least-squares slope of y over x. Tasks whose x are all the same
/// have none and are left out. No interval is given where all slopes are the same: their spread says
/// nothing then.
pub fn mean_slope(tasks: &[Vec<(f64, f64)>]) -> TaskMean {
    let slopes: Vec<f64> = tasks.iter().filter_map(|points| slope(points)).collect();
    let found = task_mean(&slopes);
    let interval = found.interval.filter(|_| standard_deviation(&slopes) > 0.0);
    TaskMean { interval, ..found }
}

/// The least-squares slope of y over x; `None` when all x are the same.
fn slope(points: &[(f64, f64)]) -> Option<f64> {
    let x = mean(&points.iter().map(|point| point.0).collect::<Vec<_>>());
    let y = mean(&points.iter().map(|point| point.1).collect::<Vec<_>>());
    let spread: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    let together: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    (spread > 1e-12).then(|| together / spread)
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

    #[test]
    fn a_slope_is_that_of_least_squares() {
        // x̄ = 2, ȳ = 2.5; Sxy = (-2)(-1.5) + 0 + (2)(1.5) = 6, Sxx = 8
        assert_eq!(slope(&[(0.0, 1.0), (2.0, 2.5), (4.0, 4.0)]), Some(0.75));
        assert_eq!(slope(&[(1.0, 1.0), (1.0, 2.0)]), None);
        assert_eq!(slope(&[]), None);
    }

    #[test]
    fn tasks_that_all_rise_alike_have_a_mean_slope_and_no_interval() {
        let alike = vec![vec![(0.0, 1.0), (2.0, 2.0)]; 12];
        let found = mean_slope(&alike);
        assert_eq!((found.tasks, found.estimate, found.interval), (12, Some(0.5), None));
        let mut apart = alike;
        apart[0][1].1 = 3.0;
        apart.push(vec![(1.0, 1.0)]);
        let found = mean_slope(&apart);
        assert_eq!(found.tasks, 12, "a task with one level has no slope");
        assert!(found.interval.unwrap().contains(found.estimate.unwrap()));
    }
}
