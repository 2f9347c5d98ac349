//! A reader of the code that puts a domain together: loaders of data, lists of tools and tasks, and
//! the constructor of the environment class.
//!
//! It follows assignments, imports, calls, loops over literal lists and the few library calls that
//! such code makes to name and open files, all within the release. What it does not know it refuses
//! with file, line and reason; whatever works on values alone is left to the interpreter.

mod expressions;
mod interpret;
mod library;
mod statements;
mod value;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use indexmap::IndexMap;
use ruff_python_ast::{Expr, Stmt, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::release::ReleaseError;
use super::source::{Module, Modules};
use crate::error::Fault;

pub(super) use statements::binds;
pub(super) use value::Value;

/// Statements and expressions read for one domain.
const MOST_STEPS: u64 = 5_000_000;

/// Nesting of calls and expressions.
const MOST_DEPTH: u32 = 120;

/// Bytes of text made while reading.
const MOST_TEXT: usize = 256 << 20;

/// Why something was not read.
#[derive(Debug)]
pub(super) enum Stop {
    /// It cannot be used; the rest can.
    Fault(Fault),
    /// The code itself raises an exception there.
    Raised(Fault),
    /// The release cannot be read any further.
    Release(ReleaseError),
}

impl From<ReleaseError> for Stop {
    fn from(error: ReleaseError) -> Self {
        Stop::Release(error)
    }
}

pub(super) type Read<T> = Result<T, Stop>;

/// The names of a function, or of a module.
#[derive(Clone)]
pub(super) struct Frame {
    pub module: Rc<Module>,
    pub locals: Rc<RefCell<HashMap<String, Value>>>,
}

impl Frame {
    pub fn new(module: &Rc<Module>) -> Frame {
        Frame { module: module.clone(), locals: Rc::default() }
    }

    pub fn set(&self, name: &str, value: Value) {
        self.locals.borrow_mut().insert(name.to_owned(), value);
    }

    pub fn get(&self, name: &str) -> Option<Value> {
        self.locals.borrow().get(name).cloned()
    }
}

/// What a statement does to the flow.
pub(super) enum Flow {
    Next,
    Break,
    Continue,
    Return(Value),
}

/// Reads the code of one release.
pub(super) struct Reader<'r> {
    pub modules: Modules<'r>,
    globals: HashMap<String, Frame>,
    /// Module-level names being worked out, against circles.
    busy: HashSet<(String, String)>,
    steps: u64,
    depth: u32,
    text: usize,
    /// What `super().__init__` was given, by parameter.
    pub constructed: Option<IndexMap<String, Value>>,
    /// Parts of it that could not be read.
    pub notes: Vec<Fault>,
}

impl<'r> Reader<'r> {
    pub fn new(modules: Modules<'r>) -> Self {
        Reader {
            modules,
            globals: HashMap::new(),
            busy: HashSet::new(),
            steps: 0,
            depth: 0,
            text: 0,
            constructed: None,
            notes: Vec::new(),
        }
    }

    pub fn refuse<T>(
        &self,
        module: &Module,
        at: &impl Ranged,
        reason: impl Into<String>,
    ) -> Read<T> {
        Err(Stop::Fault(module.fault(at, reason)))
    }

