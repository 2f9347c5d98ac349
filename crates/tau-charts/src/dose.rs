//! Dose curves: what moving a trait's slider does in each voice. The slider goes across, what was
//! measured goes up, one line and one shape a voice, with 95 % intervals.
//!
//! Levels measured by markers or a judge share one panel, on which the line from corner to corner is
//! a voice that shows just what was asked. A contrast is another quantity and has a panel of its own.

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;
use serde::{Deserialize, Serialize};

use crate::canvas::{Canvas, SVG_UNIT, svg};
use crate::font::{Weight, wrap};
use crate::palette::color;
use crate::spec::Chart;
use crate::{Cell, ChartError, DataTable, Drawing, Hotspot, Language, Look, Opens};

/// Stops of the slider.
const STOPS: [&str; 5] = ["Off", "Slight", "Clear", "Strong", "Extreme"];
/// The highest level.
const TOP: f64 = 4.0;
const MARGIN: f64 = 20.0;
const SMALL: f64 = 12.0;
const BODY: f64 = 14.0;
/// Height of a panel's grid.
const PANEL: f64 = 220.0;
/// Room for the figures left of the grid.
const FIGURES: f64 = 44.0;
const LINE: f64 = 22.0;
/// Voices stand this far apart at one stop, so that their intervals can be told apart.
const ASIDE: f64 = 7.0;

/// What an effect is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoseScale {
    /// A level, 0 to 4, read from the messages.
    Level,
    /// Difference in log likelihood between lines with and without the trait, in nats a token.
    Contrast,
}

/// One measurement.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DosePoint {
    /// The slider, 0 to 4.
    pub level: f64,
    /// What was measured.
    pub effect: f64,
    /// Lower end of its 95 % interval; the effect itself where there is none.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The condition whose conversations were measured; `None` where it was not a run.
    #[serde(default)]
    pub condition_id: Option<String>,
    /// The point in a sentence; empty where there is nothing to open.
    #[serde(default)]
    pub label: String,
}

/// One voice's curve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoseSeries {
    /// The voice.
    pub name: String,
    /// Index of its colour and shape.
    pub color: usize,
    /// What its effect is measured in.
    pub scale: DoseScale,
    /// In the order of the slider.
    pub points: Vec<DosePoint>,
    /// The curve in a sentence.
    pub sentence: String,
}

/// The curves of one trait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoseChart {
    /// What a person calls the trait.
    pub trait_name: String,
    /// One a voice.
    pub voices: Vec<DoseSeries>,
}

/// Half of the side of a place to focus, in pixels.
const REACH: f64 = 12.0;

impl Chart for DoseChart {
    /// Width is kept within 400 to 2,000 pixels; the height follows from the panels and the names of the
    /// voices.
    fn draw(&self, look: &Look) -> Result<Drawing, ChartError> {
        let width = look.width.clamp(400, 2_000);
        let panels = self.panels(f64::from(width));
        let height = panels.last().map_or(2.0 * MARGIN, Panel::bottom).ceil() as u32;
        let text = self.text(look.language);
        let svg = svg((width, height), &text.join(" "), look.file, |area| {
            let canvas = Canvas::new(area, SVG_UNIT, look.theme);
            if look.file {
                canvas.fill()?;
            }
            panels.iter().try_for_each(|panel| panel.paint(&canvas))
        })?;
        Ok(Drawing { svg, width, height, hotspots: self.hotspots(width), text })
    }

    fn sentence(&self, language: Language) -> String {
        self.text(language).join(" ")
    }

    /// One sentence a voice.
    fn text(&self, _: Language) -> Vec<String> {
        if self.voices.is_empty() {
            return vec![format!("{}: nothing was measured yet.", self.trait_name)];
        }
        let sentence = |one: &DoseSeries| format!("{}: {}", one.name, one.sentence);
        self.voices.iter().map(sentence).collect()
    }

