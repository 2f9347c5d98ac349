//! Several runs side by side: the drop per trait as in tau-trait's README, and the pass^k board as in
//! tau-bench's.
//!
//! Runs of the same domain, agent and grading are one line, so that a baseline from one run serves
//! the traits of another. What differs between them besides (the customer's model, the wording, ...)
//! is said in a note and marked at the figure, since upstream's own table compares in silence.
//! Figures are `tau-stats`'; a line's cells are paired task by task.

mod board;
mod render;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tau_stats::{
    Comparison, DEFAULT_MARGIN, Relative, TaskOutcomes, compare, compare_average, rate,
    relative_average, relative_drop,
};

use crate::fidelity::Shown;
use crate::rows::outcomes_of;
use crate::{BASELINE, EpisodeRow, ReportCondition};
use tau_charts::{Bounds, words};

pub use board::{PassBoard, PassCell, PassLine, pass_board};
pub use render::{TableFormat, render_board, render_traits};

/// Id of the column with the mean over the single traits.
pub const AVERAGE: &str = "average";

/// A run as tables compare it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableRun {
    /// Its id; a file's name for a file that is not stored.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The domain's title.
    pub domain: String,
    /// What identifies the domain's content; empty when it is not known.
    pub fingerprint: String,
    /// The agent's model; empty when it is not known.
    pub model: String,
    /// How the agent's model is used.
    pub strategy: String,
    /// Which rules of grading apply.
    pub grader: String,
    /// Whether a practice model takes part.
    pub practice: bool,
    /// Whether it was stopped and is not going on.
    #[serde(default)]
    pub stopped: bool,
    /// What else makes two runs comparable, as label and value: the customer's model, the wording,
    /// the temperature and so on. What a file does not say is left out.
    pub identity: Vec<(String, String)>,
    /// The conditions.
    pub conditions: Vec<TableCondition>,
    /// The planned conversations and what became of them.
    pub rows: Vec<EpisodeRow>,
}

/// A condition as tables order it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableCondition {
    /// The condition.
    pub condition: ReportCondition,
    /// Whether it is one trait alone: only such ones enter the average.
    pub single: bool,
}

/// Success and its drop, a line a domain and agent, a column a condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraitTable {
    /// The columns, the average last where there is more than one trait.
    pub columns: Vec<TraitColumn>,
    /// The lines, by domain and model.
    pub lines: Vec<TraitLine>,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraitColumn {
    /// The condition's id, or [`AVERAGE`].
    pub id: String,
    /// Its name.
    pub name: String,
    /// Colour index of the condition; without meaning for the average.
    pub color: usize,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraitLine {
    /// Ids of the runs in it.
    pub runs: Vec<String>,
    /// Their names.
    pub names: Vec<String>,
    /// The domain.
    pub domain: String,
    /// The agent's model.
    pub model: String,
    /// How it is used.
    pub strategy: String,
    /// Whether a practice model takes part.
    pub practice: bool,
    /// Success without traits; `None` where no run has the baseline.
    pub baseline: Option<TraitCell>,
    /// One cell a column; `None` where no run has the condition.
    pub cells: Vec<Option<TraitCell>>,
}

/// A condition's figures in a line. Rates and differences are fractions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraitCell {
    /// Success rate; `None` when nothing was scored.
    pub rate: Option<f64>,
    /// Its 95 % interval; `None` below ten tasks.
    pub rate_interval: Option<Bounds>,
    /// Difference from the baseline over the tasks that both have.
    pub difference: Option<f64>,
    /// Its 95 % interval, paired by task; `None` below ten tasks.
    pub difference_interval: Option<Bounds>,
    /// The difference as a share of the baseline's success.
    pub relative: Option<f64>,
    /// Its 95 % interval; `None` below fifty tasks or a baseline of a fifth.
    pub relative_interval: Option<Bounds>,
    /// Conversations scored.
    pub scored: usize,
    /// Conversations planned.
    pub planned: usize,
    /// Tasks compared.
    pub tasks: usize,
    /// What the comparison says; empty where nothing was compared.
    pub verdict: String,
    /// Whether the baseline comes from a run that differs in more than the customers; see the notes.
    pub marked: bool,
    /// Whether the customers showed their traits, the worst of the runs; `None` where nothing was
    /// metered.
    #[serde(default)]
    pub shown: Option<Shown>,
}

