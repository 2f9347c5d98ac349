//! Which layer, and how strong: what TraitBasis (arXiv 2510.04491) leaves to five annotators and to a
//! hand-set scale, decided by measurement.
//!
//! Two figures are weighed against each other. The *effect* of a vector is the rise of the contrast
//! score: by how many nats a token the model comes to prefer lines with much of the trait over lines
//! with little of it. Its *damage* is the rise of the negative log likelihood of neutral lines: how
//! much less the model sounds like itself where the trait has nothing to do. The layer is the one that
//! gives most effect at little damage ([`LAYER_DAMAGE`]); the slider's highest level is as much as the
//! bound allows ([`DAMAGE_BOUND`]), and lower levels are equal steps of effect (the dose curve).
//!
//! Here are the decisions only; [`super::calibrate`] does the measuring.

use super::LocalError;

/// Damage at which layers are compared, in nats a token.
pub const LAYER_DAMAGE: f64 = 0.15;

/// Most damage that the slider can do, in nats a token.
pub const DAMAGE_BOUND: f64 = 0.45;

/// Where the search for the highest strength stops: this close below the bound.
const CLOSE: f64 = 0.9;
/// Measurements that the search for it may take.
const TRIES: usize = 7;
/// The strength at which all searching starts, as norm over residual norm.
const START: f64 = 0.3;
/// No vector gets longer than the residual stream itself.
const LONGEST: f64 = 1.0;

/// What a model makes of a trait's lines at one strength.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Dose {
    /// For each pair, log p a token of the line with much of the trait less that of the other.
    pub contrast: Vec<f64>,
    /// Negative log likelihood of neutral lines, in nats a token.
    pub neutral: f64,
}

impl Dose {
    /// By how much each pair's contrast is above what it is without steering.
    pub fn rises(&self, still: &Dose) -> Vec<f64> {
        self.contrast.iter().zip(&still.contrast).map(|(steered, plain)| steered - plain).collect()
    }

    /// The mean of that.
    pub fn effect(&self, still: &Dose) -> f64 {
        let rises = self.rises(still);
        if rises.is_empty() { 0.0 } else { rises.iter().sum::<f64>() / rises.len() as f64 }
    }

    /// By how much neutral lines suffer.
    pub fn damage(&self, still: &Dose) -> f64 {
        self.neutral - still.neutral
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

/// The layer that does most for all traits at little damage. `measure(trait, layer, rho)` is asked for
/// single measurements; `still` holds each trait's lines without steering.
///
/// Traits differ in how far they can move, so each layer is scored by the share of a trait's best effect
/// that it reaches; and as they all have to live with one layer, by the share of the trait that fares
/// worst there.
pub(crate) fn choose_layer(
    candidates: &[usize],
    still: &[Dose],
    mut measure: impl FnMut(usize, usize, f64) -> Result<Dose, LocalError>,
) -> Result<Option<usize>, LocalError> {
    let mut effects = vec![vec![0.0; candidates.len()]; still.len()];
    for (trait_at, plain) in still.iter().enumerate() {
        for (at, layer) in candidates.iter().enumerate() {
            let mut points = vec![(0.0, 0.0)];
            for rho in [START / 2.0, START, 2.0 * START] {
                let dose = measure(trait_at, *layer, rho)?;
                let damage = dose.damage(plain);
                points.push((damage, dose.effect(plain)));
                if damage > LAYER_DAMAGE {
                    break;
                }
            }
            effects[trait_at][at] = effect_at(&points, LAYER_DAMAGE);
        }
    }
    let scores: Vec<f64> = (0..candidates.len())
        .map(|at| {
            effects
                .iter()
                .map(|row| (row[at].max(0.0), row.iter().copied().fold(0.0, f64::max)))
                // A trait that no layer moves has no say.
                .filter(|(_, best)| *best > 0.0)
                .map(|(effect, best)| effect / best)
                .fold(f64::INFINITY, f64::min)
        })
        .collect();
    let best = (0..candidates.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]));
    Ok(best.filter(|at| scores[*at].is_finite()).map(|at| candidates[at]))
}

/// The largest effect up to some damage, on points (damage, effect) in order of strength.
fn effect_at(points: &[(f64, f64)], bound: f64) -> f64 {
    let mut best: f64 = 0.0;
    for two in points.windows(2) {
        let ((damage, effect), (next_damage, next_effect)) = (two[0], two[1]);
        if next_damage > bound {
            // Within the last stretch, as far as the bound goes.
            let along = ((bound - damage) / (next_damage - damage)).clamp(0.0, 1.0);
            return best.max(effect + (next_effect - effect) * along);
        }
        best = best.max(next_effect);
    }
    best
}

