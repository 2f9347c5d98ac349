//! What a conversation is held against: a domain of tau-bench's kind, or one of tau2's.

use std::sync::Arc;

use tau_diagnosis::{
    Account, Diagnosis, Dual, FindingLine, account, diagnose as by_rules, diagnose_dual,
};
use tau_domain::Domain;
use tau_runs::{Conversation, RunPlan, definition_of};
use tau_sim::episode_seed;
use tau_toolkits::Definition;

use crate::{ApiError, ErrorCode, Product};

/// The domain that a run was held in.
#[derive(Clone)]
pub(crate) enum Grounds {
    /// Of tau-bench's kind.
    Bench(Arc<Domain>),
    /// Of tau2's.
    Dual(Arc<Definition>),
}

/// What the rules found in a conversation.
pub(super) struct LookedInto {
    /// What differs from what was expected, for a person who has the rest beside it.
    pub(super) findings: Vec<FindingLine>,
    /// The rest: what of the grade is not met, a line each.
    pub(super) unmet: Vec<FindingLine>,
    pub(super) diagnosis: Option<Diagnosis>,
    /// Why there is none although it failed; may be empty.
    pub(super) undecided: String,
}

impl Product {
    /// The domain that a run was held in; `None` when it is not here.
    pub(crate) async fn grounds(&self, plan: &RunPlan) -> Option<Grounds> {
        let (library, planned) = (Arc::clone(&self.library), plan.clone());
        // A domain may be ten megabytes of tasks.
        let found = tokio::task::spawn_blocking(move || definition_of(&planned, &library)).await;
        match found.ok().flatten() {
            Some(definition) => Some(Grounds::Dual(definition)),
            None => self.domain(&plan.domain).await.ok().map(Grounds::Bench),
        }
    }

    /// The grade of a finished conversation taken apart, where it has several parts. Without the domain only
    /// what is recorded is told.
    pub(crate) async fn account_of(
        &self,
        plan: &RunPlan,
        read: &Conversation,
    ) -> Result<Option<Account>, ApiError> {
        if read.extra.is_none() || read.trajectory.is_none() {
            return Ok(None);
        }
        let grounds = self.grounds(plan).await;
        let (seed, read) = (plan.seed, read.clone());
        carried_out(move || {
            let domain = match &grounds {
                Some(Grounds::Dual(definition)) => Some(&*definition.domain),
                _ => None,
            };
            account(domain, &dual(&read, seed)?)
        })
        .await
    }
}

impl Grounds {
    /// Looks into a conversation by rules. `None` for one that is not finished.
    pub(super) async fn look(
        &self,
        run_seed: u64,
        read: Conversation,
    ) -> Result<Option<LookedInto>, ApiError> {
        let grounds = self.clone();
        carried_out(move || match &grounds {
            Grounds::Bench(domain) => {
                let (task, trajectory) = (read.task.as_ref()?, read.trajectory.as_ref()?);
                let looked = by_rules(domain, task, trajectory, seed(&read, run_seed));
                Some(LookedInto {
                    findings: looked.findings.lines(),
                    unmet: Vec::new(),
                    diagnosis: looked.diagnosis,
                    undecided: String::new(),
                })
            }
            Grounds::Dual(definition) => {
                let looked = diagnose_dual(&definition.domain, &dual(&read, run_seed)?)?;
                Some(LookedInto {
                    findings: looked.findings,
                    unmet: looked.unmet,
                    diagnosis: looked.diagnosis,
                    undecided: looked.undecided,
                })
            }
        })
        .await
    }
}

fn seed(read: &Conversation, run_seed: u64) -> u64 {
    episode_seed(run_seed, &read.row.task_id, read.row.trial)
}

/// A conversation of tau2's as it is stored; `None` for others.
fn dual(read: &Conversation, run_seed: u64) -> Option<Dual<'_>> {
    Some(Dual {
        messages: &read.messages,
        extra: read.extra.as_ref()?.as_str(),
        reward: read.trajectory.as_ref()?.reward.value,
        seed: seed(read, run_seed),
    })
}

/// Carries a conversation out again, beside the other work of the program: tools may take their time.
async fn carried_out<T: Send + 'static>(
    look: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ApiError> {
    tokio::task::spawn_blocking(look).await.map_err(|panic| {
        ApiError::new(ErrorCode::Internal, "A conversation could not be looked into.").detail(panic)
    })
}
