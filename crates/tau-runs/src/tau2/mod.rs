//! Runs over domains of tau2, where the customer may have tools of its own: what their plan says, how their
//! episodes are played and kept, and results in tau2's own shape.
//!
//! A conversation is stored in the same words as one that was opened from a file of tau2 (see
//! `results::tau2`), with what each call changed beside it.

mod changes;
mod document;
mod export;
mod place;
mod plan;
mod play;
mod record;
mod watch;

pub use changes::{StateChange, StateLog, StateSide};
pub use export::Tau2Shape;
pub(crate) use export::{
    Frame, Piece, beside, frame, may_be_replaced, put_in_place, simulation_text, write_results_file,
};
pub use place::definition_of;
pub use plan::{JudgePlan, NOBODY, Tau2Plan};
pub use record::task_in_words;
