//! Several runs side by side.

use std::path::Path;

use tau_charts::Bounds;
use tau_packs::Library;
use tau_report::{
    Effort, EpisodeRow, TableCondition, TableRun, TraitCell, render_board, render_traits,
};
use tau_runs::{RunPlan, open_results, single_trait};

use super::Product;
use super::fidelity::shown;
use super::library::count;
use super::results::{conditions_of, save};
use super::runs::{model_name, read_run, short};
use crate::types::{
    Exported, Interval, PassBoard, PassRow, PassValue, TableCell, TableColumn, TableFormat,
    TableKind, TraitTable, TraitTableRow,
};
use crate::{ApiError, ErrorCode};

/// Most runs side by side.
const MOST_RUNS: usize = 100;
/// Draws the resamples of tables, so that a table repeats.
const SEED: u64 = 10;

impl Product {
    /// Success and its drop per trait. Runs of one agent in one domain share a row, so that the
    /// baseline of one serves the traits of another.
    pub async fn trait_table(&self, runs: Vec<String>) -> Result<TraitTable, ApiError> {
        let table = tau_report::trait_table(&self.table_runs(&runs).await?, SEED);
        let color = |column: &tau_report::TraitColumn| match column.id.as_str() {
            tau_report::AVERAGE => String::new(),
            _ => tau_charts::trait_color(column.color),
        };
        Ok(TraitTable {
            columns: table
                .columns
                .iter()
                .map(|column| TableColumn {
                    id: column.id.clone(),
                    name: column.name.clone(),
                    color: color(column),
                })
                .collect(),
            rows: table
                .lines
                .into_iter()
                .map(|line| TraitTableRow {
                    run_id: line.runs.first().cloned().unwrap_or_default(),
                    name: line.names.join(", "),
                    domain: line.domain,
                    model: line.model,
                    baseline: line.baseline.as_ref().map(table_cell),
                    cells: line.cells.iter().map(|cell| cell.as_ref().map(table_cell)).collect(),
                })
                .collect(),
            notes: table.notes,
        })
    }

    /// pass^k.
    pub async fn pass_board(&self, runs: Vec<String>) -> Result<PassBoard, ApiError> {
        let board = tau_report::pass_board(&self.table_runs(&runs).await?);
        Ok(PassBoard {
            ks: board.ks.iter().map(|k| count(*k)).collect(),
            rows: board
                .lines
                .into_iter()
                .map(|line| PassRow {
                    run_id: line.runs.first().cloned().unwrap_or_default(),
                    name: line.names.join(", "),
                    domain: line.domain,
                    model: line.model,
                    condition: line.condition,
                    shown: line.shown.map(shown),
                    tasks: count(line.tasks),
                    values: line
                        .cells
                        .iter()
                        .map(|cell| {
                            cell.map(|cell| PassValue {
                                value: cell.value,
                                interval: interval(cell.interval, 1.0),
                                tasks: count(cell.tasks),
                            })
                        })
                        .collect(),
                })
                .collect(),
            notes: board.notes,
        })
    }

    /// Saves one of them where the person says.
    pub async fn save_table(
        &self,
        runs: Vec<String>,
        kind: TableKind,
        format: TableFormat,
    ) -> Result<Exported, ApiError> {
        let runs = self.table_runs(&runs).await?;
        let (ending, format) = match format {
            TableFormat::Csv => ("csv", tau_report::TableFormat::Csv),
            TableFormat::Markdown => ("md", tau_report::TableFormat::Markdown),
            TableFormat::Json => ("json", tau_report::TableFormat::Json),
        };
        let (name, text) = match kind {
            TableKind::Traits => {
                ("traits", render_traits(&tau_report::trait_table(&runs, SEED), format))
            }
            TableKind::Board => ("pass-k", render_board(&tau_report::pass_board(&runs), format)),
        };
        let Some(path) = self.host.choose_save_path(&format!("{name}.{ending}")).await else {
            return Ok(Exported { path: None });
        };
        save(&path, text.as_bytes())?;
        Ok(Exported { path: Some(path.display().to_string()) })
    }

    /// Runs as tables compare them.
    ///
    /// # Errors
    /// [`ErrorCode::BadRequest`] for no run or too many, [`ErrorCode::NotFound`].
    pub async fn table_runs(&self, ids: &[String]) -> Result<Vec<TableRun>, ApiError> {
        if ids.is_empty() || ids.len() > MOST_RUNS {
            return Err(ApiError::new(
                ErrorCode::BadRequest,
                format!("Choose from one to {MOST_RUNS} runs to put side by side."),
            ));
        }
        let mut runs = Vec::with_capacity(ids.len());
        for id in ids {
            let row = self.runs.run(read_run(id)?).await?;
            let domain = self.domain_title(&row.plan.domain);
            let rows = self.episode_rows(&row).await?;
            let checked = self.checked_conditions(&row).await?;
            let stopped = super::reading::is_stopped(&row);
            let mut run = table_run(row.id.to_string(), row.name, domain, &row.plan, rows);
            run.stopped = stopped;
            for (each, checked) in run.conditions.iter_mut().zip(checked) {
                each.condition.check = checked.check;
            }
            runs.push(run);
        }
        Ok(runs)
    }
}

