//! Where everything of the stacks stands, in pixels, and how it is painted.

use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::HPos;

use super::{FaultRow, FaultStack, Part};
use crate::canvas::Canvas;
use crate::font::{Weight, ellipsise, width, wrap};
use crate::frame::{BODY, BODY_LINE, Frame, MARGIN, SMALL, SMALL_LINE};
use crate::language::args;
use crate::legend::Legend;
use crate::palette::{Tones, color};
use crate::patterns::{Area, Pattern};
use crate::{ChartError, Hotspot, Language, Opens};

/// Height of a bar.
const BAR: f64 = 26.0;
/// Space above and below the words of a row.
const PAD: f64 = 12.0;
/// Smallest side of a place to open.
const TARGET: f64 = 24.0;
/// No wider than what stacks can fill.
const WIDEST: f64 = 1_200.0;

impl Part {
    /// Colour and pattern: with the pattern parts are told apart in grey as well.
    fn look(self, tones: Tones) -> (Pattern, RGBColor) {
        match self {
            Part::User => (Pattern::Rising, color(4)),
            Part::Agent => (Pattern::Plain, color(1)),
            Part::Environment => (Pattern::Level, color(2)),
            Part::Grader => (Pattern::Dotted, color(3)),
            Part::Unjudged => (Pattern::Hollow, tones.soft),
        }
    }
}

/// A condition's row.
#[derive(Clone, Debug)]
pub(super) struct PlacedRow {
    top: f64,
    height: f64,
    name: Vec<String>,
    /// "51 of 150 failed".
    count: Vec<String>,
    /// "6 not scored", at the right.
    not_scored: Option<String>,
    /// "34 %", at the right; `None` where nothing was scored.
    share: Option<String>,
    /// Room of all scored conversations.
    pub whole: Area,
    /// Its parts, side by side.
    pub parts: Vec<(Part, Area)>,
    /// Counts below the bar.
    counts: Legend,
    counted: Vec<Part>,
}

/// The whole chart.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    frame: Frame,
    pub width: u32,
    pub height: u32,
    pub hotspots: Vec<Hotspot>,
    pub rows: Vec<PlacedRow>,
    ticks: Vec<f64>,
    bar: (f64, f64),
    grid_bottom: f64,
    legend: Legend,
    bottom: f64,
}

impl Layout {
    /// Names at the left, bars from 0 to 100 % of the scored conversations, figures at the right.
    pub fn of(chart: &FaultStack, width_asked: u32, language: Language) -> Layout {
        let full = f64::from(width_asked.clamp(400, 2_000)).min(WIDEST);
        let frame = Frame::of(&chart.heading, &[language.word("faults-caption")], full);
        let names = (full * 0.24).clamp(110.0, 260.0);
        let wide = |words: &str| f64::from(width(words, SMALL as f32, Weight::Regular));
        let figures = chart
            .rows
            .iter()
            .filter_map(|row| not_scored(row, language))
            .map(|words| wide(&words))
            .fold(52.0, f64::max)
            .min(full * 0.3);
        let bar = (MARGIN + names + 16.0, full - MARGIN - figures - 14.0);

        let (mut rows, mut hotspots) = (Vec::new(), Vec::new());
        let mut top = frame.top();
        for row in &chart.rows {
            let placed = placed(row, top, bar, (names, figures), language);
            for (part, area) in &placed.parts {
                let target = if area.width() >= TARGET {
                    *area
                } else {
                    // Too narrow to hit: its count below the bar opens it instead.
                    let entry = placed.counted.iter().position(|counted| counted == part);
                    entry.map_or(*area, |i| placed.count_area(i))
                };
                hotspots.push(Hotspot {
                    opens: Opens {
                        author: Some(part.author().to_owned()),
                        ..Opens::condition(&row.condition_id)
                    },
                    label: row.part_sentence(*part, language),
                    x: target.left,
                    y: target.top,
                    width: target.width(),
                    height: target.height(),
                });
            }
            top += placed.height;
            rows.push(placed);
        }
        let names: Vec<String> = Part::ALL.iter().map(|part| part.name(language)).collect();
        let legend_top = top + SMALL_LINE + 18.0;
        let legend = Legend::of(&names, (MARGIN, legend_top), full - MARGIN, 22.0);
        let bottom = legend_top + legend.height;
        let ticks = match bar.1 - bar.0 {
            wide if wide < 200.0 => vec![0.0, 0.5, 1.0],
            _ => vec![0.0, 0.25, 0.5, 0.75, 1.0],
        };
        Layout {
            width: full.ceil() as u32,
            height: frame.height(bottom),
            frame,
            hotspots,
            rows,
            ticks,
            bar,
            grid_bottom: top,
            legend,
            bottom,
        }
    }

