//! A conversation whose agent sits outside: it is played as any other, and the agent's seat is a person's
//! (`tau_sim::human`), who waits at a switchboard until somebody moves.

use std::sync::{Arc, Mutex, PoisonError};

use tau_domain::{Message, Role};
use tau_llm::{ChatModel, SpeakerRole};
use tau_sim::CancellationToken;
use tau_sim::human::{HumanModel, Move, Switchboard};
use tau_sim::tau2::{
    AgentKind, Entry, Failure, Grade, Observer, Players, SimulatedCustomer, Spec, Trajectory,
    converse, grade,
};
use tau_toolkits::{Definition, Requestor, Task};
use tokio::sync::{Mutex as Turns, watch};

/// The only seat at this switchboard.
const SEAT: &str = "outside";

/// What is played.
pub struct Stage {
    pub definition: Arc<Definition>,
    pub task: Task,
    pub spec: Spec,
    pub customer: Option<SimulatedCustomer>,
    pub judge: Option<Box<dyn ChatModel>>,
}

impl Stage {
    /// Whether the agent has no customer.
    pub fn alone(&self) -> bool {
        self.spec.agent == AgentKind::Solo
    }

    /// What the agent is told; `None` where the domain does not tell such an agent anything.
    pub fn policy(&self) -> Option<String> {
        let (definition, wording) = (&self.definition, &self.definition.wording);
        match self.spec.agent {
            AgentKind::Llm => Some(wording.agent_prompt(&definition.policy)),
            AgentKind::Plan => wording.plan_prompt(&definition.policy, &self.task),
            AgentKind::Solo => wording.solo_prompt(definition.solo_policy.as_deref()?, &self.task),
        }
    }
}

/// How a conversation came out.
pub struct Outcome {
    /// The conversation, where it came to an end of its own.
    pub trajectory: Option<Trajectory>,
    /// What it was worth.
    pub grade: Result<Grade, Failure>,
}

/// All messages as they come.
#[derive(Default)]
struct Heard(Mutex<Vec<Entry>>);

impl Heard {
    fn all(&self) -> Vec<Entry> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Observer for Heard {
    fn entry(&self, entry: &Entry) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(entry.clone());
    }
}

/// What the agent learns by a move.
pub struct Learned {
    /// What tools answered and the customer said since, each with whether it is an error.
    pub said: Vec<(String, bool)>,
    /// How the conversation came out, when it is over.
    pub over: Option<Arc<Outcome>>,
}

/// Why a move was not made. It costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotNow {
    /// Nobody has said anything yet.
    #[error("The conversation has not begun. Call begin_conversation first.")]
    NotBegun,
    /// There is nobody to talk to any more.
    #[error("The conversation is over. Nothing more can be said or done.")]
    Over,
}

/// What is kept of an outcome before anybody hears of it.
type Keep = Box<dyn Fn(&Stage, &[Entry], Option<&Outcome>) + Send + Sync>;

/// A conversation with an agent from outside.
pub struct Conversation {
    stage: Arc<Stage>,
    board: Arc<Switchboard>,
    heard: Arc<Heard>,
    over: watch::Sender<Option<Arc<Outcome>>>,
    /// How many messages the agent has been told of; `None` before it begins. Moves come one at a time.
    told: Turns<Option<usize>>,
    cancel: CancellationToken,
    keep: Arc<Keep>,
}

