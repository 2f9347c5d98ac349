//! The format mini-language.

use super::{str_of, type_name};
use crate::error::{ExcKind, Fault, LimitKind, R};
use crate::heap::Heap;
use crate::number;
use crate::value::Value;
use std::fmt::Write;

/// A parsed format specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spec {
    fill: char,
    align: Option<char>,
    sign: char,
    alternate: bool,
    width: usize,
    grouping: Option<char>,
    precision: Option<usize>,
    kind: Option<char>,
    empty: bool,
    text: String,
}

impl Spec {
    /// # Errors
    /// When the text is no specification.
    pub(crate) fn parse(text: &str) -> Result<Spec, ()> {
        let mut spec = Spec {
            fill: ' ',
            align: None,
            sign: '-',
            alternate: false,
            width: 0,
            grouping: None,
            precision: None,
            kind: None,
            empty: text.is_empty(),
            text: text.to_string(),
        };
        let chars: Vec<char> = text.chars().collect();
        let is_align = |c: &char| matches!(c, '<' | '>' | '^' | '=');
        let mut at = 0;
        if chars.get(1).is_some_and(is_align) {
            (spec.fill, spec.align, at) = (chars[0], Some(chars[1]), 2);
        } else if chars.first().is_some_and(is_align) {
            (spec.align, at) = (Some(chars[0]), 1);
        }
        if let Some(c @ ('+' | '-' | ' ')) = chars.get(at) {
            spec.sign = *c;
            at += 1;
        }
        if chars.get(at) == Some(&'#') {
            spec.alternate = true;
            at += 1;
        }
        if chars.get(at) == Some(&'0') {
            if spec.align.is_none() {
                (spec.fill, spec.align) = ('0', Some('='));
            }
            at += 1;
        }
        let number = |at: &mut usize| {
            let start = *at;
            while chars.get(*at).is_some_and(char::is_ascii_digit) {
                *at += 1;
            }
            chars[start..*at].iter().collect::<String>()
        };
        let width = number(&mut at);
        if !width.is_empty() {
            spec.width = width.parse().map_err(|_| ())?;
        }
        if let Some(c @ (',' | '_')) = chars.get(at) {
            spec.grouping = Some(*c);
            at += 1;
        }
        if chars.get(at) == Some(&'.') {
            at += 1;
            spec.precision = Some(number(&mut at).parse().map_err(|_| ())?);
        }
        if let Some(c) = chars.get(at) {
            spec.kind = Some(*c);
            at += 1;
        }
        // A second separator is a mistake with words of its own.
        let doubled = spec.grouping.is_some() && matches!(spec.kind, Some(',' | '_'));
        if at == chars.len() && !doubled { Ok(spec) } else { Err(()) }
    }
}

/// `format(value, spec)`.
pub(crate) fn format_value(heap: &Heap, value: &Value, spec: &str) -> R<String> {
    if spec.is_empty() {
        return str_of(heap, value);
    }
    let kind = type_name(heap, value);
    if let Value::DateTime(_) | Value::Date(_) = value {
        return Ok(crate::builtins::datetime::formatted(value, spec));
    }
    if !(value.is_number() || matches!(value, Value::Str(_) | Value::Member(..))) {
        return Err(Fault::type_error(format!(
            "unsupported format string passed to {kind}.__format__"
        )));
    }
    if let Some(text) = misplaced(spec) {
        return Err(Fault::value_error(text));
    }
    match Spec::parse(spec) {
        Ok(spec) => {
            let mut out = String::new();
            format_parsed(heap, &mut out, value, &spec)?;
            Ok(out)
        }
        Err(()) if spec.ends_with('.') => {
            Err(Fault::value_error("Format specifier missing precision"))
        }
        Err(()) => Err(Fault::value_error(format!(
            "Invalid format specifier '{spec}' for object of type '{kind}'"
        ))),
    }
}

/// Mistakes CPython has its own words for.
fn misplaced(spec: &str) -> Option<String> {
    let grouping = spec.find([',', '_'])?;
    let rest = &spec[grouping..];
    match (&rest[..1], rest.get(1..2)?) {
        (",", ",") => Some("Cannot specify ',' with ','.".to_string()),
        (",", "_") | ("_", ",") => Some("Cannot specify both ',' and '_'.".to_string()),
        _ => None,
    }
}

