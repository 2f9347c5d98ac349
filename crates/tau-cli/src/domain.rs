//! `domain`: what there is to know of a domain before anything is played in it: policy, tools with their
//! arguments and types, tasks.

use std::fmt::Write;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::{Value, json};
use tau_api::Places;
use tau_domain::{DomainId, ToolSpec};
use tau_packs::Library;

use crate::domains::library;
use crate::error::CliError;

/// `domain`.
#[derive(Debug, Args)]
pub struct DomainOptions {
    /// A shipped domain (`mobile`, `retail`) or an imported one (`tau2:telecom`)
    pub domain: String,
    /// How it is written
    #[arg(long, value_enum, default_value_t = DomainFormat::Text)]
    pub format: DomainFormat,
    /// The tasks as well
    #[arg(long)]
    pub tasks: bool,
}

/// How a domain is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DomainFormat {
    /// For a terminal
    Text,
    /// A document in Markdown
    Markdown,
    /// One line of JSON, schemas of arguments included
    Json,
}

/// A domain as it is told.
#[derive(Debug, Serialize)]
struct Told {
    id: String,
    title: String,
    description: String,
    version: String,
    source: String,
    /// Whose rules hold, where it is a domain of tau2.
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<String>,
    data_sha256: String,
    policy: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    solo_policy: Option<String>,
    sides: Vec<Side>,
    splits: Vec<Split>,
    tasks: Vec<TaskLine>,
}

/// Who has tools.
#[derive(Debug, Serialize)]
struct Side {
    name: &'static str,
    tools: Vec<ToolSpec>,
}

#[derive(Debug, Serialize)]
struct Split {
    name: String,
    tasks: usize,
}

#[derive(Debug, Serialize)]
struct TaskLine {
    id: String,
    about: String,
}

/// An argument of a tool.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Its type in words: `string`, `list of integer`, `high|low`.
    pub kind: String,
    /// Whether it has to be given.
    pub required: bool,
    /// What it is when it is not given, where the schema says.
    pub default: Option<Value>,
    /// What it is for.
    pub description: String,
}

/// Prints a domain.
pub fn tell(asked: &DomainOptions, places: &Places) -> Result<ExitCode, CliError> {
    let mut told = told(&library(places), &asked.domain.parse()?)?;
    if !asked.tasks && asked.format != DomainFormat::Json {
        told.tasks.clear();
    }
    match asked.format {
        DomainFormat::Json => println!("{}", json!(told)),
        DomainFormat::Markdown => print!("{}", markdown(&told)),
        DomainFormat::Text => print!("{}", text(&told)),
    }
    Ok(ExitCode::SUCCESS)
}

fn told(library: &Library, id: &DomainId) -> Result<Told, CliError> {
    if !library.is_definition(id) {
        return of_tau_bench(library, id);
    }
    let definition = library.definition(id)?;
    let users = definition.user_tools.clone().map(|tools| Side { name: "user", tools });
    let agents = Side { name: "agent", tools: definition.agent_tools.clone() };
    let about = |task: &tau_toolkits::Task| {
        let purpose = task.description.as_ref().and_then(|about| about.purpose.clone());
        TaskLine { id: task.id.clone(), about: purpose.unwrap_or_default() }
    };
    Ok(Told {
        id: id.to_string(),
        title: definition.title.clone(),
        description: definition.description.clone(),
        version: definition.version.clone(),
        source: definition.source.name.clone(),
        profile: Some(definition.profile.word().to_owned()),
        data_sha256: definition.fingerprint.clone(),
        policy: definition.policy.clone(),
        solo_policy: definition.solo_policy.clone(),
        sides: std::iter::once(agents).chain(users).collect(),
        splits: definition
            .splits
            .iter()
            .map(|(name, ids)| Split { name: name.clone(), tasks: ids.len() })
            .collect(),
        tasks: definition.tasks.iter().map(about).collect(),
    })
}

fn of_tau_bench(library: &Library, id: &DomainId) -> Result<Told, CliError> {
    let domain = library.get(id)?;
    let about =
        |task: &tau_domain::Task| TaskLine { id: task.id.clone(), about: task.title.clone() };
    Ok(Told {
        id: id.to_string(),
        title: domain.title.clone(),
        description: domain.description.clone(),
        version: domain.version.clone(),
        source: domain.source.name.clone(),
        profile: None,
        data_sha256: domain.fingerprint.clone(),
        policy: domain.policy.clone(),
        solo_policy: None,
        sides: vec![Side { name: "agent", tools: domain.tools.clone() }],
        splits: domain
            .tasks
            .iter()
            .map(|(split, tasks)| Split { name: split.name().to_owned(), tasks: tasks.len() })
            .collect(),
        tasks: domain.tasks.values().flatten().map(about).collect(),
    })
}

/// The arguments of a tool, in the schema's order.
pub fn arguments(tool: &ToolSpec) -> Vec<Argument> {
    let schema = &tool.parameters;
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .map(|(name, property)| Argument {
            name: name.clone(),
            kind: kind(property, schema, 0),
            required: required.iter().any(|required| required == name),
            default: property.get("default").cloned(),
            description: property["description"].as_str().unwrap_or_default().to_owned(),
        })
        .collect()
}

