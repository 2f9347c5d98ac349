//! `mcp`: the environment of one task as a server of the Model Context Protocol on standard input and
//! output, so that an agent from outside is graded (`docs/outside-agents.md`).

mod conversation;
mod record;
mod server;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use clap::Args;
use rmcp::ServiceExt;
use tau_api::Places;
use tau_domain::DomainId;
use tau_sim::tau2::{
    AgentKind, DEFAULT_MAX_ERRORS, DEFAULT_MAX_STEPS, SimulatedCustomer, Spec, trial_seeds,
};
use tau_sim::{DualPracticeCustomer, Wording};
use tau_toolkits::grading::Evaluation;
use tau_toolkits::{Definition, Task};
use tau_traits::{CustomerVoice, Prompted, TraitSet, Unsteered};

use self::conversation::{Conversation, Outcome, Stage};
use self::record::Header;
use self::server::Offer;
use crate::domains::library;
use crate::error::CliError;
use crate::llm::{Llm, Models};
use crate::run::traits;

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
    /// File for the graded conversation, in the shape of tau2's results
    #[arg(long, value_name = "FILE")]
    pub save_to: Option<PathBuf>,
}

/// Serves one conversation until the agent closes its end; exit 0 when it was graded, whatever the grade.
pub async fn serve(asked: McpOptions, places: &Places) -> Result<ExitCode, CliError> {
    let stage = stage(&asked, places).await?;
    let visitor = Arc::new(OnceLock::new());
    let customer = asked.user_llm.clone().filter(|_| !stage.alone()).unwrap_or_default();
    let (file, name) = (asked.save_to.clone(), visitor.clone());
    let began = tau_runs::now_ms();
    let conversation = Conversation::new(stage, move |stage, heard, outcome| {
        let Some(path) = &file else { return };
        let agent = name.get().cloned().unwrap_or_else(|| "an agent from outside".to_owned());
        let header = Header { agent, customer: customer.clone(), began };
        if let Err(error) = record::write(path, stage, &header, heard, outcome) {
            eprintln!("error: the conversation could not be kept: {error}");
        }
    });
    let offer = Offer::new(conversation.clone(), visitor)
        .map_err(|why| CliError::new("domain", format!("{}: {why}.", asked.domain)))?;
    let lost = |error: &dyn std::fmt::Display| CliError::new("mcp", error.to_string());
    let served = offer.serve(rmcp::transport::stdio()).await;
    let served = served.map_err(|error| lost(&error))?;
    tokio::select! {
        left = served.waiting() => { left.map_err(|error| lost(&error))?; }
        // Some clients do not close their end first.
        () = told_to_stop() => {}
    }
    let outcome = conversation.leave().await;
    Ok(farewell(outcome.as_deref()))
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
fn farewell(outcome: Option<&Outcome>) -> ExitCode {
    match outcome {
        Some(Outcome { trajectory: Some(trajectory), grade: Ok(grade) }) => {
            eprintln!("reward {:?} ({})", grade.reward.reward, trajectory.ending.word());
            ExitCode::SUCCESS
        }
        Some(Outcome { grade: Err(failure), .. }) => {
            eprintln!("no reward: {failure}");
            ExitCode::from(NOT_GRADED)
        }
        _ => {
            eprintln!("no reward: the conversation did not begin.");
            ExitCode::from(NOT_GRADED)
        }
    }
}

/// What is to be played; whatever does not fit is refused before anybody connects.
async fn stage(asked: &McpOptions, places: &Places) -> Result<Stage, CliError> {
    let usage = |message: String| CliError::new("usage", message);
    let agent: AgentKind = asked
        .agent
        .parse()
        .map_err(|error: tau_sim::tau2::UnknownAgent| usage(error.to_string()))?;
    let id: DomainId = asked.domain.parse()?;
    let definition = library(places).definition(&id)?;
    let task = find_task(&definition, &asked.task)?.clone();
    if !agent.takes(&task) {
        return Err(usage(format!("The agent {agent} cannot take the task {}.", task.id)));
    }
    let seed = trial_seeds(asked.seed, 1)[0];
    let models = Models::open(places)?;
    let judge = match asked.judge_llm.as_deref().map(Llm::of) {
        None => None,
        Some(Llm::Practice) => {
            return Err(usage("The practice models cannot judge. Choose a real model.".into()));
        }
        Some(Llm::Remote { provider, model }) => Some(models.connect(&provider, &model).await?),
    };
    let customer = match agent {
        AgentKind::Solo => None,
        _ => Some(customer(asked, places, &definition, &task, seed, &models).await?),
    };
    let evaluation =
        if judge.is_some() { Evaluation::AllWithNlAssertions } else { Evaluation::All };
    let (max_steps, max_errors) = (asked.max_steps, asked.max_errors);
    let sampling_seed = Some(seed);
    let spec = Spec { seed, sampling_seed, max_steps, max_errors, evaluation, ..Spec::new(agent) };
    Ok(Stage { definition, task, spec, customer, judge })
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

async fn customer(
    asked: &McpOptions,
    places: &Places,
    definition: &Definition,
    task: &Task,
    seed: u64,
    models: &Models,
) -> Result<SimulatedCustomer, CliError> {
    let set: Arc<TraitSet> = tau_api::trait_set(&places.data);
    let condition = traits::condition(asked.trait_dict.as_deref(), &set)?;
    traits::check(&condition, &set)?;
    let wording = Wording::shipped();
    let cannot = |error: &dyn std::fmt::Display| CliError::new("customer", error.to_string());
    let voice: Box<dyn CustomerVoice> = match asked.user_llm.as_deref().map(Llm::of) {
        None => {
            return Err(CliError::new("usage", "Who plays the customer?").help(
                "Give --user-llm PROVIDER/MODEL, or --user-llm practice to try things out.",
            ));
        }
        Some(Llm::Practice) => {
            let practice = DualPracticeCustomer::new(task, &condition.mix, &set, seed);
            Box::new(Unsteered::new(Box::new(practice)))
        }
        Some(Llm::Remote { provider, model }) => {
            let model = models.connect(&provider, &model).await?;
            let voice = Prompted::new(model, &condition.mix, &set, wording.anchor());
            Box::new(voice.map_err(|error| cannot(&error))?)
        }
    };
    let customer = SimulatedCustomer::new(definition, task, voice, &wording);
    Ok(customer.map_err(|error| cannot(&error))?.with_seed(seed))
}
