//! Dose curves: what moving a trait's slider does in each voice. The slider goes across, what was
//! measured goes up, one line and one shape a voice, with 95 % intervals.
//!
//! Levels measured by markers or a judge share one panel, on which the line from corner to corner is
//! a voice that shows just what was asked. A contrast is another quantity and has a panel of its own.

mod layout;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::canvas::svg;
use crate::language::args;
use crate::response::level_name;
use crate::spec::Chart;
use crate::{Cell, ChartError, DataTable, Drawing, Heading, Language, Look};
use layout::Layout;

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
    /// The point in a sentence, in the language of whoever asks; empty: made from the figures.
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
    /// The curve in a sentence, in the language of whoever asks; empty: made from the points.
    #[serde(default)]
    pub sentence: String,
}

/// The curves of one trait.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DoseChart {
    /// Title and notes.
    #[serde(default)]
    pub heading: Heading,
    /// What a person calls the trait.
    pub trait_name: String,
    /// One a voice.
    pub voices: Vec<DoseSeries>,
}

impl Chart for DoseChart {
    /// Width is kept within 400 to 2,000 pixels; the height follows from the panels and the names of the
    /// voices.
    fn draw(&self, look: &Look) -> Result<Drawing, ChartError> {
        let layout = Layout::of(self, look.width, look.language);
        let text = self.text(look.language);
        let size = (layout.width, layout.height);
        let svg = svg(size, &text, look, |canvas| layout.paint(canvas, look.language))?;
        Ok(Drawing { svg, width: size.0, height: size.1, hotspots: layout.hotspots(), text })
    }

    fn sentence(&self, language: Language) -> String {
        let name = language.named(&self.trait_name);
        match self.voices.as_slice() {
            [] => language.say("dose-nothing", args!["name": name]),
            [one] => one.told(language),
            voices => {
                let rising = voices.iter().filter(|one| one.rises()).count();
                let id = match rising {
                    0 => "dose-none-rises",
                    all if all == voices.len() => "dose-all-rise",
                    _ => "dose-some-rise",
                };
                let args = args!["name": name, "rising": rising, "all": voices.len()];
                language.say(id, args)
            }
        }
    }

    /// One sentence a voice.
    fn text(&self, language: Language) -> Vec<String> {
        if self.voices.is_empty() {
            return vec![self.sentence(language)];
        }
        self.voices.iter().map(|one| one.told(language)).collect()
    }

    fn table(&self, language: Language) -> DataTable {
        let columns = language.columns(&[
            "dose-column-voice",
            "dose-column-level",
            "dose-column-measured",
            "dose-column-low",
            "dose-column-high",
            "dose-column-unit",
        ]);
        let rows = self.voices.iter().flat_map(|one| {
            let unit = language.word(match one.scale {
                DoseScale::Level => "dose-unit-level",
                DoseScale::Contrast => "dose-unit-contrast",
            });
            one.points.iter().map(move |point| {
                let figure = |value| Cell::figure(Some(value), 1.0, 2);
                vec![
                    Cell::text(&one.name),
                    figure(point.level),
                    figure(point.effect),
                    figure(point.low),
                    figure(point.high),
                    Cell::text(&unit),
                ]
            })
        });
        DataTable { rows: rows.collect(), columns }
    }
}

impl DoseSeries {
    /// The voice and its curve in words.
    fn told(&self, language: Language) -> String {
        let sentence = match self.sentence.as_str() {
            "" => dose_sentence(self.scale, &self.points, self.rises(), language),
            told => told.to_owned(),
        };
        let args = args!["name": language.named(&self.name), "sentence": sentence];
        language.say("dose-voice", args)
    }

    /// Whether each step showed more than the one before.
    fn rises(&self) -> bool {
        self.points.len() > 1 && self.points.windows(2).all(|two| two[1].effect > two[0].effect)
    }

    /// A point in words.
    fn point_sentence(&self, point: &DosePoint, language: Language) -> String {
        if !point.label.is_empty() {
            return point.label.clone();
        }
        let figure = |value| figure(self.scale, value, language);
        let args = args![
            "name": language.named(&self.name),
            "level": level_name(point.level, language),
            "measured": figure(point.effect),
            "range": language.range(&figure(point.low), &figure(point.high)),
        ];
        let id = if point.low < point.high { "dose-point" } else { "dose-point-alone" };
        language.say(id, args)
    }
}

/// A measurement as it is read: a level, or a contrast with its sign.
fn figure(scale: DoseScale, value: f64, language: Language) -> String {
    match scale {
        DoseScale::Level => language.decimal(value, 1),
        DoseScale::Contrast => {
            let figure = language.decimal(value, 2);
            if value >= 0.005 { format!("+{figure}") } else { figure }
        }
    }
}

/// A curve in a sentence: where it begins, where it ends, and whether more asked was more shown.
pub fn dose_sentence(
    scale: DoseScale,
    points: &[DosePoint],
    monotone: bool,
    language: Language,
) -> String {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return language.word("dose-voice-nothing");
    };
    let id = match (scale, monotone) {
        (DoseScale::Level, true) => "dose-levels-rise",
        (DoseScale::Level, false) => "dose-levels-mixed",
        (DoseScale::Contrast, true) => "dose-contrasts-rise",
        (DoseScale::Contrast, false) => "dose-contrasts-mixed",
    };
    let args = args![
        "first": figure(scale, first.effect, language),
        "last": figure(scale, last.effect, language),
        "from": level_name(first.level, language),
        "to": level_name(last.level, language),
    ];
    language.say(id, args)
}
