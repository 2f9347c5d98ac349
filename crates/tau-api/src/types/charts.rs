//! Charts: which there are, how one is drawn, saved and copied.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Analysis;

/// Which chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Where success (or effort) stood and where it went, with the paired difference. Variants:
    /// `success`, `turns`, `tool_calls`, `cost`, `seconds`.
    Forest,
    /// Drops of several runs. Variants: `models`, `domains`.
    Heat,
    /// The chance that all of k attempts succeed.
    PassK,
    /// Success over the level of a trait, with the level measured.
    Response,
    /// Measured over asked level, a line a trait and meter; without a run: the curves of the trait named
    /// as variant, a line a voice.
    Dose,
    /// Each task from the baseline's rate to the condition's.
    Flips,
    /// Whose fault failures were.
    Faults,
    /// What went wrong in failures.
    Tags,
    /// Two runs of two releases, the earlier first.
    Slope,
}

/// A chart that can be drawn.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChartInfo {
    /// Which.
    pub kind: ChartKind,
    /// Which of its variants; empty where there is one only.
    pub variant: String,
    /// Its title, in the language asked for.
    pub title: String,
    /// Why it cannot be drawn yet, as a sentence that says what to do; empty when it can.
    pub missing: String,
}

/// A chart over runs, as it is to be read.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChartQuery {
    /// The runs: one for a result, several for a comparison, none for the curves of a trait.
    pub runs: Vec<String>,
    /// Which chart.
    pub kind: ChartKind,
    /// Which of its variants; empty where there is one only.
    pub variant: String,
    /// How results are to be read.
    pub analysis: Analysis,
    /// Language tag of what the chart writes; English where there are no words in it.
    pub language: String,
}

/// How a chart is to look in the window.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct ChartLook {
    /// Dark colours.
    pub dark: bool,
    /// Width in pixels, 400 to 2000.
    pub width: u32,
}

/// A drawn chart.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Chart {
    /// Its title.
    pub title: String,
    /// What it says, in one sentence.
    pub sentence: String,
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
    /// The drawn data.
    pub table: ChartTable,
    /// What makes it less than it seems.
    pub cautions: Vec<super::Caution>,
}

/// The drawn data of a chart.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChartTable {
    /// Names of the columns, with units.
    pub columns: Vec<String>,
    /// Whether each column holds figures.
    pub figures: Vec<bool>,
    /// Rows, as they read.
    pub rows: Vec<Vec<String>>,
}

/// A place in a chart that can be focused and opened.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Hotspot {
    /// The conversations behind it.
    pub opens: ChartTarget,
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

/// Conversations behind a place of a chart; what is `None` does not narrow them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChartTarget {
    /// Of this run; `None`: of the run that the chart is about.
    pub run: Option<String>,
    /// Of this condition.
    pub condition: Option<String>,
    /// Of this task.
    pub task: Option<String>,
    /// Failures by the fault of `user`, `agent`, `environment`, `grader`, or `unjudged`.
    pub author: Option<String>,
    /// Failures with this tag.
    pub tag: Option<String>,
}

/// As what a chart is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChartFormat {
    /// A vector picture.
    Svg,
    /// A picture as on an ordinary screen.
    Png,
    /// Twice the pixels, for slides.
    Png2,
    /// Three times, for print.
    Png3,
    /// A vector page.
    Pdf,
    /// The drawn data.
    Csv,
}

/// What of a chart is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChartCopy {
    /// The picture, twice the pixels.
    Picture,
    /// The drawn data, as columns that a spreadsheet takes.
    Table,
    /// The sentence.
    Sentence,
}

/// A language that charts and reports can be written in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LanguageInfo {
    /// Its tag, for instance `de`.
    pub tag: String,
    /// Its name in itself.
    pub name: String,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
}
