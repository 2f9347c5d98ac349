//! What is known of each planned conversation, and how a person asks to read them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tau_domain::Outcome;
use tau_stats::{TaskMeasure, TaskOutcomes};

use crate::BASELINE;

/// One planned conversation and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EpisodeRow {
    /// The task's id; conditions are paired by it.
    pub task_id: String,
    /// The task's place in its split, to list tasks in order.
    pub task_index: u32,
    /// The condition's id; [`BASELINE`] without traits.
    pub condition_id: String,
    /// Which attempt, from 0.
    pub trial: u32,
    /// What became of it.
    pub outcome: Outcome,
    /// What it took. Empty where nothing is known of it.
    #[serde(default)]
    pub effort: Effort,
    /// Whose fault it was that it failed; `None` when it did not fail, and where nobody looked.
    #[serde(default)]
    pub fault: Option<Fault>,
}

/// What a conversation took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Effort {
    /// Messages of customer and agent.
    pub turns: Option<f64>,
    /// Tool calls.
    pub tool_calls: Option<f64>,
    /// US dollars; `None` where prices are not known.
    pub cost_usd: Option<f64>,
    /// Seconds; `None` where a file does not say.
    pub seconds: Option<f64>,
    /// Replies of models; 0 where nobody counted them.
    #[serde(default)]
    pub replies: u32,
    /// Those of them that were taken from the cache of replies.
    #[serde(default)]
    pub cached_replies: u32,
}

/// Why a conversation failed, by the verdict that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// At whose door it is laid.
    pub at: AtFault,
    /// Ids of the failure tags.
    pub tags: Vec<String>,
}

/// At whose door a failure is laid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AtFault {
    /// The simulated customer.
    User,
    /// The agent.
    Agent,
    /// The environment.
    Environment,
    /// The grade itself is in doubt.
    Grader,
    /// Nobody has judged it.
    Unjudged,
}

impl AtFault {
    /// All of them.
    pub const ALL: [AtFault; 5] =
        [AtFault::User, AtFault::Agent, AtFault::Environment, AtFault::Grader, AtFault::Unjudged];

    /// The name in charts and queries.
    pub fn name(self) -> &'static str {
        match self {
            AtFault::User => "user",
            AtFault::Agent => "agent",
            AtFault::Environment => "environment",
            AtFault::Grader => "grader",
            AtFault::Unjudged => "unjudged",
        }
    }

    /// The one of this name.
    pub fn of(name: &str) -> Option<AtFault> {
        AtFault::ALL.into_iter().find(|each| each.name() == name)
    }
}

/// How a result is to be read: what a person may change after the run without running anything.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// Tasks to leave out, by id.
    pub exclude_tasks: BTreeSet<String>,
    /// The margin of no practical meaning as a rate; `None`: the one set before the run.
    pub margin: Option<f64>,
    /// The condition to compare with; `None`: the one without traits.
    pub baseline: Option<String>,
    /// Leave out conversations that failed by the customer's fault.
    pub leave_out_user_faults: bool,
}

impl Analysis {
    /// Id of the condition that the others are compared with.
    pub fn baseline(&self) -> &str {
        self.baseline.as_deref().unwrap_or(BASELINE)
    }

    /// The rows that it leaves.
    pub fn rows<'a>(&self, rows: &'a [EpisodeRow]) -> Vec<&'a EpisodeRow> {
        rows.iter().filter(|row| self.admits(row)).collect()
    }

    /// Whether a conversation is looked at.
    fn admits(&self, row: &EpisodeRow) -> bool {
        let fault = self.leave_out_user_faults && row.is_user_fault();
        !fault && !self.exclude_tasks.contains(&row.task_id)
    }
}

impl EpisodeRow {
    /// Whether it failed by the customer's fault.
    pub(crate) fn is_user_fault(&self) -> bool {
        self.outcome == Outcome::Failed
            && self.fault.as_ref().is_some_and(|fault| fault.at == AtFault::User)
    }

    /// Whether it has a score.
    pub(crate) fn is_scored(&self) -> bool {
        matches!(self.outcome, Outcome::Passed | Outcome::Failed)
    }
}

/// Outcomes of a condition, a task an entry.
pub(crate) fn outcomes_of<'a>(
    rows: impl IntoIterator<Item = &'a EpisodeRow>,
    condition: &str,
) -> Vec<TaskOutcomes> {
    events_of(rows, condition, |row| row.is_scored().then_some(row.outcome == Outcome::Passed))
}

/// Whether something is true of each conversation of a condition, a task an entry. What is `None`
/// counts as not scored.
pub(crate) fn events_of<'a>(
    rows: impl IntoIterator<Item = &'a EpisodeRow>,
    condition: &str,
    event: impl Fn(&EpisodeRow) -> Option<bool>,
) -> Vec<TaskOutcomes> {
    let mut tasks: BTreeMap<&str, TaskOutcomes> = BTreeMap::new();
    for row in rows.into_iter().filter(|row| row.condition_id == condition) {
        let task = tasks.entry(&row.task_id).or_insert_with(|| TaskOutcomes {
            task: row.task_id.clone(),
            ..TaskOutcomes::default()
        });
        match event(row) {
            Some(happened) => task.trials.push(happened),
            None => task.not_scored += 1,
        }
    }
    tasks.into_values().collect()
}

