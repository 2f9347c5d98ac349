//! Expected end states: the gold actions of a task replayed on fresh data.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tau_python::Heap;

use crate::{Action, Domain, Environment, Task};

/// The name under which text is an action (upstream `types.py`, `RESPOND_ACTION_NAME`). Text changes
/// no data, so a gold replay leaves it out.
pub const RESPOND: &str = "respond";

/// How many end states are kept. A state is an overlay of a few records, so this is a few MB.
const KEPT: usize = 4_096;

/// An expected end state.
pub(crate) struct GoldState {
    pub(crate) heap: Heap,
    hash: OnceLock<String>,
}

impl GoldState {
    pub(crate) fn hash(&self) -> &str {
        self.hash.get_or_init(|| self.heap.state_hash())
    }
}

/// Everything that an expected end state depends on, apart from the domain itself.
#[derive(PartialEq, Eq, Hash)]
struct GoldKey {
    clock: String,
    seed: u64,
    actions: Vec<(String, String)>,
}

/// The expected end states of a domain that were worked out already, shared by all its episodes:
/// upstream replays the gold actions at each grading, which gives the same state each time, because
/// clock and seed are inputs here.
#[derive(Default)]
pub struct GoldStates(Mutex<HashMap<GoldKey, Arc<GoldState>>>);

impl fmt::Debug for GoldStates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("GoldStates").field(&self.len()).finish()
    }
}

impl GoldStates {
    /// How many are kept.
    pub fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets them all, so that the next grading replays again.
    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    pub(crate) fn of(
        &self,
        domain: &Arc<Domain>,
        task: &Task,
        clock: &str,
        seed: u64,
    ) -> Arc<GoldState> {
        let key = GoldKey {
            clock: clock.to_owned(),
            seed,
            actions: task
                .actions
                .iter()
                .map(|action| (action.name.clone(), action.kwargs.0.clone()))
                .collect(),
        };
        if let Some(known) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        // Replayed without the lock: two episodes may do it at once, with the same result.
        let heap = replay(domain, &task.actions, clock, seed);
        let state = Arc::new(GoldState { heap, hash: OnceLock::new() });
        let mut states = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if states.len() >= KEPT {
            states.clear();
        }
        states.insert(key, state.clone());
        state
    }
}

/// The data after the actions. Tools that end the conversation are left out, as upstream does
/// (`envs/base.py`, `calculate_reward`); an action that fails leaves what it had changed.
fn replay(domain: &Arc<Domain>, actions: &[Action], clock: &str, seed: u64) -> Heap {
    let mut env = Environment::with_clock_text(domain.clone(), seed, clock);
    for action in actions {
        if action.name != RESPOND && !domain.terminates(&action.name) {
            env.call(&action.name, &action.kwargs);
        }
    }
    env.into_heap()
}
