//! From lines to directions: the mean difference of what a model's residual stream holds while it
//! reads lines with much of a trait and lines with little of it.
//!
//! TraitBasis (arXiv 2510.04491) takes for each reply the mean of the hidden states over its tokens and
//! for a trait the mean difference of its pairs; so do we, at every layer in one pass. What it leaves
//! to annotators is measured here and in [`super::search`]: the separation of pairs that were held
//! out, and the scale on which later replies are read.

use super::basis::{Stats, dot, norm};
use crate::Pair;

/// What a model held of one pair: for each layer the mean residual over the reply's tokens.
#[derive(Clone, Debug)]
pub(crate) struct PairMeans {
    /// Of the line with much of the trait.
    pub more: Vec<Vec<f32>>,
    /// Of the line with little of it.
    pub less: Vec<Vec<f32>>,
}

/// For each layer the unit direction from little to much of the trait, with the length of the mean
/// difference. A layer without any difference gets zeros.
pub(crate) fn directions(pairs: &[&PairMeans]) -> Vec<(Vec<f32>, f32)> {
    let layers = pairs.first().map_or(0, |pair| pair.more.len());
    (0..layers)
        .map(|layer| {
            let mut unit = difference(pairs, layer);
            let gap = norm(&unit);
            if gap > 0.0 {
                unit.iter_mut().for_each(|x| *x /= gap);
            }
            (unit, gap)
        })
        .collect()
}

/// For each layer what is known of a direction that was taken from `pairs`.
///
/// Separation (`auc`, `d_prime`) is that of held-out pairs. The two means of the read-out are those of
/// the pairs themselves, each projected on the direction of all the others: on the direction that it
/// helped to make, a line lies too far out.
pub(crate) fn stats(
    pairs: &[&PairMeans],
    held_out: &[&PairMeans],
    directions: &[(Vec<f32>, f32)],
) -> Vec<Stats> {
    directions
        .iter()
        .enumerate()
        .map(|(layer, (unit, gap))| {
            let (more, less) = projections(held_out, layer, unit);
            let (own_more, own_less) = left_out(pairs, layer, unit, *gap);
            Stats {
                gap: *gap,
                auc: auc(&more, &less),
                d_prime: d_prime(&more, &less),
                less: mean(&own_less),
                more: mean(&own_more),
            }
        })
        .collect()
}

/// The pairs in `count` parts, by index, for directions that are judged on pairs which did not make
/// them. Whole domains go to one part where they can be spread evenly, so that a direction is not helped
/// by having seen the subject.
pub(crate) fn folds(pairs: &[&Pair], count: usize) -> Vec<Vec<usize>> {
    let mut domains: Vec<(&str, Vec<usize>)> = Vec::new();
    for (at, pair) in pairs.iter().enumerate() {
        match domains.iter_mut().find(|(name, _)| *name == pair.domain) {
            Some((_, members)) => members.push(at),
            None => domains.push((&pair.domain, vec![at])),
        }
    }
    // The largest domains first, each to the smallest part.
    domains.sort_by_key(|(_, members)| std::cmp::Reverse(members.len()));
    let mut folds = vec![Vec::new(); count];
    for (_, members) in domains {
        if let Some(smallest) = folds.iter_mut().min_by_key(|fold| fold.len()) {
            smallest.extend(members);
        }
    }
    let even = pairs.len() / count;
    if folds.iter().any(|fold| 2 * fold.len() < even || fold.len() > 2 * even.max(1)) {
        let every = |fold: usize| (fold..pairs.len()).step_by(count).collect();
        folds = (0..count).map(every).collect();
    }
    folds.iter_mut().for_each(|fold| fold.sort_unstable());
    folds
}

fn difference(pairs: &[&PairMeans], layer: usize) -> Vec<f32> {
    let width = pairs.first().map_or(0, |pair| pair.more[layer].len());
    let mut sum = vec![0.0f32; width];
    for pair in pairs {
        for ((x, more), less) in sum.iter_mut().zip(&pair.more[layer]).zip(&pair.less[layer]) {
            *x += (more - less) / pairs.len() as f32;
        }
    }
    sum
}

fn projections(pairs: &[&PairMeans], layer: usize, unit: &[f32]) -> (Vec<f32>, Vec<f32>) {
    pairs.iter().map(|pair| (dot(&pair.more[layer], unit), dot(&pair.less[layer], unit))).unzip()
}

/// Each pair on the direction of the others, which is the sum of all differences less its own.
fn left_out(pairs: &[&PairMeans], layer: usize, unit: &[f32], gap: f32) -> (Vec<f32>, Vec<f32>) {
    let n = pairs.len() as f32;
    pairs
        .iter()
        .map(|pair| {
            let (more, less) = (&pair.more[layer], &pair.less[layer]);
            let others: Vec<f32> = unit
                .iter()
                .zip(more.iter().zip(less))
                .map(|(u, (m, l))| u * gap * n - (m - l))
                .collect();
            let length = norm(&others).max(f32::MIN_POSITIVE);
            (dot(more, &others) / length, dot(less, &others) / length)
        })
        .unzip()
}

fn auc(more: &[f32], less: &[f32]) -> f32 {
    let mut won = 0.0;
    for a in more {
        for b in less {
            won += if a > b { 1.0 } else { f32::from(u8::from(a == b)) / 2.0 };
        }
    }
    let all = more.len() * less.len();
    if all == 0 { 0.0 } else { won / all as f32 }
}

