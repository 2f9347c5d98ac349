//! A run as a person asks to read it: all that is known of its conversations, and the figures of those
//! that are looked at.

use std::sync::Arc;

use tau_charts::{Bounds, Language};
use tau_diagnosis::Tag;
use tau_report::{
    Effort, EpisodeRow, ReportCondition, ResultSettings, Sensitivity, Study, run_result,
    sensitivity,
};
use tau_runs::{ConversationFilter, Page, RunPlan, RunRow, RunState};

use super::Product;
use super::fidelity::{RunFigures, says_levels};
use crate::types::{Analysis, Caution, CautionKind, Interval};
use crate::{ApiError, ErrorCode};

/// Conversations read at once.
const AT_ONCE: u32 = 5_000;

/// A run, read.
pub(crate) struct Reading {
    /// Every planned conversation with what it took and whose fault it was.
    pub(crate) rows: Vec<EpisodeRow>,
    /// The conditions, with what is known of their customers.
    pub(crate) conditions: Vec<ReportCondition>,
    /// How it is read.
    pub(crate) settings: ResultSettings,
    /// The figures.
    pub(crate) result: tau_report::RunResult,
    /// What was measured of the customers' traits; `None` where a person played.
    fidelity: Option<Arc<RunFigures>>,
    levels_known: bool,
    tags: Vec<(&'static str, &'static str)>,
}

impl Reading {
    /// The other reading beside it: without the customers' faults, or with them.
    pub(crate) fn sensitivity(&self) -> Option<Sensitivity> {
        sensitivity(&self.rows, &self.conditions, &self.settings)
    }

    /// What its charts are made from.
    pub(crate) fn study(&self) -> Study<'_> {
        Study {
            result: &self.result,
            rows: &self.rows,
            conditions: &self.conditions,
            settings: &self.settings,
            fidelity: self.fidelity.as_ref().map(|figures| &figures.fidelity),
            levels_known: self.levels_known,
            tags: &self.tags,
        }
    }
}

impl Product {
    /// Reads a run as a person asks.
    ///
    /// # Errors
    /// [`ErrorCode::BadRequest`] when the analysis names what the run has not.
    pub(crate) async fn reading(
        &self,
        row: &RunRow,
        analysis: &Analysis,
        language: Language,
    ) -> Result<Reading, ApiError> {
        checked(analysis, &row.plan)?;
        let settings = ResultSettings { language, ..settings(row, analysis) };
        let rows = self.observed_rows(row).await?;
        let conditions = self.checked_conditions(row).await?;
        let mut result = run_result(&rows, &conditions, &settings);
        result.notes.extend(row.plan.imported.iter().flat_map(super::result_files::notes));
        result.notes.extend(self.cache_trouble(row).await?);
        let fidelity = match row.plan.is_played() {
            true => None,
            false => Some(self.fidelity_figures(row).await?),
        };
        let tags = Tag::ALL.map(|tag| (tag.id(), tag.label())).into();
        let levels_known = says_levels(row);
        Ok(Reading { rows, conditions, settings, result, fidelity, levels_known, tags })
    }

    /// Every planned conversation with all that charts show of it.
    pub(crate) async fn observed_rows(&self, run: &RunRow) -> Result<Vec<EpisodeRow>, ApiError> {
        let mut faults = self.laid_at(run).await?;
        let mut rows = Vec::new();
        loop {
            let page = Page { offset: rows.len() as u32, limit: AT_ONCE };
            let found =
                self.runs.conversations(run.id, &ConversationFilter::default(), page).await?;
            let last = found.rows.len() < AT_ONCE as usize;
            rows.extend(found.rows.into_iter().map(|episode| EpisodeRow {
                effort: effort(&episode),
                fault: faults.remove(&episode.id),
                task_id: episode.task_id,
                task_index: episode.task_index,
                condition_id: episode.condition_id,
                trial: episode.trial,
                outcome: episode.outcome,
            }));
            if last {
                return Ok(rows);
            }
        }
    }
}

