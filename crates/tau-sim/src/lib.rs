//! Conversations: an agent, a simulated customer and an environment, played from the first message
//! to the grade.
//!
//! [`play`] is the loop, with upstream's semantics. The agent is any `ChatModel`; the customer is a
//! [`Customer`], played by a language model, a steer service or the practice customer. The practice
//! models ([`PracticeAgent`], [`PracticeCustomer`]) need no network and no key: they exist so that
//! the whole product can be tried and tested, and say nothing about any real model.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod customer;
mod episode;
mod play;
mod practice;
pub mod prompts;
mod strategy;
pub mod testing;

pub use customer::{Customer, GREETING, ModelCustomer};
pub use episode::{DEFAULT_MAX_STEPS, EpisodeFailure, EpisodeSpec, Observer, Silent, episode_seed};
pub use play::{STOP_MARKER, play};
pub use practice::{
    PRACTICE_AGENT, PRACTICE_CUSTOMER, PracticeAgent, PracticeCustomer, PracticeFault,
    PracticeFaultKind, PracticeSlip, practice_fault,
};
pub use prompts::{PromptError, PromptInfo, Wording, prompts_hash, shipped_prompts};
pub use strategy::{AgentStrategy, CustomerStrategy, UnknownStrategy};
pub use tokio_util::sync::CancellationToken;
