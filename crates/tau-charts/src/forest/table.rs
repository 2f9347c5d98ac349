//! The drawn data of the chart.

use super::sentence::verdict_word;
use super::unit::Unit;
use super::{ForestChart, ForestRow, Measure};
use crate::language::Arg;
use crate::{Cell, DataTable, Language, Shown};

/// A row a condition, the baseline first; rates in percent, differences in points; effort in turns, calls,
/// US dollars and seconds.
pub(super) fn table(chart: &ForestChart, language: Language) -> DataTable {
    let unit = Unit::of(chart, language);
    let success = chart.measure == Measure::Success;
    let args: [(&str, Arg); 3] = [
        ("measure", unit.measure_key().into()),
        ("named", if chart.baseline_name.is_some() { "yes" } else { "no" }.into()),
        ("baseline", chart.baseline_name.clone().unwrap_or_default().into()),
    ];
    let columns = ["id", "name", "planned", "scored"]
        .into_iter()
        .chain(success.then_some("passed"))
        .chain(["tasks", "baseline", "level", "change", "low", "high", "verdict", "trait"])
        .map(|column| language.say(&format!("forest-column-{column}"), &args));
    let (factor, places) = match chart.measure {
        Measure::Success => (100.0, 2),
        Measure::Turns | Measure::ToolCalls | Measure::Seconds => (1.0, 2),
        Measure::Cost => (1.0, 6),
    };
    let figure = |value| Cell::figure(value, factor, places);
    let row = |row: &ForestRow| {
        let mut cells = vec![
            Cell::text(&row.condition_id),
            Cell::text(&row.name),
            Cell::count(row.planned),
            Cell::count(row.scored),
        ];
        cells.extend(success.then(|| Cell::count(row.passed)));
        cells.extend([
            Cell::count(row.tasks),
            figure(row.baseline),
            figure(row.rate),
            figure(row.difference),
            figure(row.interval.map(|i| i.low)),
            figure(row.interval.map(|i| i.high)),
            row.verdict.map_or(Cell::Empty, |_| Cell::text(verdict_word(row, &unit))),
            row.shown.map_or(Cell::Empty, |shown| Cell::text(shown_word(shown, language))),
        ]);
        cells
    };
    DataTable {
        columns: columns.collect(),
        rows: chart.baseline.iter().chain(&chart.rows).map(row).collect(),
    }
}

/// Whether customers showed their trait, in words.
pub(super) fn shown_word(shown: Shown, language: Language) -> String {
    language.shown(shown).unwrap_or_else(|| language.word("shown-shown"))
}
