//! Whether a run's customers showed the traits that they were asked for, at the level asked for, to
//! the end: the check that a reader needs before a drop means anything.
//!
//! Four figures follow the evaluation of TraitBasis (arXiv 2510.04491): fidelity (of two messages,
//! which is from the customer asked for more), dose-response (measured over asked level), stability
//! (late against early in the conversation) and composability (each trait of a mix recognised). The
//! task is the unit throughout, and conversations without a score are in no figure.
//!
//! # When a trait was shown
//! Its *step* is the measured level less that of the customers without traits, paired by task. With
//! the 95 % interval of the step, and half of the level asked for as the mark:
//!
//! | the interval | and the step | verdict |
//! |---|---|---|
//! | is above 0 | reaches the mark | shown |
//! | is above 0 | does not | weak |
//! | includes 0 | and the interval ends below the mark | not shown |
//! | includes 0 | and the interval includes the mark | cannot tell |
//!
//! Below ten tasks, or without customers without traits, nothing can be told. Where one meter says
//! shown and another not shown, neither is believed: a judging model alone has been found to invert
//! people's rankings, and markers alone can miss a way of saying things.

mod adherence;
mod chart;
mod figures;
mod levels;
mod sentence;

use serde::{Deserialize, Serialize};
use tau_domain::Outcome;
use tau_stats::TaskMean;
use tau_traits::fidelity::{MeterReading, MeterSource};

use tau_charts::Bounds;
pub use tau_charts::Shown;

pub use adherence::{Adherence, ConversationFacts, Fact, FactExample, FactKind, adherence};
pub use chart::dose_chart;

/// Share of the asked level that a measured step has to reach.
pub const ENOUGH: f64 = 0.5;
/// A change from early to late of less than this, in levels, is no fading: half of a stop.
pub const HOLDS: f64 = 0.5;

/// What is known of a condition's customers, for wherever its success is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraitCheck {
    /// The worst of its traits.
    pub shown: Shown,
    /// What a reader must know of it, as a sentence; empty where the traits were shown.
    pub note: String,
}

/// A trait as figures name it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FidelityTrait {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its colour index.
    pub color: usize,
    /// Names of its levels, from Off.
    pub levels: Vec<String>,
}

/// A condition and what its customers were asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FidelityCondition {
    /// Its id; [`crate::BASELINE`] for the one without traits.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its colour index.
    pub color: usize,
    /// The traits that are on, with the level asked for.
    pub asked: Vec<(String, f64)>,
}

/// A conversation and what the meters read in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeteredConversation {
    /// Its id.
    pub id: String,
    /// The task's id; conditions are paired by it.
    pub task_id: String,
    /// The condition's id.
    pub condition_id: String,
    /// Which attempt, from 0.
    pub trial: u32,
    /// What became of it. Only what has a score is in a figure.
    pub outcome: Outcome,
    /// What each meter read; a meter that has not read it is absent.
    pub readings: Vec<(MeterSource, Vec<MeterReading>)>,
}

/// A judging model's word on which of two messages shows more of a trait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JudgedPair {
    /// The trait's id.
    pub trait_id: String,
    /// The task of both.
    pub task_id: String,
    /// The condition that was asked for more.
    pub higher: String,
    /// The condition that was asked for less.
    pub lower: String,
    /// 1 when the message asked for more shows more, 0 when the other does, 0.5 for a tie.
    pub won: f64,
}

/// All that the figures are made from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FidelityInput {
    /// The traits in use, in the order in which they are shown.
    pub traits: Vec<FidelityTrait>,
    /// The conditions.
    pub conditions: Vec<FidelityCondition>,
    /// The planned conversations.
    pub conversations: Vec<MeteredConversation>,
    /// What a judging model said of pairs.
    pub pairs: Vec<JudgedPair>,
}

/// A run's fidelity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fidelity {
    /// In one sentence.
    pub sentence: String,
    /// The worst of the conditions; `None` when none has a trait.
    pub shown: Option<Shown>,
    /// The conditions with traits.
    pub conditions: Vec<ConditionShown>,
    /// Fidelity and dose-response, a row a trait and meter.
    pub traits: Vec<TraitFigures>,
    /// The mixes.
    pub mixes: Vec<Mix>,
    /// What a reader must know besides.
    pub notes: Vec<String>,
}

/// A condition's traits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConditionShown {
    /// Its id.
    pub condition_id: String,
    /// Its name.
    pub name: String,
    /// Its colour index.
    pub color: usize,
    /// The worst of its traits.
    pub shown: Shown,
    /// In a sentence.
    pub sentence: String,
    /// Its traits.
    pub traits: Vec<TraitShown>,
    /// Conversations planned.
    pub planned: usize,
    /// Conversations in the figures.
    pub metered: usize,
}

