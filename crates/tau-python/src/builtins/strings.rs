//! Methods of `str`.

use super::{Method, count_args};
use crate::code::Name;
use crate::error::{ExcKind, Fault, R};
use crate::text::{digits, template, type_name};
use crate::value::Value;
use crate::vm::Vm;

pub(super) fn has(method: Method) -> bool {
    use Method::*;
    matches!(
        method,
        Lower
            | Upper
            | Strip
            | LStrip
            | RStrip
            | Title
            | Capitalize
            | Replace
            | StartsWith
            | EndsWith
            | Join
            | Split
            | RSplit
            | SplitLines
            | IsDigit
            | IsAlpha
            | IsAlnum
            | IsUpper
            | IsLower
            | IsSpace
            | IsNumeric
            | IsDecimal
            | Find
            | RFind
            | Format
            | ZFill
            | LJust
            | RJust
            | Center
            | Partition
            | RPartition
            | CaseFold
            | SwapCase
            | RemovePrefix
            | RemoveSuffix
            | Count
            | Index
            | RIndex
            | IsTitle
            | ExpandTabs
    )
}

/// `str.isdigit` and the like as functions.
pub(super) fn unbound(method: &str) -> Option<Value> {
    let method = Method::named(method).filter(|m| has(*m))?;
    Some(Value::StrMethod(method))
}

fn text_arg<'v>(vm: &Vm, value: &'v Value, words: &str) -> R<&'v str> {
    value.as_str().ok_or_else(|| Fault::type_error(format!("{words}{}", type_name(vm.heap, value))))
}

pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

fn title(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut inside = false;
    for c in s.chars() {
        if c.is_alphabetic() {
            if inside {
                out.extend(c.to_lowercase())
            } else {
                push_title(&mut out, c)
            }
            inside = true;
        } else {
            out.push(c);
            inside = false;
        }
    }
    out
}

/// A character's title case: only the first letter of a ligature is large.
fn push_title(out: &mut String, c: char) {
    match c {
        'Ǆ' | 'ǅ' | 'ǆ' => out.push('ǅ'),
        'Ǉ' | 'ǈ' | 'ǉ' => out.push('ǈ'),
        'Ǌ' | 'ǋ' | 'ǌ' => out.push('ǋ'),
        'Ǳ' | 'ǲ' | 'ǳ' => out.push('ǲ'),
        'ŉ' => out.push_str("ʼN"),
        c => {
            let mut upper = c.to_uppercase();
            out.extend(upper.next());
            upper.for_each(|rest| out.extend(rest.to_lowercase()));
        }
    }
}

fn is_title(s: &str) -> bool {
    let (mut inside, mut any) = (false, false);
    for c in s.chars() {
        if c.is_uppercase() || matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ') {
            if inside {
                return false;
            }
            (inside, any) = (true, true);
        } else if c.is_lowercase() {
            if !inside {
                return false;
            }
            any = true;
        } else {
            inside = false;
        }
    }
    any
}

/// `str.splitlines`: every line boundary of Unicode.
fn lines(s: &str, keep: bool) -> Vec<Value> {
    let mut out = Vec::new();
    let mut rest = s;
    let ends = [
        '\n', '\r', '\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}', '\u{85}', '\u{2028}',
        '\u{2029}',
    ];
    while let Some(at) = rest.find(ends) {
        let width = if rest[at..].starts_with("\r\n") {
            2
        } else {
            rest[at..].chars().next().map_or(1, char::len_utf8)
        };
        out.push(Value::str(&rest[..if keep { at + width } else { at }]));
        rest = &rest[at + width..];
    }
    if !rest.is_empty() {
        out.push(Value::str(rest));
    }
    out
}

fn index_arg(vm: &Vm, value: Option<&Value>) -> R<Option<i64>> {
    match value {
        None | Some(Value::None) => Ok(None),
        Some(value) => match value.as_index() {
            Some(i) => Ok(Some(i)),
            None => Err(Fault::type_error(format!(
                "'{}' object cannot be interpreted as an integer",
                type_name(vm.heap, value)
            ))),
        },
    }
}

