//! Which call of the conversation stands for which expected action.

use tau_toolkits::Environment;
use tau_toolkits::grading::{Action, Assertion};

use super::replay::{Carried, Step};
use crate::examine::differing;

/// What became of each expected action, and which calls stand for none.
#[derive(Clone, Debug, Default)]
pub(super) struct Matching {
    /// Expected action -> what became of it.
    pub(super) expected: Vec<Became>,
    /// Calls that changed something and stand for no expected action.
    pub(super) extra: Vec<usize>,
}

/// What became of an expected action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Became {
    /// This call was it.
    Done(usize),
    /// This call of the same tool by the same side had other arguments, or was refused.
    Otherwise(usize),
    /// Nothing stands for it.
    Missing,
}

/// Matches calls with what was expected: first those that are it by the task's own comparison and by the side
/// that was to make them, then those of the same tool whose arguments differ least.
pub(super) fn matched(
    actions: &[(Action, Option<bool>)],
    gold: &Carried,
    made: &Carried,
    solo: bool,
) -> Matching {
    let steps = &made.steps;
    let mut expected = vec![Became::Missing; actions.len()];
    let mut free = vec![true; steps.len()];
    let by_right_side =
        |action: &Action, step: &Step| solo || action.call.requestor == step.call.requestor;
    for (index, (action, _)) in actions.iter().enumerate() {
        let wanted_failed = gold.steps.get(index).is_some_and(|step| step.failed);
        let same = |at: &usize| {
            let step = &steps[*at];
            let fine = !step.failed || wanted_failed;
            free[*at] && fine && by_right_side(action, step) && action.is(&step.call)
        };
        if let Some(at) = (0..steps.len()).find(same) {
            free[at] = false;
            expected[index] = Became::Done(at);
        }
    }
    for (index, (action, _)) in actions.iter().enumerate() {
        if expected[index] != Became::Missing {
            continue;
        }
        let of_tool = |at: &usize| {
            let step = &steps[*at];
            free[*at] && step.call.name == action.call.name && by_right_side(action, step)
        };
        let wanted = gold.steps.get(index).map(|step| &step.values);
        let distance = |at: &usize| match wanted {
            Some(wanted) => differing(wanted, &steps[*at].values).len(),
            None => usize::MAX,
        };
        // A call that equals it and stands for another action already is no try of this one.
        let nearest = (0..steps.len()).filter(of_tool).min_by_key(distance);
        if let Some(at) = nearest.filter(|at| steps[*at].failed || distance(at) > 0) {
            free[at] = false;
            expected[index] = Became::Otherwise(at);
        }
    }
    let extra = (0..steps.len()).filter(|at| free[*at] && steps[*at].writes());
    Matching { expected, extra: extra.collect() }
}

/// Of expected actions that were not taken, those without which what fails would go on failing: carried out at
/// the end of the conversation, each is left out once. All of them where that tells nothing.
pub(super) fn decisive(
    missing: &[usize],
    actions: &[(Action, Option<bool>)],
    end: &Environment,
    assertions: &[&Assertion],
) -> Vec<usize> {
    let met = |left_out: Option<usize>| {
        let mut environment = end.clone();
        for index in missing.iter().filter(|index| Some(**index) != left_out) {
            environment.get_response(&actions[*index].0.call);
        }
        let met = |assertion: &&&Assertion| {
            environment.assertion(&assertion.call) == Ok(assertion.wanted)
        };
        assertions.iter().filter(met).count()
    };
    let all = met(None);
    let needed: Vec<usize> = missing.iter().copied().filter(|one| met(Some(*one)) < all).collect();
    if needed.is_empty() { missing.to_vec() } else { needed }
}
