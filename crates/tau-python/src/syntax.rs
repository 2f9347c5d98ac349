//! Python source read as data: literal evaluation for task files, without running anything.

use crate::compile::parse_source;
use crate::error::LoadError;
use crate::value::Value;
use crate::{Heap, text};
use num_bigint::BigInt;
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

/// How deep literals may be nested.
const MAX_DEPTH: u32 = 100;

/// A parsed module.
pub struct Module {
    file: String,
    line_starts: Vec<u32>,
    body: ast::ModModule,
}

/// An expression as data.
#[derive(Clone, Debug, PartialEq)]
pub struct Literal {
    /// The line it starts at.
    pub line: u32,
    /// What it is.
    pub kind: LiteralKind,
}

/// The kinds of [`Literal`].
#[derive(Clone, Debug, PartialEq)]
pub enum LiteralKind {
    /// `None`
    None,
    /// `True`, `False`
    Bool(bool),
    /// An integer.
    Int(BigInt),
    /// A float.
    Float(f64),
    /// A string: implicit concatenation, `+`, `"".join((...))` and triple quotes are resolved.
    Str(String),
    /// A list.
    List(Vec<Literal>),
    /// A tuple.
    Tuple(Vec<Literal>),
    /// A dict in order.
    Dict(Vec<(Literal, Literal)>),
    /// A call of a plain or dotted name, for example `Task(...)`.
    Call {
        /// The callee as written.
        name: String,
        /// Positional arguments.
        args: Vec<Literal>,
        /// Keyword arguments in order.
        kwargs: Vec<(String, Literal)>,
    },
    /// A plain or dotted name.
    Name(String),
}

/// A module-level assignment.
pub struct Assignment<'m> {
    /// The name assigned.
    pub name: &'m str,
    /// The line.
    pub line: u32,
    value: &'m Expr,
    module: &'m Module,
}

/// A name imported with `from module import name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The module, with leading dots when relative.
    pub module: String,
    /// The name in that module.
    pub name: String,
    /// The name here.
    pub alias: String,
    /// The line.
    pub line: u32,
}

impl Module {
    /// Parses source text.
    ///
    /// # Errors
    /// When it is no Python, too large or nested too deeply.
    pub fn parse(file: &str, text: &str) -> Result<Module, LoadError> {
        let body = parse_source(file, text)?;
        let line_starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i as u32 + 1)).collect();
        Ok(Module { file: file.to_string(), line_starts, body })
    }

    /// The assignments to plain names at the module's level, in order.
    pub fn assignments(&self) -> Vec<Assignment<'_>> {
        let mut found = Vec::new();
        for stmt in &self.body.body {
            let (target, value) = match stmt {
                Stmt::Assign(a) if a.targets.len() == 1 => (&a.targets[0], &*a.value),
                Stmt::AnnAssign(a) => match &a.value {
                    Some(value) => (&*a.target, &**value),
                    None => continue,
                },
                _ => continue,
            };
            if let Expr::Name(name) = target {
                found.push(Assignment {
                    name: name.id.as_str(),
                    line: self.line(stmt),
                    value,
                    module: self,
                });
            }
        }
        found
    }

    /// The value assigned last to a name, as data.
    ///
    /// # Errors
    /// When there is none or it is not literal.
    pub fn literal(&self, name: &str) -> Result<Literal, LoadError> {
        match self.assignments().iter().rev().find(|a| a.name == name) {
            Some(assignment) => assignment.literal(),
            None => Err(LoadError {
                file: self.file.clone(),
                line: 1,
                reason: format!("{name:?} is not assigned"),
            }),
        }
    }

    /// Everything imported with `from ... import ...` at the module's level.
    pub fn imports(&self) -> Vec<Import> {
        let mut found = Vec::new();
        for stmt in &self.body.body {
            if let Stmt::ImportFrom(i) = stmt {
                let dots = ".".repeat(i.level as usize);
                let module = format!("{dots}{}", i.module.as_ref().map_or("", |m| m.as_str()));
                for alias in &i.names {
                    let name = alias.name.to_string();
                    let alias = alias.asname.as_ref().map_or(name.clone(), |a| a.to_string());
                    found.push(Import {
                        module: module.clone(),
                        name,
                        alias,
                        line: self.line(stmt),
                    });
                }
            }
        }
        found
    }

    /// The names of functions defined at the module's level.
    pub fn functions(&self) -> Vec<&str> {
        let names = self.body.body.iter().filter_map(|stmt| match stmt {
            Stmt::FunctionDef(f) => Some(f.name.as_str()),
            _ => None,
        });
        names.collect()
    }

    fn line(&self, at: &impl Ranged) -> u32 {
        let offset = at.start().to_u32();
        self.line_starts.partition_point(|&start| start <= offset) as u32
    }

    fn evaluate(&self, e: &Expr, depth: u32) -> Result<Literal, LoadError> {
        let line = self.line(e);
        let refuse = |reason: &str| {
            Err(LoadError { file: self.file.clone(), line, reason: reason.to_string() })
        };
        if depth > MAX_DEPTH {
            return refuse("the literal is nested too deeply");
        }
        let list = |items: &[Expr]| {
            items.iter().map(|i| self.evaluate(i, depth + 1)).collect::<Result<Vec<_>, _>>()
        };
        let kind = match e {
            Expr::NoneLiteral(_) => LiteralKind::None,
            Expr::BooleanLiteral(b) => LiteralKind::Bool(b.value),
            Expr::StringLiteral(s) => LiteralKind::Str(s.value.to_str().to_string()),
            Expr::NumberLiteral(n) => match &n.value {
                ast::Number::Float(f) => LiteralKind::Float(*f),
                ast::Number::Int(i) => match i.to_string().replace('_', "").parse::<BigInt>() {
                    Ok(number) => LiteralKind::Int(number),
                    Err(_) => return refuse("an integer in this notation is not supported"),
                },
                ast::Number::Complex { .. } => return refuse("a complex number is not supported"),
            },
            Expr::UnaryOp(u) if u.op == ast::UnaryOp::USub => {
                match self.evaluate(&u.operand, depth + 1)?.kind {
                    LiteralKind::Int(i) => LiteralKind::Int(-i),
                    LiteralKind::Float(f) => LiteralKind::Float(-f),
                    _ => return refuse("this operator is not supported in a literal"),
                }
            }
            Expr::BinOp(b) if b.op == ast::Operator::Add => {
                match (
                    self.evaluate(&b.left, depth + 1)?.kind,
                    self.evaluate(&b.right, depth + 1)?.kind,
                ) {
                    (LiteralKind::Str(a), LiteralKind::Str(b)) => LiteralKind::Str(a + &b),
                    (LiteralKind::List(mut a), LiteralKind::List(b)) => {
                        a.extend(b);
                        LiteralKind::List(a)
                    }
                    _ => return refuse("this sum is not supported in a literal"),
                }
            }
            Expr::List(l) => LiteralKind::List(list(&l.elts)?),
            Expr::Tuple(t) => LiteralKind::Tuple(list(&t.elts)?),
            Expr::Dict(d) => {
                let mut entries = Vec::new();
                for item in &d.items {
                    let Some(key) = &item.key else {
                        return refuse("unpacking is not supported in a literal");
                    };
                    entries.push((
                        self.evaluate(key, depth + 1)?,
                        self.evaluate(&item.value, depth + 1)?,
                    ));
                }
                LiteralKind::Dict(entries)
            }
            Expr::Name(_) | Expr::Attribute(_) => match dotted(e) {
                Some(name) => LiteralKind::Name(name),
                None => return refuse("this expression is not a literal"),
            },
            Expr::Call(call) => {
                if let Some(joined) = self.join(call, depth)? {
                    return Ok(Literal { line, kind: LiteralKind::Str(joined) });
                }
                let Some(name) = dotted(&call.func) else {
                    return refuse("this call is not a literal");
                };
                let args = list(&call.arguments.args)?;
                let mut kwargs = Vec::new();
                for keyword in &call.arguments.keywords {
                    let Some(name) = &keyword.arg else {
                        return refuse("unpacking is not supported in a literal");
                    };
                    kwargs.push((name.to_string(), self.evaluate(&keyword.value, depth + 1)?));
                }
                LiteralKind::Call { name, args, kwargs }
            }
            _ => return refuse("this expression is not a literal"),
        };
        Ok(Literal { line, kind })
    }

    /// `"".join((...))` over strings.
    fn join(&self, call: &ast::ExprCall, depth: u32) -> Result<Option<String>, LoadError> {
        let Expr::Attribute(attribute) = &*call.func else { return Ok(None) };
        let (Expr::StringLiteral(by), "join", [items]) =
            (&*attribute.value, attribute.attr.as_str(), &*call.arguments.args)
        else {
            return Ok(None);
        };
        let (LiteralKind::List(items) | LiteralKind::Tuple(items)) =
            self.evaluate(items, depth + 1)?.kind
        else {
            return Ok(None);
        };
        let texts: Option<Vec<String>> = items
            .into_iter()
            .map(|item| match item.kind {
                LiteralKind::Str(text) => Some(text),
                _ => None,
            })
            .collect();
        Ok(texts.map(|texts| texts.join(by.value.to_str())))
    }
}

