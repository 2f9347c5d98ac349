//! Calls with what they did: the gold solution and the conversation, each carried out once more on
//! untouched data.

use std::sync::Arc;

use serde_json::Value;
use tau_domain::{
    Domain, Environment, JsonText, Observation, RESPOND, Reward, StateDifference, Task,
};

use crate::turns::{Did, Turn};

/// One call and what came of it.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// The tool.
    pub(crate) tool: String,
    /// The arguments as they were written.
    pub(crate) arguments: String,
    /// The same as a value; `Null` when they are not JSON.
    pub(crate) values: Value,
    /// What it changed in the data.
    pub(crate) effect: Vec<StateDifference>,
    /// What the tool answered.
    pub(crate) answer: String,
    /// Whether the tool reported an error.
    pub(crate) failed: bool,
    /// Whether a limit of the environment was met.
    pub(crate) limit: bool,
    /// The turn, for a call of the conversation; 0 for a gold call.
    pub(crate) turn: u32,
}

impl Step {
    /// Whether it changed anything.
    pub(crate) fn writes(&self) -> bool {
        !self.effect.is_empty()
    }
}

/// The conversation's calls, carried out again.
pub(crate) struct Replayed {
    /// The calls in order.
    pub(crate) steps: Vec<Step>,
    /// What the agent said to the customer, with its turn.
    pub(crate) said: Vec<(u32, String)>,
    /// The grade that the conversation gets here.
    pub(crate) reward: Reward,
    /// Whether every tool answered as it did in the conversation.
    pub(crate) exact: bool,
}

/// Two environments, one call apart, so that the effect of each call can be seen.
struct Stepping {
    now: Environment,
    before: Environment,
}

impl Stepping {
    fn new(domain: &Arc<Domain>, seed: u64) -> Stepping {
        let environment = || Environment::new(domain.clone(), seed);
        Stepping { now: environment(), before: environment() }
    }

    fn call(&mut self, tool: &str, arguments: &JsonText, turn: u32) -> (Step, Observation) {
        let observation = self.now.call(tool, arguments);
        let effect = self.now.differences_from(&self.before);
        // The one behind does what the one in front has done, chance included.
        self.before.call(tool, arguments);
        let answer = observation.to_string();
        let step = Step {
            tool: tool.to_owned(),
            arguments: arguments.as_str().to_owned(),
            values: serde_json::from_str(arguments.as_str()).unwrap_or(Value::Null),
            effect,
            failed: observation.is_error || is_error(&answer),
            limit: observation.limit,
            answer,
            turn,
        };
        (step, observation)
    }
}

/// Whether a tool's answer reports an error, in the wording of these benchmarks' tools.
pub(crate) fn is_error(answer: &str) -> bool {
    let answer = answer.strip_prefix("API output: ").unwrap_or(answer).trim_start();
    answer.starts_with("Error") || answer.starts_with("Unknown action")
}

/// The gold calls of a task; those that end the conversation are kept and change nothing.
pub(crate) fn gold_steps(domain: &Arc<Domain>, task: &Task, seed: u64) -> Vec<Step> {
    let mut stepping = Stepping::new(domain, seed);
    let calls = task.actions.iter().filter(|action| action.name != RESPOND);
    calls
        .map(|action| {
            if domain.terminates(&action.name) {
                return Step {
                    tool: action.name.clone(),
                    arguments: action.kwargs.as_str().to_owned(),
                    values: serde_json::from_str(action.kwargs.as_str()).unwrap_or(Value::Null),
                    effect: Vec::new(),
                    answer: String::new(),
                    failed: false,
                    limit: false,
                    turn: 0,
                };
            }
            stepping.call(&action.name, &action.kwargs, 0).0
        })
        .collect()
}

/// Carries out what was done in the conversation. Calls without an answer were not carried out then
/// and are not now.
pub(crate) fn replay(domain: &Arc<Domain>, task: &Task, turns: &[Turn<'_>], seed: u64) -> Replayed {
    let mut stepping = Stepping::new(domain, seed);
    let mut steps = Vec::new();
    let mut said: Vec<(u32, String)> = Vec::new();
    let mut exact = true;
    for turn in turns {
        match turn.did {
            Did::CustomerSaid(_) | Did::AgentRemarked(_) => {}
            Did::AgentSaid(text) => said.push((turn.number, text.to_owned())),
            // Text that was written as a call: upstream says its `content` to the customer.
            Did::Called(call, _) if call.name == RESPOND => {
                let arguments: Option<Value> = serde_json::from_str(&call.arguments).ok();
                let text = arguments.as_ref().and_then(|values| values.get("content")?.as_str());
                said.extend(text.map(|text| (turn.number, text.to_owned())));
            }
            Did::Called(_, None) => {}
            Did::Called(call, Some(answer)) => {
                let arguments = JsonText(call.arguments.clone());
                let (mut step, observation) = stepping.call(&call.name, &arguments, turn.number);
                exact &= observation.text.is_some_and(|text| answer.ends_with(&text));
                step.answer = answer.to_owned();
                step.failed = is_error(answer);
                steps.push(step);
            }
        }
    }
    let texts: Vec<String> = said.iter().map(|(_, text)| text.clone()).collect();
    let reward = stepping.now.grade(task, &texts);
    Replayed { steps, said, reward, exact }
}
