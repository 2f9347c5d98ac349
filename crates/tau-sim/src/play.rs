//! The conversation loop (upstream `agents/*.py`, `envs/base.py`, `run.py`).
//!
//! What upstream does, kept to the letter:
//! - the agent's history is system prompt, customer's first message, then all that follows;
//! - of several tool calls in one message only the first is kept and executed, unless the setup says
//!   otherwise;
//! - an act or ReAct agent is sent no tools, keeps its own text as it wrote it, and gets a tool's
//!   result as a user's message that begins with `API output: `;
//! - the customer's text ends the conversation when it contains the stop marker anywhere;
//! - a call of a terminating tool is executed and ends the conversation;
//! - both ends are graded; after the last allowed step there is no grade and the reward is 0;
//! - a reply that cannot be acted on fails the attempt with reward 0.
//!
//! What upstream does not do: a model that cannot be reached is not the agent's failure, so it gives
//! no reward at all ([`EpisodeFailure`]).

use std::sync::Arc;

use tau_domain::{
    API_OUTPUT, Domain, Ending, Environment, JsonText, Message, Reading, Reward, Role, ToolCall,
    Trajectory,
};
use tau_llm::{ChatModel, ChatRequest, ModelError, SpeakerRole};
use tokio_util::sync::CancellationToken;

use crate::action::{self, Act};
use crate::customer::Bill;
use crate::{AgentSetup, Customer, EpisodeFailure, EpisodeSpec, Observer, text_calls};

/// What ends a conversation when the customer writes it.
pub const STOP_MARKER: &str = "###STOP###";

/// The two sides of a conversation.
#[derive(Clone, Copy)]
pub struct Players<'a> {
    /// The agent's model.
    pub agent: &'a dyn ChatModel,
    /// How it is used.
    pub setup: &'a AgentSetup,
    /// The customer.
    pub customer: &'a dyn Customer,
}

/// Plays one conversation to its end and grades it.
///
/// # Errors
/// When a model could not be asked, the domain cannot be played, or `cancel` was triggered. What the
/// agent does wrong is not an error but a trajectory with reward 0.
pub async fn play(
    domain: Arc<Domain>,
    spec: &EpisodeSpec,
    players: Players<'_>,
    observer: &dyn Observer,
    cancel: &CancellationToken,
) -> Result<Trajectory, EpisodeFailure> {
    let environment = Environment::new(domain.clone(), spec.seed);
    let mut episode = Playing {
        domain,
        spec,
        players,
        environment,
        observer,
        cancel,
        messages: Vec::new(),
        said: Vec::new(),
        agent_bill: Bill::default(),
        customer_bill: Bill::default(),
        steps: 0,
    };
    episode.push(Message::text(Role::System, players.setup.system.clone()));
    let opening = episode.ask_customer().await?;
    episode.push(opening);

    let mut ending = Ending::StepLimit;
    while episode.steps < spec.max_steps {
        if let Some(end) = episode.step().await? {
            ending = end;
            break;
        }
    }
    Ok(episode.finish(ending))
}

struct Playing<'a> {
    domain: Arc<Domain>,
    spec: &'a EpisodeSpec,
    players: Players<'a>,
    environment: Environment,
    observer: &'a dyn Observer,
    cancel: &'a CancellationToken,
    messages: Vec<Message>,
    /// What the agent said to the customer, for the required outputs.
    said: Vec<String>,
    agent_bill: Bill,
    customer_bill: Bill,
    steps: u32,
}

