//! `mcp`: the environment of one task as a server of the Model Context Protocol on standard input and
//! output, so that an agent from outside is graded (`docs/outside-agents.md`).

mod server;
mod visit;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use rmcp::ServiceExt;
use tau_api::Places;
use tau_domain::DomainId;
use tau_llm::ProviderLimits;
use tau_packs::Library;
use tau_runs::{
    AgentPlan, CustomerPlan, ModelPlayer, OUTSIDE, Pacing, RunLimits, RunPlan, Runs, Tau2Plan,
};
use tau_sim::human::Switchboard;
use tau_sim::tau2::{AgentKind, Brief, DEFAULT_MAX_ERRORS, DEFAULT_MAX_STEPS};
use tau_toolkits::grading::Evaluation;
use tau_toolkits::{Definition, Task};

use self::server::Offer;
use self::visit::{Verdict, Visit};
use crate::domains::library;
use crate::error::CliError;
use crate::llm::Llm;
use crate::run::providers::Providers;
use crate::run::{Tau2Parts, customer_of, judge_of, own_prices, traits};

/// Exit status of a conversation that has no grade.
const NOT_GRADED: u8 = 3;

/// `mcp`. Names and defaults as of tau2's `run`, where it has them.
#[derive(Debug, Args)]
pub struct McpOptions {
    /// A domain of tau2: a shipped one (`mobile`) or an imported one (`tau2:telecom`)
    #[arg(long)]
    pub domain: String,
    /// The task, by its id
    #[arg(long)]
    pub task: String,
    /// What the agent is: `llm_agent` talks with a customer, `llm_agent_solo` works on a ticket alone,
    /// `llm_agent_gt` is told the expected actions
    #[arg(long, default_value = "llm_agent")]
    pub agent: String,
    /// Who plays the customer: PROVIDER/MODEL, a MODEL of OpenAI, or `practice`
    #[arg(long, value_name = "LLM")]
    pub user_llm: Option<String>,
    /// The customer's traits, as in `run`
    #[arg(long)]
    pub trait_dict: Option<String>,
    /// Who judges assertions in words, where the task has some: PROVIDER/MODEL or a MODEL of OpenAI
    #[arg(long, value_name = "LLM")]
    pub judge_llm: Option<String>,
    /// Messages and rounds of calls after which the conversation ends
    #[arg(long, default_value_t = DEFAULT_MAX_STEPS)]
    pub max_steps: u32,
    /// Failed calls after which the conversation ends
    #[arg(long, default_value_t = DEFAULT_MAX_ERRORS)]
    pub max_errors: u32,
    /// Makes what is drawn repeatable
    #[arg(long, default_value_t = 300)]
    pub seed: u64,
    /// The results: a file that ends in .json, in the shape of the domain's version, or a folder in the
    /// shape of tau2 1.0
    #[arg(long, value_name = "PATH")]
    pub save_to: Option<PathBuf>,
    /// Folder in which the conversation is kept, in place of the app's own: while the app is open, and for
    /// each of several conversations at the same time
    #[arg(long, value_name = "FOLDER")]
    pub store: Option<PathBuf>,
}

/// Serves one conversation until the agent closes its end; exit 0 when it was graded, whatever the grade.
pub async fn serve(asked: McpOptions, places: &Places) -> Result<ExitCode, CliError> {
    let library = Arc::new(library(places));
    let (plan, brief) = plan(&asked, places, &library)?;
    let directory = Arc::new(Providers::open(None, places)?);
    directory.check(&plan).await?;
    let limits = ProviderLimits::new(1);
    limits.set_prices(own_prices(places)?);
    let board = Switchboard::new();
    let player = ModelPlayer::new(library, directory, limits).with_visitors(board.clone());
    // An agent that has heard an answer cannot be made to hear another one.
    let pacing = Pacing { attempts: 1, ..Pacing::default() };
    let store = asked.store.as_deref().unwrap_or(&places.data);
    let runs = Runs::open_with(store, Arc::new(player), pacing).await.map_err(in_use)?;
    let save_to = asked.save_to.as_deref().map(std::path::absolute).transpose();
    let save_to = save_to.map_err(|error| CliError::new("file", format!("--save-to: {error}")))?;
    let visit = Visit::new(runs, board, plan, save_to);
    let served = served(&asked, visit.clone(), brief).await;
    let verdict = match &served {
        Ok(()) => visit.leave().await,
        Err(_) => None,
    };
    visit.close().await;
    served.map(|()| farewell(verdict.as_ref()))
}