/// The table of several runs. `seed` draws the resamples of the bootstrap and the sign flips.
pub fn trait_table(runs: &[TableRun], seed: u64) -> TraitTable {
    let mut notes = Vec::new();
    let columns = columns(runs);
    let groups = groups(runs, &mut notes);
    let mut lines: Vec<TraitLine> =
        groups.iter().map(|group| line(group, &columns, seed, &mut notes)).collect();
    lines.sort_by(|a, b| {
        (&a.domain, &a.model, &a.strategy).cmp(&(&b.domain, &b.model, &b.strategy))
    });
    across(&groups, &mut notes);
    let cells = lines.iter().flat_map(|line| line.cells.iter().chain([&line.baseline])).flatten();
    let (scored, planned) = cells
        .filter(|cell| cell.scored < cell.planned)
        .fold((0, 0), |sum, cell| (sum.0 + cell.scored, sum.1 + cell.planned));
    if scored < planned {
        notes.push(
            "Where fewer conversations were scored than planned, both numbers stand beside the figure; what was not scored counts neither as success nor as failure.".into(),
        );
    }
    trait_notes(runs, &mut notes);
    if lines.iter().any(|line| line.practice) {
        notes.push("Practice models say nothing about a real agent.".into());
    }
    TraitTable { columns, lines, notes }
}

/// Conditions of all runs in the order of their colours, which is that of the traits.
fn columns(runs: &[TableRun]) -> Vec<TraitColumn> {
    let mut columns: Vec<(bool, TraitColumn)> = Vec::new();
    for each in runs.iter().flat_map(|run| &run.conditions) {
        let condition = &each.condition;
        if condition.id != BASELINE && columns.iter().all(|(_, known)| known.id != condition.id) {
            let column = TraitColumn {
                id: condition.id.clone(),
                name: condition.name.clone(),
                color: condition.color,
            };
            columns.push((each.single, column));
        }
    }
    columns.sort_by(|(a, x), (b, y)| (!a, x.color, &x.id).cmp(&(!b, y.color, &y.id)));
    let singles = columns.iter().filter(|(single, _)| *single).count();
    let mut columns: Vec<TraitColumn> = columns.into_iter().map(|(_, column)| column).collect();
    if singles > 1 {
        columns.push(TraitColumn { id: AVERAGE.into(), name: "Average".into(), color: 0 });
    }
    columns
}

/// Runs that may be compared with each other.
pub(crate) fn groups<'a>(runs: &'a [TableRun], notes: &mut Vec<String>) -> Vec<Vec<&'a TableRun>> {
    let mut groups: Vec<Vec<&TableRun>> = Vec::new();
    for run in runs {
        let like = |other: &TableRun| {
            !run.model.is_empty()
                && (&run.domain, &run.model, &run.strategy, run.practice)
                    == (&other.domain, &other.model, &other.strategy, other.practice)
        };
        let near = groups.iter_mut().find(|group| {
            like(group[0]) && group.iter().all(|other| refusal(run, other).is_none())
        });
        match near {
            Some(group) => group.push(run),
            None => {
                for other in groups.iter().flatten().filter(|other| like(other)) {
                    notes.extend(refusal(run, other));
                }
                groups.push(vec![run]);
            }
        }
    }
    notes.dedup();
    groups
}

/// What forbids a comparison of two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The domain's content differs.
    Data,
    /// They were graded by different rules.
    Grader,
}

/// Whether two runs of a domain must not be compared; what is not known forbids nothing.
pub(crate) fn refused(run: &TableRun, other: &TableRun) -> Option<Refusal> {
    let differ = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && a != b;
    if differ(&run.fingerprint, &other.fingerprint) {
        return Some(Refusal::Data);
    }
    differ(&run.grader, &other.grader).then_some(Refusal::Grader)
}

