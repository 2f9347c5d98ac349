//! What stands above and below every chart: the title, and the lines that a reader must know.

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;
use serde::{Deserialize, Serialize};

use crate::ChartError;
use crate::canvas::Canvas;
use crate::font::{Weight, wrap};

/// Space around a chart.
pub(crate) const MARGIN: f64 = 20.0;
/// Size of names and figures.
pub(crate) const BODY: f64 = 14.0;
/// Height of a line of them.
pub(crate) const BODY_LINE: f64 = 20.0;
/// Size of everything secondary.
pub(crate) const SMALL: f64 = 12.0;
/// Height of a line of it.
pub(crate) const SMALL_LINE: f64 = 18.0;
const TITLE: f64 = 18.0;
const TITLE_LINE: f64 = 26.0;

/// Title and notes of a chart, in the language that it is drawn in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// Above the chart; the window leaves it out, files may have one.
    pub title: Option<String>,
    /// Below it: what was left out, what differs, whether a practice model took part.
    pub notes: Vec<String>,
}

/// The lines of a heading, broken for a width, and of the chart's own caption.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    title: Vec<String>,
    caption: Vec<String>,
}

impl Frame {
    /// The frame of a chart `width` pixels wide; `caption` stands before the notes.
    pub fn of(heading: &Heading, caption: &[String], width: f64) -> Frame {
        let room = (width - 2.0 * MARGIN) as f32;
        let title = heading.title.as_deref().unwrap_or_default();
        let lines = caption.iter().chain(&heading.notes);
        Frame {
            title: wrap(title, TITLE as f32, Weight::Bold, room, 3),
            caption: lines
                .flat_map(|line| wrap(line, SMALL as f32, Weight::Regular, room, 4))
                .collect(),
        }
    }

    /// Where the chart itself may begin.
    pub fn top(&self) -> f64 {
        match self.title.len() {
            0 => MARGIN - 4.0,
            lines => MARGIN + lines as f64 * TITLE_LINE + 12.0,
        }
    }

    /// Height of the picture when the chart itself ends at `bottom`.
    pub fn height(&self, bottom: f64) -> u32 {
        let caption = match self.caption.len() {
            0 => 0.0,
            lines => 12.0 + lines as f64 * SMALL_LINE,
        };
        (bottom + caption + 12.0).ceil() as u32
    }

    /// Writes title and caption; the chart itself ends at `bottom`.
    pub fn paint<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        bottom: f64,
    ) -> Result<(), ChartError> {
        let tones = canvas.tones;
        for (i, line) in self.title.iter().enumerate() {
            let at = (MARGIN, MARGIN + TITLE_LINE * (i as f64 + 0.5));
            canvas.text(line, at, TITLE, Weight::Bold, tones.ink, HPos::Left)?;
        }
        for (i, line) in self.caption.iter().enumerate() {
            let at = (MARGIN, bottom + 12.0 + SMALL_LINE * (i as f64 + 0.5));
            canvas.text(line, at, SMALL, Weight::Regular, tones.soft, HPos::Left)?;
        }
        Ok(())
    }
}
