//! Seats for people: a person plays the customer or the agent of a conversation.
//!
//! The conversation asks through a [`HumanModel`], a model like any other, so that its replies are
//! journaled like any other's. The question waits in a [`Switchboard`], where the host sees it and
//! answers it once. A conversation that is dropped takes its question with it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use tau_domain::{Message, Role, ToolCall, Usage};
use tau_llm::{ChatModel, ChatReply, ChatRequest, Finish, ModelError, ModelErrorKind, SpeakerRole};
use tokio::sync::{oneshot, watch};

/// The name of a person wherever models are named.
pub const PERSON_NAME: &str = "a person";

/// What a person does at their turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// Says something to the other side.
    Say(String),
    /// Calls a tool of those that the seat has.
    Call {
        /// The tool.
        tool: String,
        /// Its arguments, a JSON object as text.
        arguments: String,
    },
}

/// A seat whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The conversation.
    pub conversation: String,
    /// Which side the person plays.
    pub seat: SpeakerRole,
    /// How many messages the seat had before it when its turn came (system prompt included, and without
    /// what this side does not see): it tells one turn from the next.
    pub messages: usize,
    /// Whether the seat has tools. A customer has them where a domain gives customers a device.
    pub has_tools: bool,
    /// Whether there is somebody to say something to. An agent alone at work can only call.
    pub may_speak: bool,
}

/// Why a move was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoveError {
    /// It is not the person's turn: the other side is at it, or the conversation is over.
    #[error("it is not this person's turn")]
    NotWaiting,
    /// The seat has no tools.
    #[error("this person has no tools")]
    NoTools,
    /// Nobody listens: an agent alone at work can only call tools.
    #[error("there is nobody to talk to")]
    NobodyListens,
}

/// Where the seats of people wait. Shared by the conversations and the host.
pub struct Switchboard {
    state: Mutex<State>,
    changed: watch::Sender<u64>,
}

#[derive(Default)]
struct State {
    next: u64,
    seats: HashMap<String, Asked>,
}

struct Asked {
    ticket: u64,
    waiting: Waiting,
    answer: oneshot::Sender<Move>,
}

impl Default for Switchboard {
    fn default() -> Self {
        Switchboard { state: Mutex::default(), changed: watch::Sender::new(0) }
    }
}

impl Switchboard {
    /// A switchboard at which nobody waits.
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The seat of a conversation whose turn it is.
    pub fn waiting(&self, conversation: &str) -> Option<Waiting> {
        self.lock().seats.get(conversation).map(|asked| asked.waiting.clone())
    }

    /// All seats whose turn it is, by conversation.
    pub fn all_waiting(&self) -> Vec<Waiting> {
        let mut all: Vec<Waiting> =
            self.lock().seats.values().map(|asked| asked.waiting.clone()).collect();
        all.sort_by(|a, b| a.conversation.cmp(&b.conversation));
        all
    }

    /// Makes the person's move. Each turn takes one move.
    ///
    /// # Errors
    /// [`MoveError`].
    pub fn answer(&self, conversation: &str, step: Move) -> Result<(), MoveError> {
        {
            let mut state = self.lock();
            let asked = state.seats.get(conversation).ok_or(MoveError::NotWaiting)?;
            match step {
                Move::Call { .. } if !asked.waiting.has_tools => return Err(MoveError::NoTools),
                Move::Say(_) if !asked.waiting.may_speak => return Err(MoveError::NobodyListens),
                Move::Call { .. } | Move::Say(_) => {}
            }
            let asked = state.seats.remove(conversation).ok_or(MoveError::NotWaiting)?;
            asked.answer.send(step).map_err(|_| MoveError::NotWaiting)?;
        }
        self.tell();
        Ok(())
    }

    /// A number that changes whenever a seat begins or ends waiting.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    fn tell(&self) {
        self.changed.send_modify(|count| *count = count.wrapping_add(1));
    }

    fn ask(&self, waiting: Waiting) -> (u64, oneshot::Receiver<Move>) {
        let (answer, answered) = oneshot::channel();
        let mut state = self.lock();
        state.next += 1;
        let ticket = state.next;
        // Whoever waited under this name before gets no answer any more.
        state.seats.insert(waiting.conversation.clone(), Asked { ticket, waiting, answer });
        drop(state);
        self.tell();
        (ticket, answered)
    }

    fn withdraw(&self, conversation: &str, ticket: u64) {
        let mut state = self.lock();
        if state.seats.get(conversation).is_some_and(|asked| asked.ticket == ticket) {
            state.seats.remove(conversation);
            drop(state);
            self.tell();
        }
    }
}

/// A person, asked like a model.
pub struct HumanModel {
    switchboard: Arc<Switchboard>,
    conversation: String,
    seat: SpeakerRole,
    on_turn: Box<dyn Fn() + Send + Sync>,
}

impl HumanModel {
    /// The person who plays `seat` in `conversation`.
    pub fn new(
        switchboard: Arc<Switchboard>,
        conversation: impl Into<String>,
        seat: SpeakerRole,
    ) -> Self {
        let conversation = conversation.into();
        HumanModel { switchboard, conversation, seat, on_turn: Box::new(|| {}) }
    }

    /// The same, with word given whenever the person's turn has come.
    pub fn on_turn(mut self, tell: impl Fn() + Send + Sync + 'static) -> Self {
        self.on_turn = Box::new(tell);
        self
    }
}

/// Takes the question back when the conversation goes away.
struct Turn<'a> {
    model: &'a HumanModel,
    ticket: u64,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.model.switchboard.withdraw(&self.model.conversation, self.ticket);
    }
}

