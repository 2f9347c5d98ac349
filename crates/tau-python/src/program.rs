//! Compiled programs and how they are called.

use crate::code::*;
use crate::error::{CallError, ExcClass, Fault, LoadError};
use crate::heap::Heap;
use crate::value::Value;
use crate::vm::Vm;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use thiserror::Error;

/// One module of a program.
#[derive(Clone, Debug)]
pub struct ModuleSource {
    /// Dotted name, for example `pack.tools.calculate`. A package's own module has the package's name.
    pub name: String,
    /// File name for messages; ends in `__init__.py` for a package, which relative imports depend on.
    pub file: String,
    /// The source text.
    pub text: String,
    /// How much of it is part of the program.
    pub part: Part,
}

/// How much of a module is part of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Everything.
    Whole,
    /// Imports, functions and classes only; other statements are left out, and an import that
    /// cannot be resolved is refused only where a function uses it.
    Functions,
}

/// A function of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Callable(pub(crate) u32);

/// How an argument may be passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// By position only.
    PositionalOnly,
    /// By position or by name.
    Either,
    /// By name only.
    KeywordOnly,
    /// `*args`
    Star,
    /// `**kwargs`
    DoubleStar,
}

/// A parameter of a callable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// The annotation as written.
    pub annotation: Option<String>,
    /// Whether it may be left out.
    pub has_default: bool,
    /// How it is passed.
    pub kind: ParameterKind,
}

/// A module-level function or a method of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallableInfo {
    /// What to call.
    pub callable: Callable,
    /// The module's dotted name.
    pub module: String,
    /// The class it belongs to.
    pub class: Option<String>,
    /// Its own name.
    pub name: String,
    /// `module.Class.name` or `module.name`.
    pub target: String,
    /// Its parameters in order.
    pub parameters: Vec<Parameter>,
    /// Its docstring as written.
    pub docstring: Option<String>,
    /// Where it is defined.
    pub file: String,
    /// The line of its name.
    pub line: u32,
}

/// The classes of a program, shared with the heaps that hold their members.
pub(crate) struct Classes(pub Vec<ClassInfo>);

/// A compiled program: immutable and shared by all episodes.
pub struct Program {
    pub(crate) id: u64,
    pub(crate) modules: Vec<ModuleCode>,
    pub(crate) codes: Vec<Code>,
    pub(crate) classes: Arc<Classes>,
    pub(crate) global_names: Vec<Name>,
    pub(crate) global_slots: HashMap<(u32, String), u32>,
    callables: Vec<CallableInfo>,
    by_target: HashMap<String, Callable>,
}

static PROGRAMS: AtomicU64 = AtomicU64::new(1);

impl Program {
    /// Compiles modules to one program.
    ///
    /// # Errors
    /// Everything the supported subset lacks, each with file, line and reason.
    pub fn compile(modules: &[ModuleSource]) -> Result<Program, Vec<LoadError>> {
        crate::compile::compile_program(modules)
    }

    pub(crate) fn new(
        modules: Vec<ModuleCode>,
        codes: Vec<Code>,
        classes: Vec<ClassInfo>,
        global_names: Vec<Name>,
        global_slots: HashMap<(u32, String), u32>,
    ) -> Program {
        let mut callables = Vec::new();
        for code in &codes {
            if code.qualname.contains('<') || code.name.contains('<') {
                continue;
            }
            let module = &modules[code.module as usize];
            let class = code.qualname.rsplit_once('.').map(|(class, _)| class.to_string());
            callables.push(CallableInfo {
                callable: Callable(code.number),
                module: module.name.to_string(),
                class,
                name: code.name.to_string(),
                target: format!("{}.{}", module.name, code.qualname),
                parameters: parameters(code),
                docstring: code.docstring.as_deref().map(str::to_string),
                file: module.file.to_string(),
                line: code.line,
            });
        }
        let by_target = callables.iter().map(|c| (c.target.clone(), c.callable)).collect();
        Program {
            id: PROGRAMS.fetch_add(1, Ordering::Relaxed),
            modules,
            codes,
            classes: Arc::new(Classes(classes)),
            global_names,
            global_slots,
            callables,
            by_target,
        }
    }

