//! Made-up runs for tests.

use tau_domain::Outcome;

use crate::{AtFault, Effort, EpisodeRow, Fault, ReportCondition};

/// All attempts of one condition; `passes` says which succeed, by task and attempt.
pub(crate) fn episodes(
    condition: &str,
    tasks: u32,
    trials: u32,
    passes: impl Fn(u32, u32) -> bool,
) -> Vec<EpisodeRow> {
    (0..tasks)
        .flat_map(|task| (0..trials).map(move |trial| (task, trial)))
        .map(|(task, trial)| EpisodeRow {
            task_id: format!("task-{task:03}"),
            task_index: task,
            condition_id: condition.to_owned(),
            trial,
            outcome: if passes(task, trial) { Outcome::Passed } else { Outcome::Failed },
            effort: Effort::default(),
            fault: None,
        })
        .collect()
}

/// A condition called by its id.
pub(crate) fn condition(id: &str, color: usize) -> ReportCondition {
    named(id, id, None, color)
}

/// A condition with a name of its own.
pub(crate) fn named(
    id: &str,
    name: &str,
    customers: Option<&str>,
    color: usize,
) -> ReportCondition {
    ReportCondition {
        id: id.to_owned(),
        name: name.to_owned(),
        customers: customers.map(str::to_owned),
        color,
        check: None,
        single: None,
    }
}

/// The same conversations, with a fault for each failure that `at` names one for.
pub(crate) fn judged(
    rows: Vec<EpisodeRow>,
    at: impl Fn(&EpisodeRow) -> Option<AtFault>,
) -> Vec<EpisodeRow> {
    rows.into_iter()
        .map(|row| {
            let failed = row.outcome == Outcome::Failed;
            let fault = failed.then(|| at(&row)).flatten();
            EpisodeRow { fault: fault.map(|at| Fault { at, tags: Vec::new() }), ..row }
        })
        .collect()
}
