//! From a mix of traits to the one vector that is added to the residual stream.
//!
//! As in TraitBasis (arXiv 2510.04491) a mix is the weighted sum of its traits' directions. Weights are
//! not theirs: a level is first turned into a strength *rho* by the trait's dose curve, and *rho* is
//! the length of the added vector in units of the residual stream's own length at that layer. In those
//! units directions of different traits do about the same damage at the same strength, and a mix
//! does the damage of its joint length, so the joint length is what is capped.

use tau_decoder::Push;

use super::basis::norm;
use super::{LocalError, TraitBasis};
use crate::{HIGHEST_LEVEL, TraitMix};

/// What is added for a mix.
#[derive(Clone, Debug, PartialEq)]
pub struct Injection {
    /// The layer after which it is added, from 0.
    pub layer: usize,
    /// The vector, as wide as the residual stream.
    pub vector: Vec<f32>,
    /// Its length in units of the residual stream's.
    pub rho: f64,
    /// The share of the asked strength that it has: below 1 where the mix was capped.
    pub share: f64,
}

impl Injection {
    /// For positions from `from` on.
    pub fn push(&self, from: usize) -> Push {
        Push { layer: self.layer, vector: self.vector.clone(), from }
    }

    /// The same with all of it multiplied.
    #[must_use]
    pub fn times(&self, factor: f64) -> Injection {
        Injection {
            layer: self.layer,
            vector: self.vector.iter().map(|x| x * factor as f32).collect(),
            rho: self.rho * factor,
            share: self.share * factor,
        }
    }
}

impl TraitBasis {
    /// The vector of a mix; `None` for the baseline, which is not steered at all.
    ///
    /// Two caps keep a mix speaking: that of levels ([`TraitMix::capped`]), and that of the joint
    /// vector, which gets no longer than the strongest of its traits is alone at Extreme. Both
    /// shorten the whole mix, so that its proportions stay.
    ///
    /// # Errors
    /// When a trait of the mix has no measured strength in this model.
    pub fn compose(&self, mix: &TraitMix) -> Result<Option<Injection>, LocalError> {
        let capped = mix.capped();
        let mut sum: Vec<f32> = Vec::new();
        let mut layer = 0;
        let mut longest: f64 = 0.0;
        for (id, level) in capped.mix.active() {
            let curve = self.curve(id)?;
            let uncalibrated = || LocalError::Uncalibrated {
                model: self.provenance.model_name.clone(),
                trait_id: id.to_owned(),
            };
            layer = self.layer.ok_or_else(uncalibrated)?;
            let directions = self.traits.get(id).ok_or_else(uncalibrated)?;
            let unit = directions.units.get(layer).ok_or_else(uncalibrated)?;
            longest = longest.max(curve.dial_for(f64::from(HIGHEST_LEVEL)));
            let rho = curve.dial_for(level) as f32;
            sum.resize(unit.len(), 0.0);
            sum.iter_mut().zip(unit).for_each(|(x, u)| *x += rho * u);
        }
        if sum.is_empty() {
            return Ok(None);
        }
        let joint = f64::from(norm(&sum));
        // A hair's breadth of rounding is no cap.
        let kept = if joint > longest * 1.000_001 { longest / joint } else { 1.0 };
        let unit_length = self.residual_norm.get(layer).copied().unwrap_or_default();
        let scale = kept as f32 * unit_length;
        sum.iter_mut().for_each(|x| *x *= scale);
        Ok(Some(Injection { layer, vector: sum, rho: joint * kept, share: capped.factor * kept }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::testing::{basis, curve};

    fn mix(levels: &[(&str, f64)]) -> TraitMix {
        TraitMix::new(levels.iter().copied()).unwrap()
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-5
    }

    #[test]
    fn a_trait_alone_is_added_at_the_strength_of_its_curve() {
        let basis = basis(&[("one", [1.0, 0.0, 0.0], 0.4), ("two", [0.0, 1.0, 0.0], 0.2)]);
        let strong = basis.compose(&mix(&[("one", 4.0)])).unwrap().unwrap();
        // Residual norm 10 at the steered layer.
        assert_eq!((strong.layer, strong.vector.clone()), (1, vec![4.0, 0.0, 0.0]));
        assert!(close(strong.rho, 0.4) && close(strong.share, 1.0), "{strong:?}");
        let weak = basis.compose(&mix(&[("one", 1.0)])).unwrap().unwrap();
        assert!(close(f64::from(weak.vector[0]), 1.0), "a quarter of the effect: {weak:?}");
        assert_eq!(basis.compose(&TraitMix::default()).unwrap(), None);
    }

    #[test]
    fn a_mix_is_the_sum_of_its_traits_as_long_as_it_is_short() {
        let basis = basis(&[("one", [1.0, 0.0, 0.0], 0.4), ("two", [0.0, 1.0, 0.0], 0.4)]);
        let both = basis.compose(&mix(&[("one", 2.0), ("two", 1.0)])).unwrap().unwrap();
        assert!(close(both.vector[0].into(), 2.0) && close(both.vector[1].into(), 1.0), "{both:?}");
        assert!(close(both.share, 1.0));
    }

    #[test]
    fn a_mix_gets_no_longer_than_its_strongest_trait_and_keeps_its_proportions() {
        let basis = basis(&[("one", [1.0, 0.0, 0.0], 0.4), ("two", [0.6, 0.8, 0.0], 0.2)]);
        let both = basis.compose(&mix(&[("one", 4.0), ("two", 4.0)])).unwrap().unwrap();
        let asked = norm(&[0.4 + 0.12, 0.16, 0.0]);
        assert!(close(both.rho, 0.4), "{both:?}");
        assert!(close(both.share, 0.4 / f64::from(asked)), "{both:?}");
        assert!(close((both.vector[0] / both.vector[1]).into(), 0.52 / 0.16), "{both:?}");
        assert!(close(both.times(0.8).share, both.share * 0.8));
    }

    #[test]
    fn the_cap_of_levels_counts_as_strength_that_was_not_applied() {
        let ids = ["one", "two", "three"];
        let apart = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        let traits: Vec<_> = ids.iter().zip(apart).map(|(id, unit)| (*id, unit, 0.4)).collect();
        let all = mix(&ids.map(|id| (id, 4.0)));
        let played = basis(&traits).compose(&all).unwrap().unwrap();
        // Levels are kept in hundredths, so the share is that to three digits.
        let share = 1.0 / 3.0f64.sqrt();
        assert!(close(played.rho, 0.4) && (played.share - share).abs() < 2e-3, "{played:?}");
    }

    #[test]
    fn a_trait_without_a_measured_strength_is_refused_by_name() {
        let mut basis = basis(&[("one", [1.0, 0.0, 0.0], 0.4)]);
        assert!(curve("one", 0.4).monotone());
        if let Some(known) = basis.traits.get_mut("one") {
            known.record.curve = None;
        }
        let error = basis.compose(&mix(&[("one", 1.0)])).unwrap_err().to_string();
        assert!(error.contains("calibrate") && error.contains("one"), "{error}");
        assert!(basis.compose(&mix(&[("unknown", 1.0)])).is_err());
    }
}
