//! Functions and statements.

use super::expr::{operator, target_names};
use super::scope::Names;
use super::{C, Compiler, Frame, Var};
use crate::code::*;
use crate::value::Value;
use ruff_python_ast::{self as ast, Expr as Ast, Stmt as S};
use std::sync::Arc;

/// Slots of the enclosing function and the inner slots their cells go to.
type Captures = Box<[(u32, u32)]>;

/// A compiled parameter list.
#[derive(Default)]
pub(super) struct Parameters {
    pub params: Vec<Param>,
    pub positional: u32,
    pub positional_only: u32,
    pub star: Option<u32>,
    pub double_star: Option<u32>,
}

impl Compiler {
    pub(super) fn add_code(&mut self, mut code: Code) -> u32 {
        code.number = self.codes.len() as u32;
        self.codes.push(Some(code));
        self.codes.len() as u32 - 1
    }

    /// Code and captures of a frame.
    pub(super) fn finish_code(
        &mut self,
        frame: Frame,
        name: &str,
        p: Parameters,
        body: Block,
        docstring: Option<Name>,
        line: u32,
    ) -> (Code, Captures) {
        let code = Code {
            number: 0,
            module: self.unit,
            name: self.intern(name),
            qualname: self.intern(&frame.qualname),
            params: p.params,
            positional: p.positional,
            positional_only: p.positional_only,
            star: p.star,
            double_star: p.double_star,
            slots: frame.slot_names.len() as u32,
            slot_names: frame.slot_names,
            cells: frame.cells,
            body,
            docstring,
            line,
        };
        (code, frame.captures.into())
    }

    /// Parameters of a function; `own` collects the default expressions of a closure, otherwise
    /// defaults that are no constants go to globals, returned as statements of the module.
    pub(super) fn parameters(
        &mut self,
        p: Option<&ast::Parameters>,
        mut own: Option<&mut Vec<Expr>>,
        init: &mut Vec<(u32, Expr)>,
    ) -> C<Parameters> {
        let mut out = Parameters::default();
        let Some(p) = p else { return Ok(out) };
        out.positional_only = p.posonlyargs.len() as u32;
        out.positional = (p.posonlyargs.len() + p.args.len()) as u32;
        for param in p.posonlyargs.iter().chain(&p.args).chain(&p.kwonlyargs) {
            let default = match &param.default {
                None => ParamDefault::None,
                Some(expr) => match (self.expr(expr)?, &mut own) {
                    (Expr::Const(value), _) => ParamDefault::Const(value),
                    (expr, Some(own)) => {
                        own.push(expr);
                        ParamDefault::Own(own.len() as u32 - 1)
                    }
                    (expr, None) => {
                        let slot = self.new_global("<default>");
                        init.push((slot, expr));
                        ParamDefault::Global(slot)
                    }
                },
            };
            let annotation = param.parameter.annotation.as_ref().map(|a| self.source_of(&**a));
            let name = self.intern(param.parameter.name.as_str());
            out.params.push(Param { name, annotation, default });
        }
        let n = out.params.len() as u32;
        out.star = p.vararg.as_ref().map(|_| n);
        out.double_star = p.kwarg.as_ref().map(|_| n + out.star.is_some() as u32);
        Ok(out)
    }

    fn open_function(&mut self, p: Option<&ast::Parameters>, names: Names, qualname: String) {
        let mut frame = Frame {
            inner: names.inner,
            globals: names.globals,
            nonlocals: names.nonlocals,
            qualname,
            ..Frame::default()
        };
        let mut bound: Vec<String> = Vec::new();
        if let Some(p) = p {
            bound.extend(p.iter_non_variadic_params().map(|p| p.parameter.name.to_string()));
            bound.extend(p.vararg.iter().map(|p| p.name.to_string()));
            bound.extend(p.kwarg.iter().map(|p| p.name.to_string()));
        }
        for name in names.bound {
            if !bound.contains(&name)
                && !frame.globals.contains(&name)
                && !frame.nonlocals.contains(&name)
            {
                bound.push(name);
            }
        }
        for name in bound {
            let slot = frame.slot_names.len() as u32;
            frame.slot_names.push(self.intern(&name));
            let cell = frame.inner.contains(&name);
            if cell {
                frame.cells.push(slot);
            }
            frame.vars.insert(name, Var { slot, cell });
        }
        self.functions.push(frame);
    }

