//! Where everything of the bars stands, in pixels, and how it is painted.

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;

use super::{Bar, TagBars, TagCell};
use crate::canvas::Canvas;
use crate::font::{Weight, ellipsise, width, wrap};
use crate::frame::{BODY, BODY_LINE, Frame, MARGIN, SMALL, SMALL_LINE};
use crate::language::args;
use crate::palette::{color, is_pale};
use crate::panels::Ink;
use crate::{ChartError, Hotspot, Language, Opens};

/// Height of a condition's row: a place to open is at least 24 pixels high.
const ROW: f64 = 24.0;
/// Height of a bar.
const BAR: f64 = 13.0;
/// Between the columns of the picture.
const GAP: f64 = 16.0;
/// With less room the changes are figures only.
const PANEL: f64 = 150.0;

/// A bar with its place.
#[derive(Clone, Debug)]
struct PlacedBar {
    top: f64,
    ink: Ink,
    name: String,
    share: f64,
    figure: String,
    cell: TagCell,
    /// "+8 (+3 to +13)".
    change: Option<String>,
}

/// A tag's name above its bars.
#[derive(Clone, Debug)]
struct PlacedTag {
    top: f64,
    name: Vec<String>,
}

/// The scale of changes.
#[derive(Clone, Copy, Debug)]
struct Changes {
    left: f64,
    right: f64,
    end: f64,
}

impl Changes {
    fn x(&self, change: f64) -> f64 {
        let share = (change.clamp(-self.end, self.end) / self.end + 1.0) / 2.0;
        self.left + share * (self.right - self.left)
    }
}

/// The whole chart.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    frame: Frame,
    pub width: u32,
    pub height: u32,
    pub hotspots: Vec<Hotspot>,
    tags: Vec<PlacedTag>,
    bars: Vec<PlacedBar>,
    /// Left and right end of the bars' scale.
    scale: (f64, f64),
    changes: Option<Changes>,
    /// Right edge of the figures of shares and left edge of those of changes.
    figures: (f64, Option<f64>),
    grid: (f64, f64),
    head: f64,
    further: Option<(f64, String)>,
    bottom: f64,
}

fn wide(words: &str, size: f64, weight: Weight) -> f64 {
    f64::from(width(words, size as f32, weight))
}

