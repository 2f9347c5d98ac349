//! What the metadata of a GGUF file says about a model's shape, checked before anything is built
//! from it. Key names and meanings: the GGUF specification and `llama.cpp` (`llama-arch.cpp`,
//! `llama-model.cpp`).

use crate::DecoderError;
use crate::file::{Gguf, whole};

/// The families of models that this decoder knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arch {
    Llama,
    Qwen2,
    Qwen3,
    Gemma3,
}

impl Arch {
    fn named(name: &str) -> Option<Arch> {
        Some(match name {
            "llama" => Arch::Llama,
            "qwen2" => Arch::Qwen2,
            "qwen3" => Arch::Qwen3,
            "gemma3" => Arch::Gemma3,
            _ => return None,
        })
    }

    /// Whether rotary pairs are (i, i + half) rather than (2i, 2i + 1). Llama files come with
    /// their query and key rows already permuted for neighbouring pairs.
    pub fn rotates_halves(self) -> bool {
        self != Arch::Llama
    }
}

/// Sizes and constants of one model.
#[derive(Debug, Clone)]
pub(crate) struct Dimensions {
    pub arch: Arch,
    pub width: usize,
    pub layers: usize,
    pub heads: usize,
    pub kv_heads: usize,
    pub head: usize,
    pub feed_forward: usize,
    pub vocabulary: usize,
    pub trained_context: usize,
    pub epsilon: f32,
    /// Base of the rotary angles in layers that see everything.
    pub rope_base: f64,
    /// Positions are divided by this in layers that see everything (linear scaling).
    pub rope_factor: f64,
    /// Base of the rotary angles in layers with a window.
    pub local_base: f64,
    /// A windowed layer sees this many positions, its own included.
    pub window: Option<usize>,
    /// For each layer: whether the window applies.
    pub windowed: Vec<bool>,
    /// Factor on the queries.
    pub query_scale: f64,
    /// Factor on the embedding.
    pub embedding_scale: Option<f64>,
}

/// Upper bounds that no model of these families comes near; they keep sums small.
const MOST_LAYERS: usize = 1024;
const MOST_WIDTH: usize = 1 << 17;
const MOST_CONTEXT: usize = 1 << 24;

impl Dimensions {
    pub fn read(gguf: &Gguf) -> Result<Dimensions, DecoderError> {
        let name = gguf
            .text("general.architecture")
            .ok_or_else(|| gguf.damaged("general.architecture is missing"))?;
        let arch = Arch::named(name).ok_or_else(|| {
            DecoderError::Unsupported(format!(
                "its architecture is {name:?}. Known are llama, qwen2, qwen3 and gemma3."
            ))
        })?;
        let keys = Keys { gguf, arch: name };
        keys.refuse_unknown()?;

        let width = keys.size("embedding_length", MOST_WIDTH)?;
        let layers = keys.size("block_count", MOST_LAYERS)?;
        let heads = keys.size("attention.head_count", MOST_WIDTH)?;
        let kv_heads = keys.size_or("attention.head_count_kv", heads, MOST_WIDTH)?;
        let head = keys.size_or("attention.key_length", width / heads, MOST_WIDTH)?;
        let value = keys.size_or("attention.value_length", head, MOST_WIDTH)?;
        let rotated = keys.size_or("rope.dimension_count", head, MOST_WIDTH)?;
        let odd = |what: &str| gguf.damaged(format!("{what} do not go together"));
        if heads % kv_heads != 0 {
            return Err(odd("attention.head_count and attention.head_count_kv"));
        }
        if head % 2 != 0 || head == 0 {
            return Err(gguf.damaged("the attention heads have an odd width"));
        }
        if value != head || rotated != head {
            return Err(DecoderError::Unsupported(
                "its keys, values and rotary part differ in width.".into(),
            ));
        }
        let shape = gguf.shape("token_embd.weight").unwrap_or_default();
        let vocabulary = match shape {
            [rows, _] if *rows > 0 => *rows,
            _ => return Err(gguf.damaged("the tensor token_embd.weight is missing")),
        };
        let windowed = keys.windowed(arch, layers)?;
        let window = keys.number("attention.sliding_window").filter(|w| *w > 0);
        let window = window.filter(|_| arch == Arch::Gemma3).map(|w| w as usize);
        Ok(Dimensions {
            arch,
            width,
            layers,
            heads,
            kv_heads,
            head,
            feed_forward: keys.size("feed_forward_length", MOST_WIDTH * 8)?,
            vocabulary,
            trained_context: keys.size("context_length", MOST_CONTEXT)?,
            epsilon: keys
                .real("attention.layer_norm_rms_epsilon")
                .filter(|e| (0.0..1.0).contains(e))
                .ok_or_else(|| keys.missing("attention.layer_norm_rms_epsilon"))?
                as f32,
            rope_base: keys.base("rope.freq_base", 10_000.0)?,
            rope_factor: keys.rope_factor()?,
            local_base: keys.base("rope.local_freq_base", 10_000.0)?,
            windowed: if window.is_some() { windowed } else { vec![false; layers] },
            window,
            query_scale: query_scale(arch, layers, width, heads, head),
            embedding_scale: (arch == Arch::Gemma3).then(|| (width as f64).sqrt()),
        })
    }

