//! What a release tells its models: constants of its code, and the guidelines of its simulated customer.

use std::rc::Rc;

use ruff_python_ast::{self as ast, Expr, Stmt};
use tau_toolkits::{PlanWording, Wording};

use super::syntax::{class_named, function_named, keyword, text_of, value_of};
use crate::error::Fault;
use crate::import::release::ReleaseError;
use crate::import::source::{Module, Modules};

/// Reads the wording. What is missing is a fault each; without the agent's instruction, the guidelines or the
/// greeting there is none.
pub(super) fn read(
    modules: &mut Modules<'_>,
    guidelines: &str,
    faults: &mut Vec<Fault>,
) -> Result<Option<Wording>, ReleaseError> {
    let mut missing = |file: &str, what: &str| {
        faults.push(Fault { file: file.to_owned(), line: None, reason: format!("no {what}") });
    };
    let agents = "tau2.agent.llm_agent";
    let Some(module) = modules.get(agents)? else {
        missing(agents, "instructions of agents");
        return Ok(None);
    };
    let constant = |name: &str| value_of(&module.suite, name).and_then(text_of);
    let agent = constant("AGENT_INSTRUCTION");
    if agent.is_none() {
        missing(&module.file, "AGENT_INSTRUCTION");
    }
    let solo = constant("AGENT_SOLO_INSTRUCTION").map(|text| named_stop(&module, &text));
    if solo.is_none() {
        missing(&module.file, "AGENT_SOLO_INSTRUCTION");
    }
    let plan = constant("AGENT_GT_INSTRUCTION").and_then(|instruction| plan(&module, instruction));
    if plan.is_none() {
        missing(&module.file, "AGENT_GT_INSTRUCTION with its steps");
    }
    let mut guideline = |stem: &str| -> Result<Option<String>, ReleaseError> {
        let file = format!("{guidelines}{stem}.md");
        if !modules.release.has(&file) {
            return Ok(None);
        }
        // As the file has it: whether it ends with a line end is part of the prompt.
        modules.release.read_text(&file).map(Some)
    };
    let user = guideline("simulation_guidelines")?;
    let user_tools = guideline("simulation_guidelines_tools")?;
    if user.is_none() {
        missing(guidelines, "simulation_guidelines.md");
    }
    let greeting = greeting(modules)?;
    if greeting.is_none() {
        missing("tau2.orchestrator", "DEFAULT_FIRST_AGENT_MESSAGE");
    }
    let judges = "tau2.evaluator.evaluator_nl_assertions";
    let judge = match modules.get(judges)? {
        Some(module) => function_named(&module.suite, "evaluate_nl_assertions")
            .and_then(|function| value_of(&function.body, "system_prompt"))
            .and_then(text_of),
        None => None,
    };
    if judge.is_none() {
        missing(judges, "instruction of the judge");
    }
    let (Some(agent), Some(user), Some(greeting)) = (agent, user, greeting) else {
        return Ok(None);
    };
    Ok(Some(Wording { agent, solo, plan, user, user_tools, greeting, judge }))
}

/// The instruction with the name of the tool that ends the work, as `str.format` puts it in.
fn named_stop(module: &Module, text: &str) -> String {
    let class = class_named(&module.suite, "LLMSoloAgent");
    let name = class.and_then(|class| value_of(&class.body, "STOP_FUNCTION_NAME"));
    let name = name.and_then(text_of).unwrap_or_else(|| "done".to_owned());
    text.replace("{stop_function_name}", &name).replace("{{", "{").replace("}}", "}")
}

/// The steps of a plan: the texts with a whole call in them, by who acts.
fn plan(module: &Module, instruction: String) -> Option<PlanWording> {
    let function = function_named(&module.suite, "make_agent_instructions_from_action")?;
    let mut plan = PlanWording { instruction, ..PlanWording::default() };
    let branches = function.body.iter().filter_map(|statement| match statement {
        Stmt::If(branch) => Some(branch),
        _ => None,
    });
    for branch in branches {
        let elses = branch.elif_else_clauses.iter();
        let elses = elses.filter_map(|clause| Some((clause.test.as_ref()?, &clause.body)));
        for (test, body) in std::iter::once((&*branch.test, &branch.body)).chain(elses) {
            let test = module.shown(test);
            let step = step(body);
            match (test.contains("\"user\""), test.contains("\"assistant\"")) {
                (true, _) => plan.user_step = step?,
                (_, true) => plan.step = step?,
                _ => {}
            }
        }
    }
    (!plan.step.is_empty() && !plan.user_step.is_empty()).then_some(plan)
}

/// The text that a body returns with a call in it.
fn step(body: &[Stmt]) -> Option<String> {
    body.iter().find_map(|statement| match statement {
        Stmt::Return(returned) => with_call(returned.value.as_deref()?),
        Stmt::If(branch) => step(&branch.body)
            .or_else(|| branch.elif_else_clauses.iter().find_map(|clause| step(&clause.body))),
        _ => None,
    })
}

fn with_call(value: &Expr) -> Option<String> {
    let Expr::FString(text) = value else { return None };
    let (mut out, mut calls) = (String::new(), 0);
    for part in &text.value {
        match part {
            ast::FStringPart::Literal(literal) => out.push_str(literal.as_str()),
            ast::FStringPart::FString(inner) => {
                for element in &inner.elements {
                    match element {
                        ast::InterpolatedStringElement::Literal(literal) => {
                            out.push_str(&literal.value);
                        }
                        ast::InterpolatedStringElement::Interpolation(hole) => {
                            let called = matches!(&*hole.expression, Expr::Call(call)
                                if matches!(&*call.func, Expr::Attribute(method)
                                    if method.attr.as_str() == "get_func_format"));
                            if !called {
                                return None;
                            }
                            out.push_str(Wording::CALL);
                            calls += 1;
                        }
                    }
                }
            }
        }
    }
    (calls == 1).then_some(out)
}

/// What the agent says first: the content of a message that a constant holds.
fn greeting(modules: &mut Modules<'_>) -> Result<Option<String>, ReleaseError> {
    let folder = format!("{}tau2/orchestrator/", modules.outside);
    let files: Vec<String> =
        modules.release.names().iter().filter(|name| name.starts_with(&folder)).cloned().collect();
    for file in files {
        let Some(name) = modules.name_of(&file) else { continue };
        let Some(module): Option<Rc<Module>> = modules.get(&name)? else { continue };
        let Some(Expr::Call(call)) = value_of(&module.suite, "DEFAULT_FIRST_AGENT_MESSAGE") else {
            continue;
        };
        if let Some(text) = keyword(call, "content").and_then(text_of) {
            return Ok(Some(text));
        }
    }
    Ok(None)
}
