//! How data becomes an object of a model: pydantic's lax mode, its coercions and its error text.

use std::sync::Arc;

use crate::date::DateTime;
use crate::python;
use crate::raised::{Kind as ErrorKind, Raised};
use crate::schema::{Class, EnumClass, Extra, Kind};
use crate::value::{Map, Model, Value};

/// Which pydantic the addresses in error texts name.
const VERSION: &str = "2.14";

/// What is wrong with one part of the data.
struct Fault {
    place: Vec<String>,
    message: String,
    code: &'static str,
    input: Value,
}

type Faults = Vec<Fault>;

/// `class.model_validate(data)`, also `class(**data)`.
///
/// # Errors
/// pydantic's `ValidationError` with everything that is wrong.
pub fn validate(class: &'static Class, data: &Value) -> Result<Value, Raised> {
    model(class, data).map_err(|faults| Raised {
        kind: ErrorKind::ValidationError,
        text: text(class.name, &faults),
    })
}

/// `class(name=value, ..)`
///
/// # Errors
/// pydantic's `ValidationError`.
pub fn construct(
    class: &'static Class,
    fields: impl IntoIterator<Item = (&'static str, Value)>,
) -> Result<Value, Raised> {
    validate(class, &Value::dict(fields))
}

fn text(title: &str, faults: &[Fault]) -> String {
    let plural = if faults.len() == 1 { "" } else { "s" };
    let mut text = format!("{} validation error{plural} for {title}", faults.len());
    for fault in faults {
        if !fault.place.is_empty() {
            text.push('\n');
            text.push_str(&fault.place.join("."));
        }
        text.push_str(&format!(
            "\n  {} [type={}, input_value={}, input_type={}]\n    \
             For further information visit https://errors.pydantic.dev/{VERSION}/v/{}",
            fault.message,
            fault.code,
            shortened(&python::repr_of(&fault.input)),
            python::type_name(&fault.input).rsplit('.').next().unwrap_or_default(),
            fault.code,
        ));
    }
    text
}

/// A `repr` of more than 50 bytes is shown by its ends.
fn shortened(repr: &str) -> String {
    if repr.len() <= 50 {
        return repr.to_string();
    }
    let mut head = 25;
    while !repr.is_char_boundary(head) {
        head -= 1;
    }
    let mut tail = repr.len() - 24;
    while !repr.is_char_boundary(tail) {
        tail += 1;
    }
    format!("{}...{}", &repr[..head], &repr[tail..])
}

fn fault<T>(message: impl Into<String>, code: &'static str, input: &Value) -> Result<T, Faults> {
    Err(vec![Fault { place: Vec::new(), message: message.into(), code, input: input.clone() }])
}

fn within(mut faults: Faults, place: &str) -> Faults {
    for fault in &mut faults {
        fault.place.insert(0, place.to_string());
    }
    faults
}

fn model(class: &'static Class, data: &Value) -> Result<Value, Faults> {
    let entries = match data {
        Value::Model(model) if std::ptr::eq(model.class, class) => return Ok(data.clone()),
        Value::Dict(entries) => entries,
        _ => {
            let message =
                format!("Input should be a valid dictionary or instance of {}", class.name);
            return fault(message, "model_type", data);
        }
    };
    let mut faults = Vec::new();
    let mut fields = Vec::with_capacity(class.fields.len());
    for field in class.fields {
        let read = match entries.get(field.name) {
            Some(given) => value(&field.kind, given),
            None => match field.default.value() {
                Some(default) => Ok(default),
                None => fault("Field required", "missing", data),
            },
        };
        match read {
            Ok(value) => fields.push(value),
            Err(wrong) => faults.extend(within(wrong, field.name)),
        }
    }
    if class.extra == Extra::Forbid {
        for (key, given) in entries.iter().filter(|(key, _)| class.position(key).is_none()) {
            let wrong =
                fault::<()>("Extra inputs are not permitted", "extra_forbidden", given).err();
            faults.extend(within(wrong.unwrap_or_default(), key));
        }
    }
    if faults.is_empty() {
        Ok(Value::Model(Arc::new(Model { class, fields })))
    } else {
        Err(faults)
    }
}

fn value(kind: &Kind, data: &Value) -> Result<Value, Faults> {
    match kind {
        Kind::Any => Ok(data.clone()),
        Kind::Str => match data.as_str() {
            Some(text) => Ok(Value::str(text)),
            None => fault("Input should be a valid string", "string_type", data),
        },
        Kind::Int => int(data),
        Kind::Float => float(data),
        Kind::Bool => boolean(data),
        Kind::Literal(words) => match data.as_str().filter(|text| words.contains(text)) {
            Some(_) => Ok(data.clone()),
            None => fault(one_of(words), "literal_error", data),
        },
        Kind::Optional(_) if data.is_none() => Ok(Value::None),
        Kind::Optional(inner) => value(inner, data),
        Kind::List(inner) => list(inner, data),
        Kind::Dict(inner) => dict(None, inner, data),
        Kind::Keyed(words, inner) => dict(Some(words), inner, data),
        Kind::Model(class) => model(class, data),
        Kind::Union(classes) => union(classes, data),
        Kind::Enum(class) => member(class, data),
        Kind::Date => date(data),
        Kind::DateTime => date_time(data),
    }
}

fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("Input should be {} or {last}", rest.join(", "))
        }
        _ => format!("Input should be {}", quoted.concat()),
    }
}

