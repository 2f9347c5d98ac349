//! Tool calls that a model writes as text, because nothing between it and us reads them.
//!
//! Read are the forms that are in use:
//! - a Python list of calls, `[f(a="x"), g(n=2)]` (ToolACE, Llama);
//! - JSON with the arguments under `parameters` or `arguments`, one object, several with `;` between
//!   them, or a list (Llama, also after `<|python_tag|>`);
//! - `<tool_call>{...}</tool_call>` (Hermes, Qwen);
//! - the same JSON in a fenced block.
//!
//! A text is a call only when all of it can be read and every tool in it is known. Otherwise it is
//! what the agent says, as upstream treats it. Nothing is run: a Python list is read as literals.

use serde::Deserialize;
use serde_json::value::RawValue;
use tau_domain::{Message, Reading, ToolCall, ToolSpec};
use tau_python::syntax::{Literal, LiteralKind, Module};

/// Longest text that is looked at, in bytes.
const LONGEST: usize = 100_000;

/// Most calls in one text.
const MOST: usize = 32;

/// The calls of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextCalls {
    /// Tool and arguments (a JSON object), in order; at least one.
    pub calls: Vec<(String, String)>,
    /// What stands around the calls, trimmed; often empty.
    pub rest: String,
}

/// The calls that `text` consists of; `None` when it is something said. `knows` says which tools
/// there are.
pub fn read(text: &str, knows: impl Fn(&str) -> bool) -> Option<TextCalls> {
    if text.len() > LONGEST {
        return None;
    }
    let text = without_tokens(text);
    let found =
        if text.contains(OPEN) { tagged(text)? } else { fenced(text).or_else(|| bare(text))? };
    let fits = (1..=MOST).contains(&found.calls.len());
    (fits && found.calls.iter().all(|(name, _)| knows(name))).then_some(found)
}

/// A message whose text is calls of `tools`, as the protocol would have carried them; any other as it
/// is. `turn` tells the calls of a conversation apart.
pub(crate) fn as_calls(mut message: Message, tools: &[ToolSpec], turn: u32) -> Message {
    if !message.tool_calls.is_empty() {
        return message;
    }
    let knows = |name: &str| tools.iter().any(|tool| tool.name == name);
    let Some(found) = message.content.as_deref().and_then(|text| read(text, knows)) else {
        return message;
    };
    let numbered = found.calls.into_iter().enumerate();
    message.tool_calls = numbered
        .map(|(index, (name, arguments))| ToolCall { id: call_id(turn, index), name, arguments })
        .collect();
    message.content = (!found.rest.is_empty()).then_some(found.rest);
    let call = message.tool_calls.first().cloned();
    message.with_reading(Reading { call, ..Reading::default() })
}

/// Nine letters and digits, which every provider takes, different for each call.
pub(crate) fn call_id(turn: u32, index: usize) -> String {
    format!("call{:03}{index:02}", turn % 1_000)
}

type Calls = Vec<(String, String)>;

const OPEN: &str = "<tool_call>";
const CLOSE: &str = "</tool_call>";
const FENCE: &str = "```";

/// Without the tokens that some models leave around a call.
fn without_tokens(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let shorter = text
            .strip_prefix("<|python_tag|>")
            .or_else(|| text.strip_suffix("<|eom_id|>"))
            .or_else(|| text.strip_suffix("<|eot_id|>"))
            .or_else(|| text.strip_suffix("<|im_end|>"));
        match shorter {
            Some(shorter) => text = shorter.trim(),
            None => return text,
        }
    }
}

/// The whole text is calls.
fn bare(text: &str) -> Option<TextCalls> {
    let calls = json_calls(text).or_else(|| python_calls(text))?;
    Some(TextCalls { calls, rest: String::new() })
}

/// `<tool_call>` blocks; the last may lack its end.
fn tagged(text: &str) -> Option<TextCalls> {
    let mut parts = text.split(OPEN);
    let mut rest = vec![parts.next()?.trim()];
    let mut calls = Vec::new();
    for part in parts {
        let (block, after) = part.split_once(CLOSE).unwrap_or((part, ""));
        calls.extend(json_calls(block.trim())?);
        rest.push(after.trim());
    }
    Some(TextCalls { calls, rest: joined(&rest) })
}