pub(super) fn method(
    vm: &mut Vm,
    s: &str,
    method: Method,
    args: &[Value],
    kwargs: &[(Name, Value)],
) -> R<Value> {
    use Method::*;
    let name = method.name();
    vm.step(s.len() as u64 / 64)?;
    let none = |n: usize| count_args(&format!("str.{name}"), args, 0, n);
    let made = match method {
        Lower | CaseFold => {
            none(0)?;
            if s.is_ascii() { s.to_ascii_lowercase() } else { s.to_lowercase() }
        }
        Upper => {
            none(0)?;
            s.to_uppercase()
        }
        Title => {
            none(0)?;
            title(s)
        }
        Capitalize => {
            none(0)?;
            let mut chars = s.chars();
            let mut first = String::new();
            if let Some(c) = chars.next() {
                push_title(&mut first, c);
            }
            first + &chars.as_str().to_lowercase()
        }
        SwapCase => s
            .chars()
            .flat_map(|c| {
                if c.is_uppercase() {
                    c.to_lowercase().collect::<Vec<_>>()
                } else {
                    c.to_uppercase().collect()
                }
            })
            .collect(),
        Strip | LStrip | RStrip => {
            count_args(name, args, 0, 1)?;
            let set = match args.first() {
                None | Some(Value::None) => None,
                Some(Value::Str(set)) => Some(set.clone()),
                Some(_) => {
                    return Err(Fault::type_error(format!("{name} arg must be None or str")));
                }
            };
            let strip = |c: char| set.as_ref().map_or_else(|| is_space(c), |set| set.contains(c));
            match method {
                Strip => s.trim_matches(strip),
                LStrip => s.trim_start_matches(strip),
                _ => s.trim_end_matches(strip),
            }
            .to_string()
        }
        Replace => {
            count_args(name, args, 2, 3)?;
            let from = text_arg(vm, &args[0], "replace() argument 1 must be str, not ")?;
            let to = text_arg(vm, &args[1], "replace() argument 2 must be str, not ")?;
            let most =
                index_arg(vm, args.get(2))?.filter(|n| *n >= 0).map_or(usize::MAX, |n| n as usize);
            let hits = s.matches(from).count().min(most);
            vm.heap.charge(s.len().saturating_add(hits.saturating_mul(to.len())))?;
            s.replacen(from, to, most)
        }
        StartsWith | EndsWith => {
            count_args(name, args, 1, 3)?;
            let tests: Vec<Value> = match &args[0] {
                Value::Tuple(t) => t.items.to_vec(),
                one => vec![one.clone()],
            };
            let part = slice_of(s, index_arg(vm, args.get(1))?, index_arg(vm, args.get(2))?);
            for test in &tests {
                let Value::Str(test) = test else {
                    let kind = type_name(vm.heap, test);
                    if matches!(args[0], Value::Tuple(_)) {
                        return Err(Fault::type_error(format!(
                            "tuple for {name} must only contain str, not {kind}"
                        )));
                    }
                    return Err(Fault::type_error(format!(
                        "{name} first arg must be str or a tuple of str, not {kind}"
                    )));
                };
                if part.is_some_and(|p| {
                    if method == StartsWith { p.starts_with(&**test) } else { p.ends_with(&**test) }
                }) {
                    return Ok(Value::Bool(true));
                }
            }
            return Ok(Value::Bool(false));
        }
        Join => {
            count_args("str.join", args, 1, 1)?;
            let items = match vm.collect(&args[0]) {
                Err(Fault::Raised(r)) if !matches!(args[0], Value::Object(_)) => {
                    let _ = r;
                    return Err(Fault::type_error("can only join an iterable"));
                }
                other => other?,
            };
            let mut size = 0usize;
            for (i, item) in items.iter().enumerate() {
                let Value::Str(text) = item else {
                    return Err(Fault::type_error(format!(
                        "sequence item {i}: expected str instance, {} found",
                        type_name(vm.heap, item)
                    )));
                };
                size += text.len() + s.len();
            }
            vm.heap.charge(size)?;
            let mut out = String::with_capacity(size);
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push_str(s);
                }
                out.push_str(item.as_str().unwrap_or_default());
            }
            return Ok(Value::str(out));
        }
        Split | RSplit => return split(vm, s, method, args, kwargs),
        SplitLines => {
            if args.len() > 1 {
                return Err(Fault::type_error(format!(
                    "splitlines() takes at most 1 argument ({} given)",
                    args.len()
                )));
            }
            let keep = args
                .first()
                .or_else(|| kwargs.iter().find(|(n, _)| &**n == "keepends").map(|(_, v)| v));
            let keep = keep.is_some_and(|v| vm.truth(v));
            vm.heap.charge(s.len() * 2)?;
            return vm.heap.new_list(lines(s, keep));
        }
        IsTitle => return Ok(Value::Bool(is_title(s))),
        ExpandTabs => {
            count_args(name, args, 0, 1)?;
            let given = args.first().or_else(|| kwargs.first().map(|(_, v)| v));
            let size = given.and_then(Value::as_index).unwrap_or(8).max(0) as usize;
            vm.heap.charge(s.matches('\t').count().saturating_mul(size))?;
            let (mut out, mut column) = (String::new(), 0);
            for c in s.chars() {
                match c {
                    '\t' if size == 0 => {}
                    '\t' => {
                        let pad = size - column % size;
                        out.extend(std::iter::repeat_n(' ', pad));
                        column += pad;
                    }
                    c => {
                        column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
                        out.push(c);
                    }
                }
            }
            out
        }
        IsDigit | IsDecimal | IsNumeric => {
            return all(s, |c| match method {
                IsNumeric => c.is_numeric() || digits::is_digit(c),
                IsDecimal => digits::decimal(c).is_some(),
                _ => digits::is_digit(c),
            });
        }
        IsAlpha => return all(s, char::is_alphabetic),
        IsAlnum => return all(s, char::is_alphanumeric),
        IsSpace => return all(s, is_space),
        IsUpper => {
            return Ok(Value::Bool(
                s.chars().any(char::is_uppercase) && !s.chars().any(char::is_lowercase),
            ));
        }
        IsLower => {
            return Ok(Value::Bool(
                s.chars().any(char::is_lowercase) && !s.chars().any(char::is_uppercase),
            ));
        }
        Count | Find | RFind | Index | RIndex => {
            count_args(name, args, 1, 3)?;
            let part = text_arg(vm, &args[0], "must be str, not ")?;
            let (start, stop) = (index_arg(vm, args.get(1))?, index_arg(vm, args.get(2))?);
            let Some(within) = slice_of(s, start, stop) else {
                return match method {
                    Index | RIndex => Err(Fault::value_error("substring not found")),
                    Count => Ok(Value::Int(0)),
                    _ => Ok(Value::Int(-1)),
                };
            };
            if method == Count {
                let n = if part.is_empty() {
                    within.chars().count() + 1
                } else {
                    within.matches(part).count()
                };
                return Ok(Value::Int(n as i64));
            }
            let found = if matches!(method, RFind | RIndex) {
                within.rfind(part)
            } else {
                within.find(part)
            };
            let offset = within.as_ptr() as usize - s.as_ptr() as usize;
            return match found {
                Some(at) => Ok(Value::Int(s[..offset + at].chars().count() as i64)),
                None if matches!(method, Index | RIndex) => {
                    Err(Fault::value_error("substring not found"))
                }
                None => Ok(Value::Int(-1)),
            };
        }
        Format => template::str_format(vm.heap, s, args, kwargs)?,
        ZFill | LJust | RJust | Center => {
            if method == ZFill {
                count_args("str.zfill", args, 1, 1)?;
            } else {
                count_args(name, args, 1, 2)?;
            }
            if matches!(args[0], Value::None) {
                return Err(Fault::type_error(
                    "'NoneType' object cannot be interpreted as an integer",
                ));
            }
            let width = index_arg(vm, args.first())?.unwrap_or(0).max(0) as usize;
            let fill = match args.get(1) {
                None => {
                    if method == ZFill {
                        '0'
                    } else {
                        ' '
                    }
                }
                Some(Value::Str(f)) if f.chars().count() == 1 => f.chars().next().unwrap_or(' '),
                Some(Value::Str(_)) => {
                    return Err(Fault::type_error(
                        "The fill character must be exactly one character long",
                    ));
                }
                Some(other) => {
                    let kind = type_name(vm.heap, other);
                    return Err(Fault::type_error(format!(
                        "The fill character must be a unicode character, not {kind}"
                    )));
                }
            };
            let len = s.chars().count();
            let pad = width.saturating_sub(len);
            vm.heap.charge(pad.saturating_mul(fill.len_utf8()))?;
            let run = |n: usize| fill.to_string().repeat(n);
            match method {
                ZFill if s.starts_with(['+', '-']) => format!("{}{}{}", &s[..1], run(pad), &s[1..]),
                ZFill | RJust => run(pad) + s,
                LJust => s.to_string() + &run(pad),
                _ => {
                    let left = pad / 2 + (pad & width & 1);
                    run(left) + s + &run(pad - left)
                }
            }
        }
        Partition | RPartition => {
            count_args(&format!("str.{name}"), args, 1, 1)?;
            let by = text_arg(vm, &args[0], "must be str, not ")?;
            if by.is_empty() {
                return Err(Fault::value_error("empty separator"));
            }
            let at = if method == Partition { s.find(by) } else { s.rfind(by) };
            let parts = match at {
                Some(at) => [&s[..at], by, &s[at + by.len()..]],
                None if method == Partition => [s, "", ""],
                None => ["", "", s],
            };
            return vm.heap.new_tuple(parts.into_iter().map(Value::str).collect());
        }
        RemovePrefix | RemoveSuffix => {
            count_args(&format!("str.{name}"), args, 1, 1)?;
            let part = text_arg(vm, &args[0], &format!("{name}() argument must be str, not "))?;
            let cut =
                if method == RemovePrefix { s.strip_prefix(part) } else { s.strip_suffix(part) };
            cut.unwrap_or(s).to_string()
        }
        _ => {
            return Err(Fault::text(
                ExcKind::AttributeError,
                format!("'str' object has no attribute '{name}'"),
            ));
        }
    };
    vm.heap.new_str(made)
}

