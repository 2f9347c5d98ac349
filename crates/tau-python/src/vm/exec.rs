//! Statements.

use super::{Object, Vm};
use crate::code::*;
use crate::compare;
use crate::error::{ExcClass, ExcKind, Fault, R};
use crate::text::type_name;
use crate::value::{Value, key_eq};

/// How a block ended.
pub(crate) enum Flow {
    Normal,
    Break,
    Continue,
    Return(Value),
}

impl Vm<'_> {
    pub(super) fn block(&mut self, code: &Code, block: &[Stmt]) -> R<Flow> {
        for stmt in block {
            self.steps = self.steps.wrapping_sub(1);
            if self.steps == u64::MAX {
                self.steps = 0;
                return Err(Fault::limit(crate::error::LimitKind::Steps).at(code.number, stmt.line));
            }
            match self.stmt(code, stmt) {
                Ok(Flow::Normal) => {}
                Ok(flow) => return Ok(flow),
                Err(fault) => return Err(fault.at(code.number, stmt.line)),
            }
        }
        Ok(Flow::Normal)
    }

    fn stmt(&mut self, code: &Code, stmt: &Stmt) -> R<Flow> {
        match &stmt.kind {
            StmtKind::If(test, body, orelse) => {
                let branch = if self.test(test)? { body } else { orelse };
                if branch.is_empty() { Ok(Flow::Normal) } else { self.block(code, branch) }
            }
            StmtKind::Assign(target, e) => {
                let value = self.eval(e)?;
                self.assign(target, value)?;
                Ok(Flow::Normal)
            }
            _ => self.stmt_more(code, stmt),
        }
    }

    #[inline(never)]
    fn stmt_more(&mut self, code: &Code, stmt: &Stmt) -> R<Flow> {
        match &stmt.kind {
            StmtKind::Expr(e) => {
                self.eval(e)?;
            }
            StmtKind::If(..) | StmtKind::Assign(..) => return self.stmt(code, stmt),
            StmtKind::AssignMany(targets, e) => {
                let value = self.eval(e)?;
                for target in targets {
                    self.assign(target, value.clone())?;
                }
            }
            StmtKind::Augment(target, op, e) => self.augment(target, *op, e)?,
            StmtKind::Return(None) => return Ok(Flow::Return(Value::None)),
            StmtKind::Return(Some(e)) => return Ok(Flow::Return(self.eval(e)?)),
            StmtKind::For(target, e, body, orelse) => {
                let mut iter = self.iter_expr(e)?;
                while self.next_into(&mut iter, target)? {
                    self.step(1)?;
                    match self.block(code, body)? {
                        Flow::Break => return Ok(Flow::Normal),
                        Flow::Return(value) => return Ok(Flow::Return(value)),
                        Flow::Normal | Flow::Continue => {}
                    }
                }
                return self.block(code, orelse);
            }
            StmtKind::While(test, body, orelse) => {
                while self.test(test)? {
                    self.step(1)?;
                    match self.block(code, body)? {
                        Flow::Break => return Ok(Flow::Normal),
                        Flow::Return(value) => return Ok(Flow::Return(value)),
                        Flow::Normal | Flow::Continue => {}
                    }
                }
                return self.block(code, orelse);
            }
            StmtKind::Break => return Ok(Flow::Break),
            StmtKind::Continue => return Ok(Flow::Continue),
            StmtKind::Pass => {}
            StmtKind::Delete(targets) => {
                for target in targets {
                    self.delete(target)?;
                }
            }
            StmtKind::Raise(None) => {
                return Err(match self.handling.last() {
                    Some((class, args)) => self.raised(*class, args.clone()),
                    None => Fault::text(ExcKind::RuntimeError, "No active exception to reraise"),
                });
            }
            StmtKind::Raise(Some(e)) => {
                let value = self.eval(e)?;
                return Err(match self.as_exception(&value)? {
                    Some((class, args)) => {
                        let mut fault = self.raised(class, args);
                        if let (Fault::Raised(raised), Value::Object(_)) = (&mut fault, &value) {
                            raised.object = Some(value);
                        }
                        fault
                    }
                    None => Fault::type_error("exceptions must derive from BaseException"),
                });
            }
            StmtKind::Assert(test, message) => {
                if !self.test(test)? {
                    let args = message.as_ref().map(|m| self.eval(m)).transpose()?;
                    return Err(Fault::new(ExcKind::AssertionError, args.into_iter().collect()));
                }
            }
            StmtKind::Try(t) => return self.try_statement(code, t),
            StmtKind::Match(subject, cases) => {
                let subject = self.eval(subject)?;
                for case in cases {
                    let hit = self.matches(&case.pattern, &subject)?
                        && case.guard.as_ref().map_or(Ok(true), |g| self.test(g))?;
                    if hit {
                        return self.block(code, &case.body);
                    }
                }
            }
        }
        Ok(Flow::Normal)
    }

    fn raised(&self, class: ExcClass, args: Vec<Value>) -> Fault {
        Fault::Raised(Box::new(crate::error::Raised {
            class,
            args,
            object: None,
            code: u32::MAX,
            line: 0,
        }))
    }

    fn as_exception(&mut self, value: &Value) -> R<Option<(ExcClass, Vec<Value>)>> {
        let made = match value {
            Value::ExcType(class) => return Ok(Some((*class, Vec::new()))),
            Value::Class(_) => self.call_value(value, Vec::new(), Vec::new())?,
            other => other.clone(),
        };
        Ok(match &made {
            Value::Object(id) => match &self.heap.objects[*id as usize] {
                Object::Exception { class, args } => Some((*class, args.clone())),
                _ => None,
            },
            _ => None,
        })
    }

    fn try_statement(&mut self, code: &Code, t: &Try) -> R<Flow> {
        let (base, stack, depth) = (self.base, self.stack.len(), self.depth);
        let mut outcome = match self.block(code, &t.body) {
            Ok(Flow::Normal) => self.block(code, &t.orelse),
            Err(Fault::Raised(raised)) => {
                self.base = base;
                self.stack.truncate(stack);
                self.depth = depth;
                self.handle(code, t, raised)
            }
            other => other,
        };
        if !t.finally.is_empty() && !matches!(outcome, Err(Fault::Limit(_))) {
            match self.block(code, &t.finally) {
                Ok(Flow::Normal) => {}
                other => outcome = other,
            }
        }
        outcome
    }

    fn handle(&mut self, code: &Code, t: &Try, raised: Box<crate::error::Raised>) -> R<Flow> {
        for handler in &t.handlers {
            let caught = match &handler.class {
                None => true,
                Some(e) => {
                    let classes = self.eval(e)?;
                    self.catches(&classes, raised.class)?
                }
            };
            if !caught {
                continue;
            }
            self.handling.push((raised.class, raised.args.clone()));
            let result = (|| {
                if let Some(target) = &handler.name {
                    let value = match &raised.object {
                        Some(object) => object.clone(),
                        None => {
                            let (class, args) = (raised.class, raised.args.clone());
                            self.heap.new_object(Object::Exception { class, args })?
                        }
                    };
                    self.assign(target, value)?;
                }
                let flow = self.block(code, &handler.body);
                if let Some(target) = &handler.name {
                    self.assign(target, Value::Unset)?;
                }
                flow
            })();
            self.handling.pop();
            return result;
        }
        Err(Fault::Raised(raised))
    }

    fn catches(&self, classes: &Value, class: ExcClass) -> R<bool> {
        match classes {
            Value::ExcType(of) => Ok(self.heap.exc_is_subclass(class, *of)),
            Value::Class(of) => Ok(self.heap.exc_is_subclass(class, ExcClass::User(*of))),
            Value::Tuple(t) => {
                for item in t.items.iter() {
                    if self.catches(item, class)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => Err(Fault::type_error(
                "catching classes that do not inherit from BaseException is not allowed",
            )),
        }
    }

    fn matches(&mut self, pattern: &Pattern, subject: &Value) -> R<bool> {
        Ok(match pattern {
            Pattern::Any(None) => true,
            Pattern::Any(Some(target)) => {
                self.assign(target, subject.clone())?;
                true
            }
            Pattern::Value(e) => {
                let value = self.eval(e)?;
                compare::equal(self.heap, subject, &value)?
            }
            Pattern::Singleton(value) => subject.is(value),
            Pattern::Or(patterns) => {
                for pattern in patterns {
                    if self.matches(pattern, subject)? {
                        return Ok(true);
                    }
                }
                false
            }
            Pattern::As(inner, target) => {
                let hit = self.matches(inner, subject)?;
                if hit {
                    self.assign(target, subject.clone())?;
                }
                hit
            }
            Pattern::Sequence(patterns) => {
                let Some(items) = self.heap.items(subject).map(<[Value]>::to_vec) else {
                    return Ok(false);
                };
                if items.len() != patterns.len() {
                    return Ok(false);
                }
                for (pattern, item) in patterns.iter().zip(&items) {
                    if !self.matches(pattern, item)? {
                        return Ok(false);
                    }
                }
                true
            }
        })
    }

    #[inline]
    pub(super) fn assign(&mut self, target: &Target, value: Value) -> R<()> {
        match target {
            Target::Local(slot) => {
                self.set_slot(*slot, value);
                Ok(())
            }
            _ => self.assign_more(target, value),
        }
    }

    fn assign_more(&mut self, target: &Target, value: Value) -> R<()> {
        match target {
            Target::Local(slot) => self.set_slot(*slot, value),
            Target::Cell(slot) => {
                if let Value::Int(cell) = *self.slot(*slot) {
                    self.heap.set_cell(cell as u32, value);
                }
            }
            Target::Global(slot) => self.set_global(*slot, value),
            Target::Subscript(base, index) => {
                let base = self.eval(base)?;
                let index = self.eval(index)?;
                self.set_item(&base, index, value)?;
            }
            Target::Slice(base, parts) => {
                let base = self.eval(base)?;
                let bounds = self.slice_bounds(parts)?;
                let items = self.collect(&value).map_err(|fault| match (fault, &value) {
                    (Fault::Raised(_), other) if !matches!(other, Value::Object(_)) => {
                        Fault::type_error("can only assign an iterable")
                    }
                    (fault, _) => fault,
                })?;
                self.set_slice(&base, bounds, items)?;
            }
            Target::Unpack(before, star, after) => {
                self.unpack(before, star.as_deref(), after, &value)?
            }
        }
        Ok(())
    }

    fn unpack(
        &mut self,
        before: &[Target],
        star: Option<&Target>,
        after: &[Target],
        value: &Value,
    ) -> R<()> {
        let items = match value {
            Value::Tuple(t) if t.items.len() == before.len() && star.is_none() => {
                for (target, item) in before.iter().zip(t.items.iter()) {
                    self.assign(target, item.clone())?;
                }
                return Ok(());
            }
            other => {
                let mut iter = match self.iter(other) {
                    Ok(iter) => iter,
                    Err(Fault::Raised(_)) => {
                        return Err(Fault::type_error(format!(
                            "cannot unpack non-iterable {} object",
                            type_name(self.heap, other)
                        )));
                    }
                    Err(limit) => return Err(limit),
                };
                let mut items = Vec::new();
                while star.is_some() || items.len() <= before.len() {
                    self.step(1)?;
                    self.heap.charge(crate::heap::ITEM_BYTES)?;
                    match self.next(&mut iter)? {
                        Some(item) => items.push(item),
                        None => break,
                    }
                }
                items
            }
        };
        let needed = before.len() + after.len();
        if star.is_none() && items.len() > needed {
            return Err(Fault::value_error(format!(
                "too many values to unpack (expected {needed})"
            )));
        }
        if items.len() < needed {
            let least = if star.is_some() { "at least " } else { "" };
            return Err(Fault::value_error(format!(
                "not enough values to unpack (expected {least}{needed}, got {})",
                items.len()
            )));
        }
        let tail = items.len() - after.len();
        for (target, item) in before.iter().zip(&items) {
            self.assign(target, item.clone())?;
        }
        if let Some(star) = star {
            let middle = self.heap.new_list(items[before.len()..tail].to_vec())?;
            self.assign(star, middle)?;
        }
        for (target, item) in after.iter().zip(&items[tail..]) {
            self.assign(target, item.clone())?;
        }
        Ok(())
    }

    fn augment(&mut self, target: &Target, op: crate::number::Op, e: &Expr) -> R<()> {
        match target {
            Target::Subscript(base, index) => {
                let base = self.eval(base)?;
                let index = self.eval(index)?;
                let old = self.get_item(&base, &index)?;
                let operand = self.eval(e)?;
                let new = self.in_place(op, &old, &operand)?;
                self.set_item(&base, index, new)
            }
            Target::Local(slot) if !matches!(self.slot(*slot), Value::Unset) => {
                let operand = self.eval(e)?;
                let old = self.slot(*slot).clone();
                let new = self.in_place(op, &old, &operand)?;
                self.set_slot(*slot, new);
                Ok(())
            }
            other => {
                let old = match other {
                    Target::Local(slot) => self.eval(&Expr::Local(*slot))?,
                    Target::Cell(slot) => self.eval(&Expr::Cell(*slot))?,
                    Target::Global(slot) => self.global(*slot)?,
                    _ => return Err(Fault::type_error("cannot assign here")),
                };
                let operand = self.eval(e)?;
                let new = self.in_place(op, &old, &operand)?;
                self.assign(other, new)
            }
        }
    }

    fn delete(&mut self, target: &Target) -> R<()> {
        match target {
            Target::Subscript(base, index) => {
                let base = self.eval(base)?;
                let index = self.eval(index)?;
                self.delete_item(&base, &index)
            }
            Target::Slice(base, parts) => {
                let base = self.eval(base)?;
                let bounds = self.slice_bounds(parts)?;
                self.set_slice(&base, bounds, Vec::new())
            }
            Target::Unpack(targets, ..) => targets.iter().try_for_each(|t| self.delete(t)),
            Target::Local(slot) => {
                self.eval(&Expr::Local(*slot))?;
                self.assign(target, Value::Unset)
            }
            other => self.assign(other, Value::Unset),
        }
    }

    /// Advances `iter` straight into `target`; pairs of dict items need no tuple.
    #[inline]
    pub(super) fn next_into(&mut self, iter: &mut super::Iter, target: &Target) -> R<bool> {
        if let super::Iter::Dict(id, super::View::Items, at, len) = iter
            && let Target::Unpack(parts, None, _) = target
            && let [first @ Target::Local(_), second @ Target::Local(_)] = &parts[..]
        {
            let dict = self.heap.dict(*id);
            if dict.len() == *len {
                let Some((key, value)) = dict.get_index(*at) else { return Ok(false) };
                let (key, value) = (key.0.clone(), value.clone());
                *at += 1;
                self.assign(first, key)?;
                self.assign(second, value)?;
                return Ok(true);
            }
        }
        match self.next(iter)? {
            Some(value) => {
                self.assign(target, value)?;
                Ok(true)
            }
            None => Ok(false),
        }
    }

    pub(super) fn same(&self, a: &Value, b: &Value) -> R<bool> {
        if a.is_number() && b.is_number() {
            Ok(key_eq(a, b))
        } else {
            compare::equal(self.heap, a, b)
        }
    }
}
