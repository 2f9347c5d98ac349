//! `str.format` and `%` formatting.

use super::format::{ascii, format_value};
use super::{repr_of, str_of, type_name};
use crate::code::Name;
use crate::error::{ExcKind, Fault, LimitKind, R};
use crate::heap::Heap;
use crate::number;
use crate::value::Value;

/// `str.format` with plain fields: `{}`, `{0}`, `{name}`, with conversion and specification.
pub(crate) fn str_format(
    heap: &Heap,
    template: &str,
    args: &[Value],
    kwargs: &[(Name, Value)],
) -> R<String> {
    let mut out = String::new();
    let mut chars = template.chars().peekable();
    let mut automatic = 0;
    let mut manual = false;
    while let Some(c) = chars.next() {
        match c {
            '{' if chars.peek() == Some(&'{') => {
                chars.next();
                out.push('{');
            }
            '}' => {
                if chars.next() != Some('}') {
                    return Err(Fault::value_error("Single '}' encountered in format string"));
                }
                out.push('}');
            }
            '{' => {
                let mut field = String::new();
                loop {
                    match chars.next() {
                        None => {
                            return Err(Fault::value_error(if field.is_empty() {
                                "Single '{' encountered in format string"
                            } else {
                                "expected '}' before end of string"
                            }));
                        }
                        Some('}') if field.matches('{').count() == field.matches('}').count() => {
                            break;
                        }
                        Some(c) => field.push(c),
                    }
                }
                let (name, spec) = field.split_once(':').unwrap_or((&field, ""));
                let (name, conversion) = name.split_once('!').unwrap_or((name, ""));
                let split = name.find(['[', '.']).unwrap_or(name.len());
                let (name, path) = name.split_at(split);
                let (numbered, counted) = (name.parse::<usize>().ok(), name.is_empty());
                if (numbered.is_some() && automatic > 0) || (counted && manual) {
                    let (from, to) = if counted {
                        ("manual field specification", "automatic field numbering")
                    } else {
                        ("automatic field numbering", "manual field specification")
                    };
                    return Err(Fault::value_error(format!("cannot switch from {from} to {to}")));
                }
                manual |= numbered.is_some();
                let mut value = if counted {
                    automatic += 1;
                    args.get(automatic - 1).ok_or_else(|| index_error(automatic - 1))?
                } else if let Some(index) = numbered {
                    args.get(index).ok_or_else(|| index_error(index))?
                } else {
                    let found = kwargs.iter().find(|(n, _)| **n == *name).map(|(_, v)| v);
                    found.ok_or_else(|| Fault::key_error(Value::str(name)))?
                };
                for part in path.split('[').skip(1) {
                    let key = part
                        .strip_suffix(']')
                        .ok_or_else(|| Fault::value_error("Missing ']' in format string"))?;
                    value = match (heap.items(value), heap.entries(value), key.parse::<usize>()) {
                        (Some(items), _, Ok(index)) => items.get(index).ok_or_else(|| {
                            Fault::text(ExcKind::IndexError, "list index out of range")
                        })?,
                        (_, Some(entries), _) => crate::value::map_get(entries, key)
                            .ok_or_else(|| Fault::key_error(Value::str(key)))?,
                        _ => {
                            return Err(Fault::value_error(
                                "this field of a format string is not supported",
                            ));
                        }
                    };
                }
                let nested;
                let spec = if spec.contains('{') {
                    automatic += 1;
                    let inner =
                        args.get(automatic - 1).ok_or_else(|| index_error(automatic - 1))?;
                    nested = spec.replace("{}", &str_of(heap, inner)?);
                    nested.as_str()
                } else {
                    spec
                };
                match conversion {
                    "r" => {
                        out.push_str(&format_value(heap, &Value::str(repr_of(heap, value)?), spec)?)
                    }
                    "s" => {
                        out.push_str(&format_value(heap, &Value::str(str_of(heap, value)?), spec)?)
                    }
                    _ => out.push_str(&format_value(heap, value, spec)?),
                }
            }
            c => out.push(c),
        }
        if out.len() > heap.remaining() {
            return Err(Fault::limit(LimitKind::Memory));
        }
    }
    Ok(out)
}

