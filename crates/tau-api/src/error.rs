//! The one error shape that a host shows.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of problem, for programs; people read `message`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The request does not fit the command.
    BadRequest,
    /// The thing asked for does not exist (any more).
    NotFound,
    /// The thing cannot be done in the present state, for instance deleting a run that is going on.
    Conflict,
    /// The data folder is used by another program.
    InUse,
    /// The operating system has no password store, or it is locked.
    Keychain,
    /// A key is needed and none is stored.
    KeyMissing,
    /// The model's provider did not answer as it should.
    Provider,
    /// Reading or writing files or the database failed.
    Storage,
    /// The person cancelled a dialog.
    Cancelled,
    /// A fault in this product.
    Internal,
}

/// A failure as it crosses the boundary to a host.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// What kind of problem.
    pub code: ErrorCode,
    /// What happened and what to do next, for a person.
    pub message: String,
    /// Technical particulars, for a bug report; may be empty.
    pub detail: String,
    /// Whether the same request may succeed later.
    pub retryable: bool,
    /// Where in the help this is explained; may be empty.
    pub help: String,
}

impl ApiError {
    /// An error with a message for a person.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        ApiError {
            code,
            message: message.into(),
            detail: String::new(),
            retryable: false,
            help: String::new(),
        }
    }

    /// Adds technical particulars.
    pub fn detail(mut self, detail: impl std::fmt::Display) -> Self {
        self.detail = detail.to_string();
        self
    }

    /// Says that trying again may help.
    pub fn retryable(mut self) -> Self {
        self.retryable = true;
        self
    }
}

impl From<tau_runs::PlayFailure> for ApiError {
    fn from(failure: tau_runs::PlayFailure) -> Self {
        use tau_llm::ModelErrorKind as Model;
        use tau_runs::FailureKind as Kind;
        let code = match failure.kind {
            Kind::Model(Model::BadKey) => ErrorCode::KeyMissing,
            Kind::Model(_) | Kind::Useless | Kind::BrokeOff => ErrorCode::Provider,
            Kind::Setup | Kind::Task => ErrorCode::Conflict,
            Kind::Bug => ErrorCode::Internal,
        };
        let again = matches!(
            failure.kind,
            Kind::Model(Model::Unavailable | Model::Throttled | Model::Timeout)
        );
        let told = ApiError::new(code, failure.message);
        if again { told.retryable() } else { told }
    }
}

impl From<tau_runs::RunsError> for ApiError {
    fn from(error: tau_runs::RunsError) -> Self {
        use tau_runs::RunsError as Runs;
        let (code, retryable) = match &error {
            Runs::InUse { .. } => (ErrorCode::InUse, true),
            Runs::NoSuchRun(_) | Runs::NoSuchEpisode(_) => (ErrorCode::NotFound, false),
            Runs::BadPlan(_) | Runs::NotResults { .. } => (ErrorCode::BadRequest, false),
            Runs::WrongState(_) => (ErrorCode::Conflict, false),
            Runs::NewerDatabase { .. } | Runs::OldSqlite { .. } => (ErrorCode::Storage, false),
            Runs::Database(_) | Runs::File { .. } | Runs::Unreadable(_) => {
                (ErrorCode::Storage, true)
            }
            Runs::Closed => (ErrorCode::Conflict, false),
        };
        let mut told = ApiError::new(code, error.to_string());
        told.help = error.help().to_owned();
        told.retryable = retryable;
        told
    }
}
