//! From a draft to a plan: what it would do, what it would cost, what is missing in it.

mod estimate;
mod plan;
mod problems;
mod tau2;
mod voice;

use tau_runs::RunPlan;
use tau_stats::{Spread, smallest_detectable_drop};
use tau_traits::Condition;

use self::estimate::{Rates, cost, seconds};
use self::plan::{Found, plan};
pub(super) use self::problems::Problems;
use super::Product;
use super::library::count;
use super::runs::condition_infos;
use crate::endpoints::PRACTICE;
use crate::types::{ConditionInfo, FieldProblem, RunDraft, RunPreview, Seat, Tau2Agent};
use crate::{ApiError, ErrorCode};

/// A draft that was read, with everything wrong in it.
struct Reading {
    plan: Option<RunPlan>,
    conditions: Vec<Condition>,
    tasks: u32,
    problems: Vec<FieldProblem>,
    policy_letters: usize,
}

impl Product {
    /// What a draft would do and cost, and what is missing in it.
    pub async fn preview_run(&self, draft: RunDraft) -> Result<RunPreview, ApiError> {
        let reading = self.read(&draft).await?;
        let conditions: Vec<ConditionInfo> =
            condition_infos(&reading.conditions, &self.trait_set());
        let conversations =
            reading.tasks.saturating_mul(count(conditions.len())).saturating_mul(draft.trials);
        let smallest_drop = (reading.tasks >= 10)
            .then(|| {
                smallest_detectable_drop(
                    Spread::default(),
                    reading.tasks as usize,
                    draft.trials as usize,
                )
            })
            .flatten()
            .map(|drop| (drop * 100.0).ceil());
        let endpoints = self.list_endpoints().await?;
        let rates = Rates { prices: &self.limits.prices(), endpoints: &endpoints };
        let cost = cost(&draft, conversations, reading.policy_letters, &rates);
        let seconds = seconds(&draft, conversations);
        Ok(RunPreview {
            name: name(&draft, &reading.conditions),
            sentence: [
                vec![sentence(&draft, &reading, conversations)],
                self.customers_told(&draft, &reading.conditions),
            ]
            .concat()
            .join(" "),
            conditions,
            tasks: reading.tasks,
            conversations,
            cost,
            seconds: Some(seconds),
            smallest_drop,
            problems: reading.problems,
        })
    }

    /// The plan of a draft.
    ///
    /// # Errors
    /// With the first problem, when there is any.
    pub(crate) async fn plan(&self, draft: &RunDraft) -> Result<RunPlan, ApiError> {
        let reading = self.read(draft).await?;
        match (reading.problems.into_iter().next(), reading.plan) {
            (None, Some(plan)) => Ok(plan),
            (Some(problem), _) => {
                Err(ApiError::new(ErrorCode::BadRequest, problem.message).detail(problem.field))
            }
            (None, None) => {
                Err(ApiError::new(ErrorCode::Internal, "The run could not be planned."))
            }
        }
    }

    /// The plan of one conversation of one task, with the person in one seat; the draft's own agent or
    /// customer is not asked for there.
    ///
    /// # Errors
    /// With the first problem of the other side, when there is any.
    pub(crate) async fn plan_with_person(
        &self,
        draft: &RunDraft,
        seat: Seat,
        condition: Condition,
    ) -> Result<RunPlan, ApiError> {
        if self.is_definition(&draft.domain) {
            return self.tau2_plan_with_person(draft, seat, condition).await;
        }
        let mut problems = Problems::default();
        let endpoints = self.list_endpoints().await?;
        match seat {
            Seat::Customer => problems.agent(draft, &endpoints),
            Seat::Agent => problems.customer(draft, &endpoints),
        }
        let domain = self.domain(&draft.domain).await?;
        let tasks = problems.tasks(draft, &domain)?;
        if let Some(problem) = problems.0.into_iter().next() {
            return Err(ApiError::new(ErrorCode::BadRequest, problem.message).detail(problem.field));
        }
        let wording = self.wording(&draft.wording).await?;
        let few_shot = match seat {
            Seat::Customer => self.few_shot(draft, &domain).await?,
            Seat::Agent => None,
        };
        let conditions = vec![condition];
        let traits = self.trait_set();
        let curves = match seat {
            Seat::Customer => Vec::new(),
            Seat::Agent => {
                let mixes: Vec<_> = conditions.iter().map(|each| &each.mix).collect();
                self.curves_for(&draft.customer, &mixes).await?
            }
        };
        let found = Found { domain: &domain, tasks, conditions, traits, wording, few_shot, curves };
        let mut plan = plan(draft, found)?;
        plan.baseline = false;
        Ok(plan)
    }

