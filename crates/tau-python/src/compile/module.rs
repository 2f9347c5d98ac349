//! Modules: imports, classes, and what has to run once per episode.

use super::function::bound_names;
use super::{Binding, C, Compiler, MAX_SOURCE, Unit};
use crate::builtins::{ModuleId, TypeId};
use crate::code::*;
use crate::error::{ExcClass, LoadError};
use crate::program::{ModuleSource, Part, Program};
use crate::value::Value;
use ruff_python_ast::{self as ast, Expr as Ast, Stmt as S};
use std::collections::{HashMap, HashSet};

/// The most brackets that may be open at once, and operators within one item.
const MAX_BRACKETS: u32 = 100;
const MAX_CHAIN: u32 = 1000;

/// Refuses source whose syntax tree would be too deep, before it is built.
pub(crate) fn parse(file: &str, text: &str) -> Result<ast::ModModule, LoadError> {
    let at = |line: usize, reason: &str| LoadError {
        file: file.to_string(),
        line: line as u32,
        reason: reason.to_string(),
    };
    if text.len() > MAX_SOURCE {
        return Err(at(1, "the source is larger than 1 MiB"));
    }
    let (mut open, mut chain, mut line) = (0u32, 0u32, 1);
    let mut quote: Option<u8> = None;
    for byte in text.bytes() {
        match byte {
            b'\n' => {
                line += 1;
                quote = None;
                if open == 0 {
                    chain = 0;
                }
            }
            b'"' | b'\'' if quote.is_none() => quote = Some(byte),
            _ if quote == Some(byte) => quote = None,
            // Brackets in strings count as well: f-strings nest.
            b'(' | b'[' if quote.is_none() => open += 1,
            b')' | b']' if quote.is_none() => open = open.saturating_sub(1),
            b'{' => open += quote.is_none() as u32,
            b'}' => open = open.saturating_sub(quote.is_none() as u32),
            b',' | b';' => chain = 0,
            b'+' | b'-' | b'*' | b'/' | b'~' | b'%' | b'.' | b'|' | b'&' | b'^' | b'<' | b'>'
            | b':'
                if quote.is_none() =>
            {
                chain += 1
            }
            _ => {}
        }
        if open > MAX_BRACKETS || chain > MAX_CHAIN {
            return Err(at(line, "the source is nested too deeply"));
        }
    }
    match ruff_python_parser::parse_module(text) {
        Ok(parsed) => Ok(parsed.into_syntax()),
        Err(error) => {
            let line = text[..error.location.start().to_usize()].matches('\n').count() + 1;
            Err(at(line, &format!("syntax error: {}", error.error)))
        }
    }
}

pub(crate) fn compile_program(sources: &[ModuleSource]) -> Result<Program, Vec<LoadError>> {
    // Deep but accepted source must not exhaust a small thread stack.
    stacker::maybe_grow(16 << 20, 64 << 20, || compile_all(sources))
}