    /// Paints the chart.
    pub fn paint<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        language: Language,
    ) -> Result<(), ChartError> {
        let tones = canvas.tones;
        let (small, regular) = (SMALL, Weight::Regular);
        self.frame.paint(canvas, self.bottom)?;
        for tick in &self.ticks {
            let x = self.bar.0 + tick * (self.bar.1 - self.bar.0);
            // Behind the bars only: a line through the counts below would cross them out.
            for row in self.rows.iter().filter(|row| row.share.is_some()) {
                let ends = (row.whole.top - 5.0, row.whole.bottom);
                canvas.vertical(x, ends, 1.0, tones.hairline)?;
            }
            let at = (x, self.grid_bottom + 6.0 + SMALL_LINE / 2.0);
            canvas.text(&language.percent(*tick), at, small, regular, tones.soft, HPos::Center)?;
        }
        let edges = (MARGIN, f64::from(self.width) - MARGIN);
        for row in &self.rows {
            canvas.horizontal(row.top, edges, 1.0, tones.hairline)?;
            row.paint(canvas, edges.1, language)?;
        }
        canvas.horizontal(self.grid_bottom, edges, 1.0, tones.hairline)?;
        self.legend.paint(canvas, |i, (x, y)| {
            let area = Area { left: x - 11.0, right: x + 11.0, top: y - 7.0, bottom: y + 7.0 };
            let (pattern, tone) = Part::ALL[i].look(tones);
            canvas.patterned(area, pattern, tone)
        })
    }
}

impl PlacedRow {
    /// Where the nth count below the bar stands.
    fn count_area(&self, nth: usize) -> Area {
        let (x, y) = self.counts.entries[nth].key;
        let words = self.counts.entries[nth].lines.first().map_or("", String::as_str);
        let long = f64::from(width(words, SMALL as f32, Weight::Regular));
        Area { left: x - 8.0, right: x + 13.0 + long, top: y - 12.0, bottom: y + 12.0 }
    }

    fn paint<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        right: f64,
        language: Language,
    ) -> Result<(), ChartError> {
        let tones = canvas.tones;
        let mut y = self.top + PAD;
        for line in &self.name {
            let at = (MARGIN, y + BODY_LINE / 2.0);
            canvas.text(line, at, BODY, Weight::Regular, tones.ink, HPos::Left)?;
            y += BODY_LINE;
        }
        for line in &self.count {
            let at = (MARGIN, y + SMALL_LINE / 2.0);
            canvas.text(line, at, SMALL, Weight::Regular, tones.soft, HPos::Left)?;
            y += SMALL_LINE;
        }
        let middle = self.whole.centre().1;
        if let Some(words) = &self.not_scored {
            let at = (right, middle + BAR / 2.0 + SMALL_LINE / 2.0);
            canvas.text(words, at, SMALL, Weight::Regular, tones.soft, HPos::Right)?;
        }
        let Some(share) = &self.share else {
            let at = (self.whole.left, middle);
            let words = language.word("faults-no-score");
            return canvas.text(&words, at, SMALL, Weight::Regular, tones.soft, HPos::Left);
        };
        canvas.text(share, (right, middle), BODY, Weight::Bold, tones.ink, HPos::Right)?;
        canvas.outline(self.whole, 1.0, tones.hairline)?;
        for (part, area) in &self.parts {
            let (pattern, tone) = part.look(tones);
            canvas.patterned(*area, pattern, tone)?;
        }
        // Parts of like greys are kept apart by paper.
        for (_, area) in self.parts.iter().skip(1) {
            canvas.vertical(area.left, (area.top, area.bottom), 1.5, tones.paper)?;
        }
        self.counts.paint(canvas, |i, (x, y)| {
            let area = Area { left: x - 6.0, right: x + 6.0, top: y - 6.0, bottom: y + 6.0 };
            let (pattern, tone) = self.counted[i].look(tones);
            canvas.patterned(area, pattern, tone)
        })
    }
}

fn not_scored(row: &FaultRow, language: Language) -> Option<String> {
    (row.not_scored > 0).then(|| language.say("faults-not-scored", args!["n": row.not_scored]))
}

fn placed(
    row: &FaultRow,
    top: f64,
    (left, right): (f64, f64),
    (names, figures): (f64, f64),
    language: Language,
) -> PlacedRow {
    let name = wrap(&language.named(&row.name), BODY as f32, Weight::Regular, names as f32, 2);
    let args = args!["failed": row.failed(), "scored": row.scored];
    let count = language.say("faults-count", args);
    let count = match row.scored {
        0 => Vec::new(),
        _ => wrap(&count, SMALL as f32, Weight::Regular, names as f32, 2),
    };
    let whole = Area { left, right, top: top + PAD, bottom: top + PAD + BAR };
    let mut parts = Vec::new();
    let mut x = left;
    let counted: Vec<Part> = Part::ALL.into_iter().filter(|part| part.of(row) > 0).collect();
    for part in &counted {
        // More failures than scores would be someone's mistake; the bar does not leave its room for it.
        let end = (x + row.share(part.of(row)) * whole.width()).min(right);
        parts.push((*part, Area { left: x, right: end, ..whole }));
        x = end;
    }
    if row.scored == 0 {
        parts.clear();
    }
    let words: Vec<String> = match row.scored {
        0 => Vec::new(),
        _ => counted.iter().map(|part| language.thousands(part.of(row))).collect(),
    };
    // Twelve pixels above and below a count, so that it can be hit.
    let counts = Legend::of(&words, (left, whole.bottom + 6.0), right, 12.0);
    let words_height = name.len() as f64 * BODY_LINE + count.len() as f64 * SMALL_LINE;
    let beside = BAR + 6.0 + counts.height.max(SMALL_LINE);
    PlacedRow {
        top,
        height: words_height.max(beside) + 2.0 * PAD,
        name,
        count,
        not_scored: not_scored(row, language)
            .map(|words| ellipsise(&words, SMALL as f32, Weight::Regular, figures as f32)),
        share: (row.scored > 0).then(|| language.percent(row.share(row.failed()))),
        whole,
        parts,
        counts,
        counted,
    }
}
