//! How domains are named, and where they come from.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
/// A domain's name: `retail` for a pack of our own, `SOURCE:NAME` for an imported one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DomainId {
    source: Option<String>,
    name: String,
}

/// Why a text is not a [`DomainId`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a domain: expected NAME or SOURCE:NAME of a-z, 0-9, '.', '_' and '-'")]
pub struct DomainIdError(pub String);

impl DomainId {
    /// Longest source or name.
    pub const MAX_PART: usize = 40;

    /// A pack of our own.
    ///
    /// # Errors
    /// When the name is not of the allowed characters.
    pub fn shipped(name: &str) -> Result<Self, DomainIdError> {
        Self::new(None, name)
    }

    /// A domain of an imported release.
    ///
    /// # Errors
    /// When source or name are not of the allowed characters.
    pub fn imported(source: &str, name: &str) -> Result<Self, DomainIdError> {
        Self::new(Some(source), name)
    }

    fn new(source: Option<&str>, name: &str) -> Result<Self, DomainIdError> {
        let id = DomainId { source: source.map(str::to_owned), name: name.to_owned() };
        if Self::is_part(name) && source.is_none_or(Self::is_part) {
            Ok(id)
        } else {
            Err(DomainIdError(id.to_string()))
        }
    }

    /// Whether a text may be a source or a name: 1 to 40 of `[a-z0-9._-]`, not starting with a dot.
    pub fn is_part(text: &str) -> bool {
        (1..=Self::MAX_PART).contains(&text.len())
            && !text.starts_with('.')
            && text.bytes().all(|b| {
                b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-')
            })
    }

    /// The source, for an imported domain.
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// The name without the source.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for DomainId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Some(source) => write!(f, "{source}:{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

impl FromStr for DomainId {
    type Err = DomainIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            Some((source, name)) => Self::new(Some(source), name),
            None => Self::new(None, text),
        }
        .map_err(|_| DomainIdError(text.to_owned()))
    }
}

impl Serialize for DomainId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DomainId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Where a domain came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A pack of our own.
    Shipped,
    /// Read from a published release.
    Imported,
}

/// The release that a domain belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceInfo {
    /// The name given at the import, or the pack's own.
    pub name: String,
    /// Version of the release or pack.
    pub version: String,
    /// Shipped or imported.
    pub kind: SourceKind,
}

/// A decidable rule of the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Unique within the domain.
    pub id: String,
    /// What it says.
    pub text: String,
    /// The tools that it constrains.
    #[serde(default)]
    pub tools: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_named_with_or_without_a_source() {
        let id: DomainId = "tau1:retail".parse().unwrap();
        assert_eq!((id.source(), id.name()), (Some("tau1"), "retail"));
        assert_eq!(id.to_string(), "tau1:retail");
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"tau1:retail\"");
        assert_eq!("retail".parse::<DomainId>().unwrap().source(), None);
    }

    #[test]
    fn names_that_could_lead_outside_a_folder_are_refused() {
        for text in ["", "..", "a/b", "x:..", "A", "a b", "a:b:c", ":", "a:", ".hidden"] {
            assert!(text.parse::<DomainId>().is_err(), "{text:?}");
        }
        assert!("a".repeat(41).parse::<DomainId>().is_err());
    }
}