/// A number's text as Python reads it: blanks around it and single underscores within are fine.
fn number_text(text: &str) -> Option<String> {
    let text = text.trim();
    let bytes = text.as_bytes();
    let lone = |at: usize| {
        let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        digit(at.checked_sub(1).and_then(|before| bytes.get(before))) && digit(bytes.get(at + 1))
    };
    let fine = bytes.iter().enumerate().all(|(at, byte)| *byte != b'_' || lone(at));
    fine.then(|| text.replace('_', ""))
}

fn int(data: &Value) -> Result<Value, Faults> {
    match data {
        Value::Int(_) => Ok(data.clone()),
        Value::Bool(b) => Ok(Value::Int(i128::from(*b))),
        Value::Float(number) if !number.is_finite() => {
            fault("Input should be a finite number", "finite_number", data)
        }
        Value::Float(number) if number.fract() == 0.0 => Ok(Value::Int(*number as i128)),
        Value::Float(_) => fault(
            "Input should be a valid integer, got a number with a fractional part",
            "int_from_float",
            data,
        ),
        Value::Str(text) => {
            let read = number_text(text).and_then(|text| {
                let whole = match text.split_once('.') {
                    Some((whole, zeros)) => {
                        let zero = !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0');
                        if zero { whole } else { return None }
                    }
                    None => text.as_str(),
                };
                whole.parse::<i128>().ok()
            });
            match read {
                Some(number) => Ok(Value::Int(number)),
                None => fault(
                    "Input should be a valid integer, unable to parse string as an integer",
                    "int_parsing",
                    data,
                ),
            }
        }
        _ => fault("Input should be a valid integer", "int_type", data),
    }
}

fn float(data: &Value) -> Result<Value, Faults> {
    match data {
        Value::Float(_) => Ok(data.clone()),
        Value::Int(number) => Ok(Value::Float(*number as f64)),
        Value::Bool(b) => Ok(Value::Float(f64::from(u8::from(*b)))),
        Value::Str(text) => match number_text(text).and_then(|text| text.parse::<f64>().ok()) {
            Some(number) => Ok(Value::Float(number)),
            None => fault(
                "Input should be a valid number, unable to parse string as a number",
                "float_parsing",
                data,
            ),
        },
        _ => fault("Input should be a valid number", "float_type", data),
    }
}

