//! Table `episodes`: one row a conversation, small, with everything that lists need.

use serde::Serialize;
use sqlx::{FromRow, QueryBuilder, Sqlite, SqliteConnection};
use tau_domain::{Ending, Outcome};

use super::{FinishedEpisode, Page, Paged, Store};
use crate::{EpisodeId, PlannedTask, RunId, RunPlan, RunsError};

/// A conversation in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EpisodeRow {
    /// Its id.
    pub id: EpisodeId,
    /// The run it belongs to.
    pub run: RunId,
    /// The task's id.
    pub task_id: String,
    /// The task's index in its split.
    pub task_index: u32,
    /// The task's title; may be empty.
    pub task_title: String,
    /// The condition's id.
    pub condition_id: String,
    /// The condition's name.
    pub condition_name: String,
    /// Repetition, from 0.
    pub trial: u32,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it ended; `None` while it has not.
    pub ending: Option<Ending>,
    /// When not scored: the kind of failure, for instance `unavailable` or `bug`.
    pub kind: String,
    /// When not scored: the failure in a sentence.
    pub message: String,
    /// Messages of customer and agent; 0 while it is not finished.
    pub messages: u32,
    /// Tool calls.
    pub tool_calls: u32,
    /// Agent steps.
    pub steps: u32,
    /// The customer's first words, cut to 200 characters.
    pub preview: String,
    /// What it cost in US dollars; `None` when prices are not known.
    pub cost_usd: Option<f64>,
    /// How long it took in milliseconds.
    pub duration_ms: u64,
    /// Replies of models; 0 where nobody counted them.
    pub replies: u32,
    /// Those of them that were taken from the cache of replies.
    pub cached_replies: u32,
}

/// Which conversations to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConversationFilter {
    /// Only this outcome.
    pub outcome: Option<Outcome>,
    /// Only the condition with this id.
    pub condition: Option<String>,
    /// Only the task with this id.
    pub task: Option<String>,
    /// Only those whose task id, task title or opening words hold this text.
    pub text: String,
}

/// Where an episode stands among the others of its run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The one before it in the order of lists.
    pub previous: Option<EpisodeId>,
    /// The one after it.
    pub next: Option<EpisodeId>,
    /// The same task and trial without traits; `None` for that one itself, and where the run has
    /// none.
    pub baseline: Option<EpisodeId>,
}

/// An episode that is still to be played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingEpisode {
    /// Its id.
    pub id: EpisodeId,
    /// The task's id.
    pub task: String,
    /// The condition's id.
    pub condition: String,
    /// Repetition, from 0.
    pub trial: u32,
}

/// Sums over a run.
#[derive(Clone, Copy, Debug, Default, FromRow)]
pub(crate) struct Tally {
    pub planned: u32,
    pub passed: u32,
    pub failed: u32,
    pub not_scored: u32,
    /// Mean duration of finished episodes in milliseconds.
    pub mean_ms: Option<f64>,
    pub cost_usd: Option<f64>,
}

/// What a run took from the cache of replies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, FromRow)]
pub struct CacheUse {
    /// Replies of models in finished conversations.
    pub replies: u32,
    /// Those of them that were taken from the cache: they cost nothing, and repeat what was said before.
    pub cached: u32,
    /// What was wrong with the cache, in a sentence; empty when nothing was.
    pub trouble: String,
}

/// A cell of the grid: position of task, condition and trial, and what became of it.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct CellRow {
    pub id: i64,
    pub task: String,
    pub task_index: u32,
    pub condition_position: u32,
    pub trial: u32,
    pub state: String,
    pub reward: Option<f64>,
    pub replies: u32,
    pub cached_replies: u32,
}

/// Upstream's tolerance: a reward within a millionth of 1 is a success.
pub(crate) fn outcome(state: &str, reward: Option<f64>) -> Outcome {
    match (state, reward) {
        ("finished", Some(reward)) if (1.0 - 1e-6..=1.0 + 1e-6).contains(&reward) => {
            Outcome::Passed
        }
        ("finished", _) => Outcome::Failed,
        ("not_scored", _) => Outcome::NotScored,
        _ => Outcome::Pending,
    }
}

pub(super) async fn insert(
    to: &mut SqliteConnection,
    run: RunId,
    plan: &RunPlan,
) -> Result<u64, RunsError> {
    let order = plan.order_of_play();
    for (position, episode) in order.iter().enumerate() {
        let task = &plan.tasks[episode.task];
        let condition = (plan.conditions[episode.condition].id.as_str(), episode.condition);
        insert_one(to, run, position, task, condition, episode.trial).await?;
    }
    Ok(order.len() as u64)
}

