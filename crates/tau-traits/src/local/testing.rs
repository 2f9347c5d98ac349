//! A small basis for tests.

use super::basis::{Provenance, Record, Source, Stats, TraitBasis, TraitDirections};
use crate::{DoseCurve, DosePoint, EffectUnit};

/// A straight curve up to `rho`.
pub(crate) fn curve(trait_id: &str, rho: f64) -> DoseCurve {
    let point = |level: f64| DosePoint {
        level,
        dial: rho * level / 4.0,
        effect: level / 8.0,
        low: level / 10.0,
        high: level / 6.0,
        n: 8,
        damage: Some(0.1 * level),
    };
    DoseCurve {
        voice: "planted".into(),
        trait_id: trait_id.into(),
        unit: EffectUnit::Contrast,
        points: (0..5).map(|level| point(f64::from(level))).collect(),
        made_at: "2026-01-01T00:00:00Z".into(),
    }
}

/// Two layers of width 3, steered at layer 1, where the residual norm is 10; each trait with its unit
/// direction and its strength at Extreme.
pub(crate) fn basis(traits: &[(&str, [f32; 3], f64)]) -> TraitBasis {
    let known = |id: &str, unit: [f32; 3], rho: f64| TraitDirections {
        units: vec![vec![0.0, 0.0, 1.0], unit.to_vec()],
        stats: vec![
            Stats::default(),
            Stats { gap: 2.0, auc: 0.9, d_prime: 3.0, less: -1.0, more: 1.0 },
        ],
        record: Record {
            source: Source::MeanDifference,
            pairs_sha256: "p".into(),
            pairs: 24,
            curve: Some(curve(id, rho)),
            check: None,
        },
    };
    TraitBasis {
        provenance: Provenance {
            model_sha256: "a".repeat(64),
            model_name: "planted".into(),
            arch: "llama".into(),
            quantization: "Q4_1".into(),
            template_sha256: "t".into(),
            frame_sha256: "f".into(),
            engine: "tau-decoder".into(),
            made_at: "2026-01-01T00:00:00Z".into(),
        },
        layer: Some(1),
        residual_norm: vec![1.0, 10.0],
        traits: traits
            .iter()
            .map(|(id, unit, rho)| ((*id).to_owned(), known(id, *unit, *rho)))
            .collect(),
    }
}
