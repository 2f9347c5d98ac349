//! One condition against the baseline, task by task.

use serde::{Deserialize, Serialize};

use crate::interval::{effective_wilson, mean, standard_deviation, t_interval};
use crate::{
    Flips, Interval, MIN_TASKS, TaskOutcomes, TaskPair, mcnemar_exact, pair, sign_flip, task_pass_k,
};

/// What a comparison says, judged by the interval and a margin fixed before the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The whole interval lies below zero.
    Worse,
    /// The whole interval lies above zero.
    Better,
    /// The interval includes zero and stays within the margin on both sides.
    NoMeaningfulChange,
    /// The interval includes zero and reaches beyond the margin, or there are too few tasks for one.
    CannotTell,
}

impl Verdict {
    /// Judges an interval of a difference. `margin` is a rate, for instance 0.05.
    pub fn of(interval: Option<Interval>, margin: f64) -> Verdict {
        match interval {
            None => Verdict::CannotTell,
            Some(i) if i.high < 0.0 => Verdict::Worse,
            Some(i) if i.low > 0.0 => Verdict::Better,
            Some(i) if i.low >= -margin && i.high <= margin => Verdict::NoMeaningfulChange,
            Some(_) => Verdict::CannotTell,
        }
    }

    /// The verdict in words.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Worse => "worse",
            Verdict::Better => "better",
            Verdict::NoMeaningfulChange => "no meaningful change",
            Verdict::CannotTell => "cannot tell",
        }
    }
}

/// How the interval of a difference was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntervalMethod {
    /// Paired t interval over tasks.
    PairedT,
    /// Newcombe's square-root form on the two effective-n Wilson intervals, where every task moved
    /// by the same amount and the t interval would collapse to a point.
    Newcombe,
}

/// Which test the p-value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// Sign-flip permutation over tasks.
    SignFlip(Flips),
    /// McNemar's exact test: every task was tried once under each condition.
    McNemar,
}

/// A condition compared with the baseline over the tasks that both have.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Tasks scored under both conditions.
    pub tasks: usize,
    /// Tasks that fell out because one side has no score.
    pub fell_out: usize,
    /// Success of the baseline on the tasks compared.
    pub baseline: f64,
    /// Success of the condition on the tasks compared.
    pub treated: f64,
    /// `treated - baseline`: negative when success fell.
    pub difference: f64,
    /// 95 % interval of the difference within `-1..=1`; `None` below [`MIN_TASKS`] tasks.
    pub interval: Option<Interval>,
    /// How the interval was made.
    pub method: IntervalMethod,
    /// Tasks that succeed less often than under the baseline.
    pub broke: usize,
    /// Tasks that succeed more often than under the baseline.
    pub fixed: usize,
    /// Two-sided p-value, not corrected for other comparisons (see [`crate::holm`]).
    pub p_value: f64,
    /// Where it comes from.
    pub test: Test,
    /// What it says.
    pub verdict: Verdict,
}

/// Compares `treated` with `baseline`; `None` when they share no scored task.
///
/// `margin` is the difference without practical meaning (a rate, [`crate::DEFAULT_MARGIN`]),
/// `seed` draws the random sign flips of larger studies.
pub fn compare(
    baseline: &[TaskOutcomes],
    treated: &[TaskOutcomes],
    margin: f64,
    seed: u64,
) -> Option<Comparison> {
    let (pairs, fell_out) = pair(baseline, treated);
    let values: Vec<(f64, f64)> =
        pairs.iter().filter_map(|p| Some((p.baseline.success()?, p.treated.success()?))).collect();
    let trials = |side: fn(&TaskPair) -> &TaskOutcomes| -> usize {
        pairs.iter().map(|p| side(p).trials.len()).sum()
    };
    let scored = (trials(|p| &p.baseline), trials(|p| &p.treated));
    compare_values(&values, fell_out, scored, margin, seed)
}