/// Why two runs of the same agent cannot be one line.
fn refusal(run: &TableRun, other: &TableRun) -> Option<String> {
    let names = format!("“{}” and “{}”", other.name, run.name);
    Some(match refused(run, other)? {
        Refusal::Data => format!(
            "{names} are not compared with each other: the domain's content differs between them."
        ),
        Refusal::Grader => format!(
            "{names} are not compared with each other: they were graded by different rules ({} and {}).",
            other.grader, run.grader
        ),
    })
}

/// What differs between two runs besides the customers' traits.
fn differences(run: &TableRun, other: &TableRun) -> Vec<String> {
    run.identity
        .iter()
        .filter_map(|(label, value)| {
            let theirs = other.identity.iter().find(|(known, _)| known == label)?;
            (theirs.1 != *value).then(|| format!("{label} ({} and {value})", theirs.1))
        })
        .collect()
}

fn line(
    group: &[&TableRun],
    columns: &[TraitColumn],
    seed: u64,
    notes: &mut Vec<String>,
) -> TraitLine {
    let has = |run: &TableRun, id: &str| run.conditions.iter().any(|each| each.condition.id == id);
    let of = |id: &str| -> Vec<TaskOutcomes> {
        let with = group.iter().filter(|run| has(run, id));
        with.flat_map(|run| outcomes_of(&run.rows, id)).collect()
    };
    let baseline = of(BASELINE);
    let sources: Vec<&&TableRun> = group.iter().filter(|run| has(run, BASELINE)).collect();
    let mut apart: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut marked = |id: &str| -> bool {
        let mut found = false;
        for run in group.iter().filter(|run| has(run, id)) {
            for source in sources.iter().filter(|source| source.id != run.id) {
                let between = differences(run, source);
                found |= !between.is_empty();
                if !between.is_empty() {
                    let names = format!("“{}” and “{}”", source.name, run.name);
                    apart.insert(names, between);
                }
            }
        }
        found
    };
    let single = |id: &str| {
        let conditions = group.iter().flat_map(|run| &run.conditions);
        conditions.into_iter().any(|each| each.condition.id == id && each.single)
    };
    let data: Vec<(&TraitColumn, Vec<TaskOutcomes>)> =
        columns.iter().map(|column| (column, of(&column.id))).collect();
    let mut cells: Vec<Option<TraitCell>> = Vec::with_capacity(columns.len());
    for (column, tasks) in &data {
        if column.id == AVERAGE {
            let each: Vec<&[TaskOutcomes]> = data
                .iter()
                .filter(|(column, tasks)| single(&column.id) && !tasks.is_empty())
                .map(|(_, tasks)| tasks.as_slice())
                .collect();
            let marked = cells.iter().flatten().any(|cell| cell.marked);
            cells.push((each.len() > 1).then(|| average(&baseline, &each, seed, marked)));
            continue;
        }
        let comparison = compare(&baseline, tasks, DEFAULT_MARGIN, seed);
        let relative = relative_drop(&baseline, tasks, seed);
        let marked = marked(&column.id);
        let shown = shown(group, &column.id);
        let cell = || TraitCell { shown, ..cell(tasks, comparison.as_ref(), relative, marked) };
        cells.push((!tasks.is_empty()).then(cell));
    }
    for (names, between) in apart {
        notes.push(format!("{names} differ in more than the customers: {}.", between.join("; ")));
    }
    if sources.is_empty() && cells.iter().any(Option::is_some) {
        let place = match group[0].model.as_str() {
            "" => group[0].domain.clone(),
            model => format!("{model} in {}", group[0].domain),
        };
        notes.push(format!("{place}: there is no baseline, so no drop can be given."));
    }
    TraitLine {
        runs: group.iter().map(|run| run.id.clone()).collect(),
        names: group.iter().map(|run| run.name.clone()).collect(),
        domain: group[0].domain.clone(),
        model: group[0].model.clone(),
        strategy: group[0].strategy.clone(),
        practice: group[0].practice,
        baseline: (!baseline.is_empty()).then(|| cell(&baseline, None, None, false)),
        cells,
    }
}

