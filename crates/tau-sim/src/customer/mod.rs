//! The simulated customer (upstream `envs/user.py`).
//!
//! A customer is a function of the conversation and of the replies of its model, so that a
//! conversation that is taken up again goes on as it would have. The customer's own view has the
//! sides swapped: it is the assistant, the agent is the user.

mod checked;
mod thinking;

use async_trait::async_trait;
use minijinja::context;
use tau_domain::{Message, Reading, Role, Steering, Task, Usage};
use tau_llm::{ChatReply, ModelError};
use tau_traits::{CustomerVoice, Sampling};

use crate::CustomerStrategy;
use crate::prompts::{self, PromptError, Wording};

/// What the customer is taken to have heard first. It is in the customer's history only.
pub const GREETING: &str = "Hi! How can I help you today?";

/// What a customer said at one turn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CustomerReply {
    /// What the agent hears.
    pub text: String,
    /// What the agent does not hear of it: thoughts and drafts.
    pub reading: Option<Reading>,
    /// Tokens of all its model's replies at this turn.
    pub usage: Usage,
    /// What they cost in US dollars, where prices are known.
    pub cost_usd: Option<f64>,
    /// Whether all of them were taken from the cache of replies.
    pub cached: bool,
}

impl CustomerReply {
    /// A reply of which the agent hears all.
    pub fn text(text: impl Into<String>) -> Self {
        CustomerReply { text: text.into(), ..CustomerReply::default() }
    }
}

/// Somebody who wants something of the agent.
#[async_trait]
pub trait Customer: Send + Sync {
    /// The name a person knows it by.
    fn name(&self) -> &str;

    /// What the customer says next. `conversation` is the agent's view, policy and tool messages
    /// included; the first call comes before anybody has said anything.
    async fn reply(&self, conversation: &[Message]) -> Result<CustomerReply, ModelError>;
}

/// A customer with a voice, in any of the strategies; a person is a model here as well
/// ([`crate::human::HumanModel`]).
pub struct ModelCustomer {
    voice: Box<dyn CustomerVoice>,
    strategy: CustomerStrategy,
    wording: Wording,
    system: String,
    sampling: Sampling,
}

impl ModelCustomer {
    /// The customer of `task`, played by `voice` as `strategy` says. How its traits get into what it
    /// says is the voice's affair; one that has to be told them is, in the system prompt. A person is
    /// shown them by the host.
    ///
    /// # Errors
    /// When the prompt cannot be made.
    pub fn new(
        strategy: CustomerStrategy,
        voice: Box<dyn CustomerVoice>,
        task: &Task,
        wording: &Wording,
    ) -> Result<Self, PromptError> {
        let traits = voice.told();
        let system = match strategy {
            CustomerStrategy::Human => task.instruction.clone(),
            CustomerStrategy::React => {
                system_prompt(wording, "customer/react", &task.instruction, &traits)?
            }
            _ => system_prompt(wording, "customer/llm", &task.instruction, &traits)?,
        };
        let (wording, sampling) = (wording.clone(), Sampling::default());
        Ok(ModelCustomer { voice, strategy, wording, system, sampling })
    }

    /// The same with a sampling temperature; without one the model's own default holds.
    pub fn with_temperature(mut self, temperature: f64) -> Self {
        self.sampling.temperature = Some(temperature);
        self
    }

    /// The same with a sampling seed, where whoever speaks takes one.
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.sampling.seed = Some(seed);
        self
    }

    /// A message in the customer's voice; adds what it cost to `bill`.
    async fn say(&self, history: Vec<Message>, bill: &mut Bill) -> Result<Said, ModelError> {
        let reply = self.voice.say(history, self.sampling).await?;
        bill.add(&reply);
        let steering = reply.message.reading.and_then(|reading| reading.steering);
        Ok(Said { text: reply.message.content.unwrap_or_default(), steering })
    }

    /// Asks whoever speaks something out of the role; adds what it cost to `bill`.
    async fn ask(&self, messages: Vec<Message>, bill: &mut Bill) -> Result<String, ModelError> {
        let reply = self.voice.ask(messages, self.sampling).await?;
        bill.add(&reply);
        Ok(reply.message.content.unwrap_or_default())
    }
}

/// What the voice said, and what it noticed as it did.
struct Said {
    text: String,
    steering: Option<Steering>,
}

impl Said {
    /// The text with all that was read out of it.
    fn with(text: String, reading: Option<Reading>, steering: Option<Steering>) -> Words {
        let reading = match (reading, steering) {
            (reading, None) => reading,
            (reading, steering) => Some(Reading { steering, ..reading.unwrap_or_default() }),
        };
        (text, reading)
    }
}

/// What the agent hears, and what it does not hear of it.
type Words = (String, Option<Reading>);

/// What replies cost.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bill {
    pub(crate) usage: Usage,
    pub(crate) cost_usd: Option<f64>,
    /// Replies that were counted one by one.
    pub(crate) replies: u32,
    /// Those of them that were taken from the cache.
    pub(crate) cached: u32,
}

impl Bill {
    pub(crate) fn add(&mut self, reply: &ChatReply) {
        self.add_up(reply.usage, reply.cost_usd);
        self.replies += 1;
        self.cached += u32::from(reply.message.cached);
    }

    pub(crate) fn add_up(&mut self, usage: Usage, cost_usd: Option<f64>) {
        self.usage.input_tokens += usage.input_tokens;
        self.usage.output_tokens += usage.output_tokens;
        if let Some(cost) = cost_usd {
            *self.cost_usd.get_or_insert(0.0) += cost;
        }
    }
}

