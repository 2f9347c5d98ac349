//! `run --domain`: tasks of a domain of tau2, with the options of tau2's own `run`.

use std::path::{Path, PathBuf};

use clap::Args;
use tau_domain::{DomainId, Split};
use tau_packs::Library;
use tau_runs::{
    AgentPlan, CustomerPlan, CustomerStrategy, JudgePlan, NOBODY, PRACTICE, PlannedTask, RunId,
    RunLimits, RunPlan, Runs, Tau2Plan, Tau2Shape,
};
use tau_sim::tau2::{AgentKind, DEFAULT_MAX_ERRORS, DEFAULT_MAX_STEPS};
use tau_toolkits::Definition;
use tau_toolkits::grading::Evaluation;
use tau_traits::{Condition, TraitSet};

use super::traits;
use crate::error::CliError;
use crate::llm::Llm;
use crate::options::{RunOptions, shown};

/// Options of tau2's `run`. What it shares with tau-bench's is in [`RunOptions`].
#[derive(Clone, Debug, Args)]
pub struct Tau2Options {
    /// Domain of tau2, in place of --env: a shipped one (`mobile`, `mobile-workflow`) or an imported one
    /// (`tau2:telecom`). The options below go with it
    #[arg(long, conflicts_with_all = ["env", "model", "model_provider", "user_model",
        "user_model_provider", "user_strategy", "agent_strategy", "task_split", "start_index",
        "end_index", "few_shot_displays_path", "parallel_tool_calls", "wording", "endpoint",
        "result_fp"])]
    pub domain: Option<String>,
    /// What the agent is: `llm_agent` talks with a customer, `llm_agent_solo` works on a ticket alone,
    /// `llm_agent_gt` is told the expected actions
    #[arg(long, default_value = "llm_agent", requires = "domain")]
    pub agent: String,
    /// The agent's model: PROVIDER/MODEL, a MODEL of OpenAI, or `practice`
    #[arg(long, value_name = "LLM", default_value = "gpt-4.1", requires = "domain")]
    pub agent_llm: String,
    /// Who is the customer: `user_simulator`, or `dummy_user` with an agent who works alone [default: by
    /// the agent]
    #[arg(long, requires = "domain")]
    pub user: Option<String>,
    /// The customer's model, as --agent-llm
    #[arg(long, value_name = "LLM", default_value = "gpt-4.1", requires = "domain")]
    pub user_llm: String,
    /// Who judges assertions in words, where tasks have some that count, as --agent-llm
    #[arg(long, value_name = "LLM", requires = "domain")]
    pub judge_llm: Option<String>,
    /// Which tasks, by the name of a split of the domain [default: base; all where there is none]
    #[arg(long, value_name = "NAME", requires = "domain")]
    pub task_split_name: Option<String>,
    /// Only the first so many tasks
    #[arg(long, value_name = "N", requires = "domain")]
    pub num_tasks: Option<usize>,
    /// Messages and rounds of calls after which a conversation ends
    #[arg(long, default_value_t = DEFAULT_MAX_STEPS, requires = "domain")]
    pub max_steps: u32,
    /// Failed calls after which a conversation ends
    #[arg(long, default_value_t = DEFAULT_MAX_ERRORS, requires = "domain")]
    pub max_errors: u32,
    /// Seconds that a conversation may take (domains of tau2 1.0)
    #[arg(long, value_name = "SECONDS", requires = "domain")]
    pub timeout: Option<u32>,
    /// A message with both text and calls is its sender's error (domains of tau2 0.2 and later)
    #[arg(long, requires = "domain")]
    pub enforce_communication_protocol: bool,
    /// What is looked at when a conversation is graded: `all`, `env`, `action`, `communicate`,
    /// `nl_assertions`, `all_with_nl_assertions`, `all_ignore_basis` or
    /// `all_with_nl_assertions_ignore_basis` [default: as upstream of the domain's version]
    #[arg(long, value_name = "WHAT", requires = "domain")]
    pub evaluation_type: Option<String>,
    /// The results: a file that ends in .json, kept up to date in the shape of the domain's version, or a
    /// folder in the shape of tau2 1.0 [default: upstream's name in the log folder]
    #[arg(long, value_name = "PATH")]
    pub save_to: Option<PathBuf>,
}

