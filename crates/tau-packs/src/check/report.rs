//! What a check found.

use std::fmt;

use serde::Serialize;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The pack can be used.
    Warning,
    /// The pack must be changed.
    Error,
}

/// One thing that is wrong, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The file, relative to the pack.
    pub file: String,
    /// The line, from 1, where it is known.
    pub line: Option<u32>,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        match self.line {
            Some(line) => write!(f, "{}:{line}: {severity}: {}", self.file, self.message),
            None => write!(f, "{}: {severity}: {}", self.file, self.message),
        }
    }
}

/// Counts of what was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PackFacts {
    /// Tables of the data.
    pub tables: usize,
    /// Records of all tables.
    pub records: usize,
    /// Tools.
    pub tools: usize,
    /// Tools that changed the data in at least one gold replay.
    pub write_tools: usize,
    /// Rules of the policy.
    pub rules: usize,
    /// Tasks of all splits.
    pub tasks: usize,
    /// Actions of all gold solutions.
    pub actions: usize,
    /// Malformed calls that were tried.
    pub odd_calls: usize,
    /// State hash of the untouched data.
    pub initial_hash: String,
}

/// What a check found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CheckReport {
    /// The pack's id, or its folder where it could not be opened.
    pub pack: String,
    /// What is wrong, by file and line.
    pub problems: Vec<Problem>,
    /// What was looked at.
    pub facts: PackFacts,
}

impl CheckReport {
    /// Whether the pack can stay as it is (warnings do not count).
    pub fn passed(&self) -> bool {
        self.errors() == 0
    }

    /// Problems that must be mended.
    pub fn errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    pub(crate) fn add(
        &mut self,
        severity: Severity,
        file: impl Into<String>,
        line: Option<u32>,
        message: impl Into<String>,
    ) {
        let problem = Problem { file: file.into(), line, severity, message: message.into() };
        // One mistake in the data can show in many tasks; saying it once is enough.
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    pub(crate) fn sort(&mut self) {
        self.problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    }
}

impl fmt::Display for CheckReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            writeln!(f, "{problem}")?;
        }
        let facts = &self.facts;
        writeln!(
            f,
            "{}: {} tables with {} records, {} tools ({} write), {} rules, {} tasks with {} actions, \
             {} odd calls tried",
            self.pack,
            facts.tables,
            facts.records,
            facts.tools,
            facts.write_tools,
            facts.rules,
            facts.tasks,
            facts.actions,
            facts.odd_calls,
        )?;
        let warnings = self.problems.len() - self.errors();
        write!(f, "{} errors, {warnings} warnings", self.errors())
    }
}
