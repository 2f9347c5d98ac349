//! Methods of dict, list, tuple and set.

use super::{Method, count_args};
use crate::code::Name;
use crate::compare;
use crate::error::{ExcKind, Fault, R};
use crate::heap::{ENTRY_BYTES, ITEM_BYTES, check_hashable, hashable};
use crate::text::type_name;
use crate::value::{Elements, Key, Map, Value, ValueKey};
use crate::vm::{Object, View, Vm};

pub(super) fn dict_method(
    vm: &mut Vm,
    id: u32,
    method: Method,
    args: &[Value],
    kwargs: &[(Name, Value)],
) -> R<Value> {
    use Method::*;
    let name = method.name();
    match method {
        Get => {
            count_args(name, args, 1, 2)?;
            check_hashable(&args[0])?;
            Ok(match vm.heap.dict(id).get(&ValueKey(&args[0])) {
                Some(value) => value.clone(),
                None => args.get(1).cloned().unwrap_or(Value::None),
            })
        }
        Items | Keys | Values => {
            count_args(&format!("dict.{name}"), args, 0, 0)?;
            let view = match method {
                Items => View::Items,
                Keys => View::Keys,
                _ => View::Values,
            };
            vm.heap.new_object(Object::View(id, view))
        }
        SetDefault => {
            count_args(name, args, 1, 2)?;
            let key = hashable(args[0].clone())?;
            if let Some(value) = vm.heap.dict(id).get(&key) {
                return Ok(value.clone());
            }
            vm.heap.charge(ENTRY_BYTES)?;
            let value = args.get(1).cloned().unwrap_or(Value::None);
            vm.heap.dict_mut(id, Some(&value)).insert(key, value.clone());
            Ok(value)
        }
        Pop => {
            count_args(name, args, 1, 2)?;
            if vm.heap.dict(id).is_empty() {
                // An empty dict is not asked, so that the key need not be hashable.
                return args.get(1).cloned().ok_or_else(|| Fault::key_error(args[0].clone()));
            }
            let key = hashable(args[0].clone())?;
            if vm.heap.dict(id).contains_key(&key) {
                return Ok(vm.heap.dict_mut(id, None).shift_remove(&key).unwrap_or(Value::None));
            }
            args.get(1).cloned().ok_or_else(|| Fault::key_error(args[0].clone()))
        }
        PopItem => match vm.heap.dict_mut(id, None).pop() {
            Some((key, value)) => vm.heap.new_tuple(vec![key.0, value]),
            None => Err(Fault::key_error(Value::str("popitem(): dictionary is empty"))),
        },
        Update => {
            count_args(name, args, 0, 1)?;
            if let Some(other) = args.first() {
                let entries = pairs(vm, other)?;
                vm.heap.charge(entries.len() * ENTRY_BYTES)?;
                vm.heap.note_escape();
                vm.heap.dict_mut(id, None).extend(entries);
            }
            for (name, value) in kwargs {
                vm.heap.charge(ENTRY_BYTES)?;
                vm.heap
                    .dict_mut(id, Some(value))
                    .insert(Key(Value::Str(name.clone())), value.clone());
            }
            Ok(Value::None)
        }
        Clear => {
            vm.heap.dict_mut(id, None).clear();
            Ok(Value::None)
        }
        _ => {
            let copy = vm.heap.dict(id).clone();
            vm.heap.new_dict(copy)
        }
    }
}

/// What `dict(value)` takes: a dict or an iterable of pairs.
pub(super) fn pairs(vm: &mut Vm, value: &Value) -> R<Map> {
    if let Value::Dict(id) = value {
        return Ok(vm.heap.dict(*id).clone());
    }
    let mut map = Map::default();
    let mut iter = vm.iter(value)?;
    while let Some(item) = vm.next(&mut iter)? {
        vm.step(1)?;
        let at = map.len();
        let kind = type_name(vm.heap, &item);
        let pair = vm.collect(&item).map_err(|fault| match fault {
            Fault::Raised(_) => Fault::type_error(format!(
                "cannot convert dictionary update sequence element #{at} to a sequence"
            )),
            limit => limit,
        })?;
        let _ = kind;
        let [key, value] = &pair[..] else {
            return Err(Fault::value_error(format!(
                "dictionary update sequence element #{at} has length {}; 2 is required",
                pair.len()
            )));
        };
        vm.heap.charge(ENTRY_BYTES)?;
        map.insert(hashable(key.clone())?, value.clone());
    }
    Ok(map)
}

