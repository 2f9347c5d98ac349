//! The tools of a release as models read of them: the decorated methods of its toolkits' classes.

use std::rc::Rc;

use ruff_python_ast::{Expr, Stmt, StmtClassDef, StmtFunctionDef};
use tau_domain::ToolSpec;

use super::docstring::parse;
use super::schema::{NoSchema, Schemas};
use super::syntax::{docstring_of, function_named, is_name};
use crate::error::Fault;
use crate::import::release::ReleaseError;
use crate::import::source::{Module, Modules};
use crate::tau2::ToolFile;

/// The tools of a domain, and what of them was not understood.
pub(super) fn read(
    modules: &mut Modules<'_>,
    domain: &str,
    faults: &mut Vec<Fault>,
) -> Result<ToolFile, ReleaseError> {
    let mut tools = ToolFile { agent: Vec::new(), user: None, done: None };
    // The customer's class stands in a file of its own, or beside the agent's.
    for file in ["tools", "user_tools"] {
        let Some(module) = modules.get(&format!("tau2.domains.{domain}.{file}"))? else { continue };
        for class in classes(&module) {
            let functions: Vec<_> = methods(class).collect();
            if functions.is_empty() {
                continue;
            }
            let users = file == "user_tools" || class.name.as_str().contains("User");
            let mut specs = Vec::new();
            for function in functions {
                if let Some(spec) = spec(modules, &module, function, faults)? {
                    specs.push(spec);
                }
            }
            match users {
                true => tools.user.get_or_insert_default().append(&mut specs),
                false => tools.agent.append(&mut specs),
            }
        }
    }
    if let Some(module) = modules.get("tau2.agent.llm_agent")?
        && let Some(done) = function_named(&module.suite, "done")
    {
        tools.done = spec(modules, &module, done, faults)?;
    }
    Ok(tools)
}

fn classes(module: &Module) -> impl Iterator<Item = &StmtClassDef> {
    module.suite.iter().filter_map(|statement| match statement {
        Stmt::ClassDef(class) => Some(class),
        _ => None,
    })
}

/// The tools of a class in the order of their definition.
fn methods(class: &StmtClassDef) -> impl Iterator<Item = &StmtFunctionDef> {
    class.body.iter().filter_map(|statement| match statement {
        Stmt::FunctionDef(function) => Some(function).filter(|function| is_tool(function)),
        _ => None,
    })
}

fn is_tool(function: &StmtFunctionDef) -> bool {
    function.decorator_list.iter().any(|decorator| match &decorator.expression {
        Expr::Call(call) => is_name(&call.func, "is_tool"),
        other => is_name(other, "is_tool"),
    })
}

fn spec(
    modules: &mut Modules<'_>,
    module: &Rc<Module>,
    function: &StmtFunctionDef,
    faults: &mut Vec<Fault>,
) -> Result<Option<ToolSpec>, ReleaseError> {
    let name = function.name.to_string();
    let doc = parse(&docstring_of(&function.body).unwrap_or_default());
    match Schemas::new(modules).parameters(module, function, &doc.parameters) {
        Ok(parameters) => {
            Ok(Some(ToolSpec { description: doc.description(&name), name, parameters }))
        }
        Err(NoSchema::Release(error)) => Err(error),
        Err(NoSchema::Unknown(what)) => {
            faults.push(module.fault(function, format!("{name}: {what} is not understood")));
            Ok(None)
        }
    }
}
