//! The strips, painted.

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;

use super::layout::{Group, Layout, Strip};
use super::{Fate, Flip};
use crate::ChartError;
use crate::canvas::Canvas;
use crate::font::Weight;
use crate::frame::{BODY, BODY_LINE, MARGIN, SMALL, SMALL_LINE};
use crate::palette::Mark;

/// From this width of a task on each has a dash of its own where it stayed the same.
const DASHED: f64 = 3.0;

/// Paints the chart.
pub(super) fn paint<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    layout: &Layout,
) -> Result<(), ChartError> {
    header(canvas, layout)?;
    for strip in &layout.strips {
        canvas.horizontal(strip.top, (MARGIN, layout.plot.1), 1.0, canvas.tones.hairline)?;
        names(canvas, strip)?;
        if !strip.groups.is_empty() {
            scale(canvas, layout, strip)?;
        }
        for group in &strip.groups {
            tasks(canvas, strip, group)?;
        }
    }
    layout.frame.paint(canvas, layout.bottom)
}

fn small<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    text: &str,
    at: (f64, f64),
    side: HPos,
) -> Result<(), ChartError> {
    canvas.text(text, at, SMALL, Weight::Regular, canvas.tones.soft, side)
}

fn header<B: DrawingBackend>(canvas: &Canvas<'_, B>, layout: &Layout) -> Result<(), ChartError> {
    for (i, line) in layout.head.iter().enumerate() {
        let at = (MARGIN, layout.header_top + SMALL_LINE * (i as f64 + 0.5));
        canvas.text(line, at, SMALL, Weight::Bold, canvas.tones.ink, HPos::Left)?;
    }
    let (second, y) = layout.second;
    let at = [(MARGIN + 6.5, y), (second + 6.0, y)];
    // The condition's mark differs by strip; the legend shows the first one's.
    let first = layout.strips.first().map_or(0, |strip| strip.color);
    if layout.strips.is_empty() || layout.strips.iter().any(Strip::is_marked) {
        canvas.ring(at[0])?;
        canvas.mark(first, at[1], 4.5, true)?;
    } else {
        canvas.horizontal(y, (at[0].0 - 6.0, at[0].0 + 6.0), 2.0, canvas.tones.ink)?;
        canvas.stroke(first, (at[1].0 - 6.0, y), (at[1].0 + 6.0, y), 4.0)?;
    }
    small(canvas, &layout.legend[0], (at[0].0 + 11.5, y), HPos::Left)?;
    small(canvas, &layout.legend[1], (at[1].0 + 12.0, y), HPos::Left)
}

fn names<B: DrawingBackend>(canvas: &Canvas<'_, B>, strip: &Strip) -> Result<(), ChartError> {
    let tones = canvas.tones;
    let mut y = strip.top + 8.0;
    for line in &strip.name {
        let at = (MARGIN, y + BODY_LINE / 2.0);
        canvas.text(line, at, BODY, Weight::Regular, tones.ink, HPos::Left)?;
        y += BODY_LINE;
    }
    for (fate, words) in &strip.counts {
        let at = (MARGIN + 5.0, y + SMALL_LINE / 2.0);
        match fate {
            Fate::Broke => canvas.solid(Mark::TriangleDown, at, 4.0, tones.soft)?,
            Fate::Same => canvas.horizontal(at.1, (at.0 - 4.5, at.0 + 4.5), 2.0, tones.soft)?,
            Fate::Fixed => canvas.solid(Mark::TriangleUp, at, 4.0, tones.soft)?,
        }
        small(canvas, words, (MARGIN + 16.0, at.1), HPos::Left)?;
        y += SMALL_LINE;
    }
    for note in &strip.notes {
        small(canvas, note, (MARGIN, y + SMALL_LINE / 2.0), HPos::Left)?;
        y += SMALL_LINE;
    }
    Ok(())
}

fn scale<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    layout: &Layout,
    strip: &Strip,
) -> Result<(), ChartError> {
    let (left, right) = layout.plot;
    for (rate, label) in &layout.ticks {
        let y = strip.y(*rate);
        canvas.horizontal(y, (left - 4.0, right), 1.0, canvas.tones.hairline)?;
        small(canvas, label, (left - 8.0, y), HPos::Right)?;
    }
    Ok(())
}

fn tasks<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    strip: &Strip,
    group: &Group,
) -> Result<(), ChartError> {
    if let Some(name) = &group.name {
        let at = ((group.left + group.right) / 2.0, strip.group_line());
        small(canvas, name, at, HPos::Center)?;
    }
    let mut place = 0;
    for (flip, count) in &group.runs {
        if strip.is_marked() {
            marked(canvas, strip, group, flip, place)?;
        } else {
            dashed(canvas, strip, group, flip, (place, *count))?;
        }
        place += count;
    }
    Ok(())
}

/// One task with room: a ring for the baseline, the condition's mark at the other end.
fn marked<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    strip: &Strip,
    group: &Group,
    flip: &Flip,
    place: usize,
) -> Result<(), ChartError> {
    let (x, size) = (strip.x(group, place), (strip.slot * 0.36).min(5.0));
    let (from, to) = (strip.y(flip.baseline), strip.y(flip.rate));
    if group.fate != Fate::Same {
        canvas.stroke(strip.color, (x, from), (x, to), 2.0)?;
    }
    canvas.disc((x, from), size + 1.0, canvas.tones.ink)?;
    canvas.disc((x, from), size - 0.5, canvas.tones.paper)?;
    canvas.mark(
        strip.color,
        (x, to),
        if group.fate == Fate::Same { size * 0.6 } else { size },
        true,
    )
}

/// Neighbours of the same values without room for marks: a line each; the baseline's dash in ink and the
/// condition's in its colour go through all of them.
fn dashed<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    strip: &Strip,
    group: &Group,
    flip: &Flip,
    (place, count): (usize, usize),
) -> Result<(), ChartError> {
    let (from, to) = (strip.y(flip.baseline), strip.y(flip.rate));
    let inset = strip.slot * 0.1;
    let left = group.left + place as f64 * strip.slot + inset;
    let ends = (left, left + count as f64 * strip.slot - 2.0 * inset);
    if group.fate == Fate::Same {
        let one = strip.slot - 2.0 * inset;
        if strip.slot < DASHED || count == 1 {
            return canvas.horizontal(from, ends, 3.0, canvas.tones.soft);
        }
        return (place..place + count).try_for_each(|place| {
            let x = strip.x(group, place);
            canvas.horizontal(from, (x - one / 2.0, x + one / 2.0), 3.0, canvas.tones.soft)
        });
    }
    let thick = (strip.slot * 0.4).clamp(0.75, 2.0);
    for one in place..place + count {
        let x = strip.x(group, one);
        canvas.stroke(strip.color, (x, from), (x, to), thick)?;
    }
    canvas.horizontal(from, ends, 2.0, canvas.tones.ink)?;
    canvas.stroke(strip.color, (ends.0, to), (ends.1, to), 4.0)
}