fn boolean(data: &Value) -> Result<Value, Faults> {
    const YES: [&str; 6] = ["1", "true", "t", "yes", "y", "on"];
    const NO: [&str; 6] = ["0", "false", "f", "no", "n", "off"];
    let read = match data {
        Value::Bool(b) => Some(*b),
        Value::Int(0) => Some(false),
        Value::Int(1) => Some(true),
        Value::Float(number) if *number == 0.0 || *number == 1.0 => Some(*number == 1.0),
        Value::Str(text) => {
            let text = text.to_lowercase();
            if YES.contains(&&*text) {
                Some(true)
            } else if NO.contains(&&*text) {
                Some(false)
            } else {
                None
            }
        }
        Value::Int(_) => None,
        // A whole float is read as an integer first.
        Value::Float(number) if number.fract() == 0.0 && number.abs() < 9.2e18 => None,
        _ => return fault("Input should be a valid boolean", "bool_type", data),
    };
    match read {
        Some(b) => Ok(Value::Bool(b)),
        None => fault(
            "Input should be a valid boolean, unable to interpret input",
            "bool_parsing",
            data,
        ),
    }
}

fn list(inner: &Kind, data: &Value) -> Result<Value, Faults> {
    let Value::List(items) = data else {
        return fault("Input should be a valid list", "list_type", data);
    };
    let mut faults = Vec::new();
    let mut read = Vec::with_capacity(items.len());
    for (number, item) in items.iter().enumerate() {
        match value(inner, item) {
            Ok(item) => read.push(item),
            Err(wrong) => faults.extend(within(wrong, &number.to_string())),
        }
    }
    if faults.is_empty() { Ok(Value::list(read)) } else { Err(faults) }
}

fn dict(words: Option<&[&str]>, inner: &Kind, data: &Value) -> Result<Value, Faults> {
    let Value::Dict(entries) = data else {
        return fault("Input should be a valid dictionary", "dict_type", data);
    };
    let mut faults = Vec::new();
    let mut read = Map::with_capacity(entries.len());
    for (key, item) in entries.iter() {
        if let Some(words) = words.filter(|words| !words.contains(&&**key)) {
            let wrong = fault::<()>(one_of(words), "literal_error", &Value::Str(key.clone())).err();
            faults.extend(within(within(wrong.unwrap_or_default(), "[key]"), key));
        }
        match value(inner, item) {
            Ok(item) => {
                read.insert(key.clone(), item);
            }
            Err(wrong) => faults.extend(within(wrong, key)),
        }
    }
    if faults.is_empty() { Ok(Value::Dict(Arc::new(read))) } else { Err(faults) }
}

/// The first model that fits: upstream's unions differ in a literal, so no two do.
fn union(classes: &'static [&'static Class], data: &Value) -> Result<Value, Faults> {
    let mut faults = Vec::new();
    for class in classes {
        match model(class, data) {
            Ok(object) => return Ok(object),
            Err(wrong) => faults.extend(within(wrong, class.name)),
        }
    }
    Err(faults)
}

fn member(class: &'static EnumClass, data: &Value) -> Result<Value, Faults> {
    match data.as_str().and_then(|word| class.of(word)) {
        Some(member) => Ok(member),
        None => {
            let words: Vec<&str> = class.members.iter().map(|member| member.1).collect();
            fault(one_of(&words), "enum", data)
        }
    }
}

fn date(data: &Value) -> Result<Value, Faults> {
    let time = match data {
        Value::Date(_) => return Ok(data.clone()),
        Value::DateTime(time) => Some(*time),
        Value::Str(text) => match DateTime::parse(text) {
            Some(time) => Some(time),
            None => {
                return fault(
                    "Input should be a valid date or datetime, invalid character in year",
                    "date_from_datetime_parsing",
                    data,
                );
            }
        },
        _ => None,
    };
    match time {
        Some(time) if time == time.date.midnight() => Ok(Value::Date(time.date)),
        Some(_) => fault(
            "Datetimes provided to dates should have zero time - e.g. be exact dates",
            "date_from_datetime_inexact",
            data,
        ),
        None => fault("Input should be a valid date", "date_type", data),
    }
}

