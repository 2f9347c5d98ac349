//! Results: sentence and table.

use std::path::Path;

use tau_report::{AskedTrait, Effort, EpisodeRow, ReportCondition, run_result};
use tau_runs::{RunPlan, RunRow};
use tau_traits::{Condition, TraitSet};

use super::Product;
use super::charts::language;
use super::fidelity::shown;
use super::library::count;
use super::reading::{caution, interval, settings};
use super::result_files::notes;
use super::runs::{color_index, read_run};
use crate::files::write_whole;
use crate::types::{Analysis, Exported, ResultRequest, ResultRow, RunResult, Sensitivity};
use crate::{ApiError, ErrorCode};

impl Product {
    /// The result: sentence and table, read as the person asks.
    pub async fn run_result(&self, request: ResultRequest) -> Result<RunResult, ApiError> {
        let row = self.runs.run(read_run(&request.run_id)?).await?;
        let language = language(&request.language);
        let reading = self.reading(&row, &request.analysis, language).await?;
        let result = &reading.result;
        let sensitivity = reading.sensitivity().map(|other| Sensitivity {
            sentence: other.sentence,
            left_out: count(other.conversations),
            rows: other.rows.iter().map(result_row).collect(),
        });
        Ok(RunResult {
            sentence: result.sentence.clone(),
            notes: result.notes.clone(),
            practice: result.practice,
            cautions: result.cautions.iter().map(caution).collect(),
            baseline: result.baseline.clone(),
            margin: result.margin * 100.0,
            planned_margin: result.planned_margin * 100.0,
            excluded: result.excluded.clone(),
            sensitivity,
            rows: result.rows.iter().map(result_row).collect(),
        })
    }

    /// Asks where to save and saves.
    pub(crate) async fn save_as(
        &self,
        name: &str,
        ending: &str,
        bytes: &[u8],
    ) -> Result<Exported, ApiError> {
        let suggested = format!("{}.{ending}", file_name(name));
        let Some(path) = self.host.choose_save_path(&suggested).await else {
            return Ok(Exported { path: None });
        };
        save(&path, bytes)?;
        Ok(Exported { path: Some(path.display().to_string()) })
    }

    /// The headline of a run in a list.
    pub(crate) async fn headline(&self, row: &RunRow) -> Result<String, ApiError> {
        Ok(self.figures(row).await?.sentence)
    }

    pub(crate) async fn figures(&self, row: &RunRow) -> Result<tau_report::RunResult, ApiError> {
        let rows = self.episode_rows(row).await?;
        let conditions = self.checked_conditions(row).await?;
        let mut result = run_result(&rows, &conditions, &settings(row, &Analysis::default()));
        result.notes.extend(row.plan.imported.iter().flat_map(notes));
        Ok(result)
    }

    pub(crate) async fn episode_rows(&self, row: &RunRow) -> Result<Vec<EpisodeRow>, ApiError> {
        let outcomes = self.runs.outcomes(row.id).await?;
        Ok(outcomes
            .into_iter()
            .map(|outcome| EpisodeRow {
                task_id: outcome.task_id,
                task_index: outcome.task_index,
                condition_id: outcome.condition_id,
                trial: outcome.trial,
                outcome: outcome.outcome,
                effort: Effort {
                    replies: outcome.replies,
                    cached_replies: outcome.cached_replies,
                    ..Effort::default()
                },
                fault: None,
            })
            .collect())
    }
}

/// A plan's conditions as reports name them; nothing is said of their customers.
pub(crate) fn conditions_of(plan: &RunPlan) -> Vec<ReportCondition> {
    let set = plan.trait_set();
    plan.conditions
        .iter()
        .map(|condition| ReportCondition {
            id: condition.id.clone(),
            name: condition.name.clone(),
            customers: customers(condition, &set),
            color: color_index(condition, &set).unwrap_or_default(),
            check: None,
            single: asked_trait(condition, &set),
        })
        .collect()
}

/// The one trait of a condition and its level, where a file does not leave the level out.
fn asked_trait(condition: &Condition, set: &TraitSet) -> Option<AskedTrait> {
    let (only, strength) = condition.mix.single()?;
    let known = set.get(only)?;
    Some(AskedTrait {
        id: known.id.clone(),
        name: known.name.clone(),
        color: usize::from(known.colour),
        level: strength.level(),
    })
}

/// The customers of a condition as they stand in a sentence, where one trait alone is on.
fn customers(condition: &Condition, set: &TraitSet) -> Option<String> {
    let (only, _) = condition.mix.single()?;
    Some(set.get(only)?.customers.clone())
}

fn result_row(row: &tau_report::ResultRow) -> ResultRow {
    ResultRow {
        condition: row.condition_id.clone(),
        name: row.name.clone(),
        color: row.color.clone(),
        planned: count(row.planned),
        scored: count(row.scored),
        passed: count(row.passed),
        tasks: count(row.tasks_compared),
        rate: row.rate,
        rate_interval: row.rate_interval.map(|bounds| interval(bounds, 1.0)),
        difference: row.difference.map(|difference| difference * 100.0),
        difference_interval: row.difference_interval.map(|bounds| interval(bounds, 100.0)),
        verdict: row.verdict.map_or_else(String::new, |verdict| verdict.word().to_owned()),
        shown: row.check.as_ref().map(|check| shown(check.shown)),
        shown_note: row.check.as_ref().map(|check| check.note.clone()).unwrap_or_default(),
    }
}

/// A file name that every system takes, made of a run's name.
pub(crate) fn file_name(name: &str) -> String {
    let safe: String =
        name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(60).collect();
    let words: Vec<&str> = safe.split('-').filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "result".into() } else { words.join("-") }
}

pub(crate) fn save(path: &Path, bytes: &[u8]) -> Result<(), ApiError> {
    write_whole(path, bytes).map_err(|error| not_saved(path, &error))
}

pub(crate) fn not_saved(path: &Path, error: &std::io::Error) -> ApiError {
    ApiError::new(ErrorCode::Storage, "The file could not be saved there. Choose another place.")
        .detail(format!("{}: {error}", path.display()))
        .retryable()
}

pub(crate) fn drawing_failed(error: &dyn std::fmt::Display) -> ApiError {
    ApiError::new(ErrorCode::Internal, "The chart could not be drawn.").detail(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runs_name_becomes_a_file_name_that_leads_nowhere_else() {
        assert_eq!(file_name("Practice agent: 4 kinds"), "Practice-agent-4-kinds");
        assert_eq!(file_name("../../etc/passwd"), "etc-passwd");
        assert_eq!(file_name("Größe"), "Größe");
        assert_eq!(file_name("///"), "result");
    }
}