/// What a conversation took. Nought stands for what is not known: no conversation has no message, and
/// none takes no time.
fn effort(episode: &tau_runs::EpisodeRow) -> Effort {
    Effort {
        turns: (episode.messages > 0).then(|| f64::from(episode.messages)),
        tool_calls: (episode.messages > 0).then(|| f64::from(episode.tool_calls)),
        cost_usd: episode.cost_usd,
        replies: episode.replies,
        cached_replies: episode.cached_replies,
        seconds: (episode.duration_ms > 0).then(|| episode.duration_ms as f64 / 1_000.0),
    }
}

/// How a run's figures are read.
pub(crate) fn settings(row: &RunRow, analysis: &Analysis) -> ResultSettings {
    ResultSettings {
        seed: row.plan.seed,
        practice: row.plan.is_practice(),
        wording: (!row.plan.wording.is_shipped()).then(|| row.plan.wording.name.clone()),
        stopped: is_stopped(row),
        analysis: read_analysis(analysis),
        ..ResultSettings::default()
    }
}

/// An analysis as the report reads it: rates for points.
pub(crate) fn read_analysis(analysis: &Analysis) -> tau_report::Analysis {
    tau_report::Analysis {
        exclude_tasks: analysis.exclude_tasks.iter().cloned().collect(),
        margin: analysis.margin.map(|points| points / 100.0),
        baseline: analysis.baseline.clone(),
        leave_out_user_faults: analysis.leave_out_user_faults,
    }
}

/// Whether a run was stopped and is not going on. One that was never started was not stopped.
pub(crate) fn is_stopped(row: &RunRow) -> bool {
    match row.state {
        RunState::Cancelled => true,
        RunState::Paused => row.kind != "ready",
        RunState::Running | RunState::Finished => false,
    }
}

/// Refuses what a run has not.
fn checked(analysis: &Analysis, plan: &RunPlan) -> Result<(), ApiError> {
    let bad = |message: String| Err(ApiError::new(ErrorCode::BadRequest, message));
    checked_margin(analysis)?;
    if let Some(wanted) = &analysis.baseline
        && plan.conditions.iter().all(|condition| condition.id != *wanted)
    {
        return bad(format!("This run has no condition “{wanted}” to compare with."));
    }
    let known = |id: &String| plan.tasks.iter().any(|task| task.id == *id);
    match analysis.exclude_tasks.iter().find(|id| !known(id)) {
        Some(unknown) => bad(format!("This run has no task “{unknown}” to leave out.")),
        None => Ok(()),
    }
}

/// A margin is a number of points.
pub(crate) fn checked_margin(analysis: &Analysis) -> Result<(), ApiError> {
    match analysis.margin {
        Some(points) if !(0.0..=100.0).contains(&points) => Err(ApiError::new(
            ErrorCode::BadRequest,
            "The margin is a number of points from 0 to 100.",
        )),
        _ => Ok(()),
    }
}

/// A caution as the interface is given it.
pub(crate) fn caution(caution: &tau_report::Caution) -> Caution {
    use tau_report::CautionKind as Kind;
    Caution {
        kind: match caution.kind {
            Kind::CustomerModel => CautionKind::CustomerModel,
            Kind::Prompts => CautionKind::Prompts,
            Kind::Grader => CautionKind::Grader,
            Kind::Data => CautionKind::Data,
            Kind::SetUp => CautionKind::SetUp,
            Kind::FewTasks => CautionKind::FewTasks,
            Kind::StoppedEarly => CautionKind::StoppedEarly,
            Kind::NotScored => CautionKind::NotScored,
            Kind::ChangedAfterwards => CautionKind::ChangedAfterwards,
            Kind::TraitNotShown => CautionKind::TraitNotShown,
            Kind::ReplyCache => CautionKind::ReplyCache,
        },
        text: caution.text.clone(),
    }
}

/// An interval, scaled (100 for points).
pub(crate) fn interval(bounds: Bounds, scale: f64) -> Interval {
    Interval { low: bounds.low * scale, high: bounds.high * scale }
}
