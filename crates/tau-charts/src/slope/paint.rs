//! The slopes, painted.

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;

use super::layout::{Label, Layout, Slope};
use crate::canvas::Canvas;
use crate::font::Weight;
use crate::frame::{BODY, SMALL};
use crate::palette::{color, is_pale};
use crate::{Bounds, ChartError};

/// Paints the chart.
pub(super) fn paint<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    layout: &Layout,
) -> Result<(), ChartError> {
    let tones = canvas.tones;
    for (line, at) in &layout.heads {
        canvas.text(line, *at, BODY, Weight::Bold, tones.ink, HPos::Center)?;
    }
    let (left, right) = layout.scales;
    for x in [left, right] {
        canvas.vertical(x, layout.grid, 1.0, tones.edge)?;
        let ends = [(&layout.ends.0, layout.grid.1 + 12.0), (&layout.ends.1, layout.grid.0 - 12.0)];
        for (label, y) in ends {
            canvas.text(label, (x, y), SMALL, Weight::Regular, tones.soft, HPos::Center)?;
        }
    }
    for rate in [0.0, 0.25, 0.5, 0.75, 1.0] {
        canvas.horizontal(layout.y(rate), (left, right), 1.0, tones.hairline)?;
    }
    // The baseline last, so that nothing covers it.
    let order = |baseline| layout.slopes.iter().filter(move |s| s.line.is_baseline == baseline);
    for slope in order(false).chain(order(true)) {
        leaders(canvas, layout, slope)?;
        line(canvas, layout, slope)?;
    }
    for slope in &layout.slopes {
        label(canvas, &slope.left, layout.edges.0, HPos::Right)?;
        label(canvas, &slope.right, layout.edges.1, HPos::Left)?;
    }
    layout.frame.paint(canvas, layout.bottom)
}

/// The condition's mark beside each label, and thin lines from there to the marks on the scales.
fn leaders<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    layout: &Layout,
    slope: &Slope,
) -> Result<(), ChartError> {
    let tone = canvas.tones.edge;
    let (left, right) = (layout.scales.0 + slope.aside, layout.scales.1 + slope.aside);
    let (from, to) = (layout.y(slope.line.left), layout.y(slope.line.right));
    let labels =
        [(layout.edges.0 + 10.0, slope.left.middle), (layout.edges.1 - 10.0, slope.right.middle)];
    canvas.path(&[(labels[0].0 + 7.0, labels[0].1), (left - 7.0, from)], 0.75, tone)?;
    canvas.path(&[(right + 7.0, to), (labels[1].0 - 7.0, labels[1].1)], 0.75, tone)?;
    labels.into_iter().try_for_each(|at| match slope.line.is_baseline {
        true => {
            canvas.disc(at, 5.0, canvas.tones.ink)?;
            canvas.disc(at, 3.5, canvas.tones.paper)
        }
        false => canvas.mark(slope.line.color, at, 4.0, true),
    })
}

fn line<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    layout: &Layout,
    slope: &Slope,
) -> Result<(), ChartError> {
    let data = &slope.line;
    let from = (layout.scales.0 + slope.aside, layout.y(data.left));
    let to = (layout.scales.1 + slope.aside, layout.y(data.right));
    let tone = if data.is_baseline { canvas.tones.ink } else { color(data.color) };
    if layout.intervals {
        let whisker = |x: f64, interval: Option<Bounds>| {
            interval.map_or(Ok(()), |i| {
                let ends = (layout.y(i.high), layout.y(i.low));
                match data.is_baseline {
                    true => canvas.vertical(x, ends, 1.0, tone),
                    false => canvas.stroke(data.color, (x, ends.0), (x, ends.1), 1.0),
                }
            })
        };
        whisker(from.0, data.left_interval)?;
        whisker(to.0, data.right_interval)?;
    }
    if !data.is_baseline && is_pale(data.color) {
        canvas.path(&[from, to], 3.5, canvas.tones.edge)?;
    }
    canvas.path(&[from, to], 2.0, tone)?;
    if data.is_baseline {
        canvas.ring(from)?;
        return if slope.clear { canvas.disc(to, 6.0, tone) } else { canvas.ring(to) };
    }
    canvas.mark(data.color, from, 5.0, true)?;
    canvas.mark(data.color, to, 5.0, slope.clear)
}

fn label<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    label: &Label,
    edge: f64,
    side: HPos,
) -> Result<(), ChartError> {
    let mut top = label.middle - label.height() / 2.0;
    for words in &label.words {
        let tone = if words.soft { canvas.tones.soft } else { canvas.tones.ink };
        let at = (edge, top + words.height() / 2.0);
        canvas.text(&words.text, at, words.size, words.weight, tone, side)?;
        top += words.height();
    }
    Ok(())
}