/// One fenced block with nothing but calls in it, among text.
fn fenced(text: &str) -> Option<TextCalls> {
    let (before, block) = text.split_once(FENCE)?;
    let (block, after) = block.split_once(FENCE)?;
    // The first line of a block names its language.
    let (language, body) = block.split_once('\n')?;
    if after.contains(FENCE) || language.trim().contains(char::is_whitespace) {
        return None;
    }
    let body = body.trim();
    let calls = json_calls(body).or_else(|| python_calls(body))?;
    Some(TextCalls { calls, rest: joined(&[before.trim(), after.trim()]) })
}

fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

/// A call as JSON. The arguments stay the text they are.
#[derive(Deserialize)]
struct Wire<'t> {
    name: Option<String>,
    #[serde(borrow)]
    parameters: Option<&'t RawValue>,
    #[serde(borrow)]
    arguments: Option<&'t RawValue>,
    #[serde(borrow)]
    function: Option<&'t RawValue>,
}

fn json_calls(text: &str) -> Option<Calls> {
    if text.starts_with('[') {
        let list: Vec<&RawValue> = serde_json::from_str(text).ok()?;
        return list.into_iter().map(|item| json_call(item.get())).collect();
    }
    if !text.starts_with('{') {
        return None;
    }
    let (mut calls, mut left) = (Vec::new(), text);
    while !left.is_empty() && calls.len() <= MOST {
        let mut reader = serde_json::Deserializer::from_str(left).into_iter::<&RawValue>();
        calls.push(json_call(reader.next()?.ok()?.get())?);
        left = left.get(reader.byte_offset()..)?.trim_start();
        left = match left.strip_prefix(';') {
            Some(next) => next.trim_start(),
            None if left.is_empty() => left,
            None => return None,
        };
    }
    Some(calls)
}

fn json_call(text: &str) -> Option<(String, String)> {
    let wire: Wire<'_> = serde_json::from_str(text).ok()?;
    if let Some(function) = wire.function {
        // `{"type": "function", "function": {...}}`; some write the bare name there.
        return match serde_json::from_str::<String>(function.get()) {
            Ok(name) => Some((name, arguments(wire.parameters.or(wire.arguments)?)?)),
            Err(_) => flat_call(&serde_json::from_str(function.get()).ok()?),
        };
    }
    flat_call(&wire)
}

fn flat_call(wire: &Wire<'_>) -> Option<(String, String)> {
    Some((wire.name.clone()?, arguments(wire.arguments.or(wire.parameters)?)?))
}

/// An object, or a string that holds one.
fn arguments(raw: &RawValue) -> Option<String> {
    let text = match serde_json::from_str::<String>(raw.get()) {
        Ok(inner) => {
            serde_json::from_str::<&RawValue>(&inner).ok()?;
            inner.trim().to_owned()
        }
        Err(_) => raw.get().to_owned(),
    };
    text.starts_with('{').then_some(text)
}

/// `[f(a="x"), g()]`
fn python_calls(text: &str) -> Option<Calls> {
    if !text.starts_with('[') || !text.ends_with(']') || !text.contains('(') {
        return None;
    }
    let module = Module::parse("call", &format!("calls = {text}\n")).ok()?;
    let LiteralKind::List(items) = module.literal("calls").ok()?.kind else { return None };
    items.into_iter().map(python_call).collect()
}

fn python_call(item: Literal) -> Option<(String, String)> {
    let LiteralKind::Call { name, args, kwargs } = item.kind else { return None };
    // Which argument a bare value is meant for, the text does not say.
    if !args.is_empty() {
        return None;
    }
    let mut entries = Vec::with_capacity(kwargs.len());
    for (key, value) in kwargs {
        let line = value.line;
        entries.push((Literal { line, kind: LiteralKind::Str(key) }, with_json_words(value)));
    }
    let arguments = Literal { line: item.line, kind: LiteralKind::Dict(entries) };
    let arguments = arguments.to_json()?;
    // A float beyond all numbers has no JSON.
    serde_json::from_str::<&RawValue>(&arguments).ok()?;
    Some((name, arguments))
}

