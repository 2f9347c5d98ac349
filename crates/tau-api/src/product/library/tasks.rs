//! One task with all that is known about it.

use tau_domain::plain::{assertion, capital, named_arguments, spoken, tool_to_call};
use tau_domain::{Domain, Task, ToolSpec};
use tau_toolkits::grading::{Basis, Criteria};
use tau_toolkits::{Definition, FunctionCall, Instructions, Requestor, Value, json_dumps};

use super::super::Product;
use super::super::tool_forms::filled_in;
use super::definitions::{call_line, seat_of, task_summary};
use super::{count, no_such_task, read_split, title};
use crate::ApiError;
use crate::types::{ExpectedCall, Seat, TaskDetail, TaskSummary, TextPart};

impl Product {
    /// One task with all that is known about it. `split` counts where tasks are named within a split.
    pub async fn get_task(
        &self,
        domain: String,
        task: String,
        split: String,
    ) -> Result<TaskDetail, ApiError> {
        if self.is_definition(&domain) {
            let definition = self.definition(&domain).await?;
            return of_definition(&definition, &task).ok_or_else(|| no_such_task(&task));
        }
        let domain = self.domain(&domain).await?;
        of_domain(&domain, domain.task(read_split(&split)?, &task))
            .ok_or_else(|| no_such_task(&task))
    }
}

/// A task in a list.
pub(super) fn summary(index: usize, task: &Task) -> TaskSummary {
    TaskSummary {
        id: task.id.clone(),
        index: count(index),
        title: title(&task.title, &task.instruction),
        instruction: task.instruction.clone(),
        allowed: task.allowed,
        fits_alone: false,
    }
}

fn part(heading: &str, text: &str) -> Option<TextPart> {
    let text = text.trim();
    (!text.is_empty()).then(|| TextPart { heading: heading.to_owned(), text: text.to_owned() })
}

fn of_domain(domain: &Domain, task: Option<&Task>) -> Option<TaskDetail> {
    let task = task?;
    let expected = task.actions.iter().map(|action| ExpectedCall {
        seat: Seat::Agent,
        tool: action.name.clone(),
        sentence: tool_to_call(&action.name, action.kwargs.as_str()),
        arguments: form_of(&domain.tools, &action.name, action.kwargs.as_str()),
    });
    let said = task.outputs.iter().map(|output| format!("The agent has said “{output}”."));
    Some(TaskDetail {
        summary: summary(0, task),
        scenario: part("What the customer knows and wants", &task.instruction)
            .into_iter()
            .collect(),
        notes: Vec::new(),
        ticket: String::new(),
        beginning: Vec::new(),
        expected: expected.collect(),
        checks: said.collect(),
        decided_by: vec![
            "The records are as the expected steps leave them.".to_owned(),
            "The agent has said what it had to say.".to_owned(),
        ],
    })
}

fn form_of(
    tools: &[ToolSpec],
    name: &str,
    arguments: &str,
) -> std::collections::BTreeMap<String, String> {
    let tool = tools.iter().find(|tool| tool.name == name);
    tool.map(|tool| filled_in(tool, arguments)).unwrap_or_default()
}