pub(crate) fn format_parsed(heap: &Heap, out: &mut String, value: &Value, spec: &Spec) -> R<()> {
    if let Value::DateTime(_) | Value::Date(_) = value {
        out.push_str(&crate::builtins::datetime::formatted(value, &spec.text));
        return Ok(());
    }
    if spec.empty {
        return super::push_str(heap, out, value);
    }
    if spec.width.max(spec.precision.unwrap_or(0)) > heap.remaining().min(1 << 28) {
        return Err(Fault::limit(LimitKind::Memory));
    }
    let kind = type_name(heap, value);
    let unknown = |code: char| {
        let shown = if code > ' ' && code < '\u{7f}' {
            code.to_string()
        } else {
            format!("\\x{:x}", code as u32)
        };
        Fault::value_error(format!("Unknown format code '{shown}' for object of type '{kind}'"))
    };
    match value {
        Value::Str(_) | Value::Member(..) => {
            let text = str_of(heap, value)?;
            if let Some(code) = spec.kind.filter(|k| *k != 's') {
                return Err(unknown(code));
            }
            if spec.sign == ' ' {
                return Err(Fault::value_error("Space not allowed in string format specifier"));
            }
            if spec.sign != '-' {
                return Err(Fault::value_error("Sign not allowed in string format specifier"));
            }
            if spec.align == Some('=') && spec.fill != '0' {
                return Err(Fault::value_error(
                    "'=' alignment not allowed in string format specifier",
                ));
            }
            if let Some(c) = spec.grouping {
                return Err(Fault::value_error(format!("Cannot specify '{c}' with 's'.")));
            }
            let text: String = match spec.precision {
                Some(n) => text.chars().take(n).collect(),
                None => text,
            };
            pad(out, "", &text, spec, '<');
            Ok(())
        }
        Value::Float(f) => float(out, *f, spec, &unknown),
        v if v.as_bigint().is_some() => {
            let whole = v.as_bigint().unwrap_or_default();
            match spec.kind {
                Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => {
                    float(out, number::to_float(v)?, spec, &unknown)
                }
                None | Some('d' | 'n' | 'x' | 'X' | 'b' | 'o' | 'c') => {
                    if spec.precision.is_some() {
                        return Err(Fault::value_error(
                            "Precision not allowed in integer format specifier",
                        ));
                    }
                    if let (Some(','), Some(code @ ('x' | 'X' | 'b' | 'o' | 'c'))) =
                        (spec.grouping, spec.kind)
                    {
                        return Err(Fault::value_error(format!(
                            "Cannot specify ',' with '{code}'."
                        )));
                    }
                    if spec.kind == Some('c') {
                        let code = u32::try_from(&whole).ok().filter(|c| *c < 0x110000);
                        let Some(code) = code else {
                            return Err(Fault::text(
                                ExcKind::OverflowError,
                                "%c arg not in range(0x110000)",
                            ));
                        };
                        let c = char::from_u32(code)
                            .unwrap_or_else(|| crate::value::surrogate_char(code));
                        pad(out, "", &c.to_string(), spec, '<');
                        return Ok(());
                    }
                    let magnitude = whole.magnitude();
                    let (prefix, digits, group) = match spec.kind {
                        Some('x') => ("0x", magnitude.to_str_radix(16), 4),
                        Some('X') => ("0X", magnitude.to_str_radix(16).to_uppercase(), 4),
                        Some('b') => ("0b", magnitude.to_str_radix(2), 4),
                        Some('o') => ("0o", magnitude.to_str_radix(8), 4),
                        _ => ("", number::big_text(&whole)?.trim_start_matches('-').to_string(), 3),
                    };
                    let negative = whole.sign() == num_bigint::Sign::Minus;
                    let prefix = if spec.alternate { prefix } else { "" };
                    let lead = format!("{}{prefix}", sign(negative, spec.sign));
                    let digits = grouped(&digits, spec.grouping, group, spec, lead.len());
                    pad(out, &lead, &digits, spec, '>');
                    Ok(())
                }
                Some(code) => Err(unknown(code)),
            }
        }
        _ => {
            Err(Fault::type_error(format!("unsupported format string passed to {kind}.__format__")))
        }
    }
}

fn sign(negative: bool, wanted: char) -> &'static str {
    match (negative, wanted) {
        (true, _) => "-",
        (false, '+') => "+",
        (false, ' ') => " ",
        _ => "",
    }
}

/// Puts separators between digits; zero padding takes part in the grouping.
fn grouped(digits: &str, separator: Option<char>, size: usize, spec: &Spec, lead: usize) -> String {
    let Some(separator) = separator else { return digits.to_string() };
    let (whole, rest) =
        match digits.find(if size == 4 { &['.'][..] } else { &['.', 'e', 'E', '%'][..] }) {
            Some(at) => digits.split_at(at),
            None => (digits, ""),
        };
    let mut whole = whole.to_string();
    if spec.fill == '0' && spec.align == Some('=') {
        let room = spec.width.saturating_sub(lead + rest.len());
        while whole.len() + (whole.len() - 1) / size < room {
            whole.insert(0, '0');
        }
    }
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % size == 0 {
            out.push(separator);
        }
        out.push(c);
    }
    out + rest
}

