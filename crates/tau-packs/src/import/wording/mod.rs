//! The wording of a release's prompts, read as syntax and turned into templates.
//!
//! Upstream puts its prompts together in code: `agents/tool_calling_agent.py`, `chat_react_agent.py`
//! and `few_shot_agent.py` for agents, `envs/user.py` for customers and those who check them. The code
//! is followed with the parts that differ from task to task as holes; a hole becomes a variable of a
//! minijinja template, and everything else stands there letter by letter.

mod template;

use std::collections::BTreeMap;
use std::rc::Rc;

use ruff_python_ast::{Expr, Stmt, StmtClassDef, StmtFunctionDef};
use serde::{Deserialize, Serialize};

use self::template::{Follower, Sym};
use super::about::About;
use super::environment::method;
use super::layout::outside_of;
use super::reader::Reader;
use super::release::{Release, ReleaseError};
use super::report::FoundWording;
use super::source::{Module, Modules};
use crate::error::Fault;

/// Prompts of a release as templates, by the ids of the simulator's own prompts: `agent/tool-calling`,
/// `agent/act`, `agent/react`, `agent/few-shot`, `customer/llm`, `customer/react`,
/// `customer/verify-check` and `customer/reflection-rewrite`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpstreamWording {
    /// The imported source that carries it.
    #[serde(default)]
    pub source: String,
    /// What a person calls it: package and version, and what is particular about it.
    pub name: String,
    /// Ids of prompts -> minijinja templates. Variables are the simulator's: `policy`, `tools`
    /// (JSON text), `examples`, `instruction`, `transcript`, `response`.
    pub texts: BTreeMap<String, String>,
}

impl UpstreamWording {
    pub(super) fn found(&self) -> FoundWording {
        FoundWording { name: self.name.clone(), prompts: self.texts.keys().cloned().collect() }
    }
}

/// Agents: class, prompt, and whether its parameter `use_reasoning` holds.
const AGENTS: [(&str, &str, bool); 4] = [
    ("ToolCallingAgent", "agent/tool-calling", true),
    ("ChatReActAgent", "agent/react", true),
    ("ChatReActAgent", "agent/act", false),
    ("FewShotToolCallingAgent", "agent/few-shot", true),
];

/// Customers: class and prompt.
const CUSTOMERS: [(&str, &str); 2] =
    [("LLMUserSimulationEnv", "customer/llm"), ("ReactUserSimulationEnv", "customer/react")];

/// Checks of a customer's message: function and prompt.
const CHECKS: [(&str, &str); 2] =
    [("verify", "customer/verify-check"), ("reflect", "customer/reflection-rewrite")];

/// Reads the wordings of a release: its usual one, and one for steered customers where its code says
/// something else to those.
pub(super) fn read_wordings(
    release: &mut Release,
    about: &About,
    source: &str,
    faults: &mut Vec<Fault>,
) -> Result<Vec<UpstreamWording>, ReleaseError> {
    let nearest = |wanted: &dyn Fn(&str) -> bool| -> Option<String> {
        release.names().iter().filter(|name| wanted(name)).min_by_key(|name| name.len()).cloned()
    };
    let customers = nearest(&|name| name.ends_with("envs/user.py"));
    let agents: Vec<String> = ["tool_calling_agent.py", "chat_react_agent.py", "few_shot_agent.py"]
        .iter()
        .filter_map(|file| nearest(&|name| name.ends_with(&format!("agents/{file}"))))
        .collect();
    let mut usual = BTreeMap::new();
    let mut steered = BTreeMap::new();
    let files = agents.into_iter().map(|file| (file, false));
    for (file, customer) in files.chain(customers.map(|file| (file, true))) {
        let outside = outside_of(release.names(), &file);
        let mut reader = Reader::new(Modules::new(release, &outside));
        let module = match reader.modules.name_of(&file) {
            Some(name) => reader.modules.get(&name)?,
            None => None,
        };
        if let Some(module) = module {
            let mut found = Found { usual: &mut usual, steered: &mut steered, faults };
            match customer {
                true => read_customers(&mut reader, &module, &mut found),
                false => read_agents(&mut reader, &module, &mut found),
            }
        }
        faults.append(&mut reader.modules.faults);
    }
    let name = format!("{} {}", about.package, about.full_version());
    let mut wordings = Vec::new();
    if !usual.is_empty() {
        let steered_too = !steered.is_empty();
        let both: BTreeMap<_, _> = usual.clone().into_iter().chain(steered).collect();
        wordings.push(UpstreamWording {
            source: source.to_owned(),
            name: name.clone(),
            texts: usual,
        });
        if steered_too {
            wordings.push(UpstreamWording {
                source: source.to_owned(),
                name: format!("{name}, steered customers"),
                texts: both,
            });
        }
    }
    Ok(wordings)
}

struct Found<'a> {
    usual: &'a mut BTreeMap<String, String>,
    steered: &'a mut BTreeMap<String, String>,
    faults: &'a mut Vec<Fault>,
}

