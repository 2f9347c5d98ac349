//! How difficult a customer is: traits, their levels, mixes of them, and how a mix reaches a
//! simulated customer.
//!
//! A [`TraitMix`] reaches a language model as text ([`TraitMix::prompt_texts`]), a steer service as
//! its `trait_dict` ([`SteerClient`]), and the practice customer as numbers.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod curve;
pub mod fidelity;
mod mix;
mod steer;
mod traits;

pub use curve::{DoseCurve, DosePoint, EffectUnit};
pub use mix::{BASELINE, Condition, MixError, TraitMix};
pub use steer::SteerClient;
pub use traits::{HIGHEST_LEVEL, Level, Trait, all_traits, trait_by_id};
