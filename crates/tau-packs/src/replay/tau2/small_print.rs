//! What upstream's results rest on without saying so: Python's way with numbers, strings and sums, and the seeds
//! of trials.

use tau_toolkits::{Map, Value, calculate, json_dumps, python, trial_seeds};

use super::{Place, Replay, Wrong, list};

impl Replay<'_> {
    pub(super) fn small_print(&mut self, document: &Map) -> Wrong<()> {
        if let Some(Value::Dict(seeds)) = document.get("trial_seeds") {
            for (seed, drawn) in seeds.iter() {
                let Value::List(numbers) = drawn else {
                    return Err("the seeds of trials are no list".to_owned());
                };
                let from = seed.parse().map_err(|_| format!("{seed} is not a seed"))?;
                let ours = trial_seeds(from, numbers.len()).into_iter();
                let ours = Value::list(ours.map(|seed| Value::Int(i128::from(seed))).collect());
                let place = format!("seed {seed}");
                self.same(
                    "seeds",
                    &place,
                    "seeds of trials",
                    &json_dumps(drawn),
                    &json_dumps(&ours),
                );
            }
        }
        for row in list(document, "float_repr") {
            let [hex, repr, json] = texts(row)?;
            let number = Value::Float(hexadecimal(hex)?);
            self.same("numbers", hex, "repr", repr, &python::str_of(&number));
            self.same("numbers", hex, "JSON", json, &json_dumps(&number));
        }
        for row in list(document, "round2") {
            let [hex, rounded] = texts(row)?;
            let ours =
                python::round2(&Value::Float(hexadecimal(hex)?)).map_err(|e| e.to_string())?;
            self.same("numbers", hex, "round(x, 2)", rounded, &python::str_of(&ours));
        }
        for row in list(document, "fmt2") {
            let [hex, fixed] = texts(row)?;
            self.same("numbers", hex, "two places", fixed, &python::fixed2(hexadecimal(hex)?));
        }
        for row in list(document, "json_ascii") {
            let [string, json] = texts(row)?;
            self.same("strings", json, "JSON", json, &json_dumps(&string.into()));
        }
        if let Some(Value::Dict(sums)) = document.get("calculate") {
            for (expression, expected) in sums.iter() {
                let expected = expected.as_str().ok_or("a sum has no text")?;
                // Recorded as the result, or as `!Class: text`.
                let ours = match calculate(&Value::Str(expression.clone())) {
                    Ok(value) => python::str_of(&value),
                    Err(raised) => format!("!{:?}: {raised}", raised.kind),
                };
                self.same("sums", expression, "calculate", expected, &ours);
            }
        }
        Ok(())
    }

    fn same(
        &mut self,
        name: &'static str,
        record: &str,
        what: &'static str,
        expected: &str,
        ours: &str,
    ) {
        self.tally.compare(name, &Place::of(record), what, expected, ours);
    }
}

fn texts<const N: usize>(row: &Value) -> Wrong<[&str; N]> {
    let Value::List(items) = row else { return Err("a row is not a list".to_owned()) };
    let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
    let texts = texts.and_then(|texts| texts.try_into().ok());
    texts.ok_or_else(|| format!("a row does not have {N} texts"))
}

/// Reads Python's `float.hex()`.
fn hexadecimal(text: &str) -> Wrong<f64> {
    let read = || {
        let (sign, text) = match text.strip_prefix('-') {
            Some(rest) => (-1.0, rest),
            None => (1.0, text),
        };
        let (digits, power) = text.strip_prefix("0x")?.split_once('p')?;
        let (whole, fraction) = digits.split_once('.')?;
        let significand = u64::from_str_radix(&format!("{whole}{fraction}"), 16).ok()? as f64;
        let power = power.parse::<i32>().ok()? - 4 * i32::try_from(fraction.len()).ok()?;
        // In two steps: the whole power can be less than any float's.
        Some(sign * significand * 2f64.powi(power / 2) * 2f64.powi(power - power / 2))
    };
    read().ok_or_else(|| format!("{text} is not a number in hexadecimal"))
}

#[cfg(test)]
mod tests {
    use super::hexadecimal;

    #[test]
    fn numbers_in_hexadecimal_are_read_to_the_last_bit() {
        assert_eq!(hexadecimal("0x1.999999999999ap-4"), Ok(0.1));
        assert_eq!(hexadecimal("0x0.0000000000001p-1022"), Ok(5e-324));
        assert!(hexadecimal("-0x0.0p+0").unwrap().is_sign_negative());
        assert!(hexadecimal("0.1").is_err());
    }
}