    fn table(&self, _: Language) -> DataTable {
        let columns = ["voice", "level", "measured", "ci95_low", "ci95_high"];
        let rows = self.voices.iter().flat_map(|one| {
            one.points.iter().map(|point| {
                let figure = |value| Cell::figure(Some(value), 1.0, 2);
                let (low, high) = (figure(point.low), figure(point.high));
                vec![Cell::text(&one.name), figure(point.level), figure(point.effect), low, high]
            })
        });
        DataTable { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
    }
}

impl DoseChart {
    /// The points that open conversations.
    fn hotspots(&self, width: u32) -> Vec<Hotspot> {
        let places = self.voices.iter().zip(self.places(width));
        let points = places.flat_map(|(one, places)| one.points.iter().zip(places));
        points
            .filter_map(|(point, (x, y))| {
                let condition = point.condition_id.as_deref()?;
                Some(Hotspot {
                    opens: Opens::condition(condition),
                    label: point.label.clone(),
                    x: x - REACH,
                    y: y - REACH,
                    width: 2.0 * REACH,
                    height: 2.0 * REACH,
                })
            })
            .collect()
    }

    /// Where each voice's points stand in a drawing of this width, in pixels.
    pub(crate) fn places(&self, width: u32) -> Vec<Vec<(f64, f64)>> {
        let panels = self.panels(f64::from(width.clamp(400, 2_000)));
        let place = |one: &DoseSeries| {
            let panel = panels.iter().find(|panel| panel.scale == one.scale);
            let nth = |panel: &Panel<'_>| panel.voices.iter().position(|v| std::ptr::eq(*v, one));
            panel.and_then(|panel| {
                let aside = panel.aside(nth(panel)?);
                let at = |p: &DosePoint| (panel.x(p.level) + aside, panel.y(p.effect));
                Some(one.points.iter().map(at).collect())
            })
        };
        self.voices.iter().map(|one| place(one).unwrap_or_default()).collect()
    }

    fn panels(&self, width: f64) -> Vec<Panel<'_>> {
        let mut panels: Vec<Panel<'_>> = Vec::new();
        for scale in [DoseScale::Level, DoseScale::Contrast] {
            let voices: Vec<&DoseSeries> =
                self.voices.iter().filter(|one| one.scale == scale).collect();
            if voices.is_empty() {
                continue;
            }
            let top = panels.last().map_or(MARGIN, Panel::bottom);
            panels.push(Panel::of(scale, voices, top, width));
        }
        panels
    }
}

struct Panel<'a> {
    scale: DoseScale,
    voices: Vec<&'a DoseSeries>,
    names: Vec<Vec<String>>,
    top: f64,
    left: f64,
    right: f64,
    low: f64,
    high: f64,
    step: f64,
}

