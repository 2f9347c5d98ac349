//! What the window, the command line and the report ask. Everything here reads.

use std::collections::HashMap;

use serde::Serialize;
use tau_domain::{JsonText, Message, Outcome, Role, Task, Trajectory};
use tau_llm::{ChatReply, SpeakerRole};

use crate::store::episode_outcome;
use crate::{
    ConversationFilter, EpisodeId, EpisodeRow, Page, Paged, Place, PlannedTask, Progress, RunId,
    RunRow, Runs, RunsError, StateLog,
};

/// A run's grid: tasks by conditions by trials.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Grid {
    /// The rows, by index in the split.
    pub tasks: Vec<PlannedTask>,
    /// Ids of the columns, the baseline first.
    pub conditions: Vec<String>,
    /// Trials within a cell.
    pub trials: u32,
    /// Task by task, within a task condition by condition, within a condition trial by trial. In a
    /// run that was opened from files some may be missing.
    pub cells: Vec<GridCell>,
}

/// One conversation in the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct GridCell {
    /// The conversation.
    pub episode: EpisodeId,
    /// What became of it.
    pub outcome: Outcome,
    /// Its row: an index into the tasks.
    pub task: usize,
    /// Its column: an index into the conditions.
    pub condition: usize,
}

/// One conversation's outcome with its coordinates, for statistics and charts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutcomeRow {
    /// The task's id.
    pub task_id: String,
    /// Its index in the split.
    pub task_index: u32,
    /// The condition's id.
    pub condition_id: String,
    /// Repetition, from 0.
    pub trial: u32,
    /// What became of it.
    pub outcome: Outcome,
    /// Replies of models; 0 where nobody counted them.
    pub replies: u32,
    /// Those of them that were taken from the cache of replies.
    pub cached_replies: u32,
}

/// One conversation: as a whole when it is finished, as far as it went when it is not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Conversation {
    /// The list entry.
    pub row: EpisodeRow,
    /// Neighbours in the run.
    pub place: Place,
    /// The task; `None` while the conversation is not finished.
    pub task: Option<Task>,
    /// Messages so far. After an interruption these are the replies in the journal: the results of
    /// tools follow when the run goes on.
    pub messages: Vec<Message>,
    /// The whole trajectory; `None` while it is not finished, and when it could not be scored.
    pub trajectory: Option<Trajectory>,
    /// What a result file held beyond that; an object.
    pub extra: Option<JsonText>,
    /// What happened to the data of both sides so far, where that was watched (tau2's domains).
    pub states: Option<StateLog>,
}

