//! Python values.
//!
//! Immutable values (numbers, strings, tuples, dates) are held directly; everything that has an
//! identity a program can observe (lists, dicts, sets, closures, iterators, exceptions) lives in a
//! [`Heap`](crate::Heap) and is named here by its number, so that Python's reference semantics hold
//! and a value is cheap to copy and never dropped recursively.

use ahash::AHasher;
use indexmap::{Equivalent, IndexMap, IndexSet};
use num_bigint::BigInt;
use num_traits::{FromPrimitive, ToPrimitive};
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::sync::Arc;

use crate::builtins::{Builtin, Method, ModuleId, TypeId};
use crate::error::ExcClass;

/// How deep tuples may be nested: they are the only values that hold others directly.
pub(crate) const MAX_TUPLE_DEPTH: u32 = 200;

/// A Python value. References (`List`, `Dict`, `Set`, `Object`) are only meaningful together with
/// the heap they came from.
///
/// The tag takes a whole word: values are then copied in words, where a small payload beside a
/// one-byte tag costs the copy in pieces and a stall on the next read (a factor of two overall).
#[derive(Clone, Debug)]
#[repr(u64)]
pub enum Value {
    /// A variable that has not been assigned yet; no expression evaluates to it.
    #[doc(hidden)]
    Unset,
    /// `None`
    None,
    /// `...`
    Ellipsis,
    /// `True` or `False`
    Bool(bool),
    /// An integer that fits 64 bits.
    Int(i64),
    /// Any other integer.
    Big(Arc<BigInt>),
    /// A float.
    Float(f64),
    /// A string. Lone surrogates are held as the last 2,048 code points of plane 16.
    Str(Arc<str>),
    /// A tuple.
    Tuple(Arc<Tuple>),
    /// A list of the heap.
    List(u32),
    /// A dict of the heap.
    Dict(u32),
    /// A set of the heap.
    Set(u32),
    /// Anything else that lives in the heap: closures, iterators, exceptions, bound methods.
    #[doc(hidden)]
    Object(u32),
    /// A `datetime.datetime` without zone: microseconds since 0001-01-01.
    DateTime(i64),
    /// A `datetime.date`: days since 0001-01-01.
    Date(i64),
    /// A `datetime.timedelta` in microseconds.
    Delta(i64),
    /// A module-level function or a static method of the program.
    #[doc(hidden)]
    Function(u32),
    /// A class of the program.
    #[doc(hidden)]
    Class(u32),
    /// A member of an `Enum` class of the program: class number, member number.
    #[doc(hidden)]
    Member(u32, u32),
    /// A built-in function.
    #[doc(hidden)]
    Builtin(Builtin),
    /// A method of `str` as a function.
    #[doc(hidden)]
    StrMethod(Method),
    /// A built-in type.
    #[doc(hidden)]
    Type(TypeId),
    /// An exception class.
    #[doc(hidden)]
    ExcType(ExcClass),
    /// An imported module that this crate implements.
    #[doc(hidden)]
    Module(ModuleId),
}

/// The items of a tuple.
#[derive(Debug)]
pub struct Tuple {
    /// The items.
    pub items: Box<[Value]>,
    pub(crate) depth: u32,
}

impl Value {
    /// A string value.
    pub fn str(text: impl Into<Arc<str>>) -> Value {
        Value::Str(text.into())
    }

    /// A tuple without regard to nesting; use only where the depth of `items` is bounded.
    pub(crate) fn tuple(items: impl Into<Box<[Value]>>) -> Value {
        let items = items.into();
        let depth = 1 + items.iter().map(Value::depth).max().unwrap_or(0);
        Value::Tuple(Arc::new(Tuple { items, depth }))
    }

    pub(crate) fn depth(&self) -> u32 {
        match self {
            Value::Tuple(tuple) => tuple.depth,
            _ => 0,
        }
    }

    /// An integer value, small when it fits.
    pub fn big(number: BigInt) -> Value {
        match number.to_i64() {
            Some(small) => Value::Int(small),
            None => Value::Big(Arc::new(number)),
        }
    }

    /// The text of a string value.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The integer behind an `int` or a `bool`.
    pub(crate) fn as_bigint(&self) -> Option<BigInt> {
        match self {
            Value::Bool(b) => Some(BigInt::from(*b as i64)),
            Value::Int(i) => Some(BigInt::from(*i)),
            Value::Big(b) => Some((**b).clone()),
            _ => None,
        }
    }

    /// The small integer behind an `int` or a `bool`.
    pub(crate) fn as_index(&self) -> Option<i64> {
        match self {
            Value::Bool(b) => Some(*b as i64),
            Value::Int(i) => Some(*i),
            _ => None,
        }
    }

    pub(crate) fn is_number(&self) -> bool {
        matches!(self, Value::Bool(_) | Value::Int(_) | Value::Big(_) | Value::Float(_))
    }

    /// `a is b`.
    pub(crate) fn is(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::None, Value::None) | (Value::Ellipsis, Value::Ellipsis) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::Big(a), Value::Big(b)) => Arc::ptr_eq(a, b),
            (Value::Str(a), Value::Str(b)) => Arc::ptr_eq(a, b) || a == b,
            (Value::Tuple(a), Value::Tuple(b)) => {
                Arc::ptr_eq(a, b) || (a.items.is_empty() && b.items.is_empty())
            }
            (Value::List(a), Value::List(b))
            | (Value::Dict(a), Value::Dict(b))
            | (Value::Set(a), Value::Set(b))
            | (Value::Object(a), Value::Object(b))
            | (Value::Function(a), Value::Function(b))
            | (Value::Class(a), Value::Class(b)) => a == b,
            (Value::DateTime(a), Value::DateTime(b))
            | (Value::Date(a), Value::Date(b))
            | (Value::Delta(a), Value::Delta(b)) => a == b,
            (Value::Member(a, i), Value::Member(b, j)) => a == b && i == j,
            (Value::Builtin(a), Value::Builtin(b)) => a == b,
            (Value::Type(a), Value::Type(b)) => a == b,
            (Value::StrMethod(a), Value::StrMethod(b)) => a == b,
            (Value::ExcType(a), Value::ExcType(b)) => a == b,
            (Value::Module(a), Value::Module(b)) => a == b,
            _ => false,
        }
    }
}

