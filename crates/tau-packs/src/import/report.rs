//! What an import found.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use tau_domain::{DomainId, Split};

use super::about::About;
use super::domain::ReadDomain;
pub use super::tau2_report::{FoundDefinition, ImportedDefinition};
use crate::error::Fault;

/// What a release holds, found out without keeping anything.
#[derive(Clone, Debug, Serialize)]
pub struct ReleasePreview {
    /// The release's own name, where it has one.
    pub package: String,
    /// The release's version, with the beginning of its commit where that is known.
    pub version: String,
    /// The commit, where the archive or the checkout tells.
    pub commit: Option<String>,
    /// SHA-256 of the archive in hex; none for a folder.
    pub sha256: Option<String>,
    /// The licence.
    pub licence: Licence,
    /// The domains, by name.
    pub domains: Vec<FoundDomain>,
    /// The domains of tau2, by name.
    pub definitions: Vec<FoundDefinition>,
    /// Wordings of prompts that the release carries.
    pub wordings: Vec<FoundWording>,
    /// Each thing that could not be used, with file, line and reason.
    pub unused: Vec<Fault>,
}

/// The licence of a release.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// The file with its text, where there is one.
    pub file: Option<String>,
    /// Its SPDX name, told from the text; empty when the text is none of the usual ones.
    pub spdx: String,
}

/// A wording of prompts in a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoundWording {
    /// Its name.
    pub name: String,
    /// The prompts it has texts for.
    pub prompts: Vec<String>,
}

/// One domain of a release.
#[derive(Clone, Debug, Serialize)]
pub struct FoundDomain {
    /// Its name.
    pub name: String,
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
    /// SHA-256 of the initial data, as upstream hashes its state.
    pub state_hash: String,
}

impl FoundDomain {
    pub(super) fn of(pack: &ReadDomain) -> FoundDomain {
        let tables = pack
            .tables
            .iter()
            .map(|(name, text)| {
                let records = serde_json::from_str::<serde_json::Value>(text).map_or(0, |value| {
                    value
                        .as_object()
                        .map_or_else(|| value.as_array().map_or(1, Vec::len), serde_json::Map::len)
                });
                (name.clone(), records)
            })
            .collect();
        FoundDomain {
            name: pack.manifest.id.clone(),
            tables,
            tools: pack.tools.tools.iter().map(|tool| tool.spec.name.clone()).collect(),
            terminate_tools: pack.manifest.terminate_tools.clone(),
            tasks: pack.tasks.iter().map(|(split, tasks)| (*split, tasks.len())).collect(),
            actions: pack.tasks.values().flatten().map(|task| task.actions.len()).sum(),
            computed_values: pack.computed_values,
            rules: pack.rules.len(),
            policy_chars: pack.policy.chars().count(),
            state_hash: pack.state_hash.clone(),
        }
    }
}

impl ReleasePreview {
    pub(super) fn about(about: &About, sha256: Option<&str>) -> ReleasePreview {
        ReleasePreview {
            package: about.package.clone(),
            version: about.full_version(),
            commit: about.commit.clone(),
            sha256: sha256.map(str::to_owned),
            licence: Licence { file: about.licence_file.clone(), spdx: about.licence.clone() },
            domains: Vec::new(),
            definitions: Vec::new(),
            wordings: Vec::new(),
            unused: Vec::new(),
        }
    }

    /// A name for the source that is allowed: the package's, as far as it goes.
    pub fn suggested_name(&self) -> String {
        let plain: String = self
            .package
            .to_lowercase()
            .chars()
            .map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' { c } else { '-' })
            .collect();
        let name: String =
            plain.trim_matches(['-', '.']).chars().take(DomainId::MAX_PART).collect();
        if DomainId::is_part(&name) { name } else { "imported".to_owned() }
    }
}

impl fmt::Display for ReleasePreview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {}", self.package, self.version)?;
        if let Some(commit) = &self.commit {
            writeln!(f, "  commit  {commit}")?;
        }
        if let Some(sha256) = &self.sha256 {
            writeln!(f, "  sha256  {sha256}")?;
        }
        let licence = match (self.licence.spdx.as_str(), &self.licence.file) {
            ("", None) => "no licence file".to_owned(),
            ("", Some(file)) => format!("see {file}"),
            (spdx, _) => spdx.to_owned(),
        };
        writeln!(f, "  licence {licence}")?;
        for domain in &self.domains {
            writeln!(f, "\n{}", domain.name)?;
            describe(f, domain)?;
        }
        for found in &self.definitions {
            writeln!(f, "\n{}", found.name)?;
            found.describe(f)?;
        }
        for wording in &self.wordings {
            writeln!(f, "\nwording {}: {}", wording.name, wording.prompts.join(", "))?;
        }
        unused(f, &self.unused)
    }
}

/// What an import kept, and what it could not use.
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
    /// The domains of tau2, by name.
    pub definitions: Vec<ImportedDefinition>,
    /// Wordings of prompts that were kept with them.
    pub wordings: Vec<FoundWording>,
    /// Each thing that could not be used, with file, line and reason.
    pub unused: Vec<Fault>,
}

/// One imported domain.
#[derive(Clone, Debug, Serialize)]
pub struct ImportedDomain {
    /// Its name: `SOURCE:NAME`.
    pub id: DomainId,
    /// SHA-256 of the pack.
    pub fingerprint: String,
    /// What is in it.
    #[serde(flatten)]
    pub found: FoundDomain,
}

impl std::ops::Deref for ImportedDomain {
    type Target = FoundDomain;

    fn deref(&self) -> &FoundDomain {
        &self.found
    }
}

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {} as {}", self.package, self.version, self.source)?;
        for domain in &self.domains {
            writeln!(f, "\n{}", domain.id)?;
            describe(f, &domain.found)?;
        }
        for definition in &self.definitions {
            writeln!(f, "\n{}", definition.id)?;
            definition.found.describe(f)?;
        }
        for wording in &self.wordings {
            writeln!(f, "\nwording {}: {}", wording.name, wording.prompts.join(", "))?;
        }
        unused(f, &self.unused)
    }
}

fn describe(f: &mut fmt::Formatter<'_>, domain: &FoundDomain) -> fmt::Result {
    let tasks: Vec<String> =
        domain.tasks.iter().map(|(split, count)| format!("{} {count}", split.name())).collect();
    write!(f, "  tasks   {} ({} actions", tasks.join(", "), domain.actions)?;
    match domain.computed_values {
        0 => writeln!(f, ")")?,
        n => writeln!(f, "; {n} values worked out from the data)")?,
    }
    let tables: Vec<String> =
        domain.tables.iter().map(|(name, count)| format!("{name} {count}")).collect();
    writeln!(f, "  data    {}", tables.join(", "))?;
    writeln!(f, "  state   {}", domain.state_hash)?;
    writeln!(f, "  tools   {}: {}", domain.tools.len(), domain.tools.join(", "))?;
    if !domain.terminate_tools.is_empty() {
        writeln!(f, "  ends    {}", domain.terminate_tools.join(", "))?;
    }
    writeln!(f, "  policy  {} characters, {} rules", domain.policy_chars, domain.rules)
}

fn unused(f: &mut fmt::Formatter<'_>, faults: &[Fault]) -> fmt::Result {
    if faults.is_empty() {
        return writeln!(f, "\neverything was used");
    }
    writeln!(f, "\nnot used:")?;
    faults.iter().try_for_each(|fault| writeln!(f, "  {fault}"))
}
