//! The practice agent.

use std::sync::Arc;

use async_trait::async_trait;
use serde_json::Value;
use tau_domain::{Domain, Message, Role, Task, ToolCall, Usage};
use tau_llm::{ChatModel, ChatReply, ChatRequest, Finish, ModelError};

use super::facts::{akin, said, words};
use super::plan::{Part, Plan, Question, Source, Step, is_error};
use super::reading::{follow, parsed, values_heard};
use super::{Chance, PRACTICE_AGENT};

/// How often the agent asks for the same thing, or explains itself, before it gives up.
const PATIENCE: usize = 3;
/// Share of conversations in which the agent is careless with one thing it should say.
const CARELESS: f64 = 0.08;

const GO_AHEAD: &str = "Shall I go ahead? (yes/no)";
const WHAT: &str = "Could you tell me what exactly you would like me to do?";
const CLOSING: &str = "Is there anything else I can help you with?";
const SORRY: &str = "I am sorry";

/// An agent that follows a task's plan with what it hears and sees. See the module's text.
#[derive(Debug)]
pub struct PracticeAgent {
    pub(super) plan: Plan,
    chance: Chance,
    denied: bool,
}

/// A call that was made, with its answer and its place in the conversation.
pub(super) struct Made {
    pub(super) step: usize,
    pub(super) arguments: String,
    result: Value,
    pub(super) failed: bool,
    at: usize,
}

