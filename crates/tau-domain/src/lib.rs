//! The vocabulary of the product: what a domain, a task, a message, a trajectory and a reward are,
//! and the environment in which an agent's tool calls take effect and are graded.
//!
//! This room knows neither where a domain came from nor who is talking. It does no I/O, reads no
//! clock and draws no randomness: those are inputs.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod domain;
mod domain_id;
mod environment;
mod gold;
mod json_text;
mod message;
pub mod plain;
mod reward;
mod task;

pub use domain::Domain;
pub use domain_id::{DomainId, DomainIdError, Rule, SourceInfo, SourceKind};
pub use environment::{CallFailure, ClockError, Environment, Observation, is_clock};
pub use gold::{GoldStates, RESPOND};
pub use json_text::JsonText;
pub use message::{API_OUTPUT, Draft, Message, Reading, Role, Steering, ToolCall, ToolSpec, Usage};
pub use reward::{Ending, Outcome, OutputCheck, Reward, StateDifference, Trajectory};
pub use task::{Action, Split, Task};
