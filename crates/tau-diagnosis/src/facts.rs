//! What a customer did to the facts of its task: whether it made some up, and whether it kept back what
//! was needed and asked for. A trait may change how a customer speaks and never what is true.
//!
//! Rules without a model, made to accuse rarely: only what looks like an identifier, a number of five
//! digits or more, an e-mail address or a name that is given as one is a fact here, and everything that
//! the instruction, the expected calls or the agent's own words contain is known.

use std::collections::BTreeSet;

use serde_json::Value;
use tau_domain::{Message, Task};
use tau_sim::STOP_MARKER;

use crate::examine::leaves;
use crate::rules::hearing::{asks_consent, asks_for, names, spoken, told};
use crate::rules::is_fact;
use crate::turns::{Did, Turn, turns};

/// Counts up when the rules change, so that stored findings of older rules can be told.
pub const FACTS_VERSION: u32 = 2;

/// What was done to a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Said, though nobody could know it.
    Invented,
    /// Needed and asked for, and never said.
    Withheld,
}

/// A fact that was not told truly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UntrueFact {
    /// What was done to it.
    pub told: Told,
    /// The fact.
    pub fact: String,
    /// The turn where it shows, from 1.
    pub turn: u32,
}

/// The facts of a task that its customer made up or kept back.
pub fn untrue_facts(task: &Task, messages: &[Message]) -> Vec<UntrueFact> {
    let turns = turns(messages);
    let mut found = invented(task, &turns);
    found.extend(withheld(task, &turns));
    found
}

/// Letters and digits in small letters: what is left of a code when it is spelled differently.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn invented(task: &Task, turns: &[Turn<'_>]) -> Vec<UntrueFact> {
    let mut known = squeezed(&task.instruction) + &squeezed(&task.user_id);
    for action in &task.actions {
        known.push_str(&squeezed(action.kwargs.as_str()));
    }
    let mut found: Vec<UntrueFact> = Vec::new();
    for turn in turns {
        match turn.did {
            Did::AgentSaid(text) => known.push_str(&squeezed(text)),
            Did::CustomerSaid(text) => {
                let text = text.replace(STOP_MARKER, " ");
                for fact in said(&text) {
                    let letters = squeezed(&fact);
                    let new = found.iter().all(|other| other.fact != fact);
                    if new && !known.contains(&letters) {
                        found.push(UntrueFact { told: Told::Invented, fact, turn: turn.number });
                    }
                }
            }
            // What the customer's own device showed it, it may tell.
            Did::Called(_, Some(answer)) if turn.by_customer => {
                known.push_str(&squeezed(answer));
            }
            Did::AgentRemarked(_) | Did::Called(..) => {}
        }
    }
    found
}

/// What a text states that only somebody who knows it can state.
fn said(text: &str) -> Vec<String> {
    let mut facts: Vec<String> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || "()[]{}<>\"“”;|*".contains(c)) {
        let word = word.trim_matches(|c: char| ".,:!?'’`-–—…/".contains(c));
        let word = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
        if is_address(word) || is_code(word) {
            facts.push(word.to_owned());
        }
    }
    facts.extend(name_given(text));
    facts
}

fn is_address(word: &str) -> bool {
    let Some((user, host)) = word.split_once('@') else { return false };
    !user.is_empty() && host.contains('.')
}

/// `#W2378156`, `gift_card_123`, `HAT136`, `5551234`; not `10am`, `128GB`, `2nd`, `$1,200.50`, `2026`,
/// `3-5`.
fn is_code(word: &str) -> bool {
    let bare = word.trim_start_matches('#');
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    let codelike = bare.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    if !codelike || digits == 0 || word.contains('$') {
        return false;
    }
    if letters == 0 {
        // A date or a range is written with dashes; a number is not.
        return digits >= 5 && !bare.contains('-');
    }
    // A number with its unit begins with the number, and so does an ordinal.
    let unit = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    let measured = unit.len() < bare.len() && unit.chars().all(char::is_alphabetic);
    (word.starts_with('#') || !measured) && digits >= 2 && digits + letters >= 5
}

