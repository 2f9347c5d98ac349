//! Which layer, and how strong: what TraitBasis (arXiv 2510.04491) leaves to five annotators and to a
//! hand-set scale, decided by measurement.
//!
//! Two figures are weighed against each other. The *effect* of a vector is the rise of the contrast
//! score: by how many nats a token the model comes to prefer lines with much of the trait over lines
//! with little of it. Its *damage* is the rise of the negative log likelihood of neutral lines: how
//! much less the model sounds like itself where the trait has nothing to do. The layer is the one that
//! gives most effect at as much damage as the bound allows ([`DAMAGE_BOUND`]); the slider's highest
//! level is there too, and lower levels are equal steps of effect (the dose curve).
//!
//! Here are the decisions only; [`super::calibrate`] does the measuring.

use super::LocalError;

/// Most damage that the slider can do, in nats a token; layers are compared at it.
///
/// On the smallest model that is tested (135M parameters) the contrast of held-out lines rises up to about
/// a quarter of a nat and turns after that, though it still rises on the lines that directions come from.
/// The bound keeps clear of that.
pub const DAMAGE_BOUND: f64 = 0.15;

/// How close below a bound is close enough.
const CLOSE: f64 = 0.85;
/// Measurements that a search for a strength may take.
const TRIES: usize = 6;
/// The strength at which searching starts, as norm over residual norm.
const START: f64 = 0.25;
/// No vector gets longer than the residual stream itself.
const LONGEST: f64 = 1.0;

/// What can be measured of one trait. Strengths are norms over the residual norm of the layer.
pub(crate) trait Gauge {
    /// By how much neutral lines suffer, in nats a token.
    fn damage(&mut self, layer: usize, rho: f64) -> Result<f64, LocalError>;

    /// By how much the contrast of each pair rises, in nats a token.
    fn rises(&mut self, layer: usize, rho: f64) -> Result<Vec<f64>, LocalError>;
}

/// One strength of a trait.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Dose {
    /// The strength.
    pub rho: f64,
    /// By how much each pair's contrast rises.
    pub rises: Vec<f64>,
    /// By how much neutral lines suffer, where that was measured.
    pub damage: Option<f64>,
}

impl Dose {
    fn effect(&self) -> f64 {
        mean(&self.rises)
    }
}

/// Layers worth trying: from a third to somewhat over half of the way up, where effects have been found to be
/// cheapest.
pub(crate) fn candidates(layers: usize) -> Vec<usize> {
    // Layer 0 is left out: llama.cpp's control vectors do not know it.
    let last = layers.saturating_sub(1);
    let at = |share: f64| ((layers as f64 * share).round() as usize).max(1).min(last);
    let mut found: Vec<usize> = [0.3, 0.4, 0.5, 0.6].into_iter().map(at).collect();
    found.dedup();
    found
}

/// The effect of a trait at a layer, at the bound.
pub(crate) fn layer_effect(gauge: &mut impl Gauge, layer: usize) -> Result<f64, LocalError> {
    let (rho, _) = strongest(gauge, layer)?;
    if rho > 0.0 { Ok(mean(&gauge.rises(layer, rho)?)) } else { Ok(0.0) }
}

/// The layer for all traits, of `candidates`; `effects` holds for each trait its effect at each of them.
/// `None` when no layer moves any trait.
///
/// Traits differ in how far they can move, so each layer is scored by the share of a trait's best effect
/// that it reaches; and as they all have to live with one layer, by the share of the trait that fares
/// worst there.
pub(crate) fn best_layer(candidates: &[usize], effects: &[Vec<f64>]) -> Option<usize> {
    let score = |at: usize| {
        effects
            .iter()
            .map(|row| (row[at].max(0.0), row.iter().copied().fold(0.0, f64::max)))
            // A trait that no layer moves has no say.
            .filter(|(_, best)| *best > 0.0)
            .map(|(effect, best)| effect / best)
            .fold(f64::INFINITY, f64::min)
    };
    let best = (0..candidates.len()).max_by(|a, b| score(*a).total_cmp(&score(*b)));
    best.filter(|at| score(*at).is_finite()).map(|at| candidates[at])
}

/// Measurements of a trait at a layer from no steering at all to the strongest that may be used; `None`
/// when no strength within the bound has an effect.
///
/// The strongest is sought where damage comes close to the bound, and measured in four equal steps. Where
/// the effect has its summit earlier, it ends there: more would only cost.
pub(crate) fn strengths(
    gauge: &mut impl Gauge,
    layer: usize,
) -> Result<Option<Vec<Dose>>, LocalError> {
    let (highest, damage) = strongest(gauge, layer)?;
    if highest <= 0.0 {
        return Ok(None);
    }
    let mut doses = Vec::new();
    for share in [0.25, 0.5, 0.75, 1.0] {
        let rho = highest * share;
        let damage = (share == 1.0).then_some(damage);
        doses.push(Dose { rho, rises: gauge.rises(layer, rho)?, damage });
    }
    let pairs = doses.first().map_or(0, |dose| dose.rises.len());
    doses.insert(0, Dose { rho: 0.0, rises: vec![0.0; pairs], damage: Some(0.0) });
    let summit = (0..doses.len()).max_by(|a, b| doses[*a].effect().total_cmp(&doses[*b].effect()));
    doses.truncate(summit.map_or(0, |at| at + 1));
    Ok((doses.len() > 1).then_some(doses))
}

