//! `diagnose`: whose fault the failures of a result file are, written as upstream's
//! `auto_error_identification.py` writes it.

mod file;
mod recorded;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use serde_json::json;
use tau_api::Places;
use tau_api::files::write_whole;
use tau_diagnosis::{
    Author, Batch, BatchReport, Case, Cases, Diagnosis, Judge, JudgeError, Kind, judge_all,
};
use tau_llm::{ProviderLimits, connect};
use tau_sim::{CancellationToken, Wording};

use crate::domains::library;
use crate::error::CliError;
use crate::options::{DiagnoseOptions, shown};
use crate::run::providers::Providers;
use recorded::ResultFile;

/// Exit status when some failures have no verdict.
const INCOMPLETE: u8 = 3;

/// Exit status when a person stopped it.
const INTERRUPTED: u8 = 130;

/// Diagnoses the failures of a result file and writes upstream's file.
pub async fn diagnose(asked: &DiagnoseOptions, places: &Places) -> Result<ExitCode, CliError> {
    // What is missing is said before anything is read or asked.
    let named = asked.model_provider.is_some() || asked.model.is_some();
    let judge = if asked.rules_only || !named { None } else { Some(judge(asked, places).await?) };
    let read = recorded::read(&asked.results_path, asked.env.as_deref(), &library(places))?;
    let most = asked.max_num_failed_results.unwrap_or(usize::MAX);
    if !asked.json {
        println!(
            "{} results of {}, {} failed{}",
            read.results,
            read.grounds.id(),
            read.failed.len(),
            if read.failed.len() > most {
                format!("; looking at the first {most}")
            } else {
                String::new()
            }
        );
    }
    if read.not_scored > 0 && !asked.json {
        println!("{} have no score and are in no count", read.not_scored);
    }
    let outcome = match &judge {
        None => by_rules(&read, most),
        Some(judge) => by_model(judge, &read, most, asked).await,
    };
    let verdicts: Vec<(u32, &Diagnosis)> =
        outcome.verdicts.iter().map(|(at, verdict)| (read.failed[*at].task_id, verdict)).collect();
    let bytes = file::upstream_file(&verdicts)
        .map_err(|error| CliError::new("internal", error.to_string()))?;
    write_whole(&asked.output_path, &bytes).map_err(|error| {
        CliError::new("file", format!("{}: {error}", shown(&asked.output_path)))
    })?;
    outcome.print(&read, asked);
    Ok(if outcome.interrupted {
        ExitCode::from(INTERRUPTED)
    } else if outcome.batch.judged < outcome.batch.planned {
        ExitCode::from(INCOMPLETE)
    } else {
        ExitCode::SUCCESS
    })
}

/// The judging model that the options name.
async fn judge(asked: &DiagnoseOptions, places: &Places) -> Result<Judge, CliError> {
    let which = "Give --model-provider and --model, or neither to go by rules alone.";
    let (Some(provider), Some(model)) = (&asked.model_provider, &asked.model) else {
        return Err(CliError::new("usage", "Which model is to judge?").help(which));
    };
    let providers = Providers::open(None, places)?;
    let (endpoint, key) = providers.reach(provider, asked.base_url.as_deref()).await?;
    let limits = ProviderLimits::new(asked.max_concurrency.max(1));
    let model = connect(&endpoint, model, key, limits)
        .map_err(|error| CliError::new("provider", error.message).help(which))?;
    Judge::new(Arc::from(model), &Wording::shipped())
        .map_err(|error| CliError::new("prompt", error.to_string()))
}

/// What was found, by index of the failed conversation.
struct Outcome {
    verdicts: BTreeMap<usize, Diagnosis>,
    problems: BTreeMap<usize, String>,
    batch: BatchReport,
    interrupted: bool,
    /// By whom, for a person.
    by: String,
}

fn by_rules(read: &ResultFile, most: usize) -> Outcome {
    let mut verdicts: BTreeMap<usize, Diagnosis> = BTreeMap::new();
    let mut problems: BTreeMap<usize, String> = BTreeMap::new();
    for (at, one) in read.failed.iter().take(most).enumerate() {
        match read.grounds.judge(one) {
            Ok(verdict) => drop(verdicts.insert(at, verdict)),
            Err(why) => drop(problems.insert(at, why)),
        }
    }
    let batch = BatchReport {
        planned: verdicts.len() + problems.len(),
        left_out: read.failed.len().saturating_sub(most),
        judged: verdicts.len(),
        not_judged: problems.len(),
        ..BatchReport::default()
    };
    let by = "by rules, no model was asked".to_owned();
    Outcome { verdicts, problems, batch, interrupted: false, by }
}

