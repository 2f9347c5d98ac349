//! Where everything of the chart stands, in pixels.

use super::{ForestChart, ForestRow};
use crate::font::{Weight, wrap};
use crate::frame::{BODY, BODY_LINE, MARGIN, SMALL, SMALL_LINE};
use crate::words;
use crate::{Hotspot, Opens};

const TITLE: f64 = 18.0;
const TITLE_LINE: f64 = 26.0;
/// Space above and below the words of a row.
const ROW_PAD: f64 = 10.0;
/// Many rows repeat the scale at the top.
const TALL: usize = 10;

/// A panel: where its scale begins and ends, and which values stand there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Panel {
    pub left: f64,
    pub right: f64,
    pub low: f64,
    pub high: f64,
    pub step: f64,
}

impl Panel {
    /// Pixel of a value, kept within the panel.
    pub fn x(&self, value: f64) -> f64 {
        let share = (value.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        self.left + share * (self.right - self.left)
    }

    /// Values of the grid.
    pub fn ticks(&self) -> impl Iterator<Item = f64> + use<> {
        let (low, step) = (self.low, self.step);
        let count = ((self.high - low) / step).round() as i32;
        (0..=count).map(move |i| low + f64::from(i) * step)
    }
}

/// A row with its place.
#[derive(Clone, Debug)]
pub(crate) struct PlacedRow {
    pub row: ForestRow,
    pub is_baseline: bool,
    pub name: Vec<String>,
    pub count: String,
    pub top: f64,
    pub height: f64,
}

impl PlacedRow {
    /// Middle of the row, where its marks stand.
    pub fn middle(&self) -> f64 {
        self.top + self.height / 2.0
    }

    /// Baseline of the first line of words.
    pub fn words_top(&self) -> f64 {
        let block = self.name.len() as f64 * BODY_LINE + SMALL_LINE;
        self.top + (self.height - block) / 2.0
    }
}

/// The whole chart.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub width: u32,
    pub height: u32,
    pub title: Vec<String>,
    pub rates: Panel,
    pub differences: Panel,
    pub names_left: f64,
    pub figures_left: f64,
    pub header_top: f64,
    /// Top and bottom of the grid.
    pub grid: (f64, f64),
    /// Whether the scale also stands at the top.
    pub scale_above: bool,
    pub rows: Vec<PlacedRow>,
    pub caption: Vec<String>,
    pub caption_top: f64,
}

impl Layout {
    /// Lays the chart out at a width; the height follows from what there is to show.
    pub fn of(chart: &ForestChart, width: u32) -> Layout {
        let width = width.clamp(600, 2000);
        let full = f64::from(width);
        let gap = (full / 36.0 - 3.0).clamp(12.0, 32.0);
        // Where the panels meet, the labels of two scales stand side by side.
        let between = gap + 32.0;
        let names = (full * 0.22).clamp(124.0, 300.0);
        let figures = 138.0;
        let panels = full - 2.0 * MARGIN - names - figures - 2.0 * gap - between;
        let rates_left = MARGIN + names + gap;
        let differences_left = rates_left + panels / 2.0 + between;
        let differences_right = differences_left + panels / 2.0;
        let room = (full - 2.0 * MARGIN) as f32;

        let title = chart
            .heading
            .title
            .as_deref()
            .map_or_else(Vec::new, |title| wrap(title, TITLE as f32, Weight::Bold, room, 3));
        let header_top = if title.is_empty() {
            MARGIN - 4.0
        } else {
            MARGIN + title.len() as f64 * TITLE_LINE + 12.0
        };
        let scale_above = chart.rows.len() > TALL;
        let grid_top = header_top + 2.0 * SMALL_LINE + if scale_above { 30.0 } else { 8.0 };
        let mut top = grid_top;
        let mut rows = Vec::new();
        for (row, is_baseline) in chart
            .baseline
            .iter()
            .map(|row| (row, true))
            .chain(chart.rows.iter().map(|row| (row, false)))
        {
            let mut name = wrap(&row.name, BODY as f32, Weight::Regular, names as f32, 2);
            if name.is_empty() {
                name.push("(no name)".to_owned());
            }
            let height = name.len() as f64 * BODY_LINE + SMALL_LINE + 2.0 * ROW_PAD;
            rows.push(PlacedRow {
                row: row.clone(),
                is_baseline,
                name,
                count: scored(row),
                top,
                height,
            });
            top += height;
        }
        let caption = caption(chart)
            .iter()
            .flat_map(|line| wrap(line, SMALL as f32, Weight::Regular, room, 4))
            .collect::<Vec<_>>();
        let caption_top = top + 42.0;
        let bottom = caption_top + caption.len() as f64 * SMALL_LINE + 12.0;
        Layout {
            width,
            height: bottom.ceil() as u32,
            title,
            rates: Panel {
                left: rates_left,
                right: rates_left + panels / 2.0,
                low: 0.0,
                high: 1.0,
                step: if panels / 2.0 < 220.0 { 0.5 } else { 0.25 },
            },
            differences: symmetric(chart, differences_left, differences_right),
            names_left: MARGIN,
            figures_left: differences_right + gap,
            header_top,
            grid: (grid_top, top),
            scale_above,
            rows,
            caption,
            caption_top,
        }
    }

