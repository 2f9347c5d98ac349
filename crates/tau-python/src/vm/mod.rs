//! The interpreter: walks compiled trees over a heap, within limits.

mod call;
mod eval;
mod exec;
mod iter;
mod ops;
mod slices;

use crate::code::*;
use crate::error::{ExcClass, ExcKind, Fault, LimitKind, R};
use crate::heap::Heap;
use crate::program::{Episode, Limits, Program};
use crate::value::Value;
pub(crate) use iter::{Iter, View, range_len};
use std::sync::Arc;

/// What lives in the heap besides lists, dicts and sets.
#[derive(Clone, Debug)]
pub(crate) enum Object {
    Closure {
        closure: Arc<Closure>,
        cells: Box<[(u32, u32)]>,
        defaults: Box<[Value]>,
    },
    Bound {
        receiver: Value,
        name: Name,
    },
    Exception {
        class: ExcClass,
        args: Vec<Value>,
    },
    Range(i64, i64, i64),
    View(u32, View),
    Iter(Iter),
    /// An iterator that is being advanced.
    Busy,
}

impl Object {
    pub(crate) fn type_name(&self, heap: &Heap) -> String {
        match self {
            Object::Closure { .. } => "function",
            Object::Bound { .. } => "builtin_function_or_method",
            Object::Exception { class, .. } => return heap.exc_name(*class),
            Object::Range(..) => "range",
            Object::View(_, View::Keys) => "dict_keys",
            Object::View(_, View::Values) => "dict_values",
            Object::View(_, View::Items) => "dict_items",
            Object::Iter(iter) => iter.type_name(),
            Object::Busy => "generator",
        }
        .to_string()
    }
}

pub(crate) struct Vm<'a> {
    pub program: &'a Program,
    pub heap: &'a mut Heap,
    pub episode: &'a mut Episode,
    stack: Vec<Value>,
    base: usize,
    depth: u32,
    max_depth: u32,
    steps: u64,
    handling: Vec<(ExcClass, Vec<Value>)>,
    running: Vec<u32>,
    globals: usize,
}

impl<'a> Vm<'a> {
    pub fn new(
        program: &'a Program,
        heap: &'a mut Heap,
        episode: &'a mut Episode,
        limits: &Limits,
    ) -> Vm<'a> {
        let globals =
            heap.globals.iter().position(|(id, _)| *id == program.id).unwrap_or_else(|| {
                // The last slots note which modules have run.
                let slots = program.global_names.len() + program.modules.len();
                heap.globals.push((program.id, vec![Value::Unset; slots]));
                heap.globals.len() - 1
            });
        Vm {
            program,
            heap,
            episode,
            stack: Vec::with_capacity(64),
            base: 0,
            depth: 0,
            max_depth: limits.call_depth,
            steps: limits.steps,
            handling: Vec::new(),
            running: Vec::new(),
            globals,
        }
    }

    #[inline]
    pub fn step(&mut self, n: u64) -> R<()> {
        match self.steps.checked_sub(n) {
            Some(left) => {
                self.steps = left;
                Ok(())
            }
            None => Err(Fault::limit(LimitKind::Steps)),
        }
    }

    /// Runs a function that nests calls, within the depth limit and with stack to spare.
    pub fn deeper<T>(&mut self, f: impl FnOnce(&mut Self) -> R<T>) -> R<T> {
        if self.depth >= self.max_depth {
            return Err(Fault::limit(LimitKind::CallDepth));
        }
        self.depth += 1;
        let result = stacker::maybe_grow(256 << 10, 2 << 20, || f(self));
        self.depth -= 1;
        result
    }

    /// Runs the module's statements if that has not happened in this episode, and its imports' before.
    pub fn init_module(&mut self, number: u32) -> R<()> {
        let flag = self.program.global_names.len() + number as usize;
        if !matches!(self.heap.globals[self.globals].1[flag], Value::Unset) {
            return Ok(());
        }
        self.heap.globals[self.globals].1[flag] = Value::None;
        let program = self.program;
        let module = &program.modules[number as usize];
        for import in &module.imports {
            self.deeper(|vm| vm.init_module(*import))?;
        }
        if let Some(code) = module.init {
            self.heap.note_escape();
            self.call_code(code, None, Vec::new(), Vec::new())?;
        }
        Ok(())
    }

    pub fn global(&self, slot: u32) -> R<Value> {
        match &self.heap.globals[self.globals].1[slot as usize] {
            Value::Unset => {
                let name = &self.program.global_names[slot as usize];
                Err(Fault::text(ExcKind::NameError, format!("name '{name}' is not defined")))
            }
            value => Ok(value.clone()),
        }
    }

    pub fn set_global(&mut self, slot: u32, value: Value) {
        self.heap.note_escape();
        self.heap.globals[self.globals].1[slot as usize] = value;
    }

    #[inline]
    fn slot(&self, slot: u32) -> &Value {
        &self.stack[self.base + slot as usize]
    }

    #[inline]
    fn set_slot(&mut self, slot: u32, value: Value) {
        let at = self.base + slot as usize;
        self.stack[at] = value;
    }

    /// `bool(value)`.
    #[inline]
    pub fn truth(&self, value: &Value) -> bool {
        match value {
            Value::Bool(b) => *b,
            Value::None | Value::Unset => false,
            Value::Int(i) => *i != 0,
            Value::Float(f) => *f != 0.0,
            Value::Str(s) => !s.is_empty(),
            Value::Tuple(t) => !t.items.is_empty(),
            Value::List(id) => !self.heap.list(*id).is_empty(),
            Value::Dict(id) => !self.heap.dict(*id).is_empty(),
            Value::Set(id) => !self.heap.set(*id).is_empty(),
            Value::Delta(d) => *d != 0,
            Value::Member(class, index) if self.heap.is_str_enum(*class) => {
                self.truth(&self.heap.member_value(*class, *index))
            }
            Value::Object(id) => match &self.heap.objects[*id as usize] {
                Object::Range(a, b, step) => iter::range_len(*a, *b, *step) > 0,
                Object::View(dict, _) => !self.heap.dict(*dict).is_empty(),
                _ => true,
            },
            _ => true,
        }
    }
}
