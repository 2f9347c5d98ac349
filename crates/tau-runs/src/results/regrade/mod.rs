//! Rewards of recorded conversations of tau2, computed anew (upstream `scripts/evaluate_trajectories.py`):
//! what was said and done stays as it is, and is graded by the rules of the version that wrote the file.
//!
//! What cannot be graded gets no reward. A conversation that a failure of the machinery ended was never the
//! agent's, and stays without one.

mod made;
mod one;
mod write;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use indexmap::IndexMap;
use tau_domain::DomainId;
use tau_llm::ChatModel;
use tau_packs::{Library, LibraryError};
use tau_sim::CancellationToken;
use tau_toolkits::grading::RewardInfo;
use tau_toolkits::{Definition, Domain, Profile, Task, Value};

use super::file::{Fault, ResultFile};
use crate::RunsError;
use made::Made;

/// How rewards are computed anew.
#[derive(Clone, Copy)]
pub struct Regrade<'a> {
    /// The domains at hand.
    pub library: &'a Library,
    /// The domain; `None` for the one that the file names.
    pub domain: Option<&'a DomainId>,
    /// Whose rules; `None` for those of the version that wrote the file.
    pub profile: Option<Profile>,
    /// Whether the tasks are the domain's, and not the file's own.
    pub fresh_tasks: bool,
    /// Who judges assertions in words; without one, what the file's judge found holds.
    pub judge: Option<&'a dyn ChatModel>,
}

/// A conversation with its old reward and its new one.
#[derive(Clone, Debug)]
pub struct Regraded {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Its id; empty where the file gives it none.
    pub id: String,
    /// The task's id.
    pub task_id: String,
    /// Repetition, from 0.
    pub trial: u32,
    /// The reward in the file; `None` where there is none that says something about the agent.
    pub before: Option<f64>,
    /// The new one with everything it rests on, or why there is none.
    pub after: Result<RewardInfo, String>,
}

impl Regraded {
    /// The new reward.
    pub fn reward(&self) -> Option<f64> {
        self.after.as_ref().ok().map(|info| info.reward)
    }

    /// Whether there is a new reward and it is another one.
    pub fn changed(&self) -> bool {
        self.reward().is_some() && self.reward() != self.before
    }
}

/// A file whose rewards were computed anew.
#[derive(Clone, Debug)]
pub struct Regrading {
    /// Whose rules held.
    pub profile: Profile,
    /// The domain whose data was used.
    pub domain: DomainId,
    /// SHA-256 of that domain's content, in hex.
    pub fingerprint: String,
    /// Whether the agent was alone.
    pub solo: bool,
    /// Whether the tasks were the domain's.
    pub fresh_tasks: bool,
    /// The conversations in the file's order; those that cannot be read are among the faults.
    pub conversations: Vec<Regraded>,
    /// What has to be known about the rewards, a sentence each.
    pub notes: Vec<String>,
    /// What of the file cannot be used.
    pub faults: Vec<Fault>,
    /// The domain's tasks that took the place of the file's own.
    tasks: BTreeMap<String, Value>,
}

/// Why no reward of a file can be computed anew.
#[derive(Debug, thiserror::Error)]
pub enum RegradeError {
    /// The file is not of tau2.
    #[error("{path} is no result of tau2: rewards of others cannot be computed anew.", path = path.display())]
    NotTau2 {
        /// The file.
        path: PathBuf,
    },
    /// None of the domains at hand is the file's.
    #[error("No domain here is called {name:?}, as the file says it was run in.")]
    NoDomain {
        /// The domain by the file's name.
        name: String,
    },
    /// Several are.
    #[error("Several domains here are called {name}: {}.", known.join(", "))]
    Ambiguous {
        /// The domain by the file's name.
        name: String,
        /// The domains of that name.
        known: Vec<String>,
    },
    /// The domain cannot be had.
    #[error("{0}")]
    Library(#[from] LibraryError),
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] RunsError),
}

impl RegradeError {
    /// A short stable name, for hosts.
    pub fn code(&self) -> &'static str {
        match self {
            RegradeError::NotTau2 { .. } => "not_results",
            RegradeError::NoDomain { .. }
            | RegradeError::Ambiguous { .. }
            | RegradeError::Library(_) => "domain",
            RegradeError::File(error) => error.code(),
        }
    }
}

/// What all conversations of a file are graded with.
struct Bench<'a> {
    how: &'a Regrade<'a>,
    made: Made,
    definition: Arc<Definition>,
    domain: Arc<Domain>,
    profile: Profile,
    solo: bool,
    tasks: IndexMap<String, Result<Arc<Task>, String>>,
    /// Conversations whose assertions in words hold or not as the file's judge found.
    as_judged: u32,
}

impl ResultFile {
    /// Computes the rewards of a result of tau2 anew.
    ///
    /// # Errors
    /// When it is not of tau2, or its domain is not here. A conversation that cannot be graded is no error:
    /// it is listed with the reason.
    pub async fn regrade(
        &self,
        how: &Regrade<'_>,
        cancel: &CancellationToken,
    ) -> Result<Regrading, RegradeError> {
        let Some(context) = &self.tau2 else {
            return Err(RegradeError::NotTau2 { path: self.path().to_owned() });
        };
        let made = Made::read(self)?;
        let profile = how.profile.unwrap_or(made.profile);
        let id = made.domain(how, profile, &self.header.domain)?;
        let definition = how.library.definition(&id)?;
        let domain = match definition.profile == profile {
            true => definition.domain.clone(),
            false => Arc::new(how.library.domain_by(&id, profile)?),
        };
        let mut notes = Vec::new();
        if made.data.as_ref().is_some_and(|data| *data != definition.fingerprint) {
            notes.push(format!(
                "The domain {id} has changed since this file was made; its data as it is now was used."
            ));
        }
        if made.unsaid && how.profile.is_none() {
            // 0.2 outside the wheel writes nothing that the first version does not.
            notes.push(
                "The file does not say which version of tau2 wrote it; the rules of v0.1.2 held."
                    .to_owned(),
            );
        }
        let solo = made.is_solo(&self.header);
        let tasks = IndexMap::new();
        let mut bench = Bench { how, made, definition, domain, profile, solo, tasks, as_judged: 0 };
        let mut faults = self.faults().to_vec();
        let mut conversations = Vec::with_capacity(self.len());
        for (number, text) in self.texts() {
            let read = match text {
                Ok(text) => bench
                    .regraded(&text, number, context, cancel)
                    .await
                    .map_err(|reason| self.fault_at(number, reason)),
                Err(fault) => Err(fault),
            };
            match read {
                Ok(regraded) => conversations.push(regraded),
                Err(fault) => faults.push(fault),
            }
        }
        if bench.as_judged > 0 {
            notes.push(format!(
                "Assertions in words were not judged anew: of {} conversations what the file's judge had found was taken.",
                bench.as_judged
            ));
        }
        let dumped = |(id, task): (&String, &Result<Arc<Task>, String>)| {
            Some((id.clone(), task.as_ref().ok()?.dump(profile)))
        };
        let tasks = match how.fresh_tasks {
            true => bench.tasks.iter().filter_map(dumped).collect(),
            false => BTreeMap::new(),
        };
        Ok(Regrading {
            profile,
            fingerprint: bench.definition.fingerprint.clone(),
            domain: id,
            solo,
            fresh_tasks: how.fresh_tasks,
            conversations,
            notes,
            faults,
            tasks,
        })
    }
}
