//! The account of a grade: each part that a reward of tau2's may be made of, met or not, and where not, what
//! was found instead.

use serde::{Deserialize, Serialize};
use tau_domain::plain::{capital, short, tool_call, tool_to_call};
use tau_toolkits::grading::{Action, Basis};
use tau_toolkits::{Requestor, Value, json_dumps};

use super::looked::Looked;
use super::phone::found_instead;
use super::recorded::Recorded;
use super::words::{self, EndDifference};
use crate::examine::{WrongArgument, differing};

/// Most differences of two ends that are told.
const MOST: usize = 60;

/// Why a conversation was solved or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Why it ended, in a sentence, where it did not end as conversations do or where the customer's last word
    /// says more; empty otherwise.
    pub ending: String,
    /// Whether it ended too early to be graded, which is a failure whatever was done. The parts then say how
    /// things stood.
    pub ended_early: bool,
    /// The parts, those that count first.
    pub parts: Vec<Part>,
    /// Whether the tools answer here as they did in the conversation. Where not, it was held on other data, and
    /// what was found at the end may be off. `None` where it was not carried out again.
    pub exact: Option<bool>,
    /// Whether it was played and graded here, not read from a file.
    pub played_here: bool,
}

/// What a part is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// What has to be so on both sides at the end.
    Assertions,
    /// The expected actions.
    Actions,
    /// What the agent had to say.
    Said,
    /// What a judging model was to find in the conversation.
    Judged,
    /// All records, and all that is on the customer's device.
    Records,
}

impl PartKind {
    /// What a person calls it.
    pub fn title(self) -> &'static str {
        match self {
            PartKind::Assertions => "What had to be so at the end",
            PartKind::Actions => "The expected steps",
            PartKind::Said => "What the agent had to say",
            PartKind::Judged => "What a judging model was asked",
            PartKind::Records => "Records and device as the expected steps leave them",
        }
    }
}

/// A part of a grade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What it is about.
    pub kind: PartKind,
    /// Whether success rests on it; the others are looked at and do not decide.
    pub counts: bool,
    /// Whether all of it is met.
    pub met: bool,
    /// What it is made of.
    pub points: Vec<Point>,
    /// Where the two ends differ, where this is about them.
    pub differences: Vec<EndDifference>,
}

/// One thing that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// What has to be so, without a full stop.
    pub text: String,
    /// Whether it is; `None` where nobody has looked.
    pub met: Option<bool>,
    /// What was found instead, in sentences; may be empty.
    pub remark: String,
    /// The turn where that shows, from 1.
    pub turn: Option<u32>,
}

/// The account of what is recorded, completed by what was found when it was carried out again.
pub(super) fn account(recorded: &Recorded, looked: Option<&Looked<'_>>) -> Account {
    let part = |kind, basis, points: Vec<Point>| Part {
        kind,
        counts: recorded.counts(basis),
        met: points.iter().all(|point| point.met == Some(true)),
        points,
        differences: Vec::new(),
    };
    let mut parts = vec![
        part(PartKind::Assertions, Basis::EnvAssertion, assertions(recorded, looked)),
        part(PartKind::Actions, Basis::Action, actions(recorded, looked)),
        part(PartKind::Said, Basis::Communicate, said(recorded, looked)),
        part(PartKind::Judged, Basis::NlAssertion, judged(recorded)),
    ];
    parts.retain(|part| !part.points.is_empty());
    parts.extend(records(recorded, looked));
    parts.sort_by_key(|part| !part.counts);
    let early = words::cut_short(&recorded.ending);
    let last_word = looked.and_then(|looked| words::customers_last_word(looked.customers_end()?));
    Account {
        ending: match (early, last_word) {
            (Some(why), _) => format!("The conversation was cut short: {why}."),
            (None, Some(word)) => word.to_owned(),
            (None, None) => String::new(),
        },
        ended_early: early.is_some() && !recorded.graded,
        parts,
        exact: looked.map(|looked| looked.made.exact),
        played_here: recorded.played_here,
    }
}

fn assertions(recorded: &Recorded, looked: Option<&Looked<'_>>) -> Vec<Point> {
    let each = recorded.assertions.iter().enumerate();
    let point = |(index, (assertion, met)): (usize, &(_, Option<bool>))| {
        let assertion: &tau_toolkits::grading::Assertion = assertion;
        let met = met.or_else(|| looked?.made.holds().get(index).copied());
        let missed = looked.filter(|_| met == Some(false));
        Point {
            text: capital(&words::asked_for(assertion)),
            remark: missed
                .filter(|_| assertion.wanted)
                .and_then(|looked| found_instead(&looked.made.end, &assertion.call))
                .unwrap_or_default(),
            turn: missed.and_then(|looked| looked.broke(index)).map(|step| step.turn),
            met,
        }
    };
    each.map(point).collect()
}

fn actions(recorded: &Recorded, looked: Option<&Looked<'_>>) -> Vec<Point> {
    let point = |(action, met): &(Action, Option<bool>)| {
        let taken = || Some(looked?.made.steps.iter().any(|step| action.is(&step.call)));
        let met = met.or_else(taken);
        let (remark, turn) = match looked.filter(|_| met == Some(false)) {
            Some(looked) => nearest(action, looked),
            None => (String::new(), None),
        };
        Point { text: step_in_words(action), met, remark, turn }
    };
    recorded.actions.iter().map(point).collect()
}