fn compile_all(sources: &[ModuleSource]) -> Result<Program, Vec<LoadError>> {
    let mut c = Compiler {
        units: Vec::new(),
        by_name: HashMap::new(),
        codes: Vec::new(),
        classes: Vec::new(),
        globals: 0,
        global_names: Vec::new(),
        errors: Vec::new(),
        unit: 0,
        functions: Vec::new(),
        nesting: 0,
        interned: HashMap::new(),
        class: None,
    };
    let mut trees = Vec::new();
    for source in sources {
        match parse(&source.file, &source.text) {
            Ok(tree) => trees.push(tree),
            Err(error) => {
                c.errors.push(error);
                continue;
            }
        }
        c.by_name.insert(source.name.clone(), c.units.len() as u32);
        let line_starts = std::iter::once(0)
            .chain(source.text.match_indices('\n').map(|(i, _)| i as u32 + 1))
            .collect();
        c.units.push(Unit {
            name: source.name.clone(),
            file: source.file.clone(),
            line_starts,
            bindings: HashMap::new(),
            shadowed: HashSet::new(),
            imports: Vec::new(),
            text: source.text.clone(),
            functions_only: source.part == Part::Functions,
        });
    }
    if !c.errors.is_empty() {
        return Err(c.errors);
    }
    let mut plans: Vec<Plan> = Vec::new();
    for (unit, tree) in trees.iter().enumerate() {
        c.unit = unit as u32;
        plans.push(c.declare(tree));
    }
    for unit in 0..trees.len() {
        c.unit = unit as u32;
        c.declare_classes(&trees[unit], &mut plans[unit]);
    }
    let mut inits = Vec::new();
    for (unit, tree) in trees.iter().enumerate() {
        c.unit = unit as u32;
        inits.push(c.module_code(tree, &plans[unit]));
    }
    if !c.errors.is_empty() {
        return Err(c.errors);
    }
    let modules = c.units.iter().zip(inits).map(|(unit, init)| ModuleCode {
        name: unit.name.as_str().into(),
        file: unit.file.as_str().into(),
        init,
        imports: unit.imports.clone(),
    });
    let modules: Vec<ModuleCode> = modules.collect();
    let codes: Vec<Code> = c.codes.into_iter().flatten().collect();
    let globals: HashMap<(u32, String), Binding> = c
        .units
        .iter()
        .enumerate()
        .flat_map(|(i, u)| u.bindings.iter().map(move |(n, b)| ((i as u32, n.clone()), b.clone())))
        .collect();
    let globals = globals.into_iter().filter_map(|(k, b)| match b {
        Binding::Global(slot) => Some((k, slot)),
        _ => None,
    });
    Ok(Program::new(modules, codes, c.classes, c.global_names, globals.collect()))
}

/// Numbers reserved for a module's functions and classes.
#[derive(Default)]
struct Plan {
    functions: HashMap<String, u32>,
    classes: HashMap<String, u32>,
}

impl Compiler {
    fn reserve_code(&mut self) -> u32 {
        self.codes.push(None);
        self.codes.len() as u32 - 1
    }

    /// Finds what each name of the module is bound to.
    fn declare(&mut self, tree: &ast::ModModule) -> Plan {
        let mut plan = Plan::default();
        let functions_only = self.unit().functions_only;
        let mut counts: HashMap<String, u32> = HashMap::new();
        let mut all: HashSet<String> = HashSet::new();
        for stmt in &tree.body {
            for name in bound_names(stmt) {
                *counts.entry(name).or_default() += 1;
            }
            let names = super::scope::Names::of_body(std::slice::from_ref(stmt), &HashSet::new());
            all.extend(names.bound);
            all.extend(names.inner);
        }
        for stmt in &tree.body {
            collect_globals(stmt, &mut counts);
        }
        // Only names that are stored somewhere can hide a built-in.
        let mut stored = StoredNames(HashSet::new());
        ruff_python_ast::visitor::Visitor::visit_body(&mut stored, &tree.body);
        let unit = self.unit as usize;
        self.units[unit].shadowed = stored.0;
        for stmt in &tree.body {
            let once = |name: &str| counts.get(name).copied().unwrap_or(0) <= 1;
            match stmt {
                S::Import(i) => self.declare_import(i),
                S::ImportFrom(i) => self.declare_import_from(i),
                S::FunctionDef(f) if once(f.name.as_str()) => {
                    let number = self.reserve_code();
                    plan.functions.insert(f.name.to_string(), number);
                    self.bind(f.name.as_str(), Binding::Static(Static::Value(Value::Function(number))));
                }
                S::ClassDef(c) if once(c.name.as_str()) => {
                    let number = self.classes.len() as u32;
                    self.classes.push(ClassInfo { name: c.name.as_str().into(), kind: ClassKind::Plain, base: None, attributes: Vec::new() });
                    plan.classes.insert(c.name.to_string(), number);
                    self.bind(c.name.as_str(), Binding::Static(Static::Value(Value::Class(number))));
                }
                S::FunctionDef(f) => self.fail(f, "a function that is defined or assigned more than once is not part of the supported Python subset"),
                S::ClassDef(c) => self.fail(c, "a class that is defined or assigned more than once is not part of the supported Python subset"),
                _ => {
                    for name in bound_names(stmt) {
                        if matches!(self.unit().bindings.get(&name), Some(Binding::Global(_))) {
                            continue;
                        }
                        if functions_only {
                            self.bind(&name, Binding::Missing(format!("{name:?} is not evaluated for this module")));
                        } else if self.unit().bindings.contains_key(&name) {
                            self.fail(stmt, "a name that is both imported or defined and assigned is not part of the supported Python subset");
                        } else {
                            let slot = self.new_global(&name);
                            self.bind(&name, Binding::Global(slot));
                        }
                    }
                }
            }
        }
        plan
    }

