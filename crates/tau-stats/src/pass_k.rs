//! pass^k: the chance that all of k attempts at a task succeed (tau-bench, arXiv 2406.12045).

use serde::{Deserialize, Serialize};

use crate::interval::{effective_wilson, mean};
use crate::outcomes::merge;
use crate::{Interval, MIN_TASKS, TaskOutcomes};

/// pass^k over tasks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassK {
    /// Number of attempts that must all succeed.
    pub k: usize,
    /// Tasks with at least k scored attempts.
    pub tasks: usize,
    /// Tasks that fell out for having fewer.
    pub fell_out: usize,
    /// Mean over tasks; `None` when no task has k scored attempts.
    pub estimate: Option<f64>,
    /// 95 % interval; `None` below [`MIN_TASKS`] tasks.
    pub interval: Option<Interval>,
}

/// The unbiased estimate for one task, C(passed, k) / C(scored, k); `None` with fewer than k
/// scored attempts or k = 0.
pub fn task_pass_k(task: &TaskOutcomes, k: usize) -> Option<f64> {
    let (n, s) = (task.trials.len(), task.passed());
    if k == 0 || n < k {
        return None;
    }
    // C(s,k)/C(n,k) as a product of k fractions: no factorial overflows; 0 once s < k.
    Some((0..k).map(|i| s.saturating_sub(i) as f64 / (n - i) as f64).product())
}

/// pass^k of a condition.
///
/// The interval is Wilson's with the effective sample size, as for a rate. A t interval over tasks
/// covers too seldom at 20 tasks and more than k attempts (92 %, see `cargo xtask bench coverage`).
pub fn pass_k(tasks: &[TaskOutcomes], k: usize) -> PassK {
    let merged = merge(tasks);
    let counted: Vec<(f64, usize)> =
        merged.iter().filter_map(|t| Some((task_pass_k(t, k)?, t.trials.len()))).collect();
    let values: Vec<f64> = counted.iter().map(|(value, _)| *value).collect();
    let attempts = counted.iter().map(|(_, attempts)| attempts).sum();
    let interval = (values.len() >= MIN_TASKS).then(|| effective_wilson(&values, attempts));
    PassK {
        k,
        tasks: values.len(),
        fell_out: merged.len() - values.len(),
        estimate: (!values.is_empty()).then(|| mean(&values)),
        interval,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::task;

    #[test]
    fn one_task_equals_the_ratio_of_binomials() {
        // C(3,2)/C(5,2) = 3/10
        let t = task("a", &[1, 1, 1, 0, 0]);
        assert!((task_pass_k(&t, 2).unwrap() - 0.3).abs() < 1e-12);
        assert_eq!(task_pass_k(&t, 1), t.success());
        assert_eq!(task_pass_k(&t, 4), Some(0.0));
        assert_eq!(task_pass_k(&t, 6), None);
        assert_eq!(task_pass_k(&t, 0), None);
    }

    #[test]
    fn a_task_with_too_few_attempts_falls_out_and_is_counted() {
        let result = pass_k(&[task("a", &[1, 1, 1]), task("b", &[1])], 3);
        assert_eq!((result.tasks, result.fell_out), (1, 1));
        assert_eq!(result.estimate, Some(1.0));
        assert_eq!(result.interval, None);
    }

    #[test]
    fn it_never_rises_with_k_and_its_interval_contains_it() {
        let tasks: Vec<TaskOutcomes> = (0..24)
            .map(|i| {
                let trials: Vec<u8> = (0..5).map(|k| u8::from((i * 3 + k * 5) % 8 < 6)).collect();
                task(&i.to_string(), &trials)
            })
            .collect();
        let mut last = 1.0;
        for k in 1..=5 {
            let result = pass_k(&tasks, k);
            let estimate = result.estimate.unwrap();
            let interval = result.interval.unwrap();
            assert!(estimate <= last);
            assert!(interval.contains(estimate) && interval.low >= 0.0 && interval.high <= 1.0);
            assert!(interval.half_width() > 0.0);
            last = estimate;
        }
    }
}