impl Conversation {
    /// A conversation that has not begun. `keep` is given what is to be stored: when it is over, and when
    /// the agent leaves before that.
    pub fn new(
        stage: Stage,
        keep: impl Fn(&Stage, &[Entry], Option<&Outcome>) + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Conversation {
            stage: Arc::new(stage),
            board: Switchboard::new(),
            heard: Arc::default(),
            over: watch::Sender::new(None),
            told: Turns::new(None),
            cancel: CancellationToken::new(),
            keep: Arc::new(Box::new(keep)),
        })
    }

    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// How it came out; `None` as long as it is not over.
    pub fn outcome(&self) -> Option<Arc<Outcome>> {
        self.over.borrow().clone()
    }

    /// Begins, or tells again what an agent has seen so far: what it said itself, and what it learned.
    pub async fn begin(&self) -> Learned {
        let mut told = self.told.lock().await;
        if told.is_none() {
            *told = Some(0);
            tokio::spawn(play(
                self.stage.clone(),
                self.board.clone(),
                self.heard.clone(),
                self.over.clone(),
                self.keep.clone(),
                self.cancel.clone(),
            ));
        }
        let over = self.turn().await;
        let heard = self.heard.all();
        *told = Some(heard.len());
        let said = heard.iter().filter_map(|entry| match own(entry) {
            Some(own) => Some((format!("You: {own}"), false)),
            None => learned(entry).map(|(text, error)| (format!("{}{text}", who(entry)), error)),
        });
        Learned { said: said.collect(), over }
    }

    /// Makes a move and waits for what comes of it.
    ///
    /// # Errors
    /// [`NotNow`].
    pub async fn act(&self, step: Move) -> Result<Learned, NotNow> {
        let mut told = self.told.lock().await;
        let known = told.ok_or(NotNow::NotBegun)?;
        if self.turn().await.is_some() {
            return Err(NotNow::Over);
        }
        self.board.answer(SEAT, step).map_err(|_| NotNow::Over)?;
        let over = self.turn().await;
        let heard = self.heard.all();
        *told = Some(heard.len());
        Ok(Learned { said: heard[known..].iter().filter_map(learned).collect(), over })
    }

    /// Waits until it is the agent's turn, or all is over.
    async fn turn(&self) -> Option<Arc<Outcome>> {
        let (mut changes, mut over) = (self.board.changes(), self.over.subscribe());
        loop {
            if let Some(outcome) = over.borrow_and_update().clone() {
                return Some(outcome);
            }
            if self.board.waiting(SEAT).is_some() {
                return None;
            }
            // Both senders live as long as this conversation.
            tokio::select! {
                _ = changes.changed() => {}
                _ = over.changed() => {}
            }
        }
    }

    /// The agent has left. What is not over is broken off and has no grade.
    pub async fn leave(&self) -> Option<Arc<Outcome>> {
        self.cancel.cancel();
        let begun = self.told.lock().await.is_some();
        let outcome = match begun {
            true => self.over.subscribe().wait_for(Option::is_some).await.ok()?.clone(),
            false => None,
        };
        if outcome.is_none() {
            (self.keep)(&self.stage, &[], None);
        }
        outcome
    }
}

async fn play(
    stage: Arc<Stage>,
    board: Arc<Switchboard>,
    heard: Arc<Heard>,
    over: watch::Sender<Option<Arc<Outcome>>>,
    keep: Arc<Keep>,
    cancel: CancellationToken,
) {
    let agent = HumanModel::new(board, SEAT, SpeakerRole::Agent);
    let players =
        Players { agent: &agent, customer: stage.customer.as_ref(), judge: stage.judge.as_deref() };
    let Stage { definition, task, spec, .. } = &*stage;
    let outcome = match converse(definition, task, spec, players, &*heard, &cancel).await {
        Ok(trajectory) => {
            // An agent that leaves after the last word is graded all the same.
            let never = CancellationToken::new();
            let judge = stage.judge.as_deref();
            let grade = grade(definition, task, spec, &trajectory, judge, &never).await;
            Outcome { trajectory: Some(trajectory), grade }
        }
        Err(failure) => Outcome { trajectory: None, grade: Err(failure) },
    };
    // Stored before told.
    keep(&stage, &heard.all(), Some(&outcome));
    over.send_replace(Some(Arc::new(outcome)));
}

/// What an agent learns by a message: the answers to its calls, and what the customer says to it.
fn learned(entry: &Entry) -> Option<(String, bool)> {
    let text = || entry.message.content.clone().unwrap_or_default();
    match entry.message.role {
        Role::Tool if entry.requestor == Requestor::Assistant => Some((text(), entry.error)),
        Role::User if !entry.is_tool_call() => Some((text(), false)),
        _ => None,
    }
}

/// What an agent said or called itself.
fn own(entry: &Entry) -> Option<String> {
    let Message { content, tool_calls, .. } = &entry.message;
    (entry.message.role == Role::Assistant).then(|| match tool_calls.as_slice() {
        [] => content.clone().unwrap_or_default(),
        calls => {
            let call = |call: &tau_domain::ToolCall| format!("{}({})", call.name, call.arguments);
            calls.iter().map(call).collect::<Vec<_>>().join(", ")
        }
    })
}

fn who(entry: &Entry) -> &'static str {
    if entry.message.role == Role::Tool { "Tool: " } else { "Customer: " }
}