/// The words of a name that is given as one.
fn name_given(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    // Only where small letters stand in the places of the others can one be looked up by the other.
    if lower.len() != text.len() {
        return None;
    }
    let at = ["my name is ", "my name's "]
        .iter()
        .find_map(|before| Some(lower.find(before)? + before.len()))?;
    let rest = text.get(at..)?;
    let words: Vec<&str> = rest
        .split(' ')
        .map_while(|word| {
            let name = word.trim_matches(|c: char| !c.is_alphabetic());
            let capital = name.chars().next().is_some_and(char::is_uppercase);
            capital.then_some((name, word.ends_with(|c: char| ",.;:!?".contains(c))))
        })
        .scan(false, |over, (name, last)| {
            let go_on = !*over;
            *over = last;
            go_on.then_some(name)
        })
        .take(3)
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Facts of the instruction that an expected call needs, that the agent asked for, and that neither the
/// customer told nor the agent got to know otherwise.
fn withheld(task: &Task, turns: &[Turn<'_>]) -> Vec<UntrueFact> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for action in &task.actions {
        let Ok(values) = serde_json::from_str::<Value>(action.kwargs.as_str()) else {
            continue;
        };
        for (argument, _, value) in leaves(&values) {
            let Some(fact) = spoken(value).filter(|fact| is_fact(value, fact)) else { continue };
            if !names(&task.instruction, &fact) || !seen.insert(fact.clone()) {
                continue;
            }
            // A choice between two ways to identify oneself is answered by either.
            let asked = turns.iter().find(|turn| match turn.did {
                Did::AgentSaid(text) => {
                    asks_for(text, &argument)
                        && !asks_consent(text)
                        && !text.to_lowercase().contains(" or ")
                        && !names(text, &fact)
                }
                _ => false,
            });
            let Some(asked) = asked else { continue };
            let used = turns.iter().any(|turn| match turn.did {
                Did::Called(call, _) => squeezed(&call.arguments).contains(&squeezed(&fact)),
                Did::AgentSaid(text) => names(text, &fact),
                _ => false,
            });
            // Without a later word of the customer the question had no answer of any kind.
            let answered = turns
                .iter()
                .any(|turn| turn.number > asked.number && matches!(turn.did, Did::CustomerSaid(_)));
            if answered && !used && told(turns, &argument, &fact, u32::MAX).is_none() {
                found.push(UntrueFact { told: Told::Withheld, fact, turn: asked.number });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use tau_domain::{Action, JsonText, Role};

    fn task() -> Task {
        serde_json::from_value(serde_json::json!({
            "id": "0", "user_id": "ingrid_solheim_4411",
            "instruction": "You are Ingrid Solheim, ingrid@example.com, in 50031. You want to cancel order #W2378156.",
        }))
        .map(|task: Task| Task {
            actions: vec![Action {
                name: "cancel_order".into(),
                kwargs: JsonText("{\"order_id\": \"#W2378156\"}".into()),
            }],
            ..task
        })
        .unwrap()
    }

    fn said_by(lines: &[(&str, &str)]) -> Vec<Message> {
        lines
            .iter()
            .map(|(who, text)| match *who {
                "customer" => Message::text(Role::User, *text),
                _ => Message::text(Role::Assistant, *text),
            })
            .collect()
    }

    #[test]
    fn a_customer_who_tells_the_truth_has_nothing_held_against_it() {
        let honest = said_by(&[
            (
                "customer",
                "Hi, my name is Ingrid Solheim. Cancel order #W2378156 by 10am, the 128GB one for $1,200.50!",
            ),
            ("agent", "Your zip code? I also see order #W9999999."),
            (
                "customer",
                "It is 50031 and #W9999999 stays, ingrid@example.com's, since 2019-05-01. ###STOP###",
            ),
        ]);
        assert_eq!(untrue_facts(&task(), &honest), []);
    }

    #[test]
    fn an_order_number_nobody_could_know_is_made_up() {
        let lying = said_by(&[
            ("customer", "Hi, cancel my order."),
            ("agent", "Which order?"),
            ("customer", "Order #W1111111, and my e-mail is solheim@other.example."),
            ("agent", "#W1111111 is not there."),
            ("customer", "But #W1111111 it is! My name is Olga Marn, by the way."),
        ]);
        let found = untrue_facts(&task(), &lying);
        let invented: Vec<(&str, u32)> = found
            .iter()
            .filter(|each| each.told == Told::Invented)
            .map(|each| (each.fact.as_str(), each.turn))
            .collect();
        assert_eq!(invented, [("#W1111111", 3), ("solheim@other.example", 3), ("Olga Marn", 5)]);
    }

    #[test]
    fn a_number_that_was_asked_for_and_never_told_is_withheld() {
        let silent = said_by(&[
            ("customer", "Cancel my order now."),
            ("agent", "Please provide your order number."),
            ("customer", "I told you already. Hurry up!"),
        ]);
        let found = untrue_facts(&task(), &silent);
        assert_eq!(found, [UntrueFact { told: Told::Withheld, fact: "#W2378156".into(), turn: 2 }]);
        let late = said_by(&[
            ("customer", "Cancel my order now."),
            ("agent", "Please provide your order number."),
            ("customer", "Fine: W2378156."),
        ]);
        assert_eq!(untrue_facts(&task(), &late), []);
        let elsewhere = said_by(&[
            ("customer", "Cancel my order."),
            ("agent", "Please provide your order number, or your name and zip code."),
            ("customer", "Ingrid Solheim, 50031."),
        ]);
        assert_eq!(untrue_facts(&task(), &elsewhere), []);
    }

    #[test]
    fn measures_dates_prices_and_years_are_no_facts() {
        for text in
            ["10am", "128GB", "2nd", "$1,200.50", "2026", "3-5", "2024-05-15", "1000ml", "24/7"]
        {
            assert_eq!(said(text), Vec::<String>::new(), "{text}");
        }
        for text in ["#W2378156", "gift_card_12345", "HAT136", "5551234", "a.b@c.example"] {
            assert_eq!(said(text), [text], "{text}");
        }
    }
}
