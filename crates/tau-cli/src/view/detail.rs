//! One conversation in full: its task, what was said and done by whom, and its reward part by part.

use serde_json::{Value, json};
use tau_domain::Role;
use tau_report::explain::recorded_checks;
use tau_runs::{Recorded, RecordedMessage};
use tau_toolkits::json_dumps;

use super::list::{Row, mark};
use crate::text::plain;

/// The conversation for a terminal.
pub fn conversation(row: &Row, recorded: &Recorded) -> String {
    [heading(row), task(recorded), messages(recorded), reward(row, recorded)].join("\n\n")
}

fn heading(row: &Row) -> String {
    let known = |what: &str, value: Option<String>| value.map(|value| format!("{what} {value}"));
    let dollars = |cost: Option<f64>| cost.map(|cost| format!("${cost:.4}"));
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let facts: Vec<String> = [
        known("id", said(&row.id)),
        known("customers:", said(&row.condition)),
        known("ended:", said(&row.termination_reason)),
        known("duration", row.duration.map(|seconds| format!("{seconds:.1} s"))),
        known("agent", dollars(row.agent_cost)),
        known("customer", dollars(row.user_cost)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let line = format!("Conversation {}: task {}, trial {}", row.number, row.task_id, row.trial);
    format!("{}\n{}", plain(&line), plain(&facts.join("; ")))
}

/// What the file holds of tau2's own, beside our words.
fn extra(recorded: &Recorded) -> Value {
    let extra = recorded.extra.as_ref().map(|extra| serde_json::from_str(extra.as_str()));
    extra.and_then(Result::ok).unwrap_or_default()
}

/// The task for a terminal.
pub fn task(recorded: &Recorded) -> String {
    let mut lines = vec![format!("TASK {}", plain(&recorded.task_id))];
    let Some(task) = &recorded.task else {
        lines.push("  The file does not hold it.".to_owned());
        return lines.join("\n");
    };
    let whole = &extra(recorded)["task"];
    let criteria = &whole["evaluation_criteria"];
    let mut part = |heading: &str, texts: Vec<String>| {
        if texts.is_empty() {
            return;
        }
        lines.push(format!("  {heading}"));
        lines.extend(texts.iter().map(|text| indented(text, "    ")));
    };
    let one = |text: &str| if text.is_empty() { Vec::new() } else { vec![text.to_owned()] };
    let text = |value: &Value| value.as_str().map(str::to_owned).into_iter().collect::<Vec<_>>();
    let texts = |value: &Value| {
        let texts = value.as_array().into_iter().flatten();
        texts.filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()
    };
    part("What it tests:", one(&task.title));
    part("What the customer is told:", one(&task.instruction));
    part("Ticket:", text(&whole["ticket"]));
    let actions = match criteria["actions"].as_array() {
        // These say who is to act.
        Some(actions) => actions.iter().map(action).collect(),
        None => task.actions.iter().map(|one| written(&one.name, one.kwargs.as_str())).collect(),
    };
    part("Expected actions:", actions);
    part("To be said:", task.outputs.clone());
    let assertions = criteria["env_assertions"].as_array().into_iter().flatten();
    part("To hold in the end:", assertions.map(assertion).collect());
    part("To be judged:", texts(&criteria["nl_assertions"]));
    let basis = texts(&criteria["reward_basis"]);
    part("The reward rests on:", one(&basis.join(", ")));
    lines.join("\n")
}

fn action(action: &Value) -> String {
    let who = if action["requestor"] == "user" { "the customer" } else { "the agent" };
    let name = action["name"].as_str().unwrap_or_default();
    format!("{who}: {}", written(name, &action["arguments"].to_string()))
}

/// A call in a line: its arguments as JSON, however they were laid out.
fn written(name: &str, arguments: &str) -> String {
    let read = tau_toolkits::Value::read_json(arguments);
    let arguments = read.map_or_else(|_| arguments.to_owned(), |read| json_dumps(&read));
    plain(&format!("{name} {arguments}"))
}

fn assertion(assertion: &Value) -> String {
    let side = if assertion["env_type"] == "user" { "customer" } else { "agent" };
    let name = assertion["func_name"].as_str().unwrap_or_default();
    let wanted = if assertion["assert_value"] == false { "does not hold" } else { "holds" };
    format!("{side}: {name}({}) {wanted}", assertion["arguments"])
}

/// What was said and done. A tool's answer goes to the side that called.
fn messages(recorded: &Recorded) -> String {
    let mut lines = vec!["MESSAGES".to_owned()];
    for (number, one) in (1..).zip(&recorded.messages) {
        let side = side(one);
        let mut says = |what: &str, text: &str| {
            lines.push(format!("{number:4}  {what}"));
            if !text.is_empty() {
                lines.push(indented(text, "        "));
            }
        };
        let text = one.message.content.as_deref().unwrap_or_default();
        if one.message.role == Role::Tool {
            let tool = one.message.name.as_deref().unwrap_or("a tool");
            let error = if one.error { ", an error" } else { "" };
            says(&format!("{} answers the {side}{error}", plain(tool)), text);
            continue;
        }
        if !text.is_empty() || one.message.tool_calls.is_empty() {
            says(side, text);
        }
        for call in &one.message.tool_calls {
            says(&format!("{side} calls {}", written(&call.name, &call.arguments)), "");
        }
    }
    lines.join("\n")
}

fn side(message: &RecordedMessage) -> &'static str {
    if message.by_customer { "customer" } else { "agent" }
}

/// The reward and what it rests on.
fn reward(row: &Row, recorded: &Recorded) -> String {
    let reward = row.reward.map_or("none".to_owned(), |reward| reward.to_string());
    let mut lines = vec![format!("REWARD {reward}")];
    if !row.not_scored.is_empty() {
        lines.push(indented(&row.not_scored, "  "));
    }
    let known = extra(recorded);
    let info = &known["simulation"]["reward_info"];
    if let Some(breakdown) = info["reward_breakdown"].as_object().filter(|parts| !parts.is_empty())
    {
        let parts: Vec<String> =
            breakdown.iter().map(|(part, value)| format!("{part} {value}")).collect();
        lines.push(format!("  the product of {}", plain(&parts.join(", "))));
    }
    let text = recorded.extra.as_ref().map_or("", |extra| extra.as_str());
    let checks = recorded_checks(text);
    for check in &checks {
        let besides = if check.counts { "" } else { " (does not count)" };
        let met = mark(Some(check.met));
        let what = format!("{met} {:13} {}{besides}", check.part, check.text);
        lines.push(format!("  {}", plain(&what)));
        if !check.why.is_empty() {
            lines.push(indented(&check.why, "                  "));
        }
    }
    if checks.is_empty() && known["simulation"].is_null() {
        // tau-bench's two parts.
        if let Some(matches) = row.db_match {
            lines.push(format!("  {} the records are as expected", mark(Some(matches))));
        }
        for output in &recorded.trajectory.reward.outputs {
            let said = plain(&output.output);
            lines.push(format!("  {} the agent said {said}", mark(Some(output.found))));
        }
    }
    for (part, note) in notes(&info["info"]) {
        lines.push(format!("  note{part}: {}", plain(&note)));
    }
    lines.join("\n")
}

/// What is said beside a reward: of the whole, or of its parts.
fn notes(info: &Value) -> Vec<(String, String)> {
    let note = |value: &Value| value["note"].as_str().map(str::to_owned);
    let whole = note(info).map(|note| (String::new(), note));
    let parts = info.as_object().into_iter().flatten();
    let parts =
        parts.filter_map(|(part, value)| Some((format!(" on {}", plain(part)), note(value)?)));
    whole.into_iter().chain(parts).collect()
}

/// The conversation for a script.
pub fn told(row: &Row, recorded: &Recorded) -> Value {
    let extra = extra(recorded);
    let mut told = json!(row);
    told["messages"] = recorded.messages.iter().map(message).collect();
    told["task"] = match (&extra["task"], &recorded.task) {
        (Value::Null, task) => json!(task),
        (task, _) => task.clone(),
    };
    told["reward_info"] = match &extra["simulation"]["reward_info"] {
        Value::Null => json!(recorded.trajectory.reward),
        info => info.clone(),
    };
    told
}

fn message(one: &RecordedMessage) -> Value {
    let message = &one.message;
    let calls: Vec<Value> = message
        .tool_calls
        .iter()
        .map(|call| {
            let arguments = serde_json::from_str(&call.arguments);
            let arguments: Value = arguments.unwrap_or_else(|_| json!(call.arguments));
            json!({"id": call.id, "name": call.name, "arguments": arguments})
        })
        .collect();
    json!({
        "role": message.role, "requestor": if one.by_customer { "user" } else { "assistant" },
        "content": message.content, "tool_calls": calls, "id": message.tool_call_id,
        "name": message.name, "error": one.error,
    })
}

fn indented(text: &str, indent: &str) -> String {
    let lines = text.trim_end().lines();
    lines.map(|line| format!("{indent}{line}")).collect::<Vec<_>>().join("\n")
}
