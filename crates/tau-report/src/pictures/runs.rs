//! Charts of several runs side by side: drops by agent or domain, and two releases.

use std::collections::BTreeSet;

use tau_charts::{
    Bounds, ChartKind, ChartSpec, Column, Heading, HeatCell, HeatLine, HeatMap, HeatRows, Language,
    SlopeChart, SlopeLine,
};
use tau_stats::{Interval, TaskOutcomes, Verdict, compare, pair, rate};

use super::{Picture, title};
use crate::cautions::{CautionKind, refusal_kind};
use crate::rows::outcomes_of;
use crate::say::say;
use crate::table::{AVERAGE, TableRun, TraitCell, TraitTable, trait_table};
use crate::{BASELINE, ReportCondition, ResultSettings};

/// The charts of several runs, in the order of reading, over the conversations that the analysis of
/// `settings` leaves; the baseline is always the condition without traits. The two runs of a slope are
/// the earlier first.
pub fn pictures_of_runs(runs: &[TableRun], settings: &ResultSettings) -> Vec<Picture> {
    let (margin, seed, language) = (settings.margin_in_use(), settings.seed, settings.language);
    let left = |run: &TableRun| TableRun {
        rows: settings.analysis.rows(&run.rows).into_iter().cloned().collect(),
        ..run.clone()
    };
    let runs: Vec<TableRun> = runs.iter().map(left).collect();
    let runs = runs.as_slice();
    let table = trait_table(runs, seed);
    let notes = notes(runs, language);
    let heat = |rows, variant| Picture {
        kind: ChartKind::Heat,
        variant,
        title: title(ChartKind::Heat, variant, language),
        spec: heat(&table, rows, margin, &notes).map_err(|id| say(language, id, &[])),
    };
    let slope = match runs {
        [left, right] => slope(left, right, margin, seed, &notes),
        _ => Err("missing-slope-two"),
    };
    let name = |at: usize| runs.get(at).map_or("", |run| run.name.as_str());
    vec![
        heat(HeatRows::Models, "models"),
        heat(HeatRows::Domains, "domains"),
        Picture {
            kind: ChartKind::Slope,
            variant: "",
            title: match runs.len() {
                2 => {
                    let args = [("left", name(0).into()), ("right", name(1).into())];
                    say(language, "title-slope", &args)
                }
                _ => say(language, "title-slope-two", &[]),
            },
            spec: slope.map_err(|id| say(language, id, &[])),
        },
    ]
}

/// What stands below charts of several runs.
fn notes(runs: &[TableRun], language: Language) -> Vec<String> {
    let practice = runs.iter().any(|run| run.practice);
    practice.then(|| say(language, "note-practice", &[])).into_iter().collect()
}

fn heat(
    table: &TraitTable,
    rows: HeatRows,
    margin: f64,
    notes: &[String],
) -> Result<ChartSpec, &'static str> {
    let columns: Vec<usize> = (0..table.columns.len())
        .filter(|at| table.columns[*at].id != AVERAGE)
        .filter(|at| table.lines.iter().any(|line| compared(line.cells[*at].as_ref())))
        .collect();
    if columns.is_empty() {
        return Err("missing-heat");
    }
    let distinct = |of: fn(&crate::TraitLine) -> &str| {
        table.lines.iter().map(of).collect::<BTreeSet<_>>().len()
    };
    let (models, domains) = (distinct(|line| &line.model), distinct(|line| &line.domain));
    let strategies = distinct(|line| &line.strategy);
    match rows {
        HeatRows::Models if models < 2 && strategies < 2 => return Err("missing-models"),
        HeatRows::Domains if domains < 2 => return Err("missing-domains"),
        _ => {}
    }
    let mut lines: Vec<(Vec<&str>, &crate::TraitLine)> = table
        .lines
        .iter()
        .map(|line| {
            let agent =
                [Some(line.model.as_str()), (strategies > 1).then_some(line.strategy.as_str())];
            let domain = Some(line.domain.as_str());
            let parts = match rows {
                HeatRows::Models => [agent[0], agent[1], domain.filter(|_| domains > 1)],
                HeatRows::Domains => [domain, agent[0].filter(|_| models > 1), agent[1]],
            };
            (parts.into_iter().flatten().filter(|part| !part.is_empty()).collect(), line)
        })
        .collect();
    lines.sort_by(|a, b| a.0.cmp(&b.0));
    let line = |(name, line): (Vec<&str>, &crate::TraitLine)| HeatLine {
        run: match line.runs.as_slice() {
            [only] => only.clone(),
            _ => String::new(),
        },
        name: name.join(" · "),
        baseline: line.baseline.as_ref().and_then(|cell| cell.rate),
        cells: columns.iter().map(|at| line.cells[*at].as_ref().map(|c| cell(c, margin))).collect(),
    };
    let column = |at: &usize| Column {
        id: table.columns[*at].id.clone(),
        name: table.columns[*at].name.clone(),
        color: table.columns[*at].color,
    };
    Ok(ChartSpec::Heat(HeatMap {
        heading: Heading { title: None, notes: notes.to_vec() },
        rows,
        columns: columns.iter().map(column).collect(),
        lines: lines.into_iter().map(line).collect(),
    }))
}