/// The plan that was asked for; whatever does not fit is refused before anything runs.
pub fn plan(
    asked: &mut RunOptions,
    domain: &str,
    library: &Library,
    set: &TraitSet,
) -> Result<RunPlan, CliError> {
    let id: DomainId = domain.parse()?;
    let definition = library.definition(&id)?;
    let options = &asked.tau2;
    let kind = agent_kind(options)?;
    let split = options.task_split_name.as_deref().or(definition.default_split());
    let mut tau2 = Tau2Plan::new(&definition, kind, split);
    tau2.max_errors = options.max_errors;
    tau2.strict = options.enforce_communication_protocol;
    tau2.timeout_s = options.timeout;
    if let Some(word) = &options.evaluation_type {
        tau2.evaluation = evaluation(word)?;
    }
    tau2.judge = judge_of(options.judge_llm.as_deref())?;
    let tasks = tasks(asked, &definition, &tau2)?;
    if tau2.judge.is_none() && tau2.needs_judge(&definition, &tasks) {
        return Err(CliError::new("usage", "Some of these tasks are judged in words. Who judges?")
            .help("Give --judge-llm PROVIDER/MODEL."));
    }
    let condition = traits::condition(asked.trait_dict.as_deref(), set)?;
    traits::check(&condition, set)?;
    let customer = customer_of(kind, Llm::of(&options.user_llm));
    let agent = agent_of(&options.agent_llm);
    let agent = AgentPlan { text_tool_calls: asked.text_tool_calls, ..agent };
    let limits = RunLimits {
        max_concurrency: asked.max_concurrency,
        max_steps: options.max_steps,
        spend_cap_usd: asked.spend_cap,
        pause_ms: 0,
    };
    // The summary and the file's name say it as it was asked for.
    asked.model = agent.model.clone();
    let parts = Tau2Parts { definition: &definition, tau2, tasks, condition, agent, customer };
    let plan = RunPlan {
        trials: asked.num_trials,
        temperature: asked.temperature,
        seed: asked.seed,
        shuffle: asked.shuffle != 0,
        limits,
        reply_cache: asked.reply_cache.is_some(),
        tasks_by_name: !asked.task_ids.is_empty(),
        ..parts.plan(set)
    };
    Ok(plan.checked()?)
}

fn agent_kind(options: &Tau2Options) -> Result<AgentKind, CliError> {
    let unknown = |error: tau_sim::tau2::UnknownAgent| CliError::new("usage", error.to_string());
    let kind: AgentKind = options.agent.parse().map_err(unknown)?;
    match options.user.as_deref() {
        Some(user) if user != kind.customer_name() => Err(CliError::new(
            "usage",
            format!("The customer of {kind} is {}, not {user}.", kind.customer_name()),
        )),
        _ => Ok(kind),
    }
}

fn evaluation(word: &str) -> Result<Evaluation, CliError> {
    Evaluation::of(word).ok_or_else(|| {
        let known: Vec<&str> = Evaluation::ALL.into_iter().map(Evaluation::word).collect();
        CliError::new("usage", format!("There is no evaluation {word}."))
            .help(format!("There are: {}.", known.join(", ")))
    })
}

/// Who judges, by a model's word.
///
/// # Errors
/// For the practice models, which cannot.
pub fn judge_of(word: Option<&str>) -> Result<Option<JudgePlan>, CliError> {
    match word.map(Llm::of) {
        None => Ok(None),
        Some(Llm::Practice) => {
            Err(CliError::new("usage", "The practice models cannot judge. Choose a real model."))
        }
        Some(Llm::Remote { provider, model }) => Ok(Some(JudgePlan { endpoint: provider, model })),
    }
}

fn agent_of(word: &str) -> AgentPlan {
    match Llm::of(word) {
        Llm::Practice => AgentPlan::new(PRACTICE, tau_sim::PRACTICE_AGENT),
        Llm::Remote { provider, model } => AgentPlan::new(provider, model),
    }
}

/// The customer of such an agent; whoever works alone has none.
pub fn customer_of(kind: AgentKind, llm: Llm) -> CustomerPlan {
    match llm {
        _ if kind == AgentKind::Solo => CustomerPlan::new(CustomerStrategy::Llm, NOBODY, ""),
        Llm::Practice => {
            let model = tau_sim::PRACTICE_CUSTOMER;
            CustomerPlan::new(CustomerStrategy::Practice, PRACTICE, model)
        }
        Llm::Remote { provider, model } => {
            CustomerPlan::new(CustomerStrategy::Llm, provider, model)
        }
    }
}

