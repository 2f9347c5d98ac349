//! `cargo xtask bench coverage [--json]`: how often the intervals that we show hold the truth.
//!
//! Each setting is simulated 2,000 times from populations whose true figures are known: tasks of
//! middling difficulty, tasks near the ceiling, and tasks that mostly always or never succeed, each
//! losing some of their success under a trait. An interval that is given is counted when it holds the
//! truth of the population. Nominal is 95 %.

#![allow(missing_docs)]

use std::thread;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use statrs::distribution::{Beta, ContinuousCDF, Normal};
use tau_stats::{
    DEFAULT_MARGIN, Interval, TaskOutcomes, compare, compare_pass_k, dose_response, pass_k, rate,
    relative_drop,
};

const REPLICATIONS: u32 = 2_000;
/// Each bootstrap draws ten thousand resamples.
const BOOTSTRAPPED: u32 = 1_000;
const SEED: u64 = 20_261_121;
/// Draws of the truth: its own error, below 0.03 points, does not show.
const TRUTH_DRAWS: u32 = 2_000_000;
/// Knots of a quantile function.
const KNOTS: usize = 8_000;
/// Levels of the dose-response study: the baseline and two levels of a slider up to 4.
const DOSES: [f64; 3] = [0.0, 2.0, 4.0];
/// pass^k that is looked at.
const K: usize = 3;
/// From here on the goal holds.
const ENOUGH_TASKS: u32 = 20;

/// Tasks from which a setting is drawn: true success ~ Beta(a, b), true drop ~ N(mean, sd).
struct Population {
    name: &'static str,
    success: Vec<f64>,
    drop: Vec<f64>,
}

impl Population {
    fn new(name: &'static str, success: (f64, f64), drop: (f64, f64)) -> Option<Population> {
        let beta = Beta::new(success.0, success.1).ok()?;
        let normal = Normal::new(drop.0, drop.1).ok()?;
        let knots = || (0..KNOTS).map(|i| (i as f64 + 0.5) / KNOTS as f64);
        Some(Population {
            name,
            success: knots().map(|p| beta.inverse_cdf(p)).collect(),
            drop: knots().map(|p| normal.inverse_cdf(p)).collect(),
        })
    }

    /// A task's true success at each dose.
    fn task(&self, random: &mut ChaCha8Rng) -> [f64; 3] {
        let success = self.success[random.random_range(0..KNOTS)];
        let drop = self.drop[random.random_range(0..KNOTS)];
        DOSES.map(|dose| (success - drop * dose / 4.0).clamp(0.0, 1.0))
    }

    fn truth(&self) -> Truth {
        let mut random = ChaCha8Rng::seed_from_u64(SEED ^ 1);
        let mut sums = [0.0; 5];
        for _ in 0..TRUTH_DRAWS {
            let [none, some, full] = self.task(&mut random);
            let slope =
                DOSES.iter().zip([none, some, full]).map(|(x, y)| (x - 2.0) * y).sum::<f64>() / 8.0;
            let added = [none, full, none.powi(K as i32), full.powi(K as i32), slope];
            for (sum, value) in sums.iter_mut().zip(added) {
                *sum += value;
            }
        }
        let [none, full, none_k, full_k, slope] = sums.map(|sum| sum / f64::from(TRUTH_DRAWS));
        Truth { none, full, none_k, full_k, slope }
    }
}

/// True figures of a population.
struct Truth {
    none: f64,
    full: f64,
    none_k: f64,
    full_k: f64,
    slope: f64,
}

/// How often an interval was given and held the truth.
#[derive(Clone, Copy, Default)]
struct Covered {
    given: u32,
    held: u32,
}

impl Covered {
    fn count(&mut self, interval: Option<Interval>, truth: f64) {
        if let Some(interval) = interval {
            self.given += 1;
            self.held += u32::from(interval.contains(truth));
        }
    }

    /// In per cent, once it was given often enough to say.
    fn percent(self) -> Option<f64> {
        (self.given >= BOOTSTRAPPED / 2)
            .then(|| (f64::from(self.held) / f64::from(self.given) * 1000.0).round() / 10.0)
    }
}

const FIGURES: [&str; 7] = [
    "rate",
    "rate with trait",
    "difference",
    "pass^3",
    "difference of pass^3",
    "slope per level",
    "relative drop",
];

/// One row of the table.
struct Setting {
    population: &'static str,
    tasks: u32,
    attempts: u32,
    covered: [Covered; FIGURES.len()],
}

