//! A walk over the tools of both sides: what it sets up, its steps, and what is asked at its end.

use tau_toolkits::{FunctionCall, Map, Value};

use super::{Place, Replay, Wrong, list};

/// The hashes of a walk are recorded at its start and after each fifth step.
const EVERY: usize = 5;

impl Replay<'_> {
    pub(super) fn walk(&mut self, steps: &[Value], record: &Map) -> Wrong<()> {
        let number = match record.get("walk") {
            Some(Value::Int(number)) => *number,
            _ => return Err("a walk has no number".to_owned()),
        };
        let name = format!("walk {number}");
        let whole = Place { record: &name, call: None };
        self.tally.records += 1;
        let mut environment = self.fresh()?;
        for action in list(record, "init") {
            let call = FunctionCall::read(action).map_err(|e| e.to_string())?;
            environment.call_function(&call).map_err(|raised| raised.to_string())?;
        }
        let mut hashes = list(record, "hashes").iter();
        if let Some([agent, user]) = hashes.next().map(pair) {
            self.hashes(&environment, agent, user, &whole, "hash");
        }
        for (at, step) in steps.iter().enumerate() {
            let place = Place { record: &name, call: Some(at) };
            self.call(&mut environment, step, &place)?;
            if (at + 1) % EVERY == 0
                && let Some([agent, user]) = hashes.next().map(pair)
            {
                self.hashes(&environment, agent, user, &place, "hash");
            }
        }
        if let Some([agent, user]) = record.get("final").map(pair) {
            self.hashes(&environment, agent, user, &whole, "final hash");
        }
        for asked in list(record, "asserts") {
            let Value::List(parts) = asked else {
                return Err("an assertion is no list".to_owned());
            };
            let [side, method, arguments, answer] = parts.as_slice() else {
                return Err("an assertion has four parts".to_owned());
            };
            let call = FunctionCall::read(&Value::dict([
                ("env_type", side.clone()),
                ("func_name", method.clone()),
                ("arguments", arguments.clone()),
            ]))
            .map_err(|e| e.to_string())?;
            // One that cannot be asked is recorded as something other than yes or no.
            let holds = environment.assertion(&call).ok();
            let recorded = match answer {
                Value::Bool(answer) => Some(*answer),
                _ => None,
            };
            self.tally.count("assertions", holds == recorded);
            if holds != recorded {
                let (expected, actual) = (format!("{recorded:?}"), format!("{holds:?}"));
                self.tally.differs(&whole, None, "assertion", &expected, &actual);
            }
        }
        Ok(())
    }
}

fn pair(value: &Value) -> [Option<&Value>; 2] {
    match value {
        Value::List(items) => [items.first(), items.get(1)],
        _ => [None, None],
    }
}
