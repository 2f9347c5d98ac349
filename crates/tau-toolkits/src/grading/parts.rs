//! The parts that a reward is made of: the state, the actions, what was said, what a judge found.
//! Upstream `evaluator/evaluator_{env,action,communicate,nl_assertions}.py`.

use super::criteria::{Basis, Criteria, GradedTask};
use super::judge::NlCheck;
use super::reward::{ActionCheck, AssertionCheck, CommunicateCheck, DbCheck};
use super::{Conversation, GradeError};
use crate::history::{ToolCall, Turn};
use crate::python;
use crate::toolkit::Profile;

/// What one part comes to: its factor, the checks under it, a remark, and how it enters the breakdown.
pub(super) struct Part<T> {
    pub reward: f64,
    pub checks: T,
    pub note: Option<&'static str>,
    pub breakdown: Option<Vec<(Basis, f64)>>,
}

impl<T> Part<T> {
    fn of(basis: Basis, met: bool, checks: T, note: Option<&'static str>) -> Part<T> {
        let reward = if met { 1.0 } else { 0.0 };
        Part { reward, checks, note, breakdown: Some(vec![(basis, reward)]) }
    }
}

/// The calls of a conversation, whoever made them.
fn calls(conversation: &[Turn]) -> impl Iterator<Item = &ToolCall> {
    conversation.iter().flat_map(|turn| match turn {
        Turn::Said { calls: Some(calls), .. } => calls.as_slice(),
        _ => &[],
    })
}

/// The state's part: the databases and the assertions on them.
pub(super) struct StateChecks {
    pub db: DbCheck,
    pub assertions: Option<Vec<AssertionCheck>>,
}

/// Replays the conversation, and the expected actions beside it, and compares what they leave. The
/// expected actions are replayed without what happens between the two sides after a call, and what they
/// raise is passed over: that is upstream's way, in every version.
pub(super) fn state(
    conversation: &Conversation<'_>,
    task: &GradedTask,
    criteria: &Criteria,
) -> Result<Part<StateChecks>, GradeError> {
    if criteria.actions.is_none() && criteria.env_assertions.is_none() {
        return Ok(Part {
            reward: 1.0,
            checks: StateChecks { db: DbCheck { matches: true }, assertions: None },
            note: Some("No expected actions or env assertions"),
            breakdown: None,
        });
    }
    let Conversation { domain, ids, solo, turns, lenient, .. } = conversation;
    let mut reached = if *solo { domain.solo_environment(ids) } else { domain.environment(ids) }?;
    let mut expected = domain.environment(ids)?;
    if *lenient {
        reached.set_state_leniently(&task.initial, turns)?;
        expected.set_state_leniently(&task.initial, &task.history)?;
    } else {
        reached.set_state(&task.initial, turns)?;
        expected.set_state(&task.initial, &task.history)?;
    }
    for action in criteria.actions.iter().flatten() {
        let call = &action.call;
        let _ = expected.make_tool_call(&call.name, call.requestor, &call.arguments);
    }
    let matches = expected.agent_hash() == reached.agent_hash()
        && expected.user_hash() == reached.user_hash();
    let mut checks = Vec::new();
    for assertion in criteria.env_assertions.iter().flatten() {
        let met = reached.assertion(&assertion.call)? == assertion.wanted;
        checks.push(AssertionCheck { assertion: assertion.clone(), met });
    }
    let factors =
        [(Basis::Db, matches), (Basis::EnvAssertion, checks.iter().all(|check| check.met))];
    let counted = factors.into_iter().filter(|(basis, _)| criteria.basis.contains(basis));
    let breakdown: Vec<(Basis, f64)> =
        counted.map(|(basis, met)| (basis, if met { 1.0 } else { 0.0 })).collect();
    Ok(Part {
        reward: breakdown.iter().map(|(_, factor)| factor).product(),
        checks: StateChecks { db: DbCheck { matches }, assertions: Some(checks) },
        note: None,
        breakdown: Some(breakdown),
    })
}

/// Whether each expected action is one of the calls; a call may be several of them.
pub(super) fn actions(
    conversation: &Conversation<'_>,
    criteria: &Criteria,
) -> Part<Option<Vec<ActionCheck>>> {
    let expected = criteria.actions.as_deref().unwrap_or_default();
    if expected.is_empty() {
        return Part::of(Basis::Action, true, None, Some("No actions to evaluate"));
    }
    let domain = conversation.domain;
    let typed = domain.profile() >= Profile::V1_0;
    let kind = |name: &str| {
        let user = domain.user().and_then(|user| user.tool_kind(name));
        user.or_else(|| domain.agent().tool_kind(name)).filter(|_| typed)
    };
    let checks: Vec<ActionCheck> = expected
        .iter()
        .map(|action| ActionCheck {
            matches: calls(conversation.turns).any(|call| action.is(call)),
            kind: kind(&action.call.name),
            action: action.clone(),
        })
        .collect();
    Part::of(Basis::Action, checks.iter().all(|check| check.matches), Some(checks), None)
}

/// Whether everything that had to be said stands in one of the agent's messages: both in small letters,
/// commas taken out of the message alone.
pub(super) fn communicate(
    conversation: &Conversation<'_>,
    criteria: &Criteria,
) -> Part<Option<Vec<CommunicateCheck>>> {
    let wanted = criteria.communicate_info.as_deref().unwrap_or_default();
    if wanted.is_empty() {
        let note = Some("No communicate_info to evaluate");
        return Part::of(Basis::Communicate, true, None, note);
    }
    let said: Vec<(&str, String)> = conversation
        .turns
        .iter()
        .filter_map(|turn| match turn {
            Turn::Said { by_user: false, content: Some(content), .. } => Some(content.as_str()),
            _ => None,
        })
        .filter(|content| !content.trim_matches(python::is_blank).is_empty())
        .map(|content| (content, content.to_lowercase().replace(',', "")))
        .collect();
    let check = |info: &String| {
        let small = info.to_lowercase();
        let found = said.iter().find(|(_, heard)| heard.contains(&small));
        let justification = match found {
            Some((message, _)) => {
                format!("Information '{info}' communicated in the message:\n '{message}'")
            }
            None => format!("Information '{info}' not communicated."),
        };
        CommunicateCheck { info: info.clone(), met: found.is_some(), justification }
    };
    let checks: Vec<CommunicateCheck> = wanted.iter().map(check).collect();
    Part::of(Basis::Communicate, checks.iter().all(|check| check.met), Some(checks), None)
}

/// What the judge found. That it speaks of every assertion is not asked for.
pub(super) fn judged(
    conversation: &Conversation<'_>,
    criteria: &Criteria,
) -> Result<Part<Option<Vec<NlCheck>>>, GradeError> {
    if criteria.nl_assertions.as_ref().is_none_or(Vec::is_empty) {
        let note = Some("No nl_assertions to evaluate");
        return Ok(Part::of(Basis::NlAssertion, true, Some(Vec::new()), note));
    }
    let checks = conversation.judged.ok_or(GradeError::JudgeWanted)?.to_vec();
    Ok(Part::of(Basis::NlAssertion, checks.iter().all(|check| check.met), Some(checks), None))
}
