//! Tables on paper: columns as wide as they need, heads repeated on every page.

use super::paper::{EDGE, End, HAIRLINE, Paper, ROOM, SIDE, Type};
use crate::report::Table;

/// Between two columns.
const GAP: f64 = 10.0;
/// Above and below the lines of a row.
const PAD: f64 = 3.0;
/// Most lines of a cell.
const MOST_LINES: usize = 12;

/// Lays a table out at the present place.
pub(super) fn table(paper: &mut Paper, table: &Table) {
    let size = if table.columns.len() > 9 { 7.0 } else { 8.0 };
    let (body, head) = (Type::regular(size), Type::bold(size).soft());
    let widths = widths(table, body, head);
    let names: Vec<String> = table.columns.iter().map(|(name, _)| name.clone()).collect();
    let head = Row::of(&names, &widths, head);
    let rows = || table.rows.iter().map(|cells| Row::of(cells, &widths, body));
    // The head never stands alone at the foot of a page.
    let first = rows().next().map_or(0.0, |row| row.height());
    paper.need(head.height() + first);
    head.paint(paper, table, &widths);
    for row in rows() {
        if row.height() > paper.left() {
            paper.turn();
            head.paint(paper, table, &widths);
        }
        row.paint(paper, table, &widths);
    }
}

/// A row, broken into lines.
struct Row {
    cells: Vec<Vec<String>>,
    kind: Type,
    is_head: bool,
}

impl Row {
    fn of(cells: &[String], widths: &[f64], kind: Type) -> Row {
        let broken = cells.iter().zip(widths);
        Row {
            // A hair more room than was measured, so that what fits exactly is not broken.
            cells: broken.map(|(cell, room)| kind.wrap(cell, room + 0.01, MOST_LINES)).collect(),
            kind,
            is_head: kind.weight == tau_charts::letters::Weight::Bold,
        }
    }

    fn height(&self) -> f64 {
        let lines = self.cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
        lines as f64 * self.kind.line + 2.0 * PAD
    }

    fn paint(&self, paper: &mut Paper, table: &Table, widths: &[f64]) {
        let mut from = SIDE;
        let height = self.height();
        for ((lines, width), (_, is_figure)) in self.cells.iter().zip(widths).zip(&table.columns) {
            let end = if *is_figure { End::End } else { End::Start };
            // Heads stand at the foot of their row.
            let unused = height - 2.0 * PAD - lines.len() as f64 * self.kind.line;
            let drop = if self.is_head { unused } else { 0.0 };
            for (index, line) in lines.iter().enumerate() {
                let middle = paper.y + PAD + drop + (index as f64 + 0.5) * self.kind.line;
                paper.line(line, (from, from + width), middle, self.kind, end);
            }
            from += width + GAP;
        }
        paper.y += height;
        let tone = if self.is_head { EDGE } else { HAIRLINE };
        paper.rule((SIDE, SIDE + ROOM), paper.y, 0.6, tone);
    }
}

/// Widths of the columns that together fill the page. Each has room for its longest word as far as
/// that can be; what is left goes where texts are long.
fn widths(table: &Table, body: Type, head: Type) -> Vec<f64> {
    let room = ROOM - GAP * (table.columns.len().saturating_sub(1)) as f64;
    let word = |kind: Type, text: &str| {
        text.split_whitespace().map(|word| kind.width(word)).fold(0.0, f64::max).min(90.0)
    };
    let mut least = Vec::new();
    let mut wanted = Vec::new();
    for (index, (name, is_figure)) in table.columns.iter().enumerate() {
        let cells = || table.rows.iter().filter_map(|row| row.get(index));
        let longest = cells().map(|cell| word(body, cell)).fold(word(head, name), f64::max);
        let whole = cells().map(|cell| body.width(cell).min(260.0)).fold(0.0, f64::max);
        // Figures are read as one: they break only where they are as long as words.
        let unbroken = if *is_figure && whole <= 120.0 { whole } else { 0.0 };
        let longest = longest.max(unbroken);
        least.push(longest.max(8.0));
        // A head may break; a cell is best left whole.
        wanted.push(whole.max(head.width(name).min(70.0)).max(longest));
    }
    let (low, high): (f64, f64) = (least.iter().sum(), wanted.iter().sum());
    if high <= room {
        let spare = (room - high) / wanted.len().max(1) as f64;
        return wanted.iter().map(|width| width + spare).collect();
    }
    if low >= room {
        return least.iter().map(|width| width * room / low).collect();
    }
    let share = (room - low) / (high - low);
    least.iter().zip(&wanted).map(|(least, wanted)| least + (wanted - least) * share).collect()
}
