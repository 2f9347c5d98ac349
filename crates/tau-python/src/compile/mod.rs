//! From syntax to code: names become slots, and what the subset lacks is refused with its line.

mod expr;
mod function;
mod module;
mod scope;

use crate::code::*;
use crate::error::LoadError;
use crate::value::Value;
use ruff_text_size::Ranged;
use std::collections::{HashMap, HashSet};

pub(crate) use module::{compile_program, parse as parse_source};

/// The largest source, in bytes, and the deepest nesting of one.
pub(crate) const MAX_SOURCE: usize = 1 << 20;
const MAX_NESTING: u32 = 60;

type C<T> = Result<T, LoadError>;

/// What a name of a module is bound to.
#[derive(Clone, Debug)]
enum Binding {
    Static(Static),
    /// A name of another module of the program.
    Import(u32, String),
    Global(u32),
    /// An import that cannot be resolved; refused where it is used.
    Missing(String),
}

/// A module being compiled.
struct Unit {
    name: String,
    file: String,
    line_starts: Vec<u32>,
    bindings: HashMap<String, Binding>,
    /// Names bound anywhere in the module that hide a built-in.
    shadowed: HashSet<String>,
    imports: Vec<u32>,
    text: String,
    functions_only: bool,
}

/// The program being compiled.
struct Compiler {
    units: Vec<Unit>,
    by_name: HashMap<String, u32>,
    codes: Vec<Option<Code>>,
    classes: Vec<ClassInfo>,
    globals: u32,
    global_names: Vec<Name>,
    errors: Vec<LoadError>,
    /// The module at work.
    unit: u32,
    functions: Vec<Frame>,
    nesting: u32,
    interned: HashMap<String, Name>,
    class: Option<String>,
}

/// A function being compiled.
#[derive(Default)]
struct Frame {
    vars: HashMap<String, Var>,
    comp_scopes: Vec<HashMap<String, Var>>,
    slot_names: Vec<Name>,
    cells: Vec<u32>,
    inner: HashSet<String>,
    globals: HashSet<String>,
    nonlocals: HashSet<String>,
    captures: Vec<(u32, u32)>,
    loops: u32,
    qualname: String,
    is_module: bool,
}

#[derive(Clone, Copy)]
struct Var {
    slot: u32,
    cell: bool,
}

impl Compiler {
    fn unit(&self) -> &Unit {
        &self.units[self.unit as usize]
    }

    fn line(&self, at: &impl Ranged) -> u32 {
        let offset = at.start().to_u32();
        self.unit().line_starts.partition_point(|&start| start <= offset) as u32
    }

    fn refuse<T>(&self, at: &impl Ranged, reason: impl Into<String>) -> C<T> {
        Err(LoadError {
            file: self.unit().file.clone(),
            line: self.line(at),
            reason: reason.into(),
        })
    }

    fn unsupported<T>(&self, at: &impl Ranged, what: &str) -> C<T> {
        self.refuse(at, format!("{what} is not part of the supported Python subset"))
    }

    fn intern(&mut self, text: &str) -> Name {
        if let Some(name) = self.interned.get(text) {
            return name.clone();
        }
        let name: Name = text.into();
        self.interned.insert(text.to_string(), name.clone());
        name
    }

    fn str_const(&mut self, text: &str) -> Value {
        // Lone surrogates cannot be written in a Rust string; the parser replaces them.
        Value::Str(self.intern(text))
    }

    fn frame(&mut self) -> &mut Frame {
        if self.functions.is_empty() {
            self.functions.push(Frame::default());
        }
        let last = self.functions.len() - 1;
        &mut self.functions[last]
    }

    fn new_slot(&mut self, name: &str) -> u32 {
        let name = self.intern(name);
        let frame = self.frame();
        frame.slot_names.push(name);
        frame.slot_names.len() as u32 - 1
    }

    fn new_global(&mut self, name: &str) -> u32 {
        let name = self.intern(name);
        self.global_names.push(name);
        self.globals += 1;
        self.globals - 1
    }

    fn nested<T>(&mut self, at: &impl Ranged, f: impl FnOnce(&mut Self) -> C<T>) -> C<T> {
        if self.nesting >= MAX_NESTING {
            return self.refuse(at, "the source is nested too deeply");
        }
        self.nesting += 1;
        let result = f(self);
        self.nesting -= 1;
        result
    }

    /// The variable a name means in function `depth`, made reachable from there.
    fn resolve(&mut self, depth: usize, name: &str) -> Option<Var> {
        let frame = &self.functions[depth];
        for scope in frame.comp_scopes.iter().rev() {
            if let Some(var) = scope.get(name) {
                return Some(*var);
            }
        }
        if frame.globals.contains(name) {
            return None;
        }
        if let Some(var) = frame.vars.get(name) {
            return Some(*var);
        }
        if depth == 0 {
            return None;
        }
        let outer = self.resolve(depth - 1, name)?;
        if !outer.cell {
            return None;
        }
        let interned = self.intern(name);
        let frame = &mut self.functions[depth];
        frame.slot_names.push(interned);
        let slot = frame.slot_names.len() as u32 - 1;
        frame.captures.push((outer.slot, slot));
        let var = Var { slot, cell: true };
        frame.vars.insert(name.to_string(), var);
        Some(var)
    }

    /// Follows imports to what a module's name stands for.
    fn module_binding(&self, unit: u32, name: &str) -> Option<Binding> {
        let (mut unit, mut name) = (unit, name.to_string());
        for _ in 0..32 {
            match self.units[unit as usize].bindings.get(&name) {
                Some(Binding::Import(next, original)) => {
                    let next_name = original.clone();
                    if !self.units[*next as usize].bindings.contains_key(&next_name) {
                        let full = format!("{}.{}", self.units[*next as usize].name, next_name);
                        return self
                            .by_name
                            .get(&full)
                            .map(|m| Binding::Static(Static::ProgramModule(*m)));
                    }
                    unit = *next;
                    name = next_name;
                }
                other => return other.cloned(),
            }
        }
        None
    }

    fn load_name(&mut self, at: &impl Ranged, name: &str) -> C<Expr> {
        if !self.functions.is_empty() {
            let top = self.functions.len() - 1;
            if let Some(var) = self.resolve(top, name) {
                return Ok(if var.cell { Expr::Cell(var.slot) } else { Expr::Local(var.slot) });
            }
        }
        match self.module_binding(self.unit, name) {
            Some(Binding::Static(Static::Value(value))) => Ok(Expr::Const(value)),
            Some(Binding::Static(Static::ProgramModule(_))) => {
                self.refuse(at, format!("module {name:?} is used as a value"))
            }
            Some(Binding::Global(slot)) => Ok(Expr::Global(slot)),
            Some(Binding::Missing(reason)) => self.refuse(at, reason),
            Some(Binding::Import(..)) => self.refuse(at, format!("the import of {name:?} goes in a circle")),
            None => match crate::builtins::global(name) {
                Some(value) => Ok(Expr::Const(value)),
                None => self.refuse(at, format!("the name {name:?} is not defined or not part of the supported Python subset")),
            },
        }
    }

    fn store_name(&mut self, at: &impl Ranged, name: &str) -> C<Target> {
        if let Some(top) = self.functions.len().checked_sub(1)
            && let Some(var) = self.resolve(top, name)
        {
            return Ok(if var.cell { Target::Cell(var.slot) } else { Target::Local(var.slot) });
        }
        match self.unit().bindings.get(name) {
            Some(Binding::Global(slot)) => Ok(Target::Global(*slot)),
            _ => self.refuse(at, format!("the name {name:?} cannot be assigned here")),
        }
    }
}
