//! The tools of tau2's domains, natively: mock, airline, retail and telecom, for the agent and for the
//! customer, with the state they share, its hashes, and the replay of what was called.
//!
//! Upstream (sierra-research/tau2-bench, MIT) writes them in Python. What a model reads and what is hashed
//! is taken over as fact: names, order, formats, error texts, roundings and mistakes. Descriptions of tools
//! are data that come with an import or a pack; there are none here.
//!
//! A [`Domain`] is opened from the text of its database files; each conversation gets an [`Environment`].
//! A [`Definition`] is a domain with all that a conversation needs beside it: policy, tools as models read
//! of them, wording, tasks.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod access;
pub mod airline;
mod calculate;
mod changes;
pub mod date;
mod definition;
mod domain;
mod environment;
pub mod grading;
mod history;
mod ids;
mod members;
mod message_dump;
pub mod mock;
pub mod python;
mod raised;
pub mod retail;
pub mod schema;
mod task;
mod task_dump;
pub mod telecom;
mod text;
mod toolkit;
mod validate;
mod value;
mod wording;

pub use calculate::calculate;
pub use changes::{Change, Snapshot, changes};
pub use definition::Definition;
pub use domain::{Domain, OpenError};
pub use environment::{Environment, Response, StateError};
pub use history::{FunctionCall, Initial, MalformedHistory, Requestor, ToolCall, Turn};
pub use ids::{Ids, trial_seeds};
pub use message_dump::message_dump;
pub use raised::{Kind, Outcome, Raised};
pub use task::{Description, Instructions, Task, UserScenario, indented};
pub use text::{json_dumps, json_indented, preimage, sha256, to_json_str};
pub use toolkit::{
    Args, Method, Parameter, Profile, Side, Tool, ToolKind, Toolkit, optional, required,
};
pub use validate::{construct, validate};
pub use value::{Map, Model, Value};
pub use wording::{PlanWording, Wording};
