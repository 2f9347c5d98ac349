//! Runs: started, listed, watched, stopped.

use tau_runs::{AgentPlan, PERSON, Page, RunId, RunPlan, RunRow};
use tau_sim::tau2::AgentKind;
use tau_traits::{Condition, TraitSet};

use super::Product;
use super::library::{count, title};
use crate::endpoints::PRACTICE;
use crate::types::{
    CacheUse, ConditionInfo, GridCell, GridRow, ImportedInfo, PageRequest, Progress, RunDetail,
    RunDraft, RunGrid, RunPage, RunState, RunSummary, SetupLine,
};
use crate::{ApiError, ErrorCode};

/// Most rows of a page.
const LARGEST_PAGE: u32 = 500;

impl Product {
    /// Stores the run and starts it.
    pub async fn start_run(&self, draft: RunDraft) -> Result<RunSummary, ApiError> {
        let mut plan = self.plan(&draft).await?;
        if draft.checkpoint {
            plan.checkpoint = Some(self.checkpoint_path(&plan));
        }
        let run = self.runs.create(plan).await?;
        self.runs.start(run).await?;
        self.summary(run).await
    }

    /// Runs, newest first, whose name, domain or model holds the text.
    pub async fn list_runs(&self, text: String, page: PageRequest) -> Result<RunPage, ApiError> {
        let found = self.runs.list(text.trim(), read_page(page)).await?;
        let mut rows = Vec::with_capacity(found.rows.len());
        for row in &found.rows {
            rows.push(self.summary_of(row).await?);
        }
        Ok(RunPage { total: found.total, rows })
    }

    /// One run.
    pub async fn get_run(&self, id: String) -> Result<RunDetail, ApiError> {
        let row = self.runs.run(read_run(&id)?).await?;
        Ok(RunDetail {
            summary: self.summary_of(&row).await?,
            conditions: condition_infos(&row.plan.conditions, &row.plan.trait_set()),
            tasks: count(row.plan.tasks.len()),
            trials: row.plan.trials,
            setup: setup(&row),
        })
    }

    /// Only its figures; cheap enough to ask at every tick.
    pub async fn run_progress(&self, id: String) -> Result<Progress, ApiError> {
        Ok(progress(&self.runs.progress(read_run(&id)?).await?))
    }

    /// Tasks by conditions by attempts.
    pub async fn run_grid(&self, id: String) -> Result<RunGrid, ApiError> {
        let run = read_run(&id)?;
        let plan = self.runs.run(run).await?.plan;
        let (traits, conditions) = (plan.trait_set(), plan.conditions);
        let grid = self.runs.grid(run).await?;
        let mut rows: Vec<GridRow> = grid
            .tasks
            .iter()
            .map(|task| GridRow {
                task_id: task.id.clone(),
                title: title(&task.title, &task.id),
                cells: vec![Vec::new(); conditions.len()],
            })
            .collect();
        for cell in &grid.cells {
            let of = rows.get_mut(cell.task).and_then(|row| row.cells.get_mut(cell.condition));
            if let Some(attempts) = of {
                let id = cell.episode.0.to_string();
                attempts.push(GridCell { id, outcome: cell.outcome });
            }
        }
        Ok(RunGrid { conditions: condition_infos(&conditions, &traits), trials: grid.trials, rows })
    }

    /// Stops after the replies in flight; what is done is kept.
    pub async fn pause_run(&self, id: String) -> Result<RunSummary, ApiError> {
        let run = read_run(&id)?;
        self.runs.pause(run).await?;
        self.summary(run).await
    }

    /// Goes on where it stopped.
    pub async fn resume_run(&self, id: String) -> Result<RunSummary, ApiError> {
        let run = read_run(&id)?;
        let plan = self.runs.run(run).await?.plan;
        if plan.imported.is_some() {
            // Refused there, in words.
            self.runs.start(run).await?;
        }
        let fingerprint = match &plan.tau2 {
            Some(_) => self.definition(&plan.domain).await?.fingerprint.clone(),
            None => self.domain(&plan.domain).await?.fingerprint.clone(),
        };
        // Half a run on other tasks or other data would be two runs under one name.
        if fingerprint != plan.domain_fingerprint {
            return Err(ApiError::new(
                ErrorCode::Conflict,
                "The domain has changed since this run began, so its figures would mix two things. Start a new run.",
            ));
        }
        self.runs.start(run).await?;
        self.summary(run).await
    }

    /// Gives the rest up; what is done is kept.
    pub async fn cancel_run(&self, id: String) -> Result<RunSummary, ApiError> {
        let run = read_run(&id)?;
        self.runs.cancel(run).await?;
        self.summary(run).await
    }

