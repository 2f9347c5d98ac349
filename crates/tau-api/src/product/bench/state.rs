//! Changes of a state in words.

use tau_domain::plain::{capital, readable, singular, spoken};

use crate::types::{Seat, StateChange};

/// A change, put into words. Of the agent's records a record is a table and a key, of the customer's side
/// it is the first step of the way alone.
pub(in crate::product) fn change(
    seat: Seat,
    place: &[String],
    before: Option<&str>,
    after: Option<&str>,
) -> StateChange {
    let steps = match seat {
        Seat::Agent => 2,
        Seat::Customer => 1,
    };
    let (record, field) = place.split_at(place.len().min(steps));
    StateChange {
        seat,
        record: match record {
            [] => "The data".to_owned(),
            [one] => capital(&spoken(one)),
            [table, key, ..] => format!("{} {key}", capital(&singular(&spoken(table)))),
        },
        field: path(field),
        before: before.map(readable),
        after: after.map(readable),
    }
}

/// Steps in words: `app statuses › messaging › sms`. Places in a list count from 1 for a reader.
pub(super) fn path(steps: &[String]) -> String {
    let step = |step: &String| match step.parse::<usize>() {
        Ok(index) if step.len() < 4 => (index + 1).to_string(),
        _ => spoken(step),
    };
    steps.iter().map(step).collect::<Vec<_>>().join(" › ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(seat: Seat, place: &[&str]) -> (String, String) {
        let place: Vec<String> = place.iter().map(|step| (*step).to_owned()).collect();
        let change = change(seat, &place, Some("true"), None);
        assert_eq!((change.before.as_deref(), change.after), (Some("yes"), None));
        (change.record, change.field)
    }

    #[test]
    fn a_record_is_named_as_a_person_names_it() {
        let pair = |record: &str, field: &str| (record.to_owned(), field.to_owned());
        assert_eq!(
            told(Seat::Agent, &["lines", "L41", "roaming_enabled"]),
            pair("Line L41", "roaming enabled")
        );
        assert_eq!(told(Seat::Agent, &["bills", "B3"]), pair("Bill B3", ""));
        assert_eq!(
            told(Seat::Customer, &["device", "app_statuses", "messaging", "permissions", "sms"]),
            pair("Device", "app statuses › messaging › permissions › sms")
        );
        assert_eq!(
            told(Seat::Agent, &["orders", "#1", "items", "0"]),
            pair("Order #1", "items › 1")
        );
    }
}