/// The instructions for whoever plays the customer. Traits that the template does not mention are
/// added at its end: a wording that knows none must not lose them.
fn system_prompt(
    wording: &Wording,
    id: &str,
    instruction: &str,
    traits: &[String],
) -> Result<String, PromptError> {
    let prompt = wording.render(id, context! { instruction, traits })?;
    let told =
        traits.is_empty() || prompts::mentions(wording.text(id).unwrap_or_default(), "traits");
    if told {
        return Ok(prompt);
    }
    let added = wording.render("customer/traits", context! { traits })?;
    Ok(format!("{}\n\n{added}", prompt.trim_end()))
}

/// The conversation as the customer sees it: the sides swapped, without tools, after the greeting.
fn swapped(system: &str, conversation: &[Message]) -> Vec<Message> {
    let mut messages =
        vec![Message::text(Role::System, system), Message::text(Role::User, GREETING)];
    for message in conversation {
        let Some(heard) = message.heard() else { continue };
        messages.push(match message.role {
            // Upstream keeps a thinking customer's whole text in its own history.
            Role::User => Message::text(Role::Assistant, thinking::as_written(message, heard)),
            _ => Message::text(Role::User, heard),
        });
    }
    messages
}

#[async_trait]
impl Customer for ModelCustomer {
    fn name(&self) -> &str {
        self.voice.name()
    }

    async fn reply(&self, conversation: &[Message]) -> Result<CustomerReply, ModelError> {
        let history = swapped(&self.system, conversation);
        let mut bill = Bill::default();
        let (text, reading) = match self.strategy {
            CustomerStrategy::Verify => self.verified(history, &mut bill).await?,
            CustomerStrategy::Reflection => self.reflected(history, &mut bill).await?,
            CustomerStrategy::React => {
                let said = self.say(history, &mut bill).await?;
                let (text, reading) = thinking::read(&said.text);
                Said::with(text, reading, said.steering)
            }
            CustomerStrategy::Llm
            | CustomerStrategy::Human
            | CustomerStrategy::TraitMix
            | CustomerStrategy::Local
            | CustomerStrategy::Practice => {
                let said = self.say(history, &mut bill).await?;
                Said::with(said.text, None, said.steering)
            }
        };
        let cached = bill.replies > 0 && bill.cached == bill.replies;
        Ok(CustomerReply { text, reading, usage: bill.usage, cost_usd: bill.cost_usd, cached })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tau_domain::ToolCall;

    #[test]
    fn the_customer_sees_the_agent_as_the_other_side_and_no_tools() {
        let call = ToolCall { id: "1".into(), name: "t".into(), arguments: "{}".into() };
        let mut calling = Message::text(Role::Assistant, "One moment.");
        calling.tool_calls.push(call.clone());
        let read = |reading| Message::text(Role::Assistant, "Action: ...").with_reading(reading);
        let conversation = [
            Message::text(Role::System, "policy"),
            Message::text(Role::User, "I want a refund.")
                .with_reading(Reading { thought: Some("Be brief.".into()), ..Reading::default() }),
            calling,
            Message::tool_result(&call, "secret"),
            read(Reading { call: Some(call), ..Reading::default() }),
            Message::text(Role::User, "API output: secret")
                .with_reading(Reading { observation_of: Some("t".into()), ..Reading::default() }),
            read(Reading { said: Some("Which order?".into()), ..Reading::default() }),
        ];
        let seen: Vec<(Role, String)> = swapped("you are a customer", &conversation)
            .into_iter()
            .map(|message| (message.role, message.content.unwrap()))
            .collect();
        assert_eq!(
            seen,
            [
                (Role::System, "you are a customer".to_owned()),
                (Role::User, GREETING.to_owned()),
                (
                    Role::Assistant,
                    "Thought:\nBe brief.\n\nUser Response:\nI want a refund.".to_owned()
                ),
                (Role::User, "Which order?".to_owned()),
            ]
        );
    }

    #[test]
    fn the_prompt_holds_the_instruction_and_the_traits_as_they_are() {
        let instruction = "You are Ann. {{ not a template }}";
        let shipped = Wording::shipped();
        for id in ["customer/llm", "customer/react"] {
            let plain = system_prompt(&shipped, id, instruction, &[]).unwrap();
            assert!(plain.contains(instruction) && plain.contains("###STOP###"));
            assert!(!plain.contains("How you come across"));
            let traits = ["You are terse.".to_owned(), "You doubt.".to_owned()];
            let mixed = system_prompt(&shipped, id, instruction, &traits).unwrap();
            assert!(mixed.contains("- You are terse.\n- You doubt.\n"), "{mixed}");
        }
    }

    #[test]
    fn a_wording_that_knows_no_traits_gets_them_at_the_end() {
        let mut wording = Wording::shipped();
        wording.texts.insert("customer/llm".into(), "Be {{ instruction }}. ###STOP###\n".into());
        let text =
            |traits: &[String]| system_prompt(&wording, "customer/llm", "Ann", traits).unwrap();
        assert_eq!(text(&[]), "Be Ann. ###STOP###");
        let mixed = text(&["You doubt.".to_owned()]);
        assert!(
            mixed.starts_with("Be Ann. ###STOP###\n\n# How you come across\n\n- You doubt.\n"),
            "{mixed}"
        );
    }
}
