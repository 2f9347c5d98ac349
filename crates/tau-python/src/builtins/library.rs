//! Functions of the modules `json`, `copy`, `random` and `uuid`.

use super::functions::Kwargs;
use super::{Builtin, TypeId, count_args};
use crate::error::{ExcKind, Fault, R};
use crate::json::{self, Style};
use crate::value::Value;
use crate::vm::Vm;

pub(super) fn dumps(vm: &mut Vm, args: &[Value], kwargs: &Kwargs) -> R<Value> {
    if args.len() != 1 {
        let n = args.len();
        return Err(Fault::type_error(if n == 0 {
            "dumps() missing 1 required positional argument: 'obj'".to_string()
        } else {
            format!("dumps() takes 1 positional argument but {n} were given")
        }));
    }
    let mut style = Style::default();
    for (name, value) in kwargs {
        match &**name {
            "indent" => {
                style.indent = match value {
                    Value::None => None,
                    Value::Str(s) => Some(s.to_string()),
                    n => Some(" ".repeat(n.as_index().unwrap_or(0).clamp(0, 64) as usize)),
                };
                if style.indent.is_some() {
                    style.item_separator = ",".into();
                }
            }
            "sort_keys" => style.sort_keys = vm.truth(value),
            "ensure_ascii" => style.ensure_ascii = vm.truth(value),
            "default" => match value {
                Value::None => {}
                Value::Type(TypeId::Str) => style.default_str = true,
                _ => {
                    let text = "json.dumps: a default other than str is not part of the supported Python subset";
                    return Err(Fault::text(ExcKind::NotImplementedError, text));
                }
            },
            "allow_nan" => style.allow_nan = vm.truth(value),
            "skipkeys" => style.skip_keys = vm.truth(value),
            "separators" => {
                if let Some([Value::Str(item), Value::Str(key)]) = vm.heap.items(value) {
                    (style.item_separator, style.key_separator) =
                        (item.to_string(), key.to_string());
                }
            }
            other => {
                return Err(Fault::type_error(format!(
                    "JSONEncoder.__init__() got an unexpected keyword argument '{other}'"
                )));
            }
        }
    }
    let text = json::dumps(vm.heap, &args[0], &style)?;
    vm.heap.new_str(text)
}

/// `copy.copy` and `copy.deepcopy`: aliases within the copied value stay aliases.
pub(super) fn copy(
    vm: &mut Vm,
    value: &Value,
    deep: bool,
    done: &mut std::collections::HashMap<(u8, u32), Value>,
    depth: u32,
) -> R<Value> {
    if depth > 300 {
        return Err(Fault::limit(crate::error::LimitKind::DataDepth));
    }
    vm.step(1)?;
    let key = match value {
        Value::List(id) => (0, *id),
        Value::Dict(id) => (1, *id),
        Value::Set(id) => (2, *id),
        Value::Tuple(t) if deep => {
            let mut items = Vec::with_capacity(t.items.len());
            for item in t.items.iter() {
                items.push(copy(vm, item, true, done, depth + 1)?);
            }
            return vm.heap.new_tuple(items);
        }
        other => return Ok(other.clone()),
    };
    if let Some(made) = done.get(&key) {
        return Ok(made.clone());
    }
    match value {
        Value::List(id) => {
            let items = vm.heap.list(*id).clone();
            let made = vm.heap.new_list(items.clone())?;
            done.insert(key, made.clone());
            if let (Value::List(new), true) = (&made, deep) {
                for (i, item) in items.iter().enumerate() {
                    let item = copy(vm, item, true, done, depth + 1)?;
                    vm.heap.list_mut(*new, &[])[i] = item;
                }
            }
            Ok(made)
        }
        Value::Dict(id) => {
            let entries = vm.heap.dict(*id).clone();
            let made = vm.heap.new_dict(entries.clone())?;
            done.insert(key, made.clone());
            if let (Value::Dict(new), true) = (&made, deep) {
                for (i, value) in entries.values().enumerate() {
                    let value = copy(vm, value, true, done, depth + 1)?;
                    vm.heap.dict_mut(*new, None)[i] = value;
                }
            }
            Ok(made)
        }
        _ => {
            let Value::Set(id) = value else { return Ok(value.clone()) };
            let elements = vm.heap.set(*id).clone();
            vm.heap.new_set(elements)
        }
    }
}

/// `random` and `uuid`, drawn from the episode's seed.
pub(super) fn chance(vm: &mut Vm, builtin: Builtin, args: &[Value]) -> R<Value> {
    let bits = vm.episode.next_random();
    match builtin {
        Builtin::Random => {
            count_args("random", args, 0, 0)?;
            Ok(Value::Float((bits >> 11) as f64 / (1u64 << 53) as f64))
        }
        Builtin::RandInt => {
            count_args("randint", args, 2, 2)?;
            let (Some(low), Some(high)) = (args[0].as_index(), args[1].as_index()) else {
                return Err(Fault::type_error("randint() arguments must be integers"));
            };
            if low > high {
                return Err(Fault::value_error(format!(
                    "empty range for randrange() ({low}, {}, {})",
                    high + 1,
                    high + 1 - low
                )));
            }
            let span = (high as i128 - low as i128 + 1) as u128;
            Ok(Value::Int((low as i128 + (bits as u128 % span) as i128) as i64))
        }
        Builtin::Choice => {
            count_args("choice", args, 1, 1)?;
            let items = vm.collect(&args[0])?;
            if items.is_empty() {
                return Err(Fault::text(
                    ExcKind::IndexError,
                    "Cannot choose from an empty sequence",
                ));
            }
            Ok(items[(bits % items.len() as u64) as usize].clone())
        }
        _ => {
            let low = vm.episode.next_random();
            let (a, b, c) = (bits >> 32, bits >> 16 & 0xffff, bits & 0xfff);
            let (d, e) = (0x8000 | low >> 48 & 0x3fff, low & 0xffff_ffff_ffff);
            vm.heap.new_str(format!("{a:08x}-{b:04x}-4{c:03x}-{d:04x}-{e:012x}"))
        }
    }
}
