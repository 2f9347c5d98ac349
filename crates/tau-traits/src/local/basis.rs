//! A basis of traits: one direction in a model's residual stream for each trait, with what was measured
//! about it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::LocalError;
use crate::{DoseCurve, Pair, Trait};

/// Where a basis comes from. Directions, layers and strengths are facts about one model file under one
/// chat template and mean nothing elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// SHA-256 of the model file, in hex.
    pub model_sha256: String,
    /// The name that the model file gives.
    pub model_name: String,
    /// Its architecture, for instance `llama`.
    pub arch: String,
    /// How its weights are stored, for instance `Q4_1`.
    pub quantization: String,
    /// SHA-256 of its chat template.
    pub template_sha256: String,
    /// SHA-256 of the lines around which everything was measured ([`super::frame`]).
    pub frame_sha256: String,
    /// What ran the model.
    pub engine: String,
    /// When it was last calibrated (RFC 3339).
    pub made_at: String,
}

/// The directions of some traits in one model.
#[derive(Clone, Debug, PartialEq)]
pub struct TraitBasis {
    /// Where it comes from.
    pub provenance: Provenance,
    /// The layer after which vectors are added, from 0, the same for all traits, so that a mix is one
    /// vector; `None` before the first calibration.
    pub layer: Option<usize>,
    /// For each layer the mean norm of the residual stream over tokens of neutral lines: the unit of
    /// every strength.
    pub residual_norm: Vec<f32>,
    /// By trait id.
    pub traits: BTreeMap<String, TraitDirections>,
}

/// What is known of one trait in one model.
#[derive(Clone, Debug, PartialEq)]
pub struct TraitDirections {
    /// For each layer the direction, of length 1; all zeros where there is none.
    pub units: Vec<Vec<f32>>,
    /// For each layer what was measured about it; empty for directions from elsewhere.
    pub stats: Vec<Stats>,
    /// Where it comes from and how strongly it is applied.
    pub record: Record,
}

/// What goes with a trait's directions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// How the directions were found.
    pub source: Source,
    /// SHA-256 of the trait's pairs and held-out pairs.
    pub pairs_sha256: String,
    /// Pairs that directions were taken from.
    pub pairs: usize,
    /// Strength against effect; maps the slider to a strength. `None` until it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub curve: Option<DoseCurve>,
    /// The slider's levels on pairs that nothing was fitted to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<DoseCurve>,
}

/// How directions were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Mean difference over reply tokens of contrastive pairs.
    MeanDifference,
    /// A control vector that somebody brought.
    ControlVector,
}

/// What was measured about a direction at one layer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stats {
    /// Length of the mean difference, in units of the residual stream.
    pub gap: f32,
    /// Share of held-out (more, less) combinations that the projection puts in the right order.
    pub auc: f32,
    /// Distance of the two held-out means in standard deviations.
    pub d_prime: f32,
    /// Mean projection of lines with little of the trait, each on the direction of the others.
    pub less: f32,
    /// The same of lines with much of it.
    pub more: f32,
}

impl Stats {
    /// Columns in a basis file.
    pub(crate) const COLUMNS: usize = 5;

    pub(crate) fn row(&self) -> [f32; Stats::COLUMNS] {
        [self.gap, self.auc, self.d_prime, self.less, self.more]
    }

    pub(crate) fn of_row(row: [f32; Stats::COLUMNS]) -> Stats {
        let [gap, auc, d_prime, less, more] = row;
        Stats { gap, auc, d_prime, less, more }
    }
}

impl TraitBasis {
    /// A basis without any trait.
    pub fn empty(provenance: Provenance, residual_norm: Vec<f32>) -> Self {
        TraitBasis { provenance, layer: None, residual_norm, traits: BTreeMap::new() }
    }

    /// Layers of the model.
    pub fn layers(&self) -> usize {
        self.residual_norm.len()
    }

    /// The trait's curve from slider to strength.
    ///
    /// # Errors
    /// When the trait has no directions here, or no measured strength.
    pub fn curve(&self, trait_id: &str) -> Result<&DoseCurve, LocalError> {
        self.traits.get(trait_id).and_then(|one| one.record.curve.as_ref()).ok_or_else(|| {
            LocalError::Uncalibrated {
                model: self.provenance.model_name.clone(),
                trait_id: trait_id.to_owned(),
            }
        })
    }

    /// Ids of the traits whose slider can be used.
    pub fn calibrated(&self) -> impl Iterator<Item = &str> {
        self.traits.iter().filter(|(_, one)| one.record.curve.is_some()).map(|(id, _)| id.as_str())
    }

    /// Whether this was made from the trait's pairs as they are now. An imported direction has no
    /// pairs and is never out of date.
    pub fn is_current(&self, one: &Trait) -> bool {
        self.traits.get(&one.id).is_some_and(|known| {
            known.record.source == Source::ControlVector
                || known.record.pairs_sha256 == pairs_sha256(one)
        })
    }

    /// Where a mean residual of the steered layer lies between a trait's two sides: 0 at the mean of
    /// lines with little of the trait, 1 at that of lines with much. `None` where that was never
    /// measured.
    pub fn projection(&self, trait_id: &str, residual: &[f32]) -> Option<f64> {
        let layer = self.layer?;
        let known = self.traits.get(trait_id)?;
        let (unit, stats) = (known.units.get(layer)?, known.stats.get(layer)?);
        let distance = f64::from(stats.more) - f64::from(stats.less);
        if unit.len() != residual.len() || distance.abs() < 1e-6 {
            return None;
        }
        Some((f64::from(dot(unit, residual)) - f64::from(stats.less)) / distance)
    }

    /// [`TraitBasis::projection`] for every trait that has one.
    pub fn projections(&self, residual: &[f32]) -> BTreeMap<String, f64> {
        let ids = self.traits.keys();
        ids.filter_map(|id| Some((id.clone(), self.projection(id, residual)?))).collect()
    }
}

/// SHA-256 over all pairs of a trait, in hex.
pub fn pairs_sha256(one: &Trait) -> String {
    let mut hash = Sha256::new();
    let mut field = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    for (side, pairs) in [("pairs", &one.pairs), ("held out", &one.held_out)] {
        field(side);
        for Pair { domain: _, agent, more, less } in pairs {
            for text in [agent, more, less] {
                field(text);
            }
        }
    }
    hex::encode(hash.finalize())
}

pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

pub(crate) fn norm(vector: &[f32]) -> f32 {
    dot(vector, vector).sqrt()
}
