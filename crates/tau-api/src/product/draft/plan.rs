//! The plan of a draft that has no problems.

use std::sync::Arc;

use tau_domain::Domain;
use tau_runs::{AgentPlan, CustomerPlan, FewShot, PlannedTask, RunLimits, RunPlan};
use tau_sim::Wording;
use tau_traits::{Condition, DoseCurve, TraitSet};

use super::super::library::{count, read_split};
use super::name;
use crate::ApiError;
use crate::endpoints::{PRACTICE, PRACTICE_AGENT, PRACTICE_CUSTOMER};
use crate::types::{CustomerStrategy, RunDraft};

/// Wait before each reply of a practice model that takes its time, in milliseconds.
pub(super) const READING_PAUSE_MS: u32 = 700;

/// What a draft names, found.
pub(super) struct Found<'a> {
    pub domain: &'a Domain,
    pub tasks: Vec<PlannedTask>,
    pub conditions: Vec<Condition>,
    pub traits: Arc<TraitSet>,
    pub wording: Wording,
    pub few_shot: Option<FewShot>,
    /// What was measured of the customer's voice.
    pub curves: Vec<DoseCurve>,
}

pub(super) fn plan(draft: &RunDraft, found: Found<'_>) -> Result<RunPlan, ApiError> {
    let agent = agent(draft, found.few_shot);
    let customer = CustomerPlan { curves: found.curves, ..customer(draft) };
    let displays = agent.few_shot.as_ref().map(|shown| shown.displays.as_slice());
    let traits = found.traits.used_by(found.conditions.iter().map(|each| &each.mix));
    let prompts_hash = tau_sim::prompts_hash(
        &found.wording,
        agent.strategy,
        customer.strategy,
        displays.unwrap_or_default(),
        &traits,
    );
    let split = read_split(&draft.split)?;
    let split_size = found.domain.tasks.get(&split).map_or(0, |all| count(all.len()));
    Ok(RunPlan {
        name: name(draft, &found.conditions),
        domain: found.domain.id.to_string(),
        domain_fingerprint: found.domain.fingerprint.clone(),
        split,
        tasks: found.tasks,
        conditions: found.conditions,
        traits,
        baseline: true,
        trials: draft.trials,
        agent,
        customer,
        temperature: draft.temperature,
        seed: u64::from(draft.seed),
        shuffle: true,
        limits: limits(draft),
        wording: found.wording,
        prompts_hash,
        grader: tau_runs::grader(),
        tau2: None,
        reply_cache: draft.reply_cache,
        sample: false,
        checkpoint: None,
        imported: None,
        split_size,
        tasks_by_name: draft.task_ids.is_some(),
    })
}

/// The bounds of a draft.
pub(super) fn limits(draft: &RunDraft) -> RunLimits {
    RunLimits {
        max_concurrency: draft.max_concurrency,
        max_steps: draft.max_steps,
        spend_cap_usd: draft.spend_cap_usd,
        pause_ms: if draft.unhurried { READING_PAUSE_MS } else { 0 },
    }
}

pub(super) fn agent(draft: &RunDraft, few_shot: Option<FewShot>) -> AgentPlan {
    let model =
        if draft.agent.endpoint == PRACTICE { PRACTICE_AGENT } else { draft.agent.model.trim() };
    AgentPlan {
        strategy: draft.agent_strategy.into(),
        parallel_tool_calls: draft.parallel_tool_calls,
        text_tool_calls: draft.text_tool_calls,
        few_shot,
        ..AgentPlan::new(&draft.agent.endpoint, model)
    }
}

pub(super) fn customer(draft: &RunDraft) -> CustomerPlan {
    let strategy = draft.customer.strategy;
    let (endpoint, model) = match strategy {
        CustomerStrategy::Practice => (PRACTICE, PRACTICE_CUSTOMER),
        _ => (draft.customer.endpoint.as_str(), draft.customer.model.trim()),
    };
    CustomerPlan {
        reanchor: draft.customer.reanchor,
        ..CustomerPlan::new(strategy.into(), endpoint, model)
    }
}
