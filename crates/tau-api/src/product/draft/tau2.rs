//! A draft over a domain of tau2.

use tau_runs::{CustomerPlan, JudgePlan, NOBODY, RunPlan, Tau2Plan};
use tau_toolkits::Definition;
use tau_traits::Condition;

use super::super::Product;
use super::super::library::count;
use super::plan::{agent, customer, limits};
use super::problems::Problems;
use super::{Reading, name};
use crate::types::{
    AgentStrategy, CustomerStrategy, Endpoint, RunDraft, Seat, Tau2Agent, Tau2Draft,
};
use crate::{ApiError, ErrorCode};

/// The set of all tasks, where no split of a domain is called so.
const ALL: &str = "all";
/// Most failed calls that a draft may allow.
const MOST_ERRORS: u32 = 1000;

impl Product {
    pub(super) async fn read_tau2(&self, draft: &RunDraft) -> Result<Reading, ApiError> {
        let asked = draft.tau2.clone().unwrap_or_default();
        let mut problems = Problems::default();
        problems.numbers(draft);
        let solo = asked.agent == Tau2Agent::LlmAgentSolo;
        let conditions = problems.tau2_conditions(draft, solo, self);
        let endpoints = self.list_endpoints().await?;
        problems.agent(draft, &endpoints);
        if !solo {
            problems.customer(draft, &endpoints);
            self.steer_problems(&mut problems, draft, &conditions).await;
            self.voice_problems(draft, &conditions, &mut problems).await?;
        }
        problems.tau2(draft, &asked, &endpoints);

        let mut reading =
            Reading { plan: None, conditions, tasks: 0, problems: Vec::new(), policy_letters: 0 };
        match self.definition(&draft.domain).await {
            Err(error) => problems.add("domain", error.message),
            Ok(definition) => {
                reading.policy_letters = letters(&definition, solo);
                let conditions = reading.conditions.clone();
                let plan = self.tau2_plan(draft, &asked, &definition, conditions, &mut problems);
                let plan = plan.await?;
                reading.tasks = count(plan.tasks.len());
                if problems.0.is_empty() {
                    match plan.checked() {
                        Ok(plan) => reading.plan = Some(plan),
                        Err(error) => problems.add("", error.to_string()),
                    }
                }
            }
        }
        reading.problems = problems.0;
        Ok(reading)
    }

    /// The plan of one conversation of one task, with the person in one seat.
    ///
    /// # Errors
    /// With the first problem of the other side, when there is any.
    pub(in crate::product) async fn tau2_plan_with_person(
        &self,
        draft: &RunDraft,
        seat: Seat,
        condition: Condition,
    ) -> Result<RunPlan, ApiError> {
        let asked = draft.tau2.clone().unwrap_or_default();
        let alone = asked.agent == Tau2Agent::LlmAgentSolo;
        let mut problems = Problems::default();
        let endpoints = self.list_endpoints().await?;
        match seat {
            Seat::Customer => problems.agent(draft, &endpoints),
            Seat::Agent if alone => {}
            Seat::Agent => problems.customer(draft, &endpoints),
        }
        if seat == Seat::Agent && asked.agent == Tau2Agent::LlmAgentGt {
            let message = "Whoever plays the agent is not told the expected steps. Choose another way of working.";
            problems.add("tau2.agent", message);
        }
        problems.tau2(draft, &asked, &endpoints);
        let definition = self.definition(&draft.domain).await?;
        let conditions = vec![condition];
        let plan = self.tau2_plan(draft, &asked, &definition, conditions, &mut problems).await?;
        match problems.0.into_iter().next() {
            Some(problem) => {
                Err(ApiError::new(ErrorCode::BadRequest, problem.message).detail(problem.field))
            }
            None => Ok(RunPlan { baseline: false, ..plan }),
        }
    }

