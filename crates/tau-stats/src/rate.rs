//! The success rate of one condition.

use serde::{Deserialize, Serialize};

use crate::interval::{effective_wilson, mean, standard_deviation};
use crate::outcomes::merge;
use crate::{Counts, Interval, MIN_TASKS, TaskOutcomes, counts};

/// A success rate with what stands behind it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// Attempts planned, scored and passed.
    pub counts: Counts,
    /// Tasks with at least one scored attempt.
    pub tasks: usize,
    /// Mean over tasks of each task's success rate; `None` when nothing has a score.
    pub estimate: Option<f64>,
    /// Standard error over tasks; `None` below two tasks.
    pub standard_error: Option<f64>,
    /// 95 % interval (Wilson with the effective sample size); `None` below [`MIN_TASKS`] tasks.
    pub interval: Option<Interval>,
}

/// The success rate over tasks: each task counts the same however often it was tried.
pub fn rate(tasks: &[TaskOutcomes]) -> Rate {
    let merged = merge(tasks);
    let successes: Vec<f64> = merged.iter().filter_map(TaskOutcomes::success).collect();
    let counts = counts(&merged);
    let n = successes.len();
    Rate {
        counts,
        tasks: n,
        estimate: (n > 0).then(|| mean(&successes)),
        standard_error: (n > 1).then(|| standard_deviation(&successes) / (n as f64).sqrt()),
        interval: (n >= MIN_TASKS).then(|| effective_wilson(&successes, counts.scored)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::task;

    fn tasks<T: AsRef<[u8]>>(patterns: &[T]) -> Vec<TaskOutcomes> {
        patterns
            .iter()
            .enumerate()
            .map(|(i, trials)| task(&i.to_string(), trials.as_ref()))
            .collect()
    }

    #[test]
    fn every_task_counts_the_same_however_often_it_was_tried() {
        let result = rate(&tasks(&[vec![1], vec![0, 0, 0, 0]]));
        assert_eq!(result.estimate, Some(0.5));
        assert_eq!(result.counts.passed, 1);
        assert_eq!(result.counts.scored, 5);
    }

    #[test]
    fn below_ten_tasks_there_are_counts_and_no_interval() {
        let nine = rate(&tasks(&[[1, 0]; 9]));
        assert!(nine.interval.is_none());
        assert_eq!(nine.counts.scored, 18);
        assert!(rate(&tasks(&[[1, 0]; 10])).interval.is_some());
    }

    #[test]
    fn nothing_scored_has_no_rate() {
        let result = rate(&[TaskOutcomes { task: "a".into(), trials: vec![], not_scored: 3 }]);
        assert_eq!(result.estimate, None);
        assert_eq!(result.counts.planned, 3);
        assert_eq!(result.tasks, 0);
    }

    #[test]
    fn the_interval_equals_the_one_worked_by_hand() {
        // Twelve tasks, one attempt, six succeed: p = 0.5; SE² = (0.25*12/11)/12 = 0.0227273,
        // v = 0.25/12 = 0.0208333, deff = 1.090909, N_e = 11. q = t(.975, 11) = 2.20099.
        // q²/N_e = 0.440396; half = q sqrt(.25/11 + .440396/44)/1.440396 = 0.27646
        let mut patterns = vec![[1]; 6];
        patterns.extend([[0]; 6]);
        let interval = rate(&tasks(&patterns)).interval.unwrap();
        assert!((interval.low - (0.5 - 0.27646)).abs() < 1e-4, "{interval:?}");
        assert!((interval.high - (0.5 + 0.27646)).abs() < 1e-4, "{interval:?}");
    }

    #[test]
    fn the_interval_contains_the_estimate_and_mirrors_when_success_and_failure_swap() {
        for seed in 0u32..200 {
            let patterns: Vec<Vec<u8>> = (0..10 + seed % 30)
                .map(|i| {
                    (0..1 + (seed + i) % 5)
                        .map(|k| u8::from((seed * 7 + i * i * 3 + k * 11) % 13 < seed % 14))
                        .collect()
                })
                .collect();
            let named: Vec<TaskOutcomes> =
                patterns.iter().enumerate().map(|(i, p)| task(&format!("{i:03}"), p)).collect();
            let mirrored: Vec<TaskOutcomes> = named
                .iter()
                .map(|t| TaskOutcomes {
                    trials: t.trials.iter().map(|x| !x).collect(),
                    ..t.clone()
                })
                .collect();
            let (a, b) = (rate(&named), rate(&mirrored));
            let (interval, mirror) = (a.interval.unwrap(), b.interval.unwrap());
            assert!(interval.contains(a.estimate.unwrap()));
            assert!(interval.low >= 0.0 && interval.high <= 1.0);
            assert!((interval.low - (1.0 - mirror.high)).abs() < 1e-9, "{seed}");
        }
    }
}
