//! Another run like one that is there.

use tau_runs::RunPlan;
use tau_traits::Condition;

use super::Product;
use super::runs::read_run;
use crate::types::{
    ConditionDraft, CustomerChoice, CustomerStrategy, ModelChoice, RunDraft, Tau2Draft,
};
use crate::{ApiError, ErrorCode};

impl Product {
    /// A run's set-up as a draft for another one.
    ///
    /// # Errors
    /// When the run was opened from a file or played by a person: there is no set-up to use again.
    pub async fn draft_of_run(&self, id: String) -> Result<RunDraft, ApiError> {
        let plan = self.runs.run(read_run(&id)?).await?.plan;
        if plan.imported.is_some() || plan.is_played() {
            return Err(ApiError::new(
                ErrorCode::Conflict,
                "This run was not made from a set-up, so there is none to use again. Start a new run.",
            ));
        }
        let wording = self.wording_id(&plan.wording).await?;
        Ok(draft(&plan, wording))
    }
}

fn draft(plan: &RunPlan, wording: String) -> RunDraft {
    let customer = CustomerStrategy::from(plan.customer.strategy);
    let condition = |each: &Condition| ConditionDraft {
        name: each.name.clone(),
        levels: each.mix.active().map(|(id, level)| (id.to_owned(), level)).collect(),
    };
    RunDraft {
        name: plan.name.clone(),
        domain: plan.domain.clone(),
        split: plan.split_name().to_owned(),
        task_ids: Some(plan.tasks.iter().map(|task| task.id.clone()).collect()),
        agent: ModelChoice {
            endpoint: plan.agent.endpoint.clone(),
            model: plan.agent.model.clone(),
        },
        customer: CustomerChoice {
            reanchor: plan.customer.reanchor,
            strategy: customer,
            endpoint: plan.customer.endpoint.clone(),
            model: plan.customer.model.clone(),
        },
        conditions: plan
            .conditions
            .iter()
            .filter(|each| !each.is_baseline())
            .map(condition)
            .collect(),
        trials: plan.trials,
        seed: u32::try_from(plan.seed).unwrap_or(u32::MAX),
        max_concurrency: plan.limits.max_concurrency,
        temperature: plan.temperature,
        max_steps: plan.limits.max_steps,
        agent_strategy: plan.agent.strategy.into(),
        parallel_tool_calls: plan.agent.parallel_tool_calls,
        text_tool_calls: plan.agent.text_tool_calls,
        wording,
        checkpoint: plan.checkpoint.is_some(),
        reply_cache: plan.reply_cache,
        spend_cap_usd: plan.limits.spend_cap_usd,
        unhurried: plan.limits.pause_ms > 0,
        tau2: plan.tau2.as_deref().map(|tau2| Tau2Draft {
            agent: tau2.agent.into(),
            max_errors: tau2.max_errors,
            judge: tau2.judge.as_ref().map(|judge| ModelChoice {
                endpoint: judge.endpoint.clone(),
                model: judge.model.clone(),
            }),
        }),
    }
}
