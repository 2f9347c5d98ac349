//! What the environment class of a domain puts together: data, tools, tasks, policy and rules.
//!
//! Its constructor is followed once for each split, as far as it goes to `super().__init__` and the
//! tools that end a conversation. Where there is no such class, the files go by upstream's names.

use std::cell::RefCell;
use std::rc::Rc;

use indexmap::IndexMap;
use ruff_python_ast::{Expr, Pattern, Stmt, StmtClassDef, StmtFunctionDef};
use tau_domain::Split;

use super::layout::DomainPlace;
use super::reader::{Frame, Read, Reader, Stop, Value};
use super::release::ReleaseError;
use super::source::Module;
use crate::error::Fault;

/// A definition and the module it stands in.
pub(super) type Home<T> = (Rc<Module>, Rc<T>);

/// The parts of a domain, not yet looked into.
#[derive(Default)]
pub(super) struct Environment {
    /// `load_data`.
    pub data: Option<Value>,
    /// `ALL_TOOLS`.
    pub tools: Option<Value>,
    /// `WIKI`.
    pub wiki: Option<Value>,
    /// `RULES`.
    pub rules: Option<Value>,
    /// The list of tasks of each split.
    pub tasks: Vec<(Split, Value)>,
    /// Names of the tools that end a conversation; `None` when nothing says so.
    pub terminate_tools: Option<Vec<String>>,
}

/// The environment class of a module: the first that derives from a class `...Env`.
pub(super) fn environment_class(suite: &[Stmt]) -> Option<&StmtClassDef> {
    suite.iter().find_map(|statement| match statement {
        Stmt::ClassDef(class) if is_environment(class) => Some(class),
        _ => None,
    })
}

/// Whether a class derives from a class `...Env`.
pub(super) fn is_environment(class: &StmtClassDef) -> bool {
    class.arguments.iter().flat_map(|arguments| &arguments.args).any(|base| match base {
        Expr::Name(name) => name.id.ends_with("Env"),
        Expr::Attribute(attribute) => attribute.attr.ends_with("Env"),
        _ => false,
    })
}

/// Reads the environment of a domain; `None` when the place turns out to hold no domain.
pub(super) fn read_environment(
    reader: &mut Reader<'_>,
    place: &DomainPlace,
    faults: &mut Vec<Fault>,
) -> Result<Option<Environment>, ReleaseError> {
    let module = match &place.env {
        Some(file) => match reader.modules.name_of(file) {
            Some(name) => reader.modules.get(&name)?,
            None => None,
        },
        None => None,
    };
    let class = module.as_ref().and_then(|module| {
        environment_class(&module.suite).map(|class| (module.clone(), Rc::new(class.clone())))
    });
    let mut environment = Environment::default();
    let one_file = place.one_file();
    match class {
        Some((module, class)) => {
            follow(reader, &module, &class, &mut environment, faults)?;
        }
        None if one_file => return Ok(None),
        None => {}
    }
    conventional(reader, place, &mut environment)?;
    Ok(Some(environment))
}

