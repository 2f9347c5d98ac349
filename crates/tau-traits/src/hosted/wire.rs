//! What is sent to a steer service and what is read from it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tau_domain::Message;

use super::service::Ask;

/// The seed with which the service picks one itself.
const SERVICE_PICKS: i64 = -1;
/// Seeds are sent within the range that every sampler takes.
const LARGEST_SEED: u64 = i32::MAX as u64;

/// Who the customer is beside the traits, as far as the protocol has words for it. What is empty is
/// not sent. The SDK knows ages `13-17`, `18-24`, `25-34`, `35-44`, `45-54`, `55-64`, `65+` and the
/// occupations `Unemployed`, `Employed`, `Student`, `Retired`, `Not in Labor Force`; the rest is free
/// text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Characteristics {
    /// A range of years.
    pub age: String,
    /// In a word.
    pub gender: String,
    /// In a word.
    pub occupation: String,
    /// A country or place.
    pub location: String,
    /// The language in which the customer writes.
    pub language: String,
    /// What the customer is after, for instance `dispute_charges`.
    pub intent: String,
    /// Where it happens, for instance `airline support`.
    pub task: String,
}

impl Characteristics {
    fn sent(&self) -> Value {
        let fields = [
            ("age", &self.age),
            ("gender", &self.gender),
            ("occupation", &self.occupation),
            ("location", &self.location),
            ("language", &self.language),
            ("intent", &self.intent),
            ("task", &self.task),
        ];
        let said = fields.iter().map(|(name, text)| (*name, text.trim()));
        let said = said.filter(|(_, text)| !text.is_empty());
        said.map(|(name, text)| (name.to_owned(), json!(text))).collect::<Map<_, _>>().into()
    }
}

/// The body of `steer_bare`. There is no seed in it: the service ignores what it does not know.
pub(super) fn bare(ask: &Ask<'_>) -> Value {
    json!({
        "trait_dict": ask.trait_dict,
        "messages": messages(ask.messages),
        "temperature": ask.temperature,
        "max_tokens": ask.max_tokens,
        // The service's own prompt around the messages; 0 is the usual one.
        "system_prompt": 0,
    })
}

/// The body of `steer_batch`.
pub(super) fn batch(asks: &[Ask<'_>]) -> Value {
    let entry = |ask: &Ask<'_>| {
        let seed = ask.seed.and_then(|seed| i64::try_from(seed & LARGEST_SEED).ok());
        json!({
            "trait_dict": ask.trait_dict,
            "user_characteristics": ask.characteristics.sent(),
            "messages": messages(ask.messages),
            "temperature": ask.temperature,
            "max_tokens": ask.max_tokens,
            "seed": seed.unwrap_or(SERVICE_PICKS),
        })
    };
    asks.iter().map(entry).collect()
}

/// Role and content of each message and nothing else, as upstream trims them.
fn messages(messages: &[Message]) -> Value {
    let sent = |message: &Message| json!({"role": message.role, "content": message.content.as_deref().unwrap_or_default()});
    messages.iter().map(sent).collect()
}

/// Reads `{"response": text}`.
pub(super) fn read_bare(text: &str) -> Result<String, String> {
    let value = tau_llm::wire::read_json(text)?;
    spoken(value.get("response").ok_or("there is nothing under `response`")?)
}

/// Reads `{"responses": [text]}` with as many as were asked for, each with its first and last spaces
/// taken off, as the SDK does.
pub(super) fn read_batch(text: &str, asked: usize) -> Result<Vec<String>, String> {
    let value = tau_llm::wire::read_json(text)?;
    let Some(Value::Array(said)) = value.get("responses") else {
        return Err("there is no list under `responses`".to_owned());
    };
    if said.len() != asked {
        return Err(format!("{asked} were asked and {} answered", said.len()));
    }
    said.iter().map(|one| spoken(one).map(|text| text.trim().to_owned())).collect()
}

fn spoken(value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Ok(text.clone()),
        Value::String(_) | Value::Null => Err("the customer says nothing".to_owned()),
        _ => Err("what the customer says is not text".to_owned()),
    }
}

