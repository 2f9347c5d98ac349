//! Where everything of the chart stands, in pixels, and what is written there.

use super::scale::Panel;
use super::sentence::{design, rows, verdict_word};
use super::table::shown_word;
use super::unit::Unit;
use super::{ForestChart, ForestRow};
use tau_stats::Verdict;

use crate::font::{Weight, ellipsise, width, wrap};
use crate::frame::{BODY, BODY_LINE, Frame, MARGIN, SMALL, SMALL_LINE};
use crate::language::Arg;
use crate::{Hotspot, Language, Opens, Shown};

/// Space above and below the words of a row.
const ROW_PAD: f64 = 10.0;
/// Many rows repeat the scale at the top.
const TALL: usize = 10;
/// An arrow beside `worse` or `better`, with the space after it.
const ARROW: f64 = 14.0;

/// A line of words.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub text: String,
    pub size: f64,
    pub weight: Weight,
    /// Whether it is secondary.
    pub soft: bool,
}

impl Line {
    fn body(text: String, weight: Weight) -> Line {
        Line { text, size: BODY, weight, soft: false }
    }

    fn small(text: String) -> Line {
        Line { text, size: SMALL, weight: Weight::Regular, soft: true }
    }

    pub fn height(&self) -> f64 {
        if self.size > SMALL { BODY_LINE } else { SMALL_LINE }
    }

    fn width(&self) -> f64 {
        f64::from(width(&self.text, self.size as f32, self.weight))
    }
}

/// A row with its place.
#[derive(Clone, Debug)]
pub(crate) struct PlacedRow {
    pub row: ForestRow,
    pub is_baseline: bool,
    /// Whether 0 lies outside the interval.
    pub clear: bool,
    /// Name and count.
    pub name: Vec<Line>,
    /// What stands in the column of figures.
    pub figures: Vec<Line>,
    pub top: f64,
    pub height: f64,
}

impl PlacedRow {
    /// Middle of the row, where its marks stand.
    pub fn middle(&self) -> f64 {
        self.top + self.height / 2.0
    }

    /// Lines with the middle of each, the block centred in the row.
    pub fn centred<'a>(&self, lines: &'a [Line]) -> Vec<(f64, &'a Line)> {
        let mut top = self.middle() - lines.iter().map(Line::height).sum::<f64>() / 2.0;
        let mut placed = Vec::new();
        for line in lines {
            placed.push((top + line.height() / 2.0, line));
            top += line.height();
        }
        placed
    }
}

/// Words around the zero line of the right panel.
#[derive(Clone, Debug)]
pub(crate) struct Directions {
    pub left: String,
    pub right: String,
    /// Between them, where there is room.
    pub middle: Option<String>,
}

/// The whole chart.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub width: u32,
    pub height: u32,
    pub frame: Frame,
    pub levels: Panel,
    pub differences: Panel,
    pub names_left: f64,
    pub figures_left: f64,
    /// Head of the three columns, each in lines of its own.
    pub heads: [Vec<String>; 3],
    pub header_top: f64,
    /// What the ring is called.
    pub legend: String,
    pub directions: Directions,
    pub not_scored: String,
    /// Top and bottom of the grid.
    pub grid: (f64, f64),
    /// Whether the scale also stands at the top.
    pub scale_above: bool,
    pub rows: Vec<PlacedRow>,
    /// Where the frame's caption may begin.
    pub bottom: f64,
    labels: Vec<String>,
}

