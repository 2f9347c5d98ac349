//! What has to be so at the end of a task, in words.

use serde_json::Value;

use super::{named_arguments, plain, spoken};

/// What an assertion of tau2's domains holds true (upstream's toolkits: `assert_*`), as the part of a
/// sentence: "pictures can be sent in messages". One that is not known is told by its name and its
/// arguments. `wanted` is whether it has to hold.
pub fn assertion(name: &str, arguments: &str, wanted: bool) -> String {
    let given: Value = serde_json::from_str(arguments).unwrap_or_default();
    let said = known(name, &given).unwrap_or_else(|| {
        let values: Vec<String> = named_arguments(arguments)
            .into_iter()
            .filter(|_| given.is_object())
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        let values =
            if values.is_empty() { String::new() } else { format!(" ({})", values.join(", ")) };
        format!("{}{values}", spoken(name.strip_prefix("assert_").unwrap_or(name)))
    });
    if wanted { said } else { format!("it is not so that {said}") }
}

fn known(name: &str, given: &Value) -> Option<String> {
    let text = |field: &str| given.get(field).map(plain).unwrap_or_default();
    let expected = given.get("expected_status");
    let either = |yes: &str, no: &str| {
        let words = if expected.and_then(Value::as_bool)? { yes } else { no };
        Some(words.to_owned())
    };
    match name {
        "assert_airplane_mode_status" => either("airplane mode is on", "airplane mode is off"),
        "assert_service_status" => match expected?.as_str()? {
            "connected" => Some("the phone has service".into()),
            "no_service" => Some("the phone has no service".into()),
            other => Some(format!("the phone's network is {}", spoken(other))),
        },
        "assert_mobile_data_status" => either("mobile data works", "mobile data does not work"),
        "assert_mobile_roaming_status" => {
            either("roaming is on on the phone", "roaming is off on the phone")
        }
        "assert_mobile_data_saver_mode_status" => either("data saver is on", "data saver is off"),
        "assert_internet_speed" => {
            let speed = format!("mobile internet brings at least {} Mbps", text("expected_speed"));
            let called = given.get("expected_desc").and_then(Value::as_str);
            Some(called.map_or(speed.clone(), |called| format!("{speed} ({called})")))
        }
        "assert_internet_not_excellent" => Some("mobile internet is not excellent".into()),
        "assert_can_send_mms" => {
            either("pictures can be sent in messages", "pictures cannot be sent in messages")
        }
        "assert_mobile_data_usage_exceeded" => {
            either("the data of the line is used up", "the line has data left")
        }
        "assert_data_refueling_amount" => {
            let (line, amount) = (text("line_id"), given.get("expected_amount")?.as_f64()?);
            Some(match amount {
                0.0 => format!("no data was added to line {line}"),
                amount => format!("{amount} GB of data were added to line {line}"),
            })
        }
        "assert_line_status" => {
            let status = spoken(expected?.as_str()?).to_lowercase();
            Some(format!("line {} is {status}", text("line_id")))
        }
        "assert_overdue_bill_exists" => {
            Some(format!("bill {} is overdue", text("overdue_bill_id")))
        }
        "assert_no_overdue_bill" => {
            Some(format!("bill {} is not overdue", text("overdue_bill_id")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::assertion;

    #[test]
    fn what_has_to_be_so_is_told_as_a_person_would() {
        let said = |name: &str, arguments: &str| assertion(name, arguments, true);
        let yes = r#"{"expected_status": true}"#;
        assert_eq!(said("assert_can_send_mms", yes), "pictures can be sent in messages");
        let connected = r#"{"expected_status": "connected"}"#;
        assert_eq!(said("assert_service_status", connected), "the phone has service");
        assert_eq!(
            said(
                "assert_internet_speed",
                r#"{"expected_speed": 200, "expected_desc": "excellent"}"#
            ),
            "mobile internet brings at least 200 Mbps (excellent)"
        );
        let none = r#"{"customer_id": "C1", "line_id": "L1", "expected_amount": 0.0}"#;
        assert_eq!(said("assert_data_refueling_amount", none), "no data was added to line L1");
        let line = r#"{"customer_id": "C1", "line_id": "L1", "expected_status": "Active"}"#;
        assert_eq!(said("assert_line_status", line), "line L1 is active");
        assert_eq!(
            assertion("assert_no_overdue_bill", r#"{"overdue_bill_id": "B7"}"#, false),
            "it is not so that bill B7 is not overdue"
        );
    }

    #[test]
    fn what_is_not_known_is_told_by_its_name() {
        assert_eq!(
            assertion(
                "assert_task_status",
                r#"{"task_id": "t1", "expected_status": "done"}"#,
                true
            ),
            "task status (task id t1, expected status done)"
        );
        for nothing in ["", "{}", "null"] {
            assert_eq!(assertion("assert_data_works", nothing, true), "data works");
        }
        // Arguments of another kind than upstream's are no reason to say nothing.
        assert_eq!(
            assertion("assert_can_send_mms", r#"{"expected_status": "perhaps"}"#, true),
            "can send mms (expected status perhaps)"
        );
    }
}
