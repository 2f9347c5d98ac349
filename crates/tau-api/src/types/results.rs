//! Results: tables, charts, exports.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::TraitShown;

/// What came out of a run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RunResult {
    /// The one sentence above the chart.
    pub sentence: String,
    /// Further facts a reader must know ("8 of 100 not scored").
    pub notes: Vec<String>,
    /// Whether a practice model takes part.
    pub practice: bool,
    /// One row a condition, the baseline first.
    pub rows: Vec<ResultRow>,
}

/// A condition's figures.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ResultRow {
    /// The condition's id.
    pub condition: String,
    /// The condition's name.
    pub name: String,
    /// Its colour as `#rrggbb`; empty for the baseline.
    pub color: String,
    /// Conversations planned.
    pub planned: u32,
    /// Conversations scored.
    pub scored: u32,
    /// Conversations passed.
    pub passed: u32,
    /// Tasks compared with the baseline.
    pub tasks: u32,
    /// Success rate, 0 to 1; `None` when nothing was scored.
    pub rate: Option<f64>,
    /// 95 % interval of the rate; `None` below 10 tasks.
    pub rate_interval: Option<Interval>,
    /// Difference from the baseline in points; `None` for the baseline.
    pub difference: Option<f64>,
    /// 95 % interval of the difference in points; `None` below 10 tasks.
    pub difference_interval: Option<Interval>,
    /// `worse`, `better`, `no meaningful change`, `cannot tell`; empty for the baseline.
    pub verdict: String,
    /// Whether the customers showed the condition's traits; `None` for the baseline, and where nothing
    /// was metered. A drop of a condition that is not `shown` says little about its traits.
    pub shown: Option<TraitShown>,
    /// The same in words; empty where it was shown.
    pub shown_note: String,
}

/// An interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Which chart to draw and how.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChartRequest {
    /// The run.
    pub run_id: String,
    /// Dark colours.
    pub dark: bool,
    /// Width in pixels, 600 to 2000.
    pub width: u32,
}

/// A drawn chart.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Chart {
    /// The drawing.
    pub svg: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Places that open the conversations behind them.
    pub hotspots: Vec<Hotspot>,
    /// The chart in words, one sentence a row.
    pub text: Vec<String>,
}

/// A place in a chart that can be focused and opened.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Hotspot {
    /// The condition behind it.
    pub condition: String,
    /// What it shows, in words.
    pub label: String,
    /// Left edge in pixels.
    pub x: f64,
    /// Top edge in pixels.
    pub y: f64,
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
}

/// What to save.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// The chart as a vector picture.
    Svg,
    /// The chart as a picture, twice the size.
    Png,
    /// The chart's data as a table.
    Csv,
    /// A page with sentence, chart, table and set-up.
    Html,
    /// The conversations in the result format of tau-trait.
    TauTrait,
}

/// What was saved and where.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Exported {
    /// The file; `None` when the person cancelled.
    pub path: Option<String>,
}
