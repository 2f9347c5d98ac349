//! `fidelity`: whether a run's customers showed the traits that they were asked for.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tau_api::types::{FidelityDraft, ModelChoice, RunFidelity, TraitShown};
use tau_api::{Places, Product, SavesInto};

use crate::error::CliError;
use crate::options::FidelityOptions;
use crate::table::opened_or_found;
use crate::text::plain_lines;

/// Exit status when a condition's customers did not show what they were asked for.
const NOT_SHOWN: u8 = 4;
/// How often the work of a judging model is looked at.
const LOOK: Duration = Duration::from_millis(250);

/// Prints a run's fidelity.
pub async fn fidelity(asked: FidelityOptions, places: Places) -> Result<ExitCode, CliError> {
    let host = SavesInto(places.data.clone());
    let product = Product::open(places, Arc::new(host)).await?;
    let found = figures(&product, &asked).await;
    product.shutdown().await;
    let found = found?;
    if asked.json {
        let text = serde_json::to_string(&found)
            .map_err(|error| CliError::new("internal", error.to_string()))?;
        println!("{text}");
    } else {
        print!("{}", text(&found));
    }
    Ok(match found.shown {
        Some(TraitShown::NotShown) => ExitCode::from(NOT_SHOWN),
        _ => ExitCode::SUCCESS,
    })
}

async fn figures(product: &Product, asked: &FidelityOptions) -> Result<RunFidelity, CliError> {
    let found = opened_or_found(product, std::slice::from_ref(&asked.run)).await?;
    // Of a file that holds several runs the first is read.
    let id = found.into_iter().next().unwrap_or_default();
    let Some(endpoint) = &asked.judge else { return Ok(product.run_fidelity(id).await?) };
    let draft = FidelityDraft {
        run_id: id.clone(),
        model: ModelChoice {
            endpoint: endpoint.clone(),
            model: asked.judge_model.clone().unwrap_or_default(),
        },
        most: asked.most,
        max_concurrency: asked.max_concurrency,
    };
    eprintln!("{}", product.estimate_fidelity(draft.clone()).await?.sentence);
    let mut found = product.start_fidelity(draft).await?;
    while found.job.as_ref().is_some_and(|job| job.running) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => return Ok(product.stop_fidelity(id).await?),
            () = tokio::time::sleep(LOOK) => found = product.run_fidelity(id.clone()).await?,
        }
    }
    Ok(found)
}

/// The figures for a terminal. Control characters of names are dropped, so that nothing in a run can
/// steer it.
fn text(found: &RunFidelity) -> String {
    let mut lines =
        vec![found.sentence.clone(), String::new(), format!("Customer: {}", found.voice)];
    for meter in &found.meters {
        lines
            .push(format!("{}: {} of {} conversations", meter.name, meter.conversations, meter.of));
    }
    let mut part = |title: &str, rows: Vec<String>| {
        if !rows.is_empty() {
            lines.extend([String::new(), title.to_owned()]);
            lines.extend(rows);
        }
    };
    part(
        "Asked for and shown",
        found.conditions.iter().map(|each| format!("  {}", each.sentence)).collect(),
    );
    part(
        "Fidelity and dose-response",
        found
            .traits
            .iter()
            .map(|each| format!("  {} ({:?}): {}", each.name, each.source, each.sentence))
            .collect(),
    );
    part("Mixes", found.mixes.iter().map(|each| format!("  {}", each.sentence)).collect());
    part(
        "The truth of the task",
        found.adherence.iter().map(|each| format!("  {}: {}", each.name, each.sentence)).collect(),
    );
    part("To know", found.notes.iter().map(|note| format!("  {note}")).collect());
    if let Some(job) = &found.job {
        let cost = job.cost.map(|cost| format!(", ${cost:.2}")).unwrap_or_default();
        part(
            "The judge",
            vec![format!(
                "  {} of {} answered, {} not{cost}. {}",
                job.done, job.planned, job.failed, job.message
            )],
        );
    }
    plain_lines(&(lines.join("\n") + "\n"))
}
