//! Data of the bars of failure tags.

use super::{PATHOLOGICAL_NAMES, Sample, spread};
use crate::{Bounds, Column, Heading, TagBars, TagCell, TagRow};

const TAGS: [(&str, &str); 9] = [
    ("wrong_arguments", "Wrong arguments to a tool"),
    ("wrong_tool", "Wrong tool"),
    ("policy_broken", "Policy not followed"),
    ("gave_up", "Gave up or handed over too early"),
    ("wrong_answer", "Told the customer something wrong"),
    ("not_finished", "Part of the request left undone"),
    ("loop", "Went in circles"),
    ("no_confirmation", "Acted without asking for confirmation"),
    ("other", "Other"),
];

pub(crate) fn tags(sample: Sample) -> TagBars {
    match sample {
        Sample::Tiny => TagBars {
            heading: Heading::default(),
            columns: columns(&["Without traits", "Impatience: Strong"]),
            has_baseline: true,
            rows: TAGS[..2].iter().map(|tag| row(*tag, 0, &[3, 3], 0.3)).collect(),
        },
        Sample::Typical => TagBars {
            heading: Heading::default(),
            columns: columns(&["Without traits", "Impatience: Strong", "Confusion: Clear"]),
            has_baseline: true,
            rows: (0..5)
                .map(|i| row(TAGS[i], i, &[150, 147, 150], 0.24 / (1.0 + i as f64)))
                .collect(),
        },
        Sample::Large => TagBars {
            heading: Heading::default(),
            columns: columns(&[
                "Without traits",
                "Impatience: Strong",
                "Confusion: Strong",
                "Skepticism: Strong",
                "Incoherence: Strong",
                "Impatience: Extreme",
                "Verbosity: Clear",
                "Forgetfulness: Strong",
                "Impatience and confusion",
            ]),
            has_baseline: true,
            rows: (0..27)
                .map(|i| {
                    let (tag, name) = TAGS[i % TAGS.len()];
                    let name = if i < TAGS.len() { name.to_owned() } else { format!("{name} {i}") };
                    row((tag, &name), i, &[345; 9], 0.4 / (1.0 + i as f64))
                })
                .collect(),
        },
        Sample::Pathological => pathological(),
    }
}

fn pathological() -> TagBars {
    let rows = PATHOLOGICAL_NAMES
        .iter()
        .enumerate()
        .map(|(i, name)| TagRow {
            tag: format!("tag-{i}"),
            name: (*name).to_owned(),
            cells: (0..PATHOLOGICAL_NAMES.len())
                .map(|column| match (i + column) % 4 {
                    _ if column == 0 => cell(0, 12_480, Some(0.0), None),
                    0 => TagCell { share: None, ..cell(0, 0, None, None) },
                    1 => cell(12_480, 12_480, Some(1.0), Some(0.0)),
                    2 => cell(1, 12_480, Some(0.000_08), Some(0.5)),
                    _ => cell(1, 1, Some(1.0), None),
                })
                .collect(),
        })
        .collect();
    TagBars {
        heading: Heading {
            title: Some(PATHOLOGICAL_NAMES[5].into()),
            notes: vec![PATHOLOGICAL_NAMES[2].into()],
        },
        columns: columns(&PATHOLOGICAL_NAMES),
        has_baseline: true,
        rows,
    }
}

fn columns(names: &[&str]) -> Vec<Column> {
    let column = |(i, name): (usize, &&str)| Column {
        id: if i == 0 { "baseline".into() } else { format!("trait-{}", i - 1) },
        name: (*name).to_owned(),
        color: i.saturating_sub(1),
    };
    names.iter().enumerate().map(column).collect()
}

/// `half`: half of the interval's width; the difference is the share itself.
fn cell(count: usize, scored: usize, share: Option<f64>, half: Option<f64>) -> TagCell {
    TagCell {
        count,
        scored,
        share,
        difference: share.filter(|_| half.is_some()),
        interval: share.zip(half).map(|(share, half)| Bounds {
            low: (share - half).max(-1.0),
            high: (share + half).min(1.0),
        }),
    }
}

fn row((tag, name): (&str, &str), place: usize, scored: &[usize], base: f64) -> TagRow {
    let share = |column: usize| match column {
        0 => base,
        _ => base * (0.7 + 0.9 * spread(3 * place + column)),
    };
    let cells = scored.iter().enumerate().map(|(column, scored)| {
        let rate = share(column);
        let difference = (column > 0).then_some(rate - base);
        TagCell {
            count: (rate * *scored as f64).round() as usize,
            scored: *scored,
            share: Some(rate),
            difference,
            interval: difference
                .filter(|_| *scored >= 10)
                .map(|d| Bounds { low: d - 0.04, high: d + 0.04 }),
        }
    });
    TagRow { tag: tag.to_owned(), name: name.to_owned(), cells: cells.collect() }
}