/// Result files as tables compare them, without storing anything; also what could not be used, a
/// sentence each.
pub fn table_runs_of_files(
    paths: &[impl AsRef<Path>],
    library: &Library,
) -> (Vec<TableRun>, Vec<String>) {
    let paths: Vec<_> = paths.iter().map(|path| path.as_ref().to_owned()).collect();
    let (opened, errors) = open_results(&paths, library);
    let mut problems: Vec<String> = errors.iter().map(ToString::to_string).collect();
    let titles = library.list().domains;
    let runs = opened
        .into_iter()
        .map(|opened| {
            problems.extend(opened.plan.imported.iter().flat_map(super::result_files::notes));
            let plan = &opened.plan;
            let known = titles.iter().find(|entry| entry.id.to_string() == plan.domain);
            let domain =
                known.map_or_else(|| file_domain(&plan.domain), |entry| entry.title.clone());
            let rows = opened.episodes.iter().filter_map(|episode| {
                let task = plan.tasks.get(episode.task)?;
                Some(EpisodeRow {
                    task_id: task.id.clone(),
                    task_index: task.index,
                    condition_id: plan.conditions.get(episode.condition)?.id.clone(),
                    trial: episode.trial,
                    outcome: episode.outcome,
                    effort: Effort::default(),
                    fault: None,
                })
            });
            table_run(opened.digest(), plan.name.clone(), domain, plan, rows.collect())
        })
        .collect();
    (runs, problems)
}

/// A domain that no installed one stands for, by the name that a file gives it.
pub(crate) fn file_domain(id: &str) -> String {
    match id.strip_prefix("file:") {
        Some(name) => format!("{name} (from a file)"),
        None => id.to_owned(),
    }
}

fn table_run(
    id: String,
    name: String,
    domain: String,
    plan: &RunPlan,
    rows: Vec<EpisodeRow>,
) -> TableRun {
    let conditions = conditions_of(plan).into_iter().zip(&plan.conditions);
    let known_model = plan.imported.is_none() || plan.agent.model != tau_runs::NOT_IN_FILE;
    TableRun {
        id,
        name,
        domain,
        fingerprint: plan.domain_fingerprint.clone(),
        model: if known_model { model_name(plan) } else { String::new() },
        strategy: plan.agent.strategy.name().to_owned(),
        grader: plan.grader.clone(),
        practice: plan.is_practice(),
        stopped: false,
        identity: identity(plan),
        conditions: conditions
            .map(|(condition, planned)| TableCondition {
                condition,
                single: single_trait(planned).is_some(),
            })
            .collect(),
        rows,
    }
}

/// What makes two runs comparable besides domain, agent and grading. What a file does not say is left
/// out: nothing is known to differ.
fn identity(plan: &RunPlan) -> Vec<(String, String)> {
    let unsaid = plan.imported.as_ref().map_or(&[][..], |from| &from.unsaid);
    let said = |label: &str| !unsaid.iter().any(|known| known == label);
    let mut identity = Vec::new();
    let mut add = |label: &str, value: String| identity.push((label.to_owned(), value));
    if plan.customer.model != tau_runs::NOT_IN_FILE {
        let model = match plan.customer.model.as_str() {
            "" => "the steer service's",
            model => model,
        };
        add("customer's model", model.to_owned());
        add("customer's strategy", plan.customer.strategy.name().to_owned());
    }
    if said("Prompts") {
        let wording = format!("{} {}", plan.wording.name, short(&plan.prompts_hash));
        add("wording", wording.trim().to_owned());
    }
    if said("Temperature") {
        add("temperature", plan.temperature.to_string());
    }
    if said("Most steps per conversation") {
        add("most steps", plan.limits.max_steps.to_string());
    }
    add("tasks", plan.split_name().to_owned());
    identity
}

fn table_cell(cell: &TraitCell) -> TableCell {
    TableCell {
        rate: cell.rate,
        rate_interval: interval(cell.rate_interval, 1.0),
        points: cell.difference.map(|difference| difference * 100.0),
        points_interval: interval(cell.difference_interval, 100.0),
        percent: cell.relative.map(|relative| relative * 100.0),
        scored: count(cell.scored),
        planned: count(cell.planned),
        shown: cell.shown.map(shown),
    }
}

fn interval(bounds: Option<Bounds>, scale: f64) -> Option<Interval> {
    bounds.map(|bounds| Interval { low: bounds.low * scale, high: bounds.high * scale })
}
