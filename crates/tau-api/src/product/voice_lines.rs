//! What a run's set-up says of its customers: how traits reach them, what was measured of the voice,
//! what was capped, and which words are the person's own.

use tau_runs::{CustomerStrategy, RunPlan};

/// Label and value of each line.
pub(super) fn voice_lines(plan: &RunPlan) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    let customer = &plan.customer;
    if plan.imported.is_none() && !plan.is_solo() && customer.strategy != CustomerStrategy::Human {
        lines.push(("Traits reach the customer", how(plan)));
    }
    if !customer.curves.is_empty() {
        let days: Vec<&str> = customer.curves.iter().map(|curve| day(&curve.made_at)).collect();
        let newest = days.iter().max().copied().unwrap_or_default();
        let rising = customer.curves.iter().filter(|curve| curve.monotone()).count();
        let all = customer.curves.len();
        let used = match rising == all {
            true => "levels are played as measured".to_owned(),
            false => {
                format!("{rising} of {all} traits rose at each step; the others are played as told")
            }
        };
        lines.push(("Voice measured", format!("{newest}; {used}")));
    }
    let capped: Vec<String> = plan
        .conditions
        .iter()
        .map(|condition| (condition, condition.mix.capped()))
        .filter(|(_, capped)| capped.is_less())
        .map(|(condition, capped)| {
            format!("{} at {:.0} % of each level", condition.name, capped.factor * 100.0)
        })
        .collect();
    if !capped.is_empty() && (customer.reanchor || !customer.strategy.is_prompted()) {
        lines.push(("Played within the cap", capped.join("; ")));
    }
    let shipped = tau_traits::TraitSet::shipped();
    let own: Vec<&str> = plan
        .traits
        .iter()
        .filter(|each| shipped.get(&each.id).is_none())
        .map(|each| each.name.as_str())
        .collect();
    if !own.is_empty() {
        lines.push((
            "Traits of your own",
            format!("{} (their words are kept with the run)", own.join(", ")),
        ));
    }
    lines
}

fn how(plan: &RunPlan) -> String {
    let customer = &plan.customer;
    match customer.strategy {
        CustomerStrategy::Practice => "by a script, not a real model".to_owned(),
        CustomerStrategy::TraitMix => "by name and level, to a steer service".to_owned(),
        CustomerStrategy::Local => {
            "by steering the model's activations on this computer".to_owned()
        }
        _ if customer.reanchor => "in words, with a reminder at each turn".to_owned(),
        _ => "in words, once at the beginning".to_owned(),
    }
}

/// The day of a time.
fn day(at: &str) -> &str {
    at.get(..10).unwrap_or(at)
}