#[async_trait]
impl ChatModel for HumanModel {
    fn name(&self) -> &str {
        PERSON_NAME
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        let messages = request.messages.len();
        let (ticket, answered) = self.switchboard.ask(Waiting {
            conversation: self.conversation.clone(),
            seat: self.seat,
            messages,
            has_tools: !request.tools.is_empty(),
            may_speak: !request.has_to_call(),
        });
        let _turn = Turn { model: self, ticket };
        (self.on_turn)();
        let step = answered.await.map_err(|_| {
            ModelError::new(
                ModelErrorKind::Cancelled,
                "This conversation is being played in another place.",
            )
        })?;
        let (message, finish) = match step {
            Move::Say(text) => (Message::text(Role::Assistant, text), Finish::Stop),
            Move::Call { tool, arguments } => {
                let id = format!("person_{messages}");
                let mut message = Message::text(Role::Assistant, "");
                message.content = None;
                message.tool_calls = vec![ToolCall { id, name: tool, arguments }];
                (message, Finish::ToolCalls)
            }
        };
        Ok(ChatReply { message, usage: Usage::default(), finish, cost_usd: None, attempts: 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tau_domain::ToolSpec;

    fn request() -> ChatRequest {
        ChatRequest { messages: vec![Message::text(Role::User, "Hi!")], ..ChatRequest::default() }
    }

    fn with_tools(must_call: bool) -> ChatRequest {
        let pay = ToolSpec {
            name: "pay".into(),
            description: String::new(),
            parameters: serde_json::json!({}),
        };
        ChatRequest { tools: vec![pay], must_call, ..request() }
    }

    #[tokio::test]
    async fn a_turn_is_seen_while_it_waits_and_takes_one_move() {
        let board = Switchboard::new();
        let mut changes = board.changes();
        let person = HumanModel::new(board.clone(), "7", SpeakerRole::Customer);
        let asking = tokio::spawn(async move { person.chat(&request()).await });
        changes.changed().await.unwrap();
        let waiting = Waiting {
            conversation: "7".into(),
            seat: SpeakerRole::Customer,
            messages: 1,
            has_tools: false,
            may_speak: true,
        };
        assert_eq!(board.waiting("7"), Some(waiting.clone()));
        assert_eq!(board.all_waiting(), [waiting]);
        let call = Move::Call { tool: "pay".into(), arguments: "{}".into() };
        assert_eq!(board.answer("7", call), Err(MoveError::NoTools));
        assert_eq!(board.answer("8", Move::Say("x".into())), Err(MoveError::NotWaiting));
        board.answer("7", Move::Say("Where is it?".into())).unwrap();
        assert_eq!(board.answer("7", Move::Say("Again".into())), Err(MoveError::NotWaiting));
        let reply = asking.await.unwrap().unwrap();
        assert_eq!(reply.message, Message::text(Role::Assistant, "Where is it?"));
        assert_eq!(board.waiting("7"), None);
    }

    #[tokio::test]
    async fn either_seat_calls_the_tools_that_it_has() {
        for seat in [SpeakerRole::Agent, SpeakerRole::Customer] {
            let board = Switchboard::new();
            let person = HumanModel::new(board.clone(), "7", seat);
            let asking = tokio::spawn(async move { person.chat(&with_tools(false)).await });
            board.changes().wait_for(|count| *count > 0).await.unwrap();
            let call = Move::Call { tool: "pay".into(), arguments: r#"{"sum": 50.0}"#.into() };
            board.answer("7", call).unwrap();
            let reply = asking.await.unwrap().unwrap();
            assert_eq!(reply.finish, Finish::ToolCalls);
            assert_eq!(reply.message.content, None);
            assert_eq!(reply.message.tool_calls[0].arguments, r#"{"sum": 50.0}"#);
        }
    }

    #[tokio::test]
    async fn an_agent_alone_has_nobody_to_talk_to() {
        let board = Switchboard::new();
        let person = HumanModel::new(board.clone(), "7", SpeakerRole::Agent);
        let asking = tokio::spawn(async move { person.chat(&with_tools(true)).await });
        board.changes().wait_for(|count| *count > 0).await.unwrap();
        assert_eq!(board.answer("7", Move::Say("Hi".into())), Err(MoveError::NobodyListens));
        let call = Move::Call { tool: "pay".into(), arguments: "{}".into() };
        board.answer("7", call).unwrap();
        assert!(asking.await.unwrap().is_ok());
    }

    #[tokio::test]
    async fn a_conversation_that_is_dropped_waits_no_longer() {
        let board = Switchboard::new();
        let person = HumanModel::new(board.clone(), "7", SpeakerRole::Customer);
        let asking = tokio::spawn(async move { person.chat(&request()).await });
        board.changes().wait_for(|count| *count > 0).await.unwrap();
        asking.abort();
        let _ = asking.await;
        assert!(board.all_waiting().is_empty());
    }

    #[tokio::test]
    async fn a_conversation_that_is_taken_up_elsewhere_moves_there() {
        let board = Switchboard::new();
        let mut asking = Vec::new();
        for count in 1..=2 {
            let person = HumanModel::new(board.clone(), "7", SpeakerRole::Customer);
            asking.push(tokio::spawn(async move { person.chat(&request()).await }));
            board.changes().wait_for(|changes| *changes >= count).await.unwrap();
        }
        let second = asking.pop().unwrap();
        let error = asking.pop().unwrap().await.unwrap().unwrap_err();
        assert_eq!(error.kind, ModelErrorKind::Cancelled);
        board.answer("7", Move::Say("Hello".into())).unwrap();
        assert!(second.await.unwrap().is_ok());
    }
}
