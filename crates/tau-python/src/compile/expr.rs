//! Expressions.

use super::scope::{Names, consumes_generator};
use super::{C, Compiler, Var};
use crate::builtins::{self, Method};
use crate::code::*;
use crate::compare::OrderOp;
use crate::number::Op;
use crate::value::Value;
use num_bigint::BigInt;
use ruff_python_ast::{self as ast, Expr as Ast};
use ruff_text_size::Ranged;
use std::collections::HashMap;

pub(super) fn operator(op: ast::Operator) -> Op {
    match op {
        ast::Operator::Add => Op::Add,
        ast::Operator::Sub => Op::Sub,
        ast::Operator::Mult => Op::Mul,
        ast::Operator::MatMult => Op::MatMul,
        ast::Operator::Div => Op::Div,
        ast::Operator::Mod => Op::Mod,
        ast::Operator::Pow => Op::Pow,
        ast::Operator::LShift => Op::Shl,
        ast::Operator::RShift => Op::Shr,
        ast::Operator::BitOr => Op::BitOr,
        ast::Operator::BitXor => Op::BitXor,
        ast::Operator::BitAnd => Op::BitAnd,
        ast::Operator::FloorDiv => Op::FloorDiv,
    }
}

impl Compiler {
    pub(super) fn expr(&mut self, e: &Ast) -> C<Expr> {
        self.nested(e, |c| c.expr_inner(e))
    }

    fn exprs(&mut self, list: &[Ast]) -> C<Box<[Expr]>> {
        list.iter().map(|e| self.expr(e)).collect()
    }

    fn boxed(&mut self, e: &Ast) -> C<Box<Expr>> {
        self.expr(e).map(Box::new)
    }