/// Compares pass^k of the two conditions over the tasks with at least `k` scored attempts under
/// both; `None` when there is none.
pub fn compare_pass_k(
    baseline: &[TaskOutcomes],
    treated: &[TaskOutcomes],
    k: usize,
    margin: f64,
    seed: u64,
) -> Option<Comparison> {
    let (pairs, unpaired) = pair(baseline, treated);
    let values: Vec<(f64, f64)> = pairs
        .iter()
        .filter_map(|p| Some((task_pass_k(&p.baseline, k)?, task_pass_k(&p.treated, k)?)))
        .collect();
    let fell_out = unpaired + pairs.len() - values.len();
    let scored = (values.len(), values.len());
    compare_values(&values, fell_out, scored, margin, seed)
}

pub(crate) fn compare_values(
    values: &[(f64, f64)],
    fell_out: usize,
    scored: (usize, usize),
    margin: f64,
    seed: u64,
) -> Option<Comparison> {
    if values.is_empty() {
        return None;
    }
    let (before, after): (Vec<f64>, Vec<f64>) = values.iter().copied().unzip();
    let differences: Vec<f64> = values.iter().map(|(b, a)| a - b).collect();
    let tasks = values.len();
    let method = if standard_deviation(&differences) == 0.0 {
        IntervalMethod::Newcombe
    } else {
        IntervalMethod::PairedT
    };
    let interval = (tasks >= MIN_TASKS).then(|| match method {
        IntervalMethod::PairedT => t_interval(&differences).clipped(-1.0, 1.0),
        IntervalMethod::Newcombe => newcombe((&before, scored.0), (&after, scored.1)),
    });
    let broke = differences.iter().filter(|d| **d < 0.0).count();
    let fixed = differences.iter().filter(|d| **d > 0.0).count();
    // One yes or no a task; the mean of several attempts, or traits, is none.
    let once = scored == (tasks, tasks) && values.iter().all(|(b, a)| whole(*b) && whole(*a));
    let (p_value, test) = if once {
        (mcnemar_exact(broke, fixed), Test::McNemar)
    } else {
        let result = sign_flip(&differences, seed);
        (result.p_value, Test::SignFlip(result.flips))
    };
    Some(Comparison {
        tasks,
        fell_out,
        baseline: mean(&before),
        treated: mean(&after),
        difference: mean(&differences),
        interval,
        method,
        broke,
        fixed,
        p_value,
        test,
        verdict: Verdict::of(interval, margin),
    })
}

/// Whether a task's figure is a plain yes or no.
fn whole(value: f64) -> bool {
    value == 0.0 || value == 1.0
}

