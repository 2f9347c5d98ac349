//! Arithmetic on Python's numbers: integers of any size with a 64-bit fast path, floats, and the
//! exact texts of what cannot be computed. Results that could be huge are charged before they are made.

use crate::error::{ExcKind, Fault, R};
use crate::heap::Heap;
use crate::value::Value;
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{FromPrimitive, One, Pow, Signed, ToPrimitive, Zero};

/// CPython's limit on the decimal digits of an integer converted from or to text.
pub(crate) const MAX_STR_DIGITS: usize = 4300;

pub(crate) fn too_many_digits(digits: usize) -> String {
    format!(
        "Exceeds the limit (4300 digits) for integer string conversion: value has {digits} digits; \
         use sys.set_int_max_str_digits() to increase the limit"
    )
}

/// `str(int)`, refused beyond 4,300 digits before the text is made.
pub(crate) fn big_text(number: &BigInt) -> R<String> {
    // log10(2) * bits; conversion is quadratic, so the size is judged first.
    if number.bits() as f64 * std::f64::consts::LOG10_2 > MAX_STR_DIGITS as f64 + 2.0 {
        return Err(too_long());
    }
    let text = number.to_string();
    if text.trim_start_matches('-').len() > MAX_STR_DIGITS {
        return Err(too_long());
    }
    Ok(text)
}

fn too_long() -> Fault {
    Fault::value_error(
        "Exceeds the limit (4300 digits) for integer string conversion; \
         use sys.set_int_max_str_digits() to increase the limit",
    )
}

/// A binary arithmetic operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Add,
    Sub,
    Mul,
    Div,
    FloorDiv,
    Mod,
    Pow,
    BitOr,
    BitAnd,
    BitXor,
    Shl,
    Shr,
    MatMul,
}

impl Op {
    pub fn symbol(self) -> &'static str {
        match self {
            Op::Add => "+",
            Op::Sub => "-",
            Op::Mul => "*",
            Op::Div => "/",
            Op::FloorDiv => "//",
            Op::Mod => "%",
            Op::Pow => "** or pow()",
            Op::BitOr => "|",
            Op::BitAnd => "&",
            Op::BitXor => "^",
            Op::Shl => "<<",
            Op::Shr => ">>",
            Op::MatMul => "@",
        }
    }
}

fn zero_division(text: &str) -> Fault {
    Fault::text(ExcKind::ZeroDivisionError, text)
}

fn overflow(text: &str) -> Fault {
    Fault::text(ExcKind::OverflowError, text)
}

/// `a op b` for two numbers; `None` when the operator does not apply to floats.
pub(crate) fn arithmetic(heap: &mut Heap, op: Op, a: &Value, b: &Value) -> R<Option<Value>> {
    use Value::*;
    match (a, b) {
        (Int(x), Int(y)) => {
            if let Some(small) = small_ints(op, *x, *y) {
                return Ok(Some(small));
            }
            big_ints(heap, op, &BigInt::from(*x), &BigInt::from(*y)).map(Some)
        }
        (Float(x), Float(y)) => floats(op, *x, *y),
        (Bool(x), Bool(y)) if matches!(op, Op::BitAnd | Op::BitOr | Op::BitXor) => {
            Ok(Some(Bool(match op {
                Op::BitAnd => x & y,
                Op::BitOr => x | y,
                _ => x ^ y,
            })))
        }
        (Bool(x), y) => arithmetic(heap, op, &Int(*x as i64), y),
        (x, Bool(y)) => arithmetic(heap, op, x, &Int(*y as i64)),
        (Float(x), y) => floats(op, *x, to_float(y)?),
        (x, Float(y)) => floats(op, to_float(x)?, *y),
        (x, y) => {
            let (Some(x), Some(y)) = (x.as_bigint(), y.as_bigint()) else {
                return Ok(Option::None);
            };
            big_ints(heap, op, &x, &y).map(Some)
        }
    }
}

fn small_ints(op: Op, x: i64, y: i64) -> Option<Value> {
    Some(Value::Int(match op {
        Op::Add => x.checked_add(y)?,
        Op::Sub => x.checked_sub(y)?,
        Op::Mul => x.checked_mul(y)?,
        Op::FloorDiv if y != 0 => {
            let q = x.checked_div(y)?;
            if x % y != 0 && (x < 0) != (y < 0) { q - 1 } else { q }
        }
        Op::Mod if y != 0 => {
            let r = x.checked_rem(y)?;
            if r != 0 && (r < 0) != (y < 0) { r + y } else { r }
        }
        Op::Div if y != 0 && x.unsigned_abs() < 1 << 53 && y.unsigned_abs() < 1 << 53 => {
            return Some(Value::Float(x as f64 / y as f64));
        }
        Op::BitAnd => x & y,
        Op::BitOr => x | y,
        Op::BitXor => x ^ y,
        Op::Shr if y >= 0 => x >> y.min(63),
        _ => return None,
    }))
}

