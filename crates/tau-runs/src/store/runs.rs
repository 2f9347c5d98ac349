//! Table `runs`.

use serde::{Deserialize, Serialize};
use sqlx::{FromRow, SqliteConnection};

use super::{Page, Paged, Store};
use crate::{RunId, RunPlan, RunsError};

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Conversations are going on.
    Running,
    /// Not going on; can be started or resumed.
    Paused,
    /// Every planned conversation has ended.
    Finished,
    /// Given up by a person.
    Cancelled,
}

impl RunState {
    pub(super) fn name(self) -> &'static str {
        match self {
            RunState::Running => "running",
            RunState::Paused => "paused",
            RunState::Finished => "finished",
            RunState::Cancelled => "cancelled",
        }
    }

    pub(super) fn from_name(name: &str) -> Result<RunState, RunsError> {
        match name {
            "running" => Ok(RunState::Running),
            "paused" => Ok(RunState::Paused),
            "finished" => Ok(RunState::Finished),
            "cancelled" => Ok(RunState::Cancelled),
            other => Err(RunsError::Unreadable(format!("unknown run state {other}"))),
        }
    }
}

/// A stored run without its episodes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunRow {
    /// Its id.
    pub id: RunId,
    /// What a person calls it; may differ from the plan's name after a rename.
    pub name: String,
    /// Where it stands.
    pub state: RunState,
    /// Why, as a short stable word: `ready`, `person`, `interrupted`, `closed`, `spend_cap` or the
    /// kind of a model's failure. Empty when there is nothing to say.
    pub kind: String,
    /// The same for a person.
    pub message: String,
    /// When it was made, Unix time in milliseconds.
    pub created_ms: i64,
    /// When its state or name last changed.
    pub updated_ms: i64,
    /// What it was made to do.
    pub plan: RunPlan,
}

#[derive(FromRow)]
struct Columns {
    id: String,
    name: String,
    state: String,
    kind: String,
    message: String,
    created_ms: i64,
    updated_ms: i64,
    plan: String,
}

impl Columns {
    fn read(self) -> Result<RunRow, RunsError> {
        Ok(RunRow {
            id: self.id.parse()?,
            name: self.name,
            state: RunState::from_name(&self.state)?,
            kind: self.kind,
            message: self.message,
            created_ms: self.created_ms,
            updated_ms: self.updated_ms,
            plan: serde_json::from_str(&self.plan)
                .map_err(|error| RunsError::Unreadable(error.to_string()))?,
        })
    }
}

pub(super) async fn insert(
    to: &mut SqliteConnection,
    run: RunId,
    plan: &RunPlan,
    now_ms: i64,
) -> Result<(), RunsError> {
    let json =
        serde_json::to_string(plan).map_err(|error| RunsError::BadPlan(error.to_string()))?;
    sqlx::query(
        "INSERT INTO runs (id, name, domain, agent, customer, state, kind, message, sample, created_ms, updated_ms, plan)
         VALUES (?, ?, ?, ?, ?, 'paused', 'ready', '', ?, ?, ?, ?)",
    )
    .bind(run.to_string())
    .bind(&plan.name)
    .bind(&plan.domain)
    .bind(&plan.agent.model)
    .bind(&plan.customer.model)
    .bind(plan.sample)
    .bind(now_ms)
    .bind(now_ms)
    .bind(json)
    .execute(to)
    .await?;
    Ok(())
}

pub(super) async fn set_state(
    to: &mut SqliteConnection,
    run: RunId,
    state: RunState,
    kind: &str,
    message: &str,
    now_ms: i64,
) -> Result<u64, RunsError> {
    let done = sqlx::query(
        "UPDATE runs SET state = ?, kind = ?, message = ?, updated_ms = ? WHERE id = ?",
    )
    .bind(state.name())
    .bind(kind)
    .bind(message)
    .bind(now_ms)
    .bind(run.to_string())
    .execute(to)
    .await?;
    Ok(done.rows_affected())
}

pub(super) async fn interrupt_running(
    to: &mut SqliteConnection,
    now_ms: i64,
) -> Result<u64, RunsError> {
    let done = sqlx::query(
        "UPDATE runs SET state = 'paused', kind = 'interrupted', updated_ms = ?,
                message = 'The program ended while this run was going on. Everything finished is kept; resume to go on.'
         WHERE state = 'running'",
    )
    .bind(now_ms)
    .execute(to)
    .await?;
    Ok(done.rows_affected())
}

pub(super) async fn rename(
    to: &mut SqliteConnection,
    run: RunId,
    name: &str,
    now_ms: i64,
) -> Result<u64, RunsError> {
    let done = sqlx::query("UPDATE runs SET name = ?, updated_ms = ? WHERE id = ?")
        .bind(name)
        .bind(now_ms)
        .bind(run.to_string())
        .execute(to)
        .await?;
    Ok(done.rows_affected())
}

pub(super) async fn delete(to: &mut SqliteConnection, run: RunId) -> Result<u64, RunsError> {
    let done =
        sqlx::query("DELETE FROM runs WHERE id = ?").bind(run.to_string()).execute(to).await?;
    Ok(done.rows_affected())
}

impl Store {
    /// One run.
    pub(crate) async fn run(&self, run: RunId) -> Result<RunRow, RunsError> {
        let row: Option<Columns> = sqlx::query_as(
            "SELECT id, name, state, kind, message, created_ms, updated_ms, plan FROM runs WHERE id = ?",
        )
        .bind(run.to_string())
        .fetch_optional(&self.readers)
        .await?;
        row.ok_or_else(|| RunsError::NoSuchRun(run.to_string()))?.read()
    }

    /// Runs, newest first, whose name, domain or model holds `text` (capitals do not matter).
    pub(crate) async fn runs(&self, text: &str, page: Page) -> Result<Paged<RunRow>, RunsError> {
        let like = super::episodes::holding(text);
        let total: u32 = sqlx::query_scalar(
            "SELECT count(*) FROM runs
             WHERE name LIKE ?1 ESCAPE '\\' OR domain LIKE ?1 ESCAPE '\\'
                OR agent LIKE ?1 ESCAPE '\\' OR customer LIKE ?1 ESCAPE '\\'",
        )
        .bind(&like)
        .fetch_one(&self.readers)
        .await?;
        let rows: Vec<Columns> = sqlx::query_as(
            "SELECT id, name, state, kind, message, created_ms, updated_ms, plan FROM runs
             WHERE name LIKE ?1 ESCAPE '\\' OR domain LIKE ?1 ESCAPE '\\'
                OR agent LIKE ?1 ESCAPE '\\' OR customer LIKE ?1 ESCAPE '\\'
             ORDER BY created_ms DESC, id DESC LIMIT ?2 OFFSET ?3",
        )
        .bind(&like)
        .bind(page.limit)
        .bind(page.offset)
        .fetch_all(&self.readers)
        .await?;
        let rows = rows.into_iter().map(Columns::read).collect::<Result<_, _>>()?;
        Ok(Paged { total, rows })
    }

    /// The newest run with this mark, for instance the sample.
    pub(crate) async fn sample_run(&self) -> Result<Option<RunId>, RunsError> {
        let id: Option<String> = sqlx::query_scalar(
            "SELECT id FROM runs WHERE sample <> 0 ORDER BY created_ms DESC LIMIT 1",
        )
        .fetch_optional(&self.readers)
        .await?;
        id.map(|id| id.parse()).transpose()
    }
}
