//! Data of the heat map.

use tau_stats::{Interval, Verdict};

use super::{PATHOLOGICAL_NAMES, Sample, spread};
use crate::{Bounds, Column, Heading, HeatCell, HeatLine, HeatMap, HeatRows, Shown};

pub(crate) fn heat(sample: Sample) -> HeatMap {
    match sample {
        Sample::Tiny => HeatMap {
            heading: Heading::default(),
            rows: HeatRows::Models,
            columns: columns(&["Impatience: Strong"]),
            lines: vec![HeatLine {
                run: "run-1".into(),
                name: "gpt-4o".into(),
                baseline: Some(2.0 / 3.0),
                cells: vec![Some(cell(-1.0 / 3.0, None, 3, 1))],
            }],
        },
        Sample::Typical => typical(),
        Sample::Large => large(),
        Sample::Pathological => pathological(),
    }
}

fn columns(names: &[&str]) -> Vec<Column> {
    names
        .iter()
        .enumerate()
        .map(|(i, name)| Column { id: format!("trait-{i}"), name: (*name).to_owned(), color: i })
        .collect()
}

fn cell(difference: f64, half: Option<f64>, tasks: usize, trials: usize) -> HeatCell {
    let interval = half.map(|half| Bounds {
        low: (difference - half).max(-1.0),
        high: (difference + half).min(1.0),
    });
    let as_interval = interval.map(|i| Interval { low: i.low, high: i.high });
    HeatCell {
        difference: Some(difference),
        interval,
        verdict: Some(Verdict::of(as_interval, 0.05)),
        tasks,
        scored: tasks * trials,
        planned: tasks * trials,
        shown: Some(Shown::Shown),
        marked: false,
    }
}

fn typical() -> HeatMap {
    let names =
        ["Impatience: Strong", "Confusion: Clear", "Skepticism: Strong", "Incoherence: Extreme"];
    let line = |name: &str, run: &str, baseline, changes: [f64; 4]| HeatLine {
        run: run.into(),
        name: name.into(),
        baseline: Some(baseline),
        cells: changes.map(|change| Some(cell(change, Some(0.07), 50, 3))).to_vec(),
    };
    let mut airline = line("airline", "run-1", 0.48, [-0.12, -0.03, 0.02, -0.24]);
    let mut retail = line("retail", "run-2", 0.71, [-0.05, 0.09, -0.08, -0.17]);
    // Some conversations were not scored, and one trait was not shown.
    if let Some(cell) = &mut airline.cells[1] {
        cell.scored -= 7;
        cell.tasks = 48;
        cell.shown = Some(Shown::NotShown);
    }
    if let Some(cell) = &mut retail.cells[0] {
        cell.shown = Some(Shown::Weak);
    }
    let mut telecom = line("telecom", "run-3", 0.34, [-0.04, -0.11, 0.0, -0.3]);
    telecom.cells[2] = None;
    HeatMap {
        heading: Heading {
            title: Some("Change of success by domain".into()),
            notes: vec!["7 of 1,800 conversations had no score and are left out.".into()],
        },
        rows: HeatRows::Domains,
        columns: columns(&names),
        lines: vec![airline, retail, telecom],
    }
}

fn large() -> HeatMap {
    let names = [
        "Impatience: Strong",
        "Confusion: Strong",
        "Skepticism: Strong",
        "Incoherence: Strong",
        "Impatience: Extreme",
        "Verbosity: Clear",
        "Forgetfulness: Strong",
        "Impatience and confusion",
    ];
    let models = [
        "gpt-4o",
        "gpt-4.1-mini",
        "claude-sonnet-4-5",
        "claude-haiku-4-5",
        "gemini-2.5-pro",
        "gemini-2.5-flash",
        "Qwen3-235B-A22B-Instruct",
        "Llama-3.3-70B-Instruct",
        "mistral-large-2411",
        "DeepSeek-V3.1",
        "grok-4-fast",
        "Kimi-K2-Instruct-0905",
    ];
    let line = |row: usize, name: &str| HeatLine {
        run: format!("run-{row}"),
        name: name.into(),
        baseline: Some(0.4 + 0.4 * spread(row)),
        cells: (0..names.len())
            .map(|column| {
                let place = row * names.len() + column;
                let change = -0.38 * spread(place) * spread(place + 7) + 0.06 * spread(place + 3);
                let mut cell = cell(change, Some(0.05 + 0.03 * spread(place)), 115, 3);
                cell.marked = row == 4;
                cell.shown = match place % 17 {
                    3 => Some(Shown::Weak),
                    8 => Some(Shown::NotShown),
                    12 => Some(Shown::CannotTell),
                    _ => cell.shown,
                };
                (place % 23 != 5).then_some(cell)
            })
            .collect(),
    };
    HeatMap {
        heading: Heading::default(),
        rows: HeatRows::Models,
        columns: columns(&names),
        lines: models.iter().enumerate().map(|(row, name)| line(row, name)).collect(),
    }
}

fn pathological() -> HeatMap {
    let extremes = [-1.0, 1.0, 0.0, -0.999, 0.001, -0.5, 0.5, -0.05, 0.05];
    let line = |row: usize, name: &str| HeatLine {
        run: String::new(),
        name: name.into(),
        baseline: [None, Some(0.0), Some(1.0)][row % 3],
        cells: (0..PATHOLOGICAL_NAMES.len())
            .map(|column| {
                let change = extremes[(row + column) % extremes.len()];
                Some(match (row + 2 * column) % 5 {
                    0 => HeatCell { difference: None, ..nothing() },
                    1 => cell(change, None, 1, 1),
                    2 => cell(change, Some(1.0), 10, 1),
                    3 => cell(change, Some(0.0), 50, 1),
                    _ => return None,
                })
            })
            .collect(),
    };
    HeatMap {
        heading: Heading {
            title: Some(PATHOLOGICAL_NAMES[0].into()),
            notes: PATHOLOGICAL_NAMES.iter().map(|&name| name.to_owned()).collect(),
        },
        rows: HeatRows::Models,
        columns: columns(&PATHOLOGICAL_NAMES),
        lines: PATHOLOGICAL_NAMES.iter().enumerate().map(|(row, name)| line(row, name)).collect(),
    }
}

/// Planned, and nothing scored.
fn nothing() -> HeatCell {
    HeatCell {
        difference: None,
        interval: None,
        verdict: None,
        tasks: 0,
        scored: 0,
        planned: 30,
        shown: None,
        marked: false,
    }
}