/// `The customer: Toggle airplane mode`.
pub(super) fn step_in_words(action: &Action) -> String {
    let who = match action.call.requestor {
        Requestor::Assistant => "The agent",
        Requestor::User => "The customer",
    };
    let arguments = json_dumps(&Value::Dict(action.call.arguments.clone()));
    format!("{who}: {}", tool_to_call(&action.call.name, &arguments))
}

/// The call of the same tool whose arguments differ least, and how they do.
fn nearest(action: &Action, looked: &Looked<'_>) -> (String, Option<u32>) {
    let wanted = json_dumps(&Value::Dict(action.call.arguments.clone()));
    let wanted: serde_json::Value = serde_json::from_str(&wanted).unwrap_or_default();
    let counts = |name: &String| match &action.compare_args {
        Some(names) => names.contains(name),
        None => true,
    };
    let differ = |values: &serde_json::Value| -> Vec<String> {
        differing(&wanted, values).into_iter().filter(counts).collect()
    };
    let of_tool = looked.made.steps.iter().filter(|step| step.call.name == action.call.name);
    let Some(step) = of_tool.min_by_key(|step| differ(&step.values).len()) else {
        return ("It was never taken.".to_owned(), None);
    };
    let text = |values: &serde_json::Value, name: &str| values.get(name).map(ToString::to_string);
    let told: Vec<String> = differ(&step.values)
        .into_iter()
        .map(|name| {
            let (expected, actual) = (text(&wanted, &name), text(&step.values, &name));
            WrongArgument { name, expected, actual }.words()
        })
        .collect();
    let done = tool_call(&step.call.name, &step.arguments);
    let nearest = match told.as_slice() {
        [] => format!("Nearest: {done}."),
        told => format!("Nearest: {done}, with {}.", told.join("; ")),
    };
    (nearest, Some(step.turn))
}

fn said(recorded: &Recorded, looked: Option<&Looked<'_>>) -> Vec<Point> {
    let point = |(info, met): &(String, Option<bool>)| {
        let heard = || Some(looked?.agent_says(info));
        let met = met.or_else(heard);
        let remark = if met == Some(false) { "It was never said." } else { "" };
        Point {
            text: format!("The agent said {}", short(info)),
            met,
            remark: remark.into(),
            turn: None,
        }
    };
    recorded.said.iter().map(point).collect()
}

fn judged(recorded: &Recorded) -> Vec<Point> {
    let point = |(text, met, why): &(String, Option<bool>, String)| Point {
        text: capital(text.trim().trim_end_matches('.')),
        met: *met,
        remark: why.trim().to_owned(),
        turn: None,
    };
    recorded.judged.iter().map(point).collect()
}

/// The part about all records: the two ends beside each other.
fn records(recorded: &Recorded, looked: Option<&Looked<'_>>) -> Option<Part> {
    let counts = recorded.counts(Basis::Db);
    let differences: Vec<EndDifference> = looked
        .map(|looked| looked.differences.iter().take(MOST))
        .into_iter()
        .flatten()
        .map(|(side, change)| {
            let (expected, left) = (change.before.as_ref(), change.after.as_ref());
            EndDifference::new(*side, &change.place, expected, left)
        })
        .collect();
    let equal = looked.filter(|_| recorded.has_plan()).map(|looked| looked.differences.is_empty());
    // Where it does not count, what is graded leaves out how the two sides meet, and misleads.
    let met = if counts { recorded.database.or(equal) } else { equal.or(recorded.database) };
    Some(Part { kind: PartKind::Records, counts, met: met?, points: Vec::new(), differences })
}

impl Account {
    /// What is not met of what counts.
    pub fn unmet(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| part.counts && !part.met)
    }

    /// Why the conversation has its reward, in a sentence.
    pub fn sentence(&self, passed: bool) -> String {
        let whose = if self.played_here { "" } else { ", as tau2 recorded it" };
        if passed {
            return format!("Passed{whose}.");
        }
        if self.ended_early {
            return format!("Failed{whose}. {}", self.ending);
        }
        let mut reasons: Vec<String> = Vec::new();
        for part in self.unmet() {
            let points = part.points.iter().filter(|point| point.met != Some(true));
            match part.kind {
                PartKind::Records => {
                    reasons.push("records or device differ from what was expected".into())
                }
                PartKind::Actions => {
                    reasons.extend(points.map(|p| format!("not done: {}", uncapital(&p.text))))
                }
                PartKind::Said => reasons.extend(points.map(|p| uncapital(&p.text))),
                PartKind::Assertions | PartKind::Judged => {
                    reasons.extend(points.map(|p| uncapital(&p.text)));
                }
            }
        }
        let told = match reasons.as_slice() {
            [] => return format!("Failed{whose}."),
            several if several.len() <= 3 => several.join("; "),
            [first, second, rest @ ..] => format!("{first}; {second}; and {} more", rest.len()),
            [one] => one.clone(),
        };
        format!("Failed{whose}. Not so: {told}.")
    }
}

/// With a small letter at the beginning, unless the word is an abbreviation or the like.
fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        (Some(first), Some(' ')) => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}