/// The conversation so far.
pub(super) struct Past<'a> {
    pub(super) made: Vec<Made>,
    /// What the customer said, with its place.
    heard: Vec<(usize, &'a str)>,
    /// What the agent said, with its place.
    spoken: Vec<(usize, &'a str)>,
}

/// What the agent does next.
enum Next {
    Say(String),
    Call(usize, String),
}

/// Why a call cannot be made yet.
enum Lack {
    /// These things have to be asked for.
    Unheard(Vec<String>),
    /// Something that should be in a result is not there.
    Unseen(String),
}

impl PracticeAgent {
    /// An agent for one conversation about `task`.
    pub fn new(domain: &Arc<Domain>, task: &Task, seed: u64) -> Self {
        let plan = Plan::new(domain, task);
        let denied = task.allowed.unwrap_or_else(|| plan.steps.iter().any(|step| step.writes));
        PracticeAgent { plan, chance: Chance(seed), denied: !denied }
    }

    /// Whether the agent is careless in this conversation: it leaves out the last of its figures.
    pub(super) fn is_careless(&self) -> bool {
        self.chance.happens("careless", CARELESS)
    }

    fn next(&self, past: &Past<'_>) -> Next {
        if past.said_lately(SORRY) || past.said_lately(CLOSING) {
            return Next::Say("Thank you for contacting us. Goodbye.".to_owned());
        }
        for (index, step) in self.plan.steps.iter().enumerate() {
            if past.is_done(index, step) && step.writes {
                continue;
            }
            let arguments = match self.arguments(step, past) {
                Ok(arguments) => arguments,
                Err(Lack::Unheard(labels)) => return Next::Say(ask_for(&labels, past)),
                Err(Lack::Unseen(label)) => {
                    return Next::Say(format!(
                        "{SORRY}, I cannot find the {label} in our records, so I cannot go on. {CLOSING}"
                    ));
                }
            };
            let tries: Vec<&Made> = past.made.iter().filter(|made| made.step == index).collect();
            if tries.iter().any(|made| made.arguments == arguments && (!made.failed || step.fails))
            {
                continue;
            }
            if tries.len() >= PATIENCE || tries.iter().any(|made| made.arguments == arguments) {
                return Next::Say(format!(
                    "{SORRY}, that does not work with what I have been given. {CLOSING}"
                ));
            }
            if step.writes {
                if let Some(words) = self.before_a_change(step, &arguments, past) {
                    return Next::Say(words);
                }
            } else if step.terminates {
                let unsaid = self.figures(past, true);
                if !unsaid.is_empty() {
                    return Next::Say(format!(
                        "{unsaid} A colleague has to take it from here. Is that all right? (yes/no)"
                    ));
                }
            }
            return Next::Call(index, arguments);
        }
        let unsaid = self.figures(past, false);
        let answer = if self.denied {
            format!("I have checked this. Our rules do not allow me to do that. {unsaid}")
        } else if self.plan.steps.iter().any(|step| step.writes) {
            format!("That is done now. {unsaid}")
        } else {
            format!("I have looked it up. {unsaid}")
        };
        Next::Say(format!("{} {CLOSING}", answer.trim()))
    }

    /// What has to be said before a change is made; `None` when the customer has agreed.
    fn before_a_change(&self, step: &Step, arguments: &str, past: &Past<'_>) -> Option<String> {
        let heard_wish = step.cues.is_empty()
            || past.heard.iter().any(|(_, text)| {
                words(text).iter().any(|word| step.cues.iter().any(|cue| akin(cue, word)))
            });
        if !heard_wish {
            return Some(if past.times_said(WHAT) < PATIENCE {
                format!("I did not quite follow. {WHAT}")
            } else {
                format!("{SORRY}, I do not understand what you need. {CLOSING}")
            });
        }
        let summary = summary_of(step, arguments);
        let asked: Vec<usize> = past
            .spoken
            .iter()
            .filter(|(_, text)| text.contains(&summary) && text.contains(GO_AHEAD))
            .map(|(at, _)| *at)
            .collect();
        let Some(last) = asked.last() else {
            let figures = self.figures(past, true);
            return Some(format!("{figures} {summary} {GO_AHEAD}").trim().to_owned());
        };
        let answer = past.heard.iter().find(|(at, _)| at > last).map_or("", |(_, text)| *text);
        match agreement(answer) {
            Some(true) => None,
            Some(false) => {
                Some(format!("{SORRY} to hear that. I leave everything as it is. {CLOSING}"))
            }
            None if asked.len() > PATIENCE => {
                Some(format!("{SORRY}, without a clear yes I leave everything as it is. {CLOSING}"))
            }
            None => Some(format!(
                "I understand the question. This follows from our policy and from the records of your account. {summary} {GO_AHEAD}"
            )),
        }
    }

    /// The required figures that are known by now. `pending` leaves out conclusions that need the
    /// whole plan, and what was said before.
    fn figures(&self, past: &Past<'_>, pending: bool) -> String {
        let careless = self.is_careless();
        let mut told = Vec::new();
        for (index, output) in self.plan.outputs.iter().enumerate() {
            let figure = match &output.source {
                Some((step, way)) => {
                    let Some(value) = past.result(*step).and_then(|result| follow(result, way))
                    else {
                        continue;
                    };
                    formatted(&value, &output.text)
                }
                None if pending => continue,
                None => output.text.clone(),
            };
            let sentence = format!("Our records show under {}: {figure}.", output.label);
            let last = index + 1 == self.plan.outputs.len();
            if (careless && last) || past.times_said(&sentence) > 0 {
                continue;
            }
            told.push(sentence);
        }
        told.join(" ")
    }

    /// The arguments of a step as text, from what was heard and seen.
    fn arguments(&self, step: &Step, past: &Past<'_>) -> Result<String, Lack> {
        let mut arguments = step.arguments.clone();
        let mut unheard = Vec::new();
        for slot in &step.slots {
            let Some(place) = arguments.pointer_mut(&slot.pointer) else { continue };
            match &slot.source {
                Source::Chosen => {}
                Source::Asked(question) => match self.hear(question, past) {
                    Some(value) => *place = typed(&value, place),
                    None if unheard.contains(&question.label) => {}
                    None => unheard.push(question.label.clone()),
                },
                Source::Seen(step, way) => {
                    match past.result(*step).and_then(|result| follow(result, way)) {
                        Some(value) => *place = typed(&said(&value), place),
                        None => return Err(Lack::Unseen(slot.label.clone())),
                    }
                }
                Source::Composed(parts) => {
                    let text: String = parts
                        .iter()
                        .map(|part| match part {
                            Part::Text(text) => text.clone(),
                            Part::Seen(step, way, form) => past
                                .result(*step)
                                .and_then(|result| follow(result, way))
                                .map_or_else(|| form.clone(), |value| formatted(&value, form)),
                        })
                        .collect();
                    *place = Value::String(text);
                }
            }
        }
        if unheard.is_empty() { Ok(arguments.to_string()) } else { Err(Lack::Unheard(unheard)) }
    }

    /// The value that the customer has given, since the last time it turned out to be wrong.
    fn hear(&self, question: &Question, past: &Past<'_>) -> Option<String> {
        let uses = |step: &Step| {
            step.slots.iter().any(|slot| {
                matches!(&slot.source, Source::Asked(other) if other.label == question.label && other.ordinal == question.ordinal)
            })
        };
        let since = past
            .made
            .iter()
            .filter(|made| made.failed && self.plan.steps.get(made.step).is_some_and(uses))
            .map(|made| made.at)
            .max()
            .unwrap_or(0);
        let heard: Vec<&str> =
            past.heard.iter().filter(|(at, _)| *at > since).map(|(_, text)| *text).collect();
        let values = values_heard(&question.label, &question.shape, question.alone, &heard);
        values.get(question.ordinal).cloned()
    }
}

/// The question for things that have not been heard, or an end to the asking.
fn ask_for(labels: &[String], past: &Past<'_>) -> String {
    let asked = |label: &String| past.times_said(&format!("your {label}"));
    if labels.iter().any(|label| asked(label) >= PATIENCE) {
        return format!("{SORRY}, without your details I cannot help you any further. {CLOSING}");
    }
    let named: Vec<String> = labels.iter().map(|label| format!("your {label}")).collect();
    let list = match named.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => named.concat(),
    };
    let doubting = past.heard.last().is_some_and(|(_, text)| text.contains('?'));
    if past.made.last().is_some_and(|made| made.failed) {
        format!("I could not find anything under that. Could you please check {list} once more?")
    } else if labels.iter().any(|label| asked(label) > 0) && doubting {
        format!(
            "I ask so that nobody but you gets at your account. Could you please tell me {list}?"
        )
    } else if labels.iter().any(|label| asked(label) > 0) {
        format!(
            "Thank you. I still need {list}. Could you please give me that as plainly as you can?"
        )
    } else if labels.len() > 2 {
        format!(
            "I am happy to help. To find you and do this properly I need a few details first. Could you please tell me {list}?"
        )
    } else if past.spoken.is_empty() {
        format!("I am happy to help. Could you please tell me {list}?")
    } else {
        format!("Thank you. Could you please tell me {list}?")
    }
}

