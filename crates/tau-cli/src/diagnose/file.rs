//! The file that upstream's `auto_error_identification.py` writes: two lists, indented by four, in
//! ASCII, in the order of the results; the second list holds only what was the agent's fault.

use std::io;

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, PrettyFormatter, Serializer};
use tau_diagnosis::{Author, Diagnosis};

#[derive(Serialize)]
struct Analysis<'a> {
    fault_assignment_analysis: Vec<Assignment<'a>>,
    fault_type_analysis: Vec<Type<'a>>,
}

#[derive(Serialize)]
struct Assignment<'a> {
    task_id: u32,
    author: &'static str,
    description: &'a str,
}

#[derive(Serialize)]
struct Type<'a> {
    task_id: u32,
    fault_type: &'static str,
    description: &'a str,
}

/// The file's text. `verdicts` are pairs of upstream's task id (an index) and verdict, in the order of
/// the results.
///
/// # Errors
/// Never in practice: everything in it can be written as JSON.
pub fn upstream_file(verdicts: &[(u32, &Diagnosis)]) -> serde_json::Result<Vec<u8>> {
    let analysis = Analysis {
        fault_assignment_analysis: verdicts
            .iter()
            .map(|(task_id, verdict)| Assignment {
                task_id: *task_id,
                author: verdict.author.name(),
                description: &verdict.description,
            })
            .collect(),
        fault_type_analysis: verdicts
            .iter()
            .filter(|(_, verdict)| verdict.author == Author::Agent)
            .map(|(task_id, verdict)| Type {
                task_id: *task_id,
                fault_type: verdict.kind.name(),
                description: match verdict.kind_description.as_str() {
                    "" => &verdict.description,
                    why => why,
                },
            })
            .collect(),
    };
    let mut bytes = Vec::new();
    let layout = AsPython(PrettyFormatter::with_indent(b"    "));
    analysis.serialize(&mut Serializer::with_formatter(&mut bytes, layout))?;
    Ok(bytes)
}

/// JSON laid out as Python's `json.dump(..., indent=4)` lays it out.
struct AsPython(PrettyFormatter<'static>);

impl Formatter for AsPython {
    fn begin_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }

    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for letter in fragment.chars() {
            if letter.is_ascii() {
                out.write_all(&[letter as u8])?;
                continue;
            }
            for unit in letter.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
        }
        Ok(())
    }

    fn write_char_escape<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        self.0.write_char_escape(out, escape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tau_diagnosis::{Kind, Source};

    fn verdict(author: Author, kind_description: &str) -> Diagnosis {
        Diagnosis {
            author,
            kind: Kind::UsedWrongToolArgument,
            description: "Said \u{201c}5030\u{201d},\n\u{1f600}".into(),
            kind_description: kind_description.into(),
            first_turn: None,
            tags: Vec::new(),
            severity: None,
            source: Source::Rules,
        }
    }

    #[test]
    fn the_file_is_laid_out_as_upstreams() {
        // As `json.dump(value, file, indent=4)` of Python 3.11 writes it.
        let (user, agent) = (verdict(Author::User, ""), verdict(Author::Agent, "A digit."));
        let text = String::from_utf8(upstream_file(&[(3, &user), (0, &agent)]).unwrap()).unwrap();
        let said = r#""Said \u201c5030\u201d,\n\ud83d\ude00""#;
        let expected = format!(
            r#"{{
    "fault_assignment_analysis": [
        {{
            "task_id": 3,
            "author": "user",
            "description": {said}
        }},
        {{
            "task_id": 0,
            "author": "agent",
            "description": {said}
        }}
    ],
    "fault_type_analysis": [
        {{
            "task_id": 0,
            "fault_type": "used_wrong_tool_argument",
            "description": "A digit."
        }}
    ]
}}"#
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn lists_without_anything_are_written_on_one_line() {
        let text = String::from_utf8(upstream_file(&[]).unwrap()).unwrap();
        let expected =
            "{\n    \"fault_assignment_analysis\": [],\n    \"fault_type_analysis\": []\n}";
        assert_eq!(text, expected);
    }
}
