//! A small seeded simulation: do nominal 95 % intervals cover the truth about as often as they say?
//!
//! Tasks differ strongly (success ~ Beta(½, ½), the arcsine law), which is where intervals that
//! pool attempts fail; the last test shows that this simulation does see such a failure.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{DEFAULT_MARGIN, TaskOutcomes, compare, rate};

const REPLICATIONS: u32 = 600;

struct Study {
    baseline: Vec<TaskOutcomes>,
    treated: Vec<TaskOutcomes>,
}

/// True success rates: the mean of the arcsine law, and of what is left when a share of tasks drop.
const TRUE_RATE: f64 = 0.5;
const TRUE_DIFFERENCE: f64 = -0.1;

fn study(random: &mut ChaCha8Rng, tasks: u32, trials: u32) -> Study {
    let attempt = |task: u32, p: f64, random: &mut ChaCha8Rng| TaskOutcomes {
        task: task.to_string(),
        trials: (0..trials).map(|_| random.random::<f64>() < p).collect(),
        not_scored: 0,
    };
    let mut baseline = Vec::new();
    let mut treated = Vec::new();
    for i in 0..tasks {
        let p0 = (std::f64::consts::FRAC_PI_2 * random.random::<f64>()).sin().powi(2);
        // A drop in proportion to the rate, between 0 and 40 % of it: its mean is 0.2 * 0.5.
        let p1 = p0 * (1.0 - 0.4 * random.random::<f64>());
        baseline.push(attempt(i, p0, random));
        treated.push(attempt(i, p1, random));
    }
    Study { baseline, treated }
}

/// Share of replications in which `covers` holds.
fn coverage(tasks: u32, trials: u32, covers: impl Fn(&Study) -> bool) -> f64 {
    let mut random = ChaCha8Rng::seed_from_u64(20_250_922);
    let hits = (0..REPLICATIONS).filter(|_| covers(&study(&mut random, tasks, trials))).count();
    hits as f64 / f64::from(REPLICATIONS)
}

#[test]
fn the_interval_of_a_rate_covers_the_truth() {
    for (tasks, trials) in [(10, 5), (20, 3), (50, 1), (50, 5)] {
        let covered = coverage(tasks, trials, |s| {
            rate(&s.baseline).interval.is_some_and(|i| i.contains(TRUE_RATE))
        });
        assert!((0.925..=0.99).contains(&covered), "{tasks} x {trials}: {covered}");
    }
}

#[test]
fn the_interval_of_a_difference_covers_the_truth() {
    for (tasks, trials) in [(20, 3), (50, 3)] {
        let covered = coverage(tasks, trials, |s| {
            compare(&s.baseline, &s.treated, DEFAULT_MARGIN, 1)
                .and_then(|c| c.interval)
                .is_some_and(|i| i.contains(TRUE_DIFFERENCE))
        });
        assert!((0.925..=0.98).contains(&covered), "{tasks} x {trials}: {covered}");
    }
}

#[test]
fn pooling_attempts_as_if_independent_would_be_caught_here() {
    let covered = coverage(50, 5, |s| {
        // Each attempt posing as a task of its own.
        let pooled: Vec<TaskOutcomes> = s
            .baseline
            .iter()
            .flat_map(|t| {
                t.trials.iter().enumerate().map(move |(k, passed)| TaskOutcomes {
                    task: format!("{}-{k}", t.task),
                    trials: vec![*passed],
                    not_scored: 0,
                })
            })
            .collect();
        rate(&pooled).interval.is_some_and(|i| i.contains(TRUE_RATE))
    });
    assert!(covered < 0.85, "{covered}");
}