impl Playing<'_> {
    fn push(&mut self, message: Message) {
        self.observer.message(&message);
        self.messages.push(message);
    }

    async fn ask_customer(&mut self) -> Result<Message, EpisodeFailure> {
        let reply = tokio::select! {
            biased;
            () = self.cancel.cancelled() => return Err(EpisodeFailure::Cancelled),
            reply = self.players.customer.reply(&self.messages) => reply,
        };
        let reply = reply.map_err(|error| failure(SpeakerRole::Customer, error))?;
        self.customer_bill.add_up(reply.usage, reply.cost_usd);
        let message = Message { cached: reply.cached, ..Message::text(Role::User, reply.text) };
        Ok(match reply.reading {
            Some(reading) => message.with_reading(reading),
            None => message,
        })
    }

    async fn ask_agent(&mut self) -> Result<Message, EpisodeFailure> {
        let in_text = self.players.setup.strategy.acts_in_text();
        let request = ChatRequest {
            messages: self.messages.clone(),
            tools: if in_text { Vec::new() } else { self.domain.tools.clone() },
            temperature: self.spec.temperature,
            seed: self.spec.sampling_seed,
            ..ChatRequest::default()
        };
        let reply = tokio::select! {
            biased;
            () = self.cancel.cancelled() => return Err(EpisodeFailure::Cancelled),
            reply = self.players.agent.chat(&request) => reply,
        };
        let reply = reply.map_err(|error| failure(SpeakerRole::Agent, error))?;
        self.agent_bill.add(&reply);
        Ok(reply.message)
    }

    async fn step(&mut self) -> Result<Option<Ending>, EpisodeFailure> {
        let message = self.ask_agent().await?;
        self.steps += 1;
        if self.players.setup.strategy.acts_in_text() {
            return self.step_in_text(message).await;
        }
        let message = self.with_calls_in_text(message);
        match action::native(&message, self.players.setup.parallel_tool_calls) {
            Act::Impossible => {
                self.push(message);
                Ok(Some(Ending::AgentError))
            }
            Act::Say(text) => {
                // A call of `respond` becomes the text that it is: no provider would take a call
                // that nothing answers.
                let content = Some(text.clone());
                self.push(Message { content, tool_calls: Vec::new(), ..message });
                self.say(text).await
            }
            Act::Call(calls) => Ok(self.call_all(message, calls)),
        }
    }

    /// A message whose text is tool calls, as the protocol would have carried them.
    fn with_calls_in_text(&self, message: Message) -> Message {
        if !self.players.setup.text_tool_calls {
            return message;
        }
        text_calls::as_calls(message, &self.domain.tools, self.steps)
    }

    /// One tool message for each call. Calls that come after the end of the conversation are neither
    /// made nor kept.
    fn call_all(&mut self, mut message: Message, calls: Vec<ToolCall>) -> Option<Ending> {
        let mut results = Vec::with_capacity(calls.len());
        let mut ending = None;
        let mut made = 0;
        for call in &calls {
            let observation = self.environment.call(&call.name, &JsonText(call.arguments.clone()));
            made += 1;
            match observation.text {
                Some(text) => results.push(Message::tool_result(call, text)),
                None => ending = Some(Ending::AgentError),
            }
            if observation.terminates && ending.is_none() {
                ending = Some(Ending::Terminated);
            }
            if ending.is_some() {
                break;
            }
        }
        message.tool_calls.truncate(made);
        self.push(message);
        for result in results {
            self.push(result);
        }
        ending
    }

    async fn step_in_text(
        &mut self,
        mut message: Message,
    ) -> Result<Option<Ending>, EpisodeFailure> {
        // No tools were offered, so that a call of the protocol would never be answered.
        message.tool_calls.clear();
        let (act, reading) =
            action::written(message.content.as_deref(), &text_calls::call_id(self.steps, 0));
        let read = reading != Reading::default();
        self.push(if read { message.with_reading(reading) } else { message });
        let call = match act {
            Act::Impossible => return Ok(Some(Ending::AgentError)),
            Act::Say(text) => return self.say(text).await,
            Act::Call(calls) => calls.into_iter().next(),
        };
        let Some(call) = call else { return Ok(Some(Ending::AgentError)) };
        let observation = self.environment.call(&call.name, &JsonText(call.arguments));
        let Some(text) = observation.text else {
            return Ok(Some(Ending::AgentError));
        };
        let result = Reading { observation_of: Some(call.name), ..Reading::default() };
        self.push(Message::text(Role::User, format!("{API_OUTPUT}{text}")).with_reading(result));
        Ok(observation.terminates.then_some(Ending::Terminated))
    }

    /// The agent has said `text`; the customer answers.
    async fn say(&mut self, text: String) -> Result<Option<Ending>, EpisodeFailure> {
        self.said.push(text);
        let answer = self.ask_customer().await?;
        let stops = answer.content.as_deref().is_some_and(|text| text.contains(STOP_MARKER));
        self.push(answer);
        Ok(stops.then_some(Ending::CustomerStopped))
    }

    fn finish(self, ending: Ending) -> Trajectory {
        let graded = matches!(ending, Ending::CustomerStopped | Ending::Terminated);
        let reward = if graded {
            self.environment.grade(&self.spec.task, &self.said)
        } else {
            Reward {
                value: 0.0,
                state_matches: false,
                outputs: Vec::new(),
                graded: false,
                gold_hash: String::new(),
            }
        };
        let differences = if reward.state_matches {
            Vec::new()
        } else {
            self.environment.differences_from_gold(&self.spec.task)
        };
        Trajectory {
            messages: self.messages,
            ending,
            reward,
            differences,
            agent_usage: self.agent_bill.usage,
            customer_usage: self.customer_bill.usage,
            agent_cost_usd: self.agent_bill.cost_usd,
            customer_cost_usd: self.customer_bill.cost_usd,
            steps: self.steps,
        }
    }
}

fn failure(speaker: SpeakerRole, error: ModelError) -> EpisodeFailure {
    EpisodeFailure::Model { speaker, error }
}
