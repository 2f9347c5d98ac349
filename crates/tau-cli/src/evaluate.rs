//! `evaluate-trajs`: the rewards of recorded conversations of tau2 computed anew
//! (upstream `scripts/evaluate_trajectories.py`).

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};
use tau_api::Places;
use tau_llm::ChatModel;
use tau_runs::{Regrade, RegradeError, Regraded, Regrading, ResultFile};
use tau_sim::CancellationToken;
use tau_toolkits::Profile;

use crate::domains::library;
use crate::error::CliError;
use crate::llm::{Llm, Models};
use crate::options::shown;
use crate::text::plain;

/// Exit status when some conversations could not be graded.
const INCOMPLETE: u8 = 3;

/// `evaluate-trajs`. Names as of tau2's `evaluate-trajs`, where it has them.
#[derive(Debug, Args)]
pub struct EvaluateOptions {
    /// Result files of tau2, or folders of results
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Folder of the files with new rewards [default: beside each]
    #[arg(long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// By the tasks that the domain has now, and not by those in the file
    #[arg(long)]
    pub fresh_tasks: bool,
    /// The domain whose data is used, for instance `tau2:telecom` [default: the one that the file names]
    #[arg(long)]
    pub domain: Option<String>,
    /// Whose rules: v0.1.2, v0.2 or v1.0 [default: those of the version that wrote the file]
    #[arg(long)]
    pub profile: Option<String>,
    /// Who judges assertions in words anew: PROVIDER/MODEL or a MODEL of OpenAI [default: what the file's
    /// judge found holds]
    #[arg(long, value_name = "LLM")]
    pub judge_llm: Option<String>,
    /// Print one line of JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// Grades each file anew and writes it; exit 3 when a conversation has no new reward, 1 when a file could
/// not be used.
pub async fn evaluate(asked: &EvaluateOptions, places: &Places) -> Result<ExitCode, CliError> {
    let library = library(places);
    let domain = asked.domain.as_deref().map(str::parse).transpose()?;
    let profile = asked.profile.as_deref().map(profile).transpose()?;
    let judge = judge(asked.judge_llm.as_deref(), places).await?;
    let how = Regrade {
        library: &library,
        domain: domain.as_ref(),
        profile,
        fresh_tasks: asked.fresh_tasks,
        judge: judge.as_deref(),
    };
    let outputs = Outputs::of(&asked.files, asked.output_dir.as_deref())?;
    let (mut told, mut worst) = (Vec::new(), 0);
    for (path, output) in asked.files.iter().zip(&outputs.0) {
        let one = match output {
            Ok((file, output)) => regrade(file, output, &how).await,
            Err(error) => Err(error.clone()),
        };
        match one {
            Ok(regrading) => {
                let output = output.as_ref().map(|(_, output)| output.as_path());
                let output = output.unwrap_or(path);
                let missing = regrading.conversations.iter().any(|one| one.after.is_err());
                if missing || !regrading.faults.is_empty() {
                    worst = if worst == 0 { INCOMPLETE } else { worst };
                }
                if asked.json {
                    told.push(as_json(path, output, &regrading));
                } else {
                    print(path, output, &regrading);
                }
            }
            Err(error) => {
                worst = 1;
                error.tell();
                told.push(json!({"file": shown(path), "error": error}));
            }
        }
    }
    if asked.json {
        println!("{}", json!({ "files": told }));
    }
    Ok(ExitCode::from(worst))
}

fn profile(word: &str) -> Result<Profile, CliError> {
    Profile::of(word).ok_or_else(|| {
        let known: Vec<&str> = Profile::ALL.into_iter().map(Profile::word).collect();
        CliError::new("usage", format!("There is no profile {word}."))
            .help(format!("There are: {}.", known.join(", ")))
    })
}

async fn judge(
    asked: Option<&str>,
    places: &Places,
) -> Result<Option<Box<dyn ChatModel>>, CliError> {
    match asked.map(Llm::of) {
        None => Ok(None),
        Some(Llm::Practice) => {
            Err(CliError::new("usage", "The practice models cannot judge. Choose a real model."))
        }
        Some(Llm::Remote { provider, model }) => {
            Ok(Some(Models::open(places)?.connect(&provider, &model).await?))
        }
    }
}

/// The files that could be opened, each with where it goes.
struct Outputs(Vec<Result<(ResultFile, PathBuf), CliError>>);

impl Outputs {
    /// Opens all before anything is written: nothing that was asked for may be overwritten.
    fn of(files: &[PathBuf], folder: Option<&Path>) -> Result<Outputs, CliError> {
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let asked: HashSet<PathBuf> = files.iter().map(|path| absolute(path)).collect();
        let mut taken = HashSet::new();
        let mut outputs = Vec::with_capacity(files.len());
        for path in files {
            let opened = ResultFile::open(path).map(|file| {
                let output = file.updated_path(folder);
                (file, output)
            });
            if let Ok((_, output)) = &opened {
                let output = absolute(output);
                if asked.contains(&output) || !taken.insert(output.clone()) {
                    let message = format!(
                        "{} would be written twice, or over a file that is to be read.",
                        shown(&output)
                    );
                    return Err(CliError::new("usage", message)
                        .help("Give these files one by one, each with another --output-dir."));
                }
            }
            outputs.push(opened.map_err(CliError::from));
        }
        Ok(Outputs(outputs))
    }
}

async fn regrade(
    file: &ResultFile,
    output: &Path,
    how: &Regrade<'_>,
) -> Result<Regrading, CliError> {
    let regrading = file.regrade(how, &CancellationToken::new()).await?;
    file.write_regraded(&regrading, output)?;
    Ok(regrading)
}

impl From<RegradeError> for CliError {
    fn from(error: RegradeError) -> Self {
        let help = match &error {
            RegradeError::NotTau2 { .. } => "Give a result file of tau2.".to_owned(),
            RegradeError::NoDomain { .. } => {
                "Import the release that it was run with, or name the domain with --domain; `tautrait domains` lists what there is.".to_owned()
            }
            RegradeError::Ambiguous { .. } => "Say which with --domain.".to_owned(),
            RegradeError::Library(_) => "`tautrait domains` lists what there is.".to_owned(),
            RegradeError::File(error) => error.help().to_owned(),
        };
        CliError::new(error.code(), error.to_string()).help(help)
    }
}

/// How many conversations came out how.
struct Counts {
    same: usize,
    changed: usize,
    not_graded: usize,
}

impl Counts {
    fn of(regrading: &Regrading) -> Counts {
        let not_graded = regrading.conversations.iter().filter(|one| one.after.is_err()).count();
        let changed = regrading.conversations.iter().filter(|one| one.changed()).count();
        let same = regrading.conversations.len() - changed - not_graded;
        Counts { same, changed, not_graded }
    }
}

/// The mean of the rewards that there are, and how many there are.
fn average(rewards: impl Iterator<Item = Option<f64>>) -> (Option<f64>, usize) {
    let there: Vec<f64> = rewards.flatten().collect();
    let mean = there.iter().sum::<f64>() / there.len() as f64;
    ((!there.is_empty()).then_some(mean), there.len())
}

fn before_and_after(regrading: &Regrading) -> [(Option<f64>, usize); 2] {
    let conversations = || regrading.conversations.iter();
    [average(conversations().map(|one| one.before)), average(conversations().map(Regraded::reward))]
}

fn print(path: &Path, output: &Path, regrading: &Regrading) {
    let tasks = if regrading.fresh_tasks { "the domain's tasks" } else { "the file's tasks" };
    let alone = if regrading.solo { ", the agent alone" } else { "" };
    println!(
        "{}: by the rules of tau2 {}, {tasks}, the data of {}{alone}",
        plain(&shown(path)),
        regrading.profile.word(),
        regrading.domain
    );
    for fault in &regrading.faults {
        eprintln!("{}", plain(&fault.to_string()));
    }
    for note in &regrading.notes {
        eprintln!("{}", plain(note));
    }
    println!("       trial  old  new  task");
    for one in &regrading.conversations {
        let old = one.before.map_or("–".to_owned(), |reward| reward.to_string());
        let (new, rest) = match &one.after {
            Ok(info) if one.changed() => (info.reward.to_string(), ", changed".to_owned()),
            Ok(info) => (info.reward.to_string(), String::new()),
            Err(why) => ("–".to_owned(), format!(", not graded: {}", plain(why))),
        };
        let task = plain(&one.task_id);
        println!("{:5}  {:5}  {old:>3}  {new:>3}  {task}{rest}", one.number, one.trial);
    }
    let Counts { same, changed, not_graded } = Counts::of(regrading);
    println!(
        "{} conversations: {same} with the same reward, {changed} with another, {not_graded} not graded",
        regrading.conversations.len()
    );
    let [before, after] = before_and_after(regrading).map(|(mean, count)| match mean {
        Some(mean) => format!("{mean:.4} over {count}"),
        None => "none".to_owned(),
    });
    println!("Average reward: {before} before, {after} now");
    println!("Updated file: {}", plain(&shown(output)));
}

fn as_json(path: &Path, output: &Path, regrading: &Regrading) -> Value {
    let one = |one: &Regraded| {
        json!({
            "number": one.number, "id": one.id, "task_id": one.task_id, "trial": one.trial,
            "reward_before": one.before, "reward": one.reward(), "changed": one.changed(),
            "not_graded": one.after.as_ref().err(),
        })
    };
    let simulations: Vec<Value> = regrading.conversations.iter().map(one).collect();
    let problems: Vec<String> = regrading.faults.iter().map(ToString::to_string).collect();
    let Counts { same, changed, not_graded } = Counts::of(regrading);
    let [(before, _), (after, _)] = before_and_after(regrading);
    json!({
        "file": shown(path), "updated_file": shown(output),
        "profile": regrading.profile.word(), "domain": regrading.domain, "solo": regrading.solo,
        "fresh_tasks": regrading.fresh_tasks, "simulations": simulations,
        "same": same, "changed": changed, "not_graded": not_graded,
        "average_reward_before": before, "average_reward": after,
        "notes": regrading.notes, "problems": problems,
    })
}
