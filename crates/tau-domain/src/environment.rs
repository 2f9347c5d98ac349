//! The environment of one conversation: tools, state, grading.
//!
//! Semantics are upstream's `envs/base.py`, to the wording of the observations, since those reach the
//! model. Two things differ, both because upstream cannot be followed there:
//!
//! - Upstream has no limits. Here a tool call that runs into one ends with an observation that names
//!   the limit, and [`Observation::limit`] says so.
//! - Where upstream itself raises (arguments that are not a JSON object, a tool that returns something
//!   other than a string), its runner records the whole conversation as an error with reward 0. Here
//!   the observation has no text and [`Observation::failure`] says why; who plays the conversation
//!   ends it. In a gold replay, which upstream could not finish at all, the state counts as the tool
//!   left it.

use std::fmt;
use std::sync::Arc;

use tau_python::{CallError, Episode, Heap, JsonError, Value, call};

use crate::{Domain, JsonText, OutputCheck, Reward, StateDifference, Task};

/// Why a call has no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallFailure {
    /// The arguments are not JSON; the message is Python's.
    #[error("the arguments are not JSON: {0}")]
    NotJson(String),
    /// The arguments are JSON, but not an object.
    #[error("the arguments are not an object")]
    NotAnObject,
    /// The tool returned something other than a string; its `repr`.
    #[error("the tool returned {0}, which is not a string")]
    NotText(String),
}

/// What came of a tool call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// What the agent is told; `None` exactly when `failure` is there.
    pub text: Option<String>,
    /// Whether the tool ends the conversation.
    pub terminates: bool,
    /// Whether the tool raised an exception, or there is no such tool, or a limit was met. A tool
    /// that returns the text of an error is not counted here.
    pub is_error: bool,
    /// Whether a limit was met.
    pub limit: bool,
    /// Why there is no text.
    pub failure: Option<CallFailure>,
}

impl fmt::Display for Observation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.text, &self.failure) {
            (Some(text), _) => f.write_str(text),
            (None, Some(failure)) => write!(f, "{failure}"),
            (None, None) => Ok(()),
        }
    }
}

/// A clock that is not `YYYY-MM-DDTHH:MM:SS`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a clock (YYYY-MM-DDTHH:MM:SS)")]
pub struct ClockError(pub String);

/// The tools of a domain and the state on which they work, for one conversation.
pub struct Environment {
    domain: Arc<Domain>,
    heap: Heap,
    episode: Episode,
    clock: String,
    seed: u64,
    limits_met: u32,
}

impl Environment {
    /// An environment on untouched data, with the domain's clock. Costs microseconds.
    ///
    /// A clock that is not one (packs are refused with such a clock when they are opened) stands at
    /// the start of 1970.
    pub fn new(domain: Arc<Domain>, seed: u64) -> Environment {
        let clock = domain.clock.clone();
        Self::with_clock_text(domain, seed, &clock)
    }

    /// The same with another clock.
    ///
    /// # Errors
    /// When `clock` is not `YYYY-MM-DDTHH:MM:SS`.
    pub fn at(domain: Arc<Domain>, seed: u64, clock: &str) -> Result<Environment, ClockError> {
        if is_clock(clock) {
            Ok(Self::with_clock_text(domain, seed, clock))
        } else {
            Err(ClockError(clock.to_owned()))
        }
    }

    pub(crate) fn with_clock_text(domain: Arc<Domain>, seed: u64, clock: &str) -> Environment {
        let heap = Heap::new(domain.base.clone());
        let episode = episode(clock, seed);
        Environment { domain, heap, episode, clock: clock.to_owned(), seed, limits_met: 0 }
    }

    pub(crate) fn into_heap(self) -> Heap {
        self.heap
    }

    /// The domain.
    pub fn domain(&self) -> &Arc<Domain> {
        &self.domain
    }

    /// How many calls have run into a limit since the start or the last reset.
    pub fn limits_met(&self) -> u32 {
        self.limits_met
    }

    /// Carries out a tool call. `arguments` is the JSON object of keyword arguments as the model
    /// wrote it.
    pub fn call(&mut self, name: &str, arguments: &JsonText) -> Observation {
        let terminates = self.domain.terminates(name);
        let kwargs = match self.read_arguments(arguments) {
            Ok(kwargs) => kwargs,
            Err(Unreadable::Failure(failure)) => {
                return Observation {
                    text: None,
                    terminates,
                    is_error: true,
                    limit: false,
                    failure: Some(failure),
                };
            }
            Err(Unreadable::Limit(text)) => return self.limited(text, terminates),
        };
        let target = self.domain.targets.get(name);
        let Some(callable) = target.and_then(|target| self.domain.program.find(target)) else {
            // Upstream ends a conversation only on tools that it has.
            return said(format!("Unknown action {name}"), false, true);
        };
        let called = call(
            &self.domain.program,
            &mut self.heap,
            &mut self.episode,
            &self.domain.limits,
            callable,
            &[],
            &kwargs,
        );
        match called {
            Ok(Value::Str(text)) => said(text.to_string(), terminates, false),
            Ok(other) => Observation {
                text: None,
                terminates,
                is_error: false,
                limit: false,
                failure: Some(CallFailure::NotText(self.heap.repr(&other))),
            },
            Err(CallError::Exception { message, .. }) => {
                said(format!("Error: {message}"), terminates, true)
            }
            Err(CallError::Limit { kind, .. }) => self.limited(kind.to_string(), terminates),
        }
    }

