//! Why a pack could not be opened.

use std::path::Path;

/// A pack that cannot be opened, with the place.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The file system said no.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: String,
        /// What the system reported.
        source: std::io::Error,
    },
    /// A file does not hold what it should.
    #[error("{file}{}: {message}", line.map(|line| format!(":{line}")).unwrap_or_default())]
    Invalid {
        /// The file.
        file: String,
        /// The line, from 1, where it is known.
        line: Option<u32>,
        /// What is wrong.
        message: String,
    },
    /// The tool code uses what the language does not have, or is not Python.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Tools(Vec<Fault>),
}

/// One thing that could not be used, with its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The line, from 1, where it is known.
    pub line: Option<u32>,
    /// Why.
    pub reason: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.reason),
            None => write!(f, "{}: {}", self.file, self.reason),
        }
    }
}

impl PackError {
    pub(crate) fn invalid(path: &Path, line: Option<u32>, message: String) -> PackError {
        PackError::Invalid { file: path.display().to_string(), line, message }
    }
}
