//! Opening a pack folder of tau2.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::Deserialize;
use tau_domain::ToolSpec;
use tau_toolkits::{Definition, Domain, PlanWording, Profile, Task, Tool, Toolkit, Value, Wording};

use super::files::Files;
use super::manifest::{MANIFEST, Manifest, ToolFile};
use super::policy::{self, Guidance};
use crate::error::PackError;
use crate::open::fingerprint;

/// The tasks.
pub(crate) const TASKS: &str = "tasks.json";

/// The two forms of a file of tasks: a list, or an object with the list under `tasks`.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum TaskFile<T> {
    /// The list.
    List(Vec<T>),
    /// The object.
    Object {
        /// The list in it.
        tasks: Vec<T>,
    },
}

impl<T> TaskFile<T> {
    /// The list.
    pub fn tasks(self) -> Vec<T> {
        match self {
            TaskFile::List(tasks) | TaskFile::Object { tasks } => tasks,
        }
    }
}

/// Names of parts of the tasks.
pub(crate) const SPLITS: &str = "split_tasks.json";

/// The tools as models read of them.
pub(crate) const TOOLS: &str = "tools.json";

/// Opens the pack in `dir` as the domain with the manual, or as the one with the workflow.
///
/// # Errors
/// The first file that is missing or not as described, or tools that are not the toolkit's.
pub fn open_definition(dir: &Path, guidance: Guidance) -> Result<Definition, PackError> {
    let mut definition = open_files(&Files::Folder(dir), guidance)?;
    definition.fingerprint = fingerprint(dir)?;
    Ok(definition)
}

/// Opens a pack from its files, without a fingerprint.
pub(crate) fn open_files(files: &Files<'_>, guidance: Guidance) -> Result<Definition, PackError> {
    let manifest = Manifest::read(files)?;
    if !Guidance::of(files, &manifest.toolkit).contains(&guidance) {
        let message = format!("{} has no workflow", manifest.id);
        return Err(files.wrong(MANIFEST, None, message));
    }
    let domain = open_domain(files, &manifest.toolkit, manifest.profile(), guidance, None)?;
    let (policy, solo_policy) = policy::read(files, &manifest.toolkit, guidance)?;
    let tools: ToolFile = files.json(TOOLS)?;
    check_tools(&domain, &tools).map_err(|message| files.wrong(TOOLS, None, message))?;
    let tasks = Task::read_all(&read_value(files, TASKS)?)
        .map_err(|why| files.wrong(TASKS, None, why.to_string()))?;
    let mut ids = HashSet::new();
    if let Some(twice) = tasks.iter().find(|task| !ids.insert(task.id.as_str())) {
        let message = format!("two tasks have the id {:?}", twice.id);
        return Err(files.wrong(TASKS, None, message));
    }
    Ok(Definition {
        id: manifest.domain_id(files, &guidance.domain_name(&manifest.id))?,
        title: guidance.title(&manifest.title),
        description: manifest.description.clone(),
        version: manifest.version.clone(),
        source: manifest.source_info(),
        profile: manifest.profile(),
        domain: Arc::new(domain),
        policy,
        solo_policy,
        agent_tools: tools.agent,
        user_tools: tools.user,
        done: tools.done,
        wording: read_wording(files)?,
        tasks,
        splits: read_splits(files)?,
        fingerprint: String::new(),
    })
}

/// The tools over the data of a pack, by the rules of a profile; `user` is the customer's database where the
/// pack has none.
pub(crate) fn open_domain(
    files: &Files<'_>,
    toolkit: &str,
    profile: Profile,
    guidance: Guidance,
    user: Option<&Value>,
) -> Result<Domain, PackError> {
    let (file, agent) =
        database(files, "db")?.ok_or_else(|| files.wrong("db.json", None, "it is missing"))?;
    let own = database(files, "user_db")?.map(|(_, user)| user);
    // The toolkit's own name: what upstream calls the domain, whatever the pack is called.
    let name = guidance.domain_name(toolkit);
    Domain::open(&name, profile, &agent, own.as_ref().or(user))
        .map_err(|error| files.wrong(&file, None, error.to_string()))
}

