//! Means and shares over tasks, for figures that are no success rates: levels, slopes, shares of
//! comparisons won.

use serde::{Deserialize, Serialize};

use crate::interval::{effective_wilson, mean, standard_deviation, t_interval};
use crate::{Interval, MIN_TASKS};

/// A mean over tasks, each of which counts the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TaskMean {
    /// Tasks with a value.
    pub tasks: usize,
    /// The mean, in the unit of the values; `None` without any.
    pub estimate: Option<f64>,
    /// Standard error over tasks; `None` below two tasks.
    pub standard_error: Option<f64>,
    /// 95 % interval; `None` below [`MIN_TASKS`] tasks.
    pub interval: Option<Interval>,
}

/// The mean of one value a task, with Student's t interval over tasks. For paired differences the
/// values are each task's difference (Miller, arXiv 2411.00640).
pub fn task_mean(values: &[f64]) -> TaskMean {
    TaskMean {
        interval: (values.len() >= MIN_TASKS).then(|| t_interval(values)),
        ..without_interval(values)
    }
}

/// The mean of one share a task, each 0 to 1, with Wilson's interval for the effective number of
/// `comparisons`: t intervals collapse where every task has the same share, which at 0 and 1 is the
/// usual case. Always inside `0..=1`.
pub fn task_share(shares: &[f64], comparisons: usize) -> TaskMean {
    TaskMean {
        interval: (shares.len() >= MIN_TASKS)
            .then(|| effective_wilson(shares, comparisons.max(shares.len()))),
        ..without_interval(shares)
    }
}

fn without_interval(values: &[f64]) -> TaskMean {
    let n = values.len();
    TaskMean {
        tasks: n,
        estimate: (n > 0).then(|| mean(values)),
        standard_error: (n > 1).then(|| standard_deviation(values) / (n as f64).sqrt()),
        interval: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_over_tasks_has_the_t_interval_worked_by_hand() {
        // 1 to 10: mean 5.5, sd 3.02765, t(9) = 2.26216, half = 2.26216 * 3.02765 / 3.16228 = 2.16585
        let values: Vec<f64> = (1..=10).map(f64::from).collect();
        let found = task_mean(&values);
        let interval = found.interval.unwrap();
        assert_eq!((found.tasks, found.estimate), (10, Some(5.5)));
        assert!((interval.low - 3.33415).abs() < 1e-4, "{interval:?}");
        assert!((interval.high - 7.66585).abs() < 1e-4, "{interval:?}");
    }

    #[test]
    fn few_tasks_have_a_mean_and_no_interval_and_none_have_neither() {
        let few = task_mean(&[1.0, 3.0]);
        assert_eq!((few.estimate, few.interval), (Some(2.0), None));
        assert_eq!(task_mean(&[]), TaskMean::default());
        assert_eq!(task_share(&[], 0), TaskMean::default());
    }

    #[test]
    fn a_share_of_one_everywhere_is_not_taken_for_certain() {
        // As for a success rate: 20 tasks, q²/20 = 0.21903, low = 1 / 1.21903.
        let found = task_share(&[1.0; 20], 60);
        let interval = found.interval.unwrap();
        assert!((interval.low - 1.0 / 1.21903).abs() < 1e-4, "{interval:?}");
        assert_eq!(interval.high, 1.0);
    }
}