    fn qualname_of(&self, name: &str) -> String {
        match self.functions.last() {
            Some(frame) if !frame.is_module => format!("{}.<locals>.{name}", frame.qualname),
            _ => match &self.class {
                Some(class) => format!("{class}.{name}"),
                None => name.to_string(),
            },
        }
    }

    /// A module-level function or a method: its code takes the reserved number.
    pub(super) fn module_function(
        &mut self,
        f: &ast::StmtFunctionDef,
        number: u32,
        init: &mut Vec<(u32, Expr)>,
    ) -> C<()> {
        if f.is_async {
            return self.unsupported(f, "an asynchronous function");
        }
        let parameters = self.parameters(Some(&f.parameters), None, init)?;
        let saved = std::mem::take(&mut self.functions);
        let made = self.function_body(f, parameters);
        self.functions = saved;
        let (mut code, _) = made?;
        code.number = number;
        self.codes[number as usize] = Some(code);
        Ok(())
    }

    fn function_body(
        &mut self,
        f: &ast::StmtFunctionDef,
        parameters: Parameters,
    ) -> C<(Code, Captures)> {
        let shadowed = self.unit().shadowed.clone();
        let names = Names::of_body(&f.body, &shadowed);
        let qualname = self.qualname_of(f.name.as_str());
        let class = self.class.take();
        self.open_function(Some(&f.parameters), names, qualname);
        let body = self.block(&f.body);
        let frame = self.functions.pop().unwrap_or_default();
        self.class = class;
        let docstring = docstring(&f.body).map(|d| self.intern(&d));
        let line = self.line(&f.name);
        Ok(self.finish_code(frame, f.name.as_str(), parameters, body?, docstring, line))
    }

    fn inner_function(&mut self, f: &ast::StmtFunctionDef) -> C<StmtKind> {
        if f.is_async || !f.decorator_list.is_empty() {
            return self.unsupported(f, "a decorator or an asynchronous function here");
        }
        let mut defaults = Vec::new();
        let parameters =
            self.parameters(Some(&f.parameters), Some(&mut defaults), &mut Vec::new())?;
        let (code, captures) = self.function_body(f, parameters)?;
        let number = self.add_code(code);
        let closure =
            Closure { code: number, captures, defaults: defaults.into(), generator: None };
        let target = self.store_name(f, f.name.as_str())?;
        Ok(StmtKind::Assign(target, Expr::Closure(Arc::new(closure))))
    }

    pub(super) fn lambda(&mut self, l: &ast::ExprLambda) -> C<Expr> {
        let mut defaults = Vec::new();
        let parameters =
            self.parameters(l.parameters.as_deref(), Some(&mut defaults), &mut Vec::new())?;
        let shadowed = self.unit().shadowed.clone();
        let names = Names::of_expr(&l.body, &shadowed);
        let qualname = self.qualname_of("<lambda>");
        self.open_function(l.parameters.as_deref(), names, qualname);
        let body = self.expr(&l.body);
        let frame = self.functions.pop().unwrap_or_default();
        let line = self.line(l);
        let body = Box::new([Stmt { line, kind: StmtKind::Return(Some(body?)) }]);
        let (code, captures) = self.finish_code(frame, "<lambda>", parameters, body, None, line);
        let number = self.add_code(code);
        Ok(Expr::Closure(Arc::new(Closure {
            code: number,
            captures,
            defaults: defaults.into(),
            generator: None,
        })))
    }

    pub(super) fn target(&mut self, e: &Ast) -> C<Target> {
        match e {
            Ast::Name(n) => self.store_name(e, n.id.as_str()),
            Ast::Subscript(s) => {
                let base = self.expr(&s.value)?;
                if let Ast::Slice(slice) = &*s.slice {
                    return Ok(Target::Slice(base, self.slice_parts(slice)?));
                }
                Ok(Target::Subscript(base, self.expr(&s.slice)?))
            }
            Ast::Tuple(t) => self.unpack(e, &t.elts),
            Ast::List(l) => self.unpack(e, &l.elts),
            Ast::Attribute(_) => self.unsupported(e, "assignment to an attribute"),
            _ => self.unsupported(e, "this assignment target"),
        }
    }

