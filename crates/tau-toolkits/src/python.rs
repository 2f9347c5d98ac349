//! Python's operations on values whose type nobody checked, with the texts of what cannot be done.
//!
//! Arguments reach upstream's tools as the model wrote them. A wrong type is found where it is first used,
//! and that operation's message is what the model reads.

use std::cmp::Ordering;
use std::fmt::Write;
use std::sync::Arc;

use tau_python::exact;

use crate::raised::{Kind, Raised};
use crate::value::Value;

/// `type(value).__name__`
pub fn type_name(value: &Value) -> &'static str {
    match value {
        Value::None => "NoneType",
        Value::Bool(_) => "bool",
        Value::Int(_) => "int",
        Value::Float(_) => "float",
        Value::Str(_) => "str",
        Value::List(_) => "list",
        Value::Dict(_) => "dict",
        Value::Model(model) => model.class.name,
        Value::Member(class, _) => class.name,
        Value::Date(_) => "datetime.date",
        Value::DateTime(_) => "datetime.datetime",
    }
}

/// `str(value)`, which is what an f-string shows.
pub fn str_of(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Str(text) => out.push_str(text),
        Value::Member(class, number) => {
            let _ = write!(out, "{}.{}", class.name, class.members[*number].0);
        }
        Value::Date(date) => {
            let _ = write!(out, "{date}");
        }
        Value::DateTime(time) => {
            let _ = write!(out, "{time}");
        }
        Value::Model(model) => {
            push_fields(&mut out, model, " ");
        }
        other => push_repr(&mut out, other),
    }
    out
}

/// `repr(value)`
pub fn repr_of(value: &Value) -> String {
    let mut out = String::new();
    push_repr(&mut out, value);
    out
}

fn push_repr(out: &mut String, value: &Value) {
    let _ = match value {
        Value::None => out.write_str("None"),
        Value::Bool(true) => out.write_str("True"),
        Value::Bool(false) => out.write_str("False"),
        Value::Int(number) => write!(out, "{number}"),
        Value::Float(number) => {
            exact::push_float(out, *number);
            Ok(())
        }
        Value::Str(text) => {
            exact::push_str_repr(out, text);
            Ok(())
        }
        Value::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                push_repr(out, item);
            }
            out.write_char(']')
        }
        Value::Dict(entries) => {
            out.push('{');
            for (i, (key, item)) in entries.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                exact::push_str_repr(out, key);
                out.push_str(": ");
                push_repr(out, item);
            }
            out.write_char('}')
        }
        Value::Model(model) => {
            out.push_str(model.class.name);
            out.push('(');
            push_fields(out, model, ", ");
            out.write_char(')')
        }
        Value::Member(class, number) => {
            let (name, word) = class.members[*number];
            let _ = write!(out, "<{}.{name}: ", class.name);
            exact::push_str_repr(out, word);
            out.write_char('>')
        }
        Value::Date(date) => {
            write!(out, "datetime.date({}, {}, {})", date.year, date.month, date.day)
        }
        Value::DateTime(time) => {
            let date = time.date;
            let _ = write!(
                out,
                "datetime.datetime({}, {}, {}, {}, {}",
                date.year, date.month, date.day, time.hour, time.minute
            );
            if time.second > 0 || time.microsecond > 0 {
                let _ = write!(out, ", {}", time.second);
            }
            if time.microsecond > 0 {
                let _ = write!(out, ", {}", time.microsecond);
            }
            out.write_char(')')
        }
    };
}

fn push_fields(out: &mut String, model: &crate::value::Model, between: &str) {
    for (i, (field, value)) in model.class.fields.iter().zip(&model.fields).enumerate() {
        out.push_str(if i > 0 { between } else { "" });
        out.push_str(field.name);
        out.push('=');
        push_repr(out, value);
    }
}

/// `bool(value)`
pub fn truthy(value: &Value) -> bool {
    match value {
        Value::None => false,
        Value::Bool(b) => *b,
        Value::Int(number) => *number != 0,
        Value::Float(number) => *number != 0.0,
        Value::List(items) => !items.is_empty(),
        Value::Dict(entries) => !entries.is_empty(),
        Value::Model(_) | Value::Date(_) | Value::DateTime(_) => true,
        Value::Str(_) | Value::Member(..) => value.as_str().is_some_and(|text| !text.is_empty()),
    }
}