    fn expr_inner(&mut self, e: &Ast) -> C<Expr> {
        Ok(match e {
            Ast::NoneLiteral(_) => Expr::Const(Value::None),
            Ast::BooleanLiteral(b) => Expr::Const(Value::Bool(b.value)),
            Ast::NumberLiteral(n) => Expr::Const(self.number(e, &n.value)?),
            Ast::StringLiteral(s) => {
                let text = s.value.to_str();
                // The parser puts U+FFFD where a lone surrogate was written.
                if text.contains('\u{fffd}') && self.source_of(e).to_lowercase().contains("\\ud") {
                    return self.unsupported(e, "a lone surrogate in a string literal");
                }
                Expr::Const(self.str_const(text))
            }
            Ast::EllipsisLiteral(_) => Expr::Const(Value::Ellipsis),
            Ast::FString(f) => self.fstring(f)?,
            Ast::Name(n) => self.load_name(e, n.id.as_str())?,
            Ast::BoolOp(b) => match b.op {
                ast::BoolOp::And => Expr::And(self.exprs(&b.values)?),
                ast::BoolOp::Or => Expr::Or(self.exprs(&b.values)?),
            },
            Ast::Named(n) => {
                let target = self.target(&n.target)?;
                Expr::Walrus(Box::new(target), self.boxed(&n.value)?)
            }
            Ast::BinOp(b) => {
                let (left, right) = (self.expr(&b.left)?, self.expr(&b.right)?);
                Expr::Binary(operator(b.op), Box::new((left, right)))
            }
            Ast::UnaryOp(u) => match (u.op, self.expr(&u.operand)?) {
                (ast::UnaryOp::Not, x) => Expr::Not(Box::new(x)),
                (ast::UnaryOp::USub, Expr::Const(Value::Int(i))) if i != i64::MIN => {
                    Expr::Const(Value::Int(-i))
                }
                (ast::UnaryOp::USub, Expr::Const(Value::Float(f))) => Expr::Const(Value::Float(-f)),
                (ast::UnaryOp::USub, x) => Expr::Unary(UnaryOp::Neg, Box::new(x)),
                (ast::UnaryOp::UAdd, x) => Expr::Unary(UnaryOp::Pos, Box::new(x)),
                (ast::UnaryOp::Invert, x) => Expr::Unary(UnaryOp::Invert, Box::new(x)),
            },
            Ast::Compare(c) => self.comparison(c)?,
            Ast::If(i) => {
                let parts = (self.expr(&i.test)?, self.expr(&i.body)?, self.expr(&i.orelse)?);
                Expr::If(Box::new(parts))
            }
            Ast::List(l) => Expr::List(self.exprs(&l.elts)?),
            Ast::Tuple(t) => {
                let items = self.exprs(&t.elts)?;
                let constants: Option<Vec<Value>> = items
                    .iter()
                    .map(|i| match i {
                        Expr::Const(v) => Some(v.clone()),
                        _ => None,
                    })
                    .collect();
                match constants {
                    Some(values) => Expr::Const(Value::tuple(values)),
                    None => Expr::Tuple(items),
                }
            }
            Ast::Set(s) => Expr::Set(self.exprs(&s.elts)?),
            Ast::Dict(d) => {
                let entries = d.items.iter().map(|item| {
                    let key = item.key.as_ref().map(|k| self.expr(k)).transpose()?;
                    Ok((key, self.expr(&item.value)?))
                });
                Expr::Dict(entries.collect::<C<_>>()?)
            }
            Ast::Starred(s) => Expr::Star(self.boxed(&s.value)?),
            Ast::Subscript(s) => self.subscript(s)?,
            Ast::Attribute(a) => self.attribute(a)?,
            Ast::Call(call) => self.call(call)?,
            Ast::Lambda(l) => self.lambda(l)?,
            Ast::ListComp(c) => self.comprehension(CompKind::List, &c.elt, None, &c.generators)?,
            Ast::SetComp(c) => self.comprehension(CompKind::Set, &c.elt, None, &c.generators)?,
            Ast::DictComp(c) => match &c.key {
                Some(key) => {
                    self.comprehension(CompKind::Dict, key, Some(&c.value), &c.generators)?
                }
                None => return self.unsupported(e, "unpacking in a dict comprehension"),
            },
            Ast::Generator(g) => self.generator(g)?,
            Ast::Slice(_) => return self.unsupported(e, "a slice outside a subscript"),
            Ast::Await(_) => return self.unsupported(e, "await"),
            Ast::Yield(_) | Ast::YieldFrom(_) => return self.unsupported(e, "yield"),
            Ast::BytesLiteral(_) => return self.unsupported(e, "a bytes literal"),
            Ast::TString(_) => return self.unsupported(e, "a template string"),
            Ast::IpyEscapeCommand(_) => return self.unsupported(e, "a shell escape"),
        })
    }

    pub(super) fn number(&mut self, at: &Ast, number: &ast::Number) -> C<Value> {
        match number {
            ast::Number::Float(f) => Ok(Value::Float(*f)),
            ast::Number::Complex { .. } => self.unsupported(at, "a complex number"),
            ast::Number::Int(i) => match i.as_i64() {
                Some(small) => Ok(Value::Int(small)),
                None => {
                    let text = i.to_string().to_lowercase().replace('_', "");
                    let parsed = match text.get(..2) {
                        Some("0x") => BigInt::parse_bytes(&text.as_bytes()[2..], 16),
                        Some("0o") => BigInt::parse_bytes(&text.as_bytes()[2..], 8),
                        Some("0b") => BigInt::parse_bytes(&text.as_bytes()[2..], 2),
                        _ if text.len() > crate::number::MAX_STR_DIGITS => None,
                        _ => BigInt::parse_bytes(text.as_bytes(), 10),
                    };
                    match parsed {
                        Some(big) => Ok(Value::big(big)),
                        None => self.refuse(at, "an integer literal is too large"),
                    }
                }
            },
        }
    }