    fn bind(&mut self, name: &str, binding: Binding) {
        let unit = self.unit as usize;
        self.units[unit].bindings.insert(name.to_string(), binding);
    }

    fn fail(&mut self, at: &impl ruff_text_size::Ranged, reason: &str) {
        let error: C<()> = self.refuse(at, reason);
        self.errors.extend(error.err());
    }

    fn missing(&mut self, at: &impl ruff_text_size::Ranged, name: &str, reason: String) {
        if self.unit().functions_only {
            self.bind(name, Binding::Missing(reason));
        } else {
            self.fail(at, &reason);
        }
    }

    fn declare_import(&mut self, i: &ast::StmtImport) {
        for alias in &i.names {
            let module = alias.name.as_str();
            let bound = alias.asname.as_ref().map_or(module, |a| a.as_str());
            if let Some(id) = ModuleId::named(module) {
                self.bind(bound, Binding::Static(Static::Value(Value::Module(id))));
            } else if let Some(number) =
                self.by_name.get(module).copied().filter(|_| !bound.contains('.'))
            {
                self.note_import(number);
                self.bind(bound, Binding::Static(Static::ProgramModule(number)));
            } else {
                self.missing(i, bound, format!("module {module:?} cannot be imported"));
            }
        }
    }

    fn note_import(&mut self, number: u32) {
        let unit = self.unit as usize;
        if number != self.unit && !self.units[unit].imports.contains(&number) {
            self.units[unit].imports.push(number);
        }
    }

    fn declare_import_from(&mut self, i: &ast::StmtImportFrom) {
        let module = match self.absolute_module(i) {
            Some(module) => module,
            None => return self.fail(i, "a relative import leaves the package"),
        };
        for alias in &i.names {
            let name = alias.name.as_str();
            let bound = alias.asname.as_ref().map_or(name, |a| a.as_str()).to_string();
            if module == "__future__" {
                continue;
            }
            if name == "*" {
                self.fail(i, "import * is not part of the supported Python subset");
                continue;
            }
            if let Some(id) = ModuleId::named(&module) {
                match id.attribute(name) {
                    Some(value) => self.bind(&bound, Binding::Static(Static::Value(value))),
                    None => self.missing(
                        i,
                        &bound,
                        format!("{module}.{name} is not part of the supported Python subset"),
                    ),
                }
            } else if let Some(number) = self.by_name.get(&module).copied() {
                self.note_import(number);
                self.bind(&bound, Binding::Import(number, name.to_string()));
            } else if let Some(number) = self.by_name.get(&format!("{module}.{name}")).copied() {
                self.note_import(number);
                self.bind(&bound, Binding::Static(Static::ProgramModule(number)));
            } else {
                self.missing(i, &bound, format!("module {module:?} cannot be imported"));
            }
        }
    }

    fn absolute_module(&self, i: &ast::StmtImportFrom) -> Option<String> {
        let named = i.module.as_ref().map_or("", |m| m.as_str());
        if i.level == 0 {
            return Some(named.to_string());
        }
        let unit = self.unit();
        let mut parts: Vec<&str> = unit.name.split('.').collect();
        let up = i.level as usize - unit.file.ends_with("__init__.py") as usize;
        for _ in 0..up {
            parts.pop()?;
        }
        if !named.is_empty() {
            parts.extend(named.split('.'));
        }
        Some(parts.join("."))
    }

    fn declare_classes(&mut self, tree: &ast::ModModule, plan: &mut Plan) {
        for stmt in &tree.body {
            if let S::ClassDef(class) = stmt
                && let Some(number) = plan.classes.get(class.name.as_str()).copied()
                && let Err(error) = self.declare_class(class, number, plan)
            {
                self.errors.push(error);
            }
        }
    }