fn of_definition(definition: &Definition, id: &str) -> Option<TaskDetail> {
    let index = definition.tasks.iter().position(|task| task.id == id)?;
    let task = &definition.tasks[index];
    let none: Vec<ToolSpec> = Vec::new();
    let customers = definition.user_tools.as_ref().unwrap_or(&none);
    let expected = task.actions().iter().map(|action| {
        let call = &action.call;
        let tools = match call.requestor {
            Requestor::Assistant => &definition.agent_tools,
            Requestor::User => customers,
        };
        let arguments = json_dumps(&Value::Dict(call.arguments.clone()));
        ExpectedCall {
            seat: seat_of(call.requestor),
            tool: call.name.clone(),
            sentence: call_line(call),
            arguments: form_of(tools, &call.name, &arguments),
        }
    });
    let criteria = task.graded.criteria.as_ref();
    let initial = &task.graded.initial;
    let merged = [
        (&initial.agent_data, "The agent's records get what the task brings."),
        (&initial.user_data, "The customer's side gets what the task brings."),
    ];
    let merged = merged.into_iter().filter(|(data, _)| data.is_some());
    let told = task.description.as_ref();
    let note = |heading: &str, text: Option<&String>| part(heading, text?);
    Some(TaskDetail {
        summary: task_summary(definition, index, task),
        scenario: scenario(task),
        notes: [
            note("What it tests", told.and_then(|told| told.purpose.as_ref())),
            note("The policy it is about", told.and_then(|told| told.relevant_policies.as_ref())),
            note("Notes", told.and_then(|told| told.notes.as_ref())),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ticket: task.ticket.clone().unwrap_or_default(),
        beginning: merged
            .map(|(_, sentence)| sentence.to_owned())
            .chain(initial.actions.iter().map(function_line))
            .collect(),
        expected: expected.collect(),
        checks: criteria.map(checks).unwrap_or_default(),
        decided_by: criteria.map(decided_by).unwrap_or_default(),
    })
}

/// Headings of a scenario's parts, as those who read it know its customer.
struct Headings {
    like: &'static str,
    text: &'static str,
    reason: &'static str,
    known: &'static str,
    unknown: &'static str,
    doing: &'static str,
}

/// The scenario as somebody reads it who looks at the task.
fn scenario(task: &tau_toolkits::Task) -> Vec<TextPart> {
    let headings = Headings {
        like: "What the customer is like",
        text: "What the customer knows and wants",
        reason: "Why the customer calls",
        known: "What the customer knows",
        unknown: "What the customer does not know",
        doing: "What the customer is to do",
    };
    parts(task, &headings)
}

/// The same as whoever plays the customer reads it.
pub(crate) fn card(task: &tau_toolkits::Task) -> Vec<TextPart> {
    let headings = Headings {
        like: "What you are like",
        text: "Who you are and what you want",
        reason: "Why you call",
        known: "What you know",
        unknown: "What you do not know",
        doing: "What to do",
    };
    parts(task, &headings)
}

fn parts(task: &tau_toolkits::Task, headings: &Headings) -> Vec<TextPart> {
    let persona = task.scenario.persona.as_deref().unwrap_or_default();
    let mut parts = vec![part(headings.like, persona)];
    match &task.scenario.instructions {
        Instructions::Text(text) => parts.push(part(headings.text, text)),
        Instructions::Structured {
            reason_for_call,
            known_info,
            unknown_info,
            task_instructions,
            ..
        } => parts.extend([
            part(headings.reason, reason_for_call),
            part(headings.known, known_info.as_deref().unwrap_or_default()),
            part(headings.unknown, unknown_info.as_deref().unwrap_or_default()),
            part(headings.doing, task_instructions),
        ]),
    }
    parts.into_iter().flatten().collect()
}

/// Whose side something is on, in words.
fn side(of: Requestor) -> &'static str {
    match of {
        Requestor::Assistant => "Agent's records",
        Requestor::User => "Customer's side",
    }
}

/// A call of any method: `Customer's side: Set wifi calling (enabled yes, mms over wifi yes)`.
fn function_line(call: &FunctionCall) -> String {
    format!("{}: {}{}", side(call.side), capital(&spoken(&call.name)), values(call))
}

fn values(call: &FunctionCall) -> String {
    let named = named_arguments(&json_dumps(&Value::Dict(call.arguments.clone())));
    let named: Vec<String> =
        named.into_iter().map(|(name, value)| format!("{name} {value}")).collect();
    if named.is_empty() { String::new() } else { format!(" ({})", named.join(", ")) }
}

/// An assertion: `Customer's side: Pictures can be sent in messages`.
pub(crate) fn assertion_line(call: &FunctionCall, wanted: bool) -> String {
    let arguments = json_dumps(&Value::Dict(call.arguments.clone()));
    format!("{}: {}", side(call.side), capital(&assertion(&call.name, &arguments, wanted)))
}

fn checks(criteria: &Criteria) -> Vec<String> {
    let asserted = criteria.env_assertions.iter().flatten();
    let said = criteria.communicate_info.iter().flatten();
    let judged = criteria.nl_assertions.iter().flatten();
    asserted
        .map(|assertion| assertion_line(&assertion.call, assertion.wanted))
        .chain(said.map(|info| format!("The agent has said “{info}”.")))
        .chain(judged.map(|assertion| format!("A judging model finds: {assertion}")))
        .collect()
}

/// What the reward is the product of, in words.
fn decided_by(criteria: &Criteria) -> Vec<String> {
    let words = |basis: &Basis| match basis {
        Basis::Db => "Records and device are as the expected steps leave them.",
        Basis::EnvAssertion => "What has to be so on both sides at the end is so.",
        Basis::NlAssertion => "A judging model finds what has to be found in the conversation.",
        Basis::Action => "The expected steps were taken.",
        Basis::Communicate => "The agent has said what it had to say.",
    };
    criteria.basis.iter().map(|basis| words(basis).to_owned()).collect()
}
