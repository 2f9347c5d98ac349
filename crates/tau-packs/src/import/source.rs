//! The Python files of a release as parsed modules, found by dotted name.

use std::collections::BTreeMap;
use std::rc::Rc;

use ruff_python_ast::{Stmt, StmtImportFrom};
use ruff_text_size::Ranged;

use super::release::{Release, ReleaseError};
use crate::error::Fault;
use crate::format::line_at;

/// A parsed file of the release.
#[derive(Debug)]
pub(super) struct Module {
    /// Dotted name: `tau_trait.envs.retail.tools`.
    pub name: String,
    /// File of the release.
    pub file: String,
    /// Its text, any line end as `\n`.
    pub text: String,
    /// Its statements.
    pub suite: Vec<Stmt>,
}

impl Module {
    /// Whether it is the module of a package, which relative imports depend on.
    pub fn is_package(&self) -> bool {
        self.file.ends_with("/__init__.py") || self.file == "__init__.py"
    }

    /// Line (from 1) of a piece of its syntax.
    pub fn line(&self, at: &impl Ranged) -> u32 {
        line_at(&self.text, at.start().to_usize())
    }

    /// What stands there, as written.
    pub fn shown(&self, at: &impl Ranged) -> &str {
        self.text.get(at.start().to_usize()..at.end().to_usize()).unwrap_or_default()
    }

    /// A fault at a piece of its syntax.
    pub fn fault(&self, at: &impl Ranged, reason: impl Into<String>) -> Fault {
        Fault { file: self.file.clone(), line: Some(self.line(at)), reason: reason.into() }
    }

    /// The module that an import names, seen from here.
    pub fn imported(&self, import: &StmtImportFrom) -> String {
        imported_module(import, &self.name, self.is_package())
    }
}

/// The module that an import names, from the importing module's point of view.
pub(super) fn imported_module(import: &StmtImportFrom, importer: &str, is_package: bool) -> String {
    let named = import.module.as_ref().map(|name| name.as_str()).unwrap_or_default();
    if import.level == 0 {
        return named.to_owned();
    }
    let up = import.level as usize - usize::from(is_package);
    let parts: Vec<&str> = importer.split('.').collect();
    let kept = parts[..parts.len().saturating_sub(up)].join(".");
    match (kept.is_empty(), named.is_empty()) {
        (_, true) => kept,
        (true, false) => named.to_owned(),
        (false, false) => format!("{kept}.{named}"),
    }
}

/// Parses a file of the release.
///
/// # Errors
/// When it is not Python; with the line.
pub(super) fn parse(file: &str, source: &str) -> Result<Vec<Stmt>, Fault> {
    match ruff_python_parser::parse_module(source) {
        Ok(module) => Ok(module.into_suite().to_vec()),
        Err(error) => Err(Fault {
            file: file.to_owned(),
            line: Some(line_at(source, error.location.start().to_usize())),
            reason: format!("not Python: {}", error.error),
        }),
    }
}

/// Python source as its own reader sees it: any line end is `\n`.
pub(super) fn source_text(release: &mut Release, file: &str) -> Result<String, ReleaseError> {
    Ok(release.read_text(file)?.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The modules of a release around one folder of packages.
pub(super) struct Modules<'r> {
    pub release: &'r mut Release,
    /// Path before the outermost package: empty in a wheel.
    pub outside: String,
    parsed: BTreeMap<String, Option<Rc<Module>>>,
    /// Files that are no Python, each reported once.
    pub faults: Vec<Fault>,
}

impl<'r> Modules<'r> {
    /// The modules below `outside`.
    pub fn new(release: &'r mut Release, outside: &str) -> Self {
        Modules {
            release,
            outside: outside.to_owned(),
            parsed: BTreeMap::new(),
            faults: Vec::new(),
        }
    }

    /// The dotted name of a file, where it is a module of these packages.
    pub fn name_of(&self, file: &str) -> Option<String> {
        let inner = file.strip_prefix(&self.outside)?.strip_suffix(".py")?;
        Some(inner.strip_suffix("/__init__").unwrap_or(inner).replace('/', "."))
    }

    /// The file of a module.
    pub fn file_of(&self, module: &str) -> Option<String> {
        let plain = !module.is_empty()
            && module.split('.').all(|part| {
                !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "_-".contains(c))
            });
        if !plain {
            return None;
        }
        let path = module.replace('.', "/");
        let near = [format!("{path}.py"), format!("{path}/__init__.py")];
        if let Some(file) = near
            .iter()
            .map(|file| format!("{}{file}", self.outside))
            .find(|file| self.release.has(file))
        {
            return Some(file);
        }
        // Packages without `__init__.py`: the path alone tells, the outermost one counts.
        let ends: Vec<String> = near.iter().map(|file| format!("/{file}")).collect();
        let fits = |name: &&String| {
            module.contains('.') && ends.iter().any(|end| name.ends_with(end))
                || near.contains(name)
        };
        self.release.names().iter().filter(fits).min_by_key(|name| name.len()).cloned()
    }

    /// A module by its dotted name; `None` when the release does not hold it or it is no Python (then
    /// it is among the faults).
    ///
    /// # Errors
    /// When the file cannot be read, or a limit is met.
    pub fn get(&mut self, name: &str) -> Result<Option<Rc<Module>>, ReleaseError> {
        if let Some(known) = self.parsed.get(name) {
            return Ok(known.clone());
        }
        let Some(file) = self.file_of(name) else {
            self.parsed.insert(name.to_owned(), None);
            return Ok(None);
        };
        let module = match source_text(self.release, &file) {
            Ok(text) => match parse(&file, &text) {
                Ok(suite) => Some(Rc::new(Module { name: name.to_owned(), file, text, suite })),
                Err(fault) => {
                    self.faults.push(fault);
                    None
                }
            },
            Err(ReleaseError::Damaged { name: file, reason }) => {
                self.faults.push(Fault { file, line: None, reason });
                None
            }
            Err(error) => return Err(error),
        };
        self.parsed.insert(name.to_owned(), module.clone());
        Ok(module)
    }
}
