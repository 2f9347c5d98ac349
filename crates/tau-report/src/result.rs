//! The figures of a run: one row a condition, one sentence, and what a reader must know besides.

use serde::{Deserialize, Serialize};
use tau_charts::{Bounds, Language, Shown, words};
use tau_domain::Outcome;
use tau_stats::{
    Comparison, DEFAULT_MARGIN, Interval, TaskOutcomes, Test, Verdict, compare, holm, pass_k, rate,
};

use crate::cautions::{self, Caution};
use crate::fidelity::TraitCheck;
use crate::headline;
use crate::rows::{Analysis, EpisodeRow, outcomes_of};
use crate::say::say;

/// Id of the condition without traits.
pub const BASELINE: &str = "baseline";

/// A condition as reports name it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// The one trait that is on and its level; `None` for the baseline, for mixes, and where the level
    /// is not known.
    #[serde(default)]
    pub single: Option<AskedTrait>,
}

/// A trait at a level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskedTrait {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its colour index.
    pub color: usize,
    /// The slider, 0 (off) to 4 (extreme).
    pub level: f64,
}

/// What decides how the figures of a run are read: what was settled before it, and how a person asks
/// to read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultSettings {
    /// A difference of no practical meaning, as a rate, as it was set before the run.
    pub margin: f64,
    /// Seed of the permutation test.
    pub seed: u64,
    /// Whether a practice model takes part.
    pub practice: bool,
    /// Whose prompts were used, when they are not the product's own.
    pub wording: Option<String>,
    /// Whether the run was stopped and is not going on.
    pub stopped: bool,
    /// How it is to be read.
    pub analysis: Analysis,
    /// The language of what is written.
    pub language: Language,
}

impl Default for ResultSettings {
    fn default() -> Self {
        ResultSettings {
            margin: DEFAULT_MARGIN,
            seed: 0,
            practice: false,
            wording: None,
            stopped: false,
            analysis: Analysis::default(),
            language: Language::En,
        }
    }
}

impl ResultSettings {
    /// The margin that verdicts are read with.
    pub(crate) fn margin_in_use(&self) -> f64 {
        self.analysis.margin.unwrap_or(self.margin)
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
    /// Whether the others are compared with it.
    pub baseline: bool,
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
    /// Whether this is the condition that the others are compared with.
    pub fn is_baseline(&self) -> bool {
        self.baseline
    }
}

/// What came out of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunResult {
    /// The result in one sentence.
    pub sentence: String,
    /// What a reader must know besides.
    pub notes: Vec<String>,
    /// What makes the figures less than they seem.
    pub cautions: Vec<Caution>,
    /// The language of what is written here.
    #[serde(default)]
    pub language: Language,
    /// Id of the condition that the others are compared with.
    pub baseline: String,
    /// Its name in a sentence; `None` for the one without traits.
    pub baseline_name: Option<String>,
    /// Tasks of the run that the person left out, in the order of the split.
    pub excluded: Vec<String>,
    /// Conversations that the person left out because the customer was at fault.
    pub left_out: usize,
    /// Whether a practice model takes part.
    pub practice: bool,
    /// Whose prompts were used, when they are not the product's own.
    pub wording: Option<String>,
    /// Attempts planned per task and condition (the most of any).
    pub trials: usize,
    /// The margin that the verdicts were read with, as a rate.
    pub margin: f64,
    /// The margin that was set before the run, as a rate.
    pub planned_margin: f64,
    /// Conversations planned, all conditions together.
    pub planned: usize,
    /// Conversations scored, all conditions together.
    pub scored: usize,
    /// One row a condition: the baseline first, then in the order given.
    pub rows: Vec<ResultRow>,
}

/// Computes the figures of a run, finished or not, over the conversations that the analysis leaves.
/// Rows of conditions that are not listed are left out. Attempts without a score are counted and enter
/// no rate.
pub fn run_result(
    rows: &[EpisodeRow],
    conditions: &[ReportCondition],
    settings: &ResultSettings,
) -> RunResult {
    let (analysis, margin) = (&settings.analysis, settings.margin_in_use());
    let all = rows;
    let listed = |row: &&EpisodeRow| conditions.iter().any(|c| c.id == row.condition_id);
    let rows: Vec<&EpisodeRow> = analysis.rows(rows).into_iter().filter(listed).collect();
    let reference = analysis.baseline();
    let outcomes = |id: &str| outcomes_of(rows.iter().copied(), id);
    let baseline = outcomes(reference);
    let mut ordered: Vec<&ReportCondition> = conditions.iter().collect();
    ordered.sort_by_key(|c| c.id != reference);
    let data: Vec<Vec<TaskOutcomes>> = ordered.iter().map(|c| outcomes(&c.id)).collect();
    let trials =
        data.iter().flatten().map(|t| t.trials.len() + t.not_scored as usize).max().unwrap_or(0);
    let comparisons: Vec<Option<Comparison>> = ordered
        .iter()
        .zip(&data)
        .map(|(c, tasks)| {
            (c.id != reference).then(|| compare(&baseline, tasks, margin, settings.seed)).flatten()
        })
        .collect();
    let raw: Vec<f64> = comparisons.iter().flatten().map(|c| c.p_value).collect();
    let mut corrected = holm(&raw).into_iter();
    let against = Against { id: reference, tasks: &baseline, spare: spare_color(conditions) };
    let table: Vec<ResultRow> = ordered
        .iter()
        .zip(&data)
        .zip(&comparisons)
        .map(|((condition, tasks), comparison)| {
            let p_value = comparison.and_then(|_| corrected.next());
            row(condition, tasks, &against, comparison.as_ref(), p_value, trials)
        })
        .collect();
    let named = conditions.iter().find(|c| c.id == reference && c.id != BASELINE);
    let baseline_name = named.map(|c| c.name.clone());
    let mut result = RunResult {
        sentence: String::new(),
        notes: notes(&rows, &table, &ordered, &comparisons, settings.language),
        cautions: Vec::new(),
        language: settings.language,
        baseline: reference.to_owned(),
        baseline_name,
        excluded: excluded(all, analysis),
        left_out: left_out(all, analysis),
        practice: settings.practice,
        wording: settings.wording.clone(),
        trials,
        margin,
        planned_margin: settings.margin,
        planned: table.iter().map(|r| r.planned).sum(),
        scored: table.iter().map(|r| r.scored).sum(),
        rows: table,
    };
    result.sentence = headline::sentence(&result);
    result.cautions = cautions::of_run(&result, &rows, settings);
    result
}

