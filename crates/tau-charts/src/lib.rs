//! Charts: from plain figures to a picture, a table, a sentence and a text alternative.
//!
//! A [`ChartSpec`] holds what is to be shown: names, rates, intervals, verdicts. It is computed
//! elsewhere (`tau-report`); this room adds no figure of its own. From one specification come, by the
//! same code for the window and for every file:
//!
//! - [`ChartSpec::draw`]: the picture, drawn with plotters, and the places in it that can be opened;
//! - [`ChartSpec::sentence`]: what it says, in one sentence;
//! - [`ChartSpec::text`]: the chart in words, for those who do not see it;
//! - [`ChartSpec::table`]: the drawn data.
//!
//! A picture becomes a file by [`png`] and [`pdf`]; in SVG and HTML it carries its letters by
//! [`embedded_css`]. The fonts are bundled, so a file looks the same wherever it was made.
//!
//! # Units
//! Rates are fractions (0 to 1) and differences are differences of such rates; they become percent and
//! points only where they are written ([`Language`]). Effort is in turns, calls, US dollars and seconds.
//!
//! # Languages
//! Whatever a chart writes comes from the catalogues under `lang/`, one folder a language; names of
//! conditions, models, domains and tasks are the person's own and stay as they are.
//!
//! Nothing here reads a file or a clock or draws chance: the same specification gives the same bytes.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod canvas;
mod data_table;
mod dose;
mod faults;
mod flips;
mod font;
mod forest;
mod frame;
mod heat;
mod language;
mod legend;
mod palette;
mod panels;
mod pass_k;
mod patterns;
mod render;
mod response;
mod samples;
mod slope;
mod spec;
mod tags;
pub mod words;

pub use data_table::{Cell, DataTable, csv_cell};
pub use dose::{DoseChart, DosePoint, DoseScale, DoseSeries, dose_sentence};
pub use faults::{FaultRow, FaultStack};
pub use flips::{Flip, FlipRow, FlipStrip};
pub use font::embedded_css;
pub use forest::{ForestChart, ForestRow, Measure};
pub use frame::Heading;
pub use heat::{HeatCell, HeatLine, HeatMap, HeatRows};
/// Measuring and breaking lines in the bundled font, for those who lay out pages around charts.
pub mod letters {
    pub use crate::font::{FAMILY, Weight, directed, ellipsise, width, wrap};
}
pub use language::{Arg, Catalogue, Language};
pub use palette::{Theme, trait_color};
pub use pass_k::{PassKChart, PassKPoint, PassKSeries};
pub use render::{PdfAbout, PdfPage, RenderError, pdf, png};
pub use response::{Measured, ResponseChart, ResponsePoint, ResponseSeries, ResponseSlope};
pub use slope::{SlopeChart, SlopeLine};
pub use spec::{
    Bounds, ChartError, ChartKind, ChartSpec, Column, Drawing, Hotspot, Look, Opens, PngScale,
    Shown,
};
pub use tags::{TagBars, TagCell, TagRow};
