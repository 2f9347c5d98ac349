//! The model: opening a file, and feeding tokens to lanes.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use candle_core::quantized::{QMatMul, QTensor};
use candle_core::{DType, Device, Module, Tensor};

use crate::block::{Block, Part, Pass, mask};
use crate::dimensions::Dimensions;
use crate::file::Gguf;
use crate::linear::{Norm, reblocked};
use crate::residual::{Pushed, Sums, addition};
use crate::rope::Angles;
use crate::{Capture, Captured, Compute, DecoderError, Lane, ModelInfo, Push, Weights};

/// A lane's tokens are worked through in pieces that end at multiples of this position, however
/// the caller splits them. It bounds the memory of attention (rows × keys), and a prompt gives the
/// same result to the last bit whether its beginning was read before or now.
pub(crate) const PIECE: usize = 128;

/// Rows of all lanes in one pass; bounds the memory of the widest layer.
const MOST_ROWS: usize = 512;

/// How to open a model.
#[derive(Debug, Clone)]
pub struct Options {
    /// Positions a lane can hold at most; the file's own context when that is less.
    pub max_context: usize,
    /// Where to compute.
    pub device: Compute,
    /// How weights are held.
    pub weights: Weights,
}

impl Default for Options {
    fn default() -> Options {
        Options { max_context: 4096, device: Compute::Cpu, weights: Weights::Stored }
    }
}

/// An open model. It keeps no conversation: those are [`Lane`]s.
#[derive(Debug)]
pub struct Decoder {
    info: ModelInfo,
    dimensions: Dimensions,
    embedding: Arc<QTensor>,
    blocks: Vec<Block>,
    norm: Norm,
    output: QMatMul,
    global: Angles,
    local: Option<Angles>,
    device: Device,
}

/// Tokens for one lane.
#[derive(Debug)]
pub struct Feed<'a> {
    /// The sequence that they continue.
    pub lane: &'a mut Lane,
    /// At least one token.
    pub tokens: &'a [u32],
    /// Vectors added to the residual stream; several at one layer add up.
    pub push: &'a [Push],
    /// Of how many positions, counted from the last, the logits are wanted.
    pub keep: usize,
    /// What to read of the residual stream.
    pub capture: Capture,
}

/// What one lane gave back.
#[derive(Debug, Clone, Default)]
pub struct Fed {
    /// Logits (one number for each token id) of the last `keep` positions, in order.
    pub logits: Vec<Vec<f32>>,
    /// What was captured.
    pub hidden: Option<Captured>,
}

/// How far one feed is.
struct Progress {
    done: usize,
    sums: Option<Sums>,
    logits: Vec<Vec<f32>>,
}

impl Decoder {
    /// Opens a GGUF file. The weights are read into memory: `info().weights_bytes`, and somewhat
    /// more for block formats that are converted.
    ///
    /// # Errors
    /// When the file is no GGUF file, is cut short or contradicts itself, needs something that is
    /// not known here, or the device is not there.
    pub fn open(path: &Path, options: &Options) -> Result<Decoder, DecoderError> {
        let device = options.device.device()?;
        let mut gguf = Gguf::open(path)?;
        gguf.weights = options.weights;
        let of = Dimensions::read(&gguf)?;
        let context = of.trained_context.min(options.max_context.max(1));
        let table = [of.vocabulary, of.width];
        let embedding = gguf.tensor("token_embd.weight", &table, &device)?;
        let embedding = Arc::new(reblocked(embedding, options.weights, &device)?);
        let output = match gguf.has("output.weight") {
            true => {
                let output = gguf.tensor("output.weight", &table, &device)?;
                QMatMul::from_qtensor(reblocked(output, options.weights, &device)?)?
            }
            false => QMatMul::from_arc(embedding.clone())?,
        };
        let norm = Norm::read(&mut gguf, "output_norm", of.width, of.epsilon, &device)?;
        let mut blocks = Vec::new();
        for layer in 0..of.layers {
            blocks.push(Block::read(&mut gguf, &of, layer, &device)?);
        }
        let global = Angles::global(&mut gguf, &of, context, &device)?;
        let local = of.window.map(|_| Angles::local(&of, context, &device)).transpose()?;
        if let Some(unknown) = gguf.untaken().first() {
            return Err(DecoderError::Unsupported(format!(
                "it has the part {unknown}, which a {} model has not here.",
                gguf.text("general.architecture").unwrap_or_default()
            )));
        }
        let info = info(&gguf, &of, context);
        Ok(Decoder { info, dimensions: of, embedding, blocks, norm, output, global, local, device })
    }

