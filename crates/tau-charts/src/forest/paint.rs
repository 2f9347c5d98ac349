//! The dot and forest chart, painted.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;
use tau_stats::Verdict;

use super::layout::{Layout, Panel, PlacedRow};
use crate::canvas::Canvas;
use crate::font::{Weight, width};
use crate::frame::{BODY, MARGIN, SMALL};
use crate::palette::color;
use crate::{ChartError, Shown, Theme, words};

/// Paints the chart; `filled` puts paper behind it.
pub(crate) fn paint<B: DrawingBackend>(
    area: &DrawingArea<B, Shift>,
    layout: &Layout,
    theme: Theme,
    unit: i32,
    filled: bool,
) -> Result<(), ChartError> {
    let canvas = Canvas::new(area, unit, theme);
    if filled {
        canvas.fill()?;
    }
    for (y, line) in layout.title_lines() {
        let size = layout.title_size();
        canvas.text(line, (MARGIN, y), size, Weight::Bold, canvas.tones.ink, HPos::Left)?;
    }
    canvas.header(layout)?;
    canvas.scales(layout)?;
    for row in &layout.rows {
        canvas.row(layout, row)?;
    }
    for (i, line) in layout.caption.iter().enumerate() {
        let at = (MARGIN, layout.caption_line(i));
        canvas.text(line, at, SMALL, Weight::Regular, canvas.tones.soft, HPos::Left)?;
    }
    Ok(())
}

impl<B: DrawingBackend> Canvas<'_, B> {
    fn header(&self, layout: &Layout) -> Result<(), ChartError> {
        let (first, second) = (layout.header_line(0), layout.header_line(1));
        let (rates, differences) = (&layout.rates, &layout.differences);
        let tones = self.tones;
        self.text("Success", (rates.left, first), SMALL, Weight::Bold, tones.ink, HPos::Left)?;
        let change = "Change, in points";
        self.text(change, (differences.left, first), SMALL, Weight::Bold, tones.ink, HPos::Left)?;
        let figures = "Change (95 % CI)";
        self.text(
            figures,
            (layout.figures_left, first),
            SMALL,
            Weight::Bold,
            tones.ink,
            HPos::Left,
        )?;
        self.ring((rates.left + 6.5, second))?;
        let label = "without traits";
        self.text(
            label,
            (rates.left + 18.0, second),
            SMALL,
            Weight::Regular,
            tones.soft,
            HPos::Left,
        )?;
        self.directions(differences, second)
    }

    /// `← worse · no clear change · better →`, as much of it as there is room for.
    fn directions(&self, panel: &Panel, y: f64) -> Result<(), ChartError> {
        let (soft, small) = (self.tones.soft, Weight::Regular);
        let zero = panel.x(0.0);
        self.arrow((panel.left, y), 1.0)?;
        self.text("worse", (panel.left + 14.0, y), SMALL, small, soft, HPos::Left)?;
        self.arrow((panel.right, y), -1.0)?;
        self.text("better", (panel.right - 14.0, y), SMALL, small, soft, HPos::Right)?;
        let size = SMALL as f32;
        let side = f64::from(width("better", size, small)) + 14.0 + 12.0;
        for words in ["no clear change", "no change"] {
            if f64::from(width(words, size, small)) / 2.0 + side < (panel.right - panel.left) / 2.0
            {
                return self.text(words, (zero, y), SMALL, small, soft, HPos::Center);
            }
        }
        Ok(())
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
        let mut below = vec![layout.grid.1 + 14.0];
        if layout.scale_above {
            below.push(layout.grid.0 - 14.0);
        }
        for tick in layout.rates.ticks() {
            let x = layout.rates.x(tick);
            self.vertical(x, layout.grid, 1.0, tones.hairline)?;
            for y in &below {
                self.text(
                    &words::percent(tick),
                    (x, *y),
                    SMALL,
                    Weight::Regular,
                    tones.soft,
                    HPos::Center,
                )?;
            }
        }
        for tick in layout.differences.ticks() {
            let x = layout.differences.x(tick);
            let zero = tick.abs() < 1e-9;
            let (thick, tone) = if zero { (1.5, tones.edge) } else { (1.0, tones.hairline) };
            self.vertical(x, layout.grid, thick, tone)?;
            for y in &below {
                self.text(
                    &words::points(tick),
                    (x, *y),
                    SMALL,
                    Weight::Regular,
                    tones.soft,
                    HPos::Center,
                )?;
            }
        }
        let edges = (MARGIN, f64::from(layout.width) - MARGIN);
        for row in &layout.rows {
            self.horizontal(row.top, edges, 1.0, tones.hairline)?;
        }
        self.horizontal(layout.grid.1, edges, 1.0, tones.hairline)
    }

    fn row(&self, layout: &Layout, placed: &PlacedRow) -> Result<(), ChartError> {
        let (row, tones) = (&placed.row, self.tones);
        for (i, line) in placed.name.iter().enumerate() {
            let at = (layout.names_left, layout.name_line(placed, i));
            self.text(line, at, BODY, Weight::Regular, tones.ink, HPos::Left)?;
        }
        let at = (layout.names_left, layout.name_line(placed, placed.name.len()));
        self.text(&placed.count, at, SMALL, Weight::Regular, tones.soft, HPos::Left)?;
        let y = placed.middle();
        let Some(rate) = row.rate else {
            let at = (layout.rates.left, y);
            return self.text("not scored yet", at, SMALL, Weight::Regular, tones.soft, HPos::Left);
        };
        if placed.is_baseline {
            self.ring((layout.rates.x(rate), y))?;
            let at = (layout.figures_left, y);
            return self.text(
                &format!("{} success", words::percent(rate)),
                at,
                BODY,
                Weight::Regular,
                tones.ink,
                HPos::Left,
            );
        }
        let x = layout.rates.x(rate);
        if let Some(baseline) = row.baseline {
            let from = layout.rates.x(baseline);
            self.horizontal(y, (from.min(x), from.max(x)), 2.0, color(row.color))?;
            self.ring((from, y))?;
        }
        self.mark(row.color, (x, y), 5.0, true)?;
        self.change(layout, placed)
    }

    fn change(&self, layout: &Layout, placed: &PlacedRow) -> Result<(), ChartError> {
        let (row, tones, y) = (&placed.row, self.tones, placed.middle());
        let Some(difference) = row.difference else {
            return Ok(());
        };
        let clear = matches!(row.verdict, Some(Verdict::Worse | Verdict::Better));
        if let Some(i) = row.interval {
            let ends = (layout.differences.x(i.low), layout.differences.x(i.high));
            self.horizontal(y, ends, 2.0, color(row.color))?;
            for end in [ends.0, ends.1] {
                self.vertical(end, (y - 4.0, y + 4.0), 1.5, color(row.color))?;
            }
        }
        self.mark(row.color, (layout.differences.x(difference), y), 5.0, clear)?;
        let weight = if clear { Weight::Bold } else { Weight::Regular };
        let figure = words::difference(difference, row.interval);
        let word = match row.interval {
            None => "too few tasks to tell",
            // What a drop means hangs on it, so it stands in the verdict's place.
            Some(_) if row.shown == Some(Shown::NotShown) => "trait not shown",
            Some(_) => row.verdict.unwrap_or(Verdict::CannotTell).word(),
        };
        let left = layout.figures_left;
        self.text(&figure, (left, y - 9.0), BODY, weight, tones.ink, HPos::Left)?;
        self.text(word, (left, y + 10.0), SMALL, Weight::Regular, tones.soft, HPos::Left)
    }
}
