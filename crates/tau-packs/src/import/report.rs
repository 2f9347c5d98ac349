//! What an import found.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use tau_domain::{DomainId, Split};

use crate::error::Fault;

/// What an import found, and what it could not use.
#[derive(Clone, Debug, Serialize)]
pub struct ImportReport {
    /// The name given to the source.
    pub source: String,
    /// The release's own name, where it has one.
    pub package: String,
    /// The release's version.
    pub version: String,
    /// The domains, by name.
    pub domains: Vec<ImportedDomain>,
    /// Each thing that could not be used, with file, line and reason.
    pub unused: Vec<Fault>,
}

/// One imported domain.
#[derive(Clone, Debug, Serialize)]
pub struct ImportedDomain {
    /// Its name: `SOURCE:NAME`.
    pub id: DomainId,
    /// Records of each table, in the data's order.
    pub tables: Vec<(String, usize)>,
    /// Names of the tools in the order in which the model is told of them.
    pub tools: Vec<String>,
    /// Tools that end the conversation.
    pub terminate_tools: Vec<String>,
    /// Tasks of each split.
    pub tasks: BTreeMap<Split, usize>,
    /// Gold actions of all tasks.
    pub actions: usize,
    /// Values of tasks that were worked out by running their helper functions over the data.
    pub computed_values: usize,
    /// Rules.
    pub rules: usize,
    /// Characters of the policy.
    pub policy_chars: usize,
    /// SHA-256 of the pack.
    pub fingerprint: String,
}

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {} as {}", self.package, self.version, self.source)?;
        for domain in &self.domains {
            writeln!(f, "\n{}", domain.id)?;
            let tasks: Vec<String> = domain
                .tasks
                .iter()
                .map(|(split, count)| format!("{} {count}", split.name()))
                .collect();
            write!(f, "  tasks   {} ({} actions", tasks.join(", "), domain.actions)?;
            match domain.computed_values {
                0 => writeln!(f, ")")?,
                n => writeln!(f, "; {n} values worked out from the data)")?,
            }
            let tables: Vec<String> =
                domain.tables.iter().map(|(name, count)| format!("{name} {count}")).collect();
            writeln!(f, "  data    {}", tables.join(", "))?;
            writeln!(f, "  tools   {}: {}", domain.tools.len(), domain.tools.join(", "))?;
            if !domain.terminate_tools.is_empty() {
                writeln!(f, "  ends    {}", domain.terminate_tools.join(", "))?;
            }
            writeln!(f, "  policy  {} characters, {} rules", domain.policy_chars, domain.rules)?;
        }
        if self.unused.is_empty() {
            return writeln!(f, "\neverything was used");
        }
        writeln!(f, "\nnot used:")?;
        self.unused.iter().try_for_each(|fault| writeln!(f, "  {fault}"))
    }
}
