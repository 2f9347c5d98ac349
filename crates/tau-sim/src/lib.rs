//! Conversations: an agent, a simulated customer and an environment, played from the first message
//! to the grade.
//!
//! [`play`] is the loop, with upstream's semantics. The agent is any `ChatModel`, used as an
//! [`AgentSetup`] says; the customer is a [`Customer`], played by a language model, a steer service, a
//! person ([`human`]) or the practice customer. What models are told is in [`prompts`]. The practice
//! models ([`PracticeAgent`], [`PracticeCustomer`]) need no network and no key: they exist so that
//! the whole product can be tried and tested, and say nothing about any real model.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod action;
mod agent;
mod customer;
mod episode;
pub mod exemplars;
pub mod human;
mod play;
mod practice;
pub mod prompts;
mod strategy;
pub mod tau2;
pub mod testing;
pub mod text_calls;

pub use action::read_recorded;
pub use agent::{AgentSetup, SetupError, tools_text};
pub use customer::{Customer, CustomerReply, GREETING, ModelCustomer};
pub use episode::{DEFAULT_MAX_STEPS, EpisodeFailure, EpisodeSpec, Observer, Silent, episode_seed};
pub use play::{Players, STOP_MARKER, play};
pub use practice::{
    DualPracticeAgent, DualPracticeCustomer, PRACTICE_AGENT, PRACTICE_CUSTOMER, PracticeAgent,
    PracticeCustomer, PracticeFault, PracticeFaultKind, PracticeInText, PracticeSlip,
    practice_fault,
};
pub use prompts::{PromptError, PromptInfo, Wording, prompts_hash, shipped_prompts};
pub use strategy::{AgentStrategy, CustomerStrategy, UnknownStrategy};
pub use tau_domain::API_OUTPUT;
pub use tokio_util::sync::CancellationToken;
