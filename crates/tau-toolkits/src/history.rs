//! What an environment is set up with: initial data and actions of a task, and a history of messages.

use std::sync::Arc;

use thiserror::Error;

use crate::members::{Read, given, malformed};
use crate::value::{Map, Value};

/// Who calls a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requestor {
    /// The agent.
    Assistant,
    /// The customer.
    User,
}

impl Requestor {
    /// Upstream's word.
    pub fn word(self) -> &'static str {
        match self {
            Requestor::Assistant => "assistant",
            Requestor::User => "user",
        }
    }

    fn of(word: &str) -> Option<Requestor> {
        match word {
            "assistant" => Some(Requestor::Assistant),
            "user" => Some(Requestor::User),
            _ => None,
        }
    }
}

/// A call of a tool.
#[derive(Clone, Debug)]
pub struct ToolCall {
    /// Its id; empty when there is none.
    pub id: String,
    /// The tool.
    pub name: String,
    /// The arguments by name.
    pub arguments: Arc<Map>,
    /// Who calls.
    pub requestor: Requestor,
}

/// A call of any method of a toolkit: an initial action, or what an assertion asks.
#[derive(Clone, Debug)]
pub struct FunctionCall {
    /// Whose toolkit.
    pub side: Requestor,
    /// The method.
    pub name: String,
    /// The arguments by name.
    pub arguments: Arc<Map>,
}

/// A task's `initial_state`, without its messages.
#[derive(Clone, Debug, Default)]
pub struct Initial {
    /// What is merged into the agent's database.
    pub agent_data: Option<Value>,
    /// What is merged into the customer's.
    pub user_data: Option<Value>,
    /// What is called then, in order.
    pub actions: Vec<FunctionCall>,
}

/// A message, as far as a replay looks at it.
#[derive(Clone, Debug)]
pub enum Turn {
    /// Somebody's message. Calls may be an empty list, which is not the same as none.
    Said {
        /// Whether it is the customer's.
        by_user: bool,
        /// The text.
        content: Option<String>,
        /// The calls in it.
        calls: Option<Vec<ToolCall>>,
    },
    /// A tool's answer.
    Answer {
        /// The id of the call.
        id: String,
        /// What it gave.
        content: Option<String>,
    },
    /// A system message.
    System,
}

/// A task's initial state or a history is not what upstream's models take.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct MalformedHistory(pub String);

fn text(object: &Map, name: &str) -> Read<String> {
    match given(object, name) {
        Some(Value::Str(text)) => Ok(text.to_string()),
        _ => malformed(format!("{name} is not a text")),
    }
}

fn arguments(object: &Map) -> Read<Arc<Map>> {
    match object.get("arguments") {
        Some(Value::Dict(arguments)) => Ok(arguments.clone()),
        _ => malformed("arguments is not an object"),
    }
}

fn object(value: &Value) -> Read<&Map> {
    value.as_dict().ok_or_else(|| MalformedHistory("not an object".into()))
}

fn content(object: &Map) -> Option<String> {
    given(object, "content").and_then(Value::as_str).map(str::to_string)
}

fn items<'v>(object: &'v Map, name: &str) -> Read<Option<&'v [Value]>> {
    match given(object, name) {
        None => Ok(None),
        Some(Value::List(items)) => Ok(Some(items)),
        Some(_) => malformed(format!("{name} is not a list")),
    }
}

impl FunctionCall {
    /// Reads an `EnvFunctionCall` (or what an `EnvAssertion` calls).
    ///
    /// # Errors
    /// What is missing.
    pub fn read(value: &Value) -> Read<FunctionCall> {
        let object = object(value)?;
        let side = text(object, "env_type")?;
        let side = Requestor::of(&side).ok_or_else(|| {
            MalformedHistory(format!("env_type {side} is neither user nor assistant"))
        })?;
        Ok(FunctionCall { side, name: text(object, "func_name")?, arguments: arguments(object)? })
    }
}

impl ToolCall {
    /// Reads a `ToolCall`, or a gold `Action`.
    ///
    /// # Errors
    /// What is missing.
    pub fn read(value: &Value) -> Read<ToolCall> {
        let object = object(value)?;
        let requestor = match given(object, "requestor") {
            None => Requestor::Assistant,
            Some(word) => word.as_str().and_then(Requestor::of).ok_or_else(|| {
                MalformedHistory("requestor is neither user nor assistant".into())
            })?,
        };
        Ok(ToolCall {
            id: given(object, "id").and_then(Value::as_str).unwrap_or_default().to_string(),
            name: text(object, "name")?,
            arguments: arguments(object)?,
            requestor,
        })
    }
}

impl Initial {
    /// Reads a task's `initial_state`; null gives an empty one.
    ///
    /// # Errors
    /// What is missing.
    pub fn read(value: &Value) -> Read<Initial> {
        if value.is_none() {
            return Ok(Initial::default());
        }
        let state = object(value)?;
        let mut initial = Initial::default();
        if let Some(data) = given(state, "initialization_data") {
            let data = object(data)?;
            initial.agent_data = given(data, "agent_data").cloned();
            initial.user_data = given(data, "user_data").cloned();
        }
        for action in items(state, "initialization_actions")?.unwrap_or_default() {
            initial.actions.push(FunctionCall::read(action)?);
        }
        Ok(initial)
    }

    /// Reads the messages of a task's `initial_state`.
    ///
    /// # Errors
    /// What is missing.
    pub fn read_history(value: &Value) -> Read<Vec<Turn>> {
        match value.as_dict() {
            Some(state) => items(state, "message_history")?
                .unwrap_or_default()
                .iter()
                .map(Turn::read)
                .collect(),
            None => Ok(Vec::new()),
        }
    }
}

impl Turn {
    /// Reads a message.
    ///
    /// # Errors
    /// What is missing.
    pub fn read(value: &Value) -> Read<Turn> {
        let object = object(value)?;
        match &*text(object, "role")? {
            role @ ("user" | "assistant") => {
                let calls = items(object, "tool_calls")?
                    .map(|calls| calls.iter().map(ToolCall::read).collect::<Read<Vec<_>>>())
                    .transpose()?;
                let content = content(object);
                Ok(Turn::Said { by_user: role == "user", content, calls })
            }
            "tool" => Ok(Turn::Answer { id: text(object, "id")?, content: content(object) }),
            "system" => Ok(Turn::System),
            role => malformed(format!("there is no role {role}")),
        }
    }
}