fn dotted(e: &Expr) -> Option<String> {
    match e {
        Expr::Name(n) => Some(n.id.to_string()),
        Expr::Attribute(a) => Some(format!("{}.{}", dotted(&a.value)?, a.attr)),
        _ => None,
    }
}

impl Assignment<'_> {
    /// The value as data.
    ///
    /// # Errors
    /// With the line of what is not literal.
    pub fn literal(&self) -> Result<Literal, LoadError> {
        self.module.evaluate(self.value, 0)
    }
}

impl Literal {
    /// The literal as JSON text, tuples as lists; `None` when it holds a call, a name or a dict key that is no string.
    pub fn to_json(&self) -> Option<String> {
        let mut out = String::new();
        self.push_json(&mut out)?;
        Some(out)
    }

    fn push_json(&self, out: &mut String) -> Option<()> {
        match &self.kind {
            LiteralKind::None => out.push_str("null"),
            LiteralKind::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
            LiteralKind::Int(i) => out.push_str(&i.to_string()),
            LiteralKind::Float(f) => text::push_float(out, *f),
            LiteralKind::Str(s) => out.push_str(&json_string(s)?),
            LiteralKind::List(items) | LiteralKind::Tuple(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        out.push_str(", ");
                    }
                    item.push_json(out)?;
                }
                out.push(']');
            }
            LiteralKind::Dict(entries) => {
                out.push('{');
                for (i, (key, value)) in entries.iter().enumerate() {
                    if i > 0 {
                        out.push_str(", ");
                    }
                    let LiteralKind::Str(key) = &key.kind else { return None };
                    out.push_str(&json_string(key)?);
                    out.push_str(": ");
                    value.push_json(out)?;
                }
                out.push('}');
            }
            LiteralKind::Call { .. } | LiteralKind::Name(_) => return None,
        }
        Some(())
    }

    /// The text of a string literal.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            LiteralKind::Str(text) => Some(text),
            _ => None,
        }
    }
}

fn json_string(text: &str) -> Option<String> {
    let base = crate::Base::from_json_tables(&[]).ok()?;
    Heap::new(base.into()).json_dumps(&Value::str(text)).ok()
}
