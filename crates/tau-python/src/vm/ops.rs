//! Operators, subscripts, slices and membership.

use super::{Object, View, Vm};
use crate::code::UnaryOp;
use crate::compare;
use crate::error::{ExcKind, Fault, R};
use crate::heap::{ENTRY_BYTES, ITEM_BYTES, check_hashable, hashable};
use crate::number::{self, Op};
use crate::text::{template, type_name};
use crate::value::{Elements, Key, Value, ValueKey};

impl Vm<'_> {
    pub fn unary(&mut self, op: UnaryOp, value: &Value) -> R<Value> {
        let symbol = match (op, value) {
            (UnaryOp::Neg, Value::Float(f)) => return Ok(Value::Float(-f)),
            (UnaryOp::Pos, Value::Float(f)) => return Ok(Value::Float(*f)),
            (UnaryOp::Neg, Value::Delta(d)) => return Ok(Value::Delta(-d)),
            (UnaryOp::Neg, v) if v.as_bigint().is_some() => {
                return number::arithmetic(self.heap, Op::Sub, &Value::Int(0), v)
                    .map(|v| v.unwrap_or(Value::None));
            }
            (UnaryOp::Pos, v) if v.as_bigint().is_some() => {
                return Ok(Value::big(v.as_bigint().unwrap_or_default()));
            }
            (UnaryOp::Invert, v) if v.as_bigint().is_some() => {
                return Ok(Value::big(!v.as_bigint().unwrap_or_default()));
            }
            (UnaryOp::Neg, _) => "-",
            (UnaryOp::Pos, _) => "+",
            (UnaryOp::Invert, _) => "~",
        };
        Err(Fault::type_error(format!(
            "bad operand type for unary {symbol}: '{}'",
            type_name(self.heap, value)
        )))
    }

    pub fn binary(&mut self, op: Op, a: &Value, b: &Value) -> R<Value> {
        self.operate(op, a, b, "")
    }

    #[inline]
    fn operate(&mut self, op: Op, a: &Value, b: &Value, assign: &str) -> R<Value> {
        match (op, a, b) {
            (Op::Add, Value::Int(x), Value::Int(y)) => {
                if let Some(sum) = x.checked_add(*y) {
                    return Ok(Value::Int(sum));
                }
            }
            (Op::Sub, Value::Int(x), Value::Int(y)) => {
                if let Some(rest) = x.checked_sub(*y) {
                    return Ok(Value::Int(rest));
                }
            }
            _ => {}
        }
        self.operate_more(op, a, b, assign)
    }

    fn operate_more(&mut self, op: Op, a: &Value, b: &Value, assign: &str) -> R<Value> {
        use Value::*;
        if a.is_number() && b.is_number() {
            if let Some(value) = number::arithmetic(self.heap, op, a, b)?
                && !matches!(value, Value::None)
            {
                return Ok(value);
            }
            return Err(self.operands(op, a, b, assign));
        }
        match (op, a, b) {
            (Op::Add, Str(x), Str(y)) => {
                self.heap.charge(x.len() + y.len() + 16)?;
                let mut out = String::with_capacity(x.len() + y.len());
                out.push_str(x);
                out.push_str(y);
                Ok(Value::str(out))
            }
            (Op::Add, List(x), List(y)) => {
                self.heap
                    .charge((self.heap.list(*x).len() + self.heap.list(*y).len()) * ITEM_BYTES)?;
                let joined = [&self.heap.list(*x)[..], &self.heap.list(*y)[..]].concat();
                self.heap.new_list(joined)
            }
            (Op::Add, Tuple(x), Tuple(y)) => {
                self.heap.charge((x.items.len() + y.items.len()) * ITEM_BYTES)?;
                self.heap.new_tuple([&x.items[..], &y.items[..]].concat())
            }
            (Op::Mul, Str(_) | List(_) | Tuple(_), n) if n.as_bigint().is_some() => {
                self.repeat(a, n)
            }
            (Op::Mul, n, Str(_) | List(_) | Tuple(_)) if n.as_bigint().is_some() => {
                self.repeat(b, n)
            }
            (Op::Mul, Str(_) | List(_) | Tuple(_), other)
            | (Op::Mul, other, Str(_) | List(_) | Tuple(_)) => Err(Fault::type_error(format!(
                "can't multiply sequence by non-int of type '{}'",
                type_name(self.heap, other)
            ))),
            (Op::Mod, Str(template), args) => {
                let text = template::percent(self.heap, template, args)?;
                self.heap.new_str(text)
            }
            (Op::BitOr, Dict(x), Dict(y)) => {
                let (x, y) = (self.heap.dict(*x), self.heap.dict(*y));
                let size = (x.len() + y.len()) * ENTRY_BYTES;
                let mut joined = x.clone();
                joined.extend(y.iter().map(|(k, v)| (k.clone(), v.clone())));
                self.heap.charge(size)?;
                self.heap.new_dict(joined)
            }
            (Op::BitOr | Op::BitAnd | Op::Sub | Op::BitXor, Object(_), Set(_) | Object(_))
            | (Op::BitOr | Op::BitAnd | Op::Sub | Op::BitXor, Set(_), Object(_))
                if self.is_set_like(a) && self.is_set_like(b) =>
            {
                let (x, y) = (self.as_set(a)?, self.as_set(b)?);
                self.operate_more(op, &x, &y, assign)
            }
            (Op::BitOr | Op::BitAnd | Op::Sub | Op::BitXor, Set(x), Set(y)) => {
                let (x, y) = (self.heap.set(*x), self.heap.set(*y));
                let joined: Elements = match op {
                    Op::BitOr => x.union(y).cloned().collect(),
                    Op::BitAnd => x.intersection(y).cloned().collect(),
                    Op::Sub => x.difference(y).cloned().collect(),
                    _ => x.symmetric_difference(y).cloned().collect(),
                };
                self.heap.new_set(joined)
            }
            (Op::Sub, DateTime(x), DateTime(y)) => Ok(Delta(x - y)),
            (Op::Sub, Date(x), Date(y)) => Ok(Delta((x - y) * crate::builtins::datetime::DAY)),
            (Op::Add, DateTime(x), Delta(d)) | (Op::Add, Delta(d), DateTime(x)) => {
                crate::builtins::datetime::checked_datetime(x.checked_add(*d))
            }
            (Op::Sub, DateTime(x), Delta(d)) => {
                crate::builtins::datetime::checked_datetime(x.checked_sub(*d))
            }
            (Op::Add, Date(x), Delta(d)) | (Op::Add, Delta(d), Date(x)) => {
                crate::builtins::datetime::checked_date(
                    *x + d.div_euclid(crate::builtins::datetime::DAY),
                )
            }
            (Op::Sub, Date(x), Delta(d)) => crate::builtins::datetime::checked_date(
                *x - d.div_euclid(crate::builtins::datetime::DAY),
            ),
            (Op::Add, Delta(x), Delta(y)) => {
                crate::builtins::datetime::checked_delta(x.checked_add(*y))
            }
            (Op::Sub, Delta(x), Delta(y)) => {
                crate::builtins::datetime::checked_delta(x.checked_sub(*y))
            }
            (Op::Mul, Delta(d), Int(n)) | (Op::Mul, Int(n), Delta(d)) => {
                crate::builtins::datetime::checked_delta(d.checked_mul(*n))
            }
            (Op::Div | Op::FloorDiv | Op::Mod, Delta(_), Delta(0) | Int(0)) => {
                Err(Fault::text(ExcKind::ZeroDivisionError, "integer division or modulo by zero"))
            }
            (Op::FloorDiv, Delta(x), Int(n)) => {
                Ok(Delta(x.div_euclid(*n) - i64::from(*n < 0 && x.rem_euclid(*n) != 0)))
            }
            (Op::Div, Delta(x), Int(n)) => {
                Ok(Delta((*x as f64 / *n as f64).round_ties_even() as i64))
            }
            (Op::Mod, Delta(x), Delta(y)) => Ok(Delta(x.rem_euclid(*y))),
            (Op::FloorDiv, Delta(x), Delta(y)) if *y != 0 => Ok(Int(x.div_euclid(*y))),
            (Op::Div, Delta(x), Delta(y)) if *y != 0 => Ok(Float(*x as f64 / *y as f64)),
            (Op::Add, Str(_), other) => Err(Fault::type_error(format!(
                "can only concatenate str (not \"{}\") to str",
                type_name(self.heap, other)
            ))),
            (Op::Add, List(_), other) => Err(Fault::type_error(format!(
                "can only concatenate list (not \"{}\") to list",
                type_name(self.heap, other)
            ))),
            (Op::Add, Tuple(_), other) => Err(Fault::type_error(format!(
                "can only concatenate tuple (not \"{}\") to tuple",
                type_name(self.heap, other)
            ))),
            _ => Err(self.operands(op, a, b, assign)),
        }
    }

    fn operands(&self, op: Op, a: &Value, b: &Value, assign: &str) -> Fault {
        let symbol = match (op, assign) {
            (Op::Pow, "=") => "**=".to_string(),
            (op, assign) => format!("{}{assign}", op.symbol()),
        };
        Fault::type_error(format!(
            "unsupported operand type(s) for {symbol}: '{}' and '{}'",
            type_name(self.heap, a),
            type_name(self.heap, b)
        ))
    }

    /// A set, or a view of keys or items.
    fn is_set_like(&self, value: &Value) -> bool {
        match value {
            Value::Set(_) => true,
            Value::Object(id) => {
                matches!(
                    self.heap.objects[*id as usize],
                    super::Object::View(_, View::Keys | View::Items)
                )
            }
            _ => false,
        }
    }

    fn as_set(&mut self, value: &Value) -> R<Value> {
        if matches!(value, Value::Set(_)) {
            return Ok(value.clone());
        }
        let mut set = Elements::default();
        for item in self.collect(value)? {
            set.insert(hashable(item)?);
        }
        self.heap.new_set(set)
    }

    /// `sequence * n`, charged before it is made.
    fn repeat(&mut self, sequence: &Value, n: &Value) -> R<Value> {
        let Some(n) = n.as_index() else {
            return Err(Fault::text(
                ExcKind::OverflowError,
                "cannot fit 'int' into an index-sized integer",
            ));
        };
        let n = usize::try_from(n).unwrap_or(0);
        match sequence {
            Value::Str(s) => {
                self.heap.charge(s.len().saturating_mul(n))?;
                Ok(Value::str(s.repeat(n)))
            }
            other => {
                let items = self.heap.items(other).unwrap_or_default();
                let size = items.len().saturating_mul(n).saturating_mul(ITEM_BYTES);
                let items = items.to_vec();
                self.heap.charge(size)?;
                let mut repeated = Vec::with_capacity(items.len().saturating_mul(n));
                for _ in 0..n {
                    repeated.extend_from_slice(&items);
                }
                if matches!(other, Value::List(_)) {
                    self.heap.new_list(repeated)
                } else {
                    self.heap.new_tuple(repeated)
                }
            }
        }
    }

    /// `a op= b`.
    pub(super) fn in_place(&mut self, op: Op, a: &Value, b: &Value) -> R<Value> {
        match (op, a, b) {
            (Op::Add, Value::List(id), other) => {
                let items = self.collect(other)?;
                self.heap.list_mut(*id, &items).extend(items);
                Ok(a.clone())
            }
            (Op::BitOr, Value::Dict(id), Value::Dict(other)) => {
                let other = self.heap.dict(*other).clone();
                self.heap.charge(other.len() * ENTRY_BYTES)?;
                self.heap.note_escape();
                self.heap.dict_mut(*id, None).extend(other);
                Ok(a.clone())
            }
            (Op::BitOr, Value::Set(id), Value::Set(other)) => {
                let other = self.heap.set(*other).clone();
                self.heap.charge(other.len() * ENTRY_BYTES)?;
                self.heap.set_mut(*id).extend(other);
                Ok(a.clone())
            }
            _ => self.operate(op, a, b, "="),
        }
    }

    /// `item in container`.
    pub(super) fn contains(&mut self, container: &Value, item: &Value) -> R<bool> {
        match (container, item) {
            (Value::Dict(id), Value::Str(key)) => {
                Ok(crate::value::map_get(self.heap.dict(*id), key).is_some())
            }
            (Value::Dict(id), _) => {
                check_hashable(item)?;
                Ok(self.heap.dict(*id).contains_key(&ValueKey(item)))
            }
            (Value::Set(id), _) => {
                check_hashable(item)?;
                Ok(self.heap.set(*id).contains(&ValueKey(item)))
            }
            (Value::Str(text), Value::Str(part)) => {
                self.step(1 + text.len() as u64 / 64)?;
                Ok(text.contains(&**part))
            }
            (Value::Str(_), _) => Err(Fault::type_error(format!(
                "'in <string>' requires string as left operand, not {}",
                type_name(self.heap, item)
            ))),
            (Value::List(_) | Value::Tuple(_), _) => {
                let items = self.heap.items(container).unwrap_or_default();
                let mut found = false;
                for candidate in items {
                    if candidate.is(item) || compare::equal(self.heap, candidate, item)? {
                        found = true;
                        break;
                    }
                }
                let scanned = items.len() as u64;
                self.step(scanned / 8)?;
                Ok(found)
            }
            (Value::Object(id), _)
                if matches!(&self.heap.objects[*id as usize], Object::View(_, View::Keys)) =>
            {
                let Object::View(dict, _) = self.heap.objects[*id as usize] else {
                    return Ok(false);
                };
                self.contains(&Value::Dict(dict), item)
            }
            (Value::Object(id), Value::Int(n))
                if matches!(self.heap.objects[*id as usize], Object::Range(..)) =>
            {
                let Object::Range(start, stop, step) = self.heap.objects[*id as usize] else {
                    return Ok(false);
                };
                let inside =
                    if step > 0 { start <= *n && *n < stop } else { stop < *n && *n <= start };
                Ok(inside && (*n as i128 - start as i128) % step as i128 == 0)
            }
            _ => {
                let mut iter = self.iter(container).map_err(|fault| match fault {
                    Fault::Raised(_) => Fault::type_error(format!(
                        "argument of type '{}' is not iterable",
                        type_name(self.heap, container)
                    )),
                    limit => limit,
                })?;
                while let Some(candidate) = self.next(&mut iter)? {
                    self.step(1)?;
                    if self.same(&candidate, item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }

    /// `base[index]`.
    pub(super) fn get_item(&mut self, base: &Value, index: &Value) -> R<Value> {
        match base {
            Value::Dict(id) => {
                check_hashable(index)?;
                match self.heap.dict(*id).get(&ValueKey(index)) {
                    Some(value) => Ok(value.clone()),
                    None => Err(Fault::key_error(index.clone())),
                }
            }
            Value::List(id) => {
                let items = self.heap.list(*id);
                let at = self.position(index, items.len(), "list")?;
                Ok(items[at].clone())
            }
            Value::Tuple(t) => {
                let at = self.position(index, t.items.len(), "tuple")?;
                Ok(t.items[at].clone())
            }
            Value::Str(s) => {
                let len = if s.is_ascii() { s.len() } else { s.chars().count() };
                let at = self.position(index, len, "string")?;
                let c = if s.is_ascii() {
                    s.as_bytes()[at] as char
                } else {
                    s.chars().nth(at).unwrap_or_default()
                };
                Ok(Value::str(c.encode_utf8(&mut [0; 4]) as &str))
            }
            Value::Class(class) if self.class_members(*class).is_some() => {
                let members = self.class_members(*class).unwrap_or_default();
                match members.iter().position(|(n, _)| index.as_str() == Some(n)) {
                    Some(at) => Ok(Value::Member(*class, at as u32)),
                    None => Err(Fault::key_error(index.clone())),
                }
            }
            Value::Object(id) => match self.heap.objects[*id as usize] {
                Object::Range(start, stop, step) => {
                    let len = super::iter::range_len(start, stop, step) as usize;
                    let at = self.position(index, len, "range")?;
                    Ok(Value::Int(start + at as i64 * step))
                }
                _ => Err(self.not_subscriptable(base)),
            },
            _ => Err(self.not_subscriptable(base)),
        }
    }

    pub(super) fn not_subscriptable(&self, value: &Value) -> Fault {
        Fault::type_error(format!("'{}' object is not subscriptable", type_name(self.heap, value)))
    }

    fn position(&self, index: &Value, len: usize, kind: &str) -> R<usize> {
        let Some(i) = index.as_index() else {
            if matches!(index, Value::Big(_)) {
                return Err(Fault::text(
                    ExcKind::IndexError,
                    "cannot fit 'int' into an index-sized integer",
                ));
            }
            let given = type_name(self.heap, index);
            return Err(Fault::type_error(match kind {
                "string" => format!("string indices must be integers, not '{given}'"),
                _ => format!("{kind} indices must be integers or slices, not {given}"),
            }));
        };
        let at = if i < 0 { i + len as i64 } else { i };
        if at < 0 || at >= len as i64 {
            let kind = if kind == "range" { "range object" } else { kind };
            return Err(Fault::text(ExcKind::IndexError, format!("{kind} index out of range")));
        }
        Ok(at as usize)
    }

    pub(super) fn set_item(&mut self, base: &Value, index: Value, value: Value) -> R<()> {
        match base {
            Value::Dict(id) => {
                let key = hashable(index)?;
                self.heap.charge(ENTRY_BYTES)?;
                if matches!(key.0, Value::Tuple(_)) {
                    self.heap.note_escape();
                }
                self.heap.dict_mut(*id, Some(&value)).insert(key, value);
                Ok(())
            }
            Value::List(id) => {
                let len = self.heap.list(*id).len();
                let at = self.position(&index, len, "list").map_err(assignment)?;
                let list = self.heap.list_mut(*id, std::slice::from_ref(&value));
                list[at] = value;
                Ok(())
            }
            _ => Err(Fault::type_error(format!(
                "'{}' object does not support item assignment",
                type_name(self.heap, base)
            ))),
        }
    }

    pub(super) fn delete_item(&mut self, base: &Value, index: &Value) -> R<()> {
        match base {
            Value::Dict(id) => {
                check_hashable(index)?;
                match self.heap.dict_mut(*id, None).shift_remove(&Key(index.clone())) {
                    Some(_) => Ok(()),
                    None => Err(Fault::key_error(index.clone())),
                }
            }
            Value::List(id) => {
                let len = self.heap.list(*id).len();
                let at = self.position(index, len, "list").map_err(assignment)?;
                self.heap.list_mut(*id, &[]).remove(at);
                Ok(())
            }
            _ => {
                let kind = type_name(self.heap, base);
                let sequence = matches!(
                    base,
                    Value::Str(_) | Value::Tuple(_) | Value::Set(_) | Value::Object(_)
                );
                let does = if sequence { "doesn't" } else { "does not" };
                Err(Fault::type_error(format!("'{kind}' object {does} support item deletion")))
            }
        }
    }
}

/// Assignment has its own words for a position that does not exist.
fn assignment(fault: Fault) -> Fault {
    match fault {
        Fault::Raised(raised)
            if raised.class == crate::error::ExcClass::Builtin(ExcKind::IndexError) =>
        {
            Fault::text(ExcKind::IndexError, "list assignment index out of range")
        }
        other => other,
    }
}
