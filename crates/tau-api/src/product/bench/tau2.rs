//! The bench of a domain of tau2: both sides' tools, and what a task asks of the end.

use std::sync::Arc;

use tau_domain::ToolSpec;
use tau_toolkits::grading::{Basis, Conversation, Evaluation, GradeError, grade};
use tau_toolkits::{
    Definition, Environment, Ids, Requestor, Snapshot, Task, ToolCall, Turn, Value, changes,
    json_dumps,
};

use super::super::conversations::tool_turn_of;
use super::super::library::{assertion_line, no_such_task, seat_of};
use super::super::tool_forms::{arguments, form};
use super::state::{change, path};
use crate::types::{
    BenchCall, BenchCheck, BenchStep, BenchView, DeviceField, DevicePart, Seat, StateChange,
    ToolForm,
};
use crate::{ApiError, ErrorCode};

/// What tools draw by chance follows from it, so that the same calls give the same.
const SEED: u64 = 0;

/// What differs from an earlier state, in words.
fn changed(before: &Snapshot, now: &Snapshot) -> Vec<StateChange> {
    let told = now.changes_since(before).into_iter().map(|(side, found)| {
        let [before, after] =
            [&found.before, &found.after].map(|value| value.as_ref().map(json_dumps));
        change(seat_of(side), &found.place, before.as_deref(), after.as_deref())
    });
    told.collect()
}

pub(super) fn play(
    definition: &Definition,
    task: &str,
    calls: &[BenchCall],
) -> Result<BenchView, ApiError> {
    let task = match task {
        "" => None,
        id => Some(definition.task(id).ok_or_else(|| no_such_task(id))?),
    };
    let ids = Ids::seeded(SEED);
    let mut environment = begin(definition, task, &ids)?;
    let beginning = Snapshot::of(&environment);
    // A task may name which of the customer's tools there are; the others cannot be called in it.
    let customers = match task {
        Some(task) => definition.user_tools_of(task),
        None => definition.user_tools.clone(),
    }
    .unwrap_or_default();
    let mut turns = task.map(|task| task.graded.history.clone()).unwrap_or_default();
    let mut steps = Vec::new();
    let mut before = Snapshot::of(&environment);
    for (number, call) in calls.iter().enumerate() {
        let call = read_call(definition, &customers, number, call)?;
        let response = environment.get_response(&call);
        let now = Snapshot::of(&environment);
        let given = json_dumps(&Value::Dict(Arc::clone(&call.arguments)));
        let mut tool = tool_turn_of(&call.name, &given, &response.content);
        tool.ok = !response.error;
        let by_user = call.requestor == Requestor::User;
        steps.push(BenchStep {
            seat: seat_of(call.requestor),
            tool,
            changes: changed(&before, &now),
        });
        turns.push(Turn::Said { by_user, content: None, calls: Some(vec![call]) });
        turns.push(Turn::Answer { id: response.id, content: Some(response.content) });
        before = now;
    }
    Ok(BenchView {
        agent_tools: forms(&definition.agent_tools),
        customer_tools: forms(&customers),
        steps,
        changed: changed(&beginning, &before),
        device: device(&beginning, &before),
        checks: match task {
            Some(task) => checks(definition, task, &turns, &ids).unwrap_or_else(|why| {
                // An assertion may be about a record that is not there yet.
                let text = format!("What is asked for cannot be found yet: {why}.");
                vec![BenchCheck { text, met: false, counts: true }]
            }),
            None => Vec::new(),
        },
    })
}

/// The environment as the task's conversation begins in it.
fn begin(definition: &Definition, task: Option<&Task>, ids: &Ids) -> Result<Environment, ApiError> {
    let cannot = |why: &dyn std::fmt::Display| {
        let message = "This task's beginning cannot be set up. Choose another one.";
        ApiError::new(ErrorCode::BadRequest, message).detail(why)
    };
    let mut environment = definition.domain.environment(ids).map_err(|why| cannot(&why))?;
    if let Some(task) = task {
        let graded = &task.graded;
        environment.set_state(&graded.initial, &graded.history).map_err(|why| cannot(&why))?;
    }
    Ok(environment)
}

fn forms(tools: &[ToolSpec]) -> Vec<ToolForm> {
    tools.iter().map(|tool| form(tool, false)).collect()
}

