//! Docstrings as the library `docstring_parser` (MIT) takes them apart, which upstream asks: Google's style,
//! to the blank, since what comes of it is what a model reads of a tool.

use std::collections::BTreeMap;

/// A docstring taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Docstring {
    /// The first line.
    pub short: String,
    /// What stands between it and the first section.
    pub long: String,
    /// What is said of each parameter.
    pub parameters: BTreeMap<String, String>,
}

impl Docstring {
    /// What a model reads of a tool: without any text its name.
    pub fn description(&self, name: &str) -> String {
        match (self.short.is_empty(), self.long.is_empty()) {
            (true, _) => name.to_owned(),
            (false, true) => self.short.clone(),
            (false, false) => format!("{}\n\n{}", self.short, self.long),
        }
    }
}

/// What a section holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    /// Entries `name: text`.
    Parameters,
    /// Entries of another kind.
    Entries,
    /// A text.
    Text,
}

fn section(line: &str) -> Option<Section> {
    Some(match line.trim_end_matches([' ', '\t', '\r', '\u{c}', '\u{b}']).strip_suffix(':')? {
        "Arguments" | "Args" | "Parameters" | "Params" => Section::Parameters,
        "Raises" | "Exceptions" | "Except" | "Attributes" => Section::Entries,
        "Example" | "Examples" | "Returns" | "Yields" => Section::Text,
        _ => return None,
    })
}

/// Takes a docstring apart. Where a section is not in its form the whole text is the description, as the
/// library falls back on a style that knows no sections.
pub(super) fn parse(text: &str) -> Docstring {
    let text = cleaned(text);
    let lines: Vec<&str> = text.split('\n').collect();
    let first = lines.iter().position(|line| section(line).is_some()).unwrap_or(lines.len());
    match parameters(&lines[first..]) {
        Some(parameters) => Docstring { parameters, ..described(&lines[..first]) },
        None => described(&lines),
    }
}

fn described(lines: &[&str]) -> Docstring {
    let (first, rest) = lines.split_first().map_or(("", &[][..]), |(first, rest)| (*first, rest));
    Docstring {
        short: first.to_owned(),
        long: rest.join("\n").trim().to_owned(),
        parameters: BTreeMap::new(),
    }
}

/// What the sections say of parameters; `None` when one of them is not in its form.
fn parameters(lines: &[&str]) -> Option<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    let mut at = 0;
    while at < lines.len() {
        let kind = section(lines[at])?;
        let next = lines[at + 1..].iter().position(|line| section(line).is_some());
        let end = next.map_or(lines.len(), |next| at + 1 + next);
        // Text at the margin ends a section.
        let mut body = &lines[at + 1..end];
        let margin = |line: &&str| line.starts_with(|c: char| !c.is_whitespace());
        if let Some(cut) = body.iter().position(margin) {
            body = &body[..cut];
        }
        while body.first().is_some_and(|line| line.is_empty()) {
            body = &body[1..];
        }
        while body.last().is_some_and(|line| line.is_empty()) {
            body = &body[..body.len() - 1];
        }
        if kind != Section::Text {
            entries(body, kind == Section::Parameters, &mut found)?;
        }
        at = end;
    }
    Some(found)
}

/// Entries begin at the indent of the first one.
fn entries(
    body: &[&str],
    are_parameters: bool,
    found: &mut BTreeMap<String, String>,
) -> Option<()> {
    let indent = body.first().map(|line| line.len() - line.trim_start().len())?;
    let begins = |line: &&str| {
        let own = line.len() - line.trim_start().len();
        own == indent && !line.trim().is_empty()
    };
    let starts: Vec<usize> = (0..body.len()).filter(|at| begins(&body[*at])).collect();
    for (place, start) in starts.iter().enumerate() {
        let end = starts.get(place + 1).copied().unwrap_or(body.len());
        let (before, first) = body[*start].trim_start().split_once(':')?;
        let first = first.strip_prefix(' ').unwrap_or(first);
        let mut text = first.to_owned();
        if end > start + 1 {
            text.push('\n');
            text.push_str(&cleaned(&body[start + 1..end].join("\n")));
        }
        if are_parameters {
            found.insert(named(before), text.trim_matches('\n').to_owned());
        }
    }
    Some(())
}

/// The name of `name (type)`.
fn named(before: &str) -> String {
    match before.split_once('(') {
        Some((name, rest)) if rest.trim_end().ends_with(')') && !name.trim().is_empty() => {
            name.trim().to_owned()
        }
        _ => before.to_owned(),
    }
}

/// Python's `inspect.cleandoc`.
pub(super) fn cleaned(text: &str) -> String {
    let expanded = expand_tabs(text);
    let mut lines: Vec<&str> = expanded.split('\n').collect();
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let filled = lines.iter().skip(1).filter(|line| !line.trim().is_empty());
    let margin = filled.map(indent).min().unwrap_or(0);
    for (number, line) in lines.iter_mut().enumerate() {
        *line = if number == 0 {
            line.trim_start()
        } else {
            line.get(margin..).unwrap_or_else(|| line.trim_start())
        };
    }
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    let skipped = lines.iter().take_while(|line| line.is_empty()).count();
    lines[skipped..].join("\n")
}

fn expand_tabs(text: &str) -> String {
    let (mut out, mut column) = (String::with_capacity(text.len()), 0);
    for c in text.chars() {
        match c {
            '\t' => {
                let fill = 8 - column % 8;
                out.extend(std::iter::repeat_n(' ', fill));
                column += fill;
            }
            '\n' | '\r' => {
                out.push(c);
                column = 0;
            }
            _ => {
                out.push(c);
                column += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_docstring_is_its_first_line_the_rest_and_what_is_said_of_parameters() {
        let doc = parse(
            "\n    Send it.\n    Only once:\n     - never twice\n\n    Args:\n        amount (int): How much,\n            \
             in dollars.\n        note: Say: why.\n\n    Returns:\n        A text.\n\n    Raises:\n        \
             ValueError: If not.\n    ",
        );
        assert_eq!(doc.description("send"), "Send it.\n\nOnly once:\n - never twice");
        assert_eq!(doc.parameters["amount"], "How much,\nin dollars.");
        assert_eq!(doc.parameters["note"], "Say: why.");
        assert_eq!(doc.parameters.len(), 2);
    }

    #[test]
    fn without_sections_in_their_form_everything_is_the_description() {
        let doc = parse("Do.\n\nArgs:\n    amount without a colon\n");
        assert_eq!(doc.description("do"), "Do.\n\nArgs:\n    amount without a colon");
        assert_eq!(parse("").description("do"), "do");
    }
}
