//! Reading one domain out of a release.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::Stmt;
use tau_domain::{Rule, Split, Task, ToolSpec};
use tau_python::{Base, Episode, Heap, Limits, ModuleSource, Part, Program, call};

use super::layout::{self, DomainPlace};
use super::literals::Literals;
use super::release::{Release, ReleaseError};
use super::{IMPORT_CLOCK, tasks};
use crate::error::Fault;
use crate::format::{FORMAT, Manifest, ManifestSource, ModuleEntry, ToolEntry, ToolTable};
use crate::open;

/// What a release says about itself.
pub(super) struct About {
    pub package: String,
    pub version: String,
    pub licence: String,
    /// The licence's text, to be kept with the content.
    pub notice: Option<String>,
}

/// A domain read and ready to be written.
pub(super) struct ReadDomain {
    pub manifest: Manifest,
    pub policy: String,
    pub rules: Vec<Rule>,
    /// Table, JSON text.
    pub tables: Vec<(String, String)>,
    pub tools: ToolTable,
    /// File below the pack folder, text.
    pub code: Vec<(String, String)>,
    pub tasks: BTreeMap<Split, Vec<Task>>,
    pub computed_values: usize,
    pub notice: Option<String>,
}

/// Name, version and licence of the release: from a wheel's metadata, else from the project file of a
/// checkout.
pub(super) fn about(release: &mut Release) -> Result<About, ReleaseError> {
    let mut about = About {
        package: "release".to_owned(),
        version: "unversioned".to_owned(),
        licence: String::new(),
        notice: None,
    };
    let shortest = |release: &Release, wanted: &dyn Fn(&str) -> bool| {
        release.names().iter().filter(|name| wanted(name)).min_by_key(|name| name.len()).cloned()
    };
    let metadata = shortest(release, &|name| name.ends_with(".dist-info/METADATA"));
    let project = shortest(release, &|name| name.rsplit('/').next() == Some("pyproject.toml"));
    let setup = shortest(release, &|name| name.rsplit('/').next() == Some("setup.py"));
    if let Some(name) = metadata {
        let text = release.read_text(&name)?;
        let field = |key: &str| {
            text.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix(key))
        };
        about.package = field("Name: ").unwrap_or("release").trim().to_owned();
        about.version = field("Version: ").unwrap_or("unversioned").trim().to_owned();
    } else if let Some(name) = project {
        let text = release.read_text(&name)?;
        if let Ok(table) = text.parse::<toml::Table>()
            && let Some(toml::Value::Table(project)) = table.get("project")
        {
            let text = |key: &str| project.get(key).and_then(|v| v.as_str()).map(str::to_owned);
            about.package = text("name").unwrap_or(about.package);
            about.version = text("version").unwrap_or(about.version);
        }
    } else if let Some(name) = setup {
        let text = release.read_text(&name)?;
        let argument = |key: &str| {
            let after = text.split(&format!("{key}=")).nth(1)?.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            after[1..].split(quote).next().map(str::to_owned)
        };
        about.package = argument("name").unwrap_or(about.package);
        about.version = argument("version").unwrap_or(about.version);
    }
    let licence = shortest(release, &|name| {
        matches!(
            name.rsplit('/').next(),
            Some("LICENSE" | "LICENCE" | "LICENSE.txt" | "LICENSE.md")
        )
    });
    if let Some(name) = licence
        && let Ok(text) = release.read_text(&name)
    {
        if text.contains("MIT License") {
            about.licence = "MIT".to_owned();
        }
        about.notice = Some(text);
    }
    Ok(about)
}

