//! The figures of a file (upstream `metrics/agent_metrics.py`). What has no score is in none of them.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use tau_stats::{TaskOutcomes, pass_k};

use super::list::Row;

/// The figures of a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// Conversations in it.
    pub simulations: usize,
    /// Of these with a score.
    pub scored: usize,
    /// Of these without.
    pub not_scored: usize,
    /// Of these with reward 1.
    pub passed: usize,
    /// Tasks, counted for each kind of customers.
    pub tasks: usize,
    /// Mean reward over those with a score; `None` when there is none.
    pub average_reward: Option<f64>,
    /// k to pass^k over the tasks with at least k scored trials (arXiv 2406.12045).
    pub pass_hat_k: BTreeMap<usize, f64>,
    /// Tasks left out of pass^k at the largest k, for want of scored trials.
    pub tasks_left_out: usize,
    /// What the agent cost on average, in US dollars, over those where it is known.
    pub average_agent_cost: Option<f64>,
    /// What the customer cost on average.
    pub average_user_cost: Option<f64>,
    /// What all cost, as far as it is known.
    pub total_cost: Option<f64>,
    /// How many ended for which reason.
    pub termination_reasons: BTreeMap<String, usize>,
    /// Conversations whose records were as expected.
    pub db_matches: usize,
    /// Conversations whose records were not.
    pub db_mismatches: usize,
    /// Conversations where nobody looked.
    pub db_not_checked: usize,
}

impl Figures {
    /// The figures of conversations.
    pub fn of(rows: &[Row]) -> Figures {
        let rewards: Vec<f64> = rows.iter().filter_map(|row| row.reward).collect();
        let mut tasks: BTreeMap<(&str, &str), TaskOutcomes> = BTreeMap::new();
        let mut termination_reasons = BTreeMap::new();
        for row in rows {
            let key = row.key();
            let task = tasks.entry(key).or_insert_with(|| TaskOutcomes {
                task: format!("{} {}", key.0, key.1),
                ..TaskOutcomes::default()
            });
            match row.passed {
                Some(passed) => task.trials.push(passed),
                None => task.not_scored += 1,
            }
            if !row.termination_reason.is_empty() {
                *termination_reasons.entry(row.termination_reason.clone()).or_default() += 1;
            }
        }
        let tasks: Vec<TaskOutcomes> = tasks.into_values().collect();
        let most = tasks.iter().map(|task| task.trials.len() + task.not_scored as usize).max();
        let (pass_hat_k, tasks_left_out) = pass_hat_k(&tasks, most.unwrap_or(0));
        let known =
            |cost: fn(&Row) -> Option<f64>| -> Vec<f64> { rows.iter().filter_map(cost).collect() };
        let (agent, user) = (known(|row| row.agent_cost), known(|row| row.user_cost));
        let costs = !agent.is_empty() || !user.is_empty();
        let matches = |wanted| rows.iter().filter(|row| row.db_match == wanted).count();
        Figures {
            simulations: rows.len(),
            scored: rewards.len(),
            not_scored: rows.len() - rewards.len(),
            passed: rows.iter().filter(|row| row.passed == Some(true)).count(),
            tasks: tasks.len(),
            average_reward: mean(&rewards),
            pass_hat_k,
            tasks_left_out,
            average_agent_cost: mean(&agent),
            average_user_cost: mean(&user),
            total_cost: costs.then(|| agent.iter().chain(&user).sum()),
            termination_reasons,
            db_matches: matches(Some(true)),
            db_mismatches: matches(Some(false)),
            db_not_checked: matches(None),
        }
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// pass^k for each k up to `trials`, and the tasks that are left out at the largest k.
pub fn pass_hat_k(tasks: &[TaskOutcomes], trials: usize) -> (BTreeMap<usize, f64>, usize) {
    let figures: Vec<_> = (1..=trials).map(|k| pass_k(tasks, k)).collect();
    let known = figures.iter().filter_map(|figure| Some((figure.k, figure.estimate?)));
    (known.collect(), figures.last().map_or(0, |figure| figure.fell_out))
}

impl fmt::Display for Figures {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "{} conversations about {} tasks, {} scored, {} passed",
            self.simulations, self.tasks, self.scored, self.passed
        )?;
        if self.not_scored > 0 {
            writeln!(out, "Not scored: {} (no figure counts them)", self.not_scored)?;
        }
        match self.average_reward {
            Some(average) => writeln!(out, "Average reward: {average:.4}")?,
            None => writeln!(out, "Average reward: none, nothing was scored")?,
        }
        writeln!(out, "pass^k")?;
        for (k, value) in &self.pass_hat_k {
            writeln!(out, "  k={k}: {value:.4}")?;
        }
        if self.tasks_left_out > 0 {
            let left = self.tasks_left_out;
            writeln!(out, "  {left} tasks have too few scored trials for the largest k")?;
        }
        let dollars =
            |cost: Option<f64>| cost.map_or("–".to_owned(), |cost| format!("${cost:.4}"));
        writeln!(
            out,
            "Cost: agent {} and customer {} on average, {} in all",
            dollars(self.average_agent_cost),
            dollars(self.average_user_cost),
            dollars(self.total_cost)
        )?;
        let ended: Vec<String> =
            self.termination_reasons.iter().map(|(why, count)| format!("{why} {count}")).collect();
        let ended = if ended.is_empty() { "not said".to_owned() } else { ended.join(", ") };
        writeln!(out, "Ended: {}", crate::text::plain(&ended))?;
        writeln!(
            out,
            "DB match: yes {}, no {}, not checked {}",
            self.db_matches, self.db_mismatches, self.db_not_checked
        )
    }
}
