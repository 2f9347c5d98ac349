//! What the customer knows, and by which words one asks for it.
//!
//! A value of the plan that stands in the instruction is a fact that the customer can state. The
//! agent's question and the customer's answer meet in the label, which is made from the argument's
//! name: `order_id` is asked for as "order number".

use std::collections::BTreeMap;

use serde_json::Value;
use tau_domain::Task;

use super::speech::wishes;

/// The facts of a task by label, in the order in which the instruction states them.
pub(super) type Facts = BTreeMap<String, Vec<String>>;

/// The words by which one asks for an argument.
pub(super) fn label_of(argument: &str) -> String {
    let words: Vec<&str> = argument
        .split('_')
        .map(|word| match word {
            "id" => "number",
            "ids" => "numbers",
            other => other,
        })
        .collect();
    words.join(" ")
}

/// Every scalar of `arguments` with its JSON pointer and the name of the argument it belongs to.
pub(super) fn leaves(arguments: &Value) -> Vec<(String, String, Value)> {
    fn walk(value: &Value, pointer: &str, name: &str, found: &mut Vec<(String, String, Value)>) {
        match value {
            Value::Object(fields) => {
                for (key, inner) in fields {
                    let escaped = key.replace('~', "~0").replace('/', "~1");
                    walk(inner, &format!("{pointer}/{escaped}"), key, found);
                }
            }
            Value::Array(items) => {
                for (index, inner) in items.iter().enumerate() {
                    walk(inner, &format!("{pointer}/{index}"), name, found);
                }
            }
            scalar => found.push((pointer.to_owned(), name.to_owned(), scalar.clone())),
        }
    }
    let mut found = Vec::new();
    walk(arguments, "", "", &mut found);
    found
}

/// A scalar as one says it.
pub(super) fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Where the instruction states `value`, and in which letters.
pub(super) fn stated(value: &Value, instruction: &str) -> Option<(usize, String)> {
    let text = said(value);
    let telling = match value {
        // Lower-case words are choices that the agent makes from what it is told, not facts.
        Value::String(text) => {
            text.chars().count() >= 2
                && (text.chars().any(|letter| letter.is_ascii_digit() || "@#".contains(letter))
                    || text.starts_with(char::is_uppercase)
                    || text.contains(' '))
        }
        Value::Number(_) => true,
        _ => false,
    };
    if !telling {
        return None;
    }
    let lower = instruction.to_lowercase();
    let wanted = text.to_lowercase();
    // Lower-casing can change lengths outside ASCII; then positions do not carry over.
    let same_length = lower.len() == instruction.len();
    let mut from = 0;
    while let Some(at) = lower.get(from..)?.find(&wanted).map(|at| at + from) {
        let end = at + wanted.len();
        let before = lower[..at].chars().next_back();
        let after = lower[end..].chars().next();
        let number = matches!(value, Value::Number(_));
        let inside = |letter: Option<char>| {
            letter.is_some_and(|letter| {
                letter.is_alphanumeric() || (number && "#-$@".contains(letter))
            })
        };
        if !inside(before) && !inside(after) {
            let spoken = if same_length { instruction.get(at..end) } else { None };
            return Some((at, spoken.unwrap_or(&text).to_owned()));
        }
        from = at + lower[at..].chars().next().map_or(1, char::len_utf8);
    }
    None
}

/// The facts of a task.
pub(super) fn facts_of(task: &Task) -> Facts {
    let mut found: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for action in &task.actions {
        let Ok(arguments) = serde_json::from_str::<Value>(action.kwargs.as_str()) else { continue };
        for (_, name, value) in leaves(&arguments) {
            if let Some(fact) = stated(&value, &task.instruction) {
                let facts = found.entry(label_of(&name)).or_default();
                if !facts.iter().any(|(_, text)| text.eq_ignore_ascii_case(&fact.1)) {
                    facts.push(fact);
                }
            }
        }
    }
    found
        .into_iter()
        .map(|(label, mut facts)| {
            facts.sort();
            (label, facts.into_iter().map(|(_, text)| text).collect())
        })
        .collect()
}

/// Lower-case words of a text, without the commonest.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.len() >= 4)
        .map(str::to_lowercase)
        .filter(|word| {
            !["with", "that", "this", "your", "have", "from", "line", "order"]
                .contains(&word.as_str())
        })
        .collect()
}

/// Whether two words have the same stem, roughly.
pub(super) fn akin(left: &str, right: &str) -> bool {
    let stem = |word: &str| word.chars().take(5).collect::<String>();
    stem(left) == stem(right)
}

/// Words of `about` that the customer would use when telling what is wanted.
pub(super) fn cues(about: &str, instruction: &str) -> Vec<String> {
    let told = words(&wishes(instruction).join(" "));
    let mut cues: Vec<String> = words(about);
    cues.retain(|word| told.iter().any(|other| akin(word, other)));
    cues
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use tau_domain::Action;

    #[test]
    fn a_value_is_a_fact_when_the_instruction_states_it_as_a_word_of_its_own() {
        let text = "You are Ann Lee, pin 25, order #W12. Ann has number 0725.";
        assert_eq!(stated(&json!("25"), text).unwrap().1, "25");
        assert_eq!(stated(&json!("#W12"), text).unwrap().1, "#W12");
        assert_eq!(stated(&json!("Ann"), text).unwrap().0, 8);
        assert!(stated(&json!("72"), text).is_none());
        assert!(stated(&json!("order"), text).is_none(), "a plain word is not a fact");
        assert!(stated(&json!(true), text).is_none());
    }

    #[test]
    fn facts_are_kept_by_label_in_the_order_of_the_instruction() {
        let task: Task = serde_json::from_value(json!({
            "id": "t", "user_id": "u", "instruction": "Orders A-1 and B-2 of Ann.",
            "actions": [], "outputs": []
        }))
        .unwrap();
        let actions = ["B-2", "A-1"].map(|id| Action {
            name: "get".into(),
            kwargs: json!({"order_id": id, "note": "unknown"}).into(),
        });
        let facts = facts_of(&Task { actions: actions.into(), ..task });
        assert_eq!(facts["order number"], ["A-1", "B-2"]);
        assert_eq!(facts.len(), 1);
    }
}
