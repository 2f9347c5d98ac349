//! Task files: a module-level list of `Task(...)` calls.

use std::sync::Arc;

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;
use serde::Deserialize;
use tau_domain::{Action, Task};
use tau_python::Base;

use super::evaluate::Evaluator;
use super::layout::{self, DomainPlace};
use super::literals::Literals;
use crate::error::Fault;
use crate::format::line_at;

/// What a task file gave.
#[derive(Default)]
pub(super) struct ReadTasks {
    pub tasks: Vec<Task>,
    /// Values that are no literals and were worked out by the interpreter.
    pub computed_values: usize,
    pub faults: Vec<Fault>,
}

/// A task as upstream's class has it; further keywords (`annotator`) are dropped there too.
#[derive(Deserialize)]
struct UpstreamTask {
    user_id: String,
    actions: Vec<Action>,
    instruction: String,
    outputs: Vec<String>,
}

/// Reads the tasks assigned to `variable`. A task's id is its place in the list, also when one before
/// it cannot be used.
pub(super) fn read_tasks(
    place: &DomainPlace,
    file: &str,
    source: &str,
    variable: &str,
    base: &Arc<Base>,
) -> ReadTasks {
    let mut read = ReadTasks::default();
    let fault = |line, reason: String| Fault { file: file.to_owned(), line, reason };
    let suite = match layout::parse(file, source) {
        Ok(suite) => suite,
        Err(fault) => {
            read.faults.push(fault);
            return read;
        }
    };
    let Some(Expr::List(list)) = layout::assigned(&suite, variable) else {
        read.faults.push(fault(None, format!("no list {variable}")));
        return read;
    };
    let evaluator = Evaluator::new(place, file, source, &suite, base.clone());
    let mut computed = 0usize;
    let mut fallback = |expr: &Expr| {
        let value = evaluator.json(expr)?;
        computed += 1;
        Ok(value)
    };
    let mut literals = Literals::with_fallback(source, &mut fallback);
    // Constants that tasks may refer to by name.
    for statement in &suite {
        if let Stmt::Assign(assign) = statement
            && let Some(Expr::Name(name)) = assign.targets.first()
            && name.id.as_str() != variable
            && let Ok(json) = Literals::new(source).json(&assign.value)
        {
            literals.names.insert(name.id.to_string(), json);
        }
    }
    for (index, item) in list.elts.iter().enumerate() {
        let line = line_at(source, item.start().to_usize());
        let task = match literals.json(item) {
            Ok(json) => serde_json::from_str::<UpstreamTask>(&json)
                .map_err(|e| (line, format!("task {index}: {e}"))),
            Err(error) => Err((error.line, format!("task {index}: {}", error.reason))),
        };
        match task {
            Ok(task) => read.tasks.push(Task {
                id: index.to_string(),
                user_id: task.user_id,
                instruction: task.instruction,
                actions: task.actions,
                outputs: task.outputs,
                title: String::new(),
                rules: Vec::new(),
                twin: None,
                allowed: None,
            }),
            Err((line, reason)) => read.faults.push(fault(Some(line), reason)),
        }
    }
    drop(literals);
    read.computed_values = computed;
    read
}
