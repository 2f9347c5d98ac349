//! The figures themselves.

use std::collections::BTreeMap;

use tau_stats::{TaskMean, mean_slope, task_mean, task_share};
use tau_traits::fidelity::{MeterSource, Third};

use super::levels::{ByTask, Heard, by_task, differences, mean, scored, task_means};
use super::{
    ConditionShown, Course, DosePoint, ENOUGH, Fidelity, FidelityCondition, FidelityInput,
    FidelityTrait, HOLDS, Measured, Mix, Recognised, Shown, Stability, TraitFigures, TraitShown,
    sentence,
};
use crate::BASELINE;
use tau_charts::Bounds;

/// Meters in the order in which they are believed where they do not contradict each other.
const BELIEVED: [MeterSource; 3] = [MeterSource::Judge, MeterSource::Basis, MeterSource::Markers];

pub(super) fn fidelity(input: &FidelityInput) -> Fidelity {
    let conditions: Vec<ConditionShown> = input
        .conditions
        .iter()
        .filter(|condition| !condition.asked.is_empty())
        .map(|condition| condition_shown(input, condition))
        .collect();
    let mixes = input.conditions.iter().zip(shown_of(input, &conditions));
    let mixes: Vec<Mix> = mixes
        .filter(|(condition, _)| condition.asked.len() > 1)
        .filter_map(|(condition, shown)| Some(mix(input, condition, shown?)))
        .collect();
    let traits = input.traits.iter().flat_map(|each| {
        MeterSource::ALL.into_iter().filter_map(|source| trait_figures(input, each, source))
    });
    Fidelity {
        sentence: sentence::run(&conditions),
        shown: conditions.iter().map(|each| each.shown).max(),
        traits: traits.collect(),
        mixes,
        notes: sentence::notes(input, &conditions),
        conditions,
    }
}

fn shown_of<'a>(
    input: &FidelityInput,
    shown: &'a [ConditionShown],
) -> Vec<Option<&'a ConditionShown>> {
    let find = |id: &str| shown.iter().find(|each| each.condition_id == id);
    input.conditions.iter().map(|condition| find(&condition.id)).collect()
}

fn condition_shown(input: &FidelityInput, condition: &FidelityCondition) -> ConditionShown {
    let of = || input.conversations.iter().filter(|each| each.condition_id == condition.id);
    let traits: Vec<TraitShown> = condition
        .asked
        .iter()
        .filter_map(|(id, asked)| {
            let each = input.traits.iter().find(|each| each.id == *id)?;
            Some(trait_shown(input, condition, each, *asked))
        })
        .collect();
    let shown = traits.iter().map(|each| each.shown).max().unwrap_or(Shown::CannotTell);
    let mut found = ConditionShown {
        condition_id: condition.id.clone(),
        name: condition.name.clone(),
        color: condition.color,
        shown,
        sentence: String::new(),
        traits,
        planned: of().count(),
        metered: of().filter(|each| scored(each) && !each.readings.is_empty()).count(),
    };
    found.sentence = sentence::condition(&found);
    found
}

fn trait_shown(
    input: &FidelityInput,
    condition: &FidelityCondition,
    each: &FidelityTrait,
    asked: f64,
) -> TraitShown {
    let mut measured: Vec<Measured> = BELIEVED
        .into_iter()
        .filter_map(|source| measure(input, condition, &each.id, asked, source))
        .collect();
    let says = |shown: Shown| measured.iter().any(|by| by.shown == shown);
    let contradicted = says(Shown::Shown) && says(Shown::NotShown);
    // The first that can tell decides; it is shown first.
    measured.sort_by_key(|by| by.shown == Shown::CannotTell);
    let shown = match measured.first() {
        Some(by) if !contradicted => by.shown,
        _ => Shown::CannotTell,
    };
    let deciding = measured.first();
    let stronger = deciding.is_some_and(|by| {
        by.shown == Shown::Shown
            && by.level.interval.is_some_and(|interval| interval.low > asked)
            && by.level.estimate.is_some_and(|level| level >= asked + 1.0)
    });
    let stability = deciding.and_then(|by| stability(input, condition, &each.id, by.source));
    let mut found = TraitShown {
        trait_id: each.id.clone(),
        name: each.name.clone(),
        asked,
        asked_name: sentence::level_name(&each.levels, asked),
        shown,
        contradicted,
        stronger,
        phrase: String::new(),
        measured,
        stability,
    };
    found.phrase = sentence::phrase(&found, &each.levels);
    found
}