    /// Plans the conversations that could not be scored once more.
    pub async fn retry_not_scored(&self, id: String) -> Result<RunSummary, ApiError> {
        let run = read_run(&id)?;
        self.runs.retry_not_scored(run).await?;
        self.summary(run).await
    }

    /// Gives it another name.
    pub async fn rename_run(&self, id: String, name: String) -> Result<RunSummary, ApiError> {
        let run = read_run(&id)?;
        self.runs.rename(run, &name).await?;
        self.summary(run).await
    }

    /// Deletes it with its conversations.
    pub async fn delete_run(&self, id: String) -> Result<bool, ApiError> {
        self.runs.delete(read_run(&id)?).await?;
        Ok(true)
    }

    async fn summary(&self, run: RunId) -> Result<RunSummary, ApiError> {
        let row = self.runs.run(run).await?;
        self.summary_of(&row).await
    }

    pub(crate) async fn summary_of(&self, row: &RunRow) -> Result<RunSummary, ApiError> {
        let figures = self.runs.progress_of(row).await?;
        // Half a run has no headline: it would be read as a result.
        let done = row.state != tau_runs::RunState::Running && figures.passed + figures.failed > 0;
        let headline = if done { self.headline(row).await? } else { String::new() };
        Ok(RunSummary {
            id: row.id.to_string(),
            name: row.name.clone(),
            domain: row.plan.domain.clone(),
            domain_title: self.domain_title(&row.plan.domain),
            agent: agent_name(row),
            customer: customer_name(row),
            practice: row.plan.is_practice(),
            sample: row.plan.sample,
            imported: row.plan.imported.as_ref().map(imported),
            played: row.plan.is_played(),
            alone: row.plan.is_solo(),
            state: state(row.state),
            created_at: crate::time::rfc3339(row.created_ms),
            progress: progress(&figures),
            headline,
        })
    }

    /// The domain's title, or its id when the domain is gone.
    pub(crate) fn domain_title(&self, id: &str) -> String {
        if self.is_definition(id) {
            let listed = self.library.definitions().definitions;
            let found = listed.into_iter().find(|entry| entry.id.to_string() == id);
            return found.map_or_else(|| id.to_owned(), |entry| entry.title);
        }
        let listed = self.library.list().domains;
        let found = listed.iter().find(|entry| entry.id.to_string() == id);
        found.map_or_else(|| super::tables::file_domain(id), |entry| entry.title.clone())
    }
}

/// The agent's model; a practice model says what it is.
pub(crate) fn agent_name(row: &RunRow) -> String {
    model_name(&row.plan)
}

/// The same of a plan.
pub(crate) fn model_name(plan: &RunPlan) -> String {
    let agent = &plan.agent;
    match agent.endpoint.as_str() {
        PRACTICE => "Practice agent (not a real model)".into(),
        PERSON => "A person".into(),
        _ => agent.model.clone(),
    }
}

/// The customer's model and how traits reach it; a practice model says what it is.
pub(crate) fn customer_name(row: &RunRow) -> String {
    if row.plan.is_solo() {
        return "Nobody: the agent works alone".into();
    }
    let customer = &row.plan.customer;
    match customer.strategy {
        tau_runs::CustomerStrategy::Practice => "Practice customer (not a real model)".into(),
        tau_runs::CustomerStrategy::Human => "A person".into(),
        tau_runs::CustomerStrategy::Local => format!("{}, steered here", customer.model),
        tau_runs::CustomerStrategy::TraitMix => format!("steered by {}", customer.endpoint),
        _ => customer.model.clone(),
    }
}

/// What was set, as label and value.
pub(crate) fn setup(row: &RunRow) -> Vec<SetupLine> {
    let plan = &row.plan;
    let unsaid = plan.imported.as_ref().map_or(&[][..], |from| &from.unsaid);
    let line = |label: &str, value: String| {
        let silent = unsaid.iter().any(|known| known == label);
        let value = if silent { "not in the file".to_owned() } else { value };
        SetupLine { label: label.into(), value }
    };
    let mut lines = vec![
        line("Agent", agent_name(row)),
        line("Way of working", way_of_working(plan)),
        line("Customer", customer_name(row)),
    ];
    let voice = super::voice_lines::voice_lines(plan);
    lines.extend(voice.into_iter().map(|(label, value)| line(label, value)));
    lines.extend([
        line(
            "Domain",
            format!(
                "{} ({}, fingerprint {})",
                plan.domain,
                plan.split_name(),
                short(&plan.domain_fingerprint)
            ),
        ),
        line("Tasks", plan.tasks.len().to_string()),
        line("Attempts per task", plan.trials.to_string()),
        line("Temperature", plan.temperature.to_string()),
        line("Seed", plan.seed.to_string()),
        line("Most steps per conversation", plan.limits.max_steps.to_string()),
        line("Conversations at the same time", plan.limits.max_concurrency.to_string()),
        line("Grading", plan.grader.clone()),
        line("Prompts", prompts(plan)),
    ]);
    if plan.reply_cache {
        lines.push(line("Reply cache", "used".into()));
    }
    if let Some(tau2) = &plan.tau2 {
        lines.push(line("Failed calls that end a conversation", tau2.max_errors.to_string()));
        lines.push(line("Looked at when graded", tau2.evaluation_word().replace('_', " ")));
        if let Some(judge) = &tau2.judge {
            lines.push(line("Judge of what is asked in words", judge.model.clone()));
        }
    }
    if let Some(from) = &plan.imported {
        let files: Vec<&str> = from.files.iter().map(|file| file.name.as_str()).collect();
        let format = format!("{} {}", from.format, from.version);
        lines.push(line("Opened from", format!("{} ({})", files.join(", "), format.trim())));
    }
    lines
}

