//! `run`: tasks of one domain, one trait mix, one result file, as upstream's runner.

mod cache;
mod drive;
mod person;
mod plan;
mod prompts;
pub mod providers;
mod summary;
mod tau2;
pub mod traits;

use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;
use tau_api::Places;
use tau_llm::{Prices, ProviderLimits};
use tau_packs::Library;
use tau_runs::{ModelPlayer, RunId, RunState, Runs};
use tau_sim::human::Switchboard;
use tau_traits::local::LocalModels;

use crate::domains::library;
use crate::error::CliError;
use crate::options::RunOptions;

pub use cache::CacheOption;
pub use summary::Summary;
pub use tau2::{Tau2Options, Tau2Parts, customer_of, judge_of, save};

/// Exit status of a run that is not finished.
const PAUSED: u8 = 3;

/// Plans a run or finds the one to resume, plays it, and writes the result file.
pub async fn run(mut asked: RunOptions, places: &Places) -> Result<ExitCode, CliError> {
    plan::refuse_unsupported(&asked)?;
    let replies = cache::open(asked.reply_cache.as_ref(), places)?;
    let library = Arc::new(library(places));
    let planned = match asked.resume {
        Some(_) => None,
        None => {
            let traits = tau_api::trait_set(&places.data);
            Some(match asked.tau2.domain.clone() {
                Some(domain) => tau2::plan(&mut asked, &domain, &library, &traits)?,
                None => plan::plan(&mut asked, &library, &traits)?,
            })
        }
    };
    let directory = Arc::new(providers::Providers::new(&asked, places)?);
    if let Some(plan) = &planned {
        directory.check(plan).await?;
    }
    let limits = ProviderLimits::new(asked.max_concurrency as usize);
    limits.set_prices(own_prices(places)?);
    let people = Switchboard::new();
    let player = ModelPlayer::new(library.clone(), directory, limits)
        .with_people(people.clone())
        .with_reply_cache(replies)
        .with_local(Arc::new(LocalModels::new(places.data.join("models"))));
    let runs = Runs::open(&places.data, Arc::new(player)).await?;
    let outcome = play(&runs, planned, &asked, people, &library).await;
    runs.shutdown().await;
    outcome
}

/// The prices of models, with the person's own.
///
/// # Errors
/// When the table of one's own cannot be read.
pub fn own_prices(places: &Places) -> Result<Prices, CliError> {
    Prices::with_overrides(&places.data.join("prices.toml")).map_err(|error| {
        CliError::new("prices", "Your own table of prices cannot be read.").help(error.to_string())
    })
}

async fn play(
    runs: &Runs,
    planned: Option<tau_runs::RunPlan>,
    asked: &RunOptions,
    people: Arc<Switchboard>,
    library: &Library,
) -> Result<ExitCode, CliError> {
    let run: RunId = match (planned, &asked.resume) {
        (Some(plan), _) => {
            let checkpoint = drive::result_path(asked, &plan);
            runs.create(tau_runs::RunPlan { checkpoint, ..plan }).await?
        }
        (None, Some(id)) => id.parse()?,
        (None, None) => return Err(CliError::new("usage", "There is nothing to run.")),
    };
    let plan = runs.run(run).await?.plan;
    let seated = plan.is_played();
    if seated && plan.tau2.is_some() {
        // There a seat has tools, for which a line of text is no form.
        return Err(CliError::new("usage", "A person sits in this run.")
            .help("Go on with it in the app, where its tools are."));
    }
    let driven = drive::drive(runs, run, asked.json || seated);
    let interrupted = if seated {
        let sitting = person::sit(runs, run, people, library);
        tokio::pin!(driven);
        tokio::select! {
            interrupted = &mut driven => interrupted?,
            left = sitting => {
                left?;
                driven.await?
            }
        }
    } else {
        driven.await?
    };
    let file = drive::write_result(runs, run, asked).await?;
    let summary = Summary::of(runs, run).await?;
    if let Some(cache) = summary.reply_cache.as_ref().filter(|cache| !cache.trouble.is_empty()) {
        eprintln!("Warning: {}", cache.trouble);
    }
    if asked.json {
        println!("{}", json!({ "run": run, "result_file": file, "summary": summary }));
    } else {
        println!("{summary}");
        println!("Result file: {file}");
    }
    if summary.state == RunState::Finished {
        return Ok(ExitCode::SUCCESS);
    }
    if !summary.message.is_empty() {
        eprintln!("The run is paused. {}", summary.message);
    } else if interrupted {
        eprintln!("The run is paused. What is finished is kept.");
    }
    eprintln!("Go on with: tautrait run --resume {run}");
    Ok(ExitCode::from(if interrupted { 130 } else { PAUSED }))
}
