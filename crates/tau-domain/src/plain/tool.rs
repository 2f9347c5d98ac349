//! A tool call on one plain line: what was done, to what, and what came of it.

use serde_json::Value;

use super::{LONGEST, capital, plain, short, spoken};

/// Verbs that read, and how the past of it is put.
const READING: [&str; 8] = ["find", "get", "list", "search", "lookup", "look", "fetch", "check"];

/// Past forms of verbs that tool names begin with; others get `-ed` by rule.
const PAST: [(&str, &str); 12] = [
    ("send", "Sent"),
    ("set", "Set"),
    ("pay", "Paid"),
    ("book", "Booked"),
    ("make", "Made"),
    ("give", "Gave"),
    ("take", "Took"),
    ("put", "Put"),
    ("think", "Thought"),
    ("transfer", "Transferred"),
    ("cancel", "Cancelled"),
    ("submit", "Submitted"),
];

/// A call and its result: `Looked up order details W123 · found`, `Cancelled order W123 · done`,
/// `Cancelled order W123 · refused: order is not pending`. `arguments` is the JSON the model wrote.
pub fn tool_line(name: &str, arguments: &str, result: &str) -> String {
    let failed = failure(result);
    let outcome = match failed {
        Some(reason) => format!("refused: {}", short(reason)),
        None => came_of(name, result),
    };
    let call = tool_call(name, arguments);
    if failed.is_some() && !reads(name) {
        // "Cancelled … · refused" would say that it happened.
        return format!("Tried: {} · {outcome}", spoken(name) + &object(arguments));
    }
    format!("{call} · {outcome}")
}

/// A call without its result: `Cancelled order W123`.
pub fn tool_call(name: &str, arguments: &str) -> String {
    phrase(name, arguments, "Looked up", past)
}

/// A call that is still to be made: `Cancel order W123`.
pub fn tool_to_call(name: &str, arguments: &str) -> String {
    phrase(name, arguments, "Look up", |verb| capital(&verb.to_lowercase()))
}

/// The tool's name as verb and object; `look_up` is how reading is said, `form` how a verb is.
fn phrase(name: &str, arguments: &str, look_up: &str, form: impl Fn(&str) -> String) -> String {
    let words = spoken(name);
    let (verb, rest) = words.split_once(' ').unwrap_or((words.as_str(), ""));
    // "find user id by email": what comes after "by" is said by the argument itself.
    let rest = rest.split(" by ").next().unwrap_or(rest);
    let verb = if reads(name) { look_up.to_owned() } else { form(verb) };
    let rest = rest.strip_prefix("up ").unwrap_or(rest);
    let object = object(arguments);
    if rest.is_empty() { format!("{verb}{object}") } else { format!("{verb} {rest}{object}") }
}

/// The arguments by name, each value as a person reads it. Arguments that are not a JSON object
/// come back as one value without a name.
pub fn named_arguments(arguments: &str) -> Vec<(String, String)> {
    match serde_json::from_str::<Value>(arguments) {
        Ok(Value::Object(fields)) => {
            fields.iter().map(|(name, value)| (spoken(name), plain(value))).collect()
        }
        _ if arguments.trim().is_empty() => Vec::new(),
        _ => vec![(String::new(), arguments.to_owned())],
    }
}

fn reads(name: &str) -> bool {
    let first = name.split(['_', '-', ' ']).next().unwrap_or_default();
    READING.contains(&first.to_lowercase().as_str())
}

fn past(verb: &str) -> String {
    let lower = verb.to_lowercase();
    if let Some((_, past)) = PAST.iter().find(|(known, _)| *known == lower) {
        return (*past).to_owned();
    }
    let consonant_y =
        lower.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    capital(&match consonant_y {
        Some(stem) => format!("{stem}ied"),
        None if lower.ends_with('e') => format!("{lower}d"),
        None => format!("{lower}ed"),
    })
}

