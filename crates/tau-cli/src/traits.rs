//! `traits`: the traits of customers, shipped ones and the person's own.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Subcommand};
use serde_json::json;
use tau_api::types::TraitDetail;
use tau_api::{Places, Product, SavesInto};

use crate::error::CliError;
use crate::options::shown;

/// `traits`.
#[derive(Clone, Debug, Args)]
pub struct TraitsOptions {
    /// What to do; without it the traits are listed.
    #[command(subcommand)]
    pub command: Option<TraitCommand>,
    /// Print one line of JSON instead of text
    #[arg(long, global = true)]
    pub json: bool,
}

/// What to do with traits.
#[derive(Clone, Debug, Subcommand)]
pub enum TraitCommand {
    /// Show one with its levels
    Show {
        /// Its id
        id: String,
    },
    /// Keep the trait of a file
    Add {
        /// The file
        file: PathBuf,
    },
    /// Write one to ID.toml in the current folder, to be changed and added again
    Export {
        /// Its id
        id: String,
    },
    /// Remove one of your own; runs that used it keep its words
    Remove {
        /// Its id
        id: String,
    },
}

/// Lists, shows or changes traits.
pub async fn traits(asked: TraitsOptions, places: Places) -> Result<ExitCode, CliError> {
    let product = Product::open(places, Arc::new(SavesInto(".".into()))).await?;
    let result = carry_out(&product, asked).await;
    product.shutdown().await;
    result.map(|()| ExitCode::SUCCESS)
}

async fn carry_out(product: &Product, asked: TraitsOptions) -> Result<(), CliError> {
    match asked.command {
        None => list(product, asked.json).await,
        Some(TraitCommand::Show { id }) => {
            let one = product.get_trait(id).await?;
            if asked.json {
                println!("{}", json!(one))
            } else {
                print(&one)
            }
            Ok(())
        }
        Some(TraitCommand::Add { file }) => {
            let one = product.import_trait(file.display().to_string()).await?;
            let advice = product.check_trait(one.draft.clone()).await?.advice;
            if asked.json {
                println!("{}", json!({ "trait": one, "advice": advice }));
            } else {
                println!("Kept as {}.", one.draft.id);
                advice.iter().for_each(|line| eprintln!("  {line}"));
            }
            Ok(())
        }
        Some(TraitCommand::Export { id }) => {
            let path = product.export_trait(id).await?.path.unwrap_or_default();
            if asked.json {
                println!("{}", json!({ "path": path }));
            } else {
                println!("{}", shown(&PathBuf::from(path)));
            }
            Ok(())
        }
        Some(TraitCommand::Remove { id }) => {
            product.delete_trait(id.clone()).await?;
            if asked.json {
                println!("{}", json!({ "removed": id }));
            } else {
                println!("Removed {id}.");
            }
            Ok(())
        }
    }
}

async fn list(product: &Product, as_json: bool) -> Result<(), CliError> {
    let (traits, problems) = (product.list_traits().await?, product.trait_problems().await?);
    if as_json {
        println!("{}", json!({ "traits": traits, "problems": problems }));
        return Ok(());
    }
    for one in traits {
        let whose = if one.shipped { "" } else { " (yours)" };
        println!("{:18} {}{whose}: {}", one.id, one.name, one.description);
    }
    problems.iter().for_each(|problem| eprintln!("{problem}"));
    Ok(())
}

fn print(one: &TraitDetail) {
    let draft = &one.draft;
    println!("{} ({}): {}", draft.name, draft.id, draft.description);
    for (level, name) in draft.levels.iter().zip(tau_traits::LEVEL_NAMES.iter().skip(1)) {
        println!("  {name}: {}", level.sentence);
        println!("    \"{}\"", level.example);
    }
    println!(
        "  {} pairs, {} words for the meter, {} runs",
        draft.pairs.len(),
        draft.words.len(),
        one.runs
    );
    if !one.hosted.is_empty() {
        println!("  The steer service knows it as {}.", one.hosted);
    }
}