/// Compares two numbers as Python does: exactly, across int and float.
pub(crate) fn number_cmp(a: &Value, b: &Value) -> Option<std::cmp::Ordering> {
    use Value::*;
    match (a, b) {
        (Int(x), Int(y)) => Some(x.cmp(y)),
        (Float(x), Float(y)) => x.partial_cmp(y),
        (Bool(x), y) => number_cmp(&Int(*x as i64), y),
        (x, Bool(y)) => number_cmp(x, &Int(*y as i64)),
        (Float(x), y) => number_cmp(y, &Float(*x)).map(std::cmp::Ordering::reverse),
        (Int(x), Float(y)) if x.unsigned_abs() < (1 << 53) => (*x as f64).partial_cmp(y),
        (x, Float(y)) => {
            if y.is_nan() {
                return Option::None;
            }
            if y.is_infinite() {
                return Some(if *y > 0.0 {
                    std::cmp::Ordering::Less
                } else {
                    std::cmp::Ordering::Greater
                });
            }
            let whole = BigInt::from_f64(y.trunc())?;
            let order = x.as_bigint()?.cmp(&whole);
            Some(
                order.then_with(|| {
                    0.0f64.partial_cmp(&y.fract()).unwrap_or(std::cmp::Ordering::Equal)
                }),
            )
        }
        (x, y) => Some(x.as_bigint()?.cmp(&y.as_bigint()?)),
    }
}

/// A value known to be hashable, with Python's equality: `1 == 1.0 == True`.
#[derive(Clone, Debug)]
pub struct Key(pub(crate) Value);

impl Key {
    /// The value.
    pub fn value(&self) -> &Value {
        &self.0
    }
}

/// Looks up a string key without making a value of it.
pub(crate) struct StrKey<'a>(pub &'a str);

impl Hash for StrKey<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl Equivalent<Key> for StrKey<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        matches!(&key.0, Value::Str(text) if **text == *self.0)
    }
}

/// Looks up any hashable value without cloning it.
pub(crate) struct ValueKey<'a>(pub &'a Value);

impl Hash for ValueKey<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_value(self.0, state);
    }
}

impl Equivalent<Key> for ValueKey<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        key_eq(self.0, &key.0)
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_value(&self.0, state);
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        key_eq(&self.0, &other.0)
    }
}

impl Eq for Key {}

fn hash_value<H: Hasher>(value: &Value, state: &mut H) {
    match value {
        Value::Str(text) => text.hash(state),
        Value::Bool(b) => state.write_i64(*b as i64),
        Value::Int(i) => state.write_i64(*i),
        Value::Big(b) => b.hash(state),
        Value::Float(f) => {
            if *f == f.trunc() && f.abs() < 9.0e18 {
                state.write_i64(*f as i64);
            } else if f.is_finite() && *f == f.trunc() {
                BigInt::from_f64(*f).unwrap_or_default().hash(state);
            } else {
                state.write_u64(f.to_bits());
            }
        }
        Value::Tuple(tuple) => {
            state.write_usize(tuple.items.len());
            for item in tuple.items.iter() {
                hash_value(item, state);
            }
        }
        Value::Object(id) | Value::Function(id) | Value::Class(id) => state.write_u32(*id),
        Value::Member(a, b) => {
            state.write_u32(*a);
            state.write_u32(*b);
        }
        Value::DateTime(n) | Value::Date(n) | Value::Delta(n) => state.write_i64(*n),
        _ => state.write_u8(0),
    }
}

/// Equality of hashable values; needs no heap because no hashable value holds a container.
pub(crate) fn key_eq(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Str(x), Value::Str(y)) => Arc::ptr_eq(x, y) || x == y,
        (Value::Tuple(x), Value::Tuple(y)) => {
            x.items.len() == y.items.len()
                && x.items.iter().zip(y.items.iter()).all(|(p, q)| key_eq(p, q))
        }
        (x, y) if x.is_number() && y.is_number() => {
            x.is(y) || number_cmp(x, y) == Some(std::cmp::Ordering::Equal)
        }
        (x, y) => x.is(y),
    }
}

pub(crate) type FixedState = BuildHasherDefault<AHasher>;
/// A dict's entries in insertion order.
pub type Map = IndexMap<Key, Value, FixedState>;
/// A set's elements; iteration is in insertion order (CPython's order is arbitrary).
pub type Elements = IndexSet<Key, FixedState>;

pub(crate) fn map_get<'m>(map: &'m Map, key: &str) -> Option<&'m Value> {
    map.get(&StrKey(key))
}

const SURROGATE_BASE: u32 = 0x10_F800;

/// The stand-in character for a lone surrogate (U+D800 to U+DFFF).
pub(crate) fn surrogate_char(code: u32) -> char {
    char::from_u32(SURROGATE_BASE + (code - 0xD800)).unwrap_or('\u{FFFD}')
}

/// The code point Python would report: undoes [`surrogate_char`].
pub(crate) fn code_point(c: char) -> u32 {
    let code = c as u32;
    if code >= SURROGATE_BASE { code - SURROGATE_BASE + 0xD800 } else { code }
}
