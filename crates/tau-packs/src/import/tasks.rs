//! Tasks: module-level lists of `Task(...)` calls, lists put together by code, and JSON or JSON lines.

use std::rc::Rc;
use std::sync::Arc;

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;
use serde::Deserialize;
use tau_domain::{Action, JsonText, Task};
use tau_python::Base;

use super::evaluate::Evaluator;
use super::literals::Literals;
use super::reader::{Reader, Stop, Value};
use super::release::ReleaseError;
use super::source::{Module, source_text};
use crate::error::Fault;
use crate::format::line_at;

/// What a list of tasks gave.
#[derive(Default)]
pub(super) struct ReadTasks {
    pub tasks: Vec<Task>,
    /// Values that are no literals and were worked out by the interpreter.
    pub computed_values: usize,
    pub faults: Vec<Fault>,
}

/// A task as upstream's class has it; further keywords (`annotator`) are dropped there too. Older
/// files and forks say `arguments` where the class says `kwargs`, and leave out what is empty.
#[derive(Deserialize)]
struct UpstreamTask {
    #[serde(default)]
    user_id: String,
    #[serde(default)]
    actions: Vec<UpstreamAction>,
    instruction: String,
    #[serde(default)]
    outputs: Vec<String>,
}

#[derive(Deserialize)]
struct UpstreamAction {
    name: String,
    #[serde(alias = "arguments", default = "no_arguments")]
    kwargs: JsonText,
}

fn no_arguments() -> JsonText {
    JsonText::from("{}")
}

impl ReadTasks {
    /// A task's id is its place in the list, also when one before it cannot be used.
    fn take(&mut self, index: usize, file: &str, line: Option<u32>, json: Result<String, String>) {
        let task = json.and_then(|json| {
            serde_json::from_str::<UpstreamTask>(&json).map_err(|e| e.to_string())
        });
        match task {
            Ok(task) => self.tasks.push(Task {
                id: index.to_string(),
                user_id: task.user_id,
                instruction: task.instruction,
                actions: task
                    .actions
                    .into_iter()
                    .map(|action| Action { name: action.name, kwargs: action.kwargs })
                    .collect(),
                outputs: task.outputs,
                title: String::new(),
                rules: Vec::new(),
                twin: None,
                allowed: None,
            }),
            Err(reason) => self.faults.push(Fault {
                file: file.to_owned(),
                line,
                reason: format!("task {index}: {reason}"),
            }),
        }
    }
}

/// Reads a list of tasks.
///
/// # Errors
/// When the release cannot be read.
pub(super) fn read_tasks(
    reader: &mut Reader<'_>,
    list: &Value,
    base: &Arc<Base>,
) -> Result<ReadTasks, ReleaseError> {
    match list {
        Value::Reference(module, name) => {
            if let Some((home, Expr::List(written))) = reader.assigned(module, name)? {
                let variable = name_there(&home, &written);
                return literal_list(reader, &home, &variable, &written.elts, base);
            }
            if !module.suite.iter().any(|statement| super::reader::binds(statement, name)) {
                let fault = Fault {
                    file: module.file.clone(),
                    line: None,
                    reason: format!("no list {name}"),
                };
                return Ok(ReadTasks { faults: vec![fault], ..ReadTasks::default() });
            }
            values(reader, list.clone(), &module.file.clone())
        }
        Value::Path(file) => lines(reader, file),
        other => values(reader, other.clone(), "tasks"),
    }
}

/// The name that a list has in the file in which it stands.
fn name_there(module: &Module, list: &ruff_python_ast::ExprList) -> String {
    module
        .suite
        .iter()
        .find_map(|statement| match statement {
            Stmt::Assign(assign) if assign.value.range() == list.range() => {
                match assign.targets.first() {
                    Some(Expr::Name(name)) => Some(name.id.to_string()),
                    _ => None,
                }
            }
            Stmt::AnnAssign(assign) => match (&*assign.target, &assign.value) {
                (Expr::Name(name), Some(value)) if value.range() == list.range() => {
                    Some(name.id.to_string())
                }
                _ => None,
            },
            _ => None,
        })
        .unwrap_or_default()
}

fn literal_list(
    reader: &mut Reader<'_>,
    module: &Rc<Module>,
    variable: &str,
    items: &[Expr],
    base: &Arc<Base>,
) -> Result<ReadTasks, ReleaseError> {
    let mut read = ReadTasks::default();
    let evaluator = Evaluator::new(reader, module, variable, base.clone())?;
    let mut computed = 0usize;
    let mut fallback = |expr: &Expr| {
        let value = evaluator.json(expr)?;
        computed += 1;
        Ok(value)
    };
    let source = module.text.as_str();
    let mut literals = Literals::with_fallback(source, &mut fallback);
    // Constants that tasks may refer to by name.
    for statement in &module.suite {
        if let Stmt::Assign(assign) = statement
            && let Some(Expr::Name(name)) = assign.targets.first()
            && name.id.as_str() != variable
            && let Ok(json) = Literals::new(source).json(&assign.value)
        {
            literals.names.insert(name.id.to_string(), json);
        }
    }
    for (index, item) in items.iter().enumerate() {
        let line = line_at(source, item.start().to_usize());
        match literals.json(item) {
            Ok(json) => read.take(index, &module.file, Some(line), Ok(json)),
            Err(error) => read.take(index, &module.file, Some(error.line), Err(error.reason)),
        }
    }
    drop(literals);
    read.computed_values = computed;
    Ok(read)
}

/// A list that code puts together.
fn values(reader: &mut Reader<'_>, list: Value, file: &str) -> Result<ReadTasks, ReleaseError> {
    let mut read = ReadTasks::default();
    let module = Rc::new(Module {
        name: String::new(),
        file: file.to_owned(),
        text: String::new(),
        suite: Vec::new(),
    });
    let nowhere = ruff_text_size::TextRange::default();
    let items = reader.force(list).and_then(|list| reader.items(&module, &nowhere, list));
    match items {
        Ok(items) => {
            for (index, item) in items.iter().enumerate() {
                let json = item.json().ok_or_else(|| format!("it is {}", item.kind()));
                read.take(index, file, None, json);
            }
        }
        Err(Stop::Release(error)) => return Err(error),
        Err(Stop::Fault(fault) | Stop::Raised(fault)) => read.faults.push(fault),
    }
    Ok(read)
}

/// A file of tasks: a JSON list (or an object with a list `tasks`), or one object a line.
fn lines(reader: &mut Reader<'_>, file: &str) -> Result<ReadTasks, ReleaseError> {
    let mut read = ReadTasks::default();
    let text = source_text(reader.modules.release, file)?;
    if file.ends_with(".jsonl") {
        let filled = text.lines().zip(1u32..).filter(|(line, _)| !line.trim().is_empty());
        for (index, (line, number)) in filled.enumerate() {
            read.take(index, file, Some(number), Ok(line.to_owned()));
        }
        return Ok(read);
    }
    let whole = Value::Json(text.as_str().into()).opened();
    let list = match &whole {
        Some(Value::Dict(entries)) => entries.borrow().get("tasks").cloned(),
        other => other.clone(),
    };
    match list.and_then(Value::opened) {
        Some(Value::List(items)) => {
            for (index, item) in items.borrow().iter().enumerate() {
                let json = item.json().ok_or_else(|| "it is no data".to_owned());
                read.take(index, file, None, json);
            }
        }
        _ => read.faults.push(Fault {
            file: file.to_owned(),
            line: None,
            reason: "it is no JSON list of tasks".to_owned(),
        }),
    }
    Ok(read)
}