    /// A place over each row.
    pub fn hotspots(&self) -> Vec<Hotspot> {
        self.rows
            .iter()
            .map(|placed| Hotspot {
                opens: Opens::condition(&placed.row.condition_id),
                label: placed.row.sentence(),
                x: MARGIN / 2.0,
                y: placed.top,
                width: f64::from(self.width) - MARGIN,
                height: placed.height,
            })
            .collect()
    }

    /// Top of the title's lines.
    pub fn title_lines(&self) -> impl Iterator<Item = (f64, &String)> {
        self.title
            .iter()
            .enumerate()
            .map(|(i, line)| (MARGIN + TITLE_LINE * (i as f64 + 0.5), line))
    }

    /// Size of the title.
    pub fn title_size(&self) -> f64 {
        TITLE
    }

    /// Middle of the n-th header line.
    pub fn header_line(&self, line: usize) -> f64 {
        self.header_top + SMALL_LINE * (line as f64 + 0.5)
    }

    /// Middle of the n-th line of a row's name; the line after the last is the count's.
    pub fn name_line(&self, row: &PlacedRow, line: usize) -> f64 {
        let above = row.words_top() + BODY_LINE * line as f64;
        above + if line < row.name.len() { BODY_LINE } else { SMALL_LINE } / 2.0
    }

    /// Middle of the n-th line of the caption.
    pub fn caption_line(&self, line: usize) -> f64 {
        self.caption_top + SMALL_LINE * (line as f64 + 0.5)
    }
}

fn scored(row: &ForestRow) -> String {
    if row.scored == row.planned {
        words::count(row.scored, "conversation")
    } else {
        format!("{} of {} scored", words::thousands(row.scored), words::thousands(row.planned))
    }
}

/// A scale symmetric around zero that holds every interval, with round steps.
fn symmetric(chart: &ForestChart, left: f64, right: f64) -> Panel {
    let reach = chart
        .rows
        .iter()
        .flat_map(|row| {
            let interval = row.interval.map(|i| [i.low, i.high]);
            row.difference.into_iter().chain(interval.into_iter().flatten())
        })
        .fold(0.1, |most: f64, value| most.max(value.abs()));
    let end = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8]
        .into_iter()
        .find(|end| reach <= end + 1e-9)
        .unwrap_or(1.0);
    // Labels need about 40 pixels each; steps are whole multiples of five points.
    let labels = (right - left) / 40.0;
    let step = [4.0, 3.0, 2.0]
        .into_iter()
        .filter(|parts: &f64| {
            let fives: f64 = end / parts / 0.05;
            (fives - fives.round()).abs() < 1e-9
        })
        .find(|parts| 2.0 * parts < labels)
        .map_or(end, |parts| end / parts);
    Panel { left, right, low: -end, high: end, step }
}

fn caption(chart: &ForestChart) -> Vec<String> {
    let tasks = chart.rows.iter().map(|row| row.tasks).max().unwrap_or(0);
    let mut lines = Vec::new();
    if tasks > 0 {
        let design = format!(
            "{} × {}, compared task by task",
            words::count(tasks, "task"),
            words::count(chart.trials, "attempt"),
        );
        lines.push(if chart.rows.iter().any(|row| row.interval.is_some()) {
            format!("{design}. Lines at the right: 95 % confidence interval; filled marks: zero is outside it.")
        } else {
            format!("{design}. Too few tasks for confidence intervals.")
        });
    }
    lines.extend(chart.heading.notes.iter().cloned());
    lines
}