/// `a == b`: numbers across types, the order of keys ignored.
pub fn equal(a: &Value, b: &Value) -> bool {
    if let (Some(a), Some(b)) = (a.as_str(), b.as_str()) {
        return a == b;
    }
    match (a, b) {
        (Value::None, Value::None) => true,
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| equal(a, b))
        }
        (Value::Dict(a), Value::Dict(b)) => {
            let same = |(key, item)| b.get(key).is_some_and(|other| equal(item, other));
            a.len() == b.len() && a.iter().all(same)
        }
        (Value::Model(a), Value::Model(b)) => {
            std::ptr::eq(a.class, b.class)
                && a.fields.iter().zip(&b.fields).all(|(a, b)| equal(a, b))
        }
        (Value::Date(a), Value::Date(b)) => a == b,
        (Value::DateTime(a), Value::DateTime(b)) => a == b,
        _ => numbers(a, b).is_some_and(|order| order == Some(Ordering::Equal)),
    }
}

/// A number's exact value.
enum Number {
    Int(i128),
    Float(f64),
}

fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Bool(b) => Some(Number::Int(i128::from(*b))),
        Value::Int(number) => Some(Number::Int(*number)),
        Value::Float(number) => Some(Number::Float(*number)),
        _ => None,
    }
}

/// The order of two numbers; the outer `None` when one is no number, the inner for NaN.
fn numbers(a: &Value, b: &Value) -> Option<Option<Ordering>> {
    Some(match (number(a)?, number(b)?) {
        (Number::Int(a), Number::Int(b)) => Some(a.cmp(&b)),
        (Number::Float(a), Number::Float(b)) => a.partial_cmp(&b),
        (Number::Int(a), Number::Float(b)) => int_and_float(a, b),
        (Number::Float(a), Number::Int(b)) => int_and_float(b, a).map(Ordering::reverse),
    })
}

fn int_and_float(whole: i128, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    // Every float beyond is larger than any i128; within, its whole part is exact.
    if float >= 2f64.powi(127) {
        return Some(Ordering::Less);
    }
    if float < -(2f64.powi(127)) {
        return Some(Ordering::Greater);
    }
    let order = whole.cmp(&(float.trunc() as i128));
    Some(order.then_with(|| 0.0f64.partial_cmp(&float.fract()).unwrap_or(Ordering::Equal)))
}

fn order(a: &Value, b: &Value, symbol: &str) -> Result<Option<Ordering>, Raised> {
    if let (Some(a), Some(b)) = (a.as_str(), b.as_str()) {
        return Ok(Some(a.chars().cmp(b.chars())));
    }
    match (a, b) {
        (Value::List(a), Value::List(b)) => {
            for (a, b) in a.iter().zip(b.iter()) {
                if !equal(a, b) {
                    return order(a, b, symbol);
                }
            }
            Ok(Some(a.len().cmp(&b.len())))
        }
        (Value::Date(a), Value::Date(b)) => Ok(Some(a.cmp(b))),
        (Value::DateTime(a), Value::DateTime(b)) => Ok(Some(a.cmp(b))),
        _ => numbers(a, b).ok_or_else(|| {
            Raised::type_error(format!(
                "'{symbol}' not supported between instances of '{}' and '{}'",
                type_name(a),
                type_name(b)
            ))
        }),
    }
}

/// `a < b`
///
/// # Errors
/// A `TypeError` for types without an order.
pub fn less(a: &Value, b: &Value) -> Result<bool, Raised> {
    Ok(order(a, b, "<")? == Some(Ordering::Less))
}

/// `a > b`
///
/// # Errors
/// A `TypeError` for types without an order.
pub fn greater(a: &Value, b: &Value) -> Result<bool, Raised> {
    Ok(order(a, b, ">")? == Some(Ordering::Greater))
}

/// `a >= b`
///
/// # Errors
/// A `TypeError` for types without an order.
pub fn at_least(a: &Value, b: &Value) -> Result<bool, Raised> {
    Ok(matches!(order(a, b, ">=")?, Some(Ordering::Greater | Ordering::Equal)))
}

/// `a <= b`
///
/// # Errors
/// A `TypeError` for types without an order.
pub fn at_most(a: &Value, b: &Value) -> Result<bool, Raised> {
    Ok(matches!(order(a, b, "<=")?, Some(Ordering::Less | Ordering::Equal)))
}

