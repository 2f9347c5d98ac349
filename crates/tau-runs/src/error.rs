//! What can go wrong with stored runs, in words that help.

use std::path::PathBuf;

/// A failure of the store or a request that does not fit a run's state.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunsError {
    /// Another program holds the data folder.
    #[error("The data folder {} is in use by another Tau-Trait Desktop or tautrait.", path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// The database was written by a newer version.
    #[error(
        "The data folder was last used by a newer version of Tau-Trait Desktop (its database is at version {found}, this one knows {known})."
    )]
    NewerDatabase {
        /// Version found.
        found: i64,
        /// Newest version known here.
        known: i64,
    },
    /// The SQLite that was linked has a fault that can damage the database.
    #[error("SQLite {found} is too old: {needed} or newer is needed.")]
    OldSqlite {
        /// Version linked.
        found: String,
        /// Oldest version that is safe.
        needed: &'static str,
    },
    /// No such run.
    #[error("There is no run {0}.")]
    NoSuchRun(String),
    /// No such conversation.
    #[error("There is no conversation {0}.")]
    NoSuchEpisode(String),
    /// The plan cannot be run.
    #[error("{0}")]
    BadPlan(String),
    /// The request does not fit the run's state.
    #[error("{0}")]
    WrongState(String),
    /// The database refused.
    #[error("The run database reported a problem: {0}")]
    Database(String),
    /// A file could not be read or written.
    #[error("{path}: {reason}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// A file is no result of a benchmark, or not one that can be opened.
    #[error("{path} cannot be opened as a result: {reason}.", path = path.display())]
    NotResults {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A stored record could not be read.
    #[error("A stored record could not be read: {0}")]
    Unreadable(String),
    /// The store was closed.
    #[error("The run database was closed.")]
    Closed,
}

impl RunsError {
    /// A short stable name, for hosts.
    pub fn code(&self) -> &'static str {
        match self {
            RunsError::InUse { .. } => "in_use",
            RunsError::NewerDatabase { .. } => "newer_database",
            RunsError::OldSqlite { .. } => "old_sqlite",
            RunsError::NoSuchRun(_) => "no_such_run",
            RunsError::NoSuchEpisode(_) => "no_such_conversation",
            RunsError::BadPlan(_) => "bad_plan",
            RunsError::WrongState(_) => "wrong_state",
            RunsError::Database(_) => "database",
            RunsError::File { .. } => "file",
            RunsError::NotResults { .. } => "not_results",
            RunsError::Unreadable(_) => "unreadable",
            RunsError::Closed => "closed",
        }
    }

    /// What a person can do about it; empty when the message says it all.
    pub fn help(&self) -> &'static str {
        match self {
            RunsError::InUse { .. } => {
                "Close the other one, or give this one a data folder of its own."
            }
            RunsError::NewerDatabase { .. } => "Install the newer version; nothing was changed.",
            RunsError::NotResults { .. } => {
                "Choose a result file of tau-bench, tau-trait or tau2, or the folder of a tau2 result."
            }
            RunsError::Database(_) => {
                "Check that the disk has room and that the data folder can be written."
            }
            _ => "",
        }
    }
}

impl From<sqlx::Error> for RunsError {
    fn from(error: sqlx::Error) -> Self {
        RunsError::Database(error.to_string())
    }
}
