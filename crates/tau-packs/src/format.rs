//! The files of a pack folder (format 1): `pack.toml`, `rules.toml`, `schema.toml`,
//! `tasks/<split>.jsonl`, and for imported domains `tools.json`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use tau_domain::{Rule, Split, Task};

use crate::error::PackError;
use crate::tau2::is_tau2;

/// The newest format that is understood.
pub const FORMAT: u32 = 1;

/// Largest text file of a pack, in bytes.
pub const MAX_FILE: u64 = 64 << 20;

/// `pack.toml`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Name of the pack, which is also the name of its folder.
    pub id: String,
    /// What a person reads.
    pub title: String,
    /// One or two sentences.
    #[serde(default)]
    pub description: String,
    /// Version of the content.
    pub version: String,
    /// Version of the folder's layout; newer ones are refused.
    pub format: u32,
    /// Licence of the content.
    #[serde(default)]
    pub licence: String,
    /// Which rules of state hashing, error texts and grading apply; only `tau-bench-v1` so far.
    #[serde(default = "v1")]
    pub profile: String,
    /// What `datetime.now()` answers inside tools, `YYYY-MM-DDTHH:MM:SS`.
    pub clock: String,
    /// Tools that end the conversation.
    #[serde(default)]
    pub terminate_tools: Vec<String>,
    /// The split shown first.
    #[serde(default = "test_split")]
    pub default_split: Split,
    /// Tables in the order in which the data lists them; when empty, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<String>,
    /// Limits of one tool call, where they differ from the usual ones.
    #[serde(default, skip_serializing_if = "Budgets::is_empty")]
    pub budgets: Budgets,
    /// The release that the pack was imported from; absent in packs of our own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<ManifestSource>,
}

/// `[budgets]` of `pack.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budgets {
    /// Interpreter steps of one call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<u64>,
    /// Bytes that one call may allocate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_bytes: Option<u64>,
}

impl Budgets {
    fn is_empty(&self) -> bool {
        *self == Budgets::default()
    }
}

/// `[source]` of an imported pack.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestSource {
    /// The name given at the import.
    pub name: String,
    /// Version of the release.
    pub version: String,
}

fn v1() -> String {
    "tau-bench-v1".to_owned()
}

fn test_split() -> Split {
    Split::Test
}

/// `tools.json` of an imported pack: the tools in the order in which the model is told of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ToolTable {
    /// The modules of the tool code.
    pub modules: Vec<ModuleEntry>,
    /// The tools.
    pub tools: Vec<ToolEntry>,
}

/// One module of an imported pack's tool code.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ModuleEntry {
    /// Dotted name; error texts contain it.
    pub name: String,
    /// File below the pack folder.
    pub file: String,
}

/// One tool of an imported pack.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ToolEntry {
    /// The callable: `package.module.Class.invoke`.
    pub target: String,
    /// As the model is told of it.
    pub spec: tau_domain::ToolSpec,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(default)]
    rule: Vec<Rule>,
}

/// `schema.toml`: what the tables hold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Tables by name.
    #[serde(default)]
    pub table: IndexMap<String, TableSchema>,
}

/// One table of `schema.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSchema {
    /// The field that repeats the record's key.
    pub id: String,
    /// Fields by name; `items[].item_id` names a field of each element of a list.
    #[serde(default)]
    pub fields: IndexMap<String, FieldSchema>,
}

/// A field, written as a type name or as a table with details.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "FieldText")]
pub struct FieldSchema {
    /// What it holds.
    pub kind: FieldKind,
    /// Whether it may be absent or null.
    pub optional: bool,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    /// A string.
    String,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// An amount with at most two decimals.
    Money,
    /// `true` or `false`.
    Bool,
    /// A string `YYYY-MM-DD`.
    Date,
    /// A string `YYYY-MM-DDTHH:MM:SS` (a space instead of `T` is allowed).
    DateTime,
    /// An object.
    Object,
    /// A list.
    List,
    /// One of a few strings.
    Enum(Vec<String>),
    /// The key of a record of another table.
    Ref(String),
    /// Something the checker does not know, with what was written.
    Unknown(String),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum FieldText {
    Short(String),
    Long {
        #[serde(rename = "type")]
        kind: String,
        #[serde(default)]
        values: Vec<String>,
        #[serde(default)]
        table: Option<String>,
        #[serde(default)]
        optional: bool,
    },
}

impl From<FieldText> for FieldSchema {
    fn from(text: FieldText) -> Self {
        let (kind, values, table, optional) = match text {
            FieldText::Short(kind) => (kind, Vec::new(), None, false),
            FieldText::Long { kind, values, table, optional } => (kind, values, table, optional),
        };
        let kind = match (kind.as_str(), table) {
            ("string" | "str", _) => FieldKind::String,
            ("int" | "integer", _) => FieldKind::Int,
            ("float" | "number", _) => FieldKind::Float,
            ("money", _) => FieldKind::Money,
            ("bool" | "boolean", _) => FieldKind::Bool,
            ("date", _) => FieldKind::Date,
            ("datetime", _) => FieldKind::DateTime,
            ("object", _) => FieldKind::Object,
            ("list", _) => FieldKind::List,
            ("enum", _) => FieldKind::Enum(values),
            ("ref", Some(table)) => FieldKind::Ref(table),
            ("ref", None) => FieldKind::Unknown("ref without a table".to_owned()),
            (other, _) => FieldKind::Unknown(other.to_owned()),
        };
        FieldSchema { kind, optional }
    }
}

/// A file's text, with the limit on its size.
///
/// # Errors
/// When it cannot be read, is too large or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, PackError> {
    let unreadable = |source| PackError::Io { path: path.display().to_string(), source };
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_FILE {
        return Err(PackError::invalid(path, None, format!("larger than {MAX_FILE} bytes")));
    }
    fs::read_to_string(path).map_err(unreadable)
}

