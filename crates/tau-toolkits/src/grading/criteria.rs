//! What a task is graded by: upstream `data_model/tasks.py`, `EvaluationCriteria`.

use std::sync::Arc;

use crate::history::{FunctionCall, Initial, MalformedHistory, ToolCall, Turn};
use crate::members::{Read, given, list, malformed, object, text};
use crate::python;
use crate::toolkit::Profile;
use crate::value::{Map, Value};

/// One of the things a reward may be made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Both databases are what the expected actions leave.
    Db,
    /// The assertions on the state hold.
    EnvAssertion,
    /// A judge finds the assertions in words met.
    NlAssertion,
    /// The expected actions were taken.
    Action,
    /// What had to be said was said.
    Communicate,
}

impl Basis {
    /// All, in upstream's order.
    pub const ALL: [Basis; 5] =
        [Basis::Db, Basis::EnvAssertion, Basis::NlAssertion, Basis::Action, Basis::Communicate];

    /// Upstream's word.
    pub fn word(self) -> &'static str {
        match self {
            Basis::Db => "DB",
            Basis::EnvAssertion => "ENV_ASSERTION",
            Basis::NlAssertion => "NL_ASSERTION",
            Basis::Action => "ACTION",
            Basis::Communicate => "COMMUNICATE",
        }
    }

    /// The one of this word.
    pub fn of(word: &str) -> Option<Basis> {
        Basis::ALL.into_iter().find(|basis| basis.word() == word)
    }
}

/// An action that a task expects.
#[derive(Clone, Debug)]
pub struct Action {
    /// Its id in the task.
    pub id: String,
    /// The call.
    pub call: ToolCall,
    /// What is said about it.
    pub info: Option<String>,
    /// The arguments that count; those of the call that is compared where nothing is said.
    pub compare_args: Option<Vec<String>>,
}

/// What has to hold of the state.
#[derive(Clone, Debug)]
pub struct Assertion {
    /// What is asked.
    pub call: FunctionCall,
    /// The answer that is wanted.
    pub wanted: bool,
    /// What is said when it does not hold.
    pub message: Option<String>,
}

/// What a task is graded by. A list that is absent and one that is empty are not the same.
#[derive(Clone, Debug)]
pub struct Criteria {
    /// The expected actions.
    pub actions: Option<Vec<Action>>,
    /// Assertions on the state.
    pub env_assertions: Option<Vec<Assertion>>,
    /// What has to be said.
    pub communicate_info: Option<Vec<String>>,
    /// Assertions in words, for a judge.
    pub nl_assertions: Option<Vec<String>>,
    /// What the reward is the product of.
    pub basis: Vec<Basis>,
}

/// A task as far as grading looks at it.
#[derive(Clone, Debug, Default)]
pub struct GradedTask {
    /// How its state is set up.
    pub initial: Initial,
    /// The messages before the conversation.
    pub history: Vec<Turn>,
    /// What it is graded by.
    pub criteria: Option<Criteria>,
}

fn word(value: &Value) -> Read<String> {
    match value {
        Value::Str(text) => Ok(text.to_string()),
        _ => malformed("a list of texts holds something else"),
    }
}

impl Action {
    /// Reads an `Action`.
    ///
    /// # Errors
    /// What is missing.
    pub fn read(value: &Value) -> Read<Action> {
        let object = object(value, "an action")?;
        let Some(id) = text(object, "action_id")? else {
            return malformed("an action has no action_id");
        };
        Ok(Action {
            id,
            call: ToolCall::read(value)?,
            info: text(object, "info")?,
            compare_args: list(object, "compare_args", word)?,
        })
    }

    /// Whether a call is this action: the names, and the arguments that count. Who called is not
    /// compared. Where the action does not say which arguments count, those of the call do, so that one
    /// without any is always the action (upstream `Action.compare_with_tool_call`).
    pub fn is(&self, call: &ToolCall) -> bool {
        if self.call.name != call.name {
            return false;
        }
        let counts = |name: &str| match &self.compare_args {
            Some(names) => names.iter().any(|one| one == name),
            None => call.arguments.contains_key(name),
        };
        let of = |arguments: &Map| {
            let entries = arguments.iter().filter(|(name, _)| counts(name));
            Value::Dict(Arc::new(entries.map(|(n, v)| (n.clone(), v.clone())).collect()))
        };
        python::equal(&of(&call.arguments), &of(&self.call.arguments))
    }
}

impl Assertion {
    /// Reads an `EnvAssertion`.
    ///
    /// # Errors
    /// What is missing.
    pub fn read(value: &Value) -> Read<Assertion> {
        let object = object(value, "an assertion")?;
        let wanted = match object.get("assert_value") {
            None => true,
            Some(Value::Bool(wanted)) => *wanted,
            Some(_) => return malformed("assert_value is neither true nor false"),
        };
        Ok(Assertion {
            call: FunctionCall::read(value)?,
            wanted,
            message: text(object, "message")?,
        })
    }
}

impl Criteria {
    /// Reads an `EvaluationCriteria`.
    ///
    /// # Errors
    /// What is missing.
    pub fn read(value: &Value) -> Read<Criteria> {
        let object = object(value, "evaluation_criteria")?;
        let basis = list(object, "reward_basis", |value| {
            let word = word(value)?;
            Basis::of(&word)
                .ok_or_else(|| MalformedHistory(format!("there is no reward basis {word}")))
        })?;
        Ok(Criteria {
            actions: list(object, "actions", Action::read)?,
            env_assertions: list(object, "env_assertions", Assertion::read)?,
            communicate_info: list(object, "communicate_info", word)?,
            nl_assertions: list(object, "nl_assertions", word)?,
            basis: basis.unwrap_or_else(|| vec![Basis::Db, Basis::Communicate]),
        })
    }

    /// Whether an evaluation of this kind asks a judge.
    pub fn asks_judge(&self, profile: Profile, kind: super::Evaluation) -> bool {
        let something = self.nl_assertions.as_ref().is_some_and(|all| !all.is_empty());
        something && self.judged(profile, kind)
    }

    /// Whether an evaluation of this kind looks at the assertions in words at all: before 0.2 always,
    /// in 0.2 when it is asked to, since 1.0 also when the reward rests on them.
    pub(super) fn judged(&self, profile: Profile, kind: super::Evaluation) -> bool {
        use super::Evaluation;
        match kind {
            Evaluation::NlAssertions
            | Evaluation::AllWithNlAssertions
            | Evaluation::AllWithNlAssertionsIgnoreBasis => true,
            Evaluation::All => match profile {
                Profile::V0_1_2 => true,
                Profile::V0_2 => false,
                Profile::V1_0 => self.basis.contains(&Basis::NlAssertion),
            },
            _ => false,
        }
    }
}

impl GradedTask {
    /// Reads a task of a `tasks.json`.
    ///
    /// # Errors
    /// What is missing.
    pub fn read(value: &Value) -> Read<GradedTask> {
        let task = object(value, "a task")?;
        let state = task.get("initial_state").unwrap_or(&Value::None);
        Ok(GradedTask {
            initial: Initial::read(state)?,
            history: Initial::read_history(state)?,
            criteria: given(task, "evaluation_criteria").map(Criteria::read).transpose()?,
        })
    }
}
