//! Comparison of values, sorting, and comparison of the states of two heaps.

use crate::error::{Fault, LimitKind, R};
use crate::hash::{canonical_text, touched};
use crate::heap::{Container, Heap};
use crate::text;
use crate::value::{Key, Value, key_eq, number_cmp};
use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

const MAX_DEPTH: usize = 400;

/// `a == b`.
pub(crate) fn equal(heap: &Heap, a: &Value, b: &Value) -> R<bool> {
    equal_at(heap, a, b, 0)
}

fn equal_at(heap: &Heap, a: &Value, b: &Value, depth: usize) -> R<bool> {
    if depth > MAX_DEPTH {
        return Err(Fault::limit(LimitKind::DataDepth));
    }
    let items = |x: &[Value], y: &[Value]| -> R<bool> {
        if x.len() != y.len() {
            return Ok(false);
        }
        for (p, q) in x.iter().zip(y) {
            if !(p.is(q) || equal_at(heap, p, q, depth + 1)?) {
                return Ok(false);
            }
        }
        Ok(true)
    };
    match (a, b) {
        (Value::Str(x), Value::Str(y)) => Ok(Arc::ptr_eq(x, y) || x == y),
        (Value::List(x), Value::List(y)) => Ok(x == y || items(heap.list(*x), heap.list(*y))?),
        (Value::Tuple(x), Value::Tuple(y)) => items(&x.items, &y.items),
        (Value::Dict(x), Value::Dict(y)) => {
            if x == y {
                return Ok(true);
            }
            let (x, y) = (heap.dict(*x), heap.dict(*y));
            if x.len() != y.len() {
                return Ok(false);
            }
            for (key, p) in x {
                match y.get(key) {
                    Some(q) if p.is(q) || equal_at(heap, p, q, depth + 1)? => {}
                    _ => return Ok(false),
                }
            }
            Ok(true)
        }
        (Value::Set(x), Value::Set(y)) => {
            let (x, y) = (heap.set(*x), heap.set(*y));
            Ok(x.len() == y.len() && x.iter().all(|k| y.contains(k)))
        }
        (Value::Member(class, index), Value::Str(_)) if heap.is_str_enum(*class) => {
            equal_at(heap, &heap.member_value(*class, *index), b, depth)
        }
        (Value::Str(_), Value::Member(..)) => equal_at(heap, b, a, depth),
        (Value::Float(x), Value::Float(y)) => Ok(x == y),
        (x, y) if x.is_number() && y.is_number() => Ok(number_cmp(x, y) == Some(Ordering::Equal)),
        (x, y) => Ok(key_eq(x, y)),
    }
}

/// A comparison operator that orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrderOp {
    Lt,
    LtE,
    Gt,
    GtE,
}

impl OrderOp {
    fn symbol(self) -> &'static str {
        match self {
            OrderOp::Lt => "<",
            OrderOp::LtE => "<=",
            OrderOp::Gt => ">",
            OrderOp::GtE => ">=",
        }
    }

    fn holds(self, order: Ordering) -> bool {
        match self {
            OrderOp::Lt => order == Ordering::Less,
            OrderOp::LtE => order != Ordering::Greater,
            OrderOp::Gt => order == Ordering::Greater,
            OrderOp::GtE => order != Ordering::Less,
        }
    }
}

/// `a < b` and its kin.
pub(crate) fn ordered(heap: &Heap, op: OrderOp, a: &Value, b: &Value) -> R<bool> {
    ordered_at(heap, op, a, b, 0)
}

fn ordered_at(heap: &Heap, op: OrderOp, a: &Value, b: &Value, depth: usize) -> R<bool> {
    if depth > MAX_DEPTH {
        return Err(Fault::limit(LimitKind::DataDepth));
    }
    let items = |x: &[Value], y: &[Value]| -> R<bool> {
        for (p, q) in x.iter().zip(y) {
            if !(p.is(q) || equal(heap, p, q)?) {
                return ordered_at(heap, op, p, q, depth + 1);
            }
        }
        Ok(op.holds(x.len().cmp(&y.len())))
    };
    match (a, b) {
        (Value::Str(x), Value::Str(y)) => Ok(op.holds(x.cmp(y))),
        (Value::List(x), Value::List(y)) => items(heap.list(*x), heap.list(*y)),
        (Value::Tuple(x), Value::Tuple(y)) => items(&x.items, &y.items),
        (Value::Set(x), Value::Set(y)) => {
            let (x, y) = (heap.set(*x), heap.set(*y));
            let (small, large) = match op {
                OrderOp::Lt | OrderOp::LtE => (x, y),
                OrderOp::Gt | OrderOp::GtE => (y, x),
            };
            let proper = matches!(op, OrderOp::Lt | OrderOp::Gt);
            Ok(small.iter().all(|k| large.contains(k)) && (!proper || small.len() < large.len()))
        }
        (Value::DateTime(x), Value::DateTime(y))
        | (Value::Date(x), Value::Date(y))
        | (Value::Delta(x), Value::Delta(y)) => Ok(op.holds(x.cmp(y))),
        (Value::DateTime(_), Value::Date(_)) => {
            Err(Fault::type_error("can't compare datetime.datetime to datetime.date"))
        }
        (x, y) if x.is_number() && y.is_number() => {
            Ok(number_cmp(x, y).is_some_and(|o| op.holds(o)))
        }
        (x, y) => Err(Fault::type_error(format!(
            "'{}' not supported between instances of '{}' and '{}'",
            op.symbol(),
            text::type_name(heap, x),
            text::type_name(heap, y)
        ))),
    }
}

