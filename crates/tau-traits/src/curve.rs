//! Dose curves: how much of a trait a voice shows at each setting of its own dial, and from that the
//! setting that a level of the slider asks for.
//!
//! A slider's levels are to mean the same whoever plays the customer. Voices turn different dials (a
//! prompt's level, low/medium/high of a service, the strength of a steering vector), so each is
//! measured at several settings, and level *n* of 4 is the setting at which *n* quarters of the
//! strongest measured effect are shown: equal steps of effect, not of the dial. (TraitBasis, arXiv
//! 2510.04491, leaves its strength to be "calibrated" by hand.)

use serde::{Deserialize, Serialize};

/// The highest level of the slider, where a curve's strongest effect is.
const TOP: f64 = 4.0;

/// What an effect is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectUnit {
    /// The trait's markers on what was said, as a level from 0 to 4.
    Markers,
    /// Difference in log likelihood between lines with much and with little of the trait, in nats a
    /// token.
    Contrast,
    /// The verdict of a judging model, as a level from 0 to 4.
    Judge,
}

/// One measurement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DosePoint {
    /// The slider's level, 0 to 4, that this setting of the dial plays.
    pub level: f64,
    /// The voice's own dial: prompt level 0 to 4; low, medium and high as 0, 1 and 2; or the norm of
    /// the injected vector over the norm of the residual stream.
    pub dial: f64,
    /// The effect, in the curve's unit.
    pub effect: f64,
    /// Lower end of the effect's 95% interval.
    pub low: f64,
    /// Upper end of the effect's 95% interval.
    pub high: f64,
    /// Measurements behind the effect: messages, or pairs of lines.
    pub n: u32,
    /// What the setting costs in fluency: the rise in nats a token of lines that have nothing to do
    /// with the trait. `None` where it cannot be measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub damage: Option<f64>,
}

/// How one voice shows one trait, from the lowest setting of its dial up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoseCurve {
    /// The voice's name, for instance the model behind it.
    pub voice: String,
    /// The trait's id.
    pub trait_id: String,
    /// What effects are measured in.
    pub unit: EffectUnit,
    /// The measurements; the one with the lowest dial is the trait switched off.
    pub points: Vec<DosePoint>,
    /// When it was measured (RFC 3339).
    pub made_at: String,
}

impl DoseCurve {
    /// Whether more on the dial always gave more of the trait: at least two points, and the effect
    /// rises strictly from each to the next.
    pub fn monotone(&self) -> bool {
        let points = self.by_dial();
        points.len() > 1
            && points
                .windows(2)
                .all(|two| two[1].dial > two[0].dial && two[1].effect > two[0].effect)
    }

    /// The setting of the dial for a level of the slider; levels outside 0 to 4 are taken for the
    /// nearest end.
    ///
    /// It is read off the curve by linear interpolation, as the lowest setting with that share of
    /// the strongest effect. A curve that never rises has nothing to read off, and its dial is
    /// turned in equal steps.
    pub fn dial_for(&self, level: f64) -> f64 {
        let points = self.by_dial();
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return 0.0;
        };
        let share = (level / TOP).clamp(0.0, 1.0);
        let top = points.iter().map(|point| point.effect).fold(f64::NEG_INFINITY, f64::max);
        if share == 0.0 {
            return first.dial;
        }
        if top <= first.effect {
            return first.dial + (last.dial - first.dial) * share;
        }
        let target = first.effect + (top - first.effect) * share;
        for two in points.windows(2) {
            let (from, to) = (two[0], two[1]);
            // The first stretch that reaches the target does so rising, as all before stayed below.
            if to.effect >= target {
                let along = (target - from.effect) / (to.effect - from.effect);
                return from.dial + (to.dial - from.dial) * along;
            }
        }
        last.dial
    }

    /// The level of the slider that an effect of this size is: its share of the strongest, in
    /// quarters, from 0 to 4.
    pub fn level_of(&self, effect: f64) -> f64 {
        let points = self.by_dial();
        let Some(first) = points.first() else { return 0.0 };
        let top = points.iter().map(|point| point.effect).fold(f64::NEG_INFINITY, f64::max);
        if top <= first.effect {
            return 0.0;
        }
        ((effect - first.effect) / (top - first.effect) * TOP).clamp(0.0, TOP)
    }

    fn by_dial(&self) -> Vec<&DosePoint> {
        let mut points: Vec<&DosePoint> = self.points.iter().collect();
        points.sort_by(|a, b| a.dial.total_cmp(&b.dial));
        points
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(points: &[(f64, f64)]) -> DoseCurve {
        let point = |&(dial, effect): &(f64, f64)| DosePoint {
            level: 0.0,
            dial,
            effect,
            low: effect,
            high: effect,
            n: 8,
            damage: None,
        };
        DoseCurve {
            voice: "a model".into(),
            trait_id: "impatience".into(),
            unit: EffectUnit::Contrast,
            points: points.iter().map(point).collect(),
            made_at: String::new(),
        }
    }

    #[test]
    fn levels_are_equal_steps_of_effect_and_not_of_the_dial() {
        // Half of the effect comes with the first tenth of the dial.
        let curve = curve(&[(0.0, -1.0), (0.1, 1.0), (1.0, 3.0)]);
        let dials: Vec<f64> = (0..5).map(|level| curve.dial_for(f64::from(level))).collect();
        for (dial, expected) in dials.iter().zip([0.0, 0.05, 0.1, 0.55, 1.0]) {
            assert!((dial - expected).abs() < 1e-12, "{dials:?}");
        }
        assert!((curve.dial_for(0.5) - 0.025).abs() < 1e-12);
        assert_eq!((curve.dial_for(-1.0), curve.dial_for(9.0)), (0.0, 1.0));
        assert!((curve.level_of(2.0) - 3.0).abs() < 1e-12);
    }

    #[test]
    fn past_its_summit_a_curve_is_not_followed() {
        let curve = curve(&[(0.0, 0.0), (1.0, 4.0), (2.0, 3.0)]);
        assert!(!curve.monotone());
        assert_eq!(curve.dial_for(4.0), 1.0);
        assert_eq!(curve.dial_for(2.0), 0.5);
    }

    #[test]
    fn a_dip_on_the_way_does_not_turn_the_dial_back() {
        let curve = curve(&[(0.0, 0.0), (1.0, 2.0), (2.0, 1.0), (3.0, 4.0)]);
        let dials: Vec<f64> = (0..=16).map(|at| curve.dial_for(f64::from(at) / 4.0)).collect();
        assert!(dials.windows(2).all(|two| two[1] >= two[0]), "{dials:?}");
        assert_eq!(curve.dial_for(2.0), 1.0);
    }

    #[test]
    fn a_curve_without_effect_is_turned_in_equal_steps_and_is_not_monotone() {
        let flat = curve(&[(0.0, 1.0), (2.0, 1.0)]);
        assert_eq!(flat.dial_for(1.0), 0.5);
        assert_eq!(flat.level_of(1.0), 0.0);
        assert!(!flat.monotone());
        assert!(!curve(&[]).monotone());
        assert!(curve(&[(1.0, 1.0), (0.0, 0.5)]).monotone(), "the order of points does not matter");
    }
}
