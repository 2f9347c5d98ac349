//! The order of turns (upstream `orchestrator/orchestrator.py`).
//!
//! A message is always on its way from one party to another; a step delivers it and makes the next.
//! Each message and each round of calls is a step.

use tau_domain::{Message, Role, Usage};
use tau_llm::{ChatModel, ChatRequest};
use tau_toolkits::{Definition, Environment, Profile, Requestor, Task};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::agent::Brief;
use super::customer::flipped;
use super::entry::toolkit_call;
use super::reply::{participant, useful};
use super::{
    Entry, Failure, OUT_OF_SCOPE, Observer, STOP, SimulatedCustomer, Speaker, Spec, TRANSFER,
};
use crate::customer::Bill;
use crate::text_calls;

/// Why a conversation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ending {
    /// The customer said that it is over, that it was handed on, or that it does not know what to say.
    UserStop,
    /// An agent alone said that it is done.
    AgentStop,
    /// [`Spec::max_steps`].
    MaxSteps,
    /// [`Spec::max_errors`].
    TooManyErrors,
    /// [`Spec::timeout`].
    Timeout,
    /// The agent broke the order of the conversation.
    AgentError,
    /// The customer did.
    UserError,
}

impl Ending {
    /// Upstream's word.
    pub fn word(self) -> &'static str {
        match self {
            Ending::UserStop => "user_stop",
            Ending::AgentStop => "agent_stop",
            Ending::MaxSteps => "max_steps",
            Ending::TooManyErrors => "too_many_errors",
            Ending::Timeout => "timeout",
            Ending::AgentError => "agent_error",
            Ending::UserError => "user_error",
        }
    }
}

/// Who takes part.
#[derive(Clone, Copy)]
pub struct Players<'a> {
    /// The agent's model.
    pub agent: &'a dyn ChatModel,
    /// The customer; none where the agent is alone.
    pub customer: Option<&'a SimulatedCustomer>,
    /// Who judges assertions in words, where a task has some that count.
    pub judge: Option<&'a dyn ChatModel>,
}

/// A conversation that came to its end.
#[derive(Clone, Debug)]
pub struct Trajectory {
    /// All messages in order. The policy and the customer's scenario are not among them.
    pub entries: Vec<Entry>,
    /// How many of them are the task's own and were there before.
    pub history: usize,
    /// Why it ended.
    pub ending: Ending,
    /// Steps taken.
    pub steps: u32,
    /// Calls that failed, as far as the profile counts them.
    pub errors: u32,
    /// Tokens of the agent's model.
    pub agent_usage: Usage,
    /// Tokens of the customer's model.
    pub customer_usage: Usage,
    /// What the agent's model cost in US dollars, where prices are known.
    pub agent_cost_usd: Option<f64>,
    /// What the customer's cost.
    pub customer_cost_usd: Option<f64>,
}

impl Trajectory {
    /// What upstream's results file holds as the two sides' costs (`get_cost`): the sum over a side's
    /// messages. Since 1.0 a side with a message of unknown cost has none; before, neither side has.
    pub fn recorded_costs(&self, profile: Profile) -> (Option<f64>, Option<f64>) {
        let of = |side: Requestor| {
            let theirs =
                |entry: &&Entry| entry.requestor == side && entry.message.role != Role::Tool;
            let mut costs = self.entries.iter().filter(theirs).map(|entry| entry.cost_usd);
            costs.try_fold(0.0, |sum, cost| Some(sum + cost?))
        };
        let costs = (of(Requestor::Assistant), of(Requestor::User));
        match costs {
            (Some(_), Some(_)) => costs,
            _ if profile >= Profile::V1_0 => costs,
            _ => (None, None),
        }
    }
}

/// Who a message is from, or on its way to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Party {
    Agent,
    Customer,
    Environment,
}

/// A conversation under way.
pub(super) struct Playing<'a> {
    pub(super) definition: &'a Definition,
    pub(super) task: &'a Task,
    pub(super) spec: &'a Spec,
    pub(super) brief: Brief,
    players: Players<'a>,
    observer: &'a dyn Observer,
    cancel: &'a CancellationToken,
    pub(super) environment: Environment,
    pub(super) entries: Vec<Entry>,
    /// What each side has seen and said, without its system prompt.
    pub(super) agent_saw: Vec<Message>,
    pub(super) customer_saw: Vec<Message>,
    pub(super) from: Party,
    pub(super) to: Party,
    /// From here on the entries are on their way.
    pub(super) sent: usize,
    pub(super) ending: Option<Ending>,
    steps: u32,
    errors: u32,
    agent_bill: Bill,
    customer_bill: Bill,
}

