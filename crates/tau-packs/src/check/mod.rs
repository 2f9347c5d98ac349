//! Checking a pack: everything that can be said about it without a model.

mod data;
mod odd_calls;
mod report;
mod tasks;

use std::path::Path;
use std::sync::Arc;

use tau_domain::SourceKind;

use crate::error::{Fault, PackError};
use crate::format::{self, line_of};
use crate::open::{TOOL_TABLE, open_pack};
use crate::tau2;
use crate::tool_defs::{self, TOOLS_FILE};

pub use report::{CheckReport, PackFacts, Problem, Severity};

/// Malformed calls tried on each pack.
const ODD_CALLS: usize = 200;

/// Checks the pack in `dir`. What upstream's own domains fail at (a task that doing nothing solves, an
/// action that has no effect) is an error in a pack of our own and a warning in an imported one.
pub fn check_pack(dir: &Path) -> CheckReport {
    let mut report = CheckReport {
        pack: dir.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        ..CheckReport::default()
    };
    run(dir, &mut report);
    report.sort();
    report
}

fn run(dir: &Path, report: &mut CheckReport) {
    if tau2::is_tau2(dir) {
        return tau2::check(dir, report);
    }
    let manifest = match format::read_manifest(dir) {
        Ok(manifest) => manifest,
        Err(error) => return add_error(report, dir, error),
    };
    if manifest.id != report.pack {
        let message = format!("id {:?} is not the folder's name {:?}", manifest.id, report.pack);
        report.add(Severity::Error, "pack.toml", None, message);
    }
    report.pack = manifest.id.clone();
    let imported = manifest.source.is_some();
    let tables = match format::read_tables(dir, &manifest.tables) {
        Ok(tables) => tables,
        Err(error) => return add_error(report, dir, error),
    };
    if imported {
        report.facts.tables = tables.len();
    } else {
        let read = data::read(&tables, report);
        match format::read_schema(dir) {
            Ok(schema) => data::check(&schema, &read, report),
            Err(error) => add_error(report, dir, error),
        }
        check_tools(dir, report);
    }
    let tasks = match format::read_tasks(dir) {
        Ok(tasks) => tasks,
        Err(error) => return add_error(report, dir, error),
    };
    let domain = match open_pack(dir) {
        Ok(domain) => Arc::new(domain),
        Err(error) => return add_error(report, dir, error),
    };
    report.facts.tools = domain.tools.len();
    report.facts.rules = domain.rules.len();
    report.facts.initial_hash = domain.base.state_hash();
    let manifest_text = format::read_text(&dir.join("pack.toml")).unwrap_or_default();
    let strict = match domain.source.kind {
        SourceKind::Shipped => Severity::Error,
        SourceKind::Imported => Severity::Warning,
    };
    for name in &domain.terminate_tools {
        if !domain.targets.contains_key(name) {
            let line = line_of(&manifest_text, "terminate_tools");
            let message = format!("terminate tool {name:?} is not a tool");
            report.add(strict, "pack.toml", line, message);
        }
    }
    if !domain.tasks.contains_key(&domain.default_split) {
        let message = format!("the default split {} has no tasks", domain.default_split.name());
        report.add(Severity::Error, "pack.toml", line_of(&manifest_text, "default_split"), message);
    }
    let rules_text = format::read_text(&dir.join("rules.toml")).unwrap_or_default();
    for (index, rule) in domain.rules.iter().enumerate() {
        let line = line_of(&rules_text, &format!("\"{}\"", rule.id));
        if domain.rules[..index].iter().any(|other| other.id == rule.id) {
            let message = format!("rule {:?} occurs twice", rule.id);
            report.add(Severity::Error, "rules.toml", line, message);
        }
        for tool in rule.tools.iter().filter(|tool| !domain.targets.contains_key(*tool)) {
            let message = format!("rule {:?} names {tool:?}, which is not a tool", rule.id);
            report.add(Severity::Error, "rules.toml", line, message);
        }
    }
    tasks::check(&domain, &tasks, strict, &rules_text, report);
    odd_calls::check(&domain, ODD_CALLS, strict, report);
}

/// Signature, docstring and schema of every tool of a pack of our own.
fn check_tools(dir: &Path, report: &mut CheckReport) {
    if dir.join(TOOL_TABLE).exists() {
        let message = "a pack of our own keeps its tools in tools.py".to_owned();
        report.add(Severity::Error, TOOL_TABLE, None, message);
    }
    let text = match format::read_text(&dir.join(TOOLS_FILE)) {
        Ok(text) => text,
        Err(error) => return add_error(report, dir, error),
    };
    let tools = match tool_defs::read_tools(&text) {
        Ok(tools) => tools,
        Err(faults) => return faults.into_iter().for_each(|fault| add_fault(report, fault)),
    };
    for tool in tools {
        let name = &tool.spec.name;
        if !tool.described {
            let message = format!("{name}: no docstring that says what it does");
            report.add(Severity::Error, TOOLS_FILE, Some(tool.line), message);
        }
        for parameter in tool.parameters.iter().filter(|parameter| !parameter.described) {
            let message = format!("{name}: `Args:` does not describe {}", parameter.name);
            report.add(Severity::Error, TOOLS_FILE, Some(parameter.line), message);
        }
        for stray in &tool.stray {
            let message = format!("{name}: `Args:` describes {stray}, which is no parameter");
            report.add(Severity::Error, TOOLS_FILE, Some(tool.line), message);
        }
    }
}

pub(crate) fn add_error(report: &mut CheckReport, dir: &Path, error: PackError) {
    let relative = |file: &str| {
        Path::new(file)
            .strip_prefix(dir)
            .map_or_else(|_| file.to_owned(), |path| path.to_string_lossy().replace('\\', "/"))
    };
    match error {
        PackError::Io { path, source } => {
            report.add(Severity::Error, relative(&path), None, source.to_string());
        }
        PackError::Invalid { file, line, message } => {
            report.add(Severity::Error, relative(&file), line, message);
        }
        PackError::Tools(faults) => faults.into_iter().for_each(|fault| add_fault(report, fault)),
    }
}

fn add_fault(report: &mut CheckReport, fault: Fault) {
    report.add(Severity::Error, fault.file, fault.line, fault.reason);
}
