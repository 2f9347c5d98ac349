//! How many threads the arithmetic uses, and how they wait.
//!
//! The library that computes reads its settings from environment variables when it is first used,
//! and offers no other way. Its defaults suit a machine that does nothing else: one thread for
//! each physical core, and workers that spin while they wait. Beside other work on the same cores
//! that has been measured at a tenth of the speed of a single thread. A host therefore sets these
//! variables before it starts; within a running program they cannot be set safely.

/// The variables, and what they should be on this computer: one physical core is left to
/// everything else, and waiting threads sleep.
pub fn environment() -> [(&'static str, String); 3] {
    let threads = wanted(std::thread::available_parallelism().map_or(1, usize::from));
    [
        ("CANDLE_NUM_THREADS", threads.to_string()),
        ("RAYON_NUM_THREADS", threads.to_string()),
        ("CANDLE_BARRIER_POOL_SPIN_LIMIT", "0".to_owned()),
    ]
}

/// Those of [`environment`] that are not set. A variable that somebody has set is theirs.
pub fn unset() -> Vec<(&'static str, String)> {
    environment().into_iter().filter(|(name, _)| std::env::var_os(name).is_none()).collect()
}

/// Starts this program anew in its place with what is [`unset`], where the system can do that (Unix);
/// to be called first in `main`. Where it cannot, and when all is set, nothing happens: models are
/// then slower beside other work, and say the same.
pub fn start_again() {
    let unset = unset();
    #[cfg(unix)]
    if let (false, Ok(program)) = (unset.is_empty(), std::env::current_exe()) {
        use std::os::unix::process::CommandExt;
        // Returns only when the program could not be replaced.
        let error = std::process::Command::new(program)
            .args(std::env::args_os().skip(1))
            .envs(unset)
            .exec();
        tracing::warn!(%error, "local models will be slow beside other work");
    }
    #[cfg(not(unix))]
    drop(unset);
}

/// One less than there are, and never none.
fn wanted(cores: usize) -> usize {
    cores.saturating_sub(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_core_is_left_to_everything_else_and_one_is_always_used() {
        assert_eq!([1, 2, 8].map(wanted), [1, 1, 7]);
    }

    #[test]
    fn waiting_threads_are_told_to_sleep() {
        let spin = environment().into_iter().find(|(name, _)| name.ends_with("SPIN_LIMIT"));
        assert_eq!(spin.map(|(_, value)| value).as_deref(), Some("0"));
    }
}
