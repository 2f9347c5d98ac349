//! A mean over rows that come in clusters: attempts without tasks to pair them by, tasks in families.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::interval::t_quantile;
use crate::{Interval, MIN_TASKS};

/// A mean with a standard error that knows of clusters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clustered {
    /// Rows.
    pub rows: usize,
    /// Clusters that the rows fall into.
    pub clusters: usize,
    /// Mean of all rows, each row counting the same.
    pub mean: f64,
    /// Standard error with the finite-cluster correction; `None` below two clusters.
    pub standard_error: Option<f64>,
    /// 95 % interval with Student's t on clusters - 1 degrees of freedom; `None` below
    /// [`MIN_TASKS`] clusters and where the standard error is 0.
    pub interval: Option<Interval>,
}

/// The mean of rows `(cluster, value)`; `None` without rows.
///
/// Standard error: `sqrt(C/(C-1) * sum over clusters of (sum of deviations)²) / N`, the sandwich
/// estimator of an intercept (Miller, arXiv 2411.00640, and Inspect's `stderr(cluster=...)`).
pub fn clustered_mean<C: Ord>(rows: impl IntoIterator<Item = (C, f64)>) -> Option<Clustered> {
    let rows: Vec<(C, f64)> = rows.into_iter().collect();
    if rows.is_empty() {
        return None;
    }
    let n = rows.len() as f64;
    let mean = rows.iter().map(|(_, value)| value).sum::<f64>() / n;
    let mut deviations: BTreeMap<&C, f64> = BTreeMap::new();
    for (cluster, value) in &rows {
        *deviations.entry(cluster).or_default() += value - mean;
    }
    let clusters = deviations.len();
    let standard_error = (clusters > 1).then(|| {
        let c = clusters as f64;
        let squares: f64 = deviations.values().map(|sum| sum * sum).sum();
        (c / (c - 1.0) * squares).sqrt() / n
    });
    let interval = standard_error.filter(|se| clusters >= MIN_TASKS && *se > 0.0).map(|se| {
        let half = t_quantile(0.975, clusters) * se;
        Interval { low: mean - half, high: mean + half }
    });
    Some(Clustered { rows: rows.len(), clusters, mean, standard_error, interval })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_of_one_row_give_the_usual_standard_error() {
        let found = clustered_mean((0..5).map(|i| (i, f64::from(i)))).unwrap();
        // sd 1.5811 / sqrt(5)
        assert!((found.standard_error.unwrap() - std::f64::consts::FRAC_1_SQRT_2).abs() < 1e-12);
        assert_eq!((found.rows, found.clusters, found.mean), (5, 5, 2.0));
        assert_eq!(found.interval, None);
    }

    #[test]
    fn rows_that_repeat_their_cluster_add_nothing() {
        let once = clustered_mean((0..12).map(|i| (i, f64::from(i % 3)))).unwrap();
        let thrice = clustered_mean((0..36).map(|i| (i / 3, f64::from((i / 3) % 3)))).unwrap();
        let (a, b) = (once.standard_error.unwrap(), thrice.standard_error.unwrap());
        assert!((a - b).abs() < 1e-12);
        assert_eq!(once.interval, thrice.interval);
    }

    #[test]
    fn one_cluster_or_none_has_no_error() {
        assert_eq!(clustered_mean::<u8>([]), None);
        let one = clustered_mean([("a", 1.0), ("a", 0.0)]).unwrap();
        assert_eq!((one.mean, one.standard_error, one.interval), (0.5, None, None));
    }
}
