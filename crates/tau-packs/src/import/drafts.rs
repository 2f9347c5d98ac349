//! Compiling code of a release for our interpreter. Statements that it does not know are taken out
//! one by one, so that one of them does not cost the whole file.

use std::collections::BTreeSet;
use std::rc::Rc;

use ruff_python_ast::Stmt;
use ruff_text_size::Ranged;
use tau_python::{ModuleSource, Part, Program};

use super::source::{Module, parse};
use crate::error::Fault;
use crate::format::line_at;

/// A module on its way to the interpreter.
pub(super) struct Draft {
    pub source: ModuleSource,
    pub module: Rc<Module>,
    blank: BTreeSet<usize>,
}

impl Draft {
    /// A module as it stands in the release.
    pub fn of(module: &Rc<Module>, part: Part) -> Draft {
        Draft {
            source: ModuleSource {
                name: module.name.clone(),
                file: module.file.clone(),
                text: module.text.clone(),
                part,
            },
            module: module.clone(),
            blank: BTreeSet::new(),
        }
    }

    /// A module with another text than the release has.
    pub fn with_text(module: &Module, text: String, part: Part) -> Result<Draft, Fault> {
        let suite = parse(&module.file, &text)?;
        let changed = Module { name: module.name.clone(), file: module.file.clone(), text, suite };
        Ok(Draft::of(&Rc::new(changed), part))
    }

    /// The statements that are still there.
    pub fn kept(&self) -> impl Iterator<Item = &Stmt> {
        let there = self.module.suite.iter().enumerate();
        there.filter(|(index, _)| !self.blank.contains(index)).map(|(_, statement)| statement)
    }

    /// The top-level statement on a line.
    fn statement_at(&self, line: u32) -> Option<usize> {
        self.module.suite.iter().position(|statement| {
            let first = line_at(&self.module.text, statement.start().to_usize());
            let last = line_at(&self.module.text, statement.end().to_usize());
            (first..=last).contains(&line)
        })
    }

    /// Replaces a statement by blanks of the same length: places of the others stay true.
    fn blank_out(&mut self, index: usize) {
        self.blank.insert(index);
        let statement = &self.module.suite[index];
        let range = statement.start().to_usize()..statement.end().to_usize();
        let blank: String = self.source.text[range.clone()]
            .bytes()
            .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
            .collect();
        self.source.text.replace_range(range, &blank);
    }
}

/// A statement that was taken out, or a whole module (`None`).
pub(super) struct Lost {
    pub module: Rc<Module>,
    pub statement: Option<usize>,
    pub fault: Fault,
}

/// Compiles the drafts; gives the program, and what had to be taken out for it. `None` when nothing is
/// left.
pub(super) fn compile(drafts: &mut Vec<Draft>) -> (Option<Program>, Vec<Lost>) {
    let mut lost = Vec::new();
    // Each round takes at least one statement or module out.
    while !drafts.is_empty() {
        let sources: Vec<ModuleSource> = drafts.iter().map(|draft| draft.source.clone()).collect();
        let errors = match Program::compile(&sources) {
            Ok(program) => return (Some(program), lost),
            Err(errors) => errors,
        };
        let mut broken: BTreeSet<String> = BTreeSet::new();
        let mut changed = false;
        for error in errors {
            let Some(draft) = drafts.iter_mut().find(|d| d.source.file == error.file) else {
                continue;
            };
            let statement = draft.statement_at(error.line);
            if statement.is_some_and(|index| draft.blank.contains(&index)) {
                continue;
            }
            changed = true;
            match statement {
                Some(index) => draft.blank_out(index),
                None => _ = broken.insert(error.file.clone()),
            }
            let fault = Fault { file: error.file, line: Some(error.line), reason: error.reason };
            lost.push(Lost { module: draft.module.clone(), statement, fault });
        }
        drafts.retain(|draft| !broken.contains(&draft.source.file));
        if !changed {
            return (None, lost);
        }
    }
    (None, lost)
}