/// Reads the list of traits: `{"traits": [names]}` or `[names]`.
pub(super) fn read_traits(text: &str) -> Result<Vec<String>, String> {
    let value = tau_llm::wire::read_json(text)?;
    let list = match &value {
        Value::Array(list) => list,
        Value::Object(fields) => match fields.get("traits") {
            Some(Value::Array(list)) => list,
            _ => return Err("there is no list under `traits`".to_owned()),
        },
        _ => return Err("it is not a list of traits".to_owned()),
    };
    let named = list.iter().filter_map(Value::as_str).map(str::trim);
    let names: Vec<String> = named.filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if names.is_empty() { Err("the list of traits is empty".to_owned()) } else { Ok(names) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tau_domain::Role;

    fn traits() -> Map<String, Value> {
        json!({"impatience": "high", "skeptical": 1}).as_object().unwrap().clone()
    }

    #[test]
    fn a_single_call_has_the_documented_fields_and_no_others() {
        let messages = [Message::text(Role::System, "s"), Message::text(Role::User, "hi")];
        let traits = traits();
        let ask = Ask { seed: Some(7), ..Ask::new(&traits, &messages) };
        assert_eq!(
            bare(&ask),
            json!({
                "trait_dict": {"impatience": "high", "skeptical": 1},
                "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "hi"}],
                "temperature": 0.7, "max_tokens": 256, "system_prompt": 0,
            })
        );
    }

    #[test]
    fn a_batch_is_a_list_with_seed_and_characteristics() {
        let characteristics = Characteristics {
            age: "25-34".into(),
            language: " French ".into(),
            intent: "  ".into(),
            ..Characteristics::default()
        };
        let (dict, none) = (traits(), Map::new());
        let silent = Message { content: None, ..Message::text(Role::Assistant, "") };
        let messages = [silent];
        let asks = [
            Ask { characteristics, temperature: 0.0, max_tokens: 9, ..Ask::new(&dict, &messages) },
            Ask { seed: Some(u64::MAX), ..Ask::new(&none, &[]) },
        ];
        assert_eq!(
            batch(&asks),
            json!([
                {
                    "trait_dict": {"impatience": "high", "skeptical": 1},
                    "user_characteristics": {"age": "25-34", "language": "French"},
                    "messages": [{"role": "assistant", "content": ""}],
                    "temperature": 0.0, "max_tokens": 9, "seed": -1,
                },
                {
                    "trait_dict": {}, "user_characteristics": {}, "messages": [],
                    "temperature": 0.7, "max_tokens": 256, "seed": 2_147_483_647,
                },
            ])
        );
    }

    #[test]
    fn an_answer_is_text_for_each_who_was_asked() {
        assert_eq!(read_bare(r#"{"response": " Now. "}"#).as_deref(), Ok(" Now. "));
        let two = read_batch(r#"{"responses": [" a\n", "b"], "usage": {}}"#, 2);
        assert_eq!(two, Ok(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(read_batch(r#"{"responses": []}"#, 0), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_answer_says_why() {
        for (text, why) in [
            ("<html>", "not JSON"),
            ("{}", "nothing under `response`"),
            ("[]", "nothing under `response`"),
            (r#"{"response": null}"#, "says nothing"),
            (r#"{"response": "  "}"#, "says nothing"),
            (r#"{"response": ["x"]}"#, "not text"),
        ] {
            assert!(read_bare(text).unwrap_err().contains(why), "{text}");
        }
        for (text, why) in [
            (r#"{"response": "x"}"#, "no list under `responses`"),
            (r#"{"responses": "x"}"#, "no list under `responses`"),
            (r#"{"responses": ["x"]}"#, "2 were asked and 1 answered"),
            (r#"{"responses": ["x", "y", "z"]}"#, "2 were asked and 3 answered"),
            (r#"{"responses": ["x", null]}"#, "says nothing"),
            (r#"{"responses": ["x", ""]}"#, "says nothing"),
            (r#"{"responses": ["x", 7]}"#, "not text"),
        ] {
            assert!(read_batch(text, 2).unwrap_err().contains(why), "{text}");
        }
    }

    #[test]
    fn traits_are_listed_in_an_object_or_bare() {
        let names = Ok(vec!["impatience".to_owned(), "patience".to_owned()]);
        assert_eq!(read_traits(r#"{"traits": ["impatience", " patience"]}"#), names);
        assert_eq!(read_traits(r#"["impatience", null, "patience", ""]"#), names);
        for odd in ["{}", r#"{"traits": {}}"#, r#"{"traits": []}"#, "7", "[]", "oops"] {
            assert!(read_traits(odd).is_err(), "{odd}");
        }
    }
}
