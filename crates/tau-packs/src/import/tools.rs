//! The tools of a domain: classes with `get_info` (the schema) and `invoke`, which our interpreter
//! runs as they stand.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use ruff_python_ast::{Expr, Stmt, StmtClassDef};
use tau_domain::ToolSpec;
use tau_python::{Base, Episode, Heap, Limits, Part, Program, call};

use super::IMPORT_CLOCK;
use super::drafts::{self, Draft, Lost};
use super::environment::{base_class, is_environment, method};
use super::layout::DomainPlace;
use super::reader::{Reader, Stop, Value};
use super::release::ReleaseError;
use super::source::Module;
use crate::error::Fault;
use crate::format::{ModuleEntry, ToolEntry, ToolTable};

/// The table of tools, and the files of their code.
pub(super) type Tools = (ToolTable, Vec<(String, String)>);

/// A class of the list.
struct Listed {
    module: Rc<Module>,
    class: Rc<StmtClassDef>,
}

/// Reads the tools of a domain; `None` when none can be used.
pub(super) fn read_tools(
    reader: &mut Reader<'_>,
    place: &DomainPlace,
    list: Value,
    base: &Arc<Base>,
    faults: &mut Vec<Fault>,
) -> Result<Option<Tools>, ReleaseError> {
    let listed = listed(reader, place, list, faults)?;
    let mut drafts: Vec<Draft> = Vec::new();
    for tool in &listed {
        add_module(reader, &tool.module, &mut drafts)?;
        // What it derives from may stand in a module that nothing imports by name.
        let mut class = tool.class.clone();
        let mut home = tool.module.clone();
        for _ in 0..8 {
            let Some((module, base)) = base_class(reader, &home, &class)? else { break };
            add_module(reader, &module, &mut drafts)?;
            (home, class) = (module, base);
        }
    }
    let names: BTreeSet<(String, String)> =
        listed.iter().map(|tool| (tool.module.file.clone(), tool.class.name.to_string())).collect();
    let Some(program) = compile_usable(&mut drafts, &names, faults) else { return Ok(None) };
    let mut tools = Vec::new();
    for tool in &listed {
        let usable = drafts.iter().any(|draft| {
            draft.source.file == tool.module.file
                && draft.kept().any(
                    |statement| matches!(statement, Stmt::ClassDef(c) if c.name == tool.class.name),
                )
        });
        if !usable {
            continue;
        }
        let home = |reader: &mut Reader<'_>, name: &str| {
            let (mut module, mut class) = (tool.module.clone(), tool.class.clone());
            for _ in 0..8 {
                if method(&class, name).is_some() {
                    return Ok(Some(format!("{}.{}.{name}", module.name, class.name)));
                }
                match base_class(reader, &module, &class)? {
                    Some(next) => (module, class) = next,
                    None => break,
                }
            }
            Ok::<_, ReleaseError>(None)
        };
        let spec = match home(reader, "get_info")? {
            Some(target) => match tool_spec(&program, base, &target) {
                Ok(spec) => Ok(spec),
                // The base class may have a `get_info` that only raises.
                Err(reason) => attribute_spec(reader, tool).map_err(|_| match reason.as_str() {
                    "" => "its get_info raises an exception".to_owned(),
                    _ => reason,
                }),
            },
            None => attribute_spec(reader, tool),
        };
        let called = home(reader, "invoke")?;
        let entry = match (spec, called) {
            (Ok(spec), Some(target)) => Ok(ToolEntry { target, spec }),
            (Ok(_), None) => Err("it has no invoke".to_owned()),
            (Err(reason), _) => Err(reason),
        };
        match entry {
            Ok(entry) => tools.push(entry),
            Err(reason) => {
                let reason = format!("tool {}: {reason}", tool.class.name);
                faults.push(tool.module.fault(&tool.class.name, reason));
            }
        }
    }
    if tools.is_empty() {
        return Ok(None);
    }
    let mut modules = Vec::new();
    let mut code = Vec::new();
    for draft in drafts {
        let source = draft.source;
        let path = source.name.replace('.', "/");
        let file = match source.file.ends_with("__init__.py") {
            true => format!("code/{path}/__init__.py"),
            false => format!("code/{path}.py"),
        };
        modules.push(ModuleEntry { name: source.name, file: file.clone() });
        code.push((file, source.text));
    }
    Ok(Some((ToolTable { modules, tools }, code)))
}

