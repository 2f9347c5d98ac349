//! Messages as upstream writes them into its results (`data_model/message.py`): all fields, in the order of the
//! models, what is not there as null or as what it is by default.

use crate::toolkit::Profile;
use crate::value::{Map, Value};

/// A field with what stands there when nothing is given.
type Field = (&'static str, Option<Value>);

fn null(names: &[&'static str]) -> Vec<Field> {
    names.iter().map(|name| (*name, None)).collect()
}

/// A message as a results file of this upstream holds it; `given` is what is known of it, by upstream's names.
/// What no message of its role has is dropped.
pub fn message_dump(given: &Map, profile: Profile) -> Value {
    let role = given.get("role").and_then(Value::as_str).unwrap_or_default();
    let mut fields = match role {
        "tool" => vec![
            ("id", Some("".into())),
            ("role", None),
            ("content", None),
            ("requestor", Some("assistant".into())),
            ("error", Some(false.into())),
            ("turn_idx", None),
            ("timestamp", None),
        ],
        "system" => null(&["role", "content", "turn_idx", "timestamp"]),
        _ => null(&["role", "content", "tool_calls"]),
    };
    if !matches!(role, "tool" | "system") {
        let newest = profile >= Profile::V1_0;
        if newest {
            fields.push(("is_audio", Some(false.into())));
        }
        fields.extend(null(&["turn_idx", "timestamp", "cost", "usage", "raw_data"]));
        if newest {
            fields.extend(null(&[
                "generation_time_seconds",
                "audio_format",
                "audio_path",
                "audio_script_gold",
                "speech_effects",
                "source_effects",
                "channel_effects",
                "turn_taking_action",
                "utterance_ids",
                "chunk_id",
            ]));
            fields.push(("is_final_chunk", Some(true.into())));
            fields.push(("source", None));
            fields.push(("contains_speech", Some(true.into())));
        }
    }
    let fields = fields.into_iter().map(|(name, default)| {
        let value = match (name, given.get(name)) {
            ("tool_calls", Some(Value::List(calls))) => {
                Value::list(calls.iter().map(call_dump).collect())
            }
            (_, Some(value)) => value.clone(),
            (_, None) => default.unwrap_or(Value::None),
        };
        (name, value)
    });
    Value::dict(fields)
}

/// A `ToolCall`.
fn call_dump(call: &Value) -> Value {
    let of = |name: &str| call.as_dict().and_then(|call| call.get(name)).cloned();
    Value::dict([
        ("id", of("id").unwrap_or_else(|| "".into())),
        ("name", of("name").unwrap_or(Value::None)),
        ("arguments", of("arguments").unwrap_or_else(|| Value::dict([]))),
        ("requestor", of("requestor").unwrap_or_else(|| "assistant".into())),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::json_dumps;

    fn dumped(text: &str, profile: Profile) -> String {
        let given = Value::read_json(text).unwrap();
        json_dumps(&message_dump(given.as_dict().unwrap(), profile))
    }

    #[test]
    fn a_message_has_every_field_of_its_upstream_and_no_other() {
        let said = r#"{"content": "Hi", "role": "user", "mood": "glad", "cost": 0.5}"#;
        assert_eq!(
            dumped(said, Profile::V0_2),
            r#"{"role": "user", "content": "Hi", "tool_calls": null, "turn_idx": null, "timestamp": null, "cost": 0.5, "usage": null, "raw_data": null}"#
        );
        let newest = dumped(said, Profile::V1_0);
        assert!(newest.starts_with(
            r#"{"role": "user", "content": "Hi", "tool_calls": null, "is_audio": false,"#
        ));
        assert!(
            newest.ends_with(r#""is_final_chunk": true, "source": null, "contains_speech": true}"#)
        );
        let calls =
            r#"{"role": "assistant", "tool_calls": [{"name": "f", "arguments": {"n": 1.0}}]}"#;
        let call = r#""tool_calls": [{"id": "", "name": "f", "arguments": {"n": 1.0}, "requestor": "assistant"}]"#;
        assert!(dumped(calls, Profile::V0_1_2).contains(call));
        assert_eq!(
            dumped(r#"{"role": "tool", "id": "a", "content": "x"}"#, Profile::V1_0),
            r#"{"id": "a", "role": "tool", "content": "x", "requestor": "assistant", "error": false, "turn_idx": null, "timestamp": null}"#
        );
    }
}