impl Layout {
    /// Bars at the left, where there is a baseline their changes at the right.
    pub fn of(chart: &TagBars, width_asked: u32, language: Language) -> Layout {
        let full = f64::from(width_asked.clamp(480, 2_000)).min(1_300.0);
        let frame = Frame::of(&chart.heading, &captions(chart, language), full);
        let shown = chart.shown();
        let counts_only = chart.is_counts_only();
        let rows = || chart.rows.iter().take(shown);
        let cells = || chart.bars().filter(|bar| rows().any(|row| std::ptr::eq(row, bar.row)));

        let shares = cells()
            .map(|bar| wide(&figure(bar.cell, counts_only, language), SMALL, Weight::Regular));
        let shares = shares.fold(40.0, f64::max);
        let with_changes = chart.has_baseline && chart.has_intervals();
        let changes_wide = with_changes.then(|| {
            let heads = wide(&language.word("tags-figures"), SMALL, Weight::Bold);
            let figures = cells().filter_map(|bar| change(bar.cell, language));
            figures.map(|words| wide(&words, SMALL, Weight::Bold)).fold(heads, f64::max)
        });
        let names = cells()
            .map(|bar| wide(&language.named(&bar.column.name), SMALL, Weight::Regular) + 22.0)
            .fold(80.0, f64::max)
            .min((full * 0.22).clamp(132.0, 230.0));
        let room = full
            - 2.0 * MARGIN
            - names
            - shares
            - 2.0 * GAP
            - changes_wide.map_or(0.0, |wide| wide + GAP);
        // The scale of changes is drawn where it leaves the bars as much room as it takes itself.
        let panel = (with_changes && room >= 2.0 * PANEL + GAP)
            .then(|| ((room - GAP) * 0.5).clamp(PANEL, 320.0));
        let bars = room - panel.map_or(0.0, |panel| panel + GAP);
        let scale = (MARGIN + names + GAP, MARGIN + names + GAP + bars);
        let shares_right = scale.1 + GAP + shares;
        let changes = panel.map(|panel| Changes {
            left: shares_right + GAP,
            right: shares_right + GAP + panel,
            end: reach(&cells().map(|bar| *bar.cell).collect::<Vec<_>>()),
        });
        let changes_left = changes_wide.map(|wide| full - MARGIN - wide);

        let head = frame.top();
        let grid_top = head + SMALL_LINE + if changes.is_some() { SMALL_LINE } else { 0.0 } + 6.0;
        let (mut tags, mut placed, mut hotspots) = (Vec::new(), Vec::new(), Vec::new());
        let mut top = grid_top;
        for row in rows() {
            let room = (full - 2.0 * MARGIN) as f32;
            let name = wrap(&language.named(&row.name), BODY as f32, Weight::Bold, room, 2);
            top += 8.0;
            let tall = name.len() as f64 * BODY_LINE;
            tags.push(PlacedTag { top, name });
            top += tall + 2.0;
            for (i, (column, cell)) in chart.columns.iter().zip(&row.cells).enumerate() {
                let bar = Bar { row, column, cell };
                let room = (names - 22.0) as f32;
                let name =
                    ellipsise(&language.named(&column.name), SMALL as f32, Weight::Regular, room);
                placed.push(PlacedBar {
                    top,
                    ink: match (i, chart.has_baseline) {
                        (0, true) => Ink::Baseline,
                        _ => Ink::Color(column.color),
                    },
                    name,
                    share: bar.share(),
                    figure: figure(cell, counts_only, language),
                    cell: *cell,
                    change: change(cell, language),
                });
                if cell.count > 0 {
                    let opens =
                        Opens { tag: Some(row.tag.clone()), ..Opens::condition(&column.id) };
                    hotspots.push(Hotspot {
                        opens,
                        label: bar.sentence(chart, language),
                        x: MARGIN / 2.0,
                        y: top,
                        width: full - MARGIN,
                        height: ROW,
                    });
                }
                top += ROW;
            }
        }
        let grid = (grid_top, top + 6.0);
        let mut bottom = grid.1 + 6.0 + SMALL_LINE;
        let left_out = chart.rows.len() - shown;
        let further = (left_out > 0).then(|| {
            let line = (bottom + 14.0, language.say("tags-further", args!["n": left_out]));
            bottom += 14.0 + SMALL_LINE / 2.0;
            line
        });
        Layout {
            width: full.ceil() as u32,
            height: frame.height(bottom),
            frame,
            hotspots,
            tags,
            bars: placed,
            scale,
            changes,
            figures: (shares_right, changes_left),
            grid,
            head,
            further,
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
        self.frame.paint(canvas, self.bottom)?;
        if let Some((y, words)) = &self.further {
            canvas.text(words, (MARGIN, *y), SMALL, Weight::Bold, tones.ink, HPos::Left)?;
        }
        if self.bars.is_empty() {
            let at = (MARGIN, self.head + SMALL_LINE / 2.0);
            let words = language.word("tags-nothing");
            return canvas.text(&words, at, BODY, Weight::Regular, tones.ink, HPos::Left);
        }
        self.heads(canvas, language)?;
        self.scales(canvas, language)?;
        for tag in &self.tags {
            for (line, i) in tag.name.iter().zip(0..) {
                let at = (MARGIN, tag.top + BODY_LINE * (f64::from(i) + 0.5));
                canvas.text(line, at, BODY, Weight::Bold, tones.ink, HPos::Left)?;
            }
        }
        self.bars.iter().try_for_each(|bar| self.bar(canvas, bar))
    }

    fn heads<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        language: Language,
    ) -> Result<(), ChartError> {
        let (tones, y) = (canvas.tones, self.head + SMALL_LINE / 2.0);
        let bold = |words: &str, x: f64, room: f64| {
            let words = ellipsise(words, SMALL as f32, Weight::Bold, room as f32);
            canvas.text(&words, (x, y), SMALL, Weight::Bold, tones.ink, HPos::Left)
        };
        bold(&language.word("tags-share"), self.scale.0, self.figures.0 - self.scale.0)?;
        if let Some(left) = self.figures.1 {
            bold(&language.word("tags-figures"), left, f64::INFINITY)?;
        }
        let Some(changes) = self.changes else {
            return Ok(());
        };
        let room = changes.right - changes.left;
        bold(&language.word("tags-change"), changes.left, room)?;
        let y = y + SMALL_LINE;
        let (small, soft) = (Weight::Regular, tones.soft);
        let arrow = |words: &str, tip: f64, back: f64| {
            canvas.horizontal(
                y,
                ((tip + back * 10.0).min(tip), (tip + back * 10.0).max(tip)),
                1.0,
                soft,
            )?;
            let head = [(tip, y), (tip + back * 4.5, y - 3.0), (tip + back * 4.5, y + 3.0)];
            canvas.shape(&head, soft)?;
            let words = ellipsise(words, SMALL as f32, small, (room / 2.0 - 20.0) as f32);
            let side = if back > 0.0 { HPos::Left } else { HPos::Right };
            canvas.text(&words, (tip + back * 14.0, y), SMALL, small, soft, side)
        };
        arrow(&language.word("tags-fewer"), changes.left, 1.0)?;
        arrow(&language.word("tags-more"), changes.right, -1.0)
    }

