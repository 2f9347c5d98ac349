//! Values in a task file that are code: calls of the file's own helper functions, which read the
//! domain's data. Our interpreter answers them, within its limits and on data of its own.

use std::sync::Arc;

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;
use tau_python::{Base, Episode, Heap, Limits, ModuleSource, Part, Program, call};

use super::IMPORT_CLOCK;
use super::layout::{DomainPlace, imported_module};

/// A module's `load_data` is the domain's data itself.
const DATA_MODULE: &str = "from tau_host import root as load_data\n";

/// The function that returns the value looked for.
const VALUE: &str = "tau_value";

/// The value of an expression that uses functions of `source` (the text of `file`), as JSON text.
pub(super) struct Evaluator<'a> {
    place: &'a DomainPlace,
    file: &'a str,
    source: &'a str,
    /// Modules other than the file itself.
    others: Vec<ModuleSource>,
    base: Arc<Base>,
}

impl<'a> Evaluator<'a> {
    /// For expressions of one task file.
    pub fn new(
        place: &'a DomainPlace,
        file: &'a str,
        source: &'a str,
        suite: &[Stmt],
        base: Arc<Base>,
    ) -> Self {
        let module = place.module_of(file).unwrap_or_default();
        let data = format!("{}.data", place.package);
        let reads_data = suite.iter().any(|statement| match statement {
            Stmt::ImportFrom(import) => imported_module(import, &module, false) == data,
            _ => false,
        });
        let others = reads_data
            .then(|| ModuleSource {
                name: data,
                file: place.file("data/__init__.py"),
                text: DATA_MODULE.to_owned(),
                part: Part::Whole,
            })
            .into_iter()
            .collect();
        Evaluator { place, file, source, others, base }
    }

    /// The value of `expr`.
    ///
    /// # Errors
    /// What the language lacks, what was raised, or why the value is not JSON.
    pub fn json(&self, expr: &Expr) -> Result<String, String> {
        let written = &self.source[expr.start().to_usize()..expr.end().to_usize()];
        let name = self.place.module_of(self.file).unwrap_or_else(|| "tasks".to_owned());
        let text = format!("{}\n\ndef {VALUE}():\n    return (\n{written}\n)\n", self.source);
        let file = self.file.to_owned();
        let mut modules = self.others.clone();
        modules.push(ModuleSource { name: name.clone(), file, text, part: Part::Functions });
        let program = Program::compile(&modules).map_err(|errors| {
            let all: Vec<String> = errors.iter().map(ToString::to_string).collect();
            all.join("; ")
        })?;
        let callable = program
            .find(&format!("{name}.{VALUE}"))
            .ok_or_else(|| "the expression was not understood".to_owned())?;
        let mut heap = Heap::new(self.base.clone());
        let mut episode = Episode::new(IMPORT_CLOCK, 0).map_err(|e| e.to_string())?;
        let limits = Limits::default();
        let value = call(&program, &mut heap, &mut episode, &limits, callable, &[], &[])
            .map_err(|e| e.to_string())?;
        heap.json_dumps(&value).map_err(|e| e.to_string())
    }
}
