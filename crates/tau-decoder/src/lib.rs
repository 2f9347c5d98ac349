//! Open-weight language models on this computer: a decoder for GGUF files with a hook on the
//! residual stream, its tokenizer and chat template, a sampler, and an engine that plays many
//! conversations in one batch. It knows nothing of traits.
//!
//! The forward pass is our own because the library's models keep their layers to themselves, and
//! steering needs two things of every layer: the residual stream as it leaves the block
//! ([`Capture`]) and a vector added to it ([`Push`]). Arithmetic on (quantised) tensors is
//! candle's.
//!
//! What is not understood is refused by name: an architecture, a tensor, a tokenizer. A model that
//! runs with one part ignored gives plausible nonsense, which is worse than none.

mod block;
pub mod control_vector;
mod decoder;
mod dimensions;
mod engine;
mod error;
mod file;
mod info;
mod lane;
mod linear;
mod residual;
mod rope;
mod sampler;
mod score;
mod text;
pub mod threads;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod tiny;

pub use decoder::{Decoder, Fed, Feed, Options};
pub use engine::{Engine, EngineOptions, Finish, Generated, Job};
pub use error::DecoderError;
pub use info::ModelInfo;
pub use lane::Lane;
pub use linear::{Compute, Weights};
pub use residual::{Capture, Captured, LayerMean, Push};
pub use sampler::{Sampler, Sampling};
pub use score::log_probability;
pub use text::{Text, TextStream};
