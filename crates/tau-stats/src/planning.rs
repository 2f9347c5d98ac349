//! Before a run: how small a drop a design can see.

use serde::{Deserialize, Serialize};

use crate::interval::{mean, standard_deviation, t_quantile};
use crate::{TaskOutcomes, pair};

/// The spread that decides how precise a paired difference is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Standard deviation, over tasks, of the true difference.
    pub between_tasks: f64,
    /// Mean over tasks of p(1 - p), the variance of a single attempt, averaged over both
    /// conditions; at most 0.25.
    pub within_task: f64,
}

impl Default for Spread {
    /// What to assume before any data: 0.2 and 0.15.
    fn default() -> Self {
        Spread { between_tasks: 0.2, within_task: 0.15 }
    }
}

impl Spread {
    /// Variance of the estimated difference with `tasks` tasks and `trials` attempts of each per
    /// condition: `[w² + 2m / trials] / tasks`.
    pub fn variance(&self, tasks: usize, trials: usize) -> f64 {
        let within = 2.0 * self.within_task / trials.max(1) as f64;
        (self.between_tasks.powi(2) + within) / tasks.max(1) as f64
    }
}

/// The smallest drop (as a rate) that a two-sided 5 % comparison finds with 80 % power; `None`
/// below two tasks or without attempts. May exceed 1: then no drop can be found.
pub fn smallest_detectable_drop(spread: Spread, tasks: usize, trials: usize) -> Option<f64> {
    if tasks < 2 || trials == 0 {
        return None;
    }
    let quantiles = t_quantile(0.975, tasks) + t_quantile(0.80, tasks);
    Some(quantiles * spread.variance(tasks, trials).sqrt())
}

/// The fewest tasks with which a drop of `drop` is found (80 % power, two-sided 5 %); `None` when
/// 10,000 do not suffice or `drop` is not positive.
pub fn tasks_needed(spread: Spread, drop: f64, trials: usize) -> Option<usize> {
    const MOST: usize = 10_000;
    let enough = |tasks: usize| {
        smallest_detectable_drop(spread, tasks, trials).is_some_and(|least| least <= drop)
    };
    if drop <= 0.0 || !enough(MOST) {
        return None;
    }
    // The detectable drop falls with every task, so the threshold can be bisected.
    let (mut too_few, mut enough_at) = (1, MOST);
    while enough_at - too_few > 1 {
        let middle = (too_few + enough_at) / 2;
        if enough(middle) {
            enough_at = middle;
        } else {
            too_few = middle;
        }
    }
    Some(enough_at)
}

/// The spread seen in a finished run, to plan the next one with. `None` unless at least two tasks
/// have two or more scored attempts under both conditions.
pub fn pilot_spread(baseline: &[TaskOutcomes], treated: &[TaskOutcomes]) -> Option<Spread> {
    let (mut pairs, _) = pair(baseline, treated);
    pairs.retain(|p| p.baseline.trials.len() > 1 && p.treated.trials.len() > 1);
    if pairs.len() < 2 {
        return None;
    }
    let differences: Vec<f64> = pairs.iter().map(|p| p.difference()).collect();
    // y(1-y) n/(n-1) is the unbiased estimate of p(1-p).
    let single = |t: &TaskOutcomes| {
        let (n, y) = (t.trials.len() as f64, t.success().unwrap_or_default());
        (y * (1.0 - y) * n / (n - 1.0), n)
    };
    let mut variances = Vec::with_capacity(pairs.len() * 2);
    let mut noise = Vec::with_capacity(pairs.len());
    for p in &pairs {
        let ((v0, n0), (v1, n1)) = (single(&p.baseline), single(&p.treated));
        variances.extend([v0, v1]);
        noise.push(v0 / n0 + v1 / n1);
    }
    let between = standard_deviation(&differences).powi(2) - mean(&noise);
    Some(Spread { between_tasks: between.max(0.0).sqrt(), within_task: mean(&variances) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::task;

    #[test]
    fn usual_designs_see_the_published_drops() {
        for (tasks, trials, points) in [(20, 3, 25.0), (50, 3, 15.0), (50, 5, 13.0), (115, 5, 8.0)]
        {
            let drop = smallest_detectable_drop(Spread::default(), tasks, trials).unwrap();
            assert!((drop * 100.0 - points).abs() < 0.6, "{tasks} x {trials}: {drop}");
        }
    }

    #[test]
    fn the_tasks_needed_are_the_fewest_that_see_the_drop() {
        let spread = Spread::default();
        let tasks = tasks_needed(spread, 0.15, 3).unwrap();
        assert!(smallest_detectable_drop(spread, tasks, 3).unwrap() <= 0.15);
        assert!(smallest_detectable_drop(spread, tasks - 1, 3).unwrap() > 0.15);
        assert_eq!(tasks_needed(spread, 0.0, 3), None);
        assert_eq!(tasks_needed(spread, 0.0001, 3), None);
    }

    #[test]
    fn for_the_same_conversations_more_tasks_beat_more_attempts() {
        let spread = Spread::default();
        assert!(spread.variance(100, 1) < spread.variance(50, 2));
        assert!(spread.variance(50, 2) < spread.variance(25, 4));
    }

    #[test]
    fn without_attempts_or_tasks_nothing_can_be_planned() {
        assert_eq!(smallest_detectable_drop(Spread::default(), 1, 3), None);
        assert_eq!(smallest_detectable_drop(Spread::default(), 20, 0), None);
    }

    #[test]
    fn a_pilot_without_noise_within_tasks_shows_only_the_spread_between_them() {
        let baseline: Vec<_> = (0..4).map(|i| task(&i.to_string(), &[1, 1])).collect();
        let treated: Vec<_> =
            (0..4).map(|i| task(&i.to_string(), if i < 2 { &[0, 0] } else { &[1, 1] })).collect();
        let spread = pilot_spread(&baseline, &treated).unwrap();
        assert_eq!(spread.within_task, 0.0);
        // differences -1, -1, 0, 0: sd = sqrt(1/3)
        assert!((spread.between_tasks - (1.0f64 / 3.0).sqrt()).abs() < 1e-12);
        assert_eq!(pilot_spread(&baseline[..1], &treated), None);
    }
}