/// Measurements of one trait from the weakest strength to the strongest that may be used, as (rho,
/// dose) beginning with no steering at all; `None` when no strength within the bound has an effect.
///
/// The strongest is sought where damage comes close to the bound. Where the effect has its summit
/// earlier, it ends there: more would only cost.
pub(crate) fn strengths(
    still: &Dose,
    mut measure: impl FnMut(f64) -> Result<Dose, LocalError>,
) -> Result<Option<Vec<(f64, Dose)>>, LocalError> {
    let mut points = vec![(0.0, still.clone())];
    let (mut within, mut beyond) = (0.0, f64::INFINITY);
    let mut rho = START;
    for _ in 0..TRIES {
        let dose = measure(rho)?;
        let damage = dose.damage(still);
        points.push((rho, dose));
        if damage > DAMAGE_BOUND {
            beyond = rho;
        } else {
            within = rho;
            if damage > CLOSE * DAMAGE_BOUND || rho >= LONGEST {
                break;
            }
        }
        rho = next(rho, damage, within, beyond);
    }
    for share in [0.25, 0.5, 0.75] {
        let wanted = within * share;
        let near = |(rho, _): &(f64, Dose)| (rho - wanted).abs() < 0.08 * within;
        if within > 0.0 && !points.iter().any(near) {
            points.push((wanted, measure(wanted)?));
        }
    }
    points.retain(|(rho, _)| *rho <= within);
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let summit = (0..points.len())
        .max_by(|a, b| points[*a].1.effect(still).total_cmp(&points[*b].1.effect(still)));
    points.truncate(summit.map_or(0, |at| at + 1));
    Ok((points.len() > 1).then_some(points))
}

/// The next strength to try: damage grows about with the square of the strength, and what is known of
/// both sides of the bound is kept to.
fn next(rho: f64, damage: f64, within: f64, beyond: f64) -> f64 {
    let aim = (1.0 + CLOSE) / 2.0 * DAMAGE_BOUND;
    let guess = if damage > 0.02 { rho * (aim / damage).sqrt() } else { rho * 2.0 };
    let guess = guess.clamp(rho / 2.5, rho * 2.0).min(LONGEST);
    if beyond.is_infinite() {
        return guess;
    }
    let room = beyond - within;
    guess.clamp(within + 0.2 * room, beyond - 0.2 * room)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dose(effect: f64, damage: f64) -> Dose {
        Dose { contrast: vec![-1.0 + effect, -0.5 + effect], neutral: 2.0 + damage }
    }

    #[test]
    fn the_highest_strength_comes_close_to_the_bound_and_never_passes_it() {
        // From models that break early to models that hardly notice; effects that level off.
        for stiffness in [0.4, 1.0, 3.5, 12.0, 60.0] {
            let mut asked = 0;
            let points = strengths(&dose(0.0, 0.0), |rho| {
                asked += 1;
                Ok(dose((3.0 * rho).tanh(), stiffness * rho * rho))
            })
            .unwrap()
            .unwrap();
            let (rho, top) = points.last().unwrap();
            let damage = top.damage(&dose(0.0, 0.0));
            assert!(damage <= DAMAGE_BOUND, "{stiffness}: {damage}");
            assert!(
                damage > 0.85 * DAMAGE_BOUND || *rho == LONGEST,
                "{stiffness}: {damage} at {rho}"
            );
            assert!(points.len() >= 4 && asked <= TRIES + 3, "{stiffness}: {points:?}");
            assert_eq!(points[0].0, 0.0);
        }
    }

    #[test]
    fn strength_ends_where_the_effect_has_its_summit() {
        let points = strengths(&dose(0.0, 0.0), |rho| {
            Ok(dose(1.0 - (rho - 0.2).abs() * 5.0, 2.0 * rho * rho))
        })
        .unwrap()
        .unwrap();
        let last = points.last().unwrap().0;
        assert!((0.1..0.35).contains(&last), "{points:?}");
    }

    #[test]
    fn a_direction_that_only_breaks_the_text_has_no_strength() {
        let found = strengths(&dose(0.0, 0.0), |rho| Ok(dose(-rho, rho))).unwrap();
        assert_eq!(found, None);
    }

    #[test]
    fn the_layer_is_the_one_with_most_effect_for_the_same_damage() {
        // Layer 8 is gentle, 12 strong for its damage, 16 strong and destructive.
        let at = |layer: usize, rho: f64| match layer {
            8 => dose(1.0 * rho, 0.2 * rho * rho),
            12 => dose(4.0 * rho, 3.0 * rho * rho),
            _ => dose(5.0 * rho, 12.0 * rho * rho),
        };
        let still = [dose(0.0, 0.0), dose(0.0, 0.0)];
        let chosen =
            choose_layer(&[8, 12, 16], &still, |_, layer, rho| Ok(at(layer, rho))).unwrap();
        assert_eq!(chosen, Some(12));
        let none = choose_layer(&[8, 12], &still, |_, _, rho| Ok(dose(-rho, rho))).unwrap();
        assert_eq!(none, None);
    }

    #[test]
    fn no_trait_is_given_up_for_the_others() {
        let still = [dose(0.0, 0.0), dose(0.0, 0.0), dose(0.0, 0.0)];
        // Two traits prefer layer 4, one of them by far; the third hardly moves there.
        let measure = |one: usize, layer: usize, rho: f64| {
            let effect = match (one, layer) {
                (0, 4) => 10.0,
                (1, 4) => 1.0,
                (2, 4) => 0.05,
                (0, _) => 7.0,
                (1, _) => 0.8,
                _ => 0.5,
            };
            Ok(dose(effect * rho, rho * rho))
        };
        assert_eq!(choose_layer(&[4, 6], &still, measure).unwrap(), Some(6));
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
