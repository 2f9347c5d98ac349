//! What a grading comes to: upstream `data_model/simulation.py`, `RewardInfo`.

use std::sync::Arc;

use super::criteria::{Action, Assertion, Basis};
use super::judge::NlCheck;
use crate::toolkit::{Profile, ToolKind};
use crate::value::{Map, Value};

/// Whether both databases are what the expected actions leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DbCheck {
    /// Whether they are.
    pub matches: bool,
}

/// An assertion on the state and whether it holds.
#[derive(Clone, Debug)]
pub struct AssertionCheck {
    /// The assertion.
    pub assertion: Assertion,
    /// Whether it holds.
    pub met: bool,
}

/// An expected action and whether it was taken.
#[derive(Clone, Debug)]
pub struct ActionCheck {
    /// The action.
    pub action: Action,
    /// Whether it was taken.
    pub matches: bool,
    /// What its tool does, where there is such a tool.
    pub kind: Option<ToolKind>,
}

/// What had to be said and whether it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommunicateCheck {
    /// What had to be said.
    pub info: String,
    /// Whether it was.
    pub met: bool,
    /// Where, in upstream's words.
    pub justification: String,
}

/// What is said beside a reward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notes {
    /// Nothing.
    None,
    /// One remark.
    One(String),
    /// A remark of each part, where it has one.
    Parts {
        /// Of the state.
        env: Option<&'static str>,
        /// Of the judge.
        nl: Option<&'static str>,
        /// Of what was said.
        communicate: Option<&'static str>,
        /// Of the actions.
        action: Option<&'static str>,
    },
}

/// A reward with everything it rests on. A part that was not looked at is absent.
#[derive(Clone, Debug)]
pub struct RewardInfo {
    /// The reward.
    pub reward: f64,
    /// The databases.
    pub db_check: Option<DbCheck>,
    /// The assertions on the state.
    pub env_assertions: Option<Vec<AssertionCheck>>,
    /// The expected actions.
    pub action_checks: Option<Vec<ActionCheck>>,
    /// The assertions in words.
    pub nl_assertions: Option<Vec<NlCheck>>,
    /// What had to be said.
    pub communicate_checks: Option<Vec<CommunicateCheck>>,
    /// What the reward is the product of.
    pub basis: Option<Vec<Basis>>,
    /// The factors.
    pub breakdown: Option<Vec<(Basis, f64)>>,
    /// Remarks.
    pub notes: Notes,
}

impl RewardInfo {
    /// A reward and nothing else.
    pub(super) fn bare(reward: f64, basis: Option<Vec<Basis>>, notes: Notes) -> RewardInfo {
        RewardInfo {
            reward,
            db_check: None,
            env_assertions: None,
            action_checks: None,
            nl_assertions: None,
            communicate_checks: None,
            basis,
            breakdown: None,
            notes,
        }
    }

    /// As upstream's results file of this profile holds it.
    pub fn dump(&self, profile: Profile) -> Value {
        Value::dict([
            ("reward", self.reward.into()),
            (
                "db_check",
                self.db_check.map_or(Value::None, |check| {
                    Value::dict([
                        ("db_match", check.matches.into()),
                        ("db_reward", one_or_zero(check.matches)),
                    ])
                }),
            ),
            ("env_assertions", each(self.env_assertions.as_deref(), assertion_check)),
            (
                "action_checks",
                each(self.action_checks.as_deref(), |check| action_check(check, profile)),
            ),
            ("nl_assertions", each(self.nl_assertions.as_deref(), nl_check)),
            ("communicate_checks", each(self.communicate_checks.as_deref(), communicate_check)),
            ("reward_basis", each(self.basis.as_deref(), |basis| basis.word().into())),
            (
                "reward_breakdown",
                self.breakdown.as_ref().map_or(Value::None, |factors| {
                    Value::dict(
                        factors.iter().map(|(basis, factor)| (basis.word(), (*factor).into())),
                    )
                }),
            ),
            ("info", notes(&self.notes)),
        ])
    }
}

fn one_or_zero(one: bool) -> Value {
    Value::Float(if one { 1.0 } else { 0.0 })
}

pub(crate) fn each<T>(all: Option<&[T]>, dump: impl Fn(&T) -> Value) -> Value {
    all.map_or(Value::None, |all| Value::list(all.iter().map(dump).collect()))
}

pub(crate) fn or_none(text: Option<&str>) -> Value {
    text.map_or(Value::None, Value::from)
}

fn arguments(arguments: &Arc<Map>) -> Value {
    Value::Dict(arguments.clone())
}

impl Assertion {
    /// As upstream writes it.
    pub(crate) fn dump(&self) -> Value {
        let Assertion { call, wanted, message } = self;
        Value::dict([
            ("env_type", call.side.word().into()),
            ("func_name", call.name.as_str().into()),
            ("arguments", arguments(&call.arguments)),
            ("assert_value", (*wanted).into()),
            ("message", or_none(message.as_deref())),
        ])
    }
}

impl Action {
    /// As upstream writes it.
    pub(crate) fn dump(&self) -> Value {
        let Action { id, call, info, compare_args } = self;
        Value::dict([
            ("action_id", id.as_str().into()),
            ("requestor", call.requestor.word().into()),
            ("name", call.name.as_str().into()),
            ("arguments", arguments(&call.arguments)),
            ("info", or_none(info.as_deref())),
            ("compare_args", each(compare_args.as_deref(), |name| name.as_str().into())),
        ])
    }
}

fn assertion_check(check: &AssertionCheck) -> Value {
    Value::dict([
        ("env_assertion", check.assertion.dump()),
        ("met", check.met.into()),
        ("reward", one_or_zero(check.met)),
    ])
}

fn action_check(check: &ActionCheck, profile: Profile) -> Value {
    let kind = or_none(check.kind.map(ToolKind::word));
    let mut entries = vec![
        ("action", check.action.dump()),
        ("action_match", check.matches.into()),
        ("action_reward", one_or_zero(check.matches)),
    ];
    if profile >= Profile::V1_0 {
        entries.push(("tool_type", kind));
    }
    Value::dict(entries)
}

fn nl_check(check: &NlCheck) -> Value {
    Value::dict([
        ("nl_assertion", check.assertion.as_str().into()),
        ("met", check.met.into()),
        ("justification", check.justification.as_str().into()),
    ])
}

fn communicate_check(check: &CommunicateCheck) -> Value {
    Value::dict([
        ("info", check.info.as_str().into()),
        ("met", check.met.into()),
        ("justification", check.justification.as_str().into()),
    ])
}

fn notes(notes: &Notes) -> Value {
    let note = |text: &str| Value::dict([("note", text.into())]);
    let part = |text: &Option<&'static str>| text.map_or(Value::None, note);
    match notes {
        Notes::None => Value::None,
        Notes::One(text) => note(text),
        Notes::Parts { env, nl, communicate, action } => Value::dict([
            ("env", part(env)),
            ("nl", part(nl)),
            ("communicate", part(communicate)),
            ("action", part(action)),
        ]),
    }
}
