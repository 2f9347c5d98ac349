//! The conversation loop (upstream `agents/tool_calling_agent.py`, `envs/base.py`, `run.py`).
//!
//! What upstream does, kept to the letter:
//! - the agent's history is policy, customer's first message, then all that follows;
//! - of several tool calls in one message only the first is kept and executed;
//! - the customer's text ends the conversation when it contains the stop marker anywhere;
//! - a call of a terminating tool is executed and ends the conversation;
//! - both ends are graded; after the last allowed step there is no grade and the reward is 0;
//! - a reply that cannot be acted on fails the attempt with reward 0.
//!
//! What upstream does not do: a model that cannot be reached is not the agent's failure, so it gives
//! no reward at all ([`EpisodeFailure`]).

use std::sync::Arc;

use tau_domain::{
    Domain, Ending, Environment, JsonText, Message, Reward, Role, ToolCall, Trajectory, Usage,
};
use tau_llm::{ChatModel, ChatReply, ChatRequest, ModelError, SpeakerRole};
use tokio_util::sync::CancellationToken;

use crate::{Customer, EpisodeFailure, EpisodeSpec, Observer};

/// What ends a conversation when the customer writes it.
pub const STOP_MARKER: &str = "###STOP###";

/// The name under which upstream treats text as an action.
const RESPOND: &str = "respond";

/// Plays one conversation to its end and grades it.
///
/// # Errors
/// When a model could not be asked, the domain cannot be played, or `cancel` was triggered. What the
/// agent does wrong is not an error but a trajectory with reward 0.
pub async fn play(
    domain: Arc<Domain>,
    spec: &EpisodeSpec,
    agent: &dyn ChatModel,
    customer: &dyn Customer,
    observer: &dyn Observer,
    cancel: &CancellationToken,
) -> Result<Trajectory, EpisodeFailure> {
    let environment = Environment::new(domain.clone(), spec.seed);
    let mut episode = Playing {
        domain,
        spec,
        environment,
        observer,
        cancel,
        messages: Vec::new(),
        said: Vec::new(),
        agent_bill: Bill::default(),
        customer_bill: Bill::default(),
        steps: 0,
    };
    episode.push(Message::text(Role::System, episode.domain.policy.clone()));
    let opening = episode.ask_customer(customer).await?;
    episode.push(opening);

    let mut ending = Ending::StepLimit;
    while episode.steps < spec.max_steps {
        if let Some(end) = episode.step(agent, customer).await? {
            ending = end;
            break;
        }
    }
    Ok(episode.finish(ending))
}

/// What the replies of one side cost.
#[derive(Default)]
struct Bill {
    usage: Usage,
    cost_usd: Option<f64>,
}

impl Bill {
    fn add(&mut self, reply: &ChatReply) {
        self.usage.input_tokens += reply.usage.input_tokens;
        self.usage.output_tokens += reply.usage.output_tokens;
        if let Some(cost) = reply.cost_usd {
            *self.cost_usd.get_or_insert(0.0) += cost;
        }
    }
}

/// What the agent's message amounts to.
enum Act {
    Say(String),
    Call(ToolCall),
    /// Upstream's runner raises here.
    Impossible,
}

struct Playing<'a> {
    domain: Arc<Domain>,
    spec: &'a EpisodeSpec,
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

    async fn ask_customer(&mut self, customer: &dyn Customer) -> Result<Message, EpisodeFailure> {
        let reply = tokio::select! {
            biased;
            () = self.cancel.cancelled() => return Err(EpisodeFailure::Cancelled),
            reply = customer.reply(&self.messages) => reply,
        };
        let reply = reply.map_err(|error| failure(SpeakerRole::Customer, error))?;
        self.customer_bill.add(&reply);
        Ok(Message::text(Role::User, reply.message.content.unwrap_or_default()))
    }

    async fn ask_agent(&mut self, agent: &dyn ChatModel) -> Result<Message, EpisodeFailure> {
        let request = ChatRequest {
            messages: self.messages.clone(),
            tools: self.domain.tools.clone(),
            temperature: self.spec.temperature,
            seed: self.spec.sampling_seed,
            max_tokens: None,
        };
        let reply = tokio::select! {
            biased;
            () = self.cancel.cancelled() => return Err(EpisodeFailure::Cancelled),
            reply = agent.chat(&request) => reply,
        };
        let reply = reply.map_err(|error| failure(SpeakerRole::Agent, error))?;
        self.agent_bill.add(&reply);
        Ok(reply.message)
    }

    async fn step(
        &mut self,
        agent: &dyn ChatModel,
        customer: &dyn Customer,
    ) -> Result<Option<Ending>, EpisodeFailure> {
        let mut message = self.ask_agent(agent).await?;
        self.steps += 1;
        match act_of(&message) {
            Act::Impossible => {
                self.push(message);
                Ok(Some(Ending::AgentError))
            }
            Act::Say(text) => {
                self.push(message);
                self.said.push(text);
                let answer = self.ask_customer(customer).await?;
                let stops =
                    answer.content.as_deref().is_some_and(|text| text.contains(STOP_MARKER));
                self.push(answer);
                Ok(stops.then_some(Ending::CustomerStopped))
            }
            Act::Call(call) => {
                message.tool_calls.truncate(1);
                self.push(message);
                let observation =
                    self.environment.call(&call.name, &JsonText(call.arguments.clone()));
                let Some(text) = observation.text else {
                    return Ok(Some(Ending::AgentError));
                };
                self.push(Message::tool_result(&call, text));
                Ok(observation.terminates.then_some(Ending::Terminated))
            }
        }
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

/// Reads an action from the agent's message (upstream `message_to_action`).
fn act_of(message: &Message) -> Act {
    let Some(call) = message.tool_calls.first() else {
        return Act::Say(message.content.clone().unwrap_or_default());
    };
    if call.name != RESPOND {
        return Act::Call(call.clone());
    }
    // A model that "calls" the text action: upstream says its `content` to the customer.
    let arguments: Option<serde_json::Value> = serde_json::from_str(&call.arguments).ok();
    match arguments.as_ref().and_then(|arguments| arguments.get("content")?.as_str()) {
        Some(text) => Act::Say(text.to_owned()),
        None => Act::Impossible,
    }
}

fn failure(speaker: SpeakerRole, error: ModelError) -> EpisodeFailure {
    EpisodeFailure::Model { speaker, error }
}
