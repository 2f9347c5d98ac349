//! How difficult a customer is: traits, their levels, mixes of them, and how a mix reaches a
//! simulated customer.
//!
//! Traits are data ([`Trait`], [`TraitSet`]); a [`TraitMix`] says how much of which. Whoever plays the
//! customer is a [`CustomerVoice`]: told in words at each turn ([`Prompted`]), by a steer service that
//! gets the `trait_dict` ([`SteerClient`]), in the activations of a model on this computer ([`local`]), or
//! not at all ([`Unsteered`]).

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod curve;
pub mod fidelity;
mod file;
pub mod hosted;
mod level;
pub mod local;
pub mod meter;
mod mix;
mod preset;
mod prompted;
mod set;
pub mod sweep;
mod traits;
mod voice;

pub use curve::{DoseCurve, DosePoint, EffectUnit};
pub use file::{TraitFileError, read_trait, write_trait};
pub use hosted::{Hosted, SteerClient, SteerService};
pub use level::{HIGHEST_LEVEL, HostedLevel, LEVEL_NAMES, Strength};
pub use mix::{BASELINE, Capped, Condition, JOINT_CAP, MixError, TraitMix, is_trait_id};
pub use preset::{Preset, presets};
pub use prompted::{Anchor, AnchorError, Prompted};
pub use set::{SHIPPED_IDS, TraitSet, TraitSetError};
pub use traits::{Level, Marker, Measure, Pair, Trait};
pub use voice::{CustomerVoice, Sampling, Unsteered, VoiceKind};
