//! What a grade of tau2's rests on, in words for a person: assertions, endings, and where two ends differ.

use tau_domain::plain::{self, capital, readable, short, singular, spoken};
use tau_toolkits::grading::Assertion;
use tau_toolkits::{Requestor, Value, json_dumps};

/// What an assertion asks for, as the part of a sentence: in the task's own words where it has some.
pub(super) fn asked_for(assertion: &Assertion) -> String {
    match &assertion.message {
        Some(message) => short(message.trim_end_matches('.')),
        None => {
            let arguments = json_dumps(&Value::Dict(assertion.call.arguments.clone()));
            plain::assertion(&assertion.call.name, &arguments, assertion.wanted)
        }
    }
}

/// Why a conversation ended, as the end of "It ended because ..."; `None` where it ended as conversations do.
pub(super) fn cut_short(ending: &str) -> Option<&'static str> {
    Some(match ending {
        "" | "user_stop" | "agent_stop" => return None,
        "max_steps" => "the limit of steps was reached",
        "timeout" => "its time was up",
        "too_many_errors" => "too many calls failed",
        "agent_error" => "the agent's message could not be acted on",
        "user_error" => "the customer's message could not be acted on",
        "context_window_exceeded" => "it became longer than a model can read",
        "judge_stop" => "a judging model broke it off",
        _ => "something outside the conversation went wrong",
    })
}

/// How the customer ended a conversation, by what its last message holds.
pub(super) fn customers_last_word(text: &str) -> Option<&'static str> {
    if text.contains(tau_sim::tau2::TRANSFER) {
        Some("The customer was handed over to a colleague.")
    } else if text.contains(tau_sim::tau2::OUT_OF_SCOPE) {
        Some("The customer gave up: it was asked for something that it knows nothing about.")
    } else if text.contains(tau_sim::tau2::STOP) {
        Some("The customer ended the conversation.")
    } else {
        None
    }
}

/// The words that end a conversation, taken out of what a customer said.
pub(super) fn without_marks(text: &str) -> String {
    use tau_sim::tau2::{OUT_OF_SCOPE, STOP, TRANSFER};
    let said = [STOP, TRANSFER, OUT_OF_SCOPE].iter().fold(text.to_owned(), |t, m| t.replace(m, ""));
    tau_domain::plain::short(said.trim())
}

/// A place where the end that was left differs from the expected one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EndDifference {
    /// Whether it is on the customer's side: the device in its hand.
    pub on_customers_side: bool,
    /// The record: `Line L1002`, `Device`.
    pub record: String,
    /// The field within it; empty when the whole record is there or is not.
    pub field: String,
    /// What it should be; `None` where nothing should be.
    pub expected: Option<String>,
    /// What was left; `None` where nothing was.
    pub left: Option<String>,
}

impl EndDifference {
    pub(super) fn new(
        side: Requestor,
        place: &[String],
        expected: Option<&Value>,
        left: Option<&Value>,
    ) -> EndDifference {
        let on_customers_side = side == Requestor::User;
        let (record, field) =
            place.split_at(place.len().min(if on_customers_side { 1 } else { 2 }));
        let value = |value: &Value| match value {
            Value::Bool(on) if is_switch(place) => (if *on { "on" } else { "off" }).to_owned(),
            Value::Str(_) | Value::Member(..) => spoken(&readable(&json_dumps(value))),
            _ => readable(&json_dumps(value)),
        };
        EndDifference {
            on_customers_side,
            record: match record {
                [] => "The data".to_owned(),
                [one] => capital(&spoken(one)),
                [table, key, ..] => format!("{} {key}", capital(&singular(&spoken(table)))),
            },
            field: field_in_words(field),
            expected: expected.map(value),
            left: left.map(value),
        }
    }

    /// `Mobile data should be on, was off`; with the record where it is the agent's.
    pub fn words(&self) -> String {
        let what = match (self.on_customers_side, self.field.as_str()) {
            (_, "") => self.record.clone(),
            (true, field) => capital(field),
            (false, field) => format!("{}, {field}", self.record),
        };
        match (&self.expected, &self.left) {
            (Some(expected), Some(left)) => format!("{what}: should be {expected}, was {left}"),
            (Some(expected), None) if self.field.is_empty() => {
                format!("{what} should be there ({expected}) and was not")
            }
            (Some(expected), None) => format!("{what}: should be {expected}, was not there"),
            (None, Some(left)) => format!("{what}: was {left}, and should not be there"),
            (None, None) => format!("{what} differs"),
        }
    }
}

/// What a person calls a field: the switches of a phone by their usual names, others by their own.
fn field_in_words(path: &[String]) -> String {
    let step = |step: &String| match step.as_str() {
        "data_enabled" => "mobile data".to_owned(),
        "roaming_enabled" => "roaming".to_owned(),
        "wifi_enabled" => "Wi-Fi".to_owned(),
        "wifi_calling_enabled" => "Wi-Fi calling".to_owned(),
        "wifi_calling_mms_over_wifi" => "picture messages over Wi-Fi".to_owned(),
        "vpn_connected" => "VPN".to_owned(),
        "data_saver_mode" => "data saver".to_owned(),
        "network_mode_preference" => "preferred network".to_owned(),
        "active_apn_settings" => "APN settings".to_owned(),
        "mmsc_url" => "address for picture messages".to_owned(),
        "data_refueling_gb" => "GB topped up".to_owned(),
        other => match other.parse::<usize>() {
            Ok(index) if other.len() < 4 => (index + 1).to_string(),
            _ => spoken(other),
        },
    };
    path.iter().map(step).collect::<Vec<_>>().join(" › ")
}

/// Whether a truth at this place is said as on and off.
fn is_switch(place: &[String]) -> bool {
    place.last().is_some_and(|name| {
        ["_enabled", "_mode", "_connected", "_over_wifi"].iter().any(|end| name.ends_with(end))
    })
}

/// Several things in a sentence: `a`, `a and b`, `a, b and c`.
pub(super) fn list(items: &[String]) -> String {
    match items.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => items.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_told_as_what_should_be_and_what_was() {
        let words = |side, place: &[&str], expected: Option<Value>, left: Option<Value>| {
            let place: Vec<String> = place.iter().map(|step| (*step).to_owned()).collect();
            EndDifference::new(side, &place, expected.as_ref(), left.as_ref()).words()
        };
        let (agent, customer) = (Requestor::Assistant, Requestor::User);
        assert_eq!(
            words(customer, &["device", "data_enabled"], Some(true.into()), Some(false.into())),
            "Mobile data: should be on, was off"
        );
        assert_eq!(
            words(
                agent,
                &["lines", "L1", "status"],
                Some("Active".into()),
                Some("Suspended".into())
            ),
            "Line L1, status: should be Active, was Suspended"
        );
        assert_eq!(
            words(agent, &["bills", "B1"], None, Some("a bill".into())),
            "Bill B1: was a bill, and should not be there"
        );
    }
}
