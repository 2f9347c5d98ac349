//! Reading Python literals as syntax: nothing is executed.
//!
//! Values come out as JSON text, so that `50` and `50.0`, integers of any size and the order of keys
//! survive. What is not a literal is handed to a fallback, which the importer of tasks answers with
//! the interpreter.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ruff_python_ast::{Expr, ExprCall, Number, Operator, UnaryOp};
use ruff_text_size::Ranged;

use crate::format::line_at;

/// Something in a source file that is not a literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotLiteral {
    /// Line, from 1.
    pub line: u32,
    /// What stands there.
    pub reason: String,
}

/// Answers an expression that is not a literal with JSON text.
pub type Fallback<'a> = dyn FnMut(&Expr) -> Result<String, String> + 'a;

/// Reads expressions of one source file.
pub struct Literals<'a> {
    source: &'a str,
    /// Module-level names with the JSON text that they stand for.
    pub names: BTreeMap<String, String>,
    fallback: Option<&'a mut Fallback<'a>>,
}

/// Constructor calls that stand for an object of their keyword arguments.
const RECORDS: [&str; 2] = ["Task", "Action"];

/// Nesting at which reading stops: task files are about ten deep.
const MAX_DEPTH: u32 = 200;

impl<'a> Literals<'a> {
    /// A reader for `source`.
    pub fn new(source: &'a str) -> Self {
        Literals { source, names: BTreeMap::new(), fallback: None }
    }

    /// The same with an answer for what is not a literal.
    pub fn with_fallback(source: &'a str, fallback: &'a mut Fallback<'a>) -> Self {
        Literals { source, names: BTreeMap::new(), fallback: Some(fallback) }
    }

    /// The JSON text of an expression.
    ///
    /// # Errors
    /// When a part of it is not a literal and the fallback has no answer either.
    pub fn json(&mut self, expr: &Expr) -> Result<String, NotLiteral> {
        let mut out = String::new();
        self.write(expr, &mut out, 0)?;
        Ok(out)
    }

    /// The text of a string expression.
    ///
    /// # Errors
    /// When it is not a literal, or not a string.
    pub fn string(&mut self, expr: &Expr) -> Result<String, NotLiteral> {
        let json = self.json(expr)?;
        serde_json::from_str(&json).map_err(|_| self.refuse(expr, "a string was expected"))
    }

    fn refuse(&self, expr: &Expr, reason: impl Into<String>) -> NotLiteral {
        NotLiteral { line: line_at(self.source, expr.start().to_usize()), reason: reason.into() }
    }

    fn shown(&self, expr: &Expr) -> String {
        let text = &self.source[expr.start().to_usize()..expr.end().to_usize()];
        let line = text.lines().next().unwrap_or_default();
        let cut: String = line.chars().take(60).collect();
        if cut.len() < text.len() { format!("`{cut}...`") } else { format!("`{cut}`") }
    }

    fn fall_back(&mut self, expr: &Expr, out: &mut String) -> Result<(), NotLiteral> {
        let shown = self.shown(expr);
        match self.fallback.as_mut().map(|fallback| fallback(expr)) {
            Some(Ok(json)) => {
                out.push_str(&json);
                Ok(())
            }
            Some(Err(reason)) => Err(self.refuse(expr, format!("{shown}: {reason}"))),
            None => Err(self.refuse(expr, format!("{shown} is not a literal"))),
        }
    }

    fn write(&mut self, expr: &Expr, out: &mut String, depth: u32) -> Result<(), NotLiteral> {
        if depth > MAX_DEPTH {
            return Err(self.refuse(expr, "nested too deep"));
        }
        match expr {
            Expr::StringLiteral(s) => push_string(s.value.to_str(), out),
            Expr::NumberLiteral(n) => match &n.value {
                Number::Int(i) => match i.as_u64() {
                    Some(small) => _ = write!(out, "{small}"),
                    None => out.push_str(&self.big_integer(expr)?),
                },
                Number::Float(f) => push_float(*f, out),
                Number::Complex { .. } => return self.fall_back(expr, out),
            },
            Expr::BooleanLiteral(b) => out.push_str(if b.value { "true" } else { "false" }),
            Expr::NoneLiteral(_) => out.push_str("null"),
            Expr::UnaryOp(u)
                if u.op == UnaryOp::USub && matches!(&*u.operand, Expr::NumberLiteral(_)) =>
            {
                out.push('-');
                self.write(&u.operand, out, depth + 1)?;
                if out.ends_with("-0") {
                    out.replace_range(out.len() - 2.., "0");
                }
            }
            Expr::List(list) => self.write_list(&list.elts, out, depth)?,
            Expr::Tuple(tuple) => self.write_list(&tuple.elts, out, depth)?,
            Expr::Dict(dict) => {
                let mut fields = Vec::with_capacity(dict.items.len());
                for item in &dict.items {
                    let Some(key) = &item.key else { return self.fall_back(expr, out) };
                    let Expr::StringLiteral(name) = key else {
                        return Err(self.refuse(key, "a key that is not a string literal"));
                    };
                    fields.push((name.value.to_str().to_owned(), &item.value));
                }
                self.write_object(&fields, out, depth)?;
            }
            Expr::BinOp(b) if b.op == Operator::Add => {
                let (mut left, mut right) = (String::new(), String::new());
                self.write(&b.left, &mut left, depth + 1)?;
                self.write(&b.right, &mut right, depth + 1)?;
                match (left.chars().next(), right.chars().next()) {
                    (Some('"'), Some('"')) => {
                        left.pop();
                        out.push_str(&left);
                        out.push_str(&right[1..]);
                    }
                    (Some('['), Some('[')) => push_concatenated(&left, &right, out),
                    _ => return self.fall_back(expr, out),
                }
            }
            Expr::Name(name) if self.names.contains_key(name.id.as_str()) => {
                out.push_str(&self.names[name.id.as_str()]);
            }
            Expr::Call(call) => return self.write_call(expr, call, out, depth),
            _ => return self.fall_back(expr, out),
        }
        Ok(())
    }

