//! The slope chart's data.

use tau_stats::{Interval, Verdict};

use super::forest::TRAITS;
use super::{PATHOLOGICAL_NAMES, Sample};
use crate::{Bounds, Heading, SlopeChart, SlopeLine};

/// A condition from `left` to `right`; the half widths are those of the rates' and of the change's interval.
pub(crate) fn line(
    color: usize,
    name: &str,
    (left, right): (f64, f64),
    half: Option<(f64, f64)>,
    tasks: usize,
) -> SlopeLine {
    let around = |rate: f64, half: f64, least: f64| Bounds {
        low: (rate - half).max(least),
        high: (rate + half).min(1.0),
    };
    let difference = right - left;
    let interval = half.map(|(_, half)| around(difference, half, -1.0));
    SlopeLine {
        condition_id: format!("c{color}"),
        name: name.to_owned(),
        color,
        is_baseline: false,
        left,
        left_interval: half.map(|(half, _)| around(left, half, 0.0)),
        right,
        right_interval: half.map(|(half, _)| around(right, half, 0.0)),
        difference,
        interval,
        verdict: Verdict::of(interval.map(|i| Interval { low: i.low, high: i.high }), 0.05),
        tasks,
    }
}

/// The baseline's line.
pub(crate) fn baseline(rates: (f64, f64), half: Option<(f64, f64)>, tasks: usize) -> SlopeLine {
    let line = line(0, "No traits", rates, half, tasks);
    SlopeLine { condition_id: "baseline".into(), is_baseline: true, ..line }
}

/// A chart of two releases.
pub(crate) fn chart(lines: Vec<SlopeLine>) -> SlopeChart {
    SlopeChart {
        heading: Heading::default(),
        left_run: "run-1".into(),
        left: "Release 4".into(),
        right_run: "run-2".into(),
        right: "Release 5".into(),
        lines,
    }
}

/// The slope chart.
pub(crate) fn slope(sample: Sample) -> SlopeChart {
    match sample {
        Sample::Tiny => chart(vec![
            baseline((1.0, 1.0), None, 3),
            line(0, TRAITS[0], (2.0 / 3.0, 1.0 / 3.0), None, 3),
        ]),
        Sample::Typical => {
            let half = Some((0.12, 0.07));
            chart(vec![
                baseline((0.72, 0.74), Some((0.12, 0.025)), 50),
                line(0, TRAITS[0], (0.60, 0.71), half, 50),
                line(1, TRAITS[1], (0.65, 0.53), half, 50),
                line(2, TRAITS[2], (0.70, 0.69), half, 47),
                line(3, TRAITS[3], (0.66, 0.70), half, 50),
            ])
        }
        Sample::Large => {
            let trait_line = |i: usize| {
                let left = 0.55 + 0.01 * i as f64;
                line(i, TRAITS[i], (left, left - 0.16 + 0.04 * i as f64), Some((0.09, 0.05)), 115)
            };
            let lines = (0..8).map(trait_line);
            chart(
                [baseline((0.66, 0.7), Some((0.08, 0.03)), 115)].into_iter().chain(lines).collect(),
            )
        }
        Sample::Pathological => {
            let rates = [(0.0, 1.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0), (0.5, 0.5)];
            let named = PATHOLOGICAL_NAMES.iter().enumerate();
            let mut lines: Vec<SlopeLine> = named
                .map(|(i, name)| {
                    let half = [Some((0.2, 0.3)), None, Some((0.0, 0.0))][i % 3];
                    line(i, name, rates[i % 5], half, [12_345, 1, 10][i % 3])
                })
                .collect();
            lines.insert(0, baseline((1.0, 1.0), Some((0.1, 0.02)), 12_345));
            SlopeChart {
                heading: Heading {
                    title: Some(PATHOLOGICAL_NAMES.join(" ")),
                    notes: vec![PATHOLOGICAL_NAMES.join(" ")],
                },
                left: PATHOLOGICAL_NAMES[1].into(),
                right: PATHOLOGICAL_NAMES[3].into(),
                ..chart(lines)
            }
        }
    }
}
