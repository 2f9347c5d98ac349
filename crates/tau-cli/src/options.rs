//! What can be asked for. The options of `run` have the names and defaults of the package tau-trait
//! (its README and `types.py`, `RunConfig`).

use std::path::{Path, PathBuf};

use clap::builder::ArgPredicate;
use clap::{Args, Parser, Subcommand};
use tau_api::{Places, places};

use crate::charts::{ChartOptions, ChartsOptions};
use crate::check_data::CheckDataOptions;
use crate::domain::{DomainFormat, DomainOptions};
use crate::env::EnvOptions;
use crate::evaluate::EvaluateOptions;
use crate::import::ImportOptions;
use crate::mcp::McpOptions;
use crate::models::ModelsOptions;
use crate::run::{CacheOption, Tau2Options};
use crate::traits::TraitsOptions;
use crate::view::ViewOptions;
use crate::voices::{CalibrateOptions, SayOptions};

/// Evaluate customer-service agents against simulated customers with difficult traits.
#[derive(Debug, Parser)]
#[command(name = "tautrait", version)]
pub struct Options {
    /// Folder of runs and imported domains [default: the app's own; also TAUTRAIT_DATA_DIR]
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

impl Options {
    /// Where things are.
    pub fn places(&self) -> Places {
        let data = self.data_dir.clone().unwrap_or_else(places::data_dir);
        Places { shipped: places::shipped(None), data }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run tasks and write a result file in the format of tau-trait
    Run(Box<RunOptions>),
    /// Import the domains of a release of tau-bench or tau-trait, or of a fork of one
    Import(ImportOptions),
    /// List the domains
    Domains(DomainsOptions),
    /// Show a domain: policy, tools with their arguments and types, tasks
    Domain(DomainOptions),
    /// Call the tools of a domain by hand and see what each call changes
    Env(EnvOptions),
    /// Say where the data is and whether every domain in it can be used; exit 1 when not
    CheckData(CheckDataOptions),
    /// Work on domain packs
    Pack {
        /// What to do with it.
        #[command(subcommand)]
        command: PackCommand,
    },
    /// Run recorded calls again and compare what comes out
    Replay(ReplayOptions),
    /// Look at result files: figures, conversations, one in full, notes
    View(ViewOptions),
    /// Compute the rewards of recorded conversations of tau2 anew; exit 3 when some cannot be graded
    EvaluateTrajs(EvaluateOptions),
    /// Offer a task to an agent from outside over the Model Context Protocol, and grade it
    Mcp(Box<McpOptions>),
    /// Run the sample evaluation with the practice models and write a report
    Sample(SampleOptions),
    /// Put runs and result files side by side: the drop per trait, or pass^k
    Table(TableOptions),
    /// List the charts of a run, or of several side by side
    Charts(ChartsOptions),
    /// Write one chart as a picture or as its data
    Chart(ChartOptions),
    /// Say whose fault the failures of a result file are, in upstream's file format
    Diagnose(DiagnoseOptions),
    /// Say whether a run's customers showed the traits that they were asked for; exit 4 when not
    Fidelity(FidelityOptions),
    /// List, show, add or remove traits of customers
    Traits(TraitsOptions),
    /// List, fetch, add or remove open-weight models on this computer
    Models(ModelsOptions),
    /// Measure what the levels of traits do in a voice
    Calibrate(CalibrateOptions),
    /// Have a voice say one message
    Say(SayOptions),
}

impl Command {
    /// Whether the answer is wanted as JSON.
    pub fn json(&self) -> bool {
        match self {
            Command::Run(asked) => asked.json,
            Command::Import(asked) => asked.json,
            Command::Domains(asked) => asked.json,
            Command::Domain(asked) => asked.format == DomainFormat::Json,
            Command::Env(_) => false,
            Command::CheckData(asked) => asked.json,
            Command::Pack { command: PackCommand::Check(asked) } => asked.json,
            Command::Replay(asked) => asked.json,
            Command::View(asked) => asked.json,
            Command::EvaluateTrajs(asked) => asked.json,
            // What it prints is the protocol's.
            Command::Mcp(_) => false,
            Command::Sample(asked) => asked.json,
            Command::Table(asked) => asked.format == TableFormatOption::Json,
            Command::Charts(asked) => asked.json(),
            Command::Chart(asked) => asked.json(),
            Command::Diagnose(asked) => asked.json,
            Command::Fidelity(asked) => asked.json,
            Command::Traits(asked) => asked.json,
            Command::Models(asked) => asked.json,
            Command::Calibrate(asked) => asked.json,
            Command::Say(asked) => asked.json,
        }
    }
}

/// Work on domain packs.
#[derive(Debug, Subcommand)]
pub enum PackCommand {
    /// Check a pack: schema, keys, tools, gold actions; exit 1 when something must be changed
    Check(CheckOptions),
}

/// `run`.
#[derive(Clone, Debug, Args)]
pub struct RunOptions {
    /// Domain of tau-bench: a shipped pack (`retail`) or an imported one (`SOURCE:NAME`)
    #[arg(long, default_value = "retail")]
    pub env: String,
    /// Model of the agent
    #[arg(long, default_value = "")]
    pub model: String,
    /// Provider of the agent's model: `openai`, `practice`, a connection of the app, or any NAME with
    /// an address in NAME_BASE_URL
    #[arg(long, default_value = "")]
    pub model_provider: String,
    /// Model of the simulated customer
    #[arg(long, default_value = "gpt-4o")]
    pub user_model: String,
    /// Provider of the customer's model; `steer` for the steer protocol at --endpoint, `collinear` for
    /// its public service [default: the agent's]
    #[arg(long, default_value = "")]
    pub user_model_provider: String,
    /// Who plays the customer: `llm`, `react`, `verify`, `reflection`, `trait-mix` (the steer
    /// protocol), `local` (a model of this computer; --user-model is its file name), `human` (you,
    /// here in the terminal) or `practice`
    #[arg(long, default_value = "llm")]
    pub user_strategy: String,
    /// How the agent's model is used: `tool-calling`, `act`, `react` or `few-shot`
    #[arg(long, default_value = "tool-calling")]
    pub agent_strategy: String,
    /// Sampling temperature of the agent
    #[arg(long, default_value_t = 0.0)]
    pub temperature: f64,
    /// Which tasks: `test`, `train` or `dev`
    #[arg(long, default_value = "test")]
    pub task_split: String,
    /// Index of the first task
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    pub start_index: i64,
    /// Index after the last task; -1 for all that remain
    #[arg(long, default_value_t = -1, allow_negative_numbers = true)]
    pub end_index: i64,
    /// Only these tasks, by index or id; overrides the indices
    #[arg(long, num_args = 1.., value_delimiter = ',')]
    pub task_ids: Vec<String>,
    /// Repetitions of each task
    #[arg(long, default_value_t = 1)]
    pub num_trials: u32,
    /// Makes order and practice models repeatable; with --domain 300
    #[arg(long, default_value_t = 10, default_value_if("domain", ArgPredicate::IsPresent, "300"))]
    pub seed: u64,
    /// 1 to play the tasks in shuffled order
    #[arg(long, default_value_t = 0)]
    pub shuffle: u8,
    /// Conversations at the same time; with --domain 3
    #[arg(long, default_value_t = 1, default_value_if("domain", ArgPredicate::IsPresent, "3"))]
    pub max_concurrency: u32,
    /// Folder of the result file
    #[arg(long, default_value = "results")]
    pub log_dir: PathBuf,
    /// The result file itself, instead of a name in the log folder
    #[arg(long)]
    pub result_fp: Option<PathBuf>,
    /// The customer's traits: as JSON with levels 0 to 4, {"impatience": 3, "confusion": 0}, or with
    /// the steer service's words, {"impatience": "high"}; or the path of a file as tau-trait has them,
    /// whose numbers are the service's own, 0 to 2
    #[arg(long)]
    pub trait_dict: Option<String>,
    /// Address of the steer service: its base address, which is asked in batches, or the address of the
    /// call itself, ending in /steer_bare or /steer_batch
    #[arg(long)]
    pub endpoint: Option<String>,
    /// Example conversations for the strategy few-shot, one JSON object with `messages_display` a
    /// line [default: those that come with the domain]
    #[arg(long)]
    pub few_shot_displays_path: Option<PathBuf>,
    /// Carry out all tool calls of a message; upstream keeps the first
    #[arg(long)]
    pub parallel_tool_calls: bool,
    /// Read tool calls that a model writes as text
    #[arg(long)]
    pub text_tool_calls: bool,
    /// Prompts in the words of an imported source, for figures that compare with published ones
    #[arg(long, value_name = "SOURCE")]
    pub wording: Option<String>,
    /// What is said of a run over a domain of tau2.
    #[command(flatten)]
    pub tau2: Tau2Options,
    /// Take replies to exactly the same question from earlier runs instead of asking again, from a file in
    /// the data folder or from a Redis server at redis://HOST[:PORT][/DATABASE] (one with a password
    /// belongs in TAUTRAIT_REPLY_CACHE). Such a run is no new evidence, and says so
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, default_missing_value = "")]
    pub reply_cache: Option<CacheOption>,
    /// Pause when the replies have cost this much in US dollars
    #[arg(long, value_name = "USD")]
    pub spend_cap: Option<f64>,
    /// Go on with a run that was paused, by its id
    #[arg(long, value_name = "RUN")]
    pub resume: Option<String>,
    /// Print one line of JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// `domains`.
#[derive(Debug, Args)]
pub struct DomainsOptions {
    /// Print one line of JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// `pack check`.
#[derive(Debug, Args)]
pub struct CheckOptions {
    /// The pack's folder
    pub dir: PathBuf,
    /// Print one line of JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// `replay`.
#[derive(Debug, Args)]
pub struct ReplayOptions {
    /// The domain in which to replay; for recordings of tau2 also the name of an imported release
    #[arg(long)]
    pub domain: String,
    /// Recorded answers to single calls (JSON lines, may be gzipped); for tau2 any recording, or a folder of
    /// them, named after release and domain: `head_retail_walks.jsonl.gz`
    #[arg(long, required_unless_present = "trajectories", conflicts_with = "trajectories")]
    pub facts: Option<PathBuf>,
    /// Recorded conversations (a result file of tau-trait, may be gzipped)
    #[arg(long)]
    pub trajectories: Option<PathBuf>,
    /// Rules of another release of tau2 than the domain's own, for its recordings: v0.1.2, v0.2 or v1.0
    #[arg(long, requires = "facts")]
    pub profile: Option<String>,
    /// Print one line of JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// `table`.
#[derive(Debug, Args)]
pub struct TableOptions {
    /// Runs of the data folder by id or name, or result files of tau-bench, tau-trait or tau2
    #[arg(required = true, value_name = "RUN")]
    pub runs: Vec<String>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = TableFormatOption::Text)]
    pub format: TableFormatOption,
    /// The pass^k board instead of the table of traits
    #[arg(long)]
    pub board: bool,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum TableFormatOption {
    /// Columns for a terminal
    Text,
    /// A Markdown table
    Markdown,
    /// Comma-separated values
    Csv,
    /// The figures as JSON
    Json,
}

/// `fidelity`.
#[derive(Debug, Args)]
pub struct FidelityOptions {
    /// A run of the data folder by id or name, or a result file, which is then kept there
    #[arg(value_name = "RUN")]
    pub run: String,
    /// Connection of a model that reads messages too, blind to what was asked for [default: none]
    #[arg(long, value_name = "ENDPOINT", requires = "judge_model")]
    pub judge: Option<String>,
    /// The judging model
    #[arg(long, value_name = "MODEL")]
    pub judge_model: Option<String>,
    /// Most conversations that the judging model reads
    #[arg(long, default_value_t = 100)]
    pub most: u32,
    /// Questions at the same time
    #[arg(long, default_value_t = 4)]
    pub max_concurrency: u32,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `sample`.
#[derive(Debug, Args)]
pub struct SampleOptions {
    /// Folder of the reports
    #[arg(long, default_value = "sample")]
    pub out: PathBuf,
    /// Domain of the sample [default: all shipped ones]
    #[arg(long)]
    pub domain: Option<String>,
    /// Print one line of JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// `diagnose`. Names as of upstream's `auto_error_identification.py`.
#[derive(Debug, Args)]
pub struct DiagnoseOptions {
    /// The result file, of tau-trait, tau-bench or tau2
    #[arg(long, value_name = "FILE")]
    pub results_path: PathBuf,
    /// Where to write the diagnosis
    #[arg(long, value_name = "FILE")]
    pub output_path: PathBuf,
    /// Most failures to look at, from the first
    #[arg(long, short = 'n', value_name = "N")]
    pub max_num_failed_results: Option<usize>,
    /// Domain [default: the one that has the file's tasks]
    #[arg(long)]
    pub env: Option<String>,
    /// Provider of the judging model [default: no model, rules alone]
    #[arg(long, alias = "platform")]
    pub model_provider: Option<String>,
    /// The judging model
    #[arg(long)]
    pub model: Option<String>,
    /// Address of the judging model, when it is not the provider's usual one
    #[arg(long)]
    pub base_url: Option<String>,
    /// Questions at the same time
    #[arg(long, default_value_t = 1)]
    pub max_concurrency: usize,
    /// Ask no model: compare with the gold solution by rules
    #[arg(long)]
    pub rules_only: bool,
    /// Print one line of JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// A path as it is printed.
pub fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_options_are_sound() {
        Options::command().debug_assert();
    }

