//! The seeds of trials (upstream `run.py`, `runner/batch.py`): one for each trial, whatever the task.

use tau_python::Random;

/// The greatest seed of a trial.
const GREATEST: u32 = 1_000_000;

/// What Python's `random.seed(seed)` and then a `random.randint(0, 1000000)` for each trial give.
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