/// `sorted(items)`
///
/// # Errors
/// A `TypeError` for types without an order, or for a value that cannot be walked through.
pub fn sorted(value: &Value) -> Result<Value, Raised> {
    let mut items = iterate(value)?;
    // Insertion from the left compares pairs as Python's sort of short lists does: (later, earlier).
    for i in 1..items.len() {
        let mut at = i;
        while at > 0 && less(&items[at], &items[at - 1])? {
            items.swap(at, at - 1);
            at -= 1;
        }
    }
    Ok(Value::list(items))
}

fn unsupported(symbol: &str, a: &Value, b: &Value) -> Raised {
    Raised::type_error(format!(
        "unsupported operand type(s) for {symbol}: '{}' and '{}'",
        type_name(a),
        type_name(b)
    ))
}

fn beyond() -> Raised {
    Raised::new(Kind::Limit, "the number is too large")
}

fn arithmetic(
    symbol: &str,
    a: &Value,
    b: &Value,
    whole: fn(i128, i128) -> Option<i128>,
    float: fn(f64, f64) -> f64,
) -> Result<Value, Raised> {
    let (Some(x), Some(y)) = (number(a), number(b)) else {
        return Err(unsupported(symbol, a, b));
    };
    Ok(match (x, y) {
        (Number::Int(x), Number::Int(y)) => Value::Int(whole(x, y).ok_or_else(beyond)?),
        (Number::Float(x), Number::Float(y)) => Value::Float(float(x, y)),
        (Number::Int(x), Number::Float(y)) => Value::Float(float(x as f64, y)),
        (Number::Float(x), Number::Int(y)) => Value::Float(float(x, y as f64)),
    })
}

/// `a + b`
///
/// # Errors
/// A `TypeError` for types that cannot be added.
pub fn add(a: &Value, b: &Value) -> Result<Value, Raised> {
    match (a, b) {
        (Value::Str(a), Value::Str(b)) => Ok(Value::str(format!("{a}{b}"))),
        (Value::Str(_), _) => Err(Raised::type_error(format!(
            "can only concatenate str (not \"{}\") to str",
            type_name(b)
        ))),
        (Value::List(a), Value::List(b)) => {
            Ok(Value::list(a.iter().chain(b.iter()).cloned().collect()))
        }
        (Value::List(_), _) => Err(Raised::type_error(format!(
            "can only concatenate list (not \"{}\") to list",
            type_name(b)
        ))),
        _ => arithmetic("+", a, b, i128::checked_add, |x, y| x + y),
    }
}

/// `a - b`
///
/// # Errors
/// A `TypeError` for what is no number.
pub fn subtract(a: &Value, b: &Value) -> Result<Value, Raised> {
    arithmetic("-", a, b, i128::checked_sub, |x, y| x - y)
}

/// `a += b` and `a -= b` name their symbol with the equals sign.
///
/// # Errors
/// A `TypeError` for what is no number.
pub fn add_assign(a: &Value, b: &Value) -> Result<Value, Raised> {
    match a {
        Value::Str(_) | Value::List(_) => add(a, b),
        _ => arithmetic("+=", a, b, i128::checked_add, |x, y| x + y),
    }
}

/// `a -= b`
///
/// # Errors
/// A `TypeError` for what is no number.
pub fn subtract_assign(a: &Value, b: &Value) -> Result<Value, Raised> {
    arithmetic("-=", a, b, i128::checked_sub, |x, y| x - y)
}

/// The most a repeated string or list may hold.
const MOST_REPEATED: usize = 1 << 20;

/// `a * b`
///
/// # Errors
/// A `TypeError` for types that cannot be multiplied.
pub fn multiply(a: &Value, b: &Value) -> Result<Value, Raised> {
    let (sequence, times) = match (a, b) {
        (Value::Str(_) | Value::List(_), times) => (a, times),
        (times, Value::Str(_) | Value::List(_)) => (b, times),
        _ => return arithmetic("*", a, b, i128::checked_mul, |x, y| x * y),
    };
    let Some(Number::Int(times)) = number(times) else {
        return Err(Raised::type_error(format!(
            "can't multiply sequence by non-int of type '{}'",
            type_name(times)
        )));
    };
    let times = usize::try_from(times.max(0)).map_err(|_| beyond())?;
    match sequence {
        Value::List(items) if items.len().saturating_mul(times) <= MOST_REPEATED => {
            Ok(Value::list((0..times).flat_map(|_| items.iter().cloned()).collect()))
        }
        Value::Str(text) if text.len().saturating_mul(times) <= MOST_REPEATED => {
            Ok(Value::str(text.repeat(times)))
        }
        _ => Err(beyond()),
    }
}