/// Inserts one conversation, still to be played; `condition` is its id and position.
pub(super) async fn insert_one(
    to: &mut SqliteConnection,
    run: RunId,
    position: usize,
    task: &PlannedTask,
    condition: (&str, usize),
    trial: u32,
) -> Result<EpisodeId, RunsError> {
    let done = sqlx::query(
        "INSERT INTO episodes (run, position, task, task_index, task_title, condition, condition_position, trial)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(run.to_string())
    .bind(position as i64)
    .bind(&task.id)
    .bind(task.index)
    .bind(&task.title)
    .bind(condition.0)
    .bind(condition.1 as i64)
    .bind(trial)
    .execute(to)
    .await?;
    Ok(EpisodeId(done.last_insert_rowid()))
}

pub(super) async fn finish(
    to: &mut SqliteConnection,
    episode: EpisodeId,
    result: &FinishedEpisode,
    now_ms: i64,
) -> Result<(), RunsError> {
    let done = sqlx::query(
        "UPDATE episodes SET state = 'finished', reward = ?, ending = ?, kind = '', message = '', attempts = ?,
                messages = ?, tool_calls = ?, steps = ?, preview = ?, cost_usd = ?, input_tokens = ?,
                output_tokens = ?, duration_ms = ?, ended_ms = ?, replies = ?, cached_replies = ?,
                cache_trouble = ?
         WHERE id = ? AND state <> 'finished'",
    )
    .bind(result.reward)
    .bind(ending_name(result.ending))
    .bind(result.attempts)
    .bind(result.messages)
    .bind(result.tool_calls)
    .bind(result.steps)
    .bind(&result.preview)
    .bind(result.cost_usd)
    .bind(result.input_tokens as i64)
    .bind(result.output_tokens as i64)
    .bind(result.duration_ms)
    .bind(now_ms)
    .bind(result.replies)
    .bind(result.cached_replies)
    .bind(&result.cache_trouble)
    .bind(episode.0)
    .execute(to)
    .await?;
    match done.rows_affected() {
        1 => Ok(()),
        _ => Err(RunsError::WrongState(format!(
            "Conversation {episode} is already finished or was deleted."
        ))),
    }
}

pub(super) async fn not_scored(
    to: &mut SqliteConnection,
    episode: EpisodeId,
    kind: &str,
    message: &str,
    attempts: u32,
    duration_ms: i64,
    now_ms: i64,
) -> Result<u64, RunsError> {
    let done = sqlx::query(
        "UPDATE episodes SET state = 'not_scored', kind = ?, message = ?, attempts = ?, duration_ms = ?, ended_ms = ?
         WHERE id = ? AND state = 'pending'",
    )
    .bind(kind)
    .bind(message)
    .bind(attempts)
    .bind(duration_ms)
    .bind(now_ms)
    .bind(episode.0)
    .execute(to)
    .await?;
    Ok(done.rows_affected())
}

pub(super) async fn retry_not_scored(
    to: &mut SqliteConnection,
    run: RunId,
) -> Result<u64, RunsError> {
    let done = sqlx::query(
        "UPDATE episodes SET state = 'pending', kind = '', message = '', ended_ms = NULL
         WHERE run = ? AND state = 'not_scored'",
    )
    .bind(run.to_string())
    .execute(to)
    .await?;
    Ok(done.rows_affected())
}

fn ending_name(ending: Ending) -> String {
    serde_json::to_value(ending)
        .ok()
        .and_then(|name| name.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn ending_from_name(name: &str) -> Option<Ending> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

/// A LIKE pattern for "holds this text", its own wildcards taken literally.
pub(super) fn holding(text: &str) -> String {
    let escaped = text.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

#[derive(FromRow)]
struct Columns {
    id: i64,
    run: String,
    task: String,
    task_index: u32,
    task_title: String,
    condition: String,
    condition_name: String,
    trial: u32,
    state: String,
    reward: Option<f64>,
    ending: String,
    kind: String,
    message: String,
    messages: u32,
    tool_calls: u32,
    steps: u32,
    preview: String,
    cost_usd: Option<f64>,
    duration_ms: i64,
    replies: u32,
    cached_replies: u32,
}

const COLUMNS: &str = "SELECT e.id, e.run, e.task, e.task_index, e.task_title, e.condition,
    c.name AS condition_name, e.trial, e.state, e.reward, e.ending, e.kind, e.message, e.messages,
    e.tool_calls, e.steps, e.preview, e.cost_usd, e.duration_ms,
    e.replies, e.cached_replies ";
const FROM: &str = "FROM episodes e JOIN conditions c ON c.run = e.run AND c.id = e.condition ";

impl Columns {
    fn read(self) -> Result<EpisodeRow, RunsError> {
        Ok(EpisodeRow {
            id: EpisodeId(self.id),
            run: self.run.parse()?,
            task_id: self.task,
            task_index: self.task_index,
            task_title: self.task_title,
            condition_id: self.condition,
            condition_name: self.condition_name,
            trial: self.trial,
            outcome: outcome(&self.state, self.reward),
            ending: ending_from_name(&self.ending),
            kind: self.kind,
            message: self.message,
            messages: self.messages,
            tool_calls: self.tool_calls,
            steps: self.steps,
            preview: self.preview,
            cost_usd: self.cost_usd,
            duration_ms: self.duration_ms.max(0) as u64,
            replies: self.replies,
            cached_replies: self.cached_replies,
        })
    }
}

impl Store {
    /// What is still to be played, in order of play.
    pub(crate) async fn pending(&self, run: RunId) -> Result<Vec<PendingEpisode>, RunsError> {
        let rows: Vec<(i64, String, String, u32)> = sqlx::query_as(
            "SELECT id, task, condition, trial FROM episodes WHERE run = ? AND state = 'pending' ORDER BY position",
        )
        .bind(run.to_string())
        .fetch_all(&self.readers)
        .await?;
        Ok(rows
            .into_iter()
            .map(|(id, task, condition, trial)| PendingEpisode {
                id: EpisodeId(id),
                task,
                condition,
                trial,
            })
            .collect())
    }

    /// What a run took from the cache of replies.
    pub(crate) async fn cache_use(&self, run: RunId) -> Result<CacheUse, RunsError> {
        Ok(sqlx::query_as(
            "SELECT coalesce(sum(replies), 0) AS replies, coalesce(sum(cached_replies), 0) AS cached,
                    coalesce(max(cache_trouble), '') AS trouble FROM episodes WHERE run = ?",
        )
        .bind(run.to_string())
        .fetch_one(&self.readers)
        .await?)
    }

    /// Sums over a run.
    pub(crate) async fn tally(&self, run: RunId) -> Result<Tally, RunsError> {
        Ok(sqlx::query_as(
            "SELECT count(*) AS planned,
                    count(*) FILTER (WHERE state = 'finished' AND reward BETWEEN 1 - 1e-6 AND 1 + 1e-6) AS passed,
                    count(*) FILTER (WHERE state = 'finished' AND NOT (reward BETWEEN 1 - 1e-6 AND 1 + 1e-6)) AS failed,
                    count(*) FILTER (WHERE state = 'not_scored') AS not_scored,
                    avg(duration_ms) FILTER (WHERE state = 'finished') AS mean_ms,
                    sum(cost_usd) AS cost_usd
             FROM episodes WHERE run = ?",
        )
        .bind(run.to_string())
        .fetch_one(&self.readers)
        .await?)
    }

    /// All cells of a run's grid: tasks in order, within them conditions, within them trials.
    pub(crate) async fn cells(&self, run: RunId) -> Result<Vec<CellRow>, RunsError> {
        Ok(sqlx::query_as(
            "SELECT id, task, task_index, condition_position, trial, state, reward, replies, cached_replies
             FROM episodes
             WHERE run = ? ORDER BY task_index, condition_position, trial",
        )
        .bind(run.to_string())
        .fetch_all(&self.readers)
        .await?)
    }

    /// A page of a run's conversations; `running` are those going on now.
    pub(crate) async fn conversations(
        &self,
        run: RunId,
        filter: &ConversationFilter,
        running: &[EpisodeId],
        page: Page,
    ) -> Result<Paged<EpisodeRow>, RunsError> {
        let mut count = QueryBuilder::new("SELECT count(*) ");
        matching(&mut count, run, filter, running);
        let total: u32 = count.build_query_scalar().fetch_one(&self.readers).await?;
        let mut select = QueryBuilder::new(COLUMNS);
        matching(&mut select, run, filter, running);
        select.push(" ORDER BY e.task_index, e.condition_position, e.trial LIMIT ");
        select.push_bind(page.limit).push(" OFFSET ").push_bind(page.offset);
        let rows: Vec<Columns> = select.build_query_as().fetch_all(&self.readers).await?;
        Ok(Paged { total, rows: rows.into_iter().map(Columns::read).collect::<Result<_, _>>()? })
    }

    /// One conversation's row.
    pub(crate) async fn episode(&self, episode: EpisodeId) -> Result<EpisodeRow, RunsError> {
        let mut select = QueryBuilder::new(COLUMNS);
        select.push(FROM).push("WHERE e.id = ").push_bind(episode.0);
        let row: Option<Columns> = select.build_query_as().fetch_optional(&self.readers).await?;
        row.ok_or_else(|| RunsError::NoSuchEpisode(episode.to_string()))?.read()
    }

    /// Its neighbours.
    pub(crate) async fn place(&self, episode: EpisodeId) -> Result<Place, RunsError> {
        let (previous, next, baseline): (Option<i64>, Option<i64>, Option<i64>) = sqlx::query_as(
            "SELECT (SELECT o.id FROM episodes o WHERE o.run = e.run
                       AND (o.task_index, o.condition_position, o.trial) < (e.task_index, e.condition_position, e.trial)
                     ORDER BY o.task_index DESC, o.condition_position DESC, o.trial DESC LIMIT 1),
                    (SELECT o.id FROM episodes o WHERE o.run = e.run
                       AND (o.task_index, o.condition_position, o.trial) > (e.task_index, e.condition_position, e.trial)
                     ORDER BY o.task_index, o.condition_position, o.trial LIMIT 1),
                    (SELECT o.id FROM episodes o WHERE o.run = e.run AND o.task = e.task AND o.trial = e.trial
                       AND o.condition = 'baseline' AND e.condition <> 'baseline')
             FROM episodes e WHERE e.id = ?",
        )
        .bind(episode.0)
        .fetch_optional(&self.readers)
        .await?
        .ok_or_else(|| RunsError::NoSuchEpisode(episode.to_string()))?;
        Ok(Place {
            previous: previous.map(EpisodeId),
            next: next.map(EpisodeId),
            baseline: baseline.map(EpisodeId),
        })
    }

    /// Finished episodes of a condition in order of play, as id, index of the task and trial: for
    /// exports, which read one transcript after the other.
    pub(crate) async fn finished(
        &self,
        run: RunId,
        condition: &str,
    ) -> Result<Vec<(EpisodeId, u32, u32)>, RunsError> {
        let rows: Vec<(i64, u32, u32)> = sqlx::query_as(
            "SELECT id, task_index, trial FROM episodes
             WHERE run = ? AND condition = ? AND state = 'finished' ORDER BY position",
        )
        .bind(run.to_string())
        .bind(condition)
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().map(|(id, task, trial)| (EpisodeId(id), task, trial)).collect())
    }
}

fn matching(
    query: &mut QueryBuilder<Sqlite>,
    run: RunId,
    filter: &ConversationFilter,
    running: &[EpisodeId],
) {
    query.push(FROM).push("WHERE e.run = ").push_bind(run.to_string());
    if let Some(condition) = &filter.condition {
        query.push(" AND e.condition = ").push_bind(condition.clone());
    }
    if let Some(task) = &filter.task {
        query.push(" AND e.task = ").push_bind(task.clone());
    }
    if !filter.text.trim().is_empty() {
        let like = holding(&filter.text);
        query.push(" AND (e.task LIKE ").push_bind(like.clone()).push(" ESCAPE '\\'");
        query.push(" OR e.task_title LIKE ").push_bind(like.clone()).push(" ESCAPE '\\'");
        query.push(" OR e.preview LIKE ").push_bind(like).push(" ESCAPE '\\')");
    }
    let passed = "e.reward BETWEEN 1 - 1e-6 AND 1 + 1e-6";
    match filter.outcome {
        None => {}
        Some(Outcome::Passed) => {
            query.push(" AND e.state = 'finished' AND ").push(passed);
        }
        Some(Outcome::Failed) => {
            query.push(" AND e.state = 'finished' AND NOT (").push(passed).push(")");
        }
        Some(Outcome::NotScored) => {
            query.push(" AND e.state = 'not_scored'");
        }
        Some(Outcome::Pending) => {
            query.push(" AND e.state = 'pending' AND e.id NOT IN (");
            push_ids(query, running);
        }
        Some(Outcome::Running) => {
            query.push(" AND e.state = 'pending' AND e.id IN (");
            push_ids(query, running);
        }
    }
}

fn push_ids(query: &mut QueryBuilder<Sqlite>, ids: &[EpisodeId]) {
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id.0);
    }
    query.push(")");
}
