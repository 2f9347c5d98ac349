//! Rotary positions: which angle each pair of a head turns by at each position.

use candle_core::{Device, Tensor};

use crate::DecoderError;
use crate::dimensions::Dimensions;
use crate::file::Gguf;

/// Cosines and sines of every position a lane can hold, (context, head / 2).
#[derive(Debug)]
pub(crate) struct Angles {
    cos: Tensor,
    sin: Tensor,
}

/// The angles of the rows of one batch, gathered once for all layers.
pub(crate) struct RowAngles {
    cos: Tensor,
    sin: Tensor,
    halves: bool,
}

impl Angles {
    /// Angles of the layers that see everything. Llama 3's stretched contexts come as a tensor of
    /// divisors for the frequencies, `rope_freqs.weight`.
    pub fn global(
        gguf: &mut Gguf,
        of: &Dimensions,
        context: usize,
        device: &Device,
    ) -> Result<Angles, DecoderError> {
        const STRETCH: &str = "rope_freqs.weight";
        let stretch = match gguf.has(STRETCH) {
            true => {
                let read = gguf.tensor(STRETCH, &[of.head / 2], &Device::Cpu)?;
                Some(read.dequantize(&Device::Cpu)?.to_vec1::<f32>()?)
            }
            false => None,
        };
        if stretch.iter().flatten().any(|f| !f.is_finite() || *f <= 0.0) {
            return Err(gguf.damaged("rope_freqs.weight makes no sense"));
        }
        Angles::new(of.rope_base, of.rope_factor, stretch.as_deref(), of.head, context, device)
    }

    /// Angles of the layers with a window.
    pub fn local(of: &Dimensions, context: usize, device: &Device) -> Result<Angles, DecoderError> {
        Angles::new(of.local_base, 1.0, None, of.head, context, device)
    }

    fn new(
        base: f64,
        factor: f64,
        stretch: Option<&[f32]>,
        head: usize,
        context: usize,
        device: &Device,
    ) -> Result<Angles, DecoderError> {
        let half = head / 2;
        let frequencies: Vec<f32> = (0..half)
            .map(|i| {
                let divisor = stretch.map_or(1.0, |s| s[i]);
                (base as f32).powf(-((2 * i) as f32) / head as f32) / divisor / factor as f32
            })
            .collect();
        let turns: Vec<f32> = (0..context)
            .flat_map(|position| frequencies.iter().map(move |f| position as f32 * f))
            .collect();
        let turns = Tensor::from_vec(turns, (context, half), device)?;
        Ok(Angles { cos: turns.cos()?, sin: turns.sin()? })
    }

    /// The rows of these positions.
    pub fn at(&self, positions: &Tensor, halves: bool) -> Result<RowAngles, DecoderError> {
        Ok(RowAngles {
            cos: self.cos.index_select(positions, 0)?,
            sin: self.sin.index_select(positions, 0)?,
            halves,
        })
    }
}

impl RowAngles {
    /// Turns heads laid out as (heads, rows, head).
    pub fn turn(&self, heads: &Tensor) -> Result<Tensor, DecoderError> {
        let x = heads.unsqueeze(0)?;
        let turned = match self.halves {
            true => candle_nn::rotary_emb::rope(&x, &self.cos, &self.sin)?,
            false => candle_nn::rotary_emb::rope_i(&x, &self.cos, &self.sin)?,
        };
        Ok(turned.squeeze(0)?)
    }
}
