//! Which names a function binds and which its inner functions mention.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Comprehension, Expr, ExprContext, Stmt};
use std::collections::HashSet;

/// The names of one scope.
#[derive(Default)]
pub(super) struct Names {
    /// Bound here.
    pub bound: Vec<String>,
    /// Mentioned anywhere in an inner function: these become cells if they are bound here.
    pub inner: HashSet<String>,
    pub globals: HashSet<String>,
    pub nonlocals: HashSet<String>,
    /// How deep in inner functions (and in comprehensions) the walk is.
    inside: u32,
    comprehension: u32,
    inlined: HashSet<String>,
}

impl Names {
    /// Of a function body (or a lambda's expression, or a generator's parts).
    /// `shadowed`: names the module binds itself, so that calls of them are not built-ins.
    pub fn of_body(body: &[Stmt], shadowed: &HashSet<String>) -> Names {
        let mut names = Names { inlined: shadowed.clone(), ..Names::default() };
        names.visit_body(body);
        names
    }

    pub fn of_expr(expr: &Expr, shadowed: &HashSet<String>) -> Names {
        let mut names = Names { inlined: shadowed.clone(), ..Names::default() };
        names.visit_expr(expr);
        names
    }

    fn bind(&mut self, name: &str) {
        if self.inside == 0 {
            if !self.bound.iter().any(|b| b == name) {
                self.bound.push(name.to_string());
            }
        } else {
            self.inner.insert(name.to_string());
        }
    }
}

/// Whether the call consumes its only generator expression on the spot, so that it needs no frame
/// of its own.
pub(super) fn consumes_generator(
    call: &ruff_python_ast::ExprCall,
    shadowed: &HashSet<String>,
) -> bool {
    let Some(Expr::Generator(_)) = call.arguments.args.first() else { return false };
    if !call.arguments.keywords.is_empty() {
        return false;
    }
    match &*call.func {
        Expr::Name(name) => {
            let many = match name.id.as_str() {
                "sum" => 2,
                "any" | "all" | "min" | "max" | "list" | "tuple" | "set" | "sorted" => 1,
                _ => 0,
            };
            call.arguments.args.len() <= many && !shadowed.contains(name.id.as_str())
        }
        Expr::Attribute(attribute) => {
            attribute.attr.as_str() == "join"
                && matches!(&*attribute.value, Expr::StringLiteral(_))
                && call.arguments.args.len() == 1
        }
        _ => false,
    }
}

impl<'a> Visitor<'a> for Names {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(f) => {
                self.bind(f.name.as_str());
                for p in f.parameters.iter_non_variadic_params() {
                    if let Some(default) = &p.default {
                        self.visit_expr(default);
                    }
                }
                self.inside += 1;
                f.parameters.iter().for_each(|p| self.bind(p.name().as_str()));
                self.visit_body(&f.body);
                self.inside -= 1;
            }
            Stmt::ClassDef(c) => self.bind(c.name.as_str()),
            Stmt::Import(i) => {
                for alias in &i.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
                    self.bind(name.split('.').next().unwrap_or(name));
                }
            }
            Stmt::ImportFrom(i) => {
                for alias in &i.names {
                    self.bind(alias.asname.as_ref().unwrap_or(&alias.name).as_str());
                }
            }
            Stmt::Global(g) if self.inside == 0 => {
                self.globals.extend(g.names.iter().map(|n| n.to_string()));
            }
            Stmt::Nonlocal(n) if self.inside == 0 => {
                self.nonlocals.extend(n.names.iter().map(|n| n.to_string()));
            }
            Stmt::AnnAssign(a) => {
                self.visit_expr(&a.target);
                if let Some(value) = &a.value {
                    self.visit_expr(value);
                }
            }
            Stmt::Try(t) => {
                for handler in &t.handlers {
                    let ruff_python_ast::ExceptHandler::ExceptHandler(handler) = handler;
                    if let Some(name) = &handler.name {
                        self.bind(name.as_str());
                    }
                }
                visitor::walk_stmt(self, stmt);
            }
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => match name.ctx {
                ExprContext::Load if self.inside == 0 => {}
                ExprContext::Store | ExprContext::Del if self.comprehension == 0 => {
                    self.bind(name.id.as_str())
                }
                _ if self.inside > 0 => {
                    self.inner.insert(name.id.to_string());
                }
                _ => {}
            },
            Expr::Named(named) => {
                let saved = std::mem::take(&mut self.comprehension);
                self.visit_expr(&named.target);
                self.comprehension = saved;
                self.visit_expr(&named.value);
            }
            Expr::Lambda(lambda) => {
                self.inside += 1;
                if let Some(parameters) = &lambda.parameters {
                    for p in parameters.iter_non_variadic_params() {
                        if let Some(default) = &p.default {
                            self.visit_expr(default);
                        }
                    }
                    parameters.iter().for_each(|p| self.bind(p.name().as_str()));
                }
                self.visit_expr(&lambda.body);
                self.inside -= 1;
            }
            Expr::Generator(_) => {
                self.inside += 1;
                visitor::walk_expr(self, expr);
                self.inside -= 1;
            }
            Expr::Call(call) if consumes_generator(call, &self.inlined) => {
                self.visit_expr(&call.func);
                for (i, arg) in call.arguments.args.iter().enumerate() {
                    if i == 0 {
                        visitor::walk_expr(self, arg);
                    } else {
                        self.visit_expr(arg);
                    }
                }
            }
            _ => visitor::walk_expr(self, expr),
        }
    }

    fn visit_annotation(&mut self, _: &'a Expr) {}

    fn visit_comprehension(&mut self, comprehension: &'a Comprehension) {
        self.visit_expr(&comprehension.iter);
        self.comprehension += 1;
        self.visit_expr(&comprehension.target);
        self.comprehension -= 1;
        comprehension.ifs.iter().for_each(|test| self.visit_expr(test));
    }

    fn visit_pattern(&mut self, pattern: &'a ruff_python_ast::Pattern) {
        if let ruff_python_ast::Pattern::MatchAs(p) = pattern
            && let Some(name) = &p.name
        {
            self.bind(name.as_str());
        }
        visitor::walk_pattern(self, pattern);
    }
}
