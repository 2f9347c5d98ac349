//! What can go wrong with a model of one's own computer, in words that say what to do.

use std::io;
use std::path::PathBuf;

use tau_decoder::DecoderError;

/// A failure of local steering.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// The model file, or what the model was asked for.
    #[error(transparent)]
    Decoder(#[from] DecoderError),
    /// There is no such file.
    #[error("there is no model file {name} in {}: fetch it, or add the file from disk", folder.display())]
    NoSuchModel {
        /// The file's name.
        name: String,
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// A file that could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file that is no trait basis, or one that was damaged.
    #[error("{} is no file of trait directions ({reason}): remove it and calibrate the model again", path.display())]
    NotABasis {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A basis in a format that this version does not read.
    #[error(
        "{} is written in the format {found:?}, and this version reads {expected:?}: update the app, or \
         remove the file and calibrate the model again", path.display()
    )]
    OtherFormat {
        /// The file.
        path: PathBuf,
        /// The format it names.
        found: String,
        /// The format that is read.
        expected: &'static str,
    },
    /// A basis that belongs to another model.
    #[error(
        "the trait directions in {} were made with another model file ({basis_model}), and directions \
         of one model mean nothing in another: calibrate {this_model} anew", path.display()
    )]
    OtherModel {
        /// The file.
        path: PathBuf,
        /// The model that it was made with.
        basis_model: String,
        /// The model that it was opened for.
        this_model: String,
    },
    /// Directions that do not have the model's shape.
    #[error(
        "the directions of {trait_id} have the shape {found:?}, and this model has {expected:?} (layers, \
         width): they were made for another model"
    )]
    WrongShape {
        /// The trait.
        trait_id: String,
        /// Layers and width of the directions.
        found: (usize, usize),
        /// Layers and width of the model.
        expected: (usize, usize),
    },
    /// A trait without a measured strength in this model.
    #[error(
        "{model} has not been calibrated for the trait {trait_id}, so its slider would mean nothing: \
         calibrate the model for it first"
    )]
    Uncalibrated {
        /// The model's name.
        model: String,
        /// The trait.
        trait_id: String,
    },
    /// Too few contrastive pairs.
    #[error(
        "the trait {trait_id} has {found} contrastive pairs, and a direction needs at least {needed}: \
         add pairs to the trait"
    )]
    TooFewPairs {
        /// The trait.
        trait_id: String,
        /// Pairs it has, held-out ones included.
        found: usize,
        /// Pairs it needs.
        needed: usize,
    },
    /// A line that is empty or longer than the model can read.
    #[error("a line of the trait {trait_id} cannot be read by the model ({reason}): {line:?}")]
    UnusableLine {
        /// The trait.
        trait_id: String,
        /// The line.
        line: String,
        /// Why.
        reason: String,
    },
    /// Steering by this direction changed nothing, or broke the text before it did.
    #[error(
        "steering {model} along {trait_id} shows no effect before the text suffers: look whether its pairs \
         differ in the trait alone, or take a larger model"
    )]
    NoEffect {
        /// The model's name.
        model: String,
        /// The trait.
        trait_id: String,
    },
    /// A control vector without the layer that the basis steers.
    #[error("the control vector has no direction at layer {layer}, where this model is steered")]
    NoSuchLayer {
        /// The layer.
        layer: usize,
    },
    /// The model's basis was refused when the model was opened.
    #[error("{0}")]
    Refused(String),
    /// The thread that did it ended.
    #[error("the model stopped unexpectedly ({0}): open it again")]
    Stopped(String),
    /// Somebody stopped it.
    #[error("the calibration was stopped; what the model knew before is kept")]
    Cancelled,
}
