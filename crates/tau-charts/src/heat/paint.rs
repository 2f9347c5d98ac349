//! The heat map, painted.

use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::HPos;

use super::layout::{HEAD, Key, Layout, PlacedCell, Sign};
use crate::canvas::Canvas;
use crate::font::{Weight, width};
use crate::frame::{BODY, BODY_LINE, MARGIN, SMALL, SMALL_LINE};
use crate::palette::{Mark, Theme, color};
use crate::patterns::{Area, mixed, readable_on};
use crate::{ChartError, Language};

/// Blue where success rose, vermillion where it fell, the page's own tone between: equal changes are
/// equally far from the middle in both themes.
pub(super) fn fill(theme: Theme, change: f64, end: f64) -> RGBColor {
    let side = if change < 0.0 { color(0) } else { color(1) };
    mixed(theme.tones().paper, side, 0.06 + 0.94 * (change.abs() / end).min(1.0))
}

/// Lines across a cell whose interval holds zero.
pub(super) fn hatching(fill: RGBColor) -> RGBColor {
    mixed(fill, readable_on(fill), 0.5)
}

/// Paints the chart.
pub(super) fn paint<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    layout: &Layout,
    theme: Theme,
    language: Language,
) -> Result<(), ChartError> {
    let tones = canvas.tones;
    layout.frame.paint(canvas, layout.bottom)?;
    for head in &layout.heads {
        let first = layout.grid_top - 8.0 - head.lines.len() as f64 * HEAD;
        for (line, i) in head.lines.iter().zip(0..) {
            let at = (head.centre, first + HEAD * (f64::from(i) + 0.5));
            canvas.text(line, at, SMALL, Weight::Bold, tones.ink, HPos::Center)?;
        }
    }
    for row in &layout.rows {
        let middle = row.top + row.height / 2.0;
        let first = middle - (row.name.len() as f64 - 1.0) / 2.0 * BODY_LINE;
        for (line, i) in row.name.iter().zip(0..) {
            let at = (MARGIN, first + BODY_LINE * f64::from(i));
            canvas.text(line, at, BODY, Weight::Regular, tones.ink, HPos::Left)?;
        }
        if let Some((x, words)) = &row.baseline {
            canvas.text(words, (*x, middle), BODY, Weight::Regular, tones.ink, HPos::Center)?;
        }
    }
    for cell in &layout.cells {
        paint_cell(canvas, cell, theme, layout.end)?;
    }
    scale(canvas, layout, theme, language)?;
    let keys = &layout.keys;
    layout.legend.paint(canvas, |i, at| key(canvas, keys[i], at))
}

fn paint_cell<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    cell: &PlacedCell,
    theme: Theme,
    end: f64,
) -> Result<(), ChartError> {
    let (tones, area, (x, y)) = (canvas.tones, cell.area, cell.area.centre());
    let Some(change) = cell.change else {
        for (line, at) in centred(&cell.small, x, y) {
            canvas.text(line, at, SMALL, Weight::Regular, tones.soft, HPos::Center)?;
        }
        return Ok(());
    };
    let (back, ink) = if cell.counts_only {
        canvas.outline(area, 1.0, tones.edge)?;
        (tones.paper, tones.ink)
    } else {
        let back = fill(theme, change, end);
        canvas.area(area, back)?;
        if cell.hatched {
            canvas.hatch(area, 6.0, hatching(back))?;
        }
        (back, readable_on(back))
    };
    let weight = if cell.hatched || cell.counts_only { Weight::Regular } else { Weight::Bold };
    let (figure_y, small_y) = match cell.small.len() {
        0 => (y, y),
        _ => (y - SMALL_LINE / 2.0, y + BODY_LINE / 2.0),
    };
    if cell.hatched {
        // Figures stand on the bare colour, or the lines would cross them.
        plate(canvas, (x, figure_y), width(&cell.figure, BODY as f32, weight), BODY, back)?;
        for line in &cell.small {
            let wide = width(line, SMALL as f32, Weight::Regular);
            plate(canvas, (x, small_y), wide, SMALL, back)?;
        }
    }
    canvas.text(&cell.figure, (x, figure_y), BODY, weight, ink, HPos::Center)?;
    for line in cell.small.iter().take(1) {
        canvas.text(line, (x, small_y), SMALL, Weight::Regular, ink, HPos::Center)?;
    }
    if let Some(sign) = cell.sign {
        let at = (area.right - 8.0, area.top + 8.0);
        if cell.hatched {
            canvas.disc(at, 7.0, back)?;
        }
        paint_sign(canvas, sign, at, ink, back)?;
    }
    if cell.marked {
        let at = (area.left + 8.0, area.top + 8.0);
        if cell.hatched {
            canvas.disc(at, 7.0, back)?;
        }
        canvas.solid(Mark::Diamond, at, 3.6, ink)?;
    }
    Ok(())
}

