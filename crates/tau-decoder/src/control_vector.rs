//! Directions as `llama.cpp` exchanges them: a GGUF file with the architecture `controlvector` and
//! a tensor `direction.N` of 32-bit numbers for each layer that has one.
//!
//! `llama.cpp` (`common.cpp`, `llama-adapter.cpp`) adds `direction.N` after block N, as
//! [`crate::Push`] does with layer N, and knows none for block 0. The strength is in the length.

use std::collections::BTreeMap;
use std::io::{Seek, Write};
use std::path::Path;

use candle_core::quantized::gguf_file::{self, Value};
use candle_core::quantized::{GgmlDType, QTensor};
use candle_core::{Device, Tensor};

use crate::DecoderError;
use crate::file::Gguf;

const ARCHITECTURE: &str = "controlvector";
/// More layers than any model has; numbers beyond it are a damaged file.
const MOST_LAYERS: usize = 1024;

/// The contents of a control vector file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ControlVector {
    /// The architecture it was made for (`controlvector.model_hint`), where the file says so.
    pub model_hint: Option<String>,
    /// For each layer from 1 on that has one: a vector as wide as the residual stream.
    pub directions: BTreeMap<usize, Vec<f32>>,
}

/// Reads a control vector file.
///
/// # Errors
/// When the file is no GGUF file, holds something else, is damaged, or its vectors differ in width.
pub fn read(path: &Path) -> Result<ControlVector, DecoderError> {
    let mut gguf = Gguf::open(path)?;
    if gguf.text("general.architecture").is_some_and(|a| a != ARCHITECTURE) {
        return Err(DecoderError::Unsupported(
            "the file is no control vector. Choose one made by llama.cpp's cvector-generator or \
             repeng."
                .into(),
        ));
    }
    let names: Vec<String> = gguf.content.tensor_infos.keys().cloned().collect();
    let mut directions = BTreeMap::new();
    for name in names {
        let layer = name.strip_prefix("direction.").and_then(|n| n.parse::<usize>().ok());
        let layer = layer.filter(|n| (1..MOST_LAYERS).contains(n));
        let layer = layer.ok_or_else(|| gguf.damaged(format!("the tensor {name} is unknown")))?;
        let shape = gguf.shape(&name).unwrap_or_default().to_vec();
        let [_] = shape[..] else {
            return Err(gguf.damaged(format!("the tensor {name} is no vector")));
        };
        let vector = gguf.tensor(&name, &shape, &Device::Cpu)?.dequantize(&Device::Cpu)?;
        let vector = vector.to_vec1::<f32>()?;
        if vector.iter().any(|x| !x.is_finite()) {
            return Err(gguf.damaged(format!("the tensor {name} holds no numbers")));
        }
        directions.insert(layer, vector);
    }
    let mut widths = directions.values().map(Vec::len);
    let width = widths.next().ok_or_else(|| gguf.damaged("it holds no direction"))?;
    if widths.any(|w| w != width) {
        return Err(gguf.damaged("its directions differ in width"));
    }
    Ok(ControlVector {
        model_hint: gguf.text("controlvector.model_hint").map(str::to_owned),
        directions,
    })
}

/// Writes a control vector file. The caller sees to it that the file is whole (a temporary name,
/// then a rename).
///
/// # Errors
/// When there is no direction, one is for layer 0 (which `llama.cpp` has not), their widths differ,
/// or writing fails.
pub fn write(to: &mut (impl Write + Seek), vector: &ControlVector) -> Result<(), DecoderError> {
    let width = vector.directions.values().next().map_or(0, Vec::len);
    let sound = |(layer, v): (&usize, &Vec<f32>)| *layer > 0 && v.len() == width && width > 0;
    if vector.directions.is_empty() || !vector.directions.iter().all(sound) {
        return Err(DecoderError::Misfit(
            "a control vector needs directions of one width for layers from 1 on".into(),
        ));
    }
    let layers = vector.directions.keys().next_back().copied().unwrap_or(0) as u32;
    let text = |s: &str| Value::String(s.to_owned());
    let mut metadata = vec![
        ("general.architecture", text(ARCHITECTURE)),
        ("controlvector.layer_count", Value::U32(layers)),
    ];
    if let Some(hint) = &vector.model_hint {
        metadata.push(("controlvector.model_hint", text(hint)));
    }
    let tensors = vector
        .directions
        .iter()
        .map(|(layer, v)| {
            let tensor = Tensor::new(v.as_slice(), &Device::Cpu)?;
            Ok((format!("direction.{layer}"), QTensor::quantize(&tensor, GgmlDType::F32)?))
        })
        .collect::<Result<Vec<_>, DecoderError>>()?;
    let metadata: Vec<(&str, &Value)> = metadata.iter().map(|(k, v)| (*k, v)).collect();
    let tensors: Vec<(&str, &QTensor)> = tensors.iter().map(|(n, t)| (n.as_str(), t)).collect();
    Ok(gguf_file::write(to, &metadata, &tensors)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tiny::Tiny;

    fn vector() -> ControlVector {
        let directions = BTreeMap::from([(1, vec![0.5, -2.0, 3.25]), (12, vec![1.0, 0.0, -1e-6])]);
        ControlVector { model_hint: Some("llama".into()), directions }
    }

    #[test]
    fn what_is_written_is_read_back_to_the_bit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("v.gguf");
        write(&mut std::fs::File::create(&path).unwrap(), &vector()).unwrap();
        assert_eq!(read(&path).unwrap(), vector());
    }

    #[test]
    fn layer_nought_and_vectors_of_different_width_are_not_written() {
        let mut out = std::io::Cursor::new(Vec::new());
        let mut nought = vector();
        nought.directions.insert(0, vec![1.0; 3]);
        let mut uneven = vector();
        uneven.directions.insert(2, vec![1.0; 2]);
        for wrong in [nought, uneven, ControlVector::default()] {
            assert!(matches!(write(&mut out, &wrong), Err(DecoderError::Misfit(_))));
        }
    }

    #[test]
    fn a_model_is_not_a_control_vector() {
        let (_folder, path) = Tiny::new("llama", 1).stored();
        assert!(matches!(read(&path), Err(DecoderError::Unsupported(_))));
    }
}