/// Python source as its own reader sees it: any line end is `\n`.
fn source_text(release: &mut Release, file: &str) -> Result<String, ReleaseError> {
    Ok(release.read_text(file)?.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Reads a domain; `None` when a part without which it is nothing cannot be used. What cannot be used
/// is added to `faults`.
pub(super) fn read_domain(
    release: &mut Release,
    place: &DomainPlace,
    source: &str,
    about: &About,
    faults: &mut Vec<Fault>,
) -> Result<Option<ReadDomain>, ReleaseError> {
    if !tau_domain::DomainId::is_part(&place.name) {
        let reason = format!("{:?} cannot be the name of a domain", place.name);
        faults.push(Fault { file: place.folder.clone(), line: None, reason });
        return Ok(None);
    }
    let Some(tables) = read_tables(release, place, faults)? else { return Ok(None) };
    let base = match Base::from_json_tables(&tables) {
        Ok(base) => std::sync::Arc::new(base),
        Err(error) => {
            faults.push(Fault { file: place.file("data"), line: None, reason: error.to_string() });
            return Ok(None);
        }
    };
    let Some((tools, code)) = read_tools(release, place, &base, faults)? else { return Ok(None) };
    let Some(policy) = read_policy(release, place, faults)? else { return Ok(None) };
    let env_file = place.file("env.py");
    let text = source_text(release, &env_file)?;
    let env = match layout::read_env(place, &text) {
        Ok(env) => env,
        Err(fault) => {
            faults.push(fault);
            return Ok(None);
        }
    };
    if env.terminate_tools.is_empty() {
        let reason = "no terminate_tools: no tool ends a conversation".to_owned();
        faults.push(Fault { file: env_file, line: None, reason });
    }
    let (tasks, computed_values) = read_tasks(release, place, &env, &base, faults)?;
    let rules = read_rules(release, place, faults)?;
    let default_split =
        Split::ALL.into_iter().find(|split| tasks.contains_key(split)).unwrap_or(Split::Test);
    let title = capitalised(&place.name);
    Ok(Some(ReadDomain {
        manifest: Manifest {
            id: place.name.clone(),
            title: format!("{title} ({} {})", about.package, about.version),
            description: format!(
                "The {} domain of {} {}, imported.",
                place.name, about.package, about.version
            ),
            version: about.version.clone(),
            format: FORMAT,
            licence: about.licence.clone(),
            profile: "tau-bench-v1".to_owned(),
            clock: IMPORT_CLOCK.to_owned(),
            terminate_tools: env.terminate_tools,
            default_split,
            tables: tables.iter().map(|(name, _)| name.clone()).collect(),
            budgets: Default::default(),
            source: Some(ManifestSource {
                name: source.to_owned(),
                version: about.version.clone(),
            }),
        },
        policy,
        rules,
        tables,
        tools,
        code,
        tasks,
        computed_values,
        notice: about.notice.clone(),
    }))
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

type Tables = Vec<(String, String)>;

fn read_tables(
    release: &mut Release,
    place: &DomainPlace,
    faults: &mut Vec<Fault>,
) -> Result<Option<Tables>, ReleaseError> {
    let loader = place.file("data/__init__.py");
    if !release.has(&loader) {
        let reason = "the domain has no data/__init__.py".to_owned();
        faults.push(Fault { file: place.folder.clone(), line: None, reason });
        return Ok(None);
    }
    let named = match layout::read_tables(place, &source_text(release, &loader)?) {
        Ok(named) => named,
        Err(fault) => {
            faults.push(fault);
            return Ok(None);
        }
    };
    let mut tables = Tables::new();
    for (name, file) in named {
        let path = place.file(&format!("data/{file}"));
        let usable = !name.is_empty()
            && !name.starts_with('.')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if !usable || !release.has(&path) {
            let reason = match usable {
                true => format!("load_data reads it, but the release does not hold it ({name})"),
                false => format!("{name:?} cannot be the name of a table"),
            };
            faults.push(Fault { file: path, line: None, reason });
            return Ok(None);
        }
        tables.push((name, release.read_text(&path)?));
    }
    Ok(Some(tables))
}

type Tools = (ToolTable, Vec<(String, String)>);

fn read_tools(
    release: &mut Release,
    place: &DomainPlace,
    base: &std::sync::Arc<Base>,
    faults: &mut Vec<Fault>,
) -> Result<Option<Tools>, ReleaseError> {
    let listed = source_text(release, &place.file("tools/__init__.py"))?;
    let listed = match layout::read_tool_list(place, &listed) {
        Ok(listed) => listed,
        Err(fault) => {
            faults.push(fault);
            return Ok(None);
        }
    };
    let mut sources: Vec<ModuleSource> = Vec::new();
    for (module, class) in &listed {
        if !add_module(release, place, module, &mut sources)? {
            faults.push(Fault {
                file: place.file("tools/__init__.py"),
                line: None,
                reason: format!("tool {class}: module {module} is not in the release"),
            });
        }
    }
    let Some(program) = compile_usable(&mut sources, faults) else { return Ok(None) };
    let mut tools = Vec::new();
    for (module, class) in listed {
        let Some(source) = sources.iter().find(|source| source.name == module) else { continue };
        match tool_spec(&program, base, &format!("{module}.{class}.get_info")) {
            Ok(spec) => tools.push(ToolEntry { target: format!("{module}.{class}.invoke"), spec }),
            Err(reason) => faults.push(Fault {
                file: source.file.clone(),
                line: None,
                reason: format!("tool {class}: {reason}"),
            }),
        }
    }
    if tools.is_empty() {
        return Ok(None);
    }
    let mut modules = Vec::new();
    let mut code = Vec::new();
    for source in sources {
        let path = source.name.replace('.', "/");
        let file = match source.file.ends_with("/__init__.py") {
            true => format!("code/{path}/__init__.py"),
            false => format!("code/{path}.py"),
        };
        modules.push(ModuleEntry { name: source.name, file: file.clone() });
        code.push((file, source.text));
    }
    Ok(Some((ToolTable { modules, tools }, code)))
}

/// Adds a module of the release and the modules of the release that it imports; `false` when the
/// release does not hold it.
fn add_module(
    release: &mut Release,
    place: &DomainPlace,
    module: &str,
    sources: &mut Vec<ModuleSource>,
) -> Result<bool, ReleaseError> {
    let mut open = vec![module.to_owned()];
    while let Some(name) = open.pop() {
        if sources.iter().any(|source| source.name == name) {
            continue;
        }
        let plain = name.split('.').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        });
        let Some(file) = place.files_of(&name).into_iter().find(|file| plain && release.has(file))
        else {
            if name == module {
                return Ok(false);
            }
            continue;
        };
        let text = source_text(release, &file)?;
        for statement in layout::parse(&file, &text).unwrap_or_default() {
            if let Stmt::ImportFrom(import) = &statement {
                open.push(layout::imported_module(import, &name, file.ends_with("/__init__.py")));
            }
        }
        sources.push(ModuleSource { name, file, text, part: Part::Whole });
    }
    Ok(true)
}

/// Compiles the modules; those that cannot be are taken out and reported.
fn compile_usable(sources: &mut Vec<ModuleSource>, faults: &mut Vec<Fault>) -> Option<Program> {
    // Each round takes at least one module out.
    while !sources.is_empty() {
        match Program::compile(sources) {
            Ok(program) => return Some(program),
            Err(errors) => {
                let found = open::faults(errors);
                let broken: BTreeSet<String> = found.iter().map(|f| f.file.clone()).collect();
                let before = sources.len();
                sources.retain(|source| !broken.contains(&source.file));
                faults.extend(found);
                if sources.len() == before {
                    return None;
                }
            }
        }
    }
    None
}

/// What `get_info` of a tool answers, through the interpreter.
fn tool_spec(
    program: &Program,
    base: &std::sync::Arc<Base>,
    target: &str,
) -> Result<ToolSpec, String> {
    #[derive(serde::Deserialize)]
    struct Info {
        function: ToolSpec,
    }
    let mut heap = Heap::new(base.clone());
    let mut episode = Episode::new(IMPORT_CLOCK, 0).map_err(|e| e.to_string())?;
    let callable = program.find(target).ok_or_else(|| format!("there is no {target}"))?;
    let info = call(program, &mut heap, &mut episode, &Limits::default(), callable, &[], &[])
        .map_err(|e| e.to_string())?;
    let json = heap.json_dumps(&info).map_err(|e| e.to_string())?;
    let info: Info = serde_json::from_str(&json).map_err(|e| format!("its schema: {e}"))?;
    Ok(info.function)
}

fn read_policy(
    release: &mut Release,
    place: &DomainPlace,
    faults: &mut Vec<Fault>,
) -> Result<Option<String>, ReleaseError> {
    let module = place.file("wiki.py");
    if release.has(&module) {
        let text = source_text(release, &module)?;
        match layout::parse(&module, &text) {
            Ok(suite) => {
                if let Some(value) = layout::assigned(&suite, "WIKI")
                    && let Ok(policy) = Literals::new(&text).string(value)
                {
                    return Ok(Some(policy));
                }
            }
            Err(fault) => faults.push(fault),
        }
    }
    let file = place.file("wiki.md");
    if release.has(&file) {
        return Ok(Some(source_text(release, &file)?));
    }
    let reason = "no policy: neither wiki.md nor a string WIKI in wiki.py".to_owned();
    faults.push(Fault { file: place.folder.clone(), line: None, reason });
    Ok(None)
}

fn read_rules(
    release: &mut Release,
    place: &DomainPlace,
    faults: &mut Vec<Fault>,
) -> Result<Vec<Rule>, ReleaseError> {
    let file = place.file("rules.py");
    if !release.has(&file) {
        return Ok(Vec::new());
    }
    let text = source_text(release, &file)?;
    let read = layout::parse(&file, &text).and_then(|suite| {
        let value = layout::assigned(&suite, "RULES").ok_or_else(|| Fault {
            file: file.clone(),
            line: None,
            reason: "no RULES".to_owned(),
        })?;
        let fault = |line, reason| Fault { file: file.clone(), line, reason };
        let json = Literals::new(&text).json(value).map_err(|e| fault(Some(e.line), e.reason))?;
        // A list of sentences, or one text.
        serde_json::from_str::<Vec<String>>(&json)
            .or_else(|_| serde_json::from_str::<String>(&json).map(|text| vec![text]))
            .map_err(|e| fault(None, e.to_string()))
    });
    match read {
        Ok(texts) => Ok(texts
            .into_iter()
            .zip(1..)
            .map(|(text, number)| Rule { id: format!("rule-{number}"), text, tools: Vec::new() })
            .collect()),
        Err(fault) => {
            faults.push(fault);
            Ok(Vec::new())
        }
    }
}

type Tasks = (BTreeMap<Split, Vec<Task>>, usize);

fn read_tasks(
    release: &mut Release,
    place: &DomainPlace,
    env: &layout::EnvFile,
    base: &std::sync::Arc<Base>,
    faults: &mut Vec<Fault>,
) -> Result<Tasks, ReleaseError> {
    let mut splits = BTreeMap::new();
    let mut computed = 0;
    for (split, module, variable) in &env.splits {
        let Some(file) = place.files_of(module).into_iter().find(|file| release.has(file)) else {
            faults.push(Fault {
                file: place.file("env.py"),
                line: None,
                reason: format!("split {}: {module} is not in the release", split.name()),
            });
            continue;
        };
        let text = source_text(release, &file)?;
        let read = tasks::read_tasks(place, &file, &text, variable, base);
        computed += read.computed_values;
        faults.extend(read.faults);
        if !read.tasks.is_empty() {
            splits.insert(*split, read.tasks);
        }
    }
    Ok((splits, computed))
}
