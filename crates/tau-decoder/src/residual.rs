//! The hook on the residual stream: reading it after every block, and adding to it.

use candle_core::{Device, Tensor};

use crate::DecoderError;

/// A vector that is added to the residual stream after one block.
#[derive(Debug, Clone, PartialEq)]
pub struct Push {
    /// The block after which it is added, from 0.
    pub layer: usize,
    /// As wide as the residual stream.
    pub vector: Vec<f32>,
    /// The first position (counted from the start of the lane) that gets it; all later ones do.
    pub from: usize,
}

/// What is read of the residual stream while tokens are fed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Capture {
    /// Nothing.
    #[default]
    None,
    /// The mean over the fed positions from this one on (counted from the start of the lane).
    Mean {
        /// The first position that counts.
        from: usize,
    },
}

/// The residual stream after each block, over the positions that were captured.
///
/// A layer is read before a push of the same layer is added. With all pushes at one layer the
/// reading there is therefore that of the unsteered model on the same text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Captured {
    /// Positions that counted; with none, every mean is nought.
    pub count: usize,
    /// One for each block.
    pub layers: Vec<LayerMean>,
}

/// The residual stream after one block.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayerMean {
    /// The mean vector.
    pub mean: Vec<f32>,
    /// The mean of the vectors' lengths (not the length of the mean).
    pub norm: f32,
}

impl Captured {
    /// Both together, as if they had been captured in one go.
    pub fn joined(self, other: Captured) -> Captured {
        if self.count == 0 {
            return other;
        }
        if other.count == 0 {
            return self;
        }
        let count = self.count + other.count;
        let (a, b) = (self.count as f64 / count as f64, other.count as f64 / count as f64);
        let mixed = |x: f32, y: f32| (f64::from(x) * a + f64::from(y) * b) as f32;
        let layers = self
            .layers
            .into_iter()
            .zip(other.layers)
            .map(|(one, two)| LayerMean {
                mean: one.mean.iter().zip(&two.mean).map(|(x, y)| mixed(*x, *y)).collect(),
                norm: mixed(one.norm, two.norm),
            })
            .collect();
        Captured { count, layers }
    }
}

/// Sums over captured rows, in double width so that the order of chunks hardly matters.
pub(crate) struct Sums {
    from: usize,
    count: usize,
    layers: Vec<(Vec<f64>, f64)>,
}

impl Sums {
    pub fn new(from: usize, layers: usize, width: usize) -> Sums {
        Sums { from, count: 0, layers: vec![(vec![0.0; width], 0.0); layers] }
    }

    /// Takes the rows (n, width) of one lane after one block; the first is at `position`.
    pub fn take(
        &mut self,
        layer: usize,
        rows: &Tensor,
        position: usize,
    ) -> Result<(), DecoderError> {
        let n = rows.dim(0)?;
        let skipped = self.from.saturating_sub(position).min(n);
        if skipped == n {
            return Ok(());
        }
        let (sum, norms) = &mut self.layers[layer];
        for row in rows.narrow(0, skipped, n - skipped)?.to_vec2::<f32>()? {
            let mut square = 0.0;
            for (sum, x) in sum.iter_mut().zip(&row) {
                *sum += f64::from(*x);
                square += f64::from(*x) * f64::from(*x);
            }
            *norms += square.sqrt();
        }
        if layer + 1 == self.layers.len() {
            self.count += n - skipped;
        }
        Ok(())
    }

    pub fn captured(self) -> Captured {
        let n = self.count.max(1) as f64;
        let layers = self
            .layers
            .into_iter()
            .map(|(sum, norms)| LayerMean {
                mean: sum.into_iter().map(|x| (x / n) as f32).collect(),
                norm: (norms / n) as f32,
            })
            .collect();
        Captured { count: self.count, layers }
    }
}

/// Where a batch's rows come from: one entry for each part.
pub(crate) struct Pushed<'a> {
    pub push: &'a [Push],
    /// The first row in the batch.
    pub row: usize,
    pub rows: usize,
    /// The position of the first row in its lane.
    pub position: usize,
}

/// What is to be added to the batch's rows after this block, or `None` when nothing is.
pub(crate) fn addition(
    parts: &[Pushed<'_>],
    layer: usize,
    rows: usize,
    width: usize,
    device: &Device,
) -> Result<Option<Tensor>, DecoderError> {
    let mut sum: Option<Vec<f32>> = None;
    for part in parts {
        for push in part.push.iter().filter(|p| p.layer == layer) {
            let skipped = push.from.saturating_sub(part.position).min(part.rows);
            if skipped == part.rows {
                continue;
            }
            let sum = sum.get_or_insert_with(|| vec![0.0; rows * width]);
            for row in sum[(part.row + skipped) * width..(part.row + part.rows) * width]
                .chunks_exact_mut(width)
            {
                for (all, x) in row.iter_mut().zip(&push.vector) {
                    *all += x;
                }
            }
        }
    }
    sum.map(|v| Tensor::from_vec(v, (rows, width), device).map_err(DecoderError::from)).transpose()
}