/// Newcombe's interval of a difference from the intervals of its two rates.
fn newcombe(before: (&[f64], usize), after: (&[f64], usize)) -> Interval {
    let (p0, p1) = (mean(before.0), mean(after.0));
    let (i0, i1) = (effective_wilson(before.0, before.1), effective_wilson(after.0, after.1));
    let difference = p1 - p0;
    Interval {
        low: difference - (p1 - i1.low).hypot(i0.high - p0),
        high: difference + (i1.high - p1).hypot(p0 - i0.low),
    }
    .clipped(-1.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DEFAULT_MARGIN;
    use crate::outcomes::task;

    #[test]
    fn pass_k_of_part_of_the_attempts_is_no_yes_or_no_and_is_tested_by_sign_flips() {
        // pass^2 of 3 attempts: 1, 1/3 or 0. Nine tasks lose a little and three gain all: McNemar would
        // count heads and miss by how much.
        let part = |passed: usize| {
            [1, 1, 1][..passed].iter().copied().chain(vec![0; 3 - passed]).collect()
        };
        let before: Vec<Vec<u8>> = (0..12).map(|i| part(if i < 9 { 3 } else { 0 })).collect();
        let after: Vec<Vec<u8>> = (0..12).map(|i| part(if i < 9 { 2 } else { 3 })).collect();
        let found = compare_pass_k(&condition(&before), &condition(&after), 2, 0.05, 1).unwrap();
        assert!(matches!(found.test, Test::SignFlip(_)), "{:?}", found.test);
        let all = compare_pass_k(&condition(&before), &condition(&after), 3, 0.05, 1).unwrap();
        assert_eq!(all.test, Test::McNemar, "all three: each task holds or does not");
    }

    fn condition(patterns: &[Vec<u8>]) -> Vec<TaskOutcomes> {
        patterns.iter().enumerate().map(|(i, trials)| task(&format!("{i:03}"), trials)).collect()
    }

    fn pattern(tasks: u32, trials: u32, step: u32, share: u32) -> Vec<TaskOutcomes> {
        let patterns: Vec<Vec<u8>> = (0..tasks)
            .map(|i| {
                (0..trials).map(|k| u8::from((i * step + k * 7 + i * k) % 10 < share)).collect()
            })
            .collect();
        condition(&patterns)
    }

    #[test]
    fn the_paired_interval_equals_the_one_worked_by_hand() {
        // Ten tasks, two attempts: eight unchanged at 1, two fall from 1 to 0.5 and to 0.
        let before = condition(&vec![vec![1, 1]; 10]);
        let mut patterns = vec![vec![1, 1]; 8];
        patterns.extend([vec![1, 0], vec![0, 0]]);
        let result = compare(&before, &condition(&patterns), DEFAULT_MARGIN, 1).unwrap();
        // d: eight 0, -.5, -1: mean -.15; squares .25 + 1 - 10 * .0225 = 1.025; sd = .337474;
        // half = 2.262157 * .337474 / sqrt(10) = .241416
        let interval = result.interval.unwrap();
        assert!((result.difference + 0.15).abs() < 1e-12);
        assert!((interval.low - (-0.15 - 0.241416)).abs() < 1e-4, "{interval:?}");
        assert!((interval.high - (-0.15 + 0.241416)).abs() < 1e-4, "{interval:?}");
        assert_eq!(result.method, IntervalMethod::PairedT);
        assert_eq!((result.broke, result.fixed), (2, 0));
        // Two tasks moved: patterns (--, -+, +-, ++), two of four reach |1.5|.
        assert_eq!(result.p_value, 0.5);
        assert_eq!(result.verdict, Verdict::CannotTell);
    }

    #[test]
    fn when_nothing_flips_the_interval_does_not_collapse() {
        let same = condition(&vec![vec![1, 1, 1]; 20]);
        let result = compare(&same, &same, DEFAULT_MARGIN, 1).unwrap();
        assert_eq!(result.method, IntervalMethod::Newcombe);
        let interval = result.interval.unwrap();
        // Both rates are 1 with lower end 1/1.21903 (see the interval's own test).
        assert!((interval.low + (1.0 - 1.0 / 1.21903)).abs() < 1e-4, "{interval:?}");
        assert!((interval.high - (1.0 - 1.0 / 1.21903)).abs() < 1e-4, "{interval:?}");
        assert_eq!(result.p_value, 1.0);
        assert_eq!(result.verdict, Verdict::CannotTell);
    }

    #[test]
    fn when_every_task_falls_alike_the_difference_is_certain_but_not_a_point() {
        let before = condition(&vec![vec![1, 1]; 12]);
        let after = condition(&vec![vec![0, 0]; 12]);
        let result = compare(&before, &after, DEFAULT_MARGIN, 1).unwrap();
        let interval = result.interval.unwrap();
        assert_eq!(interval.low, -1.0);
        assert!(interval.high > -0.7 && interval.high < -0.4, "{interval:?}");
        assert_eq!(result.verdict, Verdict::Worse);
    }

    #[test]
    fn one_attempt_per_task_takes_mcnemar() {
        let before = condition(&vec![vec![1]; 12]);
        let mut patterns = vec![vec![0]; 6];
        patterns.extend(vec![vec![1]; 6]);
        let result = compare(&before, &condition(&patterns), DEFAULT_MARGIN, 1).unwrap();
        assert_eq!(result.test, Test::McNemar);
        assert!((result.p_value - 2.0 / 64.0).abs() < 1e-9);
    }

    #[test]
    fn swapping_the_sides_mirrors_everything() {
        for step in 1..12 {
            let (a, b) = (pattern(25, 3, step, 7), pattern(25, 3, step + 2, 5));
            let there = compare(&a, &b, DEFAULT_MARGIN, 5).unwrap();
            let back = compare(&b, &a, DEFAULT_MARGIN, 5).unwrap();
            let (i, j) = (there.interval.unwrap(), back.interval.unwrap());
            assert!((there.difference + back.difference).abs() < 1e-12);
            assert!((i.low + j.high).abs() < 1e-9 && (i.high + j.low).abs() < 1e-9);
            assert_eq!((there.broke, there.fixed), (back.fixed, back.broke));
            assert_eq!(there.p_value, back.p_value);
            assert!(i.contains(there.difference) && i.low >= -1.0 && i.high <= 1.0);
        }
    }

    #[test]
    fn the_order_of_tasks_does_not_matter() {
        let (a, b) = (pattern(25, 3, 3, 7), pattern(25, 3, 5, 5));
        let mut shuffled = b.clone();
        shuffled.reverse();
        assert_eq!(compare(&a, &b, DEFAULT_MARGIN, 5), compare(&a, &shuffled, DEFAULT_MARGIN, 5));
    }

    #[test]
    fn pairing_is_by_task_and_takes_the_spread_between_tasks_out() {
        // Half of the tasks never succeed, half always do; with the condition one in ten of the
        // good ones breaks. Unpaired, that would drown in the spread between tasks.
        let before: Vec<Vec<u8>> = (0..100).map(|i| vec![(i % 2) as u8; 2]).collect();
        let after: Vec<Vec<u8>> =
            (0..100).map(|i| vec![u8::from(i % 2 == 1 && i % 10 != 1); 2]).collect();
        let result = compare(&condition(&before), &condition(&after), DEFAULT_MARGIN, 1).unwrap();
        assert_eq!(result.verdict, Verdict::Worse);
        assert!(result.interval.unwrap().half_width() < 0.07);
    }

    #[test]
    fn no_shared_task_means_no_comparison() {
        assert_eq!(compare(&[task("a", &[1])], &[task("b", &[1])], 0.05, 1), None);
        assert_eq!(compare_pass_k(&[task("a", &[1])], &[task("a", &[1])], 2, 0.05, 1), None);
    }

    #[test]
    fn pass_k_is_compared_over_the_tasks_with_enough_attempts() {
        let before = condition(&vec![vec![1, 1]; 11]);
        let mut patterns = vec![vec![1, 0]; 10];
        patterns.push(vec![1]);
        let result = compare_pass_k(&before, &condition(&patterns), 2, 0.05, 1).unwrap();
        assert_eq!((result.tasks, result.fell_out), (10, 1));
        assert_eq!(result.difference, -1.0);
    }

    #[test]
    fn the_verdict_follows_the_interval_and_the_margin() {
        let verdict = |low, high| Verdict::of(Some(Interval { low, high }), 0.05);
        assert_eq!(verdict(-0.2, -0.01), Verdict::Worse);
        assert_eq!(verdict(0.01, 0.2), Verdict::Better);
        assert_eq!(verdict(-0.04, 0.05), Verdict::NoMeaningfulChange);
        assert_eq!(verdict(-0.06, 0.01), Verdict::CannotTell);
        assert_eq!(verdict(-0.1, 0.0), Verdict::CannotTell);
        assert_eq!(Verdict::of(None, 0.05), Verdict::CannotTell);
    }
}
