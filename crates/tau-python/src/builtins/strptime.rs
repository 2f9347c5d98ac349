//! `datetime.strptime`.

use super::datetime::{DAYS, Fields, MONTHS, checked, civil, days_from};
use crate::error::{Fault, R};
use crate::text::{str_repr, type_name};
use crate::value::Value;
use crate::vm::Vm;

/// `datetime.strptime`: the directives' regular expressions, tried longest first as `_strptime` does.
pub(super) fn strptime(vm: &mut Vm, args: &[Value]) -> R<Value> {
    if args.len() != 2 {
        return Err(Fault::type_error(format!(
            "strptime() takes exactly 2 arguments ({} given)",
            args.len()
        )));
    }
    for (i, arg) in args.iter().enumerate() {
        if !matches!(arg, Value::Str(_)) {
            let kind = if matches!(arg, Value::None) {
                "None".to_string()
            } else {
                type_name(vm.heap, arg)
            };
            return Err(Fault::type_error(format!(
                "strptime() argument {} must be str, not {}",
                i + 1,
                kind
            )));
        }
    }
    let (text, format) =
        (args[0].as_str().unwrap_or_default(), args[1].as_str().unwrap_or_default());
    vm.step(text.len() as u64 + format.len() as u64)?;
    let items = directives(format)?;
    let chars: Vec<char> = text.chars().collect();
    let mut found = vec![0; items.len()];
    let mut budget = 20_000;
    let Some(end) = match_items(&items, 0, &chars, 0, &mut found, &mut budget) else {
        return Err(Fault::value_error(format!(
            "time data {} does not match format {}",
            str_repr(text),
            str_repr(format)
        )));
    };
    if end != chars.len() {
        let rest: String = chars[end..].iter().collect();
        return Err(Fault::value_error(format!("unconverted data remains: {rest}")));
    }
    let mut f = Fields { year: 1900, month: 1, day: 1, hour: 0, minute: 0, second: 0, micro: 0 };
    let (mut twelve, mut afternoon, mut yearday) = (None, None, None);
    for (item, value) in items.iter().zip(found) {
        match item {
            Item::Directive('Y') => f.year = value,
            Item::Directive('y') => f.year = if value < 69 { 2000 + value } else { 1900 + value },
            Item::Directive('m' | 'B' | 'b') => f.month = value,
            Item::Directive('d') => f.day = value,
            Item::Directive('H') => f.hour = value,
            Item::Directive('I') => twelve = Some(value),
            Item::Directive('p') => afternoon = Some(value == 1),
            Item::Directive('M') => f.minute = value,
            Item::Directive('S') => f.second = value,
            Item::Directive('f') => f.micro = value,
            Item::Directive('j') => yearday = Some(value),
            _ => {}
        }
    }
    if let Some(hour) = twelve {
        f.hour = hour % 12 + if afternoon == Some(true) { 12 } else { 0 };
    }
    if let Some(n) = yearday {
        (f.year, f.month, f.day) = civil(days_from(f.year, 1, 1) + n - 1);
    }
    checked(&f).map(Value::DateTime)
}

enum Item {
    Literal(char),
    Space,
    Directive(char),
}

fn directives(format: &str) -> R<Vec<Item>> {
    let mut items = Vec::new();
    let mut chars = format.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '%' => match chars.next() {
                Some('%') => items.push(Item::Literal('%')),
                Some(d) if "YymdHIMSfpBbAaj".contains(d) => items.push(Item::Directive(d)),
                Some(d) => {
                    return Err(Fault::value_error(format!(
                        "'{d}' is a bad directive in format {}",
                        str_repr(format)
                    )));
                }
                None => {
                    return Err(Fault::value_error(format!(
                        "stray % in format {}",
                        str_repr(format)
                    )));
                }
            },
            c if c.is_whitespace() => {
                while chars.peek().is_some_and(|c| c.is_whitespace()) {
                    chars.next();
                }
                items.push(Item::Space);
            }
            c => items.push(Item::Literal(c)),
        }
    }
    Ok(items)
}

fn match_items(
    items: &[Item],
    at: usize,
    text: &[char],
    from: usize,
    found: &mut [i64],
    budget: &mut u32,
) -> Option<usize> {
    *budget = budget.checked_sub(1)?;
    let Some(item) = items.get(at) else { return Some(from) };
    match item {
        Item::Literal(c) => {
            let given = text.get(from)?;
            let same = given == c || given.to_lowercase().eq(c.to_lowercase());
            same.then(|| match_items(items, at + 1, text, from + 1, found, budget)).flatten()
        }
        Item::Space => {
            let mut end = from;
            while text.get(end).is_some_and(|c| c.is_whitespace()) {
                end += 1;
            }
            (from + 1..=end)
                .rev()
                .find_map(|end| match_items(items, at + 1, text, end, found, budget))
        }
        Item::Directive(d) => {
            let names: &[&str] = match d {
                'B' | 'b' => &MONTHS,
                'A' | 'a' => &DAYS,
                'p' => &["am", "pm"],
                _ => &[],
            };
            let short = matches!(d, 'b' | 'a');
            for (i, name) in names.iter().enumerate() {
                let name = if short { &name[..3] } else { name };
                let end = from + name.len();
                let same = text
                    .get(from..end)
                    .is_some_and(|t| t.iter().collect::<String>().eq_ignore_ascii_case(name));
                if same {
                    found[at] = i as i64 + if *d == 'p' { 0 } else { 1 };
                    if let Some(end) = match_items(items, at + 1, text, end, found, budget) {
                        return Some(end);
                    }
                }
            }
            let (widths, low, high) = match d {
                'Y' => (4..=4, 0, 9999),
                'y' => (2..=2, 0, 99),
                'm' => (1..=2, 1, 12),
                'd' => (1..=2, 1, 31),
                'H' => (1..=2, 0, 23),
                'I' => (1..=2, 1, 12),
                'M' => (1..=2, 0, 59),
                'S' => (1..=2, 0, 61),
                'j' => (1..=3, 1, 366),
                'f' => (1..=6, 0, 999_999),
                _ => return None,
            };
            for width in widths.rev() {
                let Some(digits) =
                    text.get(from..from + width).filter(|d| d.iter().all(char::is_ascii_digit))
                else {
                    continue;
                };
                let digits: String = digits.iter().collect();
                let mut value: i64 = digits.parse().unwrap_or(-1);
                if value < low || value > high {
                    continue;
                }
                if *d == 'f' {
                    value *= 10i64.pow(6 - width as u32);
                }
                found[at] = value;
                if let Some(end) = match_items(items, at + 1, text, from + width, found, budget) {
                    return Some(end);
                }
            }
            None
        }
    }
}
