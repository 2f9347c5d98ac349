//! Directions in and out as llama.cpp's control vectors.
//!
//! What comes in has a direction and no known strength: it is measured like any other
//! ([`LocalModel::calibrate`]) before its slider means anything. What goes out is what this model is given
//! at the slider's highest level, at its one layer: `--control-vector` plays Extreme, and
//! `--control-vector-scaled FILE SHARE` a share of it. (llama.cpp adds it to what was said before as well, so
//! its customers are not quite the same.)

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;

use tau_decoder::control_vector::{self, ControlVector};

use super::basis::{Record, Source, TraitDirections, norm};
use super::{LocalError, LocalModel, TraitBasis};
use crate::{HIGHEST_LEVEL, TraitMix};

impl LocalModel {
    /// Takes a trait's directions from a control vector, in place of any it had. `made_at` is the time
    /// (RFC 3339) that a first basis records.
    ///
    /// # Errors
    /// When the file is no control vector, does not fit the model, or has nothing at the layer that is
    /// steered.
    pub async fn import_vector(
        &self,
        trait_id: &str,
        path: &Path,
        made_at: &str,
    ) -> Result<Arc<TraitBasis>, LocalError> {
        let vector = control_vector::read(path)?;
        let info = self.info();
        let known = directions(trait_id, &vector, info.layers, info.width)?;
        if vector.model_hint.as_ref().is_some_and(|hint| *hint != info.arch) {
            let made_for = vector.model_hint.as_deref();
            tracing::warn!(
                trait_id,
                made_for,
                arch = info.arch,
                "a control vector for another kind"
            );
        }
        let mut basis = match self.basis() {
            Some(basis) => (*basis).clone(),
            None => self.empty_basis(made_at).await?,
        };
        if let Some(layer) = basis.layer
            && norm(&known.units[layer]) == 0.0
        {
            return Err(LocalError::NoSuchLayer { layer });
        }
        basis.traits.insert(trait_id.to_owned(), known);
        self.keep(basis)
    }

    /// Writes a trait at its highest level as a control vector.
    ///
    /// # Errors
    /// When the trait has no measured strength here, or the file cannot be written.
    pub fn export_vector(&self, trait_id: &str, path: &Path) -> Result<(), LocalError> {
        let uncalibrated = || LocalError::Uncalibrated {
            model: self.info().name.clone(),
            trait_id: trait_id.to_owned(),
        };
        let basis = self.basis().ok_or_else(uncalibrated)?;
        let mix =
            TraitMix::new([(trait_id, f64::from(HIGHEST_LEVEL))]).map_err(|_| uncalibrated())?;
        let injection = basis.compose(&mix)?.ok_or_else(uncalibrated)?;
        let vector = ControlVector {
            model_hint: Some(self.info().arch.clone()),
            directions: [(injection.layer, injection.vector)].into(),
        };
        let beside = path.with_extension("part");
        let failed = |source| LocalError::File { path: path.to_owned(), source };
        let written = File::create(&beside).map_err(failed).and_then(|file| {
            control_vector::write(&mut BufWriter::new(file), &vector)?;
            fs::rename(&beside, path).map_err(failed)
        });
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
        written
    }
}

/// Unit directions of all layers, from those that a control vector has.
fn directions(
    trait_id: &str,
    vector: &ControlVector,
    layers: usize,
    width: usize,
) -> Result<TraitDirections, LocalError> {
    let mut units = vec![vec![0.0f32; width]; layers];
    for (layer, direction) in &vector.directions {
        let Some(unit) = units.get_mut(*layer).filter(|_| direction.len() == width) else {
            return Err(LocalError::WrongShape {
                trait_id: trait_id.to_owned(),
                found: (layer + 1, direction.len()),
                expected: (layers, width),
            });
        };
        let length = norm(direction);
        if length > 0.0 {
            unit.iter_mut().zip(direction).for_each(|(x, y)| *x = y / length);
        }
    }
    let record = Record {
        source: Source::ControlVector,
        pairs_sha256: String::new(),
        pairs: 0,
        curve: None,
        check: None,
    };
    Ok(TraitDirections { units, stats: Vec::new(), record })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_control_vector_gives_directions_without_a_strength() {
        let vector = ControlVector {
            model_hint: None,
            directions: [(1, vec![3.0, 4.0]), (2, vec![0.0, 0.0])].into(),
        };
        let known = directions("one", &vector, 3, 2).unwrap();
        assert_eq!(known.units, [vec![0.0, 0.0], vec![0.6, 0.8], vec![0.0, 0.0]]);
        assert!(known.record.curve.is_none() && known.stats.is_empty());
    }

    #[test]
    fn a_control_vector_of_another_shape_is_refused() {
        let wide = ControlVector { model_hint: None, directions: [(1, vec![1.0; 3])].into() };
        let deep = ControlVector { model_hint: None, directions: [(3, vec![1.0; 2])].into() };
        for vector in [wide, deep] {
            let error = directions("one", &vector, 3, 2).unwrap_err().to_string();
            assert!(error.contains("another model"), "{error}");
        }
    }
}
