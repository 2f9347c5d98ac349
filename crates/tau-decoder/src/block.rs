//! One block: attention and feed-forward, each beside the residual stream.
//!
//! Linear layers and norms run over the rows of all lanes at once, which is where batching pays;
//! attention runs lane by lane over that lane's own keys and values, so that nothing is padded and
//! no lane sees another.

use candle_core::{Device, Tensor};

use crate::DecoderError;
use crate::dimensions::{Arch, Dimensions};
use crate::file::Gguf;
use crate::lane::Lane;
use crate::linear::{Linear, Norm};
use crate::rope::RowAngles;

/// The weights of one block.
#[derive(Debug)]
pub(crate) struct Block {
    attention_norm: Norm,
    query: Linear,
    key: Linear,
    value: Linear,
    /// Norms over each head of queries and keys (Qwen 3, Gemma 3).
    query_norm: Option<Norm>,
    key_norm: Option<Norm>,
    output: Linear,
    /// Norms of what a half of the block adds to the stream (Gemma 3).
    after_attention: Option<Norm>,
    feed_norm: Norm,
    gate: Linear,
    up: Linear,
    down: Linear,
    after_feed: Option<Norm>,
    windowed: bool,
}

/// One lane's share of a batch.
pub(crate) struct Part<'a> {
    pub lane: &'a mut Lane,
    /// The first row of the batch that belongs to the lane.
    pub row: usize,
    pub rows: usize,
    /// Masks of the layers that see everything and of those with a window; `None` where the
    /// range of keys alone is enough.
    pub mask: Option<Tensor>,
    pub window_mask: Option<Tensor>,
}

/// What all blocks of one pass share.
pub(crate) struct Pass<'a> {
    pub of: &'a Dimensions,
    pub global: RowAngles,
    pub local: Option<RowAngles>,
}

impl Block {
    pub fn read(
        gguf: &mut Gguf,
        of: &Dimensions,
        layer: usize,
        device: &Device,
    ) -> Result<Block, DecoderError> {
        let name = |part: &str| format!("blk.{layer}.{part}");
        let (width, wide) = (of.width, of.heads * of.head);
        let kv = of.kv_heads * of.head;
        let norms_heads = matches!(of.arch, Arch::Qwen3 | Arch::Gemma3);
        let gemma = of.arch == Arch::Gemma3;
        let mut norm = |part: &str, width: usize, wanted: bool| match wanted {
            true => Norm::read(gguf, &name(part), width, of.epsilon, device).map(Some),
            false => Ok(None),
        };
        let query_norm = norm("attn_q_norm", of.head, norms_heads)?;
        let key_norm = norm("attn_k_norm", of.head, norms_heads)?;
        let after_attention = norm("post_attention_norm", width, gemma)?;
        let after_feed = norm("post_ffw_norm", width, gemma)?;
        let attention_norm = Norm::read(gguf, &name("attn_norm"), width, of.epsilon, device)?;
        let feed_norm = Norm::read(gguf, &name("ffn_norm"), width, of.epsilon, device)?;
        let mut linear =
            |part: &str, out, input| Linear::read(gguf, &name(part), out, input, device);
        Ok(Block {
            attention_norm,
            query: linear("attn_q", wide, width)?,
            key: linear("attn_k", kv, width)?,
            value: linear("attn_v", kv, width)?,
            query_norm,
            key_norm,
            output: linear("attn_output", width, wide)?,
            after_attention,
            feed_norm,
            gate: linear("ffn_gate", of.feed_forward, width)?,
            up: linear("ffn_up", of.feed_forward, width)?,
            down: linear("ffn_down", width, of.feed_forward)?,
            after_feed,
            windowed: of.windowed[layer],
        })
    }

