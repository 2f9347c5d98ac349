//! Checking a pack of tau2: that it opens, and that its tasks can be solved and ask for something.

use std::collections::HashSet;
use std::path::Path;

use tau_domain::SourceKind;
use tau_toolkits::{Definition, Requestor, ToolKind, Toolkit, Value};

use super::files::Files;
use super::manifest::Manifest;
use super::open::{SPLITS, TASKS, open_definition};
use super::played::{Script, play};
use super::policy::Guidance;
use crate::check::{CheckReport, Severity, add_error};

/// Checks the pack in `dir`. What upstream's own domains fail at is an error in a pack of our own and a
/// warning in an imported one.
pub(crate) fn check(dir: &Path, report: &mut CheckReport) {
    let files = Files::Folder(dir);
    let manifest = match Manifest::read(&files) {
        Ok(manifest) => manifest,
        Err(error) => return add_error(report, dir, error),
    };
    if manifest.id != report.pack {
        let message = format!("id {:?} is not the folder's name {:?}", manifest.id, report.pack);
        report.add(Severity::Error, "pack.toml", None, message);
    }
    report.pack = manifest.id.clone();
    let mut definition = None;
    for guidance in Guidance::of(&files, &manifest.toolkit) {
        match open_definition(dir, guidance) {
            Ok(opened) => definition = Some(opened),
            Err(error) => add_error(report, dir, error),
        }
    }
    let Some(definition) = definition else { return };
    let strict = match definition.source.kind {
        SourceKind::Shipped => Severity::Error,
        SourceKind::Imported => Severity::Warning,
    };
    check_splits(&definition, report);
    check_tasks(&definition, strict, report);
    count(&definition, report);
}

fn check_splits(definition: &Definition, report: &mut CheckReport) {
    let ids: HashSet<&str> = definition.tasks.iter().map(|task| task.id.as_str()).collect();
    for (split, named) in &definition.splits {
        for id in named.iter().filter(|id| !ids.contains(id.as_str())) {
            let message = format!("{split} names {id:?}, which is no task");
            report.add(Severity::Error, SPLITS, None, message);
        }
    }
}

fn check_tasks(definition: &Definition, strict: Severity, report: &mut CheckReport) {
    let greeting = &definition.wording.greeting;
    let domain = &definition.domain;
    let has = |side: Requestor, name: &str| match side {
        Requestor::Assistant => domain.agent().tool_kind(name).is_some(),
        Requestor::User => domain.user().is_some_and(|user| user.tool_kind(name).is_some()),
    };
    for task in &definition.tasks {
        let mut add = |severity, message: String| {
            report.add(severity, TASKS, None, format!("{}: {message}", task.id));
        };
        for call in task.actions().iter().map(|action| &action.call) {
            if !has(call.requestor, &call.name) {
                let whose = match call.requestor {
                    Requestor::Assistant => "the agent",
                    Requestor::User => "the customer",
                };
                add(
                    strict,
                    format!("{whose} is expected to use {}, and has no such tool", call.name),
                );
            }
        }
        for name in task.user_tools.iter().flatten().filter(|name| !has(Requestor::User, name)) {
            add(
                Severity::Warning,
                format!("it leaves the customer {name}, which is no tool there"),
            );
        }
        match play(&definition.domain, &task.graded, greeting, Script::PERFECT) {
            Ok(info) if info.reward < 1.0 => {
                add(strict, "the expected actions do not earn the reward".to_owned());
            }
            Ok(_) => {}
            // Nobody could be graded on it.
            Err(error) => add(Severity::Error, error.to_string()),
        }
        let idle = play(&definition.domain, &task.graded, greeting, Script::IDLE);
        // Upstream means some tasks so: the agent is to refuse, and nothing is to happen.
        if idle.is_ok_and(|info| info.reward >= 1.0) && !task.actions().is_empty() {
            add(strict, "doing nothing earns the reward".to_owned());
        }
    }
}

fn count(definition: &Definition, report: &mut CheckReport) {
    let user = definition.domain.user();
    let kits = [Some(definition.domain.agent()), user];
    let tools: Vec<_> = kits.into_iter().flatten().flat_map(Toolkit::tools).collect();
    let tables = kits.into_iter().flatten().map(Toolkit::dump);
    let facts = &mut report.facts;
    facts.tools = tools.len();
    facts.write_tools = tools.iter().filter(|tool| tool.kind == ToolKind::Write).count();
    facts.tasks = definition.tasks.len();
    facts.actions = definition.tasks.iter().map(|task| task.actions().len()).sum();
    facts.initial_hash = definition.domain.agent().hash();
    for database in tables {
        let Some(model) = database.as_model() else { continue };
        for field in &model.fields {
            // A table is a dict or a list of rows; what else a database holds is no table.
            let rows = match field {
                Value::Dict(rows) => rows.len(),
                Value::List(rows) if rows.iter().all(|row| row.as_model().is_some()) => rows.len(),
                _ => continue,
            };
            facts.tables += 1;
            facts.records += rows;
        }
    }
}