    #[test]
    fn the_defaults_of_run_are_those_of_tau_trait() {
        let Ok(Options { command: Command::Run(run), .. }) =
            Options::try_parse_from(["tautrait", "run"])
        else {
            panic!("`run` alone is understood");
        };
        assert_eq!((run.env.as_str(), run.task_split.as_str()), ("retail", "test"));
        assert_eq!((run.user_model.as_str(), run.user_strategy.as_str()), ("gpt-4o", "llm"));
        assert_eq!((run.start_index, run.end_index, run.num_trials), (0, -1, 1));
        assert_eq!((run.seed, run.shuffle, run.max_concurrency), (10, 0, 1));
        assert_eq!((run.log_dir, run.temperature), (PathBuf::from("results"), 0.0));
    }

    #[test]
    fn with_a_domain_of_tau2_the_defaults_are_tau2s() {
        let run = |words: &[&str]| {
            let line = ["tautrait", "run"].into_iter().chain(words.iter().copied());
            Options::try_parse_from(line)
        };
        let Ok(Options { command: Command::Run(asked), .. }) = run(&["--domain", "mobile"]) else {
            panic!("it is understood");
        };
        assert_eq!((asked.seed, asked.max_concurrency, asked.num_trials), (300, 3, 1));
        assert_eq!((asked.tau2.max_steps, asked.tau2.max_errors), (200, 10));
        assert_eq!(asked.tau2.agent, "llm_agent");
        assert!(run(&["--domain", "mobile", "--env", "retail"]).is_err());
        assert!(run(&["--max-steps", "5"]).is_err(), "it is an option of tau2's");
    }

    #[test]
    fn task_ids_are_given_with_spaces_or_commas() {
        for words in [&["--task-ids", "4", "7"][..], &["--task-ids", "4,7"]] {
            let line = ["tautrait", "run"].into_iter().chain(words.iter().copied());
            let Ok(Options { command: Command::Run(run), .. }) = Options::try_parse_from(line)
            else {
                panic!("{words:?} is understood");
            };
            assert_eq!(run.task_ids, ["4", "7"]);
        }
    }
}
