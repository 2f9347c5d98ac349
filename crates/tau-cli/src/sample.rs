//! `sample`: every trait at Strong against the baseline, with the practice models, as a report.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;
use tau_api::types::{Analysis, DomainKind, ExportFormat, ResultRequest, RunState};
use tau_api::{Places, Product, SavesInto};

use crate::error::CliError;
use crate::options::{SampleOptions, shown};

/// Runs the sample over the shipped domains and writes one report each.
pub async fn sample(asked: SampleOptions, places: Places) -> Result<ExitCode, CliError> {
    let product = Product::open(places, Arc::new(SavesInto(asked.out.clone()))).await?;
    let result = sample_all(&product, &asked).await;
    product.shutdown().await;
    result
}

async fn sample_all(product: &Product, asked: &SampleOptions) -> Result<ExitCode, CliError> {
    let domains = match &asked.domain {
        Some(domain) => vec![domain.clone()],
        None => product
            .list_domains()
            .await?
            .into_iter()
            .filter(|domain| domain.shipped && domain.kind == DomainKind::TauBench)
            .map(|domain| domain.id)
            .collect(),
    };
    let mut reports = Vec::new();
    for domain in domains {
        let (run, path) = sample_one(product, &domain).await?;
        let result = product.run_result(whole(&run)).await?;
        let path = path.map_or_else(String::new, |path| shown(&path));
        if !asked.json {
            println!("{domain}: {}", result.sentence);
            for row in &result.rows {
                println!("  {:28} {} of {} passed", row.name, row.passed, row.scored);
            }
            println!(
                "  The practice models are not real models: these figures only show what a result looks like."
            );
            println!("Report: {path}\n");
        }
        reports.push(
            json!({ "domain": domain, "run": run, "sentence": result.sentence, "report": path }),
        );
    }
    if asked.json {
        println!("{}", json!({ "reports": reports }));
    }
    Ok(ExitCode::SUCCESS)
}

/// Plays one domain's sample to its end; its id and the report's place.
async fn sample_one(
    product: &Product,
    domain: &str,
) -> Result<(String, Option<PathBuf>), CliError> {
    let draft = product.sample_draft(domain).await?;
    let mut ticks = product.ticks();
    let run = product.start_run(draft).await?.id;
    loop {
        let progress = product.run_progress(run.clone()).await?;
        match progress.state {
            RunState::Finished => break,
            RunState::Running => {}
            RunState::Paused | RunState::Cancelled => {
                return Err(CliError::new("sample", progress.message));
            }
        }
        if ticks.next().await.is_none() {
            return Err(CliError::new("closed", "The data folder was closed."));
        }
    }
    let exported = product.export_run(whole(&run), ExportFormat::Html).await?;
    let path = exported.path.map(|path| std::path::absolute(&path).unwrap_or_else(|_| path.into()));
    Ok((run, path))
}

/// A run's result as it was planned to be read, in English.
fn whole(run: &str) -> ResultRequest {
    ResultRequest { run_id: run.to_owned(), analysis: Analysis::default(), language: "en".into() }
}
