//! `calculate`, the tool that domains share: arithmetic by Python's own rules and with its own messages.

use std::sync::{Arc, OnceLock};

use tau_python::{
    Base, CallError, Episode, Heap, Limits, ModuleSource, Part, Program, Value as Python, call,
};

use crate::python;
use crate::raised::{Kind, Outcome, Raised};
use crate::value::Value;

/// What an expression may be made of.
const ALPHABET: &str = "0123456789+-*/(). ";

/// The value as `str(round(float(..), 2))`; huge powers end at our limits, where upstream would hang.
const SOURCE: &str = "
def value(expression):
    return str(round(float(eval(expression)), 2))
";

/// Computes an expression: what the tool `calculate` answers.
///
/// # Errors
/// What the tool raises.
pub fn calculate(expression: &Value) -> Outcome {
    let alphabet = Value::str(ALPHABET);
    for letter in python::iterate(expression)? {
        if !python::contains(&alphabet, &letter)? {
            return Err(Raised::value("Invalid characters in expression"));
        }
    }
    match expression.as_str() {
        Some(text) => computed(text),
        None => Err(Raised::type_error("eval() arg 1 must be a string, bytes or code object")),
    }
}

fn program() -> Option<&'static Program> {
    static PROGRAM: OnceLock<Option<Program>> = OnceLock::new();
    let compiled = PROGRAM.get_or_init(|| {
        let module = ModuleSource {
            name: "calculate".into(),
            file: "calculate.py".into(),
            text: SOURCE.into(),
            part: Part::Whole,
        };
        Program::compile(&[module]).ok()
    });
    compiled.as_ref()
}

fn computed(text: &str) -> Outcome {
    let broken = || Raised::new(Kind::Limit, "the calculator cannot be used");
    let program = program().ok_or_else(broken)?;
    let target = program.find("calculate.value").ok_or_else(broken)?;
    let mut heap = Heap::new(Arc::new(Base::from_json_tables(&[]).map_err(|_| broken())?));
    let mut episode = Episode::new("2000-01-01T00:00:00", 0).map_err(|_| broken())?;
    let limits = Limits::default();
    match call(program, &mut heap, &mut episode, &limits, target, &[Python::str(text)], &[]) {
        Ok(value) => Ok(Value::str(value.as_str().unwrap_or_default())),
        Err(CallError::Exception { type_name, message, .. }) => {
            let kind = match &*type_name {
                "ZeroDivisionError" => Kind::ZeroDivisionError,
                "SyntaxError" => Kind::SyntaxError,
                "OverflowError" => Kind::OverflowError,
                "TypeError" => Kind::TypeError,
                _ => Kind::ValueError,
            };
            Err(Raised::new(kind, message))
        }
        Err(CallError::Limit { kind, .. }) => Err(Raised::new(Kind::Limit, kind.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(expression: &str) -> String {
        match calculate(&expression.into()) {
            Ok(value) => python::str_of(&value),
            Err(raised) => format!("{:?}: {raised}", raised.kind),
        }
    }

    #[test]
    fn arithmetic_is_python_s() {
        assert_eq!(text("2**3 + 7//2"), "11.0");
        assert_eq!(text("1/3"), "0.33");
        assert_eq!(text("1/0"), "ZeroDivisionError: division by zero");
        assert_eq!(text("2 +"), "SyntaxError: invalid syntax (<string>, line 1)");
        assert_eq!(text("1e3"), "ValueError: Invalid characters in expression");
    }

    #[test]
    fn a_huge_power_ends_at_a_limit() {
        assert!(text("9**9**9**9").starts_with("Limit"), "{}", text("9**9**9**9"));
    }
}