    /// Bytes of keys and values of one position in all layers, in 32-bit numbers.
    pub fn bytes_per_position(&self) -> usize {
        2 * self.layers * self.kv_heads * self.head * size_of::<f32>()
    }
}

/// One over the root of the head's width; Gemma 3's 27B alone uses width over heads instead, and
/// its file says so only by its 62 layers (`llama.cpp` tells it apart the same way).
fn query_scale(arch: Arch, layers: usize, width: usize, heads: usize, head: usize) -> f64 {
    let base = if arch == Arch::Gemma3 && layers == 62 { width / heads } else { head };
    1.0 / (base as f64).sqrt()
}

struct Keys<'a> {
    gguf: &'a Gguf,
    arch: &'a str,
}

impl Keys<'_> {
    fn key(&self, key: &str) -> String {
        format!("{}.{key}", self.arch)
    }

    fn number(&self, key: &str) -> Option<u64> {
        self.gguf.number(&self.key(key))
    }

    fn real(&self, key: &str) -> Option<f64> {
        self.gguf.real(&self.key(key))
    }

    fn missing(&self, key: &str) -> DecoderError {
        self.gguf.damaged(format!("{} is missing or makes no sense", self.key(key)))
    }

    /// A size that must be there, between one and `most`.
    fn size(&self, key: &str, most: usize) -> Result<usize, DecoderError> {
        let value = self.number(key).and_then(|v| usize::try_from(v).ok());
        value.filter(|v| (1..=most).contains(v)).ok_or_else(|| self.missing(key))
    }

    fn size_or(&self, key: &str, usual: usize, most: usize) -> Result<usize, DecoderError> {
        match self.gguf.content.metadata.contains_key(&self.key(key)) {
            true => self.size(key, most),
            false => Ok(usual),
        }
    }

    fn base(&self, key: &str, usual: f64) -> Result<f64, DecoderError> {
        match self.real(key) {
            None => Ok(usual),
            Some(base) if base.is_finite() && base > 1.0 => Ok(base),
            Some(_) => Err(self.missing(key)),
        }
    }

    /// Things that some files of these families carry and that would change what is computed.
    fn refuse_unknown(&self) -> Result<(), DecoderError> {
        let refuse = |what: String| Err(DecoderError::Unsupported(what));
        if self.number("expert_count").is_some_and(|n| n > 0) {
            return refuse("it is a mixture of experts. Choose a dense model.".into());
        }
        for key in ["attn_logit_softcapping", "final_logit_softcapping", "attention.scale"] {
            if self.real(key).is_some_and(|v| v != 0.0) {
                return refuse(format!("it sets {}, which is not known here.", self.key(key)));
            }
        }
        match self.gguf.text(&self.key("rope.scaling.type")) {
            None | Some("none" | "linear") => Ok(()),
            Some(other) => refuse(format!("its positions are scaled by {other:?}.")),
        }
    }

    fn rope_factor(&self) -> Result<f64, DecoderError> {
        let scaled = self.gguf.text(&self.key("rope.scaling.type")) == Some("linear");
        let factor = match scaled {
            true => self.real("rope.scaling.factor"),
            false => self.real("rope.scale_linear"),
        };
        match factor {
            None => Ok(1.0),
            Some(f) if f.is_finite() && f >= 1.0 => Ok(f),
            Some(_) => Err(self.missing("rope.scaling.factor")),
        }
    }

    /// Which layers have a window: written as a list, or as a period whose last layer sees all.
    fn windowed(&self, arch: Arch, layers: usize) -> Result<Vec<bool>, DecoderError> {
        const USUAL_PERIOD: u64 = 6;
        let key = "attention.sliding_window_pattern";
        if arch != Arch::Gemma3 {
            return Ok(vec![false; layers]);
        }
        if let Some(list) = self.gguf.list(&self.key(key)) {
            use candle_core::quantized::gguf_file::Value;
            let read: Option<Vec<bool>> = list
                .iter()
                .map(|v| match v {
                    Value::Bool(b) => Some(*b),
                    other => whole(other).map(|n| n != 0),
                })
                .collect();
            return read.filter(|l| l.len() == layers).ok_or_else(|| self.missing(key));
        }
        let period = self.number(key).unwrap_or(USUAL_PERIOD).max(1) as usize;
        Ok((0..layers).map(|i| (i + 1) % period != 0).collect())
    }
}