fn date_time(data: &Value) -> Result<Value, Faults> {
    match data {
        Value::DateTime(_) => Ok(data.clone()),
        Value::Date(date) => Ok(Value::DateTime(date.midnight())),
        Value::Str(text) => match DateTime::parse(text) {
            Some(time) => Ok(Value::DateTime(time)),
            None => fault(
                "Input should be a valid datetime or date, invalid character in year",
                "datetime_from_date_parsing",
                data,
            ),
        },
        _ => fault("Input should be a valid datetime", "datetime_type", data),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Default, EnumClass, defaulted, optional, required};

    static COLOUR: EnumClass =
        EnumClass { name: "Colour", members: &[("RED", "red"), ("BLUE", "blue")] };
    static PART: Class =
        Class::new("Part", &[required("name", Kind::Str), required("amount", Kind::Int)]);
    static THING: Class = Class::strict(
        "Thing",
        &[
            defaulted("number", Kind::Int, Default::Int(1)),
            defaulted("share", Kind::Float, Default::Float(0.5)),
            defaulted("on", Kind::Bool, Default::Bool(true)),
            defaulted("size", Kind::Literal(&["s", "m", "l"]), Default::Str("s")),
            optional("colour", &Kind::Enum(&COLOUR)),
            defaulted("parts", Kind::List(&Kind::Model(&PART)), Default::List),
            optional("day", &Kind::Date),
            optional("since", &Kind::DateTime),
        ],
    );

    fn read(text: &str) -> Result<Value, Raised> {
        validate(&THING, &Value::read_json(text).unwrap())
    }

    fn shown(text: &str, field: &str) -> String {
        match read(text) {
            Ok(thing) => python::repr_of(thing.attr(field).unwrap()),
            // The second line names the place, the third tells what is wrong.
            Err(raised) => raised.text.lines().skip(1).take(2).collect::<Vec<_>>().join(" "),
        }
    }

    #[test]
    fn numbers_are_read_as_pydantic_s_lax_mode_reads_them() {
        assert_eq!(shown(r#"{"number": 100.0}"#, "number"), "100");
        assert_eq!(shown(r#"{"number": " 1_000 "}"#, "number"), "1000");
        assert_eq!(shown(r#"{"number": "5.0"}"#, "number"), "5");
        assert_eq!(shown(r#"{"number": true}"#, "number"), "1");
        assert_eq!(
            shown(r#"{"number": 1.5}"#, "number"),
            "number   Input should be a valid integer, got a number with a fractional part \
             [type=int_from_float, input_value=1.5, input_type=float]"
        );
        assert_eq!(shown(r#"{"share": 5}"#, "share"), "5.0");
        assert_eq!(shown(r#"{"share": "1e3"}"#, "share"), "1000.0");
        assert_eq!(shown(r#"{"on": "off"}"#, "on"), "False");
    }

    #[test]
    fn words_are_taken_as_they_are() {
        assert_eq!(shown(r#"{"colour": "blue"}"#, "colour"), "<Colour.BLUE: 'blue'>");
        assert_eq!(
            shown(r#"{"size": "xl"}"#, "size"),
            "size   Input should be 's', 'm' or 'l' \
             [type=literal_error, input_value='xl', input_type=str]"
        );
    }

    #[test]
    fn days_and_times_are_read() {
        assert_eq!(shown(r#"{"day": "2025-02-28"}"#, "day"), "datetime.date(2025, 2, 28)");
        assert!(shown(r#"{"day": "2025-02-30"}"#, "day").starts_with("day   Input should be"));
        assert_eq!(
            shown(r#"{"since": "2025-01-02T10:30"}"#, "since"),
            "datetime.datetime(2025, 1, 2, 10, 30)"
        );
        let since = read(r#"{"since": "2025-01-02"}"#).unwrap();
        assert_eq!(python::str_of(since.attr("since").unwrap()), "2025-01-02 00:00:00");
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once_with_its_place() {
        let raised = read(r#"{"parts": [{"name": 3}], "more": 1}"#).unwrap_err();
        assert_eq!(
            raised.text,
            "3 validation errors for Thing\n\
             parts.0.name\n  Input should be a valid string \
             [type=string_type, input_value=3, input_type=int]\n    \
             For further information visit https://errors.pydantic.dev/2.14/v/string_type\n\
             parts.0.amount\n  Field required \
             [type=missing, input_value={'name': 3}, input_type=dict]\n    \
             For further information visit https://errors.pydantic.dev/2.14/v/missing\n\
             more\n  Extra inputs are not permitted \
             [type=extra_forbidden, input_value=1, input_type=int]\n    \
             For further information visit https://errors.pydantic.dev/2.14/v/extra_forbidden"
        );
    }
}