pub(super) fn sequence_method(
    vm: &mut Vm,
    receiver: &Value,
    method: Method,
    args: &[Value],
) -> R<Value> {
    let kind = if matches!(receiver, Value::List(_)) { "list" } else { "tuple" };
    if method == Method::Index {
        count_args("index", args, 1, 3)?;
    } else {
        count_args(&format!("{kind}.count"), args, 1, 1)?;
    }
    let len = vm.heap.items(receiver).unwrap_or_default().len() as i64;
    let bound = |at: usize, default: i64| match args.get(at).and_then(Value::as_index) {
        Some(i) if i < 0 => (i + len).max(0),
        Some(i) => i,
        None => default,
    };
    let (start, stop) = (bound(1, 0), bound(2, len));
    let items = vm.heap.items(receiver).unwrap_or_default();
    let mut count = 0;
    let mut first = None;
    for (i, item) in items.iter().enumerate() {
        if (i as i64) < start || (i as i64) >= stop {
            continue;
        }
        if item.is(&args[0]) || compare::equal(vm.heap, item, &args[0])? {
            count += 1;
            first.get_or_insert(i);
        }
    }
    let scanned = items.len() as u64 / 8;
    vm.step(scanned)?;
    if method == Method::Count {
        return Ok(Value::Int(count));
    }
    match first {
        Some(at) => Ok(Value::Int(at as i64)),
        None if kind == "list" => {
            let text = crate::text::repr_of(vm.heap, &args[0])?;
            Err(Fault::value_error(format!("{text} is not in list")))
        }
        None => Err(Fault::value_error("tuple.index(x): x not in tuple")),
    }
}

pub(super) fn list_method(
    vm: &mut Vm,
    id: u32,
    method: Method,
    args: &[Value],
    kwargs: &[(Name, Value)],
) -> R<Value> {
    use Method::*;
    let name = method.name();
    match method {
        Append => {
            count_args("list.append", args, 1, 1)?;
            vm.heap.charge(ITEM_BYTES)?;
            vm.heap.list_mut(id, args).push(args[0].clone());
        }
        Extend => {
            count_args("list.extend", args, 1, 1)?;
            let items = vm.collect(&args[0])?;
            vm.heap.list_mut(id, &items).extend(items);
        }
        Insert => {
            count_args(name, args, 2, 2)?;
            let len = vm.heap.list(id).len() as i64;
            let Some(at) = args[0].as_index() else {
                return Err(Fault::type_error(format!(
                    "'{}' object cannot be interpreted as an integer",
                    type_name(vm.heap, &args[0])
                )));
            };
            let at = if at < 0 { (at + len).max(0) } else { at.min(len) };
            vm.heap.charge(ITEM_BYTES)?;
            vm.heap.list_mut(id, &args[1..]).insert(at as usize, args[1].clone());
        }
        Remove => {
            count_args("list.remove", args, 1, 1)?;
            let mut found = None;
            for (i, item) in vm.heap.list(id).iter().enumerate() {
                if item.is(&args[0]) || compare::equal(vm.heap, item, &args[0])? {
                    found = Some(i);
                    break;
                }
            }
            match found {
                Some(at) => {
                    vm.heap.list_mut(id, &[]).remove(at);
                }
                None => return Err(Fault::value_error("list.remove(x): x not in list")),
            }
        }
        Pop => {
            count_args(name, args, 0, 1)?;
            let len = vm.heap.list(id).len() as i64;
            if len == 0 {
                return Err(Fault::text(ExcKind::IndexError, "pop from empty list"));
            }
            let at = match args.first() {
                None => -1,
                Some(value) => match value.as_index() {
                    Some(i) => i,
                    None => {
                        return Err(Fault::type_error(format!(
                            "'{}' object cannot be interpreted as an integer",
                            type_name(vm.heap, value)
                        )));
                    }
                },
            };
            let at = if at < 0 { at + len } else { at };
            if at < 0 || at >= len {
                return Err(Fault::text(ExcKind::IndexError, "pop index out of range"));
            }
            return Ok(vm.heap.list_mut(id, &[]).remove(at as usize));
        }
        Clear => vm.heap.list_mut(id, &[]).clear(),
        Copy => {
            let copy = vm.heap.list(id).clone();
            return vm.heap.new_list(copy);
        }
        Reverse => vm.heap.list_mut(id, &[]).reverse(),
        Sort => {
            if !args.is_empty() {
                return Err(Fault::type_error("sort() takes no positional arguments"));
            }
            let mut items = vm.heap.list(id).clone();
            sort(vm, &mut items, kwargs, "sort")?;
            let list = vm.heap.list_mut(id, &[]);
            *list = items;
        }
        _ => return sequence_method(vm, &Value::List(id), method, args),
    }
    Ok(Value::None)
}

