//! Small panels side by side with curves in them: lines with marks over ribbons of their intervals.

use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::HPos;

use crate::canvas::Canvas;
use crate::font::{Weight, width};
use crate::frame::{MARGIN, SMALL, SMALL_LINE};
use crate::palette::{color, is_pale};
use crate::patterns::{Area, mixed};
use crate::{ChartError, Hotspot, Language, Opens};

/// Between panels.
const GAP: f64 = 28.0;
/// No panel is narrower, as long as the picture is wide enough for one,
const NARROWEST: f64 = 270.0;
/// nor wider.
const WIDEST: f64 = 760.0;
/// Room for the figures left of a scale.
pub(crate) const FIGURES: f64 = 46.0;
/// Most curves that share a panel; with more of them each has a panel of its own.
pub(crate) const TOGETHER: usize = 3;
/// Curves of a panel stand this far apart, so that marks and intervals do not cover each other.
pub(crate) const ASIDE: f64 = 8.0;
/// Half of the side of a place to open.
const REACH: f64 = 12.0;

/// Columns of panels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Columns {
    /// How many.
    pub count: usize,
    /// Width of a panel.
    pub wide: f64,
}

impl Columns {
    /// Columns for a number of panels in a picture of a width, in rows as even as can be.
    pub fn of(panels: usize, width: f64) -> Columns {
        let room = width - 2.0 * MARGIN;
        let fit = (((room + GAP) / (NARROWEST + GAP)).floor().max(1.0) as usize).min(4);
        let panels = panels.max(1);
        let rows = panels.div_ceil(fit);
        let count = panels.div_ceil(rows);
        let wide = ((room - GAP * (count as f64 - 1.0)) / count as f64).min(WIDEST);
        Columns { count, wide }
    }

    /// Left edge of a panel.
    pub fn left(&self, panel: usize) -> f64 {
        MARGIN + (panel % self.count) as f64 * (self.wide + GAP)
    }

    /// Width of the picture that the columns fill.
    pub fn picture(&self) -> f64 {
        2.0 * MARGIN + self.count as f64 * (self.wide + GAP) - GAP
    }
}

/// The tallest of each row of panels.
pub(crate) fn tallest(columns: Columns, heights: &[f64]) -> Vec<f64> {
    heights
        .chunks(columns.count)
        .flat_map(|row| {
            let most = row.iter().copied().fold(0.0, f64::max);
            row.iter().map(move |_| most)
        })
        .collect()
}

/// Who a curve is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// The baseline: rings in the page's ink.
    Baseline,
    /// A condition by its colour index.
    Color(usize),
}

/// A point of a curve, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    pub x: f64,
    pub y: f64,
    /// Top and bottom of its interval.
    pub interval: Option<(f64, f64)>,
}

impl Place {
    /// The place as one to open, within the picture.
    pub fn hotspot(&self, condition: &str, label: String) -> Hotspot {
        Hotspot {
            opens: Opens::condition(condition),
            label,
            x: self.x - REACH,
            y: self.y - REACH,
            width: 2.0 * REACH,
            height: 2.0 * REACH,
        }
    }
}

/// A curve in a panel.
#[derive(Clone, Debug)]
pub(crate) struct Curve {
    pub ink: Ink,
    pub places: Vec<Place>,
}

impl<B: DrawingBackend> Canvas<'_, B> {
    fn tone(&self, ink: Ink) -> RGBColor {
        match ink {
            Ink::Baseline => self.tones.ink,
            Ink::Color(index) => color(index),
        }
    }

    /// The mark of a curve.
    pub(crate) fn point(&self, ink: Ink, at: (f64, f64)) -> Result<(), ChartError> {
        match ink {
            Ink::Baseline => self.ring(at),
            Ink::Color(index) => self.mark(index, at, 5.0, true),
        }
    }

    /// All ribbons, then all lines, then all marks, so that none hides another's figure.
    pub(crate) fn curves(&self, curves: &[Curve]) -> Result<(), ChartError> {
        for curve in curves {
            self.ribbon(curve)?;
        }
        for curve in curves {
            let line: Vec<(f64, f64)> = curve.places.iter().map(|p| (p.x, p.y)).collect();
            if line.len() > 1 {
                if matches!(curve.ink, Ink::Color(index) if is_pale(index)) {
                    self.path(&line, 4.0, self.tones.edge)?;
                }
                self.path(&line, 2.0, self.tone(curve.ink))?;
            }
        }
        for curve in curves {
            for place in &curve.places {
                self.point(curve.ink, (place.x, place.y))?;
            }
        }
        Ok(())
    }

    /// The intervals of neighbouring points as a ribbon; that of a point alone as a line with ends.
    fn ribbon(&self, curve: &Curve) -> Result<(), ChartError> {
        let tone = self.tone(curve.ink);
        let edge = match curve.ink {
            Ink::Color(index) if is_pale(index) => self.tones.edge,
            _ => tone,
        };
        for run in curve.places.split(|place| place.interval.is_none()) {
            let ends = |pick: fn((f64, f64)) -> f64| -> Vec<(f64, f64)> {
                run.iter().filter_map(|p| Some((p.x, pick(p.interval?)))).collect()
            };
            let (tops, bottoms) = (ends(|(top, _)| top), ends(|(_, bottom)| bottom));
            if let ([(x, top)], [(_, bottom)]) = (tops.as_slice(), bottoms.as_slice()) {
                self.vertical(*x, (*top, *bottom), 1.5, edge)?;
                for end in [*top, *bottom] {
                    self.horizontal(end, (x - 4.0, x + 4.0), 1.5, edge)?;
                }
            } else if tops.len() > 1 {
                let around: Vec<_> = tops.iter().chain(bottoms.iter().rev()).copied().collect();
                self.veil(&around, tone, 0.2)?;
                let faint = mixed(self.tones.paper, edge, 0.55);
                self.path(&tops, 1.0, faint)?;
                self.path(&bottoms, 1.0, faint)?;
            }
        }
        Ok(())
    }

    /// A scale of 0 to 100 % left of an area, with its grid.
    pub(crate) fn percents(&self, area: Area, language: Language) -> Result<(), ChartError> {
        for tick in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let y = area.bottom - tick * area.height();
            let (thick, tone) = match tick {
                0.0 => (1.5, self.tones.edge),
                _ => (1.0, self.tones.hairline),
            };
            self.horizontal(y, (area.left, area.right), thick, tone)?;
            let (at, words) = ((area.left - 8.0, y), language.percent(tick));
            self.text(&words, at, SMALL, Weight::Regular, self.tones.soft, HPos::Right)?;
        }
        Ok(())
    }
}

