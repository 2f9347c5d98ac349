//! A difference as a share of the baseline, and the mean of several differences.

use serde::{Deserialize, Serialize};

use crate::bootstrap::bootstrap;
use crate::comparison::compare_values;
use crate::interval::mean;
use crate::outcomes::merge;
use crate::{Comparison, Interval, TaskOutcomes, pair};

/// Fewest tasks for a bootstrap interval: below, its coverage falls short.
const FEWEST: usize = 50;
/// Lowest baseline for an interval: near zero the quotient runs away.
const LOWEST: f64 = 0.2;

/// A difference divided by the baseline's success.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relative {
    /// Difference over baseline: -0.2 when a fifth of the successes are lost.
    pub ratio: f64,
    /// 95 % percentile interval of a bootstrap over tasks; `None` below 50 tasks or where the
    /// baseline succeeds in at most a fifth.
    pub interval: Option<Interval>,
}

/// The drop as a share of the baseline over the tasks that both have; `None` when they share none or
/// the baseline never succeeds. `seed` draws the resamples.
pub fn relative_drop(
    baseline: &[TaskOutcomes],
    treated: &[TaskOutcomes],
    seed: u64,
) -> Option<Relative> {
    let (pairs, _) = pair(baseline, treated);
    let values: Vec<(f64, f64)> =
        pairs.iter().filter_map(|p| Some((p.baseline.success()?, p.difference()))).collect();
    relative(&values, seed)
}

fn relative(values: &[(f64, f64)], seed: u64) -> Option<Relative> {
    let quotient = |sample: &mut dyn Iterator<Item = (f64, f64)>| {
        let (before, change) = sample.fold((0.0, 0.0), |sums, (b, d)| (sums.0 + b, sums.1 + d));
        (before > 0.0).then(|| change / before)
    };
    let ratio = quotient(&mut values.iter().copied())?;
    let before: Vec<f64> = values.iter().map(|(before, _)| *before).collect();
    let interval = (values.len() >= FEWEST && mean(&before) > LOWEST)
        .then(|| bootstrap(values, |sample| quotient(&mut sample.iter().copied()), seed))
        .flatten()
        .map(|found| Interval { low: found.low.min(ratio), high: found.high.max(ratio) });
    Some(Relative { ratio, interval })
}

/// Compares the mean over several conditions with the baseline, over the tasks that all of them
/// have; each task counts the same. `None` when there is no such task.
pub fn compare_average(
    baseline: &[TaskOutcomes],
    treated: &[&[TaskOutcomes]],
    margin: f64,
    seed: u64,
) -> Option<Comparison> {
    let (tasks, fell_out) = averaged(baseline, treated);
    let values: Vec<(f64, f64)> = tasks.iter().map(|task| (task.0, task.1)).collect();
    let scored = (tasks.iter().map(|t| t.2).sum(), tasks.iter().map(|t| t.3).sum());
    compare_values(&values, fell_out, scored, margin, seed)
}

/// The average's drop as a share of the baseline, as [`relative_drop`].
pub fn relative_average(
    baseline: &[TaskOutcomes],
    treated: &[&[TaskOutcomes]],
    seed: u64,
) -> Option<Relative> {
    let (tasks, _) = averaged(baseline, treated);
    let values: Vec<(f64, f64)> = tasks.iter().map(|task| (task.0, task.1 - task.0)).collect();
    relative(&values, seed)
}

/// For each task that all have: success under the baseline, mean success under the others, and the
/// attempts behind the two. Also how many tasks fell out.
fn averaged(
    baseline: &[TaskOutcomes],
    treated: &[&[TaskOutcomes]],
) -> (Vec<(f64, f64, usize, usize)>, usize) {
    let treated: Vec<Vec<TaskOutcomes>> = treated.iter().map(|each| merge(each)).collect();
    let merged = merge(baseline);
    let mut tasks = Vec::new();
    for before in &merged {
        let after: Option<Vec<(f64, usize)>> = treated
            .iter()
            .map(|each| {
                let at = each.binary_search_by(|task| task.task.cmp(&before.task)).ok()?;
                Some((each[at].success()?, each[at].trials.len()))
            })
            .collect();
        if let (Some(success), Some(after)) = (before.success(), after)
            && !after.is_empty()
        {
            let rates: Vec<f64> = after.iter().map(|(rate, _)| *rate).collect();
            let trials = after.iter().map(|(_, trials)| trials).sum();
            tasks.push((success, mean(&rates), before.trials.len(), trials));
        }
    }
    let fell_out = merged.len() - tasks.len();
    (tasks, fell_out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::task;
    use crate::{DEFAULT_MARGIN, compare};

    fn condition(tasks: u32, passes: impl Fn(u32) -> bool) -> Vec<TaskOutcomes> {
        (0..tasks).map(|i| task(&format!("{i:03}"), &[u8::from(passes(i))])).collect()
    }

    #[test]
    fn a_fall_from_eighty_to_sixty_is_a_quarter_of_the_baseline() {
        let (before, after) = (condition(10, |i| i < 8), condition(10, |i| i < 6));
        let relative = relative_drop(&before, &after, 1).unwrap();
        assert!((relative.ratio + 0.25).abs() < 1e-12);
        assert_eq!(relative.interval, None, "ten tasks are too few for a bootstrap");
    }

    #[test]
    fn from_fifty_tasks_the_share_has_an_interval_that_repeats_with_its_seed() {
        let (before, after) = (condition(60, |i| i % 5 < 4), condition(60, |i| i % 5 < 3));
        let relative = relative_drop(&before, &after, 7).unwrap();
        let interval = relative.interval.unwrap();
        // 48 of 60 fall to 36: -25 %. Lost tasks are binomial(60, .2): about 12 +/- 6 of 48.
        assert!((relative.ratio + 0.25).abs() < 1e-12);
        assert!(interval.low > -0.40 && interval.low < -0.33, "{interval:?}");
        assert!(interval.high > -0.17 && interval.high < -0.10, "{interval:?}");
        assert_eq!(relative_drop(&before, &after, 7), Some(relative));
        let rare = relative_drop(&condition(60, |i| i < 6), &condition(60, |i| i < 3), 7).unwrap();
        assert_eq!((rare.ratio, rare.interval), (-0.5, None));
        assert_eq!(relative_drop(&condition(60, |_| false), &after, 7), None);
    }

    #[test]
    fn the_average_of_two_conditions_is_the_mean_of_their_differences() {
        let before = condition(20, |_| true);
        let (a, b) = (condition(20, |i| i < 10), condition(20, |i| i < 15));
        let average = compare_average(&before, &[&a, &b], DEFAULT_MARGIN, 1).unwrap();
        assert!((average.difference - (-0.5 - 0.25) / 2.0).abs() < 1e-12);
        assert_eq!((average.tasks, average.fell_out), (20, 0));
        assert!(average.interval.unwrap().contains(average.difference));
        assert!((relative_average(&before, &[&a, &b], 1).unwrap().ratio + 0.375).abs() < 1e-12);
        // Of one condition it is the comparison itself.
        let alone = compare_average(&before, &[&a], DEFAULT_MARGIN, 1);
        assert_eq!(alone, compare(&before, &a, DEFAULT_MARGIN, 1));
        // A task that one of them lacks falls out of the average.
        let short = compare_average(&before, &[&a, &b[..12]], DEFAULT_MARGIN, 1).unwrap();
        assert_eq!((short.tasks, short.fell_out), (12, 8));
        assert_eq!(compare_average(&before, &[], DEFAULT_MARGIN, 1), None);
    }
}
