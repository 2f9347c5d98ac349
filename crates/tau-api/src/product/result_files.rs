//! Result files of the benchmarks, opened as runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tau_runs::{ImportedFrom, ResultName, RunPlan, RunsError, local_stamp, now_ms, traits_part};

use super::Product;
use crate::types::{OpenedResults, ResultFilePreview};
use crate::{ApiError, ErrorCode};

impl Product {
    /// Where a run's result file is kept up to date: in the data folder, under upstream's name.
    pub(crate) fn checkpoint_path(&self, plan: &RunPlan) -> PathBuf {
        let traits = traits_part(&plan.conditions);
        let stamp = local_stamp();
        if let Some(tau2) = &plan.tau2 {
            return self.places.data.join("results").join(tau2.result_name(plan, now_ms()));
        }
        let last = plan.tasks.iter().map(|task| i64::from(task.index) + 1).max();
        let name = ResultName {
            agent_strategy: plan.agent.strategy.name(),
            model: &plan.agent.model,
            temperature: plan.temperature,
            start_index: plan.tasks.iter().map(|task| i64::from(task.index)).min().unwrap_or(0),
            end_index: last.unwrap_or(-1),
            user_model: &plan.customer.model,
            user_strategy: plan.customer.strategy.name(),
            traits: traits.as_deref(),
            stamp: &stamp,
        };
        self.places.data.join("results").join(name.to_string())
    }

    /// Opens result files as runs; several of one agent become one run with a condition each. Files
    /// that are open already give the runs that show them.
    pub async fn open_results(&self, paths: Vec<String>) -> Result<OpenedResults, ApiError> {
        let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
        let library = Arc::clone(&self.library);
        let (opened, errors) = reading(move || tau_runs::open_results(&paths, &library)).await?;
        let mut problems: Vec<String> = errors.iter().map(told).collect();
        let mut runs = Vec::with_capacity(opened.len());
        for each in opened {
            problems.extend(each.plan.imported.iter().flat_map(|from| from.problems.clone()));
            let run = self.runs.import(each).await?;
            let row = self.runs.run(run).await?;
            runs.push(self.summary_of(&row).await?);
        }
        Ok(OpenedResults { runs, problems })
    }

    /// What a file holds, without keeping anything.
    ///
    /// # Errors
    /// [`ErrorCode::BadRequest`] when it is no result, [`ErrorCode::Storage`] when it cannot be read.
    pub(crate) async fn preview_results(&self, path: &Path) -> Result<ResultFilePreview, ApiError> {
        let library = Arc::clone(&self.library);
        let asked = path.to_owned();
        let found = reading(move || tau_runs::preview(&asked, &library)).await??;
        let open_as = self.runs.imported(&found.digest).await?;
        Ok(ResultFilePreview {
            path: path.display().to_string(),
            format: found.format.name().to_owned(),
            domain: self.domain_title(&found.domain),
            file: found.file,
            model: found.model,
            conversations: found.conversations,
            scored: found.scored,
            passed: found.passed,
            conditions: found.conditions,
            problems: found.problems,
            open_as: open_as.map(|run| run.to_string()),
        })
    }
}

/// What a reader of a run must know of the files it came from.
pub(crate) fn notes(from: &ImportedFrom) -> Vec<String> {
    let mut notes = from.notes.clone();
    match from.problems.as_slice() {
        [] => {}
        [only] => notes.push(format!("Not opened: {only}")),
        [first, rest @ ..] => {
            notes.push(format!("Not opened: {first} And {} more.", rest.len()));
        }
    }
    notes
}

fn told(error: &RunsError) -> String {
    match error.help() {
        "" => error.to_string(),
        help => format!("{error} {help}"),
    }
}

/// Reading files takes a thread of its own.
async fn reading<T: Send + 'static>(
    read: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ApiError> {
    tokio::task::spawn_blocking(read).await.map_err(|error| {
        ApiError::new(ErrorCode::Internal, "The files could not be read.").detail(error)
    })
}
