//! `view`: result files for a person: their figures, their conversations, one of them in full, and notes
//! about it. Everything can be typed or piped; `--json` is for scripts.

mod detail;
mod figures;
mod files;
mod list;
mod notes;

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use tau_runs::{Recorded, ResultFile};

use crate::error::CliError;
use crate::options::shown;
use crate::text::{plain, plain_lines};
use files::Listed;
use list::{Row, Shown};

pub use figures::pass_hat_k;

const HELP: &str = "\
NUMBER     a conversation, or in the menu a file
:l         the list of conversations
:m         the figures of the file
:t         the task of the conversation that was shown last
:n NOTE    keep a note about the conversation that was shown last
:b         back to the files
:h         this
:q         quit";

/// `view`. Names as of tau2's `view`.
#[derive(Debug, Args)]
pub struct ViewOptions {
    /// A result file of tau2, tau-bench or tau-trait, or the folder of a result of tau2 [default: a menu]
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Only conversations that failed
    #[arg(long)]
    pub only_show_failed: bool,
    /// Only conversations about tasks that failed each time
    #[arg(long)]
    pub only_show_all_failed: bool,
    /// One conversation in full, by its number in the list
    #[arg(long, value_name = "NUMBER", requires = "file")]
    pub simulation: Option<usize>,
    /// Folder of the files in the menu
    #[arg(long, value_name = "DIR", default_value = "results")]
    pub log_dir: PathBuf,
    /// The file of notes [default: simulation_notes.csv beside the result]
    #[arg(long, value_name = "FILE")]
    pub notes: Option<PathBuf>,
    /// Print one line of JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// Shows what was asked for, then what is typed, until there are no more lines.
pub fn view(asked: &ViewOptions) -> Result<ExitCode, CliError> {
    let opened = match &asked.file {
        Some(path) => Some(Opened::open(&files::find(path, &asked.log_dir))?),
        None => None,
    };
    if asked.json || asked.simulation.is_some() {
        return told_once(asked, opened.as_ref());
    }
    let mut screen = Screen { asked, menu: Vec::new(), opened: None, last: None };
    match opened {
        Some(opened) => screen.show(opened),
        None => screen.files()?,
    }
    screen.follow()
}

/// What a script asks for.
fn told_once(asked: &ViewOptions, opened: Option<&Opened>) -> Result<ExitCode, CliError> {
    let told = match (opened, asked.simulation) {
        (None, _) => files::told(&asked.log_dir)?,
        (Some(opened), None) => opened.told(asked.into()),
        (Some(opened), Some(number)) => {
            let (row, recorded) = opened.conversation(number)?;
            if !asked.json {
                tell(&detail::conversation(row, &recorded));
                return Ok(ExitCode::SUCCESS);
            }
            json!({"file": shown(&opened.path), "simulation": detail::told(row, &recorded)})
        }
    };
    println!("{told}");
    Ok(ExitCode::SUCCESS)
}

/// Prints texts from files.
fn tell(text: &str) {
    println!("{}", plain_lines(text));
}

impl From<&ViewOptions> for Shown {
    fn from(asked: &ViewOptions) -> Shown {
        Shown { failed: asked.only_show_failed, all_failed: asked.only_show_all_failed }
    }
}

/// A result file that is looked at.
struct Opened {
    path: PathBuf,
    file: ResultFile,
    /// All its conversations by task and trial.
    rows: Vec<Row>,
    /// What of it cannot be used.
    problems: Vec<String>,
}

impl Opened {
    fn open(path: &Path) -> Result<Opened, CliError> {
        let file = ResultFile::open(path)?;
        let mut problems: Vec<String> = file.faults().iter().map(ToString::to_string).collect();
        let mut rows = Vec::with_capacity(file.len());
        for each in file.conversations() {
            match each {
                Ok(recorded) => rows.push(Row::of(&recorded)),
                Err(fault) => problems.push(fault.to_string()),
            }
        }
        list::sort(&mut rows);
        Ok(Opened { path: path.to_owned(), file, rows, problems })
    }

    /// A conversation by its number in the list.
    fn conversation(&self, number: usize) -> Result<(&Row, Recorded), CliError> {
        let none = || {
            let message = format!("There is no conversation {number}.");
            CliError::new("usage", message)
                .help(format!("They are numbered from 1 to {}.", self.rows.len()))
        };
        let row = number.checked_sub(1).and_then(|at| self.rows.get(at)).ok_or_else(none)?;
        let recorded = self.file.conversations().nth(row.entry as usize - 1);
        // It was readable a moment ago.
        recorded.and_then(Result::ok).map(|recorded| (row, recorded)).ok_or_else(none)
    }

    fn figures(&self) -> String {
        format!("{}\n{}", self.heading(), figures::Figures::of(&self.rows))
    }

