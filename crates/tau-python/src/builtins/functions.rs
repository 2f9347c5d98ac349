//! Built-in functions.

use super::library::{chance, copy, dumps};
use super::{Builtin, TypeId, calculator, containers, count_args, datetime, strptime};
use crate::code::Name;
use crate::compare::{self, OrderOp};
use crate::error::{ExcClass, ExcKind, Fault, JsonError, R};
use crate::heap::{ENTRY_BYTES, hashable};
use crate::json;
use crate::number::{self, Op};
use crate::text::{self, format, type_name};
use crate::value::{Map, Value};
use crate::vm::{Object, Vm};
use num_bigint::BigInt;
use num_traits::Signed;

pub(super) type Kwargs = Vec<(Name, Value)>;

pub(super) fn keyword(kwargs: &Kwargs, name: &str) -> Option<Value> {
    kwargs.iter().find(|(n, _)| &**n == name).map(|(_, v)| v.clone())
}

pub(super) fn no_keywords(name: &str, kwargs: &Kwargs) -> R<()> {
    if kwargs.is_empty() {
        Ok(())
    } else {
        Err(Fault::type_error(format!("{name}() takes no keyword arguments")))
    }
}

pub(crate) fn call(vm: &mut Vm, builtin: Builtin, args: Vec<Value>, kwargs: Kwargs) -> R<Value> {
    use Builtin::*;
    let name = builtin.name();
    let keyword_ok = matches!(
        builtin,
        Sum | Min | Max | Sorted | Round | Dumps | Loads | Now | Print | DeepCopy | Eval | Isclose
    );
    if !keyword_ok {
        no_keywords(name, &kwargs)?;
    }
    let known: &[&str] = match builtin {
        Sum => &["start"],
        Min | Max => &["key", "default"],
        Round => &["number", "ndigits"],
        _ => &[],
    };
    if !known.is_empty()
        && let Some((other, _)) = kwargs.iter().find(|(n, _)| !known.contains(&&**n))
    {
        return Err(Fault::type_error(format!(
            "'{other}' is an invalid keyword argument for {name}()"
        )));
    }
    match builtin {
        Len => {
            count_args(name, &args, 1, 1)?;
            let n = match &args[0] {
                Value::Str(s) => {
                    if s.is_ascii() {
                        s.len()
                    } else {
                        s.chars().count()
                    }
                }
                Value::List(id) => vm.heap.list(*id).len(),
                Value::Tuple(t) => t.items.len(),
                Value::Dict(id) => vm.heap.dict(*id).len(),
                Value::Set(id) => vm.heap.set(*id).len(),
                Value::Class(c) if vm.class_members(*c).is_some() => {
                    vm.class_members(*c).map_or(0, <[_]>::len)
                }
                Value::Object(id) => match vm.heap.objects[*id as usize] {
                    Object::Range(a, b, s) => crate::vm::range_len(a, b, s) as usize,
                    Object::View(dict, _) => vm.heap.dict(dict).len(),
                    _ => return Err(no_len(vm, &args[0])),
                },
                other => return Err(no_len(vm, other)),
            };
            Ok(Value::Int(n as i64))
        }
        Round => round(vm, &args, &kwargs),
        Abs => {
            count_args(name, &args, 1, 1)?;
            match &args[0] {
                Value::Float(f) => Ok(Value::Float(f.abs())),
                Value::Delta(d) => Ok(Value::Delta(d.abs())),
                v => match v.as_bigint() {
                    Some(b) => Ok(Value::big(b.abs())),
                    None => Err(Fault::type_error(format!(
                        "bad operand type for abs(): '{}'",
                        type_name(vm.heap, v)
                    ))),
                },
            }
        }
        Sum => {
            count_args("sum", &args, 1, 2)?;
            let mut total =
                args.get(1).cloned().or_else(|| keyword(&kwargs, "start")).unwrap_or(Value::Int(0));
            let mut iter = vm.iter(&args[0])?;
            while let Some(item) = vm.next(&mut iter)? {
                vm.step(1)?;
                total = vm.add_to_sum(&total, &item)?;
            }
            Ok(total)
        }
        Min | Max => extreme(vm, builtin == Min, args, &kwargs),
        Sorted => {
            if args.len() != 1 {
                return Err(Fault::type_error(format!(
                    "sorted expected 1 argument, got {}",
                    args.len()
                )));
            }
            let mut items = vm.collect(&args[0])?;
            containers::sort(vm, &mut items, &kwargs, "sort")?;
            vm.heap.new_list(items)
        }
        Any | All => {
            count_args(name, &args, 1, 1)?;
            let mut iter = vm.iter(&args[0])?;
            while let Some(item) = vm.next(&mut iter)? {
                vm.step(1)?;
                if vm.truth(&item) == (builtin == Any) {
                    return Ok(Value::Bool(builtin == Any));
                }
            }
            Ok(Value::Bool(builtin == All))
        }
        Repr | Ascii => {
            count_args(name, &args, 1, 1)?;
            let text = text::repr_of(vm.heap, &args[0])?;
            vm.heap.new_str(if builtin == Ascii { format::ascii(&text) } else { text })
        }
        IsInstance => {
            count_args(name, &args, 2, 2)?;
            is_instance(vm, &args[0], &args[1]).map(Value::Bool)
        }
        Callable => {
            count_args(name, &args, 1, 1)?;
            Ok(Value::Bool(matches!(
                args[0],
                Value::Function(_)
                    | Value::Builtin(_)
                    | Value::Type(_)
                    | Value::Class(_)
                    | Value::ExcType(_)
            )))
        }
        Eval => {
            if args.is_empty() {
                return Err(Fault::type_error("eval expected at least 1 argument, got 0"));
            }
            let Value::Str(source) = &args[0] else {
                return Err(Fault::type_error(
                    "eval() arg 1 must be a string, bytes or code object",
                ));
            };
            calculator::eval(vm, source)
        }
        Iter => {
            count_args(name, &args, 1, 1)?;
            let iter = vm.iter(&args[0])?;
            vm.heap.new_object(Object::Iter(iter))
        }
        Next => {
            count_args(name, &args, 1, 2)?;
            let Value::Object(id) = &args[0] else { return Err(not_iterator(vm, &args[0])) };
            if !matches!(vm.heap.objects[*id as usize], Object::Iter(_) | Object::Busy) {
                return Err(not_iterator(vm, &args[0]));
            }
            match vm.next(&mut crate::vm::Iter::Shared(*id))? {
                Some(value) => Ok(value),
                None => args
                    .get(1)
                    .cloned()
                    .ok_or_else(|| Fault::new(ExcKind::StopIteration, Vec::new())),
            }
        }
        Print => Ok(Value::None),
        Divmod => {
            count_args(name, &args, 2, 2)?;
            let (a, b) = (&args[0], &args[1]);
            if !a.is_number() || !b.is_number() {
                let (a, b) = (type_name(vm.heap, a), type_name(vm.heap, b));
                return Err(Fault::type_error(format!(
                    "unsupported operand type(s) for divmod(): '{a}' and '{b}'"
                )));
            }
            let float = matches!(a, Value::Float(_)) || matches!(b, Value::Float(_));
            if float && number::to_float(b)? == 0.0 {
                return Err(Fault::text(ExcKind::ZeroDivisionError, "float divmod()"));
            }
            let q = vm.binary(Op::FloorDiv, &args[0], &args[1])?;
            let r = vm.binary(Op::Mod, &args[0], &args[1])?;
            vm.heap.new_tuple(vec![q, r])
        }
        Pow => {
            count_args(name, &args, 2, 3)?;
            if let [a, b, m] = &args[..] {
                let (Some(a), Some(b), Some(m)) = (a.as_bigint(), b.as_bigint(), m.as_bigint())
                else {
                    return Err(Fault::type_error(
                        "pow() 3rd argument not allowed unless all arguments are integers",
                    ));
                };
                if m.sign() == num_bigint::Sign::NoSign {
                    return Err(Fault::value_error("pow() 3rd argument cannot be 0"));
                }
                if b.is_negative() {
                    return Err(Fault::value_error(
                        "pow() with a negative exponent and a modulus is not supported",
                    ));
                }
                vm.step((b.bits() + 1).saturating_mul(m.bits() / 64 + 1))?;
                return Ok(Value::big(a.modpow(&b, &m)));
            }
            vm.binary(Op::Pow, &args[0], &args[1])
        }
        Ord => {
            count_args(name, &args, 1, 1)?;
            let Value::Str(s) = &args[0] else {
                return Err(Fault::type_error(format!(
                    "ord() expected string of length 1, but {} found",
                    type_name(vm.heap, &args[0])
                )));
            };
            let mut chars = s.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => Ok(Value::Int(crate::value::code_point(c) as i64)),
                _ => Err(Fault::type_error(format!(
                    "ord() expected a character, but string of length {} found",
                    s.chars().count()
                ))),
            }
        }
        Chr => {
            count_args(name, &args, 1, 1)?;
            if args[0].as_bigint().is_none() {
                let kind = type_name(vm.heap, &args[0]);
                return Err(Fault::type_error(format!(
                    "'{kind}' object cannot be interpreted as an integer"
                )));
            }
            let code =
                args[0].as_index().and_then(|i| u32::try_from(i).ok()).filter(|c| *c < 0x110000);
            let Some(code) = code else {
                return Err(Fault::value_error("chr() arg not in range(0x110000)"));
            };
            let c = char::from_u32(code).unwrap_or_else(|| crate::value::surrogate_char(code));
            Ok(Value::str(c.to_string()))
        }
        Hash => Err(Fault::text(ExcKind::NotImplementedError, "hash() differs between runs")),
        Hex | Bin | Oct => {
            count_args(name, &args, 1, 1)?;
            let Some(n) = args[0].as_bigint() else {
                return Err(Fault::type_error(format!(
                    "'{}' object cannot be interpreted as an integer",
                    type_name(vm.heap, &args[0])
                )));
            };
            let (radix, prefix) = match builtin {
                Hex => (16, "0x"),
                Bin => (2, "0b"),
                _ => (8, "0o"),
            };
            vm.heap.charge(n.bits() as usize)?;
            let sign = if n.is_negative() { "-" } else { "" };
            Ok(Value::str(format!("{sign}{prefix}{}", n.abs().to_str_radix(radix))))
        }
        Format => {
            count_args(name, &args, 1, 2)?;
            if let Some(other) = args.get(1).filter(|v| v.as_str().is_none()) {
                let kind = type_name(vm.heap, other);
                return Err(Fault::type_error(format!(
                    "format() argument 2 must be str, not {kind}"
                )));
            }
            let spec = args.get(1).and_then(Value::as_str).unwrap_or("").to_string();
            let text = format::format_value(vm.heap, &args[0], &spec)?;
            vm.heap.new_str(text)
        }
        Dumps => dumps(vm, &args, &kwargs),
        Loads => {
            match args.len() {
                1 => {}
                0 => {
                    return Err(Fault::type_error(
                        "loads() missing 1 required positional argument: 's'",
                    ));
                }
                n => {
                    return Err(Fault::type_error(format!(
                        "loads() takes 1 positional argument but {n} were given"
                    )));
                }
            }
            if let Some((other, _)) = kwargs.first() {
                let text =
                    format!("JSONDecoder.__init__() got an unexpected keyword argument '{other}'");
                return Err(Fault::type_error(text));
            }
            let Value::Str(source) = &args[0] else {
                let kind = type_name(vm.heap, &args[0]);
                return Err(Fault::type_error(format!(
                    "the JSON object must be str, bytes or bytearray, not {kind}"
                )));
            };
            vm.heap.charge(source.len() * 2)?;
            json::read(source, vm.heap).map_err(|error| match error {
                JsonError::Malformed { message } => Fault::text(ExcKind::JSONDecodeError, message),
                JsonError::Limit(kind) => Fault::limit(kind),
            })
        }
        DeepCopy | Copy => {
            if args.is_empty() {
                return Err(Fault::type_error(format!(
                    "{name}() missing 1 required positional argument: 'x'"
                )));
            }
            let mut done = std::collections::HashMap::new();
            copy(vm, &args[0], builtin == DeepCopy, &mut done, 0)
        }
        Cast => Ok(args.last().cloned().unwrap_or(Value::None)),
        AbstractMethod => Ok(args.first().cloned().unwrap_or(Value::None)),
        Floor | Ceil | Trunc => {
            count_args(name, &args, 1, 1)?;
            match &args[0] {
                Value::Float(f) => number::float_to_int(match builtin {
                    Floor => f.floor(),
                    Ceil => f.ceil(),
                    _ => f.trunc(),
                }),
                v if v.is_number() => Ok(Value::big(v.as_bigint().unwrap_or_default())),
                v => Err(real(vm, v)),
            }
        }
        Sqrt | IsNan | IsInf | IsFinite | Log2 | Log10 | Exp => {
            count_args(&format!("math.{name}"), &args, 1, 1)?;
            if !args[0].is_number() {
                return Err(real(vm, &args[0]));
            }
            let f = number::to_float(&args[0])?;
            match builtin {
                Sqrt if f < 0.0 => Err(Fault::value_error("math domain error")),
                Sqrt => Ok(Value::Float(f.sqrt())),
                IsNan => Ok(Value::Bool(f.is_nan())),
                IsFinite => Ok(Value::Bool(f.is_finite())),
                Log2 | Log10 if f <= 0.0 => Err(Fault::value_error("math domain error")),
                Log2 => Ok(Value::Float(f.log2())),
                Log10 => Ok(Value::Float(f.log10())),
                Exp if f.exp().is_infinite() && f.is_finite() => {
                    Err(Fault::text(ExcKind::OverflowError, "math range error"))
                }
                Exp => Ok(Value::Float(f.exp())),
                _ => Ok(Value::Bool(f.is_infinite())),
            }
        }
        Log => {
            count_args("log", &args, 1, 2)?;
            let mut logs = Vec::new();
            for arg in &args {
                if !arg.is_number() {
                    return Err(real(vm, arg));
                }
                let f = number::to_float(arg)?;
                if f <= 0.0 {
                    return Err(Fault::value_error("math domain error"));
                }
                logs.push(f.ln());
            }
            Ok(Value::Float(logs.iter().copied().reduce(|a, b| a / b).unwrap_or(0.0)))
        }
        Gcd => {
            let mut result = BigInt::from(0);
            for arg in &args {
                let Some(n) = arg.as_bigint() else {
                    let kind = type_name(vm.heap, arg);
                    return Err(Fault::type_error(format!(
                        "'{kind}' object cannot be interpreted as an integer"
                    )));
                };
                vm.step(n.bits() / 8 + 1)?;
                result = num_integer::Integer::gcd(&result, &n);
            }
            Ok(Value::big(result))
        }
        Fabs => {
            count_args("math.fabs", &args, 1, 1)?;
            if !args[0].is_number() {
                return Err(real(vm, &args[0]));
            }
            Ok(Value::Float(number::to_float(&args[0])?.abs()))
        }
        Isclose => {
            count_args("isclose", &args, 2, 2)?;
            let (a, b) = (number::to_float(&args[0])?, number::to_float(&args[1])?);
            let tolerance = |name: &str, default: f64| {
                keyword(&kwargs, name).map_or(Ok(default), |v| number::to_float(&v))
            };
            let (rel, abs) = (tolerance("rel_tol", 1e-9)?, tolerance("abs_tol", 0.0)?);
            let close = a == b
                || (a.is_finite()
                    && b.is_finite()
                    && (a - b).abs() <= abs.max(rel * a.abs().max(b.abs())));
            Ok(Value::Bool(close))
        }
        HostRoot => Ok(vm.heap.root()),
        Random | RandInt | Choice | Uuid4 => chance(vm, builtin, &args),
        Now | Utcnow => Ok(Value::DateTime(vm.episode.clock)),
        Today => Ok(Value::Date(vm.episode.clock.div_euclid(datetime::DAY))),
        Strptime => strptime::strptime(vm, &args),
        FromIso | DateFromIso => {
            let Some(Value::Str(source)) = args.first() else {
                return Err(Fault::type_error("fromisoformat: argument must be str"));
            };
            let bad = || {
                Fault::value_error(format!("Invalid isoformat string: {}", text::str_repr(source)))
            };
            if builtin == DateFromIso && source.len() != 10 {
                return Err(bad());
            }
            let micros = datetime::parse_iso(source).ok_or_else(bad)??;
            Ok(if builtin == FromIso {
                Value::DateTime(micros)
            } else {
                Value::Date(micros.div_euclid(datetime::DAY))
            })
        }
        Combine => Err(Fault::text(ExcKind::NotImplementedError, "combine")),
        FromKeys => {
            count_args(name, &args, 1, 2)?;
            let value = args.get(1).cloned().unwrap_or(Value::None);
            let mut map = Map::default();
            for key in vm.collect(&args[0])? {
                vm.heap.charge(ENTRY_BYTES)?;
                map.insert(hashable(key)?, value.clone());
            }
            vm.heap.new_dict(map)
        }
    }
}