impl Runs {
    /// Runs, newest first, whose name, domain or model holds `text`.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list(&self, text: &str, page: Page) -> Result<Paged<RunRow>, RunsError> {
        self.shared.store.runs(text, page).await
    }

    /// One run with its plan.
    ///
    /// # Errors
    /// [`RunsError::NoSuchRun`].
    pub async fn run(&self, run: RunId) -> Result<RunRow, RunsError> {
        self.shared.store.run(run).await
    }

    /// The newest sample run, if there is one.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn sample(&self) -> Result<Option<RunId>, RunsError> {
        self.shared.store.sample_run().await
    }

    /// Figures so far; cheap enough to ask at every tick.
    ///
    /// # Errors
    /// [`RunsError::NoSuchRun`].
    pub async fn progress(&self, run: RunId) -> Result<Progress, RunsError> {
        let row = self.shared.store.run(run).await?;
        self.progress_of(&row).await
    }

    /// The same for a row that was just read.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn progress_of(&self, row: &RunRow) -> Result<Progress, RunsError> {
        let tally = self.shared.store.tally(row.id).await?;
        let cache = match row.plan.reply_cache {
            true => Some(self.shared.store.cache_use(row.id).await?),
            false => None,
        };
        let running = self.shared.live.running(row.id).len();
        Ok(Progress { cache, ..Progress::of(row, &tally, running) })
    }

    /// The grid of a run.
    ///
    /// # Errors
    /// [`RunsError::NoSuchRun`].
    pub async fn grid(&self, run: RunId) -> Result<Grid, RunsError> {
        let plan = self.shared.store.run(run).await?.plan;
        let cells = self.shared.store.cells(run).await?;
        let mut tasks = plan.tasks;
        tasks.sort_by_key(|task| task.index);
        let running = self.shared.live.running(run);
        let outcome = |id: EpisodeId, state: &str, reward| match running.binary_search(&id) {
            Ok(_) if state == "pending" => Outcome::Running,
            _ => episode_outcome(state, reward),
        };
        let rows: HashMap<&str, usize> =
            tasks.iter().enumerate().map(|(row, task)| (task.id.as_str(), row)).collect();
        Ok(Grid {
            conditions: plan.conditions.into_iter().map(|condition| condition.id).collect(),
            trials: plan.trials,
            cells: cells
                .iter()
                .map(|cell| {
                    let episode = EpisodeId(cell.id);
                    GridCell {
                        episode,
                        outcome: outcome(episode, &cell.state, cell.reward),
                        task: rows.get(cell.task.as_str()).copied().unwrap_or_default(),
                        condition: cell.condition_position as usize,
                    }
                })
                .collect(),
            tasks,
        })
    }

    /// Every conversation's outcome, for the report.
    ///
    /// # Errors
    /// [`RunsError::NoSuchRun`].
    pub async fn outcomes(&self, run: RunId) -> Result<Vec<OutcomeRow>, RunsError> {
        let plan = self.shared.store.run(run).await?.plan;
        let cells = self.shared.store.cells(run).await?;
        Ok(cells
            .into_iter()
            .map(|cell| OutcomeRow {
                condition_id: plan
                    .conditions
                    .get(cell.condition_position as usize)
                    .map(|condition| condition.id.clone())
                    .unwrap_or_default(),
                outcome: episode_outcome(&cell.state, cell.reward),
                task_id: cell.task,
                task_index: cell.task_index,
                trial: cell.trial,
                replies: cell.replies,
                cached_replies: cell.cached_replies,
            })
            .collect())
    }

    /// A page of a run's conversations, in the order of the grid.
    ///
    /// # Errors
    /// [`RunsError::NoSuchRun`].
    pub async fn conversations(
        &self,
        run: RunId,
        filter: &ConversationFilter,
        page: Page,
    ) -> Result<Paged<EpisodeRow>, RunsError> {
        let running = self.shared.live.running(run);
        let mut found = self.shared.store.conversations(run, filter, &running, page).await?;
        for row in &mut found.rows {
            self.overlay(row);
        }
        Ok(found)
    }

    /// One conversation, whole or as far as it went.
    ///
    /// # Errors
    /// [`RunsError::NoSuchEpisode`].
    pub async fn conversation(&self, episode: EpisodeId) -> Result<Conversation, RunsError> {
        let store = &self.shared.store;
        // In this order: an episode that finishes in between is then seen finished.
        let live = self.shared.live.messages(episode);
        let states = self.shared.live.states(episode);
        let transcript = store.transcript(episode).await?;
        let mut row = store.episode(episode).await?;
        self.overlay(&mut row);
        let place = store.place(episode).await?;
        let Some(transcript) = transcript else {
            let messages = match live {
                Some(messages) => messages,
                None => self.journaled_messages(episode).await?,
            };
            return Ok(Conversation {
                row,
                place,
                task: None,
                messages,
                trajectory: None,
                extra: None,
                states,
            });
        };
        // A result file may hold what was said in a conversation that has no score.
        let scored = row.outcome != Outcome::NotScored;
        Ok(Conversation {
            row,
            place,
            task: Some(transcript.task),
            messages: transcript.trajectory.messages.clone(),
            trajectory: scored.then_some(transcript.trajectory),
            extra: transcript.extra,
            states: transcript.states,
        })
    }

    /// What has been said in a conversation that is going on; `None` when it is not.
    pub fn live_messages(&self, episode: EpisodeId) -> Option<Vec<Message>> {
        self.shared.live.messages(episode)
    }

    fn overlay(&self, row: &mut EpisodeRow) {
        if row.outcome == Outcome::Pending && self.shared.live.is_running(row.id) {
            row.outcome = Outcome::Running;
        }
    }

    async fn journaled_messages(&self, episode: EpisodeId) -> Result<Vec<Message>, RunsError> {
        let mut messages = Vec::new();
        for stored in self.shared.store.replies(episode).await? {
            let reply: ChatReply = serde_json::from_str(&stored.reply)
                .map_err(|error| RunsError::Unreadable(error.to_string()))?;
            let mut message = reply.message;
            if stored.role == SpeakerRole::Customer.name() {
                // The customer's model is an assistant to itself and the user to the agent.
                message.role = Role::User;
            }
            messages.push(message);
        }
        Ok(messages)
    }
}
