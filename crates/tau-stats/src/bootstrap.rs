//! The bootstrap over tasks, for what has no formula: ratios and medians.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use statrs::distribution::{ContinuousCDF, Normal};

use crate::Interval;
use crate::interval::t_quantile;

/// Resamples that are drawn.
pub const RESAMPLES: usize = 10_000;

/// The 95 % percentile interval of `statistic` over tasks drawn with replacement; a task's conditions
/// and attempts stay together in its value. Not for fewer than 50 tasks, where it covers too seldom.
/// The percentiles are taken further out than 2.5 and 97.5, by as much as Student's t exceeds the
/// normal quantile: a resample varies too little, by the factor √((n-1)/n) (Hesterberg, "What
/// Teachers Should Know About the Bootstrap", 2015).
///
/// Resamples for which the statistic is not defined are left out; `None` when it never is. `seed`
/// draws the resamples, so that the same data always give the same interval.
pub fn bootstrap<T: Clone>(
    tasks: &[T],
    statistic: impl Fn(&[T]) -> Option<f64>,
    seed: u64,
) -> Option<Interval> {
    if tasks.is_empty() {
        return None;
    }
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut sample = Vec::with_capacity(tasks.len());
    let mut drawn: Vec<f64> = (0..RESAMPLES)
        .filter_map(|_| {
            sample.clear();
            sample.extend(
                (0..tasks.len()).map(|_| tasks[random.random_range(0..tasks.len())].clone()),
            );
            statistic(&sample)
        })
        .collect();
    drawn.sort_by(f64::total_cmp);
    let outside = tail(tasks.len());
    let at =
        |share: f64| drawn.get((drawn.len().saturating_sub(1) as f64 * share).round() as usize);
    Some(Interval { low: *at(outside)?, high: *at(1.0 - outside)? })
}

/// Share of resamples on either side of the interval.
fn tail(tasks: usize) -> f64 {
    let n = tasks as f64;
    let reach =
        if tasks < 2 { f64::INFINITY } else { t_quantile(0.975, tasks) * (n / (n - 1.0)).sqrt() };
    Normal::new(0.0, 1.0).map_or(0.025, |normal| normal.cdf(-reach))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_close_to_the_one_by_formula() {
        let values: Vec<f64> = (0..100).map(f64::from).collect();
        let mean = |sample: &[f64]| Some(sample.iter().sum::<f64>() / sample.len() as f64);
        let found = bootstrap(&values, mean, 3).unwrap();
        // sd 29.011 / 10 * 1.96 = 5.686
        assert!((found.low - (49.5 - 5.686)).abs() < 0.3, "{found:?}");
        assert!((found.high - (49.5 + 5.686)).abs() < 0.3, "{found:?}");
        assert_eq!(bootstrap(&values, mean, 3), Some(found));
        assert_ne!(bootstrap(&values, mean, 4), Some(found));
    }

    #[test]
    fn what_is_never_defined_has_no_interval() {
        assert_eq!(bootstrap(&[1.0, 2.0], |_| None, 1), None);
        assert_eq!(bootstrap::<f64>(&[], |_| Some(1.0), 1), None);
    }
}