fn class_of<'m>(module: &'m Module, name: &str) -> Option<&'m StmtClassDef> {
    module.suite.iter().find_map(|statement| match statement {
        Stmt::ClassDef(class) if class.name.as_str() == name => Some(class),
        _ => None,
    })
}

fn function_of<'m>(module: &'m Module, name: &str) -> Option<&'m StmtFunctionDef> {
    module.suite.iter().find_map(|statement| match statement {
        Stmt::FunctionDef(function) if function.name.as_str() == name => Some(function),
        _ => None,
    })
}

fn read_agents(reader: &mut Reader<'_>, module: &Rc<Module>, found: &mut Found<'_>) {
    for (class, prompt, reasoning) in AGENTS {
        let Some(class) = class_of(module, class) else { continue };
        let mut follower = Follower::new(reader, module);
        follower.fix("wiki", Sym::hole("policy"));
        follower.fix("tools_info", Sym::Tools);
        follower.fix("use_reasoning", Sym::Bool(reasoning));
        if let Some(constructor) = method(class, "__init__") {
            follower.run(&constructor.body);
        }
        let methods = class.body.iter().filter_map(|statement| match statement {
            Stmt::FunctionDef(function) => Some(function),
            _ => None,
        });
        let mut text = None;
        for function in methods {
            if let Some(content) = content_of("system", &function.body) {
                follower.run(&function.body);
                text = Some(follower.expr(content));
                break;
            }
        }
        match text {
            Some(Ok(Sym::Text(pieces))) => {
                found.usual.insert(prompt.to_owned(), template::written(&pieces));
            }
            Some(Err(fault)) => found.faults.push(fault),
            _ => {
                let reason = format!("{}: its system prompt was not understood", class.name);
                found.faults.push(module.fault(&class.name, reason));
            }
        }
    }
}

fn read_customers(reader: &mut Reader<'_>, module: &Rc<Module>, found: &mut Found<'_>) {
    for (class, prompt) in CUSTOMERS {
        let Some(class) = class_of(module, class) else { continue };
        let Some(function) = method(class, "build_system_prompt") else { continue };
        for steered in [false, true] {
            let mut follower = Follower::new(reader, module);
            follower.assume = steered;
            follower.fix("instruction", Sym::hole("instruction"));
            let sent = follower.run(&function.body);
            // Without a condition on the customer itself there is one text for both.
            if steered && !follower.assumed {
                continue;
            }
            let texts = if steered { &mut *found.steered } else { &mut *found.usual };
            match sent {
                Some(Ok(Sym::Text(pieces))) => {
                    texts.insert(prompt.to_owned(), template::written(&pieces));
                }
                Some(Err(fault)) => found.faults.push(fault),
                _ => {
                    let reason = format!("{}: its prompt was not understood", class.name);
                    found.faults.push(module.fault(&function.name, reason));
                }
            }
        }
    }
    for (name, prompt) in CHECKS {
        let Some(function) = function_of(module, name) else { continue };
        let Some(content) = content_of("user", &function.body) else { continue };
        let mut follower = Follower::new(reader, module);
        follower.fix("transcript", Sym::hole("transcript"));
        follower.fix("response", Sym::hole("response"));
        follower.run(&function.body);
        match follower.expr(content) {
            Ok(Sym::Text(pieces)) => {
                found.usual.insert(prompt.to_owned(), template::written(&pieces));
            }
            Ok(_) => {
                let reason = format!("{name}: its prompt was not understood");
                found.faults.push(module.fault(&function.name, reason));
            }
            Err(fault) => found.faults.push(fault),
        }
    }
}

/// The content of the first message of a role that the code makes, as a dict or a call with keywords.
fn content_of<'b>(role: &str, body: &'b [Stmt]) -> Option<&'b Expr> {
    use ruff_python_ast::visitor::{Visitor, walk_expr};

    struct Messages<'r, 'b> {
        role: &'r str,
        found: Option<&'b Expr>,
    }

    impl<'b> Visitor<'b> for Messages<'_, 'b> {
        fn visit_expr(&mut self, expr: &'b Expr) {
            let fields: Vec<(&str, &'b Expr)> = match expr {
                Expr::Dict(dict) => dict
                    .items
                    .iter()
                    .filter_map(|item| match &item.key {
                        Some(Expr::StringLiteral(key)) => Some((key.value.to_str(), &item.value)),
                        _ => None,
                    })
                    .collect(),
                Expr::Call(call) => call
                    .arguments
                    .keywords
                    .iter()
                    .filter_map(|keyword| Some((keyword.arg.as_ref()?.as_str(), &keyword.value)))
                    .collect(),
                _ => Vec::new(),
            };
            let field = |name| fields.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
            if let (Some(Expr::StringLiteral(said)), Some(content)) =
                (field("role"), field("content"))
                && said.value.to_str() == self.role
                && self.found.is_none()
            {
                self.found = Some(content);
            }
            walk_expr(self, expr);
        }
    }

    let mut messages = Messages { role, found: None };
    messages.visit_body(body);
    messages.found
}