fn read_call(
    definition: &Definition,
    customers: &[ToolSpec],
    number: usize,
    call: &BenchCall,
) -> Result<ToolCall, ApiError> {
    let (tools, requestor) = match call.seat {
        Seat::Agent => (definition.agent_tools.as_slice(), Requestor::Assistant),
        Seat::Customer => (customers, Requestor::User),
    };
    let text = arguments(tools, &call.tool, &call.arguments)?;
    match Value::read_json(&text) {
        Ok(Value::Dict(arguments)) => {
            let id = format!("bench_{number}");
            Ok(ToolCall { id, name: call.tool.clone(), arguments, requestor })
        }
        other => {
            let message = "What was filled in cannot be read. Look at it again.";
            Err(ApiError::new(ErrorCode::BadRequest, message).detail(format!("{other:?}")))
        }
    }
}

/// All that is on the customer's side, part by part, with what differs from the beginning.
fn device(beginning: &Snapshot, now: &Snapshot) -> Vec<DevicePart> {
    let Some(all) = &now.customer else { return Vec::new() };
    let found = beginning.customer.iter().flat_map(|before| changes(before, all));
    let changed: Vec<Vec<String>> = found.map(|change| change.place).collect();
    parts(all, &changed)
}

/// All that is in a customer's data, part by part; `changed` are the places that are marked.
pub(in crate::product) fn parts(all: &Value, changed: &[Vec<String>]) -> Vec<DevicePart> {
    below(all)
        .into_iter()
        .map(|(name, part)| {
            let mut fields = Vec::new();
            let mut place = vec![name.to_owned()];
            leaves(part, &mut place, &mut |place, value| {
                let value = tau_domain::plain::readable(&json_dumps(value));
                let is_changed = changed
                    .iter()
                    .any(|change| place.starts_with(change) || change.starts_with(place));
                fields.push(DeviceField { name: path(&place[1..]), value, changed: is_changed });
            });
            DevicePart {
                name: change(Seat::Customer, &[name.to_owned()], None, None).record,
                fields,
            }
        })
        .filter(|part| !part.fields.is_empty())
        .collect()
}

/// What an object holds, by name.
fn below(value: &Value) -> Vec<(&str, &Value)> {
    match value {
        Value::Model(model) => {
            model.class.fields.iter().map(|field| field.name).zip(&model.fields).collect()
        }
        Value::Dict(entries) => entries.iter().map(|(name, value)| (&**name, value)).collect(),
        _ => Vec::new(),
    }
}

/// Every plain value below one, with the way to it.
fn leaves(value: &Value, place: &mut Vec<String>, found: &mut impl FnMut(&[String], &Value)) {
    let below = below(value);
    if below.is_empty() {
        found(place, value);
        return;
    }
    for (name, value) in below {
        place.push(name.to_owned());
        leaves(value, place, found);
        place.pop();
    }
}

/// What the task asks of the end and whether it is so, as a grading of these calls finds it. What has to
/// be said, and what a judging model finds, only a conversation can tell.
fn checks(
    definition: &Definition,
    task: &Task,
    turns: &[Turn],
    ids: &Ids,
) -> Result<Vec<BenchCheck>, GradeError> {
    let Some(criteria) = &task.graded.criteria else { return Ok(Vec::new()) };
    let conversation = Conversation {
        domain: &definition.domain,
        ids,
        solo: false,
        turns,
        ending: "user_stop",
        judged: None,
        lenient: true,
    };
    let part = |kind: Evaluation| grade(&conversation, &task.graded, kind);
    let graded = part(Evaluation::Env)?;
    let taken = part(Evaluation::Action)?.action_checks.unwrap_or_default();
    let counts = |basis: Basis| criteria.basis.contains(&basis);
    let records = graded.db_check.filter(|_| criteria.actions.is_some()).map(|check| BenchCheck {
        text: "Records and device are as the expected steps leave them.".to_owned(),
        met: check.matches,
        counts: counts(Basis::Db),
    });
    let asserted = graded.env_assertions.into_iter().flatten().map(|check| BenchCheck {
        text: assertion_line(&check.assertion.call, check.assertion.wanted),
        met: check.met,
        counts: counts(Basis::EnvAssertion),
    });
    let steps = (!taken.is_empty()).then(|| BenchCheck {
        text: "The expected steps were taken.".to_owned(),
        met: taken.iter().all(|check| check.matches),
        counts: counts(Basis::Action),
    });
    Ok(asserted.chain(records).chain(steps).collect())
}