    fn limited(&mut self, limit: String, terminates: bool) -> Observation {
        self.limits_met += 1;
        Observation { limit: true, ..said(format!("Error: {limit}"), terminates, true) }
    }

    fn read_arguments(&mut self, arguments: &JsonText) -> Result<Vec<(String, Value)>, Unreadable> {
        let value = self.heap.read_json(arguments.as_str()).map_err(|error| match error {
            JsonError::Malformed { message } => Unreadable::Failure(CallFailure::NotJson(message)),
            JsonError::Limit(kind) => Unreadable::Limit(kind.to_string()),
        })?;
        let entries =
            self.heap.entries(&value).ok_or(Unreadable::Failure(CallFailure::NotAnObject))?;
        let mut kwargs = Vec::with_capacity(entries.len() + 1);
        // Upstream calls `invoke(data=self.data, **kwargs)`.
        kwargs.push(("data".to_owned(), self.heap.root()));
        for (key, value) in entries {
            let name = key.value().as_str().unwrap_or_default().to_owned();
            kwargs.push((name, value.clone()));
        }
        Ok(kwargs)
    }

    /// Back to untouched data.
    pub fn reset(&mut self) {
        self.heap.reset();
        self.episode = episode(&self.clock, self.seed);
        self.limits_met = 0;
    }

    /// The state hash of tau-bench v1: SHA-256 of `str(to_hashable(data))` (upstream `envs/base.py`),
    /// in hex.
    pub fn state_hash(&self) -> String {
        self.heap.state_hash()
    }

    /// Grades the conversation as upstream's `calculate_reward`: the state must equal the state after
    /// the gold actions, and each required output must occur, without regard to case, in something
    /// the agent said with its commas removed. `said` are the agent's texts in order.
    ///
    /// Upstream's `info` of the reward carries the outputs where the task has some and the state's
    /// verdict otherwise; here both are kept.
    pub fn grade(&self, task: &Task, said: &[String]) -> Reward {
        let gold = self.domain.gold.of(&self.domain, task, &self.clock, self.seed);
        let state_matches = self.heap.same_state(&gold.heap);
        let outputs: Vec<OutputCheck> = if task.outputs.is_empty() {
            Vec::new()
        } else {
            let heard: Vec<String> =
                said.iter().map(|text| text.to_lowercase().replace(',', "")).collect();
            task.outputs
                .iter()
                .map(|output| {
                    let wanted = output.to_lowercase();
                    let found = heard.iter().any(|text| text.contains(&wanted));
                    OutputCheck { output: output.clone(), found }
                })
                .collect()
        };
        let passed = state_matches && outputs.iter().all(|check| check.found);
        Reward {
            value: if passed { 1.0 } else { 0.0 },
            state_matches,
            outputs,
            graded: true,
            gold_hash: gold.hash().to_owned(),
        }
    }

    /// Where the state differs from the state after the gold actions; empty when they are equal.
    pub fn differences_from_gold(&self, task: &Task) -> Vec<StateDifference> {
        let gold = self.domain.gold.of(&self.domain, task, &self.clock, self.seed);
        self.differences_from_heap(&gold.heap)
    }

    /// Where the state differs from that of another environment of the same domain, whose values
    /// count as expected; empty when they are equal.
    pub fn differences_from(&self, expected: &Environment) -> Vec<StateDifference> {
        self.differences_from_heap(&expected.heap)
    }

    fn differences_from_heap(&self, expected: &Heap) -> Vec<StateDifference> {
        self.heap
            .differences(expected)
            .into_iter()
            .map(|difference| StateDifference {
                path: difference.path,
                expected: difference.theirs,
                actual: difference.ours,
            })
            .collect()
    }
}

enum Unreadable {
    Failure(CallFailure),
    Limit(String),
}

fn said(text: String, terminates: bool, is_error: bool) -> Observation {
    Observation { text: Some(text), terminates, is_error, limit: false, failure: None }
}

/// Whether a text is a clock: `YYYY-MM-DDTHH:MM:SS`, an existing time.
pub fn is_clock(text: &str) -> bool {
    Episode::new(text, 0).is_ok()
}

fn episode(clock: &str, seed: u64) -> Episode {
    Episode::new(clock, seed)
        .or_else(|_| Episode::new("1970-01-01T00:00:00", seed))
        .expect("the start of 1970 is a clock")
}
