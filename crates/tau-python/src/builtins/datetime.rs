//! `datetime.datetime`, `date` and `timedelta` without zones.

use super::{Method, TypeId};
use crate::code::Name;
use crate::error::{ExcKind, Fault, R};
use crate::text::type_name;
use crate::value::Value;
use crate::vm::Vm;

pub(crate) const DAY: i64 = 86_400_000_000;
const SECOND: i64 = 1_000_000;
/// 9999-12-31 23:59:59.999999
pub(crate) const MAX: i64 = 3_652_059 * DAY - 1;
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
pub(super) const DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn month_days(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + leap(year) as i64,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 0001-01-01.
pub(super) fn days_from(year: i64, month: i64, day: i64) -> i64 {
    let y = year - 1;
    let before: i64 = (1..month).map(|m| month_days(year, m)).sum();
    y * 365 + y / 4 - y / 100 + y / 400 + before + day - 1
}

/// Year, month and day of a day number.
pub(super) fn civil(days: i64) -> (i64, i64, i64) {
    let mut year = days / 366 + 1;
    while days_from(year + 1, 1, 1) <= days {
        year += 1;
    }
    let mut rest = days - days_from(year, 1, 1);
    let mut month = 1;
    while rest >= month_days(year, month) {
        rest -= month_days(year, month);
        month += 1;
    }
    (year, month, rest + 1)
}

pub(super) struct Fields {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    pub micro: i64,
}

fn fields(value: &Value) -> Fields {
    let micros = match value {
        Value::DateTime(m) => *m,
        Value::Date(d) => d * DAY,
        _ => 0,
    };
    let (year, month, day) = civil(micros.div_euclid(DAY));
    let t = micros.rem_euclid(DAY);
    Fields {
        year,
        month,
        day,
        hour: t / (3600 * SECOND),
        minute: t / (60 * SECOND) % 60,
        second: t / SECOND % 60,
        micro: t % SECOND,
    }
}

pub(super) fn checked(f: &Fields) -> R<i64> {
    if !(1..=9999).contains(&f.year) {
        return Err(Fault::value_error(format!("year {} is out of range", f.year)));
    }
    if !(1..=12).contains(&f.month) {
        return Err(Fault::value_error("month must be in 1..12"));
    }
    if f.day < 1 || f.day > month_days(f.year, f.month) {
        return Err(Fault::value_error("day is out of range for month"));
    }
    for (value, top, name) in [
        (f.hour, 23, "hour"),
        (f.minute, 59, "minute"),
        (f.second, 59, "second"),
        (f.micro, 999_999, "microsecond"),
    ] {
        if value < 0 || value > top {
            return Err(Fault::value_error(format!("{name} must be in 0..{top}")));
        }
    }
    Ok(days_from(f.year, f.month, f.day) * DAY
        + ((f.hour * 60 + f.minute) * 60 + f.second) * SECOND
        + f.micro)
}

pub(crate) fn checked_datetime(micros: Option<i64>) -> R<Value> {
    match micros {
        Some(m) if (0..=MAX).contains(&m) => Ok(Value::DateTime(m)),
        _ => Err(Fault::text(ExcKind::OverflowError, "date value out of range")),
    }
}

pub(crate) fn checked_date(days: i64) -> R<Value> {
    match days {
        0..=3_652_058 => Ok(Value::Date(days)),
        _ => Err(Fault::text(ExcKind::OverflowError, "date value out of range")),
    }
}

pub(crate) fn checked_delta(micros: Option<i64>) -> R<Value> {
    micros
        .map(Value::Delta)
        .ok_or_else(|| Fault::text(ExcKind::OverflowError, "days out of range for timedelta"))
}

/// `YYYY-MM-DD`, optionally with `T` or a blank and `HH:MM[:SS[.ffffff]]`.
pub(crate) fn from_iso(text: &str) -> Option<i64> {
    parse_iso(text)?.ok()
}

/// As [`from_iso`]; inside, the error of a field out of range.
pub(crate) fn parse_iso(text: &str) -> Option<R<i64>> {
    let bytes = text.as_bytes();
    if !text.is_ascii() || bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |part: &str| {
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<i64>().ok()).flatten()
    };
    let mut f = Fields {
        year: number(&text[..4])?,
        month: number(&text[5..7])?,
        day: number(&text[8..10])?,
        hour: 0,
        minute: 0,
        second: 0,
        micro: 0,
    };
    if bytes.len() > 10 {
        let time = &text[11..];
        if !matches!(bytes[10], b'T' | b' ') {
            return None;
        }
        let (clock, fraction) = time.split_once('.').unwrap_or((time, ""));
        let parts: Vec<&str> = clock.split(':').collect();
        if parts.len() < 2 || parts.len() > 3 || parts.iter().any(|p| p.len() != 2) {
            return None;
        }
        f.hour = number(parts[0])?;
        f.minute = number(parts[1])?;
        f.second = parts.get(2).map_or(Some(0), |s| number(s))?;
        if !fraction.is_empty() {
            f.micro = number(&format!("{fraction:0<6}")[..6])?;
        }
    }
    Some(checked(&f))
}