/// How the agent's model is used.
fn way_of_working(plan: &RunPlan) -> String {
    let agent: &AgentPlan = &plan.agent;
    let mut words = match &plan.tau2 {
        Some(tau2) => {
            let way = match tau2.agent {
                AgentKind::Llm => "With the customer",
                AgentKind::Plan => "With the customer, told the steps",
                AgentKind::Solo => "Alone, on a ticket",
            };
            format!("{way} ({})", tau2.agent)
        }
        None => agent.strategy.name().to_owned(),
    };
    if agent.parallel_tool_calls {
        words.push_str(", several tool calls at once");
    }
    if agent.text_tool_calls {
        words.push_str(", tool calls read from text");
    }
    if let Some(shown) = &agent.few_shot {
        words.push_str(&format!(", examples: {}", shown.source));
    }
    words
}

/// Whose wording was used, and the hash that tells two wordings apart.
fn prompts(plan: &RunPlan) -> String {
    let whose = if plan.wording.is_shipped() { "our wording" } else { &plan.wording.name };
    format!("{whose} ({})", short(&plan.prompts_hash))
}

fn imported(from: &tau_runs::ImportedFrom) -> ImportedInfo {
    ImportedInfo {
        format: from.format.clone(),
        files: from.files.iter().map(|file| file.name.clone()).collect(),
    }
}

/// Enough of a hash to tell two apart.
pub(crate) fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// Conditions as the interface knows them, with the traits of `set`. A mix of several traits has the
/// colour of its strongest.
pub(crate) fn condition_infos(conditions: &[Condition], set: &TraitSet) -> Vec<ConditionInfo> {
    let info = |condition: &Condition| ConditionInfo {
        id: condition.id.clone(),
        name: condition.name.clone(),
        levels: condition.mix.active().map(|(id, level)| (id.to_owned(), level)).collect(),
        color: color_index(condition, set).map(tau_charts::trait_color).unwrap_or_default(),
    };
    conditions.iter().map(info).collect()
}

/// Index of a condition's colour; `None` for the baseline, which is ink.
pub(crate) fn color_index(condition: &Condition, set: &TraitSet) -> Option<usize> {
    // A file may name a trait and not its level.
    let strongest = condition.mix.strengths().max_by_key(|(_, strength)| *strength);
    let id = strongest.map_or(condition.id.as_str(), |(id, _)| id);
    set.get(id).map(|each| usize::from(each.colour))
}

/// A run's id from the interface.
pub(crate) fn read_run(id: &str) -> Result<RunId, ApiError> {
    id.parse().map_err(|_| ApiError::new(ErrorCode::NotFound, "This run is not there any more."))
}

/// A page of bearable size.
pub(crate) fn read_page(page: PageRequest) -> Page {
    Page { offset: page.offset, limit: page.limit.clamp(1, LARGEST_PAGE) }
}

pub(crate) fn state(state: tau_runs::RunState) -> RunState {
    match state {
        tau_runs::RunState::Running => RunState::Running,
        tau_runs::RunState::Paused => RunState::Paused,
        tau_runs::RunState::Finished => RunState::Finished,
        tau_runs::RunState::Cancelled => RunState::Cancelled,
    }
}

fn progress(figures: &tau_runs::Progress) -> Progress {
    Progress {
        state: state(figures.state),
        planned: figures.planned,
        finished: figures.finished,
        running: figures.running,
        passed: figures.passed,
        failed: figures.failed,
        not_scored: figures.not_scored,
        eta_seconds: figures.eta_seconds,
        cost_usd: figures.cost_usd,
        message: figures.message.clone(),
        cache: figures.cache.as_ref().map(|cache| CacheUse {
            replies: cache.replies,
            cached: cache.cached,
            trouble: cache.trouble.clone(),
        }),
    }
}