/// Plays one task to its end.
///
/// # Errors
/// See [`super::play`].
pub async fn converse(
    definition: &Definition,
    task: &Task,
    spec: &Spec,
    players: Players<'_>,
    observer: &dyn Observer,
    cancel: &CancellationToken,
) -> Result<Trajectory, Failure> {
    let started = Instant::now();
    let brief = Brief::new(spec.agent, definition, task)?;
    if brief.done.is_some() != players.customer.is_none() {
        let why = "an agent alone has no customer, and every other has one";
        return Err(Failure::Setup(why.into()));
    }
    let mut playing = Playing {
        definition,
        task,
        spec,
        environment: super::start::environment(definition, task, spec)?,
        brief,
        players,
        observer,
        cancel,
        entries: Vec::new(),
        agent_saw: Vec::new(),
        customer_saw: Vec::new(),
        from: Party::Agent,
        to: Party::Customer,
        sent: 0,
        ending: None,
        steps: 0,
        errors: 0,
        agent_bill: Bill::default(),
        customer_bill: Bill::default(),
    };
    let history = playing.begin().await?;
    while playing.ending.is_none() {
        playing.step().await?;
        playing.look_at_limits(started);
    }
    playing.finish(history)
}

impl Playing<'_> {
    pub(super) fn profile(&self) -> Profile {
        self.definition.profile
    }

    /// Puts a message on record.
    pub(super) fn push(&mut self, entry: Entry) {
        self.observer.entry(&entry);
        self.entries.push(entry);
    }

    pub(super) fn show_state(&self) {
        self.observer.state(&self.environment);
    }

    /// What is on its way.
    pub(super) fn on_its_way(&self) -> &[Entry] {
        &self.entries[self.sent..]
    }

    /// Delivers what is on its way and makes the next message.
    async fn step(&mut self) -> Result<(), Failure> {
        match self.to {
            Party::Customer => self.customer_turn().await?,
            Party::Agent => self.agent_turn().await?,
            Party::Environment => self.tools_turn()?,
        }
        self.look_at_order();
        self.steps += 1;
        self.environment.sync_tools()?;
        Ok(())
    }

    async fn customer_turn(&mut self) -> Result<(), Failure> {
        let Some(customer) = self.players.customer else {
            return Err(Failure::BrokeOff("an agent alone wrote to the customer".into()));
        };
        let heard: Vec<Message> = self.on_its_way().iter().filter_map(flipped).collect();
        self.customer_saw.extend(heard);
        let mut history = vec![Message::text(Role::System, customer.system.as_str())];
        history.extend(self.customer_saw.iter().cloned());
        let ask = || customer.voice.act(history.clone(), &customer.tools, customer.sampling);
        let read = |message| participant(Requestor::User, message);
        let (entry, bill) = useful(Speaker::Customer, self.cancel, ask, read).await?;
        self.customer_bill.add_up(bill.usage, bill.cost_usd);
        if stops(&entry) {
            self.ending = Some(Ending::UserStop);
        }
        self.customer_saw.extend(flipped(&entry));
        self.send(entry.costing(bill), Party::Customer, Party::Agent);
        Ok(())
    }

    async fn agent_turn(&mut self) -> Result<(), Failure> {
        let heard: Vec<Message> =
            self.on_its_way().iter().map(|entry| entry.message.clone()).collect();
        self.agent_saw.extend(heard);
        let entry = self.ask_agent().await?;
        if self.agent_stops(&entry) {
            self.ending = Some(Ending::AgentStop);
        }
        self.agent_saw.push(entry.message.clone());
        self.send(entry, Party::Agent, Party::Customer);
        Ok(())
    }

    /// The agent's next message.
    pub(super) async fn ask_agent(&mut self) -> Result<Entry, Failure> {
        let mut messages = vec![Message::text(Role::System, self.brief.system.as_str())];
        messages.extend(self.agent_saw.iter().cloned());
        let request = ChatRequest {
            messages,
            tools: self.brief.tools.clone(),
            must_call: self.brief.done.is_some(),
            temperature: self.spec.temperature,
            seed: self.spec.sampling_seed,
            max_tokens: None,
        };
        let model = self.players.agent;
        let ask = || model.chat(&request);
        let read = |message: Message| {
            let message = if self.spec.text_tool_calls {
                text_calls::as_calls(message, &self.brief.tools, self.steps)
            } else {
                message
            };
            let entry = participant(Requestor::Assistant, message)?;
            match &self.brief.done {
                Some(done) => alone(entry, done),
                None => Ok(entry),
            }
        };
        let (entry, bill) = useful(Speaker::Agent, self.cancel, ask, read).await?;
        self.agent_bill.add_up(bill.usage, bill.cost_usd);
        Ok(entry.costing(bill))
    }

    /// Puts a message on record and on its way: calls to the environment, anything else to `other`.
    pub(super) fn send(&mut self, entry: Entry, from: Party, other: Party) {
        self.sent = self.entries.len();
        self.from = from;
        self.to = if entry.is_tool_call() { Party::Environment } else { other };
        self.push(entry);
    }

    /// Makes the calls that are on their way, in order, and sends the answers back.
    fn tools_turn(&mut self) -> Result<(), Failure> {
        let Some(entry) = self.on_its_way().first().cloned() else {
            return Err(Failure::BrokeOff("there is nothing to call".into()));
        };
        self.sent = self.entries.len();
        for call in &entry.message.tool_calls {
            let response = self.environment.get_response(&toolkit_call(call, entry.requestor)?);
            // The errors of the first release's tools were never counted.
            if response.error && self.profile() >= Profile::V0_2 {
                self.errors += 1;
            }
            self.push(Entry::answer(call, entry.requestor, response.content, response.error));
            self.show_state();
        }
        (self.from, self.to) = (Party::Environment, self.from);
        Ok(())
    }

    /// Whether the agent ends the conversation with this message; only one alone can.
    pub(super) fn agent_stops(&self, entry: &Entry) -> bool {
        self.brief.done.is_some() && entry.holds(&[STOP])
    }

    /// Ends a conversation whose last message has both text and calls, where that is asked for.
    pub(super) fn look_at_order(&mut self) {
        if !self.spec.strict || self.profile() < Profile::V0_2 {
            return;
        }
        let [entry] = self.on_its_way() else { return };
        let mixed = entry.is_tool_call() && entry.has_text();
        let error = match self.from {
            Party::Environment => return,
            Party::Agent => Ending::AgentError,
            Party::Customer => Ending::UserError,
        };
        if mixed {
            self.ending = Some(error);
        }
    }

    /// Ends a conversation that has become too long. Since 0.2 calls that were asked for are made first;
    /// whatever else ended it in the same step is forgotten, but by the clock.
    fn look_at_limits(&mut self, started: Instant) {
        let counts = self.profile() >= Profile::V0_2;
        if counts && self.to == Party::Environment {
            return;
        }
        if self.steps >= self.spec.max_steps {
            self.ending = Some(Ending::MaxSteps);
        }
        if counts && self.errors >= self.spec.max_errors {
            self.ending = Some(Ending::TooManyErrors);
        }
        let late = self.spec.timeout.is_some_and(|timeout| started.elapsed() >= timeout);
        if late && self.ending.is_none() && self.profile() >= Profile::V1_0 {
            self.ending = Some(Ending::Timeout);
        }
    }

    fn finish(self, history: usize) -> Result<Trajectory, Failure> {
        let ending = self.ending.unwrap_or(Ending::MaxSteps);
        let broken = matches!(ending, Ending::AgentError | Ending::UserError);
        if self.profile() >= Profile::V0_2 && self.to == Party::Environment && !broken {
            let why = "the last message holds calls that nobody made";
            return Err(Failure::BrokeOff(why.into()));
        }
        Ok(Trajectory {
            entries: self.entries,
            history,
            ending,
            steps: self.steps,
            errors: self.errors,
            agent_usage: self.agent_bill.usage,
            customer_usage: self.customer_bill.usage,
            agent_cost_usd: self.agent_bill.cost_usd,
            customer_cost_usd: self.customer_bill.cost_usd,
        })
    }
}

/// Whether a customer's message ends the conversation.
pub(super) fn stops(entry: &Entry) -> bool {
    !entry.is_tool_call() && entry.holds(&[STOP, TRANSFER, OUT_OF_SCOPE])
}

/// A message of an agent alone: it has to call, and calling the tool `done` is all that it then says.
fn alone(mut entry: Entry, done: &str) -> Result<Entry, String> {
    if !entry.is_tool_call() {
        return Err("an agent alone can only call tools".into());
    }
    if entry.message.tool_calls.iter().any(|call| call.name == done) {
        let message = &mut entry.message;
        message.content = Some(STOP.to_owned());
        message.tool_calls.clear();
        (message.reading, message.echo) = (None, None);
    }
    Ok(entry)
}
