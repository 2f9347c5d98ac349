//! The environment of one conversation: both toolkits, what they do together, and replay.

use thiserror::Error;

use crate::domain::Sync;
use crate::history::{FunctionCall, Initial, Requestor, ToolCall, Turn};
use crate::python;
use crate::raised::{Kind, Outcome, Raised};
use crate::text::to_json_str;
use crate::toolkit::{Profile, ToolKind, Toolkit};
use crate::value::{Map, Value};

/// What a tool answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The id of the call.
    pub id: String,
    /// The text.
    pub content: String,
    /// Who called.
    pub requestor: Requestor,
    /// Whether the text is an error.
    pub error: bool,
}

/// Why a state could not be set up.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StateError {
    /// Upstream raises here too: initial data that does not fit, an initial action that fails, a history
    /// whose calls and answers do not pair.
    #[error(transparent)]
    Raised(#[from] Raised),
    /// A tool answers other than the history says it did.
    #[error("{name} gave {returned:?} where {expected:?} is recorded")]
    Differs {
        /// The tool.
        name: String,
        /// What it gives.
        returned: String,
        /// What is recorded.
        expected: String,
    },
}

/// The state of one conversation and the tools over it.
pub struct Environment {
    pub(crate) profile: Profile,
    pub(crate) agent: Box<dyn Toolkit>,
    pub(crate) user: Option<Box<dyn Toolkit>>,
    pub(crate) sync: Option<Sync>,
    pub(crate) solo: bool,
    /// Both sides hold one database; see [`Environment::set_state`].
    pub(crate) aliased: bool,
}

impl Clone for Environment {
    fn clone(&self) -> Environment {
        Environment {
            agent: self.agent.boxed(),
            user: self.user.as_ref().map(|user| user.boxed()),
            ..*self
        }
    }
}

impl Environment {
    /// The agent's toolkit.
    pub fn agent(&self) -> &dyn Toolkit {
        &*self.agent
    }

    /// The customer's toolkit, where the domain has one.
    pub fn user(&self) -> Option<&dyn Toolkit> {
        self.user.as_deref()
    }

    /// The hash of the agent's database.
    pub fn agent_hash(&self) -> String {
        self.agent.hash()
    }

    /// The hash of the customer's database.
    pub fn user_hash(&self) -> Option<String> {
        self.user.as_ref().map(|user| user.hash())
    }

    /// What a tool does, looked up on the agent's side first.
    pub fn tool_kind(&self, name: &str) -> Option<ToolKind> {
        self.agent.tool_kind(name).or_else(|| self.user.as_ref()?.tool_kind(name))
    }

    /// Calls a tool, and nothing else.
    ///
    /// # Errors
    /// What it raises.
    pub fn make_tool_call(&mut self, name: &str, requestor: Requestor, arguments: &Map) -> Outcome {
        reserved(arguments)?;
        let for_user = match requestor {
            Requestor::User if self.solo => {
                return Err(Raised::value("User tool calls are not allowed in solo mode"));
            }
            Requestor::User => true,
            Requestor::Assistant => {
                let user = self.user.as_ref().filter(|_| self.solo);
                user.is_some_and(|user| user.tool_kind(name).is_some())
            }
        };
        let outcome = match (for_user, &mut self.user) {
            (false, _) => self.agent.use_tool(name, arguments),
            (true, Some(user)) => user.use_tool(name, arguments),
            (true, None) => return Err(Raised::value("User tools not available")),
        };
        self.share(for_user);
        outcome
    }

    /// Calls a tool, lets the sides meet, and gives what the caller reads.
    pub fn get_response(&mut self, call: &ToolCall) -> Response {
        let outcome = self
            .make_tool_call(&call.name, call.requestor, &call.arguments)
            .and_then(|value| self.sync_tools().map(|()| value));
        let (content, error) = match outcome {
            Ok(value) => (to_json_str(&value), false),
            Err(raised) => (format!("Error: {raised}"), true),
        };
        Response { id: call.id.clone(), content, requestor: call.requestor, error }
    }

    /// Lets what happened on one side reach the other.
    ///
    /// # Errors
    /// What the domain raises when the two do not fit together.
    pub fn sync_tools(&mut self) -> Result<(), Raised> {
        match (self.sync, &mut self.user) {
            (Some(sync), Some(user)) => sync(&mut *self.agent, &mut **user),
            _ => Ok(()),
        }
    }

    /// Calls any method of a side, tool or not, and lets the sides meet.
    ///
    /// # Errors
    /// What it raises.
    pub fn call_function(&mut self, call: &FunctionCall) -> Outcome {
        let for_user = call.side == Requestor::User;
        let value = match (for_user, &mut self.user) {
            (false, _) => self.agent.call_method(&call.name, &call.arguments)?,
            (true, Some(user)) => user.call_method(&call.name, &call.arguments)?,
            (true, None) => return Err(Raised::attribute(&Value::None, &call.name)),
        };
        self.share(for_user);
        self.sync_tools()?;
        Ok(value)
    }

    /// Asks an assertion; the answer is what the state says, not whether that was wanted.
    ///
    /// # Errors
    /// What it raises, or that it answers neither yes nor no.
    pub fn assertion(&mut self, call: &FunctionCall) -> Result<bool, Raised> {
        match self.call_function(call)? {
            Value::Bool(holds) => Ok(holds),
            other => Err(Raised::value(format!(
                "Function {} returned <class '{}'> instead of bool",
                call.name,
                python::type_name(&other)
            ))),
        }
    }