/// `sorted` and `list.sort`.
pub(super) fn sort(
    vm: &mut Vm,
    items: &mut Vec<Value>,
    kwargs: &[(Name, Value)],
    callee: &str,
) -> R<()> {
    let (mut key, mut reverse) = (Value::None, false);
    for (name, value) in kwargs {
        match &**name {
            "key" => key = value.clone(),
            "reverse" => {
                reverse = match value.as_index() {
                    Some(i) => i != 0,
                    None => {
                        let kind = type_name(vm.heap, value);
                        return Err(Fault::type_error(format!(
                            "'{kind}' object cannot be interpreted as an integer"
                        )));
                    }
                }
            }
            _ => {
                return Err(Fault::type_error(format!(
                    "'{name}' is an invalid keyword argument for {callee}()"
                )));
            }
        }
    }
    vm.step(items.len() as u64)?;
    vm.heap.charge(items.len() * 2 * ITEM_BYTES)?;
    let mut order: Vec<usize> = (0..items.len()).collect();
    if matches!(key, Value::None) {
        compare::sort_by_keys(vm.heap, &mut order, items, reverse)?;
    } else {
        let mut keys = Vec::with_capacity(items.len());
        for item in items.iter() {
            keys.push(vm.call_value(&key, vec![item.clone()], Vec::new())?);
        }
        compare::sort_by_keys(vm.heap, &mut order, &keys, reverse)?;
    }
    *items = order.into_iter().map(|i| items[i].clone()).collect();
    Ok(())
}

pub(super) fn set_method(vm: &mut Vm, id: u32, method: Method, args: &[Value]) -> R<Value> {
    use Method::*;
    match method {
        Add => {
            count_args("set.add", args, 1, 1)?;
            let key = hashable(args[0].clone())?;
            vm.heap.charge(ENTRY_BYTES)?;
            vm.heap.set_mut(id).insert(key);
        }
        Discard | Remove => {
            count_args(&format!("set.{}", method.name()), args, 1, 1)?;
            let key = hashable(args[0].clone())?;
            if !vm.heap.set_mut(id).shift_remove(&key) && method == Remove {
                return Err(Fault::key_error(args[0].clone()));
            }
        }
        Pop => {
            return match vm.heap.set_mut(id).shift_remove_index(0) {
                Some(key) => Ok(key.0),
                None => Err(Fault::key_error(Value::str("pop from an empty set"))),
            };
        }
        Clear => vm.heap.set_mut(id).clear(),
        Copy => {
            let copy = vm.heap.set(id).clone();
            return vm.heap.new_set(copy);
        }
        Update => {
            for other in args {
                let elements = elements(vm, other)?;
                vm.heap.set_mut(id).extend(elements);
            }
        }
        _ => {
            let mut result = vm.heap.set(id).clone();
            for other in args {
                let other = elements(vm, other)?;
                match method {
                    Union => result.extend(other),
                    Intersection => result.retain(|k| other.contains(k)),
                    Difference => result.retain(|k| !other.contains(k)),
                    SymmetricDifference => {
                        result = result.symmetric_difference(&other).cloned().collect()
                    }
                    IsSubset => return Ok(Value::Bool(result.iter().all(|k| other.contains(k)))),
                    IsSuperset => return Ok(Value::Bool(other.iter().all(|k| result.contains(k)))),
                    _ => return Ok(Value::Bool(!result.iter().any(|k| other.contains(k)))),
                }
            }
            return vm.heap.new_set(result);
        }
    }
    Ok(Value::None)
}

/// The elements of `set(value)`.
pub(super) fn elements(vm: &mut Vm, value: &Value) -> R<Elements> {
    if let Value::Set(id) = value {
        return Ok(vm.heap.set(*id).clone());
    }
    let mut set = Elements::default();
    let mut iter = vm.iter(value)?;
    while let Some(item) = vm.next(&mut iter)? {
        vm.step(1)?;
        vm.heap.charge(ENTRY_BYTES)?;
        set.insert(hashable(item)?);
    }
    Ok(set)
}
