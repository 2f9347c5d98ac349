//! What can go wrong with a local model, in words that tell a person what to do.

use std::path::PathBuf;

/// Why a model could not be opened or could not answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DecoderError {
    /// The file could not be read at all.
    #[error("{path} could not be read: {why}. Check that the file is there and may be read.")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The file is something else than a GGUF file.
    #[error("{path} is not a GGUF file. Choose a model file whose name ends in .gguf.")]
    NotGguf {
        /// The file.
        path: PathBuf,
    },
    /// The file ends before what it announces, or contradicts itself.
    #[error("{path} is cut short or damaged ({why}). Download the file again.")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where it breaks off.
        why: String,
    },
    /// The file is sound, but this decoder does not understand a part of it.
    #[error("This model cannot be used here: {0}")]
    Unsupported(String),
    /// A prompt and its reply are longer than what fits.
    #[error(
        "The conversation has {asked} tokens and the model can hold {limit}. Shorten it, or open \
         the model with a longer context."
    )]
    Context {
        /// Positions that were asked for.
        asked: usize,
        /// Positions that a lane can hold.
        limit: usize,
    },
    /// A caller's argument does not fit the model: a vector's width, a layer, a token id.
    #[error("This does not fit the model: {0}")]
    Misfit(String),
    /// The chat template of the file refused the conversation or could not be followed.
    #[error("The model's chat template could not be followed: {0}")]
    Template(String),
    /// The text could not be turned into tokens.
    #[error("The model's tokenizer failed: {0}")]
    Tokenizer(String),
    /// The asked processor is not there, or this build was made without it.
    #[error("{0}")]
    Device(String),
    /// Arithmetic failed; memory is the usual reason.
    #[error("The model stopped while computing: {0}")]
    Compute(String),
    /// The thread that owns the model ended. The model has to be opened again.
    #[error("The local model is no longer running: {0}. Open it again.")]
    Stopped(String),
}

impl From<candle_core::Error> for DecoderError {
    fn from(e: candle_core::Error) -> DecoderError {
        DecoderError::Compute(e.to_string())
    }
}
