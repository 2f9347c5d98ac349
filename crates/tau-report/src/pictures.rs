//! From figures to the specifications of charts.

use tau_charts::{ForestChart, ForestRow, Heading, Measure, Shown};

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
            rate: if row.is_baseline() { row.rate } else { row.compared_rate },
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
    let checks = result.rows.iter().filter_map(|row| row.check.as_ref());
    let mut notes: Vec<String> = checks
        .filter(|check| matches!(check.shown, Shown::NotShown | Shown::Weak))
        .map(|check| check.note.clone())
        .collect();
    if result.practice {
        notes.push("Practice, not a real model.".to_owned());
    }
    if let Some(wording) = &result.wording {
        notes.push(format!("Prompts in the wording of {wording}."));
    }
    ForestChart {
        heading: Heading { title, notes },
        measure: Measure::Success,
        margin: result.margin,
        baseline_name: None,
        baseline,
        rows,
        trials: result.trials,
    }
}
