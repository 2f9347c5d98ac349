//! Whether a template can stand for a prompt.

use std::collections::BTreeMap;

use minijinja::context;

use super::{LONGEST, PromptError, PromptInfo, environment};
use crate::play::STOP_MARKER;

/// Whether `text` can stand for the prompt `info`: it is a template, uses no variable that the prompt
/// does not have, uses those it needs, and tells a customer how to end the conversation.
///
/// # Errors
/// What is wrong with it.
pub fn check(info: &PromptInfo, text: &str) -> Result<(), PromptError> {
    preview(info, text).map(drop)
}

/// The same; gives the template filled in with sample values.
///
/// # Errors
/// What is wrong with it.
pub fn preview(info: &PromptInfo, text: &str) -> Result<String, PromptError> {
    let unusable = |problem: String, line| Err(PromptError::unusable(info.id, problem, line));
    if text.len() > LONGEST {
        return unusable(format!("it is longer than {LONGEST} characters"), None);
    }
    let templates = environment();
    let template = templates
        .template_from_named_str(info.id, text)
        .map_err(|error| PromptError::of(info.id, &error))?;
    let used = template.undeclared_variables(false);
    let other = used.iter().find(|name| {
        !info.variables.contains(&name.as_str()) && !templates.globals().any(|(id, _)| id == *name)
    });
    if let Some(other) = other {
        let line = text.lines().position(|line| line.contains(other.as_str()));
        let known = info.variables.join(", ");
        return unusable(
            format!("there is no {other:?} here, only {known}"),
            line.and_then(|line| u32::try_from(line + 1).ok()),
        );
    }
    if let Some(missing) = info.required.iter().find(|name| !used.contains(**name)) {
        return unusable(format!("it does not use {missing:?}"), None);
    }
    let ends = ["customer/llm", "customer/react"].contains(&info.id);
    if ends && !text.contains(STOP_MARKER) {
        return unusable(
            format!("it does not tell the customer to end the conversation with {STOP_MARKER}"),
            None,
        );
    }
    let values: BTreeMap<&str, minijinja::Value> =
        info.variables.iter().map(|name| (*name, sample(info.id, name))).collect();
    template.render(&values).map_err(|error| PromptError::of(info.id, &error))
}

/// A value to show a template with.
fn sample(prompt: &str, variable: &str) -> minijinja::Value {
    let text = match variable {
        "traits" if prompt == "customer/anchor" => {
            let trait_of =
                |name: &str, level: &str, reminder: &str| context! { name, level, reminder };
            return vec![
                trait_of("Impatience", "Strong", "You want it done now."),
                trait_of("Confusion", "Slight", "You are not quite sure of things."),
            ]
            .into();
        }
        "traits" => {
            return vec!["You want things done fast.", "You lose the thread now and then."].into();
        }
        "examples" => {
            return vec!["user: Where is my parcel?\nassistant: In Lyon.", "user: Hello"].into();
        }
        "policy" => "Refunds are possible within 30 days.",
        "tools" => r#"[{"type": "function", "function": {"name": "find_parcel"}}]"#,
        "instruction" => "Your lamp arrived broken. You want your money back.",
        "transcript" => "Agent: Hi! How can I help you today?",
        "response" => "My lamp is broken. Can I have my money back?",
        other => return format!("[{other}]").into(),
    };
    text.into()
}
