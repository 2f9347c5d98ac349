//! What went wrong: how much of the conversations carries each failure tag, against the baseline.

mod layout;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::canvas::svg;
use crate::language::args;
use crate::spec::Chart;
use crate::{Arg, Bounds, Cell, ChartError, Column, DataTable, Drawing, Heading, Language, Look};
use layout::Layout;

/// About how many bars a picture has at most.
const BARS: usize = 90;

/// The chart's data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TagBars {
    /// Title and notes.
    pub heading: Heading,
    /// The conditions, the baseline first.
    pub columns: Vec<Column>,
    /// Whether the first column is the baseline.
    pub has_baseline: bool,
    /// The tags, most frequent first.
    pub rows: Vec<TagRow>,
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TagRow {
    /// Its id.
    pub tag: String,
    /// Its name, in the language of the product.
    pub name: String,
    /// One cell a column.
    pub cells: Vec<TagCell>,
}

/// How often a tag was given under a condition.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TagCell {
    /// Conversations with it.
    pub count: usize,
    /// Conversations scored.
    pub scored: usize,
    /// Share of the conversations, tasks counting the same, 0 to 1.
    pub share: Option<f64>,
    /// Paired difference of the share from the baseline; `None` for the baseline.
    pub difference: Option<f64>,
    /// Its 95 % interval; `None` below ten tasks.
    pub interval: Option<Bounds>,
}

/// A bar with its names.
#[derive(Clone, Copy)]
struct Bar<'a> {
    row: &'a TagRow,
    column: &'a Column,
    cell: &'a TagCell,
}

impl Chart for TagBars {
    /// At least 480 pixels wide, which bars beside their figures take.
    fn draw(&self, look: &Look) -> Result<Drawing, ChartError> {
        let layout = Layout::of(self, look.width, look.language);
        let text = self.text(look.language);
        let size = (layout.width, layout.height);
        let svg = svg(size, &text, look, |canvas| layout.paint(canvas, look.language))?;
        Ok(Drawing { svg, width: size.0, height: size.1, hotspots: layout.hotspots, text })
    }

    fn sentence(&self, language: Language) -> String {
        let clear = |sign: f64| -> Vec<Bar<'_>> {
            let outside = |bar: &Bar<'_>| {
                let interval = bar.cell.interval.is_some_and(|i| !i.hold_zero());
                interval && bar.change() * sign > 0.0
            };
            let mut bars: Vec<Bar<'_>> = self.bars().filter(outside).collect();
            bars.sort_by(|a, b| b.change().abs().total_cmp(&a.change().abs()));
            bars
        };
        let (rose, fell) = (clear(1.0), clear(-1.0));
        if let Some(most) = rose.first() {
            let id = if rose.len() == 1 { "tags-rose" } else { "tags-rose-of" };
            return language.say(id, &most.args(rose.len(), language));
        }
        if let Some(most) = fell.first() {
            let id = if fell.len() == 1 { "tags-fell" } else { "tags-fell-of" };
            return language.say(id, &most.args(fell.len(), language));
        }
        let frequent = |a: &Bar<'_>, b: &Bar<'_>| a.share().total_cmp(&b.share());
        let Some(most) = self.bars().filter(|bar| bar.cell.count > 0).max_by(frequent) else {
            return language.word("tags-nothing");
        };
        let id = if self.has_intervals() { "tags-cannot-tell" } else { "tags-most" };
        language.say(id, &most.args(0, language))
    }

    fn text(&self, language: Language) -> Vec<String> {
        let shown = self.shown();
        let bars = self
            .bars()
            .filter(|bar| self.rows.iter().take(shown).any(|row| std::ptr::eq(row, bar.row)));
        let mut text: Vec<String> = bars.map(|bar| bar.sentence(self, language)).collect();
        let further = self.rows.get(shown..).unwrap_or_default();
        if !further.is_empty() {
            let names: Vec<String> = further.iter().map(|row| language.named(&row.name)).collect();
            let args = args!["n": further.len(), "tags": names.join(", ")];
            text.push(language.say("tags-further-named", args));
        }
        if text.is_empty() { vec![language.word("tags-nothing")] } else { text }
    }

    fn table(&self, language: Language) -> DataTable {
        let columns = language.columns(&[
            "tags-column-tag",
            "tags-column-tag-id",
            "column-condition",
            "column-condition-id",
            "tags-column-count",
            "column-scored",
            "tags-column-share",
            "column-change",
            "column-change-low",
            "column-change-high",
        ]);
        let row = |Bar { row, column, cell }: Bar<'_>| {
            let percent = |value| Cell::figure(value, 100.0, 2);
            vec![
                Cell::text(&row.name),
                Cell::text(&row.tag),
                Cell::text(&column.name),
                Cell::text(&column.id),
                Cell::count(cell.count),
                Cell::count(cell.scored),
                percent(cell.share),
                percent(cell.difference),
                percent(cell.interval.map(|i| i.low)),
                percent(cell.interval.map(|i| i.high)),
            ]
        };
        DataTable { rows: self.bars().map(row).collect(), columns }
    }
}

impl TagBars {
    /// All bars, tag by tag.
    fn bars(&self) -> impl Iterator<Item = Bar<'_>> {
        self.rows.iter().flat_map(|row| {
            let cells = self.columns.iter().zip(&row.cells);
            cells.map(move |(column, cell)| Bar { row, column, cell })
        })
    }

    fn has_intervals(&self) -> bool {
        self.bars().any(|bar| bar.cell.interval.is_some())
    }

    /// Whether there is a baseline, and yet too few tasks for any interval: counts only.
    fn is_counts_only(&self) -> bool {
        self.has_baseline
            && self.bars().any(|bar| bar.cell.difference.is_some())
            && !self.has_intervals()
    }

    /// How many tags have bars; the rest is folded into one line. With many conditions there are fewer, so
    /// that the chart stays readable, and never so few that it says nothing.
    fn shown(&self) -> usize {
        let most = (BARS / self.columns.len().max(1)).clamp(3, 12);
        // One more tag takes hardly more room than the line that would stand for it.
        if self.rows.len() <= most + 1 { self.rows.len() } else { most }
    }
}

impl Bar<'_> {
    fn change(&self) -> f64 {
        self.cell.difference.unwrap_or_default()
    }

    fn share(&self) -> f64 {
        self.cell.share.unwrap_or_default()
    }

    /// What messages about a bar are told.
    fn args(&self, clear: usize, language: Language) -> Vec<(&'static str, Arg)> {
        args![
            "tag": language.named(&self.row.name),
            "name": language.named(&self.column.name),
            "count": self.cell.count,
            "scored": self.cell.scored,
            "share": language.percent(self.share()),
            "points": language.plural_points(self.change()),
            "change": language.in_signed_points(self.change()),
            "range": self.cell.interval.map_or_else(String::new, |i| match clear {
                0 => language.points_range(i.low, i.high),
                _ => language.sizes(i),
            }),
            "clear": clear,
        ]
        .to_vec()
    }

    /// The bar in words.
    fn sentence(&self, chart: &TagBars, language: Language) -> String {
        let id = match (self.cell.share, self.cell.interval) {
            (None, _) => "tags-bar-nothing",
            (Some(_), Some(_)) => "tags-bar-change",
            (Some(_), None) if chart.is_counts_only() => "tags-bar-few",
            (Some(_), None) => "tags-bar",
        };
        language.say(id, &self.args(0, language))
    }
}
