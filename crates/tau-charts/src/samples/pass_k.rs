//! Data of the curves of pass^k.

use super::{PATHOLOGICAL_NAMES, Sample, spread};
use crate::{Bounds, Heading, PassKChart, PassKPoint, PassKSeries};

pub(crate) fn pass_k(sample: Sample) -> PassKChart {
    let series = match sample {
        Sample::Tiny => vec![
            series("Without traits", None, 0.66, &[3]),
            series("Impatience: Strong", Some(0), 0.33, &[3]),
        ],
        Sample::Typical => vec![
            series("Without traits", None, 0.72, &[50, 50, 48]),
            series("Impatience: Strong", Some(0), 0.55, &[50, 49, 46]),
            series("Confusion: Clear", Some(1), 0.7, &[50, 50, 50]),
            series("Skepticism: Strong", Some(2), 0.64, &[50, 50, 50]),
            series("Incoherence: Extreme", Some(3), 0.41, &[50, 50, 47]),
        ],
        Sample::Large => {
            let tasks = [115, 115, 115, 114, 112, 110, 100, 9];
            let condition = |i: usize| {
                let rate = 0.3 + 0.5 * spread(i);
                series(&format!("Trait {}: Strong", i + 1), Some(i), rate, &tasks)
            };
            let baseline = series("Without traits", None, 0.8, &tasks);
            [baseline].into_iter().chain((0..8).map(condition)).collect()
        }
        Sample::Pathological => {
            let rates = [0.0, 1.0, 0.5, 0.999, 0.001];
            let condition = |(i, name): (usize, &&str)| match i % 4 {
                0 => series(name, Some(i), rates[i % rates.len()], &[]),
                1 => series(name, Some(i), rates[i % rates.len()], &[1]),
                2 => series(name, Some(i), 1.0, &[10, 10, 10, 10, 1, 1, 1, 1]),
                _ => series(name, Some(i), 0.0, &[50; 12]),
            };
            let baseline = series(PATHOLOGICAL_NAMES[0], None, 1.0, &[50; 12]);
            let conditions = PATHOLOGICAL_NAMES.iter().enumerate().map(condition);
            [baseline].into_iter().chain(conditions).collect()
        }
    };
    let heading = match sample {
        Sample::Pathological => Heading {
            title: Some(PATHOLOGICAL_NAMES[1].into()),
            notes: vec![PATHOLOGICAL_NAMES[3].into()],
        },
        _ => Heading::default(),
    };
    PassKChart { heading, series }
}

fn series(name: &str, color: Option<usize>, rate: f64, tasks: &[usize]) -> PassKSeries {
    let point = |(i, tasks): (usize, &usize)| {
        // Attempts of a task go together: the chance falls more slowly than by powers.
        let value = rate.powf(1.0 + 0.55 * i as f64);
        let enough = *tasks >= 10;
        let around = |value: f64, half: f64| {
            enough.then_some(Bounds { low: value - half, high: value + half })
        };
        let difference = color.map(|_| value - 0.72_f64.powf(1.0 + 0.55 * i as f64));
        PassKPoint {
            k: i + 1,
            value,
            interval: around(value, 0.1)
                .map(|i| Bounds { low: i.low.clamp(0.0, 1.0), high: i.high.clamp(0.0, 1.0) }),
            tasks: *tasks,
            difference,
            difference_interval: difference.and_then(|difference| around(difference, 0.08)),
        }
    };
    PassKSeries {
        condition_id: color.map_or("baseline".into(), |i| format!("trait-{i}")),
        name: name.to_owned(),
        color: color.unwrap_or_default(),
        is_baseline: color.is_none(),
        points: tasks.iter().enumerate().map(point).collect(),
    }
}
