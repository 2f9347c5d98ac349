//! The constructors of built-in types: `int(...)`, `list(...)` and the rest.

use super::functions::{Kwargs, keyword, no_keywords};
use super::{TypeId, containers, count_args, datetime};
use crate::error::{Fault, R};
use crate::number;
use crate::text::{self, type_name};
use crate::value::{Key, Value};
use crate::vm::{Iter, Object, Vm};
use num_bigint::BigInt;

/// The number in a text, as `int()` and `float()` accept it: blanks around, `_` between digits.
fn cleaned(source: &str) -> Option<String> {
    let trimmed = source.trim_matches(super::strings::is_space);
    // Decimal digits of any script count.
    let ascii: String = trimmed
        .chars()
        .map(|c| {
            if c.is_ascii() {
                c
            } else {
                text::digits::decimal(c).and_then(|d| char::from_digit(d, 10)).unwrap_or(c)
            }
        })
        .collect();
    let trimmed = ascii.as_str();
    let bytes = trimmed.as_bytes();
    for (i, b) in bytes.iter().enumerate() {
        if *b == b'_'
            && !(i > 0
                && bytes[i - 1].is_ascii_digit()
                && bytes.get(i + 1).is_some_and(u8::is_ascii_digit))
        {
            return None;
        }
    }
    Some(trimmed.replace('_', ""))
}

fn parse_float(source: &str) -> Option<f64> {
    let clean = cleaned(source)?;
    let body = clean.trim_start_matches(['+', '-']).to_ascii_lowercase();
    let valid = matches!(body.as_str(), "inf" | "infinity" | "nan")
        || body.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    if !valid || clean.len() - body.len() > 1 {
        return None;
    }
    clean.parse().ok()
}

fn to_int(vm: &mut Vm, args: &[Value]) -> R<Value> {
    count_args("int", args, 0, 2)?;
    match args {
        [] => Ok(Value::Int(0)),
        [Value::Float(f)] => number::float_to_int(*f),
        [v] if v.as_bigint().is_some() => Ok(Value::big(v.as_bigint().unwrap_or_default())),
        [Value::Str(s)] | [Value::Str(s), _] => {
            let base = args.get(1).map_or(Some(10), Value::as_index).unwrap_or(10);
            if base != 0 && !(2..=36).contains(&base) {
                return Err(Fault::value_error("int() base must be >= 2 and <= 36, or 0"));
            }
            let clean = cleaned(s).unwrap_or_default();
            let unsigned = clean.trim_start_matches(['+', '-']);
            let lower = unsigned.to_ascii_lowercase();
            let prefixes = [("0x", 16), ("0o", 8), ("0b", 2)];
            let prefix =
                prefixes.iter().find(|(p, b)| lower.starts_with(p) && (base == *b || base == 0));
            let (digits, radix) = match prefix {
                Some((_, radix)) => (&unsigned[2..], *radix),
                None => (unsigned, if base == 0 { 10 } else { base }),
            };
            if radix == 10
                && digits.len() > number::MAX_STR_DIGITS
                && digits.bytes().all(|b| b.is_ascii_digit())
            {
                return Err(Fault::value_error(number::too_many_digits(digits.len())));
            }
            let well_formed = clean.len() - unsigned.len() <= 1
                && !digits.is_empty()
                && digits.bytes().all(|b| b.is_ascii_alphanumeric())
                && !(base == 0
                    && prefix.is_none()
                    && digits.starts_with('0')
                    && digits.bytes().any(|b| b != b'0'));
            vm.heap.charge(digits.len())?;
            vm.step((digits.len() as u64 / 64).pow(2))?;
            let parsed = if well_formed {
                BigInt::parse_bytes(digits.as_bytes(), radix as u32)
            } else {
                None
            };
            let parsed = parsed.map(|n| if clean.starts_with('-') { -n } else { n });
            parsed.map(Value::big).ok_or_else(|| {
                let shown = text::str_repr(s);
                Fault::value_error(format!("invalid literal for int() with base {base}: {shown}"))
            })
        }
        [_, _, ..] => Err(Fault::type_error("int() can't convert non-string with explicit base")),
        [v, ..] => {
            let kind = type_name(vm.heap, v);
            Err(Fault::type_error(format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{kind}'"
            )))
        }
    }
}

