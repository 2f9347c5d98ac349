//! The agent.

use async_trait::async_trait;
use tau_domain::{Message, Role, plain};
use tau_llm::{ChatModel, ChatReply, ChatRequest, ModelError};
use tau_toolkits::{Definition, Requestor, Task, ToolKind};

use super::super::agent::agreement;
use super::super::{Chance, PRACTICE_AGENT};
use super::{CLOSING, GO_AHEAD, Next, Step, reports, steps};

/// How often it asks for one thing before it goes on without.
const PATIENCE: usize = 3;
/// Share of conversations in which it forgets the last thing that is to be done.
const CARELESS: f64 = 0.08;

/// An agent that follows a task's expected actions, with a customer or alone. See the module's text.
#[derive(Debug)]
pub struct DualPracticeAgent {
    steps: Vec<Step>,
    /// Whether each step changes something on the agent's side.
    changes: Vec<bool>,
    says: Vec<String>,
    chance: Chance,
}

/// How far a conversation has come.
#[derive(Default)]
struct Progress {
    /// The step that is next.
    at: usize,
    /// How often the customer was asked about it.
    asked: usize,
    /// Whether the customer agreed to it.
    agreed: bool,
    /// Whether the customer answered with a question.
    questioned: bool,
    /// Whether the agent has asked for anything else.
    closed: bool,
}

impl Progress {
    fn go_on(&mut self) {
        *self = Progress { at: self.at + 1, ..Progress::default() };
    }
}

impl DualPracticeAgent {
    /// An agent for one conversation about `task`.
    pub fn new(definition: &Definition, task: &Task, seed: u64) -> Self {
        let steps = steps(task);
        let tools = definition.domain.agent();
        let changes = |step: &Step| {
            step.by == Requestor::Assistant && tools.tool_kind(&step.tool) == Some(ToolKind::Write)
        };
        let criteria = task.graded.criteria.as_ref();
        let says = criteria.and_then(|criteria| criteria.communicate_info.clone());
        DualPracticeAgent {
            changes: steps.iter().map(changes).collect(),
            steps,
            says: says.unwrap_or_default(),
            chance: Chance(seed),
        }
    }

    /// Whether the step is one that this agent forgets.
    fn forgets(&self, at: usize) -> bool {
        at > 0 && at + 1 == self.steps.len() && self.chance.happens("careless", CARELESS)
    }

    fn progress(&self, messages: &[Message]) -> Progress {
        let mut progress = Progress::default();
        for message in messages {
            let text = message.content.as_deref().unwrap_or_default();
            match message.role {
                Role::Assistant if !message.tool_calls.is_empty() => {
                    message.tool_calls.iter().for_each(|_| progress.go_on());
                }
                Role::Assistant if text.contains(CLOSING) => progress.closed = true,
                Role::Assistant if self.asks(progress.at, text) => progress.asked += 1,
                Role::User if progress.asked > 0 => self.hear(&mut progress, text),
                _ => {}
            }
        }
        progress
    }

    /// Whether the agent's words are about the step.
    fn asks(&self, at: usize, text: &str) -> bool {
        let names = |step: &Step| text.contains(&format!("[{}]", step.tool));
        self.steps.get(at).is_some_and(names)
    }

    /// What the customer's answer changes.
    fn hear(&self, progress: &mut Progress, text: &str) {
        let Some(step) = self.steps.get(progress.at) else { return };
        let answer = agreement(text);
        let tired = progress.asked >= PATIENCE;
        progress.questioned = text.contains('?');
        match step.by {
            _ if answer == Some(false) => progress.go_on(),
            Requestor::User if reports(text) => progress.go_on(),
            Requestor::Assistant if answer == Some(true) => progress.agreed = true,
            _ if tired => progress.go_on(),
            _ => {}
        }
    }

    fn next(&self, messages: &[Message], done: Option<&str>) -> Next {
        let mut progress = self.progress(messages);
        if progress.closed {
            return Next::Say("Thank you for calling. Goodbye.".to_owned());
        }
        if self.forgets(progress.at) {
            progress.go_on();
        }
        let Some(step) = self.steps.get(progress.at) else {
            if let Some(done) = done {
                return Next::Call(done.to_owned(), "{}".to_owned());
            }
            let says: Vec<String> =
                self.says.iter().map(|what| format!("For your records: {what}. ")).collect();
            return Next::Say(format!(
                "That is everything from my side. {}{CLOSING}",
                says.concat()
            ));
        };
        let own = done.is_some() || step.by == Requestor::Assistant;
        if own && (done.is_some() || progress.agreed || !self.changes[progress.at]) {
            return Next::Call(step.tool.clone(), step.arguments.clone());
        }
        let what = plain::tool_to_call(&step.tool, &step.arguments);
        let name = &step.tool;
        Next::Say(match (own, progress.asked) {
            (true, _) => format!("I would now do this for you: {what} [{name}]. {GO_AHEAD}"),
            (false, 0) => {
                format!(
                    "Please do this on your device: {what} [{name}]. Then tell me what you see."
                )
            }
            (false, _) if progress.questioned => {
                format!("It helps us find out what is wrong. So please: {what} [{name}].")
            }
            (false, _) => format!("I could not follow. Please do this once more: {what} [{name}]."),
        })
    }
}

#[async_trait]
impl ChatModel for DualPracticeAgent {
    fn name(&self) -> &str {
        PRACTICE_AGENT
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        // An agent alone has to call; the tool that ends its work comes last.
        let done = request.tools.last().filter(|_| request.must_call);
        let next = self.next(&request.messages, done.map(|tool| tool.name.as_str()));
        Ok(next.reply(request.messages.len()))
    }
}