impl Layout {
    /// Lays the chart out at a width; the height follows from what there is to show.
    pub fn of(chart: &ForestChart, width: u32, language: Language) -> Layout {
        let width = width.clamp(600, 2000);
        let full = f64::from(width);
        let unit = Unit::of(chart, language);
        let gap = (full / 36.0 - 3.0).clamp(12.0, 32.0);
        // Where the panels meet, the labels of two scales stand side by side.
        let between = gap + 32.0;
        let names = (full * 0.22).clamp(124.0, 300.0);
        let words: Vec<RowWords> =
            all_rows(chart).map(|(r, b)| RowWords::of(r, b, &unit)).collect();
        let figures = figures_width(&words, (full * 0.23).min(250.0));
        let panels = full - 2.0 * MARGIN - names - figures - 2.0 * gap - between;
        let left = MARGIN + names + gap;
        let levels = Panel::levels(chart, &unit, (left, left + panels / 2.0));
        let right = left + panels / 2.0 + between;
        let differences = Panel::differences(chart, &unit, (right, right + panels / 2.0));
        let figures_left = differences.right + gap;

        let frame = Frame::of(&chart.heading, &caption(chart, &unit), full);
        let key = |name: &'static str, key: &str| [(name, Arg::from(key))];
        let head =
            |text: String, room: f64| wrap(&text, SMALL as f32, Weight::Bold, room as f32, 2);
        let heads = [
            head(
                language.say("forest-level", &key("measure", unit.measure_key())),
                differences.left - levels.left - 10.0,
            ),
            head(
                language.say("forest-change", &key("unit", unit.unit_key())),
                figures_left - differences.left - 10.0,
            ),
            head(language.say("forest-figures", &[]), full - MARGIN / 2.0 - figures_left),
        ];
        let header_top = frame.top();
        let scale_above = chart.rows.len() > TALL;
        let head_lines = heads.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let grid_top =
            header_top + (head_lines + 1.0) * SMALL_LINE + if scale_above { 30.0 } else { 8.0 };
        let mut top = grid_top;
        let mut placed = Vec::new();
        for ((row, is_baseline), words) in all_rows(chart).zip(&words) {
            let name = words.name(names);
            let lines = words.figures(figures);
            let block = |lines: &[Line]| lines.iter().map(Line::height).sum::<f64>();
            let height =
                block(&name).max(block(&lines)).max(BODY_LINE + SMALL_LINE) + 2.0 * ROW_PAD;
            placed.push(PlacedRow {
                row: row.clone(),
                is_baseline,
                clear: is_clear(row),
                name,
                figures: lines,
                top,
                height,
            });
            top += height;
        }
        let legend =
            chart.baseline_name.clone().unwrap_or_else(|| language.say("without-traits", &[]));
        let room = (differences.left - levels.left - 18.0 - 16.0) as f32;
        let bottom = top + 30.0;
        Layout {
            width,
            height: frame.height(bottom),
            legend: ellipsise(&legend, SMALL as f32, Weight::Regular, room),
            directions: Directions::of(&unit, differences.right - differences.left),
            not_scored: language.say("forest-not-scored", &[]),
            frame,
            levels,
            differences,
            names_left: MARGIN,
            figures_left,
            heads,
            header_top,
            grid: (grid_top, top),
            scale_above,
            rows: placed,
            bottom,
            labels: rows(chart, language),
        }
    }

    /// A place over each row.
    pub fn hotspots(&self) -> Vec<Hotspot> {
        self.rows
            .iter()
            .zip(&self.labels)
            .map(|(placed, label)| Hotspot {
                opens: Opens::condition(&placed.row.condition_id),
                label: label.clone(),
                x: MARGIN / 2.0,
                y: placed.top,
                width: f64::from(self.width) - MARGIN,
                height: placed.height,
            })
            .collect()
    }

    /// Middle of the n-th line of the header.
    pub fn header_line(&self, line: usize) -> f64 {
        self.header_top + SMALL_LINE * (line as f64 + 0.5)
    }

    /// Middle of the line below the heads: legend and directions.
    pub fn second_line(&self) -> f64 {
        self.header_line(self.heads.iter().map(Vec::len).max().unwrap_or(1))
    }
}

fn all_rows(chart: &ForestChart) -> impl Iterator<Item = (&ForestRow, bool)> {
    let baseline = chart.baseline.iter().map(|row| (row, true));
    baseline.chain(chart.rows.iter().map(|row| (row, false)))
}

fn is_clear(row: &ForestRow) -> bool {
    matches!(row.verdict, Some(Verdict::Worse | Verdict::Better))
}

impl Directions {
    /// `worse · no clear change · better`, as much of it as there is room for.
    fn of(unit: &Unit, panel: f64) -> Directions {
        let (size, regular) = (SMALL as f32, Weight::Regular);
        let long = |text: &str| f64::from(width(text, size, regular));
        let say = |id| unit.language.say(id, &[("measure", unit.measure_key().into())]);
        // Half of the panel each, without the arrows and some air between them.
        let room = (panel / 2.0 - ARROW - 4.0) as f32;
        let left = ellipsise(&say("forest-left"), size, regular, room);
        let right = ellipsise(&say("forest-right"), size, regular, room);
        let side = long(&left).max(long(&right)) + ARROW + 12.0;
        let middle = ["forest-no-clear-change", "forest-no-change"]
            .into_iter()
            .map(say)
            .find(|words| long(words) / 2.0 + side < panel / 2.0);
        Directions { left, right, middle }
    }
}

/// What a row has to say, before it is known how wide its columns are.
struct RowWords {
    name: String,
    count: String,
    /// The change (or the baseline's level) with its weight.
    figure: Option<(String, Weight)>,
    interval: Option<String>,
    verdict: Option<String>,
}

