//! The published releases that the product knows, `data/releases.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tau_domain::Split;

use crate::import::ReleasePreview;

/// A release that can be fetched from its public archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// Its id, which is also the name of the source it is kept as.
    pub id: String,
    /// What a person calls it.
    pub title: String,
    /// What it holds, in a sentence.
    pub description: String,
    /// The repository's address, for people.
    pub repository: String,
    /// The pinned commit, 40 hex digits.
    pub commit: String,
    /// The address of the archive of that commit.
    pub archive: String,
    /// SPDX name of its licence.
    pub licence: String,
    /// SHA-256 of the archive in hex, where its host promises the same bytes each time.
    #[serde(default)]
    pub sha256: Option<String>,
    /// Size of the archive in bytes, about, where it is known.
    #[serde(default)]
    pub bytes: Option<u64>,
    /// What identifies the content of each domain.
    pub domains: BTreeMap<String, Expected>,
}

/// What identifies the content of a domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The state hash of the initial data in hex, or at least its first 8 digits.
    #[serde(default)]
    pub state: Option<String>,
    /// Tasks of each split.
    pub tasks: BTreeMap<Split, usize>,
}

/// Something about a release that is not as pinned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} is {found}, and not {expected} as pinned")]
pub struct Differs {
    /// What.
    pub what: String,
    /// What is pinned.
    pub expected: String,
    /// What the release has.
    pub found: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    release: Vec<Published>,
}

/// The published releases, in the order in which they are listed.
pub fn published_releases() -> Vec<Published> {
    // The file is part of the product: a test reads it.
    toml::from_str(include_str!("../../../../data/releases.toml"))
        .map(|file: File| file.release)
        .unwrap_or_default()
}

impl Published {
    /// How its content is checked, in a sentence.
    pub fn check_in_words(&self) -> String {
        let states = self.domains.values().filter(|domain| domain.state.is_some()).count();
        let mut parts = vec!["the commit".to_owned(), "the number of tasks".to_owned()];
        if states > 0 {
            parts.push(format!("the state hash of {states} of {} domains", self.domains.len()));
        }
        if self.sha256.is_some() {
            parts.push("the archive's SHA-256".to_owned());
        }
        let last = parts.pop().unwrap_or_default();
        format!("Checked before it is kept: {} and {last}.", parts.join(", "))
    }

    /// Whether a release is the pinned one.
    ///
    /// # Errors
    /// The first difference, with both values.
    pub fn check(&self, found: &ReleasePreview) -> Result<(), Differs> {
        let same = |what: String, expected: &str, found: &str| match expected == found {
            true => Ok(()),
            false => Err(Differs { what, expected: expected.to_owned(), found: found.to_owned() }),
        };
        if let (Some(expected), Some(sha256)) = (&self.sha256, &found.sha256) {
            same("the SHA-256 of the archive".to_owned(), expected, sha256)?;
        }
        // An archive that names no commit is told by its content alone.
        if let Some(commit) = &found.commit {
            same("the commit".to_owned(), &self.commit, commit)?;
        }
        for (name, expected) in &self.domains {
            let Some(domain) = found.domains.iter().find(|domain| domain.name == *name) else {
                let what = format!("the domain {name}");
                return same(what, "there", "missing");
            };
            if let Some(state) = &expected.state {
                let part = domain.state_hash.get(..state.len()).unwrap_or(&domain.state_hash);
                same(format!("the state hash of {name}"), state, part)?;
            }
            let counted = |tasks: &BTreeMap<Split, usize>| {
                let parts: Vec<String> =
                    tasks.iter().map(|(split, n)| format!("{} {n}", split.name())).collect();
                parts.join(", ")
            };
            let what = format!("the number of tasks of {name}");
            same(what, &counted(&expected.tasks), &counted(&domain.tasks))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_published_release_is_pinned_by_commit_and_content() {
        let releases = published_releases();
        assert_eq!(releases.len(), 2);
        for release in releases {
            assert!(tau_domain::DomainId::is_part(&release.id), "{}", release.id);
            assert_eq!(release.commit.len(), 40, "{}", release.id);
            assert!(release.archive.starts_with("https://codeload.github.com/"), "{}", release.id);
            assert!(release.archive.ends_with(&release.commit), "{}", release.id);
            let hashes = release.domains.values().filter_map(|domain| domain.state.as_ref());
            assert!(hashes.clone().count() >= 2 && hashes.clone().all(|hash| hash.len() >= 8));
            assert!(release.domains.values().all(|domain| domain.tasks[&Split::Test] > 0));
        }
    }
}