/// `-a`
///
/// # Errors
/// A `TypeError` for what is no number.
pub fn negate(a: &Value) -> Result<Value, Raised> {
    match number(a) {
        Some(Number::Int(number)) => Ok(Value::Int(number.checked_neg().ok_or_else(beyond)?)),
        Some(Number::Float(number)) => Ok(Value::Float(-number)),
        None => {
            Err(Raised::type_error(format!("bad operand type for unary -: '{}'", type_name(a))))
        }
    }
}

/// `abs(a)`
///
/// # Errors
/// A `TypeError` for what is no number.
pub fn absolute(a: &Value) -> Result<Value, Raised> {
    match number(a) {
        Some(Number::Int(number)) => Ok(Value::Int(number.checked_abs().ok_or_else(beyond)?)),
        Some(Number::Float(number)) => Ok(Value::Float(number.abs())),
        None => Err(Raised::type_error(format!("bad operand type for abs(): '{}'", type_name(a)))),
    }
}

/// `round(a, 2)`
///
/// # Errors
/// A `TypeError` for what is no number.
pub fn round2(a: &Value) -> Result<Value, Raised> {
    match number(a) {
        Some(Number::Int(number)) => Ok(Value::Int(number)),
        Some(Number::Float(number)) => Ok(Value::Float(exact::round(number, 2))),
        None => Err(Raised::type_error(format!(
            "type {} doesn't define __round__ method",
            type_name(a)
        ))),
    }
}

/// `len(a)`
///
/// # Errors
/// A `TypeError` for what has no length.
pub fn len(a: &Value) -> Result<usize, Raised> {
    match a {
        Value::List(items) => Ok(items.len()),
        Value::Dict(entries) => Ok(entries.len()),
        _ => a.as_str().map(|text| text.chars().count()).ok_or_else(|| {
            Raised::type_error(format!("object of type '{}' has no len()", type_name(a)))
        }),
    }
}

/// What `for x in a` walks through.
///
/// # Errors
/// A `TypeError` for what cannot be walked through.
pub fn iterate(a: &Value) -> Result<Vec<Value>, Raised> {
    match a {
        Value::List(items) => Ok(items.to_vec()),
        Value::Dict(entries) => Ok(entries.keys().map(|key| Value::Str(key.clone())).collect()),
        _ => match a.as_str() {
            Some(text) => Ok(text.chars().map(|c| Value::str(c.to_string())).collect()),
            None => Err(Raised::type_error(format!("'{}' object is not iterable", type_name(a)))),
        },
    }
}

/// Whether a value may be a key; the error of looking an unhashable one up.
///
/// # Errors
/// A `TypeError` for lists, dicts and objects of models.
pub fn hashable(a: &Value) -> Result<(), Raised> {
    match a {
        Value::List(_) | Value::Dict(_) | Value::Model(_) => {
            Err(Raised::type_error(format!("unhashable type: '{}'", type_name(a))))
        }
        _ => Ok(()),
    }
}

/// `needle in haystack`
///
/// # Errors
/// A `TypeError` where Python raises one.
pub fn contains(haystack: &Value, needle: &Value) -> Result<bool, Raised> {
    match haystack {
        Value::Dict(entries) => {
            hashable(needle)?;
            Ok(needle.as_str().is_some_and(|key| entries.contains_key(key)))
        }
        Value::List(items) => Ok(items.iter().any(|item| equal(item, needle))),
        _ => match (haystack.as_str(), needle.as_str()) {
            (Some(text), Some(part)) => Ok(text.contains(part)),
            (Some(_), None) => Err(Raised::type_error(format!(
                "'in <string>' requires string as left operand, not {}",
                type_name(needle)
            ))),
            (None, _) => Err(Raised::type_error(format!(
                "argument of type '{}' is not iterable",
                type_name(haystack)
            ))),
        },
    }
}

/// `a.count(needle)`
///
/// # Errors
/// An `AttributeError` for what does not count, a `TypeError` for what a string cannot hold.
pub fn count(a: &Value, needle: &Value) -> Result<usize, Raised> {
    match a {
        Value::List(items) => Ok(items.iter().filter(|item| equal(item, needle)).count()),
        Value::Str(text) => match needle.as_str() {
            Some("") => Ok(text.chars().count() + 1),
            Some(part) => Ok(text.matches(part).count()),
            None => Err(Raised::type_error(format!("must be str, not {}", type_name(needle)))),
        },
        _ => Err(Raised::attribute(a, "count")),
    }
}

