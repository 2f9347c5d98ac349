//! `tautrait`, the command line of Tau-Trait Desktop: the same engine as the app, without a window.

mod charts;
mod check_data;
mod diagnose;
mod domain;
mod domains;
mod env;
mod error;
mod evaluate;
mod fidelity;
mod import;
mod llm;
mod mcp;
mod models;
mod options;
mod replay;
mod run;
mod sample;
mod table;
mod text;
mod traits;
mod view;
mod voices;

use std::process::ExitCode;

use clap::Parser;

use crate::error::CliError;
use crate::options::{Command, Options, PackCommand};

fn main() -> ExitCode {
    tau_api::settle_threads();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let options = Options::parse();
    let json = options.command.json();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return CliError::new("runtime", error.to_string()).report(json),
    };
    let serves = matches!(options.command, Command::Mcp(_));
    let code = match runtime.block_on(carry_out(options)) {
        Ok(code) => code,
        Err(error) => error.report(json),
    };
    if serves {
        // Whoever ended it may still hold the other end of its input, on which a thread waits.
        runtime.shutdown_background();
    }
    code
}

async fn carry_out(options: Options) -> Result<ExitCode, CliError> {
    let places = options.places();
    match options.command {
        Command::Run(asked) => run::run(*asked, &places).await,
        Command::Import(asked) => import::import(&asked, &places).await,
        Command::Domains(asked) => domains::list(&asked, &places),
        Command::Domain(asked) => domain::tell(&asked, &places),
        Command::Env(asked) => env::bench(&asked, &places).await,
        Command::CheckData(asked) => check_data::check(&asked, &places),
        Command::Pack { command: PackCommand::Check(asked) } => domains::check(&asked),
        Command::Replay(asked) => replay::replay(&asked, &places),
        Command::View(asked) => view::view(&asked),
        Command::EvaluateTrajs(asked) => evaluate::evaluate(&asked, &places).await,
        Command::Mcp(asked) => mcp::serve(*asked, &places).await,
        Command::Sample(asked) => sample::sample(asked, places).await,
        Command::Table(asked) => table::table(asked, places).await,
        Command::Charts(asked) => charts::charts(asked, places).await,
        Command::Chart(asked) => charts::chart(asked, places).await,
        Command::Diagnose(asked) => diagnose::diagnose(&asked, &places).await,
        Command::Fidelity(asked) => fidelity::fidelity(asked, places).await,
        Command::Traits(asked) => traits::traits(asked, places).await,
        Command::Models(asked) => models::models(asked, places).await,
        Command::Calibrate(asked) => voices::calibrate(asked, places).await,
        Command::Say(asked) => voices::say(asked, places).await,
    }
}
