//! Where things are in an upstream release, read from its own source as syntax.
//!
//! A domain is a folder below `envs` with `env.py`, `tools/__init__.py` and `data/__init__.py`
//! (tau-bench, `envs/<domain>`; tau-trait keeps that layout).

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{Expr, Pattern, Stmt, StmtImportFrom};
use ruff_text_size::Ranged;
use tau_domain::Split;

use super::literals::Literals;
use crate::error::Fault;
use crate::format::line_at;

/// One domain of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainPlace {
    /// Its name: the folder's.
    pub name: String,
    /// The folder, without a trailing slash: `tau_trait/envs/retail`.
    pub folder: String,
    /// Path before the outermost package: empty in a wheel.
    pub outside: String,
    /// The dotted name: `tau_trait.envs.retail`.
    pub package: String,
}

impl DomainPlace {
    /// A file of the domain.
    pub fn file(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }

    /// The dotted name of a file of the release, where it is a module of the same packages.
    pub fn module_of(&self, file: &str) -> Option<String> {
        let inner = file.strip_prefix(&self.outside)?.strip_suffix(".py")?;
        Some(inner.strip_suffix("/__init__").unwrap_or(inner).replace('/', "."))
    }

    /// The files in which a module may be kept.
    pub fn files_of(&self, module: &str) -> [String; 2] {
        let path = format!("{}{}", self.outside, module.replace('.', "/"));
        [format!("{path}.py"), format!("{path}/__init__.py")]
    }
}

/// Finds the domains among the file names of a release.
pub fn find_domains(names: &[String]) -> Vec<DomainPlace> {
    let held: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let mut places = Vec::new();
    for name in names {
        let Some(folder) = name.strip_suffix("/env.py") else { continue };
        let parts: Vec<&str> = folder.split('/').collect();
        let [.., "envs", domain] = parts.as_slice() else { continue };
        if !held.contains(format!("{folder}/tools/__init__.py").as_str()) {
            continue;
        }
        // The outermost folder that is a package names the module.
        let mut first = parts.len() - 1;
        while first > 0
            && held.contains(format!("{}/__init__.py", parts[..first].join("/")).as_str())
        {
            first -= 1;
        }
        let outside: String = parts[..first].iter().map(|part| format!("{part}/")).collect();
        places.push(DomainPlace {
            name: (*domain).to_owned(),
            folder: folder.to_owned(),
            outside,
            package: parts[first..].join("."),
        });
    }
    places
}

/// What `env.py` says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct EnvFile {
    /// `self.terminate_tools = [...]`.
    pub terminate_tools: Vec<String>,
    /// Split, module and variable of its tasks.
    pub splits: Vec<(Split, String, String)>,
}

/// Parses a file of the release.
///
/// # Errors
/// When it is not Python; with the line.
pub fn parse(file: &str, source: &str) -> Result<Vec<Stmt>, Fault> {
    match ruff_python_parser::parse_module(source) {
        Ok(module) => Ok(module.into_suite().to_vec()),
        Err(error) => Err(Fault {
            file: file.to_owned(),
            line: Some(line_at(source, error.location.start().to_usize())),
            reason: format!("not Python: {}", error.error),
        }),
    }
}

