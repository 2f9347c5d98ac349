//! Success over the level of a trait, with the level that was measured.

use std::collections::BTreeSet;

use tau_charts::{
    Bounds, ChartSpec, Heading, Measured, ResponseChart, ResponsePoint, ResponseSeries,
    ResponseSlope,
};
use tau_stats::{MIN_TASKS, TaskMean, TaskOutcomes, dose_response, rate};

use super::{Study, looked_at, notes};
use crate::fidelity::{Fidelity, TraitShown};
use crate::result::AskedTrait;
use crate::rows::{EpisodeRow, outcomes_of};
use crate::{BASELINE, ReportCondition};

/// The chart, or the message that says why there is none. Traits with one level alone are left out:
/// the forest shows them.
pub(super) fn chart(study: &Study<'_>) -> Result<ChartSpec, &'static str> {
    let rows = looked_at(study);
    let mut seen = BTreeSet::new();
    let traits: Vec<ResponseSeries> = study
        .conditions
        .iter()
        .filter_map(|condition| condition.single.as_ref())
        .filter(|asked| seen.insert(asked.id.as_str()))
        .filter_map(|asked| series(study, &rows, asked))
        .collect();
    if traits.is_empty() {
        return Err("missing-response");
    }
    let heading = Heading { title: None, notes: notes(study.result) };
    Ok(ChartSpec::Response(ResponseChart { heading, traits }))
}

/// A trait's line; `None` when fewer than two of its levels have a score.
fn series(study: &Study<'_>, rows: &[&EpisodeRow], asked: &AskedTrait) -> Option<ResponseSeries> {
    let mut doses: Vec<(f64, &ReportCondition, Vec<TaskOutcomes>)> = study
        .conditions
        .iter()
        .filter_map(|condition| {
            let level = match &condition.single {
                Some(each) if each.id == asked.id => each.level,
                None if condition.id == BASELINE => 0.0,
                _ => return None,
            };
            let tasks = outcomes_of(rows.iter().copied(), &condition.id);
            tasks.iter().any(|task| !task.trials.is_empty()).then_some((level, condition, tasks))
        })
        .collect();
    doses.sort_by(|a, b| a.0.total_cmp(&b.0));
    doses.dedup_by(|later, earlier| later.0 == earlier.0);
    if doses.iter().filter(|(level, _, _)| *level > 0.0).count() < 2 {
        return None;
    }
    let levels: Vec<(f64, &[TaskOutcomes])> =
        doses.iter().map(|(level, _, tasks)| (*level, tasks.as_slice())).collect();
    let slope = dose_response(&levels).filter(|found| found.tasks >= MIN_TASKS);
    let points = doses.iter().map(|(level, condition, tasks)| {
        let success = rate(tasks);
        ResponsePoint {
            condition_id: condition.id.clone(),
            level: *level,
            rate: success.estimate,
            interval: success.interval.map(Bounds::from),
            tasks: success.tasks,
            measured: study.fidelity.and_then(|known| measured(known, &condition.id, &asked.id)),
        }
    });
    Some(ResponseSeries {
        trait_id: asked.id.clone(),
        name: asked.name.clone(),
        color: asked.color,
        points: points.collect(),
        slope: slope.map(|found| ResponseSlope {
            per_level: found.slope,
            interval: found.interval.map(Bounds::from),
            tasks: found.tasks,
        }),
    })
}

/// The level that the deciding meter read; without traits that of the same meter.
fn measured(fidelity: &Fidelity, condition: &str, trait_id: &str) -> Option<Measured> {
    let of = |shown: &'_ TraitShown| shown.trait_id == trait_id;
    let mut with = fidelity
        .conditions
        .iter()
        .filter(|each| condition == BASELINE || each.condition_id == condition);
    let found =
        with.find_map(|each| each.traits.iter().find(|shown| of(shown))?.measured.first())?;
    let level: &TaskMean = if condition == BASELINE { &found.baseline } else { &found.level };
    Some(Measured { value: level.estimate?, interval: level.interval.map(Bounds::from) })
}
