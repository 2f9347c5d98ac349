//! Where a run over tasks of tau2's was held.

use std::sync::Arc;

use tau_packs::Library;
use tau_toolkits::Definition;

use crate::{ResultFormat, RunPlan};

/// What stands before the name of a domain that only a file names.
const FROM_FILE: &str = "file:";

/// The domain of tau2 that a run was held in; for results that were opened from files, one that has the name and
/// the tasks of theirs, that of the same rules first. `None` for other runs, and where it is not here.
pub fn definition_of(plan: &RunPlan, library: &Library) -> Option<Arc<Definition>> {
    if plan.tau2.is_some() {
        return library.definition(&plan.domain.parse().ok()?).ok();
    }
    let imported = plan.imported.as_ref()?;
    if imported.format != ResultFormat::Tau2.name() {
        return None;
    }
    let name = plan.domain.strip_prefix(FROM_FILE).unwrap_or(&plan.domain);
    let mut listed = library.definitions().definitions;
    listed.retain(|entry| entry.id.name() == name || entry.id.to_string() == name);
    // A file says its version without the letter before it.
    let version = plan.grader.trim_start_matches("tau2-").trim_start_matches('v');
    let graded = |profile: &str| profile.trim_start_matches('v') == version;
    listed.sort_by_key(|entry| !graded(&entry.profile));
    let has_tasks = |definition: &Arc<Definition>| {
        plan.tasks.iter().any(|task| definition.task(&task.id).is_some())
    };
    let mut opened = listed.iter().filter_map(|entry| library.definition(&entry.id).ok());
    opened.find(has_tasks)
}