fn measure(
    input: &FidelityInput,
    condition: &FidelityCondition,
    trait_id: &str,
    asked: f64,
    source: MeterSource,
) -> Option<Measured> {
    let here = by_task(input, source, trait_id, &condition.id);
    if here.is_empty() {
        return None;
    }
    let without = by_task(input, source, trait_id, BASELINE);
    let (levels, baseline) = (task_means(&here), task_means(&without));
    let step = task_mean(&differences(&levels, &baseline));
    Some(Measured {
        source,
        level: task_mean(&values(&levels)),
        baseline: task_mean(&values(&baseline)),
        shown: verdict(&step, asked),
        step,
        messages: here.values().flatten().map(|heard| heard.levels.len()).sum(),
        conversations: here.values().map(Vec::len).sum(),
    })
}

/// What a step says beside the level asked for (the table in the module's notes).
fn verdict(step: &TaskMean, asked: f64) -> Shown {
    let mark = ENOUGH * asked;
    match (step.interval, step.estimate) {
        (Some(interval), Some(estimate)) if interval.low > 0.0 => {
            if estimate >= mark {
                Shown::Shown
            } else {
                Shown::Weak
            }
        }
        (Some(interval), _) if interval.high < mark => Shown::NotShown,
        _ => Shown::CannotTell,
    }
}

fn values(tasks: &BTreeMap<&str, f64>) -> Vec<f64> {
    tasks.values().copied().collect()
}

/// Early against late. What customers without traits do by themselves is taken off: they too thank
/// and say goodbye at the end.
fn stability(
    input: &FidelityInput,
    condition: &FidelityCondition,
    trait_id: &str,
    source: MeterSource,
) -> Option<Stability> {
    let here = ends(&by_task(input, source, trait_id, &condition.id));
    let without = ends(&by_task(input, source, trait_id, BASELINE));
    let of = |at: fn(&Ends) -> f64, tasks: &BTreeMap<&str, Ends>| mean(tasks.values().map(at));
    let (early, late) = (of(|e| e.early, &here)?, of(|e| e.late, &here)?);
    let changes: Vec<f64> = here
        .iter()
        .filter_map(|(task, ends)| match without.get(task) {
            Some(other) => Some((ends.late - ends.early) - (other.late - other.early)),
            // Without any baseline the change stands alone; with one, tasks it lacks fall out.
            None if without.is_empty() => Some(ends.late - ends.early),
            None => None,
        })
        .collect();
    let change = task_mean(&changes);
    let (usual_early, usual_late) =
        (of(|e| e.early, &without).unwrap_or(0.0), of(|e| e.late, &without).unwrap_or(0.0));
    let (risen_early, risen_late) = (early - usual_early, late - usual_late);
    Some(Stability {
        early,
        late,
        course: course(&change),
        change,
        ratio: (risen_early >= HOLDS).then(|| risen_late / risen_early),
        conversations: here.values().map(|ends| ends.conversations).sum(),
    })
}

#[derive(Clone, Copy, Debug)]
struct Ends {
    early: f64,
    late: f64,
    conversations: usize,
}

fn ends<'a>(tasks: &ByTask<'a>) -> BTreeMap<&'a str, Ends> {
    tasks
        .iter()
        .filter_map(|(task, all)| {
            let found: Vec<(f64, f64)> = all.iter().filter_map(Heard::ends).collect();
            let early = mean(found.iter().map(|ends| ends.0))?;
            let late = mean(found.iter().map(|ends| ends.1))?;
            Some((*task, Ends { early, late, conversations: found.len() }))
        })
        .collect()
}

