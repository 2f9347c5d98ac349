//! The figures of a run: one row a condition, one sentence, and what a reader must know besides.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tau_charts::{Bounds, Shown, words};
use tau_domain::Outcome;
use tau_stats::{
    Comparison, DEFAULT_MARGIN, Interval, MIN_TASKS, TaskOutcomes, Test, Verdict, compare, holm,
    pass_k, rate,
};

use crate::fidelity::TraitCheck;
use crate::headline;

/// Id of the condition without traits.
pub const BASELINE: &str = "baseline";

/// One planned conversation and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EpisodeRow {
    /// The task's id; conditions are paired by it.
    pub task_id: String,
    /// The task's place in its split, to list tasks in order.
    pub task_index: u32,
    /// The condition's id; [`BASELINE`] without traits.
    pub condition_id: String,
    /// Which attempt, from 0.
    pub trial: u32,
    /// What became of it.
    pub outcome: Outcome,
}

/// A condition as reports name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportCondition {
    /// Its id; [`BASELINE`] for the one without traits.
    pub id: String,
    /// Its name, for instance `Impatience: Strong`.
    pub name: String,
    /// Its customers in a sentence ("impatient customers"), where there are words for them.
    pub customers: Option<String>,
    /// Its fixed colour (see [`crate::trait_color`]); without meaning for the baseline.
    pub color: usize,
    /// Whether its customers showed their traits; `None` for the baseline, and where nothing was
    /// metered.
    #[serde(default)]
    pub check: Option<TraitCheck>,
}

/// What is settled before a run and decides how its figures are read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultSettings {
    /// A difference of no practical meaning, as a rate.
    pub margin: f64,
    /// Seed of the permutation test.
    pub seed: u64,
    /// Whether a practice model takes part.
    pub practice: bool,
    /// Whose prompts were used, when they are not the product's own.
    pub wording: Option<String>,
}

impl Default for ResultSettings {
    fn default() -> Self {
        ResultSettings { margin: DEFAULT_MARGIN, seed: 0, practice: false, wording: None }
    }
}

/// The chance that all attempts at a task succeed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassKRow {
    /// How many attempts must succeed.
    pub k: usize,
    /// Rate, 0 to 1; `None` when no task has k scored attempts.
    pub rate: Option<f64>,
    /// Its interval; `None` below ten tasks.
    pub interval: Option<Bounds>,
}

/// One condition's figures. Rates and differences are fractions; the `*_text` fields are what
/// tables show, in percent and points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultRow {
    /// The condition's id.
    pub condition_id: String,
    /// The condition's name.
    pub name: String,
    /// Its customers in a sentence ("impatient customers"), where there are words for them.
    pub customers: Option<String>,
    /// Colour index of the condition.
    pub color_index: usize,
    /// Colour as `#rrggbb`; empty for the baseline.
    pub color: String,
    /// Conversations planned.
    pub planned: usize,
    /// Conversations scored.
    pub scored: usize,
    /// Conversations that succeeded.
    pub passed: usize,
    /// Success rate over all scored tasks, each counting the same; `None` when nothing is scored.
    pub rate: Option<f64>,
    /// Interval of the rate; `None` below ten tasks.
    pub rate_interval: Option<Bounds>,
    /// `72 % (58 to 83)`.
    pub rate_text: String,
    /// pass^k with k the planned attempts per task.
    pub pass_k: PassKRow,
    /// Tasks scored under both this condition and the baseline; 0 for the baseline itself.
    pub tasks_compared: usize,
    /// Tasks that could not be compared, because one side has no score.
    pub tasks_fell_out: usize,
    /// Success of the baseline on the tasks compared.
    pub baseline_rate: Option<f64>,
    /// Success under this condition on the tasks compared.
    pub compared_rate: Option<f64>,
    /// Difference from the baseline, negative when success fell; `None` for the baseline.
    pub difference: Option<f64>,
    /// Interval of the difference; `None` below ten tasks.
    pub difference_interval: Option<Bounds>,
    /// `−12 (−19 to −5)`, in points.
    pub difference_text: String,
    /// Tasks that succeed less often than under the baseline.
    pub broke: usize,
    /// Tasks that succeed more often than under the baseline.
    pub fixed: usize,
    /// p-value, corrected for the number of conditions compared (Holm).
    pub p_value: Option<f64>,
    /// What the comparison says; `None` where nothing was compared.
    pub verdict: Option<Verdict>,
    /// The verdict in words, and beside it what is wrong with the customers' traits; empty where
    /// nothing was compared.
    pub verdict_word: String,
    /// Whether the customers showed their traits; `None` for the baseline, and where nothing was
    /// metered.
    #[serde(default)]
    pub check: Option<TraitCheck>,
}

