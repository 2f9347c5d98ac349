//! Traits in a model's activations: a customer played by an open-weight model on this computer.
//!
//! The method is TraitBasis (arXiv 2510.04491). A model reads pairs of replies that differ in one trait
//! alone; the mean difference of what its residual stream holds over the reply's tokens is the trait's
//! direction; adding it while the model writes gives a customer with the trait, and a weighted sum of
//! several gives a mix. Nothing is trained. Where this differs from the paper, on purpose:
//!
//! - The layer is not chosen by annotators and the strength not by hand: both are measured, as effect
//!   on what the model finds likely against damage to lines that have nothing to do with the trait
//!   ([`calibrate`](LocalModel::calibrate)). All traits of a model share one layer, so that a mix is one vector.
//! - Strength is the length of the added vector over that of the residual stream. In this unit
//!   different traits do about the same damage, and a mix as much as its joint length, so that is what
//!   is capped ([`TraitBasis::compose`]).
//! - A level of the slider is a share of the strongest usable effect ([`crate::DoseCurve`]), the same for all
//!   kinds of voices.
//! - Only what the customer writes is steered, from the last token of the prompt on. What was said before is
//!   read as it is.
//! - Replies that went round in circles or fell apart are drawn again, more gently, and say so
//!   ([`guard`](fault)).
//!
//! A model file and its basis (`<model>.traits.safetensors`) lie beside each other; [`LocalModels`] opens each
//! model once, and all conversations of a run share it in one batch.

mod basis;
mod basis_file;
mod calibrate;
mod compose;
mod error;
mod extract;
mod frame;
mod guard;
mod lines;
mod model;
mod progress;
mod search;
mod steered;
mod store;
#[cfg(test)]
mod testing;
mod vectors;
mod voice;

pub use basis::{Provenance, Record, Source, Stats, TraitBasis, TraitDirections, pairs_sha256};
pub use basis_file::basis_path;
pub use calibrate::{LEAST_PAIRS, Measured};
pub use compose::Injection;
pub use error::LocalError;
pub use frame::{FRAME, NEUTRAL, NEUTRAL_CHECK, Neutral, frame_sha256};
pub use guard::{Fault, STOP, fault};
pub use model::LocalModel;
pub use progress::{Stage, Step};
pub use search::DAMAGE_BOUND;
pub use steered::SteeredModel;
pub use store::LocalModels;
pub use voice::LocalVoice;
