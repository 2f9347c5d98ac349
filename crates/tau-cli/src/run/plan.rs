//! From options to a plan; whatever does not fit is refused before anything runs.

use tau_domain::{Domain, DomainId, Split, Task};
use tau_packs::Library;
use tau_runs::{
    AgentPlan, AgentStrategy, CustomerPlan, CustomerStrategy, PERSON, PRACTICE, PlannedTask,
    RunLimits, RunPlan, grader,
};
use tau_traits::TraitSet;

use super::prompts;
use super::providers::{STEER, is_steer};
use super::traits;
use crate::error::CliError;
use crate::options::RunOptions;

/// Agent steps after which upstream ends a conversation.
const MAX_STEPS: u32 = 30;

/// Refuses options that do not go together, before anything is opened.
pub fn refuse_unsupported(asked: &RunOptions) -> Result<(), CliError> {
    let agent = agent_strategy(asked)?;
    let customer = named_customer(asked)?;
    if asked.few_shot_displays_path.is_some() && agent != AgentStrategy::FewShot {
        return Err(CliError::new(
            "usage",
            "--few-shot-displays-path belongs to --agent-strategy few-shot.",
        ));
    }
    if customer == CustomerStrategy::Human && (asked.max_concurrency > 1 || asked.json) {
        return Err(CliError::new("usage", "A person plays one conversation at a time.")
            .help("Leave --max-concurrency and --json out with --user-strategy human."));
    }
    Ok(())
}

/// The plan that was asked for. Fills in what follows from other options.
pub fn plan(
    asked: &mut RunOptions,
    library: &Library,
    set: &TraitSet,
) -> Result<RunPlan, CliError> {
    complete(asked)?;
    let id: DomainId = asked.env.parse()?;
    let domain = library.get(&id)?;
    let split = split(&asked.task_split)?;
    let condition = traits::condition(asked.trait_dict.as_deref(), set)?;
    let tasks = tasks(asked, &domain, split)?;
    let strategy = strategy(asked)?;
    if strategy != CustomerStrategy::TraitMix {
        traits::check(&condition, set)?;
    }
    let agent = agent(asked, &domain)?;
    let wording = prompts::wording(asked, library)?;
    let customer = match strategy {
        CustomerStrategy::Human => CustomerPlan::new(strategy, PERSON, ""),
        CustomerStrategy::TraitMix => {
            let provider = Some(asked.user_model_provider.as_str()).filter(|id| is_steer(id));
            let endpoint = asked.endpoint.as_deref().or(provider).unwrap_or(STEER);
            CustomerPlan::new(strategy, endpoint, &asked.user_model)
        }
        CustomerStrategy::Local => CustomerPlan::new(strategy, "local", &asked.user_model),
        CustomerStrategy::Practice => {
            CustomerPlan::new(strategy, PRACTICE, tau_sim::PRACTICE_CUSTOMER)
        }
        _ => CustomerPlan::new(strategy, &asked.user_model_provider, &asked.user_model),
    };
    let displays = agent.few_shot.as_ref().map(|shown| shown.displays.as_slice());
    let displays = displays.unwrap_or_default();
    let traits = set.used_by([&condition.mix]);
    let prompts_hash = tau_sim::prompts_hash(&wording, agent.strategy, strategy, displays, &traits);
    let plan = RunPlan {
        name: format!("{} on {}, {}", asked.model, domain.title, condition.name),
        domain: id.to_string(),
        domain_fingerprint: domain.fingerprint.clone(),
        split,
        tasks,
        conditions: vec![condition],
        traits,
        // As upstream: the customers that were asked for and no others.
        baseline: false,
        trials: asked.num_trials,
        agent,
        customer,
        temperature: asked.temperature,
        seed: asked.seed,
        shuffle: asked.shuffle != 0,
        limits: RunLimits {
            max_concurrency: asked.max_concurrency,
            max_steps: MAX_STEPS,
            spend_cap_usd: asked.spend_cap,
            pause_ms: 0,
        },
        prompts_hash,
        grader: grader(),
        tau2: None,
        reply_cache: asked.reply_cache.is_some(),
        sample: false,
        wording,
        checkpoint: None,
        imported: None,
        split_size: domain.tasks.get(&split).map_or(0, |all| all.len() as u32),
        tasks_by_name: !asked.task_ids.is_empty(),
    };
    Ok(plan.checked()?)
}

fn agent(asked: &RunOptions, domain: &Domain) -> Result<AgentPlan, CliError> {
    let practice = asked.model_provider == PRACTICE;
    let model = if practice { tau_sim::PRACTICE_AGENT } else { &asked.model };
    Ok(AgentPlan {
        strategy: agent_strategy(asked)?,
        parallel_tool_calls: asked.parallel_tool_calls,
        text_tool_calls: asked.text_tool_calls,
        few_shot: prompts::few_shot(asked, domain)?,
        ..AgentPlan::new(&asked.model_provider, model)
    })
}

pub(super) fn agent_strategy(asked: &RunOptions) -> Result<AgentStrategy, CliError> {
    asked
        .agent_strategy
        .parse()
        .map_err(|error: tau_sim::UnknownStrategy| CliError::new("usage", error.to_string()))
}

/// Whether a language model of some provider plays the customer.
fn asks_a_model(strategy: CustomerStrategy) -> bool {
    use CustomerStrategy::{Llm, React, Reflection, Verify};
    matches!(strategy, Llm | React | Verify | Reflection)
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
    if asked.user_model_provider.is_empty() && asks_a_model(strategy(asked)?) {
        asked.user_model_provider = asked.model_provider.clone();
    }
    if strategy(asked)? == CustomerStrategy::Practice {
        asked.user_model = "practice-customer".to_owned();
    }
    Ok(())
}

fn named_customer(asked: &RunOptions) -> Result<CustomerStrategy, CliError> {
    asked
        .user_strategy
        .parse()
        .map_err(|error: tau_sim::UnknownStrategy| CliError::new("usage", error.to_string()))
}

/// Upstream reaches the steer protocol with the provider `steer` under the strategy `llm`; so does any
/// other provider that speaks it.
fn strategy(asked: &RunOptions) -> Result<CustomerStrategy, CliError> {
    let named = named_customer(asked)?;
    Ok(match (named, asked.user_model_provider.as_str()) {
        (_, PRACTICE) => CustomerStrategy::Practice,
        (CustomerStrategy::Llm, provider) if is_steer(provider) => CustomerStrategy::TraitMix,
        _ => named,
    })
}

fn split(name: &str) -> Result<Split, CliError> {
    Split::ALL.into_iter().find(|split| split.name() == name).ok_or_else(|| {
        CliError::new("usage", format!("There is no task split {name}."))
            .help("The splits are test, train and dev.")
    })
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