impl RowWords {
    fn of(row: &ForestRow, is_baseline: bool, unit: &Unit) -> RowWords {
        let language = unit.language;
        let mut words = RowWords {
            name: language.named(&row.name),
            count: count(row, unit),
            figure: None,
            interval: None,
            verdict: None,
        };
        if is_baseline {
            words.figure = row.rate.map(|rate| {
                let rate = unit.value(rate);
                let args = [("measure", unit.measure_key().into()), ("rate", rate.into())];
                (language.say("forest-baseline-level", &args), Weight::Regular)
            });
        } else if let Some(difference) = row.difference {
            let weight = if is_clear(row) { Weight::Bold } else { Weight::Regular };
            words.figure = Some((unit.change(difference), weight));
            words.interval = row.interval.map(|interval| unit.changes(interval));
            words.verdict = Some(match row.interval {
                None => language.say("forest-too-few-to-tell", &[]),
                // What a drop means hangs on it, so it stands in the verdict's place.
                Some(_) if row.shown == Some(Shown::NotShown) => {
                    shown_word(Shown::NotShown, language)
                }
                Some(_) => verdict_word(row, unit),
            });
        }
        words
    }

    fn name(&self, room: f64) -> Vec<Line> {
        let name = wrap(&self.name, BODY as f32, Weight::Regular, room as f32, 2);
        let count = wrap(&self.count, SMALL as f32, Weight::Regular, room as f32, 2);
        let name = name.into_iter().map(|line| Line::body(line, Weight::Regular));
        name.chain(count.into_iter().map(Line::small)).collect()
    }

    /// Figure and interval in a line.
    fn whole(&self) -> Option<Line> {
        let (figure, weight) = self.figure.clone()?;
        let text = match &self.interval {
            Some(interval) => format!("{figure} ({interval})"),
            None => figure,
        };
        Some(Line::body(text, weight))
    }

    /// The column of figures: the change with its interval in one line where there is room, in two
    /// otherwise, and the verdict.
    fn figures(&self, room: f64) -> Vec<Line> {
        let mut lines = Vec::new();
        if let Some(whole) = self.whole() {
            match (&self.figure, &self.interval) {
                (Some((figure, weight)), Some(interval)) if whole.width() > room => {
                    lines.push(Line::body(figure.clone(), *weight));
                    let parts = wrap(interval, SMALL as f32, Weight::Regular, room as f32, 2);
                    lines.extend(parts.into_iter().map(Line::small));
                }
                (Some((figure, weight)), None) if whole.width() > room => {
                    let parts = wrap(figure, BODY as f32, *weight, room as f32, 2);
                    lines.extend(parts.into_iter().map(|part| Line::body(part, *weight)));
                }
                _ => lines.push(whole),
            }
        }
        let verdict = self.verdict.as_deref().unwrap_or_default();
        let verdict = wrap(verdict, SMALL as f32, Weight::Regular, room as f32, 2);
        lines.extend(verdict.into_iter().map(Line::small));
        lines
    }
}

/// As wide as the widest figure, within what the chart can spare.
fn figures_width(words: &[RowWords], most: f64) -> f64 {
    let widths = words.iter().flat_map(|words| {
        let verdict = words.verdict.clone().map(Line::small);
        words.whole().into_iter().chain(verdict).map(|line| line.width())
    });
    let least = 110.0;
    widths.fold(least, f64::max).ceil().min(most.max(138.0))
}

fn count(row: &ForestRow, unit: &Unit) -> String {
    if row.scored == row.planned {
        return unit.language.say("conversations", &[("n", row.scored.into())]);
    }
    let args: [(&str, Arg); 3] = [
        ("measure", unit.measure_key().into()),
        ("scored", row.scored.into()),
        ("planned", row.planned.into()),
    ];
    unit.language.say("forest-part-scored", &args)
}

fn caption(chart: &ForestChart, unit: &Unit) -> Vec<String> {
    let language = unit.language;
    let compared = || chart.rows.iter().map(|row| row.tasks).filter(|tasks| *tasks > 0);
    let (Some(low), Some(high)) = (compared().min(), compared().max()) else {
        return Vec::new();
    };
    let tasks = match low == high {
        true => language.say("tasks", &[("n", high.into())]),
        false => {
            language.say("forest-tasks-between", &[("low", low.into()), ("high", high.into())])
        }
    };
    let id = match chart.rows.iter().any(|row| row.interval.is_some()) {
        true => "forest-caption",
        false => "forest-caption-few",
    };
    vec![language.say(id, &[("design", design(language, &tasks, chart).into())])]
}
