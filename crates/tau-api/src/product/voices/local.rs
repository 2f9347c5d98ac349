//! Models of this computer as voices: their curves, and measuring them.

use super::super::Product;
use super::curves::Measured;

impl Product {
    /// What was measured of a model on this computer.
    pub(super) fn local_curves(&self, _file: &str, _voice: &str) -> Option<Measured> {
        None
    }
}