/// A database in either of its forms, and its file; none where there is neither.
fn database(files: &Files<'_>, stem: &str) -> Result<Option<(String, Value)>, PackError> {
    let json = format!("{stem}.json");
    if files.has(&json) {
        return read_value(files, &json).map(|value| Some((json, value)));
    }
    let toml = format!("{stem}.toml");
    let Some(text) = files.maybe(&toml)? else { return Ok(None) };
    let read = Value::read_toml(&text).map_err(|why| files.wrong(&toml, None, why))?;
    Ok(Some((toml, read)))
}

fn read_value(files: &Files<'_>, name: &str) -> Result<Value, PackError> {
    Value::read_json(&files.text(name)?).map_err(|why| files.wrong(name, None, why))
}

/// The splits; none where there is no file.
pub(super) fn read_splits(files: &Files<'_>) -> Result<IndexMap<String, Vec<String>>, PackError> {
    if files.has(SPLITS) { files.json(SPLITS) } else { Ok(IndexMap::new()) }
}

/// The name of a file of wording.
pub(crate) fn wording_file(name: &str) -> String {
    format!("wording/{name}.md")
}

fn read_wording(files: &Files<'_>) -> Result<Wording, PackError> {
    // An editor ends a file with a line end; upstream's sentences have none.
    let ended = |text: String| match text.strip_suffix('\n') {
        Some(text) => text.to_owned(),
        None => text,
    };
    let read = |name: &str| files.text(&wording_file(name)).map(ended);
    let maybe = |name: &str| files.maybe(&wording_file(name)).map(|text| text.map(ended));
    let plan = match maybe("plan")? {
        None => None,
        Some(instruction) => Some(PlanWording {
            instruction,
            step: read("plan_step")?,
            user_step: read("plan_user_step")?,
        }),
    };
    Ok(Wording {
        agent: read("agent")?,
        solo: maybe("solo")?,
        plan,
        // Whether the guidelines end with a line end is part of the prompt.
        user: files.text(&wording_file("user"))?,
        user_tools: files.maybe(&wording_file("user_tools"))?,
        greeting: read("greeting")?,
        judge: maybe("judge")?,
    })
}

/// The tools that models are told of must be those that there are, in their order and with their
/// parameters: a model that is told otherwise calls what is not there.
fn check_tools(domain: &Domain, told: &ToolFile) -> Result<(), String> {
    same_tools(&domain.agent().tools(), &told.agent)
        .map_err(|message| format!("the agent's tools: {message}"))?;
    match (domain.user().map(Toolkit::tools), &told.user) {
        (Some(has), Some(told)) => {
            same_tools(&has, told).map_err(|message| format!("the customer's tools: {message}"))
        }
        (None, None) => Ok(()),
        (Some(_), None) => Err("the customer has tools, and there are none here".to_owned()),
        (None, Some(_)) => Err("the customer has no tools, and there are some here".to_owned()),
    }
}

fn same_tools(has: &[Tool], told: &[ToolSpec]) -> Result<(), String> {
    let (names, of): (Vec<&str>, Vec<&str>) = (
        has.iter().map(|tool| tool.name).collect(),
        told.iter().map(|t| t.name.as_str()).collect(),
    );
    if names != of {
        let only = |these: &[&str], those: &[&str]| {
            let missing: Vec<&str> =
                these.iter().copied().filter(|name| !those.contains(name)).collect();
            missing.join(", ")
        };
        return Err(match (only(&names, &of), only(&of, &names)) {
            (missing, extra) if missing.is_empty() && extra.is_empty() => {
                "they stand in another order than the toolkit's".to_owned()
            }
            (missing, extra) if extra.is_empty() => format!("{missing} is missing"),
            (missing, extra) if missing.is_empty() => format!("there is no {extra}"),
            (missing, extra) => format!("{missing} is missing, and there is no {extra}"),
        });
    }
    for (tool, told) in has.iter().zip(told) {
        let properties = told.parameters.get("properties").and_then(|p| p.as_object());
        let named: Vec<&str> = properties.into_iter().flatten().map(|(name, _)| &**name).collect();
        let takes: Vec<&str> = tool.parameters.iter().map(|parameter| parameter.name).collect();
        if named != takes {
            return Err(format!("{} takes {takes:?}, not {named:?}", tool.name));
        }
    }
    Ok(())
}
