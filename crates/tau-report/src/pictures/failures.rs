//! Whose fault failures were, and what went wrong in them.

use tau_charts::{
    Bounds, ChartSpec, Column, FaultRow, FaultStack, Heading, TagBars, TagCell, TagRow,
};
use tau_domain::Outcome;
use tau_stats::{TaskOutcomes, compare, rate};

use super::{Study, count, looked_at, notes};
use crate::rows::{AtFault, EpisodeRow, events_of};

/// The stacks, or the message that says why there are none.
pub(super) fn faults(study: &Study<'_>) -> Result<ChartSpec, &'static str> {
    if study.result.scored == 0 {
        return Err("missing-nothing-scored");
    }
    let rows = looked_at(study);
    let stack = |id: &str, name: &str| {
        let failed = |at: AtFault| {
            rows.iter().filter(|row| row.condition_id == id && laid_at(row) == Some(at)).count()
        };
        FaultRow {
            condition_id: id.to_owned(),
            name: name.to_owned(),
            scored: count(&rows, id, |o| matches!(o, Outcome::Passed | Outcome::Failed)),
            not_scored: count(&rows, id, |o| o == Outcome::NotScored),
            user: failed(AtFault::User),
            agent: failed(AtFault::Agent),
            environment: failed(AtFault::Environment),
            grader: failed(AtFault::Grader),
            unjudged: failed(AtFault::Unjudged),
        }
    };
    let stacks: Vec<FaultRow> =
        study.result.rows.iter().map(|row| stack(&row.condition_id, &row.name)).collect();
    if stacks.iter().all(|row| row.failed() == 0) {
        return Err("missing-no-failure");
    }
    let heading = Heading { title: None, notes: notes(study.result) };
    Ok(ChartSpec::Faults(FaultStack { heading, rows: stacks }))
}

/// At whose door a failure is laid; `None` for what did not fail.
fn laid_at(row: &EpisodeRow) -> Option<AtFault> {
    (row.outcome == Outcome::Failed)
        .then(|| row.fault.as_ref().map_or(AtFault::Unjudged, |fault| fault.at))
}

/// The tags, or the message that says why there are none. A failure that nobody has judged may or may
/// not have a tag: it is left out of the shares.
pub(super) fn tags(study: &Study<'_>) -> Result<ChartSpec, &'static str> {
    if study.result.scored == 0 {
        return Err("missing-nothing-scored");
    }
    let rows = looked_at(study);
    if rows.iter().all(|row| laid_at(row).is_none()) {
        return Err("missing-no-failure");
    }
    let conditions: Vec<_> = study.result.rows.iter().filter(|row| row.scored > 0).collect();
    let tagged = |id: &str, tag: &str| {
        events_of(rows.iter().copied(), id, |row| match (row.outcome, laid_at(row), &row.fault) {
            (Outcome::Passed, _, _) => Some(false),
            (_, Some(at), Some(fault)) if at != AtFault::Unjudged => {
                Some(fault.tags.iter().any(|each| each == tag))
            }
            _ => None,
        })
    };
    let mut found: Vec<TagRow> = study
        .tags
        .iter()
        .map(|(tag, name)| {
            let tasks: Vec<Vec<TaskOutcomes>> =
                conditions.iter().map(|row| tagged(&row.condition_id, tag)).collect();
            let before = conditions.iter().zip(&tasks).find(|(row, _)| row.is_baseline());
            let before = before.map(|(_, tasks)| tasks.as_slice());
            let any = tasks.iter().flatten().any(|task| task.trials.contains(&true));
            let cells = conditions
                .iter()
                .zip(&tasks)
                .filter(|_| any)
                .map(|(row, tasks)| cell(study, tasks, before.filter(|_| !row.is_baseline())))
                .collect();
            TagRow { tag: (*tag).to_owned(), name: (*name).to_owned(), cells }
        })
        .filter(|row| !row.cells.is_empty())
        .collect();
    if found.is_empty() {
        return Err("missing-tags");
    }
    let often = |row: &TagRow| row.cells.iter().map(|cell| cell.count).sum::<usize>();
    found.sort_by_key(|row| std::cmp::Reverse(often(row)));
    let column = |row: &&crate::ResultRow| Column {
        id: row.condition_id.clone(),
        name: row.name.clone(),
        color: row.color_index,
    };
    Ok(ChartSpec::Tags(TagBars {
        heading: Heading { title: None, notes: notes(study.result) },
        columns: conditions.iter().map(column).collect(),
        has_baseline: conditions.first().is_some_and(|row| row.is_baseline()),
        rows: found,
    }))
}

fn cell(study: &Study<'_>, tasks: &[TaskOutcomes], before: Option<&[TaskOutcomes]>) -> TagCell {
    let share = rate(tasks);
    let (margin, seed) = (study.result.margin, study.settings.seed);
    let compared = before.and_then(|before| compare(before, tasks, margin, seed));
    TagCell {
        count: share.counts.passed,
        scored: share.counts.scored,
        share: share.estimate,
        difference: compared.map(|compared| compared.difference),
        interval: compared.and_then(|compared| compared.interval).map(Bounds::from),
    }
}
