//! Calls of both sides with what they did: the conversation and the expected actions, each carried out once
//! more on the task's own beginning.

use std::sync::Arc;

use tau_toolkits::grading::Assertion;
use tau_toolkits::{
    Change, Domain, Environment, Ids, Requestor, Task, ToolCall, ToolKind, Toolkit, Value, changes,
    json_dumps,
};

use super::recorded::Recorded;
use crate::examine::{is_error, same};
use crate::turns::{Did, Turn};

/// A place in the data: whose, and the way there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) side: Requestor,
    pub(super) path: Vec<String>,
}

impl Place {
    /// Whether one of them holds the other.
    pub(super) fn meets(&self, other: &Place) -> bool {
        self.side == other.side
            && (self.path.starts_with(&other.path) || other.path.starts_with(&self.path))
    }
}

/// One call and what came of it.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// The call, with who made it.
    pub(super) call: ToolCall,
    /// Its arguments as JSON text.
    pub(super) arguments: String,
    /// The same as a value.
    pub(super) values: serde_json::Value,
    /// The places that it changed, on either side.
    pub(super) changed: Vec<Place>,
    /// What the tool answered.
    pub(super) answer: String,
    /// Whether it answered with an error.
    pub(super) failed: bool,
    /// Which assertions of the task hold after it.
    pub(super) holds: Vec<bool>,
    /// The turn, for a call of the conversation; 0 for an expected action.
    pub(super) turn: u32,
}

impl Step {
    /// Whether it changed anything.
    pub(super) fn writes(&self) -> bool {
        !self.changed.is_empty()
    }

    pub(super) fn by_customer(&self) -> bool {
        self.call.requestor == Requestor::User
    }
}

/// Calls that were carried out, and where they lead.
pub(super) struct Carried {
    pub(super) steps: Vec<Step>,
    /// Which assertions held before the first call.
    pub(super) held_first: Vec<bool>,
    /// Where it ended.
    pub(super) end: Environment,
    /// Whether every tool that changes something answered as recorded.
    pub(super) exact: bool,
}

impl Carried {
    /// Which assertions hold at the end.
    pub(super) fn holds(&self) -> &[bool] {
        self.steps.last().map_or(&self.held_first, |step| &step.holds)
    }
}

/// What differs between two ends, as [`Change`]s from the expected one to the one that was left.
pub(super) fn differences(expected: &Environment, left: &Environment) -> Vec<(Requestor, Change)> {
    let agent = changes(&expected.agent().dump(), &left.agent().dump());
    let customer = match (expected.user(), left.user()) {
        (Some(expected), Some(left)) => changes(&expected.dump(), &left.dump()),
        _ => Vec::new(),
    };
    let agent = agent.into_iter().map(|change| (Requestor::Assistant, change));
    agent.chain(customer.into_iter().map(|change| (Requestor::User, change))).collect()
}

/// The data of both sides.
struct Both {
    agent: Value,
    customer: Option<Value>,
}

impl Both {
    fn of(environment: &Environment) -> Both {
        Both { agent: environment.agent().dump(), customer: environment.user().map(Toolkit::dump) }
    }

    fn changed_to(&self, after: &Both) -> Vec<Place> {
        let agent = changes(&self.agent, &after.agent).into_iter();
        let customer = match (&self.customer, &after.customer) {
            (Some(before), Some(after)) => changes(before, after),
            _ => Vec::new(),
        };
        let place = |side| move |change: Change| Place { side, path: change.place };
        agent
            .map(place(Requestor::Assistant))
            .chain(customer.into_iter().map(place(Requestor::User)))
            .collect()
    }
}

/// A task's beginning; `None` where it cannot be set up.
fn beginning(domain: &Domain, task: &Task, solo: bool, seed: u64) -> Option<Environment> {
    let ids = Ids::seeded(seed);
    let alone = solo.then(|| domain.solo_environment(&ids).ok()).flatten();
    let mut environment = match alone {
        Some(environment) => environment,
        None => domain.environment(&ids).ok()?,
    };
    // The messages of a conversation hold the task's own history too.
    environment.set_state(&task.graded.initial, &[]).ok()?;
    Some(environment)
}

