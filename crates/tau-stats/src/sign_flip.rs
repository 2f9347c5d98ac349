//! The sign-flip permutation test on paired differences.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// Up to this many tasks that differ, every pattern of signs is tried.
const EXACT_UP_TO: usize = 15;
/// Random patterns of signs beyond that.
const RANDOM_FLIPS: u32 = 10_000;

/// How the patterns of signs were chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flips {
    /// All of them; the p-value is exact.
    All,
    /// A random sample of this many, drawn from the given seed.
    Random(u32),
}

/// Result of the test.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignFlip {
    /// Two-sided p-value: how often a mean at least this far from zero appears when each task's
    /// difference may as well have had the other sign.
    pub p_value: f64,
    /// How the patterns were chosen.
    pub flips: Flips,
}

/// Tests whether the mean of `differences` is zero.
///
/// Tasks without a difference change no pattern's mean, so they are left out of the enumeration:
/// the test is exact whenever at most 15 tasks differ. Otherwise 10,000 random patterns are drawn
/// from `seed`, and p = (1 + hits) / (1 + patterns).
pub fn sign_flip(differences: &[f64], seed: u64) -> SignFlip {
    let moved: Vec<f64> = differences.iter().copied().filter(|d| *d != 0.0).collect();
    let observed = moved.iter().sum::<f64>().abs();
    // Sums of the same numbers in another order may differ in the last bits.
    let reached = |sum: f64| sum.abs() >= observed - 1e-9;
    if moved.len() <= EXACT_UP_TO {
        let patterns = 1u32 << moved.len();
        let hits = (0..patterns)
            .filter(|pattern| {
                reached(
                    moved
                        .iter()
                        .enumerate()
                        .map(|(i, d)| if pattern >> i & 1 == 1 { -d } else { *d })
                        .sum(),
                )
            })
            .count();
        return SignFlip { p_value: hits as f64 / f64::from(patterns), flips: Flips::All };
    }
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut hits = 0u32;
    for _ in 0..RANDOM_FLIPS {
        let mut sum = 0.0;
        for block in moved.chunks(64) {
            let mut signs: u64 = random.random();
            for d in block {
                sum += if signs & 1 == 1 { -d } else { *d };
                signs >>= 1;
            }
        }
        hits += u32::from(reached(sum));
    }
    SignFlip {
        p_value: f64::from(1 + hits) / f64::from(1 + RANDOM_FLIPS),
        flips: Flips::Random(RANDOM_FLIPS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_tasks_that_all_fell_give_one_in_four() {
        let result = sign_flip(&[-1.0, -1.0, -1.0], 1);
        assert_eq!(result.p_value, 0.25);
        assert_eq!(result.flips, Flips::All);
    }

    #[test]
    fn unequal_falls_are_enumerated_exactly() {
        // |sum| = 0.9 of {±.2, ±.3, ±.4}: only the two patterns with equal signs reach it.
        assert_eq!(sign_flip(&[-0.2, -0.3, -0.4], 1).p_value, 0.25);
        // .2 + .3 - .4 = .1: eight patterns, all reach |.1| (values .9, .5, .3, .1 twice each).
        assert_eq!(sign_flip(&[0.2, 0.3, -0.4], 1).p_value, 1.0);
    }

    #[test]
    fn tasks_that_did_not_move_change_nothing() {
        let mut differences = vec![0.0; 40];
        differences.extend([-1.0; 6]);
        assert_eq!(sign_flip(&differences, 1).p_value, 2.0 / 64.0);
        assert_eq!(sign_flip(&[0.0; 30], 1).p_value, 1.0);
        assert_eq!(sign_flip(&[], 1).p_value, 1.0);
    }

    #[test]
    fn the_seed_decides_the_random_flips_and_nothing_else_does() {
        let differences: Vec<f64> = (0..40).map(|i| f64::from(i % 7 - 4) / 5.0).collect();
        let first = sign_flip(&differences, 7);
        assert_eq!(first, sign_flip(&differences, 7));
        assert_eq!(first.flips, Flips::Random(10_000));
        assert!((first.p_value - sign_flip(&differences, 8).p_value).abs() < 0.03);
    }

    #[test]
    fn relabelling_baseline_and_condition_keeps_the_p_value() {
        let differences: Vec<f64> = (0..30).map(|i| f64::from(i % 5 - 3) / 3.0).collect();
        let swapped: Vec<f64> = differences.iter().map(|d| -d).collect();
        assert_eq!(sign_flip(&differences, 3).p_value, sign_flip(&swapped, 3).p_value);
    }

    #[test]
    fn random_flips_agree_with_the_exact_binomial_answer() {
        // Sixteen differences, thirteen down and three up, all of one size: the test is the sign
        // test, p = 2 P[Bin(16, 1/2) <= 3] = 2 * 697 / 65536.
        let mut differences = vec![-1.0; 13];
        differences.extend([1.0; 3]);
        let p = sign_flip(&differences, 11).p_value;
        assert!((p - 1394.0 / 65536.0).abs() < 0.006, "{p}");
    }
}
