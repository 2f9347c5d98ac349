//! The library calls that name, list and open files, and the methods of strings, lists and dicts.

use std::rc::Rc;

use indexmap::IndexMap;
use ruff_python_ast::Expr;

use super::super::release::ReleaseError;
use super::super::source::Module;
use super::{Read, Reader, Stop, Value};

/// Names that are there without an import.
pub(super) const BUILTINS: [&str; 17] = [
    "open",
    "sorted",
    "list",
    "dict",
    "tuple",
    "len",
    "str",
    "range",
    "enumerate",
    "zip",
    "print",
    "super",
    "set",
    "int",
    "reversed",
    "ValueError",
    "isinstance",
];

/// A path and what follows it, `.` and `..` taken out. A path out of the release is none in it.
pub(super) fn join(folder: &str, name: &str) -> Value {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Value::Path("..".into());
                }
            }
            part => parts.push(part),
        }
    }
    Value::Path(parts.join("/").into())
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or(name, |(stem, _)| stem)
}

impl Reader<'_> {
    /// The text of a file of the release.
    pub(super) fn file_text(&mut self, file: &str) -> Read<Rc<str>> {
        match super::super::source::source_text(self.modules.release, file) {
            Ok(text) => Ok(text.into()),
            Err(ReleaseError::Damaged { name: file, reason }) => {
                Err(Stop::Fault(crate::error::Fault { file, line: None, reason }))
            }
            Err(error) => Err(Stop::Release(error)),
        }
    }

    fn exists(&self, path: &str) -> bool {
        self.modules.release.has(path) || self.is_folder(path)
    }

    fn is_folder(&self, path: &str) -> bool {
        let prefix = format!("{path}/");
        self.modules.release.names().iter().any(|name| name.starts_with(&prefix))
    }

    /// The names in a folder, sorted.
    fn listed(&self, folder: &str) -> Vec<String> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let mut names: Vec<String> = Vec::new();
        for name in self.modules.release.names() {
            if let Some(inner) = name.strip_prefix(&prefix) {
                let first = inner.split('/').next().unwrap_or(inner).to_owned();
                if names.last() != Some(&first) {
                    names.push(first);
                }
            }
        }
        names.sort();
        names.dedup();
        names
    }

    fn opened_file(&mut self, module: &Module, at: &Expr, path: &Value) -> Read<Value> {
        match path {
            Value::Path(file) if self.modules.release.has(file) => Ok(Value::File(file.clone())),
            Value::Path(file) => Err(Stop::Raised(
                module.fault(at, format!("it reads {file}, which the release does not hold")),
            )),
            Value::Str(name) => {
                let reason = format!("it opens {name:?} in whatever folder it is started");
                self.refuse(module, at, reason)
            }
            other => self.refuse(module, at, format!("it opens {}", other.kind())),
        }
    }

    /// A call of something of the library.
    pub(super) fn known(
        &mut self,
        module: &Rc<Module>,
        at: &Expr,
        name: &str,
        given: Vec<Value>,
        keywords: Vec<(String, Value)>,
    ) -> Read<Value> {
        let first = given.first();
        Ok(match (name, first) {
            ("print" | "logging.getLogger", _) => Value::None,
            ("open", Some(path)) => self.opened_file(module, at, path)?,
            ("json.load", Some(Value::File(file))) => {
                let text = self.file_text(&file.clone())?;
                self.json(module, at, &text)?
            }
            ("json.loads", Some(Value::Str(text))) => self.json(module, at, &text.clone())?,
            ("os.path.join" | "posixpath.join", Some(Value::Path(folder))) => {
                let mut path = Value::Path(folder.clone());
                for part in &given[1..] {
                    path = match (&path, part) {
                        (Value::Path(folder), Value::Str(name)) if !name.starts_with('/') => {
                            join(folder, name)
                        }
                        _ => return self.refuse(module, at, "a path out of the release"),
                    };
                }
                path
            }
            ("os.path.join", Some(Value::Str(folder))) => {
                let mut text = folder.to_string();
                for part in &given[1..] {
                    text.push('/');
                    text.push_str(&self.shown(module, at, part)?);
                }
                Value::str(text)
            }
            ("os.path.dirname", Some(Value::Path(path))) => Value::Path(parent(path).into()),
            ("os.path.abspath" | "os.path.realpath" | "os.path.normpath", Some(path)) => match path
            {
                Value::Path(path) => join("", path),
                other => other.clone(),
            },
            ("pathlib.Path" | "os.fspath" | "str", Some(Value::Path(path))) => {
                Value::Path(path.clone())
            }
            ("pathlib.Path", Some(Value::Str(text))) => Value::str(text.clone()),
            ("os.path.exists" | "os.path.isfile" | "os.path.isdir", Some(Value::Path(path))) => {
                Value::Bool(match name {
                    "os.path.isfile" => self.modules.release.has(path),
                    "os.path.isdir" => self.is_folder(path),
                    _ => self.exists(path),
                })
            }
            ("os.listdir", Some(Value::Path(folder))) => {
                Value::list(self.listed(folder).into_iter().map(Value::str).collect())
            }
            ("os.path.basename", Some(Value::Path(path) | Value::Str(path))) => {
                Value::str(base_name(path))
            }
            ("os.path.splitext", Some(Value::Str(text) | Value::Path(text))) => {
                let start = stem(base_name(text)).len() + text.len() - base_name(text).len();
                let (stem, ending) = text.split_at(start);
                Value::list(vec![Value::str(stem), Value::str(ending)])
            }
            ("sorted", Some(value)) if keywords.is_empty() => {
                let mut texts = Vec::new();
                for item in self.items(module, at, value.clone())? {
                    match item {
                        Value::Str(_) | Value::Path(_) => texts.push(item),
                        other => {
                            return self.refuse(module, at, format!("sorting {}", other.kind()));
                        }
                    }
                }
                texts.sort_by_key(|text| match text {
                    Value::Str(text) | Value::Path(text) => text.clone(),
                    _ => "".into(),
                });
                Value::list(texts)
            }
            ("list" | "tuple", Some(value)) => {
                Value::list(self.items(module, at, value.clone())?)
            }
            ("list" | "tuple", None) => Value::list(Vec::new()),
            ("reversed", Some(value)) => {
                let mut items = self.items(module, at, value.clone())?;
                items.reverse();
                Value::list(items)
            }
            ("dict", first) => {
                let mut entries: IndexMap<String, Value> = match first {
                    Some(value) => self.entries(module, at, value.clone())?.into_iter().collect(),
                    None => IndexMap::new(),
                };
                entries.extend(keywords);
                Value::dict(entries)
            }
            ("copy.deepcopy" | "copy.copy", Some(value)) => match value.json() {
                Some(json) => Value::Json(json.into()).opened().unwrap_or(Value::None),
                None => return self.refuse(module, at, format!("a copy of {}", value.kind())),
            },
            ("len", Some(value)) => Value::Int(match value {
                Value::Str(text) => text.chars().count() as i64,
                other => self.items(module, at, other.clone())?.len() as i64,
            }),
            ("str", Some(value)) => Value::str(self.shown(module, at, &value.clone())?),
            ("range", Some(Value::Int(first))) => {
                let (start, end) = match given.get(1) {
                    Some(Value::Int(end)) => (*first, *end),
                    _ => (0, *first),
                };
                self.made(module, at, end.saturating_sub(start).max(0) as usize * 16)?;
                Value::list((start..end).map(Value::Int).collect())
            }
            ("enumerate", Some(value)) => {
                let items = self.items(module, at, value.clone())?;
                let pair = |(i, item)| Value::list(vec![Value::Int(i as i64), item]);
                Value::list(items.into_iter().enumerate().map(pair).collect())
            }
            ("zip", Some(a)) if given.len() == 2 => {
                let left = self.items(module, at, a.clone())?;
                let right = self.items(module, at, given[1].clone())?;
                let pair = |(a, b)| Value::list(vec![a, b]);
                Value::list(left.into_iter().zip(right).map(pair).collect())
            }
            ("super", _) => Value::Known("super()".into()),
            ("super().__init__", _) => {
                let order = ["data_load_func", "tools", "tasks", "wiki", "rules"];
                let named = order.iter().map(|name| (*name).to_owned()).zip(given);
                self.constructed = Some(named.chain(keywords).collect());
                Value::None
            }
            // Upstream's own record types, where their file is not in the release.
            (name, None) if name.ends_with(".Task") || name.ends_with(".Action") => {
                Value::dict(keywords.into_iter().collect())
            }
            _ => return self.refuse(module, at, format!("{name}() is not understood here")),
        })
    }

    fn json(&mut self, module: &Module, at: &Expr, text: &str) -> Read<Value> {
        self.made(module, at, text.len())?;
        Ok(Value::Json(text.trim_start_matches('\u{feff}').trim().into()))
    }

    /// A method of a value.
    pub(super) fn method(
        &mut self,
        module: &Rc<Module>,
        at: &Expr,
        whole: Value,
        method: &str,
        given: Vec<Value>,
        keywords: Vec<(String, Value)>,
    ) -> Read<Value> {
        let whole = match whole {
            Value::Json(_) => whole.clone().opened().unwrap_or(whole),
            other => other,
        };
        let texts: Vec<&str> = given.iter().filter_map(Value::text).collect();
        Ok(match (&whole, method, texts.as_slice()) {
            (Value::File(file), "read", []) => Value::Str(self.file_text(&file.clone())?),
            (Value::File(file), "readlines", []) => {
                let file = file.clone();
                Value::list(self.items(module, at, Value::File(file))?)
            }
            (Value::File(_), "close", []) => Value::None,
            (Value::Path(_), "open", _) => self.opened_file(module, at, &whole)?,
            (Value::Path(_), "read_text", _) => {
                let opened = self.opened_file(module, at, &whole)?;
                return self.method(module, at, opened, "read", Vec::new(), Vec::new());
            }
            (Value::Path(path), "joinpath", names) => {
                names.iter().fold(Value::Path(path.clone()), |path, name| match &path {
                    Value::Path(folder) => join(folder, name),
                    _ => path,
                })
            }
            (Value::Path(path), "resolve" | "absolute", []) => Value::Path(path.clone()),
            (Value::Path(path), "exists", []) => Value::Bool(self.exists(path)),
            (Value::Path(path), "is_file", []) => Value::Bool(self.modules.release.has(path)),
            (Value::Path(path), "is_dir", []) => Value::Bool(self.is_folder(path)),
            (Value::Path(path), "with_suffix", [ending]) => {
                let name = format!("{}{ending}", stem(base_name(path)));
                join(parent(path), &name)
            }
            (Value::Path(path), "iterdir", []) => {
                let inner = |name: String| join(path, &name);
                Value::list(self.listed(path).into_iter().map(inner).collect())
            }
            (Value::Path(path), "glob", [pattern]) if pattern.starts_with('*') => {
                let ending = pattern.trim_start_matches('*');
                if ending.contains(['*', '?', '[', '/']) {
                    return self.refuse(module, at, "this pattern of files");
                }
                let names = self.listed(path).into_iter().filter(|name| name.ends_with(ending));
                Value::list(names.map(|name| join(path, &name)).collect())
            }
            (Value::Str(text), "strip", []) => Value::str(text.trim()),
            (Value::Str(text), "rstrip", []) => Value::str(text.trim_end()),
            (Value::Str(text), "lower", []) => Value::str(text.to_lowercase()),
            (Value::Str(text), "upper", []) => Value::str(text.to_uppercase()),
            (Value::Str(text), "replace", [from, to]) => {
                self.made(module, at, text.len() * (to.len() + 1))?;
                Value::str(text.replace(from, to))
            }
            (Value::Str(text) | Value::Path(text), "endswith", [end]) => {
                Value::Bool(text.ends_with(end))
            }
            (Value::Str(text), "startswith", [start]) => Value::Bool(text.starts_with(start)),
            (Value::Str(text), "removesuffix", [end]) => {
                Value::str(text.strip_suffix(end).unwrap_or(text))
            }
            (Value::Str(text), "splitlines", []) => {
                Value::list(text.lines().map(Value::str).collect())
            }
            (Value::Str(text), "split", [separator]) if given.len() == 1 => {
                Value::list(text.split(separator).map(Value::str).collect())
            }
            (Value::Str(separator), "join", []) if given.len() == 1 => {
                let mut parts = Vec::new();
                for item in self.items(module, at, given[0].clone())? {
                    parts.push(self.shown(module, at, &item)?);
                }
                let joined = parts.join(separator);
                self.made(module, at, joined.len())?;
                Value::str(joined)
            }
            (Value::List(items), "append", _) if given.len() == 1 => {
                items.borrow_mut().push(given[0].clone());
                Value::None
            }
            (Value::List(items), "extend", _) if given.len() == 1 => {
                let more = self.items(module, at, given[0].clone())?;
                self.made(module, at, more.len() * 16)?;
                items.borrow_mut().extend(more);
                Value::None
            }
            (Value::Dict(entries), "update", _) => {
                let mut more = match given.first() {
                    Some(value) => self.entries(module, at, value.clone())?,
                    None => Vec::new(),
                };
                more.extend(keywords);
                entries.borrow_mut().extend(more);
                Value::None
            }
            (Value::Dict(entries), "get", [key]) => {
                let otherwise = given.get(1).cloned().unwrap_or(Value::None);
                entries.borrow().get(*key).cloned().unwrap_or(otherwise)
            }
            (Value::Dict(entries), "keys", []) => {
                Value::list(entries.borrow().keys().map(|key| Value::str(key.as_str())).collect())
            }
            (Value::Dict(entries), "values", []) => {
                Value::list(entries.borrow().values().cloned().collect())
            }
            (Value::Dict(entries), "items", []) => {
                let pair = |(k, v): (&String, &Value)| {
                    Value::list(vec![Value::str(k.as_str()), v.clone()])
                };
                Value::list(entries.borrow().iter().map(pair).collect())
            }
            // A record made from data: `Task.model_validate(entry)`.
            (
                Value::Class(..) | Value::Known(_),
                "model_validate" | "parse_obj" | "from_dict",
                _,
            ) if given.len() == 1 => given[0].clone(),
            _ => {
                let reason = format!("{}.{method}() is not understood here", whole.kind());
                return self.refuse(module, at, reason);
            }
        })
    }

    /// An attribute of a value.
    pub(super) fn attribute(
        &mut self,
        module: &Rc<Module>,
        at: &Expr,
        whole: Value,
        name: &str,
    ) -> Read<Value> {
        Ok(match (&whole, name) {
            (Value::Known(known), _) => {
                // `import os.path` and `from os import path` lead to one name.
                Value::Known(format!("{known}.{name}").into())
            }
            (Value::Module(inner), _) => {
                let found = Value::Reference(inner.clone(), name.into());
                self.force(found)?
            }
            (Value::Path(path), "parent") => Value::Path(parent(path).into()),
            (Value::Path(path), "name") => Value::str(base_name(path)),
            (Value::Path(path), "stem") => Value::str(stem(base_name(path))),
            (Value::Path(path), "suffix") => {
                let name = base_name(path);
                Value::str(&name[stem(name).len()..])
            }
            (Value::Object(attributes), _) => match attributes.borrow().get(name) {
                Some(value) => value.clone(),
                None => Value::Unknown("an attribute that is not known here"),
            },
            _ => {
                let reason = format!("{}.{name} is not understood here", whole.kind());
                return self.refuse(module, at, reason);
            }
        })
    }
}
