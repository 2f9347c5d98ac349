//! The tasks that broke most, and the conversations to read first.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tau_domain::Outcome;

use super::{Block, ReportFacts, Section, Speaker, Table, Words};
use crate::EpisodeRow;

/// Tasks that a report lists.
const LISTED: usize = 10;

/// A task under the condition in which it did worst.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorstTask {
    /// The task's id.
    pub task_id: String,
    /// The condition's id.
    pub condition_id: String,
    /// Attempts of the baseline that succeeded, and those scored; `None` where nothing is compared.
    pub baseline: Option<(usize, usize)>,
    /// Attempts under the condition that succeeded, and those scored.
    pub attempts: (usize, usize),
    /// The first attempt that failed, from 0.
    pub failed_trial: u32,
}

impl WorstTask {
    /// Change of success, as a rate; where nothing is compared, success less 1.
    pub fn change(&self) -> f64 {
        let rate = |(passed, scored): (usize, usize)| passed as f64 / scored.max(1) as f64;
        rate(self.attempts) - self.baseline.map_or(1.0, rate)
    }
}

/// What became of a task under a condition.
#[derive(Default)]
struct Tally {
    passed: usize,
    scored: usize,
    failed: Option<u32>,
}

/// The tasks that fell furthest against the condition `reference`, each under the condition in which it fell
/// furthest, worst first. Where nothing is compared: those that succeeded least often.
pub fn worst_tasks(rows: &[EpisodeRow], reference: &str, limit: usize) -> Vec<WorstTask> {
    let mut tallies: BTreeMap<(u32, &str), BTreeMap<&str, Tally>> = BTreeMap::new();
    for row in rows {
        let task = tallies.entry((row.task_index, row.task_id.as_str())).or_default();
        let tally = task.entry(row.condition_id.as_str()).or_default();
        match row.outcome {
            Outcome::Passed => tally.passed += 1,
            Outcome::Failed => {
                tally.failed = Some(tally.failed.map_or(row.trial, |known| known.min(row.trial)));
            }
            _ => continue,
        }
        tally.scored += 1;
    }
    let compares = rows.iter().any(|row| row.condition_id == reference)
        && rows.iter().any(|row| row.condition_id != reference);
    let mut worst: Vec<WorstTask> = tallies
        .into_iter()
        .filter_map(|((_, task), conditions)| {
            let baseline = conditions.get(reference).filter(|tally| tally.scored > 0);
            let baseline = baseline.map(|tally| (tally.passed, tally.scored));
            if compares && baseline.is_none() {
                return None;
            }
            let candidates = conditions.iter().filter(|(id, _)| !compares || **id != reference);
            let of = candidates.filter_map(|(id, tally)| {
                Some(WorstTask {
                    task_id: task.to_owned(),
                    condition_id: (*id).to_owned(),
                    baseline: baseline.filter(|_| compares),
                    attempts: (tally.passed, tally.scored),
                    failed_trial: tally.failed?,
                })
            });
            of.min_by(|a, b| a.change().total_cmp(&b.change()))
        })
        .filter(|task| task.change() < 0.0)
        .collect();
    // Stable: tasks that fell alike stay in their own order.
    worst.sort_by(|a, b| a.change().total_cmp(&b.change()));
    worst.truncate(limit);
    worst
}

pub(super) fn section(facts: &ReportFacts, words: Words) -> Section {
    let found = worst_tasks(&facts.rows, &facts.result.baseline, LISTED);
    let baseline = [("baseline", facts.baseline().into())];
    let compares = facts.compares();
    let mut blocks = Vec::new();
    if found.is_empty() {
        let id = if compares { "worst-none" } else { "worst-none-alone" };
        blocks.push(Block::Text(words.say(id, &baseline)));
    } else {
        let lead = if compares { "worst-tasks-lead" } else { "worst-tasks-alone" };
        blocks.push(Block::Head(words.of("worst-tasks")));
        blocks.push(Block::Text(words.say(lead, &baseline)));
        blocks.push(Block::Table(table(facts, &found, words)));
    }
    for one in &facts.worst {
        let attempt = (one.trial as usize + 1).to_string();
        let args = [
            ("task", (&one.task_id).into()),
            ("condition", (&one.condition).into()),
            ("attempt", attempt.into()),
        ];
        blocks.push(Block::Head(words.say("worst-conversation", &args)));
        blocks.push(Block::Text(one.reason.clone()));
        if let Some(fault) = &one.fault {
            blocks.push(Block::Text(words.say("worst-fault", &[("fault", fault.into())])));
        }
        if !one.excerpt.is_empty() {
            let who = |by| match by {
                Speaker::Customer => "said-customer",
                Speaker::Agent => "said-agent",
                Speaker::Tool => "said-tool",
            };
            let said = one.excerpt.iter();
            blocks.push(Block::Said(
                said.map(|line| (words.of(who(line.by)), line.text.clone())).collect(),
            ));
        }
    }
    Section { heading: words.of("section-worst"), blocks }
}

