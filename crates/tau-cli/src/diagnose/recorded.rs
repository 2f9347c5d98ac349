//! A result file of the benchmarks as failures that can be looked into.

use std::path::Path;
use std::sync::Arc;

use tau_domain::{Domain, Outcome, Task, Trajectory};
use tau_packs::Library;
use tau_runs::open_results;

use crate::error::CliError;
use crate::options::shown;

/// A reward at or below this is a failure (upstream `auto_error_identification.py`).
const FAILED: f64 = 1e-3;

/// A failed conversation of the file.
pub struct Recorded {
    /// Upstream's task id: the index in the split.
    pub task_id: u32,
    /// The task.
    pub task: Task,
    /// What was said and done.
    pub trajectory: Trajectory,
}

/// What the file holds.
pub struct ResultFile {
    /// The domain it was held in.
    pub domain: Arc<Domain>,
    /// Conversations in it.
    pub results: usize,
    /// Of these without a score: a failure of the machinery, which is nobody's fault here.
    pub not_scored: usize,
    /// The failed ones in their order.
    pub failed: Vec<Recorded>,
}

/// Reads a result file. Without `env` the domain is the one that has its tasks.
///
/// # Errors
/// When the file cannot be read, or no domain has its tasks.
pub fn read(path: &Path, env: Option<&str>, library: &Library) -> Result<ResultFile, CliError> {
    let (mut runs, errors) = open_results(&[path.to_owned()], library);
    if let Some(error) = errors.into_iter().next() {
        return Err(error.into());
    }
    let Some(run) = runs.pop() else {
        return Err(CliError::new("file", format!("{} holds no results.", shown(path))));
    };
    let domain = match env {
        Some(name) => library.get(&name.parse()?)?,
        None => {
            let found = run.plan.domain.parse().ok().and_then(|id| library.get(&id).ok());
            found.ok_or_else(|| {
                CliError::new("domain", "No domain here has the tasks of this file.").help(
                    "Import the release it was run with, or give the domain with --env; `tautrait domains` lists what there is.",
                )
            })?
        }
    };
    let of = |outcome: Outcome| run.episodes.iter().filter(move |one| one.outcome == outcome);
    let mut failed = Vec::new();
    for episode in of(Outcome::Failed) {
        let transcript = episode.transcript().map_err(CliError::from)?;
        if transcript.trajectory.reward.value <= FAILED {
            failed.push(Recorded {
                task_id: run.plan.tasks[episode.task].index,
                task: transcript.task,
                trajectory: transcript.trajectory,
            });
        }
    }
    Ok(ResultFile {
        domain,
        results: run.episodes.len(),
        not_scored: of(Outcome::NotScored).count(),
        failed,
    })
}
