//! From options to a plan; whatever does not fit is refused before anything runs.

use std::collections::BTreeMap;

use tau_domain::{Domain, DomainId, Split, Task};
use tau_packs::Library;
use tau_runs::{
    AgentPlan, AgentStrategy, CustomerPlan, CustomerStrategy, PRACTICE, PlannedTask, RunLimits,
    RunPlan, grader,
};
use tau_traits::{Condition, TraitMix};

use super::providers::STEER;
use crate::error::CliError;
use crate::options::RunOptions;

/// Agent steps after which upstream ends a conversation.
const MAX_STEPS: u32 = 30;

/// Strategies that tau-trait knows and this version does not have.
const MISSING_AGENTS: [&str; 3] = ["act", "react", "few-shot"];
const MISSING_CUSTOMERS: [&str; 4] = ["react", "verify", "reflection", "human"];

/// Refuses strategies that are not there.
pub fn refuse_unsupported(asked: &RunOptions) -> Result<(), CliError> {
    let agent = asked.agent_strategy.as_str();
    if MISSING_AGENTS.contains(&agent) {
        return Err(missing("agent", agent, "tool-calling"));
    }
    if agent != "tool-calling" {
        return Err(unknown("agent", agent, "tool-calling"));
    }
    if asked.few_shot_displays_path.is_some() {
        return Err(CliError::new(
            "not_available",
            "--few-shot-displays-path belongs to the agent strategy few-shot, which is not available in this version.",
        ));
    }
    let customer = asked.user_strategy.as_str();
    if MISSING_CUSTOMERS.contains(&customer) {
        return Err(missing("user", customer, "llm, trait-mix or practice"));
    }
    if !["llm", "trait-mix", "practice"].contains(&customer) {
        return Err(unknown("user", customer, "llm, trait-mix or practice"));
    }
    Ok(())
}

fn missing(whose: &str, name: &str, there: &str) -> CliError {
    CliError::new(
        "not_available",
        format!("The {whose} strategy {name} is not available in this version."),
    )
    .help(format!("Use --{whose}-strategy {there}."))
}

fn unknown(whose: &str, name: &str, there: &str) -> CliError {
    CliError::new("usage", format!("There is no {whose} strategy {name}."))
        .help(format!("Use --{whose}-strategy {there}."))
}

/// The plan that was asked for. Fills in what follows from other options.
pub fn plan(asked: &mut RunOptions, library: &Library) -> Result<RunPlan, CliError> {
    complete(asked)?;
    let id: DomainId = asked.env.parse()?;
    let domain = library.get(&id)?;
    let split = split(&asked.task_split)?;
    let condition = condition(asked.trait_dict.as_deref())?;
    let tasks = tasks(asked, &domain, split)?;
    let strategy = strategy(asked);
    let customer = match strategy {
        CustomerStrategy::TraitMix => CustomerPlan {
            strategy,
            endpoint: asked.endpoint.clone().unwrap_or_else(|| STEER.to_owned()),
            model: asked.user_model.clone(),
        },
        CustomerStrategy::Practice => CustomerPlan {
            strategy,
            endpoint: PRACTICE.to_owned(),
            model: tau_sim::PRACTICE_CUSTOMER.to_owned(),
        },
        _ => CustomerPlan {
            strategy,
            endpoint: asked.user_model_provider.clone(),
            model: asked.user_model.clone(),
        },
    };
    let plan = RunPlan {
        name: format!("{} on {}, {}", asked.model, domain.title, condition.name),
        domain: id.to_string(),
        domain_fingerprint: domain.fingerprint.clone(),
        split,
        tasks,
        conditions: vec![condition],
        // As upstream: the customers that were asked for and no others.
        baseline: false,
        trials: asked.num_trials,
        agent: AgentPlan {
            strategy: agent_strategy(asked)?,
            ..AgentPlan::new(
                &asked.model_provider,
                if asked.model_provider == PRACTICE {
                    tau_sim::PRACTICE_AGENT
                } else {
                    &asked.model
                },
            )
        },
        customer,
        temperature: asked.temperature,
        seed: asked.seed,
        shuffle: asked.shuffle != 0,
        limits: RunLimits {
            max_concurrency: asked.max_concurrency,
            max_steps: MAX_STEPS,
            spend_cap_usd: None,
        },
        prompts_hash: tau_sim::prompts_hash(
            &tau_sim::Wording::shipped(),
            tau_sim::AgentStrategy::ToolCalling,
            strategy,
            &[],
        ),
        grader: grader(),
        sample: false,
        wording: tau_sim::Wording::shipped(),
        checkpoint: None,
        imported: None,
    };
    Ok(plan.checked()?)
}

