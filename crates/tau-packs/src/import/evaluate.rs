//! Values in a task file that are code: calls of the file's own helper functions, which read the
//! domain's data. Our interpreter answers them, within its limits and on data of its own.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;
use tau_python::{Base, Episode, Heap, Limits, Part, Program, call};

use super::IMPORT_CLOCK;
use super::drafts::{self, Draft};
use super::reader::{Reader, binds};
use super::release::ReleaseError;
use super::source::Module;
use crate::error::Fault;

/// A module's `load_data` is the domain's data itself.
const DATA_MODULE: &str = "from tau_host import root as load_data\n";

/// The function that returns the value looked for.
const VALUE: &str = "tau_value";

/// The value of an expression that uses functions of a task file, as JSON text.
pub(super) struct Evaluator {
    module: Rc<Module>,
    /// The file without its list of tasks.
    rest: String,
    /// Modules other than the file itself, with another text than their own where that is given.
    others: Vec<(Rc<Module>, Option<&'static str>, Part)>,
    base: Arc<Base>,
}

impl Evaluator {
    /// For expressions of the list `variable` of a task file.
    ///
    /// # Errors
    /// When the release cannot be read.
    pub fn new(
        reader: &mut Reader<'_>,
        module: &Rc<Module>,
        variable: &str,
        base: Arc<Base>,
    ) -> Result<Self, ReleaseError> {
        let mut others = Vec::new();
        let mut open = vec![module.clone()];
        let mut seen: BTreeSet<String> = BTreeSet::from([module.name.clone()]);
        while let Some(next) = open.pop() {
            for statement in &next.suite {
                let Stmt::ImportFrom(import) = statement else { continue };
                let name = next.imported(import);
                let loads = import.names.iter().any(|alias| alias.name.as_str() == "load_data");
                if !seen.insert(name.clone()) {
                    continue;
                }
                let Some(imported) = reader.modules.get(&name)? else { continue };
                others.push(match loads {
                    true => (imported.clone(), Some(DATA_MODULE), Part::Whole),
                    false => (imported.clone(), None, Part::Functions),
                });
                if !loads {
                    open.push(imported);
                }
            }
        }
        let mut rest = module.text.clone();
        for statement in module.suite.iter().filter(|statement| binds(statement, variable)) {
            let range = statement.start().to_usize()..statement.end().to_usize();
            let blank: String = module.text[range.clone()]
                .bytes()
                .map(|b| if b == b'\n' { '\n' } else { ' ' })
                .collect();
            rest.replace_range(range, &blank);
        }
        Ok(Evaluator { module: module.clone(), rest, others, base })
    }

    /// The value of `expr`.
    ///
    /// # Errors
    /// What the language lacks, what was raised, or why the value is not JSON.
    pub fn json(&self, expr: &Expr) -> Result<String, String> {
        let written = self.module.shown(expr);
        let name = &self.module.name;
        let text = format!("{}\n\ndef {VALUE}():\n    return (\n{written}\n)\n", self.rest);
        let mut reason = String::new();
        // Constants of the file are worked out only where its functions need them.
        for part in [Part::Functions, Part::Whole] {
            let program = match self.compiled(&text, part) {
                Ok(program) => program,
                Err(lacks) => {
                    reason = lacks;
                    continue;
                }
            };
            let callable = program
                .find(&format!("{name}.{VALUE}"))
                .ok_or_else(|| "the expression was not understood".to_owned())?;
            let mut heap = Heap::new(self.base.clone());
            let mut episode = Episode::new(IMPORT_CLOCK, 0).map_err(|e| e.to_string())?;
            let limits = Limits::default();
            let value = call(&program, &mut heap, &mut episode, &limits, callable, &[], &[])
                .map_err(|e| e.to_string())?;
            return heap.json_dumps(&value).map_err(|e| e.to_string());
        }
        Err(reason)
    }

    fn compiled(&self, text: &str, part: Part) -> Result<Program, String> {
        let told = |fault: Fault| fault.to_string();
        let mut all = Vec::new();
        for (module, text, part) in &self.others {
            all.push(match text {
                Some(text) => Draft::with_text(module, (*text).to_owned(), *part).map_err(told)?,
                None => Draft::of(module, *part),
            });
        }
        all.push(Draft::with_text(&self.module, text.to_owned(), part).map_err(told)?);
        let (program, lost) = drafts::compile(&mut all);
        // What is lost beside the value itself is missed only if the value needs it, and then it is
        // lost too.
        let value_lost = lost.iter().any(|lost| {
            lost.module.file == self.module.file
                && lost.statement.is_none_or(|index| {
                    matches!(&lost.module.suite[index], Stmt::FunctionDef(f) if f.name.as_str() == VALUE)
                })
        });
        match program {
            Some(program) if !value_lost => Ok(program),
            _ => {
                let all: Vec<String> = lost.iter().map(|lost| lost.fault.to_string()).collect();
                Err(all.join("; "))
            }
        }
    }
}
