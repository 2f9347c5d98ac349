//! Errors as a person, or a script, reads them.

use std::process::ExitCode;

use serde::Serialize;
use serde_json::json;

use crate::text::plain_lines;

/// What went wrong: a stable code, what happened, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CliError {
    /// A short stable name.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do; empty when the message says it all.
    pub help: String,
}

impl CliError {
    /// An error that says all in its message.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        CliError { code: code.to_owned(), message: message.into(), help: String::new() }
    }

    /// The same with what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Prints it: plainly on the error stream, and as one line on the output where JSON was asked for.
    pub fn report(&self, as_json: bool) -> ExitCode {
        if as_json {
            println!("{}", json!({ "error": self }));
        }
        self.tell();
        ExitCode::FAILURE
    }

    /// Prints it plainly on the error stream. Names of files and texts in them are somebody else's.
    pub fn tell(&self) {
        eprintln!("error: {}", plain_lines(&self.message));
        if !self.help.is_empty() {
            eprintln!("  {}", plain_lines(&self.help));
        }
    }
}

impl From<tau_runs::RunsError> for CliError {
    fn from(error: tau_runs::RunsError) -> Self {
        CliError::new(error.code(), error.to_string()).help(error.help())
    }
}

impl From<tau_api::ApiError> for CliError {
    fn from(error: tau_api::ApiError) -> Self {
        let code = serde_json::to_value(error.code).ok();
        let code = code.as_ref().and_then(|code| code.as_str()).unwrap_or("internal");
        CliError::new(code, error.message).help(error.detail)
    }
}

impl From<tau_packs::LibraryError> for CliError {
    fn from(error: tau_packs::LibraryError) -> Self {
        CliError::new("domain", error.to_string()).help("`tautrait domains` lists what there is.")
    }
}

impl From<tau_domain::DomainIdError> for CliError {
    fn from(error: tau_domain::DomainIdError) -> Self {
        CliError::new("domain", error.to_string()).help("`tautrait domains` lists what there is.")
    }
}