/// Tasks that are there and were left out, in the order of the split.
pub(crate) fn excluded(rows: &[EpisodeRow], analysis: &Analysis) -> Vec<String> {
    let mut found: Vec<(u32, &str)> = rows
        .iter()
        .filter(|row| analysis.exclude_tasks.contains(&row.task_id))
        .map(|row| (row.task_index, row.task_id.as_str()))
        .collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|(_, id)| id.to_owned()).collect()
}

/// Conversations of the tasks looked at that were left out because the customer was at fault.
pub(crate) fn left_out(rows: &[EpisodeRow], analysis: &Analysis) -> usize {
    let faults = rows.iter().filter(|row| row.is_user_fault());
    let looked_at = faults.filter(|row| !analysis.exclude_tasks.contains(&row.task_id));
    if analysis.leave_out_user_faults { looked_at.count() } else { 0 }
}

/// A colour that no condition has, for the one without traits where it is itself compared.
fn spare_color(conditions: &[ReportCondition]) -> usize {
    let taken = |color: &usize| conditions.iter().any(|c| c.id != BASELINE && c.color == *color);
    (0..).find(|color| !taken(color)).unwrap_or_default()
}

/// What conditions are compared with.
struct Against<'a> {
    id: &'a str,
    tasks: &'a [TaskOutcomes],
    /// Colour of the condition without traits.
    spare: usize,
}

fn row(
    condition: &ReportCondition,
    tasks: &[TaskOutcomes],
    against: &Against<'_>,
    comparison: Option<&Comparison>,
    p_value: Option<f64>,
    trials: usize,
) -> ResultRow {
    let is_baseline = condition.id == against.id;
    let color = if condition.id == BASELINE { against.spare } else { condition.color };
    let success = rate(tasks);
    let chance = pass_k(tasks, trials);
    let fell_out = match comparison {
        Some(c) => c.fell_out,
        // Where there is no baseline, nothing is left out of a comparison.
        None if is_baseline || against.tasks.is_empty() => 0,
        None => tau_stats::pair(against.tasks, tasks).1,
    };
    ResultRow {
        condition_id: condition.id.clone(),
        name: condition.name.clone(),
        customers: condition.customers.clone(),
        color_index: color,
        color: if is_baseline { String::new() } else { tau_charts::trait_color(color) },
        baseline: is_baseline,
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

fn rate_text(estimate: Option<f64>, interval: Option<Interval>) -> String {
    match (estimate, interval) {
        (None, _) => "not scored".to_owned(),
        (Some(p), None) => words::percent(p),
        (Some(p), Some(i)) => {
            format!("{} ({})", words::percent(p), words::percent_range(i.low, i.high))
        }
    }
}

/// What a reader must know besides: what is still open, what could not be compared, how customers did,
/// and how p-values were made.
fn notes(
    rows: &[&EpisodeRow],
    table: &[ResultRow],
    conditions: &[&ReportCondition],
    comparisons: &[Option<Comparison>],
    language: Language,
) -> Vec<String> {
    let mut notes = Vec::new();
    let open =
        rows.iter().filter(|r| matches!(r.outcome, Outcome::Pending | Outcome::Running)).count();
    if open > 0 {
        let args = [("n", open.into()), ("total", rows.len().into())];
        notes.push(say(language, "note-open", &args));
    }
    let compared = conditions.iter().zip(comparisons).filter(|(_, compared)| compared.is_some());
    let checks = compared.filter_map(|(condition, _)| condition.check.as_ref());
    notes.extend(
        checks.filter(|check| check.shown == Shown::CannotTell).map(|check| check.note.clone()),
    );
    for row in table.iter().filter(|r| r.tasks_fell_out > 0) {
        let args = [("name", (&row.name).into()), ("n", row.tasks_fell_out.into())];
        notes.push(say(language, "note-fell-out", &args));
    }
    let compared: Vec<&Comparison> = comparisons.iter().flatten().collect();
    if let Some(first) = compared.first() {
        let test = match first.test {
            Test::McNemar => "mcnemar",
            Test::SignFlip(_) => "sign-flip",
        };
        let args = [("test", test.into()), ("n", compared.len().into())];
        notes.push(say(language, "note-p-values", &args));
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
        let cautions: Vec<&str> = result.cautions.iter().map(|each| each.text.as_str()).collect();
        assert!(cautions[0].contains("2 of 48 conversations not scored"), "{cautions:?}");
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
