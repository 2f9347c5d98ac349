//! Conversations in tau2's domains, where the customer may have tools of its own: an agent, a simulated
//! customer or none, and an environment that both act on. Upstream: `orchestrator/orchestrator.py`,
//! `agent/llm_agent.py`, `user/user_simulator.py`, `evaluator/`.
//!
//! [`play`] plays a task to its end and grades it; [`converse`] and [`grade`] are its two halves. Which
//! upstream is followed is the definition's profile; where they differ it is said beside the code.
//!
//! What upstream does not do:
//! - a model that cannot be reached, and a reply that nothing can be done with (empty, arguments that
//!   are no JSON, no call from an agent who may only call), are not a reward of 0. Upstream raises there:
//!   it starts the conversation over or breaks the run off. Here the model is asked again, a few times,
//!   and then there is a [`Failure`];
//! - the simulated customer may have traits: they stand after upstream's own prompt. Without traits the
//!   prompt is upstream's to the letter.

mod agent;
mod customer;
mod entry;
mod failure;
mod grade;
mod orchestrator;
mod reply;
mod spec;
mod start;
mod view;

pub use agent::{AgentKind, Brief, UnknownAgent};
pub use customer::SimulatedCustomer;
pub use entry::Entry;
pub use failure::{Failure, Speaker};
pub use grade::{Grade, Recording, grade, grade_recording};
pub use orchestrator::{Ending, Players, Trajectory, converse};
pub use spec::{DEFAULT_MAX_ERRORS, DEFAULT_MAX_STEPS, Spec};
pub use tau_toolkits::trial_seeds;
pub use view::seen_by;

use tau_toolkits::{Definition, Environment, Task};
use tokio_util::sync::CancellationToken;

/// What ends a conversation when an agent alone, or a customer, writes it.
pub const STOP: &str = "###STOP###";
/// What a customer writes who was handed on.
pub const TRANSFER: &str = "###TRANSFER###";
/// What a customer writes whose scenario says nothing about what it is asked.
pub const OUT_OF_SCOPE: &str = "###OUT-OF-SCOPE###";

/// Somebody who watches a conversation while it goes on.
pub trait Observer: Send + Sync {
    /// A message was added. On a resumed conversation those that were recalled are told again.
    fn entry(&self, entry: &Entry);

    /// The state as it is now: told when the conversation begins and after each call of a tool, whoever
    /// made it. What is shown of it is for the observer to take ([`Environment::agent`],
    /// [`Environment::user`]); nothing is copied otherwise.
    fn state(&self, _environment: &Environment) {}
}

impl Observer for crate::Silent {
    fn entry(&self, _: &Entry) {}
}

/// A conversation and what it was worth.
#[derive(Debug)]
pub struct Played {
    /// The conversation.
    pub trajectory: Trajectory,
    /// Its grade.
    pub grade: Grade,
}

/// Plays one task to its end and grades it.
///
/// # Errors
/// When a model could not be asked or gave nothing to act on, the task cannot be played so, upstream
/// would break off, or `cancel` was triggered. What the agent does wrong is a reward and no error.
pub async fn play(
    definition: &Definition,
    task: &Task,
    spec: &Spec,
    players: Players<'_>,
    observer: &dyn Observer,
    cancel: &CancellationToken,
) -> Result<Played, Failure> {
    let trajectory = converse(definition, task, spec, players, observer, cancel).await?;
    let grade = grade(definition, task, spec, &trajectory, players.judge, cancel).await?;
    Ok(Played { trajectory, grade })
}
