//! The practice models: offline, free, deterministic by seed, and not real models.
//!
//! The agent follows the task's plan, but every value it passes to a tool has to reach it in the
//! conversation: said by the customer or seen in a tool's result ([`plan`] says how that is
//! arranged). The customer answers from the task and lives the traits. Success falls with the traits
//! because questions stay unanswered, values arrive wrong or in pieces, and customers refuse or leave.
//!
//! Both are functions of their seed and the conversation so far, so that a conversation that is taken
//! up again goes on as it would have.

mod account;
mod agent;
mod customer;
mod dual;
mod facts;
mod in_text;
mod plan;
mod reading;
mod sounds;
mod speech;

pub use account::{PracticeFault, PracticeFaultKind, PracticeSlip, practice_fault};
pub use agent::PracticeAgent;
pub use customer::PracticeCustomer;
pub use dual::{DualPracticeAgent, DualPracticeCustomer};
pub use in_text::PracticeInText;

/// The practice agent's name wherever models are named.
pub const PRACTICE_AGENT: &str = "practice agent (not a real model)";
/// The practice customer's name wherever models are named.
pub const PRACTICE_CUSTOMER: &str = "practice customer (not a real model)";

use sha2::{Digest, Sha256};

/// Seeded chance: the same question gets the same answer, in whatever order questions come.
#[derive(Clone, Copy, Debug)]
struct Chance(u64);

impl Chance {
    /// A number from 0 to 1 that belongs to `what`.
    fn of(self, what: &str) -> f64 {
        use rand::{Rng, SeedableRng};
        let mut hash = Sha256::new();
        hash.update(self.0.to_le_bytes());
        hash.update(what.as_bytes());
        rand_chacha::ChaCha8Rng::from_seed(hash.finalize().into()).random()
    }

    /// Whether something with this probability happens.
    fn happens(self, what: &str, probability: f64) -> bool {
        self.of(what) < probability
    }

    /// A whole number from 0 to `count - 1`.
    fn pick(self, what: &str, count: usize) -> usize {
        ((self.of(what) * count as f64) as usize).min(count.saturating_sub(1))
    }
}
