//! The flip strip's data.

use super::forest::TRAITS;
use super::{PATHOLOGICAL_NAMES, Sample};
use crate::{Flip, FlipRow, FlipStrip, Heading};

/// A task tried `trials` times, of which so many succeeded without and with the traits.
pub(crate) fn flip(task: usize, (before, after): (u32, u32), trials: u32) -> Flip {
    let share = |passed| f64::from(passed) / f64::from(trials);
    Flip { task_id: format!("retail-{task}"), baseline: share(before), rate: share(after) }
}

/// A condition's strip, its tasks in their order.
pub(crate) fn row(color: usize, name: &str, mut tasks: Vec<Flip>, fell_out: usize) -> FlipRow {
    let change = |flip: &Flip| flip.rate - flip.baseline;
    tasks.sort_by(|a, b| change(a).total_cmp(&change(b)).then(b.baseline.total_cmp(&a.baseline)));
    FlipRow { condition_id: format!("c{color}"), name: name.to_owned(), color, tasks, fell_out }
}

/// Tasks whose successes without and with the traits follow their numbers.
pub(crate) fn tasks(count: usize, trials: u32, shift: usize) -> Vec<Flip> {
    let passed = |task: usize, by: usize| {
        let mixed = (task * 37 + by * 11) % 17;
        match mixed {
            0..=9 => trials,
            10..=12 => trials - trials / 3,
            13..=14 => trials / 3,
            _ => 0,
        }
    };
    let of = |task: usize| {
        let kept = (task * 7 + shift) % 5 < 3;
        let after = if kept { passed(task, 0) } else { passed(task, shift + 3) };
        flip(task, (passed(task, 0), after), trials)
    };
    (0..count).map(of).collect()
}

/// The flip strip.
pub(crate) fn flips(sample: Sample) -> FlipStrip {
    let rows = match sample {
        Sample::Tiny => {
            let tasks = vec![flip(0, (1, 0), 1), flip(1, (1, 1), 1), flip(2, (0, 0), 1)];
            vec![row(0, TRAITS[0], tasks, 0)]
        }
        Sample::Typical => (0..4).map(|i| row(i, TRAITS[i], tasks(50 - i, 3, i), i)).collect(),
        Sample::Large => (0..8).map(|i| row(i, TRAITS[i], tasks(115, 3, i), 0)).collect(),
        Sample::Pathological => {
            let mut rows: Vec<FlipRow> = PATHOLOGICAL_NAMES
                .iter()
                .enumerate()
                .map(|(i, name)| row(i, name, tasks([1, 3, 12, 400][i % 4], 3, i), i * 300))
                .collect();
            // All passed on both sides; nothing scored.
            rows.push(row(9, "All passed", (0..30).map(|i| flip(i, (3, 3), 3)).collect(), 0));
            rows.push(row(10, "Nothing scored", Vec::new(), 50));
            for name in ["", "<b>عملاء</b>"] {
                rows[0].tasks.push(Flip { task_id: name.into(), baseline: 0.0, rate: 1.0 });
            }
            rows
        }
    };
    FlipStrip { heading: Heading::default(), rows }
}