fn course(change: &TaskMean) -> Course {
    let (Some(interval), Some(by)) = (change.interval, change.estimate) else {
        return Course::CannotTell;
    };
    if interval.high < 0.0 && by <= -HOLDS {
        Course::Fades
    } else if interval.low > 0.0 && by >= HOLDS {
        Course::Grows
    } else if interval.low > -1.0 && interval.high < 1.0 {
        Course::Holds
    } else {
        Course::CannotTell
    }
}

/// The conditions that speak for a trait alone: those that have nothing else, and the baseline. Where
/// there are none but mixes, the mixes.
fn doses<'a>(input: &'a FidelityInput, trait_id: &str) -> Vec<(f64, &'a FidelityCondition)> {
    let asked = |condition: &FidelityCondition| {
        condition.asked.iter().find(|(id, _)| id == trait_id).map(|(_, level)| *level)
    };
    let with = |alone: bool| -> Vec<(f64, &'a FidelityCondition)> {
        let conditions = input.conditions.iter();
        let conditions = conditions.filter(|each| !alone || each.asked.len() == 1);
        conditions.filter_map(|each| Some((asked(each)?, each))).collect()
    };
    let mut found = with(true);
    if found.is_empty() {
        found = with(false);
    }
    found
        .extend(input.conditions.iter().filter(|each| each.id == BASELINE).map(|each| (0.0, each)));
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found
}

