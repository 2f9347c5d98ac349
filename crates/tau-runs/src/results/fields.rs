//! An object of a result file, its values kept as the text they were written in.
//!
//! Files come from many versions and forks, so nothing is taken for granted about a value until it
//! is asked for; and arguments have to stay text, since `50` and `50.0` are different arguments.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The members of an object in the file's order.
#[derive(Debug, Default)]
pub(crate) struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Fields<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry::<String, &RawValue>()? {
                    members.push(member);
                }
                Ok(Fields(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

impl<'a> Fields<'a> {
    /// The object in `text`.
    ///
    /// # Errors
    /// The reader's words, with line and column within `text`.
    pub(crate) fn read(text: &'a str) -> Result<Fields<'a>, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// The text of a member; `None` when it is absent or `null`. Of several with one name the last
    /// counts, as in Python.
    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        let found = self.0.iter().rev().find(|(key, _)| key == name)?;
        Some(found.1.get()).filter(|text| *text != "null")
    }

    /// Whether there is such a member, `null` or not.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// A member that is text.
    pub(crate) fn string(&self, name: &str) -> Option<String> {
        string(self.get(name)?)
    }

    /// A member that is a number; true and false count as 1 and 0.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        number(self.get(name)?)
    }

    /// A member that is true or false, or a number that says so.
    pub(crate) fn truth(&self, name: &str) -> Option<bool> {
        Some(self.number(name)? != 0.0)
    }

    /// A member that is a whole number of this size.
    pub(crate) fn whole(&self, name: &str) -> Option<u32> {
        let number = self.number(name)?;
        (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number))
            .then_some(number as u32)
    }

    /// A member that is an object.
    pub(crate) fn fields(&self, name: &str) -> Option<Fields<'a>> {
        Fields::read(self.get(name)?).ok()
    }

    /// A member that is a list.
    pub(crate) fn list(&self, name: &str) -> Option<Vec<&'a str>> {
        list(self.get(name)?)
    }

    /// A list of texts; what is not text in it is left out.
    pub(crate) fn strings(&self, name: &str) -> Vec<String> {
        self.list(name).unwrap_or_default().into_iter().filter_map(string).collect()
    }

    /// The members that are not among `known` and hold something.
    pub(crate) fn besides(&self, known: &[&str]) -> Vec<(String, &'a str)> {
        self.0
            .iter()
            .filter(|(key, _)| !known.contains(&key.as_str()))
            .map(|(key, value)| (key.clone(), value.get()))
            .filter(|(_, value)| !matches!(*value, "null" | "[]" | "{}" | "\"\""))
            .collect()
    }

    /// All members.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &'a str)> + '_ {
        self.0.iter().map(|(key, value)| (key.as_str(), value.get()))
    }
}

/// A JSON string.
pub(crate) fn string(text: &str) -> Option<String> {
    serde_json::from_str(text).ok()
}

/// A JSON number; true and false count as 1 and 0.
pub(crate) fn number(text: &str) -> Option<f64> {
    match text {
        "true" => Some(1.0),
        "false" => Some(0.0),
        text => serde_json::from_str(text).ok().filter(|number: &f64| number.is_finite()),
    }
}

/// A JSON list, its elements as text.
pub(crate) fn list(text: &str) -> Option<Vec<&str>> {
    let elements: Vec<&RawValue> = serde_json::from_str(text).ok()?;
    Some(elements.into_iter().map(RawValue::get).collect())
}

/// An object put together again from members that stay as they were written.
pub(crate) fn object<'m>(members: impl IntoIterator<Item = (&'m str, &'m str)>) -> String {
    let mut out = String::from("{");
    for (name, value) in members {
        if out.len() > 1 {
            out.push(',');
        }
        // A string always becomes JSON.
        out.push_str(&serde_json::to_string(name).unwrap_or_default());
        out.push(':');
        out.push_str(value);
    }
    out.push('}');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_as_they_were_written() {
        let text =
            r#"{"a": 50.0, "b": null, "a": 123456789012345678901234567890, "c": true, "d": 3}"#;
        let fields = Fields::read(text).unwrap();
        assert_eq!(fields.get("a"), Some("123456789012345678901234567890"));
        assert_eq!((fields.get("b"), fields.has("b")), (None, true));
        assert_eq!(fields.truth("c"), Some(true));
        assert_eq!((fields.whole("d"), fields.whole("a")), (Some(3), None));
        let rest: Vec<String> = fields.besides(&["a"]).into_iter().map(|(key, _)| key).collect();
        assert_eq!(rest, ["c", "d"]);
        assert_eq!(object([("x", "50.0"), ("y", "[1]")]), r#"{"x":50.0,"y":[1]}"#);
    }

    #[test]
    fn what_is_not_an_object_is_refused_with_a_place() {
        assert!(Fields::read("[1]").unwrap_err().contains("an object"));
        assert!(Fields::read("{\"a\": }").unwrap_err().contains("line 1 column"));
    }
}
