//! Layers that treat every row alike: linear maps over quantised weights, and norms.

use candle_core::quantized::{GgmlDType, QMatMul, QTensor};
use candle_core::{Device, Module, Tensor};

use crate::DecoderError;
use crate::file::Gguf;

/// Where a model computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Compute {
    /// The processor. Works everywhere.
    #[default]
    Cpu,
    /// The first NVIDIA card; needs a build with the feature `cuda`.
    Cuda,
    /// Apple's graphics processor; needs a build with the feature `metal`.
    Metal,
}

impl Compute {
    pub(crate) fn device(self) -> Result<Device, DecoderError> {
        match self {
            Compute::Cpu => Ok(Device::Cpu),
            #[cfg(feature = "cuda")]
            Compute::Cuda => Device::new_cuda(0).map_err(|e| absent("NVIDIA", &e)),
            #[cfg(feature = "metal")]
            Compute::Metal => Device::new_metal(0).map_err(|e| absent("Apple", &e)),
            #[cfg(not(feature = "cuda"))]
            Compute::Cuda => Err(not_built("NVIDIA cards", "cuda")),
            #[cfg(not(feature = "metal"))]
            Compute::Metal => Err(not_built("Apple's graphics processor", "metal")),
        }
    }
}

#[cfg(any(feature = "cuda", feature = "metal"))]
fn absent(maker: &str, why: &candle_core::Error) -> DecoderError {
    DecoderError::Device(format!(
        "No {maker} graphics processor could be used ({why}). Choose the processor (CPU) instead."
    ))
}

#[cfg(any(not(feature = "cuda"), not(feature = "metal")))]
fn not_built(what: &str, feature: &str) -> DecoderError {
    DecoderError::Device(format!(
        "This build cannot use {what}. Choose the processor (CPU) instead, or build with the \
         feature {feature:?}."
    ))
}

/// How weights are held in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weights {
    /// In the file's blocks, or in blocks that are faster and as exact.
    #[default]
    Stored,
    /// As 32-bit numbers: four times the memory of `Q8_0`, and long texts are read about twice as fast. For
    /// small models, and for measuring.
    Full,
}

/// A linear map with an optional bias: rows (n, in) to (n, out).
#[derive(Debug)]
pub(crate) struct Linear {
    weight: QMatMul,
    bias: Option<Tensor>,
}

impl Linear {
    /// Reads `<name>.weight` (out, in) and, where the file has it, `<name>.bias` (out).
    pub fn read(
        gguf: &mut Gguf,
        name: &str,
        out: usize,
        input: usize,
        device: &Device,
    ) -> Result<Linear, DecoderError> {
        let weight = gguf.tensor(&format!("{name}.weight"), &[out, input], device)?;
        let bias = format!("{name}.bias");
        let bias = match gguf.has(&bias) {
            true => Some(gguf.tensor(&bias, &[out], device)?.dequantize(device)?),
            false => None,
        };
        Ok(Linear {
            weight: QMatMul::from_qtensor(reblocked(weight, gguf.weights, device)?)?,
            bias,
        })
    }

    pub fn forward(&self, rows: &Tensor) -> Result<Tensor, DecoderError> {
        let y = self.weight.forward(rows)?;
        Ok(match &self.bias {
            Some(bias) => y.broadcast_add(bias)?,
            None => y,
        })
    }
}

/// Weights that the processor is fast with. The library has no vector kernel for three of the
/// block formats (five times slower than `Q8_0`) and would widen half-wide numbers to four bytes;
/// `Q8_0` holds both with an error far below what they were rounded by, or close to it.
pub(crate) fn reblocked(
    weight: QTensor,
    weights: Weights,
    device: &Device,
) -> Result<QTensor, DecoderError> {
    use GgmlDType::{BF16, F16, F32, Q4_1, Q5_0, Q5_1, Q8_0};
    if weights == Weights::Full {
        return Ok(QTensor::quantize(&weight.dequantize(device)?, F32)?);
    }
    let width = weight.shape().dims().last().copied().unwrap_or(0);
    Ok(match weight.dtype() {
        Q4_1 | Q5_0 | Q5_1 | F16 | BF16
            if device.is_cpu() && width.is_multiple_of(Q8_0.block_size()) =>
        {
            QTensor::quantize(&weight.dequantize(device)?, Q8_0)?
        }
        _ => weight,
    })
}

/// Root-mean-square norm over the last dimension. GGUF stores Gemma's weights with the one that
/// its definition adds already added.
#[derive(Debug)]
pub(crate) struct Norm {
    weight: Tensor,
    epsilon: f32,
}

impl Norm {
    pub fn read(
        gguf: &mut Gguf,
        name: &str,
        width: usize,
        epsilon: f32,
        device: &Device,
    ) -> Result<Norm, DecoderError> {
        let weight = gguf.tensor(&format!("{name}.weight"), &[width], device)?;
        Ok(Norm { weight: weight.dequantize(device)?, epsilon })
    }

    pub fn forward(&self, rows: &Tensor) -> Result<Tensor, DecoderError> {
        Ok(candle_nn::ops::rms_norm(&rows.contiguous()?, &self.weight, self.epsilon)?)
    }
}
