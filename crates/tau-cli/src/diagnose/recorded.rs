//! A result file of the benchmarks as failures that can be looked into.

use std::path::Path;
use std::sync::Arc;

use tau_diagnosis::{Diagnosis, Dual, FindingLine, diagnose, diagnose_dual, examine};
use tau_domain::{Domain, DomainId, JsonText, Outcome, Task, Trajectory};
use tau_packs::Library;
use tau_runs::{RunPlan, definition_of, open_results};
use tau_toolkits::Definition;

use crate::error::CliError;
use crate::options::shown;

/// A reward at or below this is a failure (upstream `auto_error_identification.py`).
const FAILED: f64 = 1e-3;

/// A recorded conversation does not say its seed; it matters only for tools that draw chance.
const SEED: u64 = 0;

/// What conversations are held against: a domain of tau-bench's kind, or one of tau2's.
pub enum Grounds {
    /// Of tau-bench's kind.
    Bench(Arc<Domain>),
    /// Of tau2's.
    Dual(Arc<Definition>),
}

/// A failed conversation of the file.
pub struct Recorded {
    /// Upstream's task id: the index in the split.
    pub task_id: u32,
    /// The task.
    pub task: Task,
    /// What was said and done.
    pub trajectory: Trajectory,
    /// What upstream's words say beyond ours (tau2).
    extra: Option<JsonText>,
}

/// What the file holds.
pub struct ResultFile {
    /// The domain it was held in.
    pub grounds: Grounds,
    /// Conversations in it.
    pub results: usize,
    /// Of these without a score: a failure of the machinery, which is nobody's fault here.
    pub not_scored: usize,
    /// The failed ones in their order.
    pub failed: Vec<Recorded>,
}

/// Reads a result file. Without `env` the domain is the one that has its tasks.
///
/// # Errors
/// When the file cannot be read, or no domain has its tasks.
pub fn read(path: &Path, env: Option<&str>, library: &Library) -> Result<ResultFile, CliError> {
    let (mut runs, errors) = open_results(&[path.to_owned()], library);
    if let Some(error) = errors.into_iter().next() {
        return Err(error.into());
    }
    let Some(run) = runs.pop() else {
        return Err(CliError::new("file", format!("{} holds no results.", shown(path))));
    };
    let grounds = match env {
        Some(name) => named(&name.parse()?, library)?,
        None => found(&run.plan, library).ok_or_else(|| {
            CliError::new("domain", "No domain here has the tasks of this file.").help(
                "Import the release it was run with, or give the domain with --env; `tautrait domains` lists what there is.",
            )
        })?,
    };
    let of = |outcome: Outcome| run.episodes.iter().filter(move |one| one.outcome == outcome);
    let mut failed = Vec::new();
    for episode in of(Outcome::Failed) {
        let transcript = episode.transcript().map_err(CliError::from)?;
        if transcript.trajectory.reward.value <= FAILED {
            failed.push(Recorded {
                task_id: run.plan.tasks[episode.task].index,
                task: transcript.task,
                trajectory: transcript.trajectory,
                extra: transcript.extra,
            });
        }
    }
    Ok(ResultFile {
        grounds,
        results: run.episodes.len(),
        not_scored: of(Outcome::NotScored).count(),
        failed,
    })
}

fn named(id: &DomainId, library: &Library) -> Result<Grounds, CliError> {
    Ok(match library.is_definition(id) {
        true => Grounds::Dual(library.definition(id)?),
        false => Grounds::Bench(library.get(id)?),
    })
}

fn found(plan: &RunPlan, library: &Library) -> Option<Grounds> {
    if let Some(definition) = definition_of(plan, library) {
        return Some(Grounds::Dual(definition));
    }
    library.get(&plan.domain.parse().ok()?).ok().map(Grounds::Bench)
}

impl Grounds {
    /// The domain's id.
    pub fn id(&self) -> &DomainId {
        match self {
            Grounds::Bench(domain) => &domain.id,
            Grounds::Dual(definition) => &definition.id,
        }
    }

    /// What the rules say of a failure.
    ///
    /// # Errors
    /// Why they say nothing, in a sentence.
    pub fn judge(&self, one: &Recorded) -> Result<Diagnosis, String> {
        match self {
            Grounds::Bench(domain) => diagnose(domain, &one.task, &one.trajectory, SEED)
                .diagnosis
                .ok_or_else(|| "It did not fail.".to_owned()),
            Grounds::Dual(definition) => {
                let verdict = one.dual().and_then(|dual| diagnose_dual(&definition.domain, &dual));
                let verdict = verdict.ok_or("Its task cannot be set up in this domain.")?;
                verdict.diagnosis.ok_or(verdict.undecided)
            }
        }
    }

    /// What differs from what was expected.
    pub fn findings(&self, one: &Recorded) -> Vec<FindingLine> {
        match self {
            Grounds::Bench(domain) => {
                examine(domain, &one.task, &one.trajectory.messages, SEED).lines()
            }
            Grounds::Dual(definition) => {
                let verdict = one.dual().and_then(|dual| diagnose_dual(&definition.domain, &dual));
                verdict.map(|it| [it.findings, it.unmet].concat()).unwrap_or_default()
            }
        }
    }
}

impl Recorded {
    fn dual(&self) -> Option<Dual<'_>> {
        Some(Dual {
            messages: &self.trajectory.messages,
            extra: self.extra.as_ref()?.as_str(),
            reward: self.trajectory.reward.value,
            seed: SEED,
        })
    }
}