pub(crate) fn construct(
    vm: &mut Vm,
    type_id: TypeId,
    args: Vec<Value>,
    kwargs: Kwargs,
) -> R<Value> {
    let name = type_id.name();
    if type_id == TypeId::Int && !kwargs.is_empty() {
        return match (&args[..], &kwargs[..]) {
            ([source], [(name, base)]) if &**name == "base" => {
                to_int(vm, &[source.clone(), base.clone()])
            }
            (_, [(name, _), ..]) if &**name != "base" => {
                Err(Fault::type_error(format!("'{name}' is an invalid keyword argument for int()")))
            }
            _ => Err(Fault::type_error("int() missing string argument")),
        };
    }
    if let (TypeId::Zip, Some((other, _))) =
        (type_id, kwargs.iter().find(|(n, _)| &**n != "strict"))
    {
        return Err(Fault::type_error(format!(
            "'{other}' is an invalid keyword argument for zip()"
        )));
    }
    if !matches!(
        type_id,
        TypeId::Dict
            | TypeId::Enumerate
            | TypeId::DateTime
            | TypeId::Date
            | TypeId::Delta
            | TypeId::Zip
    ) {
        no_keywords(name, &kwargs)?;
    }
    match type_id {
        TypeId::Str => {
            if args.len() > 3 {
                return Err(Fault::type_error(format!(
                    "str() takes at most 3 arguments ({} given)",
                    args.len()
                )));
            }
            if let Some(encoding) = args.get(1) {
                return Err(Fault::type_error(match encoding {
                    Value::Str(_) => "decoding str is not supported".to_string(),
                    other => format!(
                        "str() argument 'encoding' must be str, not {}",
                        type_name(vm.heap, other)
                    ),
                }));
            }
            match args.first() {
                None => Ok(Value::str("")),
                Some(Value::Str(s)) => Ok(Value::Str(s.clone())),
                Some(value) => {
                    let text = text::str_of(vm.heap, value)?;
                    vm.heap.new_str(text)
                }
            }
        }
        TypeId::Int => to_int(vm, &args),
        TypeId::Float => {
            count_args(name, &args, 0, 1)?;
            match args.first() {
                None => Ok(Value::Float(0.0)),
                Some(Value::Str(s)) => parse_float(s).map(Value::Float).ok_or_else(|| {
                    Fault::value_error(format!(
                        "could not convert string to float: {}",
                        text::str_repr(s)
                    ))
                }),
                Some(v) if v.is_number() => number::to_float(v).map(Value::Float),
                Some(v) => {
                    let kind = type_name(vm.heap, v);
                    Err(Fault::type_error(format!(
                        "float() argument must be a string or a real number, not '{kind}'"
                    )))
                }
            }
        }
        TypeId::Bool => {
            count_args(name, &args, 0, 1)?;
            Ok(Value::Bool(args.first().is_some_and(|v| vm.truth(v))))
        }
        TypeId::List => {
            count_args(name, &args, 0, 1)?;
            let items = args.first().map(|v| vm.collect(v)).transpose()?;
            vm.heap.new_list(items.unwrap_or_default())
        }
        TypeId::Tuple => {
            count_args(name, &args, 0, 1)?;
            let items = args.first().map(|v| vm.collect(v)).transpose()?;
            vm.heap.new_tuple(items.unwrap_or_default())
        }
        TypeId::Set | TypeId::FrozenSet => {
            count_args(name, &args, 0, 1)?;
            let set = args.first().map(|v| containers::elements(vm, v)).transpose()?;
            vm.heap.new_set(set.unwrap_or_default())
        }
        TypeId::Dict => {
            count_args(name, &args, 0, 1)?;
            let mut map =
                args.first().map(|v| containers::pairs(vm, v)).transpose()?.unwrap_or_default();
            map.extend(kwargs.into_iter().map(|(k, v)| (Key(Value::Str(k)), v)));
            vm.heap.new_dict(map)
        }
        TypeId::Type => {
            count_args(name, &args, 1, 1)?;
            Ok(match &args[0] {
                Value::None => Value::Type(TypeId::NoneType),
                Value::Bool(_) => Value::Type(TypeId::Bool),
                Value::Int(_) | Value::Big(_) => Value::Type(TypeId::Int),
                Value::Float(_) => Value::Type(TypeId::Float),
                Value::Str(_) => Value::Type(TypeId::Str),
                Value::List(_) => Value::Type(TypeId::List),
                Value::Dict(_) => Value::Type(TypeId::Dict),
                Value::Set(_) => Value::Type(TypeId::Set),
                Value::Tuple(_) => Value::Type(TypeId::Tuple),
                Value::Member(class, _) => Value::Class(*class),
                Value::Object(id) => match &vm.heap.objects[*id as usize] {
                    Object::Exception { class, .. } => Value::ExcType(*class),
                    _ => Value::Type(TypeId::Object),
                },
                _ => Value::Type(TypeId::Object),
            })
        }
        TypeId::Range => {
            count_args(name, &args, 1, 3)?;
            let mut bounds = Vec::new();
            for value in &args {
                match value.as_index() {
                    Some(i) => bounds.push(i),
                    None => {
                        let kind = type_name(vm.heap, value);
                        return Err(Fault::type_error(format!(
                            "'{kind}' object cannot be interpreted as an integer"
                        )));
                    }
                }
            }
            let (start, stop, step) = match bounds[..] {
                [stop] => (0, stop, 1),
                [start, stop] => (start, stop, 1),
                [start, stop, step, ..] => (start, stop, step),
                [] => (0, 0, 1),
            };
            if step == 0 {
                return Err(Fault::value_error("range() arg 3 must not be zero"));
            }
            vm.heap.new_object(Object::Range(start, stop, step))
        }
        TypeId::Enumerate => {
            if args.is_empty() {
                return Err(Fault::type_error("enumerate() missing required argument 'iterable'"));
            }
            if args.len() > 2 {
                return Err(Fault::type_error(format!(
                    "enumerate() takes at most 2 arguments ({} given)",
                    args.len()
                )));
            }
            let start = args.get(1).cloned().or_else(|| keyword(&kwargs, "start"));
            let start = start.and_then(|v| v.as_index()).unwrap_or(0);
            let inner = vm.iter(&args[0])?;
            vm.heap.new_object(Object::Iter(Iter::Enumerate(Box::new(inner), start)))
        }
        TypeId::Zip => {
            let mut iters = Vec::new();
            for value in &args {
                iters.push(vm.iter(value)?);
            }
            vm.heap.new_object(Object::Iter(Iter::Zip(iters)))
        }
        TypeId::Map | TypeId::Filter => {
            if args.len() < 2 {
                return Err(Fault::type_error(match type_id {
                    TypeId::Filter => format!("filter expected 2 arguments, got {}", args.len()),
                    _ => "map() must have at least two arguments.".to_string(),
                }));
            }
            let mut iters = Vec::new();
            for value in &args[1..] {
                iters.push(vm.iter(value)?);
            }
            let iter = match (type_id, iters.pop()) {
                (TypeId::Filter, Some(inner)) => Iter::Filter(args[0].clone(), Box::new(inner)),
                (_, Some(last)) => {
                    iters.push(last);
                    Iter::Map(args[0].clone(), iters)
                }
                (_, None) => Iter::Zip(Vec::new()),
            };
            vm.heap.new_object(Object::Iter(iter))
        }
        TypeId::Reversed => {
            count_args(name, &args, 1, 1)?;
            let iter = match &args[0] {
                Value::List(id) => Iter::Reversed(*id, vm.heap.list(*id).len()),
                Value::Str(_) | Value::Tuple(_) | Value::Dict(_) | Value::Object(_) => {
                    let other = &args[0];
                    let mut items = vm.collect(other)?;
                    items.reverse();
                    let copy = vm.heap.new_tuple(items)?;
                    vm.iter(&copy)?
                }
                other => {
                    let kind = type_name(vm.heap, other);
                    return Err(Fault::type_error(format!("'{kind}' object is not reversible")));
                }
            };
            vm.heap.new_object(Object::Iter(iter))
        }
        TypeId::DateTime | TypeId::Date | TypeId::Delta => {
            datetime::construct(vm, type_id, &args, &kwargs)
        }
        TypeId::Object
        | TypeId::NoneType
        | TypeId::Abc
        | TypeId::AbcMeta
        | TypeId::Enum
        | TypeId::StrEnum
        | TypeId::Typing => Err(Fault::type_error(format!("'{name}' cannot be instantiated"))),
    }
}