fn index_error(index: usize) -> Fault {
    Fault::text(
        ExcKind::IndexError,
        format!("Replacement index {index} out of range for positional args tuple"),
    )
}

/// `template % args`.
pub(crate) fn percent(heap: &Heap, template: &str, args: &Value) -> R<String> {
    let values: Vec<Value> = match args {
        Value::Tuple(t) => t.items.to_vec(),
        one => vec![one.clone()],
    };
    let mut next = values.iter();
    let mut out = String::new();
    let mut chars = template.char_indices().peekable();
    let mut used_mapping = false;
    while let Some((_, c)) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let mut keyed = None;
        if chars.peek().is_some_and(|(_, c)| *c == '(') {
            chars.next();
            let mut name = String::new();
            while let Some((_, c)) = chars.next_if(|(_, c)| *c != ')') {
                name.push(c);
            }
            chars.next();
            used_mapping = true;
            keyed = Some(heap.get(args, &name).ok_or_else(|| Fault::key_error(Value::str(name)))?);
        }
        let mut flags = String::new();
        while let Some((_, c)) = chars.next_if(|(_, c)| "-+ #0123456789.".contains(*c)) {
            flags.push(c);
        }
        let Some((at, code)) = chars.next() else {
            return Err(Fault::value_error("incomplete format"));
        };
        if code == '%' {
            out.push('%');
            continue;
        }
        let value = match keyed {
            Some(value) => value,
            None => next
                .next()
                .cloned()
                .ok_or_else(|| Fault::type_error("not enough arguments for format string"))?,
        };
        let left = flags.contains('-');
        let flags = flags.replace('-', "");
        let text_like = matches!(code, 's' | 'r' | 'a');
        let prefix = if left {
            "<"
        } else if text_like {
            ">"
        } else {
            ""
        };
        let flags =
            if text_like || left { flags.trim_start_matches('0').to_string() } else { flags };
        let (value, kind) = match code {
            's' => (Value::str(str_of(heap, &value)?), 's'),
            'r' => (Value::str(repr_of(heap, &value)?), 's'),
            'a' => (Value::str(ascii(&repr_of(heap, &value)?)), 's'),
            'd' | 'i' | 'u' => match &value {
                Value::Float(f) => (number::float_to_int(*f)?, 'd'),
                v if v.is_number() => (value, 'd'),
                v => {
                    let kind = type_name(heap, v);
                    return Err(Fault::type_error(format!(
                        "%{code} format: a real number is required, not {kind}"
                    )));
                }
            },
            'f' | 'F' | 'e' | 'E' | 'g' | 'G' => match &value {
                v if v.is_number() => (Value::Float(number::to_float(v)?), code),
                v => {
                    return Err(Fault::type_error(format!(
                        "must be real number, not {}",
                        type_name(heap, v)
                    )));
                }
            },
            'x' | 'X' | 'o' => (value, code),
            'c' => match &value {
                Value::Str(s) if s.chars().count() == 1 => (value, 's'),
                Value::Int(_) => (value, 'c'),
                _ => return Err(Fault::type_error("%c requires int or char")),
            },
            _ => {
                let at = template[..at].chars().count();
                return Err(Fault::value_error(format!(
                    "unsupported format character '{code}' ({:#x}) at index {at}",
                    code as u32
                )));
            }
        };
        out.push_str(&format_value(heap, &value, &format!("{prefix}{flags}{kind}"))?);
        if out.len() > heap.remaining() {
            return Err(Fault::limit(LimitKind::Memory));
        }
    }
    if next.next().is_some() && !used_mapping && !matches!(args, Value::Dict(_)) {
        return Err(Fault::type_error("not all arguments converted during string formatting"));
    }
    Ok(out)
}