    fn step(&mut self, module: &Module, at: &impl Ranged) -> Read<()> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return self.refuse(module, at, "too much code to read");
        }
        Ok(())
    }

    fn made(&mut self, module: &Module, at: &impl Ranged, bytes: usize) -> Read<()> {
        self.text = self.text.saturating_add(bytes);
        if self.text > MOST_TEXT {
            return self.refuse(module, at, "it makes too much text");
        }
        Ok(())
    }

    fn deeper<T>(
        &mut self,
        module: &Module,
        at: &impl Ranged,
        inner: impl FnOnce(&mut Self) -> Read<T>,
    ) -> Read<T> {
        self.step(module, at)?;
        if self.depth >= MOST_DEPTH {
            return self.refuse(module, at, "nested too deep");
        }
        self.depth += 1;
        let read = inner(self);
        self.depth -= 1;
        read
    }

    /// The frame of a module's own names.
    pub fn frame(&mut self, module: &Rc<Module>) -> Frame {
        self.globals.entry(module.name.clone()).or_insert_with(|| Frame::new(module)).clone()
    }

    /// What a module-level name stands for; `None` when the module does not bind it.
    pub fn global(&mut self, module: &Rc<Module>, name: &str) -> Read<Option<Value>> {
        let frame = self.frame(module);
        if let Some(value) = frame.get(name) {
            return Ok(Some(value));
        }
        let key = (module.name.clone(), name.to_owned());
        if !self.busy.insert(key.clone()) {
            return Ok(None);
        }
        let found = self.bind_global(module, &frame, name);
        self.busy.remove(&key);
        found
    }

    fn bind_global(
        &mut self,
        module: &Rc<Module>,
        frame: &Frame,
        name: &str,
    ) -> Read<Option<Value>> {
        let mut stars = Vec::new();
        for statement in &module.suite {
            if statements::binds(statement, name) {
                self.statement(frame, statement)?;
            } else if let Stmt::ImportFrom(import) = statement
                && import.names.iter().any(|alias| alias.name.as_str() == "*")
            {
                stars.push(module.imported(import));
            }
        }
        if let Some(value) = frame.get(name) {
            return Ok(Some(value));
        }
        for from in stars {
            if let Some(other) = self.modules.get(&from)?
                && let Some(value) = self.global(&other, name)?
            {
                return Ok(Some(value));
            }
        }
        Ok(None)
    }

    /// The expression assigned to a module-level name, where it is assigned once and plainly; follows
    /// imports.
    pub fn assigned(
        &mut self,
        module: &Rc<Module>,
        name: &str,
    ) -> Result<Option<(Rc<Module>, Expr)>, ReleaseError> {
        let mut place = (module.clone(), name.to_owned());
        for _ in 0..20 {
            let (module, name) = &place;
            let binding: Vec<&Stmt> =
                module.suite.iter().filter(|stmt| statements::binds(stmt, name)).collect();
            let [statement] = binding.as_slice() else { return Ok(None) };
            match statement {
                Stmt::Assign(assign) if assign.targets.len() == 1 => {
                    return Ok(Some((module.clone(), (*assign.value).clone())));
                }
                Stmt::AnnAssign(assign) => {
                    let value = assign.value.as_deref().cloned();
                    return Ok(value.map(|value| (module.clone(), value)));
                }
                Stmt::ImportFrom(import) => {
                    let alias = import.names.iter().find(|alias| {
                        alias.asname.as_ref().unwrap_or(&alias.name).as_str() == name
                    });
                    let from = module.imported(import);
                    let (Some(alias), Some(other)) = (alias, self.modules.get(&from)?) else {
                        return Ok(None);
                    };
                    place = (other, alias.name.to_string());
                }
                _ => return Ok(None),
            }
        }
        Ok(None)
    }

    /// A value that stands for another, replaced by that.
    pub fn force(&mut self, value: Value) -> Read<Value> {
        let Value::Reference(module, name) = &value else { return Ok(value) };
        if let Some(found) = self.global(module, name)? {
            return self.force(found);
        }
        if let Some(inner) = self.modules.get(&format!("{}.{name}", module.name))? {
            return Ok(Value::Module(inner));
        }
        Err(Stop::Fault(Fault {
            file: module.file.clone(),
            line: None,
            reason: format!("{name} is not defined"),
        }))
    }

    /// What a function without arguments returns; anything else as it is.
    pub fn called(&mut self, value: Value) -> Read<Value> {
        match self.force(value)? {
            Value::Function(module, function) => {
                self.call_or_interpret(&module, &function, Vec::new(), Vec::new())
            }
            Value::Lambda(frame, body) => self.expr(&frame, &body),
            other => Ok(other),
        }
    }

    /// Calls a function of the release.
    pub fn call(
        &mut self,
        module: &Rc<Module>,
        function: &StmtFunctionDef,
        positional: Vec<Value>,
        keywords: Vec<(String, Value)>,
    ) -> Read<Value> {
        let frame = Frame::new(module);
        self.bind_arguments(&frame, function, positional, keywords)?;
        let flow = self.deeper(module, function, |reader| reader.block(&frame, &function.body))?;
        Ok(match flow {
            Flow::Return(value) => value,
            _ => Value::None,
        })
    }

    /// Binds arguments to parameters, defaults included.
    pub fn bind_arguments(
        &mut self,
        frame: &Frame,
        function: &StmtFunctionDef,
        positional: Vec<Value>,
        keywords: Vec<(String, Value)>,
    ) -> Read<()> {
        let module = frame.module.clone();
        if function.parameters.vararg.is_some() {
            return self.refuse(&module, function, "a function with *arguments");
        }
        let mut given = positional.into_iter();
        let mut keywords: HashMap<String, Value> = keywords.into_iter().collect();
        let globals = self.frame(&module);
        for parameter in function.parameters.iter_non_variadic_params() {
            let name = parameter.parameter.name.as_str();
            let value = match (given.next().or_else(|| keywords.remove(name)), parameter.default())
            {
                (Some(value), _) => value,
                (None, Some(default)) => match self.expr(&globals, default) {
                    Ok(value) => value,
                    Err(Stop::Release(error)) => return Err(Stop::Release(error)),
                    Err(_) => Value::Unknown("a default that is not known here"),
                },
                (None, None) => Value::Unknown("an argument that is not known here"),
            };
            frame.set(name, value);
        }
        if given.next().is_some() {
            return self.refuse(&module, function, "too many arguments");
        }
        if let Some(rest) = &function.parameters.kwarg {
            frame.set(rest.name.as_str(), Value::dict(keywords.into_iter().collect()));
        }
        Ok(())
    }
}
