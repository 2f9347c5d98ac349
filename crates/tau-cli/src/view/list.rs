//! The conversations of a file in a list.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::Serialize;
use tau_domain::Outcome;
use tau_runs::Recorded;

use crate::text::plain;

/// A conversation in the list. Names as of tau2's results.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its number in the list, from 1.
    pub number: usize,
    /// Its id in the file; empty where the file gives it none.
    pub id: String,
    /// The task.
    pub task_id: String,
    /// Repetition, from 0.
    pub trial: u32,
    /// What kind of customer it was.
    pub condition: String,
    /// The reward; `None` where it has no score.
    pub reward: Option<f64>,
    /// Whether it succeeded; `None` where it has no score.
    pub passed: Option<bool>,
    /// Why it has no score; empty where it has one.
    pub not_scored: String,
    /// Seconds; `None` where the file does not say.
    pub duration: Option<f64>,
    /// Whether the records were as expected; `None` where nobody looked.
    pub db_match: Option<bool>,
    /// Why it ended.
    pub termination_reason: String,
    /// US dollars.
    pub agent_cost: Option<f64>,
    /// US dollars.
    pub user_cost: Option<f64>,
    /// Its number in the file, from 1.
    #[serde(skip)]
    pub entry: u32,
}

impl Row {
    /// What a list says of a conversation.
    pub fn of(recorded: &Recorded) -> Row {
        Row {
            number: 0,
            id: recorded.id.clone(),
            task_id: recorded.task_id.clone(),
            trial: recorded.trial,
            condition: recorded.condition.clone(),
            reward: recorded.reward,
            passed: recorded.reward.map(|_| recorded.outcome == Outcome::Passed),
            not_scored: recorded.not_scored.clone(),
            duration: recorded.duration_s,
            db_match: recorded.state_matches,
            termination_reason: recorded.ended.clone(),
            agent_cost: recorded.agent_cost_usd,
            user_cost: recorded.customer_cost_usd,
            entry: recorded.number,
        }
    }

    /// What is repeated: a task with one kind of customers.
    pub fn key(&self) -> (&str, &str) {
        (&self.condition, &self.task_id)
    }
}

/// Which conversations are shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown {
    /// Only those that failed.
    pub failed: bool,
    /// Only those about tasks that failed each time.
    pub all_failed: bool,
}

/// By task, then by trial; then they get their numbers.
pub fn sort(rows: &mut [Row]) {
    rows.sort_by(|a, b| {
        by_task(&a.task_id, &b.task_id)
            .then_with(|| a.trial.cmp(&b.trial))
            .then_with(|| a.entry.cmp(&b.entry))
    });
    for (number, row) in (1..).zip(rows) {
        row.number = number;
    }
}

/// Ids that are numbers by their size.
fn by_task(a: &str, b: &str) -> Ordering {
    match (a.parse::<u64>(), b.parse::<u64>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        _ => a.cmp(b),
    }
}

/// The conversations that are to be shown.
pub fn chosen(rows: &[Row], which: Shown) -> impl Iterator<Item = &Row> {
    let mut passed: BTreeMap<_, bool> = BTreeMap::new();
    for row in rows {
        *passed.entry(row.key()).or_default() |= row.passed == Some(true);
    }
    let failed = |row: &Row| row.passed == Some(false);
    rows.iter().filter(move |row| {
        let never = !passed.get(&row.key()).copied().unwrap_or_default();
        (!which.failed || failed(row)) && (!which.all_failed || (failed(row) && never))
    })
}

/// A mark for yes, no and not known.
pub fn mark(truth: Option<bool>) -> &'static str {
    match truth {
        Some(true) => "✓",
        Some(false) => "✗",
        None => "–",
    }
}

/// The list.
pub fn table(rows: &[Row], which: Shown) -> String {
    let shown: Vec<&Row> = chosen(rows, which).collect();
    if shown.is_empty() {
        return "No conversation is to be shown.".to_owned();
    }
    let several = rows.iter().any(|row| row.condition != rows[0].condition);
    let mut lines = vec!["       trial  passed  reward  duration  DB match  task".to_owned()];
    for row in &shown {
        let duration = row.duration.map_or("–".to_owned(), |seconds| format!("{seconds:.1} s"));
        let reward = row.reward.map_or("–".to_owned(), |reward| reward.to_string());
        let (passed, records) = (mark(row.passed), mark(row.db_match));
        let mut line = format!(
            "{:5}  {:5}  {passed:^6}  {reward:>6}  {duration:>8}  {records:^8}  {}",
            row.number,
            row.trial,
            plain(&row.task_id)
        );
        if several {
            line.push_str(&format!(" ({})", plain(&row.condition)));
        }
        if !row.not_scored.is_empty() {
            line.push_str(", not scored");
        }
        lines.push(line);
    }
    if shown.len() < rows.len() {
        lines.push(format!("{} of {} conversations are shown.", shown.len(), rows.len()));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(task: &str, trial: u32, passed: Option<bool>) -> Row {
        Row {
            number: 0,
            id: String::new(),
            task_id: task.to_owned(),
            trial,
            condition: "No traits".to_owned(),
            reward: passed.map(f64::from),
            passed,
            not_scored: String::new(),
            duration: None,
            db_match: passed,
            termination_reason: String::new(),
            agent_cost: None,
            user_cost: None,
            entry: 1,
        }
    }

    #[test]
    fn what_failed_each_time_is_told_from_what_failed_once_and_from_what_has_no_score() {
        let mut rows = [
            row("10", 0, Some(false)),
            row("2", 1, Some(true)),
            row("2", 0, Some(false)),
            row("10", 1, None),
        ];
        sort(&mut rows);
        let numbers = |which| -> Vec<(usize, &str, u32)> {
            chosen(&rows, which).map(|row| (row.number, row.task_id.as_str(), row.trial)).collect()
        };
        assert_eq!(
            numbers(Shown::default()),
            [(1, "2", 0), (2, "2", 1), (3, "10", 0), (4, "10", 1)]
        );
        let failed = Shown { failed: true, all_failed: false };
        assert_eq!(numbers(failed), [(1, "2", 0), (3, "10", 0)]);
        let all_failed = Shown { failed: false, all_failed: true };
        assert_eq!(numbers(all_failed), [(3, "10", 0)]);
    }
}
