//! What a run says: one sentence, a table, a chart, a page to send on, and conversations explained.
//!
//! Everything here is a function of plain data: rows in, text or pictures out. Nothing reads a
//! store, a file or a clock (a date to print is passed in), so the same run gives the same bytes
//! on screen and in every export.
//!
//! - [`run_result`] computes the figures (through `tau-stats`) and the headline.
//! - [`DoseChart`] is what the levels of a trait do in each voice.
//! - [`DropChart`] is the picture: drawn once with plotters, as SVG or PNG.
//! - [`html_report`] and [`text_summary`] are whole reports.
//! - [`explain`] turns a conversation's grade, state differences and tool calls into plain words.
//!
//! # Fonts
//! Text is measured with the bundled Noto Sans (`assets`, SIL Open Font License). The drawing for
//! the window names the family alone, since the window ships it; exported SVG and HTML carry a
//! subset (Latin, Greek, Cyrillic) so that they look the same elsewhere, and other scripts fall
//! back to the viewer's own font. PNG draws missing letters as boxes.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod chart;
mod csv;
mod dose;
pub mod explain;
pub mod fidelity;
mod font;
mod headline;
mod html;
mod palette;
mod result;
mod summary;
mod table;
mod words;

#[cfg(test)]
mod samples;

pub use chart::{ChartError, Drawing, DropChart, DropRow, Hotspot, PngScale};
pub use dose::{DoseChart, DosePoint, DoseScale, DoseSeries, dose_sentence};
pub use html::{Explained, ReportInput, html_report};
pub use palette::{Theme, trait_color};
pub use result::{
    BASELINE, Bounds, EpisodeRow, PassKRow, ReportCondition, ResultRow, ResultSettings, RunResult,
    run_result,
};
pub use summary::text_summary;
pub use table::{
    AVERAGE, PassBoard, PassCell, PassLine, TableCondition, TableFormat, TableRun, TraitCell,
    TraitColumn, TraitLine, TraitTable, pass_board, render_board, render_traits, trait_table,
};