    /// Facts about the model.
    pub fn info(&self) -> &ModelInfo {
        &self.info
    }

    /// A new sequence.
    pub fn lane(&self) -> Lane {
        Lane::new(&self.dimensions, self.info.context, &self.device)
    }

    /// Feeds tokens to lanes, all in one batch. A lane's result does not depend on the others.
    ///
    /// # Errors
    /// When a lane would grow past its context, or an argument does not fit the model; then no
    /// lane has changed. When computing fails, lanes may have read a part of their tokens.
    pub fn forward(&self, feeds: &mut [Feed<'_>]) -> Result<Vec<Fed>, DecoderError> {
        for feed in feeds.iter() {
            self.check(feed)?;
        }
        for feed in feeds.iter_mut() {
            feed.lane.reserve(feed.tokens.len())?;
        }
        let mut progress: Vec<Progress> = feeds
            .iter()
            .map(|feed| Progress {
                done: 0,
                sums: match feed.capture {
                    Capture::None => None,
                    Capture::Mean { from } => {
                        Some(Sums::new(from, self.dimensions.layers, self.dimensions.width))
                    }
                },
                logits: Vec::with_capacity(feed.keep),
            })
            .collect();
        while self.pass(feeds, &mut progress)? {}
        Ok(progress
            .into_iter()
            .map(|p| Fed { logits: p.logits, hidden: p.sums.map(Sums::captured) })
            .collect())
    }

    fn check(&self, feed: &Feed<'_>) -> Result<(), DecoderError> {
        let of = &self.dimensions;
        let misfit = |what: String| Err(DecoderError::Misfit(what));
        if !feed.lane.fits(of, self.info.context) {
            return misfit("the lane belongs to another model".into());
        }
        if feed.tokens.is_empty() || feed.keep > feed.tokens.len() {
            return misfit(format!("{} of {} positions", feed.keep, feed.tokens.len()));
        }
        if let Some(id) = feed.tokens.iter().find(|id| **id as usize >= of.vocabulary) {
            return misfit(format!("token {id} of {}", of.vocabulary));
        }
        for push in feed.push {
            self.check_push(push.layer, &push.vector)?;
        }
        let asked = feed.lane.len() + feed.tokens.len();
        if asked > self.info.context {
            return Err(DecoderError::Context { asked, limit: self.info.context });
        }
        Ok(())
    }

    /// Whether a vector can be added there.
    pub(crate) fn check_push(&self, layer: usize, vector: &[f32]) -> Result<(), DecoderError> {
        let of = &self.dimensions;
        if layer < of.layers && vector.len() == of.width && vector.iter().all(|x| x.is_finite()) {
            return Ok(());
        }
        Err(DecoderError::Misfit(format!(
            "a vector of {} numbers for layer {layer}; the model has {} layers of \
             width {}, and every number must be finite",
            vector.len(),
            of.layers,
            of.width
        )))
    }

    /// One pass through the blocks with the next piece of every feed; false when all are done.
    fn pass(
        &self,
        feeds: &mut [Feed<'_>],
        progress: &mut [Progress],
    ) -> Result<bool, DecoderError> {
        let of = &self.dimensions;
        let (mut ids, mut positions, mut wanted) = (Vec::new(), Vec::new(), Vec::new());
        let (mut parts, mut pushed, mut of_feed) = (Vec::new(), Vec::new(), Vec::new());
        for (i, feed) in feeds.iter_mut().enumerate() {
            let (row, done) = (ids.len(), progress[i].done);
            let position = feed.lane.len();
            let left = feed.tokens.len() - done;
            let rows = left.min(PIECE - position % PIECE);
            if left == 0 || (row > 0 && row + rows > MOST_ROWS) {
                continue;
            }
            ids.extend_from_slice(&feed.tokens[done..done + rows]);
            positions.extend((position..position + rows).map(|p| p as u32));
            let first_kept = (feed.tokens.len() - feed.keep).max(done) - done;
            wanted.extend((first_kept..rows).map(|r| (i, (row + r) as u32)));
            pushed.push(Pushed { push: feed.push, row, rows, position });
            parts.push(Part {
                row,
                rows,
                mask: mask(position, rows, None, &self.device)?,
                window_mask: match of.window {
                    Some(w) => mask(position, rows, Some(w), &self.device)?,
                    None => None,
                },
                lane: &mut *feed.lane,
            });
            of_feed.push(i);
        }
        if ids.is_empty() {
            return Ok(false);
        }
        let rows = ids.len();
        let stream = self.stream(&ids, &positions, &mut parts, &pushed, &of_feed, progress)?;
        if !wanted.is_empty() {
            let index: Vec<u32> = wanted.iter().map(|(_, row)| *row).collect();
            let index = Tensor::new(index, &self.device)?;
            let kept =
                if wanted.len() == rows { stream } else { stream.index_select(&index, 0)? };
            let logits = self.output.forward(&self.norm.forward(&kept)?)?;
            let logits = logits.to_dtype(DType::F32)?.to_vec2::<f32>()?;
            for ((i, _), logits) in wanted.iter().zip(logits) {
                progress[*i].logits.push(logits);
            }
        }
        for (part, i) in parts.iter_mut().zip(&of_feed) {
            part.lane.advance(part.rows);
            progress[*i].done += part.rows;
        }
        Ok(true)
    }

    /// The residual stream (rows, width) after the last block.
    fn stream(
        &self,
        ids: &[u32],
        positions: &[u32],
        parts: &mut [Part<'_>],
        pushed: &[Pushed<'_>],
        of_feed: &[usize],
        progress: &mut [Progress],
    ) -> Result<Tensor, DecoderError> {
        let of = &self.dimensions;
        let (rows, halves) = (ids.len(), of.arch.rotates_halves());
        let positions = Tensor::new(positions, &self.device)?;
        let pass = Pass {
            of,
            global: self.global.at(&positions, halves)?,
            local: self.local.as_ref().map(|l| l.at(&positions, halves)).transpose()?,
        };
        let ids = Tensor::new(ids, &self.device)?;
        let mut stream = self.embedding.embedding(&ids)?.to_dtype(DType::F32)?;
        if let Some(scale) = of.embedding_scale {
            stream = (stream * scale)?;
        }
        for (layer, block) in self.blocks.iter().enumerate() {
            stream = block.forward(&stream, layer, parts, &pass)?;
            for (p, i) in pushed.iter().zip(of_feed) {
                if let Some(sums) = &mut progress[*i].sums {
                    sums.take(layer, &stream.narrow(0, p.row, p.rows)?, p.position)?;
                }
            }
            if let Some(add) = addition(pushed, layer, rows, of.width, &self.device)? {
                stream = (stream + add)?;
            }
        }
        Ok(stream)
    }
}

pub(crate) fn info(gguf: &Gguf, of: &Dimensions, context: usize) -> ModelInfo {
    let file_name = gguf.path.file_stem().map(|n| n.to_string_lossy().into_owned());
    ModelInfo {
        arch: gguf.text("general.architecture").unwrap_or_default().to_owned(),
        name: gguf
            .text("general.name")
            .map(str::to_owned)
            .filter(|n| !n.trim().is_empty())
            .or(file_name)
            .unwrap_or_default(),
        layers: of.layers,
        width: of.width,
        context,
        trained_context: of.trained_context,
        vocabulary: of.vocabulary,
        weights_bytes: gguf.bytes,
        bytes_per_position: of.bytes_per_position(),
        quantization: gguf.quantization(),
        path: gguf.path.clone(),
        sha256: OnceLock::new(),
    }
}
