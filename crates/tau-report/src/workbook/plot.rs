//! From the specification of a chart to categories and series, which is all that a spreadsheet's own
//! charts know.

use tau_charts::{
    Bounds, ChartSpec, DoseChart, DoseScale, FaultStack, FlipStrip, ForestChart, HeatMap, Measure,
    PassKChart, ResponseChart, SlopeChart, TagBars, trait_color,
};

use crate::report::Words;

/// The baseline's colour.
const INK: u32 = 0x1b_1d1f;
/// Colours of the parts of a stack: Okabe-Ito and greys, apart in lightness too.
const PARTS: [u32; 5] = [0xe6_9f00, 0xd5_5e00, 0x00_72b2, 0xcc_79a7, 0xb8_b5ad];

/// Which native chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Bars beside each other.
    Bars,
    /// Bars one on the other.
    Stacked,
    /// Lines with marks.
    Lines,
}

/// A chart as a spreadsheet knows it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plot {
    pub form: Form,
    /// Name of the axis of categories.
    pub across: String,
    /// Name of the axis of values.
    pub along: String,
    pub categories: Vec<String>,
    pub series: Vec<Series>,
    /// Ends of the axis of values, where they are fixed.
    pub bounds: Option<(f64, f64)>,
}

/// A series: a value a category.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Series {
    pub name: String,
    /// As 0xrrggbb.
    pub color: u32,
    /// Index of its mark.
    pub shape: usize,
    pub values: Vec<Option<f64>>,
    /// Ends of the intervals, as the values; empty where there are none.
    pub intervals: Vec<Option<(f64, f64)>>,
}

impl Series {
    fn of(name: &str, color: u32, shape: usize) -> Series {
        Series { name: name.to_owned(), color, shape, ..Series::default() }
    }

    fn push(&mut self, value: Option<f64>, interval: Option<Bounds>, factor: f64) {
        self.values.push(value.map(|value| value * factor));
        self.intervals.push(interval.map(|i| (i.low * factor, i.high * factor)));
    }

    pub fn has_intervals(&self) -> bool {
        self.intervals.iter().any(Option::is_some)
    }

    /// Values with their intervals.
    pub fn points(&self) -> impl Iterator<Item = (Option<f64>, Option<(f64, f64)>)> {
        let interval = |index: usize| self.intervals.get(index).copied().flatten();
        self.values.iter().enumerate().map(move |(index, value)| (*value, interval(index)))
    }
}

impl Plot {
    /// The plot of a chart; `None` where it has nothing to show.
    pub fn of(spec: &ChartSpec, words: Words) -> Option<Plot> {
        let plot = match spec {
            ChartSpec::Forest(chart) => forest(chart, words),
            ChartSpec::Heat(chart) => heat(chart, words),
            ChartSpec::PassK(chart) => pass_k(chart, words),
            ChartSpec::Response(chart) => response(chart, words),
            ChartSpec::Dose(chart) => dose(chart, words),
            ChartSpec::Flips(chart) => flips(chart, words),
            ChartSpec::Faults(chart) => faults(chart, words),
            ChartSpec::Tags(chart) => tags(chart, words),
            ChartSpec::Slope(chart) => slope(chart, words),
        };
        (!plot.categories.is_empty() && !plot.series.is_empty()).then_some(plot)
    }

    /// Height in pixels: bars want room.
    pub fn height(&self) -> u32 {
        let bars = match self.form {
            Form::Lines => return 420,
            Form::Stacked => self.categories.len(),
            Form::Bars => self.categories.len() * (self.series.len() + 1) / 2,
        };
        (140 + 34 * bars as u32).clamp(300, 1_400)
    }
}

/// A colour index as 0xrrggbb.
fn rgb(index: usize) -> u32 {
    u32::from_str_radix(trait_color(index).trim_start_matches('#'), 16).unwrap_or(INK)
}

