//! One sequence's memory: the keys and values of every layer.

use candle_core::{DType, Device, Tensor};

use crate::DecoderError;
use crate::dimensions::Dimensions;

/// Room is taken in steps, so that a short conversation does not hold the whole context.
const STEP: usize = 256;

/// One sequence: what the model has read so far. A lane belongs to the decoder that made it, and
/// its contents depend on the pushes it was fed with.
#[derive(Debug)]
pub struct Lane {
    /// Per layer, (kv heads, room, head).
    keys: Vec<Tensor>,
    values: Vec<Tensor>,
    len: usize,
    room: usize,
    shape: Shape,
    device: Device,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    layers: usize,
    kv_heads: usize,
    head: usize,
    limit: usize,
}

impl Lane {
    pub(crate) fn new(of: &Dimensions, limit: usize, device: &Device) -> Lane {
        let shape = Shape { layers: of.layers, kv_heads: of.kv_heads, head: of.head, limit };
        Lane {
            keys: Vec::new(),
            values: Vec::new(),
            len: 0,
            room: 0,
            shape,
            device: device.clone(),
        }
    }

    /// Positions that were read.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing was read yet.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Forgets everything from position `n` on. A larger `n` than the length changes nothing.
    pub fn truncate(&mut self, n: usize) {
        self.len = self.len.min(n);
    }

    /// Forgets everything and gives the memory back.
    pub fn clear(&mut self) {
        self.keys.clear();
        self.values.clear();
        self.len = 0;
        self.room = 0;
    }

    /// Bytes of memory it holds.
    pub(crate) fn bytes(&self) -> usize {
        let Shape { layers, kv_heads, head, .. } = self.shape;
        2 * layers * kv_heads * head * size_of::<f32>() * self.room
    }

    /// A copy of the first `n` positions.
    pub(crate) fn beginning(&self, n: usize) -> Result<Lane, DecoderError> {
        let n = n.min(self.len);
        let mut copy = Lane {
            keys: Vec::new(),
            values: Vec::new(),
            len: 0,
            room: 0,
            shape: self.shape,
            device: self.device.clone(),
        };
        copy.reserve(n)?;
        for layer in 0..self.keys.len() {
            let (k, v) = self.read(layer, 0, n)?;
            copy.write(layer, &k, &v)?;
        }
        copy.advance(n);
        Ok(copy)
    }

    /// Whether this lane was made for such a model.
    pub(crate) fn fits(&self, of: &Dimensions, limit: usize) -> bool {
        let wanted = Shape { layers: of.layers, kv_heads: of.kv_heads, head: of.head, limit };
        self.shape == wanted
    }

    /// Makes room for `more` positions behind the present ones.
    pub(crate) fn reserve(&mut self, more: usize) -> Result<(), DecoderError> {
        let needed = self.len + more;
        if needed > self.shape.limit {
            return Err(DecoderError::Context { asked: needed, limit: self.shape.limit });
        }
        if needed <= self.room {
            return Ok(());
        }
        let room = needed.max(self.room * 2).next_multiple_of(STEP).min(self.shape.limit);
        let Shape { layers, kv_heads, head, .. } = self.shape;
        let grown = |old: Option<&Tensor>| -> Result<Tensor, DecoderError> {
            let new = Tensor::zeros((kv_heads, room, head), DType::F32, &self.device)?;
            if let Some(old) = old
                && self.len > 0
            {
                new.slice_set(&old.narrow(1, 0, self.len)?.contiguous()?, 1, 0)?;
            }
            Ok(new)
        };
        let mut keys = Vec::with_capacity(layers);
        let mut values = Vec::with_capacity(layers);
        for layer in 0..layers {
            keys.push(grown(self.keys.get(layer))?);
            values.push(grown(self.values.get(layer))?);
        }
        (self.keys, self.values, self.room) = (keys, values, room);
        Ok(())
    }

    /// Writes the keys and values (kv heads, rows, head) of the next positions of one layer. They
    /// count once [`Lane::advance`] is called, when all layers are through.
    pub(crate) fn write(
        &mut self,
        layer: usize,
        k: &Tensor,
        v: &Tensor,
    ) -> Result<(), DecoderError> {
        self.keys[layer].slice_set(&k.contiguous()?, 1, self.len)?;
        self.values[layer].slice_set(&v.contiguous()?, 1, self.len)?;
        Ok(())
    }

    /// Keys and values of the positions `from..to`.
    pub(crate) fn read(
        &self,
        layer: usize,
        from: usize,
        to: usize,
    ) -> Result<(Tensor, Tensor), DecoderError> {
        let part = |all: &Tensor| all.narrow(1, from, to - from);
        Ok((part(&self.keys[layer])?, part(&self.values[layer])?))
    }

    pub(crate) fn advance(&mut self, rows: usize) {
        self.len += rows;
    }
}