fn simulate(population: &Population, truth: &Truth, tasks: u32, attempts: u32) -> Setting {
    let mut random = ChaCha8Rng::seed_from_u64(SEED ^ u64::from(tasks * 100 + attempts));
    let mut covered = [Covered::default(); FIGURES.len()];
    for replication in 0..REPLICATIONS {
        let mut conditions: [Vec<TaskOutcomes>; 3] = Default::default();
        for task in 0..tasks {
            for (condition, p) in conditions.iter_mut().zip(population.task(&mut random)) {
                condition.push(TaskOutcomes {
                    task: format!("{task:03}"),
                    trials: (0..attempts).map(|_| random.random::<f64>() < p).collect(),
                    not_scored: 0,
                });
            }
        }
        let [none, some, full] = &conditions;
        covered[0].count(rate(none).interval, truth.none);
        covered[1].count(rate(full).interval, truth.full);
        let difference = |found: Option<tau_stats::Comparison>| found.and_then(|c| c.interval);
        covered[2]
            .count(difference(compare(none, full, DEFAULT_MARGIN, SEED)), truth.full - truth.none);
        if attempts as usize >= K {
            covered[3].count(pass_k(none, K).interval, truth.none_k);
            covered[4].count(
                difference(compare_pass_k(none, full, K, DEFAULT_MARGIN, SEED)),
                truth.full_k - truth.none_k,
            );
        }
        let levels: Vec<(f64, &[TaskOutcomes])> =
            DOSES.into_iter().zip([none, some, full].map(Vec::as_slice)).collect();
        covered[5].count(dose_response(&levels).and_then(|d| d.interval), truth.slope);
        if replication < BOOTSTRAPPED {
            covered[6].count(
                relative_drop(none, full, SEED).and_then(|r| r.interval),
                (truth.full - truth.none) / truth.none,
            );
        }
    }
    Setting { population: population.name, tasks, attempts, covered }
}

fn main() {
    let as_json = std::env::args().any(|argument| argument == "--json");
    let populations: Vec<Population> = [
        Population::new("middling", (2.0, 1.5), (0.10, 0.15)),
        Population::new("near the ceiling", (9.0, 1.0), (0.05, 0.08)),
        Population::new("always or never", (0.5, 0.5), (0.10, 0.20)),
    ]
    .into_iter()
    .flatten()
    .collect();
    // A thread a population: what is drawn depends on the setting alone.
    let settings: Vec<Setting> = thread::scope(|scope| {
        let threads: Vec<_> = populations
            .iter()
            .map(|population| {
                scope.spawn(move || {
                    let truth = population.truth();
                    let sizes =
                        [10, 20, 50, 115].into_iter().flat_map(|t| [1, 3, 5].map(|k| (t, k)));
                    sizes.map(|(t, k)| simulate(population, &truth, t, k)).collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    });
    report(&settings, as_json);
}

fn report(settings: &[Setting], as_json: bool) {
    let enough: Vec<f64> = settings
        .iter()
        .filter(|each| each.tasks >= ENOUGH_TASKS)
        .flat_map(|each| each.covered.iter().filter_map(|covered| covered.percent()))
        .collect();
    let min = enough.iter().copied().fold(f64::INFINITY, f64::min);
    let max = enough.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if as_json {
        let rows: Vec<Value> = settings
            .iter()
            .map(|each| {
                let figures: serde_json::Map<String, Value> = FIGURES
                    .iter()
                    .zip(each.covered)
                    .map(|(name, covered)| ((*name).to_owned(), json!(covered.percent())))
                    .collect();
                json!({"population": each.population, "tasks": each.tasks,
                       "attempts": each.attempts, "coverage": figures})
            })
            .collect();
        println!(
            "{}",
            json!({"min": min, "max": max, "nominal": 95.0, "replications": REPLICATIONS,
                   "from_tasks": ENOUGH_TASKS, "settings": rows})
        );
    } else {
        table(settings);
        println!("\nwith {ENOUGH_TASKS} tasks or more: {min:.1} to {max:.1} % (nominal 95 %)");
    }
}

fn table(settings: &[Setting]) {
    println!("| tasks are | tasks | attempts | {} |", FIGURES.join(" | "));
    println!("|---|---|---|{}", "---|".repeat(FIGURES.len()));
    for each in settings {
        let cells: Vec<String> = each
            .covered
            .iter()
            .map(|covered| {
                covered.percent().map_or("–".to_owned(), |share| format!("{share:.1}"))
            })
            .collect();
        println!(
            "| {} | {} | {} | {} |",
            each.population,
            each.tasks,
            each.attempts,
            cells.join(" | ")
        );
    }
}
