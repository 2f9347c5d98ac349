//! What a model file is, for lists and for records of what was run.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use crate::DecoderError;
use crate::decoder::info;
use crate::dimensions::Dimensions;
use crate::file::Gguf;

/// Facts about an opened model.
#[derive(Debug, Clone)]
pub struct ModelInfo {
    /// `general.architecture` of the file: `llama`, `qwen2`, `qwen3` or `gemma3`.
    pub arch: String,
    /// `general.name` of the file, or the file's own name without `.gguf`.
    pub name: String,
    /// Number of blocks. Layer `i` of a [`crate::Push`] is the residual after block `i`.
    pub layers: usize,
    /// Width of the residual stream.
    pub width: usize,
    /// Positions a lane can hold: the file's context, or less when the options ask for less.
    pub context: usize,
    /// Positions the model was trained for, as the file says.
    pub trained_context: usize,
    /// Number of token ids.
    pub vocabulary: usize,
    /// Bytes of the file, nearly all of them weights.
    pub weights_bytes: u64,
    /// Bytes that one position of one lane takes in memory (keys and values of all layers).
    pub bytes_per_position: usize,
    /// The block format that holds most of the weights in the file (`Q4K`, `Q8_0`, …).
    pub quantization: String,
    /// The file.
    pub path: PathBuf,
    pub(crate) sha256: OnceLock<String>,
}

impl ModelInfo {
    /// Looks at a file's header without reading its weights: what it is, and whether its
    /// architecture is known here. Whether all parts are there, [`crate::Decoder::open`] finds.
    ///
    /// # Errors
    /// When the file is no GGUF file, is cut short or contradicts itself, or needs something that
    /// is not known here.
    pub fn look(path: &Path) -> Result<ModelInfo, DecoderError> {
        let gguf = Gguf::open(path)?;
        let of = Dimensions::read(&gguf)?;
        Ok(info(&gguf, &of, of.trained_context))
    }

    /// SHA-256 of the file, lower-case hexadecimal. Read once, on the first call: some seconds for
    /// a large file.
    ///
    /// # Errors
    /// When the file is gone or cannot be read.
    pub fn sha256(&self) -> Result<&str, DecoderError> {
        if let Some(known) = self.sha256.get() {
            return Ok(known);
        }
        let sum = file_sha256(&self.path).map_err(|e| DecoderError::Unreadable {
            path: self.path.clone(),
            why: e.to_string(),
        })?;
        Ok(self.sha256.get_or_init(|| sum))
    }
}

fn file_sha256(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0u8; 1 << 20];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hex::encode(hash.finalize())),
            n => hash.update(&piece[..n]),
        }
    }
}