    /// What the file is, in two lines.
    fn heading(&self) -> String {
        let header = self.file.header();
        let version = match self.file.version() {
            "" => String::new(),
            version => format!(" {version}"),
        };
        let side = |what: &str, model: &str| match (what, model) {
            ("", "") => "not said".to_owned(),
            (what, "") => what.to_owned(),
            ("", model) => model.to_owned(),
            (what, model) => format!("{what} ({model})"),
        };
        let domain = if header.domain.is_empty() { "not said" } else { &header.domain };
        plain(&format!("{}: results of {}{version}", self.file.name(), self.file.format().name()))
            + "\n"
            + &plain(&format!(
                "Domain: {domain}; agent: {}; customer: {}",
                side(&header.agent_strategy, &header.model),
                side(&header.user_strategy, &header.user_model)
            ))
    }

    fn told(&self, which: Shown) -> serde_json::Value {
        let header = self.file.header();
        json!({
            "file": shown(&self.path), "format": self.file.format().name(),
            "version": self.file.version(), "domain": header.domain,
            "agent": header.agent_strategy, "agent_llm": header.model,
            "user": header.user_strategy, "user_llm": header.user_model,
            "metrics": figures::Figures::of(&self.rows),
            "simulations": list::chosen(&self.rows, which).collect::<Vec<_>>(),
            "problems": self.problems,
        })
    }
}

/// What is in front of a person.
struct Screen<'a> {
    asked: &'a ViewOptions,
    /// The files that can be chosen; empty until they are listed.
    menu: Vec<Listed>,
    opened: Option<Opened>,
    /// The conversation that was shown last.
    last: Option<usize>,
}

impl Screen<'_> {
    /// Does what is typed, line by line.
    fn follow(mut self) -> Result<ExitCode, CliError> {
        let seen = std::io::stdin().is_terminal();
        if seen {
            println!(":h lists what can be typed.");
        }
        let mut typed = std::io::stdin().lock();
        loop {
            if seen {
                print!("> ");
                let _ = std::io::stdout().flush();
            }
            let mut line = Vec::new();
            let read = typed.read_until(b'\n', &mut line);
            if read.map_err(|error| CliError::new("file", format!("input: {error}")))? == 0 {
                return Ok(ExitCode::SUCCESS);
            }
            let line = String::from_utf8_lossy(&line);
            if matches!(line.trim(), ":q" | ":quit") {
                return Ok(ExitCode::SUCCESS);
            }
            // A slip of the finger ends nothing.
            if let Err(error) = self.answer(line.trim()) {
                tell(format!("{} {}", error.message, error.help).trim_end());
            }
        }
    }

    fn answer(&mut self, line: &str) -> Result<(), CliError> {
        let (command, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match (command, &self.opened) {
            ("", _) => {}
            (":h" | ":help", _) => println!("{HELP}"),
            (":b", _) => self.files()?,
            (":l" | ":m" | ":t" | ":n", None) => {
                return Err(CliError::new("usage", "Choose a file first, by its number."));
            }
            (":l", Some(opened)) => tell(&list::table(&opened.rows, self.asked.into())),
            (":m", Some(opened)) => tell(&opened.figures()),
            (":t", Some(opened)) => {
                let (_, recorded) = opened.conversation(self.last()?)?;
                tell(&detail::task(&recorded));
            }
            (":n", Some(opened)) => {
                let number = self.last()?;
                let (row, _) = opened.conversation(number)?;
                let path = notes::path(self.asked.notes.as_deref(), &opened.path);
                notes::add(&path, &opened.path, number, row, rest)?;
                tell(&format!("Noted in {}.", plain(&shown(&path))));
            }
            (number, opened) => {
                let unknown = || {
                    let message =
                        format!("There is no {}; :h lists what can be typed.", plain(line));
                    CliError::new("usage", message)
                };
                let number: usize =
                    number.parse().ok().filter(|_| rest.is_empty()).ok_or_else(unknown)?;
                match opened {
                    Some(opened) => {
                        let (row, recorded) = opened.conversation(number)?;
                        tell(&detail::conversation(row, &recorded));
                        self.last = Some(number);
                    }
                    None => {
                        let at = number.checked_sub(1);
                        let listed = at.and_then(|at| self.menu.get(at)).ok_or_else(|| {
                            let most = self.menu.len();
                            CliError::new(
                                "usage",
                                format!("The files are numbered from 1 to {most}."),
                            )
                        })?;
                        self.show(Opened::open(&listed.path)?);
                    }
                }
            }
        }
        Ok(())
    }

    fn last(&self) -> Result<usize, CliError> {
        self.last.ok_or_else(|| {
            CliError::new("usage", "Which conversation? Show one first, by its number.")
        })
    }

    /// The menu of files.
    fn files(&mut self) -> Result<(), CliError> {
        let menu = files::list(&self.asked.log_dir)?;
        tell(&files::menu(&menu, &self.asked.log_dir));
        (self.menu, self.opened, self.last) = (menu, None, None);
        Ok(())
    }

    /// A file's figures and its conversations.
    fn show(&mut self, opened: Opened) {
        for problem in &opened.problems {
            eprintln!("{}", plain(problem));
        }
        tell(&opened.figures());
        tell(&list::table(&opened.rows, self.asked.into()));
        (self.opened, self.last) = (Some(opened), None);
    }
}