/// The classes of the list, in its order; entries that cannot be used are reported one by one.
fn listed(
    reader: &mut Reader<'_>,
    place: &DomainPlace,
    list: Value,
    faults: &mut Vec<Fault>,
) -> Result<Vec<Listed>, ReleaseError> {
    let mut values = Vec::new();
    let written = match &list {
        Value::Reference(module, name) => reader.assigned(module, name)?,
        _ => None,
    };
    if let Some((module, Expr::List(list))) = &written {
        let frame = reader.frame(module);
        for item in &list.elts {
            let read = match item {
                Expr::Starred(star) => reader
                    .expr(&frame, &star.value)
                    .and_then(|inner| reader.items(module, item, inner)),
                item => reader.expr(&frame, item).map(|value| vec![value]),
            };
            match read {
                Ok(read) => values.extend(read.into_iter().map(|value| (value, module.line(item)))),
                Err(Stop::Release(error)) => return Err(error),
                Err(Stop::Fault(fault) | Stop::Raised(fault)) => faults.push(Fault {
                    reason: format!("tool {}: {}", module.shown(item), fault.reason),
                    file: module.file.clone(),
                    line: Some(module.line(item)),
                }),
            }
        }
    } else {
        let module = match &list {
            Value::Reference(module, _) => module.clone(),
            _ => Rc::new(Module {
                name: String::new(),
                file: place.shown().to_owned(),
                text: String::new(),
                suite: Vec::new(),
            }),
        };
        let nowhere = ruff_text_size::TextRange::default();
        let read = reader.force(list).and_then(|list| reader.items(&module, &nowhere, list));
        match read {
            Ok(read) => values.extend(read.into_iter().map(|value| (value, 1))),
            Err(Stop::Release(error)) => return Err(error),
            Err(Stop::Fault(fault) | Stop::Raised(fault)) => faults.push(fault),
        }
    }
    let file = written.map_or_else(|| place.shown().to_owned(), |(module, _)| module.file.clone());
    let mut listed = Vec::new();
    for (value, line) in values {
        match value {
            Value::Class(module, class) => listed.push(Listed { module, class }),
            other => faults.push(Fault {
                file: file.clone(),
                line: Some(line),
                reason: format!("an entry of the list of tools is {}, not a class", other.kind()),
            }),
        }
    }
    Ok(listed)
}

/// Adds a module of the release and the modules of the release that it imports.
fn add_module(
    reader: &mut Reader<'_>,
    module: &Rc<Module>,
    drafts: &mut Vec<Draft>,
) -> Result<(), ReleaseError> {
    let mut open = vec![module.clone()];
    while let Some(module) = open.pop() {
        if drafts.iter().any(|draft| draft.source.name == module.name) {
            continue;
        }
        for statement in &module.suite {
            match statement {
                Stmt::ImportFrom(import) => {
                    let from = module.imported(import);
                    open.extend(reader.modules.get(&from)?);
                    // `from . import helpers`
                    for alias in &import.names {
                        let inner = format!("{from}.{}", alias.name);
                        open.extend(reader.modules.get(&inner)?);
                    }
                }
                Stmt::Import(import) => {
                    for alias in &import.names {
                        open.extend(reader.modules.get(alias.name.as_str())?);
                    }
                }
                _ => {}
            }
        }
        drafts.push(Draft::of(&module, Part::Whole));
    }
    Ok(())
}