/// Answers the agent until it leaves.
async fn served(asked: &McpOptions, visit: Arc<Visit>, brief: Brief) -> Result<(), CliError> {
    let offer = Offer::new(visit, brief)
        .map_err(|why| CliError::new("domain", format!("{}: {why}.", asked.domain)))?;
    let lost = |error: &dyn std::fmt::Display| CliError::new("mcp", error.to_string());
    let served = offer.serve(rmcp::transport::stdio()).await;
    let served = served.map_err(|error| lost(&error))?;
    tokio::select! {
        left = served.waiting() => { left.map_err(|error| lost(&error))?; }
        // Some clients do not close their end first.
        () = told_to_stop() => {}
    }
    Ok(())
}

/// The database serves one program at a time.
fn in_use(error: tau_runs::RunsError) -> CliError {
    let told = CliError::from(error);
    match told.code.as_str() {
        "in_use" => told.help("Close the other one, or give this one a folder with --store."),
        _ => told,
    }
}

/// Waits until this program is to end.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminated.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// The last line, for whoever started the server.
fn farewell(verdict: Option<&Verdict>) -> ExitCode {
    match verdict {
        Some(Verdict { reward: Some((reward, _)), ending, .. }) => {
            eprintln!("reward {reward:?} ({})", ending.as_deref().unwrap_or_default());
            return ExitCode::SUCCESS;
        }
        Some(Verdict { not_graded, .. }) => eprintln!("no reward: {not_graded}"),
        None => eprintln!("no reward: the conversation did not begin."),
    }
    ExitCode::from(NOT_GRADED)
}

/// What is to be played, and what the agent is told and offered; whatever does not fit is refused before
/// anybody connects.
fn plan(
    asked: &McpOptions,
    places: &Places,
    library: &Library,
) -> Result<(RunPlan, Brief), CliError> {
    let usage = |message: String| CliError::new("usage", message);
    let kind: AgentKind = asked
        .agent
        .parse()
        .map_err(|error: tau_sim::tau2::UnknownAgent| usage(error.to_string()))?;
    let id: DomainId = asked.domain.parse()?;
    let definition = library.definition(&id)?;
    let task = find_task(&definition, &asked.task)?;
    if !kind.takes(task) {
        return Err(usage(format!("The agent {kind} cannot take the task {}.", task.id)));
    }
    let brief = Brief::new(kind, &definition, task)
        .map_err(|failure| CliError::new("domain", failure.to_string()))?;
    let mut tau2 = Tau2Plan::new(&definition, kind, None);
    tau2.max_errors = asked.max_errors;
    tau2.judge = judge_of(asked.judge_llm.as_deref())?;
    if tau2.judge.is_some() {
        tau2.evaluation = Evaluation::AllWithNlAssertions;
    }
    let mut tasks = tau2.tasks(&definition).unwrap_or_default();
    tasks.retain(|planned| planned.id == task.id);
    if tau2.judge.is_none() && tau2.needs_judge(&definition, &tasks) {
        return Err(usage("This task is judged in words. Who judges?".into())
            .help("Give --judge-llm PROVIDER/MODEL."));
    }
    let set = tau_api::trait_set(&places.data);
    let condition = traits::condition(asked.trait_dict.as_deref(), &set)?;
    traits::check(&condition, &set)?;
    let customer: CustomerPlan = match asked.user_llm.as_deref() {
        _ if kind == AgentKind::Solo => customer_of(kind, Llm::Practice),
        Some(word) => customer_of(kind, Llm::of(word)),
        None => {
            return Err(usage("Who plays the customer?".into()).help(
                "Give --user-llm PROVIDER/MODEL, or --user-llm practice to try things out.",
            ));
        }
    };
    // Its name is known when it says hello.
    let agent = AgentPlan::new(OUTSIDE, "");
    let (max_steps, seed) = (asked.max_steps, asked.seed);
    let parts = Tau2Parts { definition: &definition, tau2, tasks, condition, agent, customer };
    let plan = RunPlan {
        seed,
        limits: RunLimits { max_concurrency: 1, max_steps, ..RunLimits::default() },
        ..parts.plan(&set)
    };
    Ok((plan.checked()?, brief))
}

/// A task by its id.
///
/// # Errors
/// When there is none, with some of those that there are.
pub fn find_task<'d>(definition: &'d Definition, id: &str) -> Result<&'d Task, CliError> {
    definition.task(id).ok_or_else(|| {
        let some: Vec<&str> =
            definition.tasks.iter().take(5).map(|task| task.id.as_str()).collect();
        CliError::new("usage", format!("The domain {} has no task {id}.", definition.id)).help(
            format!(
                "It has {} tasks: {}, …; `tautrait domain {}` lists them.",
                definition.tasks.len(),
                some.join(", "),
                definition.id
            ),
        )
    })
}
