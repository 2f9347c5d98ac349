//! What every chart has in common: how it is asked for and what comes back.

use serde::{Deserialize, Serialize};
use tau_stats::Interval;

use crate::{
    DataTable, DoseChart, FaultStack, FlipStrip, ForestChart, HeatMap, Language, PassKChart,
    RenderError, ResponseChart, SlopeChart, TagBars, Theme,
};

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The drawing library refused.
    #[error("the chart could not be drawn: {0}")]
    Drawing(String),
    /// The picture could not be turned into a file.
    #[error(transparent)]
    Rendering(#[from] RenderError),
}

/// A 95 % confidence interval, in the unit of the figure beside it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Bounds {
    /// Whether no change lies within.
    pub(crate) fn hold_zero(self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }
}

impl From<Interval> for Bounds {
    fn from(interval: Interval) -> Self {
        Bounds { low: interval.low, high: interval.high }
    }
}

/// Whether customers showed the traits that they were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// They did.
    Shown,
    /// They did, but by less than half of what was asked for.
    Weak,
    /// There is too little to say, or two meters contradict each other.
    CannotTell,
    /// They did not.
    NotShown,
}

impl Shown {
    /// As a table says it.
    pub fn word(self) -> &'static str {
        match self {
            Shown::Shown => "shown",
            Shown::Weak => "weak",
            Shown::CannotTell => "cannot tell",
            Shown::NotShown => "not shown",
        }
    }
}

/// How a chart is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// On what it is seen; files are always light.
    pub theme: Theme,
    /// Width in pixels; each chart keeps it within what it can fill. The height follows.
    pub width: u32,
    /// The language of everything the chart writes itself.
    pub language: Language,
    /// Whether it leaves the window: on paper, with the letters it needs inside.
    pub file: bool,
}

impl Look {
    /// For the window.
    pub fn window(theme: Theme, width: u32, language: Language) -> Look {
        Look { theme, width, language, file: false }
    }

    /// For a file.
    pub fn file(width: u32, language: Language) -> Look {
        Look { theme: Theme::Light, width, language, file: true }
    }
}

/// A condition, as a column or a part of a chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The condition's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its colour index (see [`crate::trait_color`]).
    pub color: usize,
}

/// The conversations behind a place of a chart. What is `None` does not narrow them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opens {
    /// Of this run; charts of a single run leave it out.
    pub run: Option<String>,
    /// Of this condition.
    pub condition: Option<String>,
    /// Of this task.
    pub task: Option<String>,
    /// Whose failure is this one's fault (`user`, `agent`, `environment`, `grader`, or `unjudged`).
    pub author: Option<String>,
    /// With this tag.
    pub tag: Option<String>,
}

impl Opens {
    /// The conversations of a condition.
    pub fn condition(id: &str) -> Opens {
        Opens { condition: Some(id.to_owned()), ..Opens::default() }
    }
}

/// A place that can be focused and opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hotspot {
    /// What it opens.
    pub opens: Opens,
    /// What it shows, as a sentence.
    pub label: String,
    /// Left edge in pixels of the drawing.
    pub x: f64,
    /// Top edge in pixels.
    pub y: f64,
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
}

/// A picture and the places in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// The picture. For the window it is transparent and names its font; for a file it is on paper and
    /// carries its letters.
    pub svg: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// In the order of reading.
    pub hotspots: Vec<Hotspot>,
    /// The chart in words.
    pub text: Vec<String>,
}

/// How many pixels of a PNG stand for one of the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PngScale {
    /// As on an ordinary screen.
    One,
    /// For slides and documents.
    Two,
    /// For print.
    Three,
}

/// What a chart must be able to do; [`ChartSpec`] hands on to it.
pub(crate) trait Chart {
    /// The picture.
    fn draw(&self, look: &Look) -> Result<Drawing, ChartError>;
    /// What it says, in one sentence.
    fn sentence(&self, language: Language) -> String;
    /// The chart in words, one sentence a row.
    fn text(&self, language: Language) -> Vec<String>;
    /// The drawn data.
    fn table(&self, language: Language) -> DataTable;
}

macro_rules! charts {
    ($( $(#[doc = $doc:literal])* $variant:ident ( $chart:ty ); )*) => {
        /// A chart as plain data.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind", content = "data", rename_all = "snake_case")]
        pub enum ChartSpec {
            $( $(#[doc = $doc])* $variant($chart), )*
        }

        /// Which chart.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ChartKind {
            $( $(#[doc = $doc])* $variant, )*
        }

        impl ChartSpec {
            /// Which chart this is.
            pub fn kind(&self) -> ChartKind {
                match self { $( ChartSpec::$variant(_) => ChartKind::$variant, )* }
            }

            fn chart(&self) -> &dyn Chart {
                match self { $( ChartSpec::$variant(chart) => chart, )* }
            }
        }
    };
}

charts! {
    /// Where success (or effort) stood and where it went, with the paired difference.
    Forest(ForestChart);
    /// Drops of several models or domains under several conditions.
    Heat(HeatMap);
    /// The chance that all of k attempts succeed.
    PassK(PassKChart);
    /// Success over the level of a trait, with the level measured.
    Response(ResponseChart);
    /// Measured over asked level of a trait, a line a voice.
    Dose(DoseChart);
    /// Each task from the baseline's rate to the condition's.
    Flips(FlipStrip);
    /// Whose fault failures were.
    Faults(FaultStack);
    /// What went wrong in failures, against the baseline.
    Tags(TagBars);
    /// Two releases of an agent.
    Slope(SlopeChart);
}

impl ChartSpec {
    /// The picture.
    ///
    /// # Errors
    /// When the drawing library refuses.
    pub fn draw(&self, look: &Look) -> Result<Drawing, ChartError> {
        self.chart().draw(look)
    }

    /// What the chart says, in one sentence.
    pub fn sentence(&self, language: Language) -> String {
        self.chart().sentence(language)
    }

    /// The chart in words, one sentence a row.
    pub fn text(&self, language: Language) -> Vec<String> {
        self.chart().text(language)
    }

    /// The drawn data as a table.
    pub fn table(&self, language: Language) -> DataTable {
        self.chart().table(language)
    }
}