impl ResultRow {
    /// Whether this is the condition without traits.
    pub fn is_baseline(&self) -> bool {
        self.condition_id == BASELINE
    }
}

/// What came out of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunResult {
    /// The result in one sentence.
    pub sentence: String,
    /// What a reader must know besides.
    pub notes: Vec<String>,
    /// Whether a practice model takes part.
    pub practice: bool,
    /// Whose prompts were used, when they are not the product's own.
    pub wording: Option<String>,
    /// Attempts planned per task and condition (the most of any).
    pub trials: usize,
    /// The margin that the verdicts were read with, as a rate.
    pub margin: f64,
    /// Conversations planned, all conditions together.
    pub planned: usize,
    /// Conversations scored, all conditions together.
    pub scored: usize,
    /// One row a condition: the baseline first, then in the order given.
    pub rows: Vec<ResultRow>,
}

/// Computes the figures of a run, finished or not. Rows of conditions that are not listed are
/// left out. Attempts without a score are counted and enter no rate.
pub fn run_result(
    rows: &[EpisodeRow],
    conditions: &[ReportCondition],
    settings: &ResultSettings,
) -> RunResult {
    let outcomes = |id: &str| outcomes_of(rows, id);
    let baseline = outcomes(BASELINE);
    let mut ordered: Vec<&ReportCondition> = conditions.iter().collect();
    ordered.sort_by_key(|c| c.id != BASELINE);
    let data: Vec<Vec<TaskOutcomes>> = ordered.iter().map(|c| outcomes(&c.id)).collect();
    let trials =
        data.iter().flatten().map(|t| t.trials.len() + t.not_scored as usize).max().unwrap_or(0);
    let comparisons: Vec<Option<Comparison>> = ordered
        .iter()
        .zip(&data)
        .map(|(c, tasks)| {
            (c.id != BASELINE)
                .then(|| compare(&baseline, tasks, settings.margin, settings.seed))
                .flatten()
        })
        .collect();
    let raw: Vec<f64> = comparisons.iter().flatten().map(|c| c.p_value).collect();
    let mut corrected = holm(&raw).into_iter();
    let table: Vec<ResultRow> = ordered
        .iter()
        .zip(&data)
        .zip(&comparisons)
        .map(|((condition, tasks), comparison)| {
            let p_value = comparison.and_then(|_| corrected.next());
            row(condition, tasks, &baseline, comparison.as_ref(), p_value, trials)
        })
        .collect();
    let facts = headline::Facts {
        rows: &table,
        conditions: &ordered,
        comparisons: &comparisons,
        trials,
        margin: settings.margin,
    };
    let mut notes = counting_notes(rows, conditions);
    notes.extend(trait_notes(&ordered, &comparisons));
    notes.extend(comparison_notes(&table, &comparisons, &data));
    RunResult {
        sentence: headline::sentence(&facts),
        notes,
        practice: settings.practice,
        wording: settings.wording.clone(),
        trials,
        margin: settings.margin,
        planned: table.iter().map(|r| r.planned).sum(),
        scored: table.iter().map(|r| r.scored).sum(),
        rows: table,
    }
}

pub(crate) fn outcomes_of(rows: &[EpisodeRow], condition: &str) -> Vec<TaskOutcomes> {
    let mut tasks: BTreeMap<&str, TaskOutcomes> = BTreeMap::new();
    for row in rows.iter().filter(|r| r.condition_id == condition) {
        let task = tasks.entry(&row.task_id).or_insert_with(|| TaskOutcomes {
            task: row.task_id.clone(),
            ..TaskOutcomes::default()
        });
        match row.outcome {
            Outcome::Passed => task.trials.push(true),
            Outcome::Failed => task.trials.push(false),
            Outcome::NotScored | Outcome::Pending | Outcome::Running => task.not_scored += 1,
        }
    }
    tasks.into_values().collect()
}

