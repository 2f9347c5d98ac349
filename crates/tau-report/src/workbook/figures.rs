//! A sheet a chart: the native chart, below it the drawn data and the figures that the chart shows.

use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartAxisLabelPosition, ChartEmptyCells, ChartErrorBars,
    ChartErrorBarsType, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType,
    ChartRange, ChartSolidFill, ChartType, Color, Worksheet, XlsxError,
};
use tau_charts::Cell;

use super::cells::{Look, figure as number, heads, text};
use super::plot::{Form, Plot, Series};
use crate::report::{ReportChart, Words};

/// First row of the native chart.
const CHART_ROW: u32 = 3;
/// Widest column of names, in letters.
const WIDEST: usize = 40;
/// Height of a row in pixels.
const ROW: u32 = 20;

/// Fills the sheet `name` with a chart.
pub(super) fn figure(
    sheet: &mut Worksheet,
    name: &str,
    chart: &ReportChart,
    words: Words,
    look: &Look,
) -> Result<(), XlsxError> {
    let language = words.0;
    text(sheet, (0, 0), &chart.title, Some(&look.title))?;
    text(sheet, (1, 0), &chart.spec.sentence(language), None)?;
    let table = chart.spec.table(language);
    let plot = Plot::of(&chart.spec, words);
    let height = plot.as_ref().map_or(0, Plot::height);
    // Two empty rows below the chart.
    let at = CHART_ROW + height.div_ceil(ROW) + if height > 0 { 2 } else { 0 };
    text(sheet, (at, 0), &words.of("book-drawn"), Some(&look.title))?;
    heads(sheet, at + 1, 0, &table.columns, look)?;
    for (row, cells) in (at + 2..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(words) => text(sheet, (row, column), words, None)?,
                Cell::Number { value, places } => {
                    number(sheet, (row, column), Some(*value), usize::from(*places), look)?;
                }
                Cell::Empty => {}
            }
        }
    }
    for (column, head) in (0..).zip(&table.columns) {
        let words = table.rows.iter().filter_map(|row| match row.get(usize::from(column)) {
            Some(Cell::Text(words)) => Some(words.chars().count()),
            _ => None,
        });
        if let Some(longest) = words.max() {
            let wide = longest.max(head.chars().count()).clamp(10, WIDEST);
            sheet.set_column_width(column, wide as f64)?;
        }
    }
    let Some(plot) = plot else { return Ok(()) };
    let from = table.columns.len() as u16 + 1;
    text(sheet, (at, from), &words.of("book-for-chart"), Some(&look.title))?;
    let mut drawn = Drawn { sheet: name, head: at + 1, from, rows: plot.categories.len() as u32 };
    drawn.write(sheet, &plot, words, look)?;
    let mut native = drawn.chart(&plot);
    native.set_height(height).set_width(860).set_alt_text(short(&chart.spec.sentence(language)));
    sheet.insert_chart(CHART_ROW, 0, &native)?;
    Ok(())
}

/// A text for those who do not see the chart; Excel's field is short.
fn short(text: &str) -> String {
    text.chars().take(250).collect()
}

/// Where a chart's figures stand on its sheet: categories, then for each series its values and, where
/// it has intervals, how far they reach above and below.
struct Drawn<'a> {
    sheet: &'a str,
    head: u32,
    from: u16,
    rows: u32,
}