/// Words below a scale that is read from left to right, each under its place.
#[derive(Clone, Debug)]
pub(crate) struct Ticks {
    /// Words and their middle.
    pub words: Vec<(f64, f64, String)>,
    /// How much room they take downwards.
    pub height: f64,
}

impl Ticks {
    /// In one line where there is room for it, otherwise in turn in one of two; words that do not fit
    /// even so give way to their neighbours.
    pub fn of(words: &[(f64, String)], top: f64, (left, right): (f64, f64)) -> Ticks {
        let wide = |words: &str| f64::from(width(words, SMALL as f32, Weight::Regular));
        let clear = |words: &[&(f64, String)]| {
            words.windows(2).all(|two| {
                let apart = (two[1].0 - two[0].0).abs();
                apart >= (wide(&two[0].1) + wide(&two[1].1)) / 2.0 + 6.0
            })
        };
        // The outer ones move inwards rather than out of the picture.
        let within = |x: f64, words: &str| {
            let half = wide(words) / 2.0;
            x.clamp(left + half, (right - half).max(left + half))
        };
        let all: Vec<(f64, String)> =
            words.iter().map(|(x, words)| (within(*x, words), words.clone())).collect();
        for lines in [1, 2] {
            let line = |i: usize| all.iter().skip(i).step_by(lines).collect::<Vec<_>>();
            if (0..lines).all(|i| clear(&line(i))) {
                let y = |i: usize| top + SMALL_LINE * ((i % lines) as f64 + 0.5);
                let words = all.iter().enumerate().map(|(i, (x, w))| (*x, y(i), w.clone()));
                let height = SMALL_LINE * lines.min(all.len()) as f64;
                return Ticks { words: words.collect(), height };
            }
        }
        let mut kept: Vec<&(f64, String)> = Vec::new();
        for one in &all {
            kept.push(one);
            if !clear(&kept) {
                kept.pop();
            }
        }
        let words = kept.iter().map(|(x, words)| (*x, top + SMALL_LINE / 2.0, words.clone()));
        Ticks { words: words.collect(), height: SMALL_LINE }
    }

    /// Writes them.
    pub fn paint<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), ChartError> {
        for (x, y, words) in &self.words {
            let tone = canvas.tones.soft;
            canvas.text(words, (*x, *y), SMALL, Weight::Regular, tone, HPos::Center)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_stand_in_rows_as_even_as_can_be() {
        let four = Columns::of(4, 1_000.0);
        assert_eq!(four.count, 2, "two and two, not three and one");
        assert_eq!(Columns::of(4, 1_300.0).count, 4);
        assert_eq!(Columns::of(9, 400.0).count, 1);
        assert!(Columns::of(1, 2_000.0).picture() <= 2.0 * MARGIN + WIDEST);
        for panels in 1..40 {
            let columns = Columns::of(panels, 900.0);
            assert!(columns.left(columns.count - 1) + columns.wide <= 900.0 - MARGIN + 0.01);
        }
    }

    #[test]
    fn words_below_a_scale_take_a_second_line_before_any_is_left_out() {
        let words = |apart: f64| -> Vec<(f64, String)> {
            ["Off", "Slight", "Clear", "Strong", "Extreme"]
                .iter()
                .zip(0..)
                .map(|(word, i)| (30.0 + apart * f64::from(i), (*word).to_owned()))
                .collect()
        };
        let of = |apart| Ticks::of(&words(apart), 0.0, (0.0, 900.0));
        assert_eq!(of(80.0).height, SMALL_LINE);
        assert_eq!((of(36.0).height, of(36.0).words.len()), (2.0 * SMALL_LINE, 5));
        assert!(of(10.0).words.len() < 5);
    }
}