fn plate<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    (x, y): (f64, f64),
    wide: f32,
    size: f64,
    tone: RGBColor,
) -> Result<(), ChartError> {
    let (across, up) = (f64::from(wide) / 2.0 + 2.5, size * 0.55);
    canvas.bar((x - across, y - up), (x + across, y + up), tone)
}

fn centred(lines: &[String], x: f64, y: f64) -> impl Iterator<Item = (&String, (f64, f64))> {
    let first = y - (lines.len() as f64 - 1.0) / 2.0 * SMALL_LINE;
    lines.iter().zip(0..).map(move |(line, i)| (line, (x, first + f64::from(i) * SMALL_LINE)))
}

fn paint_sign<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    sign: Sign,
    (x, y): (f64, f64),
    ink: RGBColor,
    back: RGBColor,
) -> Result<(), ChartError> {
    match sign {
        Sign::NotShown => canvas.solid(Mark::TriangleDown, (x, y), 4.0, ink),
        Sign::Weak => {
            canvas.solid(Mark::TriangleDown, (x, y), 4.0, ink)?;
            canvas.solid(Mark::TriangleDown, (x, y), 1.9, back)
        }
        Sign::CannotTell => canvas.text("?", (x, y), SMALL, Weight::Bold, ink, HPos::Center),
    }
}

/// Nine steps of the colours, with their figures below.
fn scale<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    layout: &Layout,
    theme: Theme,
    language: Language,
) -> Result<(), ChartError> {
    let Some(scale) = &layout.scale else {
        return Ok(());
    };
    let tones = canvas.tones;
    for (line, i) in scale.title.iter().zip(0..) {
        let at = (MARGIN, scale.top + SMALL_LINE * (f64::from(i) + 0.5));
        canvas.text(line, at, SMALL, Weight::Bold, tones.ink, HPos::Left)?;
    }
    let (bar, step) = (scale.bar, scale.bar.width() / 9.0);
    for place in 0..9 {
        let change = f64::from(place - 4) / 4.0 * layout.end;
        let left = bar.left + step * f64::from(place);
        let area = Area { left, right: left + step, ..bar };
        canvas.area(area, fill(theme, change, layout.end))?;
        if place % 2 == 0 {
            let at = (area.centre().0, bar.bottom + SMALL_LINE / 2.0 + 2.0);
            let words = language.points(change);
            canvas.text(&words, at, SMALL, Weight::Regular, tones.soft, HPos::Center)?;
        }
    }
    let y = bar.centre().1;
    let (worse, better) = (&scale.worse, &scale.better);
    canvas.text(worse, (MARGIN, y), SMALL, Weight::Regular, tones.soft, HPos::Left)?;
    let at = (bar.right + 8.0, y);
    canvas.text(better, at, SMALL, Weight::Regular, tones.soft, HPos::Left)
}

fn key<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    key: Key,
    (x, y): (f64, f64),
) -> Result<(), ChartError> {
    let tones = canvas.tones;
    let area = Area { left: x - 11.0, right: x + 11.0, top: y - 7.0, bottom: y + 7.0 };
    match key {
        Key::Hatched => {
            let back = mixed(tones.paper, tones.edge, 0.25);
            canvas.area(area, back)?;
            canvas.hatch(area, 4.5, hatching(back))
        }
        Key::Few => canvas.outline(area, 1.0, tones.edge),
        Key::Sign(sign) => paint_sign(canvas, sign, (x, y), tones.ink, tones.paper),
        Key::Marked => canvas.solid(Mark::Diamond, (x, y), 3.6, tones.ink),
    }
}
