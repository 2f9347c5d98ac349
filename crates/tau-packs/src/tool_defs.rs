//! The tools of a pack of our own: one module-level `def` in `tools.py` each, read as syntax.

use ruff_python_ast::{Expr, Stmt, StmtFunctionDef};
use ruff_text_size::Ranged;
use serde_json::{Map, Value, json};
use tau_domain::ToolSpec;

use crate::docstring::{annotation_schema, parse_docstring};
use crate::error::Fault;
use crate::format::line_at;

/// The file that holds the tools.
pub const TOOLS_FILE: &str = "tools.py";

/// The first parameter of every tool: the tables, which the model does not see.
pub const DATA: &str = "data";

/// A tool with everything that stands in its `def`.
#[derive(Clone, Debug)]
pub struct ToolDef {
    /// As the model is told of it.
    pub spec: ToolSpec,
    /// Line of the `def`.
    pub line: u32,
    /// Whether there is a docstring with text before `Args:`.
    pub described: bool,
    /// The parameters after `data`.
    pub parameters: Vec<ToolParameter>,
    /// Names under `Args:` that are no parameters.
    pub stray: Vec<String>,
}

/// A parameter of a tool.
#[derive(Clone, Debug)]
pub struct ToolParameter {
    /// Its name.
    pub name: String,
    /// Its line.
    pub line: u32,
    /// Whether `Args:` describes it.
    pub described: bool,
}

/// Reads the tools in the order of the file. Names that start with `_` are no tools.
///
/// # Errors
/// Everything about a signature that gives no schema, each with its line.
pub fn read_tools(source: &str) -> Result<Vec<ToolDef>, Vec<Fault>> {
    let module = ruff_python_parser::parse_module(source).map_err(|error| {
        vec![fault(source, error.location.start().to_usize(), error.error.to_string())]
    })?;
    let mut tools: Vec<ToolDef> = Vec::new();
    let mut faults = Vec::new();
    for statement in module.suite() {
        let Stmt::FunctionDef(function) = statement else { continue };
        if function.name.as_str().starts_with('_') {
            continue;
        }
        match read_tool(source, function) {
            Ok(tool) if tools.iter().any(|known| known.spec.name == tool.spec.name) => {
                let at = function.name.start().to_usize();
                faults.push(fault(source, at, format!("tool {} is defined twice", tool.spec.name)));
            }
            Ok(tool) => tools.push(tool),
            Err(mut wrong) => faults.append(&mut wrong),
        }
    }
    if faults.is_empty() { Ok(tools) } else { Err(faults) }
}

fn fault(source: &str, at: usize, reason: String) -> Fault {
    Fault { file: TOOLS_FILE.to_owned(), line: Some(line_at(source, at)), reason }
}

fn read_tool(source: &str, function: &StmtFunctionDef) -> Result<ToolDef, Vec<Fault>> {
    let name = function.name.as_str();
    let at_name = function.name.start().to_usize();
    let parameters = &function.parameters;
    let mut faults = Vec::new();
    if function.is_async || !function.decorator_list.is_empty() {
        let reason = format!("{name}: a tool is a plain def without decorators");
        faults.push(fault(source, at_name, reason));
    }
    if parameters.vararg.is_some()
        || parameters.kwarg.is_some()
        || !parameters.posonlyargs.is_empty()
    {
        let reason =
            format!("{name}: *args, **kwargs and positional-only parameters have no schema");
        faults.push(fault(source, at_name, reason));
    }
    let all: Vec<_> = parameters.args.iter().chain(&parameters.kwonlyargs).collect();
    if all.first().map(|first| first.parameter.name.as_str()) != Some(DATA) {
        faults.push(fault(source, at_name, format!("{name}: the first parameter must be `data`")));
    }
    let docstring = docstring_of(&function.body);
    let doc = docstring.as_deref().map(parse_docstring).unwrap_or_default();
    let (mut properties, mut required, mut read) = (Map::new(), Vec::new(), Vec::new());
    for parameter in all.iter().skip(1) {
        let inner = &parameter.parameter;
        let at = inner.name.start().to_usize();
        let known_as = inner.name.as_str();
        let Some(annotation) = &inner.annotation else {
            faults.push(fault(source, at, format!("{name}: {known_as} has no annotation")));
            continue;
        };
        let written = &source[annotation.start().to_usize()..annotation.end().to_usize()];
        let (mut schema, nullable) = match annotation_schema(written) {
            Ok(schema) => schema,
            Err(reason) => {
                faults.push(fault(source, at, format!("{name}: {known_as}: {reason}")));
                continue;
            }
        };
        let text = doc.parameters.get(known_as);
        if let Some(text) = text {
            schema.insert("description".to_owned(), json!(text));
        }
        let optional = parameter.default.is_some();
        if nullable && !optional {
            let reason = format!("{name}: {known_as} admits None but has no default");
            faults.push(fault(source, at, reason));
        }
        if !optional {
            required.push(json!(known_as));
        }
        properties.insert(known_as.to_owned(), Value::Object(schema));
        read.push(ToolParameter {
            name: known_as.to_owned(),
            line: line_at(source, at),
            described: text.is_some_and(|text| !text.is_empty()),
        });
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let stray =
        doc.parameters.keys().filter(|key| !properties.contains_key(*key)).cloned().collect();
    Ok(ToolDef {
        line: line_at(source, at_name),
        described: !doc.description.is_empty(),
        spec: ToolSpec {
            name: name.to_owned(),
            description: doc.description,
            parameters: json!({"type": "object", "properties": properties, "required": required}),
        },
        parameters: read,
        stray,
    })
}

fn docstring_of(body: &[Stmt]) -> Option<String> {
    match body.first()? {
        Stmt::Expr(statement) => match &*statement.value {
            Expr::StringLiteral(text) => Some(text.value.to_str().to_owned()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_is_described_by_its_signature_and_docstring() {
        let source = "def _helper(x):\n    return x\n\ndef refund(data, order_id: str, amount: float, \
                      notes: list[str] | None = None) -> str:\n    \"\"\"Refund an order.\n\n    \
                      Args:\n        order_id: The order.\n        amount: How much.\n        \
                      notes: Remarks.\n    \"\"\"\n    return ''\n";
        let tools = read_tools(source).unwrap();
        assert_eq!(tools.len(), 1);
        assert_eq!(
            serde_json::to_string(&tools[0].spec).unwrap(),
            r#"{"name":"refund","description":"Refund an order.","parameters":{"type":"object","properties":{"order_id":{"type":"string","description":"The order."},"amount":{"type":"number","description":"How much."},"notes":{"type":"array","items":{"type":"string"},"description":"Remarks."}},"required":["order_id","amount"]}}"#
        );
    }

    #[test]
    fn a_signature_without_schema_is_refused_with_its_line() {
        let faults =
            read_tools("def a(data, *rest):\n    pass\n\ndef b(data, x):\n    pass\n\ndef c(x: str):\n    pass\n")
                .unwrap_err();
        let places: Vec<_> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(places, [Some(1), Some(4), Some(7)]);
    }
}
