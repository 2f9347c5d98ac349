//! Expressions.

use super::{Iter, Object, View, Vm};
use crate::builtins::Method;
use crate::code::*;
use crate::compare::{self, OrderOp};
use crate::error::{ExcKind, Fault, R};
use crate::heap::{ENTRY_BYTES, ITEM_BYTES, hashable};
use crate::number::Op;
use crate::text::{self, format};
use crate::value::{Elements, Map, Value, map_get};

impl Vm<'_> {
    #[inline]
    pub(super) fn test(&mut self, e: &Expr) -> R<bool> {
        match e {
            Expr::Compare(op, parts) => self.comparison(*op, &parts.0, &parts.1),
            Expr::Not(inner) => self.test(inner).map(|b| !b),
            _ => {
                if let Some(value) = self.peek(e) {
                    return Ok(self.truth(value));
                }
                let value = self.eval(e)?;
                Ok(self.truth(&value))
            }
        }
    }

    /// The value of a constant, a variable or a chain of string subscripts of dicts, without copying it;
    /// `None` when it is something else or does not exist, for [`Vm::eval`] to find out.
    #[inline]
    fn peek<'s>(&'s self, e: &'s Expr) -> Option<&'s Value> {
        match e {
            Expr::Const(value) => Some(value),
            Expr::Local(slot) => match self.slot(*slot) {
                Value::Unset => None,
                value => Some(value),
            },
            Expr::Subscript(parts) => self.peek_item(&parts.0, &parts.1),
            _ => None,
        }
    }

    fn peek_item<'s>(&'s self, base: &'s Expr, index: &'s Expr) -> Option<&'s Value> {
        let Value::Dict(id) = self.peek(base)? else { return None };
        let Value::Str(key) = self.peek(index)? else { return None };
        map_get(self.heap.dict(*id), key)
    }

    #[inline]
    pub(super) fn eval(&mut self, e: &Expr) -> R<Value> {
        match e {
            Expr::Const(value) => Ok(value.clone()),
            Expr::Local(slot) => match self.slot(*slot) {
                Value::Unset => Err(self.unbound(*slot, false)),
                value => Ok(value.clone()),
            },
            _ => self.eval_tree(e),
        }
    }

    fn eval_tree(&mut self, e: &Expr) -> R<Value> {
        match e {
            Expr::Subscript(parts) => match self.peek_item(&parts.0, &parts.1) {
                Some(value) => Ok(value.clone()),
                None => self.subscript(&parts.0, &parts.1),
            },
            Expr::Compare(op, parts) => self.comparison(*op, &parts.0, &parts.1).map(Value::Bool),
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Binary(op, parts) => self.binary_expr(*op, &parts.0, &parts.1),
            _ => self.eval_more(e),
        }
    }

    #[inline(never)]
    fn binary_expr(&mut self, op: Op, a: &Expr, b: &Expr) -> R<Value> {
        let left = self.eval(a)?;
        let right = self.eval(b)?;
        self.binary(op, &left, &right)
    }

    #[inline(never)]
    fn eval_more(&mut self, e: &Expr) -> R<Value> {
        match e {
            Expr::Cell(slot) => match self.slot(*slot) {
                Value::Int(cell) => match &self.heap.cells[*cell as usize] {
                    Value::Unset => Err(self.unbound(*slot, true)),
                    value => Ok(value.clone()),
                },
                _ => Err(self.unbound(*slot, true)),
            },
            Expr::Global(slot) => self.global(*slot),
            Expr::And(parts) => {
                let mut value = Value::None;
                for part in parts {
                    value = self.eval(part)?;
                    if !self.truth(&value) {
                        break;
                    }
                }
                Ok(value)
            }
            Expr::Or(parts) => {
                let mut value = Value::None;
                for part in parts {
                    value = self.eval(part)?;
                    if self.truth(&value) {
                        break;
                    }
                }
                Ok(value)
            }
            Expr::Not(inner) => Ok(Value::Bool(!self.test(inner)?)),
            Expr::Unary(op, inner) => {
                let value = self.eval(inner)?;
                self.unary(*op, &value)
            }
            Expr::CompareChain(first, rest) => {
                let mut left = self.eval(first)?;
                for (op, right) in rest {
                    let right = self.eval(right)?;
                    if !self.compare_values(*op, &left, &right)? {
                        return Ok(Value::Bool(false));
                    }
                    left = right;
                }
                Ok(Value::Bool(true))
            }
            Expr::If(parts) => {
                if self.test(&parts.0)? {
                    self.eval(&parts.1)
                } else {
                    self.eval(&parts.2)
                }
            }
            Expr::List(items) => {
                let items = self.items(items)?;
                self.heap.new_list(items)
            }
            Expr::Tuple(items) => {
                let items = self.items(items)?;
                self.heap.new_tuple(items)
            }
            Expr::Set(items) => {
                let items = self.items(items)?;
                let mut set = Elements::default();
                for item in items {
                    set.insert(hashable(item)?);
                }
                self.heap.new_set(set)
            }
            Expr::Dict(entries) => self.dict(entries),
            Expr::Star(_) => Err(Fault::type_error("can't use starred expression here")),
            Expr::Slice(parts) => {
                let base = self.eval(&parts.0)?;
                let bounds = self.slice_bounds(&parts.1)?;
                self.get_slice(&base, bounds)
            }
            Expr::Attr(base, name) => {
                let base = self.eval(base)?;
                self.attribute(&base, name)
            }
            Expr::Call(call) => self.call_expr(call),
            Expr::FString(parts) => self.fstring(parts),
            Expr::Closure(closure) => {
                let mut defaults = Vec::with_capacity(closure.defaults.len());
                for default in &closure.defaults {
                    defaults.push(self.eval(default)?);
                }
                let cells = self.captured(closure);
                self.heap.new_object(Object::Closure {
                    closure: closure.clone(),
                    cells,
                    defaults: defaults.into(),
                })
            }
            Expr::Comp(comp) => self.comp(comp),
            Expr::Generator(closure, first) => {
                let first = self.eval(first)?;
                let first = self.iter(&first)?;
                let first = self.heap.new_object(Object::Iter(first))?;
                let code = &self.program.codes[closure.code as usize];
                let mut frame = vec![Value::Unset; code.slots as usize];
                for (slot, cell) in self.captured(closure) {
                    frame[slot as usize] = Value::Int(cell as i64);
                }
                if let Some(comp) = &closure.generator {
                    for slot in &comp.cells {
                        frame[*slot as usize] =
                            Value::Int(self.heap.new_cell(Value::Unset)? as i64);
                    }
                }
                frame[0] = first;
                let generator = super::iter::Generator {
                    closure: closure.clone(),
                    frame,
                    iters: Vec::new(),
                    started: false,
                };
                self.heap.new_object(Object::Iter(Iter::Generator(Box::new(generator))))
            }
            Expr::Walrus(target, e) => {
                let value = self.eval(e)?;
                self.assign(target, value.clone())?;
                Ok(value)
            }
            Expr::Const(_)
            | Expr::Local(_)
            | Expr::Subscript(_)
            | Expr::Compare(..)
            | Expr::MethodCall(_)
            | Expr::Binary(..) => self.eval(e),
        }
    }

    fn captured(&self, closure: &Closure) -> Box<[(u32, u32)]> {
        let cell = |outer: u32| match self.slot(outer) {
            Value::Int(cell) => *cell as u32,
            _ => 0,
        };
        closure.captures.iter().map(|(outer, inner)| (*inner, cell(*outer))).collect()
    }

    #[cold]
    fn unbound(&self, slot: u32, cell: bool) -> Fault {
        let name = self.slot_name(slot);
        let text = if cell && self.is_captured(slot) {
            format!(
                "cannot access free variable '{name}' where it is not associated with a value in enclosing scope"
            )
        } else {
            format!("cannot access local variable '{name}' where it is not associated with a value")
        };
        Fault::text(
            if cell && self.is_captured(slot) {
                ExcKind::NameError
            } else {
                ExcKind::UnboundLocalError
            },
            text,
        )
    }

    pub(super) fn items(&mut self, exprs: &[Expr]) -> R<Vec<Value>> {
        let mut items = Vec::with_capacity(exprs.len());
        for e in exprs {
            match e {
                Expr::Star(inner) => {
                    let value = self.eval(inner)?;
                    let more = self.collect(&value).map_err(|fault| match fault {
                        Fault::Raised(r)
                            if r.line == 0
                                && r.args.len() == 1
                                && !matches!(value, Value::Object(_)) =>
                        {
                            let kind = text::type_name(self.heap, &value);
                            Fault::type_error(format!(
                                "Value after * must be an iterable, not {kind}"
                            ))
                        }
                        other => other,
                    })?;
                    items.extend(more);
                }
                e => items.push(self.eval(e)?),
            }
        }
        Ok(items)
    }

    fn dict(&mut self, entries: &[(Option<Expr>, Expr)]) -> R<Value> {
        let mut map = Map::with_capacity_and_hasher(entries.len(), Default::default());
        for (key, value) in entries {
            match key {
                Some(key) => {
                    let key = self.eval(key)?;
                    let value = self.eval(value)?;
                    map.insert(hashable(key)?, value);
                }
                None => {
                    let other = self.eval(value)?;
                    let Value::Dict(id) = other else {
                        return Err(Fault::type_error(format!(
                            "'{}' object is not a mapping",
                            text::type_name(self.heap, &other)
                        )));
                    };
                    let other = self.heap.dict(id);
                    let size = other.len() * ENTRY_BYTES;
                    map.extend(other.iter().map(|(k, v)| (k.clone(), v.clone())));
                    self.heap.charge(size)?;
                }
            }
        }
        self.heap.new_dict(map)
    }

    fn comparison(&mut self, op: CmpOp, a: &Expr, b: &Expr) -> R<bool> {
        if let (Some(left), Some(right)) = (self.peek(a), self.peek(b)) {
            match (op, left, right) {
                (CmpOp::Eq, Value::Str(x), Value::Str(y)) => return Ok(x == y),
                (CmpOp::NotEq, Value::Str(x), Value::Str(y)) => return Ok(x != y),
                (CmpOp::Eq | CmpOp::NotEq, Value::Object(_), _)
                | (CmpOp::Eq | CmpOp::NotEq, _, Value::Object(_)) => {}
                (CmpOp::Eq, ..) => return compare::equal(self.heap, left, right),
                (CmpOp::NotEq, ..) => return compare::equal(self.heap, left, right).map(|e| !e),
                (CmpOp::Order(op), ..) => return compare::ordered(self.heap, op, left, right),
                (CmpOp::Is, ..) => return Ok(left.is(right)),
                (CmpOp::IsNot, ..) => return Ok(!left.is(right)),
                (CmpOp::In, Value::Str(key), Value::Dict(id)) => {
                    return Ok(map_get(self.heap.dict(*id), key).is_some());
                }
                (CmpOp::NotIn, Value::Str(key), Value::Dict(id)) => {
                    return Ok(map_get(self.heap.dict(*id), key).is_none());
                }
                _ => {}
            }
        }
        let left = self.eval(a)?;
        let right = self.eval(b)?;
        self.compare_values(op, &left, &right)
    }

    fn is_view(&self, value: &Value) -> bool {
        matches!(value, Value::Object(id) if matches!(self.heap.objects[*id as usize], Object::View(..) | Object::Range(..)))
    }

    /// Views of keys and items are equal as sets, ranges as sequences.
    fn views_equal(&mut self, a: &Value, b: &Value) -> R<bool> {
        if !(self.is_view(a) || matches!(a, Value::Set(_)))
            || !(self.is_view(b) || matches!(b, Value::Set(_)))
        {
            return Ok(false);
        }
        let (x, y) = (self.collect(a)?, self.collect(b)?);
        if x.len() != y.len() {
            return Ok(false);
        }
        for (at, item) in x.iter().enumerate() {
            let found = match (a, b) {
                (Value::Object(i), Value::Object(_))
                    if matches!(self.heap.objects[*i as usize], Object::Range(..)) =>
                {
                    compare::equal(self.heap, item, &y[at])?
                }
                _ => {
                    let mut found = false;
                    for other in &y {
                        self.step(1)?;
                        found = found || compare::equal(self.heap, item, other)?;
                    }
                    found
                }
            };
            if !found {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub(super) fn compare_values(&mut self, op: CmpOp, a: &Value, b: &Value) -> R<bool> {
        match op {
            CmpOp::Eq if self.is_view(a) || self.is_view(b) => self.views_equal(a, b),
            CmpOp::Eq => compare::equal(self.heap, a, b),
            CmpOp::NotEq => self.compare_values(CmpOp::Eq, a, b).map(|e| !e),
            CmpOp::Order(op) => compare::ordered(self.heap, op, a, b),
            CmpOp::Is => Ok(a.is(b)),
            CmpOp::IsNot => Ok(!a.is(b)),
            CmpOp::In => self.contains(b, a),
            CmpOp::NotIn => self.contains(b, a).map(|c| !c),
        }
    }

    #[inline(never)]
    fn subscript(&mut self, base: &Expr, index: &Expr) -> R<Value> {
        let base = self.eval(base)?;
        let index = self.eval(index)?;
        self.get_item(&base, &index)
    }

    /// The iterator of a `for` loop; dict views need no object of their own.
    pub(super) fn iter_expr(&mut self, e: &Expr) -> R<Iter> {
        if let Expr::MethodCall(call) = e
            && call.args.positional.is_empty()
            && call.args.plain
            && let Some(view) = match call.method {
                Some(Method::Items) => Some(View::Items),
                Some(Method::Values) => Some(View::Values),
                Some(Method::Keys) => Some(View::Keys),
                _ => None,
            }
        {
            let receiver = self.eval(&call.receiver)?;
            if let Value::Dict(id) = receiver {
                return Ok(Iter::Dict(id, view, 0, self.heap.dict(id).len()));
            }
            let value =
                self.call_method(&receiver, &call.name, call.method, Vec::new(), Vec::new())?;
            return self.iter(&value);
        }
        let value = self.eval(e)?;
        self.iter(&value)
    }

    fn comp(&mut self, comp: &Comp) -> R<Value> {
        let mut out = match comp.kind {
            CompKind::List => Output::List(Vec::new()),
            CompKind::Set => Output::Set(Elements::default()),
            CompKind::Dict => Output::Dict(Map::default()),
            CompKind::Any => Output::Found(true, false),
            CompKind::All => Output::Found(false, false),
            CompKind::Min => Output::Extreme(OrderOp::Lt, None),
            CompKind::Max => Output::Extreme(OrderOp::Gt, None),
            CompKind::Sum => {
                let start = comp.second.as_ref().map(|e| self.eval(e)).transpose()?;
                Output::Sum(start.unwrap_or(Value::Int(0)))
            }
        };
        for slot in &comp.cells {
            let cell = self.heap.new_cell(Value::Unset)?;
            self.set_slot(*slot, Value::Int(cell as i64));
        }
        self.clauses(comp, 0, &mut out)?;
        match out {
            Output::List(items) => self.heap.new_list(items),
            Output::Set(set) => self.heap.new_set(set),
            Output::Dict(map) => self.heap.new_dict(map),
            Output::Found(wanted, found) => Ok(Value::Bool(if wanted { found } else { !found })),
            Output::Sum(total) => Ok(total),
            Output::Extreme(op, best) => best.ok_or_else(|| {
                let name = if op == OrderOp::Lt { "min" } else { "max" };
                Fault::value_error(format!("{name}() arg is an empty sequence"))
            }),
        }
    }

    /// Runs the clauses from `level` on; `true` when nothing more is needed.
    fn clauses(&mut self, comp: &Comp, level: usize, out: &mut Output) -> R<bool> {
        let Some(clause) = comp.clauses.get(level) else {
            return self.element(comp, out);
        };
        let mut iter = self.iter_expr(&clause.iter)?;
        'items: while self.next_into(&mut iter, &clause.target)? {
            self.step(1)?;
            for condition in &clause.conditions {
                if !self.test(condition)? {
                    continue 'items;
                }
            }
            if self.clauses(comp, level + 1, out)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn element(&mut self, comp: &Comp, out: &mut Output) -> R<bool> {
        let value = self.eval(&comp.element)?;
        match out {
            Output::List(items) => {
                self.heap.charge(ITEM_BYTES)?;
                items.push(value);
            }
            Output::Set(set) => {
                self.heap.charge(ENTRY_BYTES)?;
                set.insert(hashable(value)?);
            }
            Output::Dict(map) => {
                self.heap.charge(ENTRY_BYTES)?;
                let item = match &comp.second {
                    Some(second) => self.eval(second)?,
                    None => Value::None,
                };
                map.insert(hashable(value)?, item);
            }
            Output::Found(wanted, found) => {
                *found = self.truth(&value) == *wanted;
                return Ok(*found);
            }
            Output::Sum(total) => *total = self.add_to_sum(total, &value)?,
            Output::Extreme(op, best) => {
                let better = match &*best {
                    None => true,
                    Some(best) => compare::ordered(self.heap, *op, &value, best)?,
                };
                if better {
                    *best = Some(value);
                }
            }
        }
        Ok(false)
    }

    pub fn add_to_sum(&mut self, total: &Value, value: &Value) -> R<Value> {
        if let (Value::Str(_), _) = (total, value) {
            return Err(Fault::type_error("sum() can't sum strings [use ''.join(seq) instead]"));
        }
        self.binary(Op::Add, total, value)
    }

    fn fstring(&mut self, parts: &[Part]) -> R<Value> {
        let mut out = String::new();
        for part in parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Value { value, conversion, spec, parsed } => {
                    let value = self.eval(value)?;
                    let value = match conversion {
                        Conversion::None => value,
                        Conversion::Str => self.heap.str(&value).as_str().into_value(),
                        Conversion::Repr => text::repr_of(self.heap, &value)?.as_str().into_value(),
                        Conversion::Ascii => {
                            format::ascii(&text::repr_of(self.heap, &value)?).as_str().into_value()
                        }
                    };
                    match (spec, parsed) {
                        (None, _) => text::push_str(self.heap, &mut out, &value)?,
                        (Some(_), Some(parsed)) => {
                            format::format_parsed(self.heap, &mut out, &value, parsed)?
                        }
                        (Some(spec), None) => {
                            let spec = self.eval(spec)?;
                            out.push_str(&format::format_value(
                                self.heap,
                                &value,
                                spec.as_str().unwrap_or(""),
                            )?);
                        }
                    }
                }
            }
            if out.len() > self.heap.remaining() {
                return Err(Fault::limit(crate::error::LimitKind::Memory));
            }
        }
        self.heap.new_str(out)
    }
}

trait IntoValue {
    fn into_value(self) -> Value;
}

impl IntoValue for &str {
    fn into_value(self) -> Value {
        Value::str(self)
    }
}

enum Output {
    List(Vec<Value>),
    Set(Elements),
    Dict(Map),
    /// The truth looked for, whether it was found.
    Found(bool, bool),
    Sum(Value),
    Extreme(OrderOp, Option<Value>),
}