/// A TOML file.
pub(crate) fn read_toml<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, PackError> {
    let text = read_text(path)?;
    toml::from_str(&text).map_err(|e| {
        let line = e.span().map(|span| line_at(&text, span.start));
        PackError::invalid(path, line, e.message().to_owned())
    })
}

/// Line number (from 1) of a byte offset.
pub fn line_at(text: &str, offset: usize) -> u32 {
    let before = &text.as_bytes()[..offset.min(text.len())];
    before.iter().filter(|byte| **byte == b'\n').count() as u32 + 1
}

/// Line (from 1) on which `needle` first occurs.
pub fn line_of(text: &str, needle: &str) -> Option<u32> {
    text.find(needle).map(|at| line_at(text, at))
}

/// Reads `pack.toml`.
///
/// # Errors
/// When it is missing or not as described, or its format or profile is not known.
pub fn read_manifest(dir: &Path) -> Result<Manifest, PackError> {
    let path = dir.join("pack.toml");
    if is_tau2(dir) {
        let message = "this is a domain of tau2; only some commands know those yet";
        return Err(PackError::invalid(&path, None, message.to_owned()));
    }
    let manifest: Manifest = read_toml(&path)?;
    if manifest.format > FORMAT {
        return Err(PackError::invalid(
            &path,
            None,
            format!(
                "format {} is newer than format {FORMAT}, which this version reads",
                manifest.format
            ),
        ));
    }
    if manifest.profile != "tau-bench-v1" {
        let message = format!("profile {:?} is not known (tau-bench-v1 is)", manifest.profile);
        return Err(PackError::invalid(&path, None, message));
    }
    Ok(manifest)
}

/// Reads `rules.toml`; no file means no rules.
///
/// # Errors
/// When it is not as described.
pub fn read_rules(dir: &Path) -> Result<Vec<Rule>, PackError> {
    let path = dir.join("rules.toml");
    if !path.exists() {
        return Ok(Vec::new());
    }
    Ok(read_toml::<RuleFile>(&path)?.rule)
}

/// The text of a `rules.toml`.
pub fn rules_text(rules: &[Rule]) -> Result<String, toml::ser::Error> {
    toml::to_string(&RuleFile { rule: rules.to_vec() })
}

/// Reads `schema.toml`.
///
/// # Errors
/// When it is missing or not as described.
pub fn read_schema(dir: &Path) -> Result<Schema, PackError> {
    read_toml(&dir.join("schema.toml"))
}

/// Where a split's tasks are kept.
pub fn tasks_path(dir: &Path, split: Split) -> PathBuf {
    dir.join("tasks").join(format!("{}.jsonl", split.name()))
}

/// Reads the tasks of every split that has a file, each with the line it stands on.
///
/// # Errors
/// When a line is not a task.
pub fn read_tasks(dir: &Path) -> Result<BTreeMap<Split, Vec<(u32, Task)>>, PackError> {
    let mut splits = BTreeMap::new();
    for split in Split::ALL {
        let path = tasks_path(dir, split);
        if !path.exists() {
            continue;
        }
        let text = read_text(&path)?;
        let mut tasks = Vec::new();
        for (number, line) in (1u32..).zip(text.lines()) {
            if line.trim().is_empty() {
                continue;
            }
            let task = serde_json::from_str(line)
                .map_err(|e| PackError::invalid(&path, Some(number), e.to_string()))?;
            tasks.push((number, task));
        }
        splits.insert(split, tasks);
    }
    Ok(splits)
}

/// Reads the tables in the manifest's order, each as `(name, JSON text)`.
///
/// # Errors
/// When a file cannot be read, or a table that the manifest names is missing.
pub fn read_tables(dir: &Path, order: &[String]) -> Result<Vec<(String, String)>, PackError> {
    let db = dir.join("db");
    let mut names: Vec<String> = order.to_vec();
    if names.is_empty() {
        let unreadable = |source| PackError::Io { path: db.display().to_string(), source };
        for entry in fs::read_dir(&db).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_some_and(|e| e == "json")
                && let Some(stem) = path.file_stem().and_then(|stem| stem.to_str())
            {
                names.push(stem.to_owned());
            }
        }
        names.sort();
    }
    names
        .into_iter()
        .map(|name| {
            let text = read_text(&db.join(format!("{name}.json")))?;
            Ok((name, text))
        })
        .collect()
}
