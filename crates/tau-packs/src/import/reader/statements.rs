//! Statements.

use std::collections::HashSet;
use std::rc::Rc;

use ruff_python_ast::{self as ast, Expr, Pattern, Stmt};

use super::{Flow, Frame, Read, Reader, Stop, Value};

/// Whether a statement binds a name, or changes what it stands for.
pub(in super::super) fn binds(statement: &Stmt, name: &str) -> bool {
    let named = |expr: &Expr| names(expr).contains(&name);
    let within = |body: &[Stmt]| body.iter().any(|inner| binds(inner, name));
    match statement {
        Stmt::FunctionDef(function) => function.name.as_str() == name,
        Stmt::ClassDef(class) => class.name.as_str() == name,
        Stmt::Import(import) => import.names.iter().any(|alias| match &alias.asname {
            Some(known_as) => known_as.as_str() == name,
            None => alias.name.split('.').next() == Some(name),
        }),
        Stmt::ImportFrom(import) => import
            .names
            .iter()
            .any(|alias| alias.asname.as_ref().unwrap_or(&alias.name).as_str() == name),
        Stmt::Assign(assign) => assign.targets.iter().any(named),
        Stmt::AnnAssign(assign) => assign.value.is_some() && named(&assign.target),
        Stmt::AugAssign(assign) => named(&assign.target),
        Stmt::With(with) => within(&with.body),
        Stmt::For(loops) => named(&loops.target) || within(&loops.body),
        Stmt::If(branch) => {
            within(&branch.body) || branch.elif_else_clauses.iter().any(|c| within(&c.body))
        }
        Stmt::Try(attempt) => within(&attempt.body) || within(&attempt.orelse),
        // `TASKS.append(...)`
        Stmt::Expr(inner) => match &*inner.value {
            Expr::Call(call) => match &*call.func {
                Expr::Attribute(attribute) => {
                    matches!(attribute.attr.as_str(), "append" | "extend" | "update" | "insert")
                        && matches!(&*attribute.value, Expr::Name(n) if n.id.as_str() == name)
                }
                _ => false,
            },
            _ => false,
        },
        _ => false,
    }
}

/// The names that a target binds, or whose value it changes.
fn names(target: &Expr) -> Vec<&str> {
    match target {
        Expr::Name(name) => vec![name.id.as_str()],
        Expr::Tuple(tuple) => tuple.elts.iter().flat_map(names).collect(),
        Expr::List(list) => list.elts.iter().flat_map(names).collect(),
        Expr::Starred(star) => names(&star.value),
        Expr::Subscript(subscript) => names(&subscript.value),
        _ => Vec::new(),
    }
}

