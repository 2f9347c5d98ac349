//! The two-panel dot and forest chart: on the left where success stood and where it went, on the
//! right the paired difference with its interval. Laid out once in pixels ([`layout`]), painted
//! once over any plotters backend ([`paint`]).

mod layout;
mod paint;

use serde::{Deserialize, Serialize};
use tau_stats::Verdict;

use crate::canvas::{SVG_UNIT, svg};
use crate::spec::Chart;
use crate::{
    Bounds, Cell, ChartError, DataTable, Drawing, Heading, Language, Look, PngScale, Shown, png,
    words,
};
use layout::Layout;

/// What the rows measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Success, as a rate from 0 to 1; differences are points.
    #[default]
    Success,
    /// Turns of a conversation.
    Turns,
    /// Tool calls of a conversation.
    ToolCalls,
    /// What a conversation cost, in US dollars.
    Cost,
    /// How long a conversation took, in seconds.
    Seconds,
}

/// One row of the chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForestRow {
    /// The condition behind it.
    pub condition_id: String,
    /// Its name.
    pub name: String,
    /// Its customers in an English sentence ("impatient customers"), where there are words for them.
    #[serde(default)]
    pub customers: Option<String>,
    /// Its colour index.
    pub color: usize,
    /// Conversations scored (for effort: that have the measure).
    pub scored: usize,
    /// Conversations planned.
    pub planned: usize,
    /// Tasks compared.
    pub tasks: usize,
    /// The measure under the baseline on those tasks.
    pub baseline: Option<f64>,
    /// The measure under the condition on those tasks. For the baseline's own row that over all its
    /// tasks.
    pub rate: Option<f64>,
    /// Difference; `None` where nothing was compared.
    pub difference: Option<f64>,
    /// Its 95 % interval; `None` below ten tasks.
    pub interval: Option<Bounds>,
    /// What the comparison says; for effort, where no margin is set, `Worse` or `Better` when 0 is outside
    /// the interval (more effort is worse) and `CannotTell` otherwise.
    pub verdict: Option<Verdict>,
    /// Whether the customers showed their traits; `None` where nothing was metered.
    #[serde(default)]
    pub shown: Option<Shown>,
}

/// The chart's data. The baseline stands first, the rest is sorted by effect, worst first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForestChart {
    /// Title and notes.
    pub heading: Heading,
    /// What is measured.
    #[serde(default)]
    pub measure: Measure,
    /// A difference of no practical meaning, as a rate; used for success only.
    pub margin: f64,
    /// What the baseline is called in a sentence; `None`: "without traits".
    #[serde(default)]
    pub baseline_name: Option<String>,
    /// The baseline's own row.
    pub baseline: Option<ForestRow>,
    /// The conditions.
    pub rows: Vec<ForestRow>,
    /// Attempts per task and condition.
    pub trials: usize,
}

impl ForestChart {
    /// The chart as a light picture in PNG.
    pub fn to_png(&self, width: u32, scale: PngScale) -> Result<Vec<u8>, ChartError> {
        Ok(png(&self.draw(&Look::file(width, Language::default()))?.svg, scale)?)
    }
}

impl Chart for ForestChart {
    fn draw(&self, look: &Look) -> Result<Drawing, ChartError> {
        let layout = Layout::of(self, look.width);
        let text = self.text(look.language);
        let size = (layout.width, layout.height);
        let svg = svg(size, &text.join(" "), look.file, |area| {
            paint::paint(area, &layout, look.theme, SVG_UNIT, look.file)
        })?;
        Ok(Drawing {
            svg,
            width: layout.width,
            height: layout.height,
            hotspots: layout.hotspots(),
            text,
        })
    }

    fn sentence(&self, language: Language) -> String {
        self.text(language).join(" ")
    }

    fn text(&self, _: Language) -> Vec<String> {
        self.baseline.iter().chain(&self.rows).map(ForestRow::sentence).collect()
    }

    fn table(&self, _: Language) -> DataTable {
        let columns = [
            "condition",
            "name",
            "conversations_planned",
            "conversations_scored",
            "tasks_compared",
            "baseline_success_percent",
            "success_percent",
            "difference_points",
            "ci95_low_points",
            "ci95_high_points",
            "verdict",
            "trait",
        ];
        let row = |row: &ForestRow| {
            vec![
                Cell::text(&row.condition_id),
                Cell::text(&row.name),
                Cell::count(row.planned),
                Cell::count(row.scored),
                Cell::count(row.tasks),
                Cell::figure(row.baseline, 100.0, 2),
                Cell::figure(row.rate, 100.0, 2),
                Cell::figure(row.difference, 100.0, 2),
                Cell::figure(row.interval.map(|i| i.low), 100.0, 2),
                Cell::figure(row.interval.map(|i| i.high), 100.0, 2),
                row.verdict.map_or(Cell::Empty, |v| Cell::text(v.word())),
                row.shown.map_or(Cell::Empty, |s| Cell::text(s.word())),
            ]
        };
        DataTable {
            columns: columns.map(str::to_owned).to_vec(),
            rows: self.baseline.iter().chain(&self.rows).map(row).collect(),
        }
    }
}

impl ForestRow {
    /// The row in words.
    pub(crate) fn sentence(&self) -> String {
        let count = format!(
            "{} of {} conversations scored",
            words::thousands(self.scored),
            words::thousands(self.planned)
        );
        let Some(rate) = self.rate else {
            return format!("{}: nothing to show yet; {count}.", self.name);
        };
        let rate = words::percent(rate);
        let (Some(baseline), Some(difference)) = (self.baseline, self.difference) else {
            return format!("{}: {rate} success; {count}.", self.name);
        };
        let interval = self.interval.map_or_else(
            || "too few tasks for an interval".to_owned(),
            |i| format!("95 % confidence interval {}", words::points_range(i.low, i.high)),
        );
        format!(
            "{}: {rate} success against {} without traits, {} ({interval}); {}; {}; {count}.",
            self.name,
            words::percent(baseline),
            words::points_spoken(difference),
            self.verdict.unwrap_or(Verdict::CannotTell).word(),
            words::count(self.tasks, "task"),
        ) + match self.shown {
            Some(Shown::NotShown) => " Yet the customers did not show the trait.",
            Some(Shown::Weak) => " Yet the customers showed the trait only weakly.",
            _ => "",
        }
    }
}