/// Who plays what, in a plan.
pub struct Tau2Parts<'a> {
    /// The domain.
    pub definition: &'a Definition,
    /// What is said of it.
    pub tau2: Tau2Plan,
    /// Its tasks.
    pub tasks: Vec<PlannedTask>,
    /// The customers.
    pub condition: Condition,
    /// The agent.
    pub agent: AgentPlan,
    /// Who plays the customers.
    pub customer: CustomerPlan,
}

impl Tau2Parts<'_> {
    /// A plan of one attempt at each task, with the customers that were asked for and no others, as
    /// upstream's; `set` has the words of their traits.
    pub fn plan(self, set: &TraitSet) -> RunPlan {
        let Tau2Parts { definition, tau2, tasks, condition, agent, customer } = self;
        let wording = tau_sim::Wording::shipped();
        let traits = set.used_by([&condition.mix]);
        let (strategy, customers) = (agent.strategy, customer.strategy);
        let prompts_hash = tau_sim::prompts_hash(&wording, strategy, customers, &[], &traits);
        RunPlan {
            name: format!("{} on {}, {}", agent.model, definition.title, condition.name),
            domain: definition.id.to_string(),
            domain_fingerprint: definition.fingerprint.clone(),
            split: Split::Test,
            split_size: 0,
            tasks,
            conditions: vec![condition],
            traits,
            baseline: false,
            trials: 1,
            agent,
            customer,
            temperature: 0.0,
            seed: 0,
            shuffle: false,
            limits: RunLimits::default(),
            prompts_hash,
            grader: tau2.grader(),
            tau2: Some(Box::new(tau2)),
            reply_cache: false,
            sample: false,
            wording,
            checkpoint: None,
            imported: None,
            tasks_by_name: false,
        }
    }
}

/// The tasks that were asked for and that the agent can take.
fn tasks(
    asked: &RunOptions,
    definition: &Definition,
    tau2: &Tau2Plan,
) -> Result<Vec<PlannedTask>, CliError> {
    let Some(mut tasks) = tau2.tasks(definition) else {
        let there: Vec<&str> = definition.splits.keys().map(String::as_str).collect();
        let name = tau2.split.as_deref().unwrap_or_default();
        let message = format!("The domain {} has no tasks called {name}.", definition.id);
        return Err(CliError::new("usage", message)
            .help(format!("Its sets of tasks are: {}.", there.join(", "))));
    };
    let in_split = definition.select(tau2.split.as_deref()).map_or(0, |all| all.len());
    let left_out = in_split - tasks.len();
    if left_out > 0 {
        eprintln!("{left_out} tasks are left out: {} cannot take them.", tau2.agent);
    }
    for wanted in &asked.task_ids {
        if !tasks.iter().any(|task| task.id == *wanted) {
            let message = format!("There is no task {wanted} that {} can take.", tau2.agent);
            return Err(CliError::new("usage", message).help(format!(
                "Tasks go by their ids, for instance {}.",
                tasks.first().map_or("", |task| task.id.as_str())
            )));
        }
    }
    if !asked.task_ids.is_empty() {
        tasks.retain(|task| asked.task_ids.contains(&task.id));
    }
    tasks.truncate(asked.tau2.num_tasks.unwrap_or(usize::MAX));
    Ok(tasks)
}

/// Whether a path is that of a file; otherwise it is a folder.
pub fn is_file(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

/// Writes the results of a run whole or not at all; their path.
pub async fn save(runs: &Runs, run: RunId, path: &Path) -> Result<String, CliError> {
    let plan = runs.run(run).await?.plan;
    match (&plan.tau2, is_file(path)) {
        (Some(tau2), true) => {
            runs.write_tau2(run, Tau2Shape::File(tau2.profile), path).await?;
        }
        (None, true) => runs.write_result_file(run, path).await?,
        (_, false) => {
            runs.write_tau2(run, Tau2Shape::Folder, path).await?;
        }
    }
    Ok(shown(path))
}