fn no_len(vm: &Vm, value: &Value) -> Fault {
    Fault::type_error(format!("object of type '{}' has no len()", type_name(vm.heap, value)))
}

fn real(vm: &Vm, value: &Value) -> Fault {
    Fault::type_error(format!("must be real number, not {}", type_name(vm.heap, value)))
}

fn not_iterator(vm: &Vm, value: &Value) -> Fault {
    Fault::type_error(format!("'{}' object is not an iterator", type_name(vm.heap, value)))
}

fn round(vm: &mut Vm, args: &[Value], kwargs: &Kwargs) -> R<Value> {
    if args.is_empty()
        && let Some(number) = keyword(kwargs, "number")
    {
        return round(vm, &[number], kwargs);
    }
    if args.is_empty() {
        return Err(Fault::type_error("round() missing required argument 'number' (pos 1)"));
    }
    let digits = args.get(1).cloned().or_else(|| keyword(kwargs, "ndigits")).unwrap_or(Value::None);
    match (&args[0], &digits) {
        (Value::Float(f), Value::None) => {
            let near = f.round();
            let even = if (f - f.trunc()).abs() == 0.5 { 2.0 * (f / 2.0).round() } else { near };
            number::float_to_int(even)
        }
        (Value::Float(f), digits) => match digits.as_index() {
            Some(n) => number::round_float(*f, n).map(Value::Float),
            None => Err(Fault::type_error(format!(
                "'{}' object cannot be interpreted as an integer",
                type_name(vm.heap, digits)
            ))),
        },
        (v, digits) if v.as_bigint().is_some() => {
            let whole = v.as_bigint().unwrap_or_default();
            match digits {
                Value::None => Ok(Value::big(whole)),
                d => match d.as_index() {
                    Some(n) if n >= 0 => Ok(Value::big(whole)),
                    Some(n) if n < -5000 => Ok(Value::Int(0)),
                    Some(n) => Ok(Value::big(number::round_whole(&whole, (-n) as u32))),
                    None => Err(Fault::type_error(format!(
                        "'{}' object cannot be interpreted as an integer",
                        type_name(vm.heap, d)
                    ))),
                },
            }
        }
        (v, _) => Err(Fault::type_error(format!(
            "type {} doesn't define __round__ method",
            type_name(vm.heap, v)
        ))),
    }
}

