//! Fidelity in words.

use tau_stats::MIN_TASKS;
use tau_traits::fidelity::MeterSource;

use super::levels::scored;
use super::{
    ConditionShown, Course, FidelityInput, Measured, Mix, Shown, TraitFigures, TraitShown,
};
use crate::BASELINE;
use tau_charts::words;

/// `2.6`, `3`, `−0.4`.
pub(super) fn number(level: f64) -> String {
    let text = format!("{:.1}", level.abs());
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if level < 0.0 && text != "0" { format!("−{text}") } else { text.to_owned() }
}

/// The name of a level, or the number between two stops.
pub(super) fn level_name(levels: &[String], level: f64) -> String {
    let stop = level.round();
    let name = levels.get(stop.max(0.0) as usize);
    match name {
        Some(name) if (level - stop).abs() < 0.05 => name.clone(),
        _ => number(level),
    }
}

/// The name of the nearest stop, as an adverb of "came across as".
fn nearest(levels: &[String], level: f64) -> String {
    let stop = level.round().clamp(0.0, 4.0) as usize;
    levels.get(stop).map_or_else(|| number(level), |name| name.to_lowercase())
}

/// A meter's name in a sentence.
pub(super) fn meter(source: MeterSource) -> &'static str {
    match source {
        MeterSource::Markers => "markers",
        MeterSource::Basis => "the local model's directions",
        MeterSource::Judge => "the judge",
    }
}

/// What became of a trait, as the rest of a sentence about its customers.
pub(super) fn phrase(found: &TraitShown, levels: &[String]) -> String {
    let asked = number(found.asked);
    let Some(by) = found.measured.first() else {
        return "have not been metered".to_owned();
    };
    let Some(level) = by.level.estimate else {
        return "have not been metered".to_owned();
    };
    let measured = format!("measured {} of {asked}", number(level));
    if found.contradicted {
        let each = found.measured.iter().filter_map(|by: &Measured| {
            Some(format!("{} {}", meter(by.source), number(by.level.estimate?)))
        });
        let each: Vec<String> = each.collect();
        return format!(
            "cannot be judged: the meters contradict each other ({} of {asked})",
            words::list(&each)
        );
    }
    match found.shown {
        Shown::Shown if found.stronger => format!(
            "came across stronger than asked, as {} (measured {}, asked {asked}){}",
            nearest(levels, level),
            number(level),
            course(found)
        ),
        Shown::Shown => {
            format!("came across as {} ({measured}){}", nearest(levels, level), course(found))
        }
        Shown::Weak => format!("showed it only weakly ({measured}){}", course(found)),
        Shown::NotShown => {
            let without = by.baseline.estimate.map(number).unwrap_or_default();
            format!("did not show it ({measured}, without traits {without})")
        }
        Shown::CannotTell => {
            let why = if by.baseline.tasks == 0 {
                "there are no customers without traits to compare with".to_owned()
            } else if by.step.tasks < MIN_TASKS {
                format!("{} are too few to tell", words::count(by.step.tasks, "task"))
            } else {
                "the interval holds both no trait and half of it".to_owned()
            };
            format!("cannot be judged: {why} ({measured})")
        }
    }
}

fn course(found: &TraitShown) -> String {
    match &found.stability {
        Some(by) => match by.course {
            Course::Holds => ", to the end".to_owned(),
            Course::Fades => {
                format!(", but it fades (from {} to {})", number(by.early), number(by.late))
            }
            Course::Grows => {
                format!(
                    ", and more so to the end (from {} to {})",
                    number(by.early),
                    number(by.late)
                )
            }
            Course::CannotTell => String::new(),
        },
        None => String::new(),
    }
}

/// A condition's sentence.
pub(super) fn condition(found: &ConditionShown) -> String {
    match found.traits.as_slice() {
        [only] => format!("Customers asked for “{}” {}.", found.name, only.phrase),
        all => {
            let each: Vec<String> =
                all.iter().map(|one| format!("{}: {}", one.name, one.phrase)).collect();
            format!("Customers asked for “{}”. {}.", found.name, each.join("; "))
        }
    }
}

/// The sentence of a run: the worst said first and in full.
pub(super) fn run(conditions: &[ConditionShown]) -> String {
    match conditions {
        [] => "No customer of this run has a trait.".to_owned(),
        [only] => only.sentence.clone(),
        all => {
            let of = |shown: Shown| -> Vec<String> {
                let those = all.iter().filter(|each| each.shown == shown);
                those.map(|each| format!("“{}”", each.name)).collect()
            };
            let groups = [
                (Shown::NotShown, "not shown by the customers asked for it"),
                (Shown::CannotTell, "cannot be judged"),
                (Shown::Weak, "shown only weakly"),
                (Shown::Shown, "shown as asked for"),
            ];
            let parts = groups.into_iter().filter_map(|(shown, what)| {
                let names = of(shown);
                if names.is_empty() {
                    return None;
                }
                if names.len() == all.len() {
                    return Some(match shown {
                        Shown::Shown => format!(
                            "All {} kinds of customers showed what they were asked for.",
                            all.len()
                        ),
                        _ => format!("All {} kinds of customers: {what}.", all.len()),
                    });
                }
                Some(format!("{}: {what}.", words::list(&names)))
            });
            parts.collect::<Vec<_>>().join(" ")
        }
    }
}