/// The key argument, with a space before it: the first that names a record, or the first plain
/// value there is.
fn object(arguments: &str) -> String {
    let Ok(Value::Object(fields)) = serde_json::from_str::<Value>(arguments) else {
        return String::new();
    };
    let simple = |value: &Value| match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let key = |name: &str| name == "id" || name.ends_with("_id") || name.ends_with("_number");
    let chosen = fields
        .iter()
        .find_map(|(name, value)| simple(value).filter(|_| key(name)))
        .or_else(|| fields.values().find_map(simple));
    chosen.map_or_else(String::new, |text| {
        let text = short(&text);
        let cut: String = text.chars().take(LONGEST / 2).collect();
        if cut.len() == text.len() {
            return format!(" {text}");
        }
        // Cut between words, where there is such a place.
        let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
        format!(" {} …", whole.trim_end_matches([',', ';', ':', '.']))
    })
}

/// The reason when the result is an error in the wording of tau-bench tools.
fn failure(result: &str) -> Option<&str> {
    let text = result.trim();
    for prefix in ["Error: ", "Error:", "error: "] {
        if let Some(reason) = text.strip_prefix(prefix) {
            return Some(reason.trim());
        }
    }
    text.starts_with("Unknown action").then_some(text)
}

fn came_of(name: &str, result: &str) -> String {
    let empty = matches!(result.trim(), "" | "[]" | "{}" | "null" | "None");
    if !reads(name) {
        return "done".to_owned();
    }
    if empty {
        return "nothing found".to_owned();
    }
    match serde_json::from_str::<Value>(result) {
        Ok(Value::Array(items)) => format!("{} found", items.len()),
        Ok(Value::Object(_)) => "found".to_owned(),
        Ok(value) => short(&plain(&value)),
        // A plain text such as an id says more than "found" while it is short.
        Err(_) if result.chars().count() <= LONGEST / 2 => format!("found {}", short(result)),
        Err(_) => "found".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_still_to_be_done_is_not_said_as_done() {
        let order = r#"{"order_id": "W1"}"#;
        assert_eq!(tool_to_call("cancel_order", order), "Cancel order W1");
        assert_eq!(tool_to_call("get_order", order), "Look up order W1");
        assert_eq!(tool_call("cancel_order", order), "Cancelled order W1");
    }

    #[test]
    fn looking_up_says_what_was_found() {
        assert_eq!(
            tool_line("get_order_details", r##"{"order_id": "#W123"}"##, r#"{"status": "placed"}"#),
            "Looked up order details #W123 · found"
        );
        assert_eq!(
            tool_line("find_user_id_by_email", r#"{"email": "a@b.c"}"#, "mia_1"),
            "Looked up user id a@b.c · found mia_1"
        );
        assert_eq!(tool_line("list_orders", "{}", "[1, 2]"), "Looked up orders · 2 found");
        assert_eq!(tool_line("search_flights", "{}", "[]"), "Looked up flights · nothing found");
    }

    #[test]
    fn doing_is_told_in_the_past() {
        assert_eq!(
            tool_line("cancel_pending_order", r#"{"order_id": "7", "reason": "x"}"#, "{}"),
            "Cancelled pending order 7 · done"
        );
        assert_eq!(tool_call("modify_address", r#"{"user_id": "mia"}"#), "Modified address mia");
        assert_eq!(tool_call("update_plan", "not json"), "Updated plan");
        assert_eq!(tool_call("calculate", r#"{"expression": "1 + 1"}"#), "Calculated 1 + 1");
    }

    #[test]
    fn what_was_refused_is_not_told_as_done() {
        assert_eq!(
            tool_line("cancel_order", r#"{"order_id": "7"}"#, "Error: order not found"),
            "Tried: cancel order 7 · refused: order not found"
        );
        assert_eq!(
            tool_line("get_user", r#"{"user_id": "x"}"#, "Error: user not found"),
            "Looked up user x · refused: user not found"
        );
    }

    #[test]
    fn arguments_are_listed_by_name_and_broken_ones_as_they_are() {
        assert_eq!(
            named_arguments(r#"{"order_id": "7", "items": ["a", "b"], "now": true}"#),
            vec![
                ("order id".to_owned(), "7".to_owned()),
                ("items".to_owned(), "a, b".to_owned()),
                ("now".to_owned(), "yes".to_owned()),
            ]
        );
        assert_eq!(named_arguments("{oops"), vec![(String::new(), "{oops".to_owned())]);
        assert!(named_arguments("").is_empty());
    }
}