fn float(out: &mut String, f: f64, spec: &Spec, unknown: &dyn Fn(char) -> Fault) -> R<()> {
    let magnitude = f.abs();
    let upper = matches!(spec.kind, Some('E' | 'F' | 'G'));
    let body = if f.is_nan() {
        "nan".to_string()
    } else if f.is_infinite() {
        "inf".to_string()
    } else {
        match spec.kind {
            Some('f' | 'F') => {
                dotted(format!("{:.*}", spec.precision.unwrap_or(6), magnitude), spec.alternate)
            }
            Some('%') => format!("{:.*}", spec.precision.unwrap_or(6), magnitude * 100.0),
            Some('e' | 'E') => exponent(magnitude, spec.precision.unwrap_or(6)),
            Some('g' | 'G' | 'n') => {
                general(magnitude, spec.precision.unwrap_or(6), spec.alternate, false)
            }
            None => match spec.precision {
                None => {
                    let mut text = String::new();
                    super::push_float(&mut text, magnitude);
                    text
                }
                Some(p) => general(magnitude, p, false, true),
            },
            Some(code) => return Err(unknown(code)),
        }
    };
    let mut body = if upper { body.to_uppercase() } else { body };
    if spec.kind == Some('%') {
        body.push('%');
    }
    let lead = sign(f.is_sign_negative() && !f.is_nan(), spec.sign);
    let body =
        if f.is_finite() { grouped(&body, spec.grouping, 3, spec, lead.len()) } else { body };
    pad(out, lead, &body, spec, '>');
    Ok(())
}

/// `#` keeps the point.
fn dotted(text: String, alternate: bool) -> String {
    if alternate && !text.contains('.') { text + "." } else { text }
}

fn exponent(f: f64, precision: usize) -> String {
    let text = format!("{f:.precision$e}");
    let (mantissa, exp) = text.split_once('e').unwrap_or((&text, "0"));
    let exp: i32 = exp.parse().unwrap_or(0);
    format!("{mantissa}e{}{:02}", if exp < 0 { '-' } else { '+' }, exp.abs())
}

/// `%g`; `repr_like` keeps a `.0` as `format(float, '.3')` does.
fn general(f: f64, precision: usize, keep_zeros: bool, repr_like: bool) -> String {
    let precision = precision.max(1);
    let scientific = format!("{:.*e}", precision - 1, f);
    let exp: i32 = scientific.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    let top = if repr_like { precision as i32 - 1 } else { precision as i32 };
    let use_exponent = exp < -4 || exp >= top.max(if repr_like { 0 } else { 1 });
    let mut text = if use_exponent {
        exponent(f, precision - 1)
    } else {
        format!("{:.*}", (precision as i32 - 1 - exp).max(0) as usize, f)
    };
    if !keep_zeros && text.contains('.') {
        let (mantissa, tail) = match text.find('e') {
            Some(at) => (text[..at].to_string(), text[at..].to_string()),
            None => (text.clone(), String::new()),
        };
        text = mantissa.trim_end_matches('0').trim_end_matches('.').to_string() + &tail;
    }
    if repr_like && !use_exponent && !text.contains('.') {
        text.push_str(".0");
    }
    text
}

fn pad(out: &mut String, lead: &str, body: &str, spec: &Spec, default: char) {
    let len = lead.chars().count() + body.chars().count();
    let missing = spec.width.saturating_sub(len);
    let align = match spec.align {
        // `0` before the width of a string pads on the right.
        Some('=') if default == '<' => '<',
        Some(align) => align,
        None => default,
    };
    let (before, inside, after) = match align {
        '<' => (0, 0, missing),
        '^' => (missing / 2, 0, missing - missing / 2),
        '=' => (0, missing, 0),
        _ => (missing, 0, 0),
    };
    let fill = |out: &mut String, n: usize| out.extend(std::iter::repeat_n(spec.fill, n));
    fill(out, before);
    out.push_str(lead);
    fill(out, inside);
    out.push_str(body);
    fill(out, after);
}

/// `ascii()` of an already quoted text.
pub(crate) fn ascii(repr: &str) -> String {
    let mut out = String::new();
    for c in repr.chars() {
        let code = crate::value::code_point(c);
        let _ = match code {
            0..=0x7f => write!(out, "{c}"),
            0x80..=0xff => write!(out, "\\x{code:02x}"),
            0x100..=0xffff => write!(out, "\\u{code:04x}"),
            _ => write!(out, "\\U{code:08x}"),
        };
    }
    out
}
