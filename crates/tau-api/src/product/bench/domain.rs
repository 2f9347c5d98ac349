//! The bench of a domain of tau-bench: one side's tools.

use std::sync::Arc;

use tau_domain::{Domain, Environment, JsonText, Split, StateDifference};

use super::super::conversations::tool_turn_of;
use super::super::library::no_such_task;
use super::super::tool_forms::{arguments, forms};
use super::state::change;
use crate::types::{BenchCall, BenchCheck, BenchStep, BenchView, Seat, StateChange};
use crate::{ApiError, ErrorCode};

/// What tools draw by chance follows from it, so that the same calls give the same.
const SEED: u64 = 0;

pub(super) fn play(
    domain: &Arc<Domain>,
    split: Split,
    task: &str,
    calls: &[BenchCall],
) -> Result<BenchView, ApiError> {
    let task = match task {
        "" => None,
        id => Some(domain.task(split, id).ok_or_else(|| no_such_task(id))?),
    };
    let fresh = || Environment::new(Arc::clone(domain), SEED);
    let (mut here, mut before) = (fresh(), fresh());
    let mut steps = Vec::new();
    for call in calls {
        if call.seat != Seat::Agent {
            let message = "In this domain the customer has no tools.";
            return Err(ApiError::new(ErrorCode::BadRequest, message));
        }
        let arguments = JsonText(arguments(&domain.tools, &call.tool, &call.arguments)?);
        let observed = here.call(&call.tool, &arguments);
        steps.push(BenchStep {
            seat: Seat::Agent,
            tool: tool_turn_of(&call.tool, arguments.as_str(), &observed.to_string()),
            changes: changes(&here, &before),
        });
        // The one behind follows, so that the next call is held against this state.
        before.call(&call.tool, &arguments);
    }
    let check = task.map(|task| BenchCheck {
        text: "The records are as the expected steps leave them.".to_owned(),
        met: here.differences_from_gold(task).is_empty(),
        counts: true,
    });
    Ok(BenchView {
        agent_tools: forms(domain),
        customer_tools: Vec::new(),
        steps,
        changed: changes(&here, &fresh()),
        device: Vec::new(),
        checks: check.into_iter().collect(),
    })
}

fn changes(here: &Environment, before: &Environment) -> Vec<StateChange> {
    let one = |difference: &StateDifference| {
        let StateDifference { path, expected, actual } = difference;
        change(Seat::Agent, path, expected.as_deref(), actual.as_deref())
    };
    here.differences_from(before).iter().map(one).collect()
}
