//! Iterators.

use super::{Object, Vm};
use crate::code::{Closure, Comp};
use crate::error::{ExcKind, Fault, R};
use crate::text::type_name;
use crate::value::{Tuple, Value};
use std::sync::Arc;

/// Which view of a dict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    Keys,
    Values,
    Items,
}

#[derive(Clone, Debug)]
pub(crate) enum Iter {
    List(u32, usize),
    Tuple(Arc<Tuple>, usize),
    Str(Arc<str>, usize),
    /// Dict, view, position, length at the start.
    Dict(u32, View, usize, usize),
    /// Set, position, length at the start.
    Set(u32, usize, usize),
    Range(i64, i64, i64),
    Reversed(u32, usize),
    Members(u32, u32),
    Enumerate(Box<Iter>, i64),
    Zip(Vec<Iter>),
    Map(Value, Vec<Iter>),
    Filter(Value, Box<Iter>),
    /// Another iterator object, advanced for both.
    Shared(u32),
    Generator(Box<Generator>),
}

/// A generator expression between two elements.
#[derive(Clone, Debug)]
pub(crate) struct Generator {
    pub closure: Arc<Closure>,
    pub frame: Vec<Value>,
    pub iters: Vec<Iter>,
    pub started: bool,
}

impl Iter {
    pub fn type_name(&self) -> &'static str {
        match self {
            Iter::List(..) => "list_iterator",
            Iter::Reversed(..) => "list_reverseiterator",
            Iter::Tuple(..) => "tuple_iterator",
            Iter::Str(..) => "str_iterator",
            Iter::Dict(_, View::Keys, ..) => "dict_keyiterator",
            Iter::Dict(_, View::Values, ..) => "dict_valueiterator",
            Iter::Dict(..) => "dict_itemiterator",
            Iter::Set(..) => "set_iterator",
            Iter::Range(..) => "range_iterator",
            Iter::Enumerate(..) => "enumerate",
            Iter::Zip(..) => "zip",
            Iter::Map(..) => "map",
            Iter::Filter(..) => "filter",
            Iter::Members(..) | Iter::Shared(_) | Iter::Generator(_) => "generator",
        }
    }
}

pub(crate) fn range_len(start: i64, stop: i64, step: i64) -> i64 {
    let (a, b, s) = (start as i128, stop as i128, step as i128);
    let n = if s > 0 { (b - a + s - 1) / s } else { (a - b - s - 1) / -s };
    n.clamp(0, i64::MAX as i128) as i64
}

