//! Malformed calls: none may run into a limit, and one that ends in an error may change nothing.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use tau_domain::{Domain, Environment, JsonText, ToolSpec};

use super::report::{CheckReport, Severity};

/// A small generator (SplitMix64, Steele et al. 2014): the calls are the same each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }
}

pub(super) fn check(
    domain: &Arc<Domain>,
    count: usize,
    strict: Severity,
    report: &mut CheckReport,
) {
    let mut draw = Draw(1);
    // Half of the calls are gold calls with one thing changed: those reach deepest.
    let gold: Vec<(String, Map<String, Value>)> = domain
        .tasks
        .values()
        .flatten()
        .flat_map(|task| &task.actions)
        .filter(|action| domain.targets.contains_key(&action.name))
        .filter_map(|action| {
            Some((action.name.clone(), serde_json::from_str(action.kwargs.as_str()).ok()?))
        })
        .collect();
    let mut env = Environment::new(domain.clone(), 0);
    let initial = env.state_hash();
    for number in 0..count {
        let (name, arguments) = match draw.pick(&gold) {
            Some((name, arguments)) if number % 2 == 0 => {
                (name.clone(), spoiled(arguments.clone(), &mut draw))
            }
            _ => match draw.pick(&domain.tools) {
                Some(tool) => (tool.name.clone(), invented(tool, &mut draw)),
                None => return,
            },
        };
        let text = JsonText::from(Value::Object(arguments));
        env.reset();
        let observation = env.call(&name, &text);
        report.facts.odd_calls += 1;
        let shown = format!("odd call {number}, {name}({})", text.as_str());
        let file = if strict == Severity::Error { "tools.py" } else { "tools.json" };
        if observation.limit {
            let message = format!("{shown}: runs into a limit: {observation}");
            report.add(Severity::Error, file, None, message);
        }
        if let Some(failure) = &observation.failure {
            report.add(strict, file, None, format!("{shown}: {failure}"));
        }
        let answer = observation.to_string();
        if (observation.is_error || answer.starts_with("Error")) && env.state_hash() != initial {
            let message = format!("{shown}: answers {answer:?} and yet changed the data");
            report.add(strict, file, None, message);
        }
    }
}

fn odd_value(draw: &mut Draw) -> Value {
    const STRINGS: [&str; 8] =
        ["", "nobody", "#W0", "-1", "1e400", "\u{202e}\u{0}", "' or 1", "2024-02-30"];
    match draw.below(9) {
        0 => Value::Null,
        1 => json!(draw.below(2) == 0),
        2 => json!(-(draw.below(1_000) as i64)),
        3 => json!(draw.below(1_000_000) as f64 / 7.0),
        4 => json!([]),
        5 => json!([null, 1, "x"]),
        6 => json!({"a": {"b": []}}),
        7 => json!(i64::MAX),
        _ => json!(draw.pick(&STRINGS)),
    }
}

fn spoiled(mut arguments: Map<String, Value>, draw: &mut Draw) -> Map<String, Value> {
    let names: Vec<String> = arguments.keys().cloned().collect();
    match (draw.below(4), draw.pick(&names)) {
        (0, _) | (_, None) => {
            arguments.insert("surplus".to_owned(), odd_value(draw));
        }
        (1, Some(name)) => {
            arguments.shift_remove(name);
        }
        (_, Some(name)) => {
            let value = odd_value(draw);
            arguments.insert(name.clone(), value);
        }
    }
    arguments
}

fn invented(tool: &ToolSpec, draw: &mut Draw) -> Map<String, Value> {
    let properties = tool.parameters.get("properties").and_then(Value::as_object);
    properties.into_iter().flat_map(Map::keys).map(|name| (name.clone(), odd_value(draw))).collect()
}