impl<'a> Panel<'a> {
    fn of(scale: DoseScale, voices: Vec<&'a DoseSeries>, top: f64, width: f64) -> Panel<'a> {
        let (low, high, step) = match scale {
            DoseScale::Level => (0.0, TOP, 1.0),
            DoseScale::Contrast => reach(&voices),
        };
        let room = (width - 2.0 * MARGIN - 20.0) as f32;
        let name = |one: &&DoseSeries| wrap(&one.name, BODY as f32, Weight::Regular, room, 2);
        let names = voices.iter().map(name).collect();
        let (left, right) = (MARGIN + FIGURES, width - MARGIN);
        Panel { scale, voices, names, top, left, right, low, high, step }
    }

    /// Top and bottom of the grid.
    fn grid(&self) -> (f64, f64) {
        (self.top + 30.0, self.top + 30.0 + PANEL)
    }

    fn legend(&self) -> f64 {
        self.grid().1 + 58.0
    }

    fn bottom(&self) -> f64 {
        let lines: usize = self.names.iter().map(Vec::len).sum();
        self.legend() + lines as f64 * LINE + MARGIN
    }

    /// Pixel of a stop; the outer ones stand a little inside, so that nothing is cut off.
    fn x(&self, level: f64) -> f64 {
        let inset = 28.0;
        self.left + inset + level / TOP * (self.right - self.left - 2.0 * inset)
    }

    /// How far the nth voice stands beside the stop.
    fn aside(&self, place: usize) -> f64 {
        (place as f64 - (self.voices.len() as f64 - 1.0) / 2.0) * ASIDE
    }

    fn y(&self, effect: f64) -> f64 {
        let (top, bottom) = self.grid();
        let share = (effect.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        bottom - share * (bottom - top)
    }

    fn paint<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), ChartError> {
        self.axes(canvas)?;
        for (place, one) in self.voices.iter().enumerate() {
            self.curve(canvas, one, self.aside(place))?;
        }
        let mut y = self.legend();
        for (one, lines) in self.voices.iter().zip(&self.names) {
            canvas.mark(one.color, (MARGIN + 6.0, y), 5.0, true)?;
            for line in lines {
                let tone = canvas.tones.ink;
                canvas.text(line, (MARGIN + 20.0, y), BODY, Weight::Regular, tone, HPos::Left)?;
                y += LINE;
            }
        }
        Ok(())
    }

    fn axes<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), ChartError> {
        let tones = canvas.tones;
        let (grid, small) = (self.grid(), Weight::Regular);
        let what = match self.scale {
            DoseScale::Level => "Level measured",
            DoseScale::Contrast => "Contrast measured, in nats a token",
        };
        let title = (MARGIN, self.top + 10.0);
        canvas.text(what, title, SMALL, Weight::Bold, tones.ink, HPos::Left)?;
        let ticks = ((self.high - self.low) / self.step).round() as i32;
        for tick in (0..=ticks).map(|tick| self.low + f64::from(tick) * self.step) {
            let y = self.y(tick);
            let zero = tick.abs() < 1e-9;
            let (thick, tone) = if zero { (1.5, tones.edge) } else { (1.0, tones.hairline) };
            canvas.horizontal(y, (self.left, self.right), thick, tone)?;
            let figure = match self.scale {
                DoseScale::Level => format!("{tick:.0}"),
                DoseScale::Contrast => format!("{tick:.1}").replace('-', "−"),
            };
            canvas.text(&figure, (self.left - 8.0, y), SMALL, small, tones.soft, HPos::Right)?;
        }
        if self.scale == DoseScale::Level {
            // A voice that shows just what was asked.
            let corners = [(self.x(0.0), self.y(0.0)), (self.x(TOP), self.y(TOP))];
            canvas.path(&corners, 1.0, tones.edge)?;
        }
        for (level, name) in (0..).zip(STOPS) {
            let at = (self.x(f64::from(level)), grid.1 + 14.0);
            canvas.text(name, at, SMALL, small, tones.soft, HPos::Center)?;
        }
        let at = (self.right, grid.1 + 32.0);
        canvas.text("Level asked for", at, SMALL, Weight::Bold, tones.ink, HPos::Right)
    }

    fn curve<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        one: &DoseSeries,
        aside: f64,
    ) -> Result<(), ChartError> {
        let tone = color(one.color);
        let at = |point: &DosePoint| (self.x(point.level) + aside, self.y(point.effect));
        let line: Vec<(f64, f64)> = one.points.iter().map(at).collect();
        if line.len() > 1 {
            canvas.path(&line, 2.0, tone)?;
        }
        for point in &one.points {
            let (x, y) = at(point);
            let (low, high) = (self.y(point.low), self.y(point.high));
            if low - high > 1.0 {
                canvas.vertical(x, (high, low), 1.5, tone)?;
                for end in [low, high] {
                    canvas.horizontal(end, (x - 4.0, x + 4.0), 1.5, tone)?;
                }
            }
            canvas.mark(one.color, (x, y), 5.0, true)?;
        }
        Ok(())
    }
}

/// A scale with round steps that holds all intervals, and zero.
fn reach(voices: &[&DoseSeries]) -> (f64, f64, f64) {
    let points = || voices.iter().flat_map(|one| &one.points);
    let low = points().map(|point| point.low).fold(0.0, f64::min);
    let high = points().map(|point| point.high).fold(0.0, f64::max);
    let span = (high - low).max(0.1);
    let step =
        [0.1, 0.2, 0.5, 1.0, 2.0, 5.0].into_iter().find(|step| span / step <= 6.0).unwrap_or(10.0);
    ((low / step).floor() * step, (high / step).ceil().max(1.0) * step, step)
}

