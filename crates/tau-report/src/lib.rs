//! What a run says: one sentence, a table, a chart, a page to send on, and conversations explained.
//!
//! Everything here is a function of plain data: rows in, text or pictures out. Nothing reads a
//! store, a file or a clock (a date to print is passed in), so the same run gives the same bytes
//! on screen and in every export.
//!
//! - [`run_result`] computes the figures (through `tau-stats`) and the headline.
//! - [`drop_chart`] is the specification of the picture; `tau-charts` draws it.
//! - [`html_report`] and [`text_summary`] are whole reports.
//! - [`explain`] turns a conversation's grade, state differences and tool calls into plain words.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod explain;
pub mod fidelity;
mod headline;
mod html;
mod pictures;
mod result;
mod summary;
mod table;

#[cfg(test)]
mod samples;

pub use html::{Explained, ReportInput, html_report};
pub use pictures::drop_chart;
pub use result::{
    BASELINE, EpisodeRow, PassKRow, ReportCondition, ResultRow, ResultSettings, RunResult,
    run_result,
};
pub use summary::text_summary;
pub use table::{
    AVERAGE, PassBoard, PassCell, PassLine, TableCondition, TableFormat, TableRun, TraitCell,
    TraitColumn, TraitLine, TraitTable, pass_board, render_board, render_traits, trait_table,
};