    /// All module-level functions and methods, in the order of the source.
    pub fn callables(&self) -> &[CallableInfo] {
        &self.callables
    }

    /// The callable named `module.function` or `module.Class.method`.
    pub fn find(&self, target: &str) -> Option<Callable> {
        self.by_target.get(target).copied()
    }
}

fn parameters(code: &Code) -> Vec<Parameter> {
    let mut out: Vec<Parameter> = Vec::new();
    for (i, param) in code.params.iter().enumerate() {
        let i = i as u32;
        let kind = if i < code.positional_only {
            ParameterKind::PositionalOnly
        } else if i < code.positional {
            ParameterKind::Either
        } else {
            ParameterKind::KeywordOnly
        };
        out.push(Parameter {
            name: param.name.to_string(),
            annotation: param.annotation.clone(),
            has_default: !matches!(param.default, ParamDefault::None),
            kind,
        });
    }
    for (slot, kind) in
        [(code.star, ParameterKind::Star), (code.double_star, ParameterKind::DoubleStar)]
    {
        if let Some(slot) = slot {
            let name = code.slot_names[slot as usize].to_string();
            out.push(Parameter { name, annotation: None, has_default: true, kind });
        }
    }
    out
}

/// What a call may use. A tool cannot catch hitting a limit.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Statements, loop turns and calls; built-ins that scan count their length.
    pub steps: u64,
    /// Bytes allocated in total during the call, counted before each allocation.
    pub memory_bytes: usize,
    /// Calls within calls.
    pub call_depth: u32,
}

impl std::default::Default for Limits {
    fn default() -> Limits {
        Limits { steps: 2_000_000, memory_bytes: 64 << 20, call_depth: 64 }
    }
}

/// What an episode decides for its tools: the clock and the seed of ids and randomness.
#[derive(Clone, Debug)]
pub struct Episode {
    /// `datetime.now()`: microseconds since 0001-01-01.
    pub(crate) clock: i64,
    pub(crate) random: u64,
}

/// The text is no `YYYY-MM-DDTHH:MM:SS`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is not a time like 2025-01-31T12:00:00")]
pub struct BadClock(pub String);

impl Episode {
    /// An episode whose clock stands still at `clock` (`2025-01-31T12:00:00`, a blank for the `T` is fine).
    ///
    /// # Errors
    /// When `clock` is not such a time.
    pub fn new(clock: &str, seed: u64) -> Result<Episode, BadClock> {
        let micros = crate::builtins::datetime::from_iso(clock)
            .ok_or_else(|| BadClock(clock.to_string()))?;
        Ok(Episode { clock: micros, random: seed })
    }