/// The strongest of some strengths whose damage is within the bound, with that damage. It comes close to
/// the bound where one is met before the vector gets too long; (0, 0) when every strength tried broke
/// the bound.
fn strongest(gauge: &mut impl Gauge, layer: usize) -> Result<(f64, f64), LocalError> {
    let bound = DAMAGE_BOUND;
    let aim = (1.0 + CLOSE) / 2.0 * bound;
    let (mut within, mut beyond) = ((0.0, 0.0), f64::INFINITY);
    let mut rho = START;
    for _ in 0..TRIES {
        let damage = gauge.damage(layer, rho)?;
        if damage > bound {
            beyond = rho;
        } else {
            within = (rho, damage);
            if damage > CLOSE * bound || rho >= LONGEST {
                break;
            }
        }
        // Damage grows about with the square of the strength.
        let guess = if damage > 0.02 { rho * (aim / damage).sqrt() } else { rho * 2.0 };
        rho = guess.clamp(rho / 2.5, rho * 2.0).min(LONGEST);
        if beyond.is_finite() {
            let room = beyond - within.0;
            rho = rho.clamp(within.0 + 0.2 * room, beyond - 0.2 * room);
        }
    }
    Ok(within)
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A trait whose effect and damage follow known curves.
    struct Planted<E, D> {
        effect: E,
        damage: D,
        asked: usize,
    }

    impl<E: Fn(usize, f64) -> f64, D: Fn(usize, f64) -> f64> Gauge for Planted<E, D> {
        fn damage(&mut self, layer: usize, rho: f64) -> Result<f64, LocalError> {
            self.asked += 1;
            Ok((self.damage)(layer, rho))
        }

        fn rises(&mut self, layer: usize, rho: f64) -> Result<Vec<f64>, LocalError> {
            let effect = (self.effect)(layer, rho);
            Ok(vec![effect - 0.1, effect + 0.1])
        }
    }

    fn planted<E: Fn(usize, f64) -> f64, D: Fn(usize, f64) -> f64>(
        effect: E,
        damage: D,
    ) -> Planted<E, D> {
        Planted { effect, damage, asked: 0 }
    }

    #[test]
    fn the_highest_strength_comes_close_to_the_bound_and_never_passes_it() {
        // From models that break early to models that hardly notice; effects that level off.
        for stiffness in [0.2, 1.0, 3.5, 12.0, 60.0] {
            let mut gauge = planted(|_, rho| (3.0 * rho).tanh(), |_, rho| stiffness * rho * rho);
            let doses = strengths(&mut gauge, 5).unwrap().unwrap();
            let last = doses.last().unwrap();
            let damage = last.damage.unwrap();
            assert!(damage <= DAMAGE_BOUND, "{stiffness}: {damage}");
            let close = damage > 0.8 * DAMAGE_BOUND || last.rho == LONGEST;
            assert!(close, "{stiffness}: {damage} at {}", last.rho);
            assert!(doses.len() == 5 && gauge.asked <= TRIES, "{stiffness}: {doses:?}");
            assert_eq!((doses[0].rho, doses[0].effect()), (0.0, 0.0));
        }
    }

    #[test]
    fn strength_ends_where_the_effect_has_its_summit() {
        let mut gauge = planted(|_, rho| 1.0 - (rho - 0.2).abs() * 5.0, |_, rho| 2.0 * rho * rho);
        let doses = strengths(&mut gauge, 5).unwrap().unwrap();
        let last = doses.last().unwrap().rho;
        assert!((0.1..0.35).contains(&last), "{doses:?}");
    }

    #[test]
    fn a_direction_that_only_breaks_the_text_has_no_strength() {
        let mut against = planted(|_, rho| -rho, |_, rho| rho);
        assert_eq!(strengths(&mut against, 5).unwrap(), None);
        let mut brittle = planted(|_, rho| rho, |_, _| 9.0);
        assert_eq!(strengths(&mut brittle, 5).unwrap(), None);
        assert_eq!(layer_effect(&mut brittle, 5).unwrap(), 0.0);
    }

    #[test]
    fn the_layer_is_the_one_with_most_effect_for_the_same_damage() {
        // Layer 8 is gentle, 12 strong for its damage, 16 strong and destructive.
        let effect = |layer: usize, rho: f64| match layer {
            8 => 1.0 * rho,
            12 => 4.0 * rho,
            _ => 5.0 * rho,
        };
        let damage = |layer: usize, rho: f64| match layer {
            8 => 0.2 * rho * rho,
            12 => 3.0 * rho * rho,
            _ => 12.0 * rho * rho,
        };
        let mut gauge = planted(effect, damage);
        let layers = [8, 12, 16];
        let effects: Vec<f64> =
            layers.iter().map(|layer| layer_effect(&mut gauge, *layer).unwrap()).collect();
        assert_eq!(best_layer(&layers, &[effects.clone(), effects]), Some(12));
        assert_eq!(best_layer(&layers, &[vec![-0.1, 0.0, -0.2]]), None);
    }

    #[test]
    fn no_trait_is_given_up_for_the_others() {
        // Two traits prefer layer 4, one of them by far; the third hardly moves there.
        let effects = [vec![10.0, 7.0], vec![1.0, 0.8], vec![0.05, 0.5]];
        assert_eq!(best_layer(&[4, 6], &effects), Some(6));
        // A trait that nothing moves does not count.
        let effects = [vec![10.0, 7.0], vec![0.0, -0.1]];
        assert_eq!(best_layer(&[4, 6], &effects), Some(4));
    }

    #[test]
    fn layers_to_try_lie_in_the_middle_and_exist() {
        assert_eq!(candidates(30), [9, 12, 15, 18]);
        for layers in 1..80 {
            let found = candidates(layers);
            assert!(!found.is_empty() && found.iter().all(|layer| *layer < layers), "{layers}");
        }
        assert!(!candidates(16).contains(&0));
    }
}
