//! Slices.

use super::{Object, Vm};
use crate::code::Expr;
use crate::error::{Fault, LimitKind, R};
use crate::text::type_name;
use crate::value::Value;

/// Evaluated slice bounds.
#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
}

impl Bounds {
    /// The positions a slice selects from a sequence of `len` items.
    fn indices(&self, len: usize) -> Vec<usize> {
        let (start, stop, step) = self.resolve(len);
        let mut out = Vec::new();
        let mut at = start;
        while (step > 0 && at < stop) || (step < 0 && at > stop) {
            out.push(at as usize);
            match at.checked_add(step) {
                Some(next) => at = next,
                None => break,
            }
        }
        out
    }

    fn resolve(&self, len: usize) -> (i64, i64, i64) {
        let len = len as i64;
        let (low, high) = if self.step > 0 { (0, len) } else { (-1, len - 1) };
        let place = |bound: Option<i64>, default: i64| match bound {
            None => default,
            Some(b) if b < 0 => b.saturating_add(len).max(low),
            Some(b) => b.min(high),
        };
        let (first, last) = if self.step > 0 { (0, len) } else { (len - 1, -1) };
        (place(self.start, first), place(self.stop, last), self.step)
    }
}

impl Vm<'_> {
    pub(super) fn slice_bounds(&mut self, parts: &[Option<Expr>; 3]) -> R<Bounds> {
        let mut bounds = [None; 3];
        for (slot, part) in bounds.iter_mut().zip(parts) {
            let Some(part) = part else { continue };
            *slot = match self.eval(part)? {
                Value::None => None,
                Value::Big(b) => {
                    Some(if b.sign() == num_bigint::Sign::Minus { i64::MIN } else { i64::MAX })
                }
                value => match value.as_index() {
                    Some(i) => Some(i),
                    None => {
                        return Err(Fault::type_error(
                            "slice indices must be integers or None or have an __index__ method",
                        ));
                    }
                },
            };
        }
        if bounds[2] == Some(0) {
            return Err(Fault::value_error("slice step cannot be zero"));
        }
        Ok(Bounds {
            start: bounds[0],
            stop: bounds[1],
            step: bounds[2].unwrap_or(1).max(-i64::MAX),
        })
    }

    pub(super) fn get_slice(&mut self, base: &Value, bounds: Bounds) -> R<Value> {
        match base {
            Value::Str(s) => {
                self.heap.charge(s.len())?;
                if s.is_ascii() {
                    let (start, stop, step) = bounds.resolve(s.len());
                    if step == 1 {
                        return Ok(Value::str(if start < stop {
                            &s[start as usize..stop as usize]
                        } else {
                            ""
                        }));
                    }
                }
                let chars: Vec<char> = s.chars().collect();
                let text: String =
                    bounds.indices(chars.len()).into_iter().map(|i| chars[i]).collect();
                Ok(Value::str(text))
            }
            Value::List(_) | Value::Tuple(_) => {
                let items = self.heap.items(base).unwrap_or_default();
                let picked: Vec<Value> =
                    bounds.indices(items.len()).into_iter().map(|i| items[i].clone()).collect();
                if matches!(base, Value::List(_)) {
                    self.heap.new_list(picked)
                } else {
                    self.heap.new_tuple(picked)
                }
            }
            Value::Dict(_) => Err(Fault::type_error("unhashable type: 'slice'")),
            Value::Object(id) if matches!(self.heap.objects[*id as usize], Object::Range(..)) => {
                let Object::Range(start, stop, step) = self.heap.objects[*id as usize] else {
                    return Err(self.not_subscriptable(base));
                };
                let len = super::iter::range_len(start, stop, step);
                let (from, to, by) = bounds.resolve(len as usize);
                let at = |i: i64| start.saturating_add(i.saturating_mul(step));
                self.heap.new_object(Object::Range(at(from), at(to), step.saturating_mul(by)))
            }
            _ => Err(self.not_subscriptable(base)),
        }
    }

    pub(super) fn set_slice(&mut self, base: &Value, bounds: Bounds, items: Vec<Value>) -> R<()> {
        let Value::List(id) = base else {
            return Err(Fault::type_error(format!(
                "'{}' object does not support item assignment",
                type_name(self.heap, base)
            )));
        };
        let len = self.heap.list(*id).len();
        let indices = bounds.indices(len);
        let (start, stop, step) = bounds.resolve(len);
        if items.len() > self.heap.remaining() {
            return Err(Fault::limit(LimitKind::Memory));
        }
        let list = self.heap.list_mut(*id, &items);
        if step == 1 {
            let (start, stop) = (start as usize, stop.max(start) as usize);
            list.splice(start..stop, items);
        } else if items.is_empty() {
            let mut at = 0;
            list.retain(|_| {
                at += 1;
                !indices.contains(&(at - 1))
            });
        } else if items.len() == indices.len() {
            for (i, item) in indices.into_iter().zip(items) {
                list[i] = item;
            }
        } else {
            return Err(Fault::value_error(format!(
                "attempt to assign sequence of size {} to extended slice of size {}",
                items.len(),
                indices.len()
            )));
        }
        Ok(())
    }
}
