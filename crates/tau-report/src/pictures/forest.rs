//! Where success stood and where it went.

use tau_charts::{ForestChart, ForestRow, Heading, Measure};

use super::notes;
use crate::RunResult;

/// The chart of a run's result.
pub fn drop_chart(result: &RunResult, title: Option<String>) -> ForestChart {
    let mut rows = Vec::new();
    let mut baseline = None;
    for row in &result.rows {
        let drawn = ForestRow {
            condition_id: row.condition_id.clone(),
            name: row.name.clone(),
            customers: row.customers.clone(),
            color: row.color_index,
            scored: row.scored,
            planned: row.planned,
            passed: row.passed,
            tasks: row.tasks_compared,
            baseline: row.baseline_rate,
            // What was not compared stands alone, over all its tasks.
            rate: row.compared_rate.or(row.rate),
            rate_interval: row.rate_interval,
            difference: row.difference,
            interval: row.difference_interval,
            verdict: row.verdict,
            shown: row.check.as_ref().map(|check| check.shown),
        };
        if row.is_baseline() {
            baseline = Some(drawn);
        } else {
            rows.push(drawn);
        }
    }
    // Worst first; what was not compared last.
    let key = |row: &ForestRow| row.difference.unwrap_or(f64::INFINITY);
    rows.sort_by(|a, b| key(a).total_cmp(&key(b)));
    ForestChart {
        heading: Heading { title, notes: notes(result) },
        measure: Measure::Success,
        margin: result.margin,
        baseline_name: result.baseline_name.clone(),
        baseline,
        rows,
        trials: result.trials,
    }
}
