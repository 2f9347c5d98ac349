//! Reading a GGUF file without believing it.
//!
//! A header may claim anything: tensors larger than the file, dimensions whose product overflows,
//! an alignment of nought. Everything is checked against the file's real length before memory is
//! taken for it, and every tensor is checked against the shape that the metadata leads to expect.
//! The format: <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use candle_core::Device;
use candle_core::quantized::gguf_file::{Content, Value};
use candle_core::quantized::{GgmlDType, QTensor};

use crate::{DecoderError, Weights};

/// An open GGUF file: its metadata, and its tensors on request.
pub(crate) struct Gguf {
    pub content: Content,
    pub path: PathBuf,
    /// The file's real length.
    pub bytes: u64,
    /// How its weights are to be held.
    pub weights: Weights,
    reader: BufReader<File>,
    /// Tensors that were asked for, so that what nobody understood can be named.
    taken: BTreeSet<String>,
}

impl Gguf {
    /// Reads the header. Nothing of the weights is read yet.
    pub fn open(path: &Path) -> Result<Gguf, DecoderError> {
        let unreadable = |e: std::io::Error| DecoderError::Unreadable {
            path: path.to_owned(),
            why: e.to_string(),
        };
        let file = File::open(path).map_err(unreadable)?;
        let bytes = file.metadata().map_err(unreadable)?.len();
        let mut reader = BufReader::new(file);
        let mut magic = [0u8; 4];
        match reader.read_exact(&mut magic) {
            Ok(()) if &magic == b"GGUF" => {}
            Err(e) if e.kind() != std::io::ErrorKind::UnexpectedEof => return Err(unreadable(e)),
            _ => return Err(DecoderError::NotGguf { path: path.to_owned() }),
        }
        reader.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        let damaged = |why: String| DecoderError::Damaged { path: path.to_owned(), why };
        // The library divides by the alignment that the file claims and so panics on nought.
        let content = catch_unwind(AssertUnwindSafe(|| Content::read(&mut reader)))
            .map_err(|_| damaged("its header contradicts itself".into()))?
            .map_err(|e| damaged(e.to_string()))?;
        let (path, weights, taken) = (path.to_owned(), Weights::default(), BTreeSet::new());
        Ok(Gguf { content, path, bytes, weights, reader, taken })
    }

    /// A text of the metadata.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.content.metadata.get(key) {
            Some(Value::String(s)) => Some(s),
            _ => None,
        }
    }

    /// A whole number of the metadata, however wide it was written.
    pub fn number(&self, key: &str) -> Option<u64> {
        whole(self.content.metadata.get(key)?)
    }

    /// A real number of the metadata.
    pub fn real(&self, key: &str) -> Option<f64> {
        match self.content.metadata.get(key)? {
            Value::F32(v) => Some(f64::from(*v)),
            Value::F64(v) => Some(*v),
            other => whole(other).map(|v| v as f64),
        }
    }

    /// A yes or no of the metadata.
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.content.metadata.get(key)? {
            Value::Bool(v) => Some(*v),
            _ => None,
        }
    }

    /// A list of the metadata.
    pub fn list(&self, key: &str) -> Option<&[Value]> {
        match self.content.metadata.get(key)? {
            Value::Array(v) => Some(v),
            _ => None,
        }
    }

    /// An error that says where this file is wrong.
    pub fn damaged(&self, why: impl Into<String>) -> DecoderError {
        DecoderError::Damaged { path: self.path.clone(), why: why.into() }
    }

    /// Whether the file has this tensor.
    pub fn has(&self, name: &str) -> bool {
        self.content.tensor_infos.contains_key(name)
    }

    /// The dimensions that the file gives for a tensor, slowest first.
    pub fn shape(&self, name: &str) -> Option<&[usize]> {
        self.content.tensor_infos.get(name).map(|t| t.shape.dims())
    }

    /// Reads one tensor, which must have this shape (slowest dimension first).
    pub fn tensor(
        &mut self,
        name: &str,
        shape: &[usize],
        device: &Device,
    ) -> Result<QTensor, DecoderError> {
        let Some(info) = self.content.tensor_infos.get(name) else {
            return Err(self.damaged(format!("the tensor {name} is missing")));
        };
        if info.shape.dims() != shape {
            let found = info.shape.dims().to_vec();
            return Err(self.damaged(format!(
                "the tensor {name} has the shape {found:?} where {shape:?} was expected"
            )));
        }
        let size = stored_bytes(shape, info.ggml_dtype)
            .ok_or_else(|| self.damaged(format!("the tensor {name} has an impossible size")))?;
        let start = self.content.tensor_data_offset.checked_add(info.offset);
        if start.and_then(|s| s.checked_add(size)).is_none_or(|end| end > self.bytes) {
            return Err(self.damaged(format!("the tensor {name} reaches past the end of the file")));
        }
        let tensor = self
            .content
            .tensor(&mut self.reader, name, device)
            .map_err(|e| self.damaged(e.to_string()))?;
        self.taken.insert(name.to_owned());
        Ok(tensor)
    }

    /// Tensors of the file that nothing asked for: parts of the model that would be ignored.
    pub fn untaken(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .content
            .tensor_infos
            .keys()
            .filter(|n| !self.taken.contains(*n))
            .map(String::as_str)
            .collect();
        names.sort_unstable();
        names
    }

    /// The block format that holds most of the weights, as GGUF names it.
    pub fn quantization(&self) -> String {
        let mut share: Vec<(GgmlDType, u64)> = Vec::new();
        for info in self.content.tensor_infos.values() {
            let size = stored_bytes(info.shape.dims(), info.ggml_dtype).unwrap_or(0);
            match share.iter_mut().find(|(t, _)| *t == info.ggml_dtype) {
                Some((_, sum)) => *sum += size,
                None => share.push((info.ggml_dtype, size)),
            }
        }
        let most = share.into_iter().max_by_key(|(_, sum)| *sum);
        most.map(|(t, _)| format!("{t:?}")).unwrap_or_default()
    }
}

/// A value as a whole number that is not negative.
pub(crate) fn whole(value: &Value) -> Option<u64> {
    match value {
        Value::U8(v) => Some(u64::from(*v)),
        Value::U16(v) => Some(u64::from(*v)),
        Value::U32(v) => Some(u64::from(*v)),
        Value::U64(v) => Some(*v),
        Value::I8(v) => u64::try_from(*v).ok(),
        Value::I16(v) => u64::try_from(*v).ok(),
        Value::I32(v) => u64::try_from(*v).ok(),
        Value::I64(v) => u64::try_from(*v).ok(),
        _ => None,
    }
}

/// Bytes of a tensor in the file; `None` when the rows are no whole blocks or the sum overflows.
fn stored_bytes(shape: &[usize], kind: GgmlDType) -> Option<u64> {
    let row = *shape.last()?;
    if row == 0 || !row.is_multiple_of(kind.block_size()) {
        return None;
    }
    let elements = shape.iter().try_fold(1usize, |all, d| all.checked_mul(*d))?;
    let bytes = (elements / kind.block_size()).checked_mul(kind.type_size())?;
    (bytes > 0).then_some(bytes as u64)
}
