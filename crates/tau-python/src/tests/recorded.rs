//! Snippets and calculator inputs whose answers CPython 3.11.7 gave.

use super::*;

const DATA: &str = r#"{"n": 3, "f": 2.5, "s": "a'b", "l": [3, 1, 2], "d": {"x": 1, "y": {"z": [null, true]}}, "e": [], "u": "\u00e9\ud83d\ude00"}"#;

fn answer(source: &str) -> (String, Option<String>) {
    let body: String = source.lines().map(|line| format!("    {line}\n")).collect();
    let text = format!(
        "import json\nimport math\nimport copy\nimport datetime\nfrom datetime import timedelta\n\ndef f(data):\n{body}"
    );
    let program = match program(&text) {
        Ok(program) => program,
        Err(errors) => return (format!("refused: {}", errors[0]), None),
    };
    let mut heap = heap(DATA);
    let data = heap.get(&heap.root(), "t").unwrap();
    match run(&program, &mut heap, &Limits::default(), std::slice::from_ref(&data)) {
        Ok(value) => (heap.repr(&value), heap.json_dumps(&data).ok()),
        Err(CallError::Exception { type_name, message, .. }) => {
            (format!("{type_name}: {message}"), None)
        }
        Err(limit) => (format!("{limit}"), None),
    }
}

#[test]
fn every_recorded_snippet_gives_what_cpython_gave() {
    let calculate = program(
        "def f(text):\n    return str(round(float(eval(text, {'__builtins__': None}, {})), 2))\n",
    )
    .unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in include_str!("recorded.jsonl").lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let expected = record["value"].as_str().or(record["error"].as_str()).unwrap();
        count += 1;
        let (input, got) = match record["source"].as_str() {
            Some(source) => {
                let (got, state) = answer(source);
                if let (Some(state), Some(wanted)) = (state, record["state"].as_str())
                    && state != wanted
                {
                    wrong.push(format!("{source}\n  state {state}\n  wanted {wanted}"));
                }
                (source, got)
            }
            None => {
                let input = record["calculate"].as_str().unwrap();
                let mut heap = heap("{}");
                let got = match run(&calculate, &mut heap, &Limits::default(), &[Value::str(input)])
                {
                    Ok(value) => heap.str(&value),
                    Err(CallError::Exception { type_name, message, .. }) => {
                        format!("{type_name}: {message}")
                    }
                    Err(limit) => limit.to_string(),
                };
                (input, got)
            }
        };
        if got != expected {
            wrong.push(format!("{input}\n  got    {got}\n  wanted {expected}"));
        }
    }
    assert!(count > 700, "only {count} records");
    assert!(wrong.is_empty(), "{} of {count} differ:\n{}", wrong.len(), wrong.join("\n"));
}