fn d_prime(more: &[f32], less: &[f32]) -> f32 {
    let spread = ((variance(more) + variance(less)) / 2.0).sqrt();
    if spread > 0.0 { (mean(more) - mean(less)) / spread } else { 0.0 }
}

fn mean(values: &[f32]) -> f32 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f32>() / values.len() as f32 }
}

fn variance(values: &[f32]) -> f32 {
    let centre = mean(values);
    let squares: f32 = values.iter().map(|value| (value - centre).powi(2)).sum();
    if values.len() < 2 { 0.0 } else { squares / (values.len() - 1) as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 64;

    /// Numbers between -1 and 1 that look like noise; the same for the same seed.
    fn noise(seed: u64) -> impl FnMut() -> f32 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
        }
    }

    /// Pairs that share a subject and differ along a planted direction, under noise.
    fn planted(direction: &[f32], strength: f32, pairs: usize, seed: u64) -> Vec<PairMeans> {
        let mut next = noise(seed);
        let mut line = |sign: f32, subject: &[f32]| -> Vec<Vec<f32>> {
            let noisy: Vec<f32> = subject
                .iter()
                .zip(direction)
                .map(|(s, d)| 4.0 * s + sign * strength * d + 0.3 * next())
                .collect();
            vec![noisy, vec![1.0; WIDTH]]
        };
        let mut subjects = noise(seed + 1);
        (0..pairs)
            .map(|_| {
                let subject: Vec<f32> = (0..WIDTH).map(|_| subjects()).collect();
                PairMeans { more: line(0.5, &subject), less: line(-0.5, &subject) }
            })
            .collect()
    }

    fn unit(seed: u64) -> Vec<f32> {
        let mut next = noise(seed);
        let raw: Vec<f32> = (0..WIDTH).map(|_| next()).collect();
        let length = norm(&raw);
        raw.iter().map(|x| x / length).collect()
    }

    fn all(pairs: &[PairMeans]) -> Vec<&PairMeans> {
        pairs.iter().collect()
    }

    #[test]
    fn a_planted_direction_is_recovered_under_noise_and_shared_subjects() {
        for seed in [1, 2, 3, 4, 5] {
            let truth = unit(seed);
            let pairs = planted(&truth, 5.0, 24, 10 * seed);
            let found = directions(&all(&pairs));
            let cosine = dot(&found[0].0, &truth);
            assert!(cosine > 0.99, "seed {seed}: cosine {cosine}");
            assert!((found[0].1 - 5.0).abs() < 0.2, "the gap is the planted one: {}", found[0].1);
        }
    }

    #[test]
    fn a_layer_where_both_sides_are_the_same_has_no_direction() {
        let pairs = planted(&unit(7), 5.0, 8, 3);
        let found = directions(&all(&pairs));
        assert_eq!(found[1], (vec![0.0; WIDTH], 0.0));
        let measured = stats(&all(&pairs), &all(&pairs), &found);
        assert_eq!((measured[1].auc, measured[1].d_prime), (0.5, 0.0));
    }

    #[test]
    fn separation_is_that_of_pairs_which_made_no_direction() {
        let truth = unit(11);
        let pairs = planted(&truth, 40.0, 24, 1);
        let found = directions(&all(&pairs));
        let fresh = planted(&truth, 40.0, 8, 99);
        let good = stats(&all(&pairs), &all(&fresh), &found)[0];
        assert!(good.auc > 0.95 && good.d_prime > 2.0, "{good:?}");
        // Pairs of another trait are not separated by it.
        let other = planted(&unit(12), 40.0, 8, 98);
        let bad = stats(&all(&pairs), &all(&other), &found)[0];
        assert!(bad.d_prime < good.d_prime / 2.0, "{bad:?} beside {good:?}");
    }

    #[test]
    fn noise_alone_does_not_look_like_a_scale() {
        // On the direction that they made themselves, lines of pure noise would lie a gap apart.
        let nothing = planted(&vec![0.0; WIDTH], 0.0, 8, 5);
        let found = directions(&all(&nothing));
        let measured = stats(&all(&nothing), &all(&nothing), &found)[0];
        assert!(found[0].1 > 0.5, "noise has a gap of its own: {}", found[0].1);
        assert!((measured.more - measured.less).abs() < found[0].1 / 2.0, "{measured:?}");
    }

    #[test]
    fn parts_keep_a_domain_together_where_that_is_even() {
        let pair = |domain: &str| Pair { domain: domain.into(), ..Pair::default() };
        let pairs: Vec<Pair> =
            ["a", "b", "a", "c", "b", "a", "c", "d"].iter().map(|name| pair(name)).collect();
        let refs: Vec<&Pair> = pairs.iter().collect();
        let parts = folds(&refs, 2);
        let domains = |part: &[usize]| -> Vec<&str> {
            part.iter().map(|&at| pairs[at].domain.as_str()).collect()
        };
        assert_eq!(parts.iter().map(Vec::len).sum::<usize>(), pairs.len());
        let others = domains(&parts[1]);
        assert!(domains(&parts[0]).iter().all(|name| !others.contains(name)), "{parts:?}");
        let same = [pair("only"), pair("only"), pair("only"), pair("only"), pair("only")];
        let refs: Vec<&Pair> = same.iter().collect();
        assert_eq!(folds(&refs, 2), [vec![0, 2, 4], vec![1, 3]]);
        assert_eq!(folds(&refs, 4), [vec![0, 4], vec![1], vec![2], vec![3]]);
    }
}