/// What is known of the customers of a condition, the worst of the runs that have it.
pub(crate) fn shown(group: &[&TableRun], condition: &str) -> Option<Shown> {
    let conditions = group.iter().flat_map(|run| &run.conditions);
    let of = conditions.filter(|each| each.condition.id == condition);
    of.filter_map(|each| Some(each.condition.check.as_ref()?.shown)).max()
}

/// What a reader must know of customers who did not show their traits as asked for.
pub(crate) fn trait_notes(runs: &[TableRun], notes: &mut Vec<String>) {
    for run in runs {
        let checks = run.conditions.iter().filter_map(|each| each.condition.check.as_ref());
        for check in checks.filter(|check| matches!(check.shown, Shown::NotShown | Shown::Weak)) {
            notes.push(format!("“{}”: {}", run.name, check.note));
        }
    }
}

fn cell(
    tasks: &[TaskOutcomes],
    comparison: Option<&Comparison>,
    relative: Option<Relative>,
    marked: bool,
) -> TraitCell {
    let success = rate(tasks);
    TraitCell {
        rate: success.estimate,
        rate_interval: success.interval.map(Bounds::from),
        scored: success.counts.scored,
        planned: success.counts.planned,
        ..compared(comparison, relative, marked)
    }
}

/// The mean over the traits. Its rate is the mean of theirs over the tasks that all have.
fn average(
    baseline: &[TaskOutcomes],
    each: &[&[TaskOutcomes]],
    seed: u64,
    marked: bool,
) -> TraitCell {
    let comparison = compare_average(baseline, each, DEFAULT_MARGIN, seed);
    let counts: Vec<_> = each.iter().map(|tasks| tau_stats::counts(tasks)).collect();
    TraitCell {
        rate: comparison.as_ref().map(|comparison| comparison.treated),
        scored: counts.iter().map(|counts| counts.scored).sum(),
        planned: counts.iter().map(|counts| counts.planned).sum(),
        ..compared(comparison.as_ref(), relative_average(baseline, each, seed), marked)
    }
}

fn compared(
    comparison: Option<&Comparison>,
    relative: Option<Relative>,
    marked: bool,
) -> TraitCell {
    TraitCell {
        rate: None,
        rate_interval: None,
        difference: comparison.map(|comparison| comparison.difference),
        difference_interval: comparison
            .and_then(|comparison| comparison.interval)
            .map(Bounds::from),
        relative: relative.map(|relative| relative.ratio),
        relative_interval: relative.and_then(|relative| relative.interval).map(Bounds::from),
        scored: 0,
        planned: 0,
        tasks: comparison.map_or(0, |comparison| comparison.tasks),
        verdict: comparison.map_or_else(String::new, |c| c.verdict.word().to_owned()),
        marked: marked && comparison.is_some(),
        shown: None,
    }
}

/// What differs between lines of the same domain.
fn across(groups: &[Vec<&TableRun>], notes: &mut Vec<String>) {
    let mut domains: BTreeMap<&str, Vec<&TableRun>> = BTreeMap::new();
    for group in groups {
        domains.entry(&group[0].domain).or_default().push(group[0]);
    }
    for (domain, runs) in domains {
        let mut labels: Vec<String> = Vec::new();
        for (at, run) in runs.iter().enumerate() {
            for (label, value) in &run.identity {
                let differs = runs[at + 1..].iter().any(|other| {
                    other.identity.iter().any(|(known, theirs)| known == label && theirs != value)
                });
                if differs && !labels.contains(label) {
                    labels.push(label.clone());
                }
            }
        }
        if !labels.is_empty() {
            notes.push(format!(
                "Models in {domain} were not tested alike: they differ in {}. Compare drops within a line, not between lines.",
                words::list(&labels)
            ));
        }
    }
}

#[cfg(test)]
mod tests;
