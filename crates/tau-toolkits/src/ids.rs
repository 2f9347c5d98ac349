//! What upstream draws at random: ids, which here follow from a seed that the caller gives, and the seeds of
//! trials, which are upstream's own numbers (`run.py`, `runner/batch.py`).

use tau_python::Random;

/// A row of numbers that follows from its seed.
#[derive(Clone, Debug)]
pub struct Ids(u64);

impl Ids {
    /// The row of a seed.
    pub fn seeded(seed: u64) -> Ids {
        Ids(seed)
    }

    /// The next number (SplitMix64).
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

/// The greatest seed of a trial.
const GREATEST: u32 = 1_000_000;

/// The seeds of trials, one for each, whatever the task: what Python's `random.seed(seed)` and then a
/// `random.randint(0, 1000000)` for each trial give.
pub fn trial_seeds(seed: u64, trials: usize) -> Vec<u64> {
    let mut random = Random::seeded(seed);
    (0..trials).map(|_| u64::from(random.below(GREATEST + 1))).collect()
}

#[cfg(test)]
mod tests {
    use super::trial_seeds;

    #[test]
    fn the_seeds_of_a_run_are_those_that_upstream_draws() {
        assert_eq!(trial_seeds(300, 4), [626_729, 373_753, 361_454, 1_567]);
        assert!(trial_seeds(300, 0).is_empty());
    }
}