    fn comparison(&mut self, c: &ast::ExprCompare) -> C<Expr> {
        let left = self.expr(&c.left)?;
        let mut rest = Vec::new();
        for (op, right) in c.ops.iter().zip(c.comparators.iter()) {
            let op = match op {
                ast::CmpOp::Eq => CmpOp::Eq,
                ast::CmpOp::NotEq => CmpOp::NotEq,
                ast::CmpOp::Lt => CmpOp::Order(OrderOp::Lt),
                ast::CmpOp::LtE => CmpOp::Order(OrderOp::LtE),
                ast::CmpOp::Gt => CmpOp::Order(OrderOp::Gt),
                ast::CmpOp::GtE => CmpOp::Order(OrderOp::GtE),
                ast::CmpOp::Is => CmpOp::Is,
                ast::CmpOp::IsNot => CmpOp::IsNot,
                ast::CmpOp::In => CmpOp::In,
                ast::CmpOp::NotIn => CmpOp::NotIn,
            };
            let mut right = self.expr(right)?;
            // A list of constants only searched is a tuple, as in CPython.
            if matches!(op, CmpOp::In | CmpOp::NotIn)
                && let Expr::List(items) = &right
                && items.iter().all(|i| matches!(i, Expr::Const(_)))
            {
                let values = items
                    .iter()
                    .filter_map(|i| if let Expr::Const(v) = i { Some(v.clone()) } else { None });
                right = Expr::Const(Value::tuple(values.collect::<Vec<_>>()));
            }
            rest.push((op, right));
        }
        if rest.len() == 1
            && let Some((op, right)) = rest.pop()
        {
            return Ok(Expr::Compare(op, Box::new((left, right))));
        }
        Ok(Expr::CompareChain(Box::new(left), rest.into()))
    }

    pub(super) fn slice_parts(&mut self, s: &ast::ExprSlice) -> C<[Option<Expr>; 3]> {
        let mut part = |e: &Option<Box<Ast>>| e.as_ref().map(|e| self.expr(e)).transpose();
        Ok([part(&s.lower)?, part(&s.upper)?, part(&s.step)?])
    }

    fn subscript(&mut self, s: &ast::ExprSubscript) -> C<Expr> {
        let base = self.expr(&s.value)?;
        if matches!(base, Expr::Const(Value::Type(_))) {
            // `Dict[str, Any]`, `list[int]`: an annotation in value position.
            return Ok(Expr::Const(Value::Type(builtins::TypeId::Typing)));
        }
        if let Ast::Slice(slice) = &*s.slice {
            let parts = self.slice_parts(slice)?;
            return Ok(Expr::Slice(Box::new((base, parts))));
        }
        let index = self.expr(&s.slice)?;
        Ok(Expr::Subscript(Box::new((base, index))))
    }

    /// A dotted name of modules of the program, as far as it is one.
    fn program_module(&self, e: &Ast) -> Option<u32> {
        match e {
            Ast::Name(n) => match self.module_binding(self.unit, n.id.as_str())? {
                super::Binding::Static(Static::ProgramModule(m)) => Some(m),
                _ => None,
            },
            _ => None,
        }
    }

    fn attribute(&mut self, a: &ast::ExprAttribute) -> C<Expr> {
        let name = a.attr.as_str();
        if let Some(module) = self.program_module(&a.value) {
            return match self.module_binding(module, name) {
                Some(super::Binding::Static(Static::Value(value))) => Ok(Expr::Const(value)),
                Some(super::Binding::Global(slot)) => Ok(Expr::Global(slot)),
                _ => self.refuse(
                    a,
                    format!("module {:?} has no {name:?}", self.units[module as usize].name),
                ),
            };
        }
        let base = self.expr(&a.value)?;
        if let Some(module) = base.module() {
            return match module.attribute(name) {
                Some(value) => Ok(Expr::Const(value)),
                None => self.unsupported(a, &format!("{}.{name}", module.name())),
            };
        }
        if let Expr::Const(Value::Type(type_id)) = &base {
            return match builtins::type_attribute(*type_id, name) {
                Some(value) => Ok(Expr::Const(value)),
                None => self.unsupported(a, &format!("{}.{name}", type_id.name())),
            };
        }
        if builtins::is_refused_attribute(name) {
            return self.unsupported(a, &format!("the attribute {name:?}"));
        }
        let name = self.intern(name);
        Ok(Expr::Attr(Box::new(base), name))
    }