/// Models that write Python lists slip into JSON's words for true, false and nothing.
fn with_json_words(literal: Literal) -> Literal {
    let all = |items: Vec<Literal>| items.into_iter().map(with_json_words).collect();
    let kind = match literal.kind {
        LiteralKind::Name(name) => match name.as_str() {
            "true" => LiteralKind::Bool(true),
            "false" => LiteralKind::Bool(false),
            "null" => LiteralKind::None,
            _ => LiteralKind::Name(name),
        },
        LiteralKind::List(items) => LiteralKind::List(all(items)),
        LiteralKind::Tuple(items) => LiteralKind::Tuple(all(items)),
        LiteralKind::Dict(entries) => LiteralKind::Dict(
            entries.into_iter().map(|(key, value)| (key, with_json_words(value))).collect(),
        ),
        other => other,
    };
    Literal { line: literal.line, kind }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng};

    fn calls(text: &str) -> Option<Vec<(String, String)>> {
        read(text, |name| ["pay", "get_order", "shop.pay"].contains(&name)).map(|found| found.calls)
    }

    fn one(name: &str, arguments: &str) -> Option<Vec<(String, String)>> {
        Some(vec![(name.to_owned(), arguments.to_owned())])
    }

    #[test]
    fn a_python_list_of_calls_is_read_with_its_literals() {
        assert_eq!(
            calls(r#"[pay(to="Ann's", sum=50.0, n=2)]"#),
            one("pay", r#"{"to": "Ann's", "sum": 50.0, "n": 2}"#)
        );
        assert_eq!(calls("[get_order()]\n"), one("get_order", "{}"));
        assert_eq!(
            calls("[pay(a=[1, -2], b={'c': None}, d=True, e=false), shop.pay(n=null)]"),
            Some(vec![
                ("pay".into(), r#"{"a": [1, -2], "b": {"c": null}, "d": true, "e": false}"#.into()),
                ("shop.pay".into(), r#"{"n": null}"#.into()),
            ])
        );
    }

    #[test]
    fn json_calls_are_read_bare_listed_tagged_and_fenced() {
        let expected = one("pay", r#"{"sum": 50.0}"#);
        for text in [
            r#"{"name": "pay", "parameters": {"sum": 50.0}}"#,
            r#"<|python_tag|>{"name": "pay", "parameters": {"sum": 50.0}}<|eom_id|>"#,
            r#"[{"name": "pay", "arguments": {"sum": 50.0}}]"#,
            r#"{"type": "function", "name": "pay", "parameters": {"sum": 50.0}}"#,
            r#"{"type": "function", "function": {"name": "pay", "arguments": "{\"sum\": 50.0}"}}"#,
            r#"{"function": "pay", "parameters": {"sum": 50.0}}"#,
            "<tool_call>\n{\"name\": \"pay\", \"arguments\": {\"sum\": 50.0}}\n</tool_call>",
            "<tool_call>{\"arguments\": {\"sum\": 50.0}, \"name\": \"pay\"}",
            "```json\n{\"name\": \"pay\", \"arguments\": {\"sum\": 50.0}}\n```",
            "```\n[pay(sum=50.0)]\n```",
        ] {
            assert_eq!(calls(text), expected, "{text}");
        }
        let two = "{\"name\": \"pay\", \"parameters\": {}}; {\"name\": \"get_order\", \"parameters\": {}};";
        assert_eq!(calls(two).unwrap().len(), 2);
        assert_eq!(calls(&two.replace(';', "")), None, "nothing between them");
    }

    #[test]
    fn what_stands_around_a_tagged_or_fenced_call_is_kept() {
        let call = r#"{"name": "pay", "arguments": {}}"#;
        for text in [
            format!("I will pay.\n<tool_call>{call}</tool_call> Done."),
            format!("I will pay.\n```json\n{call}\n```\nDone."),
        ] {
            let found = read(&text, |_| true).unwrap();
            assert_eq!(found.rest, "I will pay.\n\nDone.", "{text}");
        }
    }

    #[test]
    fn what_is_not_wholly_a_call_of_known_tools_is_something_said() {
        for text in [
            "",
            "Hello",
            "I will call [pay(sum=1)] now",
            "[pay(sum=1)] now",
            "[pay(1)]",
            "[pay(sum=other)]",
            "[pay(sum=1+1)]",
            "[pay(**x)]",
            "[pay]",
            "[]",
            "[__import__('os').system('x')]",
            "[unknown(a=1)]",
            "[pay(sum=1), unknown(a=1)]",
            r#"{"name": "unknown", "parameters": {}}"#,
            r#"{"name": "pay"}"#,
            r#"{"name": "pay", "parameters": [1]}"#,
            r#"{"name": "pay", "parameters": "text"}"#,
            r#"{"name": "pay", "parameters": {}} and more"#,
            r#"{"name": "pay", "name": "pay", "parameters": {}}"#,
            "<tool_call>pay</tool_call>",
            "</tool_call><tool_call>",
            "```json\n{\"a\": 1}\n```",
            "```json {\"name\": \"pay\", \"parameters\": {}}```",
        ] {
            assert_eq!(calls(text), None, "{text}");
        }
        assert_eq!(calls(&format!("[{}]", vec!["pay()"; MOST + 1].join(", "))), None);
    }

    #[test]
    fn hostile_text_is_answered_quickly_and_never_with_a_panic() {
        for open in [
            "[",
            "{\"a\":",
            "[pay(a=",
            "[pay(a={'a':",
            "<tool_call>",
            "```",
            "(",
            "[pay(a=-",
            "[pay(a='",
        ] {
            for times in [10, 1_000, 20_000] {
                assert_eq!(calls(&open.repeat(times)), None, "{open} {times} times");
            }
        }
        let digits = format!("[pay(n={})]", "9".repeat(90_000));
        let _ = calls(&digits);
        assert_eq!(calls(&" ".repeat(LONGEST + 1)), None);
    }

    #[test]
    fn whatever_becomes_of_a_good_call_it_is_read_whole_or_said() {
        const GOOD: [&str; 6] = [
            r#"[pay(to="Ann", sum=50.0, n=[1, 2]), get_order()]"#,
            r#"{"name": "pay", "parameters": {"sum": 50.0}}; {"name": "get_order", "arguments": {}}"#,
            r#"[{"type": "function", "function": {"name": "pay", "arguments": "{}"}}]"#,
            "One moment. <tool_call>{\"name\": \"pay\", \"arguments\": {\"to\": \"é\"}}</tool_call>",
            "Done:\n```json\n{\"name\": \"pay\", \"arguments\": {}}\n```",
            r#"<|python_tag|>{"name": "pay", "parameters": {"n": null}}<|eot_id|>"#,
        ];
        const BITS: [&str; 14] =
            ["[", "]", "{", "}", "(", ")", "\"", "'", ",", ";", " ", "\n", "1e999", "\u{0}"];
        let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(1);
        let (mut read, mut said) = (0, 0);
        for _ in 0..10_000 {
            let mut letters: Vec<char> = GOOD[random.random_range(0..GOOD.len())].chars().collect();
            for _ in 0..random.random_range(0..3) {
                let at = random.random_range(0..letters.len());
                match random.random_range(0..3) {
                    0 => drop(letters.remove(at)),
                    1 => letters.truncate(at.max(1)),
                    _ => {
                        let bit = BITS[random.random_range(0..BITS.len())].chars();
                        letters.splice(at..at, bit);
                    }
                }
            }
            let text: String = letters.into_iter().collect();
            let Some(calls) = calls(&text) else {
                said += 1;
                continue;
            };
            read += 1;
            for (name, arguments) in calls {
                assert!(["pay", "get_order", "shop.pay"].contains(&name.as_str()), "{text}");
                let value: serde_json::Value = serde_json::from_str(&arguments).unwrap();
                assert!(value.is_object(), "{text}: {arguments}");
            }
        }
        assert!(read > 3_000 && said > 3_000, "{read} read, {said} said");
    }
}
