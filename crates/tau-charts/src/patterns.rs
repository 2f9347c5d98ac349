//! Fills that can be told apart without colour, made of strokes: lines across a rectangle, dots, a frame.

use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;

use crate::ChartError;
use crate::canvas::Canvas;

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    /// Its middle.
    pub fn centre(&self) -> (f64, f64) {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }

    /// Its width.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Its height.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// How an area is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// Nothing but the colour.
    Plain,
    /// Lines that rise to the right.
    Rising,
    /// Lines from left to right.
    Level,
    /// Dots.
    Dotted,
    /// A frame around paper.
    Hollow,
}

/// Two colours mixed: 0 is the first, 1 the second.
pub(crate) fn mixed(one: RGBColor, other: RGBColor, share: f64) -> RGBColor {
    let between = |a: u8, b: u8| {
        (f64::from(a) + (f64::from(b) - f64::from(a)) * share.clamp(0.0, 1.0)).round() as u8
    };
    RGBColor(between(one.0, other.0), between(one.1, other.1), between(one.2, other.2))
}

/// Contrast of two colours by WCAG 2.2, 1 to 21.
pub(crate) fn contrast(one: RGBColor, other: RGBColor) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(RGBColor(r, g, b): RGBColor) -> f64 {
    let linear = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/// Black or white, whichever reads better on a colour: at least 4.5 to 1 on any.
pub(crate) fn readable_on(fill: RGBColor) -> RGBColor {
    let (black, white) = (RGBColor(0, 0, 0), RGBColor(0xff, 0xff, 0xff));
    if contrast(fill, black) >= contrast(fill, white) { black } else { white }
}

impl<B: DrawingBackend> Canvas<'_, B> {
    /// A filled rectangle.
    pub(crate) fn area(&self, area: Area, tone: RGBColor) -> Result<(), ChartError> {
        self.bar((area.left, area.top), (area.right, area.bottom), tone)
    }

    /// A frame within the edges of a rectangle.
    pub(crate) fn outline(&self, area: Area, thick: f64, tone: RGBColor) -> Result<(), ChartError> {
        let Area { left, top, right, bottom } = area;
        self.bar((left, top), (right, top + thick), tone)?;
        self.bar((left, bottom - thick), (right, bottom), tone)?;
        self.bar((left, top), (left + thick, bottom), tone)?;
        self.bar((right - thick, top), (right, bottom), tone)
    }

    /// Lines that rise to the right, `apart` pixels from each other, within a rectangle.
    pub(crate) fn hatch(&self, area: Area, apart: f64, tone: RGBColor) -> Result<(), ChartError> {
        // On each line x + y is the same; lines go by whole steps of the picture, so that areas side by
        // side continue each other.
        let step = apart * std::f64::consts::SQRT_2;
        let mut sum = ((area.left + area.top) / step).ceil() * step;
        while sum < area.right + area.bottom {
            let from = (sum - area.bottom).max(area.left);
            let to = (sum - area.top).min(area.right);
            if to - from > 0.5 {
                self.path(&[(from, sum - from), (to, sum - to)], 1.0, tone)?;
            }
            sum += step;
        }
        Ok(())
    }

    /// A rectangle in a colour and a pattern.
    pub(crate) fn patterned(
        &self,
        area: Area,
        pattern: Pattern,
        tone: RGBColor,
    ) -> Result<(), ChartError> {
        let paper = self.tones.paper;
        match pattern {
            Pattern::Plain => self.area(area, tone),
            Pattern::Hollow => {
                self.area(area, paper)?;
                self.outline(area, 1.5, tone)
            }
            Pattern::Rising => {
                self.area(area, tone)?;
                self.hatch(area, 4.0, paper)
            }
            Pattern::Level => {
                self.area(area, tone)?;
                let mut y = area.top + 4.0;
                while y < area.bottom - 1.0 {
                    self.horizontal(y, (area.left, area.right), 1.5, paper)?;
                    y += 5.0;
                }
                Ok(())
            }
            Pattern::Dotted => {
                self.area(area, tone)?;
                let mut y = area.top + 3.5;
                let mut odd = false;
                while y < area.bottom - 1.5 {
                    let mut x = area.left + if odd { 6.0 } else { 3.0 };
                    while x < area.right - 1.0 {
                        self.disc((x, y), 1.1, paper)?;
                        x += 6.0;
                    }
                    odd = !odd;
                    y += 4.5;
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_or_white_reads_on_every_grey_and_every_colour_of_the_palette() {
        let greys = (0..=255).map(|value| RGBColor(value, value, value));
        for fill in greys.chain((0..7).map(crate::palette::color)) {
            assert!(contrast(fill, readable_on(fill)) >= 4.5, "{fill:?}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let (black, white) = (RGBColor(0, 0, 0), RGBColor(255, 255, 255));
        assert!((contrast(black, white) - 21.0).abs() < 1e-9);
        // WebAIM's example: #777777 on white just misses 4.5.
        assert!((contrast(RGBColor(0x77, 0x77, 0x77), white) - 4.48).abs() < 0.01);
        assert_eq!(mixed(black, white, 0.5), RGBColor(128, 128, 128));
    }
}
