//! From a draft to a plan: what it would do, what it would cost, what is missing in it.

use tau_domain::{Domain, Task};
use tau_llm::Prices;
use tau_runs::{AgentPlan, CustomerPlan, PlannedTask, RunLimits, RunPlan};
use tau_stats::{Spread, smallest_detectable_drop};
use tau_traits::{Condition, TraitMix};

use super::Product;
use super::library::{count, read_split, title};
use super::models::key_is_missing;
use super::runs::condition_info;
use crate::endpoints::{PRACTICE, PRACTICE_AGENT, PRACTICE_CUSTOMER};
use crate::types::{
    ConditionDraft, ConditionInfo, CostEstimate, CustomerStrategy, Endpoint, EndpointKind,
    FieldProblem, RunDraft, RunPreview,
};
use crate::{ApiError, ErrorCode};

/// Most attempts of a task.
const MOST_TRIALS: u32 = 100;
/// Most conversations at the same time.
const MOST_AT_ONCE: u32 = 64;
/// Most agent steps of a conversation.
const MOST_STEPS: u32 = 200;

/// Turns of the agent in a short and in a long conversation, for estimates before any data.
const SHORT_CONVERSATION: f64 = 8.0;
const LONG_CONVERSATION: f64 = 20.0;
/// Letters per token in English, the usual rule of thumb.
const LETTERS_PER_TOKEN: f64 = 4.0;
/// Tokens that a turn adds to what is read again at the next one (question, tool result, answer).
const TOKENS_PER_TURN: f64 = 250.0;
/// Tokens that a model writes per turn.
const TOKENS_WRITTEN: f64 = 80.0;
/// Seconds that a real model takes per reply.
const SECONDS_PER_REPLY: f64 = 3.0;
/// Seconds that a conversation of the practice models takes.
const PRACTICE_SECONDS: f64 = 0.05;
/// Tokens of a simulated customer's instruction, about.
const CUSTOMER_PROMPT: f64 = 600.0;

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
            reading.conditions.iter().map(condition_info).collect();
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
        let cost = cost(&draft, conversations, reading.policy_letters);
        let seconds = seconds(&draft, conversations);
        Ok(RunPreview {
            name: name(&draft, &reading.conditions),
            sentence: sentence(&draft, &reading, conversations),
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

    async fn read(&self, draft: &RunDraft) -> Result<Reading, ApiError> {
        let mut problems = Problems::default();
        problems.numbers(draft);
        let conditions = problems.conditions(&draft.conditions);
        let endpoints = self.list_endpoints().await?;
        problems.agent(draft, &endpoints);
        problems.customer(draft, &endpoints);

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
            if problems.0.is_empty() {
                let plan = plan(draft, &domain, tasks, reading.conditions.clone())?;
                match plan.checked() {
                    Ok(plan) => reading.plan = Some(plan),
                    Err(error) => problems.add("", error.to_string()),
                }
            }
        }
        reading.problems = problems.0;
        Ok(reading)
    }
}

fn plan(
    draft: &RunDraft,
    domain: &Domain,
    tasks: Vec<PlannedTask>,
    conditions: Vec<Condition>,
) -> Result<RunPlan, ApiError> {
    Ok(RunPlan {
        name: name(draft, &conditions),
        domain: domain.id.to_string(),
        domain_fingerprint: domain.fingerprint.clone(),
        split: read_split(&draft.split)?,
        tasks,
        conditions,
        baseline: true,
        trials: draft.trials,
        agent: AgentPlan {
            strategy: "tool-calling".into(),
            endpoint: draft.agent.endpoint.clone(),
            model: if draft.agent.endpoint == PRACTICE {
                PRACTICE_AGENT.into()
            } else {
                draft.agent.model.trim().into()
            },
        },
        customer: customer(draft),
        temperature: draft.temperature,
        seed: u64::from(draft.seed),
        shuffle: true,
        limits: RunLimits {
            max_concurrency: draft.max_concurrency,
            max_steps: draft.max_steps,
            spend_cap_usd: None,
        },
        prompts_hash: tau_sim::prompts_hash(
            &tau_sim::Wording::shipped(),
            tau_sim::AgentStrategy::ToolCalling,
            customer(draft).strategy,
            &[],
        ),
        grader: tau_runs::grader(),
        sample: false,
    })
}