/// What must be said wherever the condition's success is shown; empty where all is well.
pub(super) fn check_note(found: &ConditionShown) -> String {
    let worst: Vec<&TraitShown> =
        found.traits.iter().filter(|each| each.shown == found.shown).collect();
    let names = match found.traits.as_slice() {
        [_] => "the trait".to_owned(),
        _ => words::list(&worst.iter().map(|each| each.name.clone()).collect::<Vec<_>>()),
    };
    let figures: Vec<String> = worst
        .iter()
        .filter_map(|each| {
            let level = each.measured.first()?.level.estimate?;
            Some(format!("{} of {}", number(level), number(each.asked)))
        })
        .collect();
    let measured = match figures.is_empty() {
        true => String::new(),
        false => format!(" (measured {})", words::list(&figures)),
    };
    let who = format!("The customers of “{}”", found.name);
    match found.shown {
        Shown::Shown => String::new(),
        Shown::Weak => {
            format!("{who} showed {names} only weakly{measured}: its change may understate it.")
        }
        Shown::NotShown => {
            format!("{who} did not show {names}{measured}, so the change says nothing about it.")
        }
        Shown::CannotTell => {
            format!(
                "Whether the customers of “{}” showed {names} cannot be told{measured}.",
                found.name
            )
        }
    }
}

/// Fidelity and dose-response of a trait.
pub(super) fn trait_figures(found: &TraitFigures) -> String {
    let mut said = Vec::new();
    if let Some(share) = found.pairwise.estimate {
        let range = found.pairwise.interval.map_or_else(String::new, |i| {
            format!(" (95 % CI {})", words::percent_range(i.low, i.high))
        });
        said.push(format!(
            "In {}{range} of {} the customer asked for more shows more.",
            words::percent(share),
            words::count(found.pairs, "pair")
        ));
    }
    let levels: Vec<String> = found
        .points
        .iter()
        .map(|point| format!("{} at {}", number(point.measured), number(point.asked)))
        .collect();
    let rises = match found.monotone {
        Some(true) => "; more asked is more shown",
        Some(false) => "; not each step asked for shows more than the one before",
        None => "",
    };
    let slope = match (found.slope.estimate, found.slope.interval) {
        (Some(slope), Some(i)) => {
            format!(", {slope:.2} levels a level asked for (95 % CI {:.2} to {:.2})", i.low, i.high)
                .replace('-', "−")
        }
        (Some(slope), None) => format!(", {slope:.2} levels a level asked for").replace('-', "−"),
        _ => String::new(),
    };
    said.push(format!("Measured {}{slope}{rises}.", words::list(&levels)));
    said.join(" ")
}

/// A mix.
pub(super) fn mix(found: &Mix) -> String {
    let of = |recognised: Option<bool>| -> Vec<String> {
        let those = found.traits.iter().filter(|each| each.recognised == recognised);
        those.map(|each| each.name.clone()).collect()
    };
    let (kept, lost, open) = (of(Some(true)), of(Some(false)), of(None));
    let verb = |names: &[String], one: &'static str, many: &'static str| {
        if names.len() == 1 { one } else { many }
    };
    if found.all_kept == Some(true) {
        return format!("“{}”: {} can all be recognised.", found.name, words::list(&kept));
    }
    let mut parts = Vec::new();
    if !lost.is_empty() {
        let are = verb(&lost, "is", "are");
        parts.push(format!("{} {are} lost in the mix", words::list(&lost)));
    }
    if !kept.is_empty() {
        parts.push(format!("{} can be recognised", words::list(&kept)));
    }
    if !open.is_empty() {
        parts.push(format!("of {} it cannot be told", words::list(&open)));
    }
    format!("“{}”: {}.", found.name, parts.join("; "))
}

/// What a reader must know besides.
pub(super) fn notes(input: &FidelityInput, conditions: &[ConditionShown]) -> Vec<String> {
    let mut notes = Vec::new();
    if conditions.is_empty() {
        return notes;
    }
    let total = input.conversations.len();
    let left_out = input.conversations.iter().filter(|each| !scored(each)).count();
    if left_out > 0 {
        notes.push(format!(
            "{} of {} without a score are in no figure.",
            words::thousands(left_out),
            words::count(total, "conversation")
        ));
    }
    let unread =
        input.conversations.iter().filter(|each| scored(each) && each.readings.is_empty()).count();
    if unread > 0 {
        notes.push(format!(
            "{} have no message of a customer that could be metered.",
            words::count(unread, "conversation")
        ));
    }
    if !input.conditions.iter().any(|each| each.id == BASELINE) {
        notes.push(
            "The run has no customers without traits, so it cannot be told what the traits added."
                .to_owned(),
        );
    }
    let most = conditions
        .iter()
        .flat_map(|each| &each.traits)
        .flat_map(|each| &each.measured)
        .map(|by| by.level.tasks)
        .max()
        .unwrap_or(0);
    if most > 0 && most < MIN_TASKS {
        notes.push(format!(
            "With fewer than {MIN_TASKS} tasks no intervals are given, and no verdict."
        ));
    }
    notes
}