    /// Sets up a task's state and replays a history: what its tools answer now must be what they are
    /// recorded to have answered. Before 1.0 every call is made again; since, only those that may change
    /// something, and names that are no tool are passed over.
    ///
    /// From 1.0 on, initial data of one side also makes both sides hold that side's database, even where
    /// the models differ.
    ///
    /// # Errors
    /// What upstream raises, and answers that differ.
    pub fn set_state(&mut self, initial: &Initial, history: &[Turn]) -> Result<(), StateError> {
        self.replay(initial, history, true).map(|_| ())
    }

    /// As [`Environment::set_state`], but an answer that differs is passed over; gives how many did.
    ///
    /// # Errors
    /// What upstream raises.
    pub fn set_state_leniently(
        &mut self,
        initial: &Initial,
        history: &[Turn],
    ) -> Result<usize, StateError> {
        self.replay(initial, history, false)
    }

    fn replay(
        &mut self,
        initial: &Initial,
        history: &[Turn],
        strict: bool,
    ) -> Result<usize, StateError> {
        if self.solo && history.iter().any(|turn| matches!(turn, Turn::Said { by_user: true, .. }))
        {
            return Err(Raised::assertion("User messages are not allowed in solo mode").into());
        }
        self.merge(initial)?;
        for action in &initial.actions {
            self.call_function(action)?;
        }
        let mut differ = 0;
        for (call, expected) in pairs(history)? {
            if self.profile >= Profile::V1_0
                && !self.tool_kind(&call.name).is_some_and(ToolKind::mutates)
            {
                continue;
            }
            let response = self.get_response(call);
            let Some(expected) = expected else {
                return Err(Raised::type_error(
                    "the JSON object must be str, bytes or bytearray, not NoneType",
                )
                .into());
            };
            if same_answer(&response.content, expected) {
                continue;
            }
            if strict {
                return Err(StateError::Differs {
                    name: call.name.clone(),
                    returned: response.content,
                    expected: expected.to_string(),
                });
            }
            differ += 1;
        }
        self.sync_tools()?;
        Ok(differ)
    }

    fn merge(&mut self, initial: &Initial) -> Result<(), Raised> {
        let aliasing = self.profile >= Profile::V1_0 && self.user.is_some();
        if let Some(data) = &initial.agent_data {
            self.agent.merge(data)?;
            self.aliased |= aliasing;
            self.share(false);
        }
        if let Some(data) = &initial.user_data {
            let Some(user) = &mut self.user else {
                return Err(Raised::attribute(&Value::None, "update_db"));
            };
            user.merge(data)?;
            self.aliased |= aliasing;
            self.share(true);
        }
        Ok(())
    }

    /// Where both sides hold one database, brings the change of one to the other.
    fn share(&mut self, from_user: bool) {
        if let (true, Some(user)) = (self.aliased, &mut self.user) {
            if from_user {
                self.agent.adopt(user.dump());
            } else {
                user.adopt(self.agent.dump());
            }
        }
    }
}

/// Names that upstream's own call of a tool already uses.
fn reserved(arguments: &Map) -> Result<(), Raised> {
    const CALL: &str = "Environment.make_tool_call() got multiple values for";
    if arguments.contains_key("requestor") {
        return Err(Raised::type_error(format!(
            "tau2.environment.environment.{CALL} keyword argument 'requestor'"
        )));
    }
    match arguments.keys().find(|name| matches!(&***name, "self" | "tool_name")) {
        Some(name) => Err(Raised::type_error(format!("{CALL} argument '{name}'"))),
        None => Ok(()),
    }
}

/// The calls of a history, each with what it is recorded to have given.
fn pairs(history: &[Turn]) -> Result<Vec<(&ToolCall, Option<&str>)>, Raised> {
    let mut pairs = Vec::new();
    let mut turns = history.iter();
    while let Some(turn) = turns.next() {
        let calls = match turn {
            Turn::Answer { .. } => {
                return Err(Raised::value(
                    "Tool message not expected. Tool messages should always follow a tool call.",
                ));
            }
            Turn::Said { calls: Some(calls), .. } => calls,
            Turn::Said { calls: None, .. } | Turn::System => continue,
        };
        for call in calls {
            match turns.next() {
                None => return Err(Raised::value("Tool message expected. Got None.")),
                Some(Turn::Answer { id, .. }) if *id != call.id => {
                    return Err(Raised::value(format!(
                        "Tool call id mismatch. Got {} and {id}",
                        call.id
                    )));
                }
                Some(Turn::Answer { content, .. }) => pairs.push((call, content.as_deref())),
                Some(_) => {
                    return Err(Raised::value("Tool message expected. Got another message."));
                }
            }
        }
    }
    Ok(pairs)
}

/// Whether two answers are the same to upstream: read as JSON where they are JSON, compared as Python
/// compares. Two errors are not held against each other: their texts are Python's and pydantic's, and differ
/// from version to version.
fn same_answer(returned: &str, expected: &str) -> bool {
    let read = |text: &str| Value::read_json(text).unwrap_or_else(|_| Value::str(text));
    let error = |text: &str| text.starts_with("Error:");
    python::equal(&read(returned), &read(expected)) || (error(returned) && error(expected))
}

/// Two toolkits whose tools share a name cannot be one agent's.
pub(crate) fn check_solo(agent: &dyn Toolkit, user: Option<&dyn Toolkit>) -> Result<(), Raised> {
    let Some(user) = user else { return Ok(()) };
    let both: Vec<String> = agent
        .tools()
        .iter()
        .filter(|tool| user.tool_kind(tool.name).is_some())
        .map(|tool| format!("'{}'", tool.name))
        .collect();
    if both.is_empty() {
        return Ok(());
    }
    Err(Raised::new(Kind::ValueError, format!("Tool names overlap: {{{}}}", both.join(", "))))
}