/// What a change amounts to, in a sentence.
fn summary_of(step: &Step, arguments: &str) -> String {
    let arguments: Value = serde_json::from_str(arguments).unwrap_or_default();
    let details: Vec<String> = step
        .slots
        .iter()
        .filter_map(|slot| {
            let value = said(arguments.pointer(&slot.pointer)?);
            (!value.is_empty()).then(|| format!("{} {value}", slot.label))
        })
        .collect();
    format!("I would now {} with {}.", step.tool.replace('_', " "), details.join(", "))
}

/// Whether an answer is a yes or a no; `None` when it is neither.
pub(super) fn agreement(answer: &str) -> Option<bool> {
    let lower = answer.to_lowercase();
    let first: Vec<&str> = lower
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let says = |words: &[&str]| words.iter().any(|word| first.contains(word));
    if lower.contains('?') {
        return None;
    }
    if says(&["no", "don't", "stop", "refuse"]) || lower.contains("leave everything") {
        return Some(false);
    }
    (says(&["yes", "yeah", "sure", "ok", "okay", "confirm", "confirmed", "correct"])
        || lower.contains("go ahead")
        || lower.contains("do it"))
    .then_some(true)
}

/// `text` in the type of the value that it replaces.
fn typed(text: &str, like: &Value) -> Value {
    match like {
        Value::Number(number) if number.is_f64() => {
            text.parse::<f64>().ok().and_then(serde_json::Number::from_f64).map(Value::Number)
        }
        Value::Number(_) => text.parse::<i64>().ok().map(Value::from),
        _ => None,
    }
    .unwrap_or_else(|| Value::String(text.to_owned()))
}