/// Which assertions hold now; one that cannot be asked does not.
fn asked(environment: &Environment, assertions: &[(Assertion, Option<bool>)]) -> Vec<bool> {
    // Asking lets the two sides meet, so a copy is asked.
    let mut copy = environment.clone();
    let holds = |assertion: &Assertion| copy.assertion(&assertion.call) == Ok(assertion.wanted);
    assertions.iter().map(|(assertion, _)| assertion).map(holds).collect()
}

/// A call as the toolkits take it; `None` where its arguments are no JSON object.
fn read_call(call: &tau_domain::ToolCall, by_customer: bool) -> Option<ToolCall> {
    let arguments = match call.arguments.trim() {
        "" => Arc::default(),
        text => match Value::read_json(text).ok()? {
            Value::Dict(arguments) => arguments,
            _ => return None,
        },
    };
    let requestor = if by_customer { Requestor::User } else { Requestor::Assistant };
    Some(ToolCall { id: call.id.clone(), name: call.name.clone(), arguments, requestor })
}

/// Carries out what was called in a conversation. A call without an answer was not carried out then and is
/// not now.
pub(super) fn conversation(
    domain: &Domain,
    task: &Task,
    recorded: &Recorded,
    turns: &[Turn<'_>],
    solo: bool,
    seed: u64,
) -> Option<Carried> {
    let mut environment = beginning(domain, task, solo, seed)?;
    let held_first = asked(&environment, &recorded.assertions);
    let mut steps = Vec::new();
    let mut exact = true;
    for turn in turns {
        let Did::Called(call, Some(answer)) = turn.did else { continue };
        let Some(call) = read_call(call, turn.by_customer) else {
            exact = false;
            continue;
        };
        let mutates = environment.tool_kind(&call.name).is_some_and(ToolKind::mutates);
        let before = Both::of(&environment);
        let response = environment.get_response(&call);
        exact &= !mutates || same_answer(&response.content, answer);
        steps.push(Step {
            changed: before.changed_to(&Both::of(&environment)),
            holds: asked(&environment, &recorded.assertions),
            failed: is_error(answer),
            answer: answer.to_owned(),
            ..step(call, turn.number)
        });
    }
    Some(Carried { steps, held_first, end: environment, exact })
}

/// Carries out the expected actions. `as_graded` leaves out what happens between the two sides after a call,
/// as grading does; with it one sees what a person would.
pub(super) fn expected(
    domain: &Domain,
    task: &Task,
    recorded: &Recorded,
    as_graded: bool,
    seed: u64,
) -> Option<Carried> {
    let ids = Ids::seeded(seed);
    let mut environment = domain.environment(&ids).ok()?;
    let graded = &task.graded;
    environment.set_state_leniently(&graded.initial, &graded.history).ok()?;
    let held_first = asked(&environment, &recorded.assertions);
    let mut steps = Vec::new();
    for (action, _) in &recorded.actions {
        let call = &action.call;
        let before = Both::of(&environment);
        let (answer, failed) = if as_graded {
            let outcome = environment.make_tool_call(&call.name, call.requestor, &call.arguments);
            (String::new(), outcome.is_err())
        } else {
            let response = environment.get_response(call);
            (response.content, response.error)
        };
        steps.push(Step {
            changed: before.changed_to(&Both::of(&environment)),
            holds: asked(&environment, &recorded.assertions),
            failed,
            answer,
            ..step(call.clone(), 0)
        });
    }
    Some(Carried { steps, held_first, end: environment, exact: true })
}

fn step(call: ToolCall, turn: u32) -> Step {
    let arguments = json_dumps(&Value::Dict(Arc::clone(&call.arguments)));
    Step {
        values: serde_json::from_str(&arguments).unwrap_or_default(),
        arguments,
        call,
        changed: Vec::new(),
        answer: String::new(),
        failed: false,
        holds: Vec::new(),
        turn,
    }
}

fn same_answer(now: &str, then: &str) -> bool {
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    now == then || matches!((read(now), read(then)), (Some(now), Some(then)) if same(&now, &then))
        // These texts carry the version of a library.
        || (is_error(now) && is_error(then) && now.contains("validation error"))
}
