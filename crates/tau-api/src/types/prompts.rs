//! The texts that are put before models.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A set of prompts that a run can use.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct WordingInfo {
    /// `shipped`, `mine:...` or `upstream:SOURCE`.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// Whose it is.
    pub kind: WordingKind,
    /// SHA-256 of all its texts: part of a run's identity.
    pub hash: String,
    /// All its prompts, those it shares with the shipped ones included.
    pub prompts: Vec<PromptView>,
}

/// Whose words they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WordingKind {
    /// They come with the app.
    Shipped,
    /// The person's own copy.
    Mine,
    /// Read from an imported release.
    Upstream,
}

/// One prompt of a wording.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PromptView {
    /// `agent/react`, `customer/llm`, ...
    pub id: String,
    /// What a person calls it.
    pub title: String,
    /// Who gets it, and when.
    pub description: String,
    /// Names that the template may use.
    pub variables: Vec<String>,
    /// The template.
    pub text: String,
    /// Whether it differs from the shipped one.
    pub changed: bool,
}

/// A person's own copy. An empty `id` makes a new one.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct WordingDraft {
    /// Empty for a new one.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Prompt id to template, for those that differ from the shipped ones.
    pub texts: BTreeMap<String, String>,
}

/// Whether a template can be used.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PromptCheck {
    /// Whether it can.
    pub ok: bool,
    /// What is wrong and what to do; empty when nothing is.
    pub message: String,
    /// The line where it is wrong, from 1.
    pub line: Option<u32>,
    /// How it looks with sample values.
    pub sample: String,
}