/// A measure of the scored conversations of a condition, a task an entry.
pub(crate) fn measures_of<'a>(
    rows: impl IntoIterator<Item = &'a EpisodeRow>,
    condition: &str,
    measure: impl Fn(&Effort) -> Option<f64>,
) -> Vec<TaskMeasure> {
    let mut tasks: BTreeMap<&str, TaskMeasure> = BTreeMap::new();
    for row in rows.into_iter().filter(|row| row.condition_id == condition && row.is_scored()) {
        let Some(value) = measure(&row.effort) else { continue };
        let task = tasks
            .entry(&row.task_id)
            .or_insert_with(|| TaskMeasure { task: row.task_id.clone(), ..TaskMeasure::default() });
        task.values.push(value);
    }
    tasks.into_values().collect()
}

#[cfg(test)]
mod tests {
    use tau_stats::Verdict;

    use super::*;
    use crate::samples::{condition, episodes, named};
    use crate::{ResultSettings, run_result};

    #[test]
    fn a_name_of_a_fault_finds_it_again() {
        for each in AtFault::ALL {
            assert_eq!(AtFault::of(each.name()), Some(each));
        }
        assert_eq!(AtFault::of("nobody"), None);
    }

    #[test]
    fn effort_is_that_of_conversations_with_a_score() {
        let row = |outcome, turns| EpisodeRow {
            task_id: "a".into(),
            task_index: 0,
            condition_id: "x".into(),
            trial: 0,
            outcome,
            effort: Effort { turns, ..Effort::default() },
            fault: None,
        };
        let rows = [
            row(Outcome::Passed, Some(4.0)),
            row(Outcome::NotScored, Some(2.0)),
            row(Outcome::Failed, None),
        ];
        let found = measures_of(&rows, "x", |effort| effort.turns);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].values, [4.0]);
    }

    /// Settings of a whole run read by an analysis.
    fn reading(analysis: Analysis) -> ResultSettings {
        ResultSettings { seed: 3, analysis, ..ResultSettings::default() }
    }

    #[test]
    fn leaving_out_all_but_some_tasks_is_the_result_of_those_tasks() {
        let conditions = [condition(BASELINE, 0), condition("x", 0), condition("y", 1)];
        for seed in 0..25u32 {
            let passes =
                |salt: u32| move |i: u32, k: u32| (i * 7 + k * 5 + salt * 3 + seed) % 11 < 6;
            let mut rows = [
                episodes(BASELINE, 30, 3, passes(0)),
                episodes("x", 30, 3, passes(1)),
                episodes("y", 30, 3, passes(2)),
            ]
            .concat();
            for row in rows.iter_mut().filter(|row| (row.task_index + seed) % 13 == 0) {
                row.outcome = Outcome::NotScored;
            }
            let stays = |row: &EpisodeRow| (row.task_index * 5 + seed) % 7 < 4;
            let out = rows.iter().filter(|row| !stays(row)).map(|row| row.task_id.clone());
            let analysis = Analysis { exclude_tasks: out.collect(), ..Analysis::default() };
            let read = run_result(&rows, &conditions, &reading(analysis));
            let part: Vec<EpisodeRow> = rows.iter().filter(|row| stays(row)).cloned().collect();
            let alone = run_result(&part, &conditions, &reading(Analysis::default()));
            assert_eq!(read.rows, alone.rows, "{seed}");
            assert_eq!((read.sentence, read.notes), (alone.sentence, alone.notes));
            assert!(!read.excluded.is_empty() && alone.excluded.is_empty());
        }
    }

    #[test]
    fn another_baseline_turns_a_difference_round_and_is_named() {
        let rows =
            [episodes(BASELINE, 40, 2, |i, _| i % 2 == 0), episodes("x", 40, 2, |i, _| i % 4 == 0)]
                .concat();
        let conditions = [condition(BASELINE, 0), named("x", "Impatience", None, 0)];
        let usual = run_result(&rows, &conditions, &reading(Analysis::default()));
        let analysis = Analysis { baseline: Some("x".into()), ..Analysis::default() };
        let turned = run_result(&rows, &conditions, &reading(analysis));
        assert_eq!(turned.rows[0].condition_id, "x");
        assert!(turned.rows[0].is_baseline() && turned.rows[0].difference.is_none());
        assert_eq!(turned.rows[1].difference, usual.rows[1].difference.map(|d| -d));
        assert_ne!(turned.rows[1].color, "", "what is compared has a colour");
        assert_eq!(turned.baseline_name.as_deref(), Some("Impatience"));
        assert!(turned.sentence.contains("against “Impatience”"), "{}", turned.sentence);
    }

    #[test]
    fn the_margin_decides_what_no_meaningful_change_is() {
        let rows = [
            episodes(BASELINE, 60, 3, |i, k| (i + k) % 9 != 0),
            episodes("x", 60, 3, |i, k| (i + k + 1) % 9 != 0),
        ]
        .concat();
        let conditions = [condition(BASELINE, 0), condition("x", 0)];
        let verdict = |margin| {
            let analysis = Analysis { margin: Some(margin), ..Analysis::default() };
            let result = run_result(&rows, &conditions, &reading(analysis));
            assert_eq!((result.margin, result.planned_margin), (margin, 0.05));
            result.rows[1].verdict
        };
        assert_eq!(verdict(0.0), Some(Verdict::CannotTell));
        assert_eq!(verdict(0.5), Some(Verdict::NoMeaningfulChange));
    }
}