fn clock_text(f: &Fields) -> String {
    let mut out = format!("{:02}:{:02}:{:02}", f.hour, f.minute, f.second);
    if f.micro != 0 {
        out.push_str(&format!(".{:06}", f.micro));
    }
    out
}

pub(crate) fn str_text(value: &Value) -> String {
    let f = fields(value);
    let date = format!("{:04}-{:02}-{:02}", f.year, f.month, f.day);
    match value {
        Value::Date(_) => date,
        Value::DateTime(_) => format!("{date} {}", clock_text(&f)),
        Value::Delta(d) => {
            let (days, rest) = (d.div_euclid(DAY), d.rem_euclid(DAY));
            let f = fields(&Value::DateTime(rest));
            let plural = if days.abs() == 1 { "" } else { "s" };
            let lead = if days != 0 { format!("{days} day{plural}, ") } else { String::new() };
            let clock = clock_text(&f);
            format!("{lead}{}", clock.strip_prefix('0').unwrap_or(&clock))
        }
        _ => String::new(),
    }
}

pub(crate) fn repr_text(value: &Value) -> String {
    let f = fields(value);
    match value {
        Value::Date(_) => format!("datetime.date({}, {}, {})", f.year, f.month, f.day),
        Value::DateTime(_) => {
            let mut out = format!(
                "datetime.datetime({}, {}, {}, {}, {}",
                f.year, f.month, f.day, f.hour, f.minute
            );
            if f.second != 0 || f.micro != 0 {
                out.push_str(&format!(", {}", f.second));
            }
            if f.micro != 0 {
                out.push_str(&format!(", {}", f.micro));
            }
            out + ")"
        }
        Value::Delta(d) => {
            let (days, rest) = (d.div_euclid(DAY), d.rem_euclid(DAY));
            let mut parts = Vec::new();
            for (name, n) in
                [("days", days), ("seconds", rest / SECOND), ("microseconds", rest % SECOND)]
            {
                if n != 0 {
                    parts.push(format!("{name}={n}"));
                }
            }
            let inner = if parts.is_empty() { "0".to_string() } else { parts.join(", ") };
            format!("datetime.timedelta({inner})")
        }
        _ => String::new(),
    }
}

pub(crate) fn field(value: &Value, name: &str) -> Option<Value> {
    if let Value::Delta(d) = value {
        return Some(Value::Int(match name {
            "days" => d.div_euclid(DAY),
            "seconds" => d.rem_euclid(DAY) / SECOND,
            "microseconds" => d.rem_euclid(DAY) % SECOND,
            _ => return None,
        }));
    }
    let f = fields(value);
    let with_time = matches!(value, Value::DateTime(_));
    Some(Value::Int(match name {
        "year" => f.year,
        "month" => f.month,
        "day" => f.day,
        "hour" if with_time => f.hour,
        "minute" if with_time => f.minute,
        "second" if with_time => f.second,
        "microsecond" if with_time => f.micro,
        _ => return None,
    }))
}