fn row(
    condition: &ReportCondition,
    tasks: &[TaskOutcomes],
    baseline: &[TaskOutcomes],
    comparison: Option<&Comparison>,
    p_value: Option<f64>,
    trials: usize,
) -> ResultRow {
    let is_baseline = condition.id == BASELINE;
    let success = rate(tasks);
    let chance = pass_k(tasks, trials);
    let fell_out = match comparison {
        Some(c) => c.fell_out,
        None if is_baseline => 0,
        None => tau_stats::pair(baseline, tasks).1,
    };
    ResultRow {
        condition_id: condition.id.clone(),
        name: condition.name.clone(),
        customers: condition.customers.clone(),
        color_index: condition.color,
        color: if is_baseline { String::new() } else { tau_charts::trait_color(condition.color) },
        planned: success.counts.planned,
        scored: success.counts.scored,
        passed: success.counts.passed,
        rate: success.estimate,
        rate_interval: success.interval.map(Bounds::from),
        rate_text: rate_text(success.estimate, success.interval),
        pass_k: PassKRow {
            k: trials,
            rate: chance.estimate,
            interval: chance.interval.map(Bounds::from),
        },
        tasks_compared: comparison.map_or(0, |c| c.tasks),
        tasks_fell_out: fell_out,
        baseline_rate: comparison.map(|c| c.baseline),
        compared_rate: comparison.map(|c| c.treated),
        difference: comparison.map(|c| c.difference),
        difference_interval: comparison.and_then(|c| c.interval).map(Bounds::from),
        difference_text: comparison.map_or_else(String::new, |c| {
            words::difference(c.difference, c.interval.map(Bounds::from))
        }),
        broke: comparison.map_or(0, |c| c.broke),
        fixed: comparison.map_or(0, |c| c.fixed),
        p_value,
        verdict: comparison.map(|c| c.verdict),
        verdict_word: comparison.map_or_else(String::new, |c| match trait_word(condition) {
            Some(word) => format!("{} ({word})", c.verdict.word()),
            None => c.verdict.word().to_owned(),
        }),
        check: condition.check.clone(),
    }
}

/// What is wrong with the traits of a condition's customers, for beside a figure; `None` where nothing
/// is.
pub(crate) fn trait_word(condition: &ReportCondition) -> Option<&'static str> {
    match condition.check.as_ref()?.shown {
        Shown::Shown => None,
        Shown::Weak => Some("trait weak"),
        Shown::CannotTell => Some("trait not verified"),
        Shown::NotShown => Some("trait not shown"),
    }
}

/// What is to be known of the customers of compared conditions. Those that did not show their traits
/// stand in the headline already.
fn trait_notes(conditions: &[&ReportCondition], comparisons: &[Option<Comparison>]) -> Vec<String> {
    let compared = conditions.iter().zip(comparisons).filter(|(_, compared)| compared.is_some());
    let checks = compared.filter_map(|(condition, _)| condition.check.as_ref());
    checks
        .filter(|check| matches!(check.shown, Shown::Weak | Shown::CannotTell))
        .map(|check| check.note.clone())
        .collect()
}

fn rate_text(estimate: Option<f64>, interval: Option<Interval>) -> String {
    match (estimate, interval) {
        (None, _) => "not scored".to_owned(),
        (Some(p), None) => words::percent(p),
        (Some(p), Some(i)) => {
            format!("{} ({})", words::percent(p), words::percent_range(i.low, i.high))
        }
    }
}

fn counting_notes(rows: &[EpisodeRow], conditions: &[ReportCondition]) -> Vec<String> {
    let listed: Vec<&EpisodeRow> =
        rows.iter().filter(|r| conditions.iter().any(|c| c.id == r.condition_id)).collect();
    let total = words::thousands(listed.len());
    let with = |wanted: fn(Outcome) -> bool| listed.iter().filter(|r| wanted(r.outcome)).count();
    let mut notes = Vec::new();
    let not_scored = with(|o| o == Outcome::NotScored);
    if not_scored > 0 {
        notes.push(format!(
            "{} of {total} conversations not scored: they could not be finished, and count neither as success nor as failure.",
            words::thousands(not_scored)
        ));
    }
    let open = with(|o| matches!(o, Outcome::Pending | Outcome::Running));
    if open > 0 {
        notes.push(format!(
            "{} of {total} conversations have yet to finish.",
            words::thousands(open)
        ));
    }
    notes
}