/// A curve in a sentence: where it begins, where it ends, and whether more asked was more shown.
pub fn dose_sentence(scale: DoseScale, points: &[DosePoint], monotone: bool) -> String {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return "nothing was measured.".to_owned();
    };
    let figure = |point: &DosePoint| match scale {
        DoseScale::Level => format!("level {:.1}", point.effect),
        DoseScale::Contrast => format!("{:+.2}", point.effect).replace('-', "−"),
    };
    let steps = match monotone {
        true => "more asked was more shown at each step",
        false => "not each step showed more than the one before",
    };
    format!("from {} at Off to {} at Extreme; {steps}.", figure(first), figure(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;

    fn window(width: u32) -> Look {
        Look::window(Theme::Light, width, Language::En)
    }

    fn series(name: &str, color: usize, scale: DoseScale, effects: [f64; 5]) -> DoseSeries {
        let points: Vec<DosePoint> = (0..)
            .zip(effects)
            .map(|(level, effect)| DosePoint {
                level: f64::from(level),
                effect,
                low: effect - 0.3,
                high: effect + 0.3,
                ..DosePoint::default()
            })
            .collect();
        let sentence = dose_sentence(scale, &points, true);
        DoseSeries { name: name.into(), color, scale, points, sentence }
    }

    fn chart() -> DoseChart {
        let rising = [0.2, 1.1, 2.0, 2.8, 3.6];
        DoseChart {
            trait_name: "Impatience".into(),
            voices: vec![
                series("gpt-4o, told in words", 0, DoseScale::Level, rising),
                series("a steer service", 1, DoseScale::Level, [0.1, 0.9, 1.5, 2.6, 2.6]),
                series("a model here", 2, DoseScale::Contrast, [-0.8, -0.4, 0.0, 0.4, 0.7]),
            ],
        }
    }

    #[test]
    fn levels_and_contrasts_stand_in_panels_of_their_own() {
        let drawn = chart().draw(&window(600)).unwrap();
        for words in ["Level measured", "Contrast measured", "Level asked for", "Extreme"] {
            assert!(drawn.svg.contains(words), "{words}");
        }
        let alone = DoseChart { voices: chart().voices[..2].to_vec(), ..chart() };
        let alone = alone.draw(&window(600)).unwrap();
        assert!(alone.height < drawn.height && !alone.svg.contains("Contrast measured"));
    }

    #[test]
    fn light_and_dark_and_every_width_hold_all_voices() {
        for theme in [Theme::Light, Theme::Dark] {
            for width in [10, 400, 900, 9_000] {
                let drawn = chart().draw(&Look::window(theme, width, Language::En)).unwrap();
                assert!((400..=2_000).contains(&drawn.width));
                assert_eq!(drawn.text.len(), 3);
                for voice in &chart().voices {
                    assert!(drawn.svg.contains(&voice.name), "{}", voice.name);
                }
            }
        }
    }

    #[test]
    fn the_chart_is_told_in_words() {
        let text = chart().text(Language::En);
        assert_eq!(
            text[0],
            "gpt-4o, told in words: from level 0.2 at Off to level 3.6 at Extreme; more asked was more shown at each step."
        );
        assert!(text[2].contains("from −0.80 at Off to +0.70"), "{}", text[2]);
        let none = DoseChart { voices: Vec::new(), ..chart() };
        assert_eq!(none.text(Language::En), ["Impatience: nothing was measured yet."]);
        none.draw(&window(600)).unwrap();
    }

    #[test]
    fn a_scale_of_contrasts_holds_every_interval_and_zero() {
        let one = series("x", 0, DoseScale::Contrast, [0.4, 0.6, 0.9, 1.4, 2.9]);
        let (low, high, step) = reach(&[&one]);
        assert!(low <= 0.0 && high >= 3.2 && ((high - low) / step) <= 8.0, "{low} {high} {step}");
    }
}