    fn unpack(&mut self, at: &Ast, elements: &[Ast]) -> C<Target> {
        let mut before = Vec::new();
        let mut star = None;
        let mut after = Vec::new();
        for element in elements {
            if let Ast::Starred(s) = element {
                if star.is_some() {
                    return self.refuse(at, "multiple starred expressions in assignment");
                }
                star = Some(Box::new(self.target(&s.value)?));
            } else if star.is_some() {
                after.push(self.target(element)?);
            } else {
                before.push(self.target(element)?);
            }
        }
        Ok(Target::Unpack(before.into(), star, after.into()))
    }

    pub(super) fn block(&mut self, body: &[S]) -> C<Block> {
        let mut out = Vec::new();
        for (i, stmt) in body.iter().enumerate() {
            if i == 0 && matches!(stmt, S::Expr(e) if matches!(&*e.value, Ast::StringLiteral(_))) {
                continue;
            }
            let line = self.line(stmt);
            let kind = self.nested(stmt, |c| c.stmt(stmt))?;
            if !matches!(kind, StmtKind::Pass) {
                out.push(Stmt { line, kind });
            }
        }
        Ok(out.into())
    }

    pub(super) fn stmt(&mut self, stmt: &S) -> C<StmtKind> {
        Ok(match stmt {
            S::Expr(e) => match &*e.value {
                Ast::StringLiteral(_) | Ast::EllipsisLiteral(_) => StmtKind::Pass,
                value => StmtKind::Expr(self.expr(value)?),
            },
            S::Assign(a) => {
                let value = self.expr(&a.value)?;
                let mut targets =
                    a.targets.iter().map(|t| self.target(t)).collect::<C<Vec<_>>>()?;
                match (targets.len(), targets.pop()) {
                    (1, Some(target)) => StmtKind::Assign(target, value),
                    (_, Some(last)) => {
                        targets.push(last);
                        StmtKind::AssignMany(targets.into(), value)
                    }
                    _ => StmtKind::Pass,
                }
            }
            S::AnnAssign(a) => match &a.value {
                Some(value) => {
                    let value = self.expr(value)?;
                    StmtKind::Assign(self.target(&a.target)?, value)
                }
                None => StmtKind::Pass,
            },
            S::AugAssign(a) => {
                let value = self.expr(&a.value)?;
                StmtKind::Augment(self.target(&a.target)?, operator(a.op), value)
            }
            S::Return(r) => {
                if self.frame().is_module {
                    return self.refuse(stmt, "'return' outside function");
                }
                StmtKind::Return(r.value.as_ref().map(|v| self.expr(v)).transpose()?)
            }
            S::If(i) => {
                let mut rest: Block = Box::new([]);
                for clause in i.elif_else_clauses.iter().rev() {
                    let body = self.block(&clause.body)?;
                    rest = match &clause.test {
                        None => body,
                        Some(test) => Box::new([Stmt {
                            line: self.line(clause),
                            kind: StmtKind::If(self.expr(test)?, body, rest),
                        }]),
                    };
                }
                StmtKind::If(self.expr(&i.test)?, self.block(&i.body)?, rest)
            }
            S::For(f) => {
                if f.is_async {
                    return self.unsupported(stmt, "an asynchronous loop");
                }
                let iter = self.expr(&f.iter)?;
                let target = self.target(&f.target)?;
                StmtKind::For(target, iter, self.loop_body(&f.body)?, self.block(&f.orelse)?)
            }
            S::While(w) => StmtKind::While(
                self.expr(&w.test)?,
                self.loop_body(&w.body)?,
                self.block(&w.orelse)?,
            ),
            S::Break(_) | S::Continue(_) if self.frame().loops == 0 => {
                return self.refuse(stmt, "'break' or 'continue' outside a loop");
            }
            S::Break(_) => StmtKind::Break,
            S::Continue(_) => StmtKind::Continue,
            S::Pass(_) | S::Global(_) | S::Nonlocal(_) => StmtKind::Pass,
            S::Delete(d) => {
                StmtKind::Delete(d.targets.iter().map(|t| self.target(t)).collect::<C<_>>()?)
            }
            S::Raise(r) => StmtKind::Raise(r.exc.as_ref().map(|e| self.expr(e)).transpose()?),
            S::Assert(a) => StmtKind::Assert(
                self.expr(&a.test)?,
                a.msg.as_ref().map(|m| self.expr(m)).transpose()?,
            ),
            S::Try(t) => self.try_statement(t)?,
            S::Match(m) => self.match_statement(m)?,
            S::FunctionDef(f) => self.inner_function(f)?,
            S::ClassDef(_) => return self.unsupported(stmt, "a class inside a function"),
            S::Import(_) | S::ImportFrom(_) => {
                return self.unsupported(stmt, "an import that is not at the top of a module");
            }
            S::With(_) => return self.unsupported(stmt, "with"),
            S::TypeAlias(_) => return self.unsupported(stmt, "a type statement"),
            S::IpyEscapeCommand(_) => return self.unsupported(stmt, "a shell escape"),
        })
    }

