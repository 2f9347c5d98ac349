//! What conversations took: turns, calls, money, time. Paired by task as success is.

use tau_charts::{Bounds, ChartSpec, ForestChart, ForestRow, Heading, Measure};
use tau_stats::{Interval, Verdict, compare_measure, measure_mean};

use super::{Study, looked_at, notes};
use crate::rows::{Effort, measures_of};

/// The chart of one measure, or the message that says why there is none.
pub(super) fn chart(study: &Study<'_>, measure: Measure) -> Result<ChartSpec, &'static str> {
    let (value, missing): (fn(&Effort) -> Option<f64>, _) = match measure {
        Measure::Turns => (|effort| effort.turns, "missing-turns"),
        Measure::ToolCalls => (|effort| effort.tool_calls, "missing-tool_calls"),
        Measure::Cost => (|effort| effort.cost_usd, "missing-cost"),
        Measure::Seconds | Measure::Success => (|effort| effort.seconds, "missing-seconds"),
    };
    if study.result.scored == 0 {
        return Err("missing-nothing-scored");
    }
    let rows = looked_at(study);
    let of = |id: &str| measures_of(rows.iter().copied(), id, value);
    if measure == Measure::Cost
        && rows.iter().all(|row| matches!(value(&row.effort), None | Some(0.0)))
    {
        let known = rows.iter().any(|row| value(&row.effort).is_some());
        return Err(if known { "missing-cost-nothing" } else { missing });
    }
    let before = of(&study.result.baseline);
    let mut baseline = None;
    let mut drawn = Vec::new();
    for row in &study.result.rows {
        let tasks = of(&row.condition_id);
        let compared = compare_measure(&before, &tasks).filter(|_| !row.is_baseline());
        let alone = measure_mean(&tasks);
        let interval = compared.and_then(|compared| compared.interval);
        let each = ForestRow {
            condition_id: row.condition_id.clone(),
            name: row.name.clone(),
            customers: row.customers.clone(),
            color: row.color_index,
            scored: tasks.iter().map(|task| task.values.len()).sum(),
            planned: row.planned,
            passed: 0,
            tasks: compared.map_or(0, |compared| compared.tasks),
            baseline: compared.map(|compared| compared.baseline),
            // What was not compared stands alone, over all its tasks.
            rate: compared.map(|compared| compared.treated).or(alone.estimate),
            rate_interval: alone.interval.map(Bounds::from),
            difference: compared.map(|compared| compared.difference),
            interval: interval.map(Bounds::from),
            verdict: compared.map(|_| verdict(interval)),
            shown: row.check.as_ref().map(|check| check.shown),
        };
        if row.is_baseline() {
            baseline = Some(each);
        } else {
            drawn.push(each);
        }
    }
    if baseline.iter().chain(&drawn).all(|row| row.scored == 0) {
        return Err(missing);
    }
    // Most effort added first; what was not compared last.
    let key = |row: &ForestRow| row.difference.map_or(f64::INFINITY, |difference| -difference);
    drawn.sort_by(|a, b| key(a).total_cmp(&key(b)));
    Ok(ChartSpec::Forest(ForestChart {
        heading: Heading { title: None, notes: notes(study.result) },
        measure,
        margin: study.result.margin,
        baseline_name: study.result.baseline_name.clone(),
        baseline,
        rows: drawn,
        trials: study.result.trials,
    }))
}

/// No margin is set for effort: more than nothing is worse.
fn verdict(interval: Option<Interval>) -> Verdict {
    match interval {
        Some(interval) if interval.low > 0.0 => Verdict::Worse,
        Some(interval) if interval.high < 0.0 => Verdict::Better,
        _ => Verdict::CannotTell,
    }
}
