//! What went wrong in a practice conversation, by those who know: both practice models are functions of
//! the task, the mix, the seed and what was said, so that they can say afterwards what they did.
//!
//! Explanations of failures are measured against this. It is therefore told from inside, by the models'
//! own decisions, and not read out of the words.

use std::sync::Arc;

use serde_json::Value;
use tau_domain::{Domain, Message, Role, Task, Trajectory};
use tau_llm::SpeakerRole;
use tau_traits::TraitMix;

use super::agent::Past;
use super::{PracticeAgent, PracticeCustomer};

/// Something that a practice model did wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PracticeSlip {
    /// The agent did not say this required figure though it knew it.
    LeftOutFigure(String),
    /// The impatient customer left.
    Left,
    /// The impatient customer answered only part of a question.
    HeldBack,
    /// The confused customer gave a wrong value for this detail.
    WrongDetail(String),
    /// The confused customer could not remember this detail.
    Forgot(String),
    /// The confused customer lost the thread when asked for agreement.
    LostTheThread,
    /// The sceptical customer asked for reasons or proof instead of answering.
    Doubted,
    /// The sceptical customer refused what it wanted.
    Refused,
    /// The incoherent customer gave this detail in pieces.
    GarbledDetail(String),
    /// The incoherent customer garbled what it wanted.
    GarbledWish,
    /// The incoherent customer answered a request for agreement with neither yes nor no.
    UnclearAnswer,
}

/// What the fault amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PracticeFaultKind {
    /// A call was made with a wrong argument and never with the right one.
    WrongArgument,
    /// Something was not done or not said.
    LeftOut,
}

/// Why a practice conversation failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PracticeFault {
    /// Whose fault it was.
    pub speaker: SpeakerRole,
    /// What it amounts to.
    pub kind: PracticeFaultKind,
    /// All slips in order, each with the index of the message in which it happened.
    pub slips: Vec<(usize, PracticeSlip)>,
}

/// Why a conversation between the practice models failed; `None` when it did not. `mix` and `seed` are
/// those it was played with.
///
/// The agent slips in one way only: it leaves out a figure. When everything else was done, that is why
/// it failed. Whatever else is not done was kept from being done by the customer, unless the customer
/// did nothing wrong: then the agent's plan did not hold.
pub fn practice_fault(
    domain: &Arc<Domain>,
    task: &Task,
    mix: &TraitMix,
    seed: u64,
    trajectory: &Trajectory,
) -> Option<PracticeFault> {
    if trajectory.reward.value >= 1.0 {
        return None;
    }
    let agent = PracticeAgent::new(domain, task, seed);
    let past = Past::of(&trajectory.messages, &agent.plan);
    let mut slips = customers_slips(task, mix, seed, &trajectory.messages);
    let is_right = |index: usize, arguments: &str| {
        let wanted = &agent.plan.steps[index].arguments;
        serde_json::from_str::<Value>(arguments).is_ok_and(|made| made == *wanted)
    };
    let done = |index: usize| {
        past.made.iter().any(|made| {
            made.step == index
                && is_right(index, &made.arguments)
                && (!made.failed || agent.plan.steps[index].fails)
        })
    };
    let all = 0..agent.plan.steps.len();
    let left: Vec<usize> = all.filter(|index| !done(*index)).collect();
    let unsaid = trajectory.reward.outputs.iter().filter(|check| !check.found).count();
    // A customer who left did not wait for the figure.
    let stayed = !slips.iter().any(|(_, slip)| *slip == PracticeSlip::Left);
    let careless = agent.is_careless() && unsaid == 1 && left.is_empty() && stayed;
    if careless {
        let figure = agent.plan.outputs.last().map(|output| output.text.clone());
        let at = trajectory.messages.iter().rposition(|m| m.role == Role::Assistant);
        slips.extend(at.zip(figure).map(|(at, f)| (at, PracticeSlip::LeftOutFigure(f))));
        slips.sort_by_key(|(at, _)| *at);
    }
    let customer =
        !careless && slips.iter().any(|(_, slip)| !matches!(slip, PracticeSlip::LeftOutFigure(_)));
    let wrongly = left.iter().any(|index| past.made.iter().any(|made| made.step == *index));
    Some(PracticeFault {
        speaker: if customer { SpeakerRole::Customer } else { SpeakerRole::Agent },
        kind: if wrongly { PracticeFaultKind::WrongArgument } else { PracticeFaultKind::LeftOut },
        slips,
    })
}

/// What the customer did wrong, message by message.
fn customers_slips(
    task: &Task,
    mix: &TraitMix,
    seed: u64,
    messages: &[Message],
) -> Vec<(usize, PracticeSlip)> {
    let customer = PracticeCustomer::new(task, mix, seed);
    let mut heard: Vec<&str> = Vec::new();
    let mut slips = Vec::new();
    for (at, message) in messages.iter().enumerate() {
        match message.role {
            Role::Assistant => heard.extend(message.heard()),
            Role::User => {
                let mut here = Vec::new();
                customer.speak(&heard, &mut here);
                slips.extend(here.into_iter().map(|slip| (at, slip)));
            }
            Role::System | Role::Tool => {}
        }
    }
    slips
}
