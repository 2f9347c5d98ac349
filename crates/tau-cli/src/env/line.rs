//! A line that a person types: a command, a call, or words for an agent.

use std::sync::Arc;

use tau_toolkits::{Map, Requestor, Value};

/// What a line asks for.
#[derive(Clone, Debug)]
pub enum Line {
    /// Nothing.
    Empty,
    /// `:q`
    Quit,
    /// `:h`
    Help,
    /// `:d`, with a domain
    Domain(Option<String>),
    /// `:n`, with a task
    Anew(Option<String>),
    /// `:t`
    Tools,
    /// `:p`
    Policy,
    /// Words for the agent.
    Said(String),
    /// A call of a tool, by the side that is named.
    Call { side: Option<Requestor>, tool: String, arguments: Arc<Map> },
}

/// Reads a line. Where an agent listens (`talking`), what is no command is said to it.
///
/// # Errors
/// What is wrong with it.
pub fn read(line: &str, talking: bool) -> Result<Line, String> {
    let line = line.trim();
    if line.is_empty() {
        return Ok(Line::Empty);
    }
    if let Some(command) = line.strip_prefix(':') {
        let (name, rest) = word(command);
        if matches!(name, "c" | "call") && !rest.is_empty() {
            return called(rest);
        }
        let rest = (!rest.is_empty()).then(|| rest.to_owned());
        return Ok(match name {
            "q" | "quit" => Line::Quit,
            "h" | "help" => Line::Help,
            "d" | "domain" => Line::Domain(rest),
            "n" | "new" => Line::Anew(rest),
            "t" | "tools" => Line::Tools,
            "p" | "policy" => Line::Policy,
            _ => return Err(format!("There is no command :{name}; :h lists them.")),
        });
    }
    if talking { Ok(Line::Said(line.to_owned())) } else { called(line) }
}

/// A call.
fn called(line: &str) -> Result<Line, String> {
    let (side, rest) = match line.split_once(':') {
        Some(("agent", rest)) => (Some(Requestor::Assistant), rest.trim_start()),
        Some(("user" | "customer", rest)) => (Some(Requestor::User), rest.trim_start()),
        _ => (None, line),
    };
    let (tool, rest) = word(rest);
    Ok(Line::Call { side, tool: tool.to_owned(), arguments: Arc::new(arguments(rest)?) })
}

/// The first word, and what follows it.
fn word(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim())
}

/// The arguments of a call: an object, or `name=value` one after the other.
fn arguments(text: &str) -> Result<Map, String> {
    if text.starts_with('{') {
        return match Value::read_json(text)? {
            Value::Dict(arguments) => Ok((*arguments).clone()),
            _ => Err("The arguments are no object.".into()),
        };
    }
    let mut arguments = Map::new();
    let mut rest = text;
    while !rest.is_empty() {
        let named = rest.split_once('=').filter(|(name, _)| !name.trim().is_empty());
        let (name, after) = named.ok_or_else(|| format!("Write name=value, not {rest:?}."))?;
        let length = value_length(after)?;
        let (value, left) = after.split_at(length);
        arguments.insert(name.trim().into(), plain(value));
        rest = left.trim_start();
    }
    Ok(arguments)
}

/// JSON is what it says; anything else is a text.
fn plain(text: &str) -> Value {
    Value::read_json(text).unwrap_or_else(|_| Value::str(text))
}

/// How long a value is: up to a blank that is in no quotes and no brackets.
fn value_length(text: &str) -> Result<usize, String> {
    let (mut depth, mut quoted, mut escaped) = (0_i32, false, false);
    for (at, letter) in text.char_indices() {
        if quoted {
            match letter {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => quoted = false,
                _ => {}
            }
            continue;
        }
        match letter {
            '"' => quoted = true,
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            _ if letter.is_whitespace() && depth <= 0 => return Ok(at),
            _ => {}
        }
    }
    if quoted { Err("A quotation mark is missing.".into()) } else { Ok(text.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tau_toolkits::json_dumps;

    fn call(line: &str) -> String {
        match read(line, false).unwrap() {
            Line::Call { side, tool, arguments } => {
                let side = side.map_or("", Requestor::word);
                format!("{side} {tool} {}", json_dumps(&Value::Dict(arguments)))
            }
            other => panic!("{line} is no call: {other:?}"),
        }
    }

    #[test]
    fn a_call_is_written_with_names_or_as_an_object() {
        assert_eq!(call("toggle_data"), " toggle_data {}");
        assert_eq!(
            call(r#"refuel  customer_id=C1 gb_amount=2.0 note="two words" flag=true"#),
            r#" refuel {"customer_id": "C1", "gb_amount": 2.0, "note": "two words", "flag": true}"#
        );
        assert_eq!(
            call(r#"user: set {"apn": {"name": "a b"}, "n": 50.0}"#),
            r#"user set {"apn": {"name": "a b"}, "n": 50.0}"#
        );
        assert_eq!(
            call(r#"agent: f l=["a b", 1] d=1990-01-02"#),
            r#"assistant f {"l": ["a b", 1], "d": "1990-01-02"}"#
        );
    }

    #[test]
    fn commands_have_a_letter_and_what_is_neither_is_refused() {
        assert!(matches!(read(":q", false), Ok(Line::Quit)));
        assert!(matches!(read(" ", false), Ok(Line::Empty)));
        assert!(
            matches!(read(":n service.airplane", false), Ok(Line::Anew(Some(task))) if task == "service.airplane")
        );
        assert!(matches!(read(":d", false), Ok(Line::Domain(None))));
        assert!(read(":x", false).unwrap_err().contains(":h"));
        assert!(read("tool just words", false).unwrap_err().contains("name=value"));
        assert!(read(r#"tool a="b"#, false).unwrap_err().contains("quotation"));
        assert!(read("tool {oops", false).is_err());
    }

    #[test]
    fn where_an_agent_listens_words_are_for_it_and_a_call_says_that_it_is_one() {
        assert!(
            matches!(read("My phone: no signal", true), Ok(Line::Said(text)) if text == "My phone: no signal")
        );
        let Ok(Line::Call { side, tool, .. }) = read(":c user: toggle_data", true) else {
            panic!("a call");
        };
        assert_eq!((side, tool.as_str()), (Some(Requestor::User), "toggle_data"));
        assert!(matches!(read(":q", true), Ok(Line::Quit)));
    }
}