    fn loop_body(&mut self, body: &[S]) -> C<Block> {
        self.frame().loops += 1;
        let block = self.block(body);
        self.frame().loops -= 1;
        block
    }

    fn try_statement(&mut self, t: &ast::StmtTry) -> C<StmtKind> {
        if t.is_star {
            return self.unsupported(t, "except*");
        }
        let body = self.block(&t.body)?;
        let mut handlers = Vec::new();
        for handler in &t.handlers {
            let ast::ExceptHandler::ExceptHandler(handler) = handler;
            let class = handler.type_.as_ref().map(|e| self.expr(e)).transpose()?;
            let name =
                handler.name.as_ref().map(|n| self.store_name(handler, n.as_str())).transpose()?;
            handlers.push(Handler { class, name, body: self.block(&handler.body)? });
        }
        let (orelse, finally) = (self.block(&t.orelse)?, self.block(&t.finalbody)?);
        Ok(StmtKind::Try(Box::new(Try { body, handlers: handlers.into(), orelse, finally })))
    }

    fn match_statement(&mut self, m: &ast::StmtMatch) -> C<StmtKind> {
        let subject = self.expr(&m.subject)?;
        let mut cases = Vec::new();
        for case in &m.cases {
            let pattern = self.pattern(&case.pattern)?;
            let guard = case.guard.as_ref().map(|g| self.expr(g)).transpose()?;
            cases.push(Case { pattern, guard, body: self.block(&case.body)? });
        }
        Ok(StmtKind::Match(subject, cases.into()))
    }

    fn pattern(&mut self, p: &ast::Pattern) -> C<Pattern> {
        self.nested(p, |c| match p {
            ast::Pattern::MatchValue(v) => Ok(Pattern::Value(c.expr(&v.value)?)),
            ast::Pattern::MatchSingleton(s) => Ok(Pattern::Singleton(match s.value {
                ast::Singleton::None => Value::None,
                ast::Singleton::True => Value::Bool(true),
                ast::Singleton::False => Value::Bool(false),
            })),
            ast::Pattern::MatchOr(o) => {
                Ok(Pattern::Or(o.patterns.iter().map(|p| c.pattern(p)).collect::<C<_>>()?))
            }
            ast::Pattern::MatchAs(a) => {
                let target = a.name.as_ref().map(|n| c.store_name(p, n.as_str())).transpose()?;
                match (&a.pattern, target) {
                    (None, target) => Ok(Pattern::Any(target)),
                    (Some(inner), Some(target)) => {
                        Ok(Pattern::As(Box::new(c.pattern(inner)?), target))
                    }
                    (Some(inner), None) => c.pattern(inner),
                }
            }
            ast::Pattern::MatchSequence(s) => {
                Ok(Pattern::Sequence(s.patterns.iter().map(|p| c.pattern(p)).collect::<C<_>>()?))
            }
            _ => c.unsupported(p, "this match pattern"),
        })
    }

    /// Opens the pseudo-function that runs a module's statements.
    pub(super) fn open_module(&mut self) {
        self.functions.push(Frame {
            is_module: true,
            qualname: "<module>".into(),
            ..Frame::default()
        });
    }
}

/// The docstring of a body, as written.
pub(super) fn docstring(body: &[S]) -> Option<String> {
    match body.first() {
        Some(S::Expr(e)) => match &*e.value {
            Ast::StringLiteral(s) => Some(s.value.to_str().to_string()),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn bound_names(stmt: &S) -> Vec<String> {
    let mut names = Names::default();
    ruff_python_ast::visitor::Visitor::visit_stmt(&mut names, stmt);
    if let S::Assign(a) = stmt {
        names.bound.extend(a.targets.iter().flat_map(target_names));
    }
    names.bound
}
