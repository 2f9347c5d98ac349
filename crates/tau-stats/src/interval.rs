//! Intervals and the quantiles they need.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// A 95 % confidence interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end, in the unit of the estimate.
    pub low: f64,
    /// Upper end, in the unit of the estimate.
    pub high: f64,
}

impl Interval {
    /// Whether `value` lies within, ends included.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Half of the width.
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }

    /// The interval cut to `low..=high`.
    pub(crate) fn clipped(self, low: f64, high: f64) -> Interval {
        Interval { low: self.low.clamp(low, high), high: self.high.clamp(low, high) }
    }
}

/// Quantile of Student's t with `tasks - 1` degrees of freedom. `tasks` must be at least 2.
pub(crate) fn t_quantile(probability: f64, tasks: usize) -> f64 {
    debug_assert!(tasks >= 2);
    match StudentsT::new(0.0, 1.0, (tasks.max(2) - 1) as f64) {
        Ok(t) => t.inverse_cdf(probability),
        Err(_) => f64::INFINITY,
    }
}

/// Arithmetic mean; 0 for no values.
pub(crate) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    values.iter().sum::<f64>() / values.len() as f64
}

/// Sample standard deviation (divisor n - 1); 0 for fewer than two values.
///
/// Values that are all the same give exactly 0, whatever the rounding of their mean.
pub(crate) fn standard_deviation(values: &[f64]) -> f64 {
    if values.len() < 2 || values.windows(2).all(|w| w[0] == w[1]) {
        return 0.0;
    }
    let centre = mean(values);
    let squares: f64 = values.iter().map(|v| (v - centre).powi(2)).sum();
    (squares / (values.len() - 1) as f64).sqrt()
}

/// `mean ± t · sd / √n`. `values` must hold at least two.
pub(crate) fn t_interval(values: &[f64]) -> Interval {
    let half =
        t_quantile(0.975, values.len()) * standard_deviation(values) / (values.len() as f64).sqrt();
    let centre = mean(values);
    Interval { low: centre - half, high: centre + half }
}

/// Wilson's interval with the sample size that clustered attempts are worth.
///
/// `successes` is the success rate of each task, `trials` the number of scored attempts over all
/// tasks. The design effect compares the spread between tasks with what independent attempts would
/// show; where it exceeds 1 the sample counts for less. At exactly 0 or 1 the spread says nothing,
/// and the number of tasks is taken, the cautious choice. The t quantile replaces the normal one.
/// Always inside `0..=1`. At least two tasks are needed.
pub(crate) fn effective_wilson(successes: &[f64], trials: usize) -> Interval {
    let tasks = successes.len() as f64;
    let p = mean(successes).clamp(0.0, 1.0);
    let n = trials as f64;
    let independent = p * (1.0 - p) / n;
    let effective = if independent <= f64::EPSILON {
        tasks
    } else {
        let between = standard_deviation(successes).powi(2) / tasks;
        n / (between / independent).max(1.0)
    };
    let q = t_quantile(0.975, successes.len());
    let q2 = q * q / effective;
    let centre = (p + q2 / 2.0) / (1.0 + q2);
    let half = q * (p * (1.0 - p) / effective + q2 / (4.0 * effective)).sqrt() / (1.0 + q2);
    Interval { low: (centre - half).min(p), high: (centre + half).max(p) }.clipped(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_quantiles_equal_the_printed_tables() {
        for (p, tasks, expected) in
            [(0.975, 10, 2.262), (0.975, 20, 2.093), (0.975, 50, 2.010), (0.80, 50, 0.849)]
        {
            assert!((t_quantile(p, tasks) - expected).abs() < 5e-4, "{p} {tasks}");
        }
    }

    #[test]
    fn a_t_interval_equals_the_one_worked_by_hand() {
        // mean 3, sd 1.5811, t(4) = 2.7764, half = 2.7764 * 1.5811 / sqrt(5) = 1.9632
        let interval = t_interval(&[1.0, 2.0, 3.0, 4.0, 5.0]);
        assert!((interval.low - 1.0368).abs() < 1e-3);
        assert!((interval.high - 4.9632).abs() < 1e-3);
    }

    #[test]
    fn wilson_at_all_successes_counts_tasks_not_attempts() {
        // 20 tasks: q = 2.0930, q²/20 = 0.21903, low = 1 / 1.21903
        let interval = effective_wilson(&[1.0; 20], 100);
        assert!((interval.low - 1.0 / 1.21903).abs() < 1e-4, "{interval:?}");
        assert_eq!(interval.high, 1.0);
    }

    #[test]
    fn attempts_that_only_repeat_their_task_add_nothing() {
        let mut successes = vec![1.0; 10];
        successes.extend(vec![0.0; 10]);
        let once = effective_wilson(&successes, 20);
        let five_times = effective_wilson(&successes, 100);
        // Each task always or never succeeds: five attempts know no more than one.
        assert!((once.low - five_times.low).abs() < 0.01);
        assert!((once.half_width() - five_times.half_width()).abs() < 0.01);
    }
}
