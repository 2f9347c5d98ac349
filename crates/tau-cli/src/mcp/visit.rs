//! A run of one conversation, whose agent comes from outside: it waits at a switchboard until the agent
//! moves, and everything else about it (playing, storing, grading, results) is as in any other run.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde_json::Value as Json;
use tau_domain::{Message, Outcome, Role, ToolCall};
use tau_runs::{
    AgentPlan, Conversation, EpisodeId, OUTSIDE, RunId, RunPlan, RunState, Runs, RunsError,
};
use tau_sim::human::{Move, Switchboard};
use tau_sim::tau2::seen_by;
use tau_toolkits::Requestor;
use tokio::sync::Mutex as Turns;

use crate::run::save;

/// What an agent is called that does not say its name.
const NAMELESS: &str = "an agent from outside";

/// How long what is under way may go on when the agent has hung up: its last word may have ended the
/// conversation.
const LAST_WORD: Duration = Duration::from_secs(2);

/// How a conversation came out.
pub struct Verdict {
    /// Why it ended, in upstream's word.
    pub ending: Option<String>,
    /// What it was worth, with its parts as tau2's results have them.
    pub reward: Option<(f64, Json)>,
    /// Why it is not scored, where it is not.
    pub not_graded: String,
}

/// What the agent learns by a move.
pub struct Learned {
    /// What tools answered and the customer said since, each with whether it is an error.
    pub said: Vec<(String, bool)>,
    /// How the conversation came out, when it is over.
    pub over: Option<Verdict>,
}

/// Why a move was not made. It costs nothing.
#[derive(Debug, thiserror::Error)]
pub enum NotNow {
    /// Nobody has said anything yet.
    #[error("The conversation has not begun. Call begin_conversation first.")]
    NotBegun,
    /// There is nobody to talk to any more.
    #[error("The conversation is over. Nothing more can be said or done.")]
    Over,
    /// The database refused.
    #[error("{0}")]
    Store(#[from] RunsError),
}

/// What is played.
#[derive(Clone, Copy)]
struct Begun {
    run: RunId,
    episode: EpisodeId,
}

/// One conversation with an agent from outside.
pub struct Visit {
    runs: Runs,
    board: Arc<Switchboard>,
    /// What is to be played, but for the agent's name.
    plan: RunPlan,
    save_to: Option<PathBuf>,
    visitor: OnceLock<String>,
    begun: OnceLock<Begun>,
    /// How many messages the agent has seen. Moves come one at a time.
    told: Turns<usize>,
}

impl Visit {
    /// A visit that has not begun; `plan` is played by `runs`, which asks the agent at `board`.
    pub fn new(
        runs: Runs,
        board: Arc<Switchboard>,
        plan: RunPlan,
        save_to: Option<PathBuf>,
    ) -> Arc<Self> {
        let (visitor, begun) = (OnceLock::new(), OnceLock::new());
        let told = Turns::new(0);
        Arc::new(Visit { runs, board, plan, save_to, visitor, begun, told })
    }

    /// The name that the agent gives itself.
    pub fn named(&self, name: &str) {
        // Whoever says hello twice keeps the first name.
        let _ = self.visitor.set(name.trim().to_owned());
    }

    /// How it came out; `None` as long as it is not over.
    pub async fn verdict(&self) -> Result<Option<Verdict>, NotNow> {
        let Some(begun) = self.begun.get() else { return Ok(None) };
        let conversation = self.runs.conversation(begun.episode).await?;
        match conversation.row.outcome {
            Outcome::Pending | Outcome::Running if self.is_going_on(*begun).await? => Ok(None),
            _ => Ok(Some(self.came_out(*begun, &conversation).await?)),
        }
    }

    async fn is_going_on(&self, begun: Begun) -> Result<bool, RunsError> {
        Ok(self.runs.run(begun.run).await?.state == RunState::Running)
    }

    /// Begins, or tells again what the agent has seen so far: what it said itself, and what it learned.
    pub async fn begin(&self) -> Result<Learned, NotNow> {
        let mut told = self.told.lock().await;
        let begun = match self.begun.get() {
            Some(begun) => *begun,
            None => {
                let begun = self.create().await?;
                self.runs.start(begun.run).await?;
                begun
            }
        };
        let over = self.turn(begun).await;
        let conversation = self.runs.conversation(begun.episode).await?;
        let seen = seen_by(Requestor::Assistant, &conversation.messages);
        *told = seen.len();
        let said = seen.into_iter().map(|message| match learned(message) {
            Some((text, error)) => (format!("{}{text}", who(message)), error),
            None => (format!("You: {}", own(message)), false),
        });
        let said = said.collect();
        Ok(Learned { said, over: self.ended(begun, over, &conversation).await? })
    }

    /// Makes a move and waits for what comes of it.
    ///
    /// # Errors
    /// [`NotNow`].
    pub async fn act(&self, step: Move) -> Result<Learned, NotNow> {
        let mut told = self.told.lock().await;
        let begun = *self.begun.get().ok_or(NotNow::NotBegun)?;
        if self.turn(begun).await {
            return Err(NotNow::Over);
        }
        self.board.answer(&key(begun), step).map_err(|_| NotNow::Over)?;
        let over = self.turn(begun).await;
        let conversation = self.runs.conversation(begun.episode).await?;
        let seen = seen_by(Requestor::Assistant, &conversation.messages);
        // Where there is no score, what is kept is the replies alone: nothing new is among them.
        let scored = !over || conversation.trajectory.is_some();
        let new = if scored { seen.get(*told..).unwrap_or_default() } else { &[] };
        let said = new.iter().filter_map(|message| learned(message)).collect();
        *told = seen.len();
        Ok(Learned { said, over: self.ended(begun, over, &conversation).await? })
    }

