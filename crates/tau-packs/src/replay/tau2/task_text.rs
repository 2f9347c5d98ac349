//! A task as one text, as upstream shows it in its own viewer: what is recorded of it tells whether every field of
//! a task is read.

use tau_toolkits::grading::{Action, Assertion, Criteria};
use tau_toolkits::{
    Description, FunctionCall, Map, Task, Value, indented, json_dumps, json_indented,
};

/// The text; `None` where it holds the moment at which upstream read the task: each message of its history does.
pub(super) fn task_text(task: &Task) -> Option<String> {
    if !task.messages.is_empty() {
        return None;
    }
    let mut lines = vec![format!("ID: {}", task.id)];
    let mut part = |heading: &str, text: String| {
        lines.push(format!("{heading}:"));
        lines.push(tabbed(&text));
    };
    if let Some(description) = &task.description {
        part("Description", about(description));
    }
    part("User Scenario", task.scenario.to_string());
    if task.has_initial_state {
        part("Initial State", state(task));
    }
    if let Some(criteria) = &task.graded.criteria {
        part("Evaluation Criteria", expected(criteria));
    }
    Some(lines.join("\n"))
}

fn tabbed(text: &str) -> String {
    indented(text, "\t")
}

fn about(description: &Description) -> String {
    let Description { purpose, relevant_policies, notes } = description;
    let parts = [("Purpose", purpose), ("Relevant Policies", relevant_policies), ("Notes", notes)];
    let parts =
        parts.into_iter().filter_map(|(name, text)| Some(format!("{name}: {}", text.as_ref()?)));
    parts.collect::<Vec<_>>().join("\n")
}

fn state(task: &Task) -> String {
    let initial = &task.graded.initial;
    let mut lines = Vec::new();
    if initial.agent_data.is_some() || initial.user_data.is_some() {
        let null = || Value::None;
        let data = Value::dict([
            ("agent_data", initial.agent_data.clone().unwrap_or_else(null)),
            ("user_data", initial.user_data.clone().unwrap_or_else(null)),
        ]);
        lines.push("Initialization Data:".to_owned());
        lines.push(tabbed(&json_indented(&data, 0)));
    }
    if !initial.actions.is_empty() {
        lines.push("Initialization Actions:".to_owned());
        lines.extend(initial.actions.iter().map(|call| tabbed(&function(call))));
    }
    lines.join("\n")
}

fn object(arguments: &std::sync::Arc<Map>) -> String {
    json_indented(&Value::Dict(arguments.clone()), 0)
}

fn function(call: &FunctionCall) -> String {
    let (side, arguments) = (call.side.word(), object(&call.arguments));
    format!("Env Type: {side}\nFunc Name: {}\nArguments:\n{arguments}", call.name)
}

fn expected(criteria: &Criteria) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut part = |heading: &str, texts: Option<Vec<String>>| {
        if let Some(texts) = texts {
            lines.push(format!("{heading}:"));
            lines.extend(texts.iter().map(|text| tabbed(text)));
        }
    };
    fn each<T>(all: &Option<Vec<T>>, text: impl Fn(&T) -> String) -> Option<Vec<String>> {
        all.as_ref().map(|all| all.iter().map(text).collect())
    }
    part("Actions", each(&criteria.actions, action));
    part("Env Assertions", each(&criteria.env_assertions, |one: &Assertion| function(&one.call)));
    part("Communicate Info", criteria.communicate_info.clone());
    part("NL Assertions", criteria.nl_assertions.clone());
    lines.join("\n")
}

fn action(action: &Action) -> String {
    let Action { id, call, info, .. } = action;
    let (by, arguments) = (call.requestor.word(), object(&call.arguments));
    let mut text =
        format!("Action ID: {id}\nRequestor: {by}\nName: {}\nArguments:\n{arguments}", call.name);
    if let Some(info) = info {
        text.push_str(&format!("\nInfo:\n{}", indented(info, "    ")));
    }
    text
}

/// Whether a record's actions are those that a task of this release expects.
pub(super) fn same_actions(task: &Task, recorded: &[Value]) -> bool {
    let own = task.actions().iter().map(|action| {
        let arguments = json_dumps(&Value::Dict(action.call.arguments.clone()));
        (action.call.name.clone(), action.call.requestor.word().to_owned(), arguments)
    });
    let theirs = recorded.iter().filter_map(|action| {
        let action = action.as_dict()?;
        let word = |name: &str| action.get(name).and_then(Value::as_str).map(str::to_owned);
        Some((word("name")?, word("requestor")?, json_dumps(action.get("arguments")?)))
    });
    own.eq(theirs)
}