    fn scales<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        language: Language,
    ) -> Result<(), ChartError> {
        let (tones, y) = (canvas.tones, self.grid.1 + 6.0 + SMALL_LINE / 2.0);
        let (left, right) = self.scale;
        let ticks: &[f64] =
            if right - left < 190.0 { &[0.0, 0.5, 1.0] } else { &[0.0, 0.25, 0.5, 0.75, 1.0] };
        let ticks = if right - left < 110.0 { &[0.0, 1.0] } else { ticks };
        let small = |words: &str, x: f64| {
            canvas.text(words, (x, y), SMALL, Weight::Regular, tones.soft, HPos::Center)
        };
        for tick in ticks {
            let x = left + tick * (right - left);
            let (thick, tone) =
                if *tick == 0.0 { (1.5, tones.edge) } else { (1.0, tones.hairline) };
            self.grid_line(canvas, x, thick, tone)?;
            small(&language.percent(*tick), x)?;
        }
        if let Some(changes) = self.changes {
            let half = changes.end / 2.0;
            for tick in [-changes.end, -half, 0.0, half, changes.end] {
                let x = changes.x(tick);
                let (thick, tone) =
                    if tick == 0.0 { (1.5, tones.edge) } else { (1.0, tones.hairline) };
                self.grid_line(canvas, x, thick, tone)?;
                small(&language.points(tick), x)?;
            }
        }
        let edges = (MARGIN, f64::from(self.width) - MARGIN);
        for tag in &self.tags {
            canvas.horizontal(tag.top - 4.0, edges, 1.0, tones.hairline)?;
        }
        canvas.horizontal(self.grid.1, edges, 1.0, tones.hairline)
    }

    /// A line of the grid behind the bars, and not through the names of tags.
    fn grid_line<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        x: f64,
        thick: f64,
        tone: plotters::style::RGBColor,
    ) -> Result<(), ChartError> {
        for bar in &self.bars {
            canvas.vertical(x, (bar.top, bar.top + ROW), thick, tone)?;
        }
        Ok(())
    }

    fn bar<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        bar: &PlacedBar,
    ) -> Result<(), ChartError> {
        let (tones, y) = (canvas.tones, bar.top + ROW / 2.0);
        canvas.point(bar.ink, (MARGIN + 8.0, y))?;
        let at = (MARGIN + 22.0, y);
        canvas.text(&bar.name, at, SMALL, Weight::Regular, tones.ink, HPos::Left)?;
        let (left, right) = self.scale;
        let end = left + bar.share.clamp(0.0, 1.0) * (right - left);
        let (top, bottom) = (y - BAR / 2.0, y + BAR / 2.0);
        let tone = match bar.ink {
            Ink::Baseline => tones.soft,
            Ink::Color(index) => color(index),
        };
        if bar.share > 0.0 {
            // A share that is not zero is never drawn as nothing.
            canvas.bar((left, top), (end.max(left + 1.5), bottom), tone)?;
            if matches!(bar.ink, Ink::Color(index) if is_pale(index)) {
                canvas.horizontal(top, (left, end), 1.0, tones.edge)?;
                canvas.horizontal(bottom, (left, end), 1.0, tones.edge)?;
                canvas.vertical(end, (top, bottom), 1.0, tones.edge)?;
            }
        }
        let at = (self.figures.0, y);
        canvas.text(&bar.figure, at, SMALL, Weight::Regular, tones.ink, HPos::Right)?;
        let (Some(words), Some(left)) = (&bar.change, self.figures.1) else {
            return Ok(());
        };
        let clear = bar.cell.interval.is_some_and(|i| !i.hold_zero());
        let weight = if clear { Weight::Bold } else { Weight::Regular };
        canvas.text(words, (left, y), SMALL, weight, tones.ink, HPos::Left)?;
        let (Some(changes), Some(change)) = (self.changes, bar.cell.difference) else {
            return Ok(());
        };
        let tone = match bar.ink {
            Ink::Color(index) if is_pale(index) => tones.edge,
            _ => tone,
        };
        if let Some(i) = bar.cell.interval {
            let ends = (changes.x(i.low), changes.x(i.high));
            canvas.horizontal(y, ends, 2.0, tone)?;
            for end in [ends.0, ends.1] {
                canvas.vertical(end, (y - 4.0, y + 4.0), 1.5, tone)?;
            }
        }
        match bar.ink {
            Ink::Baseline => Ok(()),
            Ink::Color(index) => canvas.mark(index, (changes.x(change), y), 4.5, clear),
        }
    }
}