fn forest(chart: &ForestChart, words: Words) -> Plot {
    let (along, factor) = match chart.measure {
        Measure::Success => ("plot-points", 100.0),
        Measure::Turns => ("plot-turns", 1.0),
        Measure::ToolCalls => ("plot-tool-calls", 1.0),
        Measure::Cost => ("plot-dollars", 1.0),
        Measure::Seconds => ("plot-seconds", 1.0),
    };
    let mut series = Series::of(&words.of("book-change"), rgb(1), 0);
    if chart.measure != Measure::Success {
        series.name = words.of(along);
    }
    for row in &chart.rows {
        series.push(row.difference, row.interval, factor);
    }
    Plot {
        form: Form::Bars,
        across: words.of("column-condition"),
        along: words.of(along),
        categories: chart.rows.iter().map(|row| row.name.clone()).collect(),
        series: vec![series],
        bounds: None,
    }
}

fn heat(chart: &HeatMap, words: Words) -> Plot {
    let mut all: Vec<Series> =
        chart.columns.iter().map(|c| Series::of(&c.name, rgb(c.color), c.color)).collect();
    for line in &chart.lines {
        for (index, series) in all.iter_mut().enumerate() {
            let cell = line.cells.get(index).and_then(Option::as_ref);
            series.push(
                cell.and_then(|cell| cell.difference),
                cell.and_then(|cell| cell.interval),
                100.0,
            );
        }
    }
    Plot {
        form: Form::Bars,
        across: String::new(),
        along: words.of("plot-points"),
        categories: chart.lines.iter().map(|line| line.name.clone()).collect(),
        series: all,
        bounds: None,
    }
}

fn pass_k(chart: &PassKChart, words: Words) -> Plot {
    let most = chart.series.iter().flat_map(|s| &s.points).map(|p| p.k).max().unwrap_or(0);
    let series = chart.series.iter().map(|one| {
        let color = if one.is_baseline { INK } else { rgb(one.color) };
        let mut series = Series::of(&one.name, color, one.color);
        for k in 1..=most {
            let point = one.points.iter().find(|point| point.k == k);
            series.push(point.map(|p| p.value), point.and_then(|p| p.interval), 100.0);
        }
        series
    });
    Plot {
        form: Form::Lines,
        across: words.of("plot-k"),
        along: words.of("plot-success"),
        categories: (1..=most).map(|k| k.to_string()).collect(),
        series: series.collect(),
        bounds: Some((0.0, 100.0)),
    }
}

/// Levels in order, each once.
fn levels(found: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut levels: Vec<f64> = found.filter(|level| level.is_finite()).collect();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    levels
}

fn response(chart: &ResponseChart, words: Words) -> Plot {
    let levels = levels(chart.traits.iter().flat_map(|one| &one.points).map(|p| p.level));
    let series = chart.traits.iter().map(|one| {
        let mut series = Series::of(&one.name, rgb(one.color), one.color);
        for level in &levels {
            let point = one.points.iter().find(|point| point.level == *level);
            series.push(point.and_then(|p| p.rate), point.and_then(|p| p.interval), 100.0);
        }
        series
    });
    Plot {
        form: Form::Lines,
        across: words.of("plot-level"),
        along: words.of("plot-success"),
        categories: levels.iter().map(f64::to_string).collect(),
        series: series.collect(),
        bounds: Some((0.0, 100.0)),
    }
}

fn dose(chart: &DoseChart, words: Words) -> Plot {
    let levels = levels(chart.voices.iter().flat_map(|one| &one.points).map(|p| p.level));
    let series = chart.voices.iter().map(|one| {
        let mut series = Series::of(&one.name, rgb(one.color), one.color);
        for level in &levels {
            let point = one.points.iter().find(|point| point.level == *level);
            let interval = point.map(|p| Bounds { low: p.low, high: p.high });
            series.push(point.map(|p| p.effect), interval, 1.0);
        }
        series
    });
    let contrasts = chart.voices.iter().any(|one| one.scale == DoseScale::Contrast);
    Plot {
        form: Form::Lines,
        across: words.of("plot-level"),
        along: words.of(if contrasts { "plot-contrast" } else { "plot-measured" }),
        categories: levels.iter().map(f64::to_string).collect(),
        series: series.collect(),
        bounds: None,
    }
}

