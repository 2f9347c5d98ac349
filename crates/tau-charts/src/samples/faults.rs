//! Data of the fault stacks.

use super::{PATHOLOGICAL_NAMES, Sample, spread};
use crate::{FaultRow, FaultStack, Heading};

pub(crate) fn faults(sample: Sample) -> FaultStack {
    let rows = match sample {
        Sample::Tiny => vec![
            row("baseline", "Without traits", (3, 0), [0, 1, 0, 0, 0]),
            row("trait-0", "Impatience: Strong", (3, 0), [1, 0, 0, 0, 1]),
        ],
        Sample::Typical => vec![
            row("baseline", "Without traits", (150, 0), [3, 31, 1, 2, 5]),
            row("trait-0", "Impatience: Strong", (147, 3), [9, 44, 2, 1, 8]),
            row("trait-1", "Confusion: Clear", (150, 0), [14, 30, 0, 2, 4]),
            row("trait-2", "Skepticism: Strong", (149, 1), [5, 40, 1, 0, 6]),
            row("trait-3", "Incoherence: Extreme", (146, 4), [31, 52, 3, 4, 0]),
        ],
        Sample::Large => (0..9)
            .map(|i| {
                let of = |place: usize, most: f64| (spread(5 * i + place) * most) as usize;
                let parts = [of(0, 60.0), of(1, 120.0), of(2, 12.0), of(3, 9.0), of(4, 90.0)];
                let name = match i {
                    0 => "Without traits".to_owned(),
                    _ => format!("Trait {i}: Strong"),
                };
                row(&format!("trait-{i}"), &name, (345, i % 3), parts)
            })
            .collect(),
        Sample::Pathological => PATHOLOGICAL_NAMES
            .iter()
            .enumerate()
            .map(|(i, name)| {
                let (counts, parts) = [
                    // Nothing scored, all passed, one task, all failed in one way, one in a thousand.
                    ((0, 1_250_000), [0; 5]),
                    ((500, 0), [0; 5]),
                    ((1, 0), [0, 0, 0, 1, 0]),
                    ((12_480, 12), [0, 12_480, 0, 0, 0]),
                    ((12_480, 1), [1, 1, 1, 1, 12_476]),
                ][i % 5];
                row(&format!("trait-{i}"), name, counts, parts)
            })
            .collect(),
    };
    let heading = match sample {
        Sample::Pathological => Heading {
            title: Some(PATHOLOGICAL_NAMES[1].into()),
            notes: vec![PATHOLOGICAL_NAMES[0].into()],
        },
        _ => Heading::default(),
    };
    FaultStack { heading, rows }
}

fn row(id: &str, name: &str, (scored, not_scored): (usize, usize), parts: [usize; 5]) -> FaultRow {
    let [user, agent, environment, grader, unjudged] = parts;
    FaultRow {
        condition_id: id.to_owned(),
        name: name.to_owned(),
        scored,
        not_scored,
        user,
        agent,
        environment,
        grader,
        unjudged,
    }
}
