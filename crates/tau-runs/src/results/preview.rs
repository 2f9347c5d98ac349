//! What a result file holds, for a person who has not decided yet.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use tau_domain::Outcome;
use tau_packs::Library;

use super::file::{ResultFile, ResultFormat};
use super::opening::{count, digest, outcome, traits_of};
use super::place::{Place, key};
use crate::RunsError;

/// What a file holds, without keeping anything.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// Its name.
    pub file: String,
    /// Whose format it is in.
    pub format: ResultFormat,
    /// Which version of it; may be empty.
    pub version: String,
    /// The domain: an installed one that has the tasks, or the name that the file says; may be empty.
    pub domain: String,
    /// The agent's model; may be empty.
    pub model: String,
    /// Conversations in it.
    pub conversations: u32,
    /// Of these with a reward that says something about the agent.
    pub scored: u32,
    /// Of these passed.
    pub passed: u32,
    /// Names of the conditions.
    pub conditions: Vec<String>,
    /// What cannot be used, a sentence each.
    pub problems: Vec<String>,
    /// The identity under which a run of this file alone is known.
    pub digest: String,
}

/// Looks at a result file without keeping anything.
///
/// # Errors
/// As [`ResultFile::open`].
pub fn preview(path: &Path, library: &Library) -> Result<Preview, RunsError> {
    let file = ResultFile::open(path)?;
    let mut wanted = HashSet::new();
    let mut conditions: BTreeMap<String, String> = BTreeMap::new();
    let mut problems: Vec<String> = file.faults().iter().map(ToString::to_string).collect();
    let (mut scored, mut passed) = (0, 0);
    for entry in file.entries() {
        match entry {
            Err(fault) => problems.push(fault.to_string()),
            Ok(entry) => {
                let condition = traits_of(&entry, &file).condition(None);
                conditions.insert(condition.id, condition.name);
                wanted.extend(entry.task.as_ref().map(key));
                match outcome(&entry) {
                    Outcome::Passed => (scored, passed) = (scored + 1, passed + 1),
                    Outcome::Failed => scored += 1,
                    _ => {}
                }
            }
        }
    }
    let place = Place::find(library, &wanted);
    let said = || file.header.domain.clone();
    Ok(Preview {
        file: file.name().to_owned(),
        format: file.format(),
        version: file.version().to_owned(),
        domain: place.map_or_else(said, |place| place.domain.id.to_string()),
        model: file.header.model.clone(),
        conversations: count(file.len()),
        scored,
        passed,
        conditions: conditions.into_values().collect(),
        problems,
        digest: digest([file.sha256()].into_iter()),
    })
}