    fn args(&mut self, arguments: &ast::Arguments) -> C<Args> {
        let positional = self.exprs(&arguments.args)?;
        let keywords: Box<[(Option<Name>, Expr)]> = arguments
            .keywords
            .iter()
            .map(|k| {
                let name = k.arg.as_ref().map(|n| self.intern(n.as_str()));
                Ok((name, self.expr(&k.value)?))
            })
            .collect::<C<_>>()?;
        let plain = keywords.is_empty() && !positional.iter().any(|e| matches!(e, Expr::Star(_)));
        Ok(Args { positional, keywords, plain })
    }

    fn call(&mut self, call: &ast::ExprCall) -> C<Expr> {
        self.check_default(call)?;
        if consumes_generator(call, &self.unit().shadowed) {
            return self.consumed_generator(call);
        }
        let func = match &*call.func {
            Ast::Attribute(a) if self.program_module(&a.value).is_none() => {
                let func = self.attribute(a)?;
                match func {
                    Expr::Attr(receiver, name) => {
                        let method = Method::named(&name);
                        if method.is_none() && builtins::is_refused_attribute(&name) {
                            return self.unsupported(a, &format!("the method {name:?}"));
                        }
                        let args = self.args(&call.arguments)?;
                        let call = MethodCall { receiver: *receiver, name, method, args };
                        return Ok(Expr::MethodCall(Box::new(call)));
                    }
                    other => other,
                }
            }
            func => self.expr(func)?,
        };
        if let Expr::Const(Value::Class(class)) = &func
            && matches!(self.classes[*class as usize].kind, ClassKind::Plain)
        {
            return self.unsupported(call, "creating an instance of a class");
        }
        let args = self.args(&call.arguments)?;
        Ok(Expr::Call(Box::new(Call { func, args })))
    }

    /// `json.dumps(default=...)` only with `str`.
    fn check_default(&mut self, call: &ast::ExprCall) -> C<()> {
        let name = match &*call.func {
            Ast::Attribute(a) => a.attr.as_str(),
            Ast::Name(n) => n.id.as_str(),
            _ => return Ok(()),
        };
        if name != "dumps" {
            return Ok(());
        }
        for keyword in &call.arguments.keywords {
            let default = keyword.arg.as_ref().is_some_and(|a| matches!(a.as_str(), "default"));
            let plain = matches!(&keyword.value, Ast::Name(n) if n.id.as_str() == "str")
                || matches!(&keyword.value, Ast::NoneLiteral(_));
            if default && !plain {
                return self.unsupported(keyword, "a default of json.dumps other than str");
            }
            if keyword.arg.as_ref().is_some_and(|a| matches!(a.as_str(), "cls" | "check_circular"))
            {
                return self.unsupported(keyword, "this option of json.dumps");
            }
        }
        Ok(())
    }

