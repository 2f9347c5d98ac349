//! Customers with traits: trait files, mixes, the voices that play them, calibration, and
//! open-weight models on this computer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ConditionDraft, CustomerChoice};

/// A trait with all that its file says, for its page.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TraitDetail {
    /// The trait as a person edits it.
    pub draft: TraitDraft,
    /// Whether it came with the app; such a trait is copied, not changed.
    pub shipped: bool,
    /// Its colour in every chart, as `#rrggbb`.
    pub color: String,
    /// Its name on the hosted steer API; empty when the service does not know it.
    pub hosted: String,
    /// Further lines of such customers per level, 0 to 4.
    pub examples: Vec<Vec<String>>,
    /// Runs that used it and keep its words.
    pub runs: u32,
}

/// A trait as a person writes it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct TraitDraft {
    /// The id; empty for a new trait: the app makes one of the name.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// Customers who have it, as they stand in a sentence ("impatient customers"); empty lets the
    /// app say "customers with NAME".
    pub customers: String,
    /// What such customers are like.
    pub description: String,
    /// Levels 1 to 4, Slight to Extreme.
    pub levels: Vec<LevelDraft>,
    /// What such a customer must not do, a sentence each.
    pub must_not: Vec<String>,
    /// Words and phrases that show it, for the trait meter.
    pub words: Vec<String>,
    /// The same thing said with much of the trait and without it.
    pub pairs: Vec<PairDraft>,
}

/// One level of a trait as a person writes it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct LevelDraft {
    /// What to expect, in a sentence.
    pub sentence: String,
    /// A line that such a customer would say.
    pub example: String,
    /// What a model is told that plays this customer; empty lets the app use the sentence.
    pub prompt: String,
    /// The reminder of each turn; empty lets the app use the sentence.
    pub reminder: String,
}

/// A contrastive pair: two answers to one message, which differ in the trait only.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct PairDraft {
    /// What the agent said.
    pub agent: String,
    /// The answer with much of the trait.
    pub more: String,
    /// The same answer without it.
    pub less: String,
}

/// Whether a trait can be kept.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TraitCheck {
    /// What keeps it from being saved, with the field's name (`levels.2.sentence`).
    pub problems: Vec<super::FieldProblem>,
    /// What would make it better: too few pairs for a local direction, lengths that give it away.
    pub advice: Vec<String>,
}

/// A mix with a name.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MixPreset {
    /// Its id.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// One sentence; may be empty for a person's own.
    pub description: String,
    /// Trait id to level, 0 to 4, fractions allowed.
    pub levels: BTreeMap<String, f64>,
    /// Whether it came with the app.
    pub shipped: bool,
}

/// Which mixes to make of some traits and levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SweepKind {
    /// Each trait alone at each level.
    Single,
    /// Each pair of traits at each pair of levels.
    Pairs,
    /// Every combination, off included.
    Full,
}

/// A sweep to be made.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SweepRequest {
    /// Which mixes.
    pub kind: SweepKind,
    /// Ids of the traits.
    pub traits: Vec<String>,
    /// Levels, each above 0 and at most 4.
    pub levels: Vec<f64>,
}

/// What a mix amounts to.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MixCheck {
    /// What a person reads: "Impatience: Strong + Skepticism: Slight".
    pub label: String,
    /// Joint strength, the length of the levels taken as a vector.
    pub joint: f64,
    /// Most that is played.
    pub cap: f64,
    /// Each trait is played at this share of its level; 1 when the mix is within the cap.
    pub factor: f64,
    /// That in words; empty within the cap.
    pub sentence: String,
}

/// How traits reach a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VoiceKind {
    /// A chat model that is told in words.
    Prompted,
    /// A steer service.
    Hosted,
    /// An open-weight model on this computer whose activations are steered.
    Local,
    /// The practice customer: not a real model.
    Practice,
}

/// Somebody who can play a customer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct VoiceInfo {
    /// Stable id, made of strategy, endpoint and model.
    pub id: String,
    /// What a person reads.
    pub name: String,
    /// How traits reach it.
    pub kind: VoiceKind,
    /// As a run's customer.
    pub choice: CustomerChoice,
    /// Whether it can speak now.
    pub ready: bool,
    /// What is missing, or what to know of it; may be empty.
    pub note: String,
    /// Ids of the traits it can show; `None` for any.
    pub traits: Option<Vec<String>>,
    /// When its levels were measured last; `None` when they never were.
    pub calibrated_at: Option<String>,
}

/// One message to be said.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SpeakRequest {
    /// Who speaks.
    pub voice: CustomerChoice,
    /// Trait id to level, 0 to 4, fractions allowed.
    pub levels: BTreeMap<String, f64>,
    /// What the customer wants, in a sentence or two; empty takes an everyday matter.
    pub situation: String,
    /// What the agent said last; empty takes a greeting.
    pub agent: String,
    /// Another number gives another message.
    pub seed: u32,
}