/// `a.lower()`
///
/// # Errors
/// An `AttributeError` for what is no string.
pub fn lower(a: &Value) -> Result<String, Raised> {
    a.as_str().map(str::to_lowercase).ok_or_else(|| Raised::attribute(a, "lower"))
}

impl Value {
    /// `self.name`
    ///
    /// # Errors
    /// An `AttributeError` when there is no such field.
    pub fn attr(&self, name: &str) -> Result<&Value, Raised> {
        self.as_model()
            .and_then(|model| model.get(name))
            .ok_or_else(|| Raised::attribute(self, name))
    }

    /// For changing `self.name`, or what it holds.
    ///
    /// # Errors
    /// An `AttributeError` when there is no such field.
    pub fn attr_mut(&mut self, name: &str) -> Result<&mut Value, Raised> {
        let missing = Raised::attribute(self, name);
        match self {
            Value::Model(model) => Arc::make_mut(model).get_mut(name).ok_or(missing),
            _ => Err(missing),
        }
    }

    /// `self.name = value`, unchecked as in upstream's models.
    ///
    /// # Errors
    /// An `AttributeError` when there is no such field.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) -> Result<(), Raised> {
        *self.attr_mut(name)? = value.into();
        Ok(())
    }

    /// `self[key]` of a dict.
    ///
    /// # Errors
    /// A `KeyError` when it is absent, a `TypeError` for what has no keys.
    pub fn entry(&self, key: &Value) -> Result<&Value, Raised> {
        match self {
            Value::Dict(entries) => {
                hashable(key)?;
                key.as_str().and_then(|key| entries.get(key)).ok_or_else(|| Raised::key(key))
            }
            _ => Err(Raised::type_error(format!(
                "'{}' object is not subscriptable",
                type_name(self)
            ))),
        }
    }

    /// For changing `self[key]`, or what it holds.
    ///
    /// # Errors
    /// A `KeyError` when it is absent, a `TypeError` for what has no keys.
    pub fn entry_mut(&mut self, key: &Value) -> Result<&mut Value, Raised> {
        self.entry(key)?;
        match (self, key.as_str()) {
            (Value::Dict(entries), Some(name)) => {
                Arc::make_mut(entries).get_mut(name).ok_or_else(|| Raised::key(key))
            }
            _ => Err(Raised::key(key)),
        }
    }

    /// `self[key] = value` of a dict; a key that is no string is refused.
    ///
    /// # Errors
    /// A `TypeError` for what has no keys.
    pub fn put(&mut self, key: &str, value: impl Into<Value>) -> Result<(), Raised> {
        match self {
            Value::Dict(entries) => {
                Arc::make_mut(entries).insert(key.into(), value.into());
                Ok(())
            }
            _ => Err(Raised::type_error(format!(
                "'{}' object does not support item assignment",
                type_name(self)
            ))),
        }
    }

    /// `self.pop(key)` of a dict.
    ///
    /// # Errors
    /// A `KeyError` when it is absent, a `TypeError` for what has no keys.
    pub fn remove(&mut self, key: &Value) -> Result<Value, Raised> {
        self.entry(key)?;
        match (self, key.as_str()) {
            (Value::Dict(entries), Some(name)) => {
                Arc::make_mut(entries).shift_remove(name).ok_or_else(|| Raised::key(key))
            }
            _ => Err(Raised::key(key)),
        }
    }

    /// `self.append(value)`
    ///
    /// # Errors
    /// An `AttributeError` for what is no list.
    pub fn push(&mut self, value: impl Into<Value>) -> Result<(), Raised> {
        match self {
            Value::List(items) => {
                Arc::make_mut(items).push(value.into());
                Ok(())
            }
            _ => Err(Raised::attribute(self, "append")),
        }
    }

    /// The items of a list, for changing them.
    ///
    /// # Errors
    /// A `TypeError` for what is no list.
    pub fn items_mut(&mut self) -> Result<&mut Vec<Value>, Raised> {
        match self {
            Value::List(items) => Ok(Arc::make_mut(items)),
            _ => Err(Raised::type_error(format!("'{}' object is not iterable", type_name(self)))),
        }
    }
}