    /// `sum(x for ...)`, `", ".join(x for ...)` and the like: no frame for the generator.
    fn consumed_generator(&mut self, call: &ast::ExprCall) -> C<Expr> {
        let Ast::Generator(generator) = &call.arguments.args[0] else {
            return self.unsupported(call, "this call");
        };
        let kind = match &*call.func {
            Ast::Name(name) => match name.id.as_str() {
                "sum" => CompKind::Sum,
                "any" => CompKind::Any,
                "all" => CompKind::All,
                "min" => CompKind::Min,
                "max" => CompKind::Max,
                "set" => CompKind::Set,
                _ => CompKind::List,
            },
            _ => CompKind::List,
        };
        let start = call.arguments.args.get(1);
        let comp = if kind == CompKind::Sum {
            // The start is evaluated outside the comprehension's scope.
            let start = start.map(|e| self.expr(e)).transpose()?;
            match self.comprehension(kind, &generator.elt, None, &generator.generators)? {
                Expr::Comp(mut comp) => {
                    comp.second = start;
                    Expr::Comp(comp)
                }
                other => other,
            }
        } else {
            self.comprehension(kind, &generator.elt, None, &generator.generators)?
        };
        let args =
            |comp| Args { positional: Box::new([comp]), keywords: Box::new([]), plain: true };
        Ok(match &*call.func {
            Ast::Name(name) if matches!(name.id.as_str(), "tuple" | "sorted") => {
                let func = self.expr(&call.func)?;
                Expr::Call(Box::new(Call { func, args: args(comp) }))
            }
            Ast::Attribute(a) => {
                let receiver = self.expr(&a.value)?;
                let name = self.intern("join");
                Expr::MethodCall(Box::new(MethodCall {
                    receiver,
                    name,
                    method: Method::named("join"),
                    args: args(comp),
                }))
            }
            _ => comp,
        })
    }

    /// Opens a comprehension's scope for the names its targets bind; gives the slots to make cells of.
    fn open_comp_scope(
        &mut self,
        clauses: &[ast::Comprehension],
    ) -> (Vec<u32>, Vec<(String, Var)>) {
        let mut cells = Vec::new();
        let mut vars = Vec::new();
        for clause in clauses {
            for name in target_names(&clause.target) {
                if vars.iter().any(|(n, _)| *n == name) {
                    continue;
                }
                let slot = self.new_slot(&name);
                let cell = self.frame().inner.contains(&name);
                if cell {
                    cells.push(slot);
                }
                vars.push((name, Var { slot, cell }));
            }
        }
        (cells, vars)
    }

    pub(super) fn comprehension(
        &mut self,
        kind: CompKind,
        element: &Ast,
        value: Option<&Ast>,
        clauses: &[ast::Comprehension],
    ) -> C<Expr> {
        let Some(first) = clauses.first() else {
            return self.unsupported(element, "an empty comprehension");
        };
        if self.functions.is_empty() {
            return self.unsupported(element, "a comprehension here");
        }
        let first_iter = self.expr(&first.iter)?;
        let comp = self.comp_body(kind, element, value, clauses, first_iter)?;
        Ok(Expr::Comp(Box::new(comp)))
    }

    fn comp_body(
        &mut self,
        kind: CompKind,
        element: &Ast,
        value: Option<&Ast>,
        clauses: &[ast::Comprehension],
        first_iter: Expr,
    ) -> C<Comp> {
        let (cells, vars) = self.open_comp_scope(clauses);
        self.frame().comp_scopes.push(vars.into_iter().collect::<HashMap<_, _>>());
        let inner = (|| {
            let mut first_iter = Some(first_iter);
            let mut compiled = Vec::new();
            for clause in clauses {
                if clause.is_async {
                    return self.unsupported(clause, "an asynchronous comprehension");
                }
                let iter = match first_iter.take() {
                    Some(iter) => iter,
                    None => self.expr(&clause.iter)?,
                };
                let target = self.target(&clause.target)?;
                let conditions = self.exprs(&clause.ifs)?;
                compiled.push(Clause { target, iter, conditions });
            }
            let element = self.expr(element)?;
            let second = value.map(|v| self.expr(v)).transpose()?;
            Ok(Comp { kind, element, second, clauses: compiled.into(), cells: cells.into() })
        })();
        self.frame().comp_scopes.pop();
        inner
    }

