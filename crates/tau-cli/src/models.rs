//! `models`: open-weight models on this computer.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::json;
use tau_api::types::{LocalModelInfo, LocalModelState};
use tau_api::{Places, Product, SavesInto};

use crate::error::CliError;

/// How often a download is asked how far it is.
const EACH: Duration = Duration::from_millis(300);

/// `models`.
#[derive(Clone, Debug, Args)]
pub struct ModelsOptions {
    /// What to do; without it the models are listed.
    #[command(subcommand)]
    pub command: Option<ModelCommand>,
    /// Print one line of JSON instead of text
    #[arg(long, global = true)]
    pub json: bool,
}

/// What to do with models.
#[derive(Clone, Debug, Subcommand)]
pub enum ModelCommand {
    /// Fetch one of the list; goes on where an earlier try stopped
    Fetch {
        /// Its file name, as listed
        file: String,
        /// Agree to its licence and fetch without asking
        #[arg(long)]
        yes: bool,
    },
    /// Take a GGUF file from disk
    Add {
        /// The file
        file: PathBuf,
    },
    /// Remove one with its directions
    Remove {
        /// Its file name, as listed
        file: String,
    },
}

/// Lists, fetches or removes models.
pub async fn models(asked: ModelsOptions, places: Places) -> Result<ExitCode, CliError> {
    let product = Product::open(places, Arc::new(SavesInto(".".into()))).await?;
    let result = carry_out(&product, asked).await;
    product.shutdown().await;
    result.map(|()| ExitCode::SUCCESS)
}

async fn carry_out(product: &Product, asked: ModelsOptions) -> Result<(), CliError> {
    let one = match asked.command {
        None => {
            let list = product.list_local_models().await?;
            if asked.json {
                println!("{}", json!({ "models": list }));
            } else {
                list.iter().for_each(print);
            }
            return Ok(());
        }
        Some(ModelCommand::Remove { file }) => {
            product.delete_local_model(file.clone()).await?;
            if asked.json {
                println!("{}", json!({ "removed": file }));
            } else {
                println!("Removed {file}.");
            }
            return Ok(());
        }
        Some(ModelCommand::Add { file }) => {
            let path = std::path::absolute(&file).unwrap_or(file);
            product.add_local_model(path.display().to_string()).await?
        }
        Some(ModelCommand::Fetch { file, yes }) => fetch(product, file, yes).await?,
    };
    if asked.json {
        println!("{}", json!(one));
    } else {
        print(&one);
    }
    Ok(())
}

async fn fetch(product: &Product, file: String, yes: bool) -> Result<LocalModelInfo, CliError> {
    let list = product.list_local_models().await?;
    let Some(known) = list.iter().find(|model| model.id == file && !model.address.is_empty())
    else {
        let known: Vec<&str> = list.iter().map(|model| model.id.as_str()).collect();
        return Err(CliError::new("usage", format!("There is no model {file} to fetch."))
            .help(format!("There are: {}.", known.join(", "))));
    };
    eprintln!("{}: {}", known.name, known.note);
    eprintln!("  from     {}", known.address);
    eprintln!("  licence  {} ({})", known.licence, known.licence_page);
    eprintln!(
        "  size     {:.1} GB, {:.1} GB of memory",
        known.size_bytes / 1e9,
        known.memory_bytes / 1e9
    );
    match known.sha256.as_str() {
        "" => eprintln!("  sha256   what its host says is held against what comes"),
        sha256 => eprintln!("  sha256   {sha256}"),
    }
    if !yes && !agreed()? {
        return Err(CliError::new("cancelled", "Nothing was fetched."));
    }
    let mut model = product.fetch_local_model(file.clone()).await?;
    let bar = indicatif::ProgressBar::new(model.size_bytes as u64).with_style(
        indicatif::ProgressStyle::with_template("{bytes} of {total_bytes} {wide_bar} {eta}")
            .unwrap_or_else(|_| indicatif::ProgressStyle::default_bar()),
    );
    while model.state == LocalModelState::Fetching {
        bar.set_position(model.received as u64);
        tokio::select! {
            () = tokio::time::sleep(EACH) => {}
            _ = tokio::signal::ctrl_c() => drop(product.stop_local_model(file.clone()).await?),
        }
        let list = product.list_local_models().await?;
        model = list.into_iter().find(|one| one.id == file).unwrap_or(model);
    }
    bar.finish_and_clear();
    match model.state {
        LocalModelState::Ready => Ok(model),
        _ => Err(CliError::new("fetch", model.message)
            .help("The same command goes on from what is here.")),
    }
}

fn agreed() -> Result<bool, CliError> {
    if !std::io::stdin().is_terminal() {
        return Err(
            CliError::new("usage", "Fetching needs a yes to the licence.").help("Give --yes.")
        );
    }
    eprint!("Agree to the licence and fetch it? [y/N] ");
    let mut answer = String::new();
    let asked = std::io::stderr().flush().and_then(|()| std::io::stdin().read_line(&mut answer));
    asked.map_err(|error| CliError::new("file", error.to_string()))?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn print(model: &LocalModelInfo) {
    let state = match model.state {
        LocalModelState::Missing => "not here".to_owned(),
        LocalModelState::Fetching => "on its way".to_owned(),
        LocalModelState::Partial => format!("{:.1} GB here", model.received / 1e9),
        LocalModelState::Broken => format!("of no use: {}", model.message),
        LocalModelState::Ready => match &model.basis {
            None => "here, not calibrated".to_owned(),
            Some(basis) => format!(
                "here, calibrated for {} (layer {} of {})",
                basis.traits.join(", "),
                basis.layer,
                basis.layers
            ),
        },
    };
    println!("{} ({:.1} GB, {}): {state}", model.id, model.size_bytes / 1e9, model.licence);
    if !model.note.is_empty() {
        println!("  {}", model.note);
    }
}