impl Reader<'_> {
    pub(super) fn block(&mut self, frame: &Frame, body: &[Stmt]) -> Read<Flow> {
        for statement in body {
            match self.statement(frame, statement)? {
                Flow::Next => {}
                flow => return Ok(flow),
            }
        }
        Ok(Flow::Next)
    }

    pub(super) fn statement(&mut self, frame: &Frame, statement: &Stmt) -> Read<Flow> {
        let module = frame.module.clone();
        self.step(&module, statement)?;
        match statement {
            Stmt::Pass(_) | Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::TypeAlias(_) => {}
            Stmt::Assert(_) => {}
            Stmt::FunctionDef(function) => {
                let value = Value::Function(module, Rc::new(function.clone()));
                frame.set(function.name.as_str(), value);
            }
            Stmt::ClassDef(class) => {
                frame.set(class.name.as_str(), Value::Class(module, Rc::new(class.clone())));
            }
            Stmt::Import(import) => self.import(frame, import)?,
            Stmt::ImportFrom(import) => self.import_from(frame, import)?,
            Stmt::Expr(inner) => {
                if !matches!(&*inner.value, Expr::StringLiteral(_) | Expr::EllipsisLiteral(_)) {
                    self.expr(frame, &inner.value)?;
                }
            }
            Stmt::Assign(assign) => {
                let value = self.expr(frame, &assign.value)?;
                for target in &assign.targets {
                    self.assign(frame, target, value.clone())?;
                }
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    let value = self.expr(frame, value)?;
                    self.assign(frame, &assign.target, value)?;
                }
            }
            Stmt::AugAssign(assign) => {
                let left = self.expr(frame, &assign.target)?;
                let right = self.expr(frame, &assign.value)?;
                let value = self.operate(&module, statement, assign.op, left, right)?;
                self.assign(frame, &assign.target, value)?;
            }
            Stmt::Return(end) => {
                return Ok(Flow::Return(match &end.value {
                    Some(value) => self.expr(frame, value)?,
                    None => Value::None,
                }));
            }
            Stmt::Break(_) => return Ok(Flow::Break),
            Stmt::Continue(_) => return Ok(Flow::Continue),
            Stmt::If(branch) => return self.branch(frame, branch),
            Stmt::For(loops) => return self.loops(frame, loops),
            Stmt::With(with) => {
                for item in &with.items {
                    let value = self.expr(frame, &item.context_expr)?;
                    if let Some(target) = &item.optional_vars {
                        self.assign(frame, target, value)?;
                    }
                }
                return self.block(frame, &with.body);
            }
            Stmt::Match(choice) => return self.choose(frame, choice),
            Stmt::Try(attempt) => return self.attempt(frame, attempt),
            Stmt::Raise(raise) => {
                let shown = raise.exc.as_ref().map_or("raise", |exc| module.shown(&**exc));
                return Err(Stop::Raised(module.fault(raise, format!("it raises {shown}"))));
            }
            _ => {
                let first = module.shown(statement).lines().next().unwrap_or_default();
                let cut: String = first.chars().take(60).collect();
                return self.refuse(&module, statement, format!("`{cut}` is not understood"));
            }
        }
        Ok(Flow::Next)
    }

    fn import(&mut self, frame: &Frame, import: &ast::StmtImport) -> Read<()> {
        for alias in &import.names {
            let full = alias.name.as_str();
            let (bound, named) = match &alias.asname {
                Some(known_as) => (known_as.as_str(), full),
                None => {
                    let first = full.split('.').next().unwrap_or(full);
                    (first, first)
                }
            };
            let value = match self.modules.get(named)? {
                Some(inner) => Value::Module(inner),
                None => Value::Known(named.into()),
            };
            frame.set(bound, value);
        }
        Ok(())
    }

    fn import_from(&mut self, frame: &Frame, import: &ast::StmtImportFrom) -> Read<()> {
        let from = frame.module.imported(import);
        let held = self.modules.get(&from)?;
        for alias in &import.names {
            let name = alias.name.as_str();
            let bound = alias.asname.as_ref().map_or(name, |known_as| known_as.as_str());
            let value = match &held {
                Some(inner) => Value::Reference(inner.clone(), name.into()),
                None => match self.modules.get(&format!("{from}.{name}"))? {
                    Some(inner) => Value::Module(inner),
                    None => Value::Known(format!("{from}.{name}").into()),
                },
            };
            frame.set(bound, value);
        }
        Ok(())
    }

    pub(super) fn assign(&mut self, frame: &Frame, target: &Expr, value: Value) -> Read<()> {
        let module = frame.module.clone();
        match target {
            Expr::Name(name) => frame.set(name.id.as_str(), value),
            Expr::Subscript(subscript) => {
                let whole = self.expr(frame, &subscript.value)?;
                let key = self.expr(frame, &subscript.slice)?;
                match (&whole, key.text()) {
                    (Value::Dict(entries), Some(key)) => {
                        entries.borrow_mut().insert(key.to_owned(), value);
                    }
                    _ => return self.refuse(&module, target, "an assignment into this"),
                }
            }
            Expr::Attribute(attribute) => match self.expr(frame, &attribute.value)? {
                Value::Object(attributes) => {
                    attributes.borrow_mut().insert(attribute.attr.to_string(), value);
                }
                _ => return self.refuse(&module, target, "an assignment to this attribute"),
            },
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                let items = self.items(&module, target, value)?;
                if items.len() != elts.len() {
                    return self.refuse(&module, target, "an unpacking of another length");
                }
                for (target, item) in elts.iter().zip(items) {
                    self.assign(frame, target, item)?;
                }
            }
            _ => return self.refuse(&module, target, "this assignment"),
        }
        Ok(())
    }

    fn branch(&mut self, frame: &Frame, branch: &ast::StmtIf) -> Read<Flow> {
        if self.truth(frame, &branch.test)? {
            return self.block(frame, &branch.body);
        }
        for clause in &branch.elif_else_clauses {
            let taken = match &clause.test {
                Some(test) => self.truth(frame, test)?,
                None => true,
            };
            if taken {
                return self.block(frame, &clause.body);
            }
        }
        Ok(Flow::Next)
    }

    pub(super) fn truth(&mut self, frame: &Frame, test: &Expr) -> Read<bool> {
        let value = self.expr(frame, test)?;
        match value.truth() {
            Some(truth) => Ok(truth),
            None => {
                let reason = format!("a condition on {}", value.kind());
                self.refuse(&frame.module, test, reason)
            }
        }
    }

    fn loops(&mut self, frame: &Frame, loops: &ast::StmtFor) -> Read<Flow> {
        let over = self.expr(frame, &loops.iter)?;
        for item in self.items(&frame.module.clone(), &*loops.iter, over)? {
            self.assign(frame, &loops.target, item)?;
            match self.block(frame, &loops.body)? {
                Flow::Break => return Ok(Flow::Next),
                Flow::Return(value) => return Ok(Flow::Return(value)),
                Flow::Next | Flow::Continue => {}
            }
        }
        self.block(frame, &loops.orelse)
    }

    fn choose(&mut self, frame: &Frame, choice: &ast::StmtMatch) -> Read<Flow> {
        let subject = self.expr(frame, &choice.subject)?;
        for case in &choice.cases {
            let fits = self.fits(frame, &subject, &case.pattern)?;
            let guarded = match &case.guard {
                Some(guard) => self.truth(frame, guard)?,
                None => true,
            };
            if fits && guarded {
                return self.block(frame, &case.body);
            }
        }
        Ok(Flow::Next)
    }

    fn fits(&mut self, frame: &Frame, subject: &Value, pattern: &Pattern) -> Read<bool> {
        let undecided = "a match on what is not known here";
        match pattern {
            Pattern::MatchValue(value) => {
                let wanted = self.expr(frame, &value.value)?;
                match subject.equals(&wanted) {
                    Some(equal) => Ok(equal),
                    None => self.refuse(&frame.module, pattern, undecided),
                }
            }
            Pattern::MatchSingleton(single) => match (subject, single.value) {
                (Value::Unknown(_), _) => self.refuse(&frame.module, pattern, undecided),
                (Value::None, ast::Singleton::None) => Ok(true),
                (Value::Bool(b), single) => Ok(matches!(
                    (b, single),
                    (true, ast::Singleton::True) | (false, ast::Singleton::False)
                )),
                _ => Ok(false),
            },
            Pattern::MatchOr(any) => {
                for pattern in &any.patterns {
                    if self.fits(frame, subject, pattern)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Pattern::MatchAs(any) if any.pattern.is_none() => {
                if let Some(name) = &any.name {
                    frame.set(name.as_str(), subject.clone());
                }
                Ok(true)
            }
            _ => self.refuse(&frame.module, pattern, "this match pattern"),
        }
    }

    /// What raises there goes on with the handlers; what is not understood does not.
    fn attempt(&mut self, frame: &Frame, attempt: &ast::StmtTry) -> Read<Flow> {
        let mut flow = match self.block(frame, &attempt.body) {
            Ok(Flow::Next) => self.block(frame, &attempt.orelse)?,
            Ok(flow) => flow,
            Err(Stop::Raised(fault)) => match attempt.handlers.first() {
                Some(ast::ExceptHandler::ExceptHandler(handler)) => {
                    self.block(frame, &handler.body)?
                }
                None => return Err(Stop::Raised(fault)),
            },
            Err(stop) => return Err(stop),
        };
        if let Flow::Return(value) = self.block(frame, &attempt.finalbody)? {
            flow = Flow::Return(value);
        }
        Ok(flow)
    }

    /// Runs the body of a constructor as far as it can be followed: a statement that cannot is left
    /// out, with its reason kept for what it would have bound.
    pub fn constructor(
        &mut self,
        frame: &Frame,
        body: &[Stmt],
        skipped: &mut Vec<crate::error::Fault>,
    ) -> Read<()> {
        let mut unread: HashSet<&str> = HashSet::new();
        for statement in body {
            match self.statement(frame, statement) {
                Ok(Flow::Next) => {}
                Ok(_) => return Ok(()),
                Err(Stop::Fault(fault)) => {
                    if let Stmt::Assign(assign) = statement {
                        unread.extend(assign.targets.iter().flat_map(names));
                    }
                    skipped.push(fault);
                }
                Err(stop) => return Err(stop),
            }
        }
        for name in unread {
            if frame.get(name).is_none() {
                frame.set(name, Value::Unknown("what could not be read"));
            }
        }
        Ok(())
    }
}