/// One trait of a condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraitShown {
    /// The trait's id.
    pub trait_id: String,
    /// Its name.
    pub name: String,
    /// The level asked for.
    pub asked: f64,
    /// Its name, or the number between two stops.
    pub asked_name: String,
    /// Whether it was there.
    pub shown: Shown,
    /// Whether two meters contradict each other.
    pub contradicted: bool,
    /// Whether the measured level is above the asked one by a stop or more, by more than chance.
    pub stronger: bool,
    /// What followed, as the rest of a sentence about these customers.
    pub phrase: String,
    /// What each meter measured, the deciding one first.
    pub measured: Vec<Measured>,
    /// Early against late, by the deciding meter.
    pub stability: Option<Stability>,
}

/// A level as one meter measured it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The meter.
    pub source: MeterSource,
    /// The mean level.
    pub level: TaskMean,
    /// The same trait without traits.
    pub baseline: TaskMean,
    /// The difference over the tasks that both have.
    pub step: TaskMean,
    /// What this meter alone says.
    pub shown: Shown,
    /// Messages read.
    pub messages: usize,
    /// Conversations read.
    pub conversations: usize,
}

/// How a trait goes over a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stability {
    /// Mean level in the first third of the customer's messages.
    pub early: f64,
    /// In the last third.
    pub late: f64,
    /// Late less early, less what customers without traits do by themselves.
    pub change: TaskMean,
    /// Late as a share of early, both above the customers without traits; `None` when there was less
    /// than half a stop early.
    pub ratio: Option<f64>,
    /// What that means.
    pub course: Course,
    /// Conversations with three messages of the customer or more.
    pub conversations: usize,
}

/// What becomes of a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// It becomes less, by half a stop or more and by more than chance.
    Fades,
    /// It stays within one stop.
    Holds,
    /// It becomes more.
    Grows,
    /// There is too little to say.
    CannotTell,
}

impl Course {
    /// As a table says it.
    pub fn word(self) -> &'static str {
        match self {
            Course::Fades => "fades",
            Course::Holds => "holds",
            Course::Grows => "grows",
            Course::CannotTell => "cannot tell",
        }
    }
}

/// Fidelity and dose-response of a trait by one meter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraitFigures {
    /// The trait's id.
    pub trait_id: String,
    /// Its name.
    pub name: String,
    /// Its colour index.
    pub color: usize,
    /// The meter.
    pub source: MeterSource,
    /// Share of pairs in which the higher level is put above the lower; ties count half.
    pub pairwise: TaskMean,
    /// Pairs of messages.
    pub pairs: usize,
    /// Measured level over asked level, by asked level.
    pub points: Vec<DosePoint>,
    /// Measured levels per asked level.
    pub slope: TaskMean,
    /// Whether each higher level measured higher; `None` with less than two levels.
    pub monotone: Option<bool>,
    /// In words.
    pub sentence: String,
}

/// A point of the dose-response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DosePoint {
    /// The condition.
    pub condition_id: String,
    /// The level asked for; 0 for the baseline.
    pub asked: f64,
    /// The level measured.
    pub measured: f64,
    /// Its 95 % interval; `None` below ten tasks.
    pub interval: Option<Bounds>,
    /// Conversations read.
    pub conversations: usize,
    /// Tasks they are about.
    pub tasks: usize,
}

/// A mix of traits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mix {
    /// The condition's id.
    pub condition_id: String,
    /// Its name.
    pub name: String,
    /// Its traits.
    pub traits: Vec<Recognised>,
    /// Whether all were recognised; `None` when that cannot be told.
    pub all_kept: Option<bool>,
    /// In a sentence.
    pub sentence: String,
}

/// A trait of a mix.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recognised {
    /// The trait's id.
    pub trait_id: String,
    /// Its name.
    pub name: String,
    /// Whether its meter stands above that of customers without traits by more than chance.
    pub recognised: Option<bool>,
    /// Share of conversations above the one of the same task and attempt without traits; ties half.
    pub share: Option<f64>,
}

/// Computes the figures of a run, finished or not.
pub fn fidelity(input: &FidelityInput) -> Fidelity {
    figures::fidelity(input)
}

impl Fidelity {
    /// What is known of a condition's customers; `None` for those without traits, and where no meter
    /// has read anything.
    pub fn check(&self, condition: &str) -> Option<TraitCheck> {
        let found = self.conditions.iter().find(|each| each.condition_id == condition)?;
        let read = |each: &TraitShown| each.measured.iter().any(|by| by.conversations > 0);
        found
            .traits
            .iter()
            .any(read)
            .then(|| TraitCheck { shown: found.shown, note: sentence::check_note(found) })
    }
}

#[cfg(test)]
mod tests;