fn extreme(vm: &mut Vm, least: bool, args: Vec<Value>, kwargs: &Kwargs) -> R<Value> {
    let name = if least { "min" } else { "max" };
    if args.len() > 1 && kwargs.iter().any(|(n, _)| &**n == "default") {
        return Err(Fault::type_error(format!(
            "Cannot specify a default for {name}() with multiple positional arguments"
        )));
    }
    let (key, default) =
        (keyword(kwargs, "key").unwrap_or(Value::None), keyword(kwargs, "default"));
    let items = match &args[..] {
        [] => return Err(Fault::type_error(format!("{name} expected at least 1 argument, got 0"))),
        [one] => one.clone(),
        many => Value::tuple(many.to_vec()),
    };
    let mut iter = vm.iter(&items)?;
    let op = if least { OrderOp::Lt } else { OrderOp::Gt };
    let mut best: Option<(Value, Value)> = None;
    while let Some(item) = vm.next(&mut iter)? {
        vm.step(1)?;
        let rank = match &key {
            Value::None => item.clone(),
            key => vm.call_value(key, vec![item.clone()], Vec::new())?,
        };
        let better = match &best {
            None => true,
            Some((best, _)) => compare::ordered(vm.heap, op, &rank, best)?,
        };
        if better {
            best = Some((rank, item));
        }
    }
    match (best, default) {
        (Some((_, item)), _) => Ok(item),
        (None, Some(default)) => Ok(default),
        (None, None) => Err(Fault::value_error(format!("{name}() arg is an empty sequence"))),
    }
}