fn follow(
    reader: &mut Reader<'_>,
    module: &Rc<Module>,
    class: &Rc<StmtClassDef>,
    environment: &mut Environment,
    faults: &mut Vec<Fault>,
) -> Result<(), ReleaseError> {
    environment.terminate_tools = class.body.iter().find_map(|statement| match statement {
        Stmt::Assign(assign) => match assign.targets.first() {
            Some(Expr::Name(name)) if name.id.as_str() == "terminate_tools" => {
                let frame = reader.frame(module);
                let value = reader.expr(&frame, &assign.value).ok()?;
                strings(reader, module, value)
            }
            _ => None,
        },
        _ => None,
    });
    let Some((home, constructor)) = constructor(reader, module, class)? else { return Ok(()) };
    let split_parameter = constructor
        .parameters
        .iter_non_variadic_params()
        .map(|parameter| parameter.parameter.name.to_string())
        .find(|name| name.ends_with("split"));
    other_splits(&home, &constructor, faults);
    let mut seen: Vec<Fault> = Vec::new();
    for split in Split::ALL {
        if split_parameter.is_none() && split != Split::Test {
            break;
        }
        let read = construct(reader, &home, &constructor, split_parameter.as_deref(), split);
        let Constructed { given, attributes, skipped } = match read {
            Ok(constructed) => constructed,
            Err(Stop::Release(error)) => return Err(error),
            // A split that upstream does not know.
            Err(Stop::Raised(_)) => continue,
            Err(Stop::Fault(fault)) => {
                seen.push(fault);
                continue;
            }
        };
        seen.extend(skipped);
        let part = |names: &[&str]| {
            names.iter().find_map(|name| {
                let value = given.get(*name).or_else(|| attributes.get(*name))?;
                (!matches!(value, Value::Unknown(_) | Value::None)).then(|| value.clone())
            })
        };
        environment.data = environment.data.take().or_else(|| part(&["data_load_func"]));
        environment.tools = environment.tools.take().or_else(|| part(&["tools"]));
        environment.wiki = environment.wiki.take().or_else(|| part(&["wiki"]));
        environment.rules = environment.rules.take().or_else(|| part(&["rules"]));
        if let Some(tasks) = part(&["tasks"]) {
            environment.tasks.push((split, tasks));
        }
        if let Some(value) = attributes.get("terminate_tools") {
            let named = strings(reader, &home, value.clone());
            environment.terminate_tools = environment.terminate_tools.take().or(named);
        }
    }
    same_for_all(&mut environment.tasks);
    // The same statement is skipped once for each split.
    for fault in seen {
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
    Ok(())
}

/// Splits that all get the very same list are one split: the constructor does not look at the name.
fn same_for_all(tasks: &mut Vec<(Split, Value)>) {
    let named = |value: &Value| match value {
        Value::Reference(module, name) => Some((module.name.clone(), name.to_string())),
        _ => None,
    };
    if let Some((_, first)) = tasks.first()
        && let Some(first) = named(first)
    {
        let mut place = 0;
        tasks.retain(|(_, value)| {
            place += 1;
            place == 1 || named(value).as_ref() != Some(&first)
        });
    }
}

struct Constructed {
    given: IndexMap<String, Value>,
    attributes: IndexMap<String, Value>,
    skipped: Vec<Fault>,
}

fn construct(
    reader: &mut Reader<'_>,
    module: &Rc<Module>,
    constructor: &StmtFunctionDef,
    split_parameter: Option<&str>,
    split: Split,
) -> Read<Constructed> {
    let frame = Frame::new(module);
    let object = Rc::new(RefCell::new(IndexMap::new()));
    let mut keywords = Vec::new();
    if let Some(name) = split_parameter {
        keywords.push((name.to_owned(), Value::str(split.name())));
    }
    reader.constructed = None;
    reader.notes.clear();
    reader.bind_arguments(&frame, constructor, vec![Value::Object(object.clone())], keywords)?;
    let mut skipped = Vec::new();
    let ran = reader.constructor(&frame, &constructor.body, &mut skipped);
    let given = reader.constructed.take().unwrap_or_default();
    match ran {
        // What is raised after the construction does not undo what was given to it.
        Err(Stop::Raised(_)) if !given.is_empty() => {}
        ran => ran?,
    }
    skipped.append(&mut reader.notes);
    let given = given
        .into_iter()
        .map(|(name, value)| {
            // A local name that the constructor itself bound stands for its value.
            let value = match &value {
                Value::Reference(_, local) => frame.get(local).unwrap_or(value),
                _ => value,
            };
            (name, value)
        })
        .collect();
    let attributes = object.borrow().clone();
    Ok(Constructed { given, attributes, skipped })
}

/// `__init__` of a class, or the nearest one among what it derives from in the release.
fn constructor(
    reader: &mut Reader<'_>,
    module: &Rc<Module>,
    class: &Rc<StmtClassDef>,
) -> Result<Option<Home<StmtFunctionDef>>, ReleaseError> {
    let (mut module, mut class) = (module.clone(), class.clone());
    for _ in 0..8 {
        if let Some(function) = method(&class, "__init__") {
            return Ok(Some((module, Rc::new(function.clone()))));
        }
        let Some((home, base)) = base_class(reader, &module, &class)? else { return Ok(None) };
        // Upstream's own base takes the parts; it does not name them.
        if base.name.as_str() == "Env" {
            return Ok(None);
        }
        (module, class) = (home, base);
    }
    Ok(None)
}

/// A method of a class's own body.
pub(super) fn method<'c>(class: &'c StmtClassDef, name: &str) -> Option<&'c StmtFunctionDef> {
    class.body.iter().find_map(|statement| match statement {
        Stmt::FunctionDef(function) if function.name.as_str() == name => Some(function),
        _ => None,
    })
}

