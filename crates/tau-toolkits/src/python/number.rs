//! Order and arithmetic.

use std::cmp::Ordering;

use tau_python::exact;

use super::{equal, iterate, type_name};
use crate::raised::{Kind, Raised};
use crate::value::Value;

/// A number's exact value.
pub(super) enum Number {
    Int(i128),
    Float(f64),
}

pub(super) fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Bool(b) => Some(Number::Int(i128::from(*b))),
        Value::Int(number) => Some(Number::Int(*number)),
        Value::Float(number) => Some(Number::Float(*number)),
        _ => None,
    }
}

/// The order of two numbers; the outer `None` when one is no number, the inner for NaN.
pub(super) fn numbers(a: &Value, b: &Value) -> Option<Option<Ordering>> {
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

/// `f"{number:.2f}"`
pub fn fixed2(number: f64) -> String {
    if number.is_nan() { "nan".into() } else { format!("{number:.2}") }
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