    fn write_call(
        &mut self,
        expr: &Expr,
        call: &ExprCall,
        out: &mut String,
        depth: u32,
    ) -> Result<(), NotLiteral> {
        match &*call.func {
            Expr::Name(name) if RECORDS.contains(&name.id.as_str()) => {
                if let Some(first) = call.arguments.args.first() {
                    return Err(self.refuse(first, "a positional argument"));
                }
                let mut fields = Vec::new();
                for keyword in &call.arguments.keywords {
                    let Some(name) = &keyword.arg else {
                        return Err(self.refuse(&keyword.value, "`**` among the arguments"));
                    };
                    fields.push((name.to_string(), &keyword.value));
                }
                self.write_object(&fields, out, depth)
            }
            // "separator".join(("a", "b")), the way long instructions are written.
            Expr::Attribute(attribute)
                if attribute.attr.as_str() == "join" && call.arguments.args.len() == 1 =>
            {
                let parts = match &call.arguments.args[0] {
                    Expr::List(list) => &list.elts,
                    Expr::Tuple(tuple) => &tuple.elts,
                    _ => return self.fall_back(expr, out),
                };
                let separator = self.string(&attribute.value)?;
                let mut texts = Vec::new();
                for part in parts {
                    texts.push(self.string(part)?);
                }
                push_string(&texts.join(&separator), out);
                Ok(())
            }
            _ => self.fall_back(expr, out),
        }
    }

    fn write_list(
        &mut self,
        items: &[Expr],
        out: &mut String,
        depth: u32,
    ) -> Result<(), NotLiteral> {
        out.push('[');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            self.write(item, out, depth + 1)?;
        }
        out.push(']');
        Ok(())
    }

    fn write_object(
        &mut self,
        fields: &[(String, &Expr)],
        out: &mut String,
        depth: u32,
    ) -> Result<(), NotLiteral> {
        out.push('{');
        for (index, (name, value)) in fields.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            push_string(name, out);
            out.push_str(": ");
            self.write(value, out, depth + 1)?;
        }
        out.push('}');
        Ok(())
    }

    /// An integer beyond 64 bits, as its decimal digits stand in the source.
    fn big_integer(&self, expr: &Expr) -> Result<String, NotLiteral> {
        let text = &self.source[expr.start().to_usize()..expr.end().to_usize()];
        let digits: String = text.chars().filter(|c| *c != '_').collect();
        if digits.bytes().all(|b| b.is_ascii_digit()) {
            let trimmed = digits.trim_start_matches('0');
            Ok(if trimmed.is_empty() { "0".to_owned() } else { trimmed.to_owned() })
        } else {
            Err(self.refuse(expr, "a large integer that is not decimal"))
        }
    }
}

fn push_concatenated(left: &str, right: &str, out: &mut String) {
    let (a, b) = (&left[1..left.len() - 1], &right[1..right.len() - 1]);
    out.push('[');
    out.push_str(a);
    if !a.is_empty() && !b.is_empty() {
        out.push_str(", ");
    }
    out.push_str(b);
    out.push(']');
}

pub(super) fn push_string(text: &str, out: &mut String) {
    out.push_str(&serde_json::Value::from(text).to_string());
}

/// A float so that it reads back as the same float; infinities as Python's reader spells them.
fn push_float(value: f64, out: &mut String) {
    if value.is_infinite() {
        out.push_str("Infinity");
    } else {
        _ = write!(out, "{value:?}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Result<String, NotLiteral> {
        let module = ruff_python_parser::parse_module(source).unwrap();
        let ruff_python_ast::Stmt::Expr(statement) = &module.suite()[0] else {
            panic!("an expression was expected");
        };
        Literals::new(source).json(&statement.value)
    }

    #[test]
    fn whole_floats_stay_floats_and_integers_of_any_size_stay_whole() {
        assert_eq!(
            read("[50, 50.0, -1.5, 1_000, 123456789012345678901234567890]").unwrap(),
            "[50, 50.0, -1.5, 1000, 123456789012345678901234567890]"
        );
        assert_eq!(read("[-0, -0.0, 1e400]").unwrap(), "[0, -0.0, Infinity]");
    }

    #[test]
    fn strings_written_in_several_ways_are_one_string() {
        assert_eq!(read("'a' \"b\"").unwrap(), r#""ab""#);
        assert_eq!(read("'a' + '\\n' + \"\"\"b\"\"\"").unwrap(), r#""a\nb""#);
        assert_eq!(read("', '.join(('a', 'b'))").unwrap(), r#""a, b""#);
    }

    #[test]
    fn constructor_calls_become_objects_in_the_order_written() {
        assert_eq!(
            read("Task(user_id='u', actions=[Action(name='n', kwargs={'z': None, 'a': True})])")
                .unwrap(),
            r#"{"user_id": "u", "actions": [{"name": "n", "kwargs": {"z": null, "a": true}}]}"#
        );
    }

    #[test]
    fn a_call_is_refused_with_its_line() {
        let error = read("[1,\n  open('/etc/passwd')]").unwrap_err();
        assert_eq!(error.line, 2);
        assert!(error.reason.contains("open"), "{}", error.reason);
    }
}