fn customer(draft: &RunDraft) -> CustomerPlan {
    let (strategy, endpoint, model) = match draft.customer.strategy {
        CustomerStrategy::Practice => {
            (tau_runs::CustomerStrategy::Practice, PRACTICE.into(), PRACTICE_CUSTOMER.into())
        }
        CustomerStrategy::TraitMix => (
            tau_runs::CustomerStrategy::TraitMix,
            draft.customer.endpoint.clone(),
            draft.customer.model.trim().into(),
        ),
        _ => (
            tau_runs::CustomerStrategy::Llm,
            draft.customer.endpoint.clone(),
            draft.customer.model.trim().into(),
        ),
    };
    CustomerPlan { strategy, endpoint, model }
}

#[derive(Default)]
struct Problems(Vec<FieldProblem>);

impl Problems {
    fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.push(FieldProblem { field: field.into(), message: message.into() });
    }

    fn within(&mut self, field: &str, what: &str, number: u32, most: u32) {
        if !(1..=most).contains(&number) {
            self.add(field, format!("{what}: choose a number from 1 to {most}."));
        }
    }

    fn numbers(&mut self, draft: &RunDraft) {
        self.within("trials", "Attempts per task", draft.trials, MOST_TRIALS);
        self.within(
            "max_concurrency",
            "Conversations at the same time",
            draft.max_concurrency,
            MOST_AT_ONCE,
        );
        self.within("max_steps", "Steps of a conversation", draft.max_steps, MOST_STEPS);
        if !(0.0..=2.0).contains(&draft.temperature) {
            self.add("temperature", "Temperature: choose a number from 0 to 2.");
        }
        if draft.name.chars().count() > 200 {
            self.add("name", "The name is longer than 200 letters.");
        }
    }

    /// The conditions that can be read, the baseline first.
    fn conditions(&mut self, drafts: &[ConditionDraft]) -> Vec<Condition> {
        let mut conditions = vec![Condition::baseline()];
        for (index, draft) in drafts.iter().enumerate() {
            let field = format!("conditions.{index}");
            let levels = draft.levels.iter().map(|(id, level)| (id.clone(), i64::from(*level)));
            let mix = match TraitMix::new(levels) {
                Ok(mix) => mix,
                Err(error) => {
                    self.add(&field, error.to_string());
                    continue;
                }
            };
            let mut condition = Condition::new(mix);
            if condition.is_baseline() {
                self.add(&field, "All sliders are off: that is the baseline, which is there already. Move one or remove the column.");
            } else if conditions.iter().any(|other| other.mix == condition.mix) {
                self.add(
                    &field,
                    format!("\"{}\" is there twice. Change or remove one.", condition.name),
                );
            } else {
                if !draft.name.trim().is_empty() {
                    condition.name = draft.name.trim().to_owned();
                }
                conditions.push(condition);
            }
        }
        if drafts.is_empty() {
            self.add(
                "conditions",
                "Choose at least one kind of customer to compare with the baseline.",
            );
        }
        conditions
    }

    fn agent(&mut self, draft: &RunDraft, endpoints: &[Endpoint]) {
        if draft.agent.endpoint != PRACTICE {
            let kind = EndpointKind::OpenaiCompatible;
            self.model("agent", &draft.agent.endpoint, Some(&draft.agent.model), kind, endpoints);
        }
    }

    fn customer(&mut self, draft: &RunDraft, endpoints: &[Endpoint]) {
        let customer = &draft.customer;
        match customer.strategy {
            CustomerStrategy::Practice => {}
            CustomerStrategy::TraitMix => {
                self.model("customer", &customer.endpoint, None, EndpointKind::Steer, endpoints);
            }
            _ => {
                let kind = EndpointKind::OpenaiCompatible;
                self.model("customer", &customer.endpoint, Some(&customer.model), kind, endpoints);
            }
        }
    }

    fn model(
        &mut self,
        role: &str,
        id: &str,
        model: Option<&str>,
        kind: EndpointKind,
        endpoints: &[Endpoint],
    ) {
        let Some(endpoint) = endpoints.iter().find(|endpoint| endpoint.id == id) else {
            return self.add(
                &format!("{role}.endpoint"),
                format!("Choose where the {role}'s model is reached."),
            );
        };
        if endpoint.kind != kind {
            return self.add(
                &format!("{role}.endpoint"),
                format!(
                    "{} cannot play the {role} this way. Choose another connection.",
                    endpoint.name
                ),
            );
        }
        if key_is_missing(endpoint) {
            self.add(
                &format!("{role}.endpoint"),
                format!("{} needs a key. Enter it under Models & keys.", endpoint.name),
            );
        }
        if model.is_some_and(|model| model.trim().is_empty()) {
            self.add(&format!("{role}.model"), format!("Choose the {role}'s model."));
        }
    }

    fn tasks(&mut self, draft: &RunDraft, domain: &Domain) -> Result<Vec<PlannedTask>, ApiError> {
        let all =
            domain.tasks.get(&read_split(&draft.split)?).map(Vec::as_slice).unwrap_or_default();
        let planned = |(index, task): (usize, &Task)| PlannedTask {
            id: task.id.clone(),
            index: count(index),
            title: title(&task.title, &task.instruction),
        };
        let chosen = |task: &Task| draft.task_ids.as_ref().is_none_or(|ids| ids.contains(&task.id));
        let tasks: Vec<PlannedTask> =
            all.iter().enumerate().filter(|(_, task)| chosen(task)).map(planned).collect();
        if tasks.is_empty() {
            self.add("task_ids", "Choose at least one task.");
        }
        Ok(tasks)
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
        [_, only] => only.name.clone(),
        _ => format!("{kinds} kinds of customers"),
    };
    format!("{agent} in {}: {customers}", draft.domain)
}