impl Vm<'_> {
    /// `iter(value)`.
    pub fn iter(&mut self, value: &Value) -> R<Iter> {
        Ok(match value {
            Value::List(id) => Iter::List(*id, 0),
            Value::Tuple(t) => Iter::Tuple(t.clone(), 0),
            Value::Str(s) => Iter::Str(s.clone(), 0),
            Value::Dict(id) => Iter::Dict(*id, View::Keys, 0, self.heap.dict(*id).len()),
            Value::Set(id) => Iter::Set(*id, 0, self.heap.set(*id).len()),
            Value::Class(class) if self.class_members(*class).is_some() => Iter::Members(*class, 0),
            Value::Object(id) => match &self.heap.objects[*id as usize] {
                Object::Range(a, b, step) => Iter::Range(*a, *b, *step),
                Object::View(dict, view) => {
                    Iter::Dict(*dict, *view, 0, self.heap.dict(*dict).len())
                }
                Object::Iter(_) | Object::Busy => Iter::Shared(*id),
                _ => return Err(self.not_iterable(value)),
            },
            _ => return Err(self.not_iterable(value)),
        })
    }

    fn not_iterable(&self, value: &Value) -> Fault {
        Fault::type_error(format!("'{}' object is not iterable", type_name(self.heap, value)))
    }

    pub fn next(&mut self, iter: &mut Iter) -> R<Option<Value>> {
        match iter {
            Iter::List(id, at) => {
                let item = self.heap.list(*id).get(*at).cloned();
                *at += 1;
                Ok(item)
            }
            Iter::Tuple(t, at) => {
                let item = t.items.get(*at).cloned();
                *at += 1;
                Ok(item)
            }
            Iter::Str(s, at) => match s[*at..].chars().next() {
                None => Ok(None),
                Some(c) => {
                    *at += c.len_utf8();
                    self.heap.charge(16)?;
                    Ok(Some(Value::str(c.encode_utf8(&mut [0; 4]) as &str)))
                }
            },
            Iter::Dict(id, view, at, len) => {
                let dict = self.heap.dict(*id);
                if dict.len() != *len {
                    return Err(Fault::text(
                        ExcKind::RuntimeError,
                        "dictionary changed size during iteration",
                    ));
                }
                let Some((key, value)) = dict.get_index(*at) else { return Ok(None) };
                *at += 1;
                match view {
                    View::Keys => Ok(Some(key.0.clone())),
                    View::Values => Ok(Some(value.clone())),
                    View::Items => {
                        let pair = vec![key.0.clone(), value.clone()];
                        self.heap.new_tuple(pair).map(Some)
                    }
                }
            }
            Iter::Set(id, at, len) => {
                if self.heap.set(*id).len() != *len {
                    return Err(Fault::text(
                        ExcKind::RuntimeError,
                        "Set changed size during iteration",
                    ));
                }
                let item = self.heap.set(*id).get_index(*at).map(|k| k.0.clone());
                *at += 1;
                Ok(item)
            }
            Iter::Range(at, stop, step) => {
                if (*step > 0 && *at >= *stop) || (*step < 0 && *at <= *stop) {
                    return Ok(None);
                }
                let value = *at;
                *at = at.saturating_add(*step);
                Ok(Some(Value::Int(value)))
            }
            Iter::Reversed(id, left) => {
                if *left == 0 {
                    return Ok(None);
                }
                *left -= 1;
                Ok(self.heap.list(*id).get(*left).cloned())
            }
            Iter::Members(class, at) => {
                let count = self.class_members(*class).map_or(0, <[_]>::len) as u32;
                *at += 1;
                Ok((*at <= count).then(|| Value::Member(*class, *at - 1)))
            }
            Iter::Enumerate(inner, n) => match self.next(inner)? {
                None => Ok(None),
                Some(value) => {
                    *n += 1;
                    let pair = vec![Value::Int(*n - 1), value];
                    self.heap.new_tuple(pair).map(Some)
                }
            },
            Iter::Zip(iters) => {
                let mut items = Vec::with_capacity(iters.len());
                for iter in iters.iter_mut() {
                    match self.next(iter)? {
                        Some(value) => items.push(value),
                        None => return Ok(None),
                    }
                }
                if items.is_empty() {
                    return Ok(None);
                }
                self.heap.new_tuple(items).map(Some)
            }
            Iter::Map(func, iters) => {
                let mut items = Vec::with_capacity(iters.len());
                for iter in iters.iter_mut() {
                    match self.next(iter)? {
                        Some(value) => items.push(value),
                        None => return Ok(None),
                    }
                }
                let func = func.clone();
                self.call_value(&func, items, Vec::new()).map(Some)
            }
            Iter::Filter(func, inner) => loop {
                self.step(1)?;
                let Some(value) = self.next(inner)? else { return Ok(None) };
                let keep = match &*func {
                    Value::None => self.truth(&value),
                    func => {
                        let verdict =
                            self.call_value(&func.clone(), vec![value.clone()], Vec::new())?;
                        self.truth(&verdict)
                    }
                };
                if keep {
                    return Ok(Some(value));
                }
            },
            Iter::Shared(id) => {
                let id = *id as usize;
                match std::mem::replace(&mut self.heap.objects[id], Object::Busy) {
                    Object::Iter(mut inner) => {
                        self.heap.note_escape();
                        let value = self.deeper(|vm| vm.next(&mut inner));
                        self.heap.objects[id] = Object::Iter(inner);
                        value
                    }
                    other => {
                        self.heap.objects[id] = other;
                        Err(Fault::value_error("generator already executing"))
                    }
                }
            }
            Iter::Generator(generator) => self.deeper(|vm| vm.advance(generator)),
        }
    }

    /// The next element of a generator expression.
    fn advance(&mut self, g: &mut Generator) -> R<Option<Value>> {
        let closure = g.closure.clone();
        let Some(comp) = &closure.generator else { return Ok(None) };
        let base = std::mem::replace(&mut self.base, self.stack.len());
        self.stack.append(&mut g.frame);
        let result = self.advance_in_frame(g, comp);
        g.frame = self.stack.split_off(self.base);
        self.base = base;
        if !matches!(result, Ok(Some(_))) {
            g.iters.clear();
            g.started = true;
        }
        result
    }

    fn advance_in_frame(&mut self, g: &mut Generator, comp: &Comp) -> R<Option<Value>> {
        if !g.started {
            g.started = true;
            let Some(clause) = comp.clauses.first() else { return Ok(None) };
            let first = self.iter_expr(&clause.iter)?;
            g.iters.push(first);
        }
        loop {
            self.step(1)?;
            let Some(level) = g.iters.len().checked_sub(1) else { return Ok(None) };
            let Some(value) = self.next(&mut g.iters[level])? else {
                g.iters.pop();
                continue;
            };
            let clause = &comp.clauses[level];
            self.assign(&clause.target, value)?;
            let mut keep = true;
            for condition in &clause.conditions {
                if !self.test(condition)? {
                    keep = false;
                    break;
                }
            }
            if !keep {
                continue;
            }
            match comp.clauses.get(level + 1) {
                Some(next) => {
                    let iter = self.iter_expr(&next.iter)?;
                    g.iters.push(iter);
                }
                None => return self.eval(&comp.element).map(Some),
            }
        }
    }

    /// `list(value)` without making a list object.
    pub fn collect(&mut self, value: &Value) -> R<Vec<Value>> {
        match value {
            Value::List(id) => {
                self.heap.charge(self.heap.list(*id).len() * crate::heap::ITEM_BYTES)?;
                Ok(self.heap.list(*id).clone())
            }
            Value::Tuple(t) => {
                self.heap.charge(t.items.len() * crate::heap::ITEM_BYTES)?;
                Ok(t.items.to_vec())
            }
            other => {
                let mut iter = self.iter(other)?;
                let mut items = Vec::new();
                while let Some(item) = self.next(&mut iter)? {
                    self.step(1)?;
                    self.heap.charge(crate::heap::ITEM_BYTES)?;
                    items.push(item);
                }
                Ok(items)
            }
        }
    }
}