/// A value written like `form`: with as many decimals.
fn formatted(value: &Value, form: &str) -> String {
    match (value.as_f64(), form.split_once('.')) {
        (Some(number), Some((_, decimals))) if form.parse::<f64>().is_ok() => {
            format!("{number:.*}", decimals.len())
        }
        (Some(number), None) if form.parse::<i64>().is_ok() && number.fract() == 0.0 => {
            format!("{number:.0}")
        }
        _ => said(value),
    }
}

impl<'a> Past<'a> {
    pub(super) fn of(messages: &'a [Message], plan: &Plan) -> Self {
        let mut past = Past { made: Vec::new(), heard: Vec::new(), spoken: Vec::new() };
        let mut pending: Option<&ToolCall> = None;
        for (at, message) in messages.iter().enumerate() {
            let text = message.content.as_deref().unwrap_or_default();
            match message.role {
                Role::System => {}
                Role::User => past.heard.push((at, text)),
                Role::Assistant => {
                    pending = message.tool_calls.first();
                    if pending.is_none() {
                        past.spoken.push((at, text));
                    }
                }
                Role::Tool => {
                    let call = pending.take();
                    let step: Option<usize> =
                        call.and_then(|call| call.id.split('_').nth(1)?.parse().ok());
                    if let (Some(call), Some(step)) = (call, step) {
                        let gold_fails = plan.steps.get(step).is_some_and(|step| step.fails);
                        past.made.push(Made {
                            step,
                            arguments: call.arguments.clone(),
                            result: parsed(text),
                            failed: is_error(text) && !gold_fails,
                            at,
                        });
                    }
                }
            }
        }
        past
    }

    /// The latest good result of a step.
    fn result(&self, step: usize) -> Option<&Value> {
        self.made
            .iter()
            .rev()
            .find(|made| made.step == step && !made.failed)
            .map(|made| &made.result)
    }

    fn is_done(&self, index: usize, step: &Step) -> bool {
        self.made.iter().any(|made| made.step == index && (!made.failed || step.fails))
    }

    fn times_said(&self, words: &str) -> usize {
        self.spoken.iter().filter(|(_, text)| text.contains(words)).count()
    }

    fn said_lately(&self, words: &str) -> bool {
        self.spoken.last().is_some_and(|(_, text)| text.contains(words))
    }
}

#[async_trait]
impl ChatModel for PracticeAgent {
    fn name(&self) -> &str {
        PRACTICE_AGENT
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        let past = Past::of(&request.messages, &self.plan);
        let mut message = Message::text(Role::Assistant, "");
        match self.next(&past) {
            Next::Say(text) => message.content = Some(text),
            Next::Call(index, arguments) => {
                message.content = None;
                message.tool_calls.push(ToolCall {
                    id: format!("practice_{index}_{}", past.made.len()),
                    name: self.plan.steps[index].tool.clone(),
                    arguments,
                });
            }
        }
        let finish = if message.content.is_some() { Finish::Stop } else { Finish::ToolCalls };
        Ok(ChatReply { message, usage: Usage::default(), finish, cost_usd: Some(0.0), attempts: 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_a_no_and_neither_are_told_apart() {
        assert_eq!(agreement("Yes, please go ahead."), Some(true));
        assert_eq!(agreement("No, leave everything as it is."), Some(false));
        assert_eq!(agreement("Why? Where does it say so?"), None);
        assert_eq!(agreement("the window and then"), None);
    }

    #[test]
    fn values_keep_the_type_and_form_they_are_needed_in() {
        assert_eq!(typed("3", &Value::from(1)), Value::from(3));
        assert_eq!(typed("3", &Value::from(1.5)).to_string(), "3.0");
        assert_eq!(typed("07", &Value::from("19")), Value::from("07"));
        assert_eq!(formatted(&Value::from(54.2), "54.20"), "54.20");
        assert_eq!(formatted(&Value::from(64.7), "64.7"), "64.7");
    }
}
