//! Reading one domain out of a release.

use std::collections::BTreeMap;
use std::sync::Arc;

use tau_domain::{Rule, Split, Task};
use tau_python::Base;

use super::IMPORT_CLOCK;
use super::about::About;
use super::environment::{Environment, read_environment};
use super::layout::DomainPlace;
use super::reader::{Reader, Stop, Value};
use super::release::ReleaseError;
use super::source::source_text;
use super::tasks;
use super::tools::read_tools;
use crate::error::Fault;
use crate::format::{FORMAT, Manifest, ManifestSource, ToolTable};

/// A domain read and ready to be written.
pub(super) struct ReadDomain {
    pub manifest: Manifest,
    pub policy: String,
    pub rules: Vec<Rule>,
    /// Table, JSON text.
    pub tables: Vec<(String, String)>,
    /// SHA-256 of the initial data, as upstream hashes it.
    pub state_hash: String,
    pub tools: ToolTable,
    /// File below the pack folder, text.
    pub code: Vec<(String, String)>,
    pub tasks: BTreeMap<Split, Vec<Task>>,
    pub computed_values: usize,
    pub notice: Option<String>,
}

/// Reads a domain; `None` when a part without which it is nothing cannot be used, or when the place
/// turns out to hold none. What cannot be used is added to `faults`.
pub(super) fn read_domain(
    reader: &mut Reader<'_>,
    place: &DomainPlace,
    source: &str,
    about: &About,
    faults: &mut Vec<Fault>,
) -> Result<Option<ReadDomain>, ReleaseError> {
    let Some(environment) = read_environment(reader, place, faults)? else { return Ok(None) };
    let fault = |reason: String| Fault { file: place.shown().to_owned(), line: None, reason };
    if !tau_domain::DomainId::is_part(&place.name) {
        faults.push(fault(format!("{:?} cannot be the name of a domain", place.name)));
        return Ok(None);
    }
    let Environment { data, tools, wiki, rules, tasks: lists, terminate_tools } = environment;
    let Some(data) = data else {
        faults.push(fault("no data: neither load_data nor a folder data with it".to_owned()));
        return Ok(None);
    };
    let Some(tables) = read_tables(reader, place, data, faults)? else { return Ok(None) };
    let Some(base) = load(place, &tables, faults) else { return Ok(None) };
    let Some(tools) = tools else {
        faults.push(fault("no tools: no list ALL_TOOLS".to_owned()));
        return Ok(None);
    };
    let Some((tools, code)) = read_tools(reader, place, tools, &base, faults)? else {
        faults.push(fault("none of its tools can be used".to_owned()));
        return Ok(None);
    };
    let Some(policy) = read_policy(reader, place, wiki, faults)? else { return Ok(None) };
    if terminate_tools.is_none() {
        faults.push(fault("no terminate_tools: no tool ends a conversation".to_owned()));
    }
    let mut tasks = BTreeMap::new();
    let mut computed_values = 0;
    for (split, list) in &lists {
        let read = tasks::read_tasks(reader, list, &base)?;
        computed_values += read.computed_values;
        faults.extend(read.faults);
        if !read.tasks.is_empty() {
            tasks.insert(*split, read.tasks);
        }
    }
    if lists.is_empty() {
        faults.push(fault("no tasks: no list of tasks was found".to_owned()));
    }
    let rules = read_rules(reader, place, rules, faults)?;
    let default_split =
        Split::ALL.into_iter().find(|split| tasks.contains_key(split)).unwrap_or(Split::Test);
    let version = about.full_version();
    Ok(Some(ReadDomain {
        manifest: Manifest {
            id: place.name.clone(),
            title: format!("{} ({} {version})", capitalised(&place.name), about.package),
            description: format!(
                "The {} domain of {} {version}, imported.",
                place.name, about.package
            ),
            version: version.clone(),
            format: FORMAT,
            licence: about.licence.clone(),
            profile: "tau-bench-v1".to_owned(),
            clock: IMPORT_CLOCK.to_owned(),
            terminate_tools: terminate_tools.unwrap_or_default(),
            default_split,
            tables: tables.iter().map(|(name, _)| name.clone()).collect(),
            budgets: Default::default(),
            source: Some(ManifestSource { name: source.to_owned(), version }),
        },
        policy,
        rules,
        state_hash: base.state_hash(),
        tables,
        tools,
        code,
        tasks,
        computed_values,
        notice: about.notice.clone(),
    }))
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

type Tables = Vec<(String, String)>;

fn read_tables(
    reader: &mut Reader<'_>,
    place: &DomainPlace,
    data: Value,
    faults: &mut Vec<Fault>,
) -> Result<Option<Tables>, ReleaseError> {
    let fault = |reason: String| Fault { file: place.shown().to_owned(), line: None, reason };
    let loaded = match reader.called(data) {
        Ok(loaded) => loaded,
        Err(Stop::Release(error)) => return Err(error),
        Err(Stop::Fault(found) | Stop::Raised(found)) => {
            faults.push(found);
            return Ok(None);
        }
    };
    let kind = loaded.kind();
    let Some(Value::Dict(entries)) = loaded.opened() else {
        faults.push(fault(format!("load_data gives {kind}, not a dict of tables")));
        return Ok(None);
    };
    let mut tables = Tables::new();
    for (name, value) in entries.borrow().iter() {
        let plain = !name.is_empty()
            && !name.starts_with('.')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if !plain {
            faults.push(fault(format!("{name:?} cannot be the name of a table")));
            return Ok(None);
        }
        let Some(json) = value.json() else {
            faults.push(fault(format!("table {name} is {}, not data", value.kind())));
            return Ok(None);
        };
        tables.push((name.clone(), json));
    }
    if tables.is_empty() {
        faults.push(fault("load_data gives no table".to_owned()));
        return Ok(None);
    }
    Ok(Some(tables))
}

fn load(place: &DomainPlace, tables: &Tables, faults: &mut Vec<Fault>) -> Option<Arc<Base>> {
    match Base::from_json_tables(tables) {
        Ok(base) => Some(Arc::new(base)),
        Err(error) => {
            let table = tables
                .iter()
                .find(|table| Base::from_json_tables(std::slice::from_ref(table)).is_err())
                .map_or_else(String::new, |(name, _)| format!("table {name}: "));
            let reason = format!("{table}{error}");
            faults.push(Fault { file: place.shown().to_owned(), line: None, reason });
            None
        }
    }
}

fn read_policy(
    reader: &mut Reader<'_>,
    place: &DomainPlace,
    wiki: Option<Value>,
    faults: &mut Vec<Fault>,
) -> Result<Option<String>, ReleaseError> {
    let mut unread = None;
    if let Some(value) = wiki {
        match reader.force(value) {
            Ok(value) => match value.text() {
                Some(text) => return Ok(Some(text.to_owned())),
                None => {
                    let reason = format!("the policy is {}, not a string", value.kind());
                    unread = Some(Fault { file: place.shown().to_owned(), line: None, reason });
                }
            },
            Err(Stop::Release(error)) => return Err(error),
            Err(Stop::Fault(fault) | Stop::Raised(fault)) => unread = Some(fault),
        }
    }
    for name in ["wiki.md", "policy.md"] {
        let file = place.file(name);
        if !place.one_file() && reader.modules.release.has(&file) {
            return Ok(Some(source_text(reader.modules.release, &file)?));
        }
    }
    faults.extend(unread);
    let reason = "no policy: neither wiki.md nor a string WIKI in wiki.py".to_owned();
    faults.push(Fault { file: place.folder.clone(), line: None, reason });
    Ok(None)
}

fn read_rules(
    reader: &mut Reader<'_>,
    place: &DomainPlace,
    rules: Option<Value>,
    faults: &mut Vec<Fault>,
) -> Result<Vec<Rule>, ReleaseError> {
    let Some(rules) = rules else { return Ok(Vec::new()) };
    let texts = match reader.force(rules) {
        // A list of sentences, or one text.
        Ok(Value::Str(text)) => vec![text.to_string()],
        Ok(Value::List(items)) => {
            items.borrow().iter().filter_map(|item| item.text().map(str::to_owned)).collect()
        }
        Ok(other) => {
            let reason = format!("the rules are {}", other.kind());
            faults.push(Fault { file: place.shown().to_owned(), line: None, reason });
            Vec::new()
        }
        Err(Stop::Release(error)) => return Err(error),
        Err(Stop::Fault(fault) | Stop::Raised(fault)) => {
            faults.push(fault);
            Vec::new()
        }
    };
    Ok(texts
        .into_iter()
        .zip(1..)
        .map(|(text, number)| Rule { id: format!("rule-{number}"), text, tools: Vec::new() })
        .collect())
}
