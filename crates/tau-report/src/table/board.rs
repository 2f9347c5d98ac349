//! The pass^k board: the chance that k attempts at the same task all succeed.

use serde::{Deserialize, Serialize};
use tau_stats::{TaskOutcomes, merge, pass_k};

use super::{TableRun, groups, shown, trait_notes};
use crate::fidelity::Shown;
use crate::rows::outcomes_of;
use tau_charts::Bounds;

/// Most columns.
const MOST: usize = 32;

/// pass^k for each line and condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassBoard {
    /// The k of the columns, from 1.
    pub ks: Vec<usize>,
    /// The lines.
    pub lines: Vec<PassLine>,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// A line of the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassLine {
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
    /// The condition's name.
    pub condition: String,
    /// Whether the customers showed their traits; `None` where nothing was metered.
    #[serde(default)]
    pub shown: Option<Shown>,
    /// Tasks in all.
    pub tasks: usize,
    /// Conversations scored.
    pub scored: usize,
    /// Conversations planned.
    pub planned: usize,
    /// One value a k; `None` where no task has that many scored attempts.
    pub cells: Vec<Option<PassCell>>,
}

/// pass^k of a line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassCell {
    /// 0 to 1.
    pub value: f64,
    /// Its 95 % interval; `None` below ten tasks.
    pub interval: Option<Bounds>,
    /// Tasks with at least k scored attempts: those that it is over.
    pub tasks: usize,
}

/// The board of several runs.
pub fn pass_board(runs: &[TableRun]) -> PassBoard {
    let mut notes = Vec::new();
    let mut lines = Vec::new();
    for group in groups(runs, &mut notes) {
        let mut conditions: Vec<&crate::ReportCondition> = Vec::new();
        for each in group.iter().flat_map(|run| &run.conditions) {
            if conditions.iter().all(|known| known.id != each.condition.id) {
                conditions.push(&each.condition);
            }
        }
        conditions.sort_by_key(|condition| condition.id != crate::BASELINE);
        for condition in conditions {
            let tasks: Vec<TaskOutcomes> =
                group.iter().flat_map(|run| outcomes_of(&run.rows, &condition.id)).collect();
            let shown = shown(&group, &condition.id);
            lines.push(PassLine { shown, ..line(&group, &condition.name, &merge(&tasks)) });
        }
    }
    lines.sort_by(|a, b| {
        (&a.domain, &a.model, &a.strategy).cmp(&(&b.domain, &b.model, &b.strategy))
    });
    let most = lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
    for line in &mut lines {
        line.cells.resize(most, None);
    }
    let fewer =
        lines.iter().any(|line| line.cells.iter().flatten().any(|cell| cell.tasks < line.tasks));
    if fewer {
        notes.push(
            "Each figure is over the tasks with at least k scored attempts; where these are not all tasks, their number stands beside it.".into(),
        );
    }
    trait_notes(runs, &mut notes);
    if runs.iter().any(|run| run.practice) {
        notes.push("Practice models say nothing about a real agent.".into());
    }
    PassBoard { ks: (1..=most).collect(), lines, notes }
}

fn line(group: &[&TableRun], condition: &str, tasks: &[TaskOutcomes]) -> PassLine {
    let counts = tau_stats::counts(tasks);
    let most = tasks.iter().map(|task| task.trials.len() + task.not_scored as usize).max();
    let cells = (1..=most.unwrap_or(0).min(MOST))
        .map(|k| {
            let figure = pass_k(tasks, k);
            figure.estimate.map(|value| PassCell {
                value,
                interval: figure.interval.map(Bounds::from),
                tasks: figure.tasks,
            })
        })
        .collect();
    PassLine {
        runs: group.iter().map(|run| run.id.clone()).collect(),
        names: group.iter().map(|run| run.name.clone()).collect(),
        domain: group[0].domain.clone(),
        model: group[0].model.clone(),
        strategy: group[0].strategy.clone(),
        condition: condition.to_owned(),
        shown: None,
        tasks: tasks.len(),
        scored: counts.scored,
        planned: counts.planned,
        cells,
    }
}
