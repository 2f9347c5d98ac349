//! What an import found of a domain of tau2.

use std::fmt;

use serde::Serialize;
use tau_domain::DomainId;
use tau_toolkits::{Definition, Toolkit};

use super::tau2::ReadTau2;

/// One domain of tau2 in a release.
#[derive(Clone, Debug, Serialize)]
pub struct FoundDefinition {
    /// Its name.
    pub name: String,
    /// Which upstream is followed, told from the shape of the release.
    pub profile: String,
    /// The agent's tools in the order in which its model is told of them.
    pub agent_tools: Vec<String>,
    /// The customer's tools; none where the customer has no toolkit.
    pub user_tools: Option<Vec<String>>,
    /// Tasks in all.
    pub tasks: usize,
    /// Tasks of each split, in the file's order.
    pub splits: Vec<(String, usize)>,
    /// Actions that the tasks expect.
    pub actions: usize,
    /// Characters of the policy.
    pub policy_chars: usize,
    /// Whether an agent can work alone.
    pub solo: bool,
    /// SHA-256 of the agent's initial data, as upstream hashes it.
    pub agent_hash: String,
    /// The same of the customer's, where there is some.
    pub user_hash: Option<String>,
    /// Texts that are none of the releases that this product was held against: figures under them do not
    /// compare with others.
    pub strange: Vec<String>,
}

/// One imported domain of tau2.
#[derive(Clone, Debug, Serialize)]
pub struct ImportedDefinition {
    /// Its name: `SOURCE:NAME`.
    pub id: DomainId,
    /// SHA-256 of the pack. Two domains of one folder share it.
    pub fingerprint: String,
    /// What is in it.
    #[serde(flatten)]
    pub found: FoundDefinition,
}

impl FoundDefinition {
    /// The domains of a pack.
    pub(super) fn all(pack: &ReadTau2) -> Vec<FoundDefinition> {
        pack.definitions.iter().map(|definition| Self::of(definition, &pack.strange)).collect()
    }

    /// A domain of a pack.
    pub(super) fn of(definition: &Definition, strange: &[String]) -> FoundDefinition {
        let names = |tools: &[tau_domain::ToolSpec]| -> Vec<String> {
            tools.iter().map(|tool| tool.name.clone()).collect()
        };
        FoundDefinition {
            name: definition.id.name().to_owned(),
            profile: definition.profile.word().to_owned(),
            agent_tools: names(&definition.agent_tools),
            user_tools: definition.user_tools.as_deref().map(names),
            tasks: definition.tasks.len(),
            splits: definition.splits.iter().map(|(name, ids)| (name.clone(), ids.len())).collect(),
            actions: definition.tasks.iter().map(|task| task.actions().len()).sum(),
            policy_chars: definition.policy.chars().count(),
            solo: definition.solo_policy.is_some(),
            agent_hash: definition.domain.agent().hash(),
            user_hash: definition.domain.user().map(Toolkit::hash),
            strange: strange.to_vec(),
        }
    }

    /// Its lines in a report.
    pub(super) fn describe(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let splits: Vec<String> =
            self.splits.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let splits =
            if splits.is_empty() { String::new() } else { format!(": {}", splits.join(", ")) };
        writeln!(f, "  tau2    rules of {}", self.profile)?;
        writeln!(f, "  tasks   {}{splits} ({} actions)", self.tasks, self.actions)?;
        writeln!(f, "  state   {}", self.agent_hash)?;
        if let Some(hash) = &self.user_hash {
            writeln!(f, "  device  {hash}")?;
        }
        writeln!(f, "  agent   {} tools: {}", self.agent_tools.len(), self.agent_tools.join(", "))?;
        if let Some(tools) = &self.user_tools {
            writeln!(f, "  user    {} tools: {}", tools.len(), tools.join(", "))?;
        }
        let solo = if self.solo { ", also for an agent alone" } else { "" };
        writeln!(f, "  policy  {} characters{solo}", self.policy_chars)?;
        if !self.strange.is_empty() {
            writeln!(f, "  differs from the known releases: {}", self.strange.join(", "))?;
        }
        Ok(())
    }
}
