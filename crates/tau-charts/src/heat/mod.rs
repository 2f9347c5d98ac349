//! The heat map: models or domains down, traits across, the change in points in each cell.

mod layout;
mod paint;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use tau_stats::Verdict;

use crate::canvas::svg;
use crate::language::args;
use crate::spec::Chart;
use crate::{Bounds, Cell, ChartError, Column, DataTable, Drawing, Heading, Language, Look, Shown};
use layout::Layout;

/// What the lines are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeatRows {
    /// Agents' models.
    Models,
    /// Domains.
    Domains,
}

/// The chart's data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatMap {
    /// Title and notes.
    pub heading: Heading,
    /// What the lines are.
    pub rows: HeatRows,
    /// The conditions, in the order of their colours.
    pub columns: Vec<Column>,
    /// The lines.
    pub lines: Vec<HeatLine>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatLine {
    /// The run to open; empty where the line joins several.
    pub run: String,
    /// The model or the domain, with what else tells lines apart.
    pub name: String,
    /// Success without traits, 0 to 1.
    pub baseline: Option<f64>,
    /// One cell a column; `None` where it was not run.
    pub cells: Vec<Option<HeatCell>>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatCell {
    /// Difference from the baseline, as a rate; `None` where nothing was compared.
    pub difference: Option<f64>,
    /// Its 95 % interval; `None` below ten tasks. A cell whose interval holds 0 is hatched.
    pub interval: Option<Bounds>,
    /// What the comparison says.
    pub verdict: Option<Verdict>,
    /// Tasks compared.
    pub tasks: usize,
    /// Conversations scored.
    pub scored: usize,
    /// Conversations planned.
    pub planned: usize,
    /// Whether the customers showed their traits.
    pub shown: Option<Shown>,
    /// Whether the baseline differs in more than the customers.
    pub marked: bool,
}

/// A cell that was compared, with its names.
struct Compared<'a> {
    line: &'a HeatLine,
    column: &'a Column,
    cell: &'a HeatCell,
    difference: f64,
}

impl Chart for HeatMap {
    /// Cells need some width: with many conditions the picture is wider than asked for.
    fn draw(&self, look: &Look) -> Result<Drawing, ChartError> {
        let layout = Layout::of(self, look.width, look.language);
        let text = self.text(look.language);
        let size = (layout.width, layout.height);
        let svg = svg(size, &text, look, |canvas| {
            paint::paint(canvas, &layout, look.theme, look.language)
        })?;
        Ok(Drawing { svg, width: size.0, height: size.1, hotspots: layout.hotspots, text })
    }

    fn sentence(&self, language: Language) -> String {
        let compared = self.compared();
        let (Some(lowest), Some(highest)) = (compared.first(), compared.last()) else {
            return language.word("heat-nothing");
        };
        let all = compared.len();
        let of = |sign: f64| -> Vec<&Compared<'_>> {
            let clear = |c: &&Compared<'_>| c.cell.interval.is_some_and(|i| !i.hold_zero());
            compared.iter().filter(clear).filter(|c| c.difference * sign > 0.0).collect()
        };
        let (fell, rose) = (of(-1.0), of(1.0));
        let with_interval = || compared.iter().filter(|c| c.cell.interval.is_some());
        if let Some(worst) = fell.first() {
            let id = ["heat-fell-only", "heat-fell-one", "heat-fell"];
            return worst.say(id[clear_of(fell.len(), all)], (all, fell.len()), language);
        }
        if let Some(best) = rose.last() {
            let id = ["heat-rose-only", "heat-rose-one", "heat-rose"];
            return best.say(id[clear_of(rose.len(), all)], (all, rose.len()), language);
        }
        let shift = |a: &&Compared<'_>, b: &&Compared<'_>| {
            a.difference.abs().total_cmp(&b.difference.abs())
        };
        let Some(largest) = with_interval().max_by(shift) else {
            let largest = if shift(&lowest, &highest).is_ge() { lowest } else { highest };
            return largest.say("heat-few", (all, 0), language);
        };
        if compared.iter().all(|c| c.cell.verdict == Some(Verdict::NoMeaningfulChange)) {
            return largest.say("heat-unchanged", (all, 0), language);
        }
        let id = if all == 1 { "heat-cannot-tell-only" } else { "heat-cannot-tell" };
        largest.say(id, (all, 0), language)
    }

    fn text(&self, language: Language) -> Vec<String> {
        let mut text = Vec::new();
        for line in &self.lines {
            if let Some(rate) = line.baseline {
                let (name, baseline) = (language.named(&line.name), language.percent(rate));
                let args = args!["line": name, "baseline": baseline];
                text.push(language.say("heat-baseline", args));
            }
            let cells = 0..self.columns.len();
            text.extend(cells.map(|column| self.cell_sentence(line, column, language)));
        }
        if text.is_empty() { vec![language.word("heat-nothing")] } else { text }
    }

    fn table(&self, language: Language) -> DataTable {
        let first = match self.rows {
            HeatRows::Models => "column-model",
            HeatRows::Domains => "column-domain",
        };
        let columns = language.columns(&[
            first,
            "column-run-id",
            "column-condition",
            "column-condition-id",
            "column-baseline-success",
            "column-change",
            "column-change-low",
            "column-change-high",
            "column-verdict",
            "column-tasks-compared",
            "column-scored",
            "column-planned",
            "column-shown",
            "column-baseline-differs",
        ]);
        let rows = self.lines.iter().flat_map(|line| {
            self.columns.iter().enumerate().map(move |(i, column)| {
                let cell = line.cells.get(i).and_then(Option::as_ref);
                let mut row = vec![
                    Cell::text(&line.name),
                    Cell::text(&line.run),
                    Cell::text(&column.name),
                    Cell::text(&column.id),
                    Cell::figure(line.baseline, 100.0, 2),
                ];
                row.extend(cell.map_or_else(|| vec![Cell::Empty; 9], |c| figures(c, language)));
                row
            })
        });
        DataTable { rows: rows.collect(), columns }
    }
}