/// Sorts as `list.sort` does: stable, by `<` alone.
pub(crate) fn sort_values(heap: &Heap, values: &mut [Value], reverse: bool) -> R<()> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    sort_by_keys(heap, &mut order, values, reverse)?;
    let sorted: Vec<Value> = order.iter().map(|&i| values[i].clone()).collect();
    values.clone_from_slice(&sorted);
    Ok(())
}

/// Sorts positions by the keys they name. On an error, the one of the first failing comparison in
/// CPython's order for short runs: element 1 against element 0, and so on.
pub(crate) fn sort_by_keys(
    heap: &Heap,
    order: &mut Vec<usize>,
    keys: &[Value],
    reverse: bool,
) -> R<()> {
    if reverse {
        order.reverse();
    }
    if order.iter().all(|&i| matches!(keys[i], Value::Str(_))) {
        order.sort_by(|&a, &b| keys[a].as_str().cmp(&keys[b].as_str()));
    } else {
        // Neighbours first, as CPython's search for a run does: fixes which comparison fails first.
        for pair in order.windows(2) {
            ordered(heap, OrderOp::Lt, &keys[pair[1]], &keys[pair[0]])?;
        }
        let mut fault = None;
        merge_sort(order, &mut |a, b| match ordered(heap, OrderOp::Lt, &keys[a], &keys[b]) {
            Ok(less) => less,
            Err(error) => {
                fault.get_or_insert(error);
                false
            }
        });
        if let Some(fault) = fault {
            return Err(fault);
        }
    }
    if reverse {
        order.reverse();
    }
    Ok(())
}

/// A stable merge sort that tolerates an inconsistent order (NaN), where `slice::sort_by` may panic.
fn merge_sort(order: &mut Vec<usize>, less: &mut impl FnMut(usize, usize) -> bool) {
    let n = order.len();
    let mut from = order.clone();
    let mut width = 1;
    while width < n {
        let mut merged = Vec::with_capacity(n);
        for start in (0..n).step_by(2 * width) {
            let middle = (start + width).min(n);
            let end = (start + 2 * width).min(n);
            let (mut i, mut j) = (start, middle);
            while i < middle && j < end {
                if less(from[j], from[i]) {
                    merged.push(from[j]);
                    j += 1;
                } else {
                    merged.push(from[i]);
                    i += 1;
                }
            }
            merged.extend_from_slice(&from[i..middle]);
            merged.extend_from_slice(&from[j..end]);
        }
        from = merged;
        width *= 2;
    }
    *order = from;
}

/// A place where two states differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Dict keys (as `str`) and list positions from the root.
    pub path: Vec<String>,
    /// This heap's value as JSON; `None` where it has nothing.
    pub ours: Option<String>,
    /// The other heap's value as JSON; `None` where it has nothing.
    pub theirs: Option<String>,
}

impl Heap {
    /// Whether both states have the same v1 hash; looks only at what either heap has touched.
    /// Heaps on different bases are compared by their hashes.
    pub fn same_state(&self, other: &Heap) -> bool {
        if !Arc::ptr_eq(&self.base, &other.base) {
            return self.state_hash() == other.state_hash();
        }
        let pair = Pair::new(self, other);
        pair.same(&self.root(), &other.root(), 0)
    }

    /// Where the states differ, in this heap's order.
    pub fn differences(&self, other: &Heap) -> Vec<Difference> {
        let pair = Pair::new(self, other);
        let mut found = Vec::new();
        pair.collect(&self.root(), &other.root(), &mut Vec::new(), &mut found);
        found
    }

    fn json_or_repr(&self, value: &Value) -> String {
        self.json_dumps(value).unwrap_or_else(|_| self.repr(value))
    }
}

