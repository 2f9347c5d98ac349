//! Reading upstream's objects member by member.

use crate::history::MalformedHistory;
use crate::value::{Map, Value};

/// What was read, or what is wrong with it.
pub(crate) type Read<T> = Result<T, MalformedHistory>;

/// A refusal in words.
pub(crate) fn malformed<T>(text: impl Into<String>) -> Read<T> {
    Err(MalformedHistory(text.into()))
}

/// An object; `what` names it otherwise.
pub(crate) fn object<'v>(value: &'v Value, what: &str) -> Read<&'v Map> {
    value.as_dict().ok_or_else(|| MalformedHistory(format!("{what} is not an object")))
}

/// A member; `None` also where it is null.
pub(crate) fn given<'v>(object: &'v Map, name: &str) -> Option<&'v Value> {
    object.get(name).filter(|value| !value.is_none())
}

/// A text; `None` where there is none or null.
pub(crate) fn text(object: &Map, name: &str) -> Read<Option<String>> {
    match given(object, name) {
        None => Ok(None),
        Some(Value::Str(text)) => Ok(Some(text.to_string())),
        Some(_) => malformed(format!("{name} is not a text")),
    }
}

/// A list, each element by `read`; `None` where there is none or null.
pub(crate) fn list<T>(
    object: &Map,
    name: &str,
    read: impl Fn(&Value) -> Read<T>,
) -> Read<Option<Vec<T>>> {
    match given(object, name) {
        None => Ok(None),
        Some(Value::List(items)) => items.iter().map(read).collect::<Read<_>>().map(Some),
        Some(_) => malformed(format!("{name} is not a list")),
    }
}