fn charge_bits(heap: &mut Heap, bits: u64) -> R<()> {
    heap.charge(usize::try_from(bits / 8).unwrap_or(usize::MAX))
}

fn big_ints(heap: &mut Heap, op: Op, x: &BigInt, y: &BigInt) -> R<Value> {
    let bits = x.bits() + y.bits();
    // Multiplying and dividing are worse than linear: the charge bounds the work as well.
    let work = if matches!(op, Op::Mul | Op::Div | Op::FloorDiv | Op::Mod) {
        (x.bits() / 64 + 1).saturating_mul(y.bits() / 64 + 1)
    } else {
        0
    };
    charge_bits(heap, bits.saturating_add(work))?;
    Ok(Value::big(match op {
        Op::Add => x + y,
        Op::Sub => x - y,
        Op::Mul => x * y,
        Op::Div => return divide(x, y),
        Op::FloorDiv | Op::Mod if y.is_zero() => {
            return Err(zero_division(if op == Op::Mod {
                "integer modulo by zero"
            } else {
                "integer division or modulo by zero"
            }));
        }
        Op::FloorDiv => x.div_floor(y),
        Op::Mod => x.mod_floor(y),
        Op::Pow if y.is_negative() => {
            let base =
                big_to_float(x).ok_or_else(|| overflow("int too large to convert to float"))?;
            let power =
                big_to_float(y).ok_or_else(|| overflow("int too large to convert to float"))?;
            return Ok(floats(Op::Pow, base, power)?.unwrap_or(Value::None));
        }
        Op::Pow => return power(heap, x, y),
        Op::BitAnd => x & y,
        Op::BitOr => x | y,
        Op::BitXor => x ^ y,
        Op::Shl | Op::Shr if y.is_negative() => {
            return Err(Fault::value_error("negative shift count"));
        }
        Op::Shl if x.is_zero() => BigInt::zero(),
        Op::Shl => {
            let shift = y.to_u64().ok_or_else(|| overflow("too many digits in integer"))?;
            charge_bits(heap, shift)?;
            x << shift
        }
        Op::Shr => match y.to_u64() {
            Some(shift) => x >> shift,
            None => BigInt::from(if x.is_negative() { -1 } else { 0 }),
        },
        Op::MatMul => return Ok(Value::None),
    }))
}

fn power(heap: &mut Heap, x: &BigInt, y: &BigInt) -> R<Value> {
    if x.is_one() || x.is_zero() {
        return Ok(Value::Int(if y.is_zero() || x.is_one() { 1 } else { 0 }));
    }
    if x.bits() == 1 {
        return Ok(Value::Int(if y.is_even() { 1 } else { -1 }));
    }
    let bits = y.to_u64().and_then(|y| y.checked_mul(x.bits())).unwrap_or(u64::MAX);
    // Squaring up to n words costs about n * n word steps.
    let words = bits / 64 + 1;
    charge_bits(heap, bits.saturating_add(words.saturating_mul(words) / 8))?;
    Ok(Value::big(Pow::pow(x, y.to_u64().unwrap_or(0))))
}

/// `int / int`: correctly rounded.
fn divide(x: &BigInt, y: &BigInt) -> R<Value> {
    if y.is_zero() {
        return Err(zero_division("division by zero"));
    }
    let negative = x.is_negative() != y.is_negative();
    let (a, b) = (x.abs(), y.abs());
    // Scale the quotient to 66 or 67 bits, keep a sticky bit, round once.
    let shift = 66 - (a.bits() as i64 - b.bits() as i64);
    let (n, d) = if shift >= 0 { (a << shift as u64, b) } else { (a, b << (-shift) as u64) };
    let (mut q, r) = n.div_rem(&d);
    if !r.is_zero() {
        q = (q << 1u32) + 1;
    } else {
        q <<= 1u32;
    }
    let scaled = scale(&q, -(shift + 1));
    if scaled.is_infinite() {
        return Err(overflow("integer division result too large for a float"));
    }
    Ok(Value::Float(if negative { -scaled } else { scaled }))
}

/// `q * 2**exponent` rounded once to the nearest float, ties to even.
fn scale(q: &BigInt, exponent: i64) -> f64 {
    let bits = q.bits() as i64;
    if bits == 0 {
        return 0.0;
    }
    let top = bits + exponent;
    if top > 1024 {
        return f64::INFINITY;
    }
    // Bits below 2**-1074 or beyond 53 significant ones are rounded away.
    let drop = (bits - 53).max(-1074 - exponent).max(0);
    let kept: BigInt = q >> drop as u64;
    let rest: BigInt = q - (&kept << drop as u64);
    let half = BigInt::one() << (drop.max(1) - 1) as u64;
    let mut kept = kept.to_u64().unwrap_or(0);
    if drop > 0 && (rest > half || (rest == half && kept & 1 == 1)) {
        kept += 1;
    }
    let power = (exponent + drop) as i32;
    // Two steps keep the power of two representable.
    (kept as f64) * 2f64.powi(power / 2) * 2f64.powi(power - power / 2)
}