    async fn read(&self, draft: &RunDraft) -> Result<Reading, ApiError> {
        if self.is_definition(&draft.domain) {
            return self.read_tau2(draft).await;
        }
        let mut problems = Problems::default();
        problems.numbers(draft);
        let conditions = problems.conditions(&draft.conditions, &self.trait_set());
        let endpoints = self.list_endpoints().await?;
        problems.agent(draft, &endpoints);
        problems.customer(draft, &endpoints);
        self.steer_problems(&mut problems, draft, &conditions).await;
        self.voice_problems(draft, &conditions, &mut problems).await?;

        let domain = match self.domain(&draft.domain).await {
            Ok(domain) => Some(domain),
            Err(error) => {
                problems.add("domain", error.message);
                None
            }
        };
        let mut reading =
            Reading { plan: None, conditions, tasks: 0, problems: Vec::new(), policy_letters: 0 };
        if let Some(domain) = domain {
            let tasks = problems.tasks(draft, &domain)?;
            reading.tasks = count(tasks.len());
            reading.policy_letters = domain.policy.len()
                + domain
                    .tools
                    .iter()
                    .map(|tool| tool.description.len() + tool.parameters.to_string().len())
                    .sum::<usize>();
            let wording = match self.wording(&draft.wording).await {
                Ok(wording) => Some(wording),
                Err(error) => {
                    problems.add("wording", error.message);
                    None
                }
            };
            let few_shot = match self.few_shot(draft, &domain).await {
                Ok(few_shot) => few_shot,
                Err(error) => {
                    problems.add("agent_strategy", error.message);
                    None
                }
            };
            if problems.0.is_empty()
                && let Some(wording) = wording
            {
                let conditions = reading.conditions.clone();
                let traits = self.trait_set();
                let mixes: Vec<_> = conditions.iter().map(|each| &each.mix).collect();
                let curves = self.curves_for(&draft.customer, &mixes).await?;
                let found =
                    Found { domain: &domain, tasks, conditions, traits, wording, few_shot, curves };
                match plan(draft, found)?.checked() {
                    Ok(plan) => reading.plan = Some(plan),
                    Err(error) => problems.add("", error.to_string()),
                }
            }
        }
        reading.problems = problems.0;
        Ok(reading)
    }
}

/// The name given, or one that says what is tested.
fn name(draft: &RunDraft, conditions: &[Condition]) -> String {
    if !draft.name.trim().is_empty() {
        return draft.name.trim().to_owned();
    }
    let agent =
        if draft.agent.endpoint == PRACTICE { "Practice agent" } else { draft.agent.model.trim() };
    let kinds = conditions.len().saturating_sub(1);
    let customers = match conditions {
        _ if is_solo(draft) => "alone".to_owned(),
        [] | [_] => "easy customers".to_owned(),
        [_, only] => only.name.clone(),
        _ => format!("{kinds} kinds of customers"),
    };
    format!("{agent} in {}: {customers}", draft.domain)
}

fn sentence(draft: &RunDraft, reading: &Reading, conversations: u32) -> String {
    let plural = |number: u32, one: &str, more: &str| {
        format!("{number} {}", if number == 1 { one } else { more })
    };
    if is_solo(draft) {
        // There is nobody to be of a kind.
        return format!(
            "{} x {} = {}, without a customer.",
            plural(reading.tasks, "task", "tasks"),
            plural(draft.trials, "attempt", "attempts"),
            plural(conversations, "piece of work", "pieces of work"),
        );
    }
    let kinds = count(reading.conditions.len());
    format!(
        "{} x {} (with the baseline) x {} = {}.",
        plural(reading.tasks, "task", "tasks"),
        plural(kinds, "kind of customer", "kinds of customers"),
        plural(draft.trials, "attempt", "attempts"),
        plural(conversations, "conversation", "conversations"),
    )
}

/// Whether the agent of a draft works alone.
fn is_solo(draft: &RunDraft) -> bool {
    draft.tau2.as_ref().is_some_and(|tau2| tau2.agent == Tau2Agent::LlmAgentSolo)
}