/// The first base of a class that the release holds.
pub(super) fn base_class(
    reader: &mut Reader<'_>,
    module: &Rc<Module>,
    class: &StmtClassDef,
) -> Result<Option<Home<StmtClassDef>>, ReleaseError> {
    let frame = reader.frame(module);
    for base in class.arguments.iter().flat_map(|arguments| &arguments.args) {
        match reader.expr(&frame, base) {
            Ok(Value::Class(home, base)) => return Ok(Some((home, base))),
            Err(Stop::Release(error)) => return Err(error),
            _ => {}
        }
    }
    Ok(None)
}

/// Reports cases of the constructor for splits that are none of the three.
fn other_splits(module: &Module, constructor: &StmtFunctionDef, faults: &mut Vec<Fault>) {
    for statement in &constructor.body {
        let Stmt::Match(choice) = statement else { continue };
        if !module.shown(&*choice.subject).ends_with("split") {
            continue;
        }
        for case in &choice.cases {
            if let Pattern::MatchValue(value) = &case.pattern
                && let Expr::StringLiteral(name) = &*value.value
                && !Split::ALL.iter().any(|split| split.name() == name.value.to_str())
            {
                let reason =
                    format!("split {:?} is none of test, train and dev", name.value.to_str());
                faults.push(module.fault(&case.pattern, reason));
            }
        }
    }
}

fn strings(reader: &mut Reader<'_>, module: &Rc<Module>, value: Value) -> Option<Vec<String>> {
    let value = reader.force(value).ok()?;
    let items = reader.items(module, &no_place(), value).ok()?;
    items.iter().map(|item| item.text().map(str::to_owned)).collect()
}

/// A place for messages that nobody sees.
fn no_place() -> ruff_text_size::TextRange {
    ruff_text_size::TextRange::default()
}

/// What is not said by a class goes by upstream's names of files.
fn conventional(
    reader: &mut Reader<'_>,
    place: &DomainPlace,
    environment: &mut Environment,
) -> Result<(), ReleaseError> {
    let named = |reader: &mut Reader<'_>, files: &[&str], names: &[&str]| {
        let own = format!("{}.py", place.name);
        let files: &[&str] = if place.one_file() { &[&own] } else { files };
        for file in files {
            let Some(name) = reader.modules.name_of(&place.file(file)) else { continue };
            if !reader.modules.release.has(&place.file(file)) {
                continue;
            }
            let Some(module) = reader.modules.get(&name)? else { continue };
            let bound = names.iter().find(|name| {
                module.suite.iter().any(|statement| super::reader::binds(statement, name))
            });
            if let Some(bound) = bound {
                return Ok(Some(Value::Reference(module, (*bound).into())));
            }
        }
        Ok::<_, ReleaseError>(None)
    };
    if environment.data.is_none() {
        environment.data = named(reader, &["data/__init__.py", "data.py"], &["load_data"])?;
    }
    if environment.tools.is_none() {
        let files = ["tools/__init__.py", "tools.py"];
        environment.tools = named(reader, &files, &["ALL_TOOLS", "TOOLS"])?;
    }
    if environment.wiki.is_none() {
        environment.wiki = named(reader, &["wiki.py", "policy.py"], &["WIKI", "POLICY"])?;
    }
    if environment.rules.is_none() {
        environment.rules = named(reader, &["rules.py"], &["RULES"])?;
    }
    if environment.tasks.is_empty() {
        for split in Split::ALL {
            let short = split.name();
            let upper = format!("TASKS_{}", short.to_uppercase());
            let mut files = vec![format!("tasks_{short}.py"), format!("tasks/{short}.py")];
            let mut data = Vec::new();
            for stem in
                [format!("tasks_{short}"), format!("tasks/{short}"), format!("{short}_tasks")]
            {
                data.extend([format!("{stem}.json"), format!("{stem}.jsonl")]);
            }
            if split == Split::Test {
                files.push("tasks.py".to_owned());
                data.extend(["tasks.json".to_owned(), "tasks.jsonl".to_owned()]);
            }
            let files: Vec<&str> = files.iter().map(String::as_str).collect();
            let names = [upper.as_str(), "TASKS", "tasks"];
            // In one file of several splits only the split's own name tells.
            let names = if place.one_file() && split != Split::Test { &names[..1] } else { &names };
            let mut found = named(reader, &files, names)?;
            if found.is_none() && !place.one_file() {
                let held = data.iter().map(|name| place.file(name));
                let file = held.into_iter().find(|file| reader.modules.release.has(file));
                found = file.map(|file| Value::Path(file.into()));
            }
            environment.tasks.extend(found.map(|value| (split, value)));
        }
    }
    Ok(())
}