    /// A generator expression that outlives its place: a frame of its own, run lazily.
    fn generator(&mut self, g: &ast::ExprGenerator) -> C<Expr> {
        let Some(first) = g.generators.first() else {
            return self.unsupported(g, "an empty generator expression");
        };
        let first_iter = self.expr(&first.iter)?;
        let shadowed = self.unit().shadowed.clone();
        let mut inner = Names::of_expr(&g.elt, &shadowed).inner;
        for clause in &g.generators {
            inner.extend(Names::of_expr(&clause.iter, &shadowed).inner);
            clause.ifs.iter().for_each(|e| inner.extend(Names::of_expr(e, &shadowed).inner));
        }
        let qualname = format!("{}.<locals>.<genexpr>", self.frame().qualname);
        let mut frame = super::Frame { inner, qualname, ..super::Frame::default() };
        // Slot 0 takes the first iterable.
        frame.slot_names.push(".0".into());
        self.functions.push(frame);
        let comp = self.comp_body(CompKind::List, &g.elt, None, &g.generators, Expr::Local(0));
        let frame = self.functions.pop().unwrap_or_default();
        let mut comp = comp?;
        comp.kind = CompKind::List;
        let line = self.line(g);
        let code = self.finish_code(
            frame,
            "<genexpr>",
            super::function::Parameters::default(),
            Box::new([]),
            None,
            line,
        );
        let captures = code.1;
        let number = self.add_code(code.0);
        let closure =
            Closure { code: number, captures, defaults: Box::new([]), generator: Some(comp) };
        Ok(Expr::Generator(std::sync::Arc::new(closure), Box::new(first_iter)))
    }

    fn fstring(&mut self, f: &ast::ExprFString) -> C<Expr> {
        let mut parts = Vec::new();
        for part in f.value.as_slice() {
            match part {
                ast::FStringPart::Literal(text) => parts.push(Part::Text(self.intern(&text.value))),
                ast::FStringPart::FString(f) => self.fstring_elements(&f.elements, &mut parts)?,
            }
        }
        Ok(Expr::FString(parts.into()))
    }

    fn fstring_elements(
        &mut self,
        elements: &ast::InterpolatedStringElements,
        parts: &mut Vec<Part>,
    ) -> C<()> {
        for element in elements.iter() {
            match element {
                ast::InterpolatedStringElement::Literal(text) => {
                    parts.push(Part::Text(self.intern(&text.value)))
                }
                ast::InterpolatedStringElement::Interpolation(value) => {
                    let mut conversion = match value.conversion {
                        ast::ConversionFlag::None => Conversion::None,
                        ast::ConversionFlag::Str => Conversion::Str,
                        ast::ConversionFlag::Ascii => Conversion::Ascii,
                        ast::ConversionFlag::Repr => Conversion::Repr,
                    };
                    if value.debug_text.is_some() {
                        let source = &value.debug_text;
                        if let Some(debug) = source {
                            let text = format!(
                                "{}{}{}",
                                debug.leading(),
                                self.source_of(&*value.expression),
                                debug.trailing()
                            );
                            parts.push(Part::Text(self.intern(&text)));
                        }
                        if conversion == Conversion::None && value.format_spec.is_none() {
                            conversion = Conversion::Repr;
                        }
                    }
                    let compiled = self.expr(&value.expression)?;
                    let mut parsed = None;
                    let spec = match &value.format_spec {
                        None => None,
                        Some(spec) => {
                            let mut inner = Vec::new();
                            self.fstring_elements(&spec.elements, &mut inner)?;
                            if let [Part::Text(text)] = &inner[..] {
                                parsed = crate::text::format::Spec::parse(text).ok();
                            }
                            Some(Expr::FString(inner.into()))
                        }
                    };
                    parts.push(Part::Value { value: compiled, conversion, spec, parsed });
                }
            }
        }
        Ok(())
    }

    pub(super) fn source_of(&self, at: &impl Ranged) -> String {
        let range = at.range();
        self.unit().text_at(range.start().to_usize(), range.end().to_usize())
    }
}

/// The names an assignment target binds.
pub(super) fn target_names(target: &Ast) -> Vec<String> {
    match target {
        Ast::Name(n) => vec![n.id.to_string()],
        Ast::Tuple(t) => t.elts.iter().flat_map(target_names).collect(),
        Ast::List(l) => l.elts.iter().flat_map(target_names).collect(),
        Ast::Starred(s) => target_names(&s.value),
        _ => Vec::new(),
    }
}