async fn by_model(
    judge: &Judge,
    read: &ResultFile,
    most: usize,
    asked: &DiagnoseOptions,
) -> Outcome {
    let cancel = CancellationToken::new();
    let pressed = {
        let cancel = cancel.clone();
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                cancel.cancel();
            }
        })
    };
    let failures = Failures { read, found: Mutex::default(), problems: Mutex::default() };
    let ids: Vec<usize> = (0..read.failed.len()).collect();
    let batch = Batch { most, concurrency: asked.max_concurrency };
    let batch = judge_all(judge, &failures, &ids, batch, &cancel).await;
    pressed.abort();
    Outcome {
        verdicts: failures.found.into_inner().unwrap_or_else(PoisonError::into_inner),
        problems: failures.problems.into_inner().unwrap_or_else(PoisonError::into_inner),
        batch,
        interrupted: cancel.is_cancelled(),
        by: format!("by {}", judge.name()),
    }
}

/// The failures of a file, for the judge.
struct Failures<'a> {
    read: &'a ResultFile,
    found: Mutex<BTreeMap<usize, Diagnosis>>,
    problems: Mutex<BTreeMap<usize, String>>,
}

#[async_trait]
impl Cases for Failures<'_> {
    type Id = usize;

    async fn load(&self, at: usize) -> Result<Case, String> {
        let one = &self.read.failed[at];
        Ok(Case {
            findings: self.read.grounds.findings(one),
            task: one.task.clone(),
            trajectory: one.trajectory.clone(),
            traits: Vec::new(),
        })
    }

    async fn keep(&self, at: usize, verdict: Diagnosis) -> Result<(), String> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).insert(at, verdict);
        Ok(())
    }

    async fn gave_up(&self, at: usize, error: &JudgeError) {
        let mut problems = self.problems.lock().unwrap_or_else(PoisonError::into_inner);
        problems.insert(at, error.to_string());
    }
}

impl Outcome {
    fn print(&self, read: &ResultFile, asked: &DiagnoseOptions) {
        let authors = Author::ALL.map(|author| {
            let of = |verdict: &&Diagnosis| verdict.author == author;
            (author, self.verdicts.values().filter(of).count())
        });
        // As upstream counts: kinds of what was the agent's fault.
        let kinds = Kind::ALL.map(|kind| {
            let of = |verdict: &&Diagnosis| verdict.author == Author::Agent && verdict.kind == kind;
            (kind, self.verdicts.values().filter(of).count())
        });
        if asked.json {
            let authors: BTreeMap<&str, usize> =
                authors.iter().map(|(author, count)| (author.name(), *count)).collect();
            let kinds: BTreeMap<&str, usize> =
                kinds.iter().map(|(kind, count)| (kind.name(), *count)).collect();
            let problems: Vec<_> = self
                .problems
                .iter()
                .map(|(at, why)| json!({"task_id": read.failed[*at].task_id, "message": why}))
                .collect();
            println!(
                "{}",
                json!({
                    "domain": read.grounds.id(), "results": read.results, "failed": read.failed.len(),
                    "not_scored": read.not_scored,
                    "judged": self.batch.judged, "left_out": self.batch.left_out,
                    "not_judged": problems, "stopped": self.batch.stopped,
                    "authors": authors, "kinds": kinds, "cost_usd": self.batch.spent.cost_usd,
                    "output_file": shown(&asked.output_path),
                })
            );
            return;
        }
        println!("Whose fault ({} judged {}):", self.batch.judged, self.by);
        for (author, count) in authors {
            println!("  {:12} {count:5}  {}", author.name(), share(count, self.batch.judged));
        }
        let agents = authors[1].1;
        println!("What kind (the agent's faults):");
        for (kind, count) in kinds {
            println!("  {:26} {count:5}  {}", kind.name(), share(count, agents));
        }
        for (at, why) in &self.problems {
            eprintln!("Not judged: task {}: {why}", read.failed[*at].task_id);
        }
        if let Some(why) = &self.batch.stopped {
            eprintln!("Ended early: {why} What was judged is in the file.");
        }
        if let Some(cost) = self.batch.spent.cost_usd {
            println!("Cost: ${cost:.2}");
        }
        println!("Output file: {}", shown(&asked.output_path));
    }
}

fn share(count: usize, of: usize) -> String {
    if of == 0 { "-".to_owned() } else { format!("{:.1} %", 100.0 * count as f64 / of as f64) }
}