fn all(s: &str, test: impl Fn(char) -> bool) -> R<Value> {
    Ok(Value::Bool(!s.is_empty() && s.chars().all(test)))
}

/// The part between two positions in characters; `None` when the start lies beyond the end.
fn slice_of(s: &str, start: Option<i64>, stop: Option<i64>) -> Option<&str> {
    if start.is_none() && stop.is_none() {
        return Some(s);
    }
    let len = s.chars().count() as i64;
    let place = |i: i64| if i < 0 { (i + len).max(0) } else { i };
    let (start, stop) = (place(start.unwrap_or(0)), place(stop.unwrap_or(len)).min(len));
    if start > stop {
        return None;
    }
    let byte = |n: i64| s.char_indices().nth(n as usize).map_or(s.len(), |(i, _)| i);
    Some(&s[byte(start)..byte(stop)])
}

fn split(
    vm: &mut Vm,
    s: &str,
    method: Method,
    args: &[Value],
    kwargs: &[(Name, Value)],
) -> R<Value> {
    count_args(method.name(), args, 0, 2)?;
    if let Some((other, _)) = kwargs.iter().find(|(n, _)| !matches!(&**n, "sep" | "maxsplit")) {
        let name = method.name();
        return Err(Fault::type_error(format!(
            "'{other}' is an invalid keyword argument for {name}()"
        )));
    }
    let named = |name: &str| kwargs.iter().find(|(n, _)| &**n == name).map(|(_, v)| v.clone());
    let by = args.first().cloned().or_else(|| named("sep"));
    let most = index_arg(vm, args.get(1).cloned().or_else(|| named("maxsplit")).as_ref())?;
    let most = most.filter(|n| *n >= 0).map_or(usize::MAX, |n| n as usize);
    vm.heap.charge(s.len() * 8)?;
    let parts: Vec<String> = match &by {
        None | Some(Value::None) => {
            let mut rest = s.trim_matches(is_space);
            let mut parts = Vec::new();
            while !rest.is_empty() && parts.len() < most {
                let cut = if method == Method::Split {
                    rest.find(is_space)
                } else {
                    rest.rfind(is_space)
                };
                let Some(at) = cut else { break };
                if method == Method::Split {
                    parts.push(rest[..at].to_string());
                    rest = rest[at..].trim_start_matches(is_space);
                } else {
                    let width = rest[at..].chars().next().map_or(1, char::len_utf8);
                    parts.push(rest[at + width..].to_string());
                    rest = rest[..at].trim_end_matches(is_space);
                }
            }
            if !rest.is_empty() {
                parts.push(rest.to_string());
            }
            if method == Method::RSplit {
                parts.reverse();
            }
            parts
        }
        Some(Value::Str(by)) if by.is_empty() => return Err(Fault::value_error("empty separator")),
        Some(Value::Str(by)) => {
            let n = most.saturating_add(1);
            if method == Method::Split {
                s.splitn(n, &**by).map(str::to_string).collect()
            } else {
                let mut parts: Vec<String> = s.rsplitn(n, &**by).map(str::to_string).collect();
                parts.reverse();
                parts
            }
        }
        Some(other) => {
            return Err(Fault::type_error(format!(
                "must be str or None, not {}",
                type_name(vm.heap, other)
            )));
        }
    };
    vm.heap.new_list(parts.into_iter().map(Value::str).collect())
}
