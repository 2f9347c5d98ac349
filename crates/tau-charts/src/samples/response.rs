//! Data of dose and response.

use super::{PATHOLOGICAL_NAMES, Sample, spread};
use crate::{
    Bounds, Heading, Measured, ResponseChart, ResponsePoint, ResponseSeries, ResponseSlope,
};

pub(crate) fn response(sample: Sample) -> ResponseChart {
    let all = [0.0, 1.0, 2.0, 3.0, 4.0];
    let traits = match sample {
        Sample::Tiny => vec![series("Impatience", 0, &[0.0, 3.0], 0.66, -0.11, 3)],
        Sample::Typical => vec![
            series("Impatience", 0, &all, 0.72, -0.04, 50),
            series("Confusion", 1, &[0.0, 2.0, 4.0], 0.72, -0.01, 50),
            series("Skepticism", 2, &[0.0, 3.0], 0.72, -0.03, 48),
            series("Incoherence", 3, &all, 0.72, -0.09, 50),
        ],
        Sample::Large => (0..8)
            .map(|i| {
                let slope = -0.12 * spread(i) + 0.02;
                series(&format!("Trait {}", i + 1), i, &all, 0.78, slope, 115)
            })
            .collect(),
        Sample::Pathological => PATHOLOGICAL_NAMES
            .iter()
            .enumerate()
            .map(|(i, name)| match i % 4 {
                0 => ResponseSeries {
                    points: vec![ResponsePoint {
                        rate: None,
                        interval: None,
                        measured: None,
                        ..point(i, 4.0, 0.0, 0)
                    }],
                    ..series(name, i, &[], 0.0, 0.0, 1)
                },
                1 => series(name, i, &[0.0, 0.5, 4.0], 1.0, 0.0, 50),
                2 => series(name, i, &[0.0, 4.0], 1.0, -0.25, 1),
                _ => series(name, i, &all, 0.0, 0.0, 10),
            })
            .collect(),
    };
    let heading = match sample {
        Sample::Pathological => Heading {
            title: Some(PATHOLOGICAL_NAMES[0].into()),
            notes: vec![PATHOLOGICAL_NAMES[4].into()],
        },
        _ => Heading::default(),
    };
    ResponseChart { heading, traits }
}

fn point(trait_: usize, level: f64, rate: f64, tasks: usize) -> ResponsePoint {
    let rate = rate.clamp(0.0, 1.0);
    let around = |value: f64, half: f64, end: f64| {
        let bounds = Bounds { low: (value - half).max(0.0), high: (value + half).min(end) };
        (tasks >= 10).then_some(bounds)
    };
    let measured = (level * (0.6 + 0.35 * spread(trait_)) + 0.15).min(4.0);
    ResponsePoint {
        condition_id: match level {
            0.0 => "baseline".into(),
            _ => format!("trait-{trait_}-{level}"),
        },
        level,
        rate: Some(rate),
        interval: around(rate, 0.12, 1.0),
        tasks,
        measured: Some(Measured { value: measured, interval: around(measured, 0.35, 4.0) }),
    }
}

fn series(
    name: &str,
    color: usize,
    levels: &[f64],
    from: f64,
    slope: f64,
    tasks: usize,
) -> ResponseSeries {
    ResponseSeries {
        trait_id: format!("trait-{color}"),
        name: name.to_owned(),
        color,
        points: levels
            .iter()
            .map(|level| point(color, *level, from + slope * level, tasks))
            .collect(),
        slope: (tasks >= 10).then_some(ResponseSlope {
            per_level: slope,
            interval: Some(Bounds { low: slope - 0.02, high: slope + 0.02 }),
            tasks,
        }),
    }
}