    fn declare_class(&mut self, class: &ast::StmtClassDef, number: u32, plan: &mut Plan) -> C<()> {
        let name = class.name.as_str();
        if !class.decorator_list.is_empty() {
            return self.unsupported(class, "a class decorator");
        }
        let mut kind = ClassKind::Plain;
        let mut base = None;
        let (mut is_enum, mut is_str) = (false, false);
        for argument in class.arguments.iter().flat_map(|a| a.args.iter()) {
            match self.base_expr(argument)? {
                Value::Type(TypeId::Object | TypeId::Abc) => {}
                Value::Type(TypeId::Enum) => is_enum = true,
                Value::Type(TypeId::StrEnum) => (is_enum, is_str) = (true, true),
                Value::Type(TypeId::Str) => is_str = true,
                Value::ExcType(parent) => kind = ClassKind::Exception(parent),
                Value::Class(parent) => match &self.classes[parent as usize].kind {
                    ClassKind::Plain => base = Some(parent),
                    ClassKind::Exception(_) => kind = ClassKind::Exception(ExcClass::User(parent)),
                    ClassKind::Enum { .. } => {
                        return self
                            .unsupported(class, "a class derived from an Enum with members");
                    }
                },
                _ => return self.unsupported(argument, "this base class"),
            }
        }
        for keyword in class.arguments.iter().flat_map(|a| a.keywords.iter()) {
            if keyword.arg.as_ref().is_none_or(|a| a.as_str() != "metaclass") {
                return self.unsupported(class, "a class keyword");
            }
        }
        if is_str && !is_enum {
            return self.unsupported(class, "a class derived from str");
        }
        let mut members = Vec::new();
        let mut attributes = Vec::new();
        for stmt in &class.body {
            match stmt {
                S::FunctionDef(f) => {
                    for decorator in &f.decorator_list {
                        let text = self.source_of(&decorator.expression);
                        if !matches!(
                            text.as_str(),
                            "staticmethod" | "abstractmethod" | "abc.abstractmethod"
                        ) {
                            return self.unsupported(decorator, &format!("the decorator @{text}"));
                        }
                    }
                    if is_enum || matches!(kind, ClassKind::Exception(_)) {
                        return self.unsupported(f, "a method of an Enum or exception class");
                    }
                    let code = self.reserve_code();
                    plan.functions.insert(format!("{name}.{}", f.name), code);
                    attributes.push((self.intern(f.name.as_str()), ClassAttr::Function(code)));
                }
                S::Assign(_) | S::AnnAssign(_) => {
                    let (target, value) = match stmt {
                        S::Assign(a) if a.targets.len() == 1 => (&a.targets[0], Some(&*a.value)),
                        S::AnnAssign(a) => (&*a.target, a.value.as_deref()),
                        _ => return self.unsupported(stmt, "this class attribute"),
                    };
                    let (Ast::Name(attribute), Some(value)) = (target, value) else { continue };
                    let attribute = attribute.id.to_string();
                    let interned = self.intern(&attribute);
                    if is_enum {
                        match self.expr(value)? {
                            Expr::Const(value) => members.push((interned, value)),
                            _ => {
                                return self
                                    .unsupported(stmt, "an Enum value that is not a constant");
                            }
                        }
                    } else {
                        let slot = self.new_global(&attribute);
                        attributes.push((interned, ClassAttr::Global(slot)));
                    }
                }
                S::Pass(_) | S::Expr(_) => {}
                _ => return self.unsupported(stmt, "this statement in a class"),
            }
        }
        if is_enum {
            kind = ClassKind::Enum { members, is_str };
        }
        let info = &mut self.classes[number as usize];
        (info.kind, info.base, info.attributes) = (kind, base, attributes);
        Ok(())
    }

    fn base_expr(&mut self, e: &Ast) -> C<Value> {
        match self.expr(e)? {
            Expr::Const(value) => Ok(value),
            _ => self.unsupported(e, "this base class"),
        }
    }

    /// Compiles a module's functions and its top-level statements; gives the code that runs them.
    fn module_code(&mut self, tree: &ast::ModModule, plan: &Plan) -> Option<u32> {
        let mut init: Vec<Stmt> = Vec::new();
        let functions_only = self.unit().functions_only;
        self.functions.clear();
        self.open_module();
        for stmt in &tree.body {
            let result = self.module_statement(stmt, plan, functions_only, &mut init);
            if let Err(error) = result {
                self.errors.push(error);
            }
        }
        let frame = self.functions.pop().unwrap_or_default();
        self.functions.clear();
        if init.is_empty() {
            return None;
        }
        let (code, _) = self.finish_code(
            frame,
            "<module>",
            super::function::Parameters::default(),
            init.into(),
            None,
            1,
        );
        Some(self.add_code(code))
    }