fn table(facts: &ReportFacts, found: &[WorstTask], words: Words) -> Table {
    let name = |id: &str| {
        let row = facts.result.rows.iter().find(|row| row.condition_id == id);
        row.map_or_else(|| id.to_owned(), |row| row.name.clone())
    };
    let compared = found.iter().any(|task| task.baseline.is_some());
    let with_title = found.iter().any(|task| facts.titles.contains_key(&task.task_id));
    let mut columns = vec![(words.of("column-task"), false)];
    if with_title {
        columns.push((words.of("column-title"), false));
    }
    if compared {
        columns.push((words.say("column-baseline", &[("name", facts.baseline().into())]), true));
    }
    columns.push((words.of("column-with"), false));
    columns.push((words.of("column-succeeded"), true));
    if compared {
        columns.push((words.of("column-fell"), true));
    }
    let rows = found.iter().map(|task| {
        let mut cells = vec![task.task_id.clone()];
        if with_title {
            cells.push(facts.titles.get(&task.task_id).cloned().unwrap_or_default());
        }
        if let Some((passed, scored)) = task.baseline {
            cells.push(words.scored(passed, scored));
        }
        cells.push(name(&task.condition_id));
        cells.push(words.scored(task.attempts.0, task.attempts.1));
        if compared {
            cells.push(words.change(Some(task.change()), None));
        }
        cells
    });
    Table { rows: rows.collect(), columns }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BASELINE;
    use crate::samples::episodes;

    #[test]
    fn the_task_that_fell_furthest_comes_first_with_the_attempt_to_read() {
        let rows = [
            episodes(BASELINE, 4, 2, |_, _| true),
            // Task 2 fails at its second attempt, task 3 at both.
            episodes("a", 4, 2, |task, trial| task < 2 || (task == 2 && trial == 0)),
            episodes("b", 4, 2, |_, _| true),
        ]
        .concat();
        let worst = worst_tasks(&rows, BASELINE, 10);
        let told: Vec<(&str, &str, f64, u32)> = worst
            .iter()
            .map(|t| (t.task_id.as_str(), t.condition_id.as_str(), t.change(), t.failed_trial))
            .collect();
        assert_eq!(told, [("task-003", "a", -1.0, 0), ("task-002", "a", -0.5, 1)]);
        assert_eq!(worst_tasks(&rows, BASELINE, 1).len(), 1);
    }

    #[test]
    fn a_task_that_the_baseline_never_scored_did_not_break() {
        let mut rows =
            [episodes(BASELINE, 2, 1, |_, _| true), episodes("a", 2, 1, |_, _| false)].concat();
        rows[0].outcome = Outcome::NotScored;
        let worst = worst_tasks(&rows, BASELINE, 10);
        assert_eq!(worst.len(), 1);
        assert_eq!(worst[0].task_id, "task-001");
    }

    #[test]
    fn without_a_baseline_the_tasks_that_succeed_least_are_listed() {
        let rows = episodes("a", 3, 2, |task, trial| task == 0 || (task == 1 && trial == 0));
        let worst = worst_tasks(&rows, BASELINE, 10);
        let tasks: Vec<&str> = worst.iter().map(|t| t.task_id.as_str()).collect();
        assert_eq!(tasks, ["task-002", "task-001"]);
        assert_eq!(worst[0].baseline, None);
    }
}