/// How much of the conversations: a share with its count, or the count alone.
fn figure(cell: &TagCell, counts_only: bool, language: Language) -> String {
    let (count, scored) = (cell.count, cell.scored);
    match cell.share {
        None => language.word("tags-no-score"),
        Some(_) if counts_only => {
            language.say("tags-count", args!["count": count, "scored": scored])
        }
        Some(share) => {
            let args = args!["share": language.percent(share), "count": count];
            language.say("tags-share-count", args)
        }
    }
}

/// `+8 (+3 to +13)`.
fn change(cell: &TagCell, language: Language) -> Option<String> {
    let (difference, i) = (cell.difference?, cell.interval?);
    let range = language.points_range(i.low, i.high);
    Some(format!("{} ({range})", language.points(difference)))
}

/// The nearest round change that holds every interval.
fn reach(cells: &[TagCell]) -> f64 {
    let ends = cells.iter().filter_map(|cell| cell.interval).flat_map(|i| [i.low, i.high]);
    let most = ends.fold(0.0, |most: f64, end| most.max(end.abs()));
    [0.1, 0.2, 0.4, 0.6, 0.8].into_iter().find(|end| most <= end + 1e-9).unwrap_or(1.0)
}

fn captions(chart: &TagBars, language: Language) -> Vec<String> {
    let scored = || chart.bars().map(|bar| bar.cell.scored);
    let (Some(low), Some(high)) = (scored().min(), scored().max()) else {
        return Vec::new();
    };
    let id = match chart.is_counts_only() {
        true => "tags-caption-counts",
        false if low == high => "tags-caption",
        false => "tags-caption-between",
    };
    let args = args![
        "conversations": language.conversations(high),
        "between": language.between(low, high),
    ];
    let mut lines = vec![language.say(id, args)];
    if chart.is_counts_only() {
        lines.push(language.word("tags-caption-few"));
    } else if chart.has_baseline && chart.has_intervals() {
        lines.push(language.word("tags-caption-change"));
    }
    lines
}