/// A part of a stack: its name, its colour, and how much of it a row has.
type Part<'a, T> = (String, u32, &'a dyn Fn(&T) -> usize);

/// Stacks of counts: a category a row, a series a part.
fn stacks<T>(
    rows: &[T],
    name: impl Fn(&T) -> &str,
    parts: &[Part<'_, T>],
) -> (Vec<String>, Vec<Series>) {
    let series = parts.iter().enumerate().map(|(index, (title, color, count))| {
        let mut series = Series::of(title, *color, index);
        for row in rows {
            series.push(Some(count(row) as f64), None, 1.0);
        }
        series
    });
    (rows.iter().map(|row| name(row).to_owned()).collect(), series.collect())
}

fn flips(chart: &FlipStrip, words: Words) -> Plot {
    use tau_charts::{Flip, FlipRow};
    let count =
        |row: &FlipRow, wanted: fn(&Flip) -> bool| row.tasks.iter().filter(|t| wanted(t)).count();
    let (categories, series) = stacks(
        &chart.rows,
        |row| row.name.as_str(),
        &[
            (words.of("column-broke"), PARTS[1], &|row| count(row, |t| t.rate < t.baseline)),
            (words.of("column-same"), PARTS[4], &|row| count(row, |t| t.rate == t.baseline)),
            (words.of("column-fixed"), PARTS[2], &|row| count(row, |t| t.rate > t.baseline)),
        ],
    );
    let (across, along) = (words.of("column-condition"), words.of("plot-tasks"));
    Plot { form: Form::Stacked, across, along, categories, series, bounds: None }
}

fn faults(chart: &FaultStack, words: Words) -> Plot {
    let (categories, series) = stacks(
        &chart.rows,
        |row| row.name.as_str(),
        &[
            (words.of("fault-user"), PARTS[0], &|row| row.user),
            (words.of("fault-agent"), PARTS[1], &|row| row.agent),
            (words.of("fault-environment"), PARTS[2], &|row| row.environment),
            (words.of("fault-grader"), PARTS[3], &|row| row.grader),
            (words.of("fault-unjudged"), PARTS[4], &|row| row.unjudged),
        ],
    );
    let (across, along) = (words.of("column-condition"), words.of("plot-conversations"));
    Plot { form: Form::Stacked, across, along, categories, series, bounds: None }
}

fn tags(chart: &TagBars, words: Words) -> Plot {
    let series = chart.columns.iter().enumerate().map(|(index, column)| {
        let is_baseline = index == 0 && chart.has_baseline;
        let color = if is_baseline { INK } else { rgb(column.color) };
        let mut series = Series::of(&column.name, color, column.color);
        for row in &chart.rows {
            series.push(row.cells.get(index).and_then(|cell| cell.share), None, 100.0);
        }
        series
    });
    Plot {
        form: Form::Bars,
        across: String::new(),
        along: words.of("plot-share"),
        categories: chart.rows.iter().map(|row| row.name.clone()).collect(),
        series: series.collect(),
        bounds: None,
    }
}

fn slope(chart: &SlopeChart, words: Words) -> Plot {
    let series = chart.lines.iter().map(|line| {
        let color = if line.is_baseline { INK } else { rgb(line.color) };
        let mut series = Series::of(&line.name, color, line.color);
        series.push(Some(line.left), line.left_interval, 100.0);
        series.push(Some(line.right), line.right_interval, 100.0);
        series
    });
    Plot {
        form: Form::Lines,
        across: String::new(),
        along: words.of("plot-success"),
        categories: vec![chart.left.clone(), chart.right.clone()],
        series: series.collect(),
        bounds: Some((0.0, 100.0)),
    }
}
