//! `env`: a fresh environment, whose tools a person calls by hand, or a model that the person talks with. Each
//! call shows what it answers and what it changed on both sides.

mod line;
mod talk;

use std::io::{BufRead, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use tau_api::Places;
use tau_domain::{DomainId, ToolSpec};
use tau_packs::Library;
use tau_toolkits::{
    Change, Definition, Environment, Ids, Requestor, Snapshot, Task, ToolCall, Value, json_dumps,
};

use self::line::Line;
use self::talk::Agent;
use crate::domains::library;
use crate::error::CliError;
use crate::llm::Models;
use crate::mcp::find_task;

/// Longest value that is shown whole.
const LONGEST: usize = 300;

const HELP: &str = "\
TOOL name=value name=\"two words\"     call a tool; a value is JSON or a text
TOOL {\"name\": \"value\"}              the same with an object
agent: TOOL ..., user: TOOL ...     call it as this side [default: the side that has it]
:c TOOL ...  call a tool; needed with --agent-llm alone, where words are said to the agent
:t           the tools of both sides
:p           the policy
:n [TASK]    start anew, with another task where one is named
:d [DOMAIN]  another domain; without one, which there are
:h           this
:q           quit";

/// `env`.
#[derive(Debug, Args)]
pub struct EnvOptions {
    /// A domain of tau2: a shipped one (`mobile`) or an imported one (`tau2:telecom`)
    pub domain: String,
    /// The task whose state it begins in [default: none, the data as it is]
    #[arg(long)]
    pub task: Option<String>,
    /// As an agent who works alone: it has the tools of both sides
    #[arg(long)]
    pub solo: bool,
    /// Talk with an agent that holds the tools of the agent's side: PROVIDER/MODEL, or a MODEL of OpenAI
    #[arg(long, value_name = "LLM", conflicts_with = "solo")]
    pub agent_llm: Option<String>,
}

/// Reads calls, or what is said to an agent, until there are no more lines.
pub async fn bench(asked: &EnvOptions, places: &Places) -> Result<ExitCode, CliError> {
    let library = library(places);
    let mut bench = Bench::open(&library, &asked.domain, asked.task.as_deref(), asked.solo)?;
    let mut agent = match &asked.agent_llm {
        Some(word) => Some(Agent::connect(word, &Models::open(places)?).await?),
        None => None,
    };
    let seen = std::io::stdin().is_terminal();
    println!("{}", bench.greeting());
    if seen {
        println!(":h lists what can be typed.");
    }
    let mut typed = std::io::stdin().lock();
    loop {
        if seen {
            print!("> ");
            let _ = std::io::stdout().flush();
        }
        let mut text = String::new();
        let read = typed.read_line(&mut text);
        if read.map_err(|error| CliError::new("file", format!("input: {error}")))? == 0 {
            return Ok(ExitCode::SUCCESS);
        }
        match line::read(&text, agent.is_some()) {
            Ok(Line::Quit) => return Ok(ExitCode::SUCCESS),
            Ok(line) => match bench.answer(&library, line, agent.as_mut()).await {
                Ok(answer) => println!("{answer}"),
                // A slip of the finger ends nothing.
                Err(error) => println!("{}{}", error.message, spaced(&error.help)),
            },
            Err(why) => println!("{why}"),
        }
    }
}

fn spaced(help: &str) -> String {
    if help.is_empty() { String::new() } else { format!(" {help}") }
}

/// An environment and where it came from.
struct Bench {
    definition: Arc<Definition>,
    task: Option<Task>,
    solo: bool,
    environment: Environment,
    calls: usize,
}

impl Bench {
    fn open(
        library: &Library,
        domain: &str,
        task: Option<&str>,
        solo: bool,
    ) -> Result<Bench, CliError> {
        let id: DomainId = domain.parse()?;
        let definition = library.definition(&id)?;
        let task = task.map(|task| find_task(&definition, task).cloned()).transpose()?;
        let environment = fresh(&definition, task.as_ref(), solo)?;
        Ok(Bench { definition, task, solo, environment, calls: 0 })
    }

    fn greeting(&self) -> String {
        let task = self
            .task
            .as_ref()
            .map_or("its data as it is".to_owned(), |task| format!("task {}", task.id));
        format!("{}: {}, {task}.", self.definition.id, self.definition.title)
    }

    async fn answer(
        &mut self,
        library: &Library,
        line: Line,
        agent: Option<&mut Agent>,
    ) -> Result<String, CliError> {
        match (line, agent) {
            (Line::Said(text), Some(agent)) => {
                let definition = self.definition.clone();
                let called = |call: &ToolCall| {
                    let arguments = json_dumps(&Value::Dict(call.arguments.clone()));
                    let (answer, shown) = self.call(call);
                    println!("> {} {arguments}\n{shown}", call.name);
                    answer
                };
                agent.answer(&text, &definition, called).await
            }
            (line, agent) => {
                if let (Line::Anew(_) | Line::Domain(Some(_)), Some(agent)) = (&line, agent) {
                    agent.forget();
                }
                self.by_hand(library, line)
            }
        }
    }

    fn by_hand(&mut self, library: &Library, line: Line) -> Result<String, CliError> {
        match line {
            Line::Empty | Line::Quit | Line::Said(_) => Ok(String::new()),
            Line::Help => Ok(HELP.to_owned()),
            Line::Tools => Ok(self.tools()),
            Line::Policy => Ok(self.definition.policy.clone()),
            Line::Domain(None) => {
                let there = library.definitions().definitions;
                let there: Vec<String> = there.iter().map(|entry| entry.id.to_string()).collect();
                Ok(there.join("\n"))
            }
            Line::Domain(Some(domain)) => {
                *self = Bench::open(library, &domain, None, self.solo)?;
                Ok(self.greeting())
            }
            Line::Anew(task) => {
                let task = match task {
                    Some(task) => Some(find_task(&self.definition, &task)?.clone()),
                    None => self.task.clone(),
                };
                self.environment = fresh(&self.definition, task.as_ref(), self.solo)?;
                (self.task, self.calls) = (task, 0);
                Ok(self.greeting())
            }
            Line::Call { side, tool, arguments } => {
                let requestor = side.unwrap_or_else(|| self.side_of(&tool));
                self.calls += 1;
                let id = format!("call_{}", self.calls);
                Ok(self.call(&ToolCall { id, name: tool, arguments, requestor }).1)
            }
        }
    }

    /// The side that has a tool; the agent's where none has.
    fn side_of(&self, tool: &str) -> Requestor {
        let agent = self.environment.agent().tool_kind(tool).is_some();
        let user = self.environment.user();
        let users = user.is_some_and(|user| user.tool_kind(tool).is_some());
        if users && !agent && !self.solo { Requestor::User } else { Requestor::Assistant }
    }

    /// What a call answers, and the same with what it changed.
    fn call(&mut self, call: &ToolCall) -> (String, String) {
        let before = Snapshot::of(&self.environment);
        let response = self.environment.get_response(call);
        let changed = Snapshot::of(&self.environment).changes_since(&before);
        let mut lines = vec![response.content.clone()];
        lines.extend(changed.iter().map(|(side, change)| told(*side, change)));
        (response.content, lines.join("\n"))
    }

    fn tools(&self) -> String {
        let mut lines = vec!["agent".to_owned()];
        lines.extend(self.definition.agent_tools.iter().map(signature));
        if let Some(tools) = &self.definition.user_tools {
            lines.push("user".to_owned());
            lines.extend(tools.iter().map(signature));
        }
        lines.join("\n")
    }
}

fn fresh(
    definition: &Definition,
    task: Option<&Task>,
    solo: bool,
) -> Result<Environment, CliError> {
    let ids = Ids::seeded(0);
    let begun = match solo {
        true => definition.domain.solo_environment(&ids),
        false => definition.domain.environment(&ids),
    };
    let failed = |error: &dyn std::fmt::Display| CliError::new("domain", error.to_string());
    let mut environment = begun.map_err(|error| failed(&error))?;
    if let Some(task) = task {
        let graded = &task.graded;
        environment.set_state(&graded.initial, &graded.history).map_err(|error| failed(&error))?;
    }
    Ok(environment)
}

fn told(side: Requestor, change: &Change) -> String {
    let side = match side {
        Requestor::Assistant => "agent",
        Requestor::User => "user",
    };
    let shown = |value: &Option<Value>| {
        value.as_ref().map_or_else(|| "nothing".to_owned(), |value| short(&json_dumps(value)))
    };
    let place = change.place.join("/");
    format!("  {side}/{place}: {} -> {}", shown(&change.before), shown(&change.after))
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A tool in a line: its name, its arguments, those that may be left out in brackets.
fn signature(tool: &ToolSpec) -> String {
    let arguments = crate::domain::arguments(tool);
    let arguments = arguments.iter().map(|argument| match argument.required {
        true => format!(" {}={}", argument.name, argument.kind),
        false => format!(" [{}={}]", argument.name, argument.kind),
    });
    format!("  {}{}", tool.name, arguments.collect::<String>())
}
