//! Plans for tests, of this room and of others.

#![allow(clippy::missing_panics_doc, clippy::unwrap_used)] // what is wrong here fails a test

use tau_domain::Split;
use tau_traits::{Condition, TraitMix};

use crate::{AgentPlan, CustomerPlan, CustomerStrategy, PlannedTask, RunLimits, RunPlan, grader};

/// One trait at a level.
pub fn condition(name: &str, level: u8) -> Condition {
    Condition::new(TraitMix::new([(name, level)]).unwrap())
}

/// `tasks` tasks under the baseline and one condition.
pub fn plan(tasks: u32, trials: u32) -> RunPlan {
    RunPlan {
        name: "A test".into(),
        domain: "retail".into(),
        domain_fingerprint: "f".into(),
        split: Split::Test,
        tasks: (0..tasks)
            .map(|index| PlannedTask {
                id: index.to_string(),
                index,
                title: format!("Exchange number {index}"),
            })
            .collect(),
        conditions: vec![Condition::baseline(), condition("impatience", 3)],
        baseline: true,
        trials,
        agent: AgentPlan::new("e", "agent-1"),
        traits: Vec::new(),
        customer: CustomerPlan::new(CustomerStrategy::Llm, "e", "user-1"),
        temperature: 0.0,
        seed: 10,
        shuffle: false,
        limits: RunLimits::default(),
        prompts_hash: String::new(),
        grader: grader(),
        tau2: None,
        reply_cache: false,
        sample: false,
        wording: tau_sim::Wording::shipped(),
        checkpoint: None,
        imported: None,
        split_size: 0,
        tasks_by_name: false,
    }
}