struct Pair<'h> {
    ours: &'h Heap,
    theirs: &'h Heap,
    shared: bool,
    touched: HashSet<Container>,
}

impl<'h> Pair<'h> {
    fn new(ours: &'h Heap, theirs: &'h Heap) -> Pair<'h> {
        let shared = Arc::ptr_eq(&ours.base, &theirs.base);
        let mut all = touched(ours);
        all.extend(touched(theirs));
        Pair { ours, theirs, shared, touched: all }
    }

    /// The same untouched container of the common base.
    fn untouched(&self, a: &Value, b: &Value) -> bool {
        self.shared
            && match (a, b) {
                (Value::List(x), Value::List(y)) => {
                    x == y
                        && self.ours.lists.is_base(*x)
                        && !self.touched.contains(&Container::List(*x))
                }
                (Value::Dict(x), Value::Dict(y)) => {
                    x == y
                        && self.ours.dicts.is_base(*x)
                        && !self.touched.contains(&Container::Dict(*x))
                }
                _ => false,
            }
    }

    fn same(&self, a: &Value, b: &Value, depth: usize) -> bool {
        if self.untouched(a, b) {
            return true;
        }
        match (a, b) {
            _ if depth > MAX_DEPTH => false,
            (Value::Dict(x), Value::Dict(y)) => {
                let (x, y) = (self.ours.dict(*x), self.theirs.dict(*y));
                if !all_str(x.keys()) || !all_str(y.keys()) {
                    return self.same_text(a, b);
                }
                x.len() == y.len()
                    && x.iter().all(|(k, p)| y.get(k).is_some_and(|q| self.same(p, q, depth + 1)))
            }
            (Value::List(x), Value::List(y)) => {
                let (x, y) = (self.ours.list(*x), self.theirs.list(*y));
                x.len() == y.len() && x.iter().zip(y).all(|(p, q)| self.same(p, q, depth + 1))
            }
            (Value::Str(x), Value::Str(y)) => Arc::ptr_eq(x, y) || x == y,
            (Value::Int(x), Value::Int(y)) => x == y,
            (Value::Bool(x), Value::Bool(y)) => x == y,
            (Value::None, Value::None) => true,
            (Value::Float(x), Value::Float(y)) => {
                x.to_bits() == y.to_bits() || (x.is_nan() && y.is_nan())
            }
            // Everything else (a dict against a list, tuples, sets, dates) as the hash sees it.
            _ => self.same_text(a, b),
        }
    }

    fn same_text(&self, a: &Value, b: &Value) -> bool {
        match (canonical_text(self.ours, a), canonical_text(self.theirs, b)) {
            (Ok(x), Ok(y)) => x == y,
            _ => false,
        }
    }

    fn collect(&self, a: &Value, b: &Value, path: &mut Vec<String>, found: &mut Vec<Difference>) {
        if self.untouched(a, b) || path.len() > MAX_DEPTH {
            return;
        }
        match (a, b) {
            (Value::Dict(x), Value::Dict(y)) => {
                let (x, y) = (self.ours.dict(*x), self.theirs.dict(*y));
                for (key, p) in x {
                    path.push(self.ours.str(key.value()));
                    match y.get(key) {
                        Some(q) => self.collect(p, q, path, found),
                        None => found.push(self.difference(path, Some(p), None)),
                    }
                    path.pop();
                }
                for (key, q) in y.iter().filter(|(key, _)| !x.contains_key(*key)) {
                    path.push(self.theirs.str(key.value()));
                    found.push(self.difference(path, None, Some(q)));
                    path.pop();
                }
            }
            (Value::List(x), Value::List(y)) => {
                let (x, y) = (self.ours.list(*x), self.theirs.list(*y));
                for i in 0..x.len().max(y.len()) {
                    path.push(i.to_string());
                    match (x.get(i), y.get(i)) {
                        (Some(p), Some(q)) => self.collect(p, q, path, found),
                        (p, q) => found.push(self.difference(path, p, q)),
                    }
                    path.pop();
                }
            }
            _ if self.same(a, b, path.len()) => {}
            _ => found.push(self.difference(path, Some(a), Some(b))),
        }
    }

    fn difference(&self, path: &[String], a: Option<&Value>, b: Option<&Value>) -> Difference {
        Difference {
            path: path.to_vec(),
            ours: a.map(|v| self.ours.json_or_repr(v)),
            theirs: b.map(|v| self.theirs.json_or_repr(v)),
        }
    }
}

fn all_str<'k>(mut keys: impl Iterator<Item = &'k Key>) -> bool {
    keys.all(|k| k.value().as_str().is_some())
}
