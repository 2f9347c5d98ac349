//! The drawing itself, over any plotters backend. All coordinates come in pixels and are
//! multiplied by `unit` before they are rounded, so fine lines stay fine.

use std::fmt::Display;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::{DrawingBackend, IntoDrawingArea, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

use crate::font::{FAMILY, Weight, directed, embedded_css};
use crate::palette::{Mark, Theme, Tones, color, is_pale, mark};
use crate::words;
use crate::{ChartError, Look};

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

impl<'a, B: DrawingBackend> Canvas<'a, B> {
    /// The area with `unit` of its pixels to one of the chart's.
    pub(crate) fn new(area: &'a DrawingArea<B, Shift>, unit: i32, theme: Theme) -> Self {
        Canvas { area, unit: f64::from(unit), tones: theme.tones() }
    }

    /// Puts paper behind the chart.
    pub(crate) fn fill(&self) -> Result<(), ChartError> {
        self.area.fill(&self.tones.paper).map_err(refused)
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
        self.area.draw(&Text::new(directed(&clean), self.at(at), style)).map_err(refused)
    }

    pub(crate) fn bar(
        &self,
        from: (f64, f64),
        to: (f64, f64),
        tone: RGBColor,
    ) -> Result<(), ChartError> {
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

    /// An upright or level line in a condition's colour; a pale one has an edge.
    pub(crate) fn stroke(
        &self,
        index: usize,
        from: (f64, f64),
        to: (f64, f64),
        thick: f64,
    ) -> Result<(), ChartError> {
        let (low, high) =
            ((from.0.min(to.0), from.1.min(to.1)), (from.0.max(to.0), from.1.max(to.1)));
        let upright = high.0 - low.0 < high.1 - low.1;
        let along = |thick: f64, tone| match upright {
            true => self.vertical(low.0, (low.1, high.1), thick, tone),
            false => self.horizontal(low.1, (low.0, high.0), thick, tone),
        };
        if is_pale(index) {
            along(thick + 1.5, self.tones.edge)?;
        }
        along(thick, color(index))
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

    pub(crate) fn disc(
        &self,
        at: (f64, f64),
        radius: f64,
        tone: RGBColor,
    ) -> Result<(), ChartError> {
        let radius = (radius * self.unit).round() as i32;
        self.area.draw(&Circle::new(self.at(at), radius, tone.filled())).map_err(refused)
    }

    pub(crate) fn shape(&self, points: &[(f64, f64)], tone: RGBColor) -> Result<(), ChartError> {
        let points: Vec<(i32, i32)> = points.iter().map(|p| self.at(*p)).collect();
        self.area.draw(&Polygon::new(points, tone.filled())).map_err(refused)
    }

    /// A shape that lets through what is behind it; `strength` is 0 (nothing) to 1 (solid).
    pub(crate) fn veil(
        &self,
        points: &[(f64, f64)],
        tone: RGBColor,
        strength: f64,
    ) -> Result<(), ChartError> {
        let points: Vec<(i32, i32)> = points.iter().map(|p| self.at(*p)).collect();
        self.area.draw(&Polygon::new(points, tone.mix(strength).filled())).map_err(refused)
    }

    pub(crate) fn ring(&self, at: (f64, f64)) -> Result<(), ChartError> {
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

    pub(crate) fn solid(
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
}

/// SVG is drawn in quarters of a pixel, since plotters knows whole numbers only.
pub(crate) const SVG_UNIT: i32 = 4;

/// An SVG of a chart: `size` in pixels, `text` for those who do not see it. One for a file has paper
/// behind it and the letters that it needs inside.
pub(crate) fn svg(
    (width, height): (u32, u32),
    text: &[String],
    look: &Look,
    paint: impl FnOnce(&Canvas<'_, SVGBackend<'_>>) -> Result<(), ChartError>,
) -> Result<String, ChartError> {
    let unit = SVG_UNIT.unsigned_abs();
    let mut drawn = String::new();
    {
        let area =
            SVGBackend::with_string(&mut drawn, (width * unit, height * unit)).into_drawing_area();
        let canvas = Canvas::new(&area, SVG_UNIT, look.theme);
        if look.file {
            canvas.fill()?;
        }
        paint(&canvas)?;
        area.present().map_err(refused)?;
    }
    // plotters' own opening tag gives way to one in pixels that names itself to screen readers.
    let body = drawn.split_once('\n').map_or("", |(_, body)| body);
    let style =
        if look.file { format!("<style>{}</style>\n", embedded_css(body)) } else { String::new() };
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n{style}{body}",
        width * unit,
        height * unit,
        words::escape(&text.join(" ")),
    ))
}
