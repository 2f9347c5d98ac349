//! Results: sentence, table, chart, files to take along.

use std::path::Path;

use tau_report::{
    Bounds, Drawing, DropChart, EpisodeRow, Explained, PngScale, ReportCondition, ReportInput,
    ResultSettings, Theme, html_report, run_result,
};
use tau_runs::{ConversationFilter, Page, RunPlan, RunRow};
use tau_traits::{Condition, TraitSet};

use super::Product;
use super::conversations::why;
use super::fidelity::shown;
use super::library::count;
use super::result_files::notes;
use super::runs::{agent_name, color_index, customer_name, read_run, setup};
use crate::files::write_whole;
use crate::types::{
    Chart, ChartRequest, ExportFormat, Exported, Hotspot, Interval, ResultRow, RunResult,
};
use crate::{ApiError, ErrorCode};

/// Width of an exported chart in pixels: a slide's.
const EXPORT_WIDTH: u32 = 960;

impl Product {
    /// The result: sentence and table.
    pub async fn run_result(&self, id: String) -> Result<RunResult, ApiError> {
        let row = self.runs.run(read_run(&id)?).await?;
        let result = self.figures(&row).await?;
        Ok(RunResult {
            sentence: result.sentence,
            notes: result.notes,
            practice: result.practice,
            rows: result.rows.iter().map(result_row).collect(),
        })
    }

    /// The chart of the result.
    pub async fn run_chart(&self, request: ChartRequest) -> Result<Chart, ApiError> {
        let row = self.runs.run(read_run(&request.run_id)?).await?;
        let chart = DropChart::from_result(&self.figures(&row).await?, None);
        let theme = if request.dark { Theme::Dark } else { Theme::Light };
        let drawing = chart
            .draw(theme, request.width.clamp(600, 2000))
            .map_err(|error| drawing_failed(&error))?;
        Ok(self::chart(drawing))
    }

    /// Saves the result where the person says.
    pub async fn export_run(&self, id: String, format: ExportFormat) -> Result<Exported, ApiError> {
        let row = self.runs.run(read_run(&id)?).await?;
        let (ending, bytes) = self.exported(&row, format).await?;
        let suggested = format!("{}.{ending}", file_name(&row.name));
        let Some(path) = self.host.choose_save_path(&suggested).await else {
            return Ok(Exported { path: None });
        };
        save(&path, &bytes)?;
        Ok(Exported { path: Some(path.display().to_string()) })
    }

    async fn exported(
        &self,
        row: &RunRow,
        format: ExportFormat,
    ) -> Result<(&'static str, Vec<u8>), ApiError> {
        let result = self.figures(row).await?;
        let chart = DropChart::from_result(&result, Some(row.name.clone()));
        Ok(match format {
            ExportFormat::Svg => (
                "svg",
                chart.to_svg(EXPORT_WIDTH).map_err(|error| drawing_failed(&error))?.into_bytes(),
            ),
            ExportFormat::Png => (
                "png",
                chart
                    .to_png(EXPORT_WIDTH, PngScale::Two)
                    .map_err(|error| drawing_failed(&error))?,
            ),
            ExportFormat::Csv => ("csv", chart.to_csv().into_bytes()),
            ExportFormat::Html => {
                let page = html_report(&self.report(row).await?);
                ("html", page.map_err(|error| drawing_failed(&error))?.into_bytes())
            }
            ExportFormat::TauTrait => {
                ("json", self.runs.export_tau_trait(row.id).await?.into_bytes())
            }
        })
    }

    /// The headline of a run in a list.
    pub(crate) async fn headline(&self, row: &RunRow) -> Result<String, ApiError> {
        Ok(self.figures(row).await?.sentence)
    }

    /// All that a report of a run is made from.
    pub(crate) async fn report(&self, row: &RunRow) -> Result<ReportInput, ApiError> {
        let fixed = ["Domain", "Agent", "Customer"];
        let setup = setup(row).into_iter().filter(|line| !fixed.contains(&line.label.as_str()));
        Ok(ReportInput {
            name: row.name.clone(),
            domain: self.domain_title(&row.plan.domain),
            agent: agent_name(row),
            customer: customer_name(row),
            generated: crate::time::rfc3339(row.updated_ms),
            conditions: self.checked_conditions(row).await?,
            rows: self.episode_rows(row).await?,
            settings: settings(row),
            setup: setup.map(|line| (line.label, line.value)).collect(),
            notes: row.plan.imported.iter().flat_map(notes).collect(),
            explained: self.explained(row).await?,
        })
    }

    /// A short reason for each conversation that was not passed.
    async fn explained(&self, row: &RunRow) -> Result<Vec<Explained>, ApiError> {
        let mut explained = Vec::new();
        let mut page = Page { offset: 0, limit: 500 };
        loop {
            let found =
                self.runs.conversations(row.id, &ConversationFilter::default(), page).await?;
            explained.extend(found.rows.iter().map(|episode| Explained {
                task_id: episode.task_id.clone(),
                condition_id: episode.condition_id.clone(),
                trial: episode.trial,
                sentence: why(episode),
            }));
            page.offset += page.limit;
            if page.offset >= found.total {
                return Ok(explained);
            }
        }
    }

    async fn figures(&self, row: &RunRow) -> Result<tau_report::RunResult, ApiError> {
        let rows = self.episode_rows(row).await?;
        let conditions = self.checked_conditions(row).await?;
        let mut result = run_result(&rows, &conditions, &settings(row));
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
            })
            .collect())
    }
}

fn settings(row: &RunRow) -> ResultSettings {
    ResultSettings {
        seed: row.plan.seed,
        practice: row.plan.is_practice(),
        wording: (!row.plan.wording.is_shipped()).then(|| row.plan.wording.name.clone()),
        ..ResultSettings::default()
    }
}

/// A drawing as the interface is given it.
pub(crate) fn chart(drawing: Drawing) -> Chart {
    Chart {
        svg: drawing.svg,
        width: drawing.width,
        height: drawing.height,
        hotspots: drawing
            .hotspots
            .into_iter()
            .map(|spot| Hotspot {
                condition: spot.condition_id,
                label: spot.label,
                x: spot.x,
                y: spot.y,
                width: spot.width,
                height: spot.height,
            })
            .collect(),
        text: drawing.text,
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
        })
        .collect()
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

fn interval(bounds: Bounds, scale: f64) -> Interval {
    Interval { low: bounds.low * scale, high: bounds.high * scale }
}

/// A file name that every system takes, made of a run's name.
fn file_name(name: &str) -> String {
    let safe: String =
        name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(60).collect();
    let words: Vec<&str> = safe.split('-').filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "result".into() } else { words.join("-") }
}

pub(crate) fn save(path: &Path, bytes: &[u8]) -> Result<(), ApiError> {
    write_whole(path, bytes).map_err(|error| {
        ApiError::new(
            ErrorCode::Storage,
            "The file could not be saved there. Choose another place.",
        )
        .detail(format!("{}: {error}", path.display()))
        .retryable()
    })
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
