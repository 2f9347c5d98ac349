//! What marks and fills of a chart mean: entries side by side that wrap, as many lines as they need.

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;

use crate::ChartError;
use crate::canvas::Canvas;
use crate::font::{Weight, width, wrap};
use crate::frame::{SMALL, SMALL_LINE};

/// Between a key and its words.
const GAP: f64 = 7.0;
/// Between two entries of a line.
const APART: f64 = 22.0;
/// Between lines of entries.
const LEAD: f64 = 4.0;

/// An entry with its place.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Middle of the key.
    pub key: (f64, f64),
    /// The words, broken.
    pub lines: Vec<String>,
    words_left: f64,
}

/// Entries in the room that they were given.
#[derive(Clone, Debug)]
pub(crate) struct Legend {
    /// In the order that they came in.
    pub entries: Vec<Entry>,
    /// Height of all of them.
    pub height: f64,
}

impl Legend {
    /// Entries from `(left, top)` on and up to `right`, each behind a key of `key` pixels.
    pub fn of(names: &[String], (left, top): (f64, f64), right: f64, key: f64) -> Legend {
        let (size, weight) = (SMALL as f32, Weight::Regular);
        let room = (right - left - key - GAP).max(40.0);
        let (mut x, mut y, mut tallest) = (left, top, 0.0_f64);
        let mut entries = Vec::new();
        for name in names {
            let lines = wrap(name, size, weight, room as f32, 3);
            let longest = lines.iter().map(|line| width(line, size, weight)).fold(0.0, f32::max);
            let wide = key + GAP + f64::from(longest);
            if x > left && x + wide > right {
                x = left;
                y += tallest + LEAD;
                tallest = 0.0;
            }
            let tall = lines.len().max(1) as f64 * SMALL_LINE;
            let at = (x + key / 2.0, y + SMALL_LINE / 2.0);
            entries.push(Entry { key: at, lines, words_left: x + key + GAP });
            x += wide + APART;
            tallest = tallest.max(tall);
        }
        Legend { entries, height: y + tallest - top }
    }

    /// Writes the words and lets `key` draw each key around its middle.
    pub fn paint<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        mut key: impl FnMut(usize, (f64, f64)) -> Result<(), ChartError>,
    ) -> Result<(), ChartError> {
        for (i, entry) in self.entries.iter().enumerate() {
            key(i, entry.key)?;
            for (line, y) in entry.lines.iter().zip(0..) {
                let at = (entry.words_left, entry.key.1 + f64::from(y) * SMALL_LINE);
                let tone = canvas.tones.soft;
                canvas.text(line, at, SMALL, Weight::Regular, tone, HPos::Left)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_do_not_fit_side_by_side_go_below_each_other() {
        let names = ["Without traits", "Impatience", "Confusion"].map(str::to_owned);
        let wide = Legend::of(&names, (20.0, 10.0), 800.0, 12.0);
        assert!(wide.entries.iter().all(|entry| entry.key.1 == 19.0));
        let narrow = Legend::of(&names, (20.0, 10.0), 160.0, 12.0);
        assert!(narrow.height > 2.0 * wide.height);
        let long = Legend::of(&["word ".repeat(60)], (20.0, 10.0), 200.0, 12.0);
        assert_eq!(long.entries[0].lines.len(), 3);
    }
}