    fn module_statement(
        &mut self,
        stmt: &S,
        plan: &Plan,
        functions_only: bool,
        init: &mut Vec<Stmt>,
    ) -> C<()> {
        let line = self.line(stmt);
        let mut defaults = Vec::new();
        match stmt {
            S::Import(_) | S::ImportFrom(_) => {}
            S::FunctionDef(f) => {
                if !f.decorator_list.is_empty() {
                    return self.unsupported(f, "a decorator");
                }
                if let Some(number) = plan.functions.get(f.name.as_str()) {
                    self.module_function(f, *number, &mut defaults)?;
                }
            }
            S::ClassDef(class) => {
                let Some(number) = plan.classes.get(class.name.as_str()).copied() else {
                    return Ok(());
                };
                for stmt in &class.body {
                    let value = match stmt {
                        S::FunctionDef(f) => {
                            if let Some(code) =
                                plan.functions.get(&format!("{}.{}", class.name, f.name))
                            {
                                self.class = Some(class.name.to_string());
                                let made = self.module_function(f, *code, &mut defaults);
                                self.class = None;
                                made?;
                            }
                            continue;
                        }
                        S::Assign(a) => Some((&a.targets[0], &*a.value)),
                        S::AnnAssign(a) => a.value.as_deref().map(|v| (&*a.target, v)),
                        _ => None,
                    };
                    if let Some((Ast::Name(name), value)) = value {
                        let slot = self.classes[number as usize]
                            .attributes
                            .iter()
                            .find(|(n, _)| **n == *name.id.as_str());
                        if let Some((_, ClassAttr::Global(slot))) = slot {
                            let slot = *slot;
                            defaults.push((slot, self.expr(value)?));
                        }
                    }
                }
            }
            _ if functions_only => {}
            S::If(i) if is_main_guard(i) => {}
            _ => {
                let kind = self.stmt(stmt)?;
                if !matches!(kind, StmtKind::Pass) {
                    init.push(Stmt { line, kind });
                }
            }
        }
        init.extend(
            defaults
                .into_iter()
                .map(|(slot, e)| Stmt { line, kind: StmtKind::Assign(Target::Global(slot), e) }),
        );
        Ok(())
    }
}

/// `if __name__ == "__main__":`
fn is_main_guard(i: &ast::StmtIf) -> bool {
    matches!(&*i.test, Ast::Compare(c) if matches!(&*c.left, Ast::Name(n) if n.id.as_str() == "__name__"))
}

fn collect_globals(stmt: &S, counts: &mut HashMap<String, u32>) {
    struct Globals<'c>(&'c mut HashMap<String, u32>);
    impl<'a> ruff_python_ast::visitor::Visitor<'a> for Globals<'_> {
        fn visit_stmt(&mut self, stmt: &'a S) {
            if let S::Global(g) = stmt {
                g.names.iter().for_each(|n| *self.0.entry(n.to_string()).or_default() += 1);
            }
            ruff_python_ast::visitor::walk_stmt(self, stmt);
        }
    }
    ruff_python_ast::visitor::Visitor::visit_stmt(&mut Globals(counts), stmt);
}

struct StoredNames(HashSet<String>);

impl<'a> ruff_python_ast::visitor::Visitor<'a> for StoredNames {
    fn visit_expr(&mut self, expr: &'a Ast) {
        if let Ast::Name(n) = expr
            && !matches!(n.ctx, ast::ExprContext::Load)
        {
            self.0.insert(n.id.to_string());
        }
        ruff_python_ast::visitor::walk_expr(self, expr);
    }

    fn visit_stmt(&mut self, stmt: &'a S) {
        self.0.extend(bound_names(stmt));
        ruff_python_ast::visitor::walk_stmt(self, stmt);
    }

    fn visit_parameters(&mut self, parameters: &'a ast::Parameters) {
        self.0.extend(parameters.iter().map(|p| p.name().to_string()));
        ruff_python_ast::visitor::walk_parameters(self, parameters);
    }
}

impl Unit {
    pub(super) fn text_at(&self, start: usize, end: usize) -> String {
        self.text.get(start..end).unwrap_or_default().to_string()
    }
}
