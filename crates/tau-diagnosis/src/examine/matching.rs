//! Which call of the conversation stands for which call of the gold solution.

use serde_json::Value;

use super::steps::Step;

/// What became of each gold call, and which calls stand for none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matching {
    /// Gold call -> what became of it.
    pub(crate) gold: Vec<Became>,
    /// Calls that changed data and stand for no gold call, by index.
    pub(crate) extra: Vec<usize>,
}

/// What became of a gold call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Became {
    /// This call did the same.
    Done(usize),
    /// This call of the same tool had other arguments, or could not be carried out.
    Otherwise(usize),
    /// Nothing stands for it.
    Missing,
}

/// Matches calls: first equal calls, then calls with an equal effect, then for those that change data
/// the call of the same tool whose arguments differ least, one that changed data before one that did
/// not.
pub(crate) fn match_calls(gold: &[Step], made: &[Step]) -> Matching {
    let mut became = vec![Became::Missing; gold.len()];
    let mut free: Vec<bool> = vec![true; made.len()];
    let mut assign = |became: &mut Vec<Became>, of: &dyn Fn(&Step, &Step) -> Option<usize>| {
        for (index, wanted) in gold.iter().enumerate() {
            if became[index] != Became::Missing {
                continue;
            }
            let best = made
                .iter()
                .enumerate()
                .filter(|(at, _)| free[*at])
                .filter_map(|(at, step)| Some((of(wanted, step)?, at)))
                .min();
            if let Some((distance, at)) = best {
                free[at] = false;
                became[index] =
                    if distance == 0 { Became::Done(at) } else { Became::Otherwise(at) };
            }
        }
    };
    assign(&mut became, &|wanted, step| {
        let same = wanted.tool == step.tool
            && if wanted.writes() {
                wanted.values == step.values && step.writes()
            } else {
                same(&wanted.values, &step.values) && step.failed == wanted.failed
            };
        same.then_some(0)
    });
    assign(&mut became, &|wanted, step| {
        (wanted.writes() && wanted.effect == step.effect).then_some(0)
    });
    for changed in [true, false] {
        assign(&mut became, &|wanted, step| {
            let candidate = wanted.writes()
                && wanted.tool == step.tool
                && step.writes() == changed
                && (changed || step.failed);
            candidate.then(|| 1 + differing(&wanted.values, &step.values).len())
        });
    }
    let extra = made
        .iter()
        .enumerate()
        .filter(|(at, step)| free[*at] && step.writes())
        .map(|(at, _)| at)
        .collect();
    Matching { gold: became, extra }
}

/// Whether two values are the same to a person: numbers by their size.
pub(crate) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            left == right || left.as_f64() == right.as_f64()
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(l, r)| same(l, r))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, l)| right.get(key).is_some_and(|r| same(l, r)))
        }
        _ => left == right,
    }
}

/// The names of the arguments that differ, in the order of the expected ones.
pub(crate) fn differing(expected: &Value, actual: &Value) -> Vec<String> {
    let none = serde_json::Map::new();
    let expected = expected.as_object().unwrap_or(&none);
    let actual = actual.as_object().unwrap_or(&none);
    let wrong = expected.iter().filter(|(name, value)| actual.get(*name) != Some(value));
    let extra = actual.iter().filter(|(name, _)| !expected.contains_key(*name));
    wrong.chain(extra).map(|(name, _)| name.clone()).collect()
}

/// Every scalar of a value with the argument it belongs to and its place.
pub(crate) fn leaves(arguments: &Value) -> Vec<(String, String, &Value)> {
    fn walk<'a>(
        value: &'a Value,
        name: &str,
        place: &str,
        found: &mut Vec<(String, String, &'a Value)>,
    ) {
        match value {
            Value::Object(fields) => {
                for (key, inner) in fields {
                    walk(inner, key, &format!("{place}/{key}"), found);
                }
            }
            Value::Array(items) => {
                for (index, inner) in items.iter().enumerate() {
                    walk(inner, name, &format!("{place}/{index}"), found);
                }
            }
            scalar => found.push((name.to_owned(), place.to_owned(), scalar)),
        }
    }
    let mut found = Vec::new();
    walk(arguments, "", "", &mut found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use tau_domain::StateDifference;

    fn step(tool: &str, values: Value, changes: &[&str]) -> Step {
        let effect = |text: &&str| StateDifference {
            path: vec!["t".into(), (*text).to_owned()],
            expected: None,
            actual: Some("1".into()),
        };
        Step {
            tool: tool.into(),
            arguments: values.to_string(),
            values,
            effect: changes.iter().map(effect).collect(),
            answer: String::new(),
            failed: changes.is_empty(),
            limit: false,
            turn: 1,
        }
    }

    #[test]
    fn an_equal_call_comes_before_an_equal_effect_and_that_before_the_same_tool() {
        let gold = [
            step("cancel", json!({"id": 1}), &["a"]),
            step("refund", json!({"id": 2}), &["b"]),
            step("move", json!({"id": 3, "to": "x"}), &["c"]),
        ];
        let made = [
            step("move", json!({"id": 3, "to": "y"}), &["d"]),
            step("pay_back", json!({"order": 2}), &["b"]),
            step("cancel", json!({"id": 1}), &["a"]),
            step("cancel", json!({"id": 9}), &["z"]),
        ];
        let matching = match_calls(&gold, &made);
        assert_eq!(matching.gold, [Became::Done(2), Became::Done(1), Became::Otherwise(0)]);
        assert_eq!(matching.extra, [3]);
        assert_eq!(differing(&gold[2].values, &made[0].values), ["to"]);
    }

    #[test]
    fn a_call_that_was_refused_stands_for_the_gold_call_when_none_was_carried_out() {
        let gold = [step("cancel", json!({"id": 1}), &["a"])];
        let made = [step("cancel", json!({"id": 9}), &[])];
        assert_eq!(match_calls(&gold, &made).gold, [Became::Otherwise(0)]);
        let gold = [step("cancel", json!({"id": 1}), &["a"])];
        assert_eq!(match_calls(&gold, &[]).gold, [Became::Missing]);
    }

    #[test]
    fn numbers_are_the_same_by_size_where_nothing_is_written() {
        assert!(same(&json!({"n": [50]}), &json!({"n": [50.0]})));
        assert!(!same(&json!({"n": 50}), &json!({"n": 51})));
        let gold = [step("cancel", json!({"n": 50}), &["a"])];
        let made = [step("cancel", json!({"n": 50.0}), &["b"])];
        assert_eq!(match_calls(&gold, &made).gold, [Became::Otherwise(0)]);
    }
}
