//! The dot and forest chart's data.

use tau_stats::{Interval, Verdict};

use super::{PATHOLOGICAL_NAMES, Sample};
use crate::{Bounds, ForestChart, ForestRow, Heading, Measure, Shown};

pub(crate) const TRAITS: [&str; 8] = [
    "Impatience",
    "Confusion",
    "Skeptical",
    "Incoherence",
    "Politeness",
    "Verbosity",
    "Distraction",
    "Anger",
];

/// The baseline's row.
pub(crate) fn baseline(level: f64, (passed, scored, planned): (usize, usize, usize)) -> ForestRow {
    ForestRow {
        condition_id: "baseline".into(),
        name: "No traits".into(),
        customers: None,
        color: 0,
        scored,
        planned,
        passed,
        tasks: 0,
        baseline: None,
        rate: Some(level),
        rate_interval: None,
        difference: None,
        interval: None,
        verdict: None,
        shown: None,
    }
}

/// A condition's row: `change` with its interval from the baseline's level on `tasks` tasks with three
/// attempts.
pub(crate) fn row(
    color: usize,
    name: &str,
    (level, change): (f64, f64),
    interval: Option<(f64, f64)>,
    tasks: usize,
) -> ForestRow {
    let bounds = interval.map(|(low, high)| Bounds { low, high });
    let verdict = Verdict::of(interval.map(|(low, high)| Interval { low, high }), 0.05);
    ForestRow {
        condition_id: format!("c{color}"),
        name: name.to_owned(),
        customers: None,
        color,
        scored: tasks * 3,
        planned: tasks * 3,
        passed: ((level + change) * tasks as f64 * 3.0).round().max(0.0) as usize,
        tasks,
        baseline: Some(level),
        rate: Some(level + change),
        rate_interval: None,
        difference: Some(change),
        interval: bounds,
        verdict: Some(verdict),
        shown: None,
    }
}

/// A chart of success.
pub(crate) fn chart(baseline: Option<ForestRow>, rows: Vec<ForestRow>) -> ForestChart {
    ForestChart {
        heading: Heading::default(),
        measure: Measure::Success,
        margin: 0.05,
        baseline_name: None,
        baseline,
        rows,
        trials: 3,
    }
}

/// Success.
pub(crate) fn forest(sample: Sample) -> ForestChart {
    match sample {
        Sample::Tiny => {
            let mut row = row(0, "Impatience", (2.0 / 3.0, -1.0 / 3.0), None, 3);
            (row.scored, row.planned, row.passed) = (3, 3, 1);
            row.customers = Some("impatient customers".into());
            ForestChart { trials: 1, ..chart(Some(baseline(2.0 / 3.0, (2, 3, 3))), vec![row]) }
        }
        Sample::Typical => {
            let mut impatience = row(0, "Impatience", (0.72, -0.12), Some((-0.19, -0.05)), 50);
            impatience.customers = Some("impatient customers".into());
            (impatience.scored, impatience.passed) = (148, 89);
            let mut confusion = row(1, "Confusion", (0.72, -0.07), Some((-0.14, 0.004)), 50);
            confusion.shown = Some(Shown::Weak);
            let mut skeptical = row(2, "Skeptical", (0.71, -0.01), Some((-0.03, 0.02)), 49);
            (skeptical.scored, skeptical.passed, skeptical.shown) =
                (141, 99, Some(Shown::NotShown));
            let incoherence = row(3, "Incoherence", (0.72, 0.06), Some((0.003, 0.12)), 50);
            let heading = Heading {
                title: Some("Does our agent cope with impatient customers?".into()),
                notes: vec![
                    "11 conversations could not be scored: 9 provider errors, 2 time-outs.".into(),
                ],
            };
            let rows = vec![impatience, confusion, skeptical, incoherence];
            ForestChart { heading, ..chart(Some(baseline(0.72, (108, 150, 150))), rows) }
        }
        Sample::Large => {
            let rows = (0..40).map(|i| {
                let change = -0.3 + 0.0125 * f64::from(i);
                let name = TRAITS[i as usize % 8];
                let name = format!("{name} and {}, mix {}", TRAITS[(i as usize + 3) % 8], i + 1);
                row(i as usize, &name, (0.61, change), Some((change - 0.06, change + 0.06)), 115)
            });
            chart(Some(baseline(0.61, (210, 345, 345))), rows.collect())
        }
        Sample::Pathological => {
            let changes = [
                (0.999, -0.999, Some((-1.0, -0.998))),
                (1.0, -1.0, Some((-1.0, -1.0))),
                (0.5, -0.2, Some((-0.9, 0.5))),
                (0.4, -0.004, Some((-0.02, 0.012))),
                (0.5, 0.0, Some((0.0, 0.0))),
                (1.0, 0.0, Some((-0.07, 0.07))),
                (0.0, 0.0, Some((-0.0001, 0.0001))),
                (0.0, 1.0, Some((0.9996, 1.0))),
            ];
            let named = PATHOLOGICAL_NAMES.iter().zip(changes).enumerate();
            let mut rows: Vec<ForestRow> = named
                .map(|(i, (name, (level, change, interval)))| {
                    row(i, name, (level, change), interval, if i == 0 { 12_345 } else { 10 })
                })
                .collect();
            // One task only, and a condition of which nothing is scored.
            rows.push(row(8, PATHOLOGICAL_NAMES[8], (1.0, -1.0), None, 1));
            rows.push(ForestRow {
                scored: 0,
                rate: None,
                baseline: None,
                difference: None,
                verdict: None,
                ..row(9, "Nothing scored", (0.0, 0.0), None, 0)
            });
            let heading = Heading {
                title: Some(PATHOLOGICAL_NAMES.join(" ")),
                notes: vec![PATHOLOGICAL_NAMES.join(" "), String::new()],
            };
            ForestChart {
                heading,
                baseline_name: Some(PATHOLOGICAL_NAMES[0].into()),
                ..chart(Some(baseline(1.0, (30, 30, 30))), rows)
            }
        }
    }
}

/// Effort.
pub(crate) fn effort(sample: Sample, measure: Measure) -> ForestChart {
    // What success's figures become: the level without traits, and what one point of change is.
    let (level, per) = match measure {
        Measure::Success => return forest(sample),
        Measure::Turns => (7.1, 17.5),
        Measure::ToolCalls => (5.4, 9.0),
        Measure::Cost => (0.031, 0.1),
        Measure::Seconds => (94.0, 260.0),
    };
    let chart = forest(sample);
    let flip = |row: &ForestRow| ForestRow {
        passed: 0,
        baseline: row.baseline.map(|_| level),
        rate: row.rate.map(|_| (level - row.difference.unwrap_or_default() * per).max(0.0)),
        difference: row.difference.map(|d| -d * per),
        interval: row.interval.map(|i| Bounds { low: -i.high * per, high: -i.low * per }),
        verdict: row.verdict.map(|verdict| match verdict {
            Verdict::NoMeaningfulChange => Verdict::CannotTell,
            other => other,
        }),
        ..row.clone()
    };
    ForestChart {
        measure,
        baseline: chart.baseline.as_ref().map(flip),
        rows: chart.rows.iter().map(flip).collect(),
        ..chart
    }
}
