//! Asking a judge whether assertions in words are met: what it is shown and how its answer is read.
//! Upstream `evaluator/evaluator_nl_assertions.py`. The instruction that goes before it is data.

use crate::history::Turn;
use crate::python;
use crate::value::Value;

/// What a judge found of one assertion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NlCheck {
    /// The assertion, as the judge repeats it.
    pub assertion: String,
    /// Whether it is met.
    pub met: bool,
    /// Why.
    pub justification: String,
}

/// The message that shows a judge a conversation and the assertions: upstream's frame, to the blank.
pub fn shown(assertions: &[String], conversation: &[Turn]) -> String {
    let line = |turn: &Turn| {
        let (role, content) = match turn {
            Turn::Said { by_user: true, content, .. } => ("user", content),
            Turn::Said { by_user: false, content, .. } => ("assistant", content),
            Turn::Answer { content, .. } => ("tool", content),
            Turn::System => ("system", &None),
        };
        format!("{role}: {}", content.as_deref().unwrap_or("None"))
    };
    let lines: Vec<String> = conversation.iter().map(line).collect();
    let assertions = assertions.iter().map(|text| Value::str(text.as_str())).collect();
    const INDENT: &str = "        ";
    format!(
        "\n{INDENT}conversation:\n{INDENT}{}\n{INDENT}\n{INDENT}expectedOutcomes:\n{INDENT}{}\n{INDENT}",
        lines.join("\n"),
        python::repr_of(&Value::list(assertions))
    )
}

/// Reads a judge's answer: a JSON object and nothing else. How many assertions it speaks of is not
/// checked, as upstream does not.
///
/// # Errors
/// What is wrong with the answer; upstream gives up there.
pub fn read(answer: &str) -> Result<Vec<NlCheck>, String> {
    let answer = Value::read_json(answer)?;
    let object = answer.as_dict().ok_or("the judge's answer is not an object")?;
    let results = match object.get("results") {
        None => return Ok(Vec::new()),
        Some(Value::List(results)) => results,
        Some(_) => return Err("results is not a list".into()),
    };
    let check = |result: &Value| {
        let object = result.as_dict().ok_or("a result is not an object")?;
        let text = |name: &str| {
            let text = object.get(name).and_then(Value::as_str);
            text.map(str::to_owned).ok_or_else(|| format!("a result has no text {name}"))
        };
        let met = match object.get("metExpectation") {
            Some(Value::Bool(met)) => *met,
            _ => return Err("a result does not say metExpectation".to_owned()),
        };
        Ok(NlCheck { assertion: text("expectedOutcome")?, met, justification: text("reasoning")? })
    };
    results.iter().map(check).collect()
}
