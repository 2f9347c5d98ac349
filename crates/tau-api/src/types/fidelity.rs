//! Fidelity: whether a run's customers showed the traits that they were asked for.
//!
//! Levels are on the scale of the slider: 0 (Off) to 4 (Extreme).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Interval, ModelChoice};

/// Whether a trait was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TraitShown {
    /// It was: the measured level is above the baseline's, by at least half of what was asked for.
    Shown,
    /// It was, but by less than half of what was asked for.
    Weak,
    /// It was not: half of what was asked for can be ruled out.
    NotShown,
    /// There is too little to say, or two meters contradict each other.
    CannotTell,
}

/// Who reads a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MeterSource {
    /// Words and behaviour counted in the text; every message has these.
    Markers,
    /// Projection on the trait's direction in a local model.
    Basis,
    /// A judging model that saw the message alone.
    Judge,
}

/// Whether a run's customers showed their traits, at the level asked for, to the end.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RunFidelity {
    /// The run.
    pub run_id: String,
    /// The answer in one sentence.
    pub sentence: String,
    /// The worst of the conditions; `None` when the run has no condition with a trait.
    pub shown: Option<TraitShown>,
    /// Who played the customer: voice and model.
    pub voice: String,
    /// The meters that have read something.
    pub meters: Vec<MeterInfo>,
    /// The conditions with traits, in the run's order.
    pub conditions: Vec<ConditionFidelity>,
    /// Fidelity and dose-response of each trait, once for each meter.
    pub traits: Vec<TraitFigures>,
    /// The mixes: whether each trait of a mix can be recognised.
    pub mixes: Vec<MixFidelity>,
    /// Whether customers still told the truth of their task; the baseline first.
    pub adherence: Vec<ConditionAdherence>,
    /// What a reader must know besides.
    pub notes: Vec<String>,
    /// The work of a judging model that is going on or was done last.
    pub job: Option<FidelityJob>,
}

/// A meter that has read something.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MeterInfo {
    /// Who reads.
    pub source: MeterSource,
    /// What a person calls it: "markers", "judge (gpt-4o)".
    pub name: String,
    /// What it does, in a sentence.
    pub description: String,
    /// Conversations that it has read.
    pub conversations: u32,
    /// Of this many that are over.
    pub of: u32,
}

/// One condition's traits.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConditionFidelity {
    /// The condition's id.
    pub condition: String,
    /// The condition's name.
    pub name: String,
    /// Its colour as `#rrggbb`.
    pub color: String,
    /// The worst of its traits.
    pub shown: TraitShown,
    /// In a sentence.
    pub sentence: String,
    /// Its traits.
    pub traits: Vec<ShownTrait>,
    /// Conversations planned.
    pub planned: u32,
    /// Conversations metered; what could not be scored is in no figure.
    pub metered: u32,
}

/// One trait of a condition: asked for and measured.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ShownTrait {
    /// The trait's id.
    pub trait_id: String,
    /// The trait's name.
    pub name: String,
    /// The level asked for.
    pub asked: f64,
    /// Its name: "Strong", or "3.5" between two stops.
    pub asked_name: String,
    /// Whether it was there.
    pub shown: TraitShown,
    /// Whether it was clearly stronger than asked for.
    pub stronger_than_asked: bool,
    /// In a sentence.
    pub sentence: String,
    /// What each meter measured; the one that decides first.
    pub measured: Vec<MeasuredLevel>,
    /// Early against late, by the meter that decides; `None` where conversations are too short.
    pub stability: Option<Stability>,
}

/// A level that one meter measured.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MeasuredLevel {
    /// The meter.
    pub source: MeterSource,
    /// Mean level; `None` when nothing was read.
    pub level: Option<f64>,
    /// Its 95 % interval; `None` below 10 tasks.
    pub interval: Option<Interval>,
    /// Mean level of the same trait without traits.
    pub baseline: Option<f64>,
    /// Difference to the baseline over the tasks that both have.
    pub step: Option<f64>,
    /// Its 95 % interval, paired by task; `None` below 10 tasks.
    pub step_interval: Option<Interval>,
    /// What this meter alone says.
    pub shown: TraitShown,
    /// Messages read.
    pub messages: u32,
    /// Conversations read.
    pub conversations: u32,
    /// Tasks compared.
    pub tasks: u32,
}

/// How a trait goes over a conversation.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Stability {
    /// Mean level in the first third.
    pub early: f64,
    /// Mean level in the last third.
    pub late: f64,
    /// Late minus early, less what the baseline does by itself.
    pub change: f64,
    /// Its 95 % interval; `None` below 10 tasks.
    pub interval: Option<Interval>,
    /// Late as a share of early, both above the baseline; `None` when there was nothing early.
    pub ratio: Option<f64>,
    /// `fades`, `holds`, `grows` or `cannot tell`.
    pub word: String,
    /// Conversations with at least three messages of the customer.
    pub conversations: u32,
}

