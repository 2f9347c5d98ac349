//! The drawing itself, over any plotters backend. All coordinates come in pixels and are
//! multiplied by `unit` before they are rounded, so fine lines stay fine.

use std::fmt::Display;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};
use tau_stats::Verdict;

use super::ChartError;
use super::layout::{BODY, Layout, MARGIN, Panel, PlacedRow, SMALL};
use crate::fidelity::Shown;
use crate::font::{FAMILY, Weight, width};
use crate::palette::{Mark, Theme, Tones, color, is_pale, mark};
use crate::words;

/// plotters writes `size / 1.24` as the font size of SVG; sizes here are in em pixels.
pub(crate) const PLOTTERS_EM: f64 = 1.24;

/// An error of the backend as ours.
pub(crate) fn refused(error: impl Display) -> ChartError {
    ChartError::Drawing(error.to_string())
}

/// A drawing area measured in pixels, with the few strokes that charts are made of.
pub(crate) struct Canvas<'a, B: DrawingBackend> {
    area: &'a DrawingArea<B, Shift>,
    unit: f64,
    pub(crate) tones: Tones,
}

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
        area.fill(&canvas.tones.paper).map_err(refused)?;
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

impl<'a, B: DrawingBackend> Canvas<'a, B> {
    /// The area with `unit` of its pixels to one of the chart's.
    pub(crate) fn new(area: &'a DrawingArea<B, Shift>, unit: i32, theme: Theme) -> Self {
        Canvas { area, unit: f64::from(unit), tones: theme.tones() }
    }

    fn at(&self, (x, y): (f64, f64)) -> (i32, i32) {
        ((x * self.unit).round() as i32, (y * self.unit).round() as i32)
    }

    /// One line of text, vertically centred on the small letters.
    pub(crate) fn text(
        &self,
        text: &str,
        at: (f64, f64),
        size: f64,
        weight: Weight,
        tone: RGBColor,
        side: HPos,
    ) -> Result<(), ChartError> {
        let style = match weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Bold => FontStyle::Bold,
        };
        let em = size * self.unit * PLOTTERS_EM;
        let style = TextStyle::from((FontFamily::Name(FAMILY), em, style))
            .color(&tone)
            .pos(Pos::new(side, VPos::Center));
        let clean: String = text.chars().filter(|c| words::allowed_in_xml(*c)).collect();
        self.area.draw(&Text::new(clean, self.at(at), style)).map_err(refused)
    }

    fn bar(&self, from: (f64, f64), to: (f64, f64), tone: RGBColor) -> Result<(), ChartError> {
        let corners = [self.at(from), self.at(to)];
        self.area.draw(&Rectangle::new(corners, tone.filled())).map_err(refused)
    }

    pub(crate) fn vertical(
        &self,
        x: f64,
        (top, bottom): (f64, f64),
        thick: f64,
        tone: RGBColor,
    ) -> Result<(), ChartError> {
        self.bar((x - thick / 2.0, top), (x + thick / 2.0, bottom), tone)
    }

    pub(crate) fn horizontal(
        &self,
        y: f64,
        (left, right): (f64, f64),
        thick: f64,
        tone: RGBColor,
    ) -> Result<(), ChartError> {
        self.bar((left, y - thick / 2.0), (right, y + thick / 2.0), tone)
    }

    /// Straight lines from point to point.
    pub(crate) fn path(
        &self,
        points: &[(f64, f64)],
        thick: f64,
        tone: RGBColor,
    ) -> Result<(), ChartError> {
        let points: Vec<(i32, i32)> = points.iter().map(|point| self.at(*point)).collect();
        let width = (thick * self.unit).round().max(1.0) as u32;
        let stroke = ShapeStyle { color: tone.to_rgba(), filled: false, stroke_width: width };
        self.area.draw(&PathElement::new(points, stroke)).map_err(refused)
    }

    fn disc(&self, at: (f64, f64), radius: f64, tone: RGBColor) -> Result<(), ChartError> {
        let radius = (radius * self.unit).round() as i32;
        self.area.draw(&Circle::new(self.at(at), radius, tone.filled())).map_err(refused)
    }

    fn shape(&self, points: &[(f64, f64)], tone: RGBColor) -> Result<(), ChartError> {
        let points: Vec<(i32, i32)> = points.iter().map(|p| self.at(*p)).collect();
        self.area.draw(&Polygon::new(points, tone.filled())).map_err(refused)
    }

    fn ring(&self, at: (f64, f64)) -> Result<(), ChartError> {
        self.disc(at, 6.5, self.tones.ink)?;
        self.disc(at, 5.0, self.tones.paper)
    }

    /// A condition's mark, filled or hollow.
    pub(crate) fn mark(
        &self,
        index: usize,
        at: (f64, f64),
        size: f64,
        filled: bool,
    ) -> Result<(), ChartError> {
        if is_pale(index) {
            self.solid(mark(index), at, size + 1.2, self.tones.edge)?;
        }
        self.solid(mark(index), at, size, color(index))?;
        if filled {
            return Ok(());
        }
        self.solid(mark(index), at, size * 0.58, self.tones.paper)
    }

    fn solid(
        &self,
        mark: Mark,
        (x, y): (f64, f64),
        size: f64,
        tone: RGBColor,
    ) -> Result<(), ChartError> {
        // Corners by angle from the top, radius such that all marks look alike in weight.
        let corners = |count: u32, turn: f64, radius: f64| -> Vec<(f64, f64)> {
            (0..count)
                .map(|i| {
                    let angle = (f64::from(i) / f64::from(count) + turn) * std::f64::consts::TAU;
                    (x + radius * size * angle.sin(), y - radius * size * angle.cos())
                })
                .collect()
        };
        match mark {
            Mark::Circle => self.disc((x, y), size, tone),
            Mark::Square => self.shape(&corners(4, 0.125, 1.25), tone),
            Mark::TriangleUp => self.shape(&corners(3, 0.0, 1.3), tone),
            Mark::Diamond => self.shape(&corners(4, 0.0, 1.3), tone),
            Mark::TriangleDown => self.shape(&corners(3, 0.5, 1.3), tone),
            Mark::Pentagon => self.shape(&corners(5, 0.0, 1.15), tone),
        }
    }

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
        let figure = crate::result::difference_text(difference, row.interval);
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
