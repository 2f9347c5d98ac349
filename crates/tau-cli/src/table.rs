//! `table`: runs and result files side by side, the drop per trait or pass^k.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use tau_api::types::PageRequest;
use tau_api::{Places, Product, SavesInto, table_runs_of_files};
use tau_report::{TableFormat, TableRun, pass_board, render_board, render_traits, trait_table};

use crate::domains::library;
use crate::error::CliError;
use crate::options::{TableFormatOption, TableOptions};

/// Draws the resamples, so that a table repeats.
const SEED: u64 = 10;

/// Prints the table; what could not be used of the files goes to the error stream.
pub async fn table(asked: TableOptions, places: Places) -> Result<ExitCode, CliError> {
    let (files, named): (Vec<&String>, Vec<&String>) =
        asked.runs.iter().partition(|each| PathBuf::from(each).exists());
    let (mut runs, problems) = table_runs_of_files(&files, &library(&places));
    for problem in &problems {
        eprintln!("{problem}");
    }
    if !named.is_empty() {
        runs.extend(stored(&named, places).await?);
    }
    if runs.is_empty() {
        return Err(CliError::new("not_results", "None of the files could be opened."));
    }
    let format = match asked.format {
        TableFormatOption::Text => TableFormat::Text,
        TableFormatOption::Markdown => TableFormat::Markdown,
        TableFormatOption::Csv => TableFormat::Csv,
        TableFormatOption::Json => TableFormat::Json,
    };
    let text = if asked.board {
        render_board(&pass_board(&runs), format)
    } else {
        render_traits(&trait_table(&runs, SEED), format)
    };
    print!("{text}");
    Ok(ExitCode::SUCCESS)
}

/// Runs of the data folder, by id or by a name that only one of them has.
async fn stored(named: &[&String], places: Places) -> Result<Vec<TableRun>, CliError> {
    let host = SavesInto(places.data.clone());
    let product = Product::open(places, Arc::new(host)).await?;
    let found = tables(&product, named).await;
    product.shutdown().await;
    found
}

async fn tables(product: &Product, named: &[&String]) -> Result<Vec<TableRun>, CliError> {
    let ids = find(product, named).await?;
    let missing = |error: tau_api::ApiError| {
        CliError::from(error).help(
            "Give the id or the name of a run of this data folder, or the path of a result file.",
        )
    };
    product.table_runs(&ids).await.map_err(missing)
}

/// Ids of runs that are named by id, or by a name that only one of them has.
pub async fn find(product: &Product, named: &[&String]) -> Result<Vec<String>, CliError> {
    let mut ids = Vec::with_capacity(named.len());
    for wanted in named {
        let page = PageRequest { offset: 0, limit: 500 };
        let listed = product.list_runs((*wanted).clone(), page).await?.rows;
        let called: Vec<&str> =
            listed.iter().filter(|run| run.name == **wanted).map(|run| run.id.as_str()).collect();
        match called.as_slice() {
            [only] => ids.push((*only).to_owned()),
            [] => ids.push((*wanted).clone()),
            several => {
                return Err(CliError::new(
                    "ambiguous",
                    format!("{} runs are called {wanted}.", several.len()),
                )
                .help(format!("Give one of their ids: {}.", several.join(", "))));
            }
        }
    }
    Ok(ids)
}

/// Ids of runs: result files are opened as runs and kept, others are found as [`find`] does. What could
/// not be used of the files goes to the error stream.
pub async fn opened_or_found(product: &Product, runs: &[String]) -> Result<Vec<String>, CliError> {
    let (files, named): (Vec<&String>, Vec<&String>) =
        runs.iter().partition(|each| PathBuf::from(each).exists());
    let mut ids = Vec::new();
    if !files.is_empty() {
        let opened = product.open_results(files.into_iter().cloned().collect()).await?;
        for problem in &opened.problems {
            eprintln!("{problem}");
        }
        if opened.runs.is_empty() {
            return Err(CliError::new("not_results", "The file holds no results."));
        }
        ids.extend(opened.runs.into_iter().map(|run| run.id));
    }
    ids.extend(find(product, &named).await?);
    Ok(ids)
}