impl Drawn<'_> {
    fn write(
        &mut self,
        sheet: &mut Worksheet,
        plot: &Plot,
        words: Words,
        look: &Look,
    ) -> Result<(), XlsxError> {
        let mut names = vec![plot.across.clone()];
        for series in &plot.series {
            names.push(series.name.clone());
            if series.has_intervals() {
                for id in ["book-plus", "book-minus"] {
                    names.push(words.say(id, &[("name", (&series.name).into())]));
                }
            }
        }
        heads(sheet, self.head, self.from, &names, look)?;
        for (row, category) in (self.head + 1..).zip(&plot.categories) {
            text(sheet, (row, self.from), category, None)?;
        }
        let mut column = self.from + 1;
        for series in &plot.series {
            for (row, (value, interval)) in (self.head + 1..).zip(series.points()) {
                number(sheet, (row, column), value, 2, look)?;
                if let (Some(value), Some((low, high))) = (value, interval) {
                    number(sheet, (row, column + 1), Some((high - value).max(0.0)), 2, look)?;
                    number(sheet, (row, column + 2), Some((value - low).max(0.0)), 2, look)?;
                }
            }
            column += width(series);
        }
        Ok(())
    }

    /// Cells below the head of a column, as a range.
    fn range(&self, column: u16) -> ChartRange {
        let last = self.head + self.rows.max(1);
        ChartRange::new_from_range(self.sheet, self.head + 1, column, last, column)
    }

    fn chart(&self, plot: &Plot) -> Chart {
        let mut chart = Chart::new(match plot.form {
            Form::Bars => ChartType::Bar,
            Form::Stacked => ChartType::BarStacked,
            Form::Lines => ChartType::Line,
        });
        let mut column = self.from + 1;
        for series in &plot.series {
            let color = Color::RGB(series.color);
            let added = chart.add_series();
            added
                .set_name((self.sheet, self.head, column))
                .set_categories(&self.range(self.from))
                .set_values(&self.range(column));
            let mut format = ChartFormat::new();
            if plot.form == Form::Lines {
                format.set_line(ChartLine::new().set_color(color).set_width(2));
                let mut marker = ChartMarker::new();
                marker.set_type(series.marker()).set_size(7).set_format(
                    ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(color)),
                );
                added.set_marker(&marker);
            } else {
                format.set_solid_fill(ChartSolidFill::new().set_color(color));
            }
            added.set_format(&mut format);
            if series.has_intervals() {
                let mut bars = ChartErrorBars::new();
                let (plus, minus) = (self.range(column + 1), self.range(column + 2));
                bars.set_type(ChartErrorBarsType::Custom(plus, minus));
                // In a chart of lying bars the values' axis is the horizontal one.
                match plot.form {
                    Form::Lines => added.set_y_error_bars(&bars),
                    Form::Bars | Form::Stacked => added.set_x_error_bars(&bars),
                };
            }
            column += width(series);
        }
        // Names come from cells: as texts of the chart they could be taken for formulas.
        chart.title().set_name((self.sheet, 0, 0));
        let (across, along) = (chart_safe(&plot.across), chart_safe(&plot.along));
        let values = if plot.form == Form::Lines {
            chart.x_axis().set_name(&across);
            chart.y_axis()
        } else {
            // The first row stands at the top, as in our own charts; names stand beside the bars, not
            // on those that go to the left.
            let names = chart.y_axis();
            names.set_name(&across).set_reverse().set_crossing(ChartAxisCrossing::Max);
            names.set_label_position(ChartAxisLabelPosition::Low);
            chart.x_axis()
        };
        values.set_name(&along);
        if let Some((low, high)) = plot.bounds {
            values.set_min(low).set_max(high);
        }
        match plot.series.len() {
            0 | 1 => chart.legend().set_hidden(),
            _ => chart.legend().set_position(ChartLegendPosition::Bottom),
        };
        chart.show_empty_cells_as(ChartEmptyCells::Gaps);
        chart
    }
}

/// Columns that a series takes.
fn width(series: &Series) -> u16 {
    if series.has_intervals() { 3 } else { 1 }
}

/// A title of an axis that cannot be read as a reference to cells.
fn chart_safe(text: &str) -> String {
    text.trim_start_matches('=').to_owned()
}

impl Series {
    fn marker(&self) -> ChartMarkerType {
        const MARKERS: [ChartMarkerType; 6] = [
            ChartMarkerType::Circle,
            ChartMarkerType::Square,
            ChartMarkerType::Triangle,
            ChartMarkerType::Diamond,
            ChartMarkerType::X,
            ChartMarkerType::Star,
        ];
        MARKERS[self.shape % MARKERS.len()]
    }
}