fn agent_strategy(asked: &RunOptions) -> Result<AgentStrategy, CliError> {
    asked
        .agent_strategy
        .parse()
        .map_err(|error: tau_sim::UnknownStrategy| CliError::new("usage", error.to_string()))
}

fn complete(asked: &mut RunOptions) -> Result<(), CliError> {
    if asked.model_provider.is_empty() {
        return Err(CliError::new("usage", "Which provider has the agent's model?").help(
            "Give --model-provider openai, or --model-provider practice to try things out.",
        ));
    }
    let practice = asked.model_provider == PRACTICE;
    if asked.model.is_empty() && !practice {
        return Err(CliError::new("usage", "Which model is the agent?").help("Give --model NAME."));
    }
    if asked.model.is_empty() {
        asked.model = "practice-agent".to_owned();
    }
    if asked.user_model_provider.is_empty() && asked.user_strategy == "llm" {
        asked.user_model_provider = asked.model_provider.clone();
    }
    if strategy(asked) == CustomerStrategy::Practice {
        asked.user_model = "practice-customer".to_owned();
    }
    Ok(())
}

/// Upstream reaches the steer protocol with the provider `steer` under the strategy `llm`.
fn strategy(asked: &RunOptions) -> CustomerStrategy {
    match (asked.user_strategy.as_str(), asked.user_model_provider.as_str()) {
        ("practice", _) | (_, PRACTICE) => CustomerStrategy::Practice,
        ("trait-mix", _) | (_, STEER) => CustomerStrategy::TraitMix,
        _ => CustomerStrategy::Llm,
    }
}

fn split(name: &str) -> Result<Split, CliError> {
    Split::ALL.into_iter().find(|split| split.name() == name).ok_or_else(|| {
        CliError::new("usage", format!("There is no task split {name}."))
            .help("The splits are test, train and dev.")
    })
}

fn condition(traits: Option<&str>) -> Result<Condition, CliError> {
    let Some(text) = traits else { return Ok(Condition::baseline()) };
    let bad = |reason: String| {
        CliError::new("trait_dict", format!("--trait-dict: {reason}"))
            .help(r#"Write it as JSON, for instance '{"impatience": 3}'; levels go from 0 to 4."#)
    };
    let levels: BTreeMap<String, i64> =
        serde_json::from_str(text).map_err(|error| bad(error.to_string()))?;
    Ok(Condition::new(TraitMix::new(levels).map_err(|error| bad(error.to_string()))?))
}

fn tasks(asked: &RunOptions, domain: &Domain, split: Split) -> Result<Vec<PlannedTask>, CliError> {
    let all = domain.tasks.get(&split).map(Vec::as_slice).unwrap_or_default();
    if all.is_empty() {
        let there: Vec<&str> = domain
            .tasks
            .iter()
            .filter(|(_, tasks)| !tasks.is_empty())
            .map(|(split, _)| split.name())
            .collect();
        return Err(CliError::new(
            "usage",
            format!("The domain {} has no {} tasks.", domain.id, split.name()),
        )
        .help(format!("It has: {}.", there.join(", "))));
    }
    if asked.task_ids.is_empty() {
        // As Python's range over a list: what lies outside is not there.
        let last = all.len() as i64;
        let end = if asked.end_index == -1 { last } else { asked.end_index.min(last) };
        return Ok((asked.start_index.max(0)..end.max(0))
            .map(|index| planned(all, index as usize))
            .collect());
    }
    asked.task_ids.iter().map(|wanted| find(all, wanted)).collect()
}

fn find(all: &[Task], wanted: &str) -> Result<PlannedTask, CliError> {
    let by_id = all.iter().position(|task| task.id == wanted);
    let by_index = || wanted.parse().ok().filter(|index: &usize| *index < all.len());
    by_id.or_else(by_index).map(|index| planned(all, index)).ok_or_else(|| {
        CliError::new("usage", format!("There is no task {wanted}."))
            .help(format!("Tasks go by their index, 0 to {}, or by their id.", all.len() - 1))
    })
}

fn planned(all: &[Task], index: usize) -> PlannedTask {
    PlannedTask { id: all[index].id.clone(), index: index as u32, title: all[index].title.clone() }
}