/// Fidelity and dose-response of one trait, by one meter.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TraitFigures {
    /// The trait's id.
    pub trait_id: String,
    /// The trait's name.
    pub name: String,
    /// Its colour as `#rrggbb`.
    pub color: String,
    /// The meter.
    pub source: MeterSource,
    /// Share of pairs of messages, of the same task, attempt and part of the conversation, in which the
    /// higher level is put above the lower, 0 to 1; ties count half. `None` without pairs.
    pub pairwise: Option<f64>,
    /// Its 95 % interval by task; `None` below 10 tasks.
    pub pairwise_interval: Option<Interval>,
    /// Pairs compared.
    pub pairs: u32,
    /// Tasks they come from.
    pub tasks: u32,
    /// Measured level over asked level, the baseline first.
    pub points: Vec<DoseLevel>,
    /// Measured levels per asked level (least squares within each task); 1 is as asked.
    pub slope: Option<f64>,
    /// Its 95 % interval; `None` below 10 tasks.
    pub slope_interval: Option<Interval>,
    /// Whether each higher level measured higher; `None` with less than two levels.
    pub monotone: Option<bool>,
    /// In a sentence or two.
    pub sentence: String,
}

/// A point of the dose-response.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DoseLevel {
    /// The condition's id.
    pub condition: String,
    /// The level asked for; 0 for the baseline.
    pub asked: f64,
    /// Mean measured level.
    pub measured: f64,
    /// Its 95 % interval; `None` below 10 tasks.
    pub interval: Option<Interval>,
    /// Conversations read.
    pub conversations: u32,
    /// Tasks they are about.
    pub tasks: u32,
}

/// A mix of traits: whether each can be recognised.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MixFidelity {
    /// The condition's id.
    pub condition: String,
    /// The condition's name.
    pub name: String,
    /// Its traits.
    pub traits: Vec<RecognisedTrait>,
    /// Whether all were; `None` when that cannot be told.
    pub all_kept: Option<bool>,
    /// In a sentence.
    pub sentence: String,
}

/// One trait of a mix.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RecognisedTrait {
    /// The trait's id.
    pub trait_id: String,
    /// The trait's name.
    pub name: String,
    /// Whether its meter stands above the baseline's by more than chance; `None` when that cannot be
    /// told.
    pub recognised: Option<bool>,
    /// Share of conversations whose level is above the baseline's of the same task and attempt, ties
    /// half, 0 to 1.
    pub share: Option<f64>,
}

/// Whether customers of a condition told the truth of their task.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConditionAdherence {
    /// The condition's id.
    pub condition: String,
    /// The condition's name.
    pub name: String,
    /// Conversations looked at.
    pub conversations: u32,
    /// Of these with a fact that the customer made up.
    pub invented: u32,
    /// Of these with a fact that was needed, asked for and never told.
    pub withheld: u32,
    /// Failures that the rules, a model or a person ascribe to the customer.
    pub user_faults: u32,
    /// Share of conversations without any of the first two, 0 to 1; `None` without conversations.
    pub kept: Option<f64>,
    /// Its 95 % interval by task; `None` below 10 tasks.
    pub kept_interval: Option<Interval>,
    /// In a sentence.
    pub sentence: String,
    /// Conversations to open, at most twelve.
    pub examples: Vec<AdherenceExample>,
}

/// What a customer did to a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AdherenceKind {
    /// Said something that is neither in its instruction nor was said to it.
    Invented,
    /// Never told what was needed and asked for.
    Withheld,
}

/// A conversation in which a fact was not told truly.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AdherenceExample {
    /// The conversation.
    pub conversation_id: String,
    /// The task's title.
    pub title: String,
    /// What was done.
    pub kind: AdherenceKind,
    /// The fact.
    pub fact: String,
    /// The turn where it shows, from 1.
    pub turn: Option<u32>,
    /// In a sentence.
    pub sentence: String,
}

/// Conversations to be read by a judging model.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FidelityDraft {
    /// The run.
    pub run_id: String,
    /// The judging model.
    pub model: ModelChoice,
    /// Most conversations to read; they are drawn evenly over conditions and tasks.
    pub most: u32,
    /// Questions at the same time.
    pub max_concurrency: u32,
}

/// What a judging model would be asked and cost.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FidelityEstimate {
    /// Conversations it would read.
    pub conversations: u32,
    /// Questions it would be asked.
    pub questions: u32,
    /// US dollars; `None` when the price is not known.
    pub cost: Option<f64>,
    /// In a sentence.
    pub sentence: String,
}

/// A judging model at work on a run's messages.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FidelityJob {
    /// Whether it is going on.
    pub running: bool,
    /// Questions to ask.
    pub planned: u32,
    /// Answered.
    pub done: u32,
    /// Not answered, because the model could not be asked or answered unreadably.
    pub failed: u32,
    /// What it cost so far in US dollars, where prices are known.
    pub cost: Option<f64>,
    /// What is going on or went wrong.
    pub message: String,
}