fn numbers(
    vm: &Vm,
    names: &[&str],
    args: &[Value],
    kwargs: &[(Name, Value)],
    start: &mut [i64],
) -> R<()> {
    if args.len() > names.len() {
        return Err(Fault::type_error(format!(
            "function takes at most {} arguments ({} given)",
            names.len(),
            args.len()
        )));
    }
    let named = kwargs.iter().map(|(n, v)| (&**n, v));
    for (name, value) in names.iter().copied().zip(args).chain(named) {
        let Some(at) = names.iter().position(|n| *n == name) else {
            return Err(Fault::type_error(format!(
                "'{name}' is an invalid keyword argument for this function"
            )));
        };
        let Some(n) = value.as_index() else {
            return Err(Fault::type_error(format!(
                "'{}' object cannot be interpreted as an integer",
                type_name(vm.heap, value)
            )));
        };
        start[at] = n;
    }
    Ok(())
}

const FIELDS: [&str; 7] = ["year", "month", "day", "hour", "minute", "second", "microsecond"];

fn from_numbers(n: &[i64]) -> Fields {
    let at = |i: usize| n.get(i).copied().unwrap_or(0);
    Fields {
        year: at(0),
        month: at(1),
        day: at(2),
        hour: at(3),
        minute: at(4),
        second: at(5),
        micro: at(6),
    }
}

pub(super) fn construct(
    vm: &mut Vm,
    type_id: TypeId,
    args: &[Value],
    kwargs: &[(Name, Value)],
) -> R<Value> {
    if type_id == TypeId::Delta {
        let names =
            ["days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"];
        let units = [DAY, SECOND, 1, 1000, 60 * SECOND, 3600 * SECOND, 7 * DAY];
        let mut total: i128 = 0;
        let named = kwargs.iter().map(|(n, v)| (&**n, v));
        for (name, value) in names.into_iter().zip(args).chain(named) {
            let Some(at) = names.iter().position(|n| *n == name) else {
                return Err(Fault::type_error(format!(
                    "'{name}' is an invalid keyword argument for __new__()"
                )));
            };
            if let (Some(n), "days") = (value.as_index(), name)
                && n.abs() > 999_999_999
            {
                let text = match i32::try_from(n) {
                    Ok(_) => format!("days={n}; must have magnitude <= 999999999"),
                    Err(_) => "Python int too large to convert to C int".to_string(),
                };
                return Err(Fault::text(ExcKind::OverflowError, text));
            }
            total += match value {
                Value::Float(f) => (f * units[at] as f64).round_ties_even() as i128,
                v => match v.as_index() {
                    Some(i) => i as i128 * units[at] as i128,
                    None => {
                        let kind = type_name(vm.heap, v);
                        return Err(Fault::type_error(format!(
                            "unsupported type for timedelta {name} component: {kind}"
                        )));
                    }
                },
            };
        }
        return checked_delta(i64::try_from(total).ok());
    }
    let count = if type_id == TypeId::Date { 3 } else { 7 };
    let mut n = [i64::MIN, i64::MIN, i64::MIN, 0, 0, 0, 0];
    numbers(vm, &FIELDS[..count], args, kwargs, &mut n)?;
    if let Some(missing) = n.iter().position(|v| *v == i64::MIN) {
        return Err(Fault::type_error(format!(
            "function missing required argument '{}' (pos {})",
            FIELDS[missing],
            missing + 1
        )));
    }
    let micros = checked(&from_numbers(&n[..count]))?;
    Ok(if type_id == TypeId::Date { Value::Date(micros / DAY) } else { Value::DateTime(micros) })
}