fn sentence(draft: &RunDraft, reading: &Reading, conversations: u32) -> String {
    let plural = |number: u32, one: &str, more: &str| {
        format!("{number} {}", if number == 1 { one } else { more })
    };
    let kinds = count(reading.conditions.len());
    format!(
        "{} x {} (with the baseline) x {} = {}.",
        plural(reading.tasks, "task", "tasks"),
        plural(kinds, "kind of customer", "kinds of customers"),
        plural(draft.trials, "attempt", "attempts"),
        plural(conversations, "conversation", "conversations"),
    )
}

/// Cost of the conversations: every turn reads policy, tools and everything said before once more.
fn cost(draft: &RunDraft, conversations: u32, policy_letters: usize) -> CostEstimate {
    let practice_agent = draft.agent.endpoint == PRACTICE;
    let practice_customer = draft.customer.strategy == CustomerStrategy::Practice;
    if practice_agent && practice_customer {
        return CostEstimate {
            free: true,
            low: None,
            high: None,
            sentence: "Free: practice models only.".into(),
        };
    }
    let prices = Prices::shipped();
    let per_conversation = |turns: f64| -> Option<f64> {
        let mut dollars = 0.0;
        if !practice_agent {
            let price = prices.find(&draft.agent.model)?;
            let read =
                turns * (policy_letters as f64 / LETTERS_PER_TOKEN + turns / 2.0 * TOKENS_PER_TURN);
            dollars += (read * price.input + turns * TOKENS_WRITTEN * price.output) / 1e6;
        }
        if !practice_customer {
            // The customer speaks at about every second turn; the others are tool calls.
            let price = prices.find(&draft.customer.model)?;
            let turns = turns / 2.0;
            let read = turns * (CUSTOMER_PROMPT + turns / 2.0 * TOKENS_PER_TURN);
            dollars += (read * price.input + turns * TOKENS_WRITTEN * price.output) / 1e6;
        }
        Some(dollars * f64::from(conversations))
    };
    let (low, high) = (per_conversation(SHORT_CONVERSATION), per_conversation(LONG_CONVERSATION));
    let sentence = match (low, high) {
        (Some(low), Some(high)) => {
            format!("About ${low:.2} to ${high:.2}, by the providers' prices of {}.", prices.as_of)
        }
        _ => "The price of this model is not known here. Your provider's page has it.".into(),
    };
    CostEstimate { free: false, low, high, sentence }
}

fn seconds(draft: &RunDraft, conversations: u32) -> f64 {
    let practice =
        draft.agent.endpoint == PRACTICE && draft.customer.strategy == CustomerStrategy::Practice;
    let one = if practice {
        PRACTICE_SECONDS
    } else {
        SECONDS_PER_REPLY * (SHORT_CONVERSATION + LONG_CONVERSATION) / 2.0
    };
    one * f64::from(conversations) / f64::from(draft.max_concurrency.max(1))
}
