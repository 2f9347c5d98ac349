//! Functions that work on values alone: the interpreter answers them as Python would.

use std::rc::Rc;
use std::sync::Arc;

use ruff_python_ast::{Stmt, StmtFunctionDef};
use tau_python::{Base, Episode, Heap, Limits, Part, call};

use super::super::IMPORT_CLOCK;
use super::super::drafts::{self, Draft, Lost};
use super::super::source::Module;
use super::{Read, Reader, Stop, Value};

/// The function that returns the value looked for.
const VALUE: &str = "tau_value";

/// What the code of a function says when it opens files.
const OPENS: [&str; 6] = ["open(", "read_text(", ".load(", "glob(", "listdir(", "iterdir("];

impl Reader<'_> {
    /// Calls a function: by reading it when it opens files, otherwise through the interpreter, and by
    /// reading it again when that has no answer.
    pub(super) fn call_or_interpret(
        &mut self,
        module: &Rc<Module>,
        function: &Rc<StmtFunctionDef>,
        positional: Vec<Value>,
        keywords: Vec<(String, Value)>,
    ) -> Read<Value> {
        let text = module.shown(&**function);
        let mut unanswered = None;
        if keywords.is_empty() && !OPENS.iter().any(|call| text.contains(call)) {
            match interpreted(module, function.name.as_str(), &positional) {
                Ok(value) => return Ok(value),
                Err(reason) => unanswered = Some(reason),
            }
        }
        match (self.call(module, function, positional, keywords), unanswered) {
            // Where the reader knows no such statement, the interpreter's reason is the nearer one.
            (Err(Stop::Fault(fault)), Some(reason))
                if fault.reason.contains("` is not understood") =>
            {
                Err(Stop::Fault(module.fault(&**function, reason)))
            }
            (read, _) => read,
        }
    }
}

fn interpreted(module: &Module, function: &str, given: &[Value]) -> Result<Value, String> {
    let mut tables = Vec::new();
    for (index, value) in given.iter().enumerate() {
        let json = value.json().ok_or_else(|| format!("{} is passed to it", value.kind()))?;
        tables.push((format!("a{index}"), json));
    }
    let arguments: Vec<String> =
        (0..given.len()).map(|index| format!("tau_arguments()[\"a{index}\"]")).collect();
    let text = format!(
        "{}\n\nfrom tau_host import root as tau_arguments\n\n\ndef {VALUE}():\n    return {function}({})\n",
        module.text,
        arguments.join(", ")
    );
    let base = Arc::new(Base::from_json_tables(&tables).map_err(|e| e.to_string())?);
    let mut reasons = String::new();
    for part in [Part::Functions, Part::Whole] {
        let draft =
            Draft::with_text(module, text.clone(), part).map_err(|fault| fault.to_string())?;
        let (program, lost) = drafts::compile(&mut vec![draft]);
        let needed = |lost: &Lost| {
            lost.statement.is_none_or(|index| match &lost.module.suite[index] {
                Stmt::FunctionDef(f) => f.name.as_str() == function || f.name.as_str() == VALUE,
                _ => false,
            })
        };
        let program = match (program, lost.iter().any(needed)) {
            (Some(program), false) => program,
            _ => {
                let all: Vec<String> = lost.iter().map(|lost| lost.fault.to_string()).collect();
                reasons = all.join("; ");
                continue;
            }
        };
        let target = format!("{}.{VALUE}", module.name);
        let callable = program.find(&target).ok_or_else(|| format!("{function} is not there"))?;
        let mut heap = Heap::new(base.clone());
        let mut episode = Episode::new(IMPORT_CLOCK, 0).map_err(|e| e.to_string())?;
        let limits = Limits::default();
        let value = call(&program, &mut heap, &mut episode, &limits, callable, &[], &[])
            .map_err(|e| e.to_string())?;
        let json = heap.json_dumps(&value).map_err(|e| e.to_string())?;
        return Ok(Value::Json(json.into()));
    }
    Err(reasons)
}
