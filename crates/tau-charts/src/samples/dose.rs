//! Data of the dose curves.

use super::{PATHOLOGICAL_NAMES, Sample, spread};
use crate::{DoseChart, DosePoint, DoseScale, DoseSeries, Heading};

pub(crate) fn dose(sample: Sample) -> DoseChart {
    let rising = [0.2, 1.1, 2.0, 2.8, 3.6];
    let voices = match sample {
        Sample::Tiny => vec![DoseSeries {
            points: vec![point(3.0, 2.1, 0.0)],
            ..series("Impatience, by markers", 0, DoseScale::Level, &rising)
        }],
        Sample::Typical => vec![
            series("gpt-4o, told in words", 0, DoseScale::Level, &rising),
            series("a steer service", 1, DoseScale::Level, &[0.1, 0.9, 1.5, 2.6, 2.6]),
            series("a model here", 2, DoseScale::Contrast, &[-0.8, -0.4, 0.0, 0.4, 0.7]),
        ],
        Sample::Large => (0..12)
            .map(|i| {
                let effects = rising.map(|effect| effect * (0.3 + 0.7 * spread(i)));
                series(&format!("Voice {}", i + 1), i, DoseScale::Level, &effects)
            })
            .collect(),
        Sample::Pathological => PATHOLOGICAL_NAMES
            .iter()
            .enumerate()
            .map(|(i, name)| match i % 3 {
                0 => series(name, i, DoseScale::Level, &[0.0, 4.0, 0.0, 4.0, 4.0]),
                1 => series(name, i, DoseScale::Contrast, &[-99.0, 0.0, 0.001, 7.0, 1_000.0]),
                _ => series(name, i, DoseScale::Level, &[]),
            })
            .collect(),
    };
    let heading = match sample {
        Sample::Pathological => Heading {
            title: Some(PATHOLOGICAL_NAMES[0].into()),
            notes: vec![PATHOLOGICAL_NAMES[7].into()],
        },
        _ => Heading::default(),
    };
    DoseChart { heading, trait_name: "Impatience".into(), voices }
}

fn point(level: f64, effect: f64, half: f64) -> DosePoint {
    DosePoint {
        level,
        effect,
        low: effect - half,
        high: effect + half,
        condition_id: Some(format!("level-{level}")),
        label: String::new(),
    }
}

fn series(name: &str, color: usize, scale: DoseScale, effects: &[f64]) -> DoseSeries {
    let points = (0..).zip(effects).map(|(level, effect)| point(f64::from(level), *effect, 0.3));
    let points = points.collect();
    DoseSeries { name: name.to_owned(), color, scale, points, sentence: String::new() }
}
