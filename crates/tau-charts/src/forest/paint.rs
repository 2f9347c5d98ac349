//! The dot and forest chart, painted.

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;

use super::layout::{Layout, Line, PlacedRow};
use super::scale::Panel;
use crate::ChartError;
use crate::canvas::Canvas;
use crate::font::Weight;
use crate::frame::{MARGIN, SMALL};

/// Paints the chart; `filled` puts paper behind it.
pub(crate) fn paint<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    layout: &Layout,
) -> Result<(), ChartError> {
    canvas.header(layout)?;
    canvas.scales(layout)?;
    for row in &layout.rows {
        canvas.row(layout, row)?;
    }
    layout.frame.paint(canvas, layout.bottom)
}

impl<B: DrawingBackend> Canvas<'_, B> {
    fn small(&self, text: &str, at: (f64, f64), side: HPos) -> Result<(), ChartError> {
        self.text(text, at, SMALL, Weight::Regular, self.tones.soft, side)
    }

    fn header(&self, layout: &Layout) -> Result<(), ChartError> {
        let lefts = [layout.levels.left, layout.differences.left, layout.figures_left];
        for (head, left) in layout.heads.iter().zip(lefts) {
            for (i, line) in head.iter().enumerate() {
                let at = (left, layout.header_line(i));
                self.text(line, at, SMALL, Weight::Bold, self.tones.ink, HPos::Left)?;
            }
        }
        let second = layout.second_line();
        self.ring((layout.levels.left + 6.5, second))?;
        self.small(&layout.legend, (layout.levels.left + 18.0, second), HPos::Left)?;
        self.directions(layout, second)
    }

    fn directions(&self, layout: &Layout, y: f64) -> Result<(), ChartError> {
        let (panel, words) = (&layout.differences, &layout.directions);
        self.arrow((panel.left, y), 1.0)?;
        self.small(&words.left, (panel.left + 14.0, y), HPos::Left)?;
        self.arrow((panel.right, y), -1.0)?;
        self.small(&words.right, (panel.right - 14.0, y), HPos::Right)?;
        let middle = words.middle.as_deref();
        middle.map_or(Ok(()), |words| self.small(words, (panel.x(0.0), y), HPos::Center))
    }

    /// An arrow of ten pixels whose point is at `tip`; `back` is the side of its shaft.
    fn arrow(&self, (x, y): (f64, f64), back: f64) -> Result<(), ChartError> {
        let tone = self.tones.soft;
        let tail = x + back * 10.0;
        self.horizontal(y, (x.min(tail) + 1.0, x.max(tail) - 1.0), 1.0, tone)?;
        self.shape(&[(x, y), (x + back * 4.5, y - 3.0), (x + back * 4.5, y + 3.0)], tone)
    }

    fn scales(&self, layout: &Layout) -> Result<(), ChartError> {
        let tones = self.tones;
        self.scale(layout, &layout.levels, false)?;
        self.scale(layout, &layout.differences, true)?;
        let edges = (MARGIN, f64::from(layout.width) - MARGIN);
        for row in &layout.rows {
            self.horizontal(row.top, edges, 1.0, tones.hairline)?;
        }
        self.horizontal(layout.grid.1, edges, 1.0, tones.hairline)
    }

    fn scale(&self, layout: &Layout, panel: &Panel, zero_line: bool) -> Result<(), ChartError> {
        let tones = self.tones;
        for (tick, label) in &panel.ticks {
            let x = panel.x(*tick);
            let zero = zero_line && tick.abs() < 1e-9;
            let (thick, tone) = if zero { (1.5, tones.edge) } else { (1.0, tones.hairline) };
            self.vertical(x, layout.grid, thick, tone)?;
            self.small(label, (x, layout.grid.1 + 14.0), HPos::Center)?;
            if layout.scale_above {
                self.small(label, (x, layout.grid.0 - 14.0), HPos::Center)?;
            }
        }
        Ok(())
    }

    fn lines(&self, placed: &PlacedRow, lines: &[Line], left: f64) -> Result<(), ChartError> {
        for (y, line) in placed.centred(lines) {
            let tone = if line.soft { self.tones.soft } else { self.tones.ink };
            self.text(&line.text, (left, y), line.size, line.weight, tone, HPos::Left)?;
        }
        Ok(())
    }

    fn row(&self, layout: &Layout, placed: &PlacedRow) -> Result<(), ChartError> {
        let row = &placed.row;
        self.lines(placed, &placed.name, layout.names_left)?;
        self.lines(placed, &placed.figures, layout.figures_left)?;
        let y = placed.middle();
        let Some(rate) = row.rate else {
            return self.small(&layout.not_scored, (layout.levels.left, y), HPos::Left);
        };
        let x = layout.levels.x(rate);
        if placed.is_baseline {
            return self.ring((x, y));
        }
        if let Some(baseline) = row.baseline {
            let from = layout.levels.x(baseline);
            self.stroke(row.color, (from, y), (x, y), 2.0)?;
            self.ring((from, y))?;
        }
        self.mark(row.color, (x, y), 5.0, true)?;
        self.change(layout, placed)
    }

    fn change(&self, layout: &Layout, placed: &PlacedRow) -> Result<(), ChartError> {
        let (row, y) = (&placed.row, placed.middle());
        let Some(difference) = row.difference else {
            return Ok(());
        };
        if let Some(i) = row.interval {
            let ends = (layout.differences.x(i.low), layout.differences.x(i.high));
            self.stroke(row.color, (ends.0, y), (ends.1, y), 2.0)?;
            for end in [ends.0, ends.1] {
                self.stroke(row.color, (end, y - 4.0), (end, y + 4.0), 1.5)?;
            }
        }
        self.mark(row.color, (layout.differences.x(difference), y), 5.0, placed.clear)
    }
}