/// Compiles the modules. A statement that cannot be compiled is taken out: a tool is then reported,
/// and so is what a tool would have needed; an environment class or a loader is of no use here.
fn compile_usable(
    drafts: &mut Vec<Draft>,
    tools: &BTreeSet<(String, String)>,
    faults: &mut Vec<Fault>,
) -> Option<Program> {
    let (program, lost) = drafts::compile(drafts);
    let mut tools_lost = program.is_none();
    let mut others = Vec::new();
    for Lost { module, statement, fault } in lost {
        match statement.map(|index| &module.suite[index]) {
            None => {
                tools_lost |= tools.iter().any(|(file, _)| *file == fault.file);
                faults.push(fault);
            }
            Some(Stmt::ClassDef(class))
                if tools.contains(&(fault.file.clone(), class.name.to_string())) =>
            {
                tools_lost = true;
                let reason = format!("tool {}: {}", class.name, fault.reason);
                faults.push(Fault { reason, ..fault });
            }
            Some(Stmt::ClassDef(class)) if is_environment(class) => {}
            Some(Stmt::ClassDef(_) | Stmt::FunctionDef(_)) => others.push(fault),
            // A list of tools that names a lost one, or the code that opens the data.
            Some(_) => {}
        }
    }
    if tools_lost {
        faults.extend(others);
    }
    program
}

#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Info {
    /// As chat completions want it.
    Wrapped { function: ToolSpec },
    /// The inner part alone.
    Bare(ToolSpec),
}

fn spec(json: &str) -> Result<ToolSpec, String> {
    match serde_json::from_str(json) {
        Ok(Info::Wrapped { function }) => Ok(function),
        Ok(Info::Bare(spec)) => Ok(spec),
        Err(_) => {
            // The first form's own error is the useful one.
            #[derive(serde::Deserialize)]
            struct Wrapped {
                function: ToolSpec,
            }
            serde_json::from_str::<Wrapped>(json)
                .map(|wrapped| wrapped.function)
                .map_err(|e| format!("its schema: {e}"))
        }
    }
}

/// What `get_info` of a tool answers, through the interpreter.
fn tool_spec(program: &Program, base: &Arc<Base>, target: &str) -> Result<ToolSpec, String> {
    let mut heap = Heap::new(base.clone());
    let mut episode = Episode::new(IMPORT_CLOCK, 0).map_err(|e| e.to_string())?;
    let callable = program.find(target).ok_or_else(|| format!("there is no {target}"))?;
    let info = call(program, &mut heap, &mut episode, &Limits::default(), callable, &[], &[])
        .map_err(|e| e.to_string())?;
    let json = heap.json_dumps(&info).map_err(|e| e.to_string())?;
    spec(&json)
}

/// A schema kept as an attribute of the class.
fn attribute_spec(reader: &mut Reader<'_>, tool: &Listed) -> Result<ToolSpec, String> {
    const NAMES: [&str; 5] = ["info", "INFO", "schema", "SCHEMA", "tool_info"];
    let frame = reader.frame(&tool.module);
    for statement in &tool.class.body {
        let (target, value) = match statement {
            Stmt::Assign(assign) => (assign.targets.first(), Some(&*assign.value)),
            Stmt::AnnAssign(assign) => (Some(&*assign.target), assign.value.as_deref()),
            _ => continue,
        };
        if let (Some(Expr::Name(name)), Some(value)) = (target, value)
            && NAMES.contains(&name.id.as_str())
        {
            let json = match reader.expr(&frame, value) {
                Ok(value) => value.json().ok_or_else(|| "its schema is no data".to_owned())?,
                Err(Stop::Fault(fault) | Stop::Raised(fault)) => return Err(fault.reason),
                Err(Stop::Release(error)) => return Err(error.to_string()),
            };
            return spec(&json);
        }
    }
    Err("it has no get_info".to_owned())
}