fn is_instance(vm: &Vm, value: &Value, class: &Value) -> R<bool> {
    Ok(match class {
        Value::Tuple(t) => {
            for item in t.items.iter() {
                if is_instance(vm, value, item)? {
                    return Ok(true);
                }
            }
            false
        }
        Value::Type(t) => match t {
            TypeId::Object => true,
            TypeId::Str => {
                matches!(value, Value::Str(_))
                    || matches!(value, Value::Member(c, _) if vm.heap.is_str_enum(*c))
            }
            TypeId::Int => matches!(value, Value::Int(_) | Value::Big(_) | Value::Bool(_)),
            TypeId::Float => matches!(value, Value::Float(_)),
            TypeId::Bool => matches!(value, Value::Bool(_)),
            TypeId::List => matches!(value, Value::List(_)),
            TypeId::Dict => matches!(value, Value::Dict(_)),
            TypeId::Set => matches!(value, Value::Set(_)),
            TypeId::Tuple => matches!(value, Value::Tuple(_)),
            TypeId::DateTime => matches!(value, Value::DateTime(_)),
            TypeId::Date => matches!(value, Value::Date(_) | Value::DateTime(_)),
            TypeId::Delta => matches!(value, Value::Delta(_)),
            TypeId::NoneType => matches!(value, Value::None),
            TypeId::Enum => matches!(value, Value::Member(..)),
            _ => false,
        },
        Value::Class(class) => {
            matches!(value, Value::Member(c, _) if c == class)
                || is_exception(vm, value, ExcClass::User(*class))
        }
        Value::ExcType(class) => is_exception(vm, value, *class),
        _ => {
            return Err(Fault::type_error(
                "isinstance() arg 2 must be a type, a tuple of types, or a union",
            ));
        }
    })
}

fn is_exception(vm: &Vm, value: &Value, of: ExcClass) -> bool {
    match value {
        Value::Object(id) => match &vm.heap.objects[*id as usize] {
            Object::Exception { class, .. } => vm.heap.exc_is_subclass(*class, of),
            _ => false,
        },
        _ => false,
    }
}