pub(super) fn method(
    vm: &mut Vm,
    value: &Value,
    method: Method,
    args: &[Value],
    kwargs: &[(Name, Value)],
) -> R<Value> {
    let f = fields(value);
    let days = match value {
        Value::DateTime(m) => m.div_euclid(DAY),
        Value::Date(d) => *d,
        Value::Delta(d) => return Ok(Value::Float(*d as f64 / SECOND as f64)),
        _ => 0,
    };
    match method {
        Method::Weekday => Ok(Value::Int(days.rem_euclid(7))),
        Method::IsoWeekday => Ok(Value::Int(days.rem_euclid(7) + 1)),
        Method::Date => Ok(Value::Date(days)),
        Method::IsoFormat => {
            let date = format!("{:04}-{:02}-{:02}", f.year, f.month, f.day);
            let between = match args
                .first()
                .or_else(|| kwargs.iter().find(|(n, _)| &**n == "sep").map(|(_, v)| v))
            {
                None => 'T',
                Some(Value::Str(s)) if s.chars().count() == 1 => s.chars().next().unwrap_or('T'),
                Some(other) => {
                    let kind = type_name(vm.heap, other);
                    return Err(Fault::type_error(format!(
                        "isoformat() argument 1 must be a unicode character, not {kind}"
                    )));
                }
            };
            let text = if matches!(value, Value::Date(_)) {
                date
            } else {
                format!("{date}{between}{}", clock_text(&f))
            };
            Ok(Value::str(text))
        }
        Method::Replace => {
            let is_date = matches!(value, Value::Date(_));
            let count = if is_date { 3 } else { 7 };
            let mut n = [f.year, f.month, f.day, f.hour, f.minute, f.second, f.micro];
            numbers(vm, &FIELDS[..count], args, kwargs, &mut n)?;
            let micros = checked(&from_numbers(&n[..count]))?;
            Ok(if is_date { Value::Date(micros / DAY) } else { Value::DateTime(micros) })
        }
        _ => {
            let Some(Value::Str(format)) = args.first() else {
                if args.is_empty() {
                    return Err(Fault::type_error(
                        "strftime() missing required argument 'format' (pos 1)",
                    ));
                }
                let kind = args.first().map_or(String::new(), |v| type_name(vm.heap, v));
                return Err(Fault::type_error(format!(
                    "strftime() argument 1 must be str, not {kind}"
                )));
            };
            let text = strftime(&f, days, format);
            vm.heap.new_str(text)
        }
    }
}

/// `format(date, spec)`.
pub(crate) fn formatted(value: &Value, spec: &str) -> String {
    let days = match value {
        Value::DateTime(m) => m.div_euclid(DAY),
        Value::Date(d) => *d,
        _ => 0,
    };
    strftime(&fields(value), days, spec)
}

fn strftime(f: &Fields, days: i64, format: &str) -> String {
    let mut out = String::new();
    let mut chars = format.chars();
    let weekday = days.rem_euclid(7);
    let twelve = if f.hour % 12 == 0 { 12 } else { f.hour % 12 };
    let yearday = days - days_from(f.year, 1, 1) + 1;
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let piece = match chars.next() {
            Some('Y') => f.year.to_string(),
            Some('m') => format!("{:02}", f.month),
            Some('d') => format!("{:02}", f.day),
            Some('H') => format!("{:02}", f.hour),
            Some('I') => format!("{twelve:02}"),
            Some('M') => format!("{:02}", f.minute),
            Some('S') => format!("{:02}", f.second),
            Some('f') => format!("{:06}", f.micro),
            Some('p') => if f.hour < 12 { "AM" } else { "PM" }.to_string(),
            Some('A') => DAYS[weekday as usize].to_string(),
            Some('a') => DAYS[weekday as usize][..3].to_string(),
            Some('B') => MONTHS[f.month as usize - 1].to_string(),
            Some('b' | 'h') => MONTHS[f.month as usize - 1][..3].to_string(),
            Some('y') => format!("{:02}", f.year % 100),
            Some('j') => format!("{yearday:03}"),
            Some('u') => (weekday + 1).to_string(),
            Some('w') => ((weekday + 1) % 7).to_string(),
            Some('U') => format!("{:02}", (yearday + 6 - (weekday + 1) % 7) / 7),
            Some('W') => format!("{:02}", (yearday + 6 - weekday) / 7),
            Some('F') => format!("{}-{:02}-{:02}", f.year, f.month, f.day),
            Some('T' | 'X') => format!("{:02}:{:02}:{:02}", f.hour, f.minute, f.second),
            Some('D' | 'x') => format!("{:02}/{:02}/{:02}", f.month, f.day, f.year % 100),
            Some('R') => format!("{:02}:{:02}", f.hour, f.minute),
            Some('e') => format!("{:2}", f.day),
            Some('n') => "\n".to_string(),
            Some('t') => "\t".to_string(),
            Some('z' | 'Z') => String::new(),
            Some('%') => "%".to_string(),
            Some(other) => format!("%{other}"),
            None => "%".to_string(),
        };
        out.push_str(&piece);
    }
    out
}