    /// The residual stream (rows, width) after this block.
    pub fn forward(
        &self,
        stream: &Tensor,
        layer: usize,
        parts: &mut [Part<'_>],
        pass: &Pass<'_>,
    ) -> Result<Tensor, DecoderError> {
        let mut beside = self.attention(stream, layer, parts, pass)?;
        if let Some(norm) = &self.after_attention {
            beside = norm.forward(&beside)?;
        }
        let stream = (stream + beside)?;
        let x = self.feed_norm.forward(&stream)?;
        let gate = self.gate.forward(&x)?;
        let open = match pass.of.arch {
            Arch::Gemma3 => gate.gelu()?,
            _ => candle_nn::ops::silu(&gate)?,
        };
        let mut beside = self.down.forward(&(open * self.up.forward(&x)?)?)?;
        if let Some(norm) = &self.after_feed {
            beside = norm.forward(&beside)?;
        }
        Ok((stream + beside)?)
    }

    fn attention(
        &self,
        stream: &Tensor,
        layer: usize,
        parts: &mut [Part<'_>],
        pass: &Pass<'_>,
    ) -> Result<Tensor, DecoderError> {
        let of = pass.of;
        let rows = stream.dim(0)?;
        let x = self.attention_norm.forward(stream)?;
        let heads = |y: Tensor, n: usize, norm: Option<&Norm>| -> Result<Tensor, DecoderError> {
            let y = y.reshape((rows, n, of.head))?;
            let y = norm.map_or_else(|| Ok(y.clone()), |norm| norm.forward(&y))?;
            Ok(y.transpose(0, 1)?.contiguous()?)
        };
        let angles = match (&pass.local, self.windowed) {
            (Some(local), true) => local,
            _ => &pass.global,
        };
        let q = heads(self.query.forward(&x)?, of.heads, self.query_norm.as_ref())?;
        let k = heads(self.key.forward(&x)?, of.kv_heads, self.key_norm.as_ref())?;
        let v = heads(self.value.forward(&x)?, of.kv_heads, None)?;
        let q = (angles.turn(&q)? * of.query_scale)?;
        let k = angles.turn(&k)?;
        let mut seen = Vec::with_capacity(parts.len());
        for part in parts.iter_mut() {
            let own = |all: &Tensor| all.narrow(1, part.row, part.rows);
            part.lane.write(layer, &own(&k)?, &own(&v)?)?;
            seen.push(self.look(&own(&q)?, layer, part, of)?);
        }
        self.output.forward(&Tensor::cat(&seen, 0)?)
    }

    /// What the queries (heads, rows, head) of one lane gather from its values: (rows, heads ×
    /// head). Heads that share keys are laid side by side instead of copying the keys.
    fn look(
        &self,
        q: &Tensor,
        layer: usize,
        part: &Part<'_>,
        of: &Dimensions,
    ) -> Result<Tensor, DecoderError> {
        let (start, rows) = (part.lane.len(), part.rows);
        let end = start + rows;
        let (from, mask) = match of.window {
            Some(window) if self.windowed => {
                ((start + 1).saturating_sub(window), part.window_mask.as_ref())
            }
            _ => (0, part.mask.as_ref()),
        };
        let (k, v) = part.lane.read(layer, from, end)?;
        let (shared, keys) = (of.heads / of.kv_heads, end - from);
        let q = q.reshape((of.kv_heads, shared * rows, of.head))?;
        let mut scores = q.matmul(&k.t()?)?;
        if let Some(mask) = mask {
            let by_head = scores.reshape((of.heads, rows, keys))?;
            scores = by_head.broadcast_add(mask)?.reshape((of.kv_heads, shared * rows, keys))?;
        }
        let weights = candle_nn::ops::softmax_last_dim(&scores)?;
        let seen = weights.matmul(&v)?.reshape((of.heads, rows, of.head))?;
        Ok(seen.transpose(0, 1)?.reshape((rows, of.heads * of.head))?)
    }
}

/// Minus infinity where a row may not look: at later positions and behind the window. The columns
/// are the keys that [`Block::look`] reads. One row that sees all its keys needs no mask.
pub(crate) fn mask(
    start: usize,
    rows: usize,
    window: Option<usize>,
    device: &Device,
) -> Result<Option<Tensor>, DecoderError> {
    if rows == 1 {
        return Ok(None);
    }
    let from = window.map_or(0, |w| (start + 1).saturating_sub(w));
    let keys = start + rows - from;
    let mut mask = Vec::with_capacity(rows * keys);
    for position in start..start + rows {
        mask.extend((from..start + rows).map(|key| {
            let hidden = key > position || window.is_some_and(|w| position - key >= w);
            if hidden { f32::NEG_INFINITY } else { 0.0 }
        }));
    }
    Ok(Some(Tensor::from_vec(mask, (rows, keys), device)?))
}
