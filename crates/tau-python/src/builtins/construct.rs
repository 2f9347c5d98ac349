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
fn cleaned(text: &str) -> Option<String> {
    let trimmed = text.trim_matches(super::strings::is_space);
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

fn parse_float(text: &str) -> Option<f64> {
    let clean = cleaned(text)?;
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
            let clean = cleaned(s).unwrap_or_default();
            let digits = clean.trim_start_matches(['+', '-']);
            if base == 10
                && digits.len() > number::MAX_STR_DIGITS
                && digits.bytes().all(|b| b.is_ascii_digit())
            {
                return Err(Fault::value_error(number::too_many_digits(digits.len())));
            }
            let parsed = if (2..=36).contains(&base)
                && clean.len() - digits.len() <= 1
                && !digits.is_empty()
                && digits.bytes().all(|b| b.is_ascii_alphanumeric())
            {
                BigInt::parse_bytes(clean.as_bytes(), base as u32)
            } else {
                None
            };
            parsed.map(Value::big).ok_or_else(|| {
                let shown = text::str_repr(s);
                Fault::value_error(format!("invalid literal for int() with base {base}: {shown}"))
            })
        }
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
            count_args(name, &args, 0, 1)?;
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
            count_args(name, &args, 1, 2)?;
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
                return Err(Fault::type_error(format!(
                    "{name}() must have at least two arguments."
                )));
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
                Value::Set(_) => return Err(Fault::type_error("'set' object is not reversible")),
                other => {
                    let mut items = vm.collect(other)?;
                    items.reverse();
                    let copy = vm.heap.new_tuple(items)?;
                    vm.iter(&copy)?
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