/// The module that an import names, from the importing module's point of view.
pub fn imported_module(import: &StmtImportFrom, importer: &str, is_package: bool) -> String {
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

/// Reads `env.py`.
///
/// # Errors
/// When it is not Python.
pub fn read_env(place: &DomainPlace, source: &str) -> Result<EnvFile, Fault> {
    let file = place.file("env.py");
    let module = format!("{}.env", place.package);
    let suite = parse(&file, source)?;
    let mut env = EnvFile::default();
    let mut queue: Vec<&Stmt> = suite.iter().collect();
    while let Some(statement) = queue.pop() {
        match statement {
            Stmt::ClassDef(class) => queue.extend(&class.body),
            Stmt::FunctionDef(function) => queue.extend(&function.body),
            Stmt::If(branch) => queue.extend(&branch.body),
            Stmt::Match(choice) => {
                for case in &choice.cases {
                    let Pattern::MatchValue(value) = &case.pattern else { continue };
                    let Ok(name) = Literals::new(source).string(&value.value) else { continue };
                    let Some(split) = Split::ALL.into_iter().find(|s| s.name() == name) else {
                        continue;
                    };
                    for inner in &case.body {
                        if let Stmt::ImportFrom(import) = inner
                            && let Some(alias) = import.names.first()
                        {
                            let from = imported_module(import, &module, false);
                            env.splits.push((split, from, alias.name.to_string()));
                        }
                    }
                }
            }
            Stmt::Assign(assign) => {
                let Some(Expr::Attribute(target)) = assign.targets.first() else { continue };
                if target.attr.as_str() == "terminate_tools"
                    && let Ok(json) = Literals::new(source).json(&assign.value)
                    && let Ok(tools) = serde_json::from_str(&json)
                {
                    env.terminate_tools = tools;
                }
            }
            _ => {}
        }
    }
    Ok(env)
}

/// Reads `tools/__init__.py`: module and class of each tool in the order of `ALL_TOOLS`.
///
/// # Errors
/// When it is not Python or has no such list.
pub fn read_tool_list(place: &DomainPlace, source: &str) -> Result<Vec<(String, String)>, Fault> {
    let file = place.file("tools/__init__.py");
    let module = format!("{}.tools", place.package);
    let mut origin: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut listed = None;
    for statement in parse(&file, source)? {
        match &statement {
            Stmt::ImportFrom(import) => {
                let from = imported_module(import, &module, true);
                for alias in &import.names {
                    let known_as = alias.asname.as_ref().unwrap_or(&alias.name).to_string();
                    origin.insert(known_as, (from.clone(), alias.name.to_string()));
                }
            }
            Stmt::Assign(assign) => {
                if let (Some(Expr::Name(name)), Expr::List(list)) =
                    (assign.targets.first(), &*assign.value)
                    && name.id.as_str() == "ALL_TOOLS"
                {
                    listed = Some(list.clone());
                }
            }
            _ => {}
        }
    }
    let missing = |line, reason: String| Fault { file: file.clone(), line, reason };
    let list = listed.ok_or_else(|| missing(None, "no list ALL_TOOLS".to_owned()))?;
    list.elts
        .iter()
        .map(|item| {
            let line = Some(line_at(source, item.start().to_usize()));
            let Expr::Name(name) = item else {
                return Err(missing(line, "an entry that is not a name".to_owned()));
            };
            origin
                .get(name.id.as_str())
                .cloned()
                .ok_or_else(|| missing(line, format!("{} is not imported", name.id)))
        })
        .collect()
}

/// Reads `data/__init__.py`: table names and their files, in the order in which `load_data` puts
/// them into its result.
///
/// # Errors
/// When it is not Python, or `load_data` is not the usual "open, json.load, return" code.
pub fn read_tables(place: &DomainPlace, source: &str) -> Result<Vec<(String, String)>, Fault> {
    let file = place.file("data/__init__.py");
    let suite = parse(&file, source)?;
    let body = suite
        .iter()
        .find_map(|statement| match statement {
            Stmt::FunctionDef(f) if f.name.as_str() == "load_data" => Some(&f.body),
            _ => None,
        })
        .ok_or_else(|| Fault {
            file: file.clone(),
            line: None,
            reason: "no function load_data".to_owned(),
        })?;
    let mut loaded = Loaded::default();
    for statement in body {
        if let Stmt::With(with) = statement {
            let opened = with.items.first().and_then(|item| json_file(&item.context_expr));
            for inner in &with.body {
                loaded.take(inner, opened.as_deref());
            }
        } else if let Stmt::Return(end) = statement
            && let Some(value) = &end.value
        {
            loaded.finish(value);
        } else {
            loaded.take(statement, None);
        }
    }
    if loaded.tables.is_empty() {
        let reason = "load_data was not understood: no json.load of a named file".to_owned();
        return Err(Fault { file, line: None, reason });
    }
    Ok(loaded.tables)
}

#[derive(Default)]
struct Loaded {
    /// Variable -> file.
    variables: BTreeMap<String, String>,
    tables: Vec<(String, String)>,
}

impl Loaded {
    fn take(&mut self, statement: &Stmt, opened: Option<&str>) {
        let Stmt::Assign(assign) = statement else { return };
        let Expr::Call(call) = &*assign.value else { return };
        let loads = match &*call.func {
            Expr::Attribute(a) => a.attr.as_str() == "load",
            Expr::Name(name) => name.id.as_str() == "load",
            _ => false,
        };
        let named = call.arguments.args.first().and_then(json_file);
        let (true, Some(file)) = (loads, named.or_else(|| opened.map(str::to_owned))) else {
            return;
        };
        match assign.targets.first() {
            Some(Expr::Name(name)) => {
                self.variables.insert(name.id.to_string(), file);
            }
            Some(Expr::Subscript(subscript)) => {
                if let Expr::StringLiteral(key) = &*subscript.slice {
                    self.tables.push((key.value.to_str().to_owned(), file));
                }
            }
            _ => {}
        }
    }

    fn finish(&mut self, value: &Expr) {
        let Expr::Dict(dict) = value else { return };
        for item in &dict.items {
            if let (Some(Expr::StringLiteral(key)), Expr::Name(name)) = (&item.key, &item.value)
                && let Some(file) = self.variables.get(name.id.as_str())
            {
                self.tables.push((key.value.to_str().to_owned(), file.clone()));
            }
        }
    }
}

/// The `.json` file named somewhere in a path expression such as `os.path.join(FOLDER, "x.json")`.
fn json_file(expr: &Expr) -> Option<String> {
    match expr {
        Expr::StringLiteral(s) => {
            let text = s.value.to_str();
            (text.ends_with(".json") && !text.contains(['/', '\\'])).then(|| text.to_owned())
        }
        Expr::Call(call) => call.arguments.args.iter().find_map(json_file),
        Expr::BinOp(b) => json_file(&b.right),
        _ => None,
    }
}

/// The value assigned to a module-level name.
pub fn assigned<'a>(suite: &'a [Stmt], wanted: &str) -> Option<&'a Expr> {
    suite.iter().find_map(|statement| match statement {
        Stmt::Assign(assign) => match assign.targets.first() {
            Some(Expr::Name(name)) if name.id.as_str() == wanted => Some(&*assign.value),
            _ => None,
        },
        Stmt::AnnAssign(assign) => match &*assign.target {
            Expr::Name(name) if name.id.as_str() == wanted => assign.value.as_deref(),
            _ => None,
        },
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> DomainPlace {
        DomainPlace {
            name: "shop".into(),
            folder: "up/envs/shop".into(),
            outside: String::new(),
            package: "up.envs.shop".into(),
        }
    }

    #[test]
    fn a_domain_is_found_in_a_wheel_and_below_the_folder_of_a_checkout() {
        for (prefix, outside) in [("", ""), ("checkout-main/src/", "checkout-main/src/")] {
            let names: Vec<String> = [
                "up/__init__.py",
                "up/envs/__init__.py",
                "up/envs/shop/__init__.py",
                "up/envs/shop/env.py",
                "up/envs/shop/tools/__init__.py",
                "up/envs/other/env.py",
            ]
            .iter()
            .map(|name| format!("{prefix}{name}"))
            .collect();
            let found = find_domains(&names);
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].outside, outside);
            assert_eq!(found[0].package, "up.envs.shop");
            assert_eq!(
                found[0].module_of(&format!("{prefix}up/envs/shop/tools/__init__.py")).unwrap(),
                "up.envs.shop.tools"
            );
        }
    }

    #[test]
    fn tables_come_in_the_order_in_which_they_are_returned() {
        let source = "import json\ndef load_data():\n    with open(join(D, 'b.json')) as f:\n        \
                      one = json.load(f)\n    with open(join(D, 'a.json')) as f:\n        \
                      two = json.load(f)\n    return {'second': two, 'first': one}\n";
        let tables = read_tables(&place(), source).unwrap();
        assert_eq!(tables, [("second".into(), "a.json".into()), ("first".into(), "b.json".into())]);
        let source = "def load_data():\n    data = {}\n    with open('x.json') as f:\n        \
                      data['t'] = json.load(f)\n    return data\n";
        assert_eq!(read_tables(&place(), source).unwrap(), [("t".into(), "x.json".into())]);
    }

    #[test]
    fn a_loader_that_reads_elsewhere_is_not_followed() {
        let source = "def load_data():\n    return json.load(open('../../secret.json'))\n";
        assert!(read_tables(&place(), source).is_err());
    }

    #[test]
    fn splits_and_terminate_tools_are_read_from_the_environment_class() {
        let source = "class E(Env):\n    def __init__(self, split):\n        match split:\n            \
                      case 'test':\n                from up.envs.shop.t import X as tasks\n            \
                      case _:\n                raise ValueError(split)\n        \
                      self.terminate_tools = ['transfer']\n";
        let env = read_env(&place(), source).unwrap();
        assert_eq!(env.terminate_tools, ["transfer"]);
        assert_eq!(env.splits, [(Split::Test, "up.envs.shop.t".into(), "X".into())]);
    }

    #[test]
    fn tools_come_in_the_order_of_the_list_and_not_of_the_imports() {
        let source = "from .a import A\nfrom .b import B as Bee\nALL_TOOLS = [Bee, A]\n";
        let tools = read_tool_list(&place(), source).unwrap();
        assert_eq!(tools[0], ("up.envs.shop.tools.b".into(), "B".into()));
        assert_eq!(tools[1], ("up.envs.shop.tools.a".into(), "A".into()));
    }
}
