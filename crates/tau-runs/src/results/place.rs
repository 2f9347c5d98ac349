//! Where recorded conversations belong: the installed domain that has the same tasks.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tau_domain::{Domain, Environment, RESPOND, Role, Split, StateDifference, Task, Trajectory};
use tau_packs::Library;

use super::tau1::carried_out;

/// What makes two tasks the same: the customer and what they want.
type Key = (String, String);

pub(crate) fn key(task: &Task) -> Key {
    (task.user_id.clone(), task.instruction.clone())
}

/// A domain with the recorded tasks, and where each of them is in it.
pub(crate) struct Place {
    pub domain: Arc<Domain>,
    pub split: Split,
    tasks: HashMap<Key, usize>,
}

impl Place {
    /// The installed domain, and of it the split, that has the most of these tasks, when it has at
    /// least half of them. A domain that cannot be opened is none.
    pub(crate) fn find(library: &Library, wanted: &HashSet<Key>) -> Option<Place> {
        if wanted.is_empty() {
            return None;
        }
        let mut best: Option<(usize, Place)> = None;
        for entry in library.list().domains {
            let Ok(domain) = library.get(&entry.id) else { continue };
            for (split, tasks) in &domain.tasks {
                let known: HashMap<Key, usize> = tasks
                    .iter()
                    .enumerate()
                    .map(|(index, task)| (key(task), index))
                    .filter(|(key, _)| wanted.contains(key))
                    .collect();
                let matched = known.len();
                if matched * 2 >= wanted.len()
                    && best.as_ref().is_none_or(|(most, _)| matched > *most)
                {
                    let place = Place { domain: domain.clone(), split: *split, tasks: known };
                    best = Some((matched, place));
                }
            }
        }
        best.map(|(_, place)| place)
    }

    /// The domain's own task for a recorded one, and its index.
    pub(crate) fn task(&self, recorded: &Task) -> Option<(usize, &Task)> {
        let index = *self.tasks.get(&key(recorded))?;
        Some((index, self.domain.tasks.get(&self.split)?.get(index)?))
    }

    /// The domain's task at an index: for entries that hold no task of their own.
    pub(crate) fn task_at(&self, index: u32) -> Option<&Task> {
        self.domain.tasks.get(&self.split)?.get(index as usize)
    }

    /// What playing the recorded tool calls again shows.
    pub(crate) fn replay(&self, task: &Task, trajectory: &Trajectory) -> Replayed {
        let mut environment = Environment::new(self.domain.clone(), 0);
        let mut replayed = Replayed::default();
        for (call, answer) in carried_out(trajectory) {
            if call.name == RESPOND {
                continue;
            }
            let observation = environment.call(&call.name, &call.arguments.as_str().into());
            replayed.calls += 1;
            replayed.equal += u32::from(answer.is_some() && observation.text.as_deref() == answer);
        }
        let said: Vec<String> = trajectory
            .messages
            .iter()
            .filter(|message| message.role == Role::Assistant)
            .filter_map(|message| message.heard().map(str::to_owned))
            .collect();
        let reward = environment.grade(task, &said);
        replayed.agrees = reward.value == trajectory.reward.value;
        replayed.state_matches = reward.state_matches;
        if replayed.agrees && !reward.state_matches {
            replayed.differences = environment.differences_from_gold(task);
        }
        replayed
    }
}

/// What playing recorded tool calls again showed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Replayed {
    /// Tool calls that were carried out.
    pub calls: u32,
    /// Of these answered as recorded.
    pub equal: u32,
    /// Whether our grade is the recorded one.
    pub agrees: bool,
    /// Whether the end state is the expected one.
    pub state_matches: bool,
    /// How it differs; empty where the grades do not agree.
    pub differences: Vec<StateDifference>,
}