    async fn tau2_plan(
        &self,
        draft: &RunDraft,
        asked: &Tau2Draft,
        definition: &Definition,
        conditions: Vec<Condition>,
        problems: &mut Problems,
    ) -> Result<RunPlan, ApiError> {
        let known = definition.splits.contains_key(&draft.split);
        let split = Some(draft.split.as_str()).filter(|split| known || *split != ALL);
        let mut tau2 = Tau2Plan::new(definition, asked.agent.into(), split);
        tau2.max_errors = asked.max_errors;
        tau2.judge = asked.judge.as_ref().map(|judge| JudgePlan {
            endpoint: judge.endpoint.clone(),
            model: judge.model.trim().to_owned(),
        });
        let mut tasks = match tau2.tasks(definition) {
            Some(tasks) => tasks,
            None => {
                problems
                    .add("split", format!("There is no set of tasks called \"{}\".", draft.split));
                Vec::new()
            }
        };
        if let Some(ids) = &draft.task_ids {
            tasks.retain(|task| ids.contains(&task.id));
        }
        if tasks.is_empty() {
            problems.add("task_ids", "Choose at least one task that this agent can take.");
        }
        if tau2.judge.is_none() && tau2.needs_judge(definition, &tasks) {
            problems.add(
                "tau2.judge",
                "Some of these tasks ask for things in words. Choose a model that judges them.",
            );
        }
        let silent =
            matches!(draft.customer.strategy, CustomerStrategy::TraitMix | CustomerStrategy::Local);
        let has_tools = definition.user_tools.as_ref().is_some_and(|tools| !tools.is_empty());
        if silent && has_tools && !tau2.is_solo() {
            problems.add(
                "customer.strategy",
                "In this domain customers use tools, which a steered model cannot. Choose a language model.",
            );
        }
        let traits = self.trait_set();
        let mixes: Vec<_> = conditions.iter().map(|each| &each.mix).collect();
        let used = traits.used_by(mixes.iter().copied());
        let customer = match tau2.is_solo() {
            true => CustomerPlan::new(tau_runs::CustomerStrategy::Llm, NOBODY, ""),
            false => CustomerPlan {
                curves: self.curves_for(&draft.customer, &mixes).await?,
                ..customer(draft)
            },
        };
        let agent = agent(draft, None);
        // What models are told is the domain's own, but for the traits.
        let wording = tau_sim::Wording::shipped();
        let prompts_hash =
            tau_sim::prompts_hash(&wording, agent.strategy, customer.strategy, &[], &used);
        Ok(RunPlan {
            name: name(draft, &conditions),
            domain: definition.id.to_string(),
            domain_fingerprint: definition.fingerprint.clone(),
            split: tau_domain::Split::Test,
            split_size: count(tasks.len()),
            tasks,
            conditions,
            traits: used,
            baseline: true,
            trials: draft.trials,
            agent,
            customer,
            temperature: draft.temperature,
            seed: u64::from(draft.seed),
            shuffle: true,
            limits: limits(draft),
            wording,
            prompts_hash,
            grader: tau2.grader(),
            tau2: Some(Box::new(tau2)),
            reply_cache: draft.reply_cache,
            sample: false,
            checkpoint: None,
            imported: None,
            tasks_by_name: draft.task_ids.is_some(),
        })
    }
}

impl Problems {
    fn tau2_conditions(
        &mut self,
        draft: &RunDraft,
        solo: bool,
        product: &Product,
    ) -> Vec<Condition> {
        if !solo {
            return self.conditions(&draft.conditions, &product.trait_set());
        }
        if !draft.conditions.is_empty() {
            self.add(
                "conditions",
                "An agent who works alone has no customer. Take the kinds of customers out.",
            );
        }
        vec![Condition::baseline()]
    }

    fn tau2(&mut self, draft: &RunDraft, asked: &Tau2Draft, endpoints: &[Endpoint]) {
        if draft.agent_strategy != AgentStrategy::ToolCalling {
            let message = "In this domain an agent calls tools. Choose \"tool calling\".";
            self.add("agent_strategy", message);
        }
        use CustomerStrategy::{React, Reflection, Verify};
        if matches!(draft.customer.strategy, React | Verify | Reflection) {
            let message = "In this domain a customer speaks once and uses its tools. Choose a plain language model.";
            self.add("customer.strategy", message);
        }
        if !(1..=MOST_ERRORS).contains(&asked.max_errors) {
            let message = format!("Failed calls: choose a number from 1 to {MOST_ERRORS}.");
            self.add("tau2.max_errors", message);
        }
        if let Some(judge) = &asked.judge {
            self.model("judge", &judge.endpoint, Some(&judge.model), endpoints);
        }
    }
}

/// Letters that an agent's model reads at each turn.
fn letters(definition: &Definition, solo: bool) -> usize {
    let tools = match solo {
        true => definition.solo_tools(),
        false => definition.agent_tools.clone(),
    };
    let told = tools.iter().map(|tool| tool.description.len() + tool.parameters.to_string().len());
    definition.policy.len() + told.sum::<usize>()
}