fn comparison_notes(
    table: &[ResultRow],
    comparisons: &[Option<Comparison>],
    data: &[Vec<TaskOutcomes>],
) -> Vec<String> {
    let mut notes = Vec::new();
    for row in table.iter().filter(|r| r.tasks_fell_out > 0) {
        notes.push(format!(
            "{}: {} left out of the comparison, for want of a score on one side.",
            row.name,
            words::count(row.tasks_fell_out, "task")
        ));
    }
    let most_tasks = data
        .iter()
        .map(|tasks| tasks.iter().filter(|t| !t.trials.is_empty()).count())
        .max()
        .unwrap_or(0);
    if most_tasks > 0 && most_tasks < MIN_TASKS {
        notes.push(format!("With fewer than {MIN_TASKS} tasks no intervals are given."));
    }
    let compared: Vec<&Comparison> = comparisons.iter().flatten().collect();
    if let Some(first) = compared.first() {
        let test = match first.test {
            Test::McNemar => "McNemar's exact test",
            Test::SignFlip(_) => "sign-flip test over tasks",
        };
        notes.push(match compared.len() {
            1 => format!("p-value: {test}."),
            n => format!("p-values: {test}, corrected for {n} comparisons (Holm)."),
        });
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{condition, episodes};

    #[test]
    fn the_baseline_comes_first_and_has_no_difference() {
        let rows =
            [episodes("impatience", 12, 2, |i, _| i > 2), episodes(BASELINE, 12, 2, |_, _| true)]
                .concat();
        let conditions = [condition("impatience", 0), condition(BASELINE, 0)];
        let result = run_result(&rows, &conditions, &ResultSettings::default());
        assert!(result.rows[0].is_baseline());
        assert_eq!(result.rows[0].difference, None);
        assert_eq!(result.rows[0].color, "");
        assert_eq!(result.rows[1].difference, Some(-0.25));
        assert_eq!(result.rows[1].tasks_compared, 12);
        assert_eq!((result.planned, result.scored, result.trials), (48, 48, 2));
        assert_eq!(result.rows[1].pass_k.rate, Some(0.75));
    }

    #[test]
    fn conversations_without_a_score_are_shown_and_are_no_failures() {
        let mut rows =
            [episodes(BASELINE, 12, 2, |_, _| true), episodes("x", 12, 2, |_, _| true)].concat();
        rows[0].outcome = Outcome::NotScored;
        rows[1].outcome = Outcome::NotScored;
        rows[2].outcome = Outcome::Pending;
        let result = run_result(
            &rows,
            &[condition(BASELINE, 0), condition("x", 0)],
            &ResultSettings::default(),
        );
        assert_eq!((result.rows[0].scored, result.rows[0].planned), (21, 24));
        assert_eq!(result.rows[0].rate, Some(1.0));
        assert_eq!(result.rows[1].tasks_fell_out, 1);
        let notes = result.notes.join("\n");
        assert!(notes.contains("2 of 48 conversations not scored"), "{notes}");
        assert!(notes.contains("1 of 48 conversations have yet to finish"), "{notes}");
        assert!(notes.contains("1 task left out"), "{notes}");
    }

    #[test]
    fn p_values_are_corrected_for_the_number_of_traits() {
        let mut rows = episodes(BASELINE, 12, 1, |_, _| true);
        rows.extend(episodes("a", 12, 1, |i, _| i > 5));
        rows.extend(episodes("b", 12, 1, |_, _| true));
        let conditions = [condition(BASELINE, 0), condition("a", 0), condition("b", 1)];
        let result = run_result(&rows, &conditions, &ResultSettings::default());
        // Six broke, none fixed: 2/64 by McNemar, doubled by Holm.
        assert!((result.rows[1].p_value.unwrap() - 4.0 / 64.0).abs() < 1e-9);
        assert_eq!(result.rows[2].p_value, Some(1.0));
        assert!(result.notes.iter().any(|n| n.contains("2 comparisons")));
    }

    #[test]
    fn a_run_without_rows_gives_a_result_that_says_so() {
        let result = run_result(&[], &[condition(BASELINE, 0)], &ResultSettings::default());
        assert_eq!(result.rows[0].rate_text, "not scored");
        assert_eq!(result.sentence, "Nothing has been scored yet.");
    }

    #[test]
    fn a_result_survives_being_stored() {
        let rows =
            [episodes(BASELINE, 12, 2, |_, _| true), episodes("x", 12, 2, |i, _| i % 2 == 0)]
                .concat();
        let result = run_result(
            &rows,
            &[condition(BASELINE, 0), condition("x", 0)],
            &ResultSettings::default(),
        );
        let text = serde_json::to_string(&result).unwrap();
        assert_eq!(serde_json::from_str::<RunResult>(&text).unwrap(), result);
    }
}