fn trait_figures(
    input: &FidelityInput,
    each: &FidelityTrait,
    source: MeterSource,
) -> Option<TraitFigures> {
    let doses: Vec<(f64, &FidelityCondition, ByTask<'_>)> = doses(input, &each.id)
        .into_iter()
        .map(|(asked, condition)| {
            (asked, condition, by_task(input, source, &each.id, &condition.id))
        })
        .filter(|(_, _, tasks)| !tasks.is_empty())
        .collect();
    if doses.iter().all(|(asked, _, _)| *asked <= 0.0) {
        return None;
    }
    let points: Vec<DosePoint> = doses
        .iter()
        .filter_map(|(asked, condition, tasks)| {
            let level = task_mean(&values(&task_means(tasks)));
            Some(DosePoint {
                condition_id: condition.id.clone(),
                asked: *asked,
                measured: level.estimate?,
                interval: level.interval.map(Bounds::from),
                conversations: tasks.values().map(Vec::len).sum(),
                tasks: level.tasks,
            })
        })
        .collect();
    let (pairwise, pairs) = match (source, judged_pairs(input, &each.id)) {
        (MeterSource::Judge, Some(judged)) => judged,
        _ => pairwise(&doses),
    };
    let mut found = TraitFigures {
        trait_id: each.id.clone(),
        name: each.name.clone(),
        color: each.color,
        source,
        pairwise,
        pairs,
        slope: mean_slope(&responses(&doses)),
        monotone: monotone(&points),
        points,
        sentence: String::new(),
    };
    found.sentence = sentence::trait_figures(&found);
    Some(found)
}

/// Each task's measured levels over asked levels.
fn responses(doses: &[(f64, &FidelityCondition, ByTask<'_>)]) -> Vec<Vec<(f64, f64)>> {
    let mut tasks: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for (asked, _, by_task) in doses {
        for (task, level) in task_means(by_task) {
            tasks.entry(task).or_default().push((*asked, level));
        }
    }
    tasks.into_values().collect()
}

fn monotone(points: &[DosePoint]) -> Option<bool> {
    let mut levels: Vec<(f64, Vec<f64>)> = Vec::new();
    for point in points {
        match levels.last_mut() {
            Some((asked, measured)) if (*asked - point.asked).abs() < 1e-9 => {
                measured.push(point.measured);
            }
            _ => levels.push((point.asked, vec![point.measured])),
        }
    }
    let means: Vec<f64> =
        levels.iter().filter_map(|(_, measured)| mean(measured.iter().copied())).collect();
    (means.len() > 1).then(|| means.windows(2).all(|pair| pair[1] > pair[0]))
}

/// Blind pairs: every message of the customer asked for more against every message of the same third
/// of the same task and attempt of the one asked for less.
fn pairwise(doses: &[(f64, &FidelityCondition, ByTask<'_>)]) -> (TaskMean, usize) {
    let mut shares: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
    let mut comparisons = 0;
    for (at, (low, _, less)) in doses.iter().enumerate() {
        for (_, _, more) in doses[at + 1..].iter().filter(|(high, _, _)| high > low) {
            for (task, highs) in more {
                for high in highs {
                    let lows = less.get(task).into_iter().flatten();
                    for low in lows.filter(|low| low.trial == high.trial) {
                        let (won, pairs) = contest(high, low);
                        let share = shares.entry(task).or_default();
                        *share = (share.0 + won, share.1 + pairs);
                        comparisons += usize::from(pairs > 0);
                    }
                }
            }
        }
    }
    let of: Vec<f64> = shares
        .values()
        .filter(|(_, pairs)| *pairs > 0)
        .map(|(won, pairs)| won / *pairs as f64)
        .collect();
    (task_share(&of, comparisons), shares.values().map(|(_, pairs)| pairs).sum())
}

/// Points won by the first, and pairs.
fn contest(high: &Heard, low: &Heard) -> (f64, usize) {
    let mut won = 0.0;
    let mut pairs = 0;
    for third in [Third::Early, Third::Middle, Third::Late] {
        let lower = low.third(third);
        for more in high.third(third) {
            for less in &lower {
                won += point(more, *less);
                pairs += 1;
            }
        }
    }
    (won, pairs)
}

fn point(more: f64, less: f64) -> f64 {
    if (more - less).abs() < 1e-9 {
        0.5
    } else if more > less {
        1.0
    } else {
        0.0
    }
}

/// What a judging model said of pairs, where it was asked.
fn judged_pairs(input: &FidelityInput, trait_id: &str) -> Option<(TaskMean, usize)> {
    let mut tasks: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for pair in input.pairs.iter().filter(|pair| pair.trait_id == trait_id) {
        tasks.entry(&pair.task_id).or_default().push(pair.won);
    }
    let pairs = tasks.values().map(Vec::len).sum();
    let shares: Vec<f64> = tasks.values().filter_map(|won| mean(won.iter().copied())).collect();
    (pairs > 0).then(|| (task_share(&shares, pairs), pairs))
}

fn mix(input: &FidelityInput, condition: &FidelityCondition, shown: &ConditionShown) -> Mix {
    let traits: Vec<Recognised> = shown
        .traits
        .iter()
        .map(|each| Recognised {
            trait_id: each.trait_id.clone(),
            name: each.name.clone(),
            recognised: match each.shown {
                Shown::Shown | Shown::Weak => Some(true),
                Shown::NotShown => Some(false),
                Shown::CannotTell => None,
            },
            share: each
                .measured
                .first()
                .and_then(|by| above(input, condition, &each.trait_id, by.source)),
        })
        .collect();
    let all_kept = if traits.iter().any(|each| each.recognised == Some(false)) {
        Some(false)
    } else if traits.iter().all(|each| each.recognised == Some(true)) {
        Some(true)
    } else {
        None
    };
    let mut found = Mix {
        condition_id: condition.id.clone(),
        name: condition.name.clone(),
        traits,
        all_kept,
        sentence: String::new(),
    };
    found.sentence = sentence::mix(&found);
    found
}

/// Share of conversations above the baseline's of the same task and attempt.
fn above(
    input: &FidelityInput,
    condition: &FidelityCondition,
    trait_id: &str,
    source: MeterSource,
) -> Option<f64> {
    let without = by_task(input, source, trait_id, BASELINE);
    let here = by_task(input, source, trait_id, &condition.id);
    let points = here.iter().flat_map(|(task, all)| {
        let others = without.get(task);
        all.iter().filter_map(move |heard| {
            let other = others?.iter().find(|other| other.trial == heard.trial)?;
            Some(point(heard.mean(), other.mean()))
        })
    });
    mean(points)
}