/// A message that was said.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SpokenLine {
    /// The message.
    pub text: String,
    /// What the meter reads of it.
    pub meter: Vec<MeterReading>,
    /// What a reader must know of it: capped, said again, simulated.
    pub notes: Vec<String>,
    /// Whether the practice customer said it.
    pub practice: bool,
    /// What it cost in US dollars; `None` when prices are not known.
    pub cost_usd: Option<f64>,
    /// Seconds it took.
    pub seconds: f64,
}

/// How much of a trait a message shows.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MeterReading {
    /// The trait's id.
    pub trait_id: String,
    /// The trait's name.
    pub name: String,
    /// Its colour as `#rrggbb`.
    pub color: String,
    /// The level that was asked, 0 to 4.
    pub asked: f64,
    /// The level that was measured, 0 to 4.
    pub measured: f64,
    /// Its name: Off, Slight, Clear, Strong, Extreme.
    pub level: String,
    /// How: `markers`, `direction` or `judge`.
    pub source: String,
}

/// The dose curves of one voice.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct VoiceCurves {
    /// The voice's id.
    pub voice: String,
    /// Its name.
    pub name: String,
    /// When they were measured.
    pub made_at: String,
    /// One per trait.
    pub curves: Vec<DoseCurve>,
}

/// What moving a slider does in one voice.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DoseCurve {
    /// The trait's id.
    pub trait_id: String,
    /// What the effect is measured in: `markers`, `contrast` or `judge`.
    pub unit: String,
    /// From Off to Extreme.
    pub points: Vec<DosePoint>,
    /// Whether more asked was more shown, at every step.
    pub monotone: bool,
    /// The curve in a sentence.
    pub sentence: String,
}

/// One point of a dose curve.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DosePoint {
    /// The slider, 0 to 4.
    pub level: f64,
    /// The voice's own strength there.
    pub dial: f64,
    /// What was measured.
    pub effect: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Messages or lines behind it.
    pub n: u32,
}

/// A calibration to be started.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CalibrationDraft {
    /// The voice, as a run's customer.
    pub voice: CustomerChoice,
    /// Ids of the traits; empty for all it can show.
    pub traits: Vec<String>,
}

/// Where a calibration stands.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CalibrationView {
    /// The voice's id.
    pub voice: String,
    /// `none`, `running`, `done`, `stopped` or `failed`.
    pub state: String,
    /// What is being done, in a sentence.
    pub step: String,
    /// Steps done.
    pub done: u32,
    /// Steps in all.
    pub planned: u32,
    /// Seconds to go; `None` when unknown.
    pub eta_seconds: Option<f64>,
    /// Calls of a paid model that it takes in all; 0 for none.
    pub calls: u32,
    /// What was measured so far or last.
    pub curves: Option<VoiceCurves>,
    /// What went wrong; empty when nothing did.
    pub message: String,
}

/// An open-weight model that can play customers on this computer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LocalModelInfo {
    /// Its id: the file's name.
    pub id: String,
    /// What a person reads.
    pub name: String,
    /// What it is good for, in a sentence.
    pub note: String,
    /// Its licence.
    pub licence: String,
    /// Where the licence can be read; may be empty.
    pub licence_page: String,
    /// Where it is fetched from; empty for a file of the person's own.
    pub address: String,
    /// The file's size in bytes.
    pub size_bytes: f64,
    /// Memory it needs in bytes, about.
    pub memory_bytes: f64,
    /// SHA-256 of the file in hex: of the file here, else the published one; empty when unknown.
    pub sha256: String,
    /// Where it stands.
    pub state: LocalModelState,
    /// Bytes that are here while it is fetched.
    pub received: f64,
    /// Why it cannot be used; empty when it can.
    pub message: String,
    /// Its basis of trait directions; `None` before the first calibration.
    pub basis: Option<BasisInfo>,
}

/// Where a local model stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LocalModelState {
    /// Not on this computer.
    Missing,
    /// On its way.
    Fetching,
    /// Begun and stopped; goes on where it stopped.
    Partial,
    /// Here and readable.
    Ready,
    /// Here but of no use.
    Broken,
}

/// A model's trait directions.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BasisInfo {
    /// Names of the traits with a direction.
    pub traits: Vec<String>,
    /// The layer that is steered, from 0.
    pub layer: u32,
    /// Layers of the model.
    pub layers: u32,
    /// When it was made.
    pub made_at: String,
    /// Traits whose words have changed since.
    pub outdated: Vec<String>,
}

/// A sweep's mixes, ready for a run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Sweep {
    /// The mixes.
    pub conditions: Vec<ConditionDraft>,
    /// That in a sentence, with what was capped.
    pub sentence: String,
}