/// The type that a schema describes, in words; `whole` has the definitions that it points to.
fn kind(schema: &Value, whole: &Value, depth: usize) -> String {
    // A schema may point at itself.
    if depth > 4 {
        return "object".to_owned();
    }
    let of = |inner: &Value| kind(inner, whole, depth + 1);
    let pointed = schema["$ref"].as_str().and_then(|path| whole.pointer(path.strip_prefix('#')?));
    if let Some(pointed) = pointed {
        return of(pointed);
    }
    if let Some(values) = schema["enum"].as_array() {
        let shown =
            values.iter().map(|value| value.as_str().map_or(value.to_string(), str::to_owned));
        return shown.collect::<Vec<_>>().join("|");
    }
    for several in ["anyOf", "oneOf", "allOf"] {
        if let Some(all) = schema[several].as_array() {
            return all.iter().map(of).collect::<Vec<_>>().join("|");
        }
    }
    match &schema["type"] {
        Value::Array(several) => {
            several.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("|")
        }
        Value::String(one) if one == "array" => match &schema["items"] {
            Value::Null => "list".to_owned(),
            items => match of(items) {
                several if several.contains('|') => format!("list of ({several})"),
                one => format!("list of {one}"),
            },
        },
        Value::String(one) if one == "object" => match schema["properties"].as_object() {
            None => "object".to_owned(),
            Some(fields) => {
                let names: Vec<&str> = fields.keys().map(String::as_str).collect();
                format!("{{{}}}", names.join(", "))
            }
        },
        Value::String(one) => one.clone(),
        _ => "anything".to_owned(),
    }
}

/// What is to be said of an argument beside its name.
fn remark(argument: &Argument) -> String {
    let needed = match (&argument.default, argument.required) {
        (_, true) => String::new(),
        (None, false) => ", may be left out".to_owned(),
        (Some(default), false) => format!(", {default} when left out"),
    };
    format!("{}{needed}", argument.kind)
}

fn heading(told: &Told) -> String {
    let rules = told.profile.as_ref().map(|word| format!(", rules of tau2 {word}"));
    format!("{} ({} {}{})", told.id, told.source, told.version, rules.unwrap_or_default())
}

fn splits(told: &Told) -> String {
    let splits = told.splits.iter().map(|split| format!("{} {}", split.name, split.tasks));
    splits.collect::<Vec<_>>().join(", ")
}

// Writing into a text cannot fail.
fn text(told: &Told) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}\n{}\n{}", heading(told), told.title, told.description);
    let _ = writeln!(out, "Data SHA-256 {}\nTasks: {}", told.data_sha256, splits(told));
    let _ = writeln!(out, "\nPOLICY\n\n{}", told.policy.trim_end());
    for side in &told.sides {
        let _ = writeln!(out, "\nTOOLS OF THE {}", side.name.to_uppercase());
        for tool in &side.tools {
            let _ = writeln!(out, "\n{}", tool.name);
            let _ = writeln!(out, "  {}", tool.description.replace('\n', "\n  "));
            for argument in arguments(tool) {
                let _ = writeln!(out, "    {}: {}", argument.name, remark(&argument));
                if !argument.description.is_empty() {
                    let _ = writeln!(out, "      {}", argument.description);
                }
            }
        }
    }
    if !told.tasks.is_empty() {
        let _ = writeln!(out, "\nTASKS\n");
    }
    for task in &told.tasks {
        let _ = writeln!(out, "{}  {}", task.id, task.about);
    }
    out
}

fn markdown(told: &Told) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# {}\n\n{}\n", told.title, told.description);
    let _ = writeln!(out, "- Domain: {}", heading(told));
    let _ = writeln!(out, "- Data SHA-256: `{}`\n- Tasks: {}\n", told.data_sha256, splits(told));
    for side in &told.sides {
        let _ = writeln!(out, "## Tools of the {}\n", side.name);
        for tool in &side.tools {
            let _ = writeln!(out, "### `{}`\n\n{}\n", tool.name, tool.description);
            let arguments = arguments(tool);
            if arguments.is_empty() {
                continue;
            }
            let _ = writeln!(out, "| argument | type | |\n|---|---|---|");
            for argument in arguments {
                let cells = [remark(&argument), argument.description].map(|cell| cell_of(&cell));
                let _ = writeln!(out, "| `{}` | {} | {} |", argument.name, cells[0], cells[1]);
            }
            out.push('\n');
        }
    }
    if !told.tasks.is_empty() {
        let _ = writeln!(out, "## Tasks\n\n| task | about |\n|---|---|");
        for task in &told.tasks {
            let _ = writeln!(out, "| `{}` | {} |", cell_of(&task.id), cell_of(&task.about));
        }
        out.push('\n');
    }
    // Last, because a policy has headings of its own.
    let _ = writeln!(out, "## Policy\n\n{}", told.policy.trim_end());
    out
}

/// A text that stays within a cell of a table.
fn cell_of(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_told_in_words_whatever_the_schema_says_them_with() {
        let parameters = json!({
            "$defs": {"Flight": {"type": "object", "properties": {"number": {}, "date": {}}}},
            "properties": {
                "id": {"type": "string", "description": "Which."},
                "mode": {"enum": ["2g", "4g"]},
                "flights": {"type": "array", "items": {"anyOf": [{"$ref": "#/$defs/Flight"}, {"type": "object"}]}},
                "note": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": null},
                "port": {"type": ["integer", "null"], "default": 80},
                "any": {},
            },
            "required": ["id", "flights"],
        });
        let tool = ToolSpec { name: "f".into(), description: String::new(), parameters };
        let told: Vec<String> = arguments(&tool).iter().map(remark).collect();
        assert_eq!(
            told,
            [
                "string",
                "2g|4g, may be left out",
                "list of ({number, date}|object)",
                "string|null, null when left out",
                "integer|null, 80 when left out",
                "anything, may be left out",
            ]
        );
    }
}