    /// Stores the run. The agent's name is known by now.
    async fn create(&self) -> Result<Begun, RunsError> {
        let name = self.visitor.get().filter(|name| !name.is_empty());
        let name = name.map_or(NAMELESS, String::as_str);
        let plan = self.plan.clone();
        let task = plan.tasks.first().map_or("", |task| task.id.as_str());
        let plan = RunPlan {
            name: format!("{name} from outside: {task}").chars().take(200).collect(),
            agent: AgentPlan::new(OUTSIDE, name),
            ..plan
        };
        let run = self.runs.create(plan).await?;
        let cell = self.runs.grid(run).await?.cells.first().map(|cell| cell.episode);
        let episode = cell.ok_or_else(|| RunsError::NoSuchRun(run.to_string()))?;
        Ok(*self.begun.get_or_init(|| Begun { run, episode }))
    }

    /// Waits until it is the agent's turn; gives whether all is over instead.
    async fn turn(&self, begun: Begun) -> bool {
        let mut changes = self.board.changes();
        loop {
            if self.board.waiting(&key(begun)).is_some() {
                return false;
            }
            tokio::select! {
                // The switchboard lives as long as this visit.
                _ = changes.changed() => {}
                () = self.runs.wait(begun.run) => return true,
            }
        }
    }

    async fn ended(
        &self,
        begun: Begun,
        over: bool,
        conversation: &Conversation,
    ) -> Result<Option<Verdict>, NotNow> {
        if !over {
            return Ok(None);
        }
        self.save(begun).await;
        Ok(Some(self.came_out(begun, conversation).await?))
    }

    /// Writes the file that was asked for.
    async fn save(&self, begun: Begun) {
        let Some(path) = &self.save_to else { return };
        if let Err(error) = save(&self.runs, begun.run, path).await {
            eprintln!("error: the conversation could not be written: {}", error.message);
        }
    }

    async fn came_out(
        &self,
        begun: Begun,
        conversation: &Conversation,
    ) -> Result<Verdict, RunsError> {
        let extra = conversation.extra.as_ref().filter(|_| conversation.trajectory.is_some());
        let extra = extra.and_then(|extra| serde_json::from_str::<Json>(extra.as_str()).ok());
        if let Some(mut extra) = extra {
            let info = extra["simulation"]["reward_info"].take();
            return Ok(Verdict {
                ending: extra["simulation"]["termination_reason"].as_str().map(str::to_owned),
                reward: info["reward"].as_f64().map(|reward| (reward, info)),
                not_graded: String::new(),
            });
        }
        // A run that stands (the customer's key was refused) says why itself.
        let not_graded = match conversation.row.message.as_str() {
            "" => self.runs.run(begun.run).await?.message,
            why => why.to_owned(),
        };
        Ok(Verdict { ending: None, reward: None, not_graded })
    }

    /// The agent has left. What is not over is not scored. `None` when it never began.
    pub async fn leave(&self) -> Option<Verdict> {
        if self.begun.get().is_none() {
            // It may be about to begin.
            drop(tokio::time::timeout(LAST_WORD, self.told.lock()).await);
        }
        let left = match self.begun.get() {
            Some(begun) => {
                // Whether that came to an end or not: what is not over after it is broken off.
                let _ = tokio::time::timeout(LAST_WORD, self.turn(*begun)).await;
                "The agent left before the end of the conversation."
            }
            // Nobody asks for a run in which nothing was said, but whoever wants a file gets one.
            None if self.save_to.is_none() => return None,
            None => {
                self.create().await.inspect_err(|error| eprintln!("error: {error}")).ok()?;
                "The agent left before the conversation began."
            }
        };
        let begun = *self.begun.get()?;
        if let Err(error) = self.break_off(begun, left).await {
            eprintln!("error: {error}");
        }
        // A move that is still waited for has come to its end with the run.
        let _told = self.told.lock().await;
        self.save(begun).await;
        self.verdict().await.ok()?
    }

    /// Ends what is not over; a run that stands has a reason of its own.
    async fn break_off(&self, begun: Begun, left: &str) -> Result<(), RunsError> {
        let run = self.runs.run(begun.run).await?;
        let stands = run.state == RunState::Paused && !run.message.is_empty();
        let (kind, why) = match stands {
            true => (run.kind.as_str(), run.message.as_str()),
            false => ("cancelled", left),
        };
        self.runs.break_off(begun.run, kind, why).await
    }

    /// Closes the database.
    pub async fn close(&self) {
        self.runs.shutdown().await;
    }
}

fn key(begun: Begun) -> String {
    begun.episode.to_string()
}

/// What an agent learns by a message that it has seen: what a tool answered, or the customer said to it.
/// `None` for its own.
fn learned(message: &Message) -> Option<(String, bool)> {
    let text = message.content.clone().unwrap_or_default();
    match message.role {
        // In tau2 an answer that begins so is an error, and no other.
        Role::Tool => Some((text.clone(), text.starts_with("Error: "))),
        Role::User => Some((text, false)),
        Role::Assistant | Role::System => None,
    }
}

/// What an agent said or called itself.
fn own(message: &Message) -> String {
    let call = |call: &ToolCall| format!("{}({})", call.name, call.arguments);
    match message.tool_calls.as_slice() {
        [] => message.content.clone().unwrap_or_default(),
        calls => calls.iter().map(call).collect::<Vec<_>>().join(", "),
    }
}

fn who(message: &Message) -> &'static str {
    if message.role == Role::Tool { "Tool: " } else { "Customer: " }
}