pub(crate) fn big_to_float(number: &BigInt) -> Option<f64> {
    let magnitude = scale(&number.abs(), 0);
    if magnitude.is_infinite() {
        return None;
    }
    Some(if number.sign() == Sign::Minus { -magnitude } else { magnitude })
}

/// The float nearest to an int, bool or float.
pub(crate) fn to_float(value: &Value) -> R<f64> {
    match value {
        Value::Float(f) => Ok(*f),
        Value::Int(i) => Ok(*i as f64),
        Value::Bool(b) => Ok(*b as i64 as f64),
        Value::Big(b) => {
            big_to_float(b).ok_or_else(|| overflow("int too large to convert to float"))
        }
        _ => Err(Fault::type_error("must be real number")),
    }
}

pub(crate) fn float_mod(x: f64, y: f64) -> f64 {
    let r = x % y;
    if r == 0.0 {
        return 0.0f64.copysign(y);
    }
    if (r < 0.0) != (y < 0.0) { r + y } else { r }
}

fn float_floor_div(x: f64, y: f64) -> f64 {
    let r = x % y;
    let mut quotient = (x - r) / y;
    if r != 0.0 && (r < 0.0) != (y < 0.0) {
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return 0.0f64.copysign(x / y);
    }
    let floor = quotient.floor();
    if quotient - floor > 0.5 { floor + 1.0 } else { floor }
}

fn floats(op: Op, x: f64, y: f64) -> R<Option<Value>> {
    Ok(Some(Value::Float(match op {
        Op::Add => x + y,
        Op::Sub => x - y,
        Op::Mul => x * y,
        Op::Div if y == 0.0 => return Err(zero_division("float division by zero")),
        Op::Div => x / y,
        Op::FloorDiv if y == 0.0 => return Err(zero_division("float floor division by zero")),
        Op::FloorDiv => float_floor_div(x, y),
        Op::Mod if y == 0.0 => return Err(zero_division("float modulo")),
        Op::Mod => float_mod(x, y),
        Op::Pow => return float_power(x, y).map(Some),
        _ => return Ok(None),
    })))
}

fn float_power(x: f64, y: f64) -> R<Value> {
    if x == 0.0 && y < 0.0 {
        return Err(zero_division("0.0 cannot be raised to a negative power"));
    }
    if x < 0.0 && y.is_finite() && y != y.trunc() && x.is_finite() {
        // Complex numbers are not part of the subset.
        return Err(Fault::value_error("negative number cannot be raised to a fractional power"));
    }
    let result = x.powf(y);
    if result.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(Fault::new(
            ExcKind::OverflowError,
            vec![Value::Int(34), Value::str("Numerical result out of range")],
        ));
    }
    Ok(Value::Float(result))
}

/// `int(float)`.
pub(crate) fn float_to_int(f: f64) -> R<Value> {
    if f.is_nan() {
        return Err(Fault::value_error("cannot convert float NaN to integer"));
    }
    if f.is_infinite() {
        return Err(overflow("cannot convert float infinity to integer"));
    }
    if f.abs() < 9.0e18 {
        return Ok(Value::Int(f as i64));
    }
    Ok(Value::big(BigInt::from_f64(f.trunc()).unwrap_or_default()))
}

/// `round(float, digits)`: correctly rounded on the exact binary value.
pub(crate) fn round_float(f: f64, digits: i64) -> R<f64> {
    if !f.is_finite() || f == 0.0 || digits > 323 {
        return Ok(f);
    }
    if digits < -308 {
        return Ok(0.0f64.copysign(f));
    }
    let text = if digits >= 0 {
        format!("{:.*}", digits as usize, f)
    } else {
        let zeros = BigInt::from(10).pow((-digits) as u32);
        let exact = BigInt::from_f64(f.trunc()).unwrap_or_default();
        let whole = round_int(&exact, &zeros, f.fract() != 0.0, f < 0.0);
        whole.to_string()
    };
    let rounded: f64 = text.parse().unwrap_or(f);
    if rounded.is_infinite() {
        return Err(overflow("rounded value too large to represent"));
    }
    Ok(if rounded == 0.0 { 0.0f64.copysign(f) } else { rounded })
}

fn round_int(number: &BigInt, unit: &BigInt, inexact: bool, negative: bool) -> BigInt {
    let magnitude = number.abs();
    let (q, r) = magnitude.div_rem(unit);
    let twice: BigInt = r * 2;
    let up = twice > *unit || (twice == *unit && (inexact || q.is_odd()));
    let rounded = (if up { q + 1 } else { q }) * unit;
    if negative { -rounded } else { rounded }
}

/// `round(int, digits)` with negative digits.
pub(crate) fn round_whole(number: &BigInt, digits: u32) -> BigInt {
    round_int(number, &BigInt::from(10).pow(digits), false, number.is_negative())
}
