//! What a run came to, in the figures that upstream prints: average reward and pass^k.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use tau_domain::Outcome;
use tau_runs::{CacheUse, RunId, RunState, Runs};
use tau_stats::TaskOutcomes;

use crate::error::CliError;
use crate::view::pass_hat_k;

/// The figures of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Where it stands.
    pub state: RunState,
    /// Why it is not finished; empty when it is.
    pub message: String,
    /// Conversations planned.
    pub planned: u32,
    /// Conversations with a score.
    pub scored: u32,
    /// Conversations that ended without one.
    pub not_scored: u32,
    /// Conversations with reward 1.
    pub passed: u32,
    /// Mean reward over those with a score; `None` when there is none.
    pub average_reward: Option<f64>,
    /// k to pass^k over the tasks with at least k scored trials (arXiv 2406.12045).
    pub pass_hat_k: BTreeMap<usize, f64>,
    /// Tasks left out of pass^k at the largest k, for want of scored trials.
    pub tasks_left_out: usize,
    /// What it cost in US dollars; `None` when prices are not known.
    pub cost_usd: Option<f64>,
    /// What was taken from the cache of replies; `None` for a run without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_cache: Option<CacheUse>,
}

impl Summary {
    /// Reads a run's outcomes.
    pub async fn of(runs: &Runs, run: RunId) -> Result<Summary, CliError> {
        let progress = runs.progress(run).await?;
        let trials = runs.run(run).await?.plan.trials as usize;
        let mut tasks: BTreeMap<String, TaskOutcomes> = BTreeMap::new();
        for row in runs.outcomes(run).await? {
            let key = format!("{} {}", row.condition_id, row.task_id);
            let task = tasks.entry(key.clone()).or_insert_with(|| TaskOutcomes {
                task: key,
                trials: Vec::new(),
                not_scored: 0,
            });
            match row.outcome {
                Outcome::Passed => task.trials.push(true),
                Outcome::Failed => task.trials.push(false),
                Outcome::NotScored => task.not_scored += 1,
                Outcome::Pending | Outcome::Running => {}
            }
        }
        let tasks: Vec<TaskOutcomes> = tasks.into_values().collect();
        let (pass_hat_k, tasks_left_out) = pass_hat_k(&tasks, trials);
        let scored = progress.passed + progress.failed;
        Ok(Summary {
            state: progress.state,
            message: progress.message,
            planned: progress.planned,
            scored,
            not_scored: progress.not_scored,
            passed: progress.passed,
            average_reward: (scored > 0).then(|| f64::from(progress.passed) / f64::from(scored)),
            pass_hat_k,
            tasks_left_out,
            cost_usd: progress.cost_usd,
            reply_cache: progress.cache,
        })
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "Scored {} of {} conversations, {} passed",
            self.scored, self.planned, self.passed
        )?;
        if self.not_scored > 0 {
            writeln!(out, "Not scored: {} (no figure counts them)", self.not_scored)?;
        }
        if let Some(cache) = self.reply_cache.as_ref().filter(|cache| cache.cached > 0) {
            let CacheUse { replies, cached, .. } = cache;
            writeln!(
                out,
                "From the reply cache: {cached} of {replies} replies. They repeat earlier ones and are no new evidence"
            )?;
        }
        match self.average_reward {
            Some(average) => writeln!(out, "Average reward: {average}")?,
            None => writeln!(out, "Average reward: none, nothing was scored")?,
        }
        if let Some(cost) = self.cost_usd {
            writeln!(out, "Cost: ${cost:.2}")?;
        }
        write!(out, "pass^k")?;
        for (k, value) in &self.pass_hat_k {
            write!(out, "\n  k={k}: {value}")?;
        }
        if self.tasks_left_out > 0 {
            write!(
                out,
                "\n  {} tasks have too few scored trials for the largest k",
                self.tasks_left_out
            )?;
        }
        Ok(())
    }
}
