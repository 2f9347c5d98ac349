//! pass^k: the chance that all of k attempts succeed, with paired differences.

use tau_charts::{Bounds, ChartSpec, Heading, PassKChart, PassKPoint, PassKSeries};
use tau_stats::{TaskOutcomes, compare_pass_k, pass_k};

use super::{Study, looked_at, notes};
use crate::rows::outcomes_of;

/// Most attempts that are drawn.
const MOST: usize = 32;

/// The chart, or the message that says why there is none.
pub(super) fn chart(study: &Study<'_>) -> Result<ChartSpec, &'static str> {
    if study.result.scored == 0 {
        return Err("missing-nothing-scored");
    }
    let rows = looked_at(study);
    let of = |id: &str| outcomes_of(rows.iter().copied(), id);
    let before = of(&study.result.baseline);
    let series: Vec<PassKSeries> = study
        .result
        .rows
        .iter()
        .map(|row| {
            let tasks = of(&row.condition_id);
            let against = (!row.is_baseline()).then_some(before.as_slice());
            let most = tasks.iter().map(|task| task.trials.len()).max().unwrap_or(0).min(MOST);
            let points = (1..=most).filter_map(|k| point(study, &tasks, against, k)).collect();
            PassKSeries {
                condition_id: row.condition_id.clone(),
                name: row.name.clone(),
                color: row.color_index,
                is_baseline: row.is_baseline(),
                points,
            }
        })
        .filter(|series: &PassKSeries| !series.points.is_empty())
        .collect();
    if series.iter().all(|series| series.points.len() < 2) {
        return Err("missing-pass_k");
    }
    let heading = Heading { title: None, notes: notes(study.result) };
    Ok(ChartSpec::PassK(PassKChart { heading, series }))
}

fn point(
    study: &Study<'_>,
    tasks: &[TaskOutcomes],
    against: Option<&[TaskOutcomes]>,
    k: usize,
) -> Option<PassKPoint> {
    let found = pass_k(tasks, k);
    let (margin, seed) = (study.result.margin, study.settings.seed);
    let compared = against.and_then(|before| compare_pass_k(before, tasks, k, margin, seed));
    Some(PassKPoint {
        k,
        value: found.estimate?,
        interval: found.interval.map(Bounds::from),
        tasks: found.tasks,
        difference: compared.map(|compared| compared.difference),
        difference_interval: compared.and_then(|compared| compared.interval).map(Bounds::from),
    })
}
