//! Estimators for evaluations of agents: success rates, paired differences, tests and planning.
//!
//! Pure functions of numbers. Nothing here reads a file or a clock; where randomness is needed
//! (the sign-flip test) the seed is an argument, so the same data always give the same answer.
//!
//! # Units
//! Every rate is a fraction in `0.0..=1.0` and every difference a difference of such rates in
//! `-1.0..=1.0` (negative: success fell). Points and percent exist only where results are shown.
//!
//! # The unit of analysis is the task
//! Attempts at the same task are not independent of each other, so each task contributes one value
//! (its success rate), and intervals are built over tasks (Miller, "Adding Error Bars to Evals",
//! arXiv 2411.00640). Attempts without a score (a provider was down) are excluded and counted;
//! they are never failures.
//!
//! # Few tasks
//! Below [`MIN_TASKS`] tasks no interval is given, only counts: with so few the nominal coverage
//! cannot be kept. Intervals are therefore `Option`s throughout.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod alpha;
mod bootstrap;
mod clustered;
mod comparison;
mod dose;
mod holm;
mod interval;
mod kappa;
mod mcnemar;
mod mean;
mod measure;
mod outcomes;
mod pass_k;
mod planning;
mod rate;
mod relative;
mod sign_flip;

#[cfg(test)]
mod coverage;

pub use alpha::{Scale, krippendorff_alpha};
pub use bootstrap::{RESAMPLES, bootstrap};
pub use clustered::{Clustered, clustered_mean};
pub use comparison::{Comparison, IntervalMethod, Test, Verdict, compare, compare_pass_k};
pub use dose::{DoseResponse, dose_response, mean_slope};
pub use holm::holm;
pub use interval::Interval;
pub use kappa::{Kappa, MIN_RATED, kappa};
pub use mcnemar::mcnemar_exact;
pub use mean::{TaskMean, task_mean, task_share};
pub use measure::{MeasureComparison, TaskMeasure, compare_measure, measure_mean};
pub use outcomes::{Counts, TaskOutcomes, TaskPair, counts, merge, pair};
pub use pass_k::{PassK, pass_k, task_pass_k};
pub use planning::{Spread, pilot_spread, smallest_detectable_drop, tasks_needed};
pub use rate::{Rate, rate};
pub use relative::{Relative, compare_average, relative_average, relative_drop};
pub use sign_flip::{Flips, SignFlip, sign_flip};

/// Fewest tasks for which an interval is given.
pub const MIN_TASKS: usize = 10;

/// The margin within which a difference has no practical meaning, unless a run sets its own
/// beforehand: five points.
pub const DEFAULT_MARGIN: f64 = 0.05;