    /// SplitMix64: the next of the episode's random numbers.
    pub(crate) fn next_random(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

/// Calls a function with positional and keyword arguments, as Python would bind them.
///
/// # Errors
/// The exception it raises (a failed binding is a `TypeError`), or the limit it hits.
pub fn call(
    program: &Program,
    heap: &mut Heap,
    episode: &mut Episode,
    limits: &Limits,
    target: Callable,
    args: &[Value],
    kwargs: &[(String, Value)],
) -> Result<Value, CallError> {
    run(program, heap, episode, limits, |vm| {
        let code = &program.codes[target.0 as usize];
        vm.init_module(code.module)?;
        let named =
            kwargs.iter().map(|(name, value)| (Name::from(name.as_str()), value.clone())).collect();
        vm.check_repeated(code, kwargs)?;
        vm.call_code(target.0, None, args.to_vec(), named)
    })
}

/// The value of a module-level variable, after the module has run.
///
/// # Errors
/// What running the module raises, or a `NameError`.
pub fn variable(
    program: &Program,
    heap: &mut Heap,
    episode: &mut Episode,
    limits: &Limits,
    module: &str,
    name: &str,
) -> Result<Value, CallError> {
    run(program, heap, episode, limits, |vm| {
        let number = program.modules.iter().position(|m| *m.name == *module);
        let number = number.unwrap_or(usize::MAX) as u32;
        match program.global_slots.get(&(number, name.to_string())) {
            Some(slot) => {
                vm.init_module(number)?;
                vm.global(*slot)
            }
            None => Err(Fault::text(
                crate::error::ExcKind::NameError,
                format!("name '{name}' is not defined"),
            )),
        }
    })
}

fn run(
    program: &Program,
    heap: &mut Heap,
    episode: &mut Episode,
    limits: &Limits,
    body: impl FnOnce(&mut Vm) -> Result<Value, Fault>,
) -> Result<Value, CallError> {
    heap.classes = Some(program.classes.clone());
    heap.set_budget(limits.memory_bytes);
    heap.begin_call();
    let result = stacker::maybe_grow(512 << 10, 8 << 20, || {
        let mut vm = Vm::new(program, heap, episode, limits);
        body(&mut vm)
    });
    let place = |code: u32| match program.codes.get(code as usize) {
        Some(code) => program.modules[code.module as usize].file.to_string(),
        None => String::new(),
    };
    let result = match result {
        Ok(value) => Ok(value),
        Err(Fault::Limit(hit)) => {
            Err(CallError::Limit { kind: hit.kind, file: place(hit.code), line: hit.line })
        }
        Err(Fault::Raised(raised)) => Err(CallError::Exception {
            type_name: heap.exc_name(raised.class),
            message: crate::text::exception_text(heap, raised.class, &raised.args),
            file: place(raised.code),
            line: raised.line,
        }),
    };
    heap.end_call(result.as_ref().ok());
    result
}

impl Heap {
    fn class(&self, number: u32) -> Option<&ClassInfo> {
        self.classes.as_ref()?.0.get(number as usize)
    }

    pub(crate) fn class_name(&self, number: u32) -> String {
        self.class(number).map_or_else(String::new, |c| c.name.to_string())
    }

    fn member(&self, class: u32, index: u32) -> Option<&(Name, Value)> {
        match &self.class(class)?.kind {
            ClassKind::Enum { members, .. } => members.get(index as usize),
            _ => None,
        }
    }

    pub(crate) fn member_name(&self, class: u32, index: u32) -> Name {
        self.member(class, index).map_or_else(|| "".into(), |m| m.0.clone())
    }

    pub(crate) fn member_value(&self, class: u32, index: u32) -> Value {
        self.member(class, index).map_or(Value::None, |m| m.1.clone())
    }

    pub(crate) fn is_str_enum(&self, class: u32) -> bool {
        matches!(self.class(class).map(|c| &c.kind), Some(ClassKind::Enum { is_str: true, .. }))
    }

    pub(crate) fn exc_name(&self, class: ExcClass) -> String {
        match class {
            ExcClass::Builtin(kind) => kind.name().to_string(),
            ExcClass::User(number) => self.class_name(number),
        }
    }

    pub(crate) fn exc_is_a(&self, class: ExcClass, kind: crate::error::ExcKind) -> bool {
        self.exc_is_subclass(class, ExcClass::Builtin(kind))
    }

    pub(crate) fn exc_is_subclass(&self, class: ExcClass, of: ExcClass) -> bool {
        let mut at = class;
        loop {
            match (at, of) {
                (ExcClass::Builtin(kind), ExcClass::Builtin(of)) => return kind.is_a(of),
                (ExcClass::Builtin(_), ExcClass::User(_)) => return false,
                (ExcClass::User(a), ExcClass::User(b)) if a == b => return true,
                (ExcClass::User(a), _) => match self.class(a).map(|c| &c.kind) {
                    Some(ClassKind::Exception(parent)) => at = *parent,
                    _ => return false,
                },
            }
        }
    }
}