fn compared(cell: Option<&TraitCell>) -> bool {
    cell.is_some_and(|cell| cell.difference.is_some())
}

fn cell(cell: &TraitCell, margin: f64) -> HeatCell {
    let bounds = cell.difference_interval;
    let interval = bounds.map(|bounds| Interval { low: bounds.low, high: bounds.high });
    HeatCell {
        difference: cell.difference,
        interval: bounds,
        verdict: cell.difference.map(|_| Verdict::of(interval, margin)),
        tasks: cell.tasks,
        scored: cell.scored,
        planned: cell.planned,
        shown: cell.shown,
        marked: cell.marked,
    }
}

fn slope(
    left: &TableRun,
    right: &TableRun,
    margin: f64,
    seed: u64,
    notes: &[String],
) -> Result<ChartSpec, &'static str> {
    if left.domain != right.domain {
        return Err("missing-slope-domain");
    }
    match refusal_kind(right, left) {
        Some(CautionKind::Grader) => return Err("missing-slope-grader"),
        Some(_) => return Err("missing-slope-data"),
        None => {}
    }
    let mut shared: Vec<&ReportCondition> = left
        .conditions
        .iter()
        .map(|each| &each.condition)
        .filter(|condition| right.conditions.iter().any(|each| each.condition.id == condition.id))
        .collect();
    shared.sort_by_key(|condition| condition.id != BASELINE);
    let lines: Vec<SlopeLine> = shared
        .into_iter()
        .filter_map(|condition| line(left, right, condition, margin, seed))
        .collect();
    if lines.is_empty() {
        return Err("missing-slope-conditions");
    }
    Ok(ChartSpec::Slope(SlopeChart {
        heading: Heading { title: None, notes: notes.to_vec() },
        left_run: left.id.clone(),
        left: left.name.clone(),
        right_run: right.id.clone(),
        right: right.name.clone(),
        lines,
    }))
}

fn line(
    left: &TableRun,
    right: &TableRun,
    condition: &ReportCondition,
    margin: f64,
    seed: u64,
) -> Option<SlopeLine> {
    let (before, after) =
        (outcomes_of(&left.rows, &condition.id), outcomes_of(&right.rows, &condition.id));
    let found = compare(&before, &after, margin, seed)?;
    // Both levels are over the tasks that both runs scored.
    let (earlier, later): (Vec<TaskOutcomes>, Vec<TaskOutcomes>) =
        pair(&before, &after).0.into_iter().map(|pair| (pair.baseline, pair.treated)).unzip();
    Some(SlopeLine {
        condition_id: condition.id.clone(),
        name: condition.name.clone(),
        color: condition.color,
        is_baseline: condition.id == BASELINE,
        left: found.baseline,
        left_interval: rate(&earlier).interval.map(Bounds::from),
        right: found.treated,
        right_interval: rate(&later).interval.map(Bounds::from),
        difference: found.difference,
        interval: found.interval.map(Bounds::from),
        verdict: found.verdict,
        tasks: found.tasks,
    })
}