/// Which of three sentences: the only comparison, one clear one among several, several clear ones.
fn clear_of(clear: usize, all: usize) -> usize {
    match (clear, all) {
        (_, 1) => 0,
        (1, _) => 1,
        _ => 2,
    }
}

fn figures(cell: &HeatCell, language: Language) -> Vec<Cell> {
    let yes = language.word(if cell.marked { "column-yes" } else { "column-no" });
    let shown =
        |shown: Shown| language.shown(shown).unwrap_or_else(|| language.word("shown-shown"));
    vec![
        Cell::figure(cell.difference, 100.0, 2),
        Cell::figure(cell.interval.map(|i| i.low), 100.0, 2),
        Cell::figure(cell.interval.map(|i| i.high), 100.0, 2),
        cell.verdict.map_or(Cell::Empty, |verdict| Cell::text(language.verdict(verdict))),
        Cell::count(cell.tasks),
        Cell::count(cell.scored),
        Cell::count(cell.planned),
        cell.shown.map_or(Cell::Empty, |one| Cell::text(shown(one))),
        Cell::text(yes),
    ]
}

impl Compared<'_> {
    fn say(&self, id: &str, (all, clear): (usize, usize), language: Language) -> String {
        let range = self.cell.interval.map_or_else(String::new, |i| language.sizes(i));
        let args = args![
            "line": language.named(&self.line.name),
            "column": language.named(&self.column.name),
            "points": language.plural_points(self.difference),
            "change": language.in_signed_points(self.difference),
            "range": range,
            "tasks": language.tasks(self.cell.tasks),
            "all": all,
            "clear": clear,
        ];
        language.say(id, args)
    }
}

impl HeatMap {
    /// What was compared, the largest fall first.
    fn compared(&self) -> Vec<Compared<'_>> {
        let mut all: Vec<Compared<'_>> = self
            .lines
            .iter()
            .flat_map(|line| {
                self.columns.iter().zip(&line.cells).filter_map(move |(column, cell)| {
                    let cell = cell.as_ref()?;
                    Some(Compared { line, column, cell, difference: cell.difference? })
                })
            })
            .collect();
        all.sort_by(|a, b| a.difference.total_cmp(&b.difference));
        all
    }

    /// A cell in words.
    fn cell_sentence(&self, line: &HeatLine, column: usize, language: Language) -> String {
        let (name, condition) =
            (language.named(&line.name), language.named(&self.columns[column].name));
        let Some(cell) = line.cells.get(column).and_then(Option::as_ref) else {
            let args = args!["line": name, "column": condition];
            return language.say("heat-cell-none", args);
        };
        let args = args![
            "line": name,
            "column": condition,
            "change": language.in_signed_points(cell.difference.unwrap_or_default()),
            "range": cell.interval.map_or_else(String::new, |i| language.points_range(i.low, i.high)),
            "tasks": language.tasks(cell.tasks),
            "verdict": language.verdict(cell.verdict.unwrap_or(Verdict::CannotTell)),
            "scored": cell.scored,
            "planned": cell.planned,
        ];
        let mut words = language.say(
            match (cell.difference, cell.interval) {
                (None, _) => "heat-cell-alone",
                (Some(_), None) => "heat-cell-few",
                (Some(_), Some(_)) => "heat-cell",
            },
            args,
        );
        if let Some(shown) = cell.shown.and_then(|shown| language.shown(shown)) {
            words = language.say("heat-cell-shown", args!["cell": words, "shown": shown]);
        }
        if cell.marked {
            words = language.say("heat-cell-marked", args!["cell": words]);
        }
        words
    }
}
