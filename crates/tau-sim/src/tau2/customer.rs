//! The simulated customer (upstream `user/user_simulator.py`). Upstream's `dummy_user`, who never says
//! anything, is no customer at all.

use minijinja::context;
use tau_domain::{Message, Role, ToolSpec};
use tau_toolkits::{Definition, Requestor, Task};
use tau_traits::{CustomerVoice, Sampling};

use super::Entry;
use crate::prompts::{PromptError, Wording};

/// A simulated customer with the task's scenario, the tools it has there, and traits where its voice is
/// told some.
pub struct SimulatedCustomer {
    pub(super) voice: Box<dyn CustomerVoice>,
    pub(super) system: String,
    pub(super) tools: Vec<ToolSpec>,
    pub(super) sampling: Sampling,
}

impl SimulatedCustomer {
    /// The customer of `task`, played by `voice`. What a voice has to be told of its traits comes after
    /// the domain's own prompt, in the words of `wording`.
    ///
    /// # Errors
    /// When what is said of the traits cannot be made.
    pub fn new(
        definition: &Definition,
        task: &Task,
        voice: Box<dyn CustomerVoice>,
        wording: &Wording,
    ) -> Result<Self, PromptError> {
        let tools = definition.user_tools_of(task);
        // A customer whose task leaves it no tool is still told how tools are used, as upstream does.
        let scenario = task.scenario.to_string();
        let mut system = definition.wording.user_prompt(tools.is_some(), &scenario);
        let traits = voice.told();
        if !traits.is_empty() {
            let told = wording.render("customer/traits", context! { traits })?;
            system = format!("{system}\n\n{told}");
        }
        let sampling = Sampling { temperature: Some(0.0), ..Sampling::default() };
        Ok(SimulatedCustomer { voice, system, tools: tools.unwrap_or_default(), sampling })
    }

    /// The same with another temperature than upstream's 0; `None` leaves the model's own default.
    #[must_use]
    pub fn with_temperature(mut self, temperature: Option<f64>) -> Self {
        self.sampling.temperature = temperature;
        self
    }

    /// The same with a sampling seed, where whoever speaks takes one.
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.sampling.seed = Some(seed);
        self
    }

    /// What its model is told.
    pub fn system(&self) -> &str {
        &self.system
    }

    /// The tools it has.
    pub fn tools(&self) -> &[ToolSpec] {
        &self.tools
    }
}

/// A message as the customer's model sees it: the sides are swapped, its own calls and their answers are
/// there. `None` for what the customer never sees.
pub(super) fn flipped(entry: &Entry) -> Option<Message> {
    let message = &entry.message;
    let by_customer = entry.requestor == Requestor::User;
    match message.role {
        Role::User => Some(Message { role: Role::Assistant, ..message.clone() }),
        Role::Assistant if !entry.is_tool_call() => {
            Some(Message::text(Role::User, message.content.clone().unwrap_or_default()))
        }
        Role::Tool if by_customer => Some(message.clone()),
        _ => None,
    }
}
