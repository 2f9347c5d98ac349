//! JSON kept as text.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// A JSON document kept as the text it was written in.
///
/// Tool arguments travel this way because the difference between `50` and `50.0`, the size of an
/// integer and the order of keys all reach the state hash, and a general JSON value would lose them.
/// Only the engine's own reader (`tau_python`) gives the text a meaning.
///
/// The text is not promised to be valid JSON: a model may write anything. When serialised, valid
/// JSON is embedded as it stands and anything else as a string.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct JsonText(pub String);

impl JsonText {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for JsonText {
    fn from(text: &str) -> Self {
        JsonText(text.to_owned())
    }
}

impl From<serde_json::Value> for JsonText {
    fn from(value: serde_json::Value) -> Self {
        JsonText(value.to_string())
    }
}

impl Serialize for JsonText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serde_json::from_str::<&RawValue>(&self.0) {
            Ok(raw) => raw.serialize(serializer),
            Err(_) => self.0.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for JsonText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Ok(JsonText(raw.get().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_float_that_is_whole_stays_a_float() {
        let text: JsonText = serde_json::from_str(r#"{"amount": 50.0, "n": 7}"#).unwrap();
        assert_eq!(text.as_str(), r#"{"amount": 50.0, "n": 7}"#);
        assert_eq!(serde_json::to_string(&text).unwrap(), r#"{"amount": 50.0, "n": 7}"#);
    }

    #[test]
    fn text_that_is_not_json_is_kept_as_a_string() {
        let text = JsonText("{oops".into());
        assert_eq!(serde_json::to_string(&text).unwrap(), r#""{oops""#);
    }
}
